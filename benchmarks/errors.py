"""What the reader misses and what it makes up on PolNeAR dev, with the text, by class.

    python benchmarks/errors.py [--show CLASS] [--most N]

Without --show it prints the table of classes: how many gold attributions belong to each, and the share found by
the `attr` row of the shared scorer. The text is printed for reading on one's own screen; it belongs to its publishers.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
from typing import TYPE_CHECKING, Any

import reportedly
from shared import SHARED, as_gold, outer, shared_scorer

if TYPE_CHECKING:
    from collections.abc import Callable

Spans = list[list[int]]
ROLES = ("source", "cue", "content")
PRONOUN = re.compile(r"(?:i|we|you|he|she|it|they|who|which|that)", re.IGNORECASE)
NOUN_CUE = re.compile(r"\b(?:the|a|an|his|her|their|its)\b.*|\w+(?:tion|ment|ence|ance|ism|ship)s?\b.*|(?:claim|report|belief|hope|fear|call|plan|idea|view|talk|news|worr|question|demand|support|speculation)\w*\b.*", re.IGNORECASE)
VERBLESS = re.compile(r"(?:according\s+to|per|as\s+per|[^\w\s]+|in\s+\w+\s+(?:words|view)|for)", re.IGNORECASE)
MIND = re.compile(r"\b(?:believ|think|thought|hop|want|plan|intend|expect|fear|wish|consider|prefer|know|knew|feel|felt|support|oppos|like|worr|doubt|seek|sought|aim|decid)", re.IGNORECASE)


def classes(text: str, a: dict[str, Spans]) -> list[str]:
    """The classes that a gold attribution belongs to."""
    words = lambda role: " ".join(text[s:e] for s, e in a[role])  # noqa: E731
    source, cue = words("source"), words("cue")
    first = {role: min(s for s, _ in a[role]) for role in ROLES if a[role]}
    last = {role: max(e for _, e in a[role]) for role in ROLES if a[role]}
    content = [text[s:e] for s, e in a["content"]]
    whole = text[first["content"] : last["content"]] if "content" in first else ""
    tests: dict[str, Callable[[], bool]] = {
        "pronoun source": lambda: bool(PRONOUN.fullmatch(source)),
        "long source (over 8 words)": lambda: len(source.split()) > 8,
        "no source": lambda: not source,
        "several sources": lambda: bool(re.search(r"\band\b|\bboth\b", source)),
        "inverted cue": lambda: bool(source and cue and first["content"] < first["cue"] < first["source"]),
        "parenthetical or split content": lambda: len(content) > 1,
        "nominal cue": lambda: bool(NOUN_CUE.fullmatch(cue)),
        "verbless cue": lambda: bool(VERBLESS.fullmatch(cue.strip())),
        "content over sentences": lambda: any(re.search(r"[.!?][”\"’]?\s+[A-Z“\"]", c) for c in content),
        "content over paragraphs": lambda: "\n" in whole,
        "belief or intention": lambda: bool(MIND.search(cue)),
        "short content (1 to 3 words)": lambda: len(" ".join(content).split()) <= 3,
        "far source (over 12 words)": lambda: bool(source and "cue" in first and len(text[min(last["source"], last["cue"]) : max(first["source"], first["cue"])].split()) > 12),
    }
    return ["all", *(name for name, test in tests.items() if test())]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", help="print misses of this class, or 'false alarms'")
    parser.add_argument("--most", type=int, default=50)
    options = parser.parse_args()
    module = shared_scorer()
    records = [json.loads(line) for line in (SHARED / "data" / "polnear" / "dev.jsonl").open(encoding="utf-8")]
    totals: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0])
    lines: dict[str, list[str]] = collections.defaultdict(list)
    readings = reportedly.Reader().read_many(reportedly.article(r["text"], as_is=True) for r in records)
    for record, reading in zip(records, readings, strict=True):
        source_text = record["text"]
        text = module.Text(source_text)
        found = [as_gold(a) for a in outer(reading)]
        gold, predicted = ([module.Attribution(text, a) for a in side] for side in (record["attributions"], found))
        by_content = {i for i, _ in module.paired(gold, predicted, module.content_worth)}
        pairs = module.paired(gold, predicted, module.attr_worth)
        hits = {i for i, _ in pairs}
        for i, a in enumerate(record["attributions"]):
            for name in classes(source_text, a):
                totals[name][0] += 1
                totals[name][1] += i in hits
                totals[name][2] += i in by_content
                if i not in hits:
                    lines[name].append(shown(source_text, a))
        lines["false alarms"] += [shown(source_text, a) for j, a in enumerate(found) if j not in {j for _, j in pairs}]
    if options.show:
        chosen = lines[options.show]
        print(*chosen[:: max(1, len(chosen) // options.most)][: options.most], sep="\n")
        return
    print("| class | gold | found, % | content found, % |\n|---|---|---|---|")
    for name, (total, hit, content) in sorted(totals.items(), key=lambda kv: -kv[1][0]):
        print(f"| {name} | {total} | {100 * hit / total:.1f} | {100 * content / total:.1f} |")
    print(f"\nfalse alarms: {len(lines['false alarms'])}")


def shown(text: str, a: dict[str, Any]) -> str:
    return " | ".join(" … ".join(" ".join(text[s:e].split()) for s, e in a[role]) or "–" for role in ROLES)


if __name__ == "__main__":
    main()
