"""What an expression of time says before it is worked out against a publication date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from reportedly.reader.times.calendar import Grain, Mod

Which = Literal["last", "this", "next", "previous", "same", "following"]
"""`last`, `this` and `next` start from the publication, the others from the last time that the text mentions."""


@dataclass(frozen=True, slots=True)
class Named:
    """A granule by its name in the calendar: 22 February, Tuesday, the third quarter, last summer, the 1990s.

    `number` is the month (1 to 12), the quarter, the half, the weekday (1 to 7), the decade (199) or the century (19),
    by `grain`. A `year` below 100 was written with two figures. `years` moves the year from that of `which`.
    """

    grain: Grain
    number: int | None = None
    day: int | None = None
    year: int | None = None
    season: str | None = None
    feast: str | None = None
    which: Which | None = None
    year_which: Which | None = None
    weekday: int | None = None
    day_first: bool | None = None
    """The order of a date in figures that can be read in one way only: 25/12/2024."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A date in figures that can be read in two ways: 03/04/2024."""

    day_first: Named
    month_first: Named


@dataclass(frozen=True, slots=True)
class Shifted:
    """So many units from the publication (`base` published) or from the last mention: last week, two days later.

    `amount` to `high` is signed. `compared`: "a year earlier" is the same quarter of the year before in a company's report.
    """

    amount: float
    unit: Grain
    base: Literal["published", "mention"]
    grain: Grain | None = None
    high: float | None = None
    vague: bool = False
    compared: bool = False
    year: int | None = None
    """The quarter of a year: "the 1988 quarter" is that year's counterpart of the quarter last spoken of."""


@dataclass(frozen=True, slots=True)
class Length:
    """A duration. `amount` null is an unknown number of units; `towards` anchors it at the publication."""

    amount: float | None
    unit: str
    high: float | None = None
    towards: Literal["past", "future"] | None = None


@dataclass(frozen=True, slots=True)
class FromEvent:
    """So many units before (negative) or after an event that the text may date: two days before the invasion."""

    amount: float
    unit: Grain
    noun: str
    length: Length | None
    """The duration alone, which is all that is known when the event has no date; null for "the day before"."""
    length_end: int
    """The token after the duration."""


@dataclass(frozen=True, slots=True)
class Reference:
    """PAST_REF, PRESENT_REF or FUTURE_REF."""

    value: Literal["PAST_REF", "PRESENT_REF", "FUTURE_REF"]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A SET: every Monday, twice a year."""

    value: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, of `day` or of the day that the text last spoke of."""

    hour: int
    minute: int | None
    day: Meaning | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a day: Tuesday night, this morning."""

    part: str
    day: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Modified:
    """Early, mid or late in something; earlier or later in something; the eve or the end of it; about it."""

    inner: Meaning
    mod: Mod
    clipped: bool = False
    """Earlier and later cut at the publication."""
    narrow: bool = False
    """The end of a year is its last month; late in a year is its last third."""


@dataclass(frozen=True, slots=True)
class Between:
    """A range in one expression: 2012-13, 3-5 May."""

    first: Meaning
    last: Meaning


@dataclass(frozen=True, slots=True)
class FromTime:
    """So many units before (negative) or after another time: the day after Christmas."""

    amount: float
    unit: Grain
    base: Meaning


@dataclass(frozen=True, slots=True)
class Fiscal:
    """A year or a quarter of a fiscal year. When it begins, the text does not say."""

    inner: Meaning


@dataclass(frozen=True, slots=True)
class Unresolved:
    """An expression of time that is not worked out, such as 490 BC: a value and no ends."""

    value: str


Meaning = Named | Ambiguous | Shifted | Length | FromEvent | FromTime | Reference | Repeated | Clock | Part | Modified | Between | Fiscal | Unresolved
