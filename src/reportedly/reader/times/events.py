"""Which event of the text has which date, so that "two days before the invasion" can be worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.reader.times.rules import listed

if TYPE_CHECKING:
    from reportedly.reader.times.around import Resolved
    from reportedly.reader.times.calendar import Granule
    from reportedly.reader.times.words import Tokens

# An event is dated by a date of its own sentence, so many tokens away at most.
_REACH = 12


class Events:
    """Words that stand by a date, each with the nearest one. A noun is found by its beginning: invasion, invaded."""

    def __init__(self, tokens: Tokens, counted: frozenset[int]) -> None:
        """`counted`: tokens of "two days before the invasion", by which a date beside them does not date the invasion."""
        self._tokens = tokens
        self._counted = counted
        self._by: dict[str, tuple[int, Granule]] = {}

    def note(self, resolved: Resolved, first: int, end: int) -> None:
        """Keep the words around a date."""
        of = resolved.granule
        if of is None or resolved.type != "DATE" or of.grain not in {"day", "month", "year"}:
            return
        for step, start, stop in ((-1, first - 1, first - 1 - _REACH), (1, end, end + _REACH)):
            for k in range(start, stop, step):
                if not 0 <= k < len(self._tokens.words) or k in self._counted or self._tokens.words[k].isspace() or self._tokens.words[k] in {".", "!", "?", ";"}:
                    break
                word = self._tokens.word(k)
                if word.isalpha() and len(word) > 2 and word not in listed("function"):
                    far = abs(k - start)
                    known = self._by.get(_stem(word))
                    if known is None or far < known[0]:
                        self._by[_stem(word)] = (far, of)

    def dated(self, noun: str) -> Granule | None:
        """The date of an event, null where the text gives none."""
        known = self._by.get(_stem(noun))
        return known[1] if known else None


def _stem(word: str) -> str:
    """What a noun and its verb share: inva(sion), inva(ded); elect(ion), elect(ed); atta(ck), atta(cked)."""
    return {"death": "die", "died": "die", "dies": "die"}.get(word, word[:4])
