"""How two sources of different articles stand to each other: the same, of one house, different, or not to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reportedly.comparing.families import callings, families, leagues, listed
from reportedly.comparing.words import concepts

if TYPE_CHECKING:
    from reportedly.comparing.voices import Who

Relation = Literal["same", "related", "different", "unknown"]


def relation(a: Who | None, b: Who | None) -> Relation:
    """How two sources of different articles stand to each other.

    "related": of one institution, so that one may know it from the other. "unknown" is the answer in doubt.
    """
    if a is None or b is None or a.anonymous or b.anonymous or a.crowd or b.crowd:
        return "unknown"
    direct = _direct(a, b)
    if direct == "same" or not (a.behalf or b.behalf):
        return direct
    # one who speaks for a house is told from others by the house
    through = _direct(a.behalf or a, b.behalf or b)
    return through if through in ("same", "different") else direct


def _direct(a: Who, b: Who) -> Relation:
    if a.name and b.name:
        return _named(a, b)
    if a.name or b.name:
        return _name_and_role(a, b) if a.name else _name_and_role(b, a)
    if a.roles and b.roles:
        if a.indefinite or b.indefinite:
            return "unknown" if a.roles & b.roles else "related" if a.families & b.families else "different" if a.families and b.families else "unknown"
        if a.roles <= b.roles or b.roles <= a.roles:
            return "same"
        if a.roles & b.roles or a.families & b.families:
            return "related"
        return "different" if a.families and b.families else "unknown"  # "the maker" may be "the company"
    return "unknown"


def unlike(a: Who | None, b: Who | None) -> bool:
    """Whether one is anonymous and the other a named person: they are never shown as the same."""
    return a is not None and b is not None and ((a.anonymous and b.person) or (b.anonymous and a.person))


def _named(a: Who, b: Who) -> Relation:
    one, other = set(a.name), set(b.name)
    if one == other or _short_of(a.name, b.name) or _short_of(b.name, a.name):
        return "same"
    if _acronym(a.name, b.name) or _acronym(b.name, a.name):
        return "same"
    if _is_person(a) and _is_person(b):
        if a.name[-1] == b.name[-1] and (len(a.name) == 1 or len(b.name) == 1):
            return "same"
        # two who speak for one house are one voice of it
        return "related" if (a.speaks or b.speaks) and a.roles & b.roles else "different"
    if set(concepts(a.name)) & b.roles or set(concepts(b.name)) & a.roles or a.roles & b.roles:
        person, house = (a, b) if _is_person(a) else (b, a)
        heads = _is_person(a) != _is_person(b) and person.heads and bool(set(concepts(house.name)) & person.roles) and (not person.families or not house.families or bool(person.families & house.families))
        if not heads and a.families and b.families and not a.families & b.families and (a.families | b.families) & leagues():
            return "different"
        return "same" if a.speaks or b.speaks or heads else "related"
    if _is_person(a) != _is_person(b):
        return "related" if a.families & b.families else "different" if _elsewhere(a, b) else "unknown"
    return "related" if one & other and a.families & b.families else "different"


def _name_and_role(named: Who, other: Who) -> Relation:
    roles = named.roles | set(concepts(named.name))
    if other.indefinite and other.roles & roles:
        return "unknown"
    if other.roles and other.roles <= roles:
        return "same"
    if other.roles & roles:
        return "same" if named.speaks or other.speaks else "related"
    if not other.roles or not (named.roles or named.kind == "organisation" or named.families):
        return "unknown"  # nothing says that the one is not the other
    if named.families & other.families:
        return "related"
    if _is_person(named) and other.indefinite and not other.families - callings():
        return "unknown"  # "a parent" may be the teacher
    return "different" if _elsewhere(named, other) else "unknown"


def _elsewhere(a: Who, b: Who) -> bool:
    """Whether two are of different houses: of no family in common, or the one of none that goes by bare names as the other does."""
    if a.families and b.families:
        return True
    known, other = (a, b) if a.families else (b, a)
    return bool(known.families) and known.families.isdisjoint(listed("bare")) and bool(other.name) and other.kind == "organisation"


def _is_person(a: Who) -> bool:
    return a.kind == "person" or (a.kind == "unknown" and len(a.name) <= 3 and not a.families & {name for name, words in families().items() if words & set(a.name)} and not (set(a.name) & listed("generic")))


def _short_of(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether one name is the other with words left out ("Ruiz", "Ana Ruiz"; "Northvale Police", "Northvale Police Department")."""
    if len(short) >= len(full):
        return False
    return short[-1] == full[-1] if len(short) == 1 and len(full) <= 3 else len(short) > 1 and set(short) <= set(full)


def _acronym(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    return len(short) == 1 and len(full) > 1 and short[0].replace(".", "") == "".join(w[0] for w in full)
