"""Through whom? Who stands between the page and each source, and which attribution stands inside which.

Links are named by the words beside a cue ("told CNN", "in an interview with", "quoted by", "through an
interpreter") or in the description of the source ("identified by CNN as"). An account keeps its link for
later sentences of the same source until the text names another; it never passes to other sources.
"""

from __future__ import annotations

import bisect
import re
from typing import TYPE_CHECKING

from reportedly.reader.sources.nouns import is_outlet, name_kind
from reportedly.reader.sources.tokens import SENTENCE_END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.attributions import Found
    from reportedly.reader.sources import Voices
    from reportedly.reader.sources.discourse import Entity
    from reportedly.reader.sources.mention import Mention

# The page itself, its reporters, and those who hear a public event: no link.
TOLD = re.compile(r"\b(?:t(?:old|ells?|elling)|sp(?:oke|eaks?|eaking|oken) (?:to|with|on)|talk(?:ed|ing|s) (?:to|with)|interviewed by|interview (?:with|on|to|for)|(?:revealed|confirmed|disclosed|said|admitted|confided|repeated|explained|insisted|stressed|spoke|described|recalled|recounted|gave|given|granted|wrote|writing)(?: [\w’' -]{1,60}?)? (?:to|in|on|for|via)|(?:statement|comments?|remarks?|email|e-mail|letter|message|note|account) (?:to|sent to|given to|made to|in)|quoted (?:by|in|as telling)|cited (?:by|in)|reported by|published (?:by|in)|as told to|according to|identified by|described by|named by|seen by|obtained by|reviewed by|shared with|shown to|broadcast (?:by|on)|aired (?:by|on)|(?:appear(?:ed|ing|ance)|interviewed) on|^\W*on)\s+$", re.IGNORECASE)
SPOKE_TO = re.compile(r"\b(?:told|tells|telling|(?:interview|conversation) (?:with|on|to|for)|sp(?:oke|eaking|oken) (?:to|with|on)|statement (?:to|sent to|given to)|comments? to|remarks? to|emailed to) (?:the )?$")
LEADING = re.compile(r"(?:\b(?:the|a|an|state|independent|news agency|newspaper|broadcaster|channel|website|radio station|magazine|public|local) )+$")
AUDIENCES = frozenset(("Dialogue", "Forum", "Conference", "Summit", "Convention", "Hearing", "Inquiry", "Panel", "Rally", "Symposium", "Caucus", "Meeting", "Session", "Festival", "Tribunal", "Chamber"))
INSTITUTIONS = frozenset(
    ("NATO", "UN", "EU", "FBI", "CIA", "NSA", "WHO", "IMF", "NHS", "MPs", "MP", "GOP", "DNC", "RNC", "UK", "US", "USA", "UAE", "IRS", "SEC", "EPA", "FDA", "CDC", "NASA", "FIFA", "UEFA", "IOC", "ECB", "OECD", "OPEC", "IAEA", "MI5", "MI6", "GCHQ", "KGB", "FSB", "PC", "DI")
)
# Another channel, or an occasion that everybody could attend: what was told to an outlet before is no longer the way.
OWN = re.compile(
    r"\b(?:(?:re)?tweet(?:s|ed|ing)?|post(?:s|ed|ing)|blogged|wr(?:ote|ites|iting)|testif(?:y|ied|ies|ying)|(?:on|via) (?:his |her |its |their )?(?:Twitter|Facebook|Instagram|TikTok|YouTube|Telegram|X|Truth Social|social media)\b"
    r"|(?:in|at|during|to) (?:an?|the|his|her|their|its)(?: [\w’'-]+){0,3}? (?:statement|speech|tweet|post|letter|e-?mail|memo|memoir|book|blog|video|filing|lawsuit|testimony|remarks|address|sermon|release|rally|conference|briefing|hearing|trial|meeting|debate|forum|event|court|jury|crowd|audience|convention|town hall)\b|in court\b)",
    re.IGNORECASE,
)
ON_AIR = re.compile(r"(?<!analysts)(?<!analyst)(?<!host)(?<!seen)(?<!shown) on\s+$")
NAMED_BEHIND = re.compile(r" (?:on|of|at|for|called|named) (?:the )?")
INTERPRETER = re.compile(r"\bthrough (an interpreter|a translator|an intermediary|a go-between|(?:an?|his|her|their|its) (?:lawyers?|solicitors?|attorneys?|agent|family|daughter|son|interpreter|translator|spokes\w+|union|publicist|brother|sister|mother|father|wife|husband))\b", re.IGNORECASE)
OWN_PAGE = re.compile(r"\b(?:this (?:newspaper|paper|website|site|magazine|programme|program|outlet|publication|reporter)|us|me|reporters|journalists|the (?:press|media))\b", re.IGNORECASE)


