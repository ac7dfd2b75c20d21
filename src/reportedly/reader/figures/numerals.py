"""Which numbers are no figures of a claim? Dates, ages, scores, telephone numbers, names.

Each rule looks at a few dozen characters on either side of the number, so that the time is linear in the text.
"""

from __future__ import annotations

import re
from typing import Literal

from reportedly.reader.wordlists import alternation, table

Sort = Literal["date", "time", "age", "score", "phone", "label", "address", "code", "list", "pronoun"]

_DATA = table("figures")
MONTHS = alternation(_DATA["time"]["months"])
DAYS = alternation(_DATA["time"]["weekdays"])
ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"

# Runs of digits that are no number: 2024-05-06, 10.0.0.1, 0800 123 456, 020 7946 0000, 6-4-2, 9/11, 24/7, 3:1, 10:30, 4x4
RUN = re.compile(
    r"\d+(?:[-–./]\d+){2,}|\d+/\d+|\d+:\d+(?::\d+)*|\d{1,4}[xX×]\d+|\+?\d{2,5}(?:[ \u00a0\u2009\u202f.-]\d{2,5}){1,5}(?!\d)|0\d+(?!\d|[.,]\d)"
)
PHONE_BEFORE = re.compile(r"\b(?:call|dial|dialled|phone|ring|hotline|helpline|tel\.?|telephone|text|fax|whatsapp)(?:\s(?:on|at|us on|number))?:?\s$", re.IGNORECASE)

