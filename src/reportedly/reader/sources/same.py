"""Whom does a name or a description mean? One of those whom the text has mentioned, by their names, roles and nouns, or somebody new."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from reportedly.reader.sources.descriptions import DEFINITE, attributive, ends_phrase
from reportedly.reader.sources.discourse import BACK, bare, clash, initials
from reportedly.reader.sources.mention import ANSWER
from reportedly.reader.sources.nouns import ORG_WORDS, UNIQUE, name_kind, places
from reportedly.reader.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportedly.reader.sources.discourse import Discourse, Entity
    from reportedly.reader.sources.mention import Mention

LEAD = 40  # entities among which those of the headline are looked for
RULING = frozenset(("judge", "magistrate"))
EARLY = 3  # sentences in which news describes whom it names later
REACH = 4  # sentences back in which "the singer" looks
FIRM = frozenset(("Inc", "Ltd", "Corp", "Corporation", "Co", "Company", "PLC", "plc", "LLC", "GmbH", "Group", "Holdings", "Industries", "International", "Airlines", "Airways", "Homes", "Foods", "Motors", "Energy"))
STATION = frozenset(("News", "Radio", "TV", "Television", "Online"))  # "WXYZ News" is WXYZ
NAMELESS = frozenset(("person", "man", "woman", "boy", "girl"))
OTHER = frozenset(("another", "different", "further", "future", "latter", "new", "next", "other", "second", "separate", "third"))
TO_COME = frozenset(("future", "next"))
POINTING = DEFINITE - {"the", "this", "that", "these", "those", "both"}
# Nouns of which one text has many: "the spokesman" is the last one mentioned, not the only one.
MANY_HOLD = frozenset(
    ("spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "solicitor", "official", "aide", "source", "expert", "analyst", "critic", "resident", "neighbour", "neighbor", "friend", "colleague")
)
INITIAL_SIGNS = re.compile(r"[.-]")  # "U.N.", "HGSU-UAW"
NAME_FOLLOWS = re.compile(r",? [A-Z]")
NEAR = 60  # characters before a name within which it says that it was asked
ASKED = re.compile(r"(?: has| had)? ?\b(?:sp(?:oke|oken|eaks?)|talk(?:s|ed)?|sat down|caught up|interview(?:s|ed)?|conversation|asked|answer(?:s|ed)|joins|joined)\b(?: (?:with|to|by|our|us|the|its|a|an|[a-z’'-]+,?)){0,6} ?")
TWO = re.compile(r"the (?:two|duo|pair|couple)", re.IGNORECASE)
PERSONAL = re.compile(r"[A-Z]{3}")
AGE = re.compile(r",? (?:aged )?\(?(\d{1,3})\b[,).]")
AGED_BEFORE = re.compile(r"\b(\d{1,3})-year-old (?:[\w’'-]+ ){0,3}$")
AGED = re.compile(r"(\d{1,3})-year-old$")
COMPLEMENT = re.compile(r" (?:of|for|at|in|from|to|with|representing)\b")


def same_name(known: Discourse, mention: Mention) -> Entity | None:
    """Who bears a name: whoever bore all of it, or the only one of whose name it is a part."""
    name = bare(mention.name)
    if mention.kind == "group":  # "Trump and Clinton" and "Donald Trump and Hillary Clinton"
        return next(iter(known.described(mention.head)), None) or _same_group(known, name)
    family = _family(known, mention)
    if family is not None:
        return family
    if known.text[max(0, mention.start - 8) : mention.start].lower() == "another ":
        return None  # "another Laura Pike" is not the first
    if name in known.words:
        return _choose(known, mention) if len(name) == 1 and len(_bearers(known.bearers(name[0]))) > 1 else known.words[name]
    if PERSONAL.fullmatch(name[0]) and (bearer := _by_initials(known, name[0])):
        return bearer
    if len(name) == 1:
        chosen = _choose(known, mention) or _by_first_name(known, mention, name[0])
        if chosen:
            return chosen
    elif (bearers := known.bearers(name[-1])) or mention.kind == "person":
        longer = [e for e in bearers if any(len(n) > len(name) and [w.lower() for w in n[-len(name) :]] == [w.lower() for w in name] for n in e.names)]
        fits = longer or [e for e in bearers if all(len(n) == 1 or bare(n)[0] == name[0] for n in e.names) and e.kind != "organisation"]
        if len(fits) == 1 and not clash(fits[0].gender, mention.gender):
            return fits[0]
    if mention.kind in ("organisation", "outlet", None):
        body = _same_body(known, mention, name)
        if body is not None:
            return body
        if mention.kind == "outlet" and mention.start > known.title >= 0:  # "Leak went unseen, Nairobi paper says": the first that the text names
            titled = [e for e in known.entities[:LEAD] if e.kind == "outlet" and not e.named and e.mentions[-1].start < known.title]
            if len(titled) == 1:
                return titled[0]
        called = [e for e in known.described(name[-1].lower()) if not e.named and e.kind == "organisation" and not e.many]
        if len(name) > 1 and name[-1] in ORG_WORDS and len(called) == 1 and not any(len(other) > 1 and other[-1] == name[-1] for other in known.alike.get(name[-1], ())):
            return called[0]  # "the council", and then "Dellmouth Council"
    return _headlined(known, mention, name) if (len(name) > 1 or not UNIQUE.isdisjoint(mention.roles)) and mention.kind in ("person", None) else None


def _family(known: Discourse, mention: Mention) -> Entity | None:
    """Who are "the Marrs"? The group whose last one bears the name."""
    word = mention.name[-1]
    if len(mention.name) > 1 or not word.endswith("s") or known.text[max(0, mention.start - 4) : mention.start].lower() != "the ":
        return None
    return next((e for e in islice(reversed(known.entities), BACK) if e.many and any("and" in n and n[-1] in (word[:-1], word[:-2] * word.endswith("es")) for n in e.names)), None)


def _same_group(known: Discourse, name: tuple[str, ...]) -> Entity | None:
    """The group of the same people by parts of their names: "Odo and Ilse" after "Odo Marr and Ilse Grau"."""
    parts = _parts(name)
    for entity in islice(reversed(known.entities), BACK):
        for other in entity.names if entity.many else ():
            if len(parts) == len(there := _parts(other)) and all(a <= b or b <= a for a, b in zip(parts, there, strict=True)):
                return entity
    return None


def _parts(name: tuple[str, ...]) -> list[set[str]]:
    """The capital words of each of those whom a name counts up."""
    out: list[set[str]] = [set()]
    for word in name:
        if word == "and" or word.endswith(","):
            out[-1].update({word.rstrip(",")} - {"and"})
            out.append(set())
        elif word[:1].isupper():
            out[-1].add(word)
    return [part for part in out if part]


def _by_initials(known: Discourse, letters: str) -> Entity | None:
    """The only person whose names begin with three letters: "RFK" is Robert F. Kennedy."""
    fits = {id(e): e for words in known.alike.get(letters, ()) if len(words) > 1 and (e := known.words[words]).kind in ("person", None)}
    return next(iter(fits.values())) if len(fits) == 1 else None


def _by_first_name(known: Discourse, mention: Mention, first: str) -> Entity | None:
    """A first name alone, when only one bears it."""
    if mention.kind not in (None, "person"):
        return None
    fits = {id(e): e for words in known.alike.get(first, ()) if words[0] == first and len(words) > 1 and (e := known.words[words]).kind == "person"}
    return next(iter(fits.values())) if len(fits) == 1 else None


def _headlined(known: Discourse, mention: Mention, name: tuple[str, ...]) -> Entity | None:
    """The one of whom the headline has a first name or a bare role, when the text first names somebody who fits and only one does.

    Whom the text itself has called so is never named by it: "an officer told Radio One … Captain Ruiz denied it" are two. But a court's ruling is its judge's, and an office that one holds is his.
    """
    if known.title < 0 or mention.start < known.title:
        return None
    held = _wider(mention.roles)
    fits = []
    for entity in known.entities[:LEAD]:
        if entity.many or clash(entity.gender, mention.gender) or entity.mentions[0].sentence > EARLY or entity.hidden is not None:
            continue
        first = entity.mentions[0]
        titled = entity.mentions[-1].start < known.title
        called = titled and any(n == name[:1] for n in entity.names)
        described = not entity.named and entity.heads & held and (titled or (entity.heads & RULING and (first.start < known.title or not first.definite)))
        held_by_one = not entity.named and not UNIQUE.isdisjoint(entity.heads.intersection(mention.roles)) and all(m.definite or m.start < known.title for m in entity.mentions if m.form == "description")
        if called or described or held_by_one:
            fits.append(entity)
    return fits[0] if len(fits) == 1 else None


def _wider(roles: Iterable[str]) -> set[str]:
    """Roles, and the wider ones that a headline has for them: a justice is a judge, a senator a lawmaker."""
    groups = sections("wider.txt")
    return {*roles, *(wide for wide, narrow in groups.items() if any(role.rstrip(".") in narrow for role in roles))}


def _bearers(entities: list[Entity]) -> list[Entity]:
    return [e for e in entities if any(len(n) > 1 for n in e.names)]


def _choose(known: Discourse, mention: Mention) -> Entity | None:
    """Whose surname is it? Nobody's when two people bear it and neither title nor gender tells."""
    fits = [e for e in known.bearers(mention.name[-1]) if not clash(e.gender, mention.gender)]
    fits = _bearers(fits) or fits
    if len(fits) > 1 and mention.roles:
        fits = [e for e in fits if e.heads & set(mention.roles)] or fits
    if len(fits) > 1 and known.roles.is_source(mention):  # who speaks, where the other is only spoken of in all of the text
        fits = [e for e in fits if any(bare(n) in known.speaking for n in e.names)] or fits
    return fits[0] if len(fits) == 1 else None


