"""When? Expressions of time as intervals, worked out against the publication date."""

from __future__ import annotations

from reportedly.reader.times.finding import find_times
from reportedly.reader.times.placing import placed

__all__ = ["find_times", "placed"]
