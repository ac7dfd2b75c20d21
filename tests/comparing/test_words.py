"""Words, stems and concepts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.comparing import words


def test_a_word_stands_in_one_group_only() -> None:
    """The groups of concepts.txt do not overlap, and none of their single words is a stop word."""
    home: dict[tuple[str, ...], str] = {}
    for line in words.lines("concepts.txt"):
        group = line.split()
        for entry in group:
            key = tuple(words.stem(words.plain(p)) for p in entry.replace("-", "_").split("_"))
            assert len(key) <= 2, entry
            assert home.setdefault(key, group[0]) == group[0], entry
            assert len(key) > 1 or entry not in words.stop_words(), entry


@pytest.mark.parametrize(
    ("one", "other"),
    [("The minister resigned", "the minister stepped down"), ("nine people died", "9 persons were killed"), ("he fled", "he escaped"), ("the bridge’s wall", "the crossing's walls"), ("ＦＩＲＥ", "blaze")],
)
def test_reports_put_these_words_for_each_other(one: str, other: str) -> None:
    """Synonyms, irregular forms, number words, possessives and wide letters come to the same concepts."""
    assert set(words.concepts(words.tokens(one))) & set(words.concepts(words.tokens(other))) or one == other
    assert set(words.concepts(words.tokens(one))) == set(words.concepts(words.tokens(other)))


def test_rare_words_tell_more() -> None:
    """A concept of every second text weighs less than one that was counted in none."""
    assert words.weight("year") < words.weight("reservoir") <= words.weight("zzyzx")


def test_stems_are_the_same_from_many_threads() -> None:
    """A stemmer keeps the word it works on, so that each thread has its own."""
    some = [f"{a}{b}ing" for a in ("walk", "drift", "melt", "count") for b in ("", "er", "ab", "ol", "ist")] * 50
    words.stem.cache_clear()
    expected = [words._stemmer().stemWord(w) for w in some]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(words.stem.__wrapped__, some)) == expected


@given(st.text())
def test_any_text_has_words(text: str) -> None:
    """No text raises, and words hold no capitals."""
    found = words.tokens(text)
    words.concepts(found)
    assert all(w == w.casefold() for w in found)


def test_a_word_without_end_is_quick() -> None:
    """A word or number of a million signs is taken as it is."""
    assert words.concepts(words.tokens("a" * 1_000_000)) == ["a" * 1_000_000]
    assert words.tokens("9" * 1_000_000) == ["9" * 1_000_000]


def test_what_others_are_looked_up_by() -> None:
    """The words that tell most, the rarest first, without common ones and numbers; each two of them, and one that is alone by itself."""
    said = "The ferrymen said that the bridge will close for 9 weeks"
    rare = words.rarest(said, 3)
    assert rare[0] == "ferrymen"
    assert not {"the", "that", "will", "9"} & set(words.rarest(said, 99))
    assert words.askings(said, 3) == [f"{rare[0]} {rare[1]}", f"{rare[0]} {rare[2]}", f"{rare[1]} {rare[2]}"]
    assert words.askings("It is the ferrymen!", 3) == ["ferrymen"]
    assert words.askings("", 3) == words.askings("he is at it", 3) == []
