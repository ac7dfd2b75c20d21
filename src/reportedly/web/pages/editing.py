"""The forms in which a statement, a source, a time, a figure or a passage in the writer's own voice is corrected or added."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

from reportedly.errors import BadInput, Conflict
from reportedly.ledger.corrected import Corrected, Correction, Mark
from reportedly.ledger.corrections import NEW, Change, Done, Edit
from reportedly.ledger.results import Entry
from reportedly.values import Attribution, Factuality, Figure, Identity, Kind, Manner, Source, Span, Stance, Time, Voice
from reportedly.web import article as articles
from reportedly.web.answers import address, answer
from reportedly.web.errors import missing
from reportedly.web.pages import checked_id, ledger_of, loaded
from reportedly.web.pages.correcting import Wishes, correct, record
from reportedly.web.schemas import body
from reportedly.web.submitted import Submitted, spans, submitted
from reportedly.web.viewers import Viewer, editor

if TYPE_CHECKING:
    from collections.abc import Callable

router = APIRouter(tags=["correct"])
LINKS = 4  # of a chain, in the form
Named = Annotated[str, Path(max_length=200)]
Type = Literal["DATE", "TIME", "DURATION", "SET"]
Role = Literal["said", "happened", "other"]
Comparator = Literal["=", "<", "<=", ">", ">=", "~"]
Passage = Literal["assertion", "loaded", "unsettled"]
OPTIONS: dict[str, tuple[str, ...]] = {
    name: get_args(kind)
    for name, kind in {
        "manner": Manner, "factuality": Factuality, "stance": Stance, "kind": Kind, "identity": Identity, "type": Type, "role": Role, "comparator": Comparator, "passage": Passage,
    }.items()
}  # fmt: skip
SHAPES: dict[type, str] = {Time: "time", Figure: "figure", Voice: "voice", Attribution: "statement", Source: "source"}
BLANK: dict[str, Mark] = {"new-time": Time(0, 0, "DATE", ""), "new-figure": Figure(0, 0, ""), "new-voice": Voice(0, 0, "assertion")}
STATEMENT = body(Wishes, seen="integer", content="string", cue="string", source_spans="string", source="string", manner="string")
SOURCE = body(Wishes, seen="integer", name="string", description="string", kind="string", identity="string", speaks_for="string", mentions="string")


@dataclass(frozen=True, slots=True)
class EditPage:
    """One thing in the form: a statement, a source, or a mark (a time, a figure, a passage).

    `problem` says why it was not written; `theirs` is what holds now where somebody else changed it.
    """

    entry: Entry
    target: str
    seen: int
    attribution: Attribution | None
    source: Source | None
    mark: Time | Figure | Voice | None
    program: Attribution | Source | Time | Figure | Voice | None
    history: tuple[Correction, ...]
    problem: str | None = None
    theirs: Attribution | Source | Time | Figure | Voice | None = None


@router.get("/articles/{article}/statements/{statement}")
def statement(request: Request, article: Named, statement: Named, _: Annotated[Viewer, Depends(editor)]) -> Response:
    """One statement to be corrected; `new` for one that the program missed."""
    entry, now = _load(request, article)
    a = _statement(now, statement)
    if a is None:
        raise missing("such statement")
    return _edit(request, entry, now, statement, a)


@router.post("/articles/{article}/statements/{statement}", openapi_extra=STATEMENT)
def change_statement(request: Request, article: Named, statement: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Change one statement, or add one that the program missed; what was typed is kept where it does not fit."""

    def there(done: Done) -> str:
        return address("", {"done": done.batch, "at": done.targets[0]}) + f"#s-{done.targets[0]}"

    return _changed(request, article, statement, who, sent, _statement, _filled, "such statement", there)


@router.get("/articles/{article}/sources/{source}")
def one_source(request: Request, article: Named, source: Named, _: Annotated[Viewer, Depends(editor)]) -> Response:
    """One source to be corrected; `new` for one that the program missed."""
    entry, now = _load(request, article)
    s = _source(now, source)
    if s is None:
        raise missing("such source")
    return _edit(request, entry, now, source, s)