MONTH_BEFORE = re.compile(rf"\b{MONTHS}\.?,?\s(?:the\s)?(?:{ORDINAL}\s?(?:[-–—,&]|and|to|or|through)\s?)*$")
MONTH_AFTER = re.compile(rf"(?:\s?(?:[-–—,&]|and|to|or)\s?{ORDINAL})?\s(?:of\s)?{MONTHS}\b")
DAY_BEFORE = re.compile(rf"\b{DAYS}\.?,?\s$")
YEAR_WORD_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|by|before|after|from|to|of|during|for|between|around|circa|about|early|late|mid|the|and|through|year|summer|autumn|fall|winter|spring|january|february|march|april|may|june|july|august|september|october|november|december|season|vintage|his|her|its|their|our)[\s-]|[(–—/-]|['’‘])$",
    re.IGNORECASE,
)
YEAR_SURE = re.compile(r"\b(?:in|since|until|till|by|before|after|during|circa|early|late|mid)[\s-](?:about\s|around\s|late\s|early\s|mid-?)?$", re.IGNORECASE)
YEARS_AFTER = re.compile(r"[-–—/](?:\d{4}|\d{2})(?!\d)")
CLOCK_AFTER = re.compile(rf"\s?{alternation(_DATA['time']['clock'])}(?!\w)")
CALIBRE = re.compile(r"[\s-](?:caliber|calibre|gauge)\b", re.IGNORECASE)
CLOCK_BEFORE = re.compile(r"\b(?:half|quarter|five|ten|twenty|twenty-five)\s(?:past|to)\s$|\b\d{1,2}[.:]\d\d\s?(?:am|pm)?\s?[-–]\s?$", re.IGNORECASE)
CLOCK_AT = re.compile(r"\bat\s(?:about\s|around\s)?$")
CLOCK_DAY = re.compile(rf"\s(?:on\s{DAYS}|in\sthe\s(?:morning|afternoon|evening)|tomorrow|tonight|sharp|every)\b")

AGE_BEFORE = re.compile(
    r"\b(?:younger|older)\sthan\s$|\b(?:aged?|ages|turn(?:s|ed|ing)?)\s(?:just\s|only\s|about\s|around\s|between\s|\d+\s(?:to|and|or)\s|\d+[-–])*$"
    r"|\b(?:he|she|i|who|they|is|was|i'm|he's|she's|i’m|he’s|she’s)\s(?:was|is|were|are|am|now|only|just|about|almost|nearly)\s(?:only\s|just\s|about\s|almost\s|nearly\s|now\s)?$|\b(?:i'm|he's|she's|i’m|he’s|she’s)\s$",
    re.IGNORECASE,
)
AGE_AFTER = re.compile(r"[-\s]years?[-\s]olds?\b|[-\s](?:months?|weeks?|days?)[-\s]olds?\b|[-\s]somethings?\b|\syears\sof\sage\b|\s(?:and|or)\s(?:older|younger|up|under|above)\b", re.IGNORECASE)
AGE_OF_NAME = re.compile(r"(?:\b(?:[Hh]e|[Ss]he|I|who)|\b[A-Z][a-z’'-]+)\s(?:will\sbe|would\sbe|is|was|turns|turned|already\swas)\s(?:only\s|now\s|just\s)?$")
APPOSITION_BEFORE = re.compile(r"(?:[A-Z][\w’'.-]*|[a-z]{3,}|[”\"’)])\s?(?:,|\()\s?$")
APPOSITION_AFTER = re.compile(r"\s?(?:[,.;:)!?]|—|–|\s(?:and|who|was|is)\b|$)")

DASHED = re.compile(r"\s?[-‐‑–—]\s?(\d{1,3})(?![\d]|[,.]\d)")

LABEL_BEFORE = re.compile(rf"(?:(?<![\w$£€%])(?P<listed>{alternation(_DATA['labels']['words'])})\s?|#\s?|\b(?P<name>[A-Z][\w’'&-]*)\s)$", re.IGNORECASE | re.ASCII)
LABEL_SURE = re.compile(r"(?:\b(?:[Nn]os?\.?|[Nn]umber|Section|Article|Route|Flight|Highway|Boeing|Airbus|Chapter|Rule|Page|(?:Class|Group|Gang)\sof)\s|#)$")
ENUMERATED = re.compile(r"\d\s?(?:[-–,]|and|to|or)\s?$")
LABEL_RUN = re.compile(rf"\b{alternation([w for w in _DATA['labels']['words'] if w not in ('no', 'point', 'count', 'order', 'set')])}\s\d+\s?(?:[-–,]|and|to|or)\s?$", re.IGNORECASE)
NOT_NAMES = frozenset(
    ["a", "an", "the", "about", "around", "some", "over", "under", "nearly", "almost", "roughly", "approximately", "at", "in", "on", "of", "for", "from", "to", "by", "with", "and", "but", "or", "only", "just", "another", "up", "these", "those", "his", "her", "its", "their", "our", "my", "your", "all", "both", "more", "than", "least", "as", "is", "are", "was", "were", "between", "within", "after", "before", "since", "all", "nine", "every", "other", "first", "last", "next", "if", "when", "while", "where", "that", "this", "then", "there", "it", "he", "she", "they", "we", "you", "i", "not", "out", "exactly", "precisely", "even", "also", "total", "including", "with", "without", "most", "many", "few", "meanwhile", "like", "per", "against", "into", "said", "says", "have", "has", "had", "would", "will", "could"]
)
STREET_AFTER = re.compile(rf"[A-Za-z]?\s(?:[NSEW]\.?\s)?(?:[A-Z][\w’'-]*\s){{1,3}}{alternation(_DATA['streets']['words'])}\b\.?")
ADDRESS_MARK = re.compile(r"(?:=[\"']|//|www\.|@|\.(?:com|org|net|co|uk|gov|ly|ms|html?)/)\S*$")
OPENS = re.compile(r"(?:^|[.!?:;\n…“\"‘'(—–•|-])[^\S\n]*$")
LIST_AFTER = re.compile(r"[.)]\s+\S")


def sort(text: str, start: int, first: int, end: int, *, bare: bool, value: int | None, compared: bool, persons: bool) -> Sort | None:
    """What the number `text[first:end]` is, when it is no figure; else null.

    `start`: where its comparator, sign or currency begins. `bare`: no currency, unit, scale or counted noun goes with it.
    `value`: when it is a whole number of up to four digits. `persons`: people are counted, so that it is no year.
    """
    before = text[max(0, start - 48) : start]
    if text[first].isdigit() and start == first:
        if before and (before[-1] in "#@/_\\" or (before[-1] in "-‐‑." and before[-2:-1].isalpha()) or ADDRESS_MARK.search(before)):
            return "code"
        if PHONE_BEFORE.search(before):
            return "phone"
    if AGE_AFTER.match(text, end):
        return "age"
    if CALIBRE.match(text, end):
        return "code"
    if CLOCK_AFTER.match(text, end) or (bare and (CLOCK_BEFORE.search(before) or (CLOCK_AT.search(before) and CLOCK_DAY.match(text, end)))):
        return "time"
    if value is not None and (date := _date(text, first, end, before, value, bare=bare, compared=compared, persons=persons)):
        return date
    if bare and (AGE_BEFORE.search(before) or (value is not None and 15 <= value <= 110 and AGE_OF_NAME.search(before))):
        return "age"
    if bare and value is not None and value < 120 and not compared:
        if APPOSITION_BEFORE.search(before) and APPOSITION_AFTER.match(text, end):
            return "age"
        line = before.rpartition("\n")[2] if "\n" in before or start <= 48 else "x"
        if LIST_AFTER.match(text, end) and (not line.strip(" (*•-") or before.rstrip()[-1:] in (".", "!", "?", ")")):
            return "list"
        if not line.strip() and text[end : end + 1] in ("", "\n"):
            return "list"
    return None if compared else _label(text, first, end, before, bare=bare)


def run(text: str, start: int) -> int | None:
    """Where a run of digits and signs ends that is no number: a date, a telephone number, a score by sets."""
    match = RUN.match(text, start)
    if match is None:
        return None
    found = match.group()
    digits = sum(c.isdigit() for c in found)
    if re.search(r"[ \u00a0\u2009\u202f.]", found) and not re.search(r"[-–/:x×X]", found):
        groups = re.split(r"[ \u00a0\u2009\u202f.]", found)
        grouped = all(len(g) == 3 for g in groups[1:])
        return None if (found[0] != "0" and (len(groups) < 3 or grouped)) or digits < 7 else match.end()
    if found.count("-") == 1 and not re.search(r"[–/:.x×X]", found) and found[0] != "0":
        return match.end() if re.fullmatch(r"\d{3}-\d{4}", found) else None  # a range or a score: amounts.py knows more
    over = re.fullmatch(r"(\d{1,2})/([2-68])", found)
    return None if over and int(over[1]) < int(over[2]) else match.end()


def opens(text: str, at: int) -> bool:
    """Whether a word stands first in its sentence, line or quotation, where it is capital whatever it is."""
    return OPENS.search(text, max(0, at - 4), at) is not None


def _date(text: str, start: int, end: int, before: str, value: int, *, bare: bool, compared: bool, persons: bool) -> Sort | None:
    if value <= 31 and (MONTH_AFTER.match(text, end) or MONTH_BEFORE.search(before)):
        return "date"
    if end - start == 4 and 1000 <= value <= 2100:
        if YEARS_AFTER.match(text, end) or MONTH_BEFORE.search(before) or (value >= 1400 and YEAR_SURE.search(before)):
            return "date"
        if not persons and not compared and (bare or (value >= 1900 and YEAR_WORD_BEFORE.search(before))):
            return "date"
    if bare and value < 100 and before.endswith(("'", "’", "‘")):
        return "date"
    return "date" if bare and value <= 31 and DAY_BEFORE.search(before) else None


def _label(text: str, start: int, end: int, before: str, *, bare: bool) -> Sort | None:
    if not bare:
        return "label" if LABEL_SURE.search(before) else None
    if LABEL_SURE.search(before):
        return "label"
    if STREET_AFTER.match(text, end):
        return "address"
    if ENUMERATED.search(before) and LABEL_RUN.search(before):
        return "label"
    match = LABEL_BEFORE.search(before)
    if match is None:
        return None
    name = match["name"]
    if match["listed"] or name is None:
        return "label"
    if name.islower() or name.lower() in NOT_NAMES:
        return None
    return None if opens(before, match.start("name")) and text[start].isdigit() else "label"
