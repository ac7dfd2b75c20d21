"""Which channel does a sentence name? The outlets, documents and go-betweens in it through whom its statement came (reader/data/channels.toml)."""

from __future__ import annotations

import bisect
import re
from functools import cache
from typing import TYPE_CHECKING

from reportedly.reader.sources.descriptions import attributive
from reportedly.reader.sources.nouns import ORG_WORDS, is_outlet, name_kind, noun_forms, noun_kinds
from reportedly.reader.wordlists import sections, table

if TYPE_CHECKING:
    from reportedly.reader.attributions import Found
    from reportedly.reader.sources import Voices
    from reportedly.reader.sources.discourse import Entity
    from reportedly.reader.sources.mention import Mention

NEAR = 80  # characters before an outlet in which "told" or "in an interview with" stands
FAR = 600  # characters before and behind a cue within which its sentence is looked through, however long that is
LEADING = re.compile(r"(?:\b(?:[Tt]he|a|an|state|independent|news agency|newspaper|broadcaster|channel|website|radio station|magazine|public|local) )+$")
ON_AIR = re.compile(r"\bon\s+$")
INTERVIEW = re.compile(r"\b(?:in|during) (?:an?|his|her|their|the)(?: [\w’-]+){0,3}? interviews?\b")
ACCORDING = re.compile(r"according to\s*$")
NAMED_BEHIND = re.compile(r" (?:(?:on|of|at|for|called|named) )?(?:the )?")
QUOTED = re.compile(r" [“\"‘]([A-Z][^“”\"‘’.,]{1,40})[.,]?[”\"’]")  # the podcast “Night Shift”
STATEMENT = r"(?:statement|letter|note|message|apology|reply|denial) (?:issued|released|read|read out|given|sent|passed on|delivered|relayed)"
DATED = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Oo]n|[Aa]t) (?:an? )?(?:\w+ )?(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d)\b"
    r"|\b(?:[Ll]ast (?:week|month|year|summer|autumn|fall|winter|spring)|[Ee]arlier (?:this|in)|\w+ (?:weeks|months|years) (?:ago|earlier|before)|(?:a|an) (?:recent|earlier|old|\d{4}) interview)\b"
)
REPORTED = re.compile(r"\breport(?:s|ed)\b")
DAY = re.compile(r"\b(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\byesterday\b")  # another day is another occasion
DAY_BEHIND = 14
MEMBERS = re.compile(r"[A-Z]{2,4}s")  # MPs
THE = re.compile(r"^(?:the )")
SITE = re.compile(r"(?<=\w\w)(?:mag|magazine|online|\.\w{2,4})$")  # "Peoplemag", "Example.com"


