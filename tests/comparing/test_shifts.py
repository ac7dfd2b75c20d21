"""Wording that shifts, and figures that do not agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import INSIDER, MAYOR, POLICE, told

import stories
from reportedly.comparing.shifts import conflicts, cue_class, shifts
from reportedly.comparing.statements import page, statements

STATEMENTS = [s for story in stories.load() for r in story.readings for s in statements(page(r))]


def said(letter: str, words: str, source: dict[str, Any] = MAYOR, cue: str = "said", **more: Any):
    return statements(page(told(letter, words, source, cue, **more)))[0]


@pytest.mark.parametrize(
    ("one", "other", "kind", "direction", "words"),
    [
        ("the men were asked to hand in their phones", "the men were forced to hand in their phones", "wording", "firmer", "“asked” became “forced”: how hard somebody was pressed"),
        ("the men were ordered to leave", "the men were asked to leave", "wording", "softer", "“ordered” became “asked”: how hard somebody was pressed"),
        ("the bank may close", "the bank will close", "wording", "firmer", "“may” became “will”: what may be and what will be"),
        ("nine men left", "dozens of men left", "figure", "other", "“nine men” became “dozens of men”"),
        ("about 40 homes were lost", "40 homes were lost", "figure", "firmer", "“about 40 homes” became “40 homes”"),
        ("the officer apparently quit", "the officer quit", "hedge", "firmer", "lost “apparently”"),
        ("the officer quit", "the officer reportedly quit", "hedge", "softer", "gained “reportedly”"),
        ("the wall is safe", "the wall is not safe", "negation", "other", "only the later wording has “not”"),
        ("the council sold the old mill to a brewer", "the council sold the old mill to a baker and left", "wording", "other", None),
        ("a link with cancer was seen in the sweetener: it is linked to cancer", "the sweetener caused cancer", "wording", "firmer", "“linked to” became “caused”: how sure the cause is"),
    ],
)
def test_what_shifts(one: str, other: str, kind: str, direction: str, words: str | None) -> None:
    """Scales, hedges, figures and negations, each in the words of the two texts."""
    found = [s for s in shifts(said("A", one), said("B", other)) if s.kind == kind]
    if words is None:
        assert all(s.direction == direction for s in found)
    else:
        assert (direction, words) in [(s.direction, s.words) for s in found]


def test_a_word_put_in_another_place() -> None:
    """A word that replaces another, where the words around are the same, is shown though it is on no scale."""
    (found,) = shifts(said("A", "she sold the boat to a brewer in March"), said("B", "she sold the boat to a baker in March"))
    assert (found.before, found.after, found.direction) == ("brewer", "baker", "other")


@pytest.mark.parametrize(
    ("a", "b", "kind", "words"),
    [
        (said("A", "the dam is safe"), said("B", "the dam is safe", cue="claimed"), "cue", "“said” became “claimed”"),
        (said("A", "the dam is safe", stance={"1": "neutral"}), said("B", "the dam is safe", stance={"1": "disputes"}), "stance", "the page passes on it; then it disputes it"),
        (said("A", "“the dam is quite safe today”"), said("B", "the dam is quite safe today"), "marks", "quoted words are now retold"),
        (said("A", "the dam is quite safe today"), said("B", "“the dam is quite safe today”"), "marks", "retold words now stand in quotation marks"),
        (said("A", "the dam is safe"), said("B", "the dam is safe", POLICE), "source", "from Mayor Ana Ruiz; here from the police"),
        (said("A", "the dam is safe", {"description": "the mayor", "kind": "person", "identity": "unnamed"}), said("B", "the dam is safe"), "name", "the mayor gained a name: Mayor Ana Ruiz"),
        (said("A", "the dam held firm", factuality={"1": "PS+"}), said("B", "the dam held firm", factuality={"1": "CT+"}), "hedge", "possible became certain"),
        (said("A", "“We waited all night and then we went home to our families”"), said("B", "“We waited all night”"), "length", "shortened; left out: went, home, families"),
    ],
)
def test_shifts_around_the_words(a: Any, b: Any, kind: str, words: str) -> None:
    """Cue, stance, marks, source, name, commitment and length are differences of their own."""
    assert words in [s.words for s in shifts(a, b) if s.kind == kind]


def test_an_anonymous_source_never_gains_a_name() -> None:
    """Nothing is said of how an anonymous source and another stand to each other."""
    found = [*shifts(said("A", "the dam is safe", INSIDER), said("B", "the dam is safe")), *shifts(said("A", "the dam is safe"), said("B", "the dam is safe", INSIDER))]
    assert not [s for s in found if s.kind in ("name", "source")]


def test_figures_in_conflict_stand_side_by_side() -> None:
    """Who gives which figure of one thing, where not all can hold; figures that agree are no conflict."""
    some = [said("A", "nine men were killed", POLICE), said("B", "12 men were killed"), said("C", "at least ten men were killed", INSIDER)]
    (found,) = conflicts(some)
    assert found.what == "men"
    assert [(g.figure, g.who) for g in found.given] == [("nine men", "the police"), ("12 men", "Mayor Ana Ruiz"), ("at least ten men", "a person close to the company")]
    assert conflicts([said("A", "at least nine men were killed"), said("B", "12 men were killed")]) == ()
    assert conflicts([said("A", "nine men and 12 boats were lost"), said("B", "nine men and 12 boats were lost")]) == ()


@given(st.sampled_from(STATEMENTS), st.sampled_from(STATEMENTS))
def test_nothing_shifts_to_itself_and_back_is_the_opposite(a: Any, b: Any) -> None:
    """A statement does not differ from itself; firmer one way is softer the other way."""
    assert shifts(a, a) == ()
    turned = {"firmer": "softer", "softer": "firmer", "other": "other"}
    forth = {(s.kind, s.before, s.after, s.direction) for s in shifts(a, b) if s.kind in ("hedge", "wording") and s.direction != "other"}
    back = {(s.kind, s.after, s.before, turned[s.direction]) for s in shifts(b, a) if s.kind in ("hedge", "wording") and s.direction != "other"}
    assert forth == back


@pytest.mark.parametrize(("cue", "expected"), [("said", "neutral"), ("has repeatedly claimed", "doubted"), ("pointed out", "vouched"), ("warns", "warned"), ("", "neutral"), ("has denied", "denied")])
def test_what_a_cue_says(cue: str, expected: str) -> None:
    """Cues are of one class in whatever form they stand."""
    assert cue_class(cue) == expected
