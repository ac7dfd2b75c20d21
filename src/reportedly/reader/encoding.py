"""Text to the numbers that the encoder reads: subwords, and what an uncased vocabulary cannot see.

Each subword carries, beside its id, a *shape*: the case of its word, whether a space, nothing or a new
paragraph stands before it, and whether quotation marks are open. The marks come from `quotes`, so that
American and British style look the same to the encoder.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reportedly.reader.quotes import Quotation, find_quotations

if TYPE_CHECKING:
    from tokenizers import Tokenizer

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


def encode(text: str, tokenizer: Tokenizer) -> Encoded:
    """Encode a text, paragraph by paragraph (a long text never becomes one long string for the tokenizer)."""
    quotations = find_quotations(text)
    outer = [q for q in quotations if q.depth == 0]
    starts = [q.start for q in outer]
    spans = [m.span() for m in PARAGRAPH.finditer(text)]
    ids: list[int] = []
    shapes: list[int] = []
    first: list[int] = []
    words: list[tuple[int, int]] = []
    paragraph: list[int] = []
    number = 0
    for (start, _), encoding in zip(spans, tokenizer.encode_batch([text[a:b] for a, b in spans], add_special_tokens=False), strict=True):
        if not encoding.ids:
            continue
        last_word, end, shape = None, None, 0
        for token, word, (a, b) in zip(encoding.ids, encoding.word_ids, encoding.offsets, strict=True):
            here, there = start + a, start + b
            if word != last_word:
                gap = 2 if end is None else int(here == end)
                k = bisect.bisect_right(starts, here) - 1
                shape = (_case(encoding, text, start, word, here, there) * BREAKS + gap) * QUOTES
                if k >= 0 and here < outer[k].end:
                    shape += 2 if here == outer[k].start else 3 if outer[k].closed and there >= outer[k].end else 1
                first.append(len(ids))
                words.append((here, there))
                paragraph.append(number)
                last_word = word
            else:
                words[-1] = (words[-1][0], there)
            end = there
            ids.append(token)
            shapes.append(shape)
        number += 1
    return Encoded(
        np.array(ids, np.int64),
        np.array(shapes, np.int64),
        np.array(first, np.int64),
        np.array(words, np.int64).reshape(-1, 2),
        np.array(paragraph, np.int64),
        quotations,
    )


def _case(encoding: object, text: str, start: int, word: int, here: int, there: int) -> int:
    a, b = encoding.word_to_chars(word) or (here - start, there - start)  # type: ignore[attr-defined]
    letters = text[start + a : start + b]
    if letters.islower():
        return 0
    if letters[:1].isdigit():
        return 3
    if letters.isupper() and len(letters) > 1:
        return 2
    return 1 if letters[:1].isupper() else 4
