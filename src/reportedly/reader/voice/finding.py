"""What does the writer add? Passages in the writer's own voice: unsettled, loaded, or asserted without a source."""

from __future__ import annotations

import bisect
import re
from functools import cache
from typing import TYPE_CHECKING

from reportedly.reader.cover import Cover
from reportedly.reader.quotes import find_quotations
from reportedly.reader.sentences import sentences
from reportedly.reader.voice.loaded import loaded
from reportedly.reader.voice.unsettled import unsettled
from reportedly.reader.wordlists import lines
from reportedly.values import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportedly.reader.quotes import Quotation
    from reportedly.reader.voice.loaded import Word
    from reportedly.values import Attribution

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
STOPS = re.compile(r"[.!…][\"”’'»)\]]*$")
SURE = 0.5  # what is less likely than this to be an attribution leaves its words the writer's
FEWEST_WORDS = 3  # of a sentence that asserts something


def find_voice(text: str, attributions: Sequence[Attribution], judging: Sequence[Word] = (), quotations: Sequence[Quotation] | None = None) -> list[Voice]:
    """Passages in the writer's own voice, in order of their start; those of different kinds may overlap.

    Neither contents of attributions nor quotations are the writer's. "unsettled": clauses that say what is not known, not verified,
    declined or unanswered. "loaded": words that judge, of those that may (`judging`, see `judging_words`). "assertion": whole sentences
    with a finite verb that no attribution touches: no heading, no question, nothing that leads to a quotation, and not unsettled.
    `quotations` are those of the text, looked for when they are not given.
    """
    quotations = find_quotations(text) if quotations is None else quotations
    spans = sentences(text, quotations)
    quoted = [(q.start, q.end) for q in quotations if q.depth == 0 and q.closed]
    sure = [(s.start, s.end) for a in attributions if a.score >= SURE for s in a.content_spans]
    told = Cover([*_told(spans, attributions), *quoted])
    marked = Cover([*((s.start, s.end) for a in attributions for group in (a.source_spans, a.cue_spans, a.content_spans) for s in group), *quoted])
    found = [Voice(start, end, "unsettled") for start, end in unsettled(text, spans, told)]
    open_ends = Cover((v.start, v.end) for v in found)
    found += [Voice(start, end, "loaded") for start, end in loaded(text, judging, Cover([*sure, *quoted]))]
    found += [Voice(start, end, "assertion") for start, end in spans if not marked.touches(start, end) and not open_ends.touches(start, end) and _asserts(text[start:end])]
    return sorted(found, key=lambda v: (v.start, v.end, v.kind))


def _told(sentences: Sequence[tuple[int, int]], attributions: Sequence[Attribution]) -> Iterator[tuple[int, int]]:
    """Contents, but for whole sentences that nothing in them attributes.

    That a source's account goes on in such a sentence is a guess; that it says "could not be independently verified" there is not likely.
    """
    starts = [start for start, _ in sentences]
    for attribution in attributions:
        signs = Cover((s.start, s.end) for group in (attribution.source_spans, attribution.cue_spans) for s in group)
        for span in attribution.content_spans:
            start, end = sentences[max(0, bisect.bisect_right(starts, span.start) - 1)]
            if span.start > start or span.end < end - 1 or signs.touches(start, end):
                yield span.start, span.end


def _asserts(sentence: str) -> bool:
    if not STOPS.search(sentence):  # headings, questions and "She put it so:"
        return False
    words = [w.lower().replace("’", "'") for w in WORD.findall(sentence)]
    return len(words) >= FEWEST_WORDS and any(w in _finite() or (len(w) > 4 and w.endswith("ed")) for w in words)


@cache
def _finite() -> frozenset[str]:
    return frozenset(word for line in lines("finite.txt") for word in line.split())
