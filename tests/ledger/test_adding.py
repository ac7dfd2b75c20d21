"""Adding: once, in versions, with copies, and out again without a trace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import Said, reading
from sqlalchemy import func, select

from reportedly.errors import BadReading
from reportedly.ledger import schema
from reportedly.ledger.changes import between
from reportedly.ledger.rows import names, pack, rows, unpack

if TYPE_CHECKING:
    from reportedly.ledger.store import Ledger
    from reportedly.values import Reading

MORENO = Said("Ana Moreno", "the bridge must close for 9 weeks", figures=(("9 weeks", "9", "=", None, "weeks"),))
OFFICER = Said("an officer", "the pier is unsafe", identity="anonymous", via=("Harbour Radio",))


def counted(ledger: Ledger) -> dict[str, int]:
    with ledger._engine.connect() as connection:
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in schema.metadata.sorted_tables if t.name not in ("facts", "counter")}


def test_what_is_added_comes_back_equal(ledger: Ledger) -> None:
    """The whole reading is kept, and is found by id and by address."""
    one = reading(MORENO, OFFICER, url="https://quay.example/bridge")
    assert ledger.add(one).outcome == "new"
    assert ledger.reading(one.article.id) == one
    assert ledger.reading("https://quay.example/bridge") == one
    assert ledger.reading("0" * 32) is None
    assert list(ledger.readings()) == [one]


def test_adding_again_writes_nothing(ledger: Ledger) -> None:
    """The same article twice is there once."""
    one = reading(MORENO, OFFICER)
    ledger.add(one)
    before = counted(ledger)
    again = ledger.add(one)
    assert (again.outcome, again.article) == ("known", one.article.id)
    assert counted(ledger) == before
    assert ledger.knows([one.article.id, "f" * 32]) == {one.article.id}


def test_the_same_words_elsewhere_are_another_article_and_a_copy(ledger: Ledger) -> None:
    """A verbatim copy is kept, and each of the two knows the other."""
    one, two = reading(MORENO, url="https://quay.example/a"), reading(MORENO, url="https://gull.example/a", outlet="The Gull")
    ledger.add(one)
    added = ledger.add(two)
    assert (added.outcome, added.copies) == ("new", (one.article.id,))
    assert ledger.entry(one.article.id).copies == (two.article.id,)
    assert ledger.info().copies == 1


def test_a_changed_text_is_a_new_version(ledger: Ledger) -> None:
    """The newer version is current, the older is kept, and each claim's change is told."""
    url = "https://quay.example/bridge"
    asked = Said("Ana Moreno", "the council had asked the yard to close the north gate at once", figures=())
    forced = replace(asked, content="the council had forced the yard to close the north gate at once", factuality="PR+")
    one = reading(MORENO, asked, OFFICER, url=url)
    two = reading(MORENO, forced, Said("Piet Vos", "nobody was told"), url=url)
    assert ledger.add(one).version == 1
    added = ledger.add(two)
    assert (added.outcome, added.version) == ("version", 2)
    kinds = [(c.kind, c.fields) for c in added.changes]
    assert kinds == [("changed", ("content", "factuality")), ("added", ()), ("dropped", ())]
    assert added.changes[0].before.content == asked.content
    assert added.changes[2].before.source == "an officer"
    revisions = ledger.versions(url)
    assert [(r.entry.version, r.entry.current) for r in revisions] == [(1, False), (2, True)]
    assert revisions[1].changes == added.changes
    assert ledger.versions(one.article.id) == revisions
    assert ledger.add(one).outcome == "known"
    assert ledger.reading(url) == two


def test_removing_leaves_no_trace(ledger: Ledger) -> None:
    """All that hangs on an article goes with it, names that nobody else has too, and the version before it is current again."""
    url = "https://quay.example/bridge"
    other = reading(Said("Piet Vos", "the yard will stay"), title="Yard")
    ledger.add(other)
    before = counted(ledger)
    one, two = reading(MORENO, OFFICER, url=url), reading(MORENO, url=url, more="Updated.")
    ledger.add(one)
    middle = counted(ledger)
    ledger.add(two)
    assert ledger.remove(two.article.id) == (two.article.id,)
    assert counted(ledger) == middle
    assert ledger.entry(one.article.id).current
    assert len(ledger.search("bridge")) == 2
    ledger.add(two)
    assert set(ledger.remove(url)) == {one.article.id, two.article.id}
    assert counted(ledger) == before
    assert ledger.search("bridge") == ()
    assert ledger.remove(url) == ()
    assert list(ledger.check()) == []


