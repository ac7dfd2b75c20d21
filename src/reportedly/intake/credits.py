"""Lines that say who wrote an article and when, and the agencies whose copy outlets carry."""

from __future__ import annotations

import re
import warnings
from datetime import datetime
from functools import cache
from importlib.resources import files

MONTHS = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
BYLINE = re.compile(r"(?:(?:written|reported|posted|story)\s+)?by:?\s+(?P<who>[^\d!?\"“”]{3,100})", re.IGNORECASE)
NAME = re.compile(r"(?:[A-Z][\w.'’-]+|de|van|von|der|den|da|di|la|le|al|bin|ter|and|&|,|in|for|of|the)(?:\s+|$|(?=,))")
FULL_NAME = re.compile(r"[A-Z][\w.'’-]*\s+(?:(?:de|van|von|der|den|da|di|la|le|al|bin|ter)\s+)*[A-Z]")
NO_NAME = re.compile(rf"(?:the|a|an|all|any|{MONTHS}|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE)
DATE = re.compile(
    rf"""(?:(?:first\s+)?(?:published|posted|updated|last\s+updated|modified|date)(?:\s+(?:on|at))?\s*:?\s*)?
        (?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?
        (?:{MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTHS},?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})
        (?:[T,\s|•–-]*(?:at\s+)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|(?:GMT|UTC)?\s?[+-]\d{{1,2}}(?::?\d{{2}})?|[A-Z]{{2,4}})?)?\s*""",
    re.VERBOSE | re.IGNORECASE,
)
LABEL = re.compile(r"^(?:first\s+)?(?:published|posted|updated|last\s+updated|modified|date)(?:\s+(?:on|at))?\s*:?\s*", re.IGNORECASE)


@cache
def agencies() -> dict[str, str]:
    """Names and abbreviations of news agencies, to the name used for them (see data/agencies.txt)."""
    out = {}
    for line in (files("reportedly.intake") / "data" / "agencies.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, *others = (part.strip() for part in line.split("|"))
            out.update(dict.fromkeys((name, *others), name))
    return out


def agency_of(line: str) -> str | None:
    """The agency in a dateline ("LONDON (Reuters) –") or in a credit that is all of a line ("— AP")."""
    known = agencies()
    line = " ".join(line[:200].split())
    dateline = re.match(r"[A-ZÀ-Ý][\w.,'’/ -]{1,60}\(([^()]{2,40})\)\s*[-–—:]", line)
    if dateline and dateline.group(1).strip() in known:
        return known[dateline.group(1).strip()]
    if len(line) > 80:
        return None
    credit = re.fullmatch(r"[\s(\[–—-]*(?:(?:with|by|from|via|source:|reporting by)\s+)?(?:the\s+)?([\w .-]{2,40}?)(?:\s+(?:contributed|news agency))?[\s)\].]*", line, re.IGNORECASE)
    return known.get(credit.group(1).strip()) if credit else None


def byline_of(line: str) -> str | None:
    """The names in a line that is a byline and nothing else."""
    found = BYLINE.fullmatch(line.strip())
    if not found:
        return None
    who = found.group("who").strip(" ,|•–-")
    rest = NAME.sub("", who.replace("|", " ")).strip()
    if rest or NO_NAME.match(who) or not (FULL_NAME.search(who) or who in agencies()):
        return None
    return re.split(r"\s*[|•]\s*", who)[0]


def date_of(line: str) -> str | None:
    """A line that is a date, with or without time, as ISO 8601; None for anything else or an impossible date."""
    line = line.strip()
    if not 8 <= len(line) <= 80 or not DATE.fullmatch(line):
        return None
    return iso(LABEL.sub("", line))


def iso(value: str) -> str | None:
    """A date or date and time in some common notation as ISO 8601; the zone is kept and never made up."""
    value = value.strip()
    if not re.search(r"\d{4}", value) or _is_ambiguous(value):
        return None
    try:
        if re.fullmatch(r"\d{4}-?\d{2}-?\d{2}", value):
            return datetime.fromisoformat(value).date().isoformat()
        return datetime.fromisoformat(value).isoformat()
    except ValueError:
        pass
    from dateutil import parser

    cleaned = re.sub(r"\s+at\s+|\s*[|•]\s*", " ", value.replace(".m.", "m"))
    cleaned = re.sub(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?\b", lambda m: f"{m[1]}{m[2]:0>2}:{m[3] or '00'}", cleaned)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a zone that dateutil does not know is left out, as one that is not given
            first, second = (parser.parse(cleaned, default=datetime(y, m, d), tzinfos=ZONES) for y, m, d in ((2001, 1, 1), (2002, 2, 2)))
        if first.date() != second.date():  # part of the date came from the default
            return None
        return first.isoformat() if re.search(r"\d[:.]\d\d|\d\s*[ap]m\b", cleaned, re.IGNORECASE) else first.date().isoformat()
    except (ValueError, OverflowError, TypeError):
        return None


def _is_ambiguous(value: str) -> bool:
    """12/03/2024 is December in one country and March in another."""
    numeric = re.search(r"(?<![\d/.-])(\d{1,2})([/. -])(\d{1,2})\2\d{2,4}\b", value)
    return bool(numeric and max(int(numeric[1]), int(numeric[3])) <= 12 and numeric[1] != numeric[3])


_HOUR = 3600
ZONES = {
    "GMT": 0, "UTC": 0, "BST": _HOUR, "CET": _HOUR, "CEST": 2 * _HOUR, "EET": 2 * _HOUR, "EST": -5 * _HOUR, "EDT": -4 * _HOUR, "ET": None,
    "CST": -6 * _HOUR, "CDT": -5 * _HOUR, "MST": -7 * _HOUR, "MDT": -6 * _HOUR, "PST": -8 * _HOUR, "PDT": -7 * _HOUR,
}  # fmt: skip
