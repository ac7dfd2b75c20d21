"""Figures against the project's gold reports: each found, with the right value and comparator.

    python benchmarks/figures.py [--frozen] [--misses] [--folder DIR]

One stage alone: times are the gold's. The open half of the reports is for development; --frozen takes the other half.
A found figure and a gold figure are a pair when they share a word, the best overlap first. Right: value and high end
within half a per cent, and the same comparator. The unit is shown beside, of the pairs; "miles" and "mi" are one unit.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import reports
from reportedly.reader.figures import find_figures
from reportedly.reader.figures.counted import code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.values import Figure

WORD = re.compile(r"\w+")
TOLERANCE = 0.005


@dataclass(slots=True)
class Counts:
    """Sums over reports: gold, found, pairs, those right in value and comparator, in value, in unit."""

    gold: int = 0
    found: int = 0
    paired: int = 0
    right: int = 0
    value: int = 0
    unit: int = 0


def words(text: str, start: int, end: int) -> frozenset[int]:
    """The words of a span, each by its place."""
    return frozenset(start + m.start() for m in WORD.finditer(text[start:end]))


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the words of both that are words of each."""
    return len(a & b) / max(1, len(a | b))


def pairs(gold: list[frozenset[int]], found: list[frozenset[int]], least: float) -> list[tuple[int, int]]:
    """One to one, the best overlap first, none below the least."""
    ranked = sorted(((overlap(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if g & f), reverse=True)
    left, taken, out = set(range(len(gold))), set[int](), []
    for share, i, j in ranked:
        if share >= least and i in left and j not in taken:
            left.remove(i)
            taken.add(j)
            out.append((i, j))
    return out


def same(a: str | None, b: str | None) -> bool:
    """Whether two values are one, within the tolerance."""
    if a is None or b is None:
        return a is b
    return abs(float(a) - float(b)) <= TOLERANCE * max(abs(float(a)), abs(float(b)))


def same_value(gold: reports.Figure, figure: Figure) -> bool:
    """Value and high end."""
    return same(gold.value, figure.value) and same(gold.high, figure.high)


def score(golds: Iterable[reports.Report], *, misses: bool = False) -> Counts:
    """Sums over some reports."""
    sums = Counts()
    for report in golds:
        text, gold = report.text, report.figures
        found = find_figures(text, [t.span for t in report.times])
        matched = pairs([words(text, *g.span) for g in gold], [words(text, f.start, f.end) for f in found], 0)
        sums.gold += len(gold)
        sums.found += len(found)
        for i, j in matched:
            figure, value, unit = found[j], same_value(gold[i], found[j]), code(gold[i].unit) == code(found[j].unit)
            right = value and gold[i].comparator == figure.comparator
            sums.paired += 1
            sums.right += right
            sums.value += value
            sums.unit += unit
            if misses and not (unit and right):
                print(f"{report.name}: {gold[i]} as {text[figure.start : figure.end]!r} {figure.comparator} {figure.value} {figure.high} {figure.unit}")
        if misses:
            for i in set(range(len(gold))) - {i for i, _ in matched}:
                print(f"{report.name}: missed {text[slice(*gold[i].span)]!r}")
            for j in set(range(len(found))) - {j for _, j in matched}:
                print(f"{report.name}: not in gold {text[found[j].start : found[j].end]!r}")
    return sums


def asked() -> list[reports.Report]:
    """The reports that the command line asks for."""
    folder = Path(sys.argv[sys.argv.index("--folder") + 1]) if "--folder" in sys.argv else reports.FOLDER
    return reports.load("frozen" if "--frozen" in sys.argv else "open", folder)


def main() -> None:
    c = score(asked(), misses="--misses" in sys.argv)
    print(f"gold {c.gold}, found {c.found}, paired {c.paired}")
    print(f"value and comparator right: {100 * c.right / max(1, c.gold):.1f} % of gold, {100 * c.right / max(1, c.found):.1f} % of found")
    print(f"value right: {100 * c.value / max(1, c.gold):.1f} % of gold; unit right: {100 * c.unit / max(1, c.paired):.1f} % of pairs")


if __name__ == "__main__":
    main()
