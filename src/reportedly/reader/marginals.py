"""Forward and backward sums of a chain (Rabiner 1989), many words at a time.

A loop over all words would take longer than the rest of decoding. So a chain is cut into stretches: what a stretch makes of
the states before it is a matrix, and the matrices of all stretches are built side by side. A short loop over stretches then
finds what enters and what leaves each, and all are walked side by side once more.
"""

from __future__ import annotations

from math import isqrt

import numpy as np

MOST = 100  # stretches side by side: so few that no product is spread over threads
OFTEN = 8  # steps after which sums are scaled: no weight is so small that as many of them vanish
TINY = 1e-300


def forward_backward(local: np.ndarray, step: np.ndarray, start: np.ndarray, end: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Forward (W, L) and backward sums (W, L) of W words, at least one, in L states, and the scale of each word (W,).

    `local` (W, L), `step` (L, L), `start` and `end` (L,) are weights, not their logarithms. A row of `forward` sums to one,
    and the product of both sums is the probability of each state; `scale` is what each word's weights were divided by.
    """
    count, size = local.shape
    length = -(-count // min(MOST, isqrt(count)))
    stretches = -(-count // length)
    last = count - (stretches - 1) * length  # words of the last stretch
    words = np.zeros((stretches * length, size))
    words[:count] = local
    words = words.reshape(stretches, length, size).transpose(1, 0, 2).copy()

    through = np.eye(size) * words[0][:, None]
    for k in range(1, length):
        some = through if k < last else through[:-1]
        np.multiply((some.reshape(-1, size) @ step).reshape(some.shape), words[k, : len(some), None], some)
        if k % OFTEN == 0:
            some /= _total(some, (1, 2))
    entering, leaving = np.empty((stretches, size)), np.empty((stretches, size))
    state = start
    for k in range(stretches):
        entering[k] = state
        state = state @ through[k] @ step
        state /= np.add.reduce(state) or TINY
    state = end
    for k in range(stretches - 1, -1, -1):
        leaving[k] = state
        state = step @ (through[k] @ state)
        state /= np.add.reduce(state) or TINY

    forward, backward = np.empty(words.shape), np.empty(words.shape)
    state = entering
    for k in range(length):
        forward[k] = state = state * words[k]
        if k % OFTEN == 0:
            state = state / _total(state)
        state = state @ step
    state = leaving
    for k in range(length - 1, -1, -1):
        if k == last - 1:
            state[-1] = end
        backward[k] = state
        state = (state * words[k]) @ step.T
        if k % OFTEN == 0:
            state = state / _total(state)
    forward, backward = (sums.transpose(1, 0, 2).reshape(-1, size)[:count] for sums in (forward, backward))
    forward /= _total(forward)
    backward /= _total(forward * backward)
    scale = np.append(start @ local[0], ((forward[:-1] @ step) * local[1:]).sum(1))
    return forward, backward, np.maximum(scale, TINY)


def _total(weights: np.ndarray, axes: int | tuple[int, ...] = -1) -> np.ndarray:
    """What to divide weights by, so that they sum to one along some axes, as long as any of them is not zero."""
    return np.maximum(np.add.reduce(weights, axes, keepdims=True), TINY)
