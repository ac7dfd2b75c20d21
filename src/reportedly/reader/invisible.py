"""Signs that a reader does not see: marks of writing direction, zero-width spaces, soft hyphens.

They stand in the middle of what a grammar wants to read as one ("more than <mark>29,000<mark> people"). A grammar reads the
text without them; its spans are told in the text as it stands.
"""

from __future__ import annotations

import bisect
import re

INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


class Visible:
    """A text without its invisible signs, and the way from one's offsets to the other's and back."""

    def __init__(self, text: str) -> None:
        """Take the signs out."""
        self._starts: list[int] = []  # of each visible piece, in what is seen
        self._shifts: list[int] = []  # by how much the text as it stands is ahead there
        pieces: list[str] = []
        seen = last = 0
        for start, end in [*(m.span() for m in INVISIBLE.finditer(text)), (len(text), len(text))]:
            if start > last or not pieces:
                pieces.append(text[last:start])
                self._starts.append(seen)
                self._shifts.append(last - seen)
                seen += start - last
            last = end
        self.text = "".join(pieces)

    def seen(self, place: int) -> int:
        """Where an offset of the text as it stands is in what is seen."""
        k = max(0, bisect.bisect_right(self._starts, place, key=lambda start: start + self._shift(start)) - 1)
        end = self._starts[k + 1] if k + 1 < len(self._starts) else len(self.text)
        return max(self._starts[k], min(place - self._shifts[k], end))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of what is seen stands in the text; signs at its edges are left out."""
        return start + self._shift(start), end + self._shift(max(start, end - 1))

    def _shift(self, place: int) -> int:
        return self._shifts[max(0, bisect.bisect_right(self._starts, place) - 1)]
