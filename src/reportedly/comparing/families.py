"""Of which house or calling somebody is, by the words that are used of him (data/voices.toml).

A house is an institution; a league speaks for people of many houses; people of a calling are of no house.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportedly.comparing.words import table

if TYPE_CHECKING:
    from collections.abc import Iterable


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(table("voices.toml")[name])


@cache
def families() -> dict[str, frozenset[str]]:
    """The words of each house, league and calling, by its name."""
    return {name: frozenset(words) for part in ("houses", "leagues", "callings") for name, words in table("voices.toml")[part].items()}


@cache
def family_words() -> frozenset[str]:
    """Words that say of which house, league or calling somebody is."""
    return frozenset(word for family in families().values() for word in family)


@cache
def kinds() -> frozenset[str]:
    """The same, and plurals that may be anybody."""
    return family_words() | listed("crowds")


@cache
def leagues() -> frozenset[str]:
    """The names of leagues."""
    return frozenset(table("voices.toml")["leagues"])


@cache
def callings() -> frozenset[str]:
    """The names of callings."""
    return frozenset(table("voices.toml")["callings"])


def of_families(words: Iterable[str]) -> frozenset[str]:
    """The names of the families that some words are of; a league is not of the house whose people it speaks for."""
    said = frozenset(words)
    found = frozenset(name for name, family in families().items() if not family.isdisjoint(said))
    return found & leagues() or found
