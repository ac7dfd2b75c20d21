"""A query as conditions: what people write, checked, and turned into keys, words and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from reportedly.errors import BadInput
from reportedly.ledger import moments, rows, words
from reportedly.ledger.fulltext import ANYWHERE
from reportedly.values import Factuality, Manner, Stance

if TYPE_CHECKING:
    from reportedly.ledger.results import Query
    from reportedly.ledger.words import Term

NUMBER = r"[-+]?\d[\d,]*(?:\.\d+)?"
FIGURE = re.compile(rf"(?P<op><=|>=|<|>|=|~)?\s*(?P<low>{NUMBER})(?:\s*(?:\.\.|–|—)\s*(?P<high>{NUMBER}))?\s*(?P<unit>[^\d\s].*)?")
NEAR = 0.1  # "~50" is 45 to 55
CHOICES = {"factuality": get_args(Factuality), "manner": get_args(Manner), "stance": get_args(Stance)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query made ready: terms for the full text, bounds of keys, bounds of a figure."""

    wanted: tuple[tuple[tuple[str, ...], tuple[Term, ...]], ...]
    low_key: int | None
    high_key: int | None
    figure: tuple[float | None, float | None] | None
    unit: str
    min_score: float
    versions: bool


def ready(query: Query) -> Asked:
    """Check a query.

    Raises:
        BadInput: a date that is none, a choice that is none, a figure that is none, words without a letter.

    """
    wanted: list[tuple[tuple[str, ...], tuple[Term, ...]]] = []
    for fields, asked in ((ANYWHERE, query.words), (("source",), query.source)):
        if asked and asked.strip():
            found = words.terms(asked)
            if not found:
                raise BadInput(f"{asked!r} has no word that could be looked for: write letters or digits.")
            wanted.append((fields, found))
    facets = []
    for field, choices in CHOICES.items():
        value = getattr(query, field)
        if value is not None:
            if value not in choices:
                raise BadInput(f"{value!r} is no {field}: choose one of {', '.join(choices)}.")
            facets.append(rows.facet(field, value))
    facets.append(rows.facet("outlet", query.outlet))
    chosen = tuple(words.Term((f,)) for f in facets if f)
    if chosen:
        wanted.append((("facets",), chosen))
    low, high = moments.key_bounds(_moment(query.since, "since", 0), _moment(query.until, "until", 1))
    if high is not None and low is None:
        low = moments.DATED  # what has no time was not said before anything
    figure, unit = _figure(query.figure) if query.figure else (None, "")
    return Asked(tuple(wanted), low, high, figure, unit, query.min_score, query.versions)


def _moment(value: str | None, name: str, end: int) -> int | None:
    if not value:
        return None
    found = moments.interval(value)
    if found is None:
        raise BadInput(f"{value!r} is no date for --{name}: write it like 2024, 2024-03, 2024-03-12 or 2024-03-12T08:30+01:00.")
    return found[end]


def _figure(text: str) -> tuple[tuple[float | None, float | None], str]:
    found = FIGURE.fullmatch(text.strip())
    low = rows.number(found["low"].replace(",", "")) if found else None
    high = rows.number(found["high"].replace(",", "")) if found and found["high"] else low
    if not found or low is None or high is None:
        raise BadInput(f"{text!r} is no figure: write it like 9, '>=50 %' or '10..20 people'.")
    unit = (found["unit"] or "").strip().casefold()
    op = found["op"] or "="
    if op in (">", ">="):
        return (low, None), unit
    if op in ("<", "<="):
        return (None, high), unit
    if op == "~":
        return (low - NEAR * abs(low), high + NEAR * abs(high)), unit
    return (low, high), unit


def escaped(word: str) -> str:
    """A word for LIKE with `!` as the sign that takes a sign's meaning."""
    return re.sub(r"([!%_])", r"!\1", word)


