"""The reports of one claim in a ledger: articles that share its rarest words are looked up, then compared as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.comparing.results import Conflict, Origins, Ref, Shift
from reportedly.ledger import gathered
from reportedly.ledger.corrected import pair
from reportedly.ledger.results import Entry, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from reportedly.comparing.results import Match
    from reportedly.comparing.statements import Statement as Compared
    from reportedly.ledger.corrected import Corrected
    from reportedly.ledger.store import Ledger
    from reportedly.web.prepared import Prepared, Shelf

RAREST = 4  # words of the claim, of which each pair is looked up
EACH = 20  # statements of one look-up
ARTICLES = 10  # that are compared with that of the claim, those that share most pairs of its words first
LIKEST = 10  # statements that are compared with one another


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a claim. `score` and `evidence` are of its match with the statement that was asked about, null for that one itself.

    `judged` is what a person said of that match, `origin` whether the two have one origin in a person's eyes. `shifts` lead from the earlier of the two to the later; `earlier` says that this one is the earlier.
    """

    entry: Entry
    statement: Statement
    score: float | None
    kind: str | None
    evidence: tuple[str, ...]
    judged: str | None
    origin: str | None
    shifts: tuple[Shift, ...]
    earlier: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """All reports of a claim that were found here, the earliest known here first, and what is known of their origins.

    `looked_at` articles were compared, its own among them; `words` are the claim's rarest, by which to search for more.
    """

    statement: Statement
    reports: tuple[Report, ...]
    set_apart: tuple[Report, ...]
    origins: Origins | None
    conflicts: tuple[Conflict, ...]
    looked_at: int
    words: str
    seen: int


@dataclass(frozen=True, slots=True)
class Matched:
    """What was compared with a statement: `members` are of its claim, `apart` set apart by a person, who `judged` these and said which have one origin (`tied`)."""

    asked: Ref
    read: dict[str, Prepared]
    parts: dict[Ref, Compared]
    by_other: dict[Ref, Match]
    matches: list[Match]
    judged: dict[Ref, str]
    tied: dict[frozenset[Ref], str]
    members: set[Ref]
    apart: set[Ref]


def find(ledger: Ledger, shelf: Shelf, article: str, statement: str) -> Claim | None:
    """The reports of a statement, and what is known of them; None where there is no such statement. Articles are taken from the shelf, and stay there."""
    read = ledger.ask(lambda c: _gathered(c, shelf, article, statement))
    if read is None:
        return None
    found = _matched(read, Ref(article, statement))
    told, entries = ledger.ask(lambda c: gathered.told(c, {(r.article, r.attribution) for r in found.members | found.apart if r.article in read}))
    return _claim(found, told, entries) if (article, statement) in told else None


def _matched(read: dict[str, Prepared], asked: Ref) -> Matched:
    """Put the statements that were gathered beside the one asked about, and those like it beside one another."""
    from reportedly.comparing.grouping import groups
    from reportedly.comparing.matching import ENOUGH, against, pairs

    matched, tied = judgements({a: p.now for a, p in read.items()})
    judged = {other: verdict for both, verdict in matched.items() if asked in both for other in both - {asked}}
    own = next((s for s in read[asked.article].statements() if s.ref == asked), None)
    # what shares no word with the claim is no report of it, unless a person said so
    whole = {asked.article, *(r.article for r in judged)}
    parts = {s.ref: s for a in sorted(read) for s in read[a].statements(None if a in whole or not own else own.bag)}
    # the claim against every statement first, and only those that match it against one another
    by_other = {_other(m, asked): m for _, m in against(own, list(parts.values()))} if own else {}
    close = [s for r, s in parts.items() if r in {asked, *judged, *list(by_other)[:LIKEST]}]
    likely = pairs(close, [s.ref.article for s in close], least=ENOUGH, explain=False)
    matches = [m for _, _, m in likely if matched.get(frozenset((m.a, m.b))) != "rejected"]
    group = next((g for g in groups(matches, voices={s.ref: s.who for s in close if s.who}) if asked in g.members), None)
    apart = {r for r, verdict in judged.items() if verdict == "rejected"}
    members = {*(group.members if group else ()), *(r for r, verdict in judged.items() if verdict == "accepted")}
    members = {m for m in members - apart if m in parts} | {asked}
    return Matched(asked, read, parts, by_other, matches, judged, tied, members, apart)


