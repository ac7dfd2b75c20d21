"""What is a source, and does the text give its name? Kind and identity as the wire contract has them.

A source is anonymous where the text itself withholds the name (reader/data/anonymity.txt), unnamed where it has a role and no
name, named where any mention is a name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.reader.wordlists import sections

if TYPE_CHECKING:
    from reportedly.reader.sources.discourse import Entity
    from reportedly.values import Identity, Kind


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


def identity(entity: Entity) -> Identity | None:
    """Named, unnamed, anonymous; null where only a pronoun tells of it."""
    if entity.named and any(len(name) > 1 for name in entity.names):
        return "named"
    if entity.hidden is not None:
        return "anonymous"
    return "named" if entity.named else "unnamed" if any(m.form != "pronoun" for m in entity.mentions) else None
