"""Correcting: accept, reject, change, add, undo, one or many; and the queue of what nobody looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, get_args
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from reportedly.errors import BadInput, Conflict
from reportedly.ledger import corrections, listing
from reportedly.ledger.corrected import Corrected, Correction
from reportedly.ledger.corrections import Change, Done, Edit
from reportedly.ledger.results import Entry, Statement
from reportedly.values import Attribution, Factuality, Identity, Kind, Manner, Source, Stance
from reportedly.web import article as articles
from reportedly.web.answers import address, answer
from reportedly.web.errors import missing
from reportedly.web.pages import checked_id, ledger_of, loaded
from reportedly.web.schemas import body
from reportedly.web.submitted import Submitted, back, spans, submitted
from reportedly.web.viewers import Viewer, editor

router = APIRouter(tags=["correct"])
ROWS = 50
LINKS = 4  # of a chain, in the form
Named = Annotated[str, Path(max_length=200)]


@dataclass(frozen=True, slots=True)
class Wish:
    """One change as a program sends it: `attribution` or `source` is the whole new value, for `changed` and `added`."""

    target: str = ""
    verdict: Literal["accepted", "rejected", "changed", "added"] = "accepted"
    attribution: Attribution | None = None
    source: Source | None = None


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
class EditPage:
    """A statement or a source in the form. `problem` says why it was not written; `theirs` is what holds now where somebody else changed it."""

    entry: Entry
    target: str
    seen: int
    attribution: Attribution | None
    source: Source | None
    program: Attribution | Source | None
    history: tuple[Correction, ...]
    problem: str | None = None
    theirs: Attribution | Source | None = None


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Statements that nobody looked at, newest first. `revisions` are those of their articles, to be named as seen."""

    low: float
    high: float
    statements: tuple[Statement, ...]
    revisions: dict[str, int]


