"""One claim over all its reports, and a story as a timeline of statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from reportedly.compare.results import Conflict, Origins, Shift
from reportedly.ledger.results import Entry, Statement
from reportedly.ledger.results import Query as Asked
from reportedly.web import claims, drawing
from reportedly.web.answers import answer
from reportedly.web.errors import missing
from reportedly.web.pages import checked_id, ledger_of
from reportedly.web.pages.finding import Form, Words, exported_statements

router = APIRouter(tags=["compare"])


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
class ClaimPage:
    """All reports of a claim that were found here, the earliest known here first, and what is known of their origins."""

    statement: Statement
    reports: tuple[Report, ...]
    set_apart: tuple[Report, ...]
    origins: Origins | None
    conflicts: tuple[Conflict, ...]
    looked_at: int
    seen: int


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Statements whose time is known, earliest known here first, for which a query holds."""

    query: Asked
    statements: tuple[Statement, ...]
    limit: int


@router.get("/claims/{article}/{statement}")
def claim(request: Request, article: Annotated[str, Path(max_length=200)], statement: Annotated[str, Path(max_length=200)], form: Form = None) -> Response:
    """One claim: who else reports it, whether the reports share an origin, what shifted on the way, and figures in conflict."""
    found = claims.find(ledger_of(request), checked_id(article), statement)
    if found is None:
        raise missing("such statement")
    if form is not None and form not in ("json", "html"):
        return exported_statements(request, form, tuple(r.statement for r in found.reports))
    reports, apart = (tuple(Report(r.entry, r.statement, r.score, r.kind, r.evidence, r.judged, r.shifts) for r in some) for some in (found.reports, found.set_apart))
    page = ClaimPage(found.statement, reports, apart, found.origins, found.conflicts, found.looked_at, found.seen)
    return answer(request, "claim.html", page, tree=drawing.tree(found.reports, found.origins), charts=[drawing.chart(c, found.reports) for c in found.conflicts])


@router.get("/story")
def story(
    request: Request, q: Words = "", source: Words = "", outlet: Words = "", since: Words = "", until: Words = "", limit: Annotated[int, Query(ge=1, le=500)] = 100, form: Form = None
) -> Response:
    """A story: who said what when."""
    asked = Asked(q, source or None, outlet or None, since or None, until or None)
    found = ledger_of(request).timeline(asked, limit=limit) if asked != Asked() else ()
    if form is not None and form not in ("json", "html"):
        return exported_statements(request, form, found)
    return answer(request, "story.html", StoryPage(asked, found, limit), lanes=drawing.lanes(found))
