"""Which statements of different articles are the same quote, or make the same claim.

Pairs are proposed by an inverted index over concepts and runs of three words, rarest first, so that the work
grows with what articles share and not with the square of their number. Each is then measured (`features`) and
scored by logistic models, whose weights training/compare.py fits on open data (data/weights.json): one says
whether two articles tell of one event, one whether two statements make the same claim if they do, one whether
two quotations are the same. A claim is no more probable than one event: of the two the lesser is its score.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Protocol

import numpy as np

from reportedly.compare.evidence import evidence
from reportedly.compare.features import CLAIM, QUOTE, Pairing, alike, event, measure
from reportedly.compare.results import Match
from reportedly.compare.statements import Statement, page, statements
from reportedly.compare.words import mass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportedly.compare.results import MatchKind
    from reportedly.values import Reading

ENOUGH = 0.5  # probability from which a match is given
SIDE_BY_SIDE = 1.6  # log odds of about five to one: what people put side by side is mostly of one event
TERMS = 32  # rarest terms by which a statement looks for others
COMMON = 400  # a term of more statements than this finds nobody
NEIGHBOURS = 40  # best candidates of each statement that are measured
WORTH = 0.05  # share of the lesser statement's terms that a candidate must have in common
VERBATIM = 6  # shared words in a row from which an anonymous and a named source's statements are not matched at all
ALONE = 6  # quoted words in a row that are the same quotation in whatever article
FIRST_PERSON = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "i'm", "i've", "i'd", "i'll", "we're", "we've", "we'd", "we'll"])
PERSONAL = FIRST_PERSON | {"he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "theirs", "themselves"}


class Embedder(Protocol):
    """Sentence embeddings, for meaning beyond words: none ships with the core, and without one `match` goes by words.

    `name` must be one for which data/weights.json has weights, since scores fitted without are not calibrated with it.
    """

    name: str

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """One row a text, of length 1."""


def match(readings: Sequence[Reading], *, least: float = ENOUGH, min_score: float = 0.0, prior: float = 0.0, embedder: Embedder | None = None) -> list[Match]:
    """Matches between statements of different articles, best first; the order of the readings does not matter.

    `least` is the score from which a match is given; statements below `min_score` take no part. Readings with the same article id
    count once. A match is suggested, not confirmed. `prior` is the log odds, before anything is looked at, that two of the
    articles tell of one event: 0 for articles that were gathered, `SIDE_BY_SIDE` for those that somebody chose to compare.

    Raises:
        ValueError: there are no weights for this embedder.

    """
    pages = {r.article.id: page(r) for r in readings}
    some = [s for key in sorted(pages) for s in statements(pages[key], min_score=min_score)]
    found = pairs(some, [s.ref.article for s in some], least=least, prior=prior, embedder=embedder)
    return [m for _, _, m in found]


def between(left: Sequence[Statement], right: Sequence[Statement], *, least: float = ENOUGH, prior: float = 0.0, embedder: Embedder | None = None) -> list[tuple[int, int, Match]]:
    """Matches of two lists of statements, as positions in each, best first. The lists may be of one article."""
    some = [*left, *right]
    found = pairs(some, [0] * len(left) + [1] * len(right), least=least, prior=prior, embedder=embedder)
    return [(i, j - len(left), m) for i, j, m in found]


def pairs(some: Sequence[Statement], sides: Sequence[object], *, least: float, prior: float = 0.0, embedder: Embedder | None = None, explain: bool = True) -> list[tuple[int, int, Match]]:
    """Matches between statements of different sides, as positions, best first; without `explain` they carry no evidence, which takes as long to say as to match."""
    vectors = embedder.embed([s.text for s in some]) if embedder and some else None
    weights = _weights(embedder.name if embedder else "words")
    return _judged(some, candidates(some, sides), weights, vectors, least=least, prior=prior, explain=explain)


def against(one: Statement, others: Sequence[Statement], *, least: float = ENOUGH) -> list[tuple[int, Match]]:
    """Matches of one statement with those of other articles, as positions, best first: those that share most words with it are measured."""
    shared = [mass(one.bag & s.bag) / math.sqrt(s.mass) if s.mass else 0.0 for s in others]
    near = sorted((k for k, share in enumerate(shared) if share and others[k].ref.article != one.ref.article), key=lambda k: (-round(shared[k], 9), k))[:NEIGHBOURS]
    return [(near[j - 1], m) for _, j, m in _judged([one, *(others[k] for k in near)], ((0, j) for j in range(1, len(near) + 1)), _weights("words"), None, least=least)]


def _judged(
    some: Sequence[Statement], proposed: Iterable[tuple[int, int]], weights: dict[str, dict[str, float]], vectors: np.ndarray | None, *, least: float, prior: float = 0.0, explain: bool = True
) -> list[tuple[int, int, Match]]:
    pages: dict[tuple[str, str], dict[str, float]] = {}
    found = []
    for i, j in proposed:
        a, b = some[i], some[j]
        key = (a.page.id, b.page.id)
        if key not in pages:
            pages[key] = alike(a.page, b.page)
        one_event = 1.0 if key[0] == key[1] else logistic(event(a, b, pages[key]), weights["event"], prior)
        if one_event < least and not (a.quoted and b.quoted):
            continue  # no claim can come to the score
        meaning = float(vectors[i] @ vectors[j]) if vectors is not None else None
        made = judge(a, b, measure(a, b, meaning), one_event, weights, least, explain=explain)
        if made:
            found.append((i, j, made))
    return sorted(found, key=lambda f: (-f[2].score, f[2].a, f[2].b))


def judge(a: Statement, b: Statement, pairing: Pairing, one_event: float, weights: dict[str, dict[str, float]], least: float, *, explain: bool = True) -> Match | None:
    """The match of two statements; null where its score is lower than `least`, or where none may be made.

    `one_event` is the probability that their articles tell of one event. A long quotation is the same wherever it stands.
    """
    if pairing.apart and (pairing.verbatim.longest >= VERBATIM or _lived(a, b)):
        return None  # the same words, or the same thing lived through, would set an anonymous source beside a named candidate
    claim = min(one_event, logistic(pairing.claim, weights["claim"]))
    quote = 0.0
    if pairing.quote and pairing.quoted.count > 1 and not pairing.apart:
        quote = logistic(pairing.quote, weights["quote"]) * (1.0 if pairing.quoted.longest >= ALONE else one_event)
    kind: MatchKind = "same quote" if quote >= ENOUGH else "same claim"
    values, names, score = (pairing.quote or {}, QUOTE, quote) if quote >= ENOUGH else (pairing.claim, CLAIM, claim)
    if score < least:
        return None
    one, other = (a, b) if a.ref <= b.ref else (b, a)
    if not explain:
        return Match(one.ref, other.ref, kind, round(score, 4), ())
    shares = {k: v * weights["quote" if quote >= ENOUGH else "claim"].get(k, 0.0) for k, v in values.items()}
    return Match(one.ref, other.ref, kind, round(score, 4), evidence(one, other, pairing, shares, names, one_event))


def _lived(a: Statement, b: Statement) -> bool:
    """Whether two statements may tell what their speakers lived through: one says "I", or both have a person without a name."""
    one, other = (PERSONAL & set(s.words) for s in (a, b))
    return bool((one | other) & FIRST_PERSON) or bool(one and other)


def logistic(values: dict[str, float], weights: dict[str, float], prior: float = 0.0) -> float:
    """The probability that a logistic model gives, its log odds shifted by `prior`."""
    z = prior + weights["bias"] + math.fsum(weights.get(k, 0.0) * v for k, v in values.items())
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, z))))


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


@cache
def _weights(name: str) -> dict[str, dict[str, float]]:
    known = json.loads((files("reportedly.compare") / "data" / "weights.json").read_text("utf-8"))
    if name not in known["models"]:
        message = f"There are no weights for {name}: fit them with training/compare.py, which says how."
        raise ValueError(message)
    return dict(known["models"][name])
