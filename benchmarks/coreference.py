"""MUC, B-cubed and CEAF-e over clusters of mentions (Vilain et al. 1995; Bagga and Baldwin 1998; Luo 2005), and their mean (CoNLL)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from scipy.optimize import linear_sum_assignment

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    Clusters = Sequence[frozenset[Hashable]]


def muc(key: Clusters, response: Clusters) -> tuple[float, float]:
    """(links of the key that the response has, links of the key)."""
    place = {m: k for k, cluster in enumerate(response) for m in cluster}
    kept = total = 0
    for cluster in key:
        parts = {place.get(m, ("alone", m)) for m in cluster}
        kept += len(cluster) - len(parts)
        total += len(cluster) - 1
    return kept, total


def b_cubed(key: Clusters, response: Clusters) -> tuple[float, float]:
    """(sum over mentions of the key of how much of their cluster the response has, number of mentions)."""
    owner = {m: cluster for cluster in response for m in cluster}
    kept = sum(len(cluster & owner.get(m, frozenset())) / len(cluster) for cluster in key for m in cluster)
    return kept, sum(map(len, key))


def ceaf_e(key: Clusters, response: Clusters) -> float:
    """Sum of the similarities of the best one-to-one alignment of clusters."""
    if not key or not response:
        return 0.0
    similarity = [[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key]
    rows, columns = linear_sum_assignment(similarity, maximize=True)
    return float(sum(similarity[i][j] for i, j in zip(rows, columns, strict=True)))


class Coreference:
    """Sums over documents; `result` gives F1 in percent."""

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()

    def add(self, key: Clusters, response: Clusters) -> None:
        """One document."""
        for name, measure in (("MUC", muc), ("B3", b_cubed)):
            for side, (a, b) in (("R", (key, response)), ("P", (response, key))):
                kept, total = measure(a, b)
                self.sums[f"{name} {side} kept"] += kept  # type: ignore[assignment]
                self.sums[f"{name} {side} total"] += total  # type: ignore[assignment]
        self.sums["CEAFe kept"] += ceaf_e(key, response)  # type: ignore[assignment]
        self.sums["CEAFe R"] += len(key)
        self.sums["CEAFe P"] += len(response)

    def result(self) -> dict[str, float]:
        """F1 of each measure and their mean."""
        out = {}
        for name in ("MUC", "B3"):
            r, p = (self.sums[f"{name} {side} kept"] / max(1e-9, self.sums[f"{name} {side} total"]) for side in "RP")
            out[name] = 200 * p * r / max(1e-9, p + r)
        out["CEAFe"] = 200 * self.sums["CEAFe kept"] / max(1, self.sums["CEAFe R"] + self.sums["CEAFe P"])
        out["mean"] = sum(out.values()) / 3
        return out