@pytest.mark.parametrize("wrong", [{"id": "0" * 32}, {"text_digest": "0" * 32}, {"text": "Other words."}, {"url": "https://other.example/"}])
def test_a_reading_that_is_not_true_to_itself_is_refused(ledger: Ledger, wrong: dict[str, str]) -> None:
    """An id or digest that is not that of the words would let one article pass for another."""
    one = reading(MORENO, url="https://quay.example/bridge")
    if "text" in wrong:
        wrong = {"text": one.article.text.replace("bridge", "tunnel")}
    with pytest.raises(BadReading, match="not a reading"):
        ledger.add(replace(one, article=replace(one.article, **wrong)))
    assert ledger.info().articles == 0


def test_ids_must_be_told_apart(ledger: Ledger) -> None:
    """Two attributions of one id are no reading."""
    one = reading(MORENO, OFFICER)
    with pytest.raises(BadReading, match="the same id"):
        ledger.add(replace(one, attributions=tuple(replace(a, id="a1") for a in one.attributions)))


def test_whatever_a_text_holds_is_kept(ledger: Ledger) -> None:
    """NUL, emoji, marks of direction, numbers of a thousand digits and very long words go in, come back and are found."""
    odd = "9" * 1000
    strange = Said("Ana\0 Moreno 😀", f"the \u202ebridge\u202c \0 has {odd} rivets {'x' * 5000} “unpaired", figures=((odd, odd, "=", None, "rivets"),))
    one = reading(strange, Said(None, "naïve façades fall"), title="Bridge\0")
    ledger.add(one)
    assert ledger.reading(one.article.id) == one
    assert len(ledger.search("bridge rivets")) == 1
    assert len(ledger.search("NAIVE facade")) == 1
    assert list(ledger.check()) == []


def test_long_contents_and_many_words(ledger: Ledger) -> None:
    """A content of a hundred thousand different words is kept and found by its beginning."""
    one = reading(Said("Ana Moreno", "start " + " ".join(f"w{n:x}y" for n in range(100_000))))
    ledger.add(one)
    assert len(ledger.search("start")) == 1
    assert ledger.remove(one.article.id)
    assert ledger.search("start") == ()


WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).filter(lambda w: w.strip())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_any_words_go_in_and_out(ledger: Ledger, pairs: list[tuple[str, str]]) -> None:
    """Whatever people write is kept, fits together, and leaves no word behind."""
    one = reading(*(Said(source, content) for source, content in pairs))
    ledger.add(one)
    assert ledger.reading(one.article.id) == one
    assert list(ledger.check()) == []
    ledger.remove(one.article.id)
    assert list(ledger.check()) == []


def test_packing_is_lossless_and_damage_is_told() -> None:
    """Bytes that are cut or changed are no reading."""
    one = reading(MORENO)
    data = pack(one)
    assert unpack(data) == one
    for bad in (data[:-9], b"", b"y" + data[1:], data[:20] + bytes([data[20] ^ 255]) + data[21:]):
        with pytest.raises(BadReading, match="not a reading"):
            unpack(bad)


def test_rows_hold_every_statement() -> None:
    """Rows are a function of the reading: the same again for the same reading."""
    one = reading(MORENO, OFFICER)
    made = rows(one, 10)
    assert made == rows(one, 10)
    assert [a["content"] for a in made.attributions] == [MORENO.content, OFFICER.content]
    assert [s["voice"] for s in rows(one, 10, {"ana moreno": 7}).sources] == [7, None, None]
    assert names(one) == {"ana moreno": "Ana Moreno", "harbour radio": "Harbour Radio"}


def changed(before: list[Said], after: list[Said]) -> list[tuple[str, tuple[str, ...]]]:
    def of(some: list[Said]) -> Reading:
        return reading(*some)

    return [(c.kind, c.fields) for c in between(of(before), of(after))]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ([MORENO], [MORENO], []),
        ([], [MORENO], [("added", ())]),
        ([MORENO], [], [("dropped", ())]),
        ([MORENO, OFFICER], [OFFICER, MORENO], []),
        ([MORENO], [replace(MORENO, cue="insisted", stance="endorses")], [("changed", ("cue", "stance"))]),
        ([MORENO], [replace(MORENO, source="Piet Vos")], [("changed", ("source",))]),
        ([OFFICER], [replace(OFFICER, via=())], [("changed", ("via",))]),
        ([MORENO], [Said("Ana Moreno", "rain fell on the valley all day")], [("added", ()), ("dropped", ())]),
        ([MORENO, replace(MORENO, source="Piet Vos")], [replace(MORENO, source="Piet Vos")], [("dropped", ())]),
    ],
)
def test_changes_claim_by_claim(before: list[Said], after: list[Said], told: list[tuple[str, tuple[str, ...]]]) -> None:
    """A reworded statement is one changed statement; one that shares few words is another."""
    assert changed(before, after) == told
