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


def singular(noun: str) -> tuple[str, bool]:
    """(singular, whether it was a plural) of a noun that stands in nouns.txt in one of its forms; else itself."""
    return noun_forms().get(noun, (noun, False))


@cache
def noun_forms() -> dict[str, tuple[str, bool]]:
    """Every form of the nouns of nouns.txt, with its singular and whether it is a plural; where forms fall together the plainest plural wins."""
    known = noun_kinds()
    forms = {noun: (noun, "group" in kinds and not kinds & {"person", "organisation", "document"}) for noun, kinds in known.items()}
    for ending, plural in (("y", "ies"), ("", "es"), ("", "s"), ("person", "people"), ("man", "men")):
        forms |= {noun.removesuffix(ending) + plural: (noun, True) for noun in known if noun.endswith(ending)}
    return forms
