"""Why two statements match, in words."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from reportedly.comparing.results import Evidence, EvidenceKind
from reportedly.comparing.words import concepts, weight

if TYPE_CHECKING:
    from reportedly.comparing.features import Pairing
    from reportedly.comparing.statements import Statement

FEW = 6  # words shown of what is shared
NEAR = 0.4  # cosine from which nearness in meaning is worth a word
LONG = 14  # words shown of a quote


def evidence(a: Statement, b: Statement, pairing: Pairing, shares: dict[str, float], kinds: dict[str, str], one_event: float, margin: float) -> tuple[Evidence, ...]:
    """Reasons that there is something to say of, each with its share of the log odds; `margin` is the lesser one over the pair's rivals."""
    weights: dict[str, float] = defaultdict(float)
    for name, share in shares.items():
        weights[kinds[name]] += share
    weights["reports"] = math.log(max(one_event, 1e-6))
    found = []
    for kind in get_args(EvidenceKind):
        words = _say(kind, a, b, pairing, one_event, margin)
        if words:
            found.append(Evidence(kind, words, round(weights.get(kind, 0.0), 2)))
    return tuple(found)


def _say(kind: EvidenceKind, a: Statement, b: Statement, pairing: Pairing, one_event: float, margin: float) -> str | None:
    if kind == "words":
        return _words(a, b)
    if kind == "quote":
        return _quote(pairing)
    if kind == "names":
        return _names(a, b)
    if kind == "figures":
        return _figures(a, b)
    if kind == "source":
        return _source(a, b, pairing)
    if kind == "times":
        return _times(a, b)
    if kind == "meaning":
        return f"near in meaning ({pairing.claim['meaning']:.2f} of 1)" if pairing.claim["meaning"] >= NEAR else None
    if kind == "rivals":
        return "no other statement of either report fits so well" if margin > 0 else "another statement of the reports fits better" if margin < 0 else None
    if kind == "reports":
        return f"the two reports tell of one event ({one_event:.0%} likely)" if one_event >= 0.5 else f"the two reports may tell of different events ({1 - one_event:.0%} likely)"
    return None


def _words(a: Statement, b: Statement) -> str | None:
    both = a.bag & b.bag
    if not both:
        return None
    shown = sorted(both, key=lambda c: (-weight(c), c))[:FEW]
    originals = [_original(c, a, b) for c in shown]
    return f"{len(both)} {'word' if len(both) == 1 else 'words'} in common: {', '.join(originals)}" + (" …" if len(both) > FEW else "")


def _original(concept: str, a: Statement, b: Statement) -> str:
    """A concept in the words of the statements: "quit (stepped down)" where they differ."""
    one, other = _forms(a.words).get(concept, concept), _forms(b.words).get(concept, concept)
    return one if one == other else f"{one} ({other})"


@lru_cache(maxsize=2_000)
def _forms(words: tuple[str, ...]) -> dict[str, str]:
    """The first word that stands for each concept, else the first two."""
    found: dict[str, str] = {}
    for word in words:
        for concept in concepts([word]):
            found.setdefault(concept, word)
    for v, w in pairwise(words):
        for concept in concepts([v, w])[:1]:
            found.setdefault(concept, f"{v} {w}")
    return found


def _quote(pairing: Pairing) -> str | None:
    if pairing.quoted.count > 1 or (pairing.quoted.count and pairing.quoted.coverage == 1.0):
        shown = " ".join(pairing.quoted.run[:LONG]) + (" …" if len(pairing.quoted.run) > LONG else "")
        return f"{round(100 * pairing.quoted.coverage)} % of the shorter quotation stands in both, in marks: “{shown}”"
    if pairing.verbatim.longest > 3:
        shown = " ".join(pairing.verbatim.run[:LONG]) + (" …" if len(pairing.verbatim.run) > LONG else "")
        return f"the same words in a row: {shown}"
    return None


def _names(a: Statement, b: Statement) -> str | None:
    both = sorted(a.names & b.names, key=lambda c: (-weight(c), c))[:FEW]
    return f"names in common: {', '.join(_original(c, a, b).title() for c in both)}" if both else None


def _figures(a: Statement, b: Statement) -> str | None:
    for one in a.figures:
        for other in b.figures:
            if one.agrees(other) and (one.unit & other.unit or not (one.unit and other.unit)):
                return f"figures agree: {one.words} – {other.words}"
    for one in a.figures:
        for other in b.figures:
            if one.unit & other.unit:
                return f"figures differ: {one.words} – {other.words}"
    return None


def _source(a: Statement, b: Statement, pairing: Pairing) -> str | None:
    if a.who is None or b.who is None or pairing.apart or a.who.anonymous or b.who.anonymous:
        return None
    if pairing.relation == "same":
        return f"the same source: {a.who.label}" + (f" – {b.who.label}" if a.who.label.casefold() != b.who.label.casefold() else "")
    if pairing.relation == "different":
        return f"different sources: {a.who.label} – {b.who.label}"
    return None


def _times(a: Statement, b: Statement) -> str | None:
    if a.page.when is None or b.page.when is None:
        return None
    days = abs((a.page.when - b.page.when).total_seconds()) / 86400
    return "published within a day of each other" if days <= 1 else f"published {days:.0f} days apart" if days > 2 else None
