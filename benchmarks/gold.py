"""The project's own gold texts (tests/gold): how many of their attributions are found, by class and by style.

    python benchmarks/gold.py [--misses]

The rule is the shared scorer's `attr` row, on words: contents overlap by half, sources too or both have none.
"""

from __future__ import annotations

import collections
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import reportedly
from shared import outer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly import Reader, Reading

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "gold"
MARK = re.compile(r"⟦([sct])([\d,]+)\|(.*?)⟧", re.DOTALL)
ROLE = {"s": "source", "c": "cue", "t": "content"}
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold text: for each attribution, offsets of its source, cue and content."""

    name: str
    style: str
    classes: tuple[str, ...]
    text: str
    attributions: tuple[dict[str, list[tuple[int, int]]], ...]


def load(folder: Path = FOLDER) -> list[Gold]:
    """All gold texts, by name."""
    return [parse(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.txt"))]


def parse(name: str, raw: str) -> Gold:
    """One gold text from its marked form (see tests/gold/README.md)."""
    head, _, marked = raw.partition("\n\n")
    fields = dict(line.removeprefix("# ").split(": ", 1) for line in head.splitlines())
    text, at = "", 0
    found: dict[str, dict[str, list[tuple[int, int]]]] = collections.defaultdict(lambda: {role: [] for role in ROLE.values()})
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        for number in mark.group(2).split(","):
            found[number][ROLE[mark.group(1)]].append((len(text), len(text) + len(mark.group(3))))
        text += mark.group(3)
        at = mark.end()
    text += marked[at:]
    return Gold(name, fields["style"], tuple(fields["classes"].split(", ")), text, tuple(found.values()))


def words(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(a + m.start() for a, b in spans for m in WORD.finditer(text[a:b]))


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    return 1.0 if not a and not b else len(a & b) / len(a | b)


def matched(gold: Gold, reading: Reading) -> list[bool]:
    """For each gold attribution, whether one of its own was found."""
    place = lambda spans: words(gold.text, ((s.start, s.end) for s in spans))  # noqa: E731
    left = [(place(a.content_spans), place(a.source_spans)) for a in outer(reading)]
    out = []
    for attribution in gold.attributions:
        content, source = words(gold.text, attribution["content"]), words(gold.text, attribution["source"])
        fits = [pair for pair in left if overlap(content, pair[0]) >= 0.5 and overlap(source, pair[1]) >= 0.5]
        if fits:
            left.remove(max(fits, key=lambda pair: overlap(content, pair[0])))
        out.append(bool(fits))
    return out


def score(golds: list[Gold], reader: Reader) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 over all texts, by style; by class recall of the texts that hold it."""
    counts: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0])
    for gold in golds:
        reading = reader.read(reportedly.article(gold.text, as_is=True))
        hits = sum(matched(gold, reading))
        for key in ("all", gold.style, *gold.classes):
            for k, n in enumerate((hits, len(gold.attributions), len(outer(reading)))):
                counts[key][k] += n
    return {key: (100 * h / max(1, p), 100 * h / max(1, g), 200 * h / max(1, g + p)) for key, (h, g, p) in sorted(counts.items())}


def main() -> None:
    reader = reportedly.Reader()
    golds = load()
    for key, (p, r, f) in score(golds, reader).items():
        print(f"{key:20s} P {p:5.1f}  R {r:5.1f}  F1 {f:5.1f}")
    if "--misses" in sys.argv:
        for gold in golds:
            reading = reader.read(reportedly.article(gold.text, as_is=True))
            for hit, attribution in zip(matched(gold, reading), gold.attributions, strict=True):
                if not hit:
                    print(gold.name, {role: " … ".join(gold.text[a:b] for a, b in spans) for role, spans in attribution.items()})


if __name__ == "__main__":
    main()
