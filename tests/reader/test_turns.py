"""Whose turn is it, and whose are words in marks that no cue claims? They are those of the speaker."""

from __future__ import annotations

import time

import pytest

import reportedly
from reportedly.reader.attributions import Found
from reportedly.reader.claimed import with_claimed
from reportedly.reader.quotes import find_quotations
from reportedly.reader.sources import Voices
from reportedly.reader.turns import with_turns
from reportedly.values import Span

INTERVIEW = "Rita Vane has kept the lock for 30 years. We spoke to her in May.\n\nQ: Who built it?\n\nA: My aunt did. She said it would leak.\n\nQ: Does it?\n\nA: I told the mayor so.\n"
HEARING = "The tape has the pilot and the clerk.\n\nDOYLE: Where were you?\n\nPRICE: At sea.\n\nI had no light.\n\nDOYLE: The clerk says no.\n"


def turns(text: str, *known: Found) -> list[tuple[str, str]]:
    """(label, words) of each attribution."""
    found, _ = with_turns(text, known, find_quotations(text))
    return [tuple(" ".join(text[s.start : s.end] for s in spans) for spans in (f.source, f.content)) for f in found]  # type: ignore[misc]


def test_answers_are_statements_and_questions_of_the_page_are_none() -> None:
    """Q: and A: in the page's own interview."""
    assert turns(INTERVIEW) == [("A", "My aunt did. She said it would leak."), ("A", "I told the mayor so.")]


def test_each_turn_of_a_transcript_is_its_speaker_s() -> None:
    """A turn goes on to the next label; the last ends with its paragraph."""
    assert turns(HEARING + "\nThe hearing goes on.") == [("DOYLE", "Where were you?"), ("PRICE", "At sea.\n\nI had no light."), ("DOYLE", "The clerk says no.")]


@pytest.mark.parametrize("text", ["Note: it rained.\n\nPlace: Selby.\n\nTime: noon.\n", "Q: Why?\n\nWarning: no.\n\nQ: How?\n", "UPDATE: it rained.\n\nUPDATE: it stopped.\n\nUPDATE: it rained.\n", "", "A: \n\nQ:"])
def test_other_lines_with_a_colon_are_no_turns(text: str) -> None:
    """Notes, one label alone, questions without answers."""
    assert turns(text) == []


def test_what_the_first_reading_found_in_a_turn_stands_in_it() -> None:
    """It becomes the child of the turn."""
    at = INTERVIEW.index("She said")
    inner = Found((Span(at, at + 3),), (Span(at + 4, at + 8),), (Span(at + 9, at + 22),), "indirect", 0.9)
    found, _ = with_turns(INTERVIEW, [inner], [])
    assert [f.parent for f in found] == [None, None, 0]


def test_who_answers_is_the_one_who_was_asked(reader: reportedly.Reader) -> None:
    """A: and its I are the only person whom the text has named before."""
    reading = reader.read(reportedly.article(INTERVIEW, as_is=True))
    vane = next(s for s in reading.sources if s.name == "Rita Vane")
    assert [a.source for a in reading.attributions if a.parent is None] == [vane.id] * 2
    assert {"A", "I"} <= {INTERVIEW[m.start : m.end] for m in vane.mentions}


def test_where_two_might_have_been_asked_nobody_is_named() -> None:
    """An answer is never given to a wrong one."""
    text = "Rita Vane and Tom Ash keep the lock.\n\nQ: Who built it?\n\nA: A man did.\n\nQ: When?\n\nA: In May.\n"
    found, spoken = with_turns(text, [], find_quotations(text))
    assert [s.name for s in Voices(text, found, spoken).sources()] == [None]


def claimed(text: str, *said: tuple[str, str, str]) -> list[tuple[str, str]]:
    """(source, content) of attributions given by their words, once quotations are claimed."""
    found = [Found(*((Span(text.index(words), text.index(words) + len(words)),) for words in one), "indirect", 0.9) for one in said]
    out = with_claimed(text, found, find_quotations(text))
    return [(" ".join(text[s.start : s.end] for s in f.source), " … ".join(text[s.start : s.end] for s in f.content)) for f in out if f.parent is None]


def test_a_quoted_paragraph_goes_on_with_its_speaker() -> None:
    """Without a cue of its own it is the last speaker's of the paragraph before."""
    text = "“The sea came in,” Ann Lee said.\n\n“It took two boats and the whole of the slip.”\n\nThe council has a plan."
    assert claimed(text, ("Ann Lee", "said", "“The sea came in,”")) == [("Ann Lee", "“The sea came in,” … “It took two boats and the whole of the slip.”")]


@pytest.mark.parametrize(
    "behind",
    [
        "\n\nThe council met in May.\n\n“It took two boats and the whole of the slip.”",
        "\n\n“It took two boats and the whole of the slip,” Tom Ash wrote.",
        "\n\n“It took two boats and the whole of the slip!” Tom Ash wrote.",
        "\n\nThey call it “the sea that took the whole of the slip.”",
        "\n\n“the whole of the slip and two boats”",
    ],
)
def test_other_quotations_are_not_claimed(behind: str) -> None:
    """Not across a paragraph of the page's own, not where words of the page's follow, not single phrases."""
    text = f"“The sea came in,” Ann Lee said.{behind}"
    assert claimed(text, ("Ann Lee", "said", "“The sea came in,”")) == [("Ann Lee", "“The sea came in,”")]


def test_a_line_that_introduces_a_quotation_is_its_cue() -> None:
    """A new statement, even where the first reading found none."""
    text = "“The sea came in,” Ann Lee said.\n\nShe went on to say:\n\n“It took two boats and the whole of the slip.”"
    assert claimed(text, ("Ann Lee", "said", "“The sea came in,”")) == [("Ann Lee", "“The sea came in,”"), ("She", "“It took two boats and the whole of the slip.”")]


def test_a_content_that_opens_a_quotation_holds_all_of_it() -> None:
    """What else is reported inside the same marks stands in it."""
    text = "“We left at noon. The pilot said it was late,” Ann Lee said."
    assert claimed(text, ("Ann Lee", "Lee said", "“We left at noon."), ("The pilot", "said", "it was late")) == [("Ann Lee", "“We left at noon. The pilot said it was late,”")]


@pytest.mark.parametrize("text", ["Ann Lee said it sank." + "".join(f'\n\n"It was {k} and it sank again."' for k in range(4000)), "".join(f"Q: Did {k} sink?\n\nA: It “did sink” in May.\n\n" for k in range(4000))])
def test_long_texts_are_worked_out_at_once(text: str) -> None:
    """Thousands of quotations or turns take no minutes."""
    found = [Found((Span(0, 7),), (Span(8, 12),), (Span(13, 20),), "indirect", 0.9)]
    quotations = find_quotations(text)
    started = time.process_time()
    with_turns(text, with_claimed(text, found, quotations), quotations)
    assert time.process_time() - started < 5
