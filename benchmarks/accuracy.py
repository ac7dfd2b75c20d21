"""Accuracy of the shipped reader on PolNeAR dev by the shared scorer, with bootstrap intervals over articles.

    python benchmarks/accuracy.py [--gold FILE] [--samples N]

Prints Markdown: each row with precision, recall, F1 and the interval of F1; the parts; calibration of the score;
the share of attributions whose source is unknown though the gold has one; precision at the default of --min-score.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

import reportedly
from reportedly.show import EYES
from shared import SHARED, as_gold, outer, shared_scorer

ROWS = ("exact_source", "exact_cue", "exact_content", "content50", "attr", "attr+cue", "attr_sourced", "strict")
PARTS = ("direct", "mixed", "indirect")


def rows(result: dict[str, Any]) -> dict[str, float]:
    return {row: 100 * (v["F1"] if isinstance(v, dict) else v) for row, v in result.items()}


def combined(module: Any, scorers: list[Any], picks: np.ndarray) -> dict[str, float]:
    """The figures of some articles together, from their own counts."""
    whole = module.Scorer()
    for k in picks:
        whole.counts.update(scorers[k].counts)
        whole.label_pairs.update(scorers[k].label_pairs)
    return rows(whole.result())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=SHARED / "data" / "polnear" / "dev.jsonl")
    parser.add_argument("--samples", type=int, default=500)
    options = parser.parse_args()
    module = shared_scorer()
    records = [json.loads(line) for line in options.gold.open(encoding="utf-8")]
    readings = list(reportedly.Reader().read_many(reportedly.article(r["text"], as_is=True) for r in records))
    found = [[as_gold(a) for a in outer(reading)] for reading in readings]

    def scored(part: str) -> list[Any]:
        out = []
        for record, attributions in zip(records, found, strict=True):
            out.append(module.Scorer(part))
            out[-1].add(record["text"], record["attributions"], attributions)
        return out

    scorers = scored("all")
    everything = np.arange(len(records))
    rng = np.random.default_rng(0)
    samples = [combined(module, scorers, rng.choice(everything, len(everything))) for _ in range(options.samples)]
    point = combined(module, scorers, everything)
    print(f"{options.gold.name}: {len(records)} articles, {sum(len(r['attributions']) for r in records)} attributions, {sum(map(len, found))} found\n")
    print("| row | F1 | 95 % interval |\n|---|---|---|")
    for row in (*ROWS, "alpha", "src_acc"):
        low, high = np.percentile([s[row] for s in samples], [2.5, 97.5])
        print(f"| {row} | {point[row]:.1f} | {low:.1f} to {high:.1f} |")
    print("\n| part | attr | strict | content50 | src_acc |\n|---|---|---|---|---|")
    for part in PARTS:
        values = combined(module, scored(part), everything)
        print(f"| {part} | " + " | ".join(f"{values[row]:.1f}" for row in ("attr", "strict", "content50", "src_acc")) + " |")

    scores, right, sourced, unknown = [], [], 0, 0
    for record, reading, attributions in zip(records, readings, found, strict=True):
        text = module.Text(record["text"])
        gold, predicted = ([module.Attribution(text, a) for a in side] for side in (record["attributions"], attributions))
        hits = {j for _, j in module.paired(gold, predicted, module.attr_worth)}
        scores += [a.score for a in outer(reading)]
        right += [j in hits for j in range(len(predicted))]
        for i, j in module.paired(gold, predicted, module.content_worth):
            if gold[i].words["source"]:
                sourced += 1
                unknown += not predicted[j].words["source"]
    p, y = np.array(scores), np.array(right, float)
    bins = np.array_split(np.argsort(p), 10)
    error = sum(len(b) * abs(p[b].mean() - y[b].mean()) for b in bins) / len(p)
    shown = p >= EYES
    print(f"\nscore: expected calibration error {error:.3f} (ten bins of equal size)")
    print(f"--min-score {EYES}: precision {100 * y[shown].mean():.1f} over {100 * shown.mean():.0f} % of what was found")
    print(f"source unknown though the gold has one: {100 * unknown / sourced:.1f} % of {sourced} paired attributions")


if __name__ == "__main__":
    main()
