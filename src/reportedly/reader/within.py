"""In whose words does a place stand? The innermost attribution around a span."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Attribution


class Innermost:
    """Looks up, in logarithmic time, the attribution with the shortest content around a span."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        """Cut the text at every edge of a content; each stretch between two edges has one innermost attribution."""
        edges = sorted({edge for a in attributions for s in a.content_spans for edge in (s.start, s.end)})
        self._edges = edges
        self._owner: list[str | None] = [None] * (len(edges) + 1)
        place = {edge: k for k, edge in enumerate(edges)}
        # Longest first, so that what stands inside is written last. Nested contents are few levels deep.
        pieces = [(sum(p.end - p.start for p in a.content_spans), s, a.id) for a in attributions for s in a.content_spans]
        for _, span, owner in sorted(pieces, key=lambda piece: -piece[0]):
            for k in range(place[span.start], place[span.end]):
                self._owner[k] = owner

    def at(self, start: int, end: int) -> str | None:
        """Id of the innermost attribution whose content holds `text[start:end]`, null for the writer's own words."""
        k = bisect.bisect_right(self._edges, start) - 1
        if k < 0 or k + 1 >= len(self._edges):
            return None
        return self._owner[k] if end <= self._edges[-1] else None
