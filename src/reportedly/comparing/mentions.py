"""What a mention of a source says by itself: the name in it, whether it withholds one, whether it may be anybody."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.comparing.families import listed
from reportedly.comparing.words import NUMBERS, plain, stop_words, table, tokens

if TYPE_CHECKING:
    from reportedly.values import Identity

# Words with a capital, and the small words that join them ("Bank of England"): titles and small words at the ends are taken off later.
RUN = re.compile(r"(?<![\w'’.-])(?:(?:[^\W\d_]*[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*|of|de|van|von|der|den|da|di|la|le|al|bin|for|and|&|the)(?:\s+|$))+")


def identity_of(words: str, *, named: bool) -> Identity:
    """For readings that do not say. A phrase that withholds the name goes before names further on ("a person identified by the Post")."""
    low = words.casefold()
    opening = re.match(r"[\w'’.-]+", words)
    begins_named = opening is not None and opening.group()[0].isupper() and plain(opening.group()) not in stop_words()
    if not begins_named and any(re.search(rf"\b{re.escape(p)}", low) for p in table("voices.toml")["anonymous"]):
        return "anonymous"
    return "named" if named and name_of(words) else "unnamed"


def name_of(words: str) -> tuple[str, ...]:
    """The proper name in a mention, without titles: the longest run of words with capitals."""
    head = re.split(r",|;| who | which | – | — ", words, maxsplit=1)[0]
    best: tuple[str, ...] = ()
    for run in RUN.findall(f"{head} "):
        parts = [w for w in tokens(run) if w not in listed("titles")]
        while parts and (parts[0] in stop_words() or parts[0] in NUMBERS):
            parts.pop(0)
        while parts and parts[-1] in stop_words():
            parts.pop()
        parts = [w for w in parts if w not in ("of", "for", "and", "the")]
        if len(parts) > len(best):
            best = tuple(parts)
    return best


def is_crowd(words: str, said: list[str]) -> bool:
    """Whether a mention is a plural that may be anybody; `said` are its tokens and what else is said of it."""
    crowds = listed("crowds")
    definite = re.match(r"the |this |that ", words, re.IGNORECASE)
    return (said[-1] in crowds or said[0] in crowds or any(w in crowds for w in said[:4])) and not (definite and said[-1] not in crowds)
