"""What two statements have in common, as numbers between 0 and about 1, each with a meaning that can be said in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from reportedly.comparing.common import likeness, runs
from reportedly.comparing.relations import Relation, relation, unlike
from reportedly.comparing.words import concepts, mass, tokens, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.comparing.statements import Page, Statement

# The order is that of the weights in data/weights.json; each belongs to one kind of evidence.
CLAIM = {
    "overlap": "words", "likeness": "words", "shared": "words", "rarest": "words", "focus": "words", "beyond names": "words", "order": "words", "run": "quote", "quoted": "quote",
    "names": "names", "figures": "figures", "units": "figures", "kind of figure": "figures", "other kind of figure": "figures", "figure in one": "figures",
    "same source": "source", "same source beyond names": "source", "other source": "source", "short": "words", "both quoted": "quote", "speaks of the other": "source",
    "meaning": "meaning", "wording": "meaning",
}  # fmt: skip
MEANING = ("meaning", "wording")  # only with an embedder
QUOTE = {"coverage": "quote", "words in common": "quote", "longest run": "quote", "shared": "quote", "same source": "source", "other source": "source", "short and other": "source"}
RIVALS = ("log odds", "lesser margin", "greater margin")  # a pair beside the other pairs of its two statements, see `matching.margins`
EVENT = ("likeness", "contained", "names", "names contained", "shared", "rarest")  # whether two articles, and two statements in them, are of one event
BLOCK = 2  # words in a row that count as kept; single words in common order are chance


@dataclass(frozen=True, slots=True)
class Shared:
    """Words that stand in both of two texts in one order, in runs of `BLOCK` and more."""

    count: int
    longest: int
    coverage: float  # of the shorter
    words: tuple[str, ...]
    run: tuple[str, ...]

    @property
    def mass(self) -> float:
        """What the shared words tell."""
        return mass(set(concepts(self.words)))


NOTHING = Shared(0, 0, 0.0, (), ())


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two statements measured against each other."""

    claim: dict[str, float]
    quote: dict[str, float] | None
    verbatim: Shared
    quoted: Shared
    relation: Relation
    apart: bool  # an anonymous source and a named person


def measure(a: Statement, b: Statement, meaning: float = 0.0, wording: float = 0.0) -> Pairing:
    """All features of two statements; `meaning` and `wording` are as in `nearness`, where there is an embedder."""
    both = a.bag & b.bag
    shared = mass(both)
    least = min(a.mass, b.mass)
    voice = relation(a.who, b.who)
    verbatim = common(a.words, b.words) if both else NOTHING
    quoted = common(a.quoted, b.quoted) if a.quoted and b.quoted and (both or a.quoted == b.quoted) else NOTHING
    figures, units = _figures(a, b)
    mine, theirs = ({n.kind for n in s.figures} for s in (a, b))
    names = a.names | b.names
    told = _focus(a, b, both) / (min(_focus(a, b, a.bag), _focus(a, b, b.bag)) or 1.0) if both else 0.0
    plain = [s.bag - s.page.names for s in (a, b)]
    beyond = min(mass(p) for p in plain) if both else 0.0
    same, other = float(voice == "same"), float(voice == "different")
    told_beyond = mass(plain[0] & plain[1]) / beyond if beyond else 0.0
    claim = {
        "overlap": shared / least if least else 0.0,
        "likeness": shared / (a.mass + b.mass - shared) if least else 0.0,
        "shared": math.log1p(shared) / 4,
        "rarest": max((weight(c) for c in both), default=0.0) / 6,
        "focus": told,
        "beyond names": told_beyond,
        "order": likeness(a.concepts, b.concepts) if both else 0.0,
        "run": verbatim.coverage if verbatim.count > 2 else 0.0,
        "quoted": quoted.coverage if quoted.count > 2 else 0.0,
        "names": (1.0 if a.names & b.names else -0.5 if a.names and b.names else 0.0) if names else 0.0,
        "figures": float(figures > 0),
        "units": float(units),
        "kind of figure": float(bool(mine & theirs)),
        "other kind of figure": float(bool(mine and theirs and not mine & theirs)),
        "figure in one": float(bool(mine) != bool(theirs)),
        # a source says many things in one report: that it is the same counts as far as the words are
        "same source": same * told,
        "same source beyond names": same * told_beyond,
        "other source": other,
        "short": 1 / (1 + min(len(a.bag), len(b.bag))),
        "both quoted": float(bool(a.quoted and b.quoted)),
        "speaks of the other": max(_spoken_of(a, b), _spoken_of(b, a)),
        "meaning": meaning,
        "wording": wording,
    }
    quote = None
    if quoted.count:
        quote = {
            "coverage": quoted.coverage,
            "words in common": math.log1p(quoted.count) / 4,
            "longest run": math.log1p(quoted.longest) / 4,
            "shared": math.log1p(quoted.mass) / 4,
            "same source": same,
            "other source": other,
            "short and other": other / quoted.longest if quoted.longest else other,
        }
    return Pairing(claim, quote, verbatim, quoted, voice, unlike(a.who, b.who))


