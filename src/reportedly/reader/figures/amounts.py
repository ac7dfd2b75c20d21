"""Amounts: a number with its sign, currency or measure, or two of them that make a range or a share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from reportedly.reader.figures import counted, numbers
from reportedly.reader.wordlists import alternation, table

_SIGNS: dict[str, str] = table("figures")["currency"]["signs"]
_PLURALS: dict[str, int] = table("figures")["vague"]
_TIMES: dict[str, int] = table("figures")["times"]

_SCALE = alternation([*numbers.SCALES, "hundred", "dozen"])
_SINGULAR_PARTS = alternation(w for w in numbers.FRACTIONS if not w.endswith("s"))
# Where a number may begin. The first letters of its words come first, so that most of a text is passed over quickly.
START = re.compile(
    r"(?<![^\W_])(?:[\d½¼¾⅓⅔⅛⅜⅝⅞]|[.·]\d|(?=[adhlmostefnzcbqADHLMOSTEFNZCBQ])(?i:"
    rf"(?P<vague>{alternation(_PLURALS)})\b|(?P<several>(?:an?\s(?:few|couple(?:\sof)?)|several|couple)(?=\s{_SCALE}\b)|an?\scouple(?=\s(?:of|more|dozen)\b))|(?P<times>{alternation(_TIMES)})\b"
    rf"|(?P<fold>(?:{alternation(numbers.SMALL)}|hundred|thousand)-?fold)\b|(?P<word>{alternation([*numbers.SMALL, 'half'])}|an?(?=[\s-](?:{_SCALE}|{_SINGULAR_PARTS})\b)|(?<=than\s)an?(?=\s(?:mile|metre|meter|kilometre|kilometer|tonne|ton|inch|foot|yard|acre|hectare|gram|kilogram|litre|gallon|dollar|pound|euro|penny|cent|percentage\spoint)\b))\b))"
)
CURRENCY_BEFORE = re.compile(rf"(?<![A-Za-z])(?P<sign>{alternation(_SIGNS)})\s?$")
CURRENCY = re.compile(rf"(?P<sign>{alternation(_SIGNS)})\s?(?=[\d.])")
NEGATIVE = re.compile(r"(?:(?:(?<=\s)|(?<=\()|^)[-−‒–]|(?<!or\s)\bminus\s)$", re.IGNORECASE)
VAGUE_OF = re.compile(rf"\sof\s(?P<vague>{alternation(_PLURALS)})\b", re.IGNORECASE)
VAGUE_SCALE = re.compile(rf"\s(?P<scale>{_SCALE})s?\b(?:\sof\s(?P<vague>{alternation(_PLURALS)})\b)?", re.IGNORECASE)
SCORES_AFTER = re.compile(r"\s(?:of|more|were|have|are|others|who)\b", re.IGNORECASE)
TIMES_AFTER = re.compile(r"\s(?:as|the|that|what|its|their|his|her|those|this|our)\b", re.IGNORECASE)
# "a third" is a share unless a noun follows ("a third term"); these words are no noun
SHARE_AFTER = re.compile(
    r"(?:[^\w\s-]|\s?\n|\s?$|\s(?:than|as|said|say|says|more|less|fewer|of|to|in|are|were|is|was|have|had|has|or|and|but|by|at|on|if|who|with|for|from|that|higher|lower|smaller|larger|bigger|faster|cheaper|over|since|since|do|did|would|will|could|believe|think|thought|voted|want|wanted|support|supported|off|this|last|between|through|when|while|compared|down|up)\b|\s[^\w\s])",
    re.IGNORECASE,
)
HALF_BEFORE = re.compile(r"\b(?:first|second|other|better|latter|top|bottom|left|right|back|front|northern|southern|eastern|western|upper|lower|opening|final|this|that|next|last)[\s-]$", re.IGNORECASE)
HALF_AFTER = re.compile(r"[-‐‑]\w|\s(?:past|an?\s(?:hour|day|century|decade|year|mile|second|minute|step|way|chance|mind)|time|brother|sister|way|hour|century|term|marathon|asleep|expected|naked|empty|full|hidden|joking)\b|['’]", re.IGNORECASE)
QUARTER_BEFORE = re.compile(r"\b(?:first|second|third|fourth|last|next|this|previous|per|each|every)\s$", re.IGNORECASE)

RANGE = re.compile(r"\s?[-‐‑–—]\s?|\s(?:up\s)?(?P<link>to|or)\s(?:(?:as\s(?:many|much|high)\sas|more\sthan|about|around|even|perhaps|possibly|maybe)\s)?", re.IGNORECASE)
AND = re.compile(r"\s{1,2}and\s{1,2}(?:(?:about|around|roughly|some)\s)?", re.IGNORECASE)
BETWEEN = re.compile(r"\b(?:(?P<between>(?:anywhere\s|somewhere\s)?between)|(?P<ranging>rang(?:ing|ed|es?)\sfrom|anywhere\sfrom|var(?:ying|ied|ies|y)\sfrom)|(?P<change>from))\s{1,2}(?:(?:about|around|roughly|some|just|an\sestimated)\s)?$", re.IGNORECASE)
DASHED = re.compile(r"(?:\s?[-‐‑–—]\s?|\sto\s)(\d{1,3})(?![\d]|[,.]\d)")
SHARE_OF = re.compile(r"(?:\s{1,2}(?:in|out\sof)\s{1,2}(?:every\s{1,2})?|-in-)(?=[\da-z])", re.IGNORECASE)
MOST_IN = 10**9  # "one in a million"; what is larger is no share
LAST_SCALE = re.compile(rf"[\s-]?(?:{alternation([*numbers.SCALES, *numbers.SHORT])})$", re.IGNORECASE)
INCHES = re.compile(r"\s?(?P<many>\d{1,2}(?:\.\d+)?)\s?(?:ins?|inch|inches)\b", re.IGNORECASE)
OUNCES = re.compile(r"\s?(?P<many>\d{1,2}(?:\.\d+)?)\s?(?:oz|ounces?)\b", re.IGNORECASE)
POUNDS = re.compile(r"\s?(?P<many>\d{1,2}(?:\.\d+)?)\s?(?:lbs?|pounds?)\b", re.IGNORECASE)
SMALLER = {"ft": (INCHES, 12, "in"), "lb": (OUNCES, 16, "oz"), "st": (POUNDS, 14, "lb")}
METRES_AFTER = re.compile(r"[\s-](?:long|tall|high|wide|deep|thick|away|above|below|beneath|from|race|sprint|hurdles|freestyle|dash|relay|final|run|walk|backstroke|breaststroke|butterfly|apart|across|boat|yacht|pool|tower|wall)\b", re.IGNORECASE)
RUN_AFTER = re.compile(r"[\s-](?:race|run|walk|course|route|ride)\b", re.IGNORECASE)
METRES_BEFORE = re.compile(r"\b(?:depth|height|width|length|distance|altitude|radius|diameter|within)\s(?:of\s|a\s)?(?:\w+\s)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """`text[start:end]`, from a sign, currency or "between" on; `first` is where the digits or words begin.

    sort: what of it can be counted. "share": half, a third, three in four; "many": dozens, hundreds; "times": double,
    tenfold; "score": two bare numbers that make no range (3-1, 5 to 4), which are no amount.
    """

    start: int
    first: int
    end: int
    value: Decimal
    high: Decimal | None = None
    unit: str | None = None
    sort: Literal["cardinal", "share", "many", "times", "score"] = "cardinal"
    comparator: Literal["=", ">=", "~"] = "="


def amount(text: str, match: re.Match[str], floor: int) -> Amount | None:
    """The amount that begins at a match of `START`; null when the word there is no number. Nothing before `floor` belongs to it."""
    low = _one(text, match, floor)
    if low is None or low.sort in ("many", "times"):
        return low
    if low.sort == "cardinal" and low.unit is None and (share := _share(text, low)):
        return share
    before = BETWEEN.search(text, max(floor, low.start - 40), low.start)
    return _ranged(text, low, before) or low


def _one(text: str, match: re.Match[str], floor: int) -> Amount | None:
    here = match.start()
    if match.lastgroup in ("vague", "several", "times", "fold"):
        return _vague(text, match)
    found = numbers.prefix(text, here)
    if found is None:
        if match.group().lower() in ("a", "an") and text[max(0, here - 5) : here - 1] == "than":
            found = Decimal(1), match.end()  # "no wider than a mile"
        else:
            return None
    value, end = found
    words = text[here:end].lower()
    sort: Literal["cardinal", "share"] = "cardinal"
    before = text[max(floor, here - 12) : here]
    if not words[0].isdigit() and words[0] not in ".·" and 0 < value < 1:
        sort = "share"
        if words == "half":
            if HALF_BEFORE.search(before) or HALF_AFTER.match(text, end):
                return None
        elif words.endswith("quarter") and QUARTER_BEFORE.search(before):
            return None
        elif words.startswith("a") and words != "a quarter" and not SHARE_AFTER.match(text, end):
            return None  # a third term
    sign = CURRENCY_BEFORE.search(before) if words[0].isdigit() or words[0] == "." else None
    start = here - len(sign.group()) if sign else here
    minus = NEGATIVE.search(text, max(floor, start - 8), start)
    if minus:
        value, start = numbers.EXACT.minus(value), minus.start()
    one = Amount(start, here, end, value, unit=_SIGNS[_plain(sign["sign"])] if sign else None, sort=sort)
    return one if sign else _measured(text, one)


def _vague(text: str, match: re.Match[str]) -> Amount | None:
    """What is counted roughly, or in times: "dozens", "tens of thousands", "several hundred", "a couple of", "double", "tenfold"."""
    here, end, word = match.start(), match.end(), match.group().lower()
    if match["fold"]:
        many = numbers.prefix("a " * (word[0] in "ht" and word.startswith(("hundred", "thousand"))) + re.sub("-?fold", "", word), 0)
        return Amount(here, here, end, many[0], unit="times", sort="times") if many else None
    if match["times"]:
        if not word.endswith(("ed", "ing")) and not TIMES_AFTER.match(text, end):
            return None  # "a double murder"
        return Amount(here, here, end, Decimal(_TIMES[word]), unit="times", sort="times")
    if match["several"]:
        scale = VAGUE_SCALE.match(text, end)
        couple = "couple" in word
        value = Decimal(2 if couple else 1)
        if scale:
            value *= numbers.SCALES.get(scale["scale"].lower()) or {"hundred": 100, "dozen": 12}[scale["scale"].lower()]
            end = scale.end() if not scale["vague"] else scale.end("scale")
        return Amount(here, here, end, value, sort="many", comparator="~" if couple else ">=")
    if word == "scores" and not SCORES_AFTER.match(text, end):
        return None  # the verb, or goals
    value = Decimal(_PLURALS[word])
    for _ in range(2):
        of = VAGUE_OF.match(text, end)
        if of is None:
            break
        value, end = value * _PLURALS[of["vague"].lower()], of.end()
    if word == "tens" and value == 10:
        return None
    return Amount(here, here, end, value, sort="many", comparator=">=")


def _measured(text: str, one: Amount) -> Amount:
    """The amount with the share, currency or measure behind it."""
    if text[one.end - 1] in "mM" and text[one.end - 2 : one.end - 1].isdigit() and (METRES_AFTER.match(text, one.end) or METRES_BEFORE.search(text, max(0, one.start - 30), one.start)):
        return replace(one, value=one.value.scaleb(-6, numbers.EXACT), unit="m")  # 40m deep
    if text[one.end - 1] in "kK" and RUN_AFTER.match(text, one.end):
        return replace(one, value=one.value.scaleb(-3, numbers.EXACT), unit="km")
    end, code = counted.unit(text, one.end)
    if code is None or (one.sort == "share" and code in ("g", "m", "l")):
        return one
    value = one.value
    if code in SMALLER:
        pattern, many, smaller = SMALLER[code]
        rest = pattern.match(text, end)
        if rest:
            value, code, end = numbers.EXACT.add(numbers.EXACT.multiply(value, Decimal(many)), Decimal(rest["many"])), smaller, rest.end()
    return replace(one, value=value, unit=code, end=end)


def _share(text: str, low: Amount) -> Amount | None:
    """One number in another: "three in four", "1 in 10", "two out of every five"."""
    of = SHARE_OF.match(text, low.end)
    if of is None or not 0 < low.value < 1000 or low.value % 1:
        return None
    found = numbers.prefix(text, of.end())
    if found is None or not low.value < found[0] < MOST_IN or found[0] % 1 or counted.TIME_UNIT.match(text, found[1]) or re.fullmatch(r"[12]\d{3}", text[of.end() : found[1]]):
        return None
    if counted.unit(text, found[1]).unit is not None or text[found[1] : found[1] + 1].isalnum():
        return None
    return replace(low, end=found[1], value=numbers.ROUNDED.divide(low.value, found[0]), sort="share")


def _ranged(text: str, low: Amount, before: re.Match[str] | None) -> Amount | None:
    """The range of which an amount is the lower end, or the score of which it is the first half."""
    link = (AND.match(text, low.end) if before and before["between"] else None) or RANGE.match(text, low.end)
    if link is None or (before and before["change"] and link.groupdict().get("link")):  # "from 12 to 15" are two figures
        return None
    sign = CURRENCY.match(text, link.end())
    first = sign.end() if sign else link.end()
    found = numbers.prefix(text, first) if first < len(text) else None
    if found is None:
        return None
    upper = Amount(first, first, found[1], found[0], unit=_SIGNS[_plain(sign["sign"])] if sign else None)
    value = _same_scale(text, low, upper)
    high = upper if sign else _measured(text, upper)
    start = before.start() if before and not before["change"] else low.start
    if value < high.value and not (low.sort == "share" and high.value > 1) and (low.unit is None or high.unit in (None, low.unit)):
        return replace(low, start=start, end=high.end, value=value, high=high.value, unit=high.unit or low.unit, sort="cardinal")
    if low.unit is None and high.unit is None and DASHED.match(text, low.end) and not (before and before["between"]):
        return replace(low, end=high.end, sort="score")
    return None


def _same_scale(text: str, low: Amount, high: Amount) -> Decimal:
    """The lower value, in the scale of the upper when it has none of its own: "5 to 10 million", "$1.2-1.5bn"."""
    words = text[low.first : low.end]
    if "," in words or LAST_SCALE.search(text[high.first : high.end]) is None or LAST_SCALE.search(words):
        return low.value
    bare = numbers.number(LAST_SCALE.sub("", text[high.first : high.end]))
    if not bare:
        return low.value
    scaled = numbers.EXACT.multiply(low.value, (high.value / bare).to_integral_value())
    return scaled if low.value < bare else low.value


def _plain(sign: str) -> str:
    return sign if sign in _SIGNS else sign.upper()
