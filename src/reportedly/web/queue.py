"""What nobody looked at yet, by kind: sources, times, figures, the writer's words, and what statements of different articles have in common.

Articles are gone through from the newest, some at a time: what is left of those is shown, with the place from which to go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, get_args

from reportedly.comparing.results import Ref
from reportedly.ledger import gathered
from reportedly.ledger.results import Statement
from reportedly.values import Figure, Time
from reportedly.web import article as articles
from reportedly.web import claims

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from reportedly.comparing.results import Match
    from reportedly.comparing.statements import Statement as Compared
    from reportedly.ledger.corrected import Corrected
    from reportedly.ledger.store import Ledger
    from reportedly.web.prepared import Prepared, Shelf

Kind = Literal["statement", "source", "time", "figure", "voice", "match", "origin"]
KINDS: tuple[Kind, ...] = get_args(Kind)
THROUGH = 40  # articles that one page goes through
AT_ONCE = 10  # of them taken out of the ledger at once
BESIDE = 4  # articles beside which the statements of one are put
LOOKED = 6  # articles of which one page asks whether others share their words
TRIES = 2  # of them compared with these others, until something is found
ASKED = 10  # of its statements, likeliest first, by the rarest words of which others are looked for
RAREST = 3  # such words of each
LIKELY = 0.5  # score of a statement from which it is worth a person's time to compare it
PAIRS = 20  # of one page
AROUND = 60  # characters on either side of a mark


@dataclass(frozen=True, slots=True)
class Waiting:
    """A source, a time, a figure or a passage that nobody looked at: `before` and `after` are what stands around its words."""

    article: str
    target: str
    words: str
    told: str
    before: str
    after: str
    title: str | None
    outlet: str | None


@dataclass(frozen=True, slots=True)
class Beside:
    """Two statements of different articles: that they make one claim, or (`verdict`) whether they have one origin, is what the program says."""

    article: str
    target: str
    one: Statement
    other: Statement
    score: float
    kind: str
    verdict: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits. `next` is the place from which to go on, null at the end; `revisions` are those of its articles."""

    waiting: tuple[Waiting, ...]
    beside: tuple[Beside, ...]
    revisions: dict[str, int]
    next: int | None


def waiting(ledger: Ledger, kind: Kind, *, before: int | None, limit: int) -> Queue:
    """Sources, times, figures or passages that nobody looked at."""

    def ask(connection: Connection) -> Queue:
        places = gathered.newest(connection, before, THROUGH)
        found: list[Waiting] = []
        revisions: dict[str, int] = {}
        last = None
        held: dict[str, Corrected] = {}
        for n, (key, article) in enumerate(places):
            if len(found) >= limit:
                break
            if article not in held:
                held = gathered.load(connection, [a for _, a in places[n : n + AT_ONCE]])
            left = list(_left(held[article], kind))
            if left:
                revisions[article] = held[article].revision
                found += left
            last = key
        return Queue(tuple(found), (), revisions, last if last is not None and gathered.newest(connection, last, 1) else None)

    return ledger.ask(ask)


def beside(ledger: Ledger, shelf: Shelf, kind: Kind, *, before: int | None) -> Queue:
    """What the statements of one article have in common with those of others, as far as nobody judged it: matches, or their origins."""
    places = ledger.ask(lambda c: gathered.newest(c, before, LOOKED + 1))
    tried = 0
    for key, article in places[:LOOKED]:
        read = ledger.ask(lambda c, article=article: _near(c, shelf, article))  # type: ignore[misc]
        found = _pairs(ledger, read, article, kind) if len(read) > 1 else []
        tried += len(read) > 1
        if found or tried == TRIES:
            return Queue((), tuple(found), {article: read[article].now.revision} if found else {}, key if key != places[-1][0] else None)
    return Queue((), (), {}, places[LOOKED - 1][0] if len(places) > LOOKED else None)


