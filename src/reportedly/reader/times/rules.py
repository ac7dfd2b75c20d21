"""What the rules of the grammar are made of: patterns, the match that a rule is given, and number words."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from reportedly.reader.times.meanings import Meaning, Which
from reportedly.reader.times.words import Tokens, lexicon, pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

# Pieces of patterns.
NUMBER = "(?:<day|two|year|number>(?:<fraction>|<day><slash><day>)?|<a>?<cardinal>(?:<hyphen>?<cardinal>){0,3})"
ORDINAL = "(?:<ordinal|second>|<cardinal><hyphen>?<ordinal|second>)"
MONTH = "<month|name_month|short_month>"
YEAR = "(?:<comma>?<year>|<apostrophe><day|two>)"
YEAR_WHICH = "(?:<of|comma>?<the>?(?P<yw><this|last|next|same|previous|following|that>)<year_unit>)"

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
)  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_GROUPS = {"dozen": 12, "hundred": 100, "thousand": 1000}

PARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "sunset": "EV", "dusk": "EV", "nightfall": "EV", "noon": "MI", "midday": "MI",
}  # fmt: skip
WHICH: dict[str, Which] = {
    "last": "last", "past": "last", "latest": "last", "this": "this", "current": "this", "next": "next", "coming": "next", "upcoming": "next",
    "previous": "previous", "preceding": "previous", "prior": "previous", "following": "following", "ensuing": "following", "subsequent": "following",
    "same": "same", "that": "same",
}  # fmt: skip


class Read(Protocol):
    """Reads what stands at a token: its meaning and the token after it, null where no expression begins."""

    def __call__(self, at: int, depth: int, /) -> tuple[Meaning, int] | None:
        """Read at a token; `depth` counts how often a reading has read on."""


@dataclass(slots=True)
class Match:
    """A match of a rule's pattern, by the words of its groups. An empty group is no group."""

    found: re.Match[str]
    tokens: Tokens
    read: Read
    depth: int

    def __contains__(self, group: str) -> bool:
        return self.found.end(group) > self.found.start(group)

    @property
    def start(self) -> int:
        """The first token."""
        return self.found.start()

    @property
    def end(self) -> int:
        """The token after the last."""
        return self.found.end()

    def words(self, group: str) -> list[str]:
        """The words of a group in small letters, none where it is empty."""
        return [w.lower() for w in self.tokens.words[self.found.start(group) : self.found.end(group)]] if group in self else []

    def word(self, group: str) -> str:
        """The first word of a group."""
        return self.tokens.word(self.found.start(group)) if group in self else ""

    def before(self, back: int = 1) -> str:
        """A word in front of the match."""
        return self.tokens.word(self.start - back)

    def after(self, on: int = 0) -> str:
        """A word behind the match."""
        return self.tokens.word(self.end + on)

    def on(self, at: int | None = None) -> tuple[Meaning, int] | None:
        """What stands behind the match, or at another token, read by the same rules."""
        return self.read(self.end if at is None else at, self.depth + 1)

    def closes(self) -> bool:
        """Whether no noun follows that the match would belong to, as in "the summer holidays"."""
        after = self.after()
        return not after[:1].isalpha() or after in listed("function") or after in listed("verbs")

    def year(self, group: str = "y") -> int | None:
        """The year of a group such as `, 2024` or `'98`."""
        written = self.words(group)
        return int(written[-1]) if written else None

    def year_which(self) -> Which | None:
        """Which year, of a group such as `of last year`."""
        return WHICH.get(self.word("yw"))


Outcome = Meaning | tuple[Meaning, int] | None
"""A rule answers with a meaning; with one and the token after it, where it read on; or with nothing."""


class Rules(list[tuple["re.Pattern[str]", "Callable[[Match], Outcome]"]]):
    """Patterns with what they mean."""

    def rule(self, template: str) -> Callable[[Callable[[Match], Outcome]], Callable[[Match], Outcome]]:
        """Register what a pattern means."""

        def register(meaning: Callable[[Match], Outcome]) -> Callable[[Match], Outcome]:
            self.append((pattern(template), meaning))
            return meaning

        return register


@functools.cache
def listed(name: str) -> frozenset[str]:
    """A list of words of the lexicon."""
    return frozenset(lexicon()["lists"][name].split())


def number(written: list[str]) -> float | None:
    """The number that words or figures stand for, null where they stand for none below a million."""
    values = lexicon()["numbers"]
    total = part = 0.0
    k = 0
    while k < len(written):
        word = written[k]
        if word[0].isdigit():
            if len(word) > 9:
                return None
            if written[k + 1 : k + 2] == ["/"]:
                part += int(word) / max(1, int(written[k + 2]))
                k += 2
            else:
                figures = word.replace(",", "")
                part += float(figures) if figures.count(".") <= 1 else 0
        elif word in _GROUPS:
            part = max(part, 1) * _GROUPS[word]
            total, part = (total + part, 0.0) if word == "thousand" else (total, part)
        elif word in {"a", "an"}:
            part = part or (0 if total or len(written) > 1 else 1)
        else:
            part += values.get(word, 0) or _FRACTIONS.get(word, 0) or {"half": 0.5, "couple": 2}.get(word, 0)
        k += 1
    return total + part if 0 < total + part < 1e6 else None


def ordinal(written: list[str]) -> int:
    """Third -> 3, twenty-first -> 21, 9th -> 9, 0 for none."""
    if written[0].isdigit():
        return int(written[0])
    if written[-1] == "thirtieth":
        return 30
    tens = lexicon()["numbers"].get(written[0], 0) if len(written) > 1 else 0
    return int(tens) + _ORDINALS.index(written[-1]) + 1 if written[-1] in _ORDINALS else 0


def month(word: str) -> int:
    """1 to 12."""
    return _MONTHS.index(word[:3]) + 1


def weekday(word: str) -> int:
    """1 for Monday to 7."""
    return _DAYS.index(word[:3]) + 1


def unit(word: str) -> str:
    """A unit in the singular."""
    return {"centuries": "century", "millennia": "millennium"}.get(word, word.removesuffix("s"))
