"""What does a speaker pass on? Speech inside speech, read by the same reader.

The corpus that trained the reader gives every word one role, so an attribution inside another's content is
never found in the first reading. Contents that hold a word of reporting are read again as texts of their own,
without their quotation marks, as deep as they go; what is found there counts if such a word is in its cue, since
a few words by themselves tempt the reader to take any verb for a cue.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from reportedly.reader.wordlists import lines
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportedly.reader.attributions import Found

DEPTH = 4
SHORTEST = 12  # characters
FLOOR = 0.3  # of the score, which was fitted on whole articles
MARKS = "\"“”„«»‘’'`‚‹› \t\n,."
# "I think", "we hope": how sure the speaker is, no second voice
OWN = re.compile(r"(?:i|we|you)$", re.IGNORECASE)
MIND = re.compile(r"(?:(?:do|did|don['’]t|didn['’]t|would|can|could|can['’]t|also|really|always|just|still|have|['’]\w+) )*(?:think|thought|believe|hope|guess|know|knew|feel|felt|mean|want|wish|expect|suppose|suspect|doubt|find|found|see|saw|understand|remember|wonder|worry|fear|like|love|say|would say)\w*", re.IGNORECASE)


@cache
def reporting() -> re.Pattern[str]:
    """A word that may report."""
    words = " ".join(lines("reporting_words.txt")).split()
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def with_nested(text: str, found: Sequence[Found], read: Callable[[str], list[Found]]) -> list[Found]:
    """`found` and what stands inside, in the order of the text, with `parent` as an index into the result.

    `read` gives the attributions of a text, offsets into it.
    """
    out = list(found)
    todo = range(len(out))
    for _ in range(DEPTH):
        inner = []
        for k in todo:
            for piece in out[k].content:
                start, words = _as_sentence(text, piece)
                if len(words) < SHORTEST or not reporting().search(words):
                    continue
                for candidate in read(words):
                    if _speaks(words, candidate):
                        source, cue, content = (_moved(spans, start, piece.end) for spans in (candidate.source, candidate.cue, candidate.content))
                        inner.append(replace(candidate, source=source, cue=cue, content=content, parent=k))
        if not inner:
            break
        todo = range(len(out), len(out) + len(inner))
        out += inner
    return _in_order(out)


def _in_order(found: list[Found]) -> list[Found]:
    """In the order of the text, an outer attribution before those inside it."""

    def key(n: int) -> tuple[int, int, int]:
        f = found[n]
        spans = (*f.source, *f.cue, *f.content)
        return min(s.start for s in spans), -max(s.end for s in spans), n

    order = sorted(range(len(found)), key=key)
    place = {n: k for k, n in enumerate(order)}
    return [replace(found[n], parent=None if found[n].parent is None else place[found[n].parent]) for n in order]  # type: ignore[index]


def _moved(spans: tuple[Span, ...], by: int, end: int) -> tuple[Span, ...]:
    return tuple(Span(s.start + by, min(s.end + by, end)) for s in spans)


def _as_sentence(text: str, piece: Span) -> tuple[int, str]:
    """A content as the reader knows sentences: without the marks around it, capital at its head, with a full stop; and where it begins."""
    start, end = piece.start, piece.end
    while start < end and text[start] in MARKS:
        start += 1
    while end > start and text[end - 1] in MARKS:
        end -= 1
    if text[start : start + 5] == "that ":
        start += 5
    words = text[start:end]
    return start, (words[:1].upper() if len(words[:1].upper()) == 1 else words[:1]) + words[1:] + ("" if words[-1:] in ".!?" else ".")


def _speaks(text: str, candidate: Found) -> bool:
    if not candidate.cue or not candidate.content or candidate.score < FLOOR:
        return False
    cue = " ".join(text[s.start : s.end] for s in candidate.cue)
    source = " ".join(text[s.start : s.end] for s in candidate.source)
    return reporting().search(cue) is not None and not (OWN.match(source.strip()) and MIND.fullmatch(cue.strip()))
