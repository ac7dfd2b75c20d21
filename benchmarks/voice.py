"""The writer's own voice against the project's gold reports: loaded wording and unsettled clauses, F1 each.

    python benchmarks/voice.py [--frozen] [--misses] [--read] [--folder DIR]

A found and a gold passage of one kind are a pair when they share at least half of their words. Contents of attributions are the
gold's, so that one stage is scored alone; with --read they are the reader's own. The gold does not list assertions.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import reportedly
from figures import FOLDER, pairs, place, reports, words
from reportedly import Attribution, Span
from reportedly.reader.voice import find_voice

KINDS = ("loaded", "unsettled")
LEAST = 0.5


def attributions(report: dict[str, Any]) -> list[Attribution]:
    """The gold's attributions, as far as the stage looks at them."""

    def spans(places: list[str]) -> tuple[Span, ...]:
        return tuple(Span(*place(report["text"], p)) for p in places)

    return [Attribution(a["id"], a["source"], spans(a["source_span"]), spans(a["cue"]), spans(a["content"]), a["manner"], 1.0) for a in report["attributions"]]


def score(folder: Path, *, frozen: bool, misses: bool = False, reader: reportedly.Reader | None = None) -> dict[str, tuple[int, int, int]]:
    """For each kind: pairs, gold, found."""
    sums = {kind: (0, 0, 0) for kind in KINDS}
    for name, report in reports(folder, frozen=frozen):
        text = report["text"]
        known = reader.read(reportedly.article(text, as_is=True)).attributions if reader else attributions(report)
        voice = find_voice(text, known)
        for kind in KINDS:
            gold = [place(text, v["span"]) for v in report.get("voice", []) if v["kind"] == kind]
            found = [(v.start, v.end) for v in voice if v.kind == kind]
            matched = pairs([words(text, *g) for g in gold], [words(text, *f) for f in found], LEAST)
            sums[kind] = tuple(a + b for a, b in zip(sums[kind], (len(matched), len(gold), len(found)), strict=True))  # type: ignore[assignment]
            if misses:
                for i in set(range(len(gold))) - {i for i, _ in matched}:
                    print(f"{name}: {kind} missed {text[slice(*gold[i])]!r}")
                for j in set(range(len(found))) - {j for _, j in matched}:
                    print(f"{name}: {kind} not in gold {text[slice(*found[j])]!r}")
    return sums


def main() -> None:
    folder = Path(sys.argv[sys.argv.index("--folder") + 1]) if "--folder" in sys.argv else FOLDER
    reader = reportedly.Reader() if "--read" in sys.argv else None
    for kind, (hits, gold, found) in score(folder, frozen="--frozen" in sys.argv, misses="--misses" in sys.argv, reader=reader).items():
        print(f"{kind:10s} gold {gold:3d}  found {found:3d}  P {100 * hits / max(1, found):5.1f}  R {100 * hits / max(1, gold):5.1f}  F1 {200 * hits / max(1, gold + found):5.1f}")


if __name__ == "__main__":
    main()
