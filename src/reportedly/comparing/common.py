"""The longest common subsequence of two texts' words: how many of them stand in both in one order, and which."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Run(NamedTuple):
    """Words in a row that stand in both: `size` of them, from `a` in the one and from `b` in the other."""

    a: int
    b: int
    size: int


def length(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words the longest common subsequence has."""
    return _rows(a, b)[-1].bit_count()


def likeness(a: Sequence[str], b: Sequence[str]) -> float:
    """How much of the longer text the longest common subsequence is; 1 for two empty texts."""
    return length(a, b) / max(len(a), len(b)) if a or b else 1.0


def runs(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """The longest common subsequence as its runs, in their order. Of several, one that has the words with which both texts begin and end."""
    least = min(len(a), len(b))
    head = next((k for k in range(least) if a[k] != b[k]), least)
    tail = next((k for k in range(least - head) if a[~k] != b[~k]), least - head)
    i, j = len(a) - tail, len(b) - tail
    rows = _rows(a[head:i], b[head:j])
    found = [Run(i, j, tail)]
    while i > head and j > head:
        place = 1 << i - head - 1
        if not rows[j - head] & place:
            i -= 1
        elif rows[j - head - 1] & place:
            j -= 1
        else:
            i, j = i - 1, j - 1
            found.append(Run(i, j, found.pop().size + 1) if found[-1][:2] == (i + 1, j + 1) else Run(i, j, 1))
    found.append(Run(0, 0, found.pop().size + head) if found[-1][:2] == (head, head) else Run(0, 0, head))
    return [run for run in reversed(found) if run.size]


def _rows(a: Sequence[str], b: Sequence[str]) -> list[int]:
    """Before `b` and after each of its words: the places of `a` at which the subsequence gets longer, as bits (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for k, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << k
    every = (1 << len(a)) - 1
    row, rows = every, [0]
    for word in b:
        matched = row & places.get(word, 0)
        row = (row + matched | row - matched) & every
        rows.append(row ^ every)
    return rows
