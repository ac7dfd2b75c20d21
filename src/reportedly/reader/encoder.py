"""The encoder that ships: ONNX weights, its vocabulary and its decoding weights, loaded when first needed.

One window is one run with one thread. Dynamic quantisation takes its scale from all that a run sees, so
windows that shared a batch would change each other's scores; and one thread a run adds in one order.
Threads read different articles side by side instead.
"""

from __future__ import annotations

import threading
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from reportedly.reader.decoding import LINKS, LinkWeights, Weights
from reportedly.reader.windows import near
from reportedly.reader.wordpiece import WordPiece

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from onnxruntime import InferenceSession

MODEL = "polnear-minilm-8"
OUTPUTS = 4  # a network that was not taught which words judge has one less


class OnnxEncoder:
    """The shipped encoder. Loading is lazy, happens once and is safe from several threads."""

    name = MODEL

    def __init__(self, folder: Traversable | None = None) -> None:
        self._folder = folder or files("reportedly") / "models" / MODEL
        self._lock = threading.Lock()
        self._session: InferenceSession | None = None
        self._tokenizer: WordPiece | None = None
        self._weights: Weights | None = None
        self._words: dict[str, np.ndarray] | None = None

    @property
    def tokenizer(self) -> WordPiece:
        """The uncased vocabulary."""
        with self._lock:
            if self._tokenizer is None:
                self._tokenizer = WordPiece((self._folder / "vocab.txt").read_text("utf-8").rstrip("\n").split("\n"))
            return self._tokenizer

    @property
    def weights(self) -> Weights:
        """Transitions, links and score."""
        with self._lock:
            if self._weights is None:
                with (self._folder / "decoding.npz").open("rb") as file:
                    self._weights = unpack(dict(np.load(file, allow_pickle=False)))
            return self._weights

    def words(self, ids: np.ndarray) -> np.ndarray:
        """The rows (T, 384) of the word table for T subwords. It is apart from the network since other encoders have the same."""
        with self._lock:
            if self._words is None:
                with (self._folder / "words.npz").open("rb") as file:
                    self._words = dict(np.load(file, allow_pickle=False))
        rows: np.ndarray = self._words["rows"][ids] * self._words["steps"][ids]
        return rows

    def run(self, ids: np.ndarray, shapes: np.ndarray) -> tuple[np.ndarray, ...]:
        """Emissions (T, L), link vectors (T, K), grades (T,) and judging (T,) of one window of T subwords, T at most 512."""
        with self._lock:
            if self._session is None:
                self._session = self._load()
        blocks, neighbours = near(len(ids))
        found = self._session.run(None, {"words": self.words(ids)[None], "shapes": shapes[None], "blocks": blocks, "neighbours": neighbours})
        taught = [output[0] for output in found]
        return tuple(taught) if len(taught) == OUTPUTS else (*taught, np.zeros(len(ids), np.float32))

    def graph(self) -> bytes:
        """The network, as ONNX."""
        return (self._folder / "encoder.onnx").read_bytes()

    def _load(self) -> InferenceSession:
        return session(self.graph())


def session(graph: bytes) -> InferenceSession:
    """A network ready to run, with one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # windows differ in length: a plan of memory for each would serve once
    # The fused operator takes five times as long on a CPU as the ones it replaces (onnxruntime 1.32).
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"])


def pack(weights: Weights) -> dict[str, np.ndarray]:
    """Decoding weights as plain arrays, for an .npz without pickles."""
    out = {"transitions": weights.transitions, "score": weights.score}
    for kind in LINKS:
        for name in ("distance", "rank", "gap", "none", "none_bias"):
            out[f"{kind}.{name}"] = np.asarray(getattr(weights.links[kind], name))
    return out


def unpack(arrays: dict[str, np.ndarray]) -> Weights:
    """The inverse of `pack`."""
    links = {}
    for kind in LINKS:
        distance, rank, gap, none = (arrays[f"{kind}.{name}"] for name in ("distance", "rank", "gap", "none"))
        links[kind] = LinkWeights(distance, rank, gap, none, float(arrays[f"{kind}.none_bias"]))
    return Weights(arrays["transitions"], links, arrays["score"])