@router.post("/articles/{article}/sources/{source}", openapi_extra=SOURCE)
def change_source(request: Request, article: Named, source: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Change who a source is, in the words of the text, or add one."""
    return _changed(request, article, source, who, sent, _source, _named, "such source", lambda done: address("", {"done": done.batch}))


@router.post("/articles/{article}/sources/{source}/merge", openapi_extra=body(Wishes, seen="integer", into="string"))
def merge(request: Request, article: Named, source: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Say that two sources are one: the other takes over the mentions and the statements of this one."""
    return _of_source(request, article, source, who, sent, lambda now, _: (Change(source, "merged", _source(now, sent.text("into"))),), lambda _: "")


@router.post("/articles/{article}/sources/{source}/split", openapi_extra=body(Wishes, seen="integer", statement="strings"))
def split(request: Request, article: Named, source: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Say that some of a source's statements are another voice's: a new source gets them, with its words in the text; its form is next."""

    def apart(now: Corrected, before: Source) -> tuple[Change, ...]:
        return _apart(before, [a for a in now.reading.attributions if a.source == source and a.id in sent.texts("statement")])

    return _of_source(request, article, source, who, sent, apart, lambda done: f"/sources/{quote(done.targets[0])}")


@router.get("/articles/{article}/marks/{mark}")
def one_mark(request: Request, article: Named, mark: Named, _: Annotated[Viewer, Depends(editor)], of: str = "") -> Response:
    """A time, a figure or a passage in the writer's own voice to be corrected; `new-time`, `new-figure`, `new-voice` for one that the program missed."""
    entry, now = _load(request, article)
    found = _mark(now, mark)
    if found is None:
        raise missing("such time, figure or passage")
    if mark in BLANK and not isinstance(found, Voice) and of in {a.id for a in now.reading.attributions}:
        found = replace(found, attribution=of)
    return _edit(request, entry, now, mark, found)


@router.post("/articles/{article}/marks/{mark}", openapi_extra=body(Wishes, seen="integer", place="string", value="string", kind="string"))
def change_mark(request: Request, article: Named, mark: Named, who: Annotated[Viewer, Depends(editor)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Change a time, a figure or a passage, or add one; what was typed is kept where it does not fit."""
    return _changed(request, article, mark, who, sent, _mark, _marked, "such time, figure or passage", lambda done: address("", {"done": done.batch}) + f"#m-{quote(done.targets[0])}")


def _changed(
    request: Request, article: str, name: str, who: Viewer, sent: Submitted,
    find: Callable[[Corrected, str], Attribution | Source | Mark | None], fill: Callable[[Any, Submitted], Attribution | Source | Mark], what: str, back: Callable[[Done], str],
) -> Response:  # fmt: skip
    """Write what a form says of one target, or of a new one, and go back to its article; what does not fit is shown again with its reason."""
    entry, now = _load(request, article)
    before = find(now, name)
    if before is None:
        raise missing(what)
    if sent.json:
        return correct(request, article, who, sent)
    after = before
    try:
        after = fill(before, sent)
        new = name == "new" or name in BLANK
        done = record(request, [Edit(article, sent.number("seen"), (Change("" if new else name, "added" if new else "changed", after),))], who)
    except (BadInput, Conflict) as error:
        theirs = find(now, name) if isinstance(error, Conflict) else None
        return _edit(request, entry, now, name, after, problem=str(error), theirs=theirs, status=409 if theirs else 400)
    return RedirectResponse(f"/articles/{quote(article)}" + back(done), 303)


def _of_source(
    request: Request, article: str, source: str, who: Viewer, sent: Submitted, wanted: Callable[[Corrected, Source], tuple[Change, ...]], after: Callable[[Done], str],
) -> Response:  # fmt: skip
    """Write what a form says of a whole source, and go on to its article or what is `after`; what does not fit is said above its form."""
    entry, now = _load(request, article)
    before = _source(now, source)
    if before is None:
        raise missing("such source")
    if sent.json:
        return correct(request, article, who, sent)
    try:
        done = record(request, [Edit(article, sent.number("seen"), wanted(now, before))], who)
    except (BadInput, Conflict) as error:
        return _edit(request, entry, now, source, before, problem=str(error), status=409 if isinstance(error, Conflict) else 400)
    return RedirectResponse(address(f"/articles/{quote(article)}{after(done)}", {"done": done.batch}), 303)


def _apart(source: Source, chosen: list[Attribution]) -> tuple[Change, ...]:
    """A new source with some of the statements of another, and the words that stand for it there."""
    if not chosen:
        message = "Choose the statements that are another voice's."
        raise BadInput(message)
    theirs = tuple(sorted({s for a in chosen for s in a.source_spans}))
    left = tuple(m for m in source.mentions if m not in theirs)
    fresh = Change("", "added", Source("", theirs, source.kind, "anonymous" if source.identity == "anonymous" else None))
    moved = [Change(a.id, "changed", replace(a, source=NEW)) for a in chosen]
    return (fresh, *moved, *([Change(source.id, "changed", replace(source, mentions=left))] if left != source.mentions else []))


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
    request: Request, entry: Entry, now: Corrected, target: str, value: Attribution | Source | Mark, *,
    problem: str | None = None, theirs: Attribution | Source | Mark | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """The form of one thing with what fills it."""
    reading, state = now.reading, now.state(target)
    known: tuple[Attribution | Source, ...] = (*now.program.attributions, *now.program.sources)
    program = state.program if state else next((v for v in known if v.id == target), None) or (value if target in now.marks else None)
    history = tuple(c for c in now.history[::-1] if c.target == target)
    attribution, source = value if isinstance(value, Attribution) else None, value if isinstance(value, Source) else None
    mark = value if isinstance(value, Mark) else None
    page = EditPage(entry, target, now.revision, attribution, source, mark, program, history, problem, theirs)
    sources = {s.id: s for s in reading.sources}
    others = [(o.id, articles.label(sources.get(o.source or ""), reading), reading.quote(o.content_spans)) for o in reading.attributions if o.id != target]
    return answer(
        request, "edit.html", page, status=status, names={k: articles.label(v, reading) for k, v in sources.items()}, options=OPTIONS,
        paragraphs=_lines(reading.article.text), others=others,
        reading=reading, links=LINKS, shape=SHAPES[type(value)], told=articles.told, said_by={o.id for o in reading.attributions if o.source == target},
    )  # fmt: skip


def _mark(now: Corrected, name: str) -> Mark | None:
    gone = now.taken_out.get(name)
    return BLANK.get(name) or now.marks.get(name) or (None if isinstance(gone, Source) else gone)


def _marked(before: Mark, sent: Submitted) -> Mark:
    def typed(name: str) -> str:
        return sent.text(name).strip()

    place = spans(sent.text("place"))
    if len(place) != 1:
        message = "Mark one place in the text."
        raise BadInput(message)
    at: Span = place[0]
    if isinstance(before, Voice):
        return Voice(at.start, at.end, _choice(sent, "kind", Passage))
    of = sent.text("attribution") or None
    if isinstance(before, Time):
        earliest, latest = typed("earliest") or None, typed("latest") or None
        return Time(at.start, at.end, _choice(sent, "type", Type), typed("value"), earliest, latest, of, _choice(sent, "role", Role))
    return Figure(at.start, at.end, typed("value"), _choice(sent, "comparator", Comparator), typed("high") or None, typed("unit") or None, of)


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
        before, source=sent.text("source") or None, via=via,
        source_spans=spans(sent.text("source_spans")), cue_spans=spans(sent.text("cue")), content_spans=spans(sent.text("content")),
        manner=_choice(sent, "manner", Manner), factuality=_choice(sent, "factuality", Factuality) or None,
        stance=_choice(sent, "stance", Stance) or None, parent=sent.text("parent") or None,
    )  # fmt: skip


def _named(before: Source, sent: Submitted) -> Source:
    return Source(
        before.id, spans(sent.text("mentions")), _choice(sent, "kind", Kind), _choice(sent, "identity", Identity) or None, sent.text("name").strip() or None,
        sent.text("description").strip() or None, sent.text("speaks_for") or None,
    )  # fmt: skip


def _choice(sent: Submitted, name: str, kind: Any) -> Any:  # noqa: ANN401 - a Literal and one of its values
    value = sent.text(name)
    if value not in get_args(kind) and (value or name in ("manner", "kind", "type", "role", "comparator")):
        raise BadInput(f"{value[:40]!r} is no {name}: choose one of {', '.join(get_args(kind))}.")
    return value
