"""Fit the branch that tells by which words the writer judges (model.Judging) to a trained network, which stays as it is.

    PYTHONPATH=benchmarks python training/judging.py --run build/mix            writes RUN/judging.pt, which export.py takes into the graph
    PYTHONPATH=benchmarks python training/judging.py --run build/mix --folds    cross-validation over reports and pages; writes nothing

Learns from `wording/` (reports, single sentences, and pages that are kept by digest and offsets only), from the open half of
benchmarks/wording, and from what a tutor says of many texts that nobody has marked (tutor.py, `wording/taught.npz`). Some minutes on one core:
the states are computed once. Without the shared data the pages and the tutor's texts are left out.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from data import load, saved_pages, split_train
from evaluate import shared
from figures import pairs, words
from model import LAYERS, Judging, branch, restore
from reportedly import Reader, article
from reportedly.reader import windows
from reportedly.reader.cover import Cover
from reportedly.reader.encoding import Encoded, encode
from reportedly.reader.voice import loaded
from reportedly.reader.voice.finding import SURE
from reportedly.reader.wordpiece import WordPiece
from train import held_out, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from model import Network

    States = Callable[[np.ndarray, np.ndarray], torch.Tensor]  # of the ids and shapes of a window

FOLDER = Path(__file__).with_name("wording")
OPEN = Path(__file__).resolve().parents[1] / "benchmarks" / "wording" / "open.jsonl"
TAUGHT = FOLDER / "taught.npz"  # written by tutor.py
UNKNOWN = -1.0
HELD = ("report", "open", "page")  # kinds that cross-validation holds out
WHOLE = (*HELD, "short", "more")  # kinds of which every word was looked at, in texts that have sources
TUTORS = 4  # one taught by all that is marked, and for each part of cross-validation one that has not seen it
EPOCHS, RATE, BATCH = 10, 3e-3, 8
BRANCHES = 3  # that are fitted from different seeds and say the mean of their log odds
BOUNDS = [(possible, listed, likely) for possible in (0.1, 0.15, 0.2, 0.3) for listed in (0.2, 0.3) for likely in (0.4, 0.5, 0.6, 0.7)]


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the passages that judge; where `plain` is given, nothing but those and these was looked at. `kind` is the file it is from.

    Of a text that nobody marked `likely` (TUTORS, W) says how likely each word judges, UNKNOWN where no tutor has read it.
    """

    kind: str
    text: str
    passages: list[tuple[int, int]]
    plain: list[tuple[int, int]] | None = None
    likely: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """States of LAYERS (layers, T, width), what each subword is (1 or TUTORS, T): 0 plain to 1 judging, UNKNOWN; and which words it scores: their rows, from `start` on."""

    states: torch.Tensor
    labels: torch.Tensor
    rows: np.ndarray
    start: int


@dataclass(frozen=True, slots=True)
class Text:
    """A marked text as the network sees it; `others` is what is not the writer's."""

    marked: Marked
    encoded: Encoded
    windows: list[Window]
    others: Cover


def texts() -> Iterator[Marked]:
    """All that is learned from."""
    for kind, path in (("report", FOLDER / "reports.jsonl"), ("short", FOLDER / "short.jsonl"), ("short", FOLDER / "varied.jsonl"), ("open", OPEN)):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            yield Marked(kind, row["text"], spans(row["loaded"]))
    lines = (FOLDER / "sentences.txt").read_text("utf-8").splitlines()
    random.Random(5).shuffle(lines)  # a paragraph is made of lines that have nothing to do with each other
    for k in range(0, len(lines), 3):
        yield braced(" ".join(lines[k : k + 3]))
    known = {sha256(text.encode()).hexdigest(): text for text in pages()}
    for kind, name in (("page", "pages.jsonl"), ("more", "more_pages.jsonl"), ("verdict", "verdicts.jsonl")):
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
    yield from saved_pages(folder / "pages" / "aed_articles.json", without)
    yield from (record["text"] for record in split_train(load(folder / "polnear" / "train.jsonl"))[0] if sha256(record["text"].encode()).hexdigest() not in without)


