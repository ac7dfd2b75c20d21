"""Works meanings out against the publication date, the tense of the clause and the times that the text mentioned before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Literal

from dateutil.easter import easter

from reportedly.reader.times import calendar
from reportedly.reader.times.calendar import PARTS, Granule, granule, moved, shift
from reportedly.reader.times.clock import is_day
from reportedly.reader.times.meanings import (
    Between, Clock, Fiscal, FromEvent, FromTime, Length, Meaning, Modified, Named, Part, Reference, Repeated, Shifted, Unresolved,
)  # fmt: skip
from reportedly.reader.times.relative import length
from reportedly.reader.times.words import lexicon

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportedly.reader.times.calendar import Mod
    from reportedly.reader.times.tense import Tense

Type = Literal["DATE", "TIME", "DURATION", "SET"]
_UNKNOWN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX", "millennium": "X",
}  # fmt: skip
_FINER = {"quarter", "half"}
_STEP = {"last": -1, "previous": -1, "next": 1, "following": 1}
# A story that plays so many years from the publication has its own calendar: "In 1940 ... In September ...".
_FAR = 2
# So many mentions make a story; so many carry it into the next paragraph.
_AGAIN, _SETTLED = 2, 3
# Days between a date without a year and the publication within which the year is not in doubt.
_CLOSE = 75
# Days after its end for which a quarter is still what companies report on.
_REPORTED = 200


@dataclass(frozen=True, slots=True)
class Resolved:
    """`granule` is the stretch that later times may count from, where there is one."""

    type: Type
    value: str
    earliest: str | None = None
    latest: str | None = None
    granule: Granule | None = None
    mod: Mod | None = None


@dataclass(slots=True)
class Around:
    """What a meaning is worked out against. `last` is the time mentioned before; it moves on as the text is read."""

    published: date | None = None
    at: datetime | None = None
    last: Granule | None = None
    quarter: Granule | None = None
    story: Granule | None = None
    """The last mention, where the text tells of a time far from the publication."""
    mentions: int = 0
    """How many mentions of such a time came one after another."""
    tense: Callable[[], Tense | None] = field(default=lambda: None)
    opened: bool = False
    dated: Callable[[str], Granule | None] = field(default=lambda _: None)

    def now(self) -> str | None:
        """The publication as an end of an interval."""
        return self.at.isoformat(timespec="minutes") if self.at else self.published.isoformat() if self.published else None


    def remember(self, mention: Granule, *, dated: bool) -> None:
        """Let later expressions count from this one; `dated` if its year was given, and not inferred."""
        self.last = mention
        if mention.grain == "quarter":
            self.quarter = mention
        if mention.grain in {"decade", "century", "millennium"}:
            return
        if self.published is not None and abs(mention.first.year - self.published.year) >= _FAR:
            self.mentions += 1
            self.story = mention if self.mentions >= _AGAIN else None
        elif dated:
            self.story, self.mentions = None, 0

    def paragraph(self) -> None:
        """A new paragraph begins: a few mentions of another time do not reach into it."""
        if self.mentions < _SETTLED:
            self.story = None


def publication(published: str | None) -> tuple[date | None, datetime | None]:
    """The day, and the moment where it is known, of an ISO 8601 date; the clock is the page's own."""
    if not published:
        return None, None
    try:
        day = date.fromisoformat(published.strip()[:10])
    except ValueError:
        return None, None
    try:
        return day, datetime.fromisoformat(published.strip()).replace(tzinfo=None) if len(published.strip()) > 10 else None
    except ValueError:
        return day, None


def resolve(meaning: Meaning, around: Around) -> Resolved | None:
    """The expression as an interval; null where it names a day that does not exist."""
    match meaning:
        case Named():
            return _named(meaning, around)
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


def _date(of: Granule | None, unknown: str) -> Resolved:
    return Resolved("DATE", of.value, of.first.isoformat(), of.last.isoformat(), of) if of else Resolved("DATE", unknown)


# Names in the calendar.


