"""One claim over all its reports, and a story as a timeline of statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from reportedly.ledger.results import Query as Asked
from reportedly.ledger.results import Statement
from reportedly.web import claims, drawing
from reportedly.web.answers import answer
from reportedly.web.errors import missing
from reportedly.web.formats import is_file
from reportedly.web.pages import checked_id, ledger_of
from reportedly.web.pages.finding import Form, Words, exported_statements

router = APIRouter(tags=["compare"])


@dataclass(frozen=True, slots=True)
class StoryPage:
    """Statements whose time is known, earliest known here first, for which a query holds."""

    query: Asked
    statements: tuple[Statement, ...]
    limit: int


@router.get("/claims/{article}/{statement}")
def claim(request: Request, article: Annotated[str, Path(max_length=200)], statement: Annotated[str, Path(max_length=200)], form: Form = None) -> Response:
    """One claim: who else reports it, whether the reports share an origin, what shifted on the way, and figures in conflict."""
    found = claims.find(ledger_of(request), request.app.state.shelf, checked_id(article), statement)
    if found is None:
        raise missing("such statement")
    if is_file(form):
        return exported_statements(request, form, tuple(r.statement for r in found.reports))
    return answer(request, "claim.html", found, tree=drawing.tree(found.reports, found.origins), charts=[drawing.chart(c, found.reports) for c in found.conflicts])


@router.get("/story")
def story(
    request: Request, q: Words = "", source: Words = "", outlet: Words = "", since: Words = "", until: Words = "", limit: Annotated[int, Query(ge=1, le=500)] = 100, form: Form = None
) -> Response:
    """A story: who said what when."""
    asked = Asked(q, source or None, outlet or None, since or None, until or None)
    found = ledger_of(request).timeline(asked, limit=limit) if asked != Asked() else ()
    if is_file(form):
        return exported_statements(request, form, found)
    return answer(request, "story.html", StoryPage(asked, found, limit), lanes=drawing.lanes(found))
