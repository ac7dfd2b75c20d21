"""Which mentions are one and the same? A sieve: the surest rule first, each later rule sees what the earlier ones joined.

After Lee et al. 2013 (Stanford's deterministic coreference) without its parser: names by their words,
appositions, descriptions by their head noun, then pronouns by number, gender and nearness. A wrong join is worse than
a missed one: where two people share a surname, it alone joins neither, and an entity without a name is never joined with a
named one unless the text puts the name and the description side by side. Whose name the text withholds is never joined with
a name, whatever a rule says (`Discourse.apart`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.reader.sources.antecedents import antecedent
from reportedly.reader.sources.apposition import apposed, delayed, predicated
from reportedly.reader.sources.discourse import Discourse
from reportedly.reader.sources.mention import BOUND, FIRST, FIRST_SINGULAR
from reportedly.reader.sources.same import answering, same_head, same_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportedly.reader.sources.discourse import Entity, Roles
    from reportedly.reader.sources.mention import Form, Mention

SIEVES: dict[Form, tuple[Callable[[Discourse, Mention], Entity | None], ...]] = {
    "name": (apposed, delayed, same_name),
    "description": (answering, apposed, same_head),
    "pronoun": (apposed, antecedent),
}


def resolve(text: str, mentions: Sequence[Mention], roles: Roles) -> Discourse:
    """The entities of a text, grown mention by mention; `mentions` are in the order of the text."""
    known = Discourse(text, mentions, roles)
    later: list[Mention] = []
    for mention in mentions:
        if mention.form == "pronoun" and (mention.quoted or mention.head in FIRST):
            later.append(mention)
            continue
        _place(known, mention)
        known.ending.setdefault(mention.end, mention)
    for mention in later:
        _speak(known, mention)
    return known


def _place(known: Discourse, mention: Mention) -> None:
    if mention.form == "description" and not known.roles.is_source(mention):
        subject = predicated(known, mention)
        if subject is not None:
            known.describe(mention, subject)
            return
    found = (sieve(known, mention) for sieve in SIEVES[mention.form])
    entity = next((e for e in found if e is not None and not known.apart(mention, e)), None)
    if entity is not None or mention.form != "pronoun" or known.roles.is_source(mention):
        known.join(mention, entity or known.new())


def _writer(known: Discourse, mention: Mention) -> Entity:
    """Who says "I" where nobody is quoted; and who "we", of whom the writer is one."""
    many = mention.head not in FIRST_SINGULAR
    if many not in known.writers:
        known.writers[many] = known.new()
        known.writers[many].kind = "group" if many else "person"
        known.writers[many].many = many
    return known.writers[many]


def _speak(known: Discourse, mention: Mention) -> None:
    """Give a pronoun in a quotation to the one who speaks there, or to the one of whom it is spoken."""
    speaker = known.speaker(mention)
    if mention.head not in FIRST:
        entity = (apposed(known, mention) if mention.head in BOUND else None) or antecedent(known, mention, leave=known.quoter(mention))
        if entity is None and known.roles.is_source(mention):
            entity = known.new()  # "They told me no": somebody, and nobody who is known
    elif not mention.quoted:
        entity = _writer(known, mention) if mention.head in FIRST_SINGULAR or known.roles.is_source(mention) else None
    elif speaker is None:
        return
    elif mention.head in FIRST_SINGULAR:
        entity = speaker if not speaker.many and speaker.kind in ("person", None) else None
    else:
        entity = speaker if speaker.many or speaker.kind in ("organisation", "group", "outlet") else None
    if entity is not None:
        known.join(mention, entity)
