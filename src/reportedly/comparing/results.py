"""What comparing readings gives: frozen values, in the terms of the readings they were made from.

A statement is named by a `Ref`, its article's id and its own id there, so that nothing here holds a text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MatchKind = Literal["same quote", "same claim"]
EvidenceKind = Literal["words", "quote", "names", "figures", "times", "source", "reports", "meaning", "rivals"]
Verdict = Literal["one", "several", "not determined"]
ChangeKind = Literal["carried over", "reworded", "dropped", "added", "lost its source", "gained a source"]
ShiftKind = Literal["hedge", "wording", "figure", "negation", "cue", "stance", "marks", "name", "source", "length"]
Direction = Literal["firmer", "softer", "other"]
OriginKind = Literal["copy", "agency", "chain", "source", "document", "occasion", "quote", "link", "judged", "independent", "doubt"]


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """One statement: an attribution of one article, or a sentence that nobody is named for (`attribution` is then "text:start-end")."""

    article: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a match. `weight` is what it adds to the match's log odds; below zero it speaks against."""

    kind: EvidenceKind
    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """Two statements of different articles that are the same quote, or make the same claim.

    The same claim is an answer to the same question about the same event: two that give other figures, or of
    which one denies what the other says, match, and their difference is shown as a shift or a conflict.
    `score` is the probability that a person would match them so; `status` stays "suggested" until somebody confirms it.
    """

    a: Ref
    b: Ref
    kind: MatchKind
    score: float
    evidence: tuple[Evidence, ...]
    status: Literal["suggested", "confirmed"] = "suggested"


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that match one another, over articles. `members` are in order of their `Ref`; `score` is the mean over their pairs."""

    members: tuple[Ref, ...]
    matches: tuple[Match, ...]
    score: float


@dataclass(frozen=True, slots=True)
class NearCopy:
    """Two articles that share wording. `resemblance` is the Jaccard coefficient of their shingles, `a_in_b` the share of a's that b has."""

    a: str
    b: str
    resemblance: float
    a_in_b: float
    b_in_a: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two or more statements have one origin, or have not, or why that cannot be told."""

    kind: OriginKind
    members: tuple[Ref, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Account:
    """Statements that end in one account, the earliest known here first."""

    members: tuple[Ref, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent origins stand behind matched statements.

    `count` is 1 for "one"; for "several" the largest number of accounts of which each is independent of each
    other by what the texts say, so that more may stand behind; null for "not determined". `order` has all
    members by the time of their article, undated last; its first is the earliest known here, and no more than that.
    """

    verdict: Verdict
    count: int | None
    reasons: tuple[Reason, ...]
    accounts: tuple[Account, ...]
    order: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """One difference in wording between two matched statements, `before` and `after` in their own words (empty: not there)."""

    kind: ShiftKind
    direction: Direction
    before: str
    after: str
    words: str


@dataclass(frozen=True, slots=True)
class Given:
    """One side of a conflict: the figure's words, who gives it, in which statement."""

    ref: Ref
    figure: str
    who: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one thing that do not agree, side by side."""

    what: str
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one statement between two articles. `a` is null for what was added, `b` for what was dropped."""

    kind: ChangeKind
    a: Ref | None
    b: Ref | None
    score: float | None
    shifts: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline beside the statement or sentence of its own article that it draws on."""

    article: str
    headline: str
    body: str
    firmer: bool
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One article beside another: what became of the statements of `a` in `b`."""

    a: str
    b: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A group with what is known of it."""

    group: Group
    origins: Origins
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more articles side by side. `pairs` hold the first article against each of the others, in the order given."""

    articles: tuple[str, ...]
    copies: tuple[NearCopy, ...]
    pairs: tuple[Pair, ...]
    groups: tuple[Found, ...]
    headlines: tuple[Headline, ...]