def _left(now: Corrected, kind: Kind) -> Iterator[Waiting]:
    """What is left of one article."""
    about, said = now.reading.article, {s.target for s in now.states}
    if kind == "source":
        for s in now.reading.sources:
            if s.id not in said and s.mentions:
                told = ", ".join(v for v in (s.kind if s.kind != "unknown" else None, s.identity, f"{len(s.mentions)} mentions" if len(s.mentions) > 1 else None) if v)
                yield _waiting(now, s.id, s.mentions[0].start, s.mentions[0].end, f"{articles.label(s, now.reading)}: {told}", about.title, about.outlet)
        return
    wanted = {"time": Time, "figure": Figure}.get(kind)
    for name, m in now.marks.items():
        if name not in said and (isinstance(m, wanted) if wanted else not isinstance(m, Time | Figure)):
            yield _waiting(now, name, m.start, m.end, articles.told(m), about.title, about.outlet)


def _waiting(now: Corrected, target: str, start: int, end: int, told: str, title: str | None, outlet: str | None) -> Waiting:
    text = now.reading.article.text
    low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    high = len(text) if high < 0 else high
    before, after = text[max(low, start - AROUND) : start], text[end : min(high, end + AROUND)]
    before, after = f"…{before}" if start - AROUND > low else before, f"{after}…" if end + AROUND < high else after
    return Waiting(now.reading.article.id, target, " ".join(text[start:end].split()), told, before, after, title, outlet)


def _near(connection: Connection, shelf: Shelf, article: str) -> dict[str, Prepared]:
    """An article, and those that share most pairs of the rarest words of its statements."""
    from reportedly.comparing.words import askings

    own = shelf.load(connection, [article])
    if article not in own:  # removed since it was listed
        return {}
    reading = own[article].now.reading
    some = sorted((a for a in reading.attributions if a.score >= LIKELY), key=lambda a: -a.score)[:ASKED]
    wanted = dict.fromkeys(two for a in some for two in askings(reading.quote(a.content_spans), RAREST))
    others = gathered.candidates(connection, list(wanted), but=article, each=claims.EACH, most=BESIDE)
    return own | shelf.load(connection, others)


def _pairs(ledger: Ledger, read: dict[str, Prepared], article: str, kind: Kind) -> list[Beside]:
    """The pairs of one article and others of which nobody said what is asked."""
    from reportedly.comparing.matching import ENOUGH, pairs

    some = [s for a in (article, *sorted(set(read) - {article})) for s in read[a].statements() if s.score >= LIKELY]
    found: list[Match] = [m for _, _, m in pairs(some, [s.ref.article == article for s in some], least=ENOUGH)]
    matched, tied = claims.judgements({a: p.now for a, p in read.items()})
    parts: dict[Ref, Compared] = {s.ref: s for s in some}

    def is_open(m: Match) -> bool:
        both = frozenset((m.a, m.b))
        return (matched.get(both) != "rejected" and both not in tied) if kind == "origin" else both not in matched

    left = islice(filter(is_open, found), PAIRS)
    wanted = [(m, *((m.a, m.b) if m.a.article == article else (m.b, m.a))) for m in left]
    told, _ = ledger.ask(lambda c: gathered.told(c, {(r.article, r.attribution) for _, *refs in wanted for r in refs}))
    out = []
    for m, here, there in wanted:
        one, other = told.get((here.article, here.attribution)), told.get((there.article, there.attribution))
        if one and other:
            verdict, reasons = _origins(m, parts, read) if kind == "origin" else (None, tuple(e.words for e in m.evidence if e.words))
            out.append(Beside(article, f"{here.attribution}~{there.article}/{there.attribution}{'~origin' if kind == 'origin' else ''}", one, other, m.score, m.kind, verdict, reasons))
    return out


def _origins(m: Match, parts: dict[Ref, Compared], read: dict[str, Prepared]) -> tuple[str, tuple[str, ...]]:
    """Whether two statements have one origin as far as their texts tell, and why."""
    from reportedly.comparing import near_copies
    from reportedly.comparing.origins import of_statements

    quotes = {frozenset((m.a, m.b))} if m.kind == "same quote" else set()
    found = of_statements([parts[m.a], parts[m.b]], quotes, near_copies([read[r.article].now.reading for r in (m.a, m.b)]))
    return found.verdict, tuple(dict.fromkeys(r.words for r in found.reasons))
