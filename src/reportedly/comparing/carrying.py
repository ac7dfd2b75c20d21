"""One article beside many that may carry some of it: each of them is held against the one, and not against one another.

What `comparison.compare` does for a few articles grows with the square of their number. Here the work grows with the statements
that share enough with one of the article's own: only these are measured, and a group is one statement with all that match it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportedly.comparing import nearcopy
from reportedly.comparing.comparison import changes
from reportedly.comparing.headline import headline
from reportedly.comparing.matching import ENOUGH, Meeting, weights_of
from reportedly.comparing.nearness import Nearness
from reportedly.comparing.origins import of_statements, quotes
from reportedly.comparing.relations import unlike
from reportedly.comparing.results import Comparison, Found, Group, Pair
from reportedly.comparing.shifts import conflicts
from reportedly.comparing.statements import page, statements
from reportedly.comparing.words import mass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.comparing.results import Change, Match
    from reportedly.comparing.statements import Statement
    from reportedly.embedding import WordEmbedder
    from reportedly.values import Reading

# Of what the lesser of two statements tells. Of 262 matches of the open stories' first reports 147 are found, and 25 that are none;
# with 0.15 it is 156 and 33, without a bound 163 and 37: what is added is wrong every second time, and each pair takes time.
SHARED = 0.25


def carriers(own: Reading, others: Sequence[Reading], *, min_score: float = 0.0, prior: float = 0.0, asked: bool = False, embedder: WordEmbedder | None = None) -> Comparison:
    """The first article with those of the others that carry some of its statements.

    Articles that carry none are left out, and so is what the others say beside. With `asked`, the first is somebody's question:
    it is no origin of anything. `prior` is as in `matching.match`.
    """
    weights = weights_of(embedder)
    first = page(own)
    mine = statements(first, min_score=0.0 if asked else min_score)
    about = None if embedder else frozenset().union(*(s.bag for s in mine))  # by meaning, what shares no word may match too
    lists = {p.id: statements(p, min_score=min_score, about=about) for r in others if r.article.id != first.id for p in [page(r)]}
    pairs, matched = [], {}
    for key, theirs in lists.items():
        found = _matches(mine, theirs, weights, prior, embedder)
        made = _changes(mine, theirs, found)
        if any(c.b for c in made):
            pairs.append(Pair(first.id, key, made))
            matched.update({(mine[i].ref, theirs[j].ref): m for i, j, m in found})
    kept = {own.article.id: own} | {r.article.id: r for r in others if r.article.id in {p.b for p in pairs}}
    copies = tuple(nearcopy.near_copies(list(kept.values())))
    known = {s.ref: s for some in (mine, *lists.values()) for s in some}
    groups = []
    for s in mine:
        with_it = [c.b for p in pairs for c in p.changes if c.a == s.ref and c.b]
        if with_it:
            inside = tuple(m for ref in with_it if (m := matched.get((s.ref, ref))))
            group = Group(tuple(sorted([s.ref, *with_it])), inside, round(math.fsum(sorted(m.score for m in inside)) / max(1, len(with_it)), 4))
            told = [known[r] for r in group.members if not (asked and r == s.ref)]
            groups.append(Found(group, of_statements(told, quotes(group), copies), conflicts(told)))
    groups.sort(key=lambda f: (-len(f.group.members), -f.group.score, f.group.members))
    head = None if asked else headline(first)
    return Comparison(tuple(kept), copies, tuple(pairs), tuple(groups), (head,) if head else ())


def _matches(mine: list[Statement], theirs: list[Statement], weights: dict[str, dict[str, float]], prior: float, embedder: WordEmbedder | None) -> list[tuple[int, int, Match]]:
    """Matches of two articles' statements, as positions in each, best first; never between an anonymous source and a named person."""
    some = [*mine, *theirs]
    ends = len(mine)
    likely = {(i, ends + j) for i, a in enumerate(mine) for j, b in enumerate(theirs) if _may_match(a, b, by_meaning=embedder is not None)}
    if not likely:
        return []
    left, right = sorted({i for i, _ in likely}), sorted({j for _, j in likely})
    found = Meeting(some, left, right, weights, prior).claims(Nearness(some, embedder) if embedder else None, ENOUGH, likely)
    return sorted(((i, j - ends, m) for i, j, m in found if not unlike(some[i].who, some[j].who)), key=lambda f: (-f[2].score, f[2].a, f[2].b))


def _may_match(a: Statement, b: Statement, *, by_meaning: bool) -> bool:
    both = a.bag & b.bag
    return by_meaning or (bool(both) and mass(both) >= SHARED * min(a.mass, b.mass))


def _changes(mine: list[Statement], theirs: list[Statement], found: list[tuple[int, int, Match]]) -> tuple[Change, ...]:
    """What became of each of the article's own statements among those of the other that match any of them."""
    place = {j: n for n, j in enumerate(sorted({j for _, j, _ in found}))}
    nothing: tuple[list[Statement], list[Statement]] = ([], [])  # the writers' own words are not looked at
    made = changes(mine, [theirs[j] for j in place], [(i, place[j], m) for i, j, m in found], nothing)
    return tuple(c for c in made if c.kind != "added")  # where two of theirs match one of the own, the other one
