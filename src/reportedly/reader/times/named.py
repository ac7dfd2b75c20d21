"""Names in the calendar, worked out: which Tuesday, which March, which third quarter."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.easter import easter

from reportedly.reader.times import calendar
from reportedly.reader.times.around import SETTLED, UNKNOWN, Around, Resolved, resolved
from reportedly.reader.times.calendar import granule, shift
from reportedly.reader.times.words import lexicon

if TYPE_CHECKING:
    from reportedly.reader.times.calendar import Granule
    from reportedly.reader.times.meanings import Named

_STEP = {"last": -1, "previous": -1, "next": 1, "following": 1}
# Days between a date without a year and the publication within which the year is not in doubt.
_CLOSE = 75
# Days after its end for which a quarter is still what companies report on.
_REPORTED = 200


def named(meaning: Named, around: Around) -> Resolved | None:
    """The granule of a name; null where it does not exist, as 31 February."""
    unknown = _unknown(meaning)
    if meaning.grain == "day" and meaning.number and meaning.day and _impossible(meaning):
        return None
    if meaning.grain in {"decade", "century", "millennium"}:
        span = {"decade": 10, "century": 100, "millennium": 1000}[meaning.grain]
        of = (meaning.number or 0) * span
        return resolved(granule(meaning.grain, date(max(of, 1), 1, 1)), "") if of <= 9999 else None
    year = full_year(meaning.year) if meaning.year is not None else None
    if meaning.year is not None and year is None:
        return None
    if meaning.grain == "year":
        return resolved(granule("year", date(year, 1, 1)), unknown) if year else Resolved("DATE", unknown)
    if meaning.year_which:
        base = around.published if meaning.year_which in {"last", "this", "next"} else around.last and around.last.first
        if not base:
            return Resolved("DATE", unknown)
        year = base.year + _STEP.get(meaning.year_which, 0)
    if year is not None:
        found = of_year(meaning, year) if 1 <= year <= 9999 else None
        return resolved(found, unknown) if found else None
    return resolved(_of_story(meaning, around) or _nearest(meaning, around), unknown)


def full_year(year: int) -> int | None:
    """A year of two figures: '98 is 1998, '12 is 2012."""
    if year < 100:
        return 1900 + year if year >= 40 else 2000 + year
    return year if year <= 9999 else None


def _impossible(meaning: Named) -> bool:
    try:
        date(full_year(meaning.year) or 2000 if meaning.year is not None else 2000, meaning.number or 1, meaning.day or 1)
    except ValueError:
        return True
    return False


def _unknown(meaning: Named) -> str:
    """The value where the year or the week is not known: XXXX-02-22."""
    if meaning.feast:
        day = lexicon()["feasts"][meaning.feast]
        return f"XXXX-{day}" if isinstance(day, str) else "XXXX-XX-XX"
    if meaning.grain == "day":
        return f"XXXX-{meaning.number:02}-{meaning.day:02}" if meaning.number else f"XXXX-WXX-{meaning.weekday}"
    if meaning.grain == "month":
        return f"XXXX-{meaning.number:02}"
    if meaning.grain == "season":
        return f"XXXX-{meaning.season}"
    letter = {"quarter": "Q", "half": "H"}.get(meaning.grain)
    return f"XXXX-{letter}{meaning.number}" if letter else UNKNOWN.get(meaning.grain, "XXXX")


def of_year(meaning: Named, year: int) -> Granule | None:
    """The granule of that name in a year, null where the year has none."""
    if not 1 <= year <= 9999:
        return None
    try:
        if meaning.feast:
            day = lexicon()["feasts"][meaning.feast]
            return granule("day", date.fromisoformat(f"{year:04}-{day}") if isinstance(day, str) else easter(year) + timedelta(day))
        if meaning.grain == "day":
            return granule("day", date(year, meaning.number or 1, meaning.day or 1))
        if meaning.grain == "season":
            return calendar.season(meaning.season or "SU", year)
        size = {"quarter": 3, "half": 6}.get(meaning.grain, 1)
        return granule(meaning.grain, date(year, size * ((meaning.number or 1) - 1) + 1, 1))
    except (ValueError, OverflowError):
        return None


def _of_story(meaning: Named, around: Around) -> Granule | None:
    """The granule nearest to the last mention, where the text tells of another time than the publication's."""
    last = around.story
    weekday = meaning.grain == "day" and not meaning.number and not meaning.feast
    if last is None or meaning.which or meaning.grain in {"weekend", "quarter", "half"} or (weekday and (last.grain != "day" or around.mentions < SETTLED)):
        return None
    if weekday:
        day = shift(last.first, (meaning.weekday or 1) - last.first.isoweekday(), "day")
        return granule("day", day) if day else None
    if last.grain in {"year", "season"}:
        return of_year(meaning, last.first.year)
    found = [g for k in (-1, 0, 1) if (g := of_year(meaning, last.first.year + k))]
    # A story goes forward more often than back.
    return min(found, key=lambda g: (g.first - last.first).days if g.first >= last.first else 2 * (last.first - g.first).days, default=None)


