"""Lines that say who wrote an article and when, and the agencies whose copy outlets carry."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from importlib.resources import files

MONTHS = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
BYLINE = re.compile(r"(?:(?:written|reported|posted|story)\s+)?by:?\s+(?P<who>[^\d.!?\"“”]{3,100})", re.IGNORECASE)
NAME = re.compile(r"(?:[A-Z][\w.'’-]+|de|van|von|der|den|da|di|la|le|al|bin|ter|and|&|,|in|for|of|the)(?:\s+|$|(?=,))")
DATE = re.compile(
    rf"""(?:(?:first\s+)?(?:published|posted|updated|last\s+updated|modified|date)(?:\s+(?:on|at))?\s*:?\s*)?
        (?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?
        (?:{MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTHS},?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})
        (?:[T,\s|•–-]*(?:at\s+)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[+-]\d{{2}}:?\d{{2}}|[A-Z]{{2,4}})?)?\s*""",
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
    dateline = re.match(r"[A-ZÀ-Ý][\w.,'’/ -]{1,60}\(([^()]{2,40})\)\s*[-–—:]", line)
    if dateline and dateline.group(1).strip() in known:
        return known[dateline.group(1).strip()]
    credit = re.fullmatch(r"[\s(\[–—-]*(?:(?:with|by|from|via|source:|reporting by)\s+)?(?:the\s+)?([\w .-]{2,40}?)(?:\s+(?:contributed|news agency))?[\s)\].]*", line, re.IGNORECASE)
    return known.get(credit.group(1).strip()) if credit else None


def byline_of(line: str) -> str | None:
    """The names in a line that is a byline and nothing else."""
    found = BYLINE.fullmatch(line.strip())
    if not found:
        return None
    who = found.group("who").strip(" ,|•–-")
    rest = NAME.sub("", who.replace("|", " ")).strip()
    return re.split(r"\s*[|•]\s*", who)[0] if not rest and who[:1].isupper() else None


def date_of(line: str) -> str | None:
    """A line that is a date, with or without time, as ISO 8601; None for anything else or an impossible date."""
    line = line.strip()
    if not 8 <= len(line) <= 80 or not DATE.fullmatch(line):
        return None
    return iso(LABEL.sub("", line))


def iso(value: str) -> str | None:
    """A date or date and time in some common notation as ISO 8601; the zone is kept and never made up."""
    value = value.strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return datetime.strptime(value, "%Y-%m-%d").date().isoformat()
        return datetime.fromisoformat(value).isoformat()
    except ValueError:
        pass
    numeric = re.match(r"(\d{1,2})[/.](\d{1,2})[/.]\d{2,4}\b", value)
    if numeric and max(map(int, numeric.groups())) <= 12 and numeric.group(1) != numeric.group(2):
        return None  # 12/03 is December here and March there
    from dateutil import parser

    try:
        cleaned = re.sub(r"\s+at\s+|\s*[|•]\s*", " ", value.replace(".m.", "m"))
        first, second = (parser.parse(cleaned, default=datetime(y, m, d), tzinfos=ZONES) for y, m, d in ((2001, 1, 1), (2002, 2, 2)))
    except (ValueError, OverflowError, TypeError):
        return None
    if first.date() != second.date():  # part of the date came from the default
        return None
    return first.isoformat() if re.search(r"\d[:.]\d\d", value) else first.date().isoformat()


_HOUR = 3600
ZONES = {
    "GMT": 0, "UTC": 0, "BST": _HOUR, "CET": _HOUR, "CEST": 2 * _HOUR, "EET": 2 * _HOUR, "EST": -5 * _HOUR, "EDT": -4 * _HOUR, "ET": None,
    "CST": -6 * _HOUR, "CDT": -5 * _HOUR, "MST": -7 * _HOUR, "MDT": -6 * _HOUR, "PST": -8 * _HOUR, "PDT": -7 * _HOUR,
}  # fmt: skip
