"""The reports of one claim in a ledger: articles that share its rarest words are looked up, then compared as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from reportedly.comparing.results import Conflict, Origins, Ref, Shift
from reportedly.ledger import gathered
from reportedly.ledger.corrected import pair
from reportedly.ledger.results import Entry, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from reportedly.comparing.results import Match
    from reportedly.ledger.corrected import Corrected
    from reportedly.ledger.store import Ledger
    from reportedly.web.prepared import Prepared, Shelf

RAREST = 5  # words of the claim, of which each pair is looked up
EACH = 20  # statements of one look-up
ARTICLES = 10  # that are compared with that of the claim, those that share most pairs of its words first
LIKEST = 12  # statements that are compared with one another


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


def find(ledger: Ledger, shelf: Shelf, article: str, statement: str) -> Claim | None:
    """The reports of a statement, and what is known of them; None where there is no such statement. Articles are taken from the shelf, and stay there."""
    from reportedly.comparing import near_copies, shifts
    from reportedly.comparing.grouping import groups
    from reportedly.comparing.matching import ENOUGH, against, pairs
    from reportedly.comparing.origins import of_statements

    read = ledger.ask(lambda c: _gathered(c, shelf, article, statement))
    if read is None:
        return None
    now, asked = read[article].now, Ref(article, statement)
    matched, tied = judgements({a: p.now for a, p in read.items()})
    judged = {other: verdict for both, verdict in matched.items() if asked in both for other in both - {asked}}
    own = next((s for s in read[article].statements() if s.ref == asked), None)
    # what shares no word with the claim is no report of it, unless a person said so
    whole = {article, *(r.article for r in judged)}
    parts = {s.ref: s for a in sorted(read) for s in read[a].statements(None if a in whole or not own else own.bag)}
    apart = {r for r, verdict in judged.items() if verdict == "rejected"}
    # the claim against every statement first, and only those that match it against one another
    found = [m for _, m in against(own, list(parts.values()))] if own else []
    by_other = {_other(m, asked): m for m in found}
    close = [s for r, s in parts.items() if r in {asked, *judged, *list(by_other)[:LIKEST]}]
    matches = [m for _, _, m in pairs(close, [s.ref.article for s in close], least=ENOUGH, explain=False) if matched.get(frozenset((m.a, m.b))) != "rejected"]
    group = next((g for g in groups(matches, voices={s.ref: s.who for s in close if s.who}) if asked in g.members), None)
    members = {asked, *(group.members if group else ()), *(r for r, verdict in judged.items() if verdict == "accepted")}
    members = {m for m in members - apart if m in parts} | {asked}
    told, entries = ledger.ask(lambda c: gathered.told(c, {(r.article, r.attribution) for r in members | apart if r.article in read}))
    if (article, statement) not in told:
        return None

    def report(ref: Ref) -> Report:
        m = by_other.get(ref)
        earlier = ref in order and order.index(ref) < order.index(asked)
        one, other = (parts.get(ref), parts.get(asked)) if earlier else (parts.get(asked), parts.get(ref))
        moved = shifts.shifts(one, other) if ref != asked and one and other else ()
        evidence = tuple(e.words for e in m.evidence if e.words) if m else ()
        return Report(entries[ref.article], told[ref.article, ref.attribution], m.score if m else None, m.kind if m else None, evidence, judged.get(ref), tied.get(frozenset((asked, ref))), moved, earlier)

    several = len(members) > 1 and asked in parts
    some = [parts[m] for m in sorted(members)] if several else []
    quotes = {frozenset((m.a, m.b)) for m in matches if m.kind == "same quote"}
    origins = of_statements(some, quotes, near_copies([read[a].now.reading for a in sorted({m.article for m in members})]), {both: said == "accepted" for both, said in tied.items()}) if several else None
    order = [r for r in origins.order if (r.article, r.attribution) in told] if origins else [asked]
    set_apart = tuple(report(r) for r in sorted(apart) if (r.article, r.attribution) in told)
    return Claim(told[article, statement], tuple(report(r) for r in order), set_apart, origins, shifts.conflicts(some), len(read), " ".join(_rarest(told[article, statement].content)[:2]), now.revision)


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
    own = shelf.load(connection, [article])
    now = own[article].now if own else None
    said = next((a for a in now.reading.attributions if a.id == statement), None) if now else None
    if now is None or said is None:
        return None
    votes = gathered.sharing(connection, askings(now.reading.quote(said.content_spans)), each=EACH)
    del votes[article]
    judged = [p.article for s in now.states if (p := pair(s.target)) and p.statement == statement]
    judged += gathered.judging(connection, article, statement)
    chosen = dict.fromkeys([*judged, *sorted(votes, key=lambda a: (-votes[a], a))[:ARTICLES]])
    return own | shelf.load(connection, [a for a in chosen if a != article])


def askings(content: str, rarest: int = RAREST) -> list[str]:
    """Each two of a claim's rarest words."""
    return [" ".join(two) for two in combinations(_rarest(content)[:rarest], 2)]


def _rarest(content: str) -> list[str]:
    from reportedly.comparing.words import concepts, stop_words, tokens, weight

    some = {w for w in tokens(content) if w.isalpha() and len(w) > 2 and w not in stop_words()}
    return sorted(some, key=lambda w: (-max(map(weight, concepts([w])), default=0.0), w))[:RAREST]


def _other(m: Match, asked: Ref) -> Ref:
    return m.b if m.a == asked else m.a
