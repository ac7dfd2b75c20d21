"""From the encoder's scores to attributions: spans by Viterbi over the whole article, then links.

Tags are O and begin/inside/end/single of the three roles (BIOES). In PolNeAR a token has one role in one
attribution and each attribution has one cue, so an attribution is its cue: every piece of content chooses
the cue it belongs to, every cue chooses its source, and both may choose none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from reportedly.reader.marginals import forward_backward

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BIES"))
LINKS = ("content-cue", "cue-source")  # dependent-head
LINK_WIDTH = 64  # of a projected span
# In the training articles 99.97 % of links have at most one other head between; without this bound two quotations
# of one article that sound alike are drawn to the same cue, pages apart.
REACH = 2  # heads on each side that are considered
DISTANCES = 16
RANKS = 6
GAPS = 3
NO = -1e4


@cache
def allowed() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Which tag may start, follow and end: (L,), (L, L), (L,) of True and False."""
    size = len(TAGS)
    start, step, end = np.zeros(size, bool), np.zeros((size, size), bool), np.zeros(size, bool)
    for i, tag in enumerate(TAGS):
        start[i] = tag[0] in "OBS"
        end[i] = tag[0] in "OES"
        for j, following in enumerate(TAGS):
            if tag[0] in "OES":
                step[i, j] = following[0] in "OBS"
            else:
                step[i, j] = following[0] in "IE" and following[2:] == tag[2:]
    return start, step, end


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words with one role: words `first` to `last`, both inclusive; `p` its marginal probability."""

    role: str
    first: int
    last: int
    p: float = 1.0


def viterbi(emissions: np.ndarray, transitions: np.ndarray, paragraph: np.ndarray | None = None) -> np.ndarray:
    """Best allowed tag sequence (W,) for emissions (W, L) and transitions (L, L), both log scores.

    No span runs on from one paragraph (W,) into the next: the guidelines annotate each on its own.
    """
    if not len(emissions):
        return np.zeros(0, np.int64)
    start, _, end = allowed()
    edges = np.zeros(len(emissions), bool)
    if paragraph is not None:
        edges[1:] = paragraph[1:] != paragraph[:-1]
    kind, size = np.result_type(emissions, transitions), len(TAGS)
    arriving = np.ascontiguousarray(transitions.T, kind).reshape(-1)  # a row for each tag arrived at, whose maximum is quick to find
    before, rows = np.tile(np.arange(size), size), size * np.arange(size)
    flat = np.empty(size * size, kind)
    table = flat.reshape(size, size)
    score = np.where(start, emissions[0], NO).astype(kind)
    best = np.empty(emissions.shape, np.int64)  # places in `flat`
    for edge, emission, place in zip(edges.tolist()[1:], emissions[1:], best[1:], strict=True):
        if edge:
            score = np.where(end, score, score + NO)
        score.take(before, out=flat, mode="clip")
        flat += arriving
        table.argmax(1, place)
        np.add(place, rows, place)
        score = flat.take(place)
        score += emission
    tag = int(np.where(end, score, score + NO).argmax())
    tags = [tag]
    for chosen in (best[:0:-1] - rows).tolist():
        tag = chosen[tag]
        tags.append(tag)
    return np.array(tags[::-1])


class Lattice:
    """Marginal probabilities of tags and of spans under the chain of emissions (W, L) and transitions (L, L)."""

    def __init__(self, emissions: np.ndarray, transitions: np.ndarray) -> None:
        start, _, end = allowed()
        self.local = np.exp((emissions - emissions.max(1, keepdims=True)).astype(np.float64))
        self.step = np.exp(transitions.astype(np.float64))
        self.forward, self.backward, self.scale = forward_backward(self.local, self.step, start.astype(np.float64), end.astype(np.float64))

    def span(self, role: str, first: int, last: int) -> float:
        """Probability that exactly the words `first` to `last` are one span of this role."""
        b, i, e, s = (TAGS.index(f"{place}-{role}") for place in "BIES")
        if first == last:
            return float(min(1.0, self.forward[first, s] * self.backward[first, s]))
        tags = np.array([b, *[i] * (last - first - 1), e])
        after = slice(first + 1, last + 1)
        inside = self.step[tags[:-1], tags[1:]] * self.local[after][np.arange(last - first), tags[1:]] / self.scale[after]
        return float(min(1.0, self.forward[first, b] * inside.prod() * self.backward[last, e]))

    def tags(self) -> np.ndarray:
        """Marginal probabilities of the tags, (W, L)."""
        both: np.ndarray = self.forward * self.backward
        return both


def pieces(tags: np.ndarray) -> list[tuple[str, int, int]]:
    """(role, first word, last word) of every span in a tag sequence."""
    found, opened = [], None
    for t, tag in enumerate(tags.tolist()):
        name = TAGS[tag]
        if name[0] in "BS":
            opened = t
        if name[0] in "ES" and opened is not None:
            found.append((name[2:], opened, t))
            opened = None
    return found


def relation(dependents: np.ndarray, heads: np.ndarray, paragraph: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How heads lie to dependents: bucket of distance, paragraphs between. Both hold first and last words, (..., 2), and are broadcast."""
    ahead = heads[..., 0] > dependents[..., 0]
    distance = np.where(ahead, heads[..., 0] - dependents[..., 1], dependents[..., 0] - heads[..., 1])
    bucket = np.minimum(np.log2(np.maximum(distance, 1)).astype(np.int64), DISTANCES // 2 - 1)
    gap = np.minimum(np.abs(paragraph[heads[..., 0]] - paragraph[dependents[..., 0]]), GAPS - 1)
    return np.where(ahead, bucket + DISTANCES // 2, bucket), gap


def ranks(dependents: np.ndarray, heads: np.ndarray) -> np.ndarray:
    """Rank (D, H) of each head on its side of each dependent: 0 and RANKS / 2 are the nearest before and ahead."""
    before = np.searchsorted(heads[:, 0], dependents[:, 0], "right")[:, None]
    index = np.arange(len(heads))[None, :]
    ahead = index >= before
    return np.minimum(np.where(ahead, index - before, before - 1 - index), RANKS // 2 - 1) + np.where(ahead, RANKS // 2, 0)


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """What scores a link beside the projections of its spans: (DISTANCES,), (RANKS,), (GAPS,), (LINK_WIDTH,), ()."""

    distance: np.ndarray
    rank: np.ndarray
    gap: np.ndarray
    none: np.ndarray
    none_bias: float


@dataclass(frozen=True, slots=True)
class Weights:
    """Decoding weights that lie beside the encoder.

    `transitions` (L, L) with forbidden steps at NO, weights of each kind of link, and of the score: one
    for each of FEATURES and, last, the constant.
    """

    transitions: np.ndarray
    links: dict[str, LinkWeights]
    score: np.ndarray


def link(
    kind: str, dependents: np.ndarray, heads: np.ndarray, vectors: np.ndarray, paragraph: np.ndarray, weights: Weights
) -> tuple[np.ndarray, np.ndarray]:
    """For each of D dependents the nearest heads, REACH on each side, and the probability of each link.

    Returns indices of heads (D, 2 * REACH + 1), -1 where there is none (always in the last column), and
    probabilities of the same shape; the last is that of no head. `vectors` (W, 2 * 4 * LINK_WIDTH) hold,
    for each kind of link, projections as first and last word of dependent and head.
    """
    own = weights.links[kind]
    base = LINKS.index(kind) * 4 * LINK_WIDTH
    view = vectors[:, base : base + 4 * LINK_WIDTH].reshape(len(vectors), 4, LINK_WIDTH)
    query = view[dependents[:, 0], 0].astype(np.float32) + view[dependents[:, 1], 1]
    score = np.full((len(dependents), 2 * REACH + 1), NO, np.float32)
    score[:, -1] = query @ own.none / np.sqrt(LINK_WIDTH) + own.none_bias
    index = np.full(score.shape, -1)
    if len(heads):
        slots = np.arange(-REACH, REACH)
        near = np.searchsorted(heads[:, 0], dependents[:, 0], "right")[:, None] + slots
        there = (near >= 0) & (near < len(heads))
        index[:, :-1] = np.where(there, near, -1)
        chosen = heads[index[:, :-1]]
        key = view[chosen[..., 0], 2].astype(np.float32) + view[chosen[..., 1], 3]
        rank = np.where(slots < 0, -1 - slots, slots + RANKS // 2)
        bucket, gap = relation(dependents[:, None], chosen, paragraph)
        linked = (query[:, None] * key).sum(2) / np.sqrt(LINK_WIDTH) + own.distance[bucket] + own.rank[rank] + own.gap[gap]
        score[:, :-1] = np.where(there, linked, NO)
    score = np.exp(score - score.max(1, keepdims=True))
    return index, score / score.sum(1, keepdims=True)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An attribution as decoded: word runs of its parts, and `features`, from which its score is made."""

    source: Piece | None
    cue: Piece | None
    content: tuple[Piece, ...]
    features: tuple[float, ...]


FEATURES = (
    "content-words", "content-span", "content-link", "content-length", "content-pieces", "cue-words", "cue-span",
    "has-cue", "source-words", "source-span", "source-link", "has-source", "source-distance", "cue-distance",
)  # fmt: skip


def _logit(p: float) -> float:
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def _features(source: Piece | None, cue: Piece | None, content: tuple[Piece, ...], links: list[float], source_link: float, roles: np.ndarray) -> tuple[float, ...]:
    """The figures named in FEATURES; `roles` (W + 1, 3) are sums over the words before of the marginal probabilities that a word has each role."""

    def sure(*runs: Piece | None) -> float:
        there = [p for p in runs if p]
        summed = sum(float(roles[p.last + 1, ROLES.index(p.role)] - roles[p.first, ROLES.index(p.role)]) for p in there)
        return _logit(summed / sum(p.last - p.first + 1 for p in there)) if there else 0.0

    length = sum(p.last - p.first + 1 for p in content)
    def away(p: Piece | None) -> float:
        return math.log1p(min(max(c.first - p.last, p.first - c.last, 0) for c in content)) if p else 0.0

    return (
        sure(*content), _logit(min(p.p for p in content)), _logit(min(links)), math.log(length), float(len(content) > 1),
        sure(cue), _logit(cue.p) if cue else 0.0, float(cue is not None),
        sure(source), _logit(source.p) if source else 0.0, _logit(source_link), float(source is not None), away(source), away(cue),
    )  # fmt: skip


def decode(emissions: np.ndarray, vectors: np.ndarray, paragraph: np.ndarray, weights: Weights) -> list[Candidate]:
    """Attributions of one article from its words' emissions (W, L) and link vectors (W, ...)."""
    if not len(emissions):
        return []
    spans = pieces(viterbi(emissions, weights.transitions, paragraph))
    if not any(role == "content" for role, _, _ in spans):
        return []
    lattice = Lattice(emissions, weights.transitions)
    found: dict[str, list[Piece]] = {role: [] for role in ROLES}
    for role, first, last in spans:
        found[role].append(Piece(role, first, last, lattice.span(role, first, last)))
    place = {role: np.array([(p.first, p.last) for p in found[role]], np.int64).reshape(-1, 2) for role in ROLES}
    roles = np.zeros((len(emissions) + 1, len(ROLES)))
    lattice.tags()[:, 1:].reshape(-1, len(ROLES), 4).sum(2).cumsum(0, out=roles[1:])
    cue_of, to_cue = _best(*link("content-cue", place["content"], place["cue"], vectors, paragraph, weights))
    source_of, to_source = _best(*link("cue-source", place["cue"], place["source"], vectors, paragraph, weights))
    groups: dict[int, list[int]] = {}
    for k, head in enumerate(cue_of):
        groups.setdefault(head if head >= 0 else -1 - k, []).append(k)
    out = []
    for head, members in groups.items():
        content = tuple(found["content"][k] for k in members)
        cue, source, source_link = None, None, 1.0
        if head >= 0:
            cue, source_link = found["cue"][head], to_source[head]
            source = found["source"][source_of[head]] if source_of[head] >= 0 else None
        out.append(Candidate(source, cue, content, _features(source, cue, content, [to_cue[k] for k in members], source_link, roles)))
    return sorted(out, key=lambda c: min(p.first for p in (c.source, c.cue, *c.content) if p))


def _best(index: np.ndarray, probability: np.ndarray) -> tuple[list[int], list[float]]:
    """The likeliest head of each dependent, -1 for none, and how likely it is."""
    best = probability.argmax(1)
    rows = np.arange(len(best))
    return index[rows, best].tolist(), probability[rows, best].tolist()
