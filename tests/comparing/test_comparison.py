"""Articles side by side."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import INSIDER, MAYOR, POLICE, report, told

import reportedly
import stories
from reportedly import desk
from reportedly.comparing import Comparison, compare, match

STORIES = stories.load()
TWO = {"m": MAYOR, "p": POLICE}


def kinds(found: Comparison) -> list[str]:
    return [c.kind for c in found.pairs[0].changes]


@settings(max_examples=30)
@given(st.sampled_from([r for s in STORIES for r in s.readings]))
def test_an_article_against_itself_is_all_carried_over(reading: reportedly.Reading) -> None:
    """Whatever an article says, it carries over from itself, with no difference."""
    found = compare([reading, reading])
    assert kinds(found) == ["carried over"] * len(reading.attributions)
    assert all(c.shifts == () and c.a == c.b for c in found.pairs[0].changes)
    assert found.groups == ()


@settings(max_examples=20)
@given(st.sampled_from(range(len(STORIES))), st.data())
def test_every_statement_has_its_fate(number: int, data: st.DataObject) -> None:
    """Each statement of either article stands in the changes, and what one way is dropped is the other way added."""
    a, b = data.draw(st.permutations(STORIES[number].readings))[:2]
    forth, back = compare([a, b]).pairs[0].changes, compare([b, a]).pairs[0].changes
    assert {c.a.attribution for c in forth if c.a and not c.a.attribution.startswith("text:")} == {x.id for x in a.attributions}
    assert {c.b.attribution for c in forth if c.b and not c.b.attribution.startswith("text:")} == {x.id for x in b.attributions}
    assert {c.a for c in forth if c.kind == "dropped"} == {c.b for c in back if c.kind == "added"}
    assert {c.a for c in forth if c.kind == "lost its source"} == {c.b for c in back if c.kind == "gained a source"}
    assert compare([a, b]).groups == compare([b, a]).groups


def test_carried_over_reworded_dropped_and_added() -> None:
    """The four fates of a statement, in the order of the first article, then of what was added."""
    a = report(
        "A",
        "⟦t1|The harbour wall at Brenn will be closed until June⟧, ⟦s1|Mayor Ana Ruiz⟧ ⟦c1|said⟧. ⟦t2|Nine boats were asked to leave the harbour⟧, ⟦s2|the police⟧ ⟦c2|said⟧.",
        "⟦t3|Tourists had complained about the smell of fish⟧, ⟦s3|Mayor Ana Ruiz⟧ ⟦c3|said⟧.",
        sources=TWO, said={"1": "m", "2": "p", "3": "m"},
    )  # fmt: skip
    b = report(
        "B",
        "⟦t1|The harbour wall at Brenn will be closed until June⟧, ⟦s1|Mayor Ana Ruiz⟧ ⟦c1|said⟧. ⟦t2|Nine boats were forced to leave the harbour⟧, ⟦s2|the police⟧ ⟦c2|said⟧.",
        "⟦t3|Divers have measured the crack in the stones⟧, ⟦s3|the police⟧ ⟦c3|said⟧.",
        sources=TWO, said={"1": "m", "2": "p", "3": "p"},
    )  # fmt: skip
    found = compare([a, b])
    assert kinds(found) == ["carried over", "reworded", "dropped", "added"]
    assert [s.words for s in found.pairs[0].changes[1].shifts] == ["“asked” became “forced”: how hard somebody was pressed"]
    assert found.copies[0].a_in_b > 0.3


def test_a_statement_that_lost_its_source() -> None:
    """What somebody said in one article and the writer says in the other has lost its source, and the other way round gained one."""
    a = report("A", "⟦t1|The harbour wall at Brenn will be closed until June⟧, ⟦s1|Mayor Ana Ruiz⟧ ⟦c1|said⟧.", sources={"m": MAYOR})
    b = report("B", "The harbour wall at Brenn will be closed until June.", "⟦t1|Divers measured the stones⟧, ⟦s1|Mayor Ana Ruiz⟧ ⟦c1|said⟧.", sources={"m": MAYOR})
    assert kinds(compare([a, b])) == ["lost its source", "added"]
    assert kinds(compare([b, a])) == ["dropped", "gained a source"]


def test_an_anonymous_statement_does_not_become_a_named_persons() -> None:
    """From one article to the other an anonymous source's statement is dropped and the named person's is added."""
    a, b = told("A", "Vale Water will close its plant at Hollin in June", INSIDER), told("B", "Vale Water will close its plant at Hollin in June", MAYOR)
    assert kinds(compare([a, b])) == ["dropped", "added"]


def test_three_articles_have_two_pairs() -> None:
    """The first article is compared with each of the others, and statements are grouped over all."""
    found = compare(STORIES[0].readings[:3])
    assert [(p.a[-1], p.b[-1]) for p in found.pairs] == [("A", "B"), ("A", "C")]
    assert any(len({m.article for m in f.group.members}) == 3 for f in found.groups)


@pytest.mark.parametrize(
    ("title", "body", "firmer"),
    [
        ("Mayor Dorn quits harbour board", "Mayor Dorn has apparently quit the harbour board", True),
        ("Harbour men forced to surrender phones", "the harbour men were asked to surrender their phones", True),
        ("Mayor Dorn may quit harbour board", "Mayor Dorn may quit the harbour board", False),
        ("Mayor Dorn has quit harbour board", "Mayor Dorn has quit the harbour board", False),
    ],
)
def test_a_headline_firmer_than_its_body(title: str, body: str, firmer: bool) -> None:
    """A headline that leaves out a hedge, or stands on a firmer step than the body, is said to be firmer."""
    (found,) = compare([told("A", body, POLICE, title=title), told("B", "x", title="Nothing alike")]).headlines
    assert found.headline == title
    assert found.firmer is firmer


def test_a_headline_with_a_hedge_in_one_place_only() -> None:
    """Where the body also says it without the hedge, the headline is not firmer."""
    both = report("A", "⟦t1|Mayor Dorn may have quit the harbour board⟧, ⟦s1|the police⟧ ⟦c1|said⟧. Mayor Dorn quit the harbour board.", sources={"p": POLICE}, title="Mayor Dorn quits harbour board")
    assert not compare([both, told("B", "x", title="Nothing alike")]).headlines[0].firmer


def test_comparing_takes_two() -> None:
    """One article is refused with a sentence."""
    with pytest.raises(ValueError, match="two articles or more"):
        compare([told("A", "The dam is safe")])


def test_the_use_case_stays_a_function() -> None:
    """`reportedly.compare(a, b)` takes readings, also after the package that does the work was imported."""
    a, b = told("A", "The dam at Hollin is safe"), told("B", "The dam at Hollin is safe")
    assert kinds(reportedly.compare(a, b)) == ["carried over"]
    assert match([a, b])
    assert reportedly.compare is desk.compare
