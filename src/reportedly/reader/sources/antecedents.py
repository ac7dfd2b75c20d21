"""For whom may a pronoun of the third person stand? "He" and "she" for people of the last sentences, "it" and "they" for the leftmost that fits.

Among people the weights of `pronouns` choose; the leftmost of the nearest sentence is the rule of Hobbs (1978).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from reportedly.reader.sources.descriptions import attributive
from reportedly.reader.sources.discourse import BACK, clash
from reportedly.reader.sources.mention import BOUND
from reportedly.reader.sources.pronouns import Candidate, choose
from reportedly.reader.wordlists import sections

if TYPE_CHECKING:
    from reportedly.reader.sources.discourse import Discourse, Entity
    from reportedly.reader.sources.mention import Mention

REACH = 4  # sentences back in which a pronoun looks
FAR = 20  # sentences back at most, however many of them are quotations
NAMELESS = sections("words.txt")["nameless"]


def antecedent(known: Discourse, mention: Mention, leave: Entity | None = None) -> Entity | None:
    """Whom or what a pronoun of the third person stands for; `leave` is the speaker in whose quotation it stands."""
    if mention.head in BOUND or (mention.gender == "neuter" and mention.quoted):
        return None  # "it" in speech is mostly nobody
    if mention.gender in ("masculine", "feminine"):
        return choose(known.text, mention, _candidates(known, mention, leave), source=known.roles.is_source(mention))
    if mention.many and known.roles.is_source(mention) and not mention.quoted:
        nameless = _nameless(known, mention)
        if nameless is not None:
            return nameless
    return _leftmost(known, mention, leave)


def _visible(known: Discourse, m: Mention, mention: Mention, leave: Entity | None) -> bool:
    """Whether a pronoun can look back at another mention: never out of the page's words into speech, nor into another's speech."""
    if known.of[m] is leave or m.start >= mention.start or (m.quoted and not mention.quoted):
        return False
    return not m.quoted or known.quoter(m) is leave


def _candidates(known: Discourse, mention: Mention, leave: Entity | None) -> list[Candidate]:
    """The people of the sentences before a pronoun, and those who may be people."""
    out: dict[int, Candidate] = {}
    is_source, source_of, of = known.roles.is_source, known.roles.source_of, known.of
    speaker = known.speaker(mention)
    speaker = None if speaker is leave else speaker
    around = source_of(mention)
    spoken_of = {id(e) for name in known.spoken_of.get(mention, ()) for e in (known.words.get(name), *(known.bearers(name[0]) if len(name) == 1 else ()))}

    def said(m: Mention) -> bool:
        return is_source(m) and source_of(m) is around  # not a voice within what another says

    last: Entity | None = None
    back = 0
    for number in range(mention.sentence, max(-1, mention.sentence - FAR), -1):
        seen = [m for m in known.sentences.get(number, [])[-BACK:] if _visible(known, m, mention, leave)]
        seen = [m for m in seen if source_of(m) is not mention]  # "the witness, he said, had left": in one's own words one is seldom called so
        if mention.quoted:  # what stands in quotations was placed last
            seen.sort(key=lambda m: m.start)
        last = last or next((of[m] for m in reversed(seen) if said(m)), None)
        there = [m for m in seen if _one(of[m], mention) and id(of[m]) not in spoken_of]
        whole = {m.start: m.end for m in reversed(there)}  # "the rancher" of "the rancher's daughter" is neither the first of its sentence nor the nearest
        there = [m for m in there if of[m].spoke or len(m.name) != 1 or not attributive(known.text, m)]
        free = [m for m in there if m.end == whole[m.start]]
        for m in (*reversed(free), *(m for m in there if m.end != whole[m.start])):
            entity = of[m]
            if id(entity) not in out:
                out[id(entity)] = Candidate(entity, m, back, entity is of[free[0]], not out, entity is speaker, said(m), entity is last)
        back += bool(seen) or number == mention.sentence
        if back > REACH:
            break
    return list(out.values())


def _one(entity: Entity, mention: Mention) -> bool:
    """Whether an entity can be one person of a pronoun's gender."""
    if entity.many or entity.kind not in ("person", None) or clash(entity.gender, mention.gender):
        return False
    return entity.kind == "person" or entity.gender is not None or entity.named


def _nameless(known: Discourse, mention: Mention) -> Entity | None:
    """The source without a name that spoke last: "A source close to the family said no. They added"."""
    last = next((m for m in islice(reversed(known.placed), BACK) if known.roles.is_source(m) and not m.quoted and known.roles.source_of(m) is None), None)
    if last is None or mention.sentence - last.sentence > 1 + REACH * (last.sentence < mention.sentence and "\n" not in known.text[last.end : mention.start]):
        return None
    entity = known.of[last]
    return entity if entity.heads & NAMELESS and not entity.named and not entity.many else None


def _leftmost(known: Discourse, mention: Mention, leave: Entity | None) -> Entity | None:
    """The nearest sentence's leftmost mention that "it" or "they" can stand for, sources before others."""
    source = known.roles.is_source(mention)
    if mention.gender == "neuter" and not source and mention.head != "its":
        return None
    if mention.many and not source and (mention.quoted or mention.head == "them"):
        return None  # "them" is mostly whom or what a sentence speaks of besides its subject
    if mention.many and mention.quoted:
        return _group(known, mention, leave)
    speaker = known.speaker(mention)

    def fits(entity: Entity) -> bool:
        if mention.many:
            if entity.kind == "document":
                return source and not mention.quoted and entity.many
            if entity.kind in ("organisation", "outlet") and not entity.many:  # "the council said they would": in its own words
                return entity.spoke and (source or entity is speaker)
            return (entity.many or entity.kind == "group") and (source or entity.spoke)
        return not entity.many and (entity.kind in ("organisation", "outlet") or (entity.kind == "document" and source) or (entity.kind is None and entity.named and entity.spoke))

    for back in range((REACH if source else 1 if mention.many else 0) + 1):
        there = [m for m in known.sentences.get(mention.sentence - back, [])[-BACK:] if fits(known.of[m]) and _visible(known, m, mention, leave)]
        if there:
            spoke = [m for m in there if known.roles.is_source(m)]
            if not source and len({id(known.of[m]) for m in there}) > 1:
                return None
            return known.of[min(spoke or there, key=lambda m: m.start)]
    return None


def _group(known: Discourse, mention: Mention, leave: Entity | None) -> Entity | None:
    """For whom "they" speaks of in speech: the only group of the sentence before, or else the only body; nobody where there are more."""
    speaker = known.speaker(mention)
    if speaker is not None and speaker is not leave and (speaker.many or speaker.kind == "group"):
        return speaker  # "the staff told a reporter they doubted it"
    for back in range(2):
        there = [known.of[m] for m in known.sentences.get(mention.sentence - back, [])[-BACK:] if m.start < mention.start and known.of[m] is not leave]
        groups = {id(e): e for e in there if (e.many or e.kind == "group") and e.kind != "document"}
        for found in (groups, {id(e): e for e in there if e.kind == "organisation" and not e.many}):
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
    return None
