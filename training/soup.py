"""The mean of the weights of several runs that began at the same place (Wortsman et al. 2022, model soups).

    python training/soup.py --out build/soup build/run1 build/run2 build/run3

A head that an earlier run lacks is the mean of the runs that have it. Writes OUT/averaged.pt.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def mean(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Each parameter's mean over the runs that have it."""
    names = {name for state in states for name in state}
    return {name: torch.stack([state[name].float() for state in states if name in state]).mean(0) for name in sorted(names)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean([torch.load(run / "averaged.pt", weights_only=True) for run in options.runs]), options.out / "averaged.pt")


if __name__ == "__main__":
    main()
