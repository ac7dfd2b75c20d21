"""Which description stands beside which name? "Ann Lee, the mayor", "the mayor, Ann Lee", "the mayor Ann Lee", "identified as a mayor"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.reader.certainty.words import PAST, verb_form
from reportedly.reader.sources.descriptions import STOP
from reportedly.reader.sources.discourse import bare, clash
from reportedly.reader.sources.mention import BOUND
from reportedly.reader.sources.nouns import noun_kinds

if TYPE_CHECKING:
    from reportedly.reader.sources.discourse import Discourse, Entity
    from reportedly.reader.sources.mention import Mention

IDENTIFIED = re.compile(r",? (?:(?:who (?:was|is|has been) )?(?:only )?(?:identified|described|known|named|introduced|referred to)(?: \w+){0,2}? (?:by|in) [^,.;]{2,40}? (?:only )?as|(?:who (?:was|is) )?(?:identified|described|known)(?: only)? as) $")
ALIAS = re.compile(r",? (?:who is |is )?(?:better |best |also |widely |professionally )?known (?:professionally |simply |publicly |online )?(?:as|by (?:the|his|her|their) (?:stage |pen |screen |artist )?name(?: of)?) $")
COMPLEMENT = re.compile(r" (?:of|for|at|in|from|with|to) [^,.;:\n]{2,70}, ")
GOES_ON = re.compile(r" (?:of|for|at|in|from|who|with|on|and)\b")
LIST = re.compile(r", [^,.;]{2,40}(?:, [^,.;]{2,40})* and ")
AGE = re.compile(r",? (?:aged )?\(?\d\d\b")
CLOSES = (",", ".", ";", ")", "")
IS = re.compile(r"(?: \w+ly| also| now| still)? (?:is|was|became|remains|remained)(?: \w+ly| also| now| still)? $")
ALONE = re.compile(r"[.:]?[\"”’']?\s*(?:\n|$|[a-z]+\b(?<!and)(?<!of)(?<!or))|\. ")
CALLED = re.compile(r"(?:, |[A-Z][\w’'-]* |\b(?:an?|the|his|her|their|its|our) [\w’'-]+ )$")  # what explains a name before it
MANY_SPEAK = re.compile(r"\b(?:one(?! of)|another|second|third|some)\b", re.IGNORECASE)
PHRASE = re.compile(r", ((?:[a-z][\w’'-]+ ){1,4})$")
LONG = 60  # characters of such a phrase
FAR = 400  # characters between a description and the name that follows
LEAD = 40  # entities among which those of the first sentences are looked for


def apposed(known: Discourse, mention: Mention) -> Entity | None:
    """The entity of the name or description beside a mention, where the two are one."""
    text = known.text
    if mention.form == "name" and (alias := ALIAS.search(text, max(0, mention.start - 60), mention.start)):
        bearer = known.ending.get(alias.start())
        return known.of.get(bearer) if bearer is not None and bearer.form == "name" and (mention.kind in (bearer.kind, None) or bearer.kind is None) else None
    start = _begin(text, mention)
    head = text[max(0, start - 2) : start]
    before = known.ending.get(start - 2) if head in (", ", " (") else known.ending.get(start - 1) if head[-1:] == " " else None
    if mention.form == "name" and head == ", ":
        before = _described(known, mention, start) or before
    if before is None:
        return _identified(known, mention) if mention.form == "description" else None
    if before not in known.of or mention.form in (before.form, "pronoun") or before.form == "pronoun":
        return known.of.get(before) if mention.head in BOUND else None
    entity = known.of[before]
    kinds = {entity.kind, mention.kind} - {None}
    if kinds == {"organisation", "outlet"}:
        kinds = {"outlet"}
    if before.many != mention.many or before.quoted != mention.quoted or len(kinds) > 1 or clash(entity.marked, mention.gender):
        return None
    named = mention if mention.form == "name" else before
    if "organisation" in kinds and named.kind is None and len(named.name) > 1:
        return None  # "the council, Imran Doyle" are two
    rest = text[mention.end : mention.end + 7]
    if mention.form == "name":
        return _named(known, mention, before, closed=head != ", " or rest[:1] in CLOSES)
    if head == ", " and (rest[:1] in CLOSES or GOES_ON.match(rest)) and not _listed(text, before):
        return entity
    return None


def _begin(text: str, mention: Mention) -> int:
    """Where the phrase begins that a name ends: ", the Rev Ana Holt", ", veteran radio host Dan Pell"."""
    if mention.form != "name":
        return mention.start
    if mention.roles and text[max(0, mention.start - 4) : mention.start] == "the ":
        return mention.start - 4
    lead = PHRASE.search(text, max(0, mention.start - LONG), mention.start)
    if lead is None:
        return mention.start
    said = lead[1].split()
    fits = (mention.roles or "person" in noun_kinds().get(said[-1], ())) and STOP.isdisjoint(said) and not any(verb_form(word)[1] & PAST for word in said[:-1] if word not in noun_kinds() and not word.endswith("ed"))
    return lead.start(1) if fits else mention.start


def _named(known: Discourse, name: Mention, before: Mention, *, closed: bool) -> Entity | None:
    """The description before a name, or whom the name meant before; `closed`: nothing says that the name belongs to what follows."""
    entity, same = known.of[before], known.words.get(bare(name.name))
    if same is not None and same is not entity and entity.mentions == [before] and closed and not clash(same.gender, entity.marked) and (same.kind != "organisation" or entity.kind == "outlet") and known.entities[-1] is entity and not known.apart(before, same):
        known.give(before, entity, same)  # "the mayor, Ana Ruiz," of whom the text has spoken
        return same
    return entity if same is None and not entity.named and (closed or known.roles.is_source(before)) else None


def _described(known: Discourse, mention: Mention, start: int) -> Mention | None:
    """The description whose complement a comma parts from a name, as in "a spokesman for the yard, Peter Low"."""
    if mention.kind in ("organisation", "outlet"):
        return None
    for other in reversed(known.sentences.get(mention.sentence, [])):
        if other.form == "description" and other.kind == "person" and not other.many and COMPLEMENT.fullmatch(known.text, other.end, start):
            return other
    return None


def predicated(known: Discourse, mention: Mention) -> Entity | None:
    """Of whom a description is said: "Ann Lee is the mayor"."""
    verb = IS.search(known.text, max(0, mention.start - 30), mention.start)
    before = known.ending.get(verb.start()) if verb else None
    if before is None or before not in known.of or mention.many or before.many or before.gender == "neuter":
        return None
    entity = known.of[before]
    fits = len({entity.kind, mention.kind} - {None}) < 2 and not clash(entity.marked, mention.gender)
    return entity if fits else None


def _identified(known: Discourse, mention: Mention) -> Entity | None:
    """One, since the text says so: "an individual identified by Radio One as a junior officer"."""
    if known.text[max(0, mention.start - 4) : mention.start] != " as ":
        return None
    lead = IDENTIFIED.search(known.text[max(0, mention.start - 90) : mention.start])
    if not lead:
        return None
    at = mention.start - len(lead.group())
    before = known.ending.get(at) or known.ending.get(at - 1)
    return known.of.get(before) if before is not None and before.many == mention.many else None


def _listed(text: str, before: Mention) -> bool:
    """Whether a comma behind a mention goes on with a list: "the council, the police and residents"."""
    return before.form == "description" and LIST.match(text[before.end : before.end + 120]) is not None


def delayed(known: Discourse, mention: Mention) -> Entity | None:
    """News often names in its second paragraph whom its first describes: "said Dana Pruitt, 58" when one unnamed person has spoken so far.

    A full name of which the text has said nothing, and says nothing beside it, is the one whom the sentence before describes: "one of its
    judges has told the Inkwell.", "“I said so,” Fern Abara said."
    """
    text = known.text
    if len(mention.name) < 2 or mention.roles or bare(mention.name) in known.words:
        return None
    aged = AGE.match(text[mention.end : mention.end + 10]) is not None
    if not known.roles.is_source(mention) and not (aged and text[mention.start - 1 : mention.start] == "\n"):
        return None
    if not aged:
        return _described_before(known, mention)
    lead = [e for e in known.entities[:LEAD] if e.spoke and e.kind == "person" and not e.many and not e.named and e.mentions[0].sentence <= 2]
    lead = [e for e in lead if not e.mentions[0].definite and any(m.start < known.title or re.match(r"an? ", text[m.start :], re.IGNORECASE) for m in e.mentions)]
    return lead[0] if len(lead) == 1 and not clash(lead[0].gender, mention.gender) else None


def _described_before(known: Discourse, name: Mention) -> Entity | None:
    """The one person, without a name so far, who spoke in the sentence before a name that nothing else explains."""
    if name.kind not in ("person", None) or name.name[0].lower() in noun_kinds() or name.quoted or known.roles.source_of(name) is not None or known.bearers(name.name[-1]):
        return None
    if not ALONE.match(known.text, name.end) or CALLED.search(known.text, max(0, name.start - 20), name.start):
        return None
    entity = known.spoke_last()
    if entity is None or entity.named or entity.many or entity.kind != "person" or entity.hidden is not None or clash(entity.gender, name.gender):
        return None
    last = entity.mentions[-1]
    if last.form == "name" or name.start - last.end > FAR or entity.heads.isdisjoint(noun_kinds().keys() | {"one"}):
        return None
    return None if any(MANY_SPEAK.search(known.text, max(0, m.start - 10), m.end) for m in entity.mentions) else entity
