"""Whom nobody names as the source of a rumour, and which words are the rumour."""

from __future__ import annotations

import pytest

from reportedly.reader.attributions import Found
from reportedly.reader.hearsay import with_hearsay
from reportedly.reader.quotes import find_quotations
from reportedly.values import Span


def hearsay(text: str, *found: Found) -> list[tuple[str, list[str]]]:
    """(adverb, pieces of what is alleged)."""
    made = with_hearsay(text, found, find_quotations(text))[len(found) :]
    return [(text[f.cue[0].start : f.cue[0].end], [text[s.start : s.end] for s in f.content]) for f in made]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The clerk allegedly took the file from the office, and he left.", [("allegedly", ["The clerk", "took the file from the office"])]),
        ("It rained. Reportedly, the talks have failed. The mayor left.", [("Reportedly", ["the talks have failed"])]),
        ("The boat, which was reportedly bought in May, is gone.", [("reportedly", ["was", "bought in May, is gone"])]),
        ("“He allegedly took it,” she said.", []),
        ("The alleged clerk left the office.", []),
        ("They left, allegedly.", []),
    ],
)
def test_an_adverb_of_hearsay_is_the_cue_of_its_clause(text: str, expected: list[tuple[str, list[str]]]) -> None:
    """No source; what stands in quotation marks is its speaker's."""
    assert hearsay(text) == expected


def test_what_somebody_is_said_to_say_is_no_hearsay() -> None:
    """A clause that has a source already keeps it."""
    text = "The mayor said the clerk allegedly took it. The file was reportedly sold to a museum."
    at = text.index("the clerk")
    said = Found((Span(0, 9),), (Span(10, 14),), (Span(at, at + 28),), "indirect", 0.9)
    assert hearsay(text, said) == [("reportedly", ["The file was", "sold to a museum"])]
