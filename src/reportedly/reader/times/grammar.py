"""Finds the expressions of time in a text and reads what they say; `resolve` works them out.

Where several rules match at a token, the longest reading stands. A rule may read on: "late" reads "last year" behind it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.reader.times import clock, dates, relative, repeated
from reportedly.reader.times.rules import Match
from reportedly.reader.times.words import OTHER, pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.reader.times.meanings import Meaning
    from reportedly.reader.times.words import Tokens

RULES = (*dates.RULES, *relative.RULES, *repeated.RULES, *clock.RULES)
# All patterns at once, each looking ahead: group k + 1 has matched where rule k applies. One search instead of fifty.
_APPLIES = re.compile("".join(f"(?:(?=({re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', template.pattern)}))|)" for template, _ in RULES))
# Nothing is read deeper than this: "the end of early last Tuesday".
_DEEPEST = 3
# A stretch of known words is read only if one of these is in it.
_CORE = (
    "<month|name_month|short_month|weekday|weekdays|season|soft_season|part|noon|dawn|day_word|overnight|unit|year_unit|quarter|half|units|second|year|dotted|tens|am|m|clock"
    "|zone|colon|slash|q|era|daily|now|present|lately|soon|future|past|moment|feast|suffix|s|per>"
)
_STRETCH = f"[^{OTHER}]+"


class Grammar:
    """Reads one text. What was read at a token is kept, so that reading on stays linear."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._known: dict[tuple[int, int], tuple[Meaning, int] | None] = {}

    def read(self, at: int, depth: int = 0) -> tuple[Meaning, int] | None:
        """What stands at a token and the token after it, null where no expression begins."""
        if depth > _DEEPEST or at >= len(self._tokens.kinds) or self._tokens.kinds[at] == OTHER:
            return None
        if (at, depth) not in self._known:
            self._known[at, depth] = self._read(at, depth)
        return self._known[at, depth]

    def _read(self, at: int, depth: int) -> tuple[Meaning, int] | None:
        best: tuple[Meaning, int] | None = None
        applies = _APPLIES.match(self._tokens.kinds, at)
        for k, span in enumerate(applies.regs[1:] if applies else ()):
            if span[1] <= at:
                continue
            template, meaning = RULES[k]
            found = template.match(self._tokens.kinds, at)
            if found is None:
                continue
            outcome = meaning(Match(found, self._tokens, self.read, depth))
            if outcome is None:
                continue
            one = outcome if isinstance(outcome, tuple) else (outcome, found.end())
            if best is None or one[1] > best[1]:
                best = one
        if best and clock.is_day(best[0]):
            behind = clock.behind(self._tokens, best[1])
            return clock.joined(self._tokens, *best, None if behind is None else self.read(behind, depth + 1))
        return best

    def expressions(self) -> Iterator[tuple[Meaning, int, int]]:
        """Meanings in the order of the text with their first token and the token after their last."""
        core, at = pattern(_CORE), 0
        for stretch in pattern(_STRETCH).finditer(self._tokens.kinds):
            if not core.search(self._tokens.kinds, stretch.start(), stretch.end()):
                continue
            at = max(at, stretch.start())  # what was read may reach over unknown words: "before the long siege"
            while at < stretch.end():
                read = self.read(at)
                if read:
                    yield read[0], at, read[1]
                at = read[1] if read else at + 1
