"""What a headline attributes, and that it is no part of what is said below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportedly.reader.attributions import Found
from reportedly.reader.headline import with_headline
from reportedly.reader.quotes import find_quotations, manner
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


def found(text: str, *said: tuple[str, str, tuple[str, ...]]) -> list[Found]:
    """Statements by their words, each where they stand last."""
    out = []
    for source, cue, content in said:
        spans = [tuple(Span(at := text.rindex(words), at + len(words)) for words in part if words) for part in ((source,), (cue,), content)]
        out.append(Found(*spans, manner(text, spans[2], find_quotations(text)), 0.9))
    return out


def shown(text: str, statements: Sequence[Found]) -> list[tuple[str, str, list[str], int | None]]:
    words = lambda spans: " ".join(text[s.start : s.end] for s in spans)  # noqa: E731
    return [(words(f.source), words(f.cue), [text[s.start : s.end] for s in f.content], f.parent) for f in statements]


BODY = "The clerk was late, the miller said on Monday."


@pytest.mark.parametrize(
    ("title", "said", "expected"),
    [
        ("Clerk knew mill was shut, letters show", [("Clerk", "knew", ("mill was shut",))], [("Clerk", "knew", ["mill was shut"], 1), ("letters", "show", ["Clerk knew mill was shut"], None)]),
        ("Clerk ordered mill shut, Miller Says", [("Miller", "Says", ("The clerk was late",))], [("Miller", "Says", ["Clerk ordered mill shut"], None)]),
        ("Mill will shut, miller tells inquiry", [("miller", "tells", ("Mill will shut",))], [("miller", "tells", ["Mill will shut"], None)]),
        ("Mill will shut as clerk leaves town", [], []),
        ("However, miller says", [], []),
    ],
)
def test_the_voice_at_the_end_of_a_headline_has_said_it(title: str, said: list[tuple[str, str, tuple[str, ...]]], expected: list[tuple[str, str, list[str], int | None]]) -> None:
    """Whether the reader found it, gave it words of the body, or did not; what stands before it is inside."""
    text = f"{title}\n\nThe clerk was late, the baker said on Monday."
    assert shown(text, with_headline(text, found(text, *said), find_quotations(text))) == expected


def test_a_headline_is_no_part_of_what_is_said_below() -> None:
    """A content that begins with it begins with the body."""
    text = f"Mill clerk in trouble\n\n{BODY}"
    statements = found(text, ("the miller", "said", (f"Mill clerk in trouble\n\n{BODY.split(',', maxsplit=1)[0]}",)))
    assert shown(text, with_headline(text, statements, find_quotations(text))) == [("the miller", "said", ["The clerk was late"], None)]


def test_a_text_of_one_line_has_no_headline() -> None:
    text = BODY
    statements = found(text, ("the miller", "said", ("The clerk was late",)))
    assert with_headline(text, statements, find_quotations(text)) == statements
