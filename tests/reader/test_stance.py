"""How the relaying voice stands to a statement follows from its words for it, by their sense, and from what it says beside it."""

from __future__ import annotations

import time

import pytest
from attributed import attributed
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.certainty.stance import stance
from reportedly.values import Attribution, Span

STANCES = ("neutral", "endorses", "distances", "disputes")

CUES = """
endorses She <noted> [that the roof leaked].
distances They <boasted> [that the roof was dry].
neutral The mayor <said> [the bridge was safe].
neutral [The bridge was safe], <according to> the mayor.
neutral The mayor <contended> [that the bridge was safe].
endorses The mayor <admitted> [that the bridge was cracked].
endorses The mayor <pointed out> [that the bridge was cracked].
endorses The files <show> [that the bridge was cracked].
endorses The inspector <confirmed> [that the bridge was cracked].
endorses Engineers <knew> for months [that the bridge was cracked].
endorses The mayor <was forced to concede> [that the bridge was cracked].
endorses The clerk <knows> [who signed the form].
distances The mayor <claimed> [the bridge was safe].
distances The mayor <has always insisted> [that the bridge was safe].
distances The suit <alleges> [that the bridge was unsafe].
distances The film <purports> [to show the bridge].
distances The <so-called> [Bridge of Sighs] was closed.
distances The mayor repeated <his claim> [that the bridge was safe].
"""

SENSES = """
neutral The group <claimed> [responsibility for the blast].
neutral The keeper <claimed> [the title].
neutral She <was admitted> [to hospital].
neutral He <insisted on> [a receipt].
neutral The jury <found> [him guilty].
neutral The town <is known as> [the Gate].
neutral The mayor <would neither confirm nor deny> [that the bridge was cracked].
neutral The mayor <refused to admit> [that the bridge was cracked].
neutral The map <did not show> [where the path ran].
neutral The inquiry <may reveal> [that the bridge was cracked].
neutral The inquiry <will show> [whether the bridge was cracked].
neutral The clerk said she <knew> [who had rung the bell].
"""

BESIDE = """
disputes The mayor <falsely said> [the bridge was safe].
disputes The mayor <has said, wrongly,> [that the bridge was safe].
disputes The mayor, incorrectly, <said> [the bridge was safe].
disputes The mayor <repeated the baseless claim> [that the bridge was safe].
disputes The mayor <claimed> [the bridge was safe], an absurd excuse.
disputes A letter <saying> [that the bridge is closed] is false.
disputes [The bridge passed inspection], the mayor <said> in a statement that was untrue.
disputes The mayor <insisted> [that the bridge was safe]. That is false: it had three cracks.
disputes The mayor <claimed> [that the bridge was safe]; the notion is ludicrous.
disputes A leaflet that <purports> [to come from the council] is a fake.
disputes A leaflet <purports> [to come from the council]. It does not.
disputes “He lied when he <said> [the bridge was safe],” the engineer told the court.
disputes “The mayor <told> us [that the bridge was safe],” said the engineer. “That was untrue.”
distances The mayor <said>, without offering evidence, [that the bridge was sabotaged].
endorses The mayor <rightly said> [the bridge was cracked].
neutral The mayor <said> [the bridge was safe], which critics called a false claim.
neutral The mayor <said> [the bridge was safe]. “That is false,” the engineer said.
neutral The mayor <said> [that the claim was false].
neutral The mayor <said> [the bridge was safe]. That is not a lie.
neutral “That is false.” The mayor <said> [the bridge was safe].
"""


def rows(table: str) -> list[tuple[str, str]]:
    return [tuple(line.split(" ", 1)) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("expected", "line"), rows(CUES))
def test_cue_shows_the_stance(expected: str, line: str) -> None:
    """The verb, noun or phrase that passes a statement on says how the voice stands to it."""
    assert stance(*attributed(line)) == expected


@pytest.mark.parametrize(("expected", "line"), rows(SENSES))
def test_other_senses_and_what_is_not_asserted_are_neutral(expected: str, line: str) -> None:
    """A word in another sense, or denied, possible or only said of oneself, shows no stance."""
    assert stance(*attributed(line)) == expected


@pytest.mark.parametrize(("expected", "line"), rows(BESIDE))
def test_what_the_same_voice_says_beside_it_goes_first(expected: str, line: str) -> None:
    """Adverbs, evaluations and a verdict right behind count, if the relaying voice and no other gives them."""
    assert stance(*attributed(line)) == expected


def test_marks_in_either_style_part_the_voices() -> None:
    """Double and single, curly and straight marks keep another's words apart from the writer's."""
    for opening, closing in ("“”", "‘’", '""', "''"):
        line = f"The mayor <said> [the bridge was safe]. {opening}That is false,{closing} the engineer said."
        assert stance(*attributed(line)) == "neutral"


def test_nothing_is_read_beyond_the_paragraph() -> None:
    """A verdict in the next paragraph is about something else."""
    assert stance(*attributed("The mayor <said> [the bridge was safe].\nThat is false.")) == "neutral"


SCRAPS = st.lists(st.sampled_from(["he", "said", "claimed", "That", "is", "false", ".", ",", "“", "”", "'", '"', "without", "evidence", "falsely", "lied", "\n", "the", "claim", "absurd", "not;", "show", "to"]) | st.text(max_size=5), max_size=30).map(" ".join)


@given(SCRAPS, st.lists(st.integers(0, 60), min_size=2, max_size=8))
def test_never_fails_and_gives_a_stance(text: str, edges: list[int]) -> None:
    """Any words with any spans give one of the four stances, the same every time."""
    edges = [min(edge, len(text)) for edge in edges]
    spans = [Span(min(a, b), max(a, b)) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    attribution = Attribution("a1", None, tuple(spans[3:]), tuple(spans[:1]), tuple(spans[1:3]), "mixed", 1.0)
    first = stance(text, attribution)
    assert first in STANCES
    assert stance(text, attribution) == first


@pytest.mark.parametrize("words", ["9" * 20000, "“" * 9999, "‘a’" * 5000, "false " * 5000, "🐟 " * 5000, "\u202e" * 5000, "that " * 5000])
def test_odd_surroundings_are_read_in_no_time(words: str) -> None:
    """Long or broken text around an attribution costs no more than short text."""
    text = f"{words} He claimed {words}"
    at = len(words)
    attribution = Attribution("a1", None, (Span(at + 1, at + 3),), (Span(at + 4, at + 11),), (Span(at + 12, len(text)),), "indirect", 1.0)
    started = time.perf_counter()
    assert stance(text, attribution) in STANCES
    assert time.perf_counter() - started < 0.5


def test_no_words_at_all() -> None:
    """An attribution without spans is neutral."""
    assert stance("", Attribution("a1", None, (), (), (), "indirect", 1.0)) == "neutral"
