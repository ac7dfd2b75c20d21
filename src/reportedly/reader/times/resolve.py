"""Works meanings out against the publication date, the tense of the clause and the times that the text mentioned before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from reportedly.reader.times import calendar
from reportedly.reader.times.around import UNKNOWN, Around, Resolved, resolved
from reportedly.reader.times.calendar import PARTS, Granule, granule, moved, shift
from reportedly.reader.times.meanings import (
    Ambiguous,
    Between,
    Clock,
    Fiscal,
    FromEvent,
    FromTime,
    Length,
    Meaning,
    Modified,
    Named,
    Part,
    Reference,
    Repeated,
    Shifted,
    Unresolved,
)
from reportedly.reader.times.named import full_year, named, of_year
from reportedly.reader.times.relative import length

# Early, in the middle of and late on a day: when it begins, and how many minutes it lasts.
_WITHIN_DAY = {"START": (time(0), 600), "MID": (time(10), 360), "END": (time(16), 480)}


def resolve(meaning: Meaning, around: Around) -> Resolved | None:
    """The expression as an interval; null where it names a day that does not exist."""
    match meaning:
        case Named():
            return named(meaning, around)
        case Ambiguous():
            if around.day_first is None:
                year = full_year(meaning.day_first.year or 0)
                return Resolved("DATE", f"{year:04}-XX-XX" if year else "XXXX-XX-XX")
            return named(meaning.day_first if around.day_first else meaning.month_first, around)
        case Shifted():
            return _shifted(meaning, around)
        case Length():
            return _length(meaning, around)
        case Reference():
            now = around.now()
            return Resolved("DATE", meaning.value, now if meaning.value != "PAST_REF" else None, now if meaning.value != "FUTURE_REF" else None)
        case Repeated():
            return Resolved("SET", meaning.value)
        case Unresolved():
            return Resolved("DATE", meaning.value)
        case Clock():
            return _clock(meaning, around)
        case Part():
            return _part(meaning, around)
        case Modified():
            return _modified(meaning, around)
        case Between():
            first, last = resolve(meaning.first, around), resolve(meaning.last, around)
            if not first or not last or (first.earliest and last.latest and first.earliest > last.latest):
                return None
            return Resolved("DATE", f"{first.value}/{last.value}", first.earliest, last.latest, last.granule)
        case FromTime():
            return _from(resolve(meaning.base, around), meaning.amount, meaning.unit)
        case FromEvent():
            return _from_event(meaning, around)
        case Fiscal():
            inner = resolve(meaning.inner, around)
            return inner and Resolved("DATE", inner.value)


# Counted from here.


def _shifted(meaning: Shifted, around: Around) -> Resolved | None:
    if meaning.unit in {"second", "minute", "hour"}:
        return _hours(meaning, around)
    mention = meaning.base == "mention"
    if meaning.unit == "quarter" and mention:
        base: Granule | None = around.quarter or (around.published and moved(granule("quarter", around.published), -3, "month", "quarter")) or None
        if meaning.year:
            of = of_year(Named("quarter", number=(base.first.month + 2) // 3), meaning.year) if base else None
            return replace(resolved(of, f"{meaning.year:04}-QX"), granule=None)
    elif mention:
        base = around.recent.get(meaning.unit)
    else:
        base = granule("day", around.published) if around.published else None
    unknown = UNKNOWN.get(meaning.grain or meaning.unit, "XXXX")
    if meaning.vague:
        return _vague(meaning, base)
    if base is None:
        return Resolved("DATE", unknown)
    if meaning.compared and around.quarter:
        return replace(resolved(moved(around.quarter, -1, "year", "quarter"), unknown), granule=None)
    grain = meaning.grain or meaning.unit
    of = moved(base, meaning.amount, meaning.unit, grain)
    if of is None:
        return None
    if meaning.high and (far := moved(base, meaning.high, meaning.unit, grain)):
        first, last = min(of.first, far.first), max(of.last, far.last)
        return Resolved("DATE", of.value, first.isoformat(), last.isoformat(), of)
    return resolved(of, unknown)


def _vague(meaning: Shifted, base: Granule | None) -> Resolved:
    """A few days ago: between two and five."""
    value = "PAST_REF" if meaning.amount < 0 else "FUTURE_REF"
    near = base and shift(base.first, meaning.amount, meaning.unit)
    far = base and shift(base.first, meaning.high or meaning.amount, meaning.unit)
    if not near or not far:
        return Resolved("DATE", value)
    return Resolved("DATE", value, min(near, far).isoformat(), max(near, far).isoformat())


def _hours(meaning: Shifted, around: Around) -> Resolved:
    seconds = {"second": 1, "minute": 60, "hour": 3600}[meaning.unit]
    if around.at is None or meaning.vague:
        return Resolved("TIME", "PAST_REF" if meaning.amount < 0 else "FUTURE_REF", None, around.now() if meaning.amount < 0 else None)
    try:
        moment = (around.at + timedelta(seconds=meaning.amount * seconds)).isoformat(timespec="minutes")
    except OverflowError:
        return Resolved("TIME", "PAST_REF")
    return Resolved("TIME", moment, moment, moment)


def _length(meaning: Length, around: Around) -> Resolved:
    value = length(meaning.amount, meaning.unit)
    if meaning.towards and around.published and meaning.amount and meaning.unit not in {"second", "minute", "hour"}:
        past = meaning.towards == "past"
        other = shift(around.published, -meaning.amount if past else meaning.amount, meaning.unit)
        if other:
            first, last = sorted((around.published, other))
            return Resolved("DURATION", value, first.isoformat(), last.isoformat())
    return Resolved("DURATION", value)


def _from(base: Resolved | None, amount: float, unit: str) -> Resolved | None:
    if base is None or base.granule is None:
        return base and Resolved("DATE", UNKNOWN.get(unit, "XXXX-XX-XX"))
    at = base.granule if amount < 0 or base.granule.grain == "day" else granule("day", base.granule.last)
    of = moved(at, amount, unit, unit)  # type: ignore[arg-type]
    return resolved(of, "") if of else None


def _from_event(meaning: FromEvent, around: Around) -> Resolved:
    event = around.dated(meaning.noun)
    known = event is not None and (event.grain == "day" or meaning.unit not in {"day", "week", "fortnight"})
    of = moved(event, meaning.amount, meaning.unit, "week" if meaning.unit == "fortnight" else meaning.unit) if event and known else None
    if of is None and meaning.length is not None:
        return _length(meaning.length, around)
    return resolved(of, UNKNOWN.get(meaning.unit, "XXXX"))


# Within a day.


def _anchor(meaning: Meaning | None, around: Around) -> tuple[Granule | None, str]:
    """The day of a time of day, and its value."""
    if meaning is not None:
        day = resolve(meaning, around)
        return (day.granule, day.value) if day else (None, "")
    last = around.last if around.last and around.last.grain == "day" else None
    day_granule = last or (granule("day", around.published) if around.published else None)
    return day_granule, day_granule.value if day_granule else "XXXX-XX-XX"


def _clock(meaning: Clock, around: Around) -> Resolved | None:
    day, value = _anchor(meaning.day, around)
    if not value:
        return None
    written = f"{value}T{meaning.hour:02}" + (f":{meaning.minute:02}" if meaning.minute is not None else ":00")
    if day is None or day.grain != "day":
        return Resolved("TIME", written)
    at = day.first
    if meaning.hour == 24:
        following = shift(at, 1, "day")
        moment = calendar.moment(following, time(0)) if following else None
    else:
        moment = calendar.moment(at, time(meaning.hour, meaning.minute or 0))
    return Resolved("TIME", written, moment, moment, day)


def _part(meaning: Part, around: Around) -> Resolved | None:
    day, value = _anchor(meaning.day, around)
    if not value:
        return None
    if day is None or day.grain != "day":
        return Resolved("TIME", f"{value}T{meaning.part}")
    begins, hours = PARTS[meaning.part]
    return Resolved("TIME", f"{value}T{meaning.part}", calendar.moment(day.first, begins), calendar.later(day.first, begins, 60 * hours), day)


def _modified(meaning: Modified, around: Around) -> Resolved | None:
    inner = resolve(meaning.inner, around)
    if inner is None or inner.earliest is None or inner.latest is None or meaning.mod == "APPROX":
        return inner
    if meaning.clipped:
        now = around.now() or ""
        if not inner.earliest[:10] <= now[:10] <= inner.latest[:10]:
            return inner
        return replace(inner, latest=now) if meaning.mod == "START" else replace(inner, earliest=now)
    if inner.granule is None or len(inner.earliest) > 10:
        return inner
    if inner.granule.grain == "day":
        begins, minutes = _WITHIN_DAY[meaning.mod]
        return replace(inner, earliest=calendar.moment(inner.granule.first, begins), latest=calendar.later(inner.granule.first, begins, minutes))
    first, last = calendar.part((date.fromisoformat(inner.earliest), date.fromisoformat(inner.latest)), meaning.mod, 12 if meaning.narrow else 3)
    return replace(inner, earliest=first.isoformat(), latest=last.isoformat())
