"""Whose turn is it? Interviews and transcripts: lines that begin with a label, as in "Q:", "A:", "KEANE:".

Every turn is what its label says, and what the first reading found inside stands in it. The page's own questions
("Q:") are the writer's voice.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.reader.attributions import Found
from reportedly.reader.quotes import Quotation, manner
from reportedly.reader.within import Innermost
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

LABEL = re.compile(r"^(?P<label>[QA]|(?P<capitals>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3})|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,2})(?P<cue>:)[ \xa0]+(?=\S)", re.MULTILINE)
QUESTION, ANSWER = "Q", "A"
LEAST = 3  # turns of a text


def with_turns(text: str, found: Sequence[Found], quotations: list[Quotation]) -> tuple[list[Found], list[Quotation]]:
    """`found` with every turn of a transcript, what stands inside one as its child; and the turns as quotations, which is what they are to pronouns."""
    turns = _turns(text)
    if not turns:
        return list(found), quotations
    starts = [q.start for q in quotations]
    made = []
    for m, end in turns:
        if m["label"] != QUESTION:
            content = (Span(m.end(), end),)
            inside = quotations[bisect.bisect_left(starts, m.end()) : bisect.bisect_left(starts, end)]
            made.append(Found((Span(*m.span("label")),), (Span(*m.span("cue")),), content, manner(text, content, inside), 1.0, turn=True))
    held = Innermost([(n, f.content) for n, f in enumerate(made)])
    labels = {m.start() for m, _ in turns}
    out = list(made)
    for f in found:
        spans = (*f.source, *f.cue, *f.content)
        if f.cue and text[f.cue[0].start : f.cue[0].end] == ":" and min(s.start for s in spans) in labels:
            continue  # a turn that the first reading has found
        owners = {held.at(s.start, s.end) for s in spans}
        out.append(replace(f, parent=owners.pop()) if len(owners) == 1 else f)
    marks = [Quotation(m.end(), end, closed=True) for m, end in turns]
    around = Innermost([(n, (Span(q.start, q.end),)) for n, q in enumerate(marks)])
    rest = [replace(q, depth=q.depth + 1) if around.at(q.start, q.end) is not None else q for q in quotations]
    return out, sorted([*marks, *rest], key=lambda q: (q.start, -q.end))


def _turns(text: str) -> list[tuple[re.Match[str], int]]:
    """The labels of a transcript and where each turn ends; none where the lines are no exchange."""
    lines = list(LABEL.finditer(text))
    if len(lines) < LEAST:
        return []
    often = Counter(m["label"] for m in lines)
    asked = QUESTION in often and ANSWER in often
    lines = [m for m in lines if (m["label"] in (QUESTION, ANSWER) if asked else often[m["label"]] > 1 or m["capitals"])]
    said = Counter(m["label"] for m in lines)
    spoken = asked or sum(m["capitals"] is not None for m in lines) > len(lines) / 2 or (len(said) > 1 and min(said.values()) > 1)
    if len(lines) < LEAST or len(said) < 2 or not spoken:
        return []
    ends = [m.start() for m in lines[1:]] + [text.find("\n", lines[-1].end())]
    return [(m, m.end() + len(text[m.end() : end if end >= 0 else len(text)].rstrip())) for m, end in zip(lines, ends, strict=True)]
