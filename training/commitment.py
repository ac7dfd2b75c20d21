"""Fit the ridge regressions of reader/commitment.py: one on UW, one on UDS-IH2.

    python training/commitment.py

Reads the shared factuality data (train) and writes src/reportedly/reader/data/commitment.{uw,uds}.txt. The ridge, the number of
times a feature must be seen and the smallest weight that is kept were chosen on MV2 and RP (UW's weights) and on tenths
of UDS-IH2 train that were left out of the fit (UDS-IH2's).
"""

from __future__ import annotations

import argparse
import collections
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse
from scipy.sparse.linalg import cg

import corrected
from reportedly.reader.certainty.commitment import features, locate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("REPORTEDLY_SHARED") or ROOT.parent / "shared") / "data" / "factuality"
OUT = ROOT / "src" / "reportedly" / "reader" / "data"
CORPORA = {"uw": "uw", "uds": "uds_ih2"}
RIDGE = 40.0
SEEN = 5
SMALLEST = 0.06
HEADER = """# Weights of reader/commitment.py's features, fitted by training/commitment.py on the train part of {corpus}.
# {terms}
"""
TERMS = {
    "uw": "UW: Lee, Artzi, Choi and Zettlemoyer (2015), Event detection and factuality assessment with non-expert supervision; no data licence stated.",
    "uds": "UDS-IH2: Rudinger, White and Van Durme (2018), Neural models of factuality; CC BY-SA 4.0.",
}


def targets(records: Iterable[dict]) -> Iterator[tuple[str, int, int, float]]:
    """Each predicate of a corpus: sentence, its start and end in characters, the label."""
    for record in records:
        words = record["text"].split(" ")
        starts = np.cumsum([0, *(len(word) + 1 for word in words)])
        for target in record["targets"]:
            a, b = target["span1"]
            yield record["text"], int(starts[a]), int(starts[b]) - 1, float(target["label"])


def examples(corpus: str, part: str, more: Path | None = None) -> tuple[list[set[str]], np.ndarray]:
    """Features and labels of a part of a corpus, and of what people corrected in the pages."""
    rows, labels = [], []
    records = (json.loads(line) for line in (SHARED / corpus / f"{part}.jsonl").open(encoding="utf-8"))
    for sentence, start, end, label in targets((*records, *(corrected.graded(more) if more else ()))):
        rows.append(set(features(*locate(sentence, start, end))))
        labels.append(label)
    return rows, np.array(labels)


def matrix(rows: list[set[str]], vocabulary: dict[str, int]) -> scipy.sparse.csr_matrix:
    """Rows of indicators (N, F)."""
    places = [(i, j) for i, row in enumerate(rows) for name in row if (j := vocabulary.get(name)) is not None]
    i, j = zip(*places, strict=True)
    return scipy.sparse.csr_matrix((np.ones(len(places)), (i, j)), shape=(len(rows), len(vocabulary)))


def fit(rows: list[set[str]], labels: np.ndarray, *, ridge: float = RIDGE, seen: int = SEEN, smallest: float = SMALLEST) -> tuple[float, dict[str, float]]:
    """The constant and the weights that are large enough to keep, to two decimals."""
    counts = collections.Counter(name for row in rows for name in row)
    vocabulary = {name: k for k, name in enumerate(sorted(name for name, n in counts.items() if n >= seen))}
    x = matrix(rows, vocabulary)
    mean = float(labels.mean())
    solution, _ = cg((x.T @ x + ridge * scipy.sparse.eye(x.shape[1])).tocsr(), x.T @ (labels - mean), rtol=1e-5, maxiter=500)
    return mean, {name: round(float(solution[k]), 2) for name, k in vocabulary.items() if abs(solution[k]) >= smallest}


def predict(rows: list[set[str]], model: tuple[float, dict[str, float]]) -> np.ndarray:
    """Values (N,) from -3 to 3."""
    constant, table = model
    return np.clip([constant + sum(table.get(name, 0.0) for name in row) for row in rows], -3, 3)


def pearson(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's correlation."""
    return float(np.corrcoef(a, b)[0, 1])


def choose() -> None:
    """Print how the choices fare on data that is not fitted and is no target."""
    uw, uds = examples("uw", "train"), examples("uds_ih2", "train")
    tenth = np.arange(len(uds[1])) // 50 % 10 == 0
    kept = [row for row, out in zip(uds[0], tenth, strict=True) if not out]
    left = [row for row, out in zip(uds[0], tenth, strict=True) if out]
    others = {name: examples(name, "train") for name in ("mv2", "rp")}
    for ridge in (10.0, 20.0, 40.0):
        for seen, smallest in ((3, 0.05), (5, 0.08), (8, 0.1)):
            one = fit(*uw, ridge=ridge, seen=seen, smallest=smallest)
            two = fit(kept, uds[1][~tenth], ridge=ridge, seen=seen, smallest=smallest)
            scores = "  ".join(f"{name} {pearson(predict(rows, one), labels):.3f}" for name, (rows, labels) in others.items())
            print(f"ridge {ridge:4.0f} seen {seen} smallest {smallest}: uw ({len(one[1])} weights) {scores}  uds ({len(two[1])} weights) tenth {pearson(predict(left, two), uds[1][tenth]):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--choose", action="store_true", help="print the table by which the constants were chosen, and write nothing")
    parser.add_argument("--corrected", type=Path, help="what people corrected in the pages, to learn from too (training/corrected.py)")
    options = parser.parse_args()
    if options.choose:
        choose()
        return
    for scale, corpus in CORPORA.items():
        constant, table = fit(*examples(corpus, "train", options.corrected))
        lines = [f"constant\t{constant:.3f}", *(f"{name}\t{weight}" for name, weight in sorted(table.items()))]
        path = OUT / f"commitment.{scale}.txt"
        path.write_text(HEADER.format(corpus=corpus, terms=TERMS[scale]) + "\n".join(lines) + "\n", "utf-8")
        print(f"{path.name}: {len(table)} weights, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
