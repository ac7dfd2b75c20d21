"""How many? Figures of a text: numbers with comparator, range, unit or what is counted.

A general reader of quantities is confidently wrong on news ("£950m", "two dozen", "a third", years, scores, ages), so the
grammar is ours. numbers.py reads numbers, amounts.py ranges and measures, counted.py what is counted; numerals.py knows what is no figure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from reportedly.reader.cover import Cover
from reportedly.reader.figures import counted, numerals
from reportedly.reader.figures.amounts import START, Amount, amount
from reportedly.reader.figures.numbers import EXACT, prefix
from reportedly.reader.invisible import INVISIBLE, Visible
from reportedly.reader.within import contents
from reportedly.reader.wordlists import alternation, table
from reportedly.values import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Attribution

Comparator = Literal["=", "<", "<=", ">", ">=", "~"]

_DATA = table("figures")
_BEFORE: dict[str, Comparator] = {words: sign for sign, group in _DATA["before"].items() for words in group}
_AFTER: dict[str, Comparator] = {words: sign for sign, group in _DATA["after"].items() for words in group}
_BETWEEN = alternation(_DATA["between"]["words"])
_WORD_SIGNS = [words for words in _BEFORE if words[0].isalpha()]

BEFORE = re.compile(rf"(?:(?<![\w-])(?P<words>{alternation(_WORD_SIGNS)})\s{{1,3}}(?:{_BETWEEN}\s{{1,3}})?|(?P<sign>{alternation(set(_BEFORE) - set(_WORD_SIGNS))})\s?)$", re.IGNORECASE)
OTHER = re.compile(r"(?<!\w)(?:another|a\s(?:further|total\sof|combined|record)|an\sadditional)\s{1,3}$", re.IGNORECASE)
AFTER = re.compile(rf",?\s(?P<words>{alternation(_AFTER)})(?!\w)(?!\s+(?:than|likely|of\s+a)\b)", re.IGNORECASE)
BOUND = re.compile(r"(?P<odd>[-‐‑\s]odd\b|[-‐‑]ish\b|[-‐‑]some\b)|(?P<plus>\+(?!\d)|[-‐‑]plus\b|\splus\b(?=\s[a-z]))")
CAPITAL = re.compile(r"\s[A-Z]")
WORD_REST = re.compile(r"[\w-]*")
WHOLE = re.compile(r"\d{1,4}(?=\s?[-‐‑–—]|\sto\s|\sor\s|\sand\s|$)")
PARTS = re.compile(r"[^\d.,]")  # more than plain digits
HALF_THE = re.compile(r"\s{1,2}(?=(?:the|of|all|its|his|her|their|our|those|these)\b)", re.IGNORECASE)
NEXT_NUMBER = re.compile(r"\s{1,2}of\s{1,2}(?:the|its|their|those|these|all|his|her)?\s{0,2}(?=\d|[a-z])", re.IGNORECASE)
ONE_BEFORE = re.compile(r"\b(?:no|this|that|the|any|every|each|which|another|some|last|first|next|day|number|phase|part|plan|round|step|version|chapter|category|type|tier|big|little|only\sthe)[\s-]$", re.IGNORECASE)
MOMENTS = frozenset(("point", "stage", "time", "moment", "end", "hand", "side", "level", "occasion", "day", "evening", "morning", "afternoon", "night"))
AT = re.compile(r"\b(?:at|on|from|in)\s$", re.IGNORECASE)
ONE_COUNTED = re.compile(r"(?<!the\s)\b(?:at\sleast|only|just|fewer\sthan|less\sthan|more\sthan|exactly|up\sto|no\smore\sthan)\s$", re.IGNORECASE)
SAYS = re.compile(r"\s(?:has\s|had\s|also\s|later\s)?(?:said|says|told|tells|called|calls|wrote|writes|asked|asks|claimed|claims|added|argued|put|suggested|described|recalled|insisted|warned|complained|of)\b")
COUNTED_COMPOUNDS = frozenset(["member", "seat", "page", "storey", "story", "bedroom", "bed", "strong", "man", "woman", "person", "point", "mile", "metre", "meter", "foot", "acre", "ton", "tonne", "kilometre", "kilometer", "inch", "room", "judge", "vote", "nation", "country", "item", "count", "unit", "home", "car", "vehicle", "passenger", "team", "time", "part", "fold"])
WORD_COMPOUNDS = COUNTED_COMPOUNDS - {"time", "point", "part", "strong"}


def find_figures(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """All figures of a text in their order, none overlapping another; `attribution` is null (see `placed`).

    `taken`: spans that are expressions of time, in whose midst no figure is looked for. Spans cover comparator, number and
    what is counted; `unit` is "%", an ISO 4217 code, a code of UCUM without brackets, or the noun phrase. Shares in words
    are fractions of one to four decimals ("a third" is 0.3333, "three in four" 0.75). Linear in the length of the text.
    """
    if INVISIBLE.search(text):
        visible = Visible(text)
        figures = find_figures(visible.text, [(visible.seen(start), visible.seen(end)) for start, end in taken])
        return [replace(f, start=start, end=end) for f in figures for start, end in [visible.span(f.start, f.end)]]
    times = Cover(taken)
    found: list[Figure] = []
    at = 0
    while match := START.search(text, at):
        here = match.start()
        if stretch := times.at(here):
            at = stretch[1]
            continue
        floor = max(found[-1].end if found else 0, times.before(here))
        ceiling = times.after(here, end=len(text))
        figure, at = _read(text, match, floor, ceiling)
        if figure:
            found.append(figure)
    return found


def placed(figures: Sequence[Figure], attributions: Sequence[Attribution]) -> list[Figure]:
    """The same figures with the innermost attribution in whose content each of them stands."""
    innermost = contents(attributions)
    return [replace(f, attribution=innermost.at(f.start, f.end)) for f in figures]


def _read(text: str, match: re.Match[str], floor: int, ceiling: int) -> tuple[Figure | None, int]:
    """The figure (or none) that begins with a number, and where to go on looking."""
    here = match.start()
    run = numerals.run(text, here) if text[here].isdigit() else None
    if run:
        return None, run
    found = amount(text, match, floor)
    if found is None:
        return None, match.end()
    if found.sort == "score":
        return None, found.end
    if text[found.end : found.end + 1].isalnum():  # 20th, 737s, 5G
        rest = WORD_REST.match(text, found.end)
        return None, rest.end() if rest else found.end
    if found.unit is None and counted.TIME_UNIT.match(text, found.end + 3 * text.startswith(" of", found.end)):
        return None, found.end
    figure = _figure(text, found, floor)
    if figure is None or found.end > ceiling:
        return None, found.end
    if figure.end > ceiling:
        figure = replace(figure, end=max(found.end, len(text[:ceiling].rstrip())))
    return figure, figure.end


def _figure(text: str, found: Amount, floor: int) -> Figure | None:
    start, comparator = _before(text, found, floor)
    end = found.end
    bound = BOUND.match(text, end)
    after = None if bound else AFTER.match(text, end)
    if bound:
        comparator, end = ("~" if bound["odd"] else ">="), bound.end()
    elif after:
        comparator, end = _AFTER[_plain(after["words"])], after.end()
    what = _what(text, found, end)
    unit = found.unit if found.unit == "%" else what.unit or found.unit
    if bound is None and after is None and what.unit and (after := AFTER.match(text, what.end)):
        comparator, what = _AFTER[_plain(after["words"])], what._replace(end=after.end())
    if _is_one(text, found) and not _one_is_counted(text, start, what, comparator):
        return None
    if not found.value and found.unit is None and not (what.unit and counted.is_plural(what.unit.split()[-1])):
        return None  # zero tolerance
    if found.sort == "cardinal" and _is_no_figure(text, found, start, what, compared=comparator != "=" or bound is not None):
        return None
    rounded = PARTS.search(text, found.first, found.end) is not None
    high = None if found.high is None else _decimal(found.high, rounded=rounded)
    return Figure(start, what.end, _decimal(found.value, rounded=rounded), comparator, high, unit)


def _before(text: str, found: Amount, floor: int) -> tuple[int, Comparator]:
    """Where the figure begins, and the comparator before the number."""
    match = BEFORE.search(text, max(floor, found.start - 40), found.start)
    if match is None or (found.high is not None and text[found.start : found.start + 7].lower() == "between"):
        other = OTHER.search(text, max(floor, found.start - 20), found.start)
        return (other.start() if other else found.start), found.comparator
    return match.start(), _BEFORE[_plain(match["words"] or match["sign"])]


def _what(text: str, found: Amount, end: int) -> counted.Counted:
    """What the amount counts or is a share of."""
    if found.sort == "times":
        return counted.Counted(end, found.unit)
    if found.sort == "share" or found.unit == "%":
        what = counted.whole(text, end)
        if what.unit is None and (the := HALF_THE.match(text, end)) and found.sort == "share":
            what = counted.noun_phrase(text, counted.determined(text, the.end()), singular=True)
        if what.unit is None and found.sort == "share":
            what = counted.noun_phrase(text, end)
        return what if what.unit else counted.Counted(end, None)
    if found.unit is not None:
        return counted.rate(text, end, found.unit)
    if text[end : end + 1] in ("-", "‐", "‑") and end == found.end:
        what = counted.compound(text, end)
        if what.unit and (what.unit.lower() in WORD_COMPOUNDS or (what.unit.lower() in COUNTED_COMPOUNDS and text[found.first].isdigit()) or (text[found.first].isdigit() and what.unit.islower())):
            return what
        return counted.Counted(end, None)
    what = counted.noun_phrase(text, end, singular=found.value == 1)
    if what.unit is None and (of := NEXT_NUMBER.match(text, end)) and (whole := prefix(text, of.end())):
        return counted.Counted(end, counted.noun_phrase(text, whole[1]).unit)  # 11 of the 640 objections
    if what.unit is None and found.value != 1:
        what = counted.whole(text, end)
        if what.unit and found.sort != "many" and not counted.is_plural(what.unit.split()[-1]):
            return counted.Counted(end, None)
    return what if what.unit else counted.Counted(end, None)


def _is_one(text: str, found: Amount) -> bool:
    return found.high is None and found.sort == "cardinal" and found.unit is None and text[found.first : found.end].lower() == "one"


def _one_is_counted(text: str, start: int, what: counted.Counted, comparator: Comparator) -> bool:
    """Whether "one" counts: before persons and things that are told one by one, or where it is compared; else it is a pronoun."""
    if what.unit is None:
        return False
    words = what.unit.lower().split()
    if SAYS.match(text, what.end):
        return False  # one councillor said
    if words[0] in MOMENTS and AT.search(text, max(0, start - 4), start):
        return False  # at one point, on one occasion
    if comparator != "=" or ONE_COUNTED.search(text, max(0, start - 15), start):
        return True
    return not ONE_BEFORE.search(text, max(0, start - 12), start) and (words[-1] in counted.PERSONS or words[0] in counted.PERSONS)


def _is_no_figure(text: str, found: Amount, start: int, what: counted.Counted, *, compared: bool) -> bool:
    words = text[found.first : found.end]
    if words[0].isalpha():
        opens = numerals.opens(text, found.first)
        if words[0].isupper() and (not opens or (what.unit is None and CAPITAL.match(text, found.end))):
            return True  # Seven Network, One Nation
        value = None
    else:
        plain = WHOLE.match(words)
        value = int(plain.group()) if plain and found.unit is None else None
    bare = found.unit is None and what.unit is None and (value is not None or words[0].isalpha() or found.value < 100)
    if text[what.end : what.end + 1] in ("-", "‐", "‑") and what.unit is None and found.unit is None and words[0].isalpha():
        return True  # two-way, four-star
    compared = compared and text[start : found.first].lower() not in ("about the ", "around the ")  # about the 2008 crisis
    persons = what.unit is not None and what.unit.split()[0].lower() in counted.PLURAL
    return numerals.sort(text, start, found.first, found.end, bare=bare, value=value, compared=compared, persons=persons) is not None


def _decimal(value: Decimal, *, rounded: bool) -> str:
    """Decimal notation; a fraction that has no end is rounded to four places, or as many behind its first digit."""
    exponent = value.as_tuple().exponent
    if rounded and isinstance(exponent, int) and exponent < -12:
        value = value.quantize(Decimal(1).scaleb(min(-4, value.adjusted() - 3)), context=EXACT)
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).lower()

