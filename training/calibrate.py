"""Fit `score` on the fold of train that the network never saw, with the encoder as it ships (int8).

    python training/calibrate.py --run build/run1 --model build/export

Each attribution that the reader finds counts as right when the shared scorer pairs it in its `attr` row.
The fit is a logistic regression over decoding.FEATURES, with a small ridge. Writes RUN/score.json.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from data import load, split_train
from evaluate import as_offsets, read, scorer, shared
from reportedly.reader.decoding import FEATURES
from reportedly.reader.encoder import OnnxEncoder

RIDGE = 1.0


def outcomes(encoder: OnnxEncoder, records: list[dict]) -> tuple[np.ndarray, np.ndarray]:
    """Features (N, F) of all attributions found in gold articles, and whether each is right (N,)."""
    module = scorer()
    features, right = [], []
    for record in records:
        found, encoded = read(record["text"], encoder, encoder.weights, encoder.tokenizer)
        text = module.Text(record["text"])
        gold = [module.Attribution(text, a) for a in record["attributions"]]
        predicted = [module.Attribution(text, as_offsets(c, encoded)) for c in found]
        hits = {j for _, j in module.paired(gold, predicted, module.attr_worth)}
        features += [c.features for c in found]
        right += [j in hits for j in range(len(found))]
    return np.array(features), np.array(right, float)


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method: weights and, last, the constant."""
    mean, deviation = x.mean(0), x.std(0) + 1e-9
    z = np.c_[(x - mean) / deviation, np.ones(len(x))]
    w = np.zeros(z.shape[1])
    penalty = np.r_[np.full(x.shape[1], RIDGE), 0.0]
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        w -= np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + np.diag(penalty), z.T @ (p - y) + penalty * w)
    return np.r_[w[:-1] / deviation, w[-1] - (w[:-1] * mean / deviation).sum()]


def calibration_error(p: np.ndarray, y: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error over bins of equal size."""
    order = np.array_split(np.argsort(p), bins)
    return float(sum(len(k) * abs(p[k].mean() - y[k].mean()) for k in order) / len(p))


def threshold(p: np.ndarray, y: np.ndarray, precision: float) -> float:
    """The lowest score from which on at least `precision` of the attributions are right."""
    order = np.argsort(-p)
    running = np.cumsum(y[order]) / np.arange(1, len(y) + 1)
    good = np.flatnonzero(running >= precision)
    return float(p[order][good[-1]]) if len(good) else 1.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    options = parser.parse_args()
    _, fold = split_train(load(shared() / "data" / "polnear" / "train.jsonl"))
    x, y = outcomes(OnnxEncoder(options.model), fold)
    w = fit(x, y)
    p = 1 / (1 + np.exp(-(x @ w[:-1] + w[-1])))
    result = {
        "weights": w.tolist(),
        "features": list(FEATURES),
        "fold": {
            "articles": len(fold), "attributions": len(y), "right": round(float(y.mean()), 4), "calibration_error": round(calibration_error(p, y), 4),
            "threshold_90": round(threshold(p, y, 0.90), 4), "threshold_92": round(threshold(p, y, 0.92), 4), "kept_92": round(float((p >= threshold(p, y, 0.92)).mean()), 3),
        },
    }  # fmt: skip
    (options.run / "score.json").write_text(json.dumps(result, indent=1))
    print(json.dumps(result["fold"]))


if __name__ == "__main__":
    main()
