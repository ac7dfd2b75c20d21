"""The same source, another one, or not to be told."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from told import INSIDER, MAYOR, told

from reportedly.comparing.described import author, called
from reportedly.comparing.relations import relation, unlike
from reportedly.comparing.voices import joined, who

PERSON = {"kind": "person", "identity": "named"}


def voice(source: dict[str, Any]) -> Any:
    reading = told("A", "The bridge is shut", source)
    return who(reading.sources[0], reading)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (MAYOR, {"name": "Ruiz", **PERSON}, "same"),
        (MAYOR, {"name": "Ms Ruiz", **PERSON}, "same"),
        (MAYOR, {"description": "the mayor", "kind": "person", "identity": "unnamed"}, "same"),
        (MAYOR, {"name": "Pedro Ruiz", **PERSON}, "different"),
        (MAYOR, {"name": "Tom Hale", **PERSON}, "different"),
        (MAYOR, {"description": "the town council", "kind": "organisation", "identity": "unnamed"}, "related"),
        (MAYOR, {"description": "the police", "kind": "organisation", "identity": "unnamed"}, "different"),
        ({"description": "police", "kind": "organisation"}, {"description": "a police spokesman", "kind": "person"}, "same"),
        ({"name": "National Water Board", "kind": "organisation", "identity": "named"}, {"name": "NWB", "kind": "organisation", "identity": "named"}, "same"),
        ({"name": "Vale Water", "kind": "organisation", "identity": "named"}, {"description": "a spokeswoman for Vale Water", "kind": "person"}, "same"),
        ({"description": "an engineer", "kind": "person"}, {"name": "Gareth Pellow, the engineer", **PERSON}, "unknown"),
        ({"description": "residents", "kind": "group"}, {"description": "residents", "kind": "group"}, "unknown"),
        (INSIDER, INSIDER, "unknown"),
        (INSIDER, MAYOR, "unknown"),
        ({"description": "he"}, MAYOR, "unknown"),
        ({"name": "Jos Kramer", "description": "a farmer", **PERSON}, {"description": "the agriculture ministry", "kind": "organisation", "identity": "unnamed"}, "different"),
        ({"name": "Petra Dunne", "description": "chair of the nurses' union at Bergvik hospital", **PERSON}, {"name": "Bergvik Hospital", "kind": "organisation", "identity": "named"}, "different"),
        ({"name": "Jo Marley", "description": "a teacher", **PERSON}, {"description": "a parent", "kind": "person", "identity": "unnamed"}, "unknown"),
        ({"name": "Colin Dray", "description": "a tenant", **PERSON}, {"name": "Brightside", "kind": "organisation", "identity": "named"}, "different"),
        ({"name": "Inspector Tom Hale", **PERSON}, {"name": "Brightside", "kind": "organisation", "identity": "named"}, "different"),
        ({"name": "Colin Dray", "description": "a director", **PERSON}, {"name": "Brightside", "kind": "organisation", "identity": "named"}, "unknown"),
        ({"description": "a letter of the dockers' union to the hospital", "kind": "document", "identity": "unnamed"}, {"name": "Ewan Marsh", "description": "chair of the dockers' union", **PERSON}, "same"),
        ({"description": "a letter of the dockers' union to the hospital", "kind": "document", "identity": "unnamed"}, {"description": "the hospital", "kind": "organisation", "identity": "unnamed"}, "different"),
        ({"name": "Police", "kind": "organisation", "identity": "named"}, {"description": "the police", "kind": "organisation", "identity": "unnamed"}, "same"),
    ],
)
def test_relations(one: dict[str, Any], other: dict[str, Any], expected: str) -> None:
    """Names by their words, roles by what they are about; in doubt nothing is said, and the order does not matter."""
    assert relation(voice(one), voice(other)) == expected
    assert relation(voice(other), voice(one)) == expected


def test_an_anonymous_source_and_a_named_person_are_unlike() -> None:
    """Whoever is anonymous is never the same as a named person; an organisation is no person."""
    assert unlike(voice(INSIDER), voice(MAYOR))
    assert unlike(voice(MAYOR), voice(INSIDER))
    assert not unlike(voice(INSIDER), voice(INSIDER))
    assert not unlike(voice(INSIDER), voice({"name": "Vale Water", "kind": "organisation", "identity": "named"}))
    assert not unlike(None, voice(MAYOR))


@pytest.mark.parametrize("words", ["a senior official", "sources", "a person familiar with the talks", "an employee who asked not to be named", "a soldier using a pseudonym", "the officer who spoke to Quay News", "An individual identified by Quay News as a junior officer"])
def test_anonymity_is_seen_where_the_reading_does_not_say(words: str) -> None:
    """Phrases that withhold a name make a source anonymous when its identity is null."""
    assert voice({"description": words}).anonymous


def test_speaking_for_a_house_tells_apart_by_the_house() -> None:
    """Two who speak for different houses are different sources; the house and its speaker are the same."""
    from told import report

    sources = {"v": {"name": "Vale Water", "kind": "organisation", "identity": "named"}, "w": {"name": "Jo Marsh", "kind": "person", "identity": "named", "speaks_for": "v"}}
    reading = report("A", "⟦t1|The wall holds⟧, ⟦s1|Jo Marsh⟧ ⟦c1|said⟧ for ⟦s2|Vale Water⟧, ⟦c2|which added⟧ ⟦t2|nothing⟧.", sources=sources, said={"1": "w", "2": "v"})
    marsh = who(next(s for s in reading.sources if s.id == "w"), reading)
    assert relation(marsh, voice({"name": "Vale Water", "kind": "organisation", "identity": "named"})) == "same"
    assert relation(marsh, voice({"name": "Bergvik Hospital", "kind": "organisation", "identity": "named"})) == "different"


def test_every_voice_is_itself() -> None:
    """A named source is the same as itself, and no two of these are one."""
    some = [voice(s) for s in (MAYOR, {"name": "Tom Hale", **PERSON}, {"name": "Vale Water", "kind": "organisation", "identity": "named"}, {"description": "the police", "kind": "organisation"})]
    assert all(relation(s, s) == "same" for s in some)
    assert all(relation(a, b) != "same" for a, b in combinations(some, 2))


def test_a_phrase_beside_the_cue_withholds_a_name_too() -> None:
    """Who "asked not to be named" is anonymous though the mention does not say so; a source with a name stays named."""
    from told import report

    from reportedly.comparing.statements import page, statements

    words = "⟦t1|The wall leaks⟧, ⟦s1|{}⟧ ⟦c1|said⟧, and asked not to be named."
    clerk = report("A", words.format("the clerk"), sources={"s": {"description": "the clerk"}})
    mayor = report("A", words.format("Ana Ruiz"), sources={"s": MAYOR})
    assert [statements(page(r))[0].who.anonymous for r in (clerk, mayor)] == [True, False]


def test_letters_within_a_word_are_no_name() -> None:
    """"aide" holds no "de", and a number that begins a sentence is no name."""
    assert voice({"description": "aide"}).name == ()
    assert voice({"name": "Two councillors"}).name == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ministry told farmer Jos Kramer so.", {"farmer"}),
        ("Jos Kramer, a farmer at Brenn, said no.", {"farmer"}),
        ("The union's organiser, Jos Kramer, said no.", {"union"}),
        ("Jos Kramer, said the police, was not there.", set()),
        ("Jos Kramer, the teacher killed by police, was 40.", {"teacher"}),
        ("Jos Kramer, who is the police officer's mother, wept.", {"mother"}),
        ("It hit the police officer's mother Jos Kramer.", {"mother"}),
        ("Jos Kramer, a retired teacher wounded at the hospital, left.", {"teacher"}),
        ("Jos Kramer, chair of the nurses' union at Brenn hospital, said no.", {"chair", "union"}),
        ("Jos Kramer, the mayor's lawyer, said no.", {"lawyer"}),
        ("Jos Kramer, who runs the hospital, said no.", {"hospital"}),
        ("Jos Kramer, the police said, was at home.", set()),
        ("They told Jos Kramer the police had left.", set()),
        ("The officer shot by the mayor, Jos Kramer, lived.", {"mayor"}),
        ("The police told Jos Kramer that the farmer had left.", set()),
    ],
)
def test_what_a_text_calls_somebody_beside_a_name(text: str, words: set[str]) -> None:
    """A calling before a name or set off beside it is of that person; whoever else stands near is not."""
    assert words == set(called("Jos Kramer", text, person=True)) - {"organiser"}


def test_what_two_reports_say_of_one_name_is_put_together() -> None:
    """One report says of which house somebody is; so it is known where another gives the bare name."""
    bare, full = voice({"name": "Ewan Marsh", **PERSON}), voice({"name": "Ewan Marsh", "description": "organiser of the dockers' union", **PERSON})
    house = voice({"description": "the union", "kind": "organisation", "identity": "unnamed"})
    assert relation(bare, house) == "unknown"
    assert relation(joined([bare, full])[0], house) == "same"


@pytest.mark.parametrize(
    ("words", "whose"),
    [
        ("a letter of the dockers' union to the hospital, seen by the Post", "the dockers' union"),
        ("a statement issued by the police on Monday", "the police"),
        ("a study by Ewan Marsh", "Ewan Marsh"),
        ("a study by Nobody Known", None),
        ("a video of the crash", None),
        ("a study of teachers", None),
        ("a paper of the energy ministry seen by the Post", "the energy ministry"),
        ("the Department of Justice report", None),
        ("a report from June", None),
        ("a report seen by the hospital", None),
        ("", None),
    ],
)
def test_whose_a_document_is(words: str, whose: str | None) -> None:
    """A house, or a source of the same report, behind a letter or a report is its author; a time, a place and a matter are none."""
    assert author(words, ["Ewan Marsh"]) == whose


def test_an_endless_author_is_looked_at_in_part() -> None:
    """A document whose author is thousands of words long raises nothing."""
    assert author("a letter of the " + "director of the " * 5000 + "union", []) is not None


def test_a_document_without_an_author_speaks_for_nobody() -> None:
    """What a document is about is not who speaks in it, and its own words are kept."""
    video = voice({"description": "a video of the crash", "kind": "document", "identity": "unnamed"})
    assert not video.speaks
    assert "video" in video.roles
    memo = voice({"description": "an internal memo seen by the hospital", "kind": "document", "identity": "unnamed"})
    assert (memo.families, "memo" in memo.roles) == (frozenset(), True)
