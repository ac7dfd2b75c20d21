"""By which words does the writer judge? Words and phrases of a list, and what the encoder takes for judging.

A strong word of the list judges by itself. Of all other words the encoder says how likely each judges, learned from reports in which
such passages were marked (training/judging.py). It is more often wrong of a lone word than of several, so that a lone one must be
all but sure, or in the list if only as a weak word ("bold", "hero"). The span is the words that judge, not what they judge.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportedly.reader.cover import Cover
from reportedly.reader.voice.lexicon import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# By cross-validation, and by reading what is marked on real pages (training/RESULTS.md)
POSSIBLE = 0.2  # of every word of a passage
LISTED = 0.3  # of one of them, where one is in the list
LIKELY = 0.5  # of one of them, where none is
LONE = 0.8  # of a word by itself that is not in the list
JOINS = frozenset([" ", ", ", " and "])
LETTER = re.compile(r"\w")


class Word(NamedTuple):
    """A word that may judge: its place among the words, where it stands in the text, and how likely it judges."""

    place: int
    start: int
    end: int
    likely: float


def judging_words(words: np.ndarray, judging: np.ndarray) -> list[Word]:
    """Of words (W, 2), given by their offsets, and how likely each judges (W,), those that may."""
    return [Word(int(k), int(words[k, 0]), int(words[k, 1]), float(judging[k])) for k in np.flatnonzero(judging >= POSSIBLE)]


def loaded(text: str, judging: Sequence[Word], others: Cover) -> list[tuple[int, int]]:
    """Loaded wording of the writer's in order, none overlapping another and none in `others`."""
    known = [(start, end, strong) for start, end, strong in listed(text) if not others.touches(start, end)]
    sure = list(_joined(text, [(start, end) for start, end, strong in known if strong]))
    taken, weak = Cover(sure), Cover((start, end) for start, end, _ in known)
    return sorted([*sure, *((start, end) for start, end in _passages(text, judging, others, weak) if not taken.touches(start, end))])


def _joined(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans with no more than a comma or an "and" between them as one: "shabby, cynical"."""
    passage: tuple[int, int] | None = None
    for start, end in spans:
        if passage and text[passage[1] : start] in JOINS:
            passage = passage[0], end
            continue
        if passage:
            yield passage
        passage = start, end
    if passage:
        yield passage


def _passages(text: str, judging: Sequence[Word], others: Cover, weak: Cover) -> Iterator[tuple[int, int]]:
    """Stretches of words that may judge, of one line, without signs at their ends."""
    free = [word for word in judging if not others.touches(word.start, word.end)]
    breaks = [0, *(k for k, (a, b) in enumerate(itertools.pairwise(free), 1) if b.place > a.place + 1 or "\n" in text[a.end : b.start]), len(free)]
    for first, last in itertools.pairwise(breaks):
        words = [word for word in free[first:last] if LETTER.search(text, word.start, word.end)]
        if not words:
            continue
        start, end, likely = words[0].start, words[-1].end, max(word.likely for word in words)
        if likely >= (LISTED if weak.touches(start, end) else LIKELY if " " in text[start:end] else LONE):
            yield start, end
