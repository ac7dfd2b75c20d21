"""The application: pages, static files, the guard before them, and one shape for what goes wrong."""

from __future__ import annotations

import gc
import logging
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from reportedly import __version__
from reportedly.errors import ReportedlyError
from reportedly.ledger.corrections import Done
from reportedly.web import claims, errors, schemas
from reportedly.web.answers import wants_json
from reportedly.web.article import ArticlePage
from reportedly.web.guard import Guard
from reportedly.web.jobs import Job, Jobs
from reportedly.web.pages import adding, comparing, correcting, editing, finding, people
from reportedly.web.prepared import Shelf
from reportedly.web.settings import Settings
from reportedly.web.viewers import known

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.responses import Response

    from reportedly.ledger.store import Ledger
    from reportedly.web.jobs import Reads

log = logging.getLogger(__name__)
PAGES: dict[str, type] = {
    "home": finding.HomePage, "article": ArticlePage, "search": finding.SearchPage, "source": finding.SourcePage, "ask": adding.AddPage, "add": Job, "progress": Job,
    "correct": Done, "undo": Done, "undo_batch": Done, "statement": editing.EditPage, "change_statement": Done, "one_source": editing.EditPage, "change_source": Done,
    "merge": Done, "split": Done, "one_mark": editing.EditPage, "change_mark": Done,
    "review": correcting.ReviewPage, "review_many": Done, "door": people.EnterPage, "enter": people.Nothing, "leave": people.Nothing, "log": people.LogPage, "remove": people.Removed,
    "claim": claims.Claim, "story": comparing.StoryPage,
}  # fmt: skip


def create(ledger: Ledger, settings: Settings | None = None, *, reader: Callable[[], Reads] | None = None) -> FastAPI:
    """The application over a ledger. `reader` gives what reads articles; by default the program's own, loaded at the first one."""
    settings = settings or Settings()
    jobs = Jobs(ledger, reader or _reader, settings.waiting)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        jobs.start()
        gc.collect()
        gc.freeze()  # what was loaded stays: to go through all of it again and again would stop every page for a tenth of a second
        yield
        gc.unfreeze()
        jobs.close()

    app = FastAPI(
        title="reportedly", version=__version__, description="Who said what, in whose words, and through whom. Every page is also JSON, by its Accept header or `?format=json`.",
        docs_url=None, redoc_url=None, openapi_url="/openapi.json", dependencies=[Depends(known)], lifespan=life, generate_unique_id_function=lambda route: f"{route.name}__{route.path_format}__{min(route.methods or {'get'}).lower()}",
    )  # fmt: skip
    app.state.ledger, app.state.settings, app.state.jobs, app.state.shelf = ledger, settings, jobs, Shelf()
    for part in (finding, adding, correcting, editing, comparing, people):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=str(files("reportedly.web") / "static")), name="static")
    app.add_middleware(Guard, settings=settings)
    _catch(app)
    schemas.describe(app, PAGES)
    return app


def _catch(app: FastAPI) -> None:
    @app.exception_handler(ReportedlyError)
    def ours(request: Request, error: ReportedlyError) -> Response:
        status = errors.status_of(error)
        if status == 401 and request.method == "GET" and not wants_json(request):
            return RedirectResponse(f"/enter?{urlencode({'to': str(request.url.path) + ('?' + request.url.query if request.url.query else '')})}", 303)
        return errors.problem(request, status, str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        said = "; ".join(f"{'.'.join(str(p) for p in e['loc'][1:])}: {e['msg']}" for e in error.errors()[:5])
        return errors.problem(request, 422, f"This cannot be asked for ({said}).")

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        messages = {404: "There is no such page.", 405: "This address does not take that kind of request."}
        found = errors.problem(request, error.status_code, messages.get(error.status_code, str(error.detail)))
        found.headers.update(error.headers or {})
        return found

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> Response:
        log.error("unexpected %s at %s", type(error).__name__, request.url.path, exc_info=error)
        return errors.problem(request, 500, "Something went wrong that should not: nothing was changed. The program's output says more.")


def _reader() -> Any:  # noqa: ANN401 - the reader of `desk`
    from reportedly.desk import shared_reader

    return shared_reader()