def chains(text: str, found: Sequence[Found], voices: Voices, outlet: str | None) -> list[list[Entity]]:
    """For each attribution, the entities between the page and its source, nearest the page first."""
    sentences = [m.end() for m in SENTENCE_END.finditer(text)]
    carriers: dict[int, bool] = {}
    outlets = []
    for m, e in voices.known.of.items():
        if m.form == "pronoun" or m.quoted:
            continue
        if id(e) not in carriers:
            carriers[id(e)] = _carries(e)
        if carriers[id(e)] or _is_told(m, e, text):
            outlets.append(m)
    outlets.sort(key=lambda m: m.start)
    order = sorted(range(len(found)), key=lambda n: (_place(found[n]) if found[n].through is None else _place(found[found[n].through or 0]), n))
    kept: dict[int, list[Entity]] = {}
    out: list[list[Entity]] = [[] for _ in found]
    for n in order:
        f, entity = found[n], voices.entities[n]
        if f.parent is not None:  # its parent stands before it in the order
            speaker = voices.entities[f.parent]
            out[n] = [*out[f.parent], *([speaker] if speaker is not None else [])]
            if speaker is not None and entity is not None and _passes_on(speaker):
                kept.setdefault(id(entity), out[n])
            continue
        if f.through is not None:
            outlet_itself = voices.entities[f.through]
            out[n] = [*out[f.through], *([outlet_itself] if outlet_itself is not None else [])]
            if entity is not None:
                kept[id(entity)] = out[n]
            continue
        links = _named(text, f, entity, outlets, sentences, voices, outlet)
        if entity is None:
            out[n] = links or []
        elif links is None:
            out[n] = kept.get(id(entity), [])
        else:
            out[n] = kept[id(entity)] = links
    return out


def _place(f: Found) -> int:
    return min(s.start for s in (*f.source, *f.cue, *f.content))


def _passes_on(entity: Entity) -> bool:
    """Whether what somebody says inside another's words came to the page by this other: a paper, a film, an outlet."""
    return any(m.kind in ("outlet", "document") for m in entity.mentions)


def _carries(entity: Entity) -> bool:
    """Whether an entity is one that passes words on: an outlet, or a document."""
    return entity.kind == "outlet" or any(is_outlet(name) for name in entity.names) or any(m.kind == "outlet" for m in entity.mentions)


def _is_told(mention: Mention, entity: Entity, text: str) -> bool:
    """Whether somebody speaks to a name of nobody and nothing that we know: "told Match Night"."""
    if not (mention.form == "name" and (entity.kind is None or (entity.kind == "organisation" and name_kind(mention.name) is None))) and not (mention.kind == "organisation" and len(mention.name) == 1 and mention.name[0].isupper() and mention.name[0] not in INSTITUTIONS):
        return False
    lead = text[max(0, mention.start - 40) : mention.start]
    if mention.name[-1] in AUDIENCES or not SPOKE_TO.search(lead):
        return False
    return entity.gender is None and not (entity.spoke and not lead.endswith(("the ", "The "))) and not any(m.form == "pronoun" and m.gender != "neuter" for m in entity.mentions)


def _named(text: str, f: Found, entity: Entity | None, outlets: Sequence[Mention], sentences: list[int], voices: Voices, outlet: str | None) -> list[Entity] | None:
    """The links that the text names for this attribution; None where it names none, [] where it names the page itself."""
    anchor = f.cue or f.source
    if not anchor:
        return None
    at = anchor[0].start
    k = bisect.bisect_right(sentences, at)
    low = sentences[k - 1] if k else 0
    high = sentences[k] if k < len(sentences) else len(text)
    content = [(s.start, s.end) for s in f.content]
    direct = [(s.start, s.end) for s in f.content if text[s.start : s.start + 1] in "\"“‘'"]
    links: list[Entity] = []
    own = False
    first, after = (bisect.bisect_left(outlets, edge, key=lambda m: m.start) for edge in (low, high))
    for m in outlets[first:after]:
        target = voices.known.of[m]
        if target is entity or any(a <= m.start < b for a, b in content):
            continue
        before = text[max(low, m.start - 80) : m.start]
        before = LEADING.sub("", before)
        if not TOLD.search(before) and not (m.form == "description" and ON_AIR.search(before)):
            continue
        if m.form == "description":  # "a show on Radio One" is Radio One
            target = next((voices.known.of[n] for n in outlets[first:after] if n.start > m.end and NAMED_BEHIND.fullmatch(text, m.end, n.start)), target)
        if before.rstrip().endswith((" on", " in", " for", "to", "via")) and re.search(r"according to\s*$", before) and f.source and f.source[0].start <= m.start <= f.source[-1].end:
            continue
        if outlet and _same_outlet(text[m.start : m.end], outlet):
            own = True
        elif target not in links:
            links.append(target)
            voices.is_outlet(target)
    for match in INTERPRETER.finditer(text, low, high):
        if any(a <= match.start() < b for a, b in direct):
            continue
        target = voices.at(match.start(1), match.end(1))
        if target is not entity and target not in links:
            links.append(target)
    if links:
        return links
    if own or (f.cue and OWN_PAGE.match(text[f.cue[-1].end :].lstrip()[:30]) and re.match(r"\s", text[f.cue[-1].end :])):
        return []
    low, high = min(low, at), max(high, anchor[-1].end)
    return [] if any(not any(a <= match.start() < b for a, b in content) for match in OWN.finditer(text, low, high)) else None


def _same_outlet(words: str, outlet: str) -> bool:
    ours, theirs = (re.sub(r"^(?:the )", "", w.casefold().strip()) for w in (words, outlet))
    return ours == theirs or theirs.endswith(" " + ours) or theirs.startswith(ours + " ")
