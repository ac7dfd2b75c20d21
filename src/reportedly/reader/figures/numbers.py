"""How much do the words say? Numbers in digits, in words or in both, as decimals.

Readers of number words that are kept up (text2num) know plain cardinals and not what news is made of: "two dozen", "one and
a half million", "a third", "1.2bn", "12 lakh crore". So the grammar is ours, after Huddleston and Pullum (2002), chapter 19;
the words stand in data/numbers.toml.
"""

from __future__ import annotations

import re
import tomllib
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal
from importlib.resources import files

_DATA = tomllib.loads((files("reportedly.reader") / "data" / "numbers.toml").read_text("utf-8"))
SMALL: dict[str, int] = _DATA["small"]
SCALES: dict[str, int] = _DATA["scales"]
FRACTIONS: dict[str, int] = _DATA["fractions"]
SHORT: dict[str, int] = _DATA["short"]
GLYPHS: dict[str, tuple[int, int]] = {glyph: (top, bottom) for glyph, (top, bottom) in _DATA["glyphs"].items()}

# Products and sums of what a text writes out are exact, however long; only thirds and their like are rounded.
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
ROUNDED = Context(prec=28)

SPACE = r"[^\S\n]{1,2}|[^\S\n]?\n(?!\s)"
GAP = re.compile(rf"{SPACE}|[-‐‑]")
WORD = re.compile(r"[A-Za-z]+(?![\w])")
DIGITS = re.compile(
    r"(?P<grouped>\d{1,3}(?:,\d{2,3})*,\d{3}|[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+)(?![ \u00a0\u2009\u202f,]?\d)(?P<tail>[.·]\d+)?"
    r"|(?P<plain>\d+)(?P<part>[.·]\d+)?|[.·](?P<bare>\d+)"
)
OVER = re.compile(r"(?P<top>\d{1,2})[/⁄](?P<bottom>[2-8]|10|16)(?![/⁄\d])")
MIXED = re.compile(rf"(?:{SPACE}|-)(?P<top>\d)[/⁄](?P<bottom>[2-8]|10|16)(?![/⁄\d])")
AND_PART = re.compile(r"(?:\s|-)and(?:\s|-)(?:(?:a|one)(?:\s|-))?(?P<part>half|quarter|third)\b|(?:\s|-)and(?:\s|-)(?:three)(?:\s|-)(?P<quarters>quarters)\b", re.IGNORECASE)
OF_A = re.compile(r"(?:[\s-](?:of[\s-])?(?:an?|one))?[\s-](?=[A-Za-z])", re.IGNORECASE)
SHORT_SCALE = re.compile(rf"(?:(?P<letter>[kmbKMBT])|(?P<spaced>[ ]?(?i:{'|'.join(sorted((w for w in SHORT if len(w) > 1), key=len, reverse=True))})))(?![\w])")
SIGN = re.compile(r"(?P<minus>[-−‒–]|minus\s|negative\s)|\+|plus\s", re.IGNORECASE)
DOZEN = 12


def number(words: str) -> Decimal | None:
    """The number that some words are, null where they are not one number and nothing else.

    "1,200", "two dozen", "one and a half million", "three-quarters", "a third" (to 28 digits), "minus 4", "12 lakh".
    """
    words = words.strip()
    sign = SIGN.match(words)
    at = sign.end() if sign else 0
    found = prefix(words, at)
    if found is None or found[1] != len(words):
        return None
    return EXACT.minus(found[0]) if sign and sign.group("minus") else found[0]


def prefix(text: str, at: int) -> tuple[Decimal, int] | None:
    """The longest number that begins at an offset, without a sign, and where it ends; null where none begins."""
    if text[at : at + 1].isdigit() or text[at : at + 1] in (*GLYPHS, ".", "·"):
        return _digits(text, at)
    return _fraction(text, at) or _cardinal(text, at)


def _digits(text: str, at: int) -> tuple[Decimal, int] | None:
    if text[at] in GLYPHS:
        return _scaled(_ratio(*GLYPHS[text[at]]), text, at + 1)
    over = OVER.match(text, at)
    if over:
        return _scaled(_ratio(int(over["top"]), int(over["bottom"])), text, over.end())
    match = DIGITS.match(text, at)
    if match is None:
        return None
    whole = re.sub(r"\D", "", match["grouped"] or match["plain"] or "0")
    tail = (match["tail"] or match["part"] or "")[1:] or match["bare"] or "0"
    value, end = Decimal(f"{whole}.{tail}") if tail != "0" else Decimal(whole), match.end()
    mixed = MIXED.match(text, end)
    if text[end : end + 1] in GLYPHS and text[end : end + 1]:
        value, end = EXACT.add(value, _ratio(*GLYPHS[text[end]])), end + 1
    elif mixed and int(mixed["top"]) < int(mixed["bottom"]):
        value, end = EXACT.add(value, _ratio(int(mixed["top"]), int(mixed["bottom"]))), mixed.end()
    part = AND_PART.match(text, end)
    if part:
        value, end = EXACT.add(value, _part(part)), part.end()
    return _scaled(value, text, end)


