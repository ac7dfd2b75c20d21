"""Leave out the heads of attention and the inner units that say least.

    python training/prune.py --run build/soup --out build/pruned --heads 36 --inner 0.33

What a head or a unit is worth is the size of the loss's gradient by a gate on it (Michel, Levy and Neubig 2019; Molchanov
et al. 2017), summed over batches of training articles. The least are left out over all layers together, inner units in
groups of 32 of a layer. Writes OUT/averaged.pt, to be trained on with `train.py --init OUT --teacher RUN`.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch

from data import batches, example, load, split_train
from evaluate import shared
from model import HEAD, Network, restore
from reportedly.reader.wordpiece import WordPiece
from train import vocabulary

GROUP = 32  # of inner units: what a product of matrices takes at once


def worth(network: Network, articles: int, seed: int) -> tuple[list[torch.Tensor], list[torch.Tensor]]:
    """Of each layer: what its heads and its inner units are worth."""
    rng = random.Random(seed)
    tokenizer = WordPiece(vocabulary())
    kept, _ = split_train(load(shared() / "data" / "polnear" / "train.jsonl"))
    items = [example(r, tokenizer) for r in rng.sample(kept, articles)]
    for p in network.parameters():
        p.requires_grad_(requires_grad=False)
    network.gates = [(torch.ones(layer.heads, requires_grad=True), torch.ones(layer.up.out_features, requires_grad=True)) for layer in network.layers]
    heads, inner = ([torch.zeros_like(gate[k]) for gate in network.gates] for k in (0, 1))
    for batch in batches(items, 384, 2048, rng, tokenizer):
        tags, links = network.loss(batch, network.states(batch))
        (tags + 0.1 * links).backward()
        for k, gate in enumerate(network.gates):
            heads[k] += gate[0].grad.abs()
            inner[k] += gate[1].grad.abs()
            gate[0].grad = gate[1].grad = None
    network.gates = None
    return [h.detach() for h in heads], [i.detach() for i in inner]


def best_heads(values: list[torch.Tensor], count: int) -> list[torch.Tensor]:
    """Of each layer, the heads among the `count` best of all, at least one."""
    floor = torch.cat(values).sort(descending=True)[0][count - 1]
    return [torch.nonzero(v >= min(floor, v.max()))[:, 0] for v in values]


def best_units(values: list[torch.Tensor], share: float) -> list[torch.Tensor]:
    """Of each layer, its best units: as many groups as have a place among the best of all layers when `share` of them is left out."""
    sums = [v.sort(descending=True)[0].view(-1, GROUP).sum(1) for v in values]
    every = torch.cat(sums).sort()[0]
    floor = every[int(share * len(every))]
    return [v.argsort(descending=True)[: GROUP * max(1, int((s >= floor).sum()))].sort()[0] for v, s in zip(values, sums, strict=True)]


def pruned(network: Network, heads: list[torch.Tensor], units: list[torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weights with only these heads and units."""
    state = dict(network.state_dict())
    for k, (h, u) in enumerate(zip(heads, units, strict=True)):
        p = f"layers.{k}."
        rows = (h[:, None] * HEAD + torch.arange(HEAD)).flatten()
        whole = network.layers[k].heads * HEAD
        triple = torch.cat([rows, rows + whole, rows + 2 * whole])
        for name in ("qkv.weight", "qkv.bias"):
            state[p + name] = state[p + name][triple].clone()
        state[p + "out.weight"] = state[p + "out.weight"][:, rows].clone()
        for name in ("up.weight", "up.bias"):
            state[p + name] = state[p + name][u].clone()
        state[p + "down.weight"] = state[p + "down.weight"][:, u].clone()
    return state


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--heads", type=int, default=36, help="how many heads stay, of all layers together")
    parser.add_argument("--inner", type=float, default=0.33, help="share of the inner units to leave out")
    parser.add_argument("--articles", type=int, default=90)
    parser.add_argument("--seed", type=int, default=2)
    options = parser.parse_args()
    network = restore(options.run)
    heads, inner = worth(network, options.articles, options.seed)
    kept, units = best_heads(heads, options.heads), best_units(inner, options.inner)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(pruned(network, kept, units), options.out / "averaged.pt")
    print(f"heads {[len(k) for k in kept]}, inner units {[len(u) for u in units]}")


if __name__ == "__main__":
    main()
