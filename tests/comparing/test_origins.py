"""One origin, several, or not to be told."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import INSIDER, MAYOR, POLICE, report, told

import stories
from reportedly.comparing import Origins, Ref, match, origins

if TYPE_CHECKING:
    import random

CHIEF = {"name": "Inspector Tom Hale", "kind": "person", "identity": "named"}
UNION = {"name": "Dockers' Union", "kind": "organisation", "identity": "named"}
CNN = {"name": "Quay News", "kind": "outlet", "identity": "named"}
CLAIM = "The north wall will be closed until June"
QUOTE = "“We have carried water up that hill for eleven winters,”"
STORIES = stories.load()


def judged(*readings: Any) -> Origins:
    return origins([Ref(r.article.id, "1") for r in readings], readings)


def via(letter: str, words: str, source: dict[str, Any], through: dict[str, Any], **more: Any):
    label = source.get("name") or source.get("description")
    return report(letter, f"⟦t1|{words}⟧, ⟦s1|{label}⟧ ⟦c1|told⟧ them.", sources={"s": source, "v": through}, said={"1": "s"}, via={"1": ["v"]}, **more)


@pytest.mark.parametrize(
    ("readings", "kind"),
    [
        ([told("A", CLAIM, MAYOR), told("B", "the north wall stays shut until June", MAYOR)], "source"),
        ([told("A", CLAIM, MAYOR), told("B", CLAIM, {"description": "the mayor", "kind": "person", "identity": "unnamed"})], "source"),
        ([told("A", CLAIM, INSIDER, outlet="Quay News"), via("B", "the wall is to close", INSIDER, CNN)], "chain"),
        ([via("A", CLAIM, INSIDER, CNN), via("B", "the wall is to close", {"description": "a worker", "identity": "anonymous"}, CNN)], "chain"),
        ([told("A", CLAIM, MAYOR, outlet="Quay News"), told("B", CLAIM, CNN, "reported")], "chain"),
        ([told("A", QUOTE, INSIDER), told("B", QUOTE, {"description": "an employee", "identity": "anonymous"})], "quote"),
        ([told("A", CLAIM, {"description": "people", "kind": "group"}, agency="Polestar"), told("B", CLAIM, {"description": "some", "kind": "group"}, agency="Polestar")], "agency"),
        ([told("A", CLAIM, {"name": "Harbour Report 2023", "kind": "document", "identity": "named"}), told("B", CLAIM, {"name": "the Harbour Report 2023", "kind": "document", "identity": "named"})], "document"),
        ([told("A", CLAIM, {"description": "the police", "kind": "organisation"}, "told a news conference"), told("B", CLAIM, {"name": "Inspector Jo Marsh", "kind": "person", "identity": "named"}, "said at a news conference")], "occasion"),
    ],
)
def test_one_origin(readings: list[Any], kind: str) -> None:
    """Chains that end in one account are one origin, and the reason says which kind of account it is."""
    found = judged(*readings)
    assert (found.verdict, found.count) == ("one", 1)
    assert [r.kind for r in found.reasons] == [kind]
    assert found.reasons[0].words


def test_what_was_out_before_does_not_come_from_there() -> None:
    """A report that has its account through an outlet has not got it from what that outlet brings a day later, of another source."""
    passed_on = via("A", "the wall is to close", UNION, {"name": "Quay News", "kind": "outlet", "identity": "named"}, published="2024-03-01T09:00+00:00")
    for published, verdict in (("2024-03-03T07:00+00:00", "several"), ("2024-03-01T07:00+00:00", "one"), (None, "one")):
        assert judged(passed_on, told("B", CLAIM, MAYOR, outlet="Quay News", published=published)).verdict == verdict


@pytest.mark.parametrize(
    ("sources", "count"),
    [([MAYOR, UNION], 2), ([MAYOR, CHIEF], 2), ([MAYOR, POLICE], 2), ([MAYOR, UNION, CHIEF], 3), ([MAYOR, UNION, MAYOR], 2), ([MAYOR, UNION, INSIDER], 2)],
)
def test_several_origins(sources: list[dict[str, Any]], count: int) -> None:
    """Different sources that speak for themselves are several; whoever cannot be told apart is not counted."""
    wordings = [CLAIM, "the wall in the north is shut until June, everybody knows", "until June nobody will walk on the north wall"]
    found = judged(*(told("ABC"[n], wordings[n], s) for n, s in enumerate(sources)))
    assert (found.verdict, found.count) == ("several", count)
    assert any(r.kind == "independent" for r in found.reasons)


def test_what_a_source_says_itself_clears_what_another_passes_on() -> None:
    """Through a document or a person in between nothing is told of the source; where another report has it from the source, that one tells."""
    blog = {"description": "her blog", "kind": "document", "identity": "unnamed"}
    passed_on = via("C", "the wall is to close", UNION, blog)
    assert judged(told("A", CLAIM, MAYOR), passed_on).verdict == "not determined"
    assert judged(told("A", CLAIM, MAYOR), told("B", "the north wall is shut until June", UNION), passed_on).verdict == "several"


@pytest.mark.parametrize(
    "sources",
    [
        [INSIDER, MAYOR],
        [INSIDER, INSIDER],
        [MAYOR, {"description": "residents", "kind": "group"}],
        [MAYOR, {"description": "the council", "kind": "organisation", "identity": "unnamed"}],
        [UNION, CNN],
        [{"name": "Gareth Pellow, the engineer", "kind": "person", "identity": "named"}, {"description": "an engineer", "kind": "person"}],
    ],
)
def test_in_doubt_nothing_is_said(sources: list[dict[str, Any]]) -> None:
    """Anonymous voices, crowds, sources of one house and outlets are neither one nor several, and the reason says why."""
    found = judged(told("A", CLAIM, sources[0]), told("B", "that part of the harbour is to shut until summer", sources[1]))
    assert (found.verdict, found.count) == ("not determined", None)
    assert [r.kind for r in found.reasons] == ["doubt"]


AUDITORS = {"name": "Bright and Stowe", "kind": "organisation", "identity": "named"}


@pytest.mark.parametrize(
    ("source", "paragraph", "verdict"),
    [
        ({"name": "Neil Abbot", "description": "the tram project's engineer", "kind": "person", "identity": "named"}, "", "several"),
        ({"name": "Neil Abbot", "kind": "person", "identity": "named"}, "", "not determined"),
        ({"name": "Neil Abbot", "description": "the tram project's engineer", "kind": "person", "identity": "named"}, "Neil Abbot, who was with Bright and Stowe, left in May.", "not determined"),
        ({"name": "Bright", "description": "engineer", "kind": "person", "identity": "named"}, "", "not determined"),
    ],
)
def test_two_names_that_nothing_ties(source: dict[str, Any], paragraph: str, verdict: str) -> None:
    """A person of whom it is said who he is and a house that is not named with him are two; of a bare name nothing can be told."""
    other = report("B", "⟦s1|Bright and Stowe⟧ ⟦c1|said⟧ ⟦t1|that part of the harbour is to shut until summer⟧.", *([paragraph] if paragraph else []), sources={"s": AUDITORS})
    assert judged(told("A", CLAIM, source), other).verdict == verdict


def test_a_chain_through_the_other_source_is_one() -> None:
    """The mayor has it from the police, and the police say it elsewhere: that is one origin."""
    found = judged(told("A", CLAIM, POLICE), via("B", "the wall would close until June", MAYOR, POLICE))
    assert (found.verdict, [r.kind for r in found.reasons]) == ("one", ["chain"])


def test_no_reason_sets_an_anonymous_source_beside_a_name() -> None:
    """Where one source is anonymous and the other named, no reason holds both of their names or descriptions."""
    found = judged(told("A", CLAIM, INSIDER), told("B", CLAIM, MAYOR), told("C", "the north wall closes", UNION))
    for reason in found.reasons:
        assert not ("Ruiz" in reason.words and "close to" in reason.words)
    assert all(not {Ref("test/A", "1"), Ref("test/B", "1")} <= set(a.members) for a in found.accounts)


def test_no_chain_brings_an_anonymous_source_and_a_name_into_one_account() -> None:
    """One outlet through which both are known, or a third statement that is tied to both, does not make them one."""
    both = judged(via("A", CLAIM, INSIDER, CNN), via("B", "the wall is to close", MAYOR, CNN))
    assert both.verdict == "not determined"
    middle = judged(told("A", CLAIM, INSIDER, outlet="Quay News"), told("B", CLAIM, CNN, "reported"), via("C", "the wall closes", MAYOR, CNN))
    assert all(not {Ref("test/A", "1"), Ref("test/C", "1")} <= set(a.members) for a in middle.accounts)


def test_two_sources_of_one_outlet_are_in_doubt() -> None:
    """Different sources that are known only through one outlet are not counted as several."""
    found = judged(via("A", CLAIM, UNION, CNN), via("B", "the wall is to close", MAYOR, CNN))
    assert found.verdict == "not determined"


def test_a_copied_article_is_one_origin() -> None:
    """A statement of copied wording has the origin of the copy, though nobody is named for it."""
    body = "The harbour office looked at the stones on Monday and again on Friday, when divers went down twice and came back with the same measure of the crack."
    crowd = {"description": "experts", "kind": "group"}
    a, b = (report(x, body, f"⟦t1|{CLAIM}⟧, ⟦s1|experts⟧ ⟦c1|said⟧.", sources={"s": crowd}) for x in "AB")
    found = judged(a, b)
    assert (found.verdict, [r.kind for r in found.reasons]) == ("one", ["copy"])


def test_the_order_is_that_of_the_times_known_here() -> None:
    """Zones are heeded, undated reports come last, and accounts say where they are known from earliest."""
    late = told("A", CLAIM, MAYOR, published="2024-03-02T09:00+00:00")
    early = told("B", CLAIM, MAYOR, published="2024-03-02T10:30+02:00")
    undated = told("C", CLAIM, MAYOR)
    found = judged(late, undated, early)
    assert [r.article for r in found.order] == ["test/B", "test/A", "test/C"]
    assert found.accounts[0].words == "Mayor Ana Ruiz; earliest known here: Outlet B, 2024-03-02 10:30+02:00"
    assert "undated" in judged(undated, told("D", CLAIM, MAYOR)).accounts[0].words


def test_every_order_of_readings_gives_the_same_origins() -> None:
    """The verdict, its reasons and its order do not depend on how the readings come."""
    readings = [told("A", CLAIM, MAYOR), told("B", "June, not sooner, for the north wall", UNION), told("C", "the wall closes", INSIDER)]
    assert len({judged(*some) for some in permutations(readings)}) == 1


@given(st.sampled_from(range(len(STORIES))), st.randoms(use_true_random=False))
def test_any_statements_have_origins(number: int, draw: random.Random) -> None:
    """Any statements thrown together give a verdict that holds together: a count that fits it, members that are all there."""
    readings = list(STORIES[number].readings)
    refs = [Ref(r.article.id, a.id) for r in readings for a in r.attributions]
    some = draw.sample(refs, draw.randrange(1, len(refs)))
    found = origins(some, readings, copies=())
    assert sorted(found.order) == sorted(some) == sorted(m for a in found.accounts for m in a.members)
    assert (found.verdict == "one") == (found.count == 1) == (len(found.accounts) == 1)
    assert (found.count is None) == (found.verdict == "not determined")
    assert found.count is None or found.count <= len(found.accounts)


def test_a_member_that_is_in_no_reading() -> None:
    """A statement of an article that was not given is an error, not an origin."""
    with pytest.raises(KeyError):
        origins([Ref("nowhere", "1")], [told("A", CLAIM)])


def test_matches_that_are_quotes_are_one_account() -> None:
    """A quotation of a few words that was matched ties two statements, where what is quoted is not put in different mouths."""
    readings = [told("A", "it “is not science”", {"description": "the makers", "kind": "group"}), told("B", "the study “is not science”", {"description": "the industry", "kind": "group"})]
    from reportedly.comparing import groups

    made = groups(match(readings))
    if made:
        assert origins(made[0], readings).verdict == "one"


def test_what_a_person_says_of_an_origin_goes_before_the_texts() -> None:
    """Two reports with one source are parted, also where a third ties them; two with other sources are joined; an anonymous source is never made a named one."""
    from reportedly.comparing.origins import of_statements
    from reportedly.comparing.statements import page, statements

    def said(*sources: Any, **judged: bool) -> Origins:
        letters = dict(zip("ABC", sources, strict=False))
        of = {letter: statements(page(told(letter, CLAIM, source)))[0] for letter, source in letters.items()}
        return of_statements(of.values(), set(), (), {frozenset(of[letter].ref for letter in pair): one for pair, one in judged.items()})

    assert said(MAYOR, MAYOR).verdict == "one"
    parted = said(MAYOR, MAYOR, AB=False)
    assert (parted.verdict, parted.count, len(parted.accounts)) == ("several", 2, 2)
    assert "a person said" in parted.reasons[0].words
    assert len(said(MAYOR, MAYOR, MAYOR, AB=False).accounts) == 2
    joined = said(MAYOR, UNION, AB=True)
    assert (joined.verdict, joined.reasons[0].kind) == ("one", "judged")
    assert said(MAYOR, INSIDER, AB=True).verdict != "one"
    # the program ties A and B by their source; who says that B and C are one and A and C are not has parted A from B too
    at_odds = said(MAYOR, MAYOR, UNION, BC=True, AC=False)
    assert [[m.article[-1] for m in account.members] for account in at_odds.accounts] == [["A"], ["B", "C"]]


def test_a_house_that_only_one_report_names() -> None:
    """What one report calls "the club" is the club that the report names elsewhere in its text, and "his lawyer" the lawyer whom another names; anybody anonymous stays apart."""
    club = {"name": "Quay Rovers", "description": "a football club", "kind": "organisation", "identity": "named"}
    named = told("A", CLAIM, club)
    other = report("B", f"Rovers played badly. ⟦t1|{CLAIM}⟧, ⟦s1|the club⟧ ⟦c1|said⟧.", sources={"s": {"description": "the club", "kind": "organisation", "identity": "unnamed"}})
    assert judged(named, other).verdict == "one"
    lawyer = told("A", CLAIM, {"name": "Bruno Keller", "description": "the coach's lawyer", "kind": "person", "identity": "named"})
    his = {"description": "his lawyer", "kind": "person", "identity": "unnamed"}
    assert judged(lawyer, told("B", CLAIM, his)).verdict == "one"
    assert judged(lawyer, told("B", CLAIM, his | {"identity": "anonymous"})).verdict == "not determined"


def test_two_voices_of_one_report_are_not_one_for_a_third_that_quotes_it() -> None:
    """A report that has one of another's sources through it says nothing of that one's other source."""
    first = report("A", f"⟦t1|{CLAIM}⟧, ⟦s1|Mayor Ana Ruiz⟧ ⟦c1|said⟧. ⟦t2|It will not⟧, ⟦s2|Tom Hale⟧ ⟦c2|said⟧.", sources={"m": MAYOR, "h": {"name": "Tom Hale", "kind": "person", "identity": "named"}}, said={"1": "m", "2": "h"}, outlet="Quay News")
    second = via("B", CLAIM, MAYOR, CNN)
    found = origins([Ref(first.article.id, "2"), Ref(second.article.id, "1")], [first, second])
    assert (found.verdict, found.count) == ("several", 2)


@pytest.mark.parametrize(
    ("paragraph", "verdict"),
    [("", "several"), ("Neil Abbot, who helped the inquiry, left in May.", "not determined")],
)
def test_a_person_and_a_paper_without_a_name(paragraph: str, verdict: str) -> None:
    """A person of whom it is said who he is, and a body or document that is nowhere named with him, are two."""
    person = {"name": "Neil Abbot", "description": "the tram project's engineer", "kind": "person", "identity": "named"}
    inquiry = {"description": "the inquiry", "kind": "document", "identity": "unnamed"}
    other = report("B", "⟦s1|The inquiry⟧ ⟦c1|said⟧ ⟦t1|that part of the harbour is to shut until summer⟧.", *([paragraph] if paragraph else []), sources={"s": inquiry})
    assert judged(told("A", CLAIM, person), other).verdict == verdict


@pytest.mark.parametrize(("words", "verdict"), [("the north wall would be closed until June", "one"), ("nobody had asked them", "not determined")])
def test_a_crowd_that_says_what_one_of_it_says(words: str, verdict: str) -> None:
    """Rescue workers who say in much the same words what a leader of theirs says in another report are no second origin."""
    leader = {"name": "Marek Dudek", "description": "who leads the rescue teams", "kind": "person", "identity": "named"}
    crowd = {"description": "rescue workers", "kind": "group", "identity": "unnamed"}
    assert judged(told("A", CLAIM, leader), told("B", words, crowd)).verdict == verdict


def test_an_outlet_that_names_itself_passes_nothing_on() -> None:
    """Two reports of one outlet, one of which names the outlet, have the sources that they give."""
    first = told("A", CLAIM, MAYOR, "told Quay News", outlet="Quay News")
    assert not any("names Quay News" in r.words for r in judged(first, told("B", CLAIM, MAYOR, outlet="Quay News")).reasons)
