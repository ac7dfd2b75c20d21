"""Figures against the project's gold reports: is each found, with the right value and comparator?

    python benchmarks/figures.py [--frozen] [--misses] [--folder DIR]

One stage alone: times are the gold's. Half of the reports (odd numbers) is open for development; the frozen half is only read with
--frozen. A found figure and a gold figure are a pair when they share a word, the best overlap first. Right: value and high end
within half a per cent, and the same comparator. The unit is shown beside, of the pairs;
"miles" and "mi" are one unit.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.reader.counted import code
from reportedly.reader.figures import find_figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly import Figure

FOLDER = Path(__file__).with_name("reports")
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


def reports(folder: Path, *, frozen: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and content of the reports of one half. Files of the other half are not opened."""
    for path in sorted(folder.glob("*.json")):
        if int(path.name.split("-")[0]) % 2 != frozen:
            report = json.loads(path.read_text("utf-8"))
            if report["split"] == ("frozen" if frozen else "open"):
                yield path.stem, report


def place(text: str, words: str) -> tuple[int, int]:
    """Offsets of "words" or, for the k-th occurrence, "words#k"; whole words only."""
    match = re.fullmatch(r"(.*?)(?:#(\d+))?", words, re.DOTALL)
    assert match
    plain, k = match[1], int(match[2] or 1)
    left, right = (r"(?<!\w)" if plain[:1].isalnum() else ""), (r"(?!\w)" if plain[-1:].isalnum() else "")
    return [m.span() for m in re.finditer(left + re.escape(plain) + right, text)][k - 1]


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


def is_right(gold: dict[str, Any], figure: Figure) -> bool:
    """Value, high end and comparator."""
    return same(gold["value"], figure.value) and same(gold["high"], figure.high) and gold["comparator"] == figure.comparator


def score(folder: Path, *, frozen: bool, misses: bool = False) -> Counts:
    """Sums over one half of the reports."""
    sums = Counts()
    for name, report in reports(folder, frozen=frozen):
        text, gold = report["text"], report.get("figures", [])
        found = find_figures(text, [place(text, t["span"]) for t in report.get("times", [])])
        matched = pairs([words(text, *place(text, g["span"])) for g in gold], [words(text, f.start, f.end) for f in found], 0)
        sums.gold += len(gold)
        sums.found += len(found)
        for i, j in matched:
            figure = found[j]
            sums.paired += 1
            sums.right += is_right(gold[i], figure)
            sums.value += same(gold[i]["value"], figure.value) and same(gold[i]["high"], figure.high)
            unit = code(gold[i]["unit"]) == code(figure.unit)
            sums.unit += unit
            if misses and not (unit and is_right(gold[i], figure)):
                print(f"{name}: {gold[i]} as {text[figure.start : figure.end]!r} {figure.comparator} {figure.value} {figure.high} {figure.unit}")
        if misses:
            for i in set(range(len(gold))) - {i for i, _ in matched}:
                print(f"{name}: missed {gold[i]}")
            for j in set(range(len(found))) - {j for _, j in matched}:
                print(f"{name}: not in gold {text[found[j].start : found[j].end]!r}")
    return sums


def main() -> None:
    folder = Path(sys.argv[sys.argv.index("--folder") + 1]) if "--folder" in sys.argv else FOLDER
    c = score(folder, frozen="--frozen" in sys.argv, misses="--misses" in sys.argv)
    print(f"gold {c.gold}, found {c.found}, paired {c.paired}")
    print(f"value and comparator right: {100 * c.right / max(1, c.gold):.1f} % of gold, {100 * c.right / max(1, c.found):.1f} % of found")
    print(f"value right: {100 * c.value / max(1, c.gold):.1f} % of gold; unit right: {100 * c.unit / max(1, c.paired):.1f} % of pairs")


if __name__ == "__main__":
    main()
