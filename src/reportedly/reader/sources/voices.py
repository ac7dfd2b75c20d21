"""Who is that? Every voice of an article as one source with all its mentions."""

from __future__ import annotations

import bisect
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.reader.sources import marks
from reportedly.reader.sources.coreference import resolve
from reportedly.reader.sources.descriptions import STOP
from reportedly.reader.sources.discourse import Entity, Roles
from reportedly.reader.sources.heads import DATELINE, head, made
from reportedly.reader.sources.mention import ANSWER, FIRST, FIRST_PLURAL, places_of
from reportedly.reader.sources.mentions import find_mentions
from reportedly.reader.sources.tokens import SENTENCE_END
from reportedly.reader.sources.withheld import Withheld
from reportedly.reader.within import Innermost
from reportedly.values import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.attributions import Found
    from reportedly.reader.quotes import Quotation
    from reportedly.reader.sources.mention import Mention, Place

SPOKEN_FOR = re.compile(r"\b(?:spokes\w+|lawyers?|attorneys?|solicitors?|barristers?|counsel|press secretary|rep(?:resentative)?s?|publicists?|agents?|press officer|media officer)\b", re.IGNORECASE)
LEADS = re.compile(r"\b(?:presidents?|chief executives?|executive directors?|CEO|(?:co-)?founders?|chair(?:man|woman|person)?|directors?|heads?|bosse?s?|owners?|superintendent)\b", re.IGNORECASE)
FOR_WHOM = re.compile(r"\s+(?:for|of|at|representing)\s+(?:the\s+)?")
PLAIN = ("individual", "person", "man", "woman", "document", "company")  # which say little of somebody
CONJUNCTION = re.compile(r"(?:And|But|So|Yet|Or|Nor) (?=(?:an?|the|his|her|their|its|one|two|some|many|another)\b)")
LEAD = re.compile(r"(?!(?:the|an?|his|her|their|its|our|my|this|that)\b)(?:[\w’'.-]+ ){1,6}", re.IGNORECASE)  # "retired NYPD inspector" before a name
MORE = re.compile(r",\s|\s\(")  # ends a description


