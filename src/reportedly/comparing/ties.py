"""What ties two matched statements to one account, what sets them apart, and what leaves it in doubt.

Each rule looks at one kind of tie and gives the reason in words, or nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reportedly.comparing.families import family_words
from reportedly.comparing.features import common
from reportedly.comparing.relations import relation, unlike
from reportedly.comparing.voices import who
from reportedly.comparing.words import concepts, mass, table, tokens

if TYPE_CHECKING:
    from reportedly.comparing.results import NearCopy, OriginKind
    from reportedly.comparing.statements import Statement
    from reportedly.values import Article

COPIED = 0.35  # share of the shorter article that another carries from which it is its copy
CARRIED = 0.4  # share of a statement's words that must stand in both before a credit line speaks for it
RETOLD = 0.4  # or so much of the shorter statement, for a crowd to say what one of it says
QUOTED = 4  # words in a row, in quotation marks in both, that two people do not say by chance
NEARLY_ALL = 0.8  # or so much of the shorter quotation, if the shared words tell something: any bound from 0.5 to 0.9 gives the same origins on the open stories, none at all loses one
QUOTED_MASS = 6.0  # or what the shared words tell, where they are fewer
BESIDE = 60  # characters behind a name
DEFINITE = re.compile(r"(?:the|its|his|her|their)\b", re.IGNORECASE)
AGENCY = frozenset(["agency", "news", "press", "wire"])


@dataclass(frozen=True, slots=True)
class Link:
    """What ties two statements to one origin, or sets them apart."""

    kind: OriginKind
    words: str
    vague: bool = False  # a doubt only because a report says so little of its source: another of the same account may say more


def together(a: Statement, b: Statement, near: dict[tuple[str, str], NearCopy], *, quoted: bool) -> Link | None:
    """What ties two statements to one account; null where nothing does, and always between an anonymous source and a named person."""
    if unlike(a.who, b.who):
        return None
    return (
        _same_article(a, b) or _outlet(a, b) or _credit(a, b) or _source(a, b) or _goes_by_no_name(a, b)
        or _at_large(a, b) or _quote(a, b, matched=quoted) or _document(a, b) or _occasion(a, b) or _copy(a, b, near)
    )  # fmt: skip


def _same_article(a: Statement, b: Statement) -> Link | None:
    if a.ref.article != b.ref.article:
        return None
    parents = {s.attribution.parent for s in (a, b) if s.attribution}
    if a.ref.attribution in parents or b.ref.attribution in parents:
        return Link("chain", "one of the two stands inside the other")
    ids = {s.attribution.source for s in (a, b) if s.attribution}
    if len(ids) == 1 and None not in ids:
        return Link("source", f"both are from {label(a)} in one report")
    return None


def _outlet(a: Statement, b: Statement) -> Link | None:
    """One chain passes through the other's outlet, or both pass through one."""
    for x, y in ((a, b), (b, a)):
        home = y.page.reading.article.outlet
        if home and x.ref.article != y.ref.article:
            if any(_is_outlet(w.label, home) for w in x.via) and not (_speaks_elsewhere(x, y) and (_speaks_there(x, y) or _a_day_before(x, y))):
                return Link("chain", f"{outlet_of(x)} has it through {home}")
            if x.who and _is_outlet(x.who.label, home):
                return Link("chain", f"{outlet_of(x)} gives {home} as its source")
            if not _speaks_elsewhere(x, y) and not _is_outlet(outlet_of(x), home) and _names_outlet(x, home):
                return Link("chain", f"{outlet_of(x)} names {home} where it passes this on")
    for one in a.via:
        for other in b.via:
            if not one.anonymous and not other.anonymous and relation(a.who, b.who) != "different" and (_is_outlet(one.label, other.label) or relation(one, other) == "same"):
                return Link("document" if one.kind == "document" else "chain", f"both have it through {one.label}")
    for x, y in ((a, b), (b, a)):
        if y.who and not y.who.anonymous and any(_is_outlet(w.label, y.who.label) or relation(w, y.who) == "same" for w in x.via):
            return Link("chain", f"the chain of one ends in {y.who.label}, who is the source of the other")
    return None