def taught(path: Path = TAUGHT) -> Iterator[Marked]:
    """Texts that a tutor has read in part, of those that are there."""
    if not path.exists():
        return
    with np.load(path) as kept:
        digests, counts, pieces, likely = (kept[name] for name in ("digests", "counts", "pieces", "likely"))
    known = {sha256(text.encode()).hexdigest(): text for text in pages()}
    places = np.cumsum(pieces[:, 2] - pieces[:, 1])
    rows = [np.full((len(likely), count), UNKNOWN, np.float32) for count in counts]
    for (text, low, high), end in zip(pieces, places, strict=True):
        rows[text][:, low:high] = likely[:, end - (high - low) : end] / 255
    for digest, row in zip(digests.tolist(), rows, strict=True):
        if digest in known:
            yield Marked("taught", known[digest], [], likely=row)


def seen(states: States, marked: Marked, tokenizer: WordPiece, reader: Reader | None = None, near: int = 0) -> Text:
    """The states of a text.

    That plain words are plain is learned only from what is the writer's: a source may judge in words that are left unmarked. With `near`
    windows are cut to so many subwords before the words that are known.
    """
    text = marked.text
    encoded = encode(text, tokenizer)
    quoted = [(q.start, q.end) for q in encoded.quotations if q.depth == 0 and q.closed]
    told = reader.read(article(text, as_is=True)).attributions if reader and marked.kind in WHOLE else ()
    others = Cover([*quoted, *((s.start, s.end) for a in told if a.score >= SURE for s in a.content_spans)])
    labels = aims(marked, encoded, others)
    bounds, out = np.append(encoded.first, len(encoded.ids)), []
    for low, high, start, end in windows.plan(encoded.first, encoded.paragraph, len(encoded.ids)):
        a, b = bounds[low], min(bounds[high], bounds[low] + 510)
        ids, shapes = np.r_[tokenizer.cls, encoded.ids[a:b], tokenizer.sep], np.r_[0, encoded.shapes[a:b], 0]
        rows = np.minimum(encoded.first[start:end] - a + 1, len(ids) - 2)
        window = np.full((len(labels), len(ids)), UNKNOWN, np.float32)
        window[:, rows] = labels[:, start:end]
        known = np.flatnonzero((window > UNKNOWN).any(0))
        if not len(known) and marked.kind not in WHOLE:
            continue
        for first, last in cut(known, len(ids), near) if near and marked.plain is not None else [(0, len(ids))]:
            out.append(Window(states(ids[first:last], shapes[first:last]), torch.from_numpy(window[:, first:last]), rows, start))
    return Text(marked, encoded, out, others)


def aims(marked: Marked, encoded: Encoded, others: Cover) -> np.ndarray:
    """What each word is to be taken for (1 or TUTORS, W)."""
    if marked.likely is not None:
        return marked.likely
    labels = np.full((1, len(encoded.words)), 0.0 if marked.plain is None else UNKNOWN, np.float32)
    if marked.kind != "verdict":
        labels[:, [others.touches(*word) for word in encoded.words.tolist()]] = UNKNOWN
    for value, places in ((0.0, marked.plain or ()), (1.0, marked.passages)):
        for start, end in places:
            labels[:, (encoded.words[:, 0] < end) & (encoded.words[:, 1] > start)] = value
    return labels


def cut(known: np.ndarray, length: int, near: int) -> Iterator[tuple[int, int]]:
    """Stretches of a window that hold all known subwords."""
    while len(known):
        first = max(0, int(known[0]) - near)
        last = min(length, first + 2 * near + 10)
        yield first, last
        known = known[known >= last]


def states_of(network: Network) -> States:
    """What the layers that the branch looks at say of one window (layers, T, width)."""

    def states(ids: np.ndarray, shapes: np.ndarray) -> torch.Tensor:
        with torch.no_grad():
            one = torch.from_numpy(ids[None]), torch.from_numpy(shapes[None])
            every = network.every_layer(*one, torch.ones_like(one[0], dtype=torch.bool))
            return torch.cat([every[n] for n in LAYERS]).half()

    return states