@router.post("/articles/{article}/corrections", openapi_extra=body(Wishes, seen="integer", verdict="string", target="strings", back="string"))
def correct(request: Request, article: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Accept, reject, change or add; all of it, or nothing where somebody else was quicker."""
    checked_id(article)
    if sent.json:
        edit = Edit(article, sent.number("seen"), tuple(_wish(w) for w in sent.fields.get("changes", [])))
    else:
        edit = Edit(article, sent.number("seen"), tuple(Change(t, _verdict(sent.text("verdict"))) for t in sent.texts("target")))
    return _done(request, sent, _record(request, [edit], who), f"/articles/{article}")


@router.post("/articles/{article}/undo", openapi_extra=body(Undo, revision="integer", back="string"))
def undo(request: Request, article: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Take back one change of an article; what held before it holds again."""
    checked_id(article)
    revision = sent.number("revision")
    done = ledger_of(request).change(lambda c: corrections.undo(c, article, revision, who.name))
    return _done(request, sent, done, f"/articles/{article}", undoable=False)


@router.post("/undo", openapi_extra=body(Undo, batch="string", back="string"))
def undo_batch(request: Request, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Take back all changes that were made together."""
    batch = sent.text("batch").replace("\0", "")
    done = ledger_of(request).change(lambda c: corrections.undo_batch(c, batch, who.name))
    return _done(request, sent, done, "/review", undoable=False)


@router.get("/articles/{article}/statements/{statement}")
def statement(request: Request, article: Named, statement: Named, _: Annotated[Viewer, Depends(editor)]) -> Response:
    """One statement to be corrected; `new` for one that the program missed."""
    entry, now = _load(request, article)
    a = _statement(now, statement)
    if a is None:
        raise missing("such statement")
    return _edit(request, entry, now, statement, a)


@router.post("/articles/{article}/statements/{statement}", openapi_extra=body(Wishes, seen="integer", content="string", cue="string", source_spans="string", source="string", manner="string"))
def change_statement(request: Request, article: Named, statement: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Change one statement, or add one that the program missed; what was typed is kept where it does not fit."""
    entry, now = _load(request, article)
    before = _statement(now, statement)
    if before is None:
        raise missing("such statement")
    if sent.json:
        return correct(request, article, who, sent)
    after = before
    try:
        after = _filled(before, sent)
        new = statement == "new"
        edit = Edit(article, sent.number("seen"), (Change("" if new else statement, "added" if new else "changed", after),))
        done = _record(request, [edit], who)
    except (BadInput, Conflict) as error:
        theirs = _statement(now, statement) if isinstance(error, Conflict) else None
        return _edit(request, entry, now, statement, after, problem=str(error), theirs=theirs, status=409 if theirs else 400)
    return RedirectResponse(address(f"/articles/{quote(article)}", {"done": done.batch, "at": done.targets[0]}) + f"#s-{done.targets[0]}", 303)


@router.get("/articles/{article}/sources/{source}")
def one_source(request: Request, article: Named, source: Named, _: Annotated[Viewer, Depends(editor)]) -> Response:
    """One source to be corrected; `new` for one that the program missed."""
    entry, now = _load(request, article)
    s = _source(now, source)
    if s is None:
        raise missing("such source")
    return _edit(request, entry, now, source, s)


@router.post("/articles/{article}/sources/{source}", openapi_extra=body(Wishes, seen="integer", name="string", description="string", kind="string", identity="string", speaks_for="string", mentions="string"))
def change_source(request: Request, article: Named, source: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Change who a source is, in the words of the text, or add one."""
    entry, now = _load(request, article)
    before = _source(now, source)
    if before is None:
        raise missing("such source")
    if sent.json:
        return correct(request, article, who, sent)
    after = before
    try:
        after = Source(
            before.id, spans(sent.text("mentions")), _choice(sent, "kind", Kind), _choice(sent, "identity", Identity) or None, sent.text("name").strip() or None,
            sent.text("description").strip() or None, sent.text("speaks_for") or None,
        )  # fmt: skip
        new = source == "new"
        done = _record(request, [Edit(article, sent.number("seen"), (Change("" if new else source, "added" if new else "changed", after),))], who)
    except (BadInput, Conflict) as error:
        theirs = _source(now, source) if isinstance(error, Conflict) else None
        return _edit(request, entry, now, source, after, problem=str(error), theirs=theirs, status=409 if theirs else 400)
    return RedirectResponse(address(f"/articles/{quote(article)}", {"done": done.batch}), 303)


@router.get("/review")
def review(
    request: Request,
    _: Annotated[Viewer, Depends(editor)],
    low: Annotated[float, Query(ge=0, le=1)] = 0,
    high: Annotated[float, Query(ge=0, le=1.01)] = 1.01,
    limit: Annotated[int, Query(ge=1, le=500)] = ROWS,
) -> Response:
    """What nobody looked at yet, by how sure the program is."""
    ledger = ledger_of(request)
    found = ledger.ask(lambda c: listing.unreviewed(c, low=low, high=high, limit=limit))
    revisions = ledger.ask(lambda c: corrections.revisions(c, {s.article for s in found}))
    return answer(request, "review.html", ReviewPage(low, high, found, revisions))


@router.post("/review", openapi_extra=body(Wishes, verdict="string", target="strings", seen="strings", back="string"))
def review_many(request: Request, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Accept or reject statements of many articles in one go: a target is "article/statement", `seen` "article/revision"."""
    verdict = _verdict(sent.text("verdict"))
    seen: dict[str, int] = {}
    for one in sent.texts("seen"):
        article, _, revision = one.partition("/")
        seen[article] = int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 10 else -1
    wanted: dict[str, list[Change]] = {}
    for one in sent.texts("target"):
        article, _, target = one.partition("/")
        wanted.setdefault(article, []).append(Change(target, verdict))
    if not wanted or any(seen.get(a, -1) < 0 for a in wanted):
        message = "Choose statements, and say for each article which revision was seen."
        raise BadInput(message)
    done = _record(request, [Edit(checked_id(a), seen[a], tuple(some)) for a, some in sorted(wanted.items())], who)
    return _done(request, sent, done, "/review")


@router.get("/training")
def training(request: Request, _: Annotated[Viewer, Depends(editor)], everything: Annotated[bool, Query(description="Articles with unreviewed statements too.")] = False) -> Response:
    """What people corrected, as training data: of articles of which every statement was looked at, one a line."""
    from reportedly import export

    ledger = ledger_of(request)
    ids = ledger.ask(corrections.articles_with)
    kept = []
    for one in ids:
        now = loaded(ledger, one)
        if now is not None and (everything or corrections.is_complete(now)):
            kept.append(now.reading)
    return Response(export.FORMATS["training"].write(kept), media_type="application/jsonl", headers={"Content-Disposition": 'attachment; filename="corrected.jsonl"'})


def _record(request: Request, edits: list[Edit], who: Viewer) -> Done:
    return ledger_of(request).change(lambda c: corrections.record(c, edits, who.name))


def _done(request: Request, sent: Submitted, done: Done, default: str, *, undoable: bool = True) -> Response:
    if sent.json or "application/json" in request.headers.get("accept", ""):
        return answer(request, "error.html", done)
    path, _, fragment = back(sent.text("back"), default).partition("#")
    bare, _, query = path.partition("?")
    kept = "&".join(p for p in query.split("&") if p and not p.startswith("done="))
    query = f"{kept}{'&' if kept else ''}done={done.batch if undoable else 'undone'}"
    return RedirectResponse(f"{bare}?{query}{'#' + fragment if fragment else ''}", 303)


def _load(request: Request, article: str) -> tuple[Entry, Corrected]:
    ledger = ledger_of(request)
    entry, now = ledger.entry(checked_id(article)), loaded(ledger, article)
    if entry is None or now is None:
        raise missing("such article")
    return entry, now


def _statement(now: Corrected, name: str) -> Attribution | None:
    if name == "new":
        return Attribution("", None, (), (), (), "indirect", 1.0)
    return next((a for a in (*now.reading.attributions, *now.rejected) if a.id == name), None)


def _source(now: Corrected, name: str) -> Source | None:
    return Source("", ()) if name == "new" else next((s for s in now.reading.sources if s.id == name), None)


def _edit(
    request: Request, entry: Entry, now: Corrected, target: str, value: Attribution | Source, *, problem: str | None = None, theirs: Attribution | Source | None = None, status: int = 200
) -> Response:
    state = now.state(target)
    known: tuple[Attribution | Source, ...] = (*now.program.attributions, *now.program.sources)
    program = state.program if state else next((v for v in known if v.id == target), None)
    history = tuple(c for c in now.history[::-1] if c.target == target)
    said, source = (value, None) if isinstance(value, Attribution) else (None, value)
    page = EditPage(entry, target, now.revision, said, source, program, history, problem, theirs)
    names = {s.id: articles.label(s, now.reading) for s in now.reading.sources}
    options = {"manner": get_args(Manner), "factuality": get_args(Factuality), "stance": get_args(Stance), "kind": get_args(Kind), "identity": get_args(Identity)}
    paragraphs = [(n, text) for n, text in _lines(now.reading.article.text)]
    others = [(a.id, articles.label(next((s for s in now.reading.sources if s.id == a.source), None), now.reading), now.reading.quote(a.content_spans)) for a in now.reading.attributions if a.id != target]
    return answer(request, "edit.html", page, status=status, names=names, options=options, paragraphs=paragraphs, others=others, reading=now.reading, links=LINKS)


def _lines(text: str) -> list[tuple[int, str]]:
    out, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((at, line))
        at += len(line) + 1
    return out


def _filled(before: Attribution, sent: Submitted) -> Attribution:
    via = tuple(v for n in range(LINKS) if (v := sent.text(f"via{n}")))
    return replace(
        before, source=sent.text("source") or None, source_spans=spans(sent.text("source_spans")), cue_spans=spans(sent.text("cue")), content_spans=spans(sent.text("content")), via=via,
        manner=_choice(sent, "manner", Manner), factuality=_choice(sent, "factuality", Factuality) or None, stance=_choice(sent, "stance", Stance) or None, parent=sent.text("parent") or None,
    )  # fmt: skip


def _choice(sent: Submitted, name: str, kind: Any) -> Any:  # noqa: ANN401 - a Literal and one of its values
    value = sent.text(name)
    if value not in get_args(kind) and (value or name in ("manner", "kind")):
        raise BadInput(f"{value[:40]!r} is no {name}: choose one of {', '.join(get_args(kind))}.")
    return value


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
    return Change(wish.target, wish.verdict, wish.attribution or wish.source)
