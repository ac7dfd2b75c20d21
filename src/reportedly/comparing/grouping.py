"""Matched statements gathered over articles, without chaining through weak links.

Agglomerative clustering with average linkage (Sokal and Michener 1958): two clusters are joined while the mean
score over all pairs of statements of different articles between them is high enough, and a pair that did not
match counts as 0. So a statement joins a group only if it matches most of it.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from typing import TYPE_CHECKING

from reportedly.comparing.relations import unlike
from reportedly.comparing.results import Group, Ref
from reportedly.comparing.voices import who

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportedly.comparing.results import Match
    from reportedly.comparing.voices import Who
    from reportedly.values import Reading

ENOUGH = 0.3  # mean score over the pairs of two clusters; found on the open stories, each left out of the fit, between 0.25 and 0.45


def groups(matches: Iterable[Match], readings: Sequence[Reading] = (), *, enough: float = ENOUGH, voices: Mapping[Ref, Who] | None = None) -> list[Group]:
    """Groups of two and more statements, each in one group only; largest first, then by score.

    With the `readings` that the matches come from, no group sets an anonymous source's statement and a named
    person's together unless they were matched themselves. `voices` are the sources of the statements, for whoever knows them already.
    """
    known = {frozenset((m.a, m.b)): m for m in sorted(matches, key=lambda m: (m.a, m.b))}
    apart = _apart(readings, {r for pair in known for r in pair}) if voices is None else voices
    members: dict[int, list[Ref]] = {}
    links: dict[int, dict[int, float]] = defaultdict(dict)
    number = {ref: n for n, ref in enumerate(sorted({r for pair in known for r in pair}))}
    for ref, n in number.items():
        members[n] = [ref]
    for pair, m in known.items():
        a, b = sorted(number[r] for r in pair)
        links[a][b] = links[b][a] = m.score

    def mean(a: int, b: int) -> float:
        across = sum(x.article != y.article for x in members[a] for y in members[b])
        return links[a][b] / across if across else 0.0

    heap = [(-mean(a, b), a, b) for a in links for b in links[a] if a < b]
    heapq.heapify(heap)
    fresh = len(number)
    while heap:
        score, a, b = heapq.heappop(heap)
        if -score < enough:
            break
        if a not in members or b not in members or _barred(members[a], members[b], apart, known):
            continue
        joined = sorted(members.pop(a) + members.pop(b))
        sums: dict[int, list[float]] = defaultdict(list)
        for old in (a, b):
            for other, value in links.pop(old).items():
                links[other].pop(old, None) if other in links else None
                if other in members:
                    sums[other].append(value)
        members[fresh] = joined
        for other, values in sums.items():
            links[fresh][other] = links[other][fresh] = math.fsum(sorted(values))
        for other in sums:
            heapq.heappush(heap, (-mean(fresh, other), min(fresh, other), max(fresh, other)))
        fresh += 1
    inside: dict[int, list[Match]] = defaultdict(list)
    home = {ref: n for n, refs in members.items() for ref in refs}
    for m in known.values():
        if home[m.a] == home[m.b]:
            inside[home[m.a]].append(m)
    made = [_group(refs, inside[n]) for n, refs in members.items() if len(refs) > 1]
    return sorted(made, key=lambda g: (-len(g.members), -g.score, g.members))


def _group(refs: list[Ref], inside: list[Match]) -> Group:
    across = sum(a.article != b.article for k, a in enumerate(refs) for b in refs[k + 1 :])
    return Group(tuple(refs), tuple(sorted(inside, key=lambda m: (-m.score, m.a, m.b))), round(math.fsum(sorted(m.score for m in inside)) / max(1, across), 4))


def _barred(one: list[Ref], other: list[Ref], apart: Mapping[Ref, Who], known: dict[frozenset[Ref], Match]) -> bool:
    """Whether joining would set an anonymous and a named person together that did not match."""
    return any(unlike(apart.get(x), apart.get(y)) and frozenset((x, y)) not in known for x in one for y in other)


def _apart(readings: Sequence[Reading], refs: set[Ref]) -> dict[Ref, Who]:
    """The source of each statement, as far as known."""
    found: dict[Ref, Who] = {}
    for reading in readings:
        voices = {s.id: who(s, reading) for s in reading.sources}
        for a in reading.attributions:
            key = Ref(reading.article.id, a.id)
            voice = voices.get(a.source) if a.source else None
            if key in refs and voice:
                found[key] = voice
    return found
