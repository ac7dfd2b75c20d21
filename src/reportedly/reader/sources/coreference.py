"""Which mentions are one and the same? A sieve: the surest rule first, each later rule sees what the earlier ones joined.

After Lee et al. 2013 (Stanford's deterministic coreference) without its parser: names by their words,
appositions, descriptions by their head noun, then pronouns by number, gender and nearness, the leftmost
of a sentence first (Hobbs 1978). A wrong join is worse than a missed one: where two people share a
surname, it alone joins neither, and an entity without a name is never joined with a named one unless the
text puts the name and the description side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from reportedly.reader.sources.mentions import DEFINITE, ORG_WORDS
from reportedly.reader.sources.pronouns import Candidate, choose
from reportedly.reader.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportedly.reader.sources.mentions import Gender, Mention
    from reportedly.values import Kind

IDENTIFIED = re.compile(r",? (?:(?:who (?:was|is|has been) )?(?:only )?(?:identified|described|known|named|introduced|referred to)(?: \w+){0,2}? (?:by|in) [^,.;]{2,40}? (?:only )?as|(?:who (?:was|is) )?(?:identified|described|known)(?: only)? as) $")
FIRST_SINGULAR = frozenset(("i", "me", "my", "mine", "myself"))
FIRST_PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
LEAD = 40  # entities among which those of the first sentences are looked for
REACH = 4  # sentences back in which a pronoun looks
FAR = 20  # sentences back at most, however many of them are quotations
BACK = 400  # mentions back at which "the company" looks
FIRM = frozenset(("Inc", "Ltd", "Corp", "Corporation", "Co", "Company", "PLC", "plc", "LLC", "GmbH", "Group", "Holdings", "Industries", "International", "Airlines", "Airways", "Homes", "Foods", "Motors", "Energy"))
COMPLEMENT = re.compile(r" (?:of|for|at|in|from|with|to) [^,.;:\n]{2,70}, ")
# Nouns of which one text has many: "the spokesman" is the last one mentioned, not the only one.
STATION = frozenset(("News", "Radio", "TV", "Television", "Online"))  # "WXYZ News" is WXYZ
OTHER = frozenset(("another", "different", "further", "latter", "new", "other", "second", "separate", "third"))
NAMELESS = frozenset(("source", "insider", "person", "individual", "somebody", "someone"))  # of whom news says "they"
MANY_HOLD = frozenset(
    ("spokesman", "spokeswoman", "spokesperson", "lawyer", "attorney", "solicitor", "official", "aide", "source", "expert", "analyst", "critic", "resident", "neighbour", "neighbor", "friend", "colleague")
)


@dataclass(slots=True, eq=False)
class Entity:
    """Mentions that are one."""

    mentions: list[Mention] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    gender: Gender | None = None
    many: bool = False
    kind: Kind | None = None
    spoke: bool = False  # has been the source of an attribution

    def add(self, mention: Mention) -> None:
        """Take a mention in, with what it says."""
        self.mentions.append(mention)
        if mention.form == "name":
            self.names.append(mention.name)
            self.heads.update(mention.roles)
        elif mention.form == "description":
            self.heads.add(mention.head)
            self.modifiers.update(mention.modifiers)
        if mention.gender != "neuter":
            self.gender = self.gender or mention.gender
        if mention.form != "pronoun" or self.kind is None:
            self.kind = self.kind or mention.kind
        if mention.form != "pronoun":
            self.many = self.many or mention.many

    @property
    def named(self) -> bool:
        """Whether any mention is a name."""
        return bool(self.names)


class Sieve:
    """Entities of one text, grown mention by mention in the order of the text."""

    def __init__(self, text: str, mentions: Sequence[Mention], is_source: Callable[[Mention], bool], withheld: Callable[[Mention], bool], source_of: Callable[[Mention], Mention | None]) -> None:
        """Work out `mentions`, which are in the order of the text.

        `is_source`: whether a mention is the source of an attribution; `withheld`: whether the text withholds its name;
        `source_of`: the source of the innermost content in which a mention stands.
        """
        self.text = text
        self.entities: list[Entity] = []
        self.of: dict[Mention, Entity] = {}
        self._is_source, self._withheld, self._source_of = is_source, withheld, source_of
        self._surnames: dict[str, list[Entity]] = {}
        self._words: dict[tuple[str, ...], Entity] = {}
        self._heads: dict[str, list[Entity]] = {}
        self._sentences: dict[int, list[Mention]] = {}
        self._placed: list[Mention] = []
        self._alike: dict[str, list[tuple[str, ...]]] = {}  # names by first and last word and by initials
        self._hidden: set[int] = set()
        self._title = text.find("\n")  # what stands before may be a headline
        later: list[Mention] = []
        self._speaking = {_bare(m.name) for m in mentions if m.form == "name" and len(m.name) > 1 and is_source(m)}
        self._ending: dict[int, Mention] = {}
        for mention in mentions:
            if mention.form == "pronoun" and (mention.quoted or mention.head in FIRST_SINGULAR | FIRST_PLURAL):
                later.append(mention)
                continue
            self._place(mention)
            if mention.end not in self._ending:  # of those that end together the longest
                self._ending[mention.end] = mention

        for mention in later:
            self._speak(mention)

    def speaker(self, mention: Mention) -> Entity | None:
        """Who says the words in which a mention stands, as far as is known by now."""
        source = self._source_of(mention)
        return self.of.get(source) if source is not None else None

    def _speak(self, mention: Mention) -> None:
        """Give a pronoun in a quotation to the one who speaks there, or to the one of whom it is spoken."""
        speaker = self.speaker(mention)
        if mention.head in FIRST_SINGULAR:
            if speaker is not None and mention.quoted and not speaker.many and speaker.kind in ("person", None):
                self._join(mention, speaker)
        elif mention.head in FIRST_PLURAL:
            if speaker is not None and mention.quoted and (speaker.many or speaker.kind in ("organisation", "group", "outlet")):
                self._join(mention, speaker)
        else:
            found = self._antecedent(mention, leave=speaker)
            if found:
                self._join(mention, found)

    def _place(self, mention: Mention) -> None:
        entity = self._apposition(mention)
        if entity is None and mention.form == "name":
            entity = self._delayed(mention)
        if entity is None and mention.form == "name":
            entity = self._same_name(mention)
        elif entity is None and mention.form == "description":
            entity = self._same_head(mention)
        elif entity is None:
            entity = self._antecedent(mention)
            if entity is None and not self._is_source(mention):
                return
        self._join(mention, entity or self._new())

    def _new(self) -> Entity:
        entity = Entity()
        self.entities.append(entity)
        return entity

    def _join(self, mention: Mention, entity: Entity) -> None:
        self.of[mention] = entity
        if mention.head not in RELATIVE or self._is_source(mention):
            entity.add(mention)
        entity.spoke = entity.spoke or self._is_source(mention)
        if mention.form != "pronoun" and self._withheld(mention):
            self._hidden.add(id(entity))
        self._placed.append(mention)
        self._sentences.setdefault(mention.sentence, []).append(mention)
        if mention.form == "name":
            words = _bare(mention.name)
            if self._words.setdefault(words, entity) is entity:
                for key in {words[0], words[-1], _initials(words)}:
                    self._alike.setdefault(key, []).append(words)
            if entity not in (known := self._surnames.setdefault(mention.name[-1], [])) and entity.kind in ("person", None):
                known.append(entity)
        for head in entity.heads:
            if entity not in (known := self._heads.setdefault(head, [])):
                known.append(entity)

    def _apposition(self, mention: Mention) -> Entity | None:
        """A description beside a name is that name's: "Ann Lee, the mayor", "the mayor, Ann Lee", "the mayor Ann Lee", "identified as a mayor"."""
        start = mention.start - 4 if mention.roles and self.text[max(0, mention.start - 4) : mention.start] == "the " else mention.start  # ", the Rev Ana Holt"
        head = self.text[max(0, start - 2) : start]
        before = self._ending.get(start - 2) if head in (", ", " (") else self._ending.get(start - 1) if head[-1:] == " " else None
        if mention.form == "name" and head == ", ":
            before = self._described(mention, start) or before
        if before is None and mention.form == "description":
            return self._identified(mention)
        if before is None or before not in self.of or mention.form in (before.form, "pronoun") or before.form == "pronoun":
            return self.of.get(before) if before is not None and mention.head in RELATIVE | REFLEXIVE else None
        entity = self.of[before]
        kinds = {entity.kind, mention.kind} - {None}
        if kinds == {"organisation", "outlet"}:
            kinds = {"outlet"}
        if before.many != mention.many or before.quoted != mention.quoted or len(kinds) > 1 or _clash(entity.gender, mention.gender):
            return None
        named = mention if mention.form == "name" else before
        if "organisation" in kinds and named.kind is None and len(named.name) > 1:
            return None  # "the council, Imran Doyle" are two
        rest = self.text[mention.end : mention.end + 7]
        if mention.form == "name":
            known = self._words.get(_bare(mention.name))
            if known is not None and known is not entity and entity.mentions == [before] and (head != ", " or rest[:1] in (",", ".", ";", ")", "")) and not _clash(known.gender, entity.gender) and known.kind != "organisation" and self.entities[-1] is entity:
                self._give(before, entity, known)  # "the mayor, Ana Ruiz," of whom the text has spoken
                return known
            if entity.named or known not in (None, entity):
                return None
            return entity if known is None and (head != ", " or rest[:1] in (",", ".", ";", ")", "") or self._is_source(before)) else None
        if head == ", " and (rest[:1] in (",", ".", ";", ")", "") or re.match(r" (?:of|for|at|in|from|who|with|on|and)\b", rest)) and not self._listed(before):
            return entity
        return None

    def _give(self, mention: Mention, entity: Entity, other: Entity) -> None:
        """Hand the only mention of the newest entity to another, which it turns out to be."""
        self.entities.pop()
        for head in entity.heads:
            self._heads[head].remove(entity)
        self._hidden.discard(id(entity))
        self._join(mention, other)
        self._placed.pop()
        self._sentences[mention.sentence].pop()

    def _described(self, mention: Mention, start: int) -> Mention | None:
        """The description whose complement a comma parts from a name, as in "a spokesman for the yard, Peter Low"."""
        if mention.kind in ("organisation", "outlet"):
            return None
        for known in reversed(self._sentences.get(mention.sentence, [])):
            if known.form == "description" and known.kind == "person" and not known.many and COMPLEMENT.fullmatch(self.text, known.end, start):
                return known
        return None

    def _identified(self, mention: Mention) -> Entity | None:
        """One, since the text says so: "an individual identified by Radio One as a junior officer"."""
        lead = IDENTIFIED.search(self.text[max(0, mention.start - 90) : mention.start])
        if not lead:
            return None
        at = mention.start - len(lead.group())
        before = self._ending.get(at) or self._ending.get(at - 1)
        return self.of.get(before) if before is not None and before.many == mention.many else None

    def _delayed(self, mention: Mention) -> Entity | None:
        """News often names in its second paragraph whom its first describes: "said Dana Pruitt, 58" when one unnamed person has spoken so far."""
        if len(mention.name) < 2 or mention.roles or not self._is_source(mention) or not re.match(r",? (?:aged )?\(?\d\d\b", self.text[mention.end : mention.end + 10]) or _bare(mention.name) in self._words:
            return None
        lead = [e for e in self.entities[:LEAD] if e.spoke and e.kind == "person" and not e.many and not e.named and e.mentions[0].sentence <= 2]
        lead = [e for e in lead if re.match(r"an? |[^\Wa-z]", self.text[e.mentions[0].start :], re.IGNORECASE if e.mentions[0].start >= self._title else 0) and not e.mentions[0].definite]
        if len(lead) == 1 and id(lead[0]) not in self._hidden and not _clash(lead[0].gender, mention.gender):
            return lead[0]
        return None

    def _listed(self, before: Mention) -> bool:
        """Whether a comma behind a mention goes on with a list: "the council, the police and residents"."""
        return re.match(r", [^,.;]{2,40}(?:, [^,.;]{2,40})* and ", self.text[before.end : before.end + 120]) is not None and before.form == "description"

    def _same_name(self, mention: Mention) -> Entity | None:
        name = _bare(mention.name)
        if name in self._words:
            entity = self._words[name]
            if len(name) == 1 and len(self._holders(mention)) > 1:
                return self._choose(mention)
            return entity
        if len(name) == 1:
            chosen = self._choose(mention)
            if chosen:
                return chosen
            if mention.kind in (None, "person"):  # a first name alone, when only one bears it
                firsts = {id(e): e for words in self._alike.get(name[0], ()) if words[0] == name[0] and len(words) > 1 and (e := self._words[words]).kind == "person"}
                if len(firsts) == 1:
                    return next(iter(firsts.values()))
        elif mention.kind == "person" or name[-1] in self._surnames:
            longer = [e for e in self._surnames.get(name[-1], []) if any(len(n) > len(name) and n[-len(name) :] == name for n in e.names)]
            fits = longer or [e for e in self._surnames.get(name[-1], []) if all(len(n) == 1 or _bare(n)[0] == name[0] for n in e.names) and e.kind != "organisation"]
            if len(fits) == 1 and not _clash(fits[0].gender, mention.gender):
                return fits[0]
        if mention.kind in ("organisation", "outlet", None):
            body = self._same_body(mention, name)
            if body is not None:
                return body
        return self._headlined(mention, name) if len(name) > 1 and mention.kind in ("person", None) else None

    def _headlined(self, mention: Mention, name: tuple[str, ...]) -> Entity | None:
        """The one of whom the headline has a first name or a bare role, when the text first names somebody who fits and only one does."""
        if self._title < 0 or mention.start < self._title:
            return None
        fits = []
        for entity in self.entities[:LEAD]:
            if entity.many or _clash(entity.gender, mention.gender) or any(m.start > self._title for m in entity.mentions):
                continue
            if any(n == name[:1] for n in entity.names) or (not entity.named and entity.heads & set(mention.roles)):
                fits.append(entity)
        return fits[0] if len(fits) == 1 else None

    def _holders(self, mention: Mention) -> list[Entity]:
        return [e for e in self._surnames.get(mention.name[-1], []) if any(len(n) > 1 for n in e.names)]

    def _choose(self, mention: Mention) -> Entity | None:
        """Whose surname is it? Nobody's when two people bear it and neither title nor gender tells."""
        fits = [e for e in self._surnames.get(mention.name[-1], []) if not _clash(e.gender, mention.gender)]
        bearers = [e for e in fits if any(len(n) > 1 for n in e.names)]
        fits = bearers or fits
        if len(fits) > 1 and mention.roles:
            fits = [e for e in fits if e.heads & set(mention.roles)] or fits
        if len(fits) > 1 and self._is_source(mention):  # who speaks, where the other is only spoken of in all of the text
            fits = [e for e in fits if any(_bare(n) in self._speaking for n in e.names)] or fits
        return fits[0] if len(fits) == 1 else None

    def _same_body(self, mention: Mention, name: tuple[str, ...]) -> Entity | None:
        """An organisation by its initials, or by the end or the head of its name."""
        keys = (name[0], name[-1], _initials(name), name[0].replace(".", ""))
        for words in dict.fromkeys(words for key in keys for words in self._alike.get(key, ())):
            entity = self._words[words]
            if entity.kind == "person" or (len(words) == 1 and len(name) == 1):
                continue
            long, short = (words, name) if len(words) > len(name) else (name, words)
            if len(short) == 1 and len(short[0]) > 1 and short[0].replace(".", "") == _initials(long):
                return entity
            ends_alike = long[-len(short) :] == short and (len(short) > 1 or short[0] in ORG_WORDS)
            firm = long[: len(short)] == short and all(w.rstrip(".") in FIRM for w in long[len(short) :])  # "Acme" of "Acme Holdings plc", never "Chicago" of "Chicago Teachers Union"
            if (ends_alike and any(w in ORG_WORDS for w in long)) or firm:
                return entity
            if entity.kind == "outlet" and mention.kind in ("outlet", None) and (long[-len(short) :] == short or (long[: len(short)] == short and all(w in STATION for w in long[len(short) :]))):
                return entity
        return None

    def _same_head(self, mention: Mention) -> Entity | None:
        words = self.text[mention.start : mention.end].split()
        low = words[0].lower() if words else ""
        known = [e for e in self._heads.get(mention.head, []) if e.many == mention.many and not _clash(e.gender, mention.gender)]
        if not mention.definite:  # "a treasurer" may be the one of the headline, else is somebody new
            return next((e for e in known if e.mentions[-1].start < self._title), None) if mention.start > self._title and not mention.many else None
        apposed = re.match(r",? [A-Z]", self.text[mention.end : mention.end + 3]) is not None  # the name that follows says who it is
        known = [e for e in self._heads.get(mention.head, []) if e.many == mention.many and not _clash(e.gender, mention.gender) and not (apposed and e.named)]
        own = set(mention.modifiers)
        fits = [e for e in known if not own or not e.modifiers or own & e.modifiers or own <= e.modifiers or self._says(e, own)]
        if own & OTHER:  # "the second source" is not the first, but may be "another source"
            fits = [e for e in known if e.modifiers & OTHER]
        complement = re.match(r" (?:of|for|at|in|from|to|with|representing)\b", self.text[mention.end : mention.end + 14]) is not None
        possessor = low in DEFINITE - {"the", "this", "that", "these", "those", "both"} or "'" in words[0] or "’" in words[0]
        if fits and not ((complement or possessor) and mention.head in MANY_HOLD):
            return max(fits, key=lambda e: e.mentions[-1].start)
        # "the ministry" of "the Defence Ministry"
        for named, entity in islice(reversed(self._words.items()), 0 if own else BACK):
            if any(w.lower() == mention.head for w in named) and entity.kind in ("organisation", "outlet", None):
                return entity
        groups = sections("nouns.txt")
        if complement or possessor or apposed or mention.many or mention.quoted or (words and words[0].lower() not in ("the", "this", "that")):
            return None
        if mention.head == "document" and not own:
            return self._last(lambda e: e.kind == "document" and e.spoke)
        speaker = self.speaker(mention)
        if mention.head in groups["generic"] and not own:
            kinds = ("outlet",) if mention.head in groups["outlet"] - {"weekly"} else ("organisation",)
            return self._last(lambda e: (e is not speaker or not mention.quoted) and e.kind in kinds and e.named and not e.heads & groups["generic"])
        if mention.head in groups["epithet"] or mention.head == "person":
            return self._last(lambda e: e is not speaker and e.kind == "person" and e.named and not e.many and not _clash(e.gender, mention.gender) and mention.sentence - e.mentions[-1].sentence <= REACH)
        return None

    def _says(self, entity: Entity, modifiers: set[str]) -> bool:
        return any(modifiers & {w.lower() for w in n} for n in entity.names)

    def _last(self, fits: Callable[[Entity], bool]) -> Entity | None:
        """The entity mentioned last outside quotation marks that fits."""
        near = (self.of[m] for m in islice(reversed(self._placed), BACK) if not m.quoted)
        return next((e for e in near if fits(e)), None)

    def _antecedent(self, mention: Mention, leave: Entity | None = None) -> Entity | None:
        """Whom or what a pronoun of the third person stands for; `leave` is the speaker in whose quotation it stands."""
        if mention.head in RELATIVE | REFLEXIVE or (mention.gender == "neuter" and mention.quoted):
            return None  # "it" in speech is mostly nobody
        if mention.gender in ("masculine", "feminine"):
            return choose(self.text, mention, self._candidates(mention, leave), source=self._is_source(mention))
        return self._leftmost(mention, leave)

    def _visible(self, m: Mention, mention: Mention, leave: Entity | None) -> bool:
        """Whether a pronoun can look back at another mention: never out of the page's words into speech, nor into another's speech."""
        if self.of[m] is leave or m.start >= mention.start or (m.quoted and not mention.quoted):
            return False
        return not m.quoted or self.speaker(m) is leave

    def _candidates(self, mention: Mention, leave: Entity | None) -> list[Candidate]:
        """The people of the sentences before a pronoun, and those who may be people."""
        out: dict[int, Candidate] = {}
        speaker = None if mention.quoted else self.speaker(mention)
        around = self._source_of(mention)

        def said(m: Mention) -> bool:
            return self._is_source(m) and self._source_of(m) is around  # not a voice within what another says

        last: Entity | None = None
        back = 0
        for number in range(mention.sentence, max(-1, mention.sentence - FAR), -1):
            seen = sorted((m for m in self._sentences.get(number, []) if self._visible(m, mention, leave)), key=lambda m: m.start)
            last = last or next((self.of[m] for m in reversed(seen) if said(m)), None)
            there = [m for m in seen if self._one(self.of[m], mention)]
            for m in reversed(there):
                entity = self.of[m]
                if id(entity) not in out:
                    out[id(entity)] = Candidate(entity, m, back, entity is self.of[there[0]], not out, entity is speaker, said(m), entity is last)
            back += bool(seen) or number == mention.sentence
            if back > REACH:
                break
        return list(out.values())

    @staticmethod
    def _one(entity: Entity, mention: Mention) -> bool:
        """Whether an entity can be one person of a pronoun's gender."""
        if entity.many or entity.kind not in ("person", None) or _clash(entity.gender, mention.gender):
            return False
        return entity.kind == "person" or entity.gender is not None or entity.named

    def _leftmost(self, mention: Mention, leave: Entity | None) -> Entity | None:
        """The nearest sentence's leftmost mention that "it" or "they" can stand for, sources before others."""
        source = self._is_source(mention)
        if mention.many and source and not mention.quoted:
            last = next((m for m in islice(reversed(self._placed), BACK) if self._is_source(m) and not m.quoted and self._source_of(m) is None), None)
            if last is not None and mention.sentence - last.sentence <= 1 + REACH * (last.sentence < mention.sentence and "\n" not in self.text[last.end : mention.start]) and self.of[last].heads & NAMELESS and not self.of[last].named and not self.of[last].many:
                return self.of[last]  # "A source close to the family said no. They added"

        def fits(m: Mention) -> bool:
            entity = self.of[m]
            if not self._visible(m, mention, leave) or (mention.gender == "neuter" and not source and mention.head != "its"):
                return False
            if mention.many:
                if not source and (mention.quoted or not entity.spoke):
                    return False
                return (entity.many or entity.kind == "group" or (entity.kind in ("organisation", "outlet") and entity.spoke)) and (source or entity.kind != "document")
            return not entity.many and (entity.kind in ("organisation", "outlet") or (entity.kind == "document" and source) or (entity.kind is None and entity.named and entity.spoke))

        for back in range((REACH if source else 1 if mention.many else 0) + 1):
            there = [m for m in self._sentences.get(mention.sentence - back, []) if fits(m)]
            if there:
                spoke = [m for m in there if self._is_source(m)]
                if not source and len({id(self.of[m]) for m in there}) > 1:
                    return None
                return self.of[min(spoke or there, key=lambda m: m.start)]
        return None


def _bare(name: tuple[str, ...]) -> tuple[str, ...]:
    return name[1:] if len(name) > 1 and name[0] in ("The", "the") else name


def _initials(name: tuple[str, ...]) -> str:
    return "".join(w[0] for w in name if w[0].isupper())


def _clash(a: Gender | None, b: Gender | None) -> bool:
    return a is not None and b is not None and a != b