def _copy(a: Statement, b: Statement, near: dict[tuple[str, str], NearCopy]) -> Link | None:
    copy = near.get((a.page.id, b.page.id))
    if not copy or max(copy.a_in_b, copy.b_in_a) < COPIED or unlike(a.who, b.who) or relation(a.who, b.who) == "different":
        return None
    if common(a.words, b.words).coverage < 0.5:
        return None  # the article is a copy, and this statement is not of what was copied
    return Link("copy", f"{round(100 * max(copy.a_in_b, copy.b_in_a))} % of one report's wording stands in the other, and this statement is of it")


def _credit(a: Statement, b: Statement) -> Link | None:
    """One agency's copy: its credit line in both, or in one where the other is the agency's own or had it through the agency."""
    for x, y in ((a, b), (b, a)):
        agency = x.page.reading.article.agency
        if not agency or x.ref.article == y.ref.article:
            continue
        theirs = y.page.reading.article
        if (theirs.agency and _is_outlet(theirs.agency, agency)) or (theirs.outlet and _is_outlet(theirs.outlet, agency)):
            told = relation(x.who, y.who) != "different" and common(x.words, y.words).coverage >= CARRIED
            return Link("agency", f"both carry the copy of {agency}") if told else None
        if any(_is_outlet(w.label, agency) for w in y.via):
            return Link("agency", f"both have it from {agency}")
    return None


def _source(a: Statement, b: Statement) -> Link | None:
    if a.ref.article == b.ref.article and a.who and a.who.anonymous:
        return None
    if relation(a.who, b.who) != "same":
        return None
    kind: OriginKind = "document" if a.who and a.who.kind == "document" else "source"
    labels = f"{label(a)}" + (f" (“{label(b)}”)" if label(a).casefold() != label(b).casefold() else "")
    return Link(kind, f"both end in {labels}")


def _goes_by_no_name(a: Statement, b: Statement) -> Link | None:
    """One report names a house or a person whom the other only calls "the club", "its leader"."""
    for x, y in ((a, b), (b, a)):
        if x.ref.article == y.ref.article or not (x.who and y.who and x.who.name) or y.who.name or y.who.crowd or x.who.anonymous or y.who.anonymous or not DEFINITE.match(y.who.label) or relation(x.who, y.who) == "different":
            continue
        if x.who.kind == y.who.kind == "organisation":
            alike = x.who.families & y.who.families or not (x.who.families and y.who.families)
            meant = alike and not y.who.speaks and max(x.who.name, key=len) in _words(y.page.reading.article.text) and y.who.roles <= _house_words()
        else:
            meant = x.who.kind == y.who.kind == "person" and bool(x.who.posts & y.who.posts) and y.who.roles <= x.who.roles | set(concepts(list(x.who.posts)))
        if meant:
            return Link("source", f"{label(y)} ({outlet_of(y)}) is, by all that is said, {label(x)} ({outlet_of(x)})")
    return None


def _at_large(a: Statement, b: Statement) -> Link | None:
    """One report has from "researchers" or "rescue workers" what another has, in much the same words or figures, from one of these."""
    for x, y in ((a, b), (b, a)):
        if x.ref.article == y.ref.article or not (x.who and y.who) or not y.who.crowd or x.who.crowd or x.who.anonymous or y.who.anonymous:
            continue
        if not (x.who.families & y.who.families or x.who.roles & y.who.roles):
            continue
        figures = any(n.agrees(m) and n.unit & m.unit for n in x.figures for m in y.figures)
        if figures or common(x.words, y.words).coverage >= RETOLD:
            return Link("source", f"“{label(y)}” ({outlet_of(y)}) says what {label(x)}, one of these, says ({outlet_of(x)})")
    return None


@cache
def _house_words() -> frozenset[str]:
    """What a house may be called without its name."""
    return frozenset(concepts(family_words()))


