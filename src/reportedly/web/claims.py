"""The reports of one claim in a ledger: articles that share its rarest words are looked up, then compared as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from reportedly.comparing.results import Conflict, Origins, Ref, Shift
from reportedly.ledger import gathered
from reportedly.ledger.results import Entry, Statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reportedly.comparing.results import Match
    from reportedly.ledger.store import Ledger
    from reportedly.web.prepared import Prepared, Shelf

RAREST = 5  # words of the claim, of which each pair is looked up
EACH = 20  # statements of one look-up
ARTICLES = 10  # that are compared with that of the claim, those that share most pairs of its words first
LIKEST = 12  # statements that are compared with one another


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a claim. `score` and `evidence` are of its match with the statement that was asked about, null for that one itself.

    `shifts` lead from the earlier of the two to the later; `earlier` says that this one is the earlier.
    """

    entry: Entry
    statement: Statement
    score: float | None
    kind: str | None
    evidence: tuple[str, ...]
    judged: str | None
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
    judged = {Ref(*s.target.partition("~")[2].split("/", 1)): s.verdict for s in now.states if s.target.startswith(f"{statement}~")}
    own = next((s for s in read[article].statements() if s.ref == asked), None)
    # what shares no word with the claim is no report of it, unless a person said so
    whole = {article, *(r.article for r in judged)}
    parts = {s.ref: s for a in sorted(read) for s in read[a].statements(None if a in whole or not own else own.bag)}
    apart = {r for r, verdict in judged.items() if verdict == "rejected"}
    # the claim against every statement first, and only those that match it against one another
    found = [m for _, m in against(own, list(parts.values()))] if own else []
    by_other = {_other(m, asked): m for m in found}
    close = [s for r, s in parts.items() if r in {asked, *judged, *list(by_other)[:LIKEST]}]
    matches = [m for _, _, m in pairs(close, [s.ref.article for s in close], least=ENOUGH, explain=False) if asked not in (m.a, m.b) or _other(m, asked) not in apart]
    group = next((g for g in groups(matches, voices={s.ref: s.who for s in close if s.who}) if asked in g.members), None)
    members = {asked, *(group.members if group else ()), *(r for r, verdict in judged.items() if verdict == "accepted")}
    members = {m for m in members - apart if m in parts} | {asked}
    told, entries = ledger.ask(lambda c: gathered.told(c, {(r.article, r.attribution) for r in members | apart if r.article in read}))
    if (article, statement) not in told:
        return None

    def report(ref: Ref) -> Report:
        m = by_other.get(ref)
        earlier = ref in order and order.index(ref) < order.index(asked)
        pair = (parts.get(ref), parts.get(asked)) if earlier else (parts.get(asked), parts.get(ref))
        moved = shifts.shifts(pair[0], pair[1]) if ref != asked and pair[0] and pair[1] else ()
        evidence = tuple(e.words for e in m.evidence if e.words) if m else ()
        return Report(entries[ref.article], told[ref.article, ref.attribution], m.score if m else None, m.kind if m else None, evidence, judged.get(ref), moved, earlier)

    several = len(members) > 1 and asked in parts
    some = [parts[m] for m in sorted(members)] if several else []
    quotes = {frozenset((m.a, m.b)) for m in matches if m.kind == "same quote"}
    origins = of_statements(some, quotes, near_copies([read[a].now.reading for a in sorted({m.article for m in members})])) if several else None
    order = [r for r in origins.order if (r.article, r.attribution) in told] if origins else [asked]
    set_apart = tuple(report(r) for r in sorted(apart) if (r.article, r.attribution) in told)
    return Claim(told[article, statement], tuple(report(r) for r in order), set_apart, origins, shifts.conflicts(some), len(read), " ".join(_rarest(told[article, statement].content)[:2]), now.revision)


def _gathered(connection: Connection, shelf: Shelf, article: str, statement: str) -> dict[str, Prepared] | None:
    """The article with those in which the claim may be reported; None where there is no such statement."""
    own = shelf.load(connection, [article])
    now = own[article].now if own else None
    said = next((a for a in now.reading.attributions if a.id == statement), None) if now else None
    if now is None or said is None:
        return None
    votes = gathered.sharing(connection, _askings(now.reading.quote(said.content_spans)), each=EACH)
    del votes[article]
    judged = [s.target.partition("~")[2].partition("/")[0] for s in now.states if s.target.startswith(f"{statement}~")]
    chosen = dict.fromkeys([*judged, *sorted(votes, key=lambda a: (-votes[a], a))[:ARTICLES]])
    return own | shelf.load(connection, [a for a in chosen if a != article])


def _askings(content: str) -> list[str]:
    """Each two of a claim's rarest words."""
    return [" ".join(pair) for pair in combinations(_rarest(content), 2)]


def _rarest(content: str) -> list[str]:
    from reportedly.comparing.words import concepts, stop_words, tokens, weight

    some = {w for w in tokens(content) if w.isalpha() and len(w) > 2 and w not in stop_words()}
    return sorted(some, key=lambda w: (-max(map(weight, concepts([w])), default=0.0), w))[:RAREST]


def _other(m: Match, asked: Ref) -> Ref:
    return m.b if m.a == asked else m.a