def _named(meaning: Named, around: Around) -> Resolved | None:
    unknown = _unknown(meaning)
    if meaning.grain == "day" and meaning.number and meaning.day and _impossible(meaning):
        return None
    if meaning.grain in {"decade", "century", "millennium"}:
        span = {"decade": 10, "century": 100, "millennium": 1000}[meaning.grain]
        of = (meaning.number or 0) * span
        return _date(granule(meaning.grain, date(max(of, 1), 1, 1)), "") if of <= 9999 else None
    year = _full(meaning.year) if meaning.year is not None else None
    if meaning.year is not None and year is None:
        return None
    if meaning.grain == "year":
        return _date(granule("year", date(year, 1, 1)), unknown) if year else Resolved("DATE", unknown)
    if meaning.year_which:
        base = around.published if meaning.year_which in {"last", "this", "next"} else around.last and around.last.first
        if not base:
            return Resolved("DATE", unknown)
        year = base.year + _STEP.get(meaning.year_which, 0)
    if year is not None:
        found = _of_year(meaning, year) if 1 <= year <= 9999 else None
        return _date(found, unknown) if found else None
    return _date(_of_story(meaning, around) or _nearest(meaning, around), unknown)


def _full(year: int) -> int | None:
    """A year of two figures: '98 is 1998, '12 is 2012."""
    if year < 100:
        return 1900 + year if year >= 40 else 2000 + year
    return year if year <= 9999 else None


def _impossible(meaning: Named) -> bool:
    try:
        date(_full(meaning.year) or 2000 if meaning.year is not None else 2000, meaning.number or 1, meaning.day or 1)
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
    return f"XXXX-{letter}{meaning.number}" if letter else _UNKNOWN.get(meaning.grain, "XXXX")


def _of_year(meaning: Named, year: int) -> Granule | None:
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
    if last is None or meaning.which or meaning.grain in {"weekend", "quarter", "half"} or (weekday and (last.grain != "day" or around.mentions < _SETTLED)):
        return None
    if weekday:
        day = shift(last.first, (meaning.weekday or 1) - last.first.isoweekday(), "day")
        return granule("day", day) if day else None
    if last.grain in {"year", "season"}:
        return _of_year(meaning, last.first.year)
    found = [g for k in (-1, 0, 1) if (g := _of_year(meaning, last.first.year + k))]
    # A story goes forward more often than back.
    return min(found, key=lambda g: (g.first - last.first).days if g.first >= last.first else 2 * (last.first - g.first).days, default=None)


def _nearest(meaning: Named, around: Around) -> Granule | None:
    """The granule of a name without a year that the text means: by `which`, else by tense, else the nearest."""
    from_mention = meaning.which in {"previous", "following", "same"}
    base = (around.last.first if around.last else None) if from_mention else around.published
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
        found = [g for k in (-8, -4, -3, -2, -1, 0, 1, 2, 3, 4, 8) if (g := _of_year(meaning, base.year + k))]
        if meaning.weekday and (fitting := [g for g in found if g.first.isoweekday() == meaning.weekday]):
            found = fitting  # "Saturday, April 25" is of a year in which that was a Saturday
        elif not meaning.which and not (meaning.number == 2 and meaning.day == 29):
            found = [g for g in found if abs(g.first.year - base.year) <= 1]
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
            if meaning.grain == "day" and not meaning.number:
                return (begun[-1] if around.tense() == "past" and begun else running[0]) if running else None
            return granule_in(found, base) or (running[0] if running else None)
    if meaning.grain == "quarter" and begun and ((base - begun[-1].last).days < _REPORTED):
        return begun[-1]
    if meaning.number and meaning.grain in {"day", "month"} and (close := [g for g in found if abs((g.first - base).days) < _CLOSE]):
        return close[0]
    tense = around.tense()
    if tense == "past":
        return begun[-1] if begun else None
    if tense == "future":
        return running[0] if running else None
    if meaning.grain in {"quarter", "half"} or (meaning.grain == "day" and not meaning.number):
        return begun[-1] if begun else None
    return min(found, key=lambda g: abs((g.first - base).days), default=None)


