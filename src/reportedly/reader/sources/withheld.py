"""Does the text itself withhold somebody's name? "An officer who asked not to be named", and "She spoke on condition of anonymity" behind it."""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from reportedly.reader.sources.nouns import anonymity, singular

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from reportedly.reader.sources.mention import Mention

STOP_SIGN = re.compile(r"[.!?][\"”’']?\s|\n")
SOURCES = frozenset(("source", "sources", "insider", "insiders"))
REACH = 200  # characters of its sentence behind a mention in which its name may be withheld
SAYS = 60  # characters between a mention and the phrase of which it is the subject
# What stands between the two: "who", "was", "spoke to the paper", "was speaking".
LEAD = re.compile(
    r",?\s?(?:(?:who|that|whom) )?(?:(?:also|had|has|have|was|were|is|are|all|both|each) ){0,2}(?:(?:sp(?:oke|oken|eaks?|eaking)|talk(?:ed|s|ing)?|commented|commenting|interviewed|told|agreed)(?: [\w’'-]+){0,6}? )?",
)
# Who may begin the next sentence: "she", "the officer", "the senior officer".
NEXT = tuple(re.compile(rf"[.!?][\"”’']?\s+(?:{who}) ", re.IGNORECASE) for who in ("(?:he|she|they|both)(?P<noun>)", r"the (?P<noun>[\w-]+)", r"the [\w-]+ (?P<noun>[\w-]+)"))


class Withheld:
    """Whether a text withholds the name of a mention: in it, right behind it, or, where it is a source, in the rest of its sentence.

    `sources`: mentions that are the source of an attribution; `content`: which content is the innermost around `text[start:end]`, since
    who speaks of an unnamed man is not one.
    """

    def __init__(self, text: str, sources: Collection[Mention], content: Callable[[int, int], int | None]) -> None:
        self._text, self._sources, self._content = text, sources, content
        found = list(anonymity().finditer(text))
        self._phrases = [m.span() for m in found]
        self._predicates = {m.start() for m in found if m["noun"] is None}
        self._starts = [start for start, _ in self._phrases]
        self._known: dict[Mention, bool] = {}

    def __call__(self, mention: Mention) -> bool:
        """Look a mention up; what has a full name has no other."""
        if mention not in self._known:
            self._known[mention] = self._of(mention)
        return self._known[mention]

    def _of(self, mention: Mention) -> bool:
        if tells(mention) or mention.kind not in ("person", "group", None) or mention.gender == "neuter":
            return False
        if mention.head in SOURCES and mention.form == "description":
            return True
        if (mention.form == "description" and self._between(mention.start, mention.end + 3)) or self._subject(mention.end):
            return True
        if mention.form == "pronoun" or mention not in self._sources:
            return False
        stop = STOP_SIGN.search(self._text, mention.end, mention.end + REACH + 2)
        limit = stop.start() if stop else mention.end + REACH
        around = self._content(mention.start, mention.end)
        if any(end <= limit and self._content(start, end) == around for start, end in self._between(mention.start, limit)):
            return True
        following = [m for who in NEXT if (m := who.match(self._text, stop.start()))] if stop else []
        return any(self._subject(m.end() - 1) for m in following if m["noun"] == "" or singular(m["noun"].lower())[0] == mention.head)

    def _between(self, low: int, high: int) -> list[tuple[int, int]]:
        return self._phrases[bisect.bisect_left(self._starts, low) : bisect.bisect_left(self._starts, high)]

    def _subject(self, end: int) -> bool:
        """Whether what ends here is the subject of a phrase that withholds."""
        return any(start in self._predicates and LEAD.fullmatch(self._text, end, start) for start, _ in self._between(end, end + SAYS))


def tells(mention: Mention) -> bool:
    """Whether a mention says who somebody is: a name of more than one word, or of a body."""
    return mention.form == "name" and (len(mention.name) > 1 or mention.kind in ("organisation", "outlet"))
