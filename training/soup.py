"""Average the weights of several runs that started from one another (Wortsman et al. 2022, "Model soups").

python training/soup.py build/run1/averaged.pt build/run2/averaged.pt --out build/soup
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    states = [torch.load(path, weights_only=True) for path in options.runs]
    mean = {name: torch.stack([s[name].float() for s in states]).mean(0) for name in states[0]}
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(mean, options.out / "averaged.pt")


if __name__ == "__main__":
    main()
