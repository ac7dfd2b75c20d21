"""What does a speaker pass on? Speech inside speech, read by the same reader.

PolNeAR gives every word one role, so an attribution inside another's content is never found in the first reading. Contents that hold a
word of reporting are read again without their quotation marks, all of an article as paragraphs of one text, as deep as they go; the reader
has learned such contents (training/gold). What is found there counts if such a word is in its cue, since a few words by themselves tempt
the reader to take any verb for one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from reportedly.reader.cover import Cover
from reportedly.reader.inner import inner
from reportedly.reader.reporting import reporting
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from reportedly.reader.attributions import Found

DEPTH = 4
SHORTEST = 12  # characters
FLOOR = 0.15  # of the score, which was fitted on whole articles: what stands inside a content has a lower one
GAP = 120  # characters of a cue in the middle of a sentence
COMMA = re.compile(r".?.?,")
APART = "\n\n"
MARKS = "\"“”„«»‘’'`‚‹› \t\n,."
# "I think", "we guess": how sure the speaker is, no second voice
OWN = re.compile(r"(?:i|we|you)$", re.IGNORECASE)
MIND = re.compile(r"(?:(?:do|did|don['’]t|didn['’]t|would|can|could|can['’]t|also|really|always|just|still|have|['’]\w+) )*(?:think|thought|believe|guess|mean|meant|suppose|suspect|feel|felt|find|found|see|saw|hear|understand|remember|like|love|would say)\w*", re.IGNORECASE)
ANYBODY = re.compile(r"you$", re.IGNORECASE)  # "if you want", "when you think about it"
CONDITION = re.compile(r"\b(?:if|when|whenever|unless|once|whether|in case|until|before|after) $", re.IGNORECASE)
PAST = re.compile(r"ed\b|\b(?:said|told|wrote|knew|thought|had|have|did|were)\b", re.IGNORECASE)
OBJECTIVE = re.compile(r"(?:me|us|him|her|them)$", re.IGNORECASE)  # nobody's subject: "I never heard him say"
# What ought to be said is not said, and verbs of states (Vendler 1957) report nothing in the progressive: "is recalling", "were finding".
UNSAID = re.compile(r"^to\b|\b(?:must|should|ought|stop|let['’]?s)\b|\b(?:is|are|was|were) (?:finding|learning|reali[sz]ing|recalling|remembering|showing)\b", re.IGNORECASE)
SUFFERED = re.compile(r"(?:accused|suspected|convicted|charged) (?:of|with)\b", re.IGNORECASE)  # said of the one before, not by him
# Verbs that report clauses and quotations, and do something else with a thing: "called me", "added a comment", "ask questions"
THINGS = re.compile(r"\b(?:call|add|ask|show|talk|discuss)\w*", re.IGNORECASE)
CLAUSE = re.compile(r"(?:that|to|whether|if|how|why|what|who|when|where|for)\s|[\"“‘']", re.IGNORECASE)
THAT = re.compile(r"(?:that|whether)\s\S+\s", re.IGNORECASE)  # a clause tells a report by itself: "accepted that it had been late"
THING = 3  # words
LONG = 4  # words of a cue: few that say something of a thing, and not in a clause, report
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|\w+ed)\b|['’](?:s|re|d|ll|ve)\b")


def with_nested(text: str, found: Sequence[Found], read: Callable[[str], list[Found]]) -> list[Found]:
    """`found` and what stands inside, in the order of the text, with `parent` as an index into the result.

    `read` gives the attributions of a text, offsets into it. Those of `found` that have a parent stay where they are second voices.
    """
    out = without(found, [n for n, f in enumerate(found) if (f.parent is not None and not _said(text, f)) or _anybody(text, f)])
    known = Cover((s.start, s.end) for f in out if f.parent is not None for s in f.cue)
    todo = range(len(out))
    for _ in range(DEPTH):
        asked = [(k, as_sentence(text, pieces)) for k in todo for pieces in _sentences(text, out[k].content)]
        asked = [(k, part) for k, part in asked if len(part.words) >= SHORTEST and reporting().search(part.words)]
        below = []
        for (k, part), spoken in zip(asked, _read_apart([part.words for _, part in asked], read), strict=True):
            for candidate in (f for f in inner(part.words, [f for f in spoken if _speaks(part.words, f)]) if _said(part.words, f)):
                source, cue, content = (part.placed(spans) for spans in (candidate.source, candidate.cue, candidate.content))
                if any(known.touches(s.start, s.end) for s in cue):
                    continue
                below.append(replace(candidate, source=source, cue=cue, content=content, parent=k))
        if not below:
            break
        todo = range(len(out), len(out) + len(below))
        out += below
    return _in_order(out)


def without(found: Sequence[Found], gone: Collection[int]) -> list[Found]:
    """`found` but for some, whose children go to their parents."""
    left = set(gone)
    if not left:
        return list(found)
    place = {n: k for k, n in enumerate(n for n in range(len(found)) if n not in left)}

    def parent(n: int | None) -> int | None:
        while n is not None and n in left:
            n = found[n].parent
        return None if n is None else place[n]

    return [replace(f, parent=parent(f.parent)) for n, f in enumerate(found) if n not in left]


def _read_apart(texts: Sequence[str], read: Callable[[str], list[Found]]) -> list[list[Found]]:
    """The attributions of each text, all read as paragraphs of one: a window of the encoder holds a dozen."""
    starts = [0, *accumulate(len(t) + len(APART) for t in texts)]
    out: list[list[Found]] = [[] for _ in texts]
    for f in read(APART.join(texts)) if texts else ():
        spans = (*f.source, *f.cue, *f.content)
        k = bisect_right(starts, min(s.start for s in spans)) - 1
        if max(s.end for s in spans) <= starts[k] + len(texts[k]):
            source, cue, content = (_moved(some, -starts[k], len(texts[k])) for some in (f.source, f.cue, f.content))
            out[k].append(replace(f, source=source, cue=cue, content=content))
    return out


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


def _sentences(text: str, content: Sequence[Span]) -> list[list[Span]]:
    """The pieces of a content, those together that the cue parts in the middle of a sentence: "His staff, he said, had told him"."""
    out: list[list[Span]] = []
    for piece in content:
        if out and _goes_on(text, out[-1][-1], piece):
            out[-1].append(piece)
        else:
            out.append([piece])
    return out


def _goes_on(text: str, piece: Span, following: Span) -> bool:
    gap = text[max(piece.start, piece.end - 2) : following.start]
    if len(gap) > GAP or "\n" in gap or not COMMA.match(gap) or gap.rstrip(MARKS)[-1:] in (":", ";", ".", "!", "?"):
        return False
    begin = text[following.start : following.end].lstrip(MARKS)[:1]
    return begin.islower()


def as_sentence(text: str, pieces: Sequence[Span]) -> Part:
    """A content as the reader knows sentences: without the marks around it, capital at its head, with a full stop; and where it stands."""
    words = ""
    places: list[tuple[int, int, int]] = []
    for piece in pieces:
        start, end = piece.start, piece.end
        while start < end and text[start] in MARKS:
            start += 1
        while end > start and text[end - 1] in MARKS:
            end -= 1
        if not places and text[start : start + 5] == "that ":
            start += 5
        words += " " * bool(words)
        places.append((len(words), start, piece.end))
        words += text[start:end]
    return Part((words[:1].upper() if len(words[:1].upper()) == 1 else words[:1]) + words[1:] + ("" if words[-1:] in ".!?" else "."), tuple(places))


@dataclass(frozen=True, slots=True)
class Part:
    """Words to be read again, and for each of their pieces (where it begins in them, where in the text, where it ends there)."""

    words: str
    places: tuple[tuple[int, int, int], ...]

    def placed(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Spans of the words as spans of the text."""
        out = []
        edges = [*(at for at, _, _ in self.places[1:]), len(self.words) + 1]
        for s in spans:
            for (at, start, end), edge in zip(self.places, edges, strict=True):
                low, high = max(s.start, at), min(s.end, edge - 1)
                if low < high:
                    out.append(Span(start + low - at, min(start + high - at, end)))
        return tuple(out)


