"""Which statements of different articles are the same quote, or make the same claim.

Where two articles that meet (`meetings`) may tell of one event, all their statements are measured (`features`, `nearness`) and scored by logistic models, whose weights
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
from typing import TYPE_CHECKING, Any

import numpy as np

from reportedly.comparing.evidence import evidence
from reportedly.comparing.features import CLAIM, QUOTE, RIVALS, Pairing, alike, event, measure
from reportedly.comparing.meetings import NEIGHBOURS, meetings
from reportedly.comparing.nearness import Nearness
from reportedly.comparing.results import Match
from reportedly.comparing.statements import Statement, page, statements
from reportedly.comparing.words import mass

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from reportedly.comparing.results import MatchKind
    from reportedly.embedding import WordEmbedder
    from reportedly.values import Reading

ENOUGH = 0.5  # probability from which a match is given
# Log odds of about twenty to one: what people put side by side is of one event. Of 172 pairs of reports of two open stories each, 2 are
# given a group with it, 12 with 4.0 and 37 with 5.0; same claims of the open stories in turns: F1 59 with it, 60 with 4.0.
SIDE_BY_SIDE = 3.0
UNLIKE = -9.0  # log odds below which all pairs are as bad
FAR = 4.0  # log odds beyond which a margin counts no more
UNRIVALLED = 1.0  # margin of a pair without a rival, which says little
VERBATIM = 6  # shared words in a row from which an anonymous and a named source's statements are not matched at all
ALONE = 6  # quoted words in a row that are the same quotation in whatever article
FIRST_PERSON = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "i'm", "i've", "i'd", "i'll", "we're", "we've", "we'd", "we'll"])
PERSONAL = FIRST_PERSON | {"he", "him", "his", "himself", "she", "her", "hers", "herself", "they", "them", "their", "theirs", "themselves"}


def match(readings: Sequence[Reading], *, least: float = ENOUGH, min_score: float = 0.0, prior: float = 0.0, embedder: WordEmbedder | None = None) -> list[Match]:
    """Matches between statements of different articles, best first; the order of the readings does not matter.

    `least` is the score from which a match is given; statements below `min_score` take no part. Readings with the same article id
    count once. A match is suggested, not confirmed. `prior` is the log odds, before anything is looked at, that two of the
    articles tell of one event: 0 for articles that were gathered, `SIDE_BY_SIDE` for those that somebody chose to compare. Of chosen
    ones two tell of one event, too, if each does with a third.

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
    met = [(Meeting(some, left, right, weights, prior, explain=explain), proposed) for left, right, proposed in meetings(some, sides)]
    if prior:
        through_others(met)
    for here, proposed in met:
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


def through_others(met: Sequence[tuple[Meeting, Sequence[tuple[int, int]]]]) -> None:
    """Let each two articles be of one event as surely as the weakest link of the best chain of articles between them (single linkage)."""
    links = [(max(here.odds_of_event(i, j) for i, j in proposed), here.ends) for here, proposed in met if here.pages is not None]
    home = {one: [one] for _, ends in links for one in ends}
    odds: dict[frozenset[str], float] = {}
    for value, (one, other) in sorted(links, reverse=True):
        some, others = home[one], home[other]
        if some is not others:
            odds.update({frozenset((x, y)): value for x in some for y in others})
            home.update(dict.fromkeys(some + others, some + others))
    for here, _ in met:
        here.company = odds.get(frozenset(here.ends), -math.inf)


class Meeting:
    """Two articles whose statements are measured against each other."""

    def __init__(self, some: Sequence[Statement], left: list[int], right: list[int], weights: dict[str, dict[str, float]], prior: float, *, explain: bool = True) -> None:
        if some[right[0]].page.id < some[left[0]].page.id:  # the same numbers to the last digit, whichever comes first
            left, right = right, left
        self.some, self.left, self.right, self.weights, self.prior, self.explain = some, left, right, weights, prior, explain
        one, other = some[left[0]].page, some[right[0]].page
        self.ends = one.id, other.id
        self.pages = None if one.id == other.id else alike(one, other)
        self.company = -math.inf  # log odds that the two articles are of one event, by what stands beside them

    def odds_of_event(self, i: int, j: int) -> float:
        """The log odds, before the prior, that two statements of two articles are of one event."""
        return linear(event(self.some[i], self.some[j], self.pages or {}), self.weights["event"])

    def one_event(self, i: int, j: int) -> float:
        """The probability that two statements are of one event."""
        return 1.0 if self.pages is None else probability(max(self.company, self.odds_of_event(i, j)) + self.prior)

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
    return max(UNLIKE, min(-UNLIKE, linear(values, weights)))


def logistic(values: dict[str, float], weights: dict[str, float]) -> float:
    """The probability that a logistic model gives."""
    return probability(linear(values, weights))


def linear(values: dict[str, float], weights: dict[str, float]) -> float:
    """The log odds that a logistic model gives, whatever they are."""
    return weights["bias"] + math.fsum(weights.get(k, 0.0) * v for k, v in values.items())


def probability(odds: float) -> float:
    """Of log odds."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))


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
