"""Who alleges it? Nobody who is named: "the clerk allegedly took the file", "the talks have reportedly failed".

The adverb is the cue, its clause the content, and there is no source (PolNeAR's guidelines; Newell, Margolin and Ruths 2018). The corpus
that trained the reader has few of them, and news of courts and crime is full of them.
"""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from reportedly.reader.attributions import Found
from reportedly.reader.cover import Cover
from reportedly.reader.quotes import manner
from reportedly.reader.sources.tokens import SENTENCE_END
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.quotes import Quotation

ADVERB = re.compile(r"\b(?:allegedly|reportedly|purportedly)\b", re.IGNORECASE)
# Where a clause begins behind another, and where it ends before one
OPENS = re.compile(r"[;:—–(] ?|, (?:and |but |while |when |as |which |who |where )?|\b(?:and|but|because|while|after|before|when) ")
CLOSES = re.compile(r"[;:—–)]|, (?:and|but|while|when|as|which|who|where|according|said|says)\b| (?:and|but|because|while|after|before|when) (?:he|she|it|they|his|her|their|the)\b")
EDGES = " \t,.!?"
FAR = 400  # characters of a clause on each side
LEAST = 8  # characters of what is alleged
SCORE = 0.6  # how many of these adverbs are cues in PolNeAR's training articles


def with_hearsay(text: str, found: Sequence[Found], quotations: list[Quotation]) -> list[Found]:
    """`found`, and every clause that an adverb says to be hearsay, outside quotation marks and what is attributed already."""
    hits = list(ADVERB.finditer(text))
    if not hits:
        return list(found)
    taken = Cover((s.start, s.end) for f in found for s in (*f.source, *f.cue, *f.content))
    quoted = Cover((q.start, q.end) for q in quotations if q.depth == 0)
    ends = [m.end() for m in SENTENCE_END.finditer(text)]
    made = []
    for m in hits:
        if taken.touches(*m.span()) or quoted.at(m.start()) is not None:
            continue
        k = bisect.bisect_right(ends, m.start())
        low, high = ends[k - 1] if k else 0, ends[k] if k < len(ends) else len(text)
        low, high = max(low, m.start() - FAR, taken.before(m.start())), min(high, m.end() + FAR, taken.after(m.end(), end=high))
        opened, closed = [n.end() for n in OPENS.finditer(text, low, m.start())], CLOSES.search(text, m.end(), high)
        pieces = (_trimmed(text, opened[-1] if opened else low, m.start()), _trimmed(text, m.end(), closed.start() if closed else high))
        content = tuple(p for p in pieces if p.start < p.end)
        if content and pieces[1].end - pieces[1].start >= LEAST:
            made.append(Found((), (Span(*m.span()),), content, manner(text, content, quotations), SCORE))
    return [*found, *made]


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return Span(start, end)
