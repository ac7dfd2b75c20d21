"""Near-copies of whole articles."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import told

from reportedly.comparing import near_copies
from reportedly.comparing.nearcopy import measure, shingles

WORDS = ["harbour", "wall", "council", "boats", "storm", "winter", "mayor", "fish", "light", "keeper", "rope", "market", "bread", "river", "stone", "bridge", "night", "tower", "clock", "field"]


def prose(seed: int, length: int) -> str:
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) + draw.choice(["", "s", "", ","]) for _ in range(length))


def as_reading(letter: str, text: str):
    reading = told(letter, "x")
    return replace(reading, article=replace(reading.article, id=letter, text=text), attributions=())


def test_the_same_words_at_another_address() -> None:
    """A copy is found whatever its case, marks and line breaks."""
    text = prose(1, 300)
    (found,) = near_copies([as_reading("a", text), as_reading("b", text.upper().replace(", ", "\n\n"))])
    assert (found.resemblance, found.a_in_b, found.b_in_a) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(("part", "whole"), [(100, 300), (300, 3000), (600, 6000)])
def test_a_part_within_a_whole(part: int, whole: int) -> None:
    """An article that takes over a short one in full contains it, though the two resemble each other little."""
    text = prose(2, whole)
    taken = " ".join(text.split()[20 : 20 + part])
    (found,) = near_copies([as_reading("a", taken), as_reading("b", text)])
    assert found.a_in_b == 1.0
    assert found.b_in_a < 0.5


def test_strangers_are_no_copies() -> None:
    """Articles of the same words in other orders share no wording; a common closing line makes no copy of long articles."""
    foot = " all rights reserved by the owners of this site"
    assert near_copies([as_reading(str(n), prose(n, 400) + foot) for n in range(20)]) == []


@given(st.sampled_from(range(50)), st.integers(0, 200), st.integers(0, 200))
def test_measuring_is_symmetric(seed: int, one: int, other: int) -> None:
    """Resemblance does not depend on the order, containments change places, and none leaves 0 to 1."""
    a, b = shingles(prose(seed, one)), shingles(prose(seed, other) + " and more")
    forth, back = measure(a, b), measure(b, a)
    assert forth == (back[0], back[2], back[1])
    assert all(0 <= v <= 1 for v in forth)


def test_empty_and_short_texts() -> None:
    """Empty articles copy nobody; two of three equal words are copies."""
    assert near_copies([as_reading("a", ""), as_reading("b", "")]) == []
    assert len(near_copies([as_reading("a", "Rain all day"), as_reading("b", "rain, all day!")])) == 1


def test_many_articles_are_quick() -> None:
    """Two thousand articles with a hundred copies among them take seconds, not the square of their number."""
    readings = [as_reading(f"{n:04}", prose(n % 1900, 200)) for n in range(2000)]
    started = time.process_time()
    assert len(near_copies(readings)) == 100
    assert time.process_time() - started < 20
