"""Which statements of different articles are the same quote, or make the same claim.

Articles meet by an inverted index over their statements' concepts and runs of three words, rarest first, so that the
work grows with what articles share and not with the square of their number; a few meet each other all. Where two may tell
of one event, all their statements are measured (`features`, `nearness`) and scored by logistic models, whose weights
training/compare.py fits on open data (data/weights.json): one says whether they tell of one event, one whether two statements
make the same claim if they do, one whether they still do beside their rivals, the other statements that each might be matched
with instead; one whether two quotations are the same. A claim is no more probable than one event: of the two the lesser is its score.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from functools import cache
from importlib.resources import files
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import numpy as np

from reportedly.comparing.evidence import evidence
from reportedly.comparing.features import CLAIM, QUOTE, RIVALS, Pairing, alike, event, measure
from reportedly.comparing.nearness import Nearness
from reportedly.comparing.results import Match
from reportedly.comparing.statements import Statement, page, statements
from reportedly.comparing.words import mass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from reportedly.comparing.results import MatchKind
    from reportedly.embedding import WordEmbedder
    from reportedly.values import Reading

ENOUGH = 0.5  # probability from which a match is given
SIDE_BY_SIDE = 3.0  # log odds of about twenty to one: what people put side by side is of one event
TERMS = 32  # rarest terms by which a statement looks for others
COMMON = 400  # a term of more statements than this finds nobody
FEW = 12  # articles up to so many meet each other all
UNLIKE = -9.0  # log odds below which all pairs are as bad
FAR = 4.0  # log odds beyond which a margin counts no more
UNRIVALLED = 1.0  # margin of a pair without a rival, which says little
NEIGHBOURS = 40  # best candidates of each statement that are measured
WORTH = 0.05  # share of the lesser statement's terms that a candidate must have in common
VERBATIM = 6  # shared words in a row from which an anonymous and a named source's statements are not matched at all
ALONE = 6  # quoted words in a row that are the same quotation in whatever article
FIRST_PERSON = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "i'm", "i've", "i'd", "i'll", "we're", "we've", "we'd", "we'll"])
PERSONAL = FIRST_PERSON | {"he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "theirs", "themselves"}


def match(readings: Sequence[Reading], *, least: float = ENOUGH, min_score: float = 0.0, prior: float = 0.0, embedder: WordEmbedder | None = None) -> list[Match]:
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


def between(left: Sequence[Statement], right: Sequence[Statement], *, least: float = ENOUGH, prior: float = 0.0, embedder: WordEmbedder | None = None) -> list[tuple[int, int, Match]]:
    """Matches of two lists of statements, as positions in each, best first. The lists may be of one article."""
    some = [*left, *right]
    found = pairs(some, [0] * len(left) + [1] * len(right), least=least, prior=prior, embedder=embedder)
    return [(i, j - len(left), m) for i, j, m in found]


def pairs(some: Sequence[Statement], sides: Sequence[object], *, least: float, prior: float = 0.0, embedder: WordEmbedder | None = None, explain: bool = True) -> list[tuple[int, int, Match]]:
    """Matches between statements of different sides, as positions, best first; without `explain` they carry no evidence, which takes as long to say as to match."""
    weights = weights_of(embedder)
    near = Nearness(some, embedder) if embedder and some else None
    found = []
    for left, right, proposed in meetings(some, sides):
        here = Meeting(some, left, right, weights, prior, explain=explain)
        if any(here.one_event(i, j) >= least for i, j in proposed):
            found += here.claims(near, least)
        else:  # no claim can come to the score, but a long quotation is the same wherever it stands
            found += here.quotes([(i, j) for i, j in proposed if some[i].quoted and some[j].quoted], least)
    return sorted(found, key=lambda f: (-f[2].score, f[2].a, f[2].b))


def against(one: Statement, others: Sequence[Statement], *, least: float = ENOUGH, embedder: WordEmbedder | None = None) -> list[tuple[int, Match]]:
    """Matches of one statement with those of other articles, as positions, best first.

    Without an embedder only those that share most words with it are measured, beside the others of their articles.
    """
    weights = weights_of(embedder)
    shared = [mass(one.bag & s.bag) / math.sqrt(s.mass) if s.mass else 0.0 for s in others]
    elsewhere = [k for k, s in enumerate(others) if s.ref.article != one.ref.article]
    close = elsewhere if embedder else sorted((k for k in elsewhere if shared[k]), key=lambda k: (-round(shared[k], 9), k))[:NEIGHBOURS]
    homes = {others[k].page.id for k in close}
    gathered: dict[str, list[int]] = defaultdict(list)
    for k in elsewhere:
        if others[k].page.id in homes:
            gathered[others[k].page.id].append(k + 1)
    some = [one, *others]
    near = Nearness(some, embedder) if embedder else None
    found = [m for block in gathered.values() for m in Meeting(some, [0], block, weights, 0.0).claims(near, least)]
    return [(j - 1, m) for _, j, m in sorted(found, key=lambda f: (-f[2].score, f[2].a, f[2].b))]


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


class Meeting:
    """Two articles whose statements are measured against each other."""

    def __init__(self, some: Sequence[Statement], left: list[int], right: list[int], weights: dict[str, dict[str, float]], prior: float, *, explain: bool = True) -> None:
        if some[right[0]].page.id < some[left[0]].page.id:  # the same numbers to the last digit, whichever comes first
            left, right = right, left
        self.some, self.left, self.right, self.weights, self.prior, self.explain = some, left, right, weights, prior, explain
        one, other = some[left[0]].page, some[right[0]].page
        self.pages = None if one.id == other.id else alike(one, other)

    def one_event(self, i: int, j: int) -> float:
        """The probability that two statements are of one event."""
        return 1.0 if self.pages is None else logistic(event(self.some[i], self.some[j], self.pages), self.weights["event"], self.prior)

    def claims(self, near: Nearness | None, least: float, only: Collection[tuple[int, int]] | None = None) -> list[tuple[int, int, Match]]:
        """All matches, of either kind; with `only`, among these pairs, and all others are taken to be as unlike as can be."""
        some = self.some
        found: list[tuple[int, int, Match]] = []
        nearness = near.between(self.left, self.right) if near else ()
        measured: dict[tuple[int, int], Pairing] = {}
        odds = np.full((len(self.left), len(self.right)), UNLIKE)
        for m, i in enumerate(self.left):
            for n, j in enumerate(self.right):
                if only is not None and (min(i, j), max(i, j)) not in only:
                    continue
                made = measure(some[i], some[j], *(float(one[m, n]) for one in nearness))
                if not may_not(some[i], some[j], made):
                    measured[m, n] = made
                    odds[m, n] = log_odds(made.claim, self.weights["claim"])
        lesser, greater = margins(odds)
        for (m, n), pairing in measured.items():
            i, j = self.left[m], self.right[n]
            values = {"log odds": float(odds[m, n]), "lesser margin": float(lesser[m, n]), "greater margin": float(greater[m, n])}
            one_event = self.one_event(i, j)
            match = judge(some[i], some[j], pairing, one_event, values, self.weights, least, explain=self.explain)
            if match:
                found.append((min(i, j), max(i, j), match))
        return found

    def quotes(self, proposed: Sequence[tuple[int, int]], least: float) -> list[tuple[int, int, Match]]:
        """Matches of quotations only."""
        found: list[tuple[int, int, Match]] = []
        for i, j in proposed:
            pairing = measure(self.some[i], self.some[j])
            if not may_not(self.some[i], self.some[j], pairing):
                match = judge(self.some[i], self.some[j], pairing, self.one_event(i, j), None, self.weights, least, explain=self.explain)
                if match:
                    found.append((min(i, j), max(i, j), match))
        return found


def margins(odds: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """By how much each pair is likelier than the best other pair of its one statement, and of its other: the lesser of the two and the greater."""

    def over_rivals(rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        if rows.shape[1] < 2:
            return np.full(rows.shape, UNRIVALLED)
        best = np.sort(rows, axis=1)[:, -2:]
        rival = np.where(rows == best[:, 1:], best[:, :1], best[:, 1:])
        clipped: np.ndarray[Any, Any] = np.clip(rows - rival, -FAR, FAR)
        return clipped

    one, other = over_rivals(odds), over_rivals(odds.T).T
    return np.minimum(one, other), np.maximum(one, other)


def may_not(a: Statement, b: Statement, pairing: Pairing) -> bool:
    """Whether no match may be made: the same words, or the same thing lived through, would set an anonymous source beside a named candidate."""
    return pairing.apart and (pairing.verbatim.longest >= VERBATIM or _lived(a, b))


def judge(a: Statement, b: Statement, pairing: Pairing, one_event: float, rivals: dict[str, float] | None, weights: dict[str, dict[str, float]], least: float, *, explain: bool = True) -> Match | None:
    """The match of two statements; null where its score is lower than `least`. `one_event` is the probability that their articles tell of one event; without `rivals` only quotations count."""
    claim = min(one_event, logistic(rivals, weights["rivals"])) if rivals else 0.0
    quote = 0.0
    if pairing.quote and pairing.quoted.count > 1 and not pairing.apart:
        quote = logistic(pairing.quote, weights["quote"]) * (1.0 if pairing.quoted.longest >= ALONE else one_event)
    same = quote >= ENOUGH
    kind: MatchKind = "same quote" if same else "same claim"
    values, names, model, part = (pairing.quote or {}, QUOTE, "quote", 1.0) if same else (pairing.claim, CLAIM, "claim", weights["rivals"]["log odds"])
    score = quote if same else claim
    if score < least:
        return None
    one, other = (a, b) if a.ref <= b.ref else (b, a)
    if not explain:
        return Match(one.ref, other.ref, kind, round(score, 4), ())
    shares = {k: v * part * weights[model].get(k, 0.0) for k, v in values.items()}
    margin = 0.0
    if rivals and not same:
        margin = rivals["lesser margin"]
        shares |= {k: rivals[k] * weights["rivals"].get(k, 0.0) for k in rivals if k != "log odds"}
        names = names | dict.fromkeys(RIVALS, "rivals")
    return Match(one.ref, other.ref, kind, round(score, 4), evidence(one, other, pairing, shares, names, one_event, margin))


def _lived(a: Statement, b: Statement) -> bool:
    """Whether two statements may tell what their speakers lived through: the nameless one is quoted, one says "I", or both have a person without a name."""
    if any(s.who and s.who.anonymous and 2 * len(s.quoted) > len(s.words) for s in (a, b)):
        return True
    one, other = (PERSONAL & set(s.words) for s in (a, b))
    return bool((one | other) & FIRST_PERSON) or bool(one and other)


def log_odds(values: dict[str, float], weights: dict[str, float]) -> float:
    """The log odds that a logistic model gives."""
    return max(UNLIKE, min(-UNLIKE, weights["bias"] + math.fsum(weights.get(k, 0.0) * v for k, v in values.items())))


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


def weights_of(embedder: WordEmbedder | None) -> dict[str, dict[str, float]]:
    """The models for an embedder, or for words alone.

    Raises:
        ValueError: there are none for this embedder.

    """
    return _weights(embedder.name if embedder else "words")


@cache
def _weights(name: str) -> dict[str, dict[str, float]]:
    known = json.loads((files("reportedly.comparing") / "data" / "weights.json").read_text("utf-8"))
    if name not in known["models"]:
        message = f"There are no weights for {name}: fit them with training/compare.py, which says how."
        raise ValueError(message)
    return dict(known["models"][name])
