"""The longest common subsequence of words."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reportedly.comparing import common

WORDS = st.lists(st.sampled_from("abcde"), max_size=12)


@given(WORDS, WORDS)
def test_the_length_is_that_of_the_plain_table(a: list[str], b: list[str]) -> None:
    """As Wagner and Fischer's table has it, whichever text comes first."""
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            table[i + 1][j + 1] = table[i][j] + 1 if x == y else max(table[i][j + 1], table[i + 1][j])
    assert common.length(a, b) == common.length(b, a) == table[-1][-1]
    assert common.likeness(a, b) == (table[-1][-1] / max(len(a), len(b)) if a or b else 1.0)


@given(WORDS, WORDS)
def test_runs_are_the_whole_subsequence_in_order(a: list[str], b: list[str]) -> None:
    """Each run stands in both texts, they follow one another, none could be joined to the next, and together they are as long as can be."""
    found = common.runs(a, b)
    assert all(a[r.a : r.a + r.size] == b[r.b : r.b + r.size] and r.size for r in found)
    assert all(x.a + x.size <= y.a and x.b + x.size <= y.b and (x.a + x.size, x.b + x.size) != (y.a, y.b) for x, y in pairwise(found))
    assert sum(r.size for r in found) == common.length(a, b)


@given(WORDS, WORDS, WORDS, WORDS)
def test_what_both_begin_and_end_with_is_kept(head: list[str], a: list[str], b: list[str], tail: list[str]) -> None:
    """Common beginnings and ends are in the subsequence where they stand."""
    one, other = [*head, *a, *tail], [*head, *b, *tail]
    kept = {(r.a + k, r.b + k) for r in common.runs(one, other) for k in range(r.size)}
    assert kept >= {(k, k) for k in range(len(head))}
    if len(one) == len(other):
        assert kept >= {(len(one) - k, len(other) - k) for k in range(1, len(tail) + 1)}


def test_long_texts_are_aligned() -> None:
    """Of texts of thousands of words each is compared in a moment, and nothing recurses."""
    a = [f"w{k % 977}" for k in range(4000)]
    assert common.length(a, a[::-1]) >= 4
    assert common.runs(a, ["x", *a, "y"]) == [(0, 1, 4000)]
