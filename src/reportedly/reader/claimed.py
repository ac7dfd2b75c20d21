"""Whose are the words in marks that no cue claims? They belong to the one whose statement introduces them.

A content that opens a quotation holds all of it, and what the first reading found behind, inside the same marks, stands in it. A
quotation of whole sentences that nobody claims goes on with what the last speaker of its paragraph, or of the one before, has said.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.reader.attributions import Found
from reportedly.reader.nested import reporting
from reportedly.reader.quotes import manner
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.quotes import Quotation

SLACK = 2  # characters of marks at the edges of a quotation
LEAST = 5  # words of a quotation that speaks by itself
SENTENCE = re.compile(r"[\"“”„«»‘’'`‚‹›\[(…. ]*[A-Z]")
ENDS = re.compile(r"[.!?…][\"“”„«»‘’'`‚‹›)\]]*$")
CLOSES = re.compile(r"[^\S\n]*(?:\n|$)")
LINE = 120  # characters of a line that introduces a quotation
ANNOUNCED = re.compile(r"(?:\n|[.!?][\"”’']?\s+)(?P<source>He|She|They|It|(?:The )?[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){0,3}) (?P<cue>(?:[a-z]+ly )?[a-z]+(?: [a-z]+){0,4}:)\s+\Z")
FAR = 1500  # characters behind a statement
BEFORE = re.compile(r"(?:^|\n|[.!?:…][\"”’')\]]*)\s*$")


def with_claimed(text: str, found: Sequence[Found], quotations: Sequence[Quotation]) -> list[Found]:
    """`found`, with all quotations of whole sentences in the content of their speakers."""
    out = list(found)
    order = sorted((n for n, f in enumerate(out) if f.parent is None and f.content), key=lambda n: _start(out[n]))
    starts = [_start(out[n]) for n in order]
    pieces = sorted((s.start, s.end, n) for n in order for s in out[n].content)
    heads = [start for start, *_ in pieces]
    for q in quotations:
        if q.depth or not q.closed:
            continue
        there = pieces[max(0, bisect.bisect_left(heads, q.start) - 1) : bisect.bisect_left(heads, q.end)]
        there = [p for p in there if p[1] > q.start + SLACK]
        insiders = [n for n in order[bisect.bisect_left(starts, q.start) : bisect.bisect_left(starts, q.end)] if _end(out[n]) <= q.end]
        owners = {n for *_, n in there} - set(insiders)
        owner = owners.pop() if len(owners) == 1 else None
        if owner is not None:
            mine = [(start, end) for start, end, n in there if n == owner]
            if mine[0][0] > q.start + SLACK or out[owner].parent is not None:
                continue
            if mine[-1][1] < q.end - SLACK:
                out[owner] = _longer(text, out[owner], Span(mine[-1][0], q.end), quotations)
        elif not owners and _speaks_alone(text, q):
            owner = _speaker(text, out, order, starts, q)
            announced = _announced(text, q, out[owner] if owner is not None else None, quotations)
            if announced is not None:
                owner = len(out)
                out.append(announced)
            elif owner is not None:
                out[owner] = _longer(text, out[owner], Span(q.start, q.end), quotations)
            else:
                continue
        else:
            continue
        for n in insiders:
            out[n] = replace(out[n], parent=owner)
    return out


def _start(f: Found) -> int:
    return min(s.start for s in (*f.source, *f.cue, *f.content))


def _end(f: Found) -> int:
    return max(s.end for s in (*f.source, *f.cue, *f.content))


def _longer(text: str, f: Found, span: Span, quotations: Sequence[Quotation]) -> Found:
    """An attribution whose content has one more piece, in the place of the piece that began where it does."""
    content = tuple(sorted((*(s for s in f.content if not span.start <= s.start < span.end), span)))
    return replace(f, content=content, manner=manner(text, content, list(quotations)))


def _speaks_alone(text: str, q: Quotation) -> bool:
    """Whether a quotation is made of whole sentences, and no word of the page's goes on behind it in its sentence."""
    words = text[q.start : q.end]
    if len(words.split()) < LEAST or not SENTENCE.match(words) or not ENDS.search(words):
        return False
    return BEFORE.search(text[max(0, q.start - 6) : q.start]) is not None and CLOSES.match(text, q.end) is not None


def _announced(text: str, q: Quotation, before: Found | None, quotations: Sequence[Quotation]) -> Found | None:
    """What a line introduces that the first reading took for none: "She went on to say:"."""
    low = max(0, q.start - LINE)
    line = ANNOUNCED.search(text[low : q.start])
    if line is None or reporting().search(line["cue"]) is None or (before is not None and _end(before) > low + line.start("source")):
        return None
    source, cue = (Span(low + line.start(part), low + line.end(part)) for part in ("source", "cue"))
    content = (Span(q.start, q.end),)
    return Found((source,), (cue,), content, manner(text, content, list(quotations)), 1.0)


def _speaker(text: str, found: Sequence[Found], order: Sequence[int], starts: Sequence[int], q: Quotation) -> int | None:
    """Who was the last to say something in the paragraph of a quotation, or in the one before."""
    k = bisect.bisect_left(starts, q.start) - 1
    while k >= 0 and found[order[k]].parent is not None:
        k -= 1
    if k < 0:
        return None
    f = found[order[k]]
    if q.start - _end(f) > FAR:
        return None
    between = text[_end(f) : q.start].strip("\n ")
    return order[k] if f.source and f.cue and "\n" not in between else None
