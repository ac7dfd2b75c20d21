"""Correcting: accept, reject, change, add, undo, one or many; and the queue of what nobody looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from reportedly.errors import BadInput
from reportedly.ledger import corrections, gathered, listing
from reportedly.ledger.corrections import Change, Done, Edit
from reportedly.ledger.results import Statement
from reportedly.values import Attribution, Figure, Source, Time, Voice
from reportedly.web import queue
from reportedly.web.answers import answer
from reportedly.web.formats import exported, is_file
from reportedly.web.pages import checked_id, ledger_of, loaded
from reportedly.web.pages.finding import Form, exported_statements
from reportedly.web.queue import KINDS, Beside, Kind, Waiting
from reportedly.web.schemas import body
from reportedly.web.submitted import Submitted, back, submitted
from reportedly.web.viewers import Viewer, editor

router = APIRouter(tags=["correct"])
ROWS = 50
Named = Annotated[str, Path(max_length=200)]


@dataclass(frozen=True, slots=True)
class Wish:
    """One change as a program sends it: one of the values is the whole new one, for `changed` and `added`; for `merged` it is the source that the target is too."""

    target: str = ""
    verdict: Literal["accepted", "rejected", "changed", "added", "merged"] = "accepted"
    attribution: Attribution | None = None
    source: Source | None = None
    time: Time | None = None
    figure: Figure | None = None
    voice: Voice | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """Changes of one article by somebody who saw its revision `seen`."""

    seen: int
    changes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """A revision to take back, or a batch of changes that were made together."""

    revision: int | None = None
    batch: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What nobody looked at, newest first: statements, or what else is of the `kind` asked for. `revisions` are those of their articles, to be named as seen; `next` is the value of `before` for more."""

    kind: Kind
    low: float
    high: float
    statements: tuple[Statement, ...]
    waiting: tuple[Waiting, ...]
    beside: tuple[Beside, ...]
    revisions: dict[str, int]
    next: int | None


