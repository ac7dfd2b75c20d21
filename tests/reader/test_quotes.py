"""Quotation marks survive whatever writers do with them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.quotes import find_quotations, manner
from reportedly.values import Span


def outer(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text) if q.depth == 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "no" twice.', ['"no"']),
        ("“Yes,” she said. “And no.”", ["“Yes,”", "“And no.”"]),
        ("``Yes,'' she said.", ["``Yes,''"]),
        ("''Yes,'' she said.", ["''Yes,''"]),
        ("«Oui», dit-il.", ["«Oui»"]),
        ("„Ja“, sagte er.", ["„Ja“"]),
        # British
        ("‘We’re going,’ he said.", ["‘We’re going,’"]),
        ("'We're going,' he said.", ["'We're going,'"]),
        ("The farmers’ union said ‘no deal’ was ready.", ["‘no deal’"]),
        ("'The farmers' union won't sign,' he said.", ["'The farmers' union won't sign,'"]),
        ("‘It’s the boys’ bus,’ he said.", ["‘It’s the boys’ bus,’"]),
        # apostrophes are no quotation marks
        ("Don't tell the Joneses' dog it's the '90s, rock 'n' roll.", []),
        ("’Twas the summer of ’69.", []),
        ("‘20 people died,’ said the captain.", ["‘20 people died,’"]),
        ("‘Cause of death is unknown,’ said the coroner.", ["‘Cause of death is unknown,’"]),
        ("'Round up the men,' he said.", ["'Round up the men,'"]),
        # nested, both ways round
        ("“She said ‘go’ and left,” he said.", ["“She said ‘go’ and left,”"]),
        ("‘She said “go” and left,’ he said.", ["‘She said “go” and left,’"]),
        # unpaired
        ("He said “I will go and left.", ["“I will go and left."]),
        ("I will go” he said.", []),
        ('The 6\'2" guard and a 12" pipe.', []),
        ("“First, he said. “Second,” she said.", ["“First, he said.", "“Second,”"]),
        # one quotation over paragraphs, each opened anew
        ("“One.\n\n“Two.\n\n“Three,” he said.", ["“One.\n\n“Two.\n\n“Three,”"]),
        ("“One.\n\nTwo,” he said.", ["“One."]),
        ("", []),
        ('"', ['"']),
    ],
)
def test_finds_outer_quotations(text: str, expected: list[str]) -> None:
    """Each odd case of marks gives the quotations that a reader would see."""
    assert outer(text) == expected


def test_nested_quotations_have_depth() -> None:
    """A quotation within another is found and is one deeper."""
    text = "“She said ‘go’ and left,” he said."
    assert [(text[q.start : q.end], q.depth) for q in find_quotations(text)] == [("“She said ‘go’ and left,”", 0), ("‘go’", 1)]


@given(st.text(alphabet=st.sampled_from("ab s.,\n\"'“”‘’„«»`()—"), max_size=60))
def test_never_fails_and_stays_inside(text: str) -> None:
    """Any heap of marks gives quotations inside the text, the outer ones one after another."""
    found = find_quotations(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    top = [q for q in found if q.depth == 0]
    assert all(a.end <= b.start for a, b in itertools.pairwise(top))


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“Yes, we will,” he said", "“Yes, we will,”", "direct"),
        ("‘Yes, we will,’ he said", "‘Yes, we will,’", "direct"),
        ("He said that “dark forces” were at work", "that “dark forces” were at work", "mixed"),
        ("He said that it rained", "that it rained", "indirect"),
    ],
)
def test_manner_follows_from_the_marks(text: str, content: str, expected: str) -> None:
    """Nine tenths of the words inside marks are direct, some are mixed, none is indirect, in either style."""
    start = text.index(content)
    assert manner(text, (Span(start, start + len(content)),), find_quotations(text)) == expected


def test_many_quotations_take_no_time() -> None:
    """Manner stays quick in a text of thousands of quotations."""
    import time

    text = "“Go,” he said. " * 10_000
    found = find_quotations(text)
    started = time.perf_counter()
    assert manner(text, (Span(0, len(text)),), found) == "mixed"
    assert time.perf_counter() - started < 1