class _Hits:
    """Where a pattern matches in a text, found once and looked up by bisection."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._matches = list(pattern.finditer(text))
        self._starts = [m.start() for m in self._matches]

    def within(self, low: int, high: int) -> list[re.Match[str]]:
        """The matches inside `text[low:high]`, in order."""
        return [m for m in self._matches[bisect.bisect_left(self._starts, low) : bisect.bisect_left(self._starts, high)] if m.end() <= high]


class Channels:
    """The channels of one text, sentence by sentence."""

    def __init__(self, text: str, voices: Voices, outlet: str | None, turns: int = 0) -> None:
        """`turns`: where the first turn of a transcript begins; what stands right before it says how they came."""
        self.text, self._voices, self._outlet = text, voices, outlet
        self._sentences = voices.sentences
        self._outlets = self._named()
        self._starts = [m.start for m in self._outlets]
        end = len(text[:turns].rstrip())
        self._introduction = (text.rfind("\n", 0, end) + 1, end)
        self._through, self._own, self._papers, self._interviews = (_Hits(pattern, text) for pattern in (_through(), _own(), _papers(), INTERVIEW))
        self._dates = _Hits(DATED, text)

    def of(self, f: Found, entity: Entity | None) -> list[Entity] | None:
        """The links that the text names for an attribution, `entity` its source; null where it names none, [] where it names the page itself or an occasion."""
        anchor = f.cue or f.source
        if not anchor:
            return None
        text = self.text
        at = anchor[0].start
        low, high = self._introduction if f.turn else self._sentence(at)
        if f.source and not f.turn and entity is not None and (any(m.kind == "outlet" for m in entity.mentions) or (f.cue and REPORTED.search(text, f.cue[0].start, f.cue[-1].end))):
            low = max(low, f.source[0].start)  # "he said on Radio One, a day after the Post reported it": what is before is no way of the Post's
        links, own = self._outlets_in(f, entity, low, high)
        links += [e for e in self._documents_in(f, entity, low, high) if e not in links]
        for match in self._through.within(low, high):
            if any(s.start <= match.start() < s.end for s in f.content if text[s.start] in "\"“‘'"):
                continue
            target = self._voices.at(match.start(1), match.end(1))
            if target is not entity and target not in links:
                links.append(target)
        if links:
            return links
        if own or (f.cue and (_page().match(text, f.cue[-1].end, f.cue[-1].end + 30) or DAY.search(text, f.cue[-1].start, f.cue[-1].end + DAY_BEHIND))):
            return []
        low, high = min(low, at), max(high, anchor[-1].end)
        return [] if any(not any(s.start <= match.start() < s.end for s in f.content) for match in self._own.within(low, high)) else None

    def dated(self, f: Found) -> bool:
        """Whether the sentence of an attribution tells of an earlier occasion: "during a May interview", "told the Courier last year"."""
        low, high = self._sentence((f.cue or f.source or f.content)[0].start)
        return any(not any(s.start <= m.start() < s.end for s in f.content) for m in self._dates.within(low, high))

    def untold(self, f: Found) -> bool:
        """Whether the sentence of an attribution speaks of an interview and not of who held it."""
        low, high = self._sentence((f.cue or f.source or f.content)[0].start)
        return any(not any(s.start <= m.start() < s.end for s in f.content) for m in self._interviews.within(low, high))

    def _sentence(self, at: int) -> tuple[int, int]:
        k = bisect.bisect_right(self._sentences, at)
        low, high = self._sentences[k - 1] if k else 0, self._sentences[k] if k < len(self._sentences) else len(self.text)
        return max(low, at - FAR), min(high, at + FAR)

    def _outlets_in(self, f: Found, entity: Entity | None, low: int, high: int) -> tuple[list[Entity], bool]:
        """The outlets of a sentence to which its source spoke, and whether the page is one."""
        text, of = self.text, self._voices.known.of
        links: list[Entity] = []
        own = False
        there = self._outlets[bisect.bisect_left(self._starts, low) : bisect.bisect_left(self._starts, high)]
        for m in there:
            target = of[m]
            if target is entity or any(s.start <= m.start < s.end for s in f.content) or text.startswith("this ", m.start):
                continue
            before = LEADING.sub("", text[max(low, m.start - NEAR) : m.start])
            if not _told().search(before) and not (m.form == "description" and ON_AIR.search(before)):
                continue
            if ACCORDING.search(before) and f.source and f.source[0].start <= m.start <= f.source[-1].end:
                continue
            if m.form == "description":  # "a show on Radio One" is Radio One
                title = QUOTED.match(text, m.end)
                target = self._voices.at(*title.span(1)) if title else next((of[n] for n in there if n.start > m.end and NAMED_BEHIND.fullmatch(text, m.end, n.start)), target)
            if self._outlet and _same_outlet(text[m.start : m.end], self._outlet):
                own = True
            elif target not in links:
                links.append(target)
                self._voices.is_outlet(target)
        return links, own

    def _documents_in(self, f: Found, entity: Entity | None, low: int, high: int) -> list[Entity]:
        """A document according to which the source of a sentence speaks, and who brought one to light that is the source itself."""
        text = self.text
        out = []
        for match in self._papers.within(low, high):
            if any(s.start < match.end(1) and match.start(1) < s.end for s in (*f.content, *f.source)):
                continue
            document = self._voices.inside(*match.span(2)) or self._voices.new(*match.span(1))
            if document is not entity:
                out.append(document)
        release = _released().search(text, f.source[0].start, f.source[-1].end) if f.source else None
        if entity is not None and release and any(m.kind == "document" for m in entity.mentions):
            target = self._voices.inside(release.end(), f.source[-1].end)
            if target and target is not entity and not any(self._outlet and _same_outlet(text[m.start : m.end], self._outlet) for m in target.mentions):
                out.append(target)
        return out

    def _named(self) -> list[Mention]:
        """Mentions of those who pass words on, in order."""
        carriers: dict[int, bool] = {}
        out = []
        for m, entity in self._voices.known.of.items():
            if m.form == "pronoun" or m.quoted:
                continue
            if id(entity) not in carriers:
                carriers[id(entity)] = entity.kind == "outlet" or any(is_outlet(name) for name in entity.names) or any(n.kind == "outlet" for n in entity.mentions)
            if carriers[id(entity)] or _is_told(self.text, m, entity):
                out.append(m)
        return sorted(out, key=lambda m: m.start)


def _is_told(text: str, mention: Mention, entity: Entity) -> bool:
    """Whether somebody speaks to a name of nobody and nothing that we know: "told Match Night"."""
    audiences, institutions = _words()
    if mention.form != "name" or mention.name[-1] in audiences or MEMBERS.fullmatch(mention.name[-1]) or not _spoke_to().search(text, max(0, mention.start - NEAR // 2), mention.start):
        return False
    if attributive(text, mention):
        return False  # "told the Sokoto paper", "told the Valletta court"
    unknown = entity.kind is None or (entity.kind == "organisation" and name_kind(mention.name) is None)
    initials = mention.kind == "organisation" and len(mention.name) < 4 and any(word.isupper() for word in mention.name) and mention.name[0] not in institutions and ORG_WORDS.isdisjoint(mention.name)
    if not unknown and not initials:
        return False
    the = text[max(0, mention.start - 4) : mention.start].lower() == "the "
    return entity.gender is None and not (entity.spoke and not the and not _publishes(text, mention.name)) and not any(m.form == "pronoun" and m.gender != "neuter" for m in entity.mentions)


def _publishes(text: str, name: tuple[str, ...]) -> bool:
    """Whether a text says of a name that it is an outlet's: "the daily Postimees", "Postimees, which obtained the letter"."""
    words = re.escape(" ".join(name))
    return re.search(rf"\b(?:newspaper|paper|daily|weekly|website|site|broadcaster|channel|station|magazine|podcast|agency) {words}\b|\b{words},?(?: which)?(?: has| had)? (?:reported|reports|obtained|published|quotes|quoted)\b", text) is not None


