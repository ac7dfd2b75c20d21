"""Long articles in overlapping windows, stitched without seams.

Every word takes its scores from one window, in which it has context on both sides; decoding then runs once
over the whole article, so that a span or a link never ends where a window does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

if TYPE_CHECKING:
    from reportedly.reader.encoding import Encoded
    from reportedly.reader.wordpiece import WordPiece

# The largest that the encoder has places for: no size tried on the fold (256 to 512, context 24 to 48) is surely more accurate, and the fewer the windows, the less is read twice.
WINDOW = 512  # subwords a window, with context and its two markers
CONTEXT = 40  # subwords on each side that are read for context only


# Every subword attends to those around its block, and to the two markers (Beltagy, Peters and Cohan 2020; Zaheer et al. 2020):
# attention costs a third of what it costs over a whole window, and the network loses nothing by it.
BLOCK = 64  # subwords that share their neighbours
REACH = 32  # neighbours on each side of a block


class Encoder(Protocol):
    """The neural seam: anything that scores the subwords of one window."""

    def run(self, ids: np.ndarray, shapes: np.ndarray) -> tuple[np.ndarray, ...]:
        """Emissions (T, L), link vectors (T, K), grades (T,) and judging (T,) for subword ids and shapes (T,), markers included."""


class Scores(NamedTuple):
    """What the encoder says of the W words of an article.

    `emissions` (W, L) and `vectors` (W, K): of tags and links. `grades` (W,): how surely what a word says happened, -3 to 3.
    `judging` (W,): how likely the word is one by which the writer judges, 0 to 1.
    """

    emissions: np.ndarray
    vectors: np.ndarray
    grades: np.ndarray
    judging: np.ndarray


def near(length: int) -> tuple[np.ndarray, np.ndarray]:
    """Who attends to whom in a window of `length` subwords, markers included.

    Returns the blocks (N, BLOCK), indices of subwords, the last one repeated to fill up; and for each block its neighbours
    (N, K): first marker, subwords without a gap, last marker.
    """
    count = -(-length // BLOCK)
    between = min(BLOCK + 2 * REACH, max(0, length - 2))
    starts = np.clip(np.arange(count) * BLOCK - REACH, 1, max(1, length - 1 - between))
    markers = np.zeros((count, 1), np.int64), np.full((count, 1), length - 1)
    blocks = np.minimum(np.arange(count * BLOCK), length - 1).reshape(count, BLOCK)
    return blocks, np.concatenate([markers[0], starts[:, None] + np.arange(between), markers[1]], axis=1)


def plan(first: np.ndarray, paragraph: np.ndarray, total: int) -> list[tuple[int, int, int, int]]:
    """(low, high, start, end) in words: read words low to high, keep the scores of start to end."""
    count = len(first)
    bounds = np.append(first, total)
    out, start = [], 0
    while start < count:
        low = int(np.searchsorted(first, bounds[start] - CONTEXT, "left"))
        limit = bounds[low] + WINDOW - 2
        high = int(np.searchsorted(bounds, limit, "right")) - 1
        if high >= count:
            high = end = count
        else:
            end = max(start + 1, int(np.searchsorted(bounds, bounds[high] - CONTEXT, "right")) - 1)
            # a seam between paragraphs is better than one in the middle of a sentence
            whole = int(np.searchsorted(paragraph, paragraph[end], "left"))
            if whole > start and bounds[whole] - bounds[start] > (bounds[end] - bounds[start]) // 2:
                end = whole
                high = max(end, min(high, int(np.searchsorted(bounds, bounds[end] + CONTEXT, "right")) - 1))
            high = max(high, end)
        out.append((low, high, start, end))
        start = end
    return out


def score(encoded: Encoded, encoder: Encoder, tokenizer: WordPiece, *, again: bool = False) -> Scores:
    """The scores of all words of an article, or of contents that are read again."""
    total = len(encoded.ids)
    bounds = np.append(encoded.first, total)
    emissions = vectors = np.empty((0, 0))
    sure, judging = np.empty((2, len(encoded.first)), np.float32)
    for low, high, start, end in plan(encoded.first, encoded.paragraph, total):
        a, b = bounds[low], min(bounds[high], bounds[low] + 510)
        ids = np.concatenate([[tokenizer.again if again else tokenizer.cls], encoded.ids[a:b], [tokenizer.sep]])
        shapes = np.concatenate([[0], encoded.shapes[a:b], [0]])
        scores, links, grades, judged = encoder.run(ids, shapes)
        rows = np.minimum(encoded.first[start:end] - a + 1, len(ids) - 2)
        if not start:  # one array for all: a list of parts would hold a long article twice
            emissions = np.empty((len(encoded.first), scores.shape[1]), np.float32)
            vectors = np.empty((len(encoded.first), links.shape[1]), links.dtype)
        emissions[start:end] = scores[rows]
        vectors[start:end] = links[rows]
        sure[start:end] = grades[rows]
        judging[start:end] = judged[rows]
    return Scores(emissions, vectors, sure, judging)