def _same_body(known: Discourse, mention: Mention, name: tuple[str, ...]) -> Entity | None:
    """An organisation by its initials, or by the end or the head of its name."""
    keys = (name[0], name[-1], initials(name), INITIAL_SIGNS.sub("", name[0]).upper(), initials(name).title())
    for words in dict.fromkeys(words for key in keys for words in known.alike.get(key, [])[-BACK:]):
        entity = known.words[words]
        if entity.kind == "person" or (len(words) == 1 and len(name) == 1):
            continue
        long, short = (words, name) if len(words) > len(name) else (name, words)
        if len(short) == 1 and short[0] in STATION:
            continue  # "News of the call" is not the Brome News
        if len(short) == 1 and len(short[0]) > 1 and INITIAL_SIGNS.sub("", short[0]).upper() == initials(long).upper():
            return entity
        ends_alike = long[-len(short) :] == short and (len(short) > 1 or short[0] in ORG_WORDS)
        firm = long[: len(short)] == short and all(w.rstrip(".") in FIRM for w in long[len(short) :])  # "Acme" of "Acme Holdings plc", never "Chicago" of "Chicago Teachers Union"
        if (ends_alike and any(w in ORG_WORDS for w in long)) or firm:
            return entity
        if entity.kind == "outlet" and (mention.kind in ("outlet", None) or name[-1] in STATION) and (long[-len(short) :] == short or (long[: len(short)] == short and all(w in STATION for w in long[len(short) :]))):
            return entity
    return None


