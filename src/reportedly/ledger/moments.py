"""Dates as the contract writes them (ISO 8601) to seconds, and the order of statements in time.

A date without a zone is counted as if it were UTC: it is off by half a day at most, and the ledger keeps what was written.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?P<time>[T ].+)?)?)?")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST = -int((EPOCH - datetime(1, 1, 1, tzinfo=UTC)).total_seconds())
SEQUENCE_BITS = 32  # four thousand million keys; the minutes above them reach to the year 4084


def interval(value: str | None) -> tuple[int, int] | None:
    """First and last second of a year, month, day or instant; None for anything else ("2024-W12", "P3D", null)."""
    found = ISO.fullmatch(value.strip()) if value else None
    if not found:
        return None
    year, month, day = int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)
    try:
        if found["time"]:
            moment = datetime.fromisoformat(value.strip())  # type: ignore[union-attr]
            second = _seconds(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
            return second, second + (0 if found["time"].count(":") > 1 else 59)
        start = datetime(year, month, day, tzinfo=UTC)
        if found["day"]:
            end = start + timedelta(days=1)
        elif found["month"]:
            end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
        else:
            end = datetime(year + 1, 1, 1, tzinfo=UTC)
        return _seconds(start), _seconds(end) - 1
    except (ValueError, OverflowError):
        return None


def iso(second: int | None) -> str | None:
    """A second as ISO 8601 in UTC."""
    return None if second is None else (EPOCH + timedelta(seconds=second)).isoformat().replace("+00:00", "Z")


def ordered_key(second: int | None, sequence: int) -> int:
    """A key that sorts by the minute, then by the order of adding. What has no time comes before all time."""
    return _minute(second) << SEQUENCE_BITS | sequence & (1 << SEQUENCE_BITS) - 1


def key_bounds(since: int | None, until: int | None) -> tuple[int | None, int | None]:
    """Lowest and highest key of statements that begin in the minutes from `since` to `until`; None is no bound."""
    low = None if since is None else _minute(since) << SEQUENCE_BITS
    high = None if until is None else (_minute(until) + 1 << SEQUENCE_BITS) - 1
    return low, high


def first_second(key: int) -> int:
    """The second at which the minute of a key begins."""
    return ((key >> SEQUENCE_BITS) - 1) * 60 + FIRST


def last_second(key: int) -> int:
    """The last second of the minute of a key."""
    return first_second(key) + 59


DATED = 1 << SEQUENCE_BITS  # the lowest key of a statement whose time is known


def _minute(second: int | None) -> int:
    return 0 if second is None else (second - FIRST) // 60 + 1


def _seconds(moment: datetime) -> int:
    return int((moment - EPOCH).total_seconds() // 1)