def _quote(a: Statement, b: Statement, *, matched: bool) -> Link | None:
    shared = common(a.quoted, b.quoted)
    long = matched or shared.longest >= QUOTED or (shared.coverage >= NEARLY_ALL and mass(set(concepts(shared.words))) >= QUOTED_MASS)
    if not long or unlike(a.who, b.who) or relation(a.who, b.who) == "different" or shared.count < 2:
        return None
    return Link("quote", f"the same words in quotation marks: “{' '.join(shared.run[:12])}”")


def _document(a: Statement, b: Statement) -> Link | None:
    """One report's source is a document, and the other's says that it was said in one of that kind."""
    if a.ref.article == b.ref.article:
        return None
    for x, y in ((a, b), (b, a)):
        kind = _standing("documents", x.who.label)[:1] if x.who else ()
        if kind and re.search(rf"\bin (?:an? |the |its |his |her |their )(?:[\w-]+ )?{kind[0]}\b", f"{y.cue} {y.frame}", re.IGNORECASE):
            return Link("document", f"{label(x)} ({outlet_of(x)}) is where {label(y)} said it ({outlet_of(y)})")
    return None


def _occasion(a: Statement, b: Statement) -> Link | None:
    """Both were said at one public occasion, by sources that may be one."""
    if a.ref.article == b.ref.article or a.who is None or b.who is None:
        return None
    theirs = _standing("occasions", f"{b.frame} {b.cue}")
    both = [o for o in _standing("occasions", f"{a.frame} {a.cue}") if o in theirs] if theirs else []
    how = relation(a.who, b.who) if both else "different"
    if how == "different" or (how == "unknown" and not (a.who.families & b.who.families)):
        return None
    return Link("occasion", f"both were said at one {both[0]}")


@lru_cache(maxsize=5_000)
def _standing(kind: str, words: str) -> tuple[str, ...]:
    """Which words of a list (data/voices.toml) stand in some others."""
    return tuple(word for word, pattern in _patterns(kind) if pattern.search(words))


