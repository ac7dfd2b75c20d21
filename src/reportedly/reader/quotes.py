"""In whose words? Quotation marks, found by rules, and the manner that follows from them.

Marks are odd in the wild: straight and curly in one article, a paragraph opened anew in the middle of a
quotation, a closing mark that never comes, British single marks beside apostrophes. None of it may stop a
document: every mark gets the best pairing that its neighbours allow, and what stays unpaired is counted.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.values import Manner, Span

OPENING = {"“": '"', "„": '"', "«": '"', "‘": "'", "‚": "'", "‹": "'"}
CLOSING = {"”": '"', "»": '"', "’": "'", "›": "'"}
MARK = re.compile("``|''|[\"“”„«»'‘’‚‹›]")
PARAGRAPH = re.compile(r"[^\n]+")
WORD = re.compile(r"\w+")
# Words that begin with an apostrophe; a mark before one of them opens nothing.
ELISIONS = re.compile(r"(?:em|til|tis|twas|cause|cos|round|bout|neath|n|tude|hood|\d0s)\b", re.IGNORECASE)
BEFORE_OPENING = set("([{-–—/…\"“„«‘'`")
DIRECT_SHARE = 0.9  # as in the shared scorer: nine tenths of the words inside marks make a content direct


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation with its marks: `text[start:end]`; `closed` says whether its closing mark was found.

    A quotation that runs over paragraphs, each opened anew, is one. `depth` is 0 unless it stands in another.
    """

    start: int
    end: int
    closed: bool
    depth: int = 0


@dataclass(slots=True)
class _Open:
    kind: str
    start: int


def find_quotations(text: str) -> list[Quotation]:
    """All quotations of a text, in order of their start; those within others have a `depth` above 0."""
    found: list[Quotation] = []
    carried: list[_Open] = []  # what the paragraph before left open
    paragraphs = [m for m in PARAGRAPH.finditer(text) if not m.group().isspace()]
    for number, paragraph in enumerate(paragraphs):
        stack = carried
        marks = _marks(text, paragraph.start(), paragraph.end())
        if stack and marks and _resumes(text, paragraph.start(), marks[0], stack[0].kind):
            marks = marks[1:]
        for position, width, kind, may_open, may_close in marks:
            opened = next((k for k in range(len(stack) - 1, -1, -1) if stack[k].kind == kind), None)
            if may_close and opened is not None and not (may_open and stack[-1].kind != kind):
                found.append(Quotation(stack[opened].start, position + width, True, opened))
                del stack[opened:]
            elif may_open:
                if opened is not None:  # opened again without a close: the first one ends here
                    found.append(Quotation(stack[opened].start, _trim(text, stack[opened].start, position), False, opened))
                    del stack[opened:]
                stack.append(_Open(kind, position))
        carried = []
        if stack:
            following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
            if following and _reopened(text, following.start(), following.end(), stack[0].kind):
                carried = stack[:1]
            else:
                found.append(Quotation(stack[0].start, _trim(text, stack[0].start, paragraph.end()), False, 0))
    return sorted(found, key=lambda q: (q.start, -q.end))


def _marks(text: str, start: int, end: int) -> list[tuple[int, int, str, bool, bool]]:
    """Marks between two offsets: (offset, width, kind, may open, may close). Apostrophes are left out."""
    marks: list[tuple[int, int, str, bool, bool]] = []
    for match in MARK.finditer(text, start, end):
        sign, here, after = match.group(), match.start(), match.end()
        before = text[here - 1] if here > start else " "
        behind = text[after] if after < end else " "
        free_before = before.isspace() or before in BEFORE_OPENING
        free_behind = not behind.isalnum()
        if sign in ("``", "''"):
            marks.append((here, 2, '"', sign == "``" or (free_before and not behind.isspace()), sign == "''"))
        elif sign == '"':
            opens = free_before and not behind.isspace()
            closes = not before.isspace() and free_behind
            marks.append((here, 1, '"', opens or not closes, closes or not opens))
        elif sign in OPENING and OPENING[sign] == '"':
            # German and Danish close with what English opens with
            marks.append((here, 1, '"', True, sign == "“" and not before.isspace() and free_behind))
        elif sign in CLOSING and CLOSING[sign] == '"':
            marks.append((here, 1, '"', sign == "»" and free_before and behind.isalnum(), True))
        elif sign in "‘‚‹":
            if not (sign == "‘" and (before.isalnum() or _elided(text, after, end))):
                marks.append((here, 1, "'", True, False))
        elif sign == "'":
            opens = free_before and not behind.isspace() and not _elided(text, after, end)
            closes = not before.isspace() and free_behind and not (before in BEFORE_OPENING and behind.isalnum())
            if opens or closes:
                marks.append((here, 1, "'", opens and not (closes and not free_before), closes))
        elif free_behind and not before.isspace():  # ’ or ›
            marks.append((here, 1, "'", False, True))
    return _without_possessives(text, marks)


def _elided(text: str, after: int, end: int) -> bool:
    """Whether a mark stands for letters left out ('em, '90s), and does not open a quotation that a later mark closes."""
    return ELISIONS.match(text, after, end) is not None and not re.search(r"[,.!?…][’']", text[after:end])


def _without_possessives(text: str, marks: list[tuple[int, int, str, bool, bool]]) -> list[tuple[int, int, str, bool, bool]]:
    """Drop a mark behind a plural ("soldiers’ boots") when a surer close follows before the next opening."""
    kept = []
    for number, mark in enumerate(marks):
        position, width, kind, may_open, may_close = mark
        weak = kind == "'" and may_close and not may_open and text[position - 1 : position] in ("s", "S", "n", "z", "x")
        if weak and re.match(r" [\w£$€]", text[position + width : position + width + 2]):
            later = next((m for m in marks[number + 1 :] if m[2] == "'"), None)
            if later and later[4] and not later[3]:
                continue
        kept.append(mark)
    return kept


def _resumes(text: str, start: int, first: tuple[int, int, str, bool, bool], kind: str) -> bool:
    return first[2] == kind and not text[start : first[0]].strip()


def _reopened(text: str, start: int, end: int, kind: str) -> bool:
    head = text[start:end].lstrip()[:2]
    return bool(head) and (head[0] == kind or OPENING.get(head[0]) == kind or (head == "``" and kind == '"'))


def _trim(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def manner(text: str, content: tuple[Span, ...], quotations: list[Quotation]) -> Manner:
    """direct: nine tenths of the content's words stand in quotation marks; mixed: some; indirect: none."""
    outer = [q for q in quotations if q.depth == 0]  # in order, none inside another
    starts = [q.start for q in outer]
    words = inside = 0
    for span in content:
        places = [match.start() for match in WORD.finditer(text, span.start, span.end)]
        words += len(places)
        for q in outer[max(0, bisect.bisect_right(starts, span.start) - 1) : bisect.bisect_left(starts, span.end)]:
            inside += bisect.bisect_left(places, q.end) - bisect.bisect_left(places, q.start)
    if not words or not inside:
        return "indirect"
    return "direct" if inside >= DIRECT_SHARE * words else "mixed"