@router.post("/articles/{article}/corrections", openapi_extra=body(Wishes, seen="integer", verdict="string", target="strings", back="string"))
def correct(request: Request, article: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Accept, reject, change or add; all of it, or nothing where somebody else was quicker."""
    checked_id(article)
    if sent.json:
        edit = Edit(article, sent.number("seen"), tuple(_wish(w) for w in sent.fields.get("changes", [])))
    else:
        edit = Edit(article, sent.number("seen"), tuple(Change(t, _verdict(sent.text("verdict"))) for t in sent.texts("target")))
    return done_with(request, sent, record(request, [edit], who), f"/articles/{article}")


@router.post("/articles/{article}/undo", openapi_extra=body(Undo, revision="integer", back="string"))
def undo(request: Request, article: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Take back one change of an article; what held before it holds again."""
    checked_id(article)
    revision = sent.number("revision")
    done = ledger_of(request).change(lambda c: corrections.undo(c, article, revision, who.name))
    return done_with(request, sent, done, f"/articles/{article}", undoable=False)


@router.post("/undo", openapi_extra=body(Undo, batch="string", back="string"))
def undo_batch(request: Request, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Take back all changes that were made together."""
    batch = sent.text("batch").replace("\0", "")
    done = ledger_of(request).change(lambda c: corrections.undo_batch(c, batch, who.name))
    return done_with(request, sent, done, "/review", undoable=False)


@router.get("/review")
def review(
    request: Request,
    _: Annotated[Viewer, Depends(editor)],
    kind: Annotated[Kind, Query(description="What is to be looked at.")] = "statement",
    low: Annotated[float, Query(ge=0, le=1, description="Statements of which the program is at least so sure.")] = 0,
    high: Annotated[float, Query(ge=0, le=1.01, description="Statements of which it is less sure.")] = 1.01,
    before: Annotated[int | None, Query(ge=0, le=2**62, description="Where to go on.")] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = ROWS,
    form: Form = None,
) -> Response:
    """What nobody looked at yet: statements by how sure the program is, and all else that can be corrected, by its kind."""
    ledger = ledger_of(request)
    if kind == "statement":
        found = ledger.ask(lambda c: listing.unreviewed(c, low=low, high=high, limit=limit))
        if is_file(form):
            return exported_statements(request, form, found)
        page = ReviewPage(kind, low, high, found, (), (), ledger.ask(lambda c: corrections.revisions(c, {s.article for s in found})), None)
        return answer(request, "review.html", page, kinds=KINDS)
    left = queue.beside(ledger, request.app.state.shelf, kind, before=before) if kind in ("match", "origin") else queue.waiting(ledger, kind, before=before, limit=limit)
    if is_file(form):
        if kind in ("match", "origin"):
            return exported_statements(request, form, tuple({(s.article, s.attribution): s for b in left.beside for s in (b.one, b.other)}.values()))
        return exported(form, [now.reading for now in ledger.ask(lambda c: gathered.load(c, left.revisions)).values()])
    return answer(request, "review.html", ReviewPage(kind, low, high, (), left.waiting, left.beside, left.revisions, left.next), kinds=KINDS)


@router.post("/review", openapi_extra=body(Wishes, verdict="string", target="strings", all="string", shown="strings", one="string", seen="strings", back="string"))
def review_many(request: Request, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Accept or reject in one go what is chosen, with `all` what was shown, with `one` ("accepted article/statement") that alone.

    A target is "article/statement", or whatever else of the article; `seen` is "article/revision".
    """
    single, _, only = sent.text("one").partition(" ")
    verdict = _verdict(single or sent.text("all") or sent.text("verdict"))
    targets = [only] if single else sent.texts("shown" if sent.text("all") else "target")
    seen: dict[str, int] = {}
    for one in sent.texts("seen"):
        article, _, revision = one.partition("/")
        seen[article] = int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 10 else -1
    wanted: dict[str, list[Change]] = {}
    for one in targets:
        article, _, target = one.partition("/")
        wanted.setdefault(article, []).append(Change(target, verdict))
    if not wanted or any(seen.get(a, -1) < 0 for a in wanted):
        message = "Choose something, and say for each article which revision was seen."
        raise BadInput(message)
    done = record(request, [Edit(checked_id(a), seen[a], tuple(some)) for a, some in sorted(wanted.items())], who)
    return done_with(request, sent, done, "/review")


@router.get("/training")
def training(request: Request, _: Annotated[Viewer, Depends(editor)], everything: Annotated[bool, Query(description="Articles with unreviewed statements too.")] = False) -> Response:
    """What people corrected, as training data: of articles of which every statement was looked at, one a line."""
    from reportedly import export

    ledger = ledger_of(request)
    ids = ledger.ask(corrections.articles_with)
    held = [now for one in ids if (now := loaded(ledger, one)) is not None and (everything or corrections.is_complete(now))]
    said = {now.reading.article.id: [msgspec.to_builtins(c) for c in now.history if c.undoes is None and not c.undone] for now in held}
    complete = {now.reading.article.id for now in held if corrections.is_complete(now)}
    return Response(export.training.write([now.reading for now in held], said, complete), media_type="application/jsonl", headers={"Content-Disposition": 'attachment; filename="corrected.jsonl"'})


def record(request: Request, edits: list[Edit], who: Viewer) -> Done:
    """Write changes in the name of who is asking."""
    return ledger_of(request).change(lambda c: corrections.record(c, edits, who.name))


def done_with(request: Request, sent: Submitted, done: Done, default: str, *, undoable: bool = True) -> Response:
    """The answer to a change: JSON, or back to the page that it came from, which offers to undo it."""
    if sent.json or "application/json" in request.headers.get("accept", ""):
        return answer(request, "error.html", done)
    path, _, fragment = back(sent.text("back"), default).partition("#")
    bare, _, query = path.partition("?")
    kept = "&".join(p for p in query.split("&") if p and not p.startswith("done="))
    query = f"{kept}{'&' if kept else ''}done={done.batch if undoable else 'undone'}"
    return RedirectResponse(f"{bare}?{query}{'#' + fragment if fragment else ''}", 303)


def _verdict(value: str) -> Literal["accepted", "rejected"]:
    if value == "accepted":
        return "accepted"
    if value == "rejected":
        return "rejected"
    message = "Say whether it is accepted or rejected."
    raise BadInput(message)


def _wish(sent: Any) -> Change:  # noqa: ANN401 - any JSON
    try:
        wish = msgspec.convert(sent, Wish)
    except msgspec.ValidationError as error:
        raise BadInput(f"This is no change ({error}).") from error
    return Change(wish.target, wish.verdict, wish.attribution or wish.source or wish.time or wish.figure or wish.voice)
