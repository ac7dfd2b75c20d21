"""Out of domain: attribution relations of GUM (court, podcast, speech, academic, biography and more).

    python benchmarks/gum.py [--show CLASS]

GUM marks attributions between discourse units, in which source and cue share one. A reading's attribution
matches a relation one to one when its content touches the relation's content units and its source or cue
touches the source units. Recall is over positive relations; a match with a negative one ("did not say") is not
counted against precision.

GUM has no relation for what stands in one unit with its cue: "she welcomed the plan", "according to him", and
infinitives ("wants to go"), which PolNeAR counts. Precision is given over all and over what GUM can hold.
Misses and false alarms are classed by the words of their cue.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import re
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

import reportedly
from shared import SHARED


def units(spans: Any, places: list[tuple[str, int, int]]) -> frozenset[str]:
    """Discourse units that some spans share a word with."""
    return frozenset(name for name, a, b in places for s in spans if s.start < b and a < s.end)


# in this order: the first that fits names the class
CLASSES = {
    "spoken quotative (was like, goes)": r"\b(?:like|go|goes|went|going|all)\W*$",
    "no verb (signature, credit, byline)": None,
    "command (note that, make sure)": r"^\W*(?:and |but |so |please |let['’]?s |let us |you should )*(?:note|notice|remember|make sure|ensure|confirm|be |imagine|suppose|assume|tell|say|determine|know|see)\b",
    "perception or discovery": r"\b(?:see|saw|seen|hear|heard|watch\w*|notic\w+|find|found|discover\w*|learn\w*|realis\w+|realiz\w+|recogni\w+|observ\w+|remember\w*|recall\w*)\b",
    "thought or feeling": r"\b(?:think|thinks|thinking|thought|know|knows|knew|knowing|known|believ\w+|feel|feels|felt|wonder\w*|guess\w*|assum\w+|hop\w+|wish\w*|want\w*|decid\w+|expect\w*|suppos\w+|understand\w*|understood|doubt\w*|fear\w*|worr\w+|sure|certain|glad|sorry|afraid|convinced|aware|mean|means|meant|imagin\w+|consider\w*|suspect\w*|accept\w*)\b",
    "a thing that shows": r"\b(?:show\w*|suggest\w*|impl(?:y|ies|ied)|indicat\w+|prov\w+|demonstrat\w+|reveal\w*|ensur\w+|confirm\w*|find\w*|conclude\w*)\b",
}
VERB = re.compile(r"\b(?:\w+ed|\w+ing|\w+s|said|say|told|tell|think|thought|know|knew|feel|felt|see|saw|hear|heard|find|found|was|is|are|were|be|have|had|will|would|can|could|do|did)\b")


def named(words: str) -> str:
    """The class of a source with its cue."""
    for name, pattern in CLASSES.items():
        if re.search(pattern, words, re.IGNORECASE) if pattern else not VERB.search(words):
            return name
    return "speech and the rest"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", help="print the misses and false alarms whose class begins so")
    options = parser.parse_args()
    with gzip.open(SHARED / "data" / "gum" / "gum_not_news.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    counts: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0, 0])
    classed: dict[str, list[list[str]]] = collections.defaultdict(lambda: [[], []])
    readings = reportedly.Reader().read_many(reportedly.article(d["text"], as_is=True) for d in documents)
    for document, reading in zip(documents, readings, strict=True):
        places = [(e["id"], *e["span"]) for e in document["edus"]]
        at = {name: (a, b) for name, a, b in places}
        gold = [(g["polarity"] == "positive", frozenset(g["source_edus"]), frozenset(g["content_edus"])) for g in document["attributions"]]
        found = [(units((*a.source_spans, *a.cue_spans), places), units(a.content_spans, places)) for a in reading.attributions]
        held = [bool(said - units(a.cue_spans or a.source_spans, places)) for a, (_, said) in zip(reading.attributions, found, strict=True)]
        table = np.zeros((len(gold), len(found)))
        for i, (_, source, content) in enumerate(gold):
            for j, (voice, said) in enumerate(found):
                if content & said and (source & voice):
                    table[i, j] = 1 + len(content & said) / len(content | said)
        pairs = [(i, j) for i, j in zip(*linear_sum_assignment(-table), strict=True) if table[i, j] > 0] if table.size else []
        hits, used = {i for i, _ in pairs}, {j for _, j in pairs}
        positive = [i for i, g in enumerate(gold) if g[0]]
        for key in ("all", document["genre"]):
            row = counts[key]
            row[0] += sum(i in hits for i in positive)
            row[1] += len(positive)
            row[2] += len(found) - sum(not gold[i][0] for i in hits)
            row[3] += sum(held[j] or j in used for j in range(len(found))) - sum(not gold[i][0] for i in hits)
        words = lambda names: " ".join(document["text"][slice(*at[n])] for n in sorted(names, key=lambda n: at[n]))  # noqa: B023, E731
        for i in positive:
            if i not in hits:
                voice = words(gold[i][1])
                classed[named(voice)][0].append(f"{document['genre']}: {voice} -> {words(gold[i][2])[:120]}")
        for j, a in enumerate(reading.attributions):
            if held[j] and j not in used:
                voice, said = (" ".join(document["text"][s.start : s.end] for s in spans) for spans in ((*a.source_spans, *a.cue_spans), a.content_spans))
                classed["infinitive" if re.match(r"to \w", said) else named(voice)][1].append(f"{document['genre']}: {voice} -> {said[:120]}")
    print("| genre | recall | precision | precision, of what GUM can hold | relations | found |\n|---|---|---|---|---|---|")
    for key, (hit, total, predicted, held_) in sorted(counts.items(), key=lambda kv: -kv[1][1]):
        print(f"| {key} | {100 * hit / max(1, total):.1f} | {100 * hit / max(1, predicted):.1f} | {100 * hit / max(1, held_):.1f} | {total} | {predicted} |")
    print("\n| class | missed | false, of what GUM can hold |\n|---|---|---|")
    for name, (missed, false) in sorted(classed.items(), key=lambda kv: -len(kv[1][0])):
        print(f"| {name} | {len(missed)} | {len(false)} |")
        if options.show and name.startswith(options.show):
            print(*("missed " + m for m in missed), *("false " + m for m in false), sep="\n")


if __name__ == "__main__":
    main()
