"""Fit the branch that tells by which words the writer judges (model.Judging) to a trained network, which stays as it is.

    PYTHONPATH=benchmarks python training/judging.py --run build/mix            writes RUN/judging.pt, which export.py takes into the graph
    PYTHONPATH=benchmarks python training/judging.py --run build/mix --folds 3  cross-validation over reports and pages; writes nothing

Learns from `wording/` (reports, single sentences, and pages that are kept by digest and offsets only) and from the open half of
benchmarks/wording. A minute or two on one core: the states are computed once. Without the shared data the pages are left out.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from data import load, split_train
from evaluate import shared
from figures import pairs, words
from model import LAYERS, Judging, restore
from reportedly.reader import windows
from reportedly.reader.cover import Cover
from reportedly.reader.encoding import Encoded, encode
from reportedly.reader.voice import loaded
from reportedly.reader.wordpiece import WordPiece
from train import held_out, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from model import Network

FOLDER = Path(__file__).with_name("wording")
OPEN = Path(__file__).resolve().parents[1] / "benchmarks" / "wording" / "open.jsonl"
UNKNOWN = -1.0
EPOCHS, RATE, BATCH = 10, 3e-3, 8
BOUNDS = [(possible, listed, likely) for possible in (0.1, 0.15, 0.2) for listed in (0.3, 0.5) for likely in (0.5, 0.6, 0.7, 0.8, 0.9)]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the passages that judge; where `plain` is given, nothing but those and these was looked at. `kind` is the file it is from."""

    kind: str
    text: str
    passages: list[tuple[int, int]]
    plain: list[tuple[int, int]] | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """States of LAYERS (layers, T, width), what each subword is (T,): 1 judging, 0 not, UNKNOWN; and which words it scores: their rows, from `start` on."""

    states: torch.Tensor
    labels: torch.Tensor
    rows: np.ndarray
    start: int


@dataclass(frozen=True, slots=True)
class Text:
    """A marked text as the network sees it."""

    marked: Marked
    encoded: Encoded
    windows: list[Window]
    quoted: Cover


def texts() -> Iterator[Marked]:
    """All that is learned from."""
    for kind, path in (("report", FOLDER / "reports.jsonl"), ("open", OPEN)):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            yield Marked(kind, row["text"], spans(row["loaded"]))
    lines = (FOLDER / "sentences.txt").read_text("utf-8").splitlines()
    random.Random(5).shuffle(lines)  # a paragraph is made of lines that have nothing to do with each other
    for k in range(0, len(lines), 3):
        yield braced(" ".join(lines[k : k + 3]))
    known = {sha256(text.encode()).hexdigest(): text for text in pages()}
    for kind, name in (("page", "pages.jsonl"), ("verdict", "verdicts.jsonl")):
        for row in map(json.loads, (FOLDER / name).read_text("utf-8").splitlines()):
            if row["digest"] in known:
                yield Marked(kind, known[row["digest"]][: row.get("read")], spans(row["loaded"]), spans(row["plain"]) if kind == "verdict" else None)


def spans(rows: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in rows]


def braced(text: str) -> Marked:
    """A text whose passages stand in braces."""
    plain, found = "", []
    for part in re.split(r"(\{.*?\})", text):
        inner = part.strip("{}")
        if inner != part:
            found.append((len(plain), len(plain) + len(inner)))
        plain += inner
    return Marked("sentences", plain, found)


def pages() -> Iterator[str]:
    """Saved pages and articles of PolNeAR train that may be learned from: not those whose gold is reported, and none of the fold."""
    folder, without = shared() / "data", held_out()
    if not folder.is_dir():
        return
    for page in json.loads((folder / "pages" / "aed_articles.json").read_text("utf-8")):
        text = page["text"] if page["text"].startswith(page["title"]) else f"{page['title'].strip()}\n\n{page['text']}"
        if sha256(text.encode()).hexdigest() not in without:
            yield text
    yield from (record["text"] for record in split_train(load(folder / "polnear" / "train.jsonl"))[0] if sha256(record["text"].encode()).hexdigest() not in without)


def seen(network: Network, marked: Marked, tokenizer: WordPiece) -> Text:
    """The states of a text. What stands in a quotation is not the writer's and says nothing."""
    encoded = encode(marked.text, tokenizer)
    quoted = Cover((q.start, q.end) for q in encoded.quotations if q.depth == 0 and q.closed)
    labels = np.full(len(encoded.words), 0.0 if marked.plain is None else UNKNOWN, np.float32)
    for value, places in ((0.0, marked.plain or ()), (1.0, marked.passages)):
        for start, end in places:
            labels[(encoded.words[:, 0] < end) & (encoded.words[:, 1] > start)] = value
    labels[[quoted.touches(*word) for word in encoded.words.tolist()]] = UNKNOWN
    bounds, out = np.append(encoded.first, len(encoded.ids)), []
    for low, high, start, end in windows.plan(encoded.first, encoded.paragraph, len(encoded.ids)):
        a, b = bounds[low], min(bounds[high], bounds[low] + 510)
        ids, shapes = np.r_[tokenizer.cls, encoded.ids[a:b], tokenizer.sep], np.r_[0, encoded.shapes[a:b], 0]
        rows = np.minimum(encoded.first[start:end] - a + 1, len(ids) - 2)
        aims = np.full(len(ids), UNKNOWN, np.float32)
        aims[rows] = labels[start:end]
        if marked.plain is None or labels[start:end].max() > UNKNOWN:
            out.append(Window(states(network, ids, shapes), torch.from_numpy(aims), rows, start))
    return Text(marked, encoded, out, quoted)


