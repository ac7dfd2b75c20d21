"""Which articles meet: those of which some statements share enough words to be worth measuring.

An inverted index over the statements' concepts and runs of three words, rarest first, so that the work grows with what
articles share and not with the square of their number; a few meet each other all.
"""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportedly.comparing.statements import Statement

TERMS = 32  # rarest terms by which a statement looks for others
COMMON = 400  # a term of more statements than this finds nobody
FEW = 12  # articles up to so many meet each other all
NEIGHBOURS = 40  # best candidates of each statement that are measured
WORTH = 0.05  # share of the lesser statement's terms that a candidate must have in common


def meetings(some: Sequence[Statement], sides: Sequence[object]) -> Iterator[tuple[list[int], list[int], list[tuple[int, int]]]]:
    """Pairs of articles of different sides, each as the positions of its statements, with the pairs of statements that make them meet."""
    home: dict[tuple[object, str], list[int]] = defaultdict(list)
    for k, s in enumerate(some):
        home[sides[k], s.page.id].append(k)
    blocks = list(home.values())
    if len(blocks) <= FEW:
        for left, right in combinations(blocks, 2):
            if sides[left[0]] != sides[right[0]]:
                yield left, right, list(product(left, right))
        return
    number = {k: n for n, block in enumerate(blocks) for k in block}
    met: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for i, j in candidates(some, sides):
        one, other = sorted((i, j), key=lambda k: number[k])
        met[number[one], number[other]].append((one, other))
    for (one, other), proposed in met.items():
        yield blocks[one], blocks[other], proposed


def candidates(some: Sequence[Statement], sides: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Pairs of positions, the lesser first, that share enough to be worth measuring."""
    postings: dict[object, list[int]] = defaultdict(list)
    terms: list[list[object]] = []
    for k, s in enumerate(some):
        mine = list(dict.fromkeys(_terms(s)))
        terms.append(mine)
        for term in mine:
            postings[term].append(k)
    total = len(some)
    arrays = {term: np.array(p, dtype=np.int64) for term, p in postings.items() if 1 < len(p) <= COMMON}
    worth = {term: math.log1p(total / len(p)) for term, p in postings.items()}
    norms = np.array([math.fsum(sorted(worth[t] for t in mine if isinstance(t, str))) or 1.0 for mine in terms])
    numbers = {side: n for n, side in enumerate(dict.fromkeys(sides))}
    side = np.array([numbers[s] for s in sides])
    seen: set[tuple[int, int]] = set()
    for k, mine in enumerate(terms):
        rare = sorted((t for t in mine if t in arrays), key=lambda t: (len(arrays[t]), str(t)))[:TERMS]
        if not rare:
            continue
        others = np.concatenate([arrays[t] for t in rare])
        shares = np.repeat([worth[t] for t in rare], [len(arrays[t]) for t in rare])
        ids, inverse = np.unique(others, return_inverse=True)
        sums = np.bincount(inverse, shares)
        keep = (side[ids] != side[k]) & (sums / np.minimum(norms[ids], norms[k]) >= WORTH)
        ids, sums = ids[keep], sums[keep] / np.sqrt(norms[ids[keep]])
        if len(ids) > NEIGHBOURS:
            ids = ids[np.lexsort((ids, -np.round(sums, 9)))[:NEIGHBOURS]]
        seen.update((min(k, int(other)), max(k, int(other))) for other in ids)
    return iter(sorted(seen))


def _terms(s: Statement) -> Iterable[object]:
    """What a statement is found by: its concepts, and each three words in a row."""
    yield from s.concepts
    yield from zip(s.words, s.words[1:], s.words[2:], strict=False)
