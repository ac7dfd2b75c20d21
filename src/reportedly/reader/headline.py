"""What does a headline attribute? It says in its last words whose claim it is, and belongs to no statement of the body.

The encoder takes the line as one more sentence of the first paragraph: what a source says there then begins with the headline, and the voice
that ends it ("Gallery knew mask was fake, messages show") is given the words of the body, or those of the headline are its subject's own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.reader.attributions import Found
from reportedly.reader.quotes import manner
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.quotes import Quotation

LONGEST = 200  # characters of a headline
SCORE = 0.5  # of a statement that only this rule finds: as good as none
VERBS = "says?|tells?|claims?|reports?|shows?|recalls?|warns?|admits?|alleges?|suggests?|finds?|insists?|argues?|reveals?|confirms?"
ENDS = re.compile(rf", (?P<source>[^,:;–—]{{2,50}}?) (?P<cue>(?:{VERBS}))(?: [\w’'.-]+){{0,2}}$", re.IGNORECASE)
FEW = 3  # words before the comma: "However, he says"


def with_headline(text: str, found: Sequence[Found], quotations: list[Quotation]) -> list[Found]:
    """`found` with the headline's claim given to the voice that it names at its end, and with no headline in what is said below."""
    end = text.find("\n")
    if not 0 < end <= LONGEST:
        return list(found)
    out = [_below(text, f, end, quotations) for f in found]
    last = ENDS.search(text, 0, end)
    if not last or len(text[: last.start()].split()) < FEW:
        return out
    content = (Span(0, last.start()),)
    source, cue = (Span(*last.span(group)) for group in ("source", "cue"))
    here = next((n for n, f in enumerate(out) if any(s.start < cue.end and cue.start < s.end for s in f.cue)), None)
    if here is None:
        here = len(out)
        out.append(Found((source,), (cue,), content, manner(text, content, quotations), SCORE))
    elif all(s.start >= end for s in out[here].content):
        out[here] = replace(out[here], content=content, manner=manner(text, content, quotations))
    if out[here].content[0].start or out[here].content[0].end < last.start():
        return out
    return [replace(f, parent=here) if n != here and f.parent is None and f.cue and f.cue[-1].end <= last.start() else f for n, f in enumerate(out)]


def _below(text: str, f: Found, end: int, quotations: list[Quotation]) -> Found:
    """A statement of the body without the headline at the head of its content."""
    said = (*f.source, *f.cue)
    if not said or min(s.start for s in said) < end or min(s.start for s in f.content) >= end:
        return f
    below = end + len(text[end:]) - len(text[end:].lstrip())
    content = tuple(Span(max(s.start, below), s.end) for s in f.content if s.end > below)
    return replace(f, content=content, manner=manner(text, content, quotations)) if content else f
