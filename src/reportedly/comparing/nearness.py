"""How near statements are in meaning, for every pair of two articles at once.

`meaning` is the cosine of the two texts. `wording` lays word upon word: each word meets the likest word of the other
text, weighed by what it tells, and the two directions are joined by their harmonic mean (BERTScore, Zhang et al. 2020).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reportedly.comparing.words import concepts, plain, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.comparing.statements import Statement
    from reportedly.embedding import WordEmbedder

EMPTY = 0.3  # what a word tells that says nothing of what a statement is about; a concept tells 0.5 to 6

Array = np.ndarray[Any, Any]


class Nearness:
    """The statements' vectors; words are kept as 16-bit floats."""

    def __init__(self, some: Sequence[Statement], embedder: WordEmbedder) -> None:
        made = {text: embedder.embed_words(text) for text in dict.fromkeys(s.text for s in some)}
        self._vectors = [made[s.text].vector for s in some]
        self._words = [made[s.text].vectors.astype(np.float16) for s in some]
        self._tells = [np.array([tells(w) for w in made[s.text].words], np.float32) for s in some]

    def between(self, left: Sequence[int], right: Sequence[int]) -> tuple[Array, Array]:
        """`meaning` and `wording` (left, right) of each of some statements with each of others, given by their places."""
        meaning = np.stack([self._vectors[i] for i in left]) @ np.stack([self._vectors[j] for j in right]).T
        one, told, starts = self._gathered(left)
        other, told_there, starts_there = self._gathered(right)
        likeness = one @ other.T
        forth = _shares(np.maximum.reduceat(likeness, starts_there, axis=1), told, starts)
        back = _shares(np.maximum.reduceat(likeness, starts, axis=0).T, told_there, starts_there).T
        total = forth + back
        return meaning, np.divide(2 * forth * back, total, out=np.zeros_like(total), where=total > 0)

    def _gathered(self, places: Sequence[int]) -> tuple[Array, Array, Array]:
        """The words of statements one after the other, what each tells, and where each statement begins. One without words has an empty one."""
        none = np.zeros((1, self._vectors[places[0]].shape[0]), np.float16)
        words = [self._words[k] if len(self._words[k]) else none for k in places]
        told = [self._tells[k] if len(self._words[k]) else np.zeros(1, np.float32) for k in places]
        starts = np.cumsum([0, *(len(w) for w in words[:-1])])
        return np.concatenate(words).astype(np.float32), np.concatenate(told), starts


def _shares(best: Array, told: Array, starts: Array) -> Array:
    """What is found of each statement of all that it tells, from the best likeness of each word."""
    found = np.add.reduceat(best * told[:, None], starts, axis=0)
    whole = np.add.reduceat(told, starts)
    shares: Array = np.divide(found, whole[:, None], out=np.zeros_like(found), where=whole[:, None] > 0)
    return shares


def tells(word: str) -> float:
    """What a word tells, which is nothing for a mark."""
    found = concepts([plain(word)])
    return weight(found[0]) if found else EMPTY if word.isalnum() else 0.0