def _claim(found: Matched, told: dict[tuple[str, str], Statement], entries: dict[str, Entry]) -> Claim:
    """Tell what was matched, with the statements as the ledger tells them; any but the one asked about may be gone from it meanwhile."""
    from reportedly.comparing import near_copies
    from reportedly.comparing.origins import of_statements
    from reportedly.comparing.shifts import conflicts
    from reportedly.comparing.words import rarest

    asked, statement = found.asked, told[found.asked.article, found.asked.attribution]
    some = [found.parts[m] for m in sorted(found.members)] if len(found.members) > 1 and asked in found.parts else []
    origins = None
    if some:
        quotes = {frozenset((m.a, m.b)) for m in found.matches if m.kind == "same quote"}
        copies = near_copies([found.read[a].now.reading for a in sorted({m.article for m in found.members})])
        origins = of_statements(some, quotes, copies, {both: said == "accepted" for both, said in found.tied.items()})
    order = [r for r in origins.order if (r.article, r.attribution) in told] if origins else [asked]
    set_apart = [r for r in sorted(found.apart) if (r.article, r.attribution) in told]
    before = set(order[: order.index(asked)])
    reports, others = (tuple(_report(found, r, told[r.article, r.attribution], entries[r.article], earlier=r in before) for r in refs) for refs in (order, set_apart))
    now = found.read[asked.article].now
    return Claim(statement, reports, others, origins, conflicts(some), len(found.read), " ".join(rarest(statement.content, RAREST)[:2]), now.revision)


def _report(found: Matched, ref: Ref, statement: Statement, entry: Entry, *, earlier: bool) -> Report:
    """One report, as it stands to the statement that was asked about."""
    from reportedly.comparing.shifts import shifts

    m, one, other = found.by_other.get(ref), found.parts.get(found.asked), found.parts.get(ref)
    if earlier:
        one, other = other, one
    moved = shifts(one, other) if ref != found.asked and one and other else ()
    evidence = tuple(e.words for e in m.evidence if e.words) if m else ()
    origin = found.tied.get(frozenset((found.asked, ref)))
    return Report(entry, statement, m.score if m else None, m.kind if m else None, evidence, found.judged.get(ref), origin, moved, earlier)


def judgements(read: Mapping[str, Corrected]) -> tuple[dict[frozenset[Ref], str], dict[frozenset[Ref], str]]:
    """What people said of pairs of statements: of the matches, and of the origins. From whichever side it was said, the last word counts."""
    said: dict[bool, dict[frozenset[Ref], tuple[str, int, str]]] = {False: {}, True: {}}
    for article, now in read.items():
        for s in now.states:
            if p := pair(s.target):
                both = frozenset((Ref(article, p.statement), Ref(p.article, p.other)))
                said[p.origin][both] = max(said[p.origin].get(both, ("", 0, "")), (s.at, s.place, s.verdict))
    matches, origins = ({both: verdict for both, (_, _, verdict) in some.items()} for some in (said[False], said[True]))
    return matches, origins


def _gathered(connection: Connection, shelf: Shelf, article: str, statement: str) -> dict[str, Prepared] | None:
    """The article with those in which the claim may be reported; None where there is no such statement."""
    from reportedly.comparing.words import askings

    own = shelf.load(connection, [article])
    now = own[article].now if own else None
    said = next((a for a in now.reading.attributions if a.id == statement), None) if now else None
    if now is None or said is None:
        return None
    near = gathered.candidates(connection, askings(now.reading.quote(said.content_spans), RAREST), but=article, each=EACH, most=ARTICLES)
    judged = [p.article for s in now.states if (p := pair(s.target)) and p.statement == statement]
    judged += gathered.judging(connection, article, statement)
    return own | shelf.load(connection, [a for a in (*judged, *near) if a != article])


def _other(m: Match, asked: Ref) -> Ref:
    return m.b if m.a == asked else m.a
