"""The reports of one claim in a ledger: articles that share its rarest words are looked up, then compared as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from reportedly.comparing.results import Conflict, Origins, Ref, Shift
from reportedly.errors import BadInput
from reportedly.ledger import corrections
from reportedly.ledger.results import Entry, Query, Statement

if TYPE_CHECKING:
    from reportedly.comparing.results import Match
    from reportedly.ledger.corrected import Corrected
    from reportedly.ledger.store import Ledger

RAREST = 5  # words of the claim, of which each pair is looked up
EACH = 20  # statements of one look-up
ARTICLES = 16  # in which other reports are looked for
LIKEST = 20  # statements that are compared with one another


@dataclass(frozen=True, slots=True)
class Report:
    """One report of a claim. `score` and `evidence` are of its match with the statement that was asked about, null for that one itself."""

    entry: Entry
    statement: Statement
    score: float | None
    kind: str | None
    evidence: tuple[str, ...]
    judged: str | None
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """All reports of a claim that were found here, the earliest known here first, and what is known of their origins."""

    statement: Statement
    reports: tuple[Report, ...]
    set_apart: tuple[Report, ...]
    origins: Origins | None
    conflicts: tuple[Conflict, ...]
    looked_at: int
    seen: int


def find(ledger: Ledger, article: str, statement: str) -> Claim | None:
    """The reports of a statement, and what is known of them; None where there is no such statement."""
    from reportedly.comparing import groups, match, shifts
    from reportedly.comparing import origins as origins_of
    from reportedly.comparing.matching import between
    from reportedly.comparing.statements import page, statements

    now = _load(ledger, article)
    own = next((a for a in now.reading.attributions if a.id == statement), None) if now else None
    if now is None or own is None:
        return None
    read = {article: now}
    for other in _candidates(ledger, now.reading.quote(own.content_spans), article):
        found = _load(ledger, other)
        if found is not None:
            read[other] = found
    asked = Ref(article, statement)
    judged = {s.target.partition("~")[2]: s.verdict for s in now.states if s.target.startswith(f"{statement}~")}
    # the claim against every statement first, and only those that match it against one another
    parts = {s.ref: s for c in read.values() for s in statements(page(c.reading))}
    others = [s for s in parts.values() if s.ref.article != article]
    close = {asked, *(m.b if m.a == asked else m.a for _, _, m in between([parts[asked]], others)[:LIKEST])} if asked in parts else {asked}
    close |= {Ref(*k.split("/", 1)) for k in judged}
    readings = [replace(c.reading, attributions=kept) for a, c in read.items() if (kept := tuple(x for x in c.reading.attributions if Ref(a, x.id) in close))]
    everything = match(readings)
    matches = [m for m in everything if asked not in (m.a, m.b) or judged.get(_key(_other(m, asked))) != "rejected"]
    group = next((g for g in groups(matches, readings) if asked in g.members), None)
    members = {asked} if group is None else set(group.members)
    apart = {Ref(*k.split("/", 1)) for k, verdict in judged.items() if verdict == "rejected"}
    members |= {r for k, verdict in judged.items() if verdict == "accepted" and (r := Ref(*k.split("/", 1))).article in read}
    members = {m for m in members - apart if m in parts} | {asked}
    by_other = {_other(m, asked): m for m in everything if asked in (m.a, m.b)}
    told = _statements(ledger, members | {a for a in apart if a.article in read})
    if asked not in told:
        return None

    def report(ref: Ref) -> Report:
        m = by_other.get(ref)
        entry = ledger.entry(ref.article)
        if entry is None:
            raise BadInput(f"The article {ref.article} was removed meanwhile: ask again.")
        moved = shifts.shifts(parts[asked], parts[ref]) if ref != asked and asked in parts and ref in parts else ()
        return Report(entry, told[ref], m.score if m else None, m.kind if m else None, tuple(e.words for e in m.evidence if e.words) if m else (), judged.get(_key(ref)), moved)

    several = len(members) > 1 and asked in parts
    origins = origins_of(members, readings) if several else None
    order = [r for r in origins.order if r in told] if origins else [asked]
    conflicts = shifts.conflicts([parts[m] for m in sorted(members)]) if several else ()
    return Claim(told[asked], tuple(report(r) for r in order), tuple(report(r) for r in sorted(apart) if r in told), origins, conflicts, len(read), now.revision)


def _load(ledger: Ledger, article: str) -> Corrected | None:
    return ledger.ask(lambda c: corrections.load(c, article))


def _candidates(ledger: Ledger, content: str, article: str) -> list[str]:
    """Ids of other articles whose statements have two of the claim's rarest words, those with most such pairs first."""
    from reportedly.comparing.words import concepts, stop_words, tokens, weight

    rare = sorted({w for w in tokens(content) if w.isalpha() and len(w) > 2 and w not in stop_words()}, key=lambda w: (-max(map(weight, concepts([w])), default=0.0), w))[:RAREST]
    votes: dict[str, int] = {}
    for pair in combinations(rare, 2):
        for s in ledger.search(Query(words=" ".join(pair)), limit=EACH):
            if s.article != article:
                votes[s.article] = votes.get(s.article, 0) + 1
    return sorted(votes, key=lambda a: (-votes[a], a))[: ARTICLES - 1]


def _statements(ledger: Ledger, refs: set[Ref]) -> dict[Ref, Statement]:
    from reportedly.ledger import listing

    def of(article: str) -> tuple[Statement, ...]:
        return ledger.ask(lambda c: listing.of_article(c, article))

    return {ref: s for article in {r.article for r in refs} for s in of(article) if (ref := Ref(article, s.attribution)) in refs}


def _other(m: Match, asked: object) -> Ref:
    return m.b if m.a == asked else m.a


def _key(ref: Ref) -> str:
    return f"{ref.article}/{ref.attribution}"
