"""Out of domain: attribution relations of GUM (court, podcast, speech, academic, biography and more).

    python benchmarks/gum.py [--misses N]

GUM marks attributions between discourse units, in which source and cue share one. A reading's attribution
matches a relation one to one when its content touches the relation's content units and its source or cue
touches the source units. Recall is over positive relations; a match with a negative one ("did not say") is not
counted against precision.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

import reportedly
from shared import SHARED


def units(spans: Any, places: list[tuple[str, int, int]]) -> frozenset[str]:
    """Discourse units that some spans share a word with."""
    return frozenset(name for name, a, b in places for s in spans if s.start < b and a < s.end)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    with gzip.open(SHARED / "data" / "gum" / "gum_not_news.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    counts: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0])
    misses = []
    readings = reportedly.Reader().read_many(reportedly.article(d["text"], as_is=True) for d in documents)
    for document, reading in zip(documents, readings, strict=True):
        places = [(e["id"], *e["span"]) for e in document["edus"]]
        at = {name: (a, b) for name, a, b in places}
        gold = [(g["polarity"] == "positive", frozenset(g["source_edus"]), frozenset(g["content_edus"])) for g in document["attributions"]]
        found = [(units((*a.source_spans, *a.cue_spans), places), units(a.content_spans, places)) for a in reading.attributions]
        table = np.zeros((len(gold), len(found)))
        for i, (_, source, content) in enumerate(gold):
            for j, (voice, said) in enumerate(found):
                if content & said and (source & voice):
                    table[i, j] = 1 + len(content & said) / len(content | said)
        pairs = [(i, j) for i, j in zip(*linear_sum_assignment(-table), strict=True) if table[i, j] > 0] if table.size else []
        hits = {i for i, _ in pairs}
        positive = [i for i, g in enumerate(gold) if g[0]]
        for key in ("all", document["genre"]):
            row = counts[key]
            row[0] += sum(i in hits for i in positive)
            row[1] += len(positive)
            row[2] += len(found) - sum(not gold[i][0] for i in hits)
        words = lambda names: " ".join(document["text"][slice(*at[n])] for n in sorted(names, key=lambda n: at[n]))  # noqa: B023, E731
        misses += [(document["genre"], words(gold[i][1]), "->", words(gold[i][2])[:120]) for i in positive if i not in hits]
    print("| genre | recall | precision | relations | found |\n|---|---|---|---|---|")
    for key, (hit, total, predicted) in sorted(counts.items(), key=lambda kv: -kv[1][1]):
        print(f"| {key} | {100 * hit / max(1, total):.1f} | {100 * hit / max(1, predicted):.1f} | {total} | {predicted} |")
    for miss in misses[:: max(1, len(misses) // max(1, options.misses))][: options.misses]:
        print(*miss)


if __name__ == "__main__":
    main()
