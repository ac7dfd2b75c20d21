"""Windows cover an article once, with context, and never show in what is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader import windows
from reportedly.reader.decoding import viterbi
from reportedly.reader.encoder import OnnxEncoder
from reportedly.reader.encoding import encode
from reportedly.reader.windows import REACH, WINDOW, near, plan, score

if TYPE_CHECKING:
    import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "ferry_inspection.txt"


@given(st.lists(st.integers(1, 9), min_size=1, max_size=2500), st.integers(1, 400))
def test_every_word_is_kept_from_exactly_one_window(sizes: list[int], paragraph_length: int) -> None:
    """Whatever the words and paragraphs, windows fit the encoder and their kept parts tile the article."""
    first = np.cumsum([0, *sizes[:-1]])
    paragraph = np.arange(len(sizes)) // paragraph_length
    bounds = np.append(first, sum(sizes))
    at = 0
    for low, high, start, end in plan(first, paragraph, sum(sizes)):
        assert low <= start == at < end <= high
        assert bounds[high] - bounds[low] <= WINDOW
        at = end
    assert at == len(sizes)


def test_a_word_longer_than_a_window_is_survived() -> None:
    """A single word of thousands of subwords is cut, not fatal."""
    first, paragraph = np.array([0, 3000]), np.array([0, 0])
    kept = plan(first, paragraph, 3001)
    assert [(start, end) for _, _, start, end in kept] == [(0, 1), (1, 2)]


@given(st.integers(2, 512))
def test_every_subword_attends_to_its_surroundings_and_to_both_markers(length: int) -> None:
    """However long a window, no subword of it is left out, none sees another twice, and each sees REACH others on both sides."""
    blocks, neighbours = near(length)
    assert list(dict.fromkeys(blocks.flat)) == list(range(length))
    for block, seen in zip(blocks.tolist(), neighbours.tolist(), strict=True):
        assert len(set(seen)) == len(seen)
        for at in block:
            assert {0, length - 1, *range(max(0, at - REACH), min(length, at + REACH + 1))} <= set(seen)


def test_what_is_found_hardly_depends_on_where_a_window_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of three sizes cut an article in different places, and give nearly every word the same tag."""
    encoder = OnnxEncoder()
    encoded = encode(EXAMPLE.read_text("utf-8"), encoder.tokenizer)
    tags = []
    for size in (256, 384, 500):
        monkeypatch.setattr(windows, "WINDOW", size)
        assert len(plan(encoded.first, encoded.paragraph, len(encoded.ids))) > 1
        tags.append(viterbi(score(encoded, encoder, encoder.tokenizer)[0], encoder.weights.transitions))
    assert (tags[0] == tags[1]).mean() > 0.9
    assert (tags[1] == tags[2]).mean() > 0.9
