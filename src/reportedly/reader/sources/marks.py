"""What is a source, and does the text give its name? Kind and identity as the wire contract has them.

A source is anonymous where the text itself withholds the name (reader/data/anonymity.txt), unnamed where it has a role and no
name, named where any mention is a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.reader.sources.nouns import anonymity
from reportedly.reader.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Collection

    from reportedly.reader.sources.discourse import Entity
    from reportedly.reader.sources.mention import Mention
    from reportedly.values import Identity, Kind

STOP_SIGN = re.compile(r"[.!?]\s|\n")
SOURCES = frozenset(("source", "sources", "insider", "insiders"))
REACH = 200  # characters of its sentence behind a mention in which its name may be withheld


def kind(text: str, entity: Entity) -> Kind:
    """Person, organisation, group, document or outlet, as far as the text tells."""
    kinds = [m.kind for m in entity.mentions if m.kind and m.form != "pronoun"]
    if entity.many and "organisation" not in kinds:
        return next((k for k in kinds if k in ("document", "outlet")), "group")
    if kinds:
        return next((k for k in kinds if k in ("person", "outlet")), kinds[0])
    if entity.heads & sections("nouns.txt")["generic"] and entity.gender is None:
        return "organisation"
    if entity.gender in ("masculine", "feminine") or any(m.head in ("i", "me", "my") for m in entity.mentions):
        return "person"
    if entity.named:
        longest = max((m.name for m in entity.mentions if m.form == "name"), key=len)
        if any(text[max(0, m.start - 4) : m.start].lower() == "the " for m in entity.mentions if m.form == "name") or any(m.gender == "neuter" for m in entity.mentions):
            return "organisation"
        return "person" if len(longest) > 1 else "organisation"
    return "group" if entity.many or any(m.head == "they" for m in entity.mentions) else "unknown"


def identity(text: str, entity: Entity, sources: Collection[Mention]) -> Identity | None:
    """Named, unnamed, anonymous; null where only a pronoun tells of it. `sources`: mentions that are the source of an attribution."""
    if entity.named and any(len(name) > 1 for name in entity.names):
        return "named"
    told = [m for m in entity.mentions if m.form != "pronoun"]
    if any(withheld(text, m, sources) for m in told):
        return "anonymous"
    return "named" if entity.named else "unnamed" if told else None


def withheld(text: str, mention: Mention, sources: Collection[Mention]) -> bool:
    """Whether the text around a mention withholds its name: in the mention itself, or behind it in its sentence."""
    if mention.form == "name" and (len(mention.name) > 1 or mention.kind in ("organisation", "outlet")):
        return False
    if mention.head in SOURCES or (mention not in sources and mention.form == "name"):
        return mention.form == "description"
    if mention.kind not in ("person", "group", None):
        return False
    stop = STOP_SIGN.search(text, mention.end, mention.end + REACH + 2)
    rest = text[mention.start : min(stop.start() if stop else len(text), mention.end + REACH)]
    if mention in sources:
        return anonymity().search(rest) is not None
    return any(anonymity().match(rest, at) for at in range(mention.end - mention.start + 3))  # in it, or right behind it