def granule_in(found: list[Granule], base: date) -> Granule | None:
    """The granule of the base's own year."""
    return next((g for g in found if g.first.year == base.year), None)


# Counted from here.


def _shifted(meaning: Shifted, around: Around) -> Resolved | None:
    if meaning.unit in {"second", "minute", "hour"}:
        return _hours(meaning, around)
    mention = meaning.base == "mention"
    if meaning.unit == "quarter" and mention:
        base: Granule | None = around.quarter or (around.published and moved(granule("quarter", around.published), -3, "month", "quarter")) or None
        if meaning.year:
            of = _of_year(Named("quarter", number=(base.first.month + 2) // 3), meaning.year) if base else None
            return replace(_date(of, f"{meaning.year:04}-QX"), granule=None)
    elif mention:
        base = around.last or (granule("day", around.published) if around.published else None)
    else:
        base = granule("day", around.published) if around.published else None
    unknown = _UNKNOWN.get(meaning.grain or meaning.unit, "XXXX")
    if mention and around.story:
        base = around.story
    if meaning.vague:
        return _vague(meaning, base)
    if base is None:
        return Resolved("DATE", unknown)
    if meaning.compared and around.quarter:
        return replace(_date(moved(around.quarter, -1, "year", "quarter"), unknown), granule=None)
    grain = meaning.grain or meaning.unit
    of = moved(base, meaning.amount, meaning.unit, grain)
    if of is None:
        return None
    if meaning.high and (far := moved(base, meaning.high, meaning.unit, grain)):
        first, last = min(of.first, far.first), max(of.last, far.last)
        return Resolved("DATE", of.value, first.isoformat(), last.isoformat(), of)
    return _date(of, unknown)


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
        return base and Resolved("DATE", _UNKNOWN.get(unit, "XXXX-XX-XX"))
    at = base.granule if amount < 0 or base.granule.grain == "day" else granule("day", base.granule.last)
    of = moved(at, amount, unit, unit)  # type: ignore[arg-type]
    return _date(of, "") if of else None


def _from_event(meaning: FromEvent, around: Around) -> Resolved:
    event = around.dated(meaning.noun)
    if event is None or (event.grain != "day" and meaning.unit in {"day", "week"}):
        return Resolved("DURATION", length(abs(meaning.amount), meaning.unit))
    of = moved(event, meaning.amount, meaning.unit, meaning.unit if meaning.unit != "fortnight" else "week")
    return _date(of, "") if of else Resolved("DURATION", length(abs(meaning.amount), meaning.unit))


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
    if inner is None or inner.earliest is None or inner.latest is None:
        return inner and replace(inner, mod=meaning.mod)
    if meaning.mod == "APPROX":
        return replace(inner, mod="APPROX")
    if meaning.clipped:
        now = around.now() or ""
        inside = inner.earliest <= now and now[:10] <= inner.latest[:10]
        first, last = (inner.earliest, now) if meaning.mod == "START" else (now, inner.latest)
        return replace(inner, earliest=first if inside else inner.earliest, latest=last if inside else inner.latest, mod=meaning.mod)
    if inner.granule and len(inner.earliest) == 10:
        if inner.granule.grain == "day":
            begins = {"START": time(0), "MID": time(10), "END": time(16)}[meaning.mod]
            return replace(inner, earliest=calendar.moment(inner.granule.first, begins), latest=calendar.later(inner.granule.first, begins, {"START": 600, "MID": 360, "END": 480}[meaning.mod]), mod=meaning.mod)
        first_day, last_day = calendar.third((date.fromisoformat(inner.earliest), date.fromisoformat(inner.latest)), meaning.mod)
        return replace(inner, earliest=first_day.isoformat(), latest=last_day.isoformat(), mod=meaning.mod)
    return replace(inner, mod=meaning.mod)


__all__ = ["Around", "Resolved", "is_day", "publication", "resolve"]