class Voices:
    """The voices of one text: entities, and which of them is the source of each attribution."""

    def __init__(self, text: str, found: Sequence[Found], quotations: Sequence[Quotation]) -> None:
        self.text = text
        self._found = found
        self._heads: dict[tuple[int, int], Mention] = {}  # of source spans
        self.sentences = [m.end() for m in SENTENCE_END.finditer(text)]  # where they end
        place = places_of(quotations, self.sentences)
        mentions = self._mentions(find_mentions(text, place), place)
        self._chosen = frozenset(self._heads.values())
        self._inside = Innermost([(n, f.content) for n, f in enumerate(found)])
        self._quotes = Innermost([(n, (Span(q.start, q.end),)) for n, q in enumerate(quotations)])
        self._quotations = quotations
        self.known = resolve(text, mentions, Roles(self._chosen.__contains__, self._source_of, self._quoted_by, Withheld(text, self._chosen, self._inside.at)))
        self._placed = sorted(self.known.of, key=lambda m: (m.start, -m.end))
        self._starts = [m.start for m in self._placed]
        self._ids: dict[int, str] = {}
        self._order: list[Entity] = []
        self._made: dict[tuple[int, int], Entity] = {}
        self._outlets: set[int] = set()
        self._speaks_for: dict[int, Entity] = {}
        self._speaks_for = self._principals(SPOKEN_FOR)
        led = {**self._principals(LEADS), **self._speaks_for}
        for mention in mentions:  # what "we" have done is done by those for whom a spokesman speaks, or whom a chief leads
            if mention.head in FIRST_PLURAL and mention.quoted and mention not in self.known.of and (principal := led.get(id(self.known.speaker(mention)))):
                self.known.join(mention, principal)
        self.entities = [self._entity(f) for f in found]
        for entity in (*self.entities, *self._speaks_for.values()):
            if entity is not None:
                self.id(entity)

    def id(self, entity: Entity) -> str:
        """The id of an entity, which is a source from then on."""
        if id(entity) not in self._ids:
            self._order.append(entity)
            self._ids[id(entity)] = f"s{len(self._order)}"
        return self._ids[id(entity)]

    def at(self, start: int, end: int) -> Entity:
        """The entity that a place names, or a new one."""
        return self.inside(start, end) or self.new(start, end)

    def new(self, start: int, end: int) -> Entity:
        """An entity that only this place mentions."""
        if (start, end) not in self._made:
            entity = self._made[start, end] = Entity()
            entity.add(made(self.text, Span(start, end), end, self.text[start:end].split()[-1]))
        return self._made[start, end]

    def inside(self, start: int, end: int) -> Entity | None:
        """The entity of the longest mention in a place, null where there is none."""
        best = max(self._within(start, end), key=lambda m: (m.end - m.start, -m.start), default=None)
        return self.known.of[best] if best is not None else None

    def is_outlet(self, entity: Entity) -> None:
        """Note that an entity passed words on."""
        self._outlets.add(id(entity))

    def sources(self) -> list[Source]:
        """All sources with their mentions, in the order of their ids."""
        long = self._whole()
        return [self._source(entity, {m: long.get(m) or Span(m.start, m.end) for m in entity.mentions}) for entity in self._order]

    def _mentions(self, mentions: list[Mention], place: Place) -> list[Mention]:
        """Mentions, and those that source spans are about though none was found there; notes what each span is about."""
        extra: list[Mention] = []
        starts = [m.start for m in mentions]
        for start, end in dict.fromkeys((f.source[0].start, f.source[-1].end) for f in self._found if f.source):
            first, after = bisect.bisect_left(starts, start), bisect.bisect_left(starts, end)
            inside = [m for m in mentions[first:after] if m.end <= end + 1]
            about = head(self.text, Span(start, end), inside)
            if about not in inside:
                about = replace(about, **place(start))
                extra.append(about)
            self._heads[start, end] = about
        return sorted([*mentions, *extra], key=lambda m: (m.start, -m.end)) if extra else mentions

    def _whole(self) -> dict[Mention, Span]:
        """How far the descriptions reach that are a source: "a former treasurer of the fair"."""
        out = {}
        for (start, end), about in self._heads.items():
            if about.form == "description":
                before = DATELINE.match(self.text, start, end) or CONJUNCTION.match(self.text, start, end)
                cut = MORE.search(self.text, start, end)
                out[about] = Span(before.end() if before else start, cut.start() if cut and cut.start() >= about.end else end)
            elif about.form == "name" and LEAD.fullmatch(self.text, start, about.start) and STOP.isdisjoint(self.text[start : about.start].split()):
                out[about] = Span(start, about.end)
        return out

    def _source(self, entity: Entity, spans: dict[Mention, Span]) -> Source:
        text = self.text
        names = [m for m in entity.mentions if m.form == "name"]
        # a headline in capitals makes a name of what stands before one: "Critic Ann Lee"
        whole = [m for m in names if m.start > self.known.title and len(m.name) > 1] or names
        best = max(whole, key=lambda m: (len(m.name), -m.start), default=None)
        descriptions = [m for m in entity.mentions if m.form == "description" and m.head != ANSWER]
        told = min(descriptions, key=lambda m: (m.head in PLAIN, m.start), default=None)
        description = text[spans[told].start : spans[told].end] if told else None
        name = " ".join(best.name) if best else None
        if best and name and name not in text[best.start : best.end]:
            name = text[best.start : best.end]
        if description is None and best and best.roles:
            prefix = text[best.start : best.end].removesuffix(name or "").strip()
            description = prefix or None
        principal = self._speaks_for.get(id(entity))
        return Source(
            id=self._ids[id(entity)],
            mentions=tuple(sorted(set(spans.values()))),
            kind="outlet" if id(entity) in self._outlets else marks.kind(text, entity),
            identity=marks.identity(entity),
            name=name,
            description=" ".join(description.split()) if description and "\n" in description else description,
            speaks_for=self._ids.get(id(principal)) if principal is not None else None,
        )

    def _source_of(self, mention: Mention) -> Mention | None:
        """The source of the innermost content around a mention; of I and we the one whose quotation it is ("“He said I lied,” she said")."""
        if mention.head in FIRST:
            return self._quoted_by(mention)
        n = self._inside.at(mention.start, mention.end)
        return self._about(n) if n is not None else None

    def _quoted_by(self, mention: Mention) -> Mention | None:
        """The source of the innermost content that holds the quotation around a mention, or the mention where none is."""
        n = self._inside.at(mention.start, mention.end)
        if n is not None:
            quote = self._quotes.at(mention.start, mention.end)
            while quote is not None and (parent := self._found[n].parent) is not None and not _holds(self._found[n].content, self._quotations[quote]):
                n = parent
        return self._about(n) if n is not None else None

    def _about(self, n: int) -> Mention | None:
        """Whom the source of an attribution is about."""
        if not self._found[n].source:
            return None
        return self._heads[self._found[n].source[0].start, self._found[n].source[-1].end]

    def _entity(self, f: Found) -> Entity | None:
        """The source of an attribution."""
        if not f.source:
            return None
        about = self._heads[f.source[0].start, f.source[-1].end]
        if about.head == "client" and not about.many:  # "my client", says the lawyer
            principal = self._speaks_for.get(id(self.known.speaker(about)))
            if principal is not None and about not in principal.mentions:
                principal.add(about)
            return principal or self.known.of.get(about)
        return self.known.of.get(about)

    def _principals(self, roles: re.Pattern[str]) -> dict[int, Entity]:
        """For whom each source speaks that has one of the roles, in the order of the text."""
        out: dict[int, Entity] = {}
        for f in self._found:
            entity = self._entity(f)
            principal = self._principal(f, entity, roles) if entity is not None else None
            if principal is not None and principal is not entity:
                out.setdefault(id(entity), principal)
        return out

    def _principal(self, f: Found, entity: Entity, roles: re.Pattern[str]) -> Entity | None:
        """For whom a source speaks that has one of the roles."""
        start, end = f.source[0].start, f.source[-1].end
        role = roles.search(self.text, start, end)
        if not role:
            return None
        after = FOR_WHOM.match(self.text, role.end(), end)
        inside = self._within(start, end)
        if after:
            target = next((m for m in inside if after.end() - 5 <= m.start <= after.end() + 1 and m.start >= role.end()), None)
            return self.known.of[target] if target else None
        before = [m for m in inside if m.end <= role.start() and self.known.of[m] is not entity]
        owner = max(before, key=lambda m: (m.end, m.start - m.end), default=None)
        return self.known.of[owner] if owner else None

    def _within(self, start: int, end: int) -> list[Mention]:
        """The mentions of a place, in order."""
        return [m for m in self._placed[bisect.bisect_left(self._starts, start) : bisect.bisect_left(self._starts, end)] if m.end <= end]


def _holds(content: tuple[Span, ...], quotation: Quotation) -> bool:
    """Whether a content holds a quotation, marks aside."""
    return any(s.start <= quotation.start + 1 and quotation.end - 2 <= s.end for s in content)
