"""Granules of the calendar: a day, a week, a quarter, a summer, as a TIMEX3 value with its two ends.

Values follow TIMEX3 (TimeML 1.2.1): weeks are those of ISO 8601, `1998-W07`; quarters `1998-Q3`; halves `1998-H1`;
seasons `1998-SU`, as in the northern half of the earth; decades `199`; centuries `19`; weekends `1998-W07-WE`.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

Grain = Literal["minute", "hour", "part", "day", "weekend", "week", "fortnight", "month", "season", "quarter", "half", "year", "decade", "century", "millennium"]
Mod = Literal["START", "MID", "END", "APPROX"]

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# When a part of the day begins, and how long it lasts. A night belongs to the day on which it begins.
PARTS = {"MO": (time(6), 6), "MI": (time(12), 0), "AF": (time(12), 6), "EV": (time(18), 6), "NI": (time(18), 12), "DT": (time(6), 12)}
_MONTHS = {"month": 1, "season": 3, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200, "millennium": 12000}
_DAYS = {"day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_LONGEST = 12 * 9999


@dataclass(frozen=True, slots=True)
class Granule:
    """A stretch of the calendar. `first` and `last` are days, both inclusive; `value` is TIMEX3."""

    grain: Grain
    value: str
    first: date
    last: date


def granule(grain: Grain, at: date) -> Granule:
    """The granule of that size in which a day lies."""
    y, m = at.year, at.month
    match grain:
        case "year":
            return _months(grain, f"{y:04}", y, 1, 12)
        case "half":
            return _months(grain, f"{y:04}-H{(m + 5) // 6}", y, 6 * ((m - 1) // 6) + 1, 6)
        case "quarter":
            return _months(grain, f"{y:04}-Q{(m + 2) // 3}", y, 3 * ((m - 1) // 3) + 1, 3)
        case "season":
            name = ("WI", "SP", "SU", "FA")[m % 12 // 3]
            return season(name, y - 1 if m < 3 and y > 1 else y)
        case "month":
            return _months(grain, f"{y:04}-{m:02}", y, m, 1)
        case "decade":
            return _years(grain, f"{y // 10:03}", 10 * (y // 10), 10)
        case "century":
            return _years(grain, f"{y // 100:02}", 100 * (y // 100), 100)
        case "millennium":
            return _years(grain, f"{y // 1000}", 1000 * (y // 1000), 1000)
        case "week" | "weekend" | "fortnight":
            iso = at.isocalendar()
            monday = date.fromordinal(max(1, at.toordinal() - iso.weekday + 1))
            sunday = date.fromordinal(min(date.max.toordinal(), monday.toordinal() + 6))
            name = f"{iso.year:04}-W{iso.week:02}"
            if grain == "weekend":
                return Granule(grain, name + "-WE", max(monday, sunday - timedelta(1)), sunday)
            return Granule(grain, name, monday, sunday)
    return Granule("day", at.isoformat(), at, at)


def season(name: str, year: int) -> Granule:
    """A season by its TIMEX3 name. The winter of a year is the one that begins in its December."""
    return replace(_months("season", f"{year:04}-{name}", year, SEASONS[name], 3), grain="season")


def _months(grain: Grain, value: str, year: int, month: int, length: int) -> Granule:
    last_year, last_month = divmod(12 * year + month - 1 + length - 1, 12)
    last_year, last_month = (last_year, last_month + 1) if last_year <= 9999 else (9999, 12)
    return Granule(grain, value, date(year, month, 1), date(last_year, last_month, calendar.monthrange(last_year, last_month)[1]))


def _years(grain: Grain, value: str, first: int, length: int) -> Granule:
    return Granule(grain, value, date(max(1, first), 1, 1), date(min(9999, first + length - 1), 12, 31))


def shift(at: date, amount: float, unit: str) -> date | None:
    """A day so many units later, or earlier. Null where the calendar ends, at the years 1 and 9999."""
    try:
        if unit in _MONTHS:
            months = round(amount * _MONTHS[unit])
            return at + relativedelta(months=months) if abs(months) <= _LONGEST else None
        if unit in _DAYS:
            return at + timedelta(days=round(amount * _DAYS[unit]))
    except (OverflowError, ValueError):
        return None
    return at


def moved(base: Granule, amount: float, unit: str, grain: Grain) -> Granule | None:
    """The granule of some size that lies so many units from another one."""
    at = shift(base.first, amount, unit)
    return granule(grain, at) if at else None


def part(ends: tuple[date, date], mod: str, parts: int) -> tuple[date, date]:
    """The first, middle or last of so many parts of a stretch: in whole months where it has as many, else in days."""
    first, last = ends
    months = 12 * (last.year - first.year) + last.month - first.month + 1
    if first.day == 1 and months >= 3 and (last.day == calendar.monthrange(last.year, last.month)[1]):
        cut = max(months // parts, 1)
        early, late = granule("month", first + relativedelta(months=cut - 1)).last, granule("month", last.replace(day=1) - relativedelta(months=cut - 1)).first
    else:
        cut = max(((last - first).days + 1) // parts, 1)
        early, late = first + timedelta(cut - 1), last - timedelta(cut - 1)
    if mod == "START":
        return first, early
    if mod == "END":
        return late, last
    return (early + timedelta(1), late - timedelta(1)) if late - early > timedelta(1) else ends


def moment(day: date, at: time) -> str:
    """A moment to the minute, in ISO 8601."""
    return datetime.combine(day, at).isoformat(timespec="minutes")


def later(day: date, at: time, minutes: int) -> str:
    """The last minute of a stretch that begins at a moment."""
    try:
        return (datetime.combine(day, at) + timedelta(minutes=max(minutes - 1, 0))).isoformat(timespec="minutes")
    except OverflowError:
        return f"{date.max.isoformat()}T23:59"
