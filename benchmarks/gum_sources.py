"""Coreference of sources out of domain: MUC, B3, CEAF-e and their mean on GUM (everything but news).

    python benchmarks/gum_sources.py [--wrong N]

GUM marks no source as such, but discourse units that hold source and cue. The source of a relation is taken to be the leftmost
mention of a person or a body in those units; the key is every chain that has such a mention. The response is every source of the
reading with at least one mention of the key; its other mentions stay in it and count against it. A second row leaves out chains
of which the reading has no source at all, so that what the encoder misses is told from what is resolved wrongly.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
from typing import Any

import reportedly
from coreference import Coreference
from shared import SHARED
from voices import offsets, same_mentions

VOICES = ("person", "organization", "animal")  # a fable's fox may speak


def key_chains(document: dict[str, Any]) -> dict[str, frozenset[tuple[int, int]]]:
    """The chains that have a source, as mentions."""
    places = {e["id"]: e["span"] for e in document["edus"]}
    chains: dict[str, set[tuple[int, int]]] = collections.defaultdict(set)
    for m in document["mentions"]:
        chains[m["chain"]].add((m["span"][0], m["span"][1]))
    sources = set()
    for relation in document["attributions"]:
        units = [places[name] for name in relation["source_edus"]]
        there = [m for m in document["mentions"] if m["type"] in VOICES and any(a <= m["span"][0] and m["span"][1] <= b for a, b in units)]
        if relation["polarity"] == "positive" and there:
            sources.add(min(there, key=lambda m: (m["span"][0], -m["span"][1]))["chain"])
    return {chain: frozenset(chains[chain]) for chain in sources}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wrong", type=int, default=0, help="so many wrong merges to print")
    options = parser.parse_args()
    with gzip.open(SHARED / "data" / "gum" / "gum_not_news.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    everything, met = Coreference(), Coreference()
    merges = wrong = 0
    shown: list[str] = []
    readings = reportedly.Reader().read_many(reportedly.article(d["text"], as_is=True) for d in documents)
    for document, reading in zip(documents, readings, strict=True):
        text, key = document["text"], key_chains(document)
        owner = {(m["span"][0], m["span"][1]): m["chain"] for m in document["mentions"]}
        found = [offsets(s.mentions) for s in reading.sources]
        there = same_mentions(text, list(owner), [m for mentions in found for m in mentions])
        response = []
        for source, mentions in zip(reading.sources, found, strict=True):
            owners = collections.Counter(owner[there[m]] for m in mentions if m in there)
            main_chain = owners.most_common(1)[0][0] if owners else None
            merges += sum(owners.values()) - 1 if owners else 0
            wrong += sum(owners.values()) - max(owners.values(), default=0)
            shown += [f"{document['doc']}: {source.name or source.description} has {text[a:b]!r} in {text[max(0, a - 60) : b + 30]!r}" for a, b in mentions if (a, b) in there and owner[there[a, b]] != main_chain]
            if owners.keys() & key.keys():
                response.append(frozenset(there.get(m, m) for m in mentions))
        everything.add(list(key.values()), response)
        reached = [chain for chain in key.values() if any(chain & cluster for cluster in response)]
        met.add(reached, response)
    print("| chains | MUC | B3 | CEAFe | mean |\n|---|---|---|---|---|")
    for name, rows in (("all that have a source", everything.result()), ("those met by a source of the reading", met.result())):
        print(f"| {name} | " + " | ".join(f"{value:.1f}" for value in rows.values()) + " |")
    print(f"\nwrong merges: {wrong} of {merges}, {100 * wrong / max(1, merges):.1f} %")
    for line in shown[:: max(1, len(shown) // max(1, options.wrong))][: options.wrong]:
        print(line)


if __name__ == "__main__":
    main()
