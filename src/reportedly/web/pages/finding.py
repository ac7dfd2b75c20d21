"""The list of articles, one article, search, and one source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from reportedly.ledger import gathered, listing
from reportedly.ledger.listing import Listed
from reportedly.ledger.results import Account, Statement, Voice
from reportedly.ledger.results import Query as Asked
from reportedly.show import EYES
from reportedly.web import article as articles
from reportedly.web import marks
from reportedly.web.answers import answer
from reportedly.web.errors import missing
from reportedly.web.formats import Format, exported, is_file
from reportedly.web.pages import checked_id, ledger_of, loaded

router = APIRouter()
ROWS = 50
Form = Annotated[Format | None, Query(alias="format", description="The form of the answer; without it the Accept header decides between a page and JSON.")]
Words = Annotated[str, Query(max_length=500)]


@dataclass(frozen=True, slots=True)
class HomePage:
    """Articles, those added last first. `next` is the value of `before` for the rest."""

    articles: tuple[Listed, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Statements that were asked for. `more` says that there may be more than `limit`."""

    query: Asked
    order: Literal["newest", "oldest"]
    limit: int
    statements: tuple[Statement, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class SourcePage:
    """What a voice said. `accounts` are voices without a name that were found instead, each of one article, to choose from."""

    name: str
    article: str | None
    voices: tuple[Voice, ...]
    accounts: tuple[Account, ...]


@router.get("/", tags=["read"])
def home(request: Request, before: Annotated[int | None, Query(ge=0, le=2**62)] = None, form: Form = None) -> Response:
    """The articles of the ledger."""
    ledger = ledger_of(request)
    found = ledger.ask(lambda c: listing.newest(c, before=before, limit=ROWS + 1))
    if is_file(form):
        held = ledger.ask(lambda c: gathered.load(c, [a.entry.article for a in found[:ROWS]]))
        return exported(form, [held[a.entry.article].reading for a in found[:ROWS] if a.entry.article in held])  # others were removed meanwhile
    more = len(found) > ROWS
    return answer(request, "home.html", HomePage(found[:ROWS], found[ROWS - 1].place if more else None))


@router.get("/articles/{article}", tags=["read"])
def article(
    request: Request,
    article: Annotated[str, Path(max_length=200)],
    source: Words = "",
    manner: Words = "",
    certainty: Words = "",
    stance: Words = "",
    review: Words = "",
    voice: Words = "",
    show: Literal["all", "statements", "own"] = "all",
    min_score: Annotated[float, Query(ge=0, le=1)] = EYES,
    at: Words = "",
    form: Form = None,
) -> Response:
    """One article: its text with statements marked, and beside it who says what."""
    ledger = ledger_of(request)
    entry, now = ledger.entry(checked_id(article)), loaded(ledger, article)
    if entry is None or now is None:
        raise missing("such article")
    wanted = articles.Filter(source, manner, certainty, stance, review, voice, show, min_score, at)
    chosen = {a.id for a in now.reading.attributions if a.score >= min_score and articles.fits(a, now, wanted)}
    if is_file(form):
        reading = now.reading
        narrowed = replace(wanted, voice="", show="all", at="") != articles.Filter(min_score=min_score)
        return exported(form, [reading], keep={article: chosen} if narrowed or min_score else None)
    page = articles.page(entry, now, wanted)
    shown = {s.id: s for p in page.speakers for s in p.statements}
    return answer(
        request, "article.html", page, paragraphs=marks.paragraphs(now.reading, chosen), choices=articles.choices(now, min_score), numbers={k: s.number for k, s in shown.items()},
        manners={k: s.manner for k, s in shown.items()}, default=EYES,
    )  # fmt: skip


@router.get("/search", tags=["read"])
def search(
    request: Request,
    q: Words = "",
    source: Words = "",
    outlet: Words = "",
    since: Words = "",
    until: Words = "",
    certainty: Words = "",
    manner: Words = "",
    stance: Words = "",
    figure: Words = "",
    min_score: Annotated[float, Query(ge=0, le=1)] = 0,
    order: Literal["newest", "oldest"] = "newest",
    limit: Annotated[int, Query(ge=1, le=1000)] = ROWS,
    form: Form = None,
) -> Response:
    """Statements by their words, their source, when they were made, how sure they are, and their figures."""
    asked = Asked(q, source or None, outlet or None, since or None, until or None, certainty or None, manner or None, stance or None, figure or None, min_score)
    ledger = ledger_of(request)
    found = ledger.search(asked, order=order, limit=limit + 1) if asked != Asked(min_score=min_score) else ()
    if is_file(form):
        return exported_statements(request, form, found[:limit])
    return answer(request, "search.html", SearchPage(asked, order, limit, found[:limit], len(found) > limit), asked=asked != Asked(min_score=min_score))


@router.get("/source", tags=["read"])
def source(
    request: Request, name: Annotated[str, Query(max_length=300)], article: Words = "", limit: Annotated[int, Query(ge=1, le=1000)] = ROWS, form: Form = None
) -> Response:
    """Everything that a voice said, over time, direct and relayed. A voice without a name stays within one article."""
    found = ledger_of(request).voices(name, article=checked_id(article) if article else None, limit=limit)
    if not found.voices and not found.accounts:
        raise missing("source of that name")
    if is_file(form):
        return exported_statements(request, form, tuple(s for v in found.voices for s in v.said))
    return answer(request, "source.html", SourcePage(name, article or None, found.voices, found.accounts))


def exported_statements(request: Request, form: Format, found: tuple[Statement, ...]) -> Response:
    """Statements of several articles in another form."""
    ledger = ledger_of(request)
    keep: dict[str, set[str]] = {}
    for s in found:
        keep.setdefault(s.article, set()).add(s.attribution)
    held = ledger.ask(lambda c: gathered.load(c, keep))
    return exported(form, [held[a].reading for a in keep if a in held], keep=keep)
