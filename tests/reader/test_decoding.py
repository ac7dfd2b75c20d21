"""Decoding finds the best allowed tags and true probabilities: checked against all sequences of short texts."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from reportedly.reader.decoding import FEATURES, LINK_WIDTH, LINKS, NO, RANKS, TAGS, Lattice, LinkWeights, Weights, allowed, decode, link, pieces, ranks, viterbi

SIZE = len(TAGS)


def chain(seed: int) -> np.ndarray:
    _, step, _ = allowed()
    return np.where(step, np.random.default_rng(seed).normal(size=(SIZE, SIZE)), NO).astype(np.float32)


def sequences(length: int) -> list[tuple[int, ...]]:
    start, step, end = allowed()
    return [s for s in itertools.product(range(SIZE), repeat=length) if start[s[0]] and end[s[-1]] and all(step[a, b] for a, b in itertools.pairwise(s))]


def total(s: tuple[int, ...], emissions: np.ndarray, transitions: np.ndarray) -> float:
    return float(sum(emissions[t, tag] for t, tag in enumerate(s)) + sum(transitions[a, b] for a, b in itertools.pairwise(s)))


@pytest.mark.parametrize("seed", range(5))
def test_viterbi_finds_the_best_allowed_sequence(seed: int) -> None:
    """Of all allowed tag sequences of four words none scores higher."""
    emissions, transitions = np.random.default_rng(seed).normal(size=(4, SIZE)) * 2, chain(seed)
    best = max(sequences(4), key=lambda s: total(s, emissions, transitions))
    assert tuple(viterbi(emissions, transitions)) == best


def test_marginals_are_the_share_of_all_sequences() -> None:
    """Probabilities of tags and of whole spans equal those counted over every sequence."""
    emissions, transitions = np.random.default_rng(7).normal(size=(4, SIZE)), chain(7)
    weights = {s: np.exp(total(s, emissions, transitions)) for s in sequences(4)}
    whole = sum(weights.values())
    lattice = Lattice(emissions, transitions)
    for t, tag in itertools.product(range(4), range(SIZE)):
        assert lattice.tags()[t, tag] == pytest.approx(sum(w for s, w in weights.items() if s[t] == tag) / whole, abs=1e-6)
    for first, last in ((0, 0), (1, 2), (0, 3)):
        counted = sum(w for s, w in weights.items() if ("content", first, last) in pieces(np.array(s))) / whole
        assert lattice.span("content", first, last) == pytest.approx(counted, abs=1e-6)


def test_only_near_heads_are_linked() -> None:
    """A piece of content may choose only among the nearest cues of each side, whatever the vectors say."""
    heads = np.array([[k, k] for k in range(0, 20, 2)])
    vectors = np.random.default_rng(0).normal(size=(20, len(LINKS) * 4 * LINK_WIDTH)) * 30
    index, probability = link("content-cue", np.array([[9, 9], [1, 1]]), heads, vectors, np.zeros(20, int), plain())
    assert index.tolist() == [[3, 4, 5, 6, -1], [-1, 0, 1, 2, -1]]
    assert probability.sum(1) == pytest.approx([1, 1])
    assert probability[1, 0] == 0


def test_ranks_count_from_the_nearest() -> None:
    """The nearest head before is 0, the nearest ahead RANKS / 2, and the last rank is for all that are farther."""
    heads = np.array([[k, k] for k in (0, 2, 4, 6, 8, 10)])
    half = RANKS // 2
    assert ranks(np.array([[5, 5]]), heads).tolist() == [[2, 1, 0, half, half + 1, half + 2]]


def plain() -> Weights:
    none = LinkWeights(np.zeros(16), np.zeros(RANKS), np.zeros(3), np.zeros(LINK_WIDTH), 0.0)
    return Weights(chain(1) * 0 + np.where(allowed()[1], 0, NO), dict.fromkeys(LINKS, none), np.zeros(len(FEATURES) + 1))


def emit(*tags: str) -> np.ndarray:
    out = np.full((len(tags), SIZE), -9.0)
    for t, tag in enumerate(tags):
        out[t, TAGS.index(tag)] = 9.0
    return out


def test_content_in_two_pieces_is_one_attribution() -> None:
    """Pieces that choose the same cue are one attribution, with the cue's source."""
    emissions = emit("B-content", "E-content", "S-source", "S-cue", "B-content", "E-content")
    (found,) = decode(emissions, np.zeros((6, len(LINKS) * 4 * LINK_WIDTH)), np.zeros(6, int), plain())
    assert [(p.first, p.last) for p in found.content] == [(0, 1), (4, 5)]
    assert (found.cue.first, found.source.first) == (3, 2)


def test_content_without_a_cue_is_kept_alone() -> None:
    """Without any cue, a content is an attribution without source and cue."""
    (found,) = decode(emit("O", "B-content", "E-content"), np.zeros((3, len(LINKS) * 4 * LINK_WIDTH)), np.zeros(3, int), plain())
    assert found.source is None
    assert found.cue is None
    assert len(found.features) == len(FEATURES)


def test_cue_without_content_is_dropped() -> None:
    """Who spoke without saying anything is no attribution."""
    assert decode(emit("S-source", "S-cue", "O"), np.zeros((3, len(LINKS) * 4 * LINK_WIDTH)), np.zeros(3, int), plain()) == []