def answering(known: Discourse, mention: Mention) -> Entity | None:
    """Who answers in an interview ("A:"): the one who has, or the only person named before it, or before it named as asked."""
    if mention.head != ANSWER:
        return None
    asked = [e for e in known.entities[:LEAD] if e.named and not e.many and e.kind in ("person", None) and any(len(n) > 1 for n in e.names) and not e.mentions[0].quoted]
    if len(asked) > 1:
        asked = [e for e in asked if any(ASKED.search(known.text, max(0, m.start - NEAR), m.start) or ASKED.match(known.text, m.end) for m in e.mentions)]
    return next(iter(known.described(ANSWER)), None) or (asked[0] if len(asked) == 1 else None)


def same_head(known: Discourse, mention: Mention) -> Entity | None:
    """Whom a description means: who was described so, or the last one who can be called so."""
    text = known.text
    aged = AGED.search(text, mention.start, mention.end)
    if aged and mention.definite:
        return _aged(known, mention, aged[1])
    if TWO.fullmatch(text, mention.start, mention.end):
        return _two(known, mention)
    alike = [e for e in known.described(mention.head) if e.many == mention.many and not clash(e.gender, mention.gender) and not known.apart(mention, e)]
    if not mention.definite:  # "a treasurer" may be the one of the headline, else is somebody new
        return next((e for e in alike if e.mentions[-1].start < known.title), None) if mention.start > known.title and not mention.many else None
    first = text[mention.start : mention.end].split(maxsplit=1)[:1]
    low = first[0].lower() if first else ""
    own = set(mention.modifiers)
    apposed = NAME_FOLLOWS.match(text, mention.end) is not None  # the name that follows says who it is
    fits = [e for e in alike if not (apposed and (e.named or e.hidden is not None))]
    fits = [e for e in fits if e.modifiers & OTHER] if own & OTHER else [e for e in fits if not own or not e.modifiers or own & e.modifiers or own <= e.modifiers or _says(e, own)]  # "the second source" is not the first, but may be "another source"
    fits = fits if own & TO_COME else [e for e in fits if e.modifiers.isdisjoint(TO_COME)]
    if known.roles.is_source(mention):  # who has spoken, not the second engineer of whom the first one spoke
        fits = [e for e in fits if e.spoke] or fits
    of_another = low in POINTING or "'" in low or "’" in low or COMPLEMENT.match(text, mention.end) is not None
    if fits and not (of_another and mention.head in MANY_HOLD):
        return max(fits, key=lambda e: e.mentions[-1].start)
    # "the ministry" of "the Defence Ministry"
    for named, entity in islice(reversed(known.words.items()), 0 if own or mention.kind == "person" else BACK):
        if entity.kind in ("organisation", "outlet", None) and any(w.lower() == mention.head for w in named):
            return entity
    if of_another or apposed or mention.many or mention.quoted or low not in ("the", "this", "that"):
        return None
    return _epithet(known, mention)


