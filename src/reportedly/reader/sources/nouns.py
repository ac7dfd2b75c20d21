"""What nouns and names say of those who bear them."""

from __future__ import annotations

import re
from functools import cache

from reportedly.reader.wordlists import alternation, lines, sections


@cache
def outlets() -> tuple[frozenset[str], frozenset[str]]:
    """Names of outlets and agencies, and the last words by which others are known."""
    known = lines("outlets.txt")
    return frozenset(known[known.index("[names]") + 1 : known.index("[last]")]), sections("outlets.txt")["last"]


@cache
def programmes() -> re.Pattern[str]:
    """Known outlets with a small word or a sign in their names, which no run of capitals holds together."""
    return re.compile(rf"\b{alternation(name for name in outlets()[0] if any(not word[0].isupper() for word in name.split()))}(?!\w)")


@cache
def places() -> frozenset[str]:
    """Names of a single word that stand for a government or a body."""
    return frozenset(word for line in lines("places.txt") for word in line.split())


@cache
def anonymity() -> re.Pattern[str]:
    """What withholds a name."""
    return re.compile("|".join(f"(?:{line})" for line in lines("anonymity.txt")), re.IGNORECASE)


@cache
def noun_kinds() -> dict[str, frozenset[str]]:
    """The sections of nouns.txt in which each noun stands."""
    out: dict[str, set[str]] = {}
    for heading, words in sections("nouns.txt").items():
        for word in words:
            out.setdefault(word, set()).add(heading)
    return {word: frozenset(kinds) for word, kinds in out.items()}


@cache
def singular(noun: str) -> tuple[str, bool]:
    """(singular, whether it was a plural) of a noun that stands in nouns.txt in one of its forms; else itself."""
    known = noun_kinds()
    guesses = []
    if noun.endswith("men"):
        guesses.append(noun[:-3] + "man")
    elif noun.endswith("people"):
        guesses.append(noun[:-6] + "person")
    elif noun.endswith("s"):
        guesses += [noun[:-1], noun[:-2] if noun.endswith("es") else "", noun[:-3] + "y" if noun.endswith("ies") else ""]
    found = next((g for g in guesses if g in known), None)
    if found is not None:
        return found, True
    return noun, "group" in known.get(noun, ()) and not known[noun] & {"person", "organisation", "document"}