def _nearest(meaning: Named, around: Around) -> Granule | None:
    """The granule of a name without a year that the text means: by `which`, else by tense, else the nearest."""
    from_mention = meaning.which in {"previous", "following", "same"}
    mention = around.recent.get("week" if meaning.grain in {"day", "weekend"} else "year")
    base = (mention.first if mention else None) if from_mention else around.published
    if base is None:
        return None
    if meaning.weekday and not meaning.number and meaning.grain == "day":
        weekday = meaning.weekday
        choices = [shift(base, k - base.isoweekday() + weekday, "day") for k in (-14, -7, 0, 7, 14)]
        found = [granule("day", d) for d in choices if d]
    elif meaning.grain == "weekend":
        choices = [shift(base, k, "week") for k in (-2, -1, 0, 1, 2)]
        found = [granule("weekend", d) for d in choices if d]
    else:
        leap = meaning.number == 2 and meaning.day == 29
        reach = range(-8, 9) if leap else range(-3, 4) if meaning.weekday or meaning.which else range(-1, 2)
        found = [g for k in reach if (g := of_year(meaning, base.year + k))]
        if meaning.weekday and (fitting := [g for g in found if g.first.isoweekday() == meaning.weekday]):
            found = fitting  # "Saturday, April 25" is of a year in which that was a Saturday
    ended = [g for g in found if g.last < base]
    begun = [g for g in found if g.first <= base]
    to_come = [g for g in found if g.first > base]
    running = [g for g in found if g.last >= base]
    match meaning.which:
        case "last" | "previous":
            return ended[-1] if ended else None
        case "next" | "following":
            return to_come[0] if to_come else None
        case "this":
            if meaning.grain == "weekend":
                return running[0] if running else None
            if meaning.grain == "day" and not meaning.number:
                return (begun[-1] if around.tense() == "past" and begun else running[0]) if running else None
            return _in_year_of(found, base) or (running[0] if running else None)
    tense = around.tense()
    if meaning.grain == "quarter" and begun and ((base - begun[-1].last).days < _REPORTED):
        return begun[-1]
    close = [g for g in found if meaning.number and meaning.grain in {"day", "month"} and abs((g.first - base).days) < _CLOSE]
    if close and (tense != "future" or close[0].last >= base):
        return close[0]
    if tense == "past":
        return begun[-1] if begun else None
    if tense == "future" or (tense == "present" and meaning.grain == "day"):
        return running[0] if running else None
    if meaning.grain in {"quarter", "half"} or (meaning.grain == "day" and not meaning.number):
        return begun[-1] if begun else None
    return min(found, key=lambda g: abs((g.first - base).days), default=None)


def _in_year_of(found: list[Granule], base: date) -> Granule | None:
    """The granule of the base's own year."""
    return next((g for g in found if g.first.year == base.year), None)
