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
from reportedly.reader.wordpiece import CASES

if TYPE_CHECKING:
    from reportedly.reader.wordpiece import WordPiece

BREAKS, QUOTES = 3, 4
SHAPES = CASES * BREAKS * QUOTES
FAR = 1 << 62  # behind any text
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
    ids: list[int] = []
    first: list[int] = []
    places: list[int] = []
    cases: list[int] = []
    heads: list[int] = []  # first words of paragraphs
    for paragraph in PARAGRAPH.finditer(text):
        head = len(first)
        for start, end, pieces, case in tokenizer.words(text, paragraph.start(), paragraph.end()):
            first.append(len(ids))
            ids += pieces
            places += (start, end)
            cases.append(case)
        if head < len(first):
            heads.append(head)
    quotations = find_quotations(text)
    words = np.array(places, np.int64).reshape(-1, 2)
    gaps = np.zeros(len(words), np.int64)
    gaps[1:] = words[1:, 0] == words[:-1, 1]
    gaps[heads] = 2
    shapes = (np.array(cases, np.int64) * BREAKS + gaps) * QUOTES + _quoted(words, [q for q in quotations if q.depth == 0])
    starts = np.array(first, np.int64)
    return Encoded(
        np.array(ids, np.int64),
        np.repeat(shapes, np.diff(starts, append=len(ids))),
        starts,
        words,
        np.cumsum(gaps == 2) - 1,
        quotations,
    )


def _quoted(words: np.ndarray, quotations: list[Quotation]) -> np.ndarray:
    """How each word (W, 2) stands to quotations that do not overlap: 0 outside, 1 inside, 2 opens one, 3 ends one."""
    if not quotations:
        return np.zeros(len(words), np.int64)
    known = [*((q.start, q.end, q.closed) for q in quotations), (FAR, FAR, False)]
    starts, ends, closed = (np.array(column) for column in zip(*known, strict=True))
    k = np.searchsorted(ends, words[:, 0], "right")
    inside = np.where(closed[k] & (words[:, 1] >= ends[k]), 3, 1)
    return np.where(words[:, 0] == starts[k], 2, np.where(words[:, 0] > starts[k], inside, 0))
