"""The mean of the weights of several runs that began at the same place (Wortsman et al. 2022, model soups).

    python training/soup.py --out build/soup build/run1 build/run2 build/run3

With weights, as between a network before and after it was trained on (Wortsman et al. 2022, robust fine-tuning). A head that an earlier run lacks is the mean of the runs that have it. Writes OUT/averaged.pt.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def mean(states: list[dict[str, torch.Tensor]], weights: list[float]) -> dict[str, torch.Tensor]:
    """Each parameter's weighted mean over the runs that have it."""
    out = {}
    for name in sorted({name for state in states for name in state}):
        having = [(state[name].float(), w) for state, w in zip(states, weights, strict=True) if name in state]
        alike = all(torch.equal(value, having[0][0]) for value, _ in having)  # what was not trained stays as it is to the last bit
        out[name] = having[0][0] if alike else sum(value * w for value, w in having) / sum(w for _, w in having)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", type=float, nargs="+", help="one a run; by default all alike")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    weights = options.weights or [1.0] * len(options.runs)
    torch.save(mean([torch.load(run / "averaged.pt", weights_only=True) for run in options.runs], weights), options.out / "averaged.pt")


if __name__ == "__main__":
    main()
