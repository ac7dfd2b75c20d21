"""Decode gold articles with an encoder and score them with the shared scorer.

    python training/evaluate.py [--model DIR] [--window N] [--context N] [--reach N]

prints the figures of exported weights on the fold.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import load, own_gold, saved_pages, split_train
from reportedly.reader import decoding, windows
from reportedly.reader.decoding import Candidate, Weights, decode
from reportedly.reader.encoder import OnnxEncoder
from reportedly.reader.encoding import Encoded, encode
from reportedly.reader.windows import Encoder, score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.wordpiece import WordPiece


def shared() -> Path:
    """The folder of shared data and scorers, beside the checkout unless REPORTEDLY_SHARED names another."""
    return Path(os.environ.get("REPORTEDLY_SHARED") or Path(__file__).resolve().parents[2] / "shared")


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score_attributions", shared() / "tools" / "score_attributions.py")
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    return module


def as_offsets(candidate: Candidate, encoded: Encoded) -> dict[str, list[list[int]]]:
    place = lambda p: [int(encoded.words[p.first][0]), int(encoded.words[p.last][1])]  # noqa: E731
    return {
        "source": [place(candidate.source)] if candidate.source else [],
        "cue": [place(candidate.cue)] if candidate.cue else [],
        "content": [place(p) for p in candidate.content],
    }


def read(text: str, encoder: Encoder, weights: Weights, tokenizer: WordPiece) -> tuple[list[Candidate], Encoded]:
    encoded = encode(text, tokenizer)
    if not len(encoded.ids):
        return [], encoded
    scores = score(encoded, encoder, tokenizer)
    return decode(scores.emissions, scores.vectors, encoded.paragraph, weights), encoded


def evaluate(encoder: Encoder, weights: Weights, tokenizer: WordPiece, records: Sequence[dict], part: str = "all") -> dict[str, float]:
    total = scorer().Scorer(part)
    for record in records:
        found, encoded = read(record["text"], encoder, weights, tokenizer)
        total.add(record["text"], record["attributions"], [as_offsets(c, encoded) for c in found])
    result = total.result()
    return {row: round(100 * (v["F1"] if isinstance(v, dict) else v), 1) for row, v in result.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, help="folder of an export; by default the weights that ship")
    parser.add_argument("--pages", action="store_true", help="on the pages of gold/pages.jsonl, which teach nothing, instead of the fold")
    parser.add_argument("--window", type=int, default=windows.WINDOW)
    parser.add_argument("--context", type=int, default=windows.CONTEXT)
    parser.add_argument("--reach", type=int, default=decoding.REACH)
    options = parser.parse_args()
    windows.WINDOW, windows.CONTEXT, decoding.REACH = options.window, options.context, options.reach
    encoder = OnnxEncoder(options.model)
    _, fold = split_train(load(shared() / "data" / "polnear" / "train.jsonl"))
    records = list(own_gold("pages.jsonl", saved_pages(shared() / "data" / "pages" / "aed_articles.json", set()))) if options.pages else fold
    print(evaluate(encoder, encoder.weights, encoder.tokenizer, records))


if __name__ == "__main__":
    main()
