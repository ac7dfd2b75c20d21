"""Which places of a text some spans cover."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Cover:
    """Spans joined where they touch; looked up in logarithmic time."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        """Sort and join the spans; empty ones cover nothing."""
        joined: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            elif end > start:
                joined.append((start, end))
        self.spans = joined
        self._starts = [start for start, _ in joined]

    def at(self, place: int) -> tuple[int, int] | None:
        """The covered stretch in which an offset stands, null for none."""
        k = bisect.bisect_right(self._starts, place) - 1
        return self.spans[k] if k >= 0 and place < self.spans[k][1] else None

    def before(self, place: int) -> int:
        """Where the last covered stretch that begins at or before an offset ends; 0 for none."""
        k = bisect.bisect_right(self._starts, place) - 1
        return self.spans[k][1] if k >= 0 else 0

    def after(self, place: int, *, end: int) -> int:
        """Where the next covered stretch behind an offset begins; `end` for none."""
        k = bisect.bisect_right(self._starts, place)
        return self._starts[k] if k < len(self._starts) else end

    def holds(self, start: int, end: int) -> bool:
        """Whether all of `text[start:end]` is covered."""
        stretch = self.at(start)
        return stretch is not None and end <= stretch[1]

    def touches(self, start: int, end: int) -> bool:
        """Whether any of `text[start:end]` is covered."""
        return self.at(start) is not None or self.after(start, end=end) < end
