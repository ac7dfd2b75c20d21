"""The writer's own voice against the project's gold: loaded wording and unsettled clauses, F1 each.

    python benchmarks/voice.py [--frozen] [--misses] [--read] [--folder DIR]
    python benchmarks/voice.py --wording open|frozen [--misses]

A found and a gold passage of one kind are a pair when they share at least half of their words. Contents of attributions are the
gold's, so that one stage is scored alone; with --read they are the reader's own. The gold does not list assertions.
--wording takes the reports of wording/, which have no attributions: there they are always the reader's own. Of their frozen
half only totals are shown.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import reportedly
from figures import asked, pairs, words
from reportedly import Attribution, Span
from reportedly.reader import windows
from reportedly.reader.encoder import OnnxEncoder
from reportedly.reader.encoding import encode
from reportedly.reader.voice import find_voice, judging_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    import reports
    from reportedly.reader.voice.loaded import Word

KINDS = ("loaded", "unsettled")
LEAST = 0.5
WORDING = Path(__file__).with_name("wording")


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the passages of the writer's that an annotator marked, by kind; and whose words are known to be others', if they are."""

    name: str
    text: str
    passages: dict[str, list[tuple[int, int]]]
    attributions: tuple[Attribution, ...] | None = None


def wording(split: str) -> list[Marked]:
    """The reports of one half of wording/."""
    rows = map(json.loads, (WORDING / f"{split}.jsonl").read_text("utf-8").splitlines())
    return [Marked(row["id"], row["text"], {kind: [(start, end) for start, end in row[kind]] for kind in KINDS}) for row in rows]


def marked(report: reports.Report) -> Marked:
    """A gold report, as far as this scorer looks at it."""
    return Marked(report.name, report.text, {kind: [v.span for v in report.voice if v.kind == kind] for kind in KINDS}, tuple(attributions(report)))


def attributions(report: reports.Report) -> list[Attribution]:
    """The gold's attributions, as far as the stage looks at them."""

    def spans(places: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
        return tuple(Span(*place) for place in places)

    return [Attribution(a.id, a.source, spans(a.source_span), spans(a.cue), spans(a.content), "indirect", 1.0) for a in report.attributions]


def judging(text: str, encoder: OnnxEncoder) -> list[Word]:
    """The words that may judge, as the shipped encoder has it."""
    encoded = encode(text, encoder.tokenizer)
    return judging_words(encoded.words, windows.score(encoded, encoder, encoder.tokenizer).judging)


def score(golds: Iterable[Marked], *, misses: bool = False, reader: reportedly.Reader | None = None) -> dict[str, tuple[int, int, int]]:
    """For each kind: pairs, gold, found. A reader gives the attributions where it is given."""
    sums = dict.fromkeys(KINDS, (0, 0, 0))
    encoder = OnnxEncoder()
    for gold_text in golds:
        text = gold_text.text
        known = reader.read(reportedly.article(text, as_is=True)).attributions if reader else gold_text.attributions or ()
        voice = find_voice(text, known, judging(text, encoder))
        for kind in KINDS:
            gold = gold_text.passages[kind]
            found = [(v.start, v.end) for v in voice if v.kind == kind]
            matched = pairs([words(text, *g) for g in gold], [words(text, *f) for f in found], LEAST)
            hits, all_gold, all_found = sums[kind]
            sums[kind] = (hits + len(matched), all_gold + len(gold), all_found + len(found))
            if misses:
                for i in set(range(len(gold))) - {i for i, _ in matched}:
                    print(f"{gold_text.name}: {kind} missed {text[slice(*gold[i])]!r}")
                for j in set(range(len(found))) - {j for _, j in matched}:
                    print(f"{gold_text.name}: {kind} not in gold {text[slice(*found[j])]!r}")
    return sums


def main() -> None:
    split = sys.argv[sys.argv.index("--wording") + 1] if "--wording" in sys.argv else None
    misses = "--misses" in sys.argv and split != "frozen"
    golds = wording(split) if split else [marked(report) for report in asked()]
    reader = reportedly.Reader() if split or "--read" in sys.argv else None
    for kind, (hits, gold, found) in score(golds, misses=misses, reader=reader).items():
        print(f"{kind:10s} gold {gold:3d}  found {found:3d}  P {100 * hits / max(1, found):5.1f}  R {100 * hits / max(1, gold):5.1f}  F1 {200 * hits / max(1, gold + found):5.1f}")


if __name__ == "__main__":
    main()