def _scaled(value: Decimal, text: str, end: int) -> tuple[Decimal, int]:
    """A number times the scales behind it: "million", "bn", "dozen", at most two ("lakh crore")."""
    short = SHORT_SCALE.match(text, end)
    if short:
        return EXACT.multiply(value, Decimal(SHORT[short.group().strip().lower()])), short.end()
    for _ in range(2):
        word, after = _next(text, end) if GAP.match(text, end) else _word(text, end)  # "57million"
        scale = SCALES.get(word) or {"hundred": 100, "dozen": DOZEN}.get(word)
        if scale is None:
            break
        value, end = EXACT.multiply(value, Decimal(scale)), after
        part = AND_PART.match(text, end)
        if part and word in SCALES:
            value, end = EXACT.add(value, EXACT.multiply(_part(part), Decimal(scale))), part.end()
            break
    return value, end


def _fraction(text: str, at: int) -> tuple[Decimal, int] | None:
    """A fraction: "half", "a third", "two-thirds", "three quarters of a million", "half a dozen"."""
    word, end = _word(text, at)
    top = 1
    if word in ("a", "an") or word in SMALL:
        top = SMALL.get(word, 1)
        word, end = _next(text, end)
    elif word != "half":
        return None
    if word not in FRACTIONS or word.endswith(("s", "lves")) != (top > 1):
        return None
    value = _ratio(top, FRACTIONS[word])
    of = OF_A.match(text, end)
    if of:
        scale, after = _word(text, of.end())
        many = SCALES.get(scale) or {"hundred": 100, "dozen": DOZEN}.get(scale)
        if many and (word == "half" or "of" in of.group()):
            return EXACT.multiply(value, Decimal(many)), after
    return value, end


def _cardinal(text: str, at: int) -> tuple[Decimal, int] | None:
    word, end = _word(text, at)
    if word in ("a", "an"):
        following = _next(text, end)[0]
        if following not in SCALES and following not in ("hundred", "dozen"):
            return None
        group = 1
    elif word in SMALL:
        group = SMALL[word]
    else:
        return None
    total, last, seen = Decimal(0), 0, Decimal(group)
    while True:
        word, after = _next(text, end)
        linked = word == "and" and (group == 0 or group % 100 == 0) and (last or group)
        if linked:
            part = AND_PART.match(text, end)
            if part:
                total, group, end = _with_part(total, group, last, _part(part), part.end(), text)
                return EXACT.add(total, Decimal(group)), end
            word, after = _next(text, after)
        elif part := AND_PART.match(text, end):
            total, group, end = _with_part(total, group, last, _part(part), part.end(), text)
            return EXACT.add(total, Decimal(group)), end
        if word in SMALL and _fits(group, SMALL[word], last) and not (linked and SMALL[word] == 0):
            group += SMALL[word]
        elif word == "hundred" and 0 < group < 100 and not linked:
            group *= 100
        elif word == "dozen" and group and not last and not linked:
            return Decimal(group * DOZEN), after
        elif word in SCALES and not linked and group and (not last or SCALES[word] < last):
            total, last, group = EXACT.add(total, Decimal(group * SCALES[word])), SCALES[word], 0
        elif word in SCALES and not linked and last and not group and total == EXACT.multiply(seen, Decimal(last)):
            return EXACT.multiply(total, Decimal(SCALES[word])), after  # "two thousand million", "one lakh crore"
        else:
            return EXACT.add(total, Decimal(group)), end
        if not last:
            seen = Decimal(group)
        end = after


def _with_part(total: Decimal, group: int, last: int, part: Decimal, end: int, text: str) -> tuple[Decimal, int, int]:
    """What a fraction adds: "two and a half [million]" has the half before the scale, "a million and a half" behind it."""
    if last and not group:
        return EXACT.add(total, EXACT.multiply(part, Decimal(last))), 0, end
    if group == 100 or (group and group % 100 == 0):
        part = EXACT.multiply(part, Decimal(100))
    value, end = _scaled(EXACT.add(Decimal(group), part), text, end)
    return EXACT.add(total, value), 0, end


def _fits(group: int, small: int, last: int) -> bool:
    """Whether a word below a hundred goes on with what was read: "twenty" with "one", "two hundred" with "twelve"."""
    if group == 0:
        return bool(last) and small > 0
    if group % 100 == 0:
        return 0 < small < 100
    return group % 10 == 0 and group % 100 >= 20 and 0 < small < 10


def _part(match: re.Match[str]) -> Decimal:
    return _ratio(3, 4) if match["quarters"] else _ratio(1, FRACTIONS[match["part"].lower()])


def _ratio(top: int, bottom: int) -> Decimal:
    return ROUNDED.divide(Decimal(top), Decimal(bottom))


def _word(text: str, at: int) -> tuple[str, int]:
    match = WORD.match(text, at)
    return (match.group().lower(), match.end()) if match else ("", at)


def _next(text: str, at: int) -> tuple[str, int]:
    gap = GAP.match(text, at)
    return _word(text, gap.end()) if gap else ("", at)
