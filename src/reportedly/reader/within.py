"""In whose words does a place stand? The innermost attribution around a span."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.values import Span

Key = TypeVar("Key")


class Innermost(Generic[Key]):
    """Looks up, in logarithmic time, whose content is the shortest around a span."""

    def __init__(self, contents: Iterable[tuple[Key, tuple[Span, ...]]]) -> None:
        """Cut the text at every edge of a content; each stretch between two edges has one innermost owner."""
        pieces = [(sum(s.end - s.start for s in spans), number, s, key) for number, (key, spans) in enumerate(contents) for s in spans]
        self._edges = sorted({edge for _, _, s, _ in pieces for edge in (s.start, s.end)})
        self._owner: list[Key | None] = [None] * (len(self._edges) + 1)
        place = {edge: k for k, edge in enumerate(self._edges)}
        # Longest first, so that what stands inside is written last; contents stand in one another a few deep at most.
        for _, _, span, key in sorted(pieces, key=lambda piece: (-piece[0], piece[1])):
            for k in range(place[span.start], place[span.end]):
                self._owner[k] = key

    def at(self, start: int, end: int) -> Key | None:
        """Whose content holds all of `text[start:end]`; null for the writer's own words."""
        first = bisect.bisect_right(self._edges, start) - 1
        last = bisect.bisect_left(self._edges, end) - 1
        if first < 0 or last < 0 or self._owner[first] != self._owner[last]:
            return None
        return self._owner[first]
