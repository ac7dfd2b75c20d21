"""Word lists of the reader, read once from `reader/data`. Each file names its origin in its first lines."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def sections(name: str) -> dict[str, frozenset[str]]:
    """The words of a list by the headings of its sections, as they are written."""
    out: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in lines(name):
        heading = re.fullmatch(r"\[(\w+)\]", line)
        if heading:
            current = out.setdefault(heading.group(1), set())
        else:
            current.update(line.split())
    return {heading: frozenset(words) for heading, words in out.items()}


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list without comments and empty ones."""
    text = (files("reportedly") / "reader" / "data" / name).read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def outlets() -> tuple[frozenset[str], frozenset[str]]:
    """Names of outlets and agencies, and the last words by which others are known."""
    known = lines("outlets.txt")
    return frozenset(known[known.index("[names]") + 1 : known.index("[last]")]), sections("outlets.txt")["last"]


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
