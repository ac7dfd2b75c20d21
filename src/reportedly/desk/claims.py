"""The encoder of claims that ships: what a statement says, as vectors that are near each other where two make the same claim.

It is all-MiniLM-L6-v2 (Wang et al. 2020; Reimers and Gurevych 2019) with its upper layers tuned on stories of several reports
(training/claims.py). Its word table is the one of the reader's encoder, of which it takes the rows that a text needs.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from reportedly.embedding import Embedded, unit
from reportedly.reader.encoder import OnnxEncoder, session

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable
    from typing import Any

    from onnxruntime import InferenceSession

MODEL = "claims-minilm-1"
LONGEST = 254  # subwords of a text beside its two ends: what the model was trained on
TABLE = "9ff34af5a62941c1ee720b7af60059994878c5c67c3144154c9f9c79f02eeb3b"  # SHA-256 of the word table that it was trained with
FOLDS = 4  # of the stories: `training/claims.py` makes an encoder without each


class ClaimEncoder:
    """The encoder. Loading is lazy, happens once and is safe from several threads. A text has the same vectors alone and in company: each is a run of its own."""

    name = MODEL

    def __init__(self, folder: Traversable | None = None) -> None:
        self._folder = folder or files("reportedly") / "models" / MODEL
        self._lock = threading.Lock()
        self._session: InferenceSession | None = None
        self._reader = OnnxEncoder()

    def embed(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """One row of 384 numbers a text, of length 1."""
        rows = [self.embed_words(text).vector for text in texts]
        return np.stack(rows) if rows else np.zeros((0, 384), np.float32)

    def embed_words(self, text: str) -> Embedded:
        """A text with its words; those beyond the longest text that the model knows are left out."""
        tokenizer = self._reader.tokenizer
        ids = [tokenizer.cls]
        owners: list[int] = []
        words: list[str] = []
        for start, end, pieces, _ in tokenizer.words(text):
            if len(ids) + len(pieces) > LONGEST:
                break
            owners += [len(words)] * len(pieces)
            words.append(text[start:end])
            ids += pieces
        ids.append(tokenizer.sep)
        with self._lock:
            if self._session is None:
                self._session = session((self._folder / "encoder.onnx").read_bytes())
        states = self._session.run(None, {"words": self._reader.words(np.array(ids))[None]})[0][0]
        vectors = np.zeros((len(words), states.shape[1]), np.float32)
        np.add.at(vectors, owners, states[1:-1])
        return Embedded(unit(states.mean(axis=0)), tuple(words), np.stack([unit(v) for v in vectors]) if words else vectors)


@cache
def encoder() -> ClaimEncoder:
    """The encoder, loaded once for the program."""
    return ClaimEncoder()
