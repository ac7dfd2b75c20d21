"""An article's text cut into pieces, each with all that stands over it: statements' parts, the writer's voice, times and figures.

Speech inside speech keeps both: a piece may be content of one statement and source of another.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from reportedly.values import Reading

PART = {"content": "content", "source": "source", "cue": "cue"}


@dataclass(frozen=True, slots=True)
class Part:
    """What a piece is to one statement."""

    role: str
    statement: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of one paragraph. `begins` are statements whose content begins here; `kind` is the writer's voice; `figure` and `time` say what is written on it."""

    text: str
    start: int
    parts: tuple[Part, ...] = ()
    begins: tuple[str, ...] = ()
    kind: str = ""
    voice: int | None = None
    figure: str = ""
    time: str = ""
    own: bool = False

    @property
    def statements(self) -> str:
        """Ids of its statements, as one attribute."""
        return " ".join(dict.fromkeys(p.statement for p in self.parts))

    def classes(self, show: str, voice: str, at: str, manners: Mapping[str, str]) -> str:
        """How it looks: its roles, the manner of the innermost content, the writer's voice as far as that is to be seen."""
        roles = dict.fromkeys(p.role for p in self.parts)
        inner = [manners[p.statement] for p in self.parts if p.role == "content" and p.statement in manners][-1:]
        said = [f"voice {self.kind}"] if self.kind and voice in ("", self.kind) and show != "statements" else []
        own = ["own"] if self.own and show == "own" and not self.text.isspace() else []
        hidden = ["unshown"] if not self.own and not self.parts else []
        return " ".join([*roles, *hidden, *inner, *said, *own, *(["at"] if any(p.statement == at for p in self.parts) else [])])


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `title` where it is the article's headline."""

    pieces: tuple[Piece, ...]
    title: bool = False


def paragraphs(reading: Reading, shown: Collection[str]) -> tuple[Paragraph, ...]:
    """The text with the statements in `shown` marked. What no statement at all covers is the writer's own."""
    text = reading.article.text
    marks: list[tuple[int, int, str, str]] = []
    covered: list[tuple[int, int, str, str]] = []
    first: dict[int, list[str]] = {}
    for a in reading.attributions:
        for role, spans in (("content", a.content_spans), ("source", a.source_spans), ("cue", a.cue_spans)):
            for s in spans:
                covered.append((s.start, s.end, "covered", ""))
                if a.id in shown:
                    marks.append((s.start, s.end, role, a.id))
        if a.id in shown and a.content_spans:
            first.setdefault(min(s.start for s in a.content_spans), []).append(a.id)
    marks += covered
    marks += [(v.start, v.end, "voice", str(n)) for n, v in enumerate(reading.voice)]
    marks += [(f.start, f.end, "figure", f"{'' if f.comparator == '=' else f.comparator + ' '}{f.value}{'–' + f.high if f.high else ''} {f.unit or ''}".strip()) for f in reading.figures]
    marks += [(t.start, t.end, "time", t.value if not t.earliest else t.earliest if t.earliest == t.latest else f"{t.earliest} to {t.latest or '?'}") for t in reading.times]
    marks.sort()
    starts = [m[0] for m in marks]
    longest = max((m[1] - m[0] for m in marks), default=0)
    out = []
    title = reading.article.title
    for paragraph in re.finditer(r"[^\n]+", text):
        if not paragraph.group().strip():
            continue
        low, high = paragraph.span()
        here = [m for m in marks[bisect.bisect_left(starts, low - longest) : bisect.bisect_left(starts, high)] if m[1] > low]
        out.append(Paragraph(tuple(_pieces(reading, low, high, here, first)), bool(title) and low == 0 and paragraph.group().strip() == str(title).strip()))
    return tuple(out)


def _pieces(reading: Reading, low: int, high: int, marks: list[tuple[int, int, str, str]], first: dict[int, list[str]]) -> list[Piece]:
    cuts = sorted({low, high} | {c for m in marks for c in m[:2] if low < c < high})
    opening: dict[int, list[tuple[int, int, str, str]]] = {}
    for m in marks:
        opening.setdefault(max(low, m[0]), []).append(m)
    out: list[Piece] = []
    over: list[tuple[int, int, str, str]] = []
    for start, end in pairwise(cuts):
        over = [m for m in over if m[1] > start] + [m for m in opening.get(start, ()) if m[1] > start]
        parts = tuple(Part(m[2], m[3]) for m in over if m[2] in PART)
        voice = next((int(m[3]) for m in over if m[2] == "voice"), None)
        out.append(
            Piece(
                reading.article.text[start:end], start, parts, tuple(first.get(start, ())), reading.voice[voice].kind if voice is not None else "", voice,
                next((m[3] for m in over if m[2] == "figure"), ""), next((m[3] for m in over if m[2] == "time"), ""), own=not any(m[2] == "covered" for m in over),
            )
        )  # fmt: skip
    return out