def fit(learned: Sequence[Text], seed: int, tutor: int = 0, make: Callable[[], Judging] = Judging, epochs: int = EPOCHS, rate: float = RATE) -> Judging:
    """The branch, by AdamW over windows; the rate rises for a tenth of the steps and falls to nothing. `tutor`: whose labels are taken, 0 for that of all texts."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    items = [(window.states, window.labels[min(tutor, len(window.labels) - 1)]) for text in learned for window in text.windows]
    made = make()
    optimiser = torch.optim.AdamW(made.parameters(), rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=epochs * -(-len(items) // BATCH), pct_start=0.1)
    for _ in range(epochs):
        items.sort(key=lambda item: len(item[1]) + 40 * rng.random())
        several = [items[k : k + BATCH] for k in range(0, len(items), BATCH)]
        rng.shuffle(several)
        for batch in several:
            length = max(len(labels) for _, labels in batch)
            x = torch.stack([F.pad(states, (0, 0, 0, length - states.shape[1])) for states, _ in batch], 1).float()
            y = torch.stack([F.pad(labels, (0, length - len(labels)), value=UNKNOWN) for _, labels in batch])
            if (y > UNKNOWN).any():
                loss = F.binary_cross_entropy_with_logits(made(x)[y > UNKNOWN], y[y > UNKNOWN])
                optimiser.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(made.parameters(), 1.0)
                optimiser.step()
            schedule.step()
    return made.eval()


def fitted(learned: Sequence[Text], seed: int, tutor: int = 0) -> Judging:
    """Several branches side by side: what one run takes for judging by chance, the others do not."""
    return side_by_side([fit(learned, BRANCHES * seed + k, tutor) for k in range(BRANCHES)])


def side_by_side(branches: Sequence[Judging]) -> Judging:
    """One branch that says the mean of the log odds of some."""
    states = [one.state_dict() for one in branches]
    joined = {name: torch.cat([state[name] for state in states], 1 if name == "out.weight" else 0) for name in states[0]}
    joined["out.weight"] /= len(states)
    joined["out.bias"] = joined["out.bias"].mean(0, keepdim=True)
    return branch(joined).eval()


def judged(one: Judging, text: Text) -> np.ndarray:
    """How likely each word judges (W,)."""
    with torch.no_grad():
        return np.concatenate([torch.sigmoid(one(w.states[:, None].float())[0])[torch.from_numpy(w.rows)].numpy() for w in text.windows])


def counted(text: Text, likely: np.ndarray) -> tuple[int, int, int]:
    """(pairs, gold, found) of one text, as benchmarks/voice.py counts them, list and all."""
    found = loaded.loaded(text.marked.text, loaded.judging_words(text.encoded.words, likely), text.others)
    gold = text.marked.passages
    matched = pairs([words(text.marked.text, *g) for g in gold], [words(text.marked.text, *f) for f in found], 0.5)
    return len(matched), len(gold), len(found)


def parts(read: Sequence[Text]) -> list[list[Text]]:
    """The texts that are held out in turn; others are always learned from."""
    held = [text for text in read if text.marked.kind in HELD]
    random.Random(1).shuffle(held)
    return [held[k::TUTORS - 1] for k in range(TUTORS - 1)]


def validate(read: Sequence[Text], seed: int) -> None:
    """Each text with a branch that has not seen it, taught by a tutor that has not seen it."""
    likely: dict[int, np.ndarray] = {}
    for tutor, held in enumerate(parts(read), 1):
        out = {id(text) for text in held}
        one = fitted([text for text in read if id(text) not in out], seed, tutor)
        likely.update({id(text): judged(one, text) for text in held})
    held = [text for part in parts(read) for text in part]
    print("| of | possible | listed | likely | gold | found | precision | recall | F1 |\n|---|---|---|---|---|---|---|---|---|")
    for kind in HELD:
        for bounds in BOUNDS:
            loaded.POSSIBLE, loaded.LISTED, loaded.LIKELY = bounds
            hits, gold, found = np.sum([counted(text, likely[id(text)]) for text in held if text.marked.kind == kind], axis=0)
            figures = f"{100 * hits / max(1, found):.1f} | {100 * hits / max(1, gold):.1f} | {200 * hits / max(1, gold + found):.1f}"
            print(f"| {kind} | {' | '.join(map(str, bounds))} | {gold} | {found} | {figures} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--folds", action="store_true", help="cross-validate in three parts instead of writing")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    network, tokenizer = restore(options.run), WordPiece(vocabulary())
    states, reader = states_of(network), Reader()
    read = [seen(states, marked, tokenizer, reader) for marked in chain(texts(), taught())]
    for kind in sorted({text.marked.kind for text in read}):
        some = [text for text in read if text.marked.kind == kind]
        print(f"{kind:10s} {len(some):4d} texts, {sum(len(t.marked.passages) for t in some):4d} passages, {sum(len(t.encoded.words) for t in some):6d} words")
    if options.folds:
        validate(read, options.seed)
    else:
        torch.save(fitted(read, options.seed).state_dict(), options.run / "judging.pt")


if __name__ == "__main__":
    main()
