"""Who speaks, as far as two articles can be compared: the same source, another one, or not to be told.

A description is compared by its words, a name as a name. An anonymous source is never the same as a source
of another article, whatever is said of it: what two reports share of it is its account, never the person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Literal

from reportedly.comparing.words import NUMBERS, concepts, plain, stop_words, table, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.values import Identity, Kind, Reading, Source

Relation = Literal["same", "related", "different", "unknown"]
RUN = re.compile(r"(?<![\w'’.-])(?:(?:[^\W\d_]*[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*|of|de|van|von|der|den|da|di|la|le|al|bin|for|and|&|the)(?:\s+|$))+")

OFTEN = 8  # places of a name in a text that are looked at
AROUND = 80  # characters on each side of it
TITLE = re.compile(r"((?:[\w'’-]+ ){1,4})$")
SET_BEFORE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?|[A-Z]\w+['’]s) ((?:[\w'’-]+ ){0,5}[\w'’-]+), $")
SET_AFTER = re.compile(r",? (?:\d+, )?(?:(?:an?|the|its|his|her|their|who (?:is|was|runs|leads|heads|chairs|owns|keeps|farms|represents)|[\w'’-]+['’]s?) |(?=[\w'’-]+ (?:of|at|for|in|with) ))(?<=[ ])([\w'’ -]{3,60}?)(?=[,.;:\n”\"(]|$)")

AUTHOR = re.compile(r"[\w'’ -]*?\b(?<!seen )(?<!obtained )(?<!published )(?<!reported )(?:of|by|from) (.+?)(?= (?:to|on|about|dated|seen|obtained|published|reported|released|leaked) |[,;(]|$)")


@dataclass(frozen=True, slots=True)
class Who:
    """One source for comparing. `name` holds the words of a proper name without titles, `roles` what else is said of it."""

    label: str
    name: tuple[str, ...]
    roles: frozenset[str]
    identity: Identity | None
    kind: Kind
    speaks: bool  # on somebody's behalf
    heads: bool  # an institution, whose word is his
    crowd: bool  # a plural that names nobody in particular
    indefinite: bool  # "an engineer": one of many
    families: frozenset[int]
    posts: frozenset[str]  # what he is of whom: "its leader", "his lawyer"
    behalf: Who | None = None

    @property
    def anonymous(self) -> bool:
        """Whether the text withholds the name."""
        return self.identity == "anonymous"

    @property
    def person(self) -> bool:
        """Whether this is, or may be, one named person."""
        return bool(self.name) and self.kind in ("person", "unknown") and not self.anonymous


def who(source: Source | None, reading: Reading) -> Who | None:
    """A source of a reading for comparing; null where there is none, or only a pronoun."""
    if source is None:
        return None
    words = " ".join((source.name or source.description or reading.quote(source.mentions[:1])).split()).strip(" ,;:–—-")
    author = _author(words) if source.kind == "document" else None
    more = author or f"{words} {source.description or ''}"
    if source.name:
        more += f" {' '.join(besides(source.name, reading.article.text, person=source.kind == 'person'))}"
    behalf = next((s for s in reading.sources if s.id == source.speaks_for), None) if source.speaks_for else None
    if behalf:
        more += f" {behalf.name or behalf.description or ''}"
    identity = source.identity or _identity(words, named=source.name is not None)
    if identity == "named" and plain(words) in _kinds():  # "Police", "Families": a capital makes no name
        identity = "unnamed"
    name = _name(words) if identity == "named" else ()
    said = tokens(more)
    if not name and all(w in stop_words() for w in said):
        return None
    word_lists = _lists()
    named = set(name)
    roles = frozenset(concepts([w for w in said if w not in named and w not in word_lists["generic"]]))
    families = _of_families(said)
    crowd = source.kind in ("group", "unknown") and identity != "named" and bool(said) and _is_crowd(words, said)
    speaks = behalf is not None or any(w in word_lists["spokes"] for w in said) or author is not None
    heads = any(w in word_lists["heads"] for w in said)
    indefinite = not name and re.match(r"(?:an?|one|another|some|two|three|several) ", words, re.IGNORECASE) is not None and not speaks
    house = who(behalf, reading) if behalf and behalf.speaks_for is None else None
    posts = frozenset(said) & (word_lists["heads"] | word_lists["posts"])
    return Who(words, name, roles, identity, source.kind, speaks, heads, crowd, indefinite, families, posts, house)


def joined(some: Sequence[Who | None]) -> list[Who | None]:
    """Sources, each with what is said of the same person or house under the same name by another."""
    known: dict[tuple[str, ...], list[Who]] = {}
    for one in some:
        if one and one.name:
            known.setdefault(one.name, []).append(one)
    return [_with(one, known[one.name]) if one and one.name and len(known[one.name]) > 1 else one for one in some]


def _with(one: Who, others: Sequence[Who]) -> Who:
    houses = [o.behalf for o in others if o.behalf]
    return replace(
        one, roles=frozenset().union(*(o.roles for o in others)), families=frozenset().union(*(o.families for o in others)), posts=frozenset().union(*(o.posts for o in others)),
        speaks=any(o.speaks for o in others), heads=any(o.heads for o in others), behalf=one.behalf or (houses[0] if houses else None),
    )  # fmt: skip


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
        named, plain = (a, b) if a.name else (b, a)
        return _name_and_role(named, plain)
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
        if not heads and a.families and b.families and not a.families & b.families and (a.families | b.families) & _joined_by():
            return "different"
        return "same" if a.speaks or b.speaks or heads else "related"
    if _is_person(a) != _is_person(b):
        return "related" if a.families & b.families else "different" if a.families and b.families else "unknown"
    return "related" if one & other and a.families & b.families else "different"


def _name_and_role(named: Who, plain: Who) -> Relation:
    roles = named.roles | set(concepts(named.name))
    if plain.indefinite and plain.roles & roles:
        return "unknown"
    if plain.roles and plain.roles <= roles:
        return "same"
    if plain.roles & roles:
        return "same" if named.speaks or plain.speaks else "related"
    if not plain.roles or not (named.roles or named.kind == "organisation" or named.families):
        return "unknown"  # nothing says that the one is not the other
    if named.families & plain.families:
        return "related"
    if _is_person(named) and plain.indefinite and not plain.families - _people():
        return "unknown"  # "a parent" may be the teacher
    return "different" if named.families and plain.families else "unknown"


def _is_person(a: Who) -> bool:
    return a.kind == "person" or (a.kind == "unknown" and len(a.name) <= 3 and not a.families & {n for n, f in enumerate(_families()) if f & set(a.name)} and not (set(a.name) & _lists()["generic"]))


def _short_of(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """Whether one name is the other with words left out ("Ruiz", "Ana Ruiz"; "Northvale Police", "Northvale Police Department")."""
    if len(short) >= len(full):
        return False
    return short[-1] == full[-1] if len(short) == 1 and len(full) <= 3 else len(short) > 1 and set(short) <= set(full)


def _acronym(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    return len(short) == 1 and len(full) > 1 and short[0].replace(".", "") == "".join(w[0] for w in full)


def _identity(words: str, *, named: bool) -> Identity:
    """For readings that do not say. A phrase that withholds the name goes before names further on ("a person identified by the Post")."""
    low = words.casefold()
    opening = re.match(r"[\w'’.-]+", words)
    begins_named = opening is not None and opening.group()[0].isupper() and plain(opening.group()) not in stop_words()
    if not begins_named and any(re.search(rf"\b{re.escape(p)}", low) for p in table("voices.toml")["anonymous"]):
        return "anonymous"
    return "named" if named and _name(words) else "unnamed"


def _name(words: str) -> tuple[str, ...]:
    """The proper name in a mention, without titles: the longest run of words with capitals."""
    head = re.split(r",|;| who | which | – | — ", words, maxsplit=1)[0]
    best: tuple[str, ...] = ()
    for run in RUN.findall(f"{head} "):
        plain = [w for w in tokens(run) if w not in _lists()["titles"]]
        while plain and (plain[0] in stop_words() or plain[0] in NUMBERS):
            plain.pop(0)
        while plain and plain[-1] in stop_words():
            plain.pop()
        plain = [w for w in plain if w not in ("of", "for", "and", "the")]
        if len(plain) > len(best):
            best = tuple(plain)
    return best


def _is_crowd(words: str, plain: list[str]) -> bool:
    crowds = _lists()["crowds"]
    definite = re.match(r"the |this |that ", words, re.IGNORECASE)
    return (plain[-1] in crowds or plain[0] in crowds or any(w in crowds for w in plain[:4])) and not (definite and plain[-1] not in crowds)


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {key: frozenset(value) for key, value in table("voices.toml").items() if key not in ("families", "leagues", "callings", "anonymous", "occasions", "documents")}


@lru_cache(maxsize=5_000)
def besides(name: str, text: str, *, person: bool) -> tuple[str, ...]:
    """What a text calls somebody beside a name, as far as it says of which house or calling he is: "farmer Jos Kramer", "Jos Kramer, who farms", "the union's organiser, Petra Lamb"."""
    kinds = _kinds() | _lists()["heads"] | _lists()["generic"] | _lists()["posts"] if person else _kinds() - _lists()["crowds"] - {w for n in _people() for w in _families()[n]}
    found: list[str] = []
    for match in islice(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text), OFTEN):
        before, after = text[max(0, match.start() - AROUND) : match.start()], text[match.end() : match.end() + AROUND]
        title, set_before, set_after = TITLE.search(before), SET_BEFORE.search(before), SET_AFTER.match(after)
        if title:
            words = tokens(title[1])
            run = list(takewhile(lambda w: w in kinds, reversed(words)))
            found += run
        if set_before and tokens(set_before[1])[-1] in kinds:
            found += [w for w in tokens(set_before[1]) if w in kinds]
        if set_after:
            found += [w for w in tokens(set_after[1]) if w in kinds]
    return tuple(dict.fromkeys(found))


@cache
def _kinds() -> frozenset[str]:
    """Words that say of which house or calling somebody is, and plurals that may be anybody."""
    return frozenset(w for family in _families() for w in family) | _lists()["crowds"]


def _author(words: str) -> str | None:
    """Whose a document is, of what it is called: "a letter of the union to the board, seen by the Post" is of the union; null where it does not say."""
    whose = AUTHOR.match(words)
    return whose[1] if whose else None


def _of_families(said: Iterable[str]) -> frozenset[int]:
    """Whose house or calling some words are of; a union or an association is not of the house whose people it speaks for."""
    found = frozenset(n for n, family in enumerate(_families()) if not family.isdisjoint(said))
    return found & _joined_by() or found


@cache
def _marked(name: str) -> frozenset[int]:
    return frozenset(n for n, family in enumerate(_families()) if family & set(table("voices.toml")[name]))


def _joined_by() -> frozenset[int]:
    """Families of those who speak for people of many houses."""
    return _marked("leagues")


def _people() -> frozenset[int]:
    """Families of people who are of no house."""
    return _marked("callings")


@cache
def _families() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(f) for f in table("voices.toml")["families"])
