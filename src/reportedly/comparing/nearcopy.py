"""Near-copies of whole articles: wire copy, rewrites that keep passages, a part taken over.

Shingles of words and a sketch of them by MinHash, after Broder, On the resemblance and containment of documents
(1997): of the hashes of all shingles those that are 0 modulo `SCALE` are kept, an unbiased sample of the same
shingles in every article, which finds a part within a whole as well as likeness (with a fixed number of
permutations, as in most libraries, the part would be lost). Pairs that the sketch finds are then measured on all shingles.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from reportedly.comparing.results import NearCopy
from reportedly.comparing.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.values import Reading

SHINGLE = 5  # words
SCALE = 8  # one shingle in so many is in the sketch
SMALL = 400  # articles with fewer shingles keep all, since a sample of a few dozen would be chance
FEW = 16  # articles up to so many are measured pair by pair, which is quicker than to look for those that share
COMMON = 200  # a shingle in more articles than this is furniture ("all rights reserved") and proposes no pair
ENOUGH = 0.1  # share of the shorter article's shingles from which two articles are near-copies
ODD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: multiplying by it spreads what differs in few bits (Knuth 1973, 6.4)
LEAST = 4  # shingles that two articles must share at all


@lru_cache(maxsize=500)
def shingles(text: str) -> frozenset[int]:
    """Hashes (64 bits) of all runs of `SHINGLE` words, whatever their case, marks and line breaks.

    A run's hash is a polynomial of its words' hashes, mixed at the end so that its low bits are a fair sample.
    """
    words = np.array([_hash(word) for word in tokens(text)], dtype=np.uint64)
    if not len(words):
        return frozenset()
    size = min(SHINGLE, len(words))
    runs = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for k in range(size):
        runs = runs * ODD + words[k : len(words) - size + 1 + k]
    runs ^= runs >> np.uint64(32)
    runs *= ODD
    runs ^= runs >> np.uint64(29)
    return frozenset(runs.tolist())


def sketch(hashes: frozenset[int]) -> frozenset[int]:
    """The sample of an article's shingles that is kept for finding it: a ledger may store it, one row a hash."""
    return hashes if len(hashes) < SMALL else frozenset(h for h in hashes if h % SCALE == 0)


def measure(a: frozenset[int], b: frozenset[int]) -> tuple[float, float, float]:
    """Resemblance (Jaccard) of two sets of shingles, and the containment of each in the other."""
    shared = len(a & b)
    union = len(a) + len(b) - shared
    return (shared / union if union else 1.0, shared / len(a) if a else 0.0, shared / len(b) if b else 0.0)


def near_copies(readings: Sequence[Reading], *, least: float = ENOUGH) -> list[NearCopy]:
    """All pairs of different articles of which one carries at least `least` of the other's wording, most alike first."""
    texts = {r.article.id: r.article.text for r in readings}
    sets = {key: shingles(texts[key]) for key in sorted(texts)}
    found = []
    for a, b in combinations(sets, 2) if len(sets) <= FEW else candidates(sets):
        shared = len(sets[a] & sets[b])
        resemblance, forth, back = measure(sets[a], sets[b])
        if max(forth, back) >= least and (shared >= LEAST or resemblance == 1.0):
            found.append(NearCopy(a, b, round(resemblance, 4), round(forth, 4), round(back, 4)))
    return sorted(found, key=lambda c: (-c.resemblance, -max(c.a_in_b, c.b_in_a), c.a, c.b))


def candidates(sets: dict[str, frozenset[int]]) -> list[tuple[str, str]]:
    """Pairs of articles whose sketches share a shingle or two."""
    postings: dict[int, list[str]] = defaultdict(list)
    for key, hashes in sets.items():
        for h in sketch(hashes):
            postings[h].append(key)
    # An article that keeps all and one that keeps a sample meet in the sample only.
    shared: Counter[tuple[str, str]] = Counter()
    for keys in postings.values():
        if 1 < len(keys) <= COMMON:
            shared.update(combinations(sorted(keys), 2))
    return sorted(pair for pair, n in shared.items() if n > 1 or min(len(sets[k]) for k in pair) < SMALL)


@lru_cache(maxsize=200_000)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def of(copies: Iterable[NearCopy]) -> dict[tuple[str, str], NearCopy]:
    """Near-copies by the ids of their articles, in both orders."""
    found = {}
    for c in copies:
        found[c.a, c.b] = c
        found[c.b, c.a] = NearCopy(c.b, c.a, c.resemblance, c.b_in_a, c.a_in_b)
    return found
