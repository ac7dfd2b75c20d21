"""Drawings as numbers and words, which a template writes as SVG: the tree of origins, figures side by side, and who spoke when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.comparing.results import Conflict, Origins
    from reportedly.ledger.results import Statement
    from reportedly.web.claims import Report

WIDTH, ROW, BOX, TALL = 900, 64, 250, 48
LETTERS = 30  # of a box


@dataclass(frozen=True, slots=True)
class Box:
    """A box with two lines; `href` leads to what it stands for."""

    x: int
    y: int
    first: str
    second: str
    kind: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """One account with its reports, each as who it is by, when and through whom."""

    account: str
    earliest: str
    reports: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Reports on the left, whom they came through in the middle, the account in which they end on the right; `branches` say the same as lists."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[tuple[int, int, int, int], ...]
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a chart: from `x` on, so wide, in percent of the chart."""

    who: str
    words: str
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures of one thing that do not agree."""

    what: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One statement on a timeline, in percent of its width."""

    x: float
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Lane:
    """What one voice said; one without a name has a lane for each article."""

    who: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """A timeline from `first` to `last`."""

    first: str
    last: str
    lanes: tuple[Lane, ...]


def tree(reports: Sequence[Report], origins: Origins | None) -> Tree | None:
    """The tree of origins of some reports; None for one report, which has nothing to be drawn."""
    if origins is None or len(reports) < 2:
        return None
    account_of = {m: n for n, account in enumerate(origins.accounts) for m in account.members}
    rows = sorted(reports, key=lambda r: next((n for m, n in account_of.items() if (m.article, m.attribution) == (r.statement.article, r.statement.attribution)), len(origins.accounts)))
    boxes, lines = [], []
    middles: dict[int, list[int]] = {}
    within: dict[int, list[tuple[str, str, str, str]]] = {}
    for n, r in enumerate(rows):
        y, s = n * ROW, r.statement
        by, said, place = s.outlet or r.entry.title or "an article", f"{(s.said or '')[:10]} {s.source or 'no source'}".strip(), f"/articles/{s.article}?at={s.attribution}#s-{s.attribution}"
        boxes.append(Box(0, y, _cut(by), _cut(said), "report", place))
        end = BOX
        if s.via:
            boxes.append(Box(BOX + 75, y, _cut("through"), _cut(", ".join(s.via)), "via"))
            lines.append((BOX, y + TALL // 2, BOX + 75, y + TALL // 2))
            end = 2 * BOX + 75
        account = next((k for m, k in account_of.items() if (m.article, m.attribution) == (s.article, s.attribution)), None)
        if account is not None:
            middles.setdefault(account, []).append(y)
            within.setdefault(account, []).append((by, said, ", then ".join(s.via), place))
            lines.append((end, y + TALL // 2, -account - 1, 0))
    places = {k: (min(ys) + max(ys)) // 2 for k, ys in middles.items()}
    right = 2 * (BOX + 75)
    drawn = [(x, y, right, places[-a - 1] + TALL // 2) if a < 0 else (x, y, a, b) for x, y, a, b in lines]
    branches = []
    for k, y in places.items():
        who, _, first = origins.accounts[k].words.partition("; earliest known here: ")
        outlet = first.rpartition(", ")[0]  # its date stands at the report
        boxes.append(Box(right, y, _cut(f"{k + 1}: {who}"), _cut(f"earliest: {outlet}" if outlet else "one account"), "account"))
        branches.append(Branch(who, outlet, tuple(within[k])))
    return Tree(right + BOX, len(rows) * ROW - ROW + TALL, tuple(boxes), tuple(drawn), tuple(branches))


def chart(conflict: Conflict, reports: Sequence[Report]) -> Chart:
    """Figures in conflict as bars of one scale."""
    from reportedly.comparing import numbers

    outlets = {r.statement.article: r.statement.outlet or r.entry.title or "an article" for r in reports}
    values = [next((float(n.low) for n in numbers.find(g.figure)), 0.0) for g in conflict.given]
    top = max((abs(v) for v in values), default=0.0) or 1.0
    return Chart(conflict.what, tuple(Bar(f"{g.who}, {outlets.get(g.ref.article, '')}".strip(", "), g.figure, round(100 * abs(v) / top, 1)) for g, v in zip(conflict.given, values, strict=True)))


def lanes(found: Sequence[Statement], most: int = 12) -> Lanes | None:
    """Statements by voice over time; None where there are fewer than two times."""
    timed = [(s, datetime.fromisoformat(s.said)) for s in found if s.said]
    if len({t for _, t in timed}) < 2:
        return None
    first, last = min(t for _, t in timed), max(t for _, t in timed)
    by: dict[tuple[str, str], list[Dot]] = {}
    for s, t in timed:
        who = s.source or "no source"
        key = (who, "" if s.identity == "named" else s.article)
        x = round(100 * (t - first).total_seconds() / (last - first).total_seconds(), 2)
        by.setdefault(key, []).append(Dot(x, f"{(s.said or '')[:10]} {who}: {s.content[:120]}", f"/articles/{s.article}?at={s.attribution}#s-{s.attribution}"))
    chosen = sorted(by.items(), key=lambda item: -len(item[1]))[:most]
    return Lanes(first.date().isoformat(), last.date().isoformat(), tuple(Lane(_cut(who, 40), tuple(dots)) for (who, _), dots in chosen))


def _cut(words: str, most: int = LETTERS) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