def states(network: Network, ids: np.ndarray, shapes: np.ndarray) -> torch.Tensor:
    """What the layers that the branch looks at say of one window (layers, T, width)."""
    with torch.no_grad():
        one = torch.from_numpy(ids[None]), torch.from_numpy(shapes[None])
        every = network.every_layer(*one, torch.ones_like(one[0], dtype=torch.bool))
        return torch.cat([every[n] for n in LAYERS])


def fit(learned: Sequence[Text], seed: int) -> Judging:
    """The branch, by AdamW over windows; the rate rises for a tenth of the steps and falls to nothing."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    items = [window for text in learned for window in text.windows]
    branch = Judging()
    optimiser = torch.optim.AdamW(branch.parameters(), RATE, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * -(-len(items) // BATCH), pct_start=0.1)
    for _ in range(EPOCHS):
        items.sort(key=lambda w: len(w.labels) + 40 * rng.random())
        several = [items[k : k + BATCH] for k in range(0, len(items), BATCH)]
        rng.shuffle(several)
        for batch in several:
            length = max(len(w.labels) for w in batch)
            x = torch.stack([F.pad(w.states, (0, 0, 0, length - len(w.labels))) for w in batch], 1)
            y = torch.stack([F.pad(w.labels, (0, length - len(w.labels)), value=UNKNOWN) for w in batch])
            loss = F.binary_cross_entropy_with_logits(branch(x)[y != UNKNOWN], y[y != UNKNOWN])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimiser.step()
            schedule.step()
    return branch.eval()


def judged(branch: Judging, text: Text) -> np.ndarray:
    """How likely each word judges (W,)."""
    with torch.no_grad():
        return np.concatenate([torch.sigmoid(branch(w.states[:, None])[0])[torch.from_numpy(w.rows)].numpy() for w in text.windows])


def counted(text: Text, likely: np.ndarray) -> tuple[int, int, int]:
    """(pairs, gold, found) of one text, as benchmarks/voice.py counts them, list and all; but what no quotation holds is taken for the writer's."""
    found = loaded.loaded(text.marked.text, loaded.judging_words(text.encoded.words, likely), text.quoted)
    gold = text.marked.passages
    matched = pairs([words(text.marked.text, *g) for g in gold], [words(text.marked.text, *f) for f in found], 0.5)
    return len(matched), len(gold), len(found)


def validate(read: Sequence[Text], folds: int, seed: int) -> None:
    """Each text with a branch that has not seen it; sentences and verdicts are always learned from."""
    held = [text for text in read if text.marked.kind in ("report", "open", "page")]
    random.Random(1).shuffle(held)
    likely: dict[int, np.ndarray] = {}
    for k in range(folds):
        out = {id(text) for text in held[k::folds]}
        branch = fit([text for text in read if id(text) not in out], seed)
        likely.update({id(text): judged(branch, text) for text in held[k::folds]})
    print("| of | possible | listed | likely | gold | found | precision | recall | F1 |\n|---|---|---|---|---|---|---|---|---|")
    for kind in ("report", "open", "page"):
        for bounds in BOUNDS:
            loaded.POSSIBLE, loaded.LISTED, loaded.LIKELY = bounds
            hits, gold, found = np.sum([counted(text, likely[id(text)]) for text in held if text.marked.kind == kind], axis=0)
            figures = f"{100 * hits / max(1, found):.1f} | {100 * hits / max(1, gold):.1f} | {200 * hits / max(1, gold + found):.1f}"
            print(f"| {kind} | {' | '.join(map(str, bounds))} | {gold} | {found} | {figures} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0, help="cross-validate with so many folds instead of writing")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    network, tokenizer = restore(options.run), WordPiece(vocabulary())
    read = [seen(network, marked, tokenizer) for marked in texts()]
    for kind in sorted({text.marked.kind for text in read}):
        some = [text for text in read if text.marked.kind == kind]
        print(f"{kind:10s} {len(some):4d} texts, {sum(len(t.marked.passages) for t in some):4d} passages, {sum(len(t.encoded.words) for t in some):6d} words")
    if options.folds:
        validate(read, options.folds, options.seed)
    else:
        torch.save(fit(read, options.seed).state_dict(), options.run / "judging.pt")


if __name__ == "__main__":
    main()
