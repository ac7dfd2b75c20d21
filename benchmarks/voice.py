"""The writer's own voice against the project's gold reports: loaded wording and unsettled clauses, F1 each.

    python benchmarks/voice.py [--frozen] [--misses] [--read] [--folder DIR]

A found and a gold passage of one kind are a pair when they share at least half of their words. Contents of attributions are the
gold's, so that one stage is scored alone; with --read they are the reader's own. The gold does not list assertions.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import reportedly
from figures import asked, pairs, words
from reportedly import Attribution, Span
from reportedly.reader.voice import find_voice

if TYPE_CHECKING:
    from collections.abc import Iterable

    import reports

KINDS = ("loaded", "unsettled")
LEAST = 0.5


def attributions(report: reports.Report) -> list[Attribution]:
    """The gold's attributions, as far as the stage looks at them."""

    def spans(places: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
        return tuple(Span(*place) for place in places)

    return [Attribution(a.id, a.source, spans(a.source_span), spans(a.cue), spans(a.content), "indirect", 1.0) for a in report.attributions]


def score(golds: Iterable[reports.Report], *, misses: bool = False, reader: reportedly.Reader | None = None) -> dict[str, tuple[int, int, int]]:
    """For each kind: pairs, gold, found."""
    sums = dict.fromkeys(KINDS, (0, 0, 0))
    for report in golds:
        text = report.text
        known = reader.read(reportedly.article(text, as_is=True)).attributions if reader else attributions(report)
        voice = find_voice(text, known)
        for kind in KINDS:
            gold = [v.span for v in report.voice if v.kind == kind]
            found = [(v.start, v.end) for v in voice if v.kind == kind]
            matched = pairs([words(text, *g) for g in gold], [words(text, *f) for f in found], LEAST)
            hits, all_gold, all_found = sums[kind]
            sums[kind] = (hits + len(matched), all_gold + len(gold), all_found + len(found))
            if misses:
                for i in set(range(len(gold))) - {i for i, _ in matched}:
                    print(f"{report.name}: {kind} missed {text[slice(*gold[i])]!r}")
                for j in set(range(len(found))) - {j for _, j in matched}:
                    print(f"{report.name}: {kind} not in gold {text[slice(*found[j])]!r}")
    return sums


def main() -> None:
    reader = reportedly.Reader() if "--read" in sys.argv else None
    for kind, (hits, gold, found) in score(asked(), misses="--misses" in sys.argv, reader=reader).items():
        print(f"{kind:10s} gold {gold:3d}  found {found:3d}  P {100 * hits / max(1, found):5.1f}  R {100 * hits / max(1, gold):5.1f}  F1 {200 * hits / max(1, gold + found):5.1f}")


if __name__ == "__main__":
    main()
