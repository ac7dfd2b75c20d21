"""Who is that? Every voice of an article as one source with all its mentions.

Kind and identity follow the contract: a source is anonymous where the text itself withholds the name
(reader/data/anonymity.txt), unnamed where it has a role and no name, named where any mention is a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.reader.sources.coreference import FIRST_PLURAL, FIRST_SINGULAR, RELATIVE, Entity, Sieve
from reportedly.reader.sources.mentions import NOT_NAMES, NUMERALS, OPENING, PRONOUNS, STOP, TOKEN, Form, Gender, Mention, find_mentions, name_kind
from reportedly.reader.sources.nouns import anonymity, noun_kinds, places, singular
from reportedly.reader.within import Innermost
from reportedly.reader.wordlists import sections
from reportedly.values import Identity, Kind, Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.attributions import Found
    from reportedly.reader.quotes import Quotation

AFTER_PREPOSITION = re.compile(r"\b(?:of|for|at|from|in|with|by|to|near|on|against|behind|under|inside|outside|representing|who|which|that|among|between|whose)\s+(?:the |a |an |his |her |their |its )?$", re.IGNORECASE)
INSIDE = re.compile(r"^(?:the|an?|this|that|its|his|her|their|our)\s+(?:[\w’'-]+\s+){1,5}?(?:of|for|at|from|in|with|by|to)\s[^,]*, $", re.IGNORECASE)  # "the meeting of ministers in Davos, Switzerland"
SPOKEN_FOR = re.compile(r"\b(?:spokes\w+|lawyers?|attorneys?|solicitors?|barristers?|counsel|press secretary|representatives?|publicist|agent|press officer|media officer)\b", re.IGNORECASE)
STOP_SIGN = re.compile(r"[.!?]\s|\n")
SOURCES = {"source", "sources", "insider", "insiders"}


class Voices:
    """The voices of one text: entities, and which of them is the source of each attribution."""

    def __init__(self, text: str, found: Sequence[Found], quotations: Sequence[Quotation]) -> None:
        self.text = text
        self.found = found
        mentions = find_mentions(text, quotations)
        self._starts = {}
        self._heads: list[Mention | None] = []
        chosen: set[Mention] = set()
        extra: list[Mention] = []
        k = 0
        for f in sorted(found, key=lambda f: f.source[0].start if f.source else -1):
            if not f.source:
                continue
            span = Span(f.source[0].start, f.source[-1].end)
            while k < len(mentions) and mentions[k].start < span.start:
                k += 1
            j, inside = k, []
            while j < len(mentions) and mentions[j].start < span.end:
                if mentions[j].end <= span.end + 1:
                    inside.append(mentions[j])
                j += 1
            head = self._head(span, inside)
            if head not in inside:
                extra.append(head)
            chosen.add(head)
            self._starts[span.start, span.end] = head
        mentions = sorted(dict.fromkeys([*mentions, *extra]), key=lambda m: (m.start, -m.end))  # a set has another order in every run
        self._chosen = chosen
        self._inside = Innermost([(n, f.content) for n, f in enumerate(found)])
        self._quotes = Innermost([(n, (Span(q.start, q.end),)) for n, q in enumerate(quotations)])
        self._quotations = quotations
        self.sieve = Sieve(text, mentions, chosen.__contains__, self._withheld, self._source_of)
        self.entities: list[Entity | None] = [self.sieve.of.get(self._starts[f.source[0].start, f.source[-1].end]) if f.source else None for f in found]
        self._ids: dict[int, str] = {}
        self._order: list[Entity] = []
        self._speaks_for: dict[int, Entity] = {}
        self._outlets: set[int] = set()
        for n, f in enumerate(found):
            entity = self.entities[n]
            if entity is not None:
                self.id(entity)
                principal = self._principal(f, entity)
                if principal is not None and principal is not entity:
                    self._speaks_for.setdefault(id(entity), principal)
        for principal in list(self._speaks_for.values()):
            self.id(principal)

    def id(self, entity: Entity) -> str:
        """The id of an entity, which is a source from then on."""
        if id(entity) not in self._ids:
            self._order.append(entity)
            self._ids[id(entity)] = f"s{len(self._order)}"
        return self._ids[id(entity)]

    def at(self, start: int, end: int) -> Entity | None:
        """The entity that a place names: of the mentions there the longest."""
        there = [m for m in self.sieve.of if m.start >= start and m.end <= end]
        best = max(there, key=lambda m: (m.end - m.start, -m.start), default=None)
        return self.sieve.of[best] if best else None

    def is_outlet(self, entity: Entity) -> None:
        """Note that an entity passed words on."""
        self._outlets.add(id(entity))

    def made(self, start: int, end: int) -> Entity:
        """A new entity for a place that nobody mentioned is known by."""
        entity = Entity()
        entity.add(self._made(Span(start, end), end, self.text[start:end].split()[-1]))
        self.sieve.of[entity.mentions[0]] = entity
        return entity

    def sources(self) -> list[Source]:
        """All sources with their mentions, in the order of their ids."""
        spans = self._spans()
        return [self._source(entity, spans.get(id(entity), {})) for entity in self._order]

    def _spans(self) -> dict[int, dict[Mention, Span]]:
        out: dict[int, dict[Mention, Span]] = {}
        for entity in self._order:
            out[id(entity)] = {m: Span(m.start, m.end) for m in entity.mentions}
        for (start, end), head in self._starts.items():
            known = self.sieve.of.get(head)
            if known is not None and head.form == "description":  # a description's mention is all of it: "a former treasurer of the fair"
                words = self.text[start:end]
                cut = re.search(r",\s|\s\(", words)
                out[id(known)][head] = Span(start, start + cut.start() if cut and start + cut.start() >= head.end else end)
        return out

    def _source(self, entity: Entity, spans: dict[Mention, Span]) -> Source:
        text = self.text
        names = [m for m in entity.mentions if m.form == "name"]
        best = max(names, key=lambda m: (len(m.name), -m.start), default=None)
        descriptions = [m for m in entity.mentions if m.form == "description"]
        told = min(descriptions, key=lambda m: (m.head in ("individual", "person", "man", "woman", "document", "company"), m.start), default=None)
        description = text[spans[told].start : spans[told].end] if told else None
        name = " ".join(best.name) if best else None
        if best and name and name not in text[best.start : best.end]:
            name = text[best.start : best.end]
        if description is None and best and best.roles:
            prefix = text[best.start : best.end].removesuffix(name or "").strip()
            description = prefix or None
        if description is None and not names:
            pronoun = next((m for m in entity.mentions), None)
            description = None if pronoun is None or pronoun.form == "pronoun" else text[spans[pronoun].start : spans[pronoun].end]
        principal = self._speaks_for.get(id(entity))
        return Source(
            id=self._ids[id(entity)],
            mentions=tuple(sorted(set(spans.values()))),
            kind=self._kind(entity),
            identity=self._identity(entity),
            name=name,
            description=" ".join(description.split()) if description and "\n" in description else description,
            speaks_for=self._ids.get(id(principal)) if principal is not None else None,
        )

    def _kind(self, entity: Entity) -> Kind:
        if id(entity) in self._outlets:
            return "outlet"
        kinds = [m.kind for m in entity.mentions if m.kind and m.form != "pronoun"]
        if entity.many and "organisation" not in kinds:
            return "group" if "document" not in kinds else "document"
        if kinds:
            return "person" if "person" in kinds else kinds[0]
        if entity.heads & sections("nouns.txt")["generic"] and entity.gender is None:
            return "organisation"
        if entity.gender in ("masculine", "feminine") or any(m.head in ("i", "me", "my") for m in entity.mentions):
            return "person"
        if entity.named:
            longest = max((m.name for m in entity.mentions if m.form == "name"), key=len)
            if any(self._follows_the(m) for m in entity.mentions if m.form == "name") or any(m.gender == "neuter" for m in entity.mentions):
                return "organisation"
            return "person" if len(longest) > 1 or not (longest[0] in places() or longest[0].isupper()) else "organisation"
        if entity.many:
            return "group"
        return "unknown"

    def _follows_the(self, mention: Mention) -> bool:
        return self.text[max(0, mention.start - 4) : mention.start].lower() == "the "

    def _identity(self, entity: Entity) -> Identity | None:
        if entity.named and any(len(name) > 1 for name in entity.names):
            return "named"
        told = [m for m in entity.mentions if m.form != "pronoun"]
        if any(self._withheld(m) for m in told):
            return "anonymous"
        return "named" if entity.named else "unnamed" if told else None

    def _withheld(self, mention: Mention) -> bool:
        """Whether the text around a mention withholds its name: in the mention itself, or behind it in its sentence."""
        if mention.form == "name" and (len(mention.name) > 1 or mention.kind in ("organisation", "outlet")):
            return False
        if mention.head in SOURCES or (mention not in self._chosen and mention.form == "name"):
            return mention.form == "description"
        if mention.kind not in ("person", "group", None):
            return False
        stop = STOP_SIGN.search(self.text, mention.end)
        end = min(stop.start() if stop else len(self.text), mention.end + 200)
        rest = self.text[mention.start : end]
        if mention in self._chosen:
            return anonymity().search(rest) is not None
        return any(anonymity().match(rest, at) for at in range(mention.end - mention.start + 3))  # in it, or right behind it

    def _head(self, span: Span, inside: list[Mention]) -> Mention:
        """The mention that a source span is about; made of the span itself where none is found."""
        text = self.text
        for m in inside:
            lead = text[span.start : m.start]
            if AFTER_PREPOSITION.search(lead) or (m.kind != "person" and INSIDE.search(lead)):
                continue
            if m.head in RELATIVE and m.start > span.start:
                continue
            if m.form == "pronoun" and (m.head in ("his", "her", "its", "their", "my", "our", "whose") and m.end < span.end):
                continue
            if any(n.start == m.end + 1 and n.form == "name" and n.roles for n in inside):
                continue  # "Police Chief Ana Beltre"
            after = text[m.end : span.end]
            if re.match(r"['’]s?\s", after):
                continue
            if m.form == "name" and after:
                estate = re.match(r"\s+([a-z][\w-]+)$", after)
                if estate and re.fullmatch(r"[Tt]he ", lead) and estate.group(1) not in STOP:
                    return self._made(span, span.end, estate.group(1))  # "the Lanier estate" is not Lanier
                role = re.match(r"\s+(?:[\w-]+\s+){0,4}?([a-z][\w-]+)(?=\s*$|,|\s+(?:[A-Z(]|for|of|in|at|who|on|to))", after)
                if role and singular(role.group(1))[0] in noun_kinds():
                    later = next((n for n in inside if n.form == "name" and n.start >= m.end + role.end() - 1 and n.start <= m.end + role.end() + 2), None)
                    return later or self._made(span, m.end + role.end(1), role.group(1))
            return m
        token = noun = None
        for match in TOKEN.finditer(text, span.start, span.end):
            opening = noun is not None and noun.start() == span.start and not singular(noun.group().lower())[1]  # "State labor officials"
            if token is not None and (text[token.end() : match.start()] not in (" ", "-") or (noun is not None and not opening and singular(match.group().lower())[0] not in noun_kinds())):
                break
            if token is not None and match.group().lower() in STOP and not (match.group() == "and" and noun is None and token.start() == span.start and token.group().lower() in OPENING):
                break  # "Current and former officials who" goes on behind "and"
            token = match
            if singular(match.group().lower())[0] in noun_kinds():
                noun = match
        last = noun or token
        return self._made(span, last.end() if last else span.end, last.group() if last else text[span.start : span.end])

    def _made(self, span: Span, end: int, noun: str) -> Mention:
        base, many = singular(noun.lower())
        kinds = noun_kinds().get(base, frozenset())
        run = self.text[span.start : span.end].split()
        if run and len(run) <= 3 and all(w[:1].isupper() and w.isalpha() and w not in NOT_NAMES for w in run) and not kinds:
            name = tuple(w.title() if w.isupper() and len(w) > 3 else w for w in run)  # in a headline, whose capitals name nobody else
            return Mention(span.start, span.end, "name", run[-1], name=name, definite=True, kind=name_kind(name))
        low = self.text[span.start : span.end].split()[0].lower() if self.text[span.start : span.end].split() else ""
        nouns = sections("nouns.txt")
        gender: Gender | None = "feminine" if base in nouns["feminine"] else "masculine" if base in nouns["masculine"] else None
        kind: Kind | None = ("group" if many else "person") if "person" in kinds else next((k for k in ("outlet", "document", "organisation", "group") if k in kinds), None)
        kind = "group" if many and kind == "organisation" else kind
        if not kinds and (many_ending(noun) or low in NUMERALS):
            kind, many = "group", True  # a plural that no list knows
        form: Form = "pronoun" if (low in PRONOUNS or low == "that") and end - span.start <= len(low) + 1 else "description"
        return Mention(span.start, end, form, base, gender=gender, many=many, kind=kind, definite=False)

    def _source_of(self, mention: Mention) -> Mention | None:
        """The source of the innermost content around a mention; of I and we the one whose quotation it is ("“He said I lied,” she said")."""
        n = self._inside.at(mention.start, mention.end)
        if n is not None and mention.head in FIRST_SINGULAR | FIRST_PLURAL:
            quote = self._quotes.at(mention.start, mention.end)
            while quote is not None and (parent := self.found[n].parent) is not None and not self._within(self._quotations[quote], self.found[n].content):
                n = parent
        if n is None or not self.found[n].source:
            return None
        return self._starts[self.found[n].source[0].start, self.found[n].source[-1].end]

    @staticmethod
    def _within(quotation: Quotation, content: tuple[Span, ...]) -> bool:
        """Whether a content holds a quotation, marks aside."""
        return any(s.start <= quotation.start + 1 and quotation.end - 2 <= s.end for s in content)

    def _principal(self, f: Found, entity: Entity) -> Entity | None:
        """For whom a spokesperson speaks."""
        start, end = f.source[0].start, f.source[-1].end
        words = self.text[start:end]
        role = SPOKEN_FOR.search(words)
        if not role:
            return None
        after = re.match(r"\s+(?:for|of|representing)\s+(?:the\s+)?", words[role.end() :])
        inside = [m for m in self.sieve.of if m.start >= start and m.end <= end]
        if after:
            from_here = start + role.end() + after.end()
            target = next((m for m in sorted(inside, key=lambda m: (m.start, -m.end)) if m.start >= from_here - 5 and m.start <= from_here + 1 and m.start >= start + role.end()), None)
            return self.sieve.of[target] if target else None
        before = [m for m in inside if m.end <= start + role.start() and self.sieve.of[m] is not entity]
        owner = max(before, key=lambda m: (m.end, m.start - m.end), default=None)
        return self.sieve.of[owner] if owner else None


def many_ending(noun: str) -> bool:
    """Whether a noun that no list knows looks like a plural of people or things."""
    return noun.islower() and noun.endswith("s") and not noun.endswith(("ss", "us", "is", "ics", "news"))
