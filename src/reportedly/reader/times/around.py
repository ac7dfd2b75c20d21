"""What an expression is worked out against: the publication, and the times that the text mentioned before."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportedly.reader.times.calendar import Granule
    from reportedly.reader.times.tense import Tense

Type = Literal["DATE", "TIME", "DURATION", "SET"]
# Values of what is not known, by size.
UNKNOWN = {
    "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX", "millennium": "X",
}  # fmt: skip
_DAYS = {"day"}
_WEEKS = {"day", "week", "weekend"}
_MONTHS = {*_WEEKS, "month", "season", "quarter", "half"}
_YEARS = {*_MONTHS, "year"}
_COUNTED_FROM = {
    "day": _DAYS,
    "week": _WEEKS,
    "weekend": _WEEKS,
    "month": _MONTHS,
    "quarter": _MONTHS,
    "half": _MONTHS,
    "season": _MONTHS,
    "year": _YEARS,
    "decade": {*_YEARS, "decade"},
    "century": {*_YEARS, "century"},
}
# A story that plays so many years from the publication has its own calendar: "In 1940 ... In September ...".
_FAR = 2
# So many mentions make a story; so many carry it into the next paragraph.
_AGAIN, SETTLED = 2, 3


@dataclass(frozen=True, slots=True)
class Resolved:
    """`granule` is the stretch that later times may count from, where there is one."""

    type: Type
    value: str
    earliest: str | None = None
    latest: str | None = None
    granule: Granule | None = None


@dataclass(slots=True)
class Around:
    """What a meaning is worked out against. `last` is the time mentioned before; it moves on as the text is read."""

    published: date | None = None
    at: datetime | None = None
    last: Granule | None = None
    recent: dict[str, Granule] = field(default_factory=dict)
    """By unit, the last mention that is no coarser: nobody counts days from a year."""
    quarter: Granule | None = None
    story: Granule | None = None
    """The last mention, where the text tells of a time far from the publication."""
    mentions: int = 0
    """How many mentions of such a time came one after another."""
    day_first: bool | None = None
    """The order of the dates in figures that this text writes, where it shows one."""
    tense: Callable[[], Tense | None] = field(default=lambda: None)
    dated: Callable[[str], Granule | None] = field(default=lambda _: None)

    def now(self) -> str | None:
        """The publication as an end of an interval."""
        return self.at.isoformat(timespec="minutes") if self.at else self.published.isoformat() if self.published else None

    def remember(self, mention: Granule, *, dated: bool) -> None:
        """Let later expressions count from this one; `dated` if its year was given, and not inferred."""
        self.last = mention
        for unit, finer in _COUNTED_FROM.items():
            if mention.grain in finer:
                self.recent[unit] = mention
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
        if self.mentions < SETTLED:
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


def resolved(of: Granule | None, unknown: str) -> Resolved:
    """A date by its granule, or what is known of it."""
    return Resolved("DATE", of.value, of.first.isoformat(), of.last.isoformat(), of) if of else Resolved("DATE", unknown)
