"""Giving articles to be read, and seeing how far that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from reportedly.errors import BadInput
from reportedly.web.answers import answer, wants_json
from reportedly.web.errors import missing
from reportedly.web.jobs import Given
from reportedly.web.schemas import body
from reportedly.web.submitted import Submitted, submitted
from reportedly.web.viewers import Viewer, editor

router = APIRouter(tags=["add"])
TEXT = "The pasted text"


@dataclass(frozen=True, slots=True)
class AddPage:
    """What may be given: a pasted text, a link, files; `largest` bytes at once."""

    largest: int


@dataclass(frozen=True, slots=True)
class Adding:
    """What a program sends to add an article: a text (plain or HTML) or a link."""

    text: str = ""
    link: str = ""
    published: str = ""
    outlet: str = ""


@router.get("/add")
def ask(request: Request, _: Annotated[Viewer, Depends(editor)]) -> Response:
    """The form to add articles."""
    return answer(request, "add.html", AddPage(request.app.state.settings.largest))


@router.post("/add", status_code=202, openapi_extra=body(Adding, text="string", link="string", files="file", published="string", outlet="string"))
def add(request: Request, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Put articles in the line to be read; the answer says where to ask how far they are."""
    from reportedly.desk import LINK, Options

    options = Options(sent.text("published").strip() or None, sent.text("outlet").strip() or None, allow_private=False)
    given = [Given(name, data) for name, data in sent.files]
    for link in sent.text("link").split():
        if not LINK.fullmatch(link) or len(link) > 2000:
            raise BadInput(f"{link[:100]!r} is no link: it begins with https:// or http://.")
        given.append(Given(link))
    if text := sent.text("text"):
        given.append(Given(TEXT, text.encode("utf-8", "replace")))
    if not given:
        message = "There is nothing to read: paste a text, give a link, or choose a file."
        raise BadInput(message)
    jobs = request.app.state.jobs
    job = jobs.put(tuple(given), options, who.name)
    if sent.json or "application/json" in request.headers.get("accept", ""):
        made = answer(request, "job.html", jobs.get(job), status=202)
        made.headers["Location"] = f"/jobs/{job}"
        return made
    return RedirectResponse(f"/jobs/{job}", 303)


@router.get("/jobs/{job}")
def progress(request: Request, job: Annotated[str, Path(max_length=200)]) -> Response:
    """How far the reading is; the page asks again by itself until it is done. One article that was read opens."""
    found = request.app.state.jobs.get(job)
    if found is None:
        raise missing("such job")
    if found.state == "done" and len(found.items) == 1 and found.items[0].article and not wants_json(request):
        return RedirectResponse(f"/articles/{found.items[0].article}", 303)
    return answer(request, "job.html", found)
