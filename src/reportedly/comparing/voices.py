"""Who speaks, as far as two articles can be compared.

A description is compared by its words, a name as a name. An anonymous source is never the same as a source
of another article, whatever is said of it: what two reports share of it is its account, never the person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportedly.comparing.described import author, called
from reportedly.comparing.families import kinds, listed, of_families
from reportedly.comparing.mentions import identity_of, is_crowd, name_of
from reportedly.comparing.words import concepts, plain, stop_words, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Identity, Kind, Reading, Source

# "an engineer" is one of many, "the engineer" is not.
INDEFINITE = re.compile(r"(?:an?|one|another|some|two|three|several) ", re.IGNORECASE)
# Who has seen or published a document is no part of what it is: "a memo seen by the Post".
HANDLED = re.compile(r",? (?:seen|obtained|reviewed|published|reported|released|leaked) (?:by|to|in) .*")


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
    families: frozenset[str]  # of houses, leagues and callings
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
    writer = author(words, [s.name for s in reading.sources if s.name and s.kind != "document"]) if source.kind == "document" else None
    behalf = next((s for s in reading.sources if s.id == source.speaks_for), None) if source.speaks_for else None
    identity = source.identity or identity_of(words, named=source.name is not None)
    if identity == "named" and plain(words) in kinds():  # "Police", "Families": a capital makes no name
        identity = "unnamed"
    name = name_of(words) if identity == "named" else ()
    said = tokens(_said_of(source, words, writer, behalf, reading))
    if not name and all(w in stop_words() for w in said):
        return None
    roles = frozenset(concepts([w for w in said if w not in name and w not in listed("generic")]))
    crowd = source.kind in ("group", "unknown") and identity != "named" and bool(said) and is_crowd(words, said)
    speaks = behalf is not None or writer is not None or not listed("spokes").isdisjoint(said)
    return Who(
        words, name, roles, identity, source.kind, speaks, heads=not listed("heads").isdisjoint(said), crowd=crowd,
        indefinite=not name and not speaks and INDEFINITE.match(words) is not None, families=of_families(said),
        posts=frozenset(said) & (listed("heads") | listed("posts") | listed("counsel")),
        behalf=who(behalf, reading) if behalf and behalf.speaks_for is None else None,
    )  # fmt: skip


def _said_of(source: Source, words: str, writer: str | None, behalf: Source | None, reading: Reading) -> str:
    """All that a report says of a source; of a document whose author is known, what it says of the author: to whom it goes is another house."""
    parts = [writer] if writer else [words, source.description or ""]
    if source.kind == "document":
        parts = [HANDLED.sub("", part) for part in parts]
    if source.name:
        parts += called(source.name, reading.article.text, person=source.kind == "person")
    if behalf:
        parts.append(behalf.name or behalf.description or "")
    return " ".join(parts)


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
