"""The port for whatever turns texts into vectors that are near each other where meanings are.

No weights are chosen here: `desk.claims` has those that ship, `desk.meaning` those of the extra `meaning`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike


class Embedder(Protocol):
    """Turns texts into vectors that are near each other where meanings are."""

    name: str
    """Names the weights; vectors of two names are never compared."""

    def embed(self, texts: Sequence[str]) -> ArrayLike:
        """One vector a text, as rows of an array; all of one length."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A text as `vector` (D,) of length 1, and its `words` in their order with `vectors` (W, D), each of length 1."""

    vector: np.ndarray[Any, Any]
    words: tuple[str, ...]
    vectors: np.ndarray[Any, Any]


class WordEmbedder(Embedder, Protocol):
    """An embedder that also gives a vector to every word where it stands, as matching statements needs."""

    def embed_words(self, text: str) -> Embedded:
        """A text and its words."""


def unit(vector: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A vector at length 1, as 32-bit floats; nothing stays nothing."""
    length = float(np.linalg.norm(vector))
    made: np.ndarray[Any, Any] = vector / length if length else vector
    return made.astype(np.float32)