@cache
def _patterns(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((word, re.compile(rf"\b{word}\b", re.IGNORECASE)) for word in table("voices.toml")[kind])


def apart(a: Statement, b: Statement, outlets: frozenset[str] = frozenset()) -> Link:
    """Whether two statements without a tie speak for themselves; a doubt says why not. `outlets` are those of the articles compared."""
    for s in (a, b):
        if s.attribution is None or s.attribution.source is None or s.who is None:
            return Link("doubt", f"{outlet_of(s)} names nobody whom it has this from", vague=True)
        if s.who.anonymous:
            return Link("doubt", f"a source of {outlet_of(s)} is anonymous, and nothing is said of who it is or is not")
        if s.who.crowd or (s.who.indefinite and s.who.kind == "person"):
            return Link("doubt", f"“{s.who.label}” ({outlet_of(s)}) may be anybody", vague=True)
        if s.who.kind == "outlet" or (s.who.kind in ("organisation", "unknown") and any(_is_outlet(s.who.label, o) for o in outlets)):
            return Link("doubt", f"{outlet_of(s)} has it from {s.who.label}, and whom {s.who.label} has it from is not known here", vague=True)
        if s.via and not any(w.kind in ("outlet", "unknown") for w in s.via):
            return Link("doubt", f"{outlet_of(s)} has it through {s.via[0].label}", vague=True)
    how = relation(a.who, b.who)
    if how == "different" and any(_is_outlet(v.label, w.label) for v in a.via for w in b.via):
        return Link("doubt", f"{label(a)} and {label(b)} are both known here only through {a.via[0].label}")
    if how == "different":
        return Link("independent", f"{label(a)} ({outlet_of(a)}) and {label(b)} ({outlet_of(b)}) speak for themselves, and neither chain passes through the other")
    if how == "related":
        return Link("doubt", f"{label(a)} and {label(b)} may have it from one another: they are of one house")
    if _both_are_known(a, b):
        return Link("independent", f"{label(a)} ({outlet_of(a)}) and {label(b)} ({outlet_of(b)}) speak for themselves, and nothing ties the one to the other")
    return Link("doubt", f"whether {label(a)} and {label(b)} are one source cannot be told from the texts", vague=True)


def _both_are_known(a: Statement, b: Statement) -> bool:
    """Whether it is said who both are, and no report has a word of the one behind the other's name: "Ana Ruiz, who oversees research at the university".

    A house without a name ("the landlord") may be any that has one, and is known only beside a person.
    """
    sides = (a, b)
    if not any(s.who and s.who.name for s in sides) or not all(s.who and (s.who.roles or (s.who.name and s.who.kind == "organisation")) for s in sides):
        return False
    bare = [s.who for s in sides if s.who and not s.who.name]
    return all(w.kind in ("organisation", "document") for w in bare) and not (bare and not any(s.who and s.who.person for s in sides)) and not _beside(a, b) and not _beside(b, a)


def _beside(s: Statement, other: Statement) -> bool:
    """Whether either report has a word of the other source soon after the name of a statement's."""
    if not s.who or not other.who:
        return False
    words = set(concepts(other.who.name)) | other.who.roles
    name = re.compile(rf"\b{re.escape(s.who.label)}\b[^.!?\n]{{0,{BESIDE}}}", re.IGNORECASE)
    return any(not words.isdisjoint(concepts(tokens(m.group()[len(s.who.label) :]))) for page in (s.page, other.page) for m in name.finditer(page.reading.article.text))


def label(s: Statement) -> str:
    """Who a statement is from, in the words of its article."""
    return s.who.label if s.who else "nobody named"


def outlet_of(s: Statement) -> str:
    """Where a statement stands."""
    return outlet(s.page.reading.article)


def outlet(article: Article) -> str:
    """What to call an article's place: its outlet, else its host, else its title."""
    host = re.sub(r"^https?://(?:www\.)?([^/]+).*", r"\1", article.url) if article.url else None
    return article.outlet or host or (article.title or "a report")[:60]


@lru_cache(maxsize=50_000)
def _is_outlet(a: str, b: str) -> bool:
    """Whether two names are of one outlet ("the Tarn Courier", "Tarn Courier"; "the Herald" of "The Brackwater Herald" does not do)."""
    one, other = (_plain(name) for name in (a, b))
    if not one or not other:
        return False
    return one == other or (len(one) > 1 and one < other) or (len(other) > 1 and other < one) or (min(len(one), len(other)) == 1 and (one < other or other < one) and bool((one | other) & AGENCY))


@lru_cache(maxsize=50_000)
def _plain(name: str) -> frozenset[str]:
    return frozenset(w for w in tokens(name) if w not in ("the", "a", "newspaper", "paper", "magazine", "website", "of", "and"))


@lru_cache(maxsize=5_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(tokens(text))


def _names_outlet(s: Statement, name: str) -> bool:
    """Whether the words around a cue name an outlet."""
    wanted = _plain(name)
    return len(wanted) > 1 and wanted <= _words(f"{s.frame} {s.cue}") and re.search(rf"\b{re.escape(re.sub(r'^[Tt]he ', '', name))}\b", f"{s.frame} {s.cue}", re.IGNORECASE) is not None


def _speaks_there(a: Statement, b: Statement) -> bool:
    """Whether the source of a statement is one of the other's report, too."""
    reading = b.page.reading
    return any(relation(a.who, who(s, reading)) == "same" for s in reading.sources if s.name)


def _a_day_before(a: Statement, b: Statement) -> bool:
    """Whether a statement was out a day before the other, and so cannot have come from there; hours and time zones are often not known."""
    return a.page.when is not None and b.page.when is not None and b.page.when - a.page.when >= timedelta(days=1)


def _speaks_elsewhere(a: Statement, b: Statement) -> bool:
    return relation(a.who, b.who) == "different"