def _speaks(text: str, candidate: Found) -> bool:
    """Whether what the encoder found has a cue that reports."""
    if not candidate.cue or not candidate.content or candidate.score < FLOOR:
        return False
    return THAT.match(_words(text, candidate.content)) is not None or reporting().search(_words(text, candidate.cue)) is not None


def _said(text: str, candidate: Found) -> bool:
    """Whether it is said by a second voice, and not only thought by the first, wished or done."""
    cue, source, content = (_words(text, spans) for spans in (candidate.cue, candidate.source, candidate.content))
    if UNSAID.search(cue) or SUFFERED.match(cue) or OBJECTIVE.match(source) or (ANYBODY.match(source) and not PAST.search(cue)) or _mind(text, candidate):
        return False
    if len(cue.split()) >= LONG and not CLAUSE.match(content) and _is_thing(content):
        return False  # "has never had the slightest doubt about the picture"
    return not (THINGS.search(cue) and len(content.split()) <= THING and not CLAUSE.match(content))


def _anybody(text: str, candidate: Found) -> bool:
    """Whether the source is a "you" that means everybody: "if you want to see the lights"."""
    if not candidate.source or not ANYBODY.match(_words(text, candidate.source)):
        return False
    return CONDITION.search(text, max(0, candidate.source[0].start - 12), candidate.source[0].start) is not None and PAST.search(_words(text, candidate.cue)) is None


def _is_thing(content: str) -> bool:
    """Whether a content is no clause, as far as its first words tell."""
    return len(content.split()) <= 2 or FINITE.search(" ".join(content.split()[:8])) is None


def _mind(text: str, candidate: Found) -> bool:
    return OWN.match(_words(text, candidate.source)) is not None and MIND.fullmatch(_words(text, candidate.cue)) is not None


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(text[s.start : s.end] for s in spans).strip()
