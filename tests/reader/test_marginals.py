"""Sums of a chain, many words at a time, equal those of the textbook's loop over words."""

from __future__ import annotations

import numpy as np
import pytest

from reportedly.reader import marginals
from reportedly.reader.marginals import forward_backward

SIZE = 4


def textbook(local: np.ndarray, step: np.ndarray, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rabiner's recursion, one word after another."""
    forward, backward, scale = np.empty(local.shape), np.empty(local.shape), np.empty(len(local))
    state = start
    for t, weights in enumerate(local):
        state = (state if t == 0 else state @ step) * weights
        scale[t] = state.sum()
        forward[t] = state = state / scale[t]
    state = end / (forward[-1] @ end)
    for t in range(len(local) - 1, -1, -1):
        backward[t] = state
        state = step @ (local[t] * state) / scale[t]
    return forward, backward, scale


@pytest.mark.parametrize("length", [*range(1, 40), 257, 1000])
def test_stretches_side_by_side_equal_one_word_after_another(length: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the length and however many stretches it is cut into, the sums are those of the loop."""
    rng = np.random.default_rng(length)
    local, step = rng.random((length, SIZE)) ** 8, rng.random((SIZE, SIZE))
    step[0, 1] = step[2] = 0  # forbidden steps, and a state that leads nowhere
    start, end = np.array([1.0, 0, 1, 1]), np.array([1.0, 1, 1, 0])
    for most in (1, 3, 100):
        monkeypatch.setattr(marginals, "MOST", most)
        for found, expected in zip(forward_backward(local, step, start, end), textbook(local, step, start, end), strict=True):
            assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_long_chain_neither_vanishes_nor_overflows() -> None:
    """Sums of thousands of words with tiny or large weights stay finite, and each word's probabilities sum to one."""
    for weight in (1e-30, 1e30):
        forward, backward, _ = forward_backward(np.full((5000, SIZE), weight), np.ones((SIZE, SIZE)), np.ones(SIZE), np.ones(SIZE))
        assert (forward * backward).sum(1) == pytest.approx(np.ones(5000))
