"""Which verbs inside a content report once more: subject, verb group and complement."""

from __future__ import annotations

import time

import pytest

from reportedly.reader.attributions import Found
from reportedly.reader.inner import inner
from reportedly.values import Span


def told(text: str, *known: Found) -> list[tuple[str, str, str]]:
    """(source, cue, content) of what a passage reports, by their words."""
    return [tuple(" ".join(text[s.start : s.end] for s in spans) for spans in (f.source, f.cue, f.content)) for f in inner(text, known)]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She had told the board that the roof leaked.", ("She", "had told", "that the roof leaked")),
        ("It did not know whether the pump had failed.", ("It", "did not know", "whether the pump had failed")),
        ("My brother said, “Leave it.”", ("My brother", "said", "“Leave it.”")),
        ("The crew refused to go out.", ("The crew", "refused", "to go out")),
        ("They told us they were lost, and we left.", ("They", "told", "they were lost")),
    ],
)
def test_a_verb_with_a_clause_or_a_quotation_reports(text: str, expected: tuple[str, str, str]) -> None:
    """Its subject is the source, its complement the content."""
    assert told(text) == [expected]


@pytest.mark.parametrize("text", ["It is hard to say whether it leaked.", "There is a plan to mend it.", "You can say that it leaked.", "It seems to leak.", "The pump broke when the frost came."])
def test_what_nobody_says_is_no_report(text: str) -> None:
    """Infinitives, nouns, what anybody may say, and verbs of other things."""
    assert told(text) == []


def test_who_was_told_did_not_say_it() -> None:
    """In the passive the subject is the audience."""
    assert told("He was told that the roof leaked.") == [("", "was told", "that the roof leaked")]


def test_what_stands_in_a_report_is_left_to_its_own_reading() -> None:
    """Only the outermost reports of a passage are given."""
    assert told("He said she had said that it leaked.") == [("He", "said", "she had said that it leaked")]


def test_what_is_known_stays_and_gets_its_subject() -> None:
    """A cue without a source takes the subject before it."""
    text = "The whole crew hopes to go out."
    known = Found((), (Span(text.index("hopes"), text.index(" to")),), (Span(text.index("to"), len(text) - 1),), "indirect", 0.5)
    assert told(text, known) == [("The whole crew", "hopes", "to go out")]


@pytest.mark.parametrize("text", ["", "said", "“", "said that", "said “", "that " * 50, "‘\u202e’ said to"])
def test_odd_passages_are_read_as_they_are(text: str) -> None:
    """Nothing raises."""
    told(text)


def test_time_grows_with_the_length_of_the_passage() -> None:
    """Four times the text takes about four times as long."""
    took = []
    for times in (200, 800):
        text = "he said that she had told them to go " * times
        start = time.process_time()
        told(text)
        took.append(time.process_time() - start)
    assert took[1] < 16 * took[0] + 0.2


@pytest.mark.parametrize("verb", ["hinted", "boasted", "disclosed", "joked"])
def test_a_seldom_verb_reports_as_its_kind_does(verb: str) -> None:
    """What the texts of training say too little of is known from other verbs that report."""
    assert told(f"My brother {verb} that the roof leaked.") == [("My brother", verb, "that the roof leaked")]
