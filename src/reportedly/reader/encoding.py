"""Text to the numbers that the encoder reads: subwords, and what an uncased vocabulary cannot see.

Each subword carries, beside its id, a *shape*: the case of its word, whether a space, nothing or a new
paragraph stands before it, and whether quotation marks are open. The marks come from `quotes`, so that
American and British style look the same to the encoder.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reportedly.reader.quotes import Quotation, find_quotations

if TYPE_CHECKING:
    from reportedly.reader.wordpiece import WordPiece

CASES, BREAKS, QUOTES = 5, 3, 4
SHAPES = CASES * BREAKS * QUOTES
PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text. Of N subwords and W words.

    `ids` and `shapes` (N,), `first` (W,): index of each word's first subword, `words` (W, 2): offsets,
    `paragraph` (W,): number of the paragraph in which each word stands.
    """

    ids: np.ndarray
    shapes: np.ndarray
    first: np.ndarray
    words: np.ndarray
    paragraph: np.ndarray
    quotations: list[Quotation]


def encode(text: str, tokenizer: WordPiece) -> Encoded:
    """Encode a text, paragraph by paragraph."""
    quotations = find_quotations(text)
    outer = [q for q in quotations if q.depth == 0]
    ids: list[int] = []
    shapes: list[int] = []
    first: list[int] = []
    words: list[tuple[int, int]] = []
    paragraphs: list[int] = []
    number = k = 0
    for paragraph in PARAGRAPH.finditer(text):
        before = None
        for start, end, pieces in tokenizer.words(text, paragraph.start(), paragraph.end()):
            gap = 2 if before is None else int(before == start)
            shape = (_case(text[start:end]) * BREAKS + gap) * QUOTES
            while k < len(outer) and outer[k].end <= start:
                k += 1
            if k < len(outer) and outer[k].start <= start:
                shape += 2 if start == outer[k].start else 3 if outer[k].closed and end >= outer[k].end else 1
            first.append(len(ids))
            words.append((start, end))
            paragraphs.append(number)
            ids += pieces
            shapes += [shape] * len(pieces)
            before = end
        number += before is not None
    return Encoded(
        np.array(ids, np.int64),
        np.array(shapes, np.int64),
        np.array(first, np.int64),
        np.array(words, np.int64).reshape(-1, 2),
        np.array(paragraphs, np.int64),
        quotations,
    )


def _case(word: str) -> int:
    if word.islower():
        return 0
    if word[:1].isdigit():
        return 3
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[:1].isupper() else 4
