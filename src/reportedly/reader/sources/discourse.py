"""What has been said so far? The entities of a text while it is read, with the indices by which they are found again."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from reportedly.reader.sources.mention import RELATIVE
from reportedly.reader.sources.withheld import tells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportedly.reader.sources.mention import Gender, Mention
    from reportedly.values import Kind

BACK = 400  # mentions back at which "the company" looks, and entities of one noun that are looked through: a text of thousands takes no longer for each


@dataclass(slots=True, eq=False)
class Entity:
    """Mentions that are one."""

    mentions: list[Mention] = field(default_factory=list)
    names: list[tuple[str, ...]] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    gender: Gender | None = None
    marked: Gender | None = None  # the gender that its names and descriptions tell, and no pronoun
    many: bool = False
    kind: Kind | None = None
    spoke: bool = False  # has been the source of an attribution
    told: bool = False  # has a name that says who it is
    hidden: int | None = None  # the last sentence in which the text withholds its name

    def add(self, mention: Mention) -> None:
        """Take a mention in, with what it says."""
        self.mentions.append(mention)
        if mention.form == "name":
            self.names.append(mention.name)
            self.told = self.told or tells(mention)
            self.heads.update(mention.roles)
            self.modifiers.update(mention.modifiers)
        elif mention.form == "description":
            self.heads.add(mention.head)
            self.modifiers.update(mention.modifiers)
        if mention.gender != "neuter" and mention.form != "pronoun":
            self.marked = self.marked or mention.gender
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


@dataclass(frozen=True)
class Roles:
    """What the attributions say of mentions: whether one is a source, and the source of the innermost content around one."""

    is_source: Callable[[Mention], bool]
    source_of: Callable[[Mention], Mention | None]
    quoted_by: Callable[[Mention], Mention | None]  # the source of the innermost quotation around one
    withheld: Callable[[Mention], bool]  # whether the text withholds the name of a mention


class Discourse:
    """Entities of one text, in the order of the text."""

    def __init__(self, text: str, mentions: Iterable[Mention], roles: Roles) -> None:
        self.text = text
        self.roles = roles
        self.title = text.find("\n")  # what stands before may be a headline
        self.entities: list[Entity] = []
        self.writers: dict[bool, Entity] = {}  # who says "I" in the page's own words, and who "we"
        self.of: dict[Mention, Entity] = {}
        self.placed: list[Mention] = []
        self.sentences: dict[int, list[Mention]] = {}
        self.ending: dict[int, Mention] = {}  # by where they end; of those that end together the longest
        self.words: dict[tuple[str, ...], Entity] = {}
        self.alike: dict[str, list[tuple[str, ...]]] = {}  # names by first and last word and by initials
        self._surnames: dict[str, dict[Entity, None]] = {}  # ordered sets
        self.heads: dict[str, dict[Entity, None]] = {}  # ordered sets
        self.spoken_of: dict[Mention, set[tuple[str, ...]]] = {}  # names in what a pronoun is said to say: "he said Lee had left" is not Lee
        for m in mentions:
            source = roles.source_of(m) if m.form == "name" and not m.quoted else None
            if source is not None and source.form == "pronoun" and source.start < m.start:
                self.spoken_of.setdefault(source, set()).add(bare(m.name))
        self.speaking = {bare(m.name) for m in mentions if m.form == "name" and len(m.name) > 1 and roles.is_source(m)}

    def speaker(self, mention: Mention) -> Entity | None:
        """Who says the words in which a mention stands, as far as is known by now."""
        source = self.roles.source_of(mention)
        return self.of.get(source) if source is not None else None

    def quoter(self, mention: Mention) -> Entity | None:
        """Who speaks the quotation in which a mention stands, as far as is known by now."""
        source = self.roles.quoted_by(mention)
        return self.of.get(source) if source is not None else None

    def new(self) -> Entity:
        """A new entity."""
        entity = Entity()
        self.entities.append(entity)
        return entity

    def apart(self, mention: Mention, entity: Entity) -> bool:
        """Whether one of the two has a name and the other one that is withheld, which are never one.

        Part of a name may stand beside what withholds the rest of it: "a nurse, Maria, who asked not to be named".
        """
        withheld = self.roles.withheld(mention)
        if withheld == (entity.hidden is not None):
            return False
        if withheld:
            return entity.named and (entity.told or entity.mentions[-1].sentence != mention.sentence)
        return mention.form == "name" and (tells(mention) or (mention.name not in entity.names and mention.sentence != entity.hidden))

    def join(self, mention: Mention, entity: Entity) -> None:
        """Give a mention to an entity; to a new one where the two are apart."""
        source = self.roles.is_source(mention)
        if self.apart(mention, entity):
            if mention.form == "pronoun" and not source:
                return
            entity = self.new()
        if self.roles.withheld(mention):
            entity.hidden = mention.sentence
        self.of[mention] = entity
        if mention.head not in RELATIVE or source:
            entity.add(mention)
        entity.spoke = entity.spoke or source
        self.placed.append(mention)
        self.sentences.setdefault(mention.sentence, []).append(mention)
        if mention.form == "name":
            words = bare(mention.name)
            if self.words.setdefault(words, entity) is entity:
                for key in {words[0], words[-1], initials(words)}:
                    self.alike.setdefault(key, []).append(words)
            if entity.kind in ("person", None):
                self._surnames.setdefault(mention.name[-1], {}).setdefault(entity)
        if mention.form != "pronoun":
            for head in entity.heads:
                self.heads.setdefault(head, {}).setdefault(entity)

    def describe(self, mention: Mention, entity: Entity) -> None:
        """Note what a text says of an entity in words that are no mention of it: "Ann Lee is the mayor"."""
        if self.apart(mention, entity):
            self.join(mention, self.new())
            return
        if self.roles.withheld(mention):
            entity.hidden = mention.sentence
        self.of[mention] = entity
        entity.heads.add(mention.head)
        entity.modifiers.update(mention.modifiers)
        entity.kind = entity.kind or mention.kind
        entity.gender = entity.gender or mention.gender
        self.heads.setdefault(mention.head, {}).setdefault(entity)

    def give(self, mention: Mention, entity: Entity, other: Entity) -> None:
        """Hand the only mention of the newest entity to another, which it turns out to be."""
        self.entities.pop()
        for head in entity.heads:
            del self.heads[head][entity]
        self.join(mention, other)
        self.placed.pop()
        self.sentences[mention.sentence].pop()

    def described(self, head: str) -> list[Entity]:
        """The latest entities that were called by a noun, in the order in which they first were."""
        return _latest(self.heads.get(head, {}))

    def bearers(self, surname: str) -> list[Entity]:
        """The latest people whose name ends in a word, in the order in which they first bore it."""
        return _latest(self._surnames.get(surname, {}))

    def spoke_last(self) -> Entity | None:
        """Who was the last source outside quotation marks and outside what others say."""
        near = (m for m in islice(reversed(self.placed), BACK) if not m.quoted)
        return next((self.of[m] for m in near if self.roles.is_source(m) and self.roles.source_of(m) is None), None)

    def last(self, fits: Callable[[Entity], bool]) -> Entity | None:
        """The entity mentioned last outside quotation marks that fits."""
        near = (self.of[m] for m in islice(reversed(self.placed), BACK) if not m.quoted)
        return next((e for e in near if fits(e)), None)


def _latest(entities: dict[Entity, None]) -> list[Entity]:
    return [*islice(reversed(entities), BACK)][::-1]


def bare(name: tuple[str, ...]) -> tuple[str, ...]:
    """A name without its article."""
    return name[1:] if len(name) > 1 and name[0] in ("The", "the") else name


def initials(name: tuple[str, ...]) -> str:
    """The first letters of a name's capital words."""
    return "".join(part[0] for w in name for part in w.split("-") if part[:1].isupper())


def clash(a: Gender | None, b: Gender | None) -> bool:
    """Whether two genders are known and differ."""
    return a is not None and b is not None and a != b