def _spoken_of(a: Statement, b: Statement) -> float:
    """How much of the words for the one's source stands in what the other says: who is accused answers."""
    if a.who is None:
        return 0.0
    words, whole = _label(a.who.label)
    return mass(words & b.bag) / whole if whole else 0.0


@lru_cache(maxsize=2_000)
def _label(words: str) -> tuple[frozenset[str], float]:
    found = frozenset(concepts(tokens(words)))
    return found, mass(found)


def _focus(a: Statement, b: Statement, some: Iterable[str]) -> float:
    """What concepts tell where their articles speak of them all the time: less than elsewhere."""
    one, other = a.page.shares, b.page.shares
    return math.fsum([weight(c) * (1 - (one.get(c, 0.0) + other.get(c, 0.0)) / 2) ** 2 for c in some])


def common(a: Sequence[str], b: Sequence[str]) -> Shared:
    """Words of two texts that stand in both in one order, in runs."""
    if not a or not b:
        return NOTHING
    if len(a) > len(b) or (len(a) == len(b) and tuple(b) < tuple(a)):  # an alignment is one of several: take the same from both sides
        a, b = b, a
    if len(a) == 1:
        return Shared(1, 1, 1.0, tuple(a), tuple(a)) if a[0] in b else NOTHING
    words: list[str] = []
    run: Sequence[str] = ()
    for here, _, size in runs(a, b):
        if size >= BLOCK:
            words += a[here : here + size]
            if size > len(run):
                run = a[here : here + size]
    return Shared(len(words), len(run), len(words) / len(a), tuple(words), tuple(run))


def alike(a: Page, b: Page) -> dict[str, float]:
    """What two articles have in common as wholes: likeness is a cosine, containment is of the lesser, so that a round-up is not lost."""
    both, names = mass(a.concepts & b.concepts), mass((a.names & b.capitals) | (b.names & a.capitals))
    mine, theirs = mass(a.names), mass(b.names)
    return {
        "likeness": _over(both, math.sqrt(a.mass * b.mass)),
        "contained": _over(both, min(a.mass, b.mass)),
        "names": min(1.0, _over(names, math.sqrt(mine * theirs) or max(mine, theirs))),
        "names contained": min(1.0, _over(names, min(mine, theirs) or max(mine, theirs))),
    }


def event(a: Statement, b: Statement, pages: dict[str, float]) -> dict[str, float]:
    """What speaks for one event behind two statements; `pages` is what their articles have in common."""
    both = a.bag & b.bag
    return {**pages, "shared": math.log1p(mass(both)) / 4, "rarest": max((weight(c) for c in both), default=0.0) / 6}


def _over(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _figures(a: Statement, b: Statement) -> tuple[int, bool]:
    """1 where a figure of both agrees, -1 where those of one thing differ, else 0; and whether the same thing is counted."""
    verdict, units = 0, False
    for one in a.figures:
        for other in b.figures:
            same = bool((one.unit or a.bag - a.names) & (other.unit or b.bag - b.names))  # "the number of dead salmon at 3,000"
            counted = same or not (one.unit and other.unit)
            units = units or same
            if one.agrees(other) and counted:
                verdict = 1
            elif counted and verdict == 0:
                verdict = -1
    return verdict, units
