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
from reportedly.reader.quotes import manner
from reportedly.reader.reporting import reporting
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


def with_claimed(text: str, found: Sequence[Found], quotations: list[Quotation]) -> list[Found]:
    """`found`, with all quotations of whole sentences in the content of their speakers."""
    out = list(found)
    order = sorted((n for n, f in enumerate(out) if f.parent is None and f.content), key=lambda n: _start(out[n]))
    starts = [_start(out[n]) for n in order]
    ends = {n: _end(out[n]) for n in order}
    pieces = sorted((s.start, s.end, n) for n in order for s in out[n].content)
    heads = [start for start, *_ in pieces]
    more: dict[int, list[Span]] = {}
    for q in quotations:
        if q.depth or not q.closed:
            continue
        there = pieces[max(0, bisect.bisect_left(heads, q.start) - 1) : bisect.bisect_left(heads, q.end)]
        there = [p for p in there if p[1] > q.start + SLACK]
        insiders = [n for n in order[bisect.bisect_left(starts, q.start) : bisect.bisect_left(starts, q.end)] if ends[n] <= q.end]
        owners = {n for *_, n in there} - set(insiders)
        if len(owners) == 1:
            owner: int | None = owners.pop()
            mine = [(start, end) for start, end, n in there if n == owner]
            if mine[0][0] > q.start + SLACK:
                continue
            claimed = Span(mine[-1][0], q.end) if mine[-1][1] < q.end - SLACK else None
        elif not owners and _speaks_alone(text, q):
            owner, claimed = _speaker(text, out, (order[k] for k in range(bisect.bisect_left(starts, q.start) - 1, -1, -1)), ends, q), Span(q.start, q.end)
            announced = _announced(text, q, ends[owner] if owner is not None else 0, quotations)
            if announced is not None:
                owner, claimed = len(out), None
                out.append(announced)
        else:
            continue
        if owner is None:
            continue
        if claimed is not None:
            more.setdefault(owner, []).append(claimed)
            ends[owner] = max(ends[owner], claimed.end)
        for n in insiders:
            out[n] = replace(out[n], parent=owner)
    for n, spans in more.items():
        out[n] = _longer(text, out[n], spans, quotations)
    return out


def _start(f: Found) -> int:
    return min(s.start for s in (*f.source, *f.cue, *f.content))


def _end(f: Found) -> int:
    return max(s.end for s in (*f.source, *f.cue, *f.content))


def _longer(text: str, f: Found, spans: Sequence[Span], quotations: list[Quotation]) -> Found:
    """An attribution with more pieces of content, each in the place of the pieces that begin in it."""
    content = tuple(sorted((*(s for s in f.content if not any(t.start <= s.start < t.end for t in spans)), *spans)))
    return replace(f, content=content, manner=manner(text, content, quotations))


def _speaks_alone(text: str, q: Quotation) -> bool:
    """Whether a quotation is made of whole sentences, and no word of the page's goes on behind it in its sentence."""
    words = text[q.start : q.end]
    if len(words.split()) < LEAST or not SENTENCE.match(words) or not ENDS.search(words):
        return False
    return BEFORE.search(text[max(0, q.start - 6) : q.start]) is not None and CLOSES.match(text, q.end) is not None


def _announced(text: str, q: Quotation, after: int, quotations: list[Quotation]) -> Found | None:
    """What a line introduces that the first reading took for none: "She went on to say:"."""
    low = max(0, q.start - LINE)
    line = ANNOUNCED.search(text[low : q.start])
    if line is None or reporting().search(line["cue"]) is None or low + line.start("source") < after:
        return None
    source, cue = (Span(low + line.start(part), low + line.end(part)) for part in ("source", "cue"))
    content = (Span(q.start, q.end),)
    return Found((source,), (cue,), content, manner(text, content, quotations), 1.0)


def _speaker(text: str, found: Sequence[Found], before: Iterator[int], ends: Mapping[int, int], q: Quotation) -> int | None:
    """Who was the last to say something in the paragraph of a quotation, or in the one before; `before`: who spoke before it, the last first."""
    n = next((n for n in before if found[n].parent is None), None)
    if n is None or q.start - ends[n] > FAR or not found[n].source or not found[n].cue:
        return None
    return n if "\n" not in text[ends[n] : q.start].strip("\n ") else None
