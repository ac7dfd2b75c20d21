"""Whom does an outlet cite? "The Ledger reported, citing two people briefed on the talks, that ..." is the outlet's statement and theirs.

The corpus that trained the reader gives a content to one source. The second attribution has the same content, "citing" for its
cue, and the outlet in its chain. Only what can speak is cited as a voice: people, papers, outlets, never "citing concerns".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.reader.nested import without
from reportedly.reader.sources.nouns import anonymity, name_kind, noun_kinds, singular
from reportedly.reader.sources.tokens import SENTENCE_END
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.attributions import Found

CITING = re.compile(r"\b(citing|quoting)\s+((?:(?!\b(?:and|but|that|which|who|reported|reports|said|says|in its)\b)[^,.;:\n\"“”]){3,90})")
REPORTS = re.compile(r"\breport(?:s|ed|ing)?\b")
LEAST = 10  # characters of a content behind the one cited for it
HEAD = re.compile(r"[^\W\d_][\w’'-]*")
INSIDE = re.compile(r"\b(?:of|for|at|from|in|with|by|to|on|about|between|among|briefed|familiar|close|seen|obtained|reviewed|released|published|filed|dated)\b")


def with_cited(text: str, found: Sequence[Found]) -> list[Found]:
    """`found`, and behind each statement of an outlet the one of those whom it cites for it."""
    if not CITING.search(text):
        return list(found)
    ends = [m.end() for m in SENTENCE_END.finditer(text)]
    out: list[Found] = []
    place: dict[int, int] = {}
    used: set[int] = set()
    idle = {n for n, f in enumerate(found) if _cites(text, f) and any(g.source and g.cue != f.cue and g.source == f.source for g in found[max(0, n - 2) : n + 3])}
    found = without(found, idle)
    for n, f in enumerate(found):
        place[n] = len(out)
        out.append(replace(f, parent=None if f.parent is None else place[f.parent]))
        if not f.source or not f.cue or not (_is_outlet(text[f.source[0].start : f.source[-1].end]) or _reports(text, f)):
            continue
        low = max((e for e in ends if e <= f.cue[0].start), default=0)
        high = min((e for e in ends if e >= f.cue[-1].end), default=len(text))
        match = CITING.search(text, low, high)
        if match is None or match.start() in used or not _speaks(match[2]):
            continue
        start, end = match.span(2)
        source = Span(start, start + len(text[start:end].rstrip()))
        content = tuple(s for s in f.content if not s.start <= match.start() < s.end) or f.content
        if content[0].start == source.start:  # what is cited for a content is no part of it
            content = (Span(source.end + 2, content[0].end), *content[1:]) if text[source.end : source.end + 2] == ", " and content[0].end > source.end + LEAST else content[1:]
        if not content:
            continue
        used.add(match.start())
        out.append(replace(f, source=(source,), cue=(Span(*match.span(1)),), content=content, parent=None if f.parent is None else place[f.parent], through=place[n]))
    return out


def _cites(text: str, f: Found) -> bool:
    """Whether an attribution says no more than whom its source cites: "citing an official"."""
    cited = CITING.match(text, f.cue[0].start) if f.cue and f.content else None
    return cited is not None and f.cue[-1].end <= cited.end(1) and f.content[0].start == cited.start(2) and f.content[-1].end <= cited.end(2) + 1 and _speaks(cited[2])


def _reports(text: str, f: Found) -> bool:
    """Whether a name of which nothing is known reports: "Ledgerline reported"."""
    return text[f.source[0].start].isupper() and REPORTS.search(text, f.cue[0].start, f.cue[-1].end) is not None


def _is_outlet(words: str) -> bool:
    words = re.split(r",\s|\s\(", words)[0]
    names = tuple(w for w in words.split() if w[:1].isupper())
    nouns = [noun_kinds().get(singular(w.lower())[0], frozenset()) for w in HEAD.findall(words)]
    return bool(names and name_kind(names) == "outlet") or bool(nouns and "outlet" in nouns[-1]) or re.match(r"The \w+$", words) is not None


def _speaks(words: str) -> bool:
    if anonymity().search(words):
        return True
    nouns = HEAD.findall(INSIDE.split(words)[0])
    if not nouns:
        return False
    return bool(noun_kinds().get(singular(nouns[-1].lower())[0], frozenset()) & {"person", "group", "document", "outlet"}) or (nouns[-1][0].isupper() and name_kind(tuple(w for w in nouns if w[0].isupper())) is not None)