def _same_outlet(words: str, outlet: str) -> bool:
    ours, theirs = (SITE.sub("", THE.sub("", w.casefold().strip())) for w in (words, outlet))
    return ours == theirs or theirs.endswith(" " + ours) or theirs.startswith(ours + " ") or (" " in theirs and ours == "".join(word[0] for word in theirs.split()))


@cache
def _told() -> re.Pattern[str]:
    return re.compile(rf"(?:\b(?:{'|'.join(table('channels')['spoke_to'] + table('channels')['told'])})|^\W*on)\s+$", re.IGNORECASE)


@cache
def _spoke_to() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('channels')['spoke_to'])}) (?:[Tt]he )?$")


@cache
def _papers() -> re.Pattern[str]:
    nouns = sorted({form for form, (noun, _) in noun_forms().items() if "document" in noun_kinds()[noun]} - set(table("channels")["own_making"].split()))
    return re.compile(rf"\baccording to (((?:[\w’'-]+ ){{0,4}}?(?:{'|'.join(nouns)}))\b(?: (?:{'|'.join(table('channels')['released'])}) by(?: [A-Z][\w’'-]*)+)?)")


@cache
def _released() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('channels')['released'])}) by ")


@cache
def _own() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('channels')['own'])})\b", re.IGNORECASE)


@cache
def _through() -> re.Pattern[str]:
    return re.compile(rf"\b(?:through|{STATEMENT} (?:by|through|via)) ({'|'.join(table('channels')['through'])})\b", re.IGNORECASE)


@cache
def _page() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(table('channels')['page'])})\b", re.IGNORECASE)


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    offices = sections("titles.txt")["abbreviated"]
    return frozenset(table("channels")["audiences"].split()), frozenset(table("channels")["institutions"].split()) | offices | {f"{office}s" for office in offices}
