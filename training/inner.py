"""Fit the weights by which verbs inside a content are found to report (`reportedly.reader.inner`).

    PYTHONPATH=benchmarks python training/inner.py           # writes src/reportedly/reader/data/inner.txt
    PYTHONPATH=benchmarks python training/inner.py --folds   # leaves each fifth of the articles out, and says how often it is right

A logistic regression over verbs: whether one is in a cue. They are those of PolNeAR's training articles that stand outside of every content,
and those of annotated contents (gold/) that stand in no content inside it. The articles of the stand-off gold are left out. Of the texts nothing
is kept but the lemmas of at least LEAST verbs, in a cue or not.
"""

from __future__ import annotations

import argparse
import bisect
import collections
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from data import contents, load, own_gold, own_pages, own_texts, passages, saved_pages, split_train
from reportedly.reader.inner import Passage, verbs
from reports import digest_of
from shared import SHARED
from voices import passes, real_open

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

FILE = Path(__file__).resolve().parents[1] / "src" / "reportedly" / "reader" / "data" / "inner.txt"
RIDGE = 1.0
LEAST = 8  # verbs in the texts that a feature must have
SMALL = 0.1  # weights below it are left out
Row = tuple[int, tuple[str, ...], bool]


def rows() -> Iterator[Row]:
    """(article, features, whether it reports) of every verb outside of contents, and of every one in a content that stands in no other one."""
    gold = (*real_open(), *real_open(folder="more"), *real_open(folder="fresh"), *passes()[0])
    without = {digest_of(report.text) for report in gold}
    records = [r for r in load(SHARED / "data" / "polnear" / "train.jsonl") if digest_of(r["text"]) not in without]
    saved = saved_pages(SHARED / "data" / "pages" / "aed_articles.json", without)
    known = [*saved, *(r["text"] for r in split_train(records)[0])]
    read = [(row["id"], row) for row in own_gold("inner.jsonl", known)]
    read += [(r["id"], content) for r in (*own_texts(), *own_pages(saved)) for content in contents(r)]
    number = {name: n for n, name in enumerate(dict.fromkeys([*(r["text"] for r in records), *(name for name, _ in read)]))}
    for record in records:
        yield from _verbs(number[record["text"]], record["text"], record["attributions"])
    for name, row in read:
        for passage in passages(row):
            yield from _verbs(number[name], passage.words, passage.attributions)


def _verbs(number: int, text: str, attributions: Collection[dict]) -> Iterator[Row]:
    cues, there = (sorted((a, b) for found in attributions for a, b in found[part]) for part in ("cue", "content"))
    passage = Passage(text)
    for verb in verbs(passage):
        at = passage.starts[verb.head]
        reports = _holds(cues, at)
        if reports or not _holds(there, at):
            yield number, verb.features, reports


def _holds(spans: Sequence[tuple[int, int]], at: int) -> bool:
    k = bisect.bisect_right(spans, (at, 1 << 60)) - 1
    return any(a <= at < b for a, b in spans[max(0, k - 3) : k + 1])


def fit(data: Sequence[Row]) -> dict[str, float]:
    """Weights by name."""
    counts = collections.Counter(name for _, features, _ in data for name in features)
    names = sorted(name for name, n in counts.items() if n >= LEAST)
    place = {name: k for k, name in enumerate(names)}
    at = [(i, place[name]) for i, (_, features, _) in enumerate(data) for name in features if name in place]
    table = sparse.csr_matrix((np.ones(len(at)), tuple(zip(*at, strict=True))), shape=(len(data), len(names)))
    right = np.array([reports for _, _, reports in data], float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = table @ w
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        return float(np.logaddexp(0, z).sum() - right @ z + RIDGE * w @ w / 2), table.T @ (p - right) + RIDGE * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return {name: round(float(x), 2) for name, x in zip(names, found, strict=True) if abs(x) >= SMALL}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", action="store_true")
    options = parser.parse_args()
    data = list(rows())
    print(f"{len(data)} verbs, {sum(r[2] for r in data)} report")
    if options.folds:
        seen = []
        for k in range(5):
            weights = fit([r for r in data if r[0] % 5 != k])
            seen += [(sum(weights.get(n, 0.0) for n in features), reports) for number, features, reports in data if number % 5 == k]
        for least in (-1.0, 0.0, 0.5, 1.0, 1.5, 2.0):
            given = [r for z, r in seen if z >= least]
            print(f"least {least:4.1f}: precision {100 * sum(given) / max(1, len(given)):.1f}, recall {100 * sum(given) / sum(r for _, r in seen):.1f}")
        return
    weights = fit(data)
    head = [line for line in FILE.read_text("utf-8").splitlines() if line.startswith("#")]
    FILE.write_text("\n".join([*head, *(f"{value} {name}" for name, value in weights.items())]) + "\n", "utf-8")
    print(f"{len(weights)} weights: {FILE}")


if __name__ == "__main__":
    main()
