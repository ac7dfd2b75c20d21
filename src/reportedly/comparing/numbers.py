"""Figures of a statement: those of its reading, else what a small grammar of its own finds in its words.

The grammar serves readings whose `figures` are empty. It knows digits, number words, "dozens" and their like,
and leaves years, days of the month and clock times alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from reportedly.comparing.words import concepts, plain

if TYPE_CHECKING:
    from reportedly.values import Figure

ONES = {w: n for n, w in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"))}
TENS = {w: 10 * n for n, w in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "bn": 10**9, "m": 10**6, "trillion": 10**12}
VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2 * 10**6}  # at least two of each
MONTHS = frozenset(["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"])  # fmt: skip
WORD = re.compile(r"[£$€]|\d+(?:,\d{3})*(?:\.\d+)?|%|[^\W\d_]+(?:['’][^\W\d_]+)*|[.:;?!\n]|[-–]")
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
SIGNS = frozenset("£$€")
MONEY = SIGNS | frozenset(concepts(["pounds", "dollars", "euros", "pence", "cents"]))
SHARE = frozenset("%") | frozenset(concepts(["percent"]))
SPANS = frozenset(concepts(["seconds", "minutes", "hours", "days", "weeks", "months", "years", "decades", "centuries"]))
LONGEST = 30  # digits; more is no figure of news, and would be slow to take
PLURALS = frozenset(["people", "men", "women", "children", "fish", "sheep", "police", "staff", "dead", "injured"])
BEFORE = {
    "~": ("about", "around", "roughly", "approximately", "some", "estimated"),
    "<": ("nearly", "almost", "under", "below"),
    ">": ("over", "above"),
}
PHRASES = {("more", "than"): ">", ("fewer", "than"): "<", ("less", "than"): "<", ("at", "least"): ">=", ("up", "to"): "<=", ("at", "most"): "<=", ("as", "many", "as"): "<=", ("as", "much", "as"): "<="}


@dataclass(frozen=True, slots=True)
class Number:
    """One figure: `low` to `high` with a comparator, what is counted as concepts (or a sign: %, £), and its words."""

    low: Decimal
    high: Decimal
    comparator: str
    unit: frozenset[str]
    words: str
    vague: bool = False

    @property
    def kind(self) -> str:
        """What sort of thing is counted: money, a share, a time, or things."""
        if self.unit & MONEY or any(sign in self.words for sign in SIGNS):
            return "money"
        return "share" if self.unit & SHARE else "time" if self.unit & SPANS else "things"

    def agrees(self, other: Number) -> bool:
        """Whether both can hold of one thing: "at least nine" and "twelve" can, "nine" and "twelve" cannot."""
        low, high = self._bounds()
        other_low, other_high = other._bounds()
        return low <= other_high and other_low <= high

    def _bounds(self) -> tuple[Decimal, Decimal]:
        low, high = self.low, self.high
        if self.vague or self.comparator in (">", ">="):
            return low, Decimal("Infinity")
        if self.comparator in ("<", "<="):
            return Decimal(0), high
        if self.comparator == "~":
            return low * Decimal("0.9"), high * Decimal("1.1")
        return low, high


def from_figure(figure: Figure, text: str) -> Number | None:
    """A figure of a reading; null where its value is no number."""
    try:
        low = Decimal(figure.value)
        high = Decimal(figure.high) if figure.high else low
    except InvalidOperation:
        return None
    if not (low.is_finite() and high.is_finite()):
        return None
    words = text[figure.start : figure.end]
    unit = frozenset(concepts([plain(w) for w in (figure.unit or "").split()])) or frozenset([figure.unit] if figure.unit else [])
    return Number(low, high, figure.comparator, unit, " ".join(words.split()), any(w in VAGUE for w in words.casefold().split()))


def find(text: str) -> list[Number]:
    """Figures in some words."""
    items = [(m.group(), m.start(), m.end()) for m in WORD.finditer(text)]
    low = [w.casefold() for w, _, _ in items]
    found: list[Number] = []
    at = 0
    while at < len(items):
        taken = _take(low, at)
        if taken is None:
            at += 1
            continue
        value, size, vague = taken
        end = at + size
        if _is_date(low, at, end, value) or value is None:
            at = end
            continue
        comparator, first = _comparator(low, at)
        sign = {low[first - 1] if first else "", low[at - 1] if at else ""} & {"£", "$", "€"}
        unit, last = _unit(low, end, sign)
        words = " ".join(text[items[first][1] : items[last - 1][2]].split())
        found.append(Number(value, value, comparator, unit, words, vague))
        at = end
    return found


def _take(low: list[str], at: int) -> tuple[Decimal | None, int, bool] | None:
    """A number that begins here: its value, how many items it has, whether it is vague."""
    word = low[at]
    if NUMBER.fullmatch(word):
        if len(word) > LONGEST:
            return None, 1, False
        value, size = Decimal(word.replace(",", "")), 1
        while at + size < len(low) and low[at + size] in SCALES:
            value *= SCALES[low[at + size]]
            size += 1
            if size > 3:
                break
        return value, size, False
    if word in VAGUE and (at + 1 == len(low) or low[at + 1] != "between"):
        return Decimal(VAGUE[word]), 1, True
    if word == "dozen" or (word == "half" and low[at + 1 : at + 3] == ["a", "dozen"]):
        return (Decimal(12), 1, False) if word == "dozen" else (Decimal(6), 3, False)
    if word not in ONES and word not in TENS and not (word == "a" and at + 1 < len(low) and low[at + 1] in ("hundred", "thousand", "million")):
        return None
    if word == "one" and not (at + 1 < len(low) and low[at + 1] in SCALES):
        return None  # a pronoun as often as a number
    total, part, size = 0, 0, 0
    for step in low[at : at + 12]:
        if step in ("a", "and", "-") and (step != "a" or size == 0):
            if step != "a" and not (at + size + 1 < len(low) and low[at + size + 1] in {**ONES, **TENS} and size and (step == "-" or low[at + size - 1] in SCALES)):
                break
            part = 1 if step == "a" else part
        elif step in ONES or step in TENS:
            part += ONES.get(step, TENS.get(step, 0))
        elif step in SCALES and step not in ("m", "bn"):
            if step == "hundred":
                part = max(part, 1) * 100
            else:
                total, part = total + max(part, 1) * SCALES[step], 0
        elif step == "dozen":
            part = max(part, 1) * 12
        else:
            break
        size += 1
    return Decimal(total + part), size, False


def _is_date(low: list[str], at: int, end: int, value: Decimal | None) -> bool:
    if value is None:
        return True
    around = set(low[max(0, at - 1) : at]) | set(low[end : end + 1])
    if around & MONTHS and value <= 31 and low[at].isdigit():
        return True
    following = low[end] if end < len(low) else ""
    if following in ("am", "pm", "st", "nd", "rd", "th") or (following == ":" and end + 1 < len(low) and low[end + 1].isdigit() and value < 24):
        return True
    if at and low[at - 1] == ":" and at > 1 and low[at - 2].isdigit():
        return True
    signed = at > 0 and low[at - 1] in ("£", "$", "€")
    return low[at].isdigit() and len(low[at]) == 4 and 1900 <= value <= 2100 and not signed and following in ("", ".", ";", ":", "and", "to", "-", "–", "when", "after", "the", "but", "in", "by", "as", "with")


def _comparator(low: list[str], at: int) -> tuple[str, int]:
    """What stands before a number that bounds it, and where the whole begins."""
    first = at - 1 if at and low[at - 1] in ("£", "$", "€") else at
    before = first
    if before and low[before - 1] in ("a", "an", "the"):
        before -= 1
    for phrase, sign in PHRASES.items():
        if before >= len(phrase) and tuple(low[before - len(phrase) : before]) == phrase:
            return sign, before - len(phrase)
    for sign, some in BEFORE.items():
        if before and low[before - 1] in some:
            return sign, before - 1
    return "=", first


def _unit(low: list[str], end: int, sign: set[str]) -> tuple[frozenset[str], int]:
    """What is counted: a sign, or what the next few words are about."""
    if sign:
        return frozenset(sign), end
    if end < len(low) and low[end] in ("%", "percent"):
        return frozenset("%"), end + 1
    if low[end : end + 2] == ["per", "cent"]:
        return frozenset("%"), end + 2
    following: list[str] = []
    last = end
    for step, word in enumerate(low[end : end + 4], 1):
        if not word[0].isalpha():
            break
        if not concepts([plain(word)]):
            if following or word not in ("of", "the", "a", "their", "its", "his", "her", "or", "so", "more"):
                break
            continue
        following.append(word)
        last = end + step
        if len(following) == 2 or word.endswith("s") or word in PLURALS:
            break
    return frozenset(concepts([plain(w) for w in following])), max(last, end)