def _epithet(known: Discourse, mention: Mention) -> Entity | None:
    """The one who can be called "the company", "the document", "the person" or "the singer", where no other one of the last sentences can."""
    groups = sections("nouns.txt")
    if mention.head == "document" and not mention.modifiers:
        return known.last(lambda e: e.kind == "document" and e.spoke)
    if mention.head in NAMELESS and (mention.head == "person" or known.roles.is_source(mention)):
        last = known.spoke_last()
        if last is not None and not last.named and not last.many and last.kind == "person" and not clash(last.gender, mention.gender):
            return last
        if mention.head == "person":
            return None
    speaker = known.speaker(mention)
    if mention.head in groups["generic"] and mention.head != "party" and not mention.modifiers:
        leave = speaker if mention.quoted else None
        if mention.head in groups["outlet"] - {"weekly"} or mention.head == "agency":
            named = known.last(lambda e: e is not leave and e.named and e.kind == "outlet" and not e.heads & groups["generic"])
            if named is not None or mention.head in groups["outlet"]:
                return named or known.last(lambda e: e is not leave and e.named and _publishes(e) and not e.heads & groups["generic"])
        return _only(known, mention, lambda e: e is not leave and e.kind == "organisation" and e.named and not _is_place(e) and not _tells_which(known.text, e))
    if mention.head in groups["epithet"] and ends_phrase(known.text, mention):
        return _only(known, mention, lambda e: e is not speaker and e.kind == "person" and e.named and not e.many and not clash(e.gender, mention.gender))
    return None


def _two(known: Discourse, mention: Mention) -> Entity | None:
    """Who are "the two"? The pair that spoke last, or that the sentence before names."""
    near = [known.of[m] for back in range(2) for m in reversed(known.sentences.get(mention.sentence - back, [])[-BACK:]) if not m.quoted]
    return next((e for e in (known.spoke_last(), *near) if e is not None and e.many and any(len(_parts(name)) == 2 for name in e.names)), None)


def _aged(known: Discourse, mention: Mention, age: str) -> Entity | None:
    """Who is "the 25-year-old": the one whose age the text has given so, or else the only person named in the last sentences."""
    ages: dict[Entity, set[str]] = {}
    for m in islice(reversed(known.placed), BACK):
        entity = known.of[m]
        if entity.kind in ("person", None) and entity.named and not entity.many and not clash(entity.gender, mention.gender):
            found = AGE.match(known.text, m.end) or AGED.search(known.text, m.start, m.end) or AGED_BEFORE.search(known.text, max(0, m.start - NEAR), m.start)
            ages.setdefault(entity, set()).update({found[1]} if found else ())
    told = [e for e, given in ages.items() if age in given]
    if told:
        return told[0] if len(told) == 1 else None
    for back in range(REACH + 1):
        there = {known.of[m] for m in known.sentences.get(mention.sentence - back, [])[-BACK:] if not m.quoted}
        near = [e for e in there if e in ages and not ages[e] and (e.kind == "person" or any(len(name) > 1 for name in e.names))]
        if near:
            return near[0] if len(near) == 1 else None
    return None


def _only(known: Discourse, mention: Mention, fits: Callable[[Entity], bool]) -> Entity | None:
    """The one that fits among those of the last sentences, where there is only one."""
    near = {known.of[m]: None for back in range(REACH + 1) for m in known.sentences.get(mention.sentence - back, [])[-BACK:] if not m.quoted and fits(known.of[m])}
    if len(near) > 1 and known.roles.is_source(mention):
        near = {e: None for e in near if e.spoke}
    return next(iter(near)) if len(near) == 1 else None


def _is_place(entity: Entity) -> bool:
    return any(len(name) == 1 and name[0] in places() for name in entity.names)


def _tells_which(text: str, entity: Entity) -> bool:
    """Whether a name has only told which so far: "the Marrow Sound ferries" are run by somebody else."""
    return not entity.spoke and all(m.form == "name" and attributive(text, m) for m in entity.mentions[:3])


def _publishes(entity: Entity) -> bool:
    """Whether an entity is an outlet, or a body that has spoken and whose name says nothing of it: "the Inkwell"."""
    return entity.kind == "outlet" or (entity.kind == "organisation" and entity.spoke and all(name_kind(name) is None for name in entity.names))


def _says(entity: Entity, modifiers: set[str]) -> bool:
    return any(modifiers & {w.lower() for w in n} for n in entity.names)
