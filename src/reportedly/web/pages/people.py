"""Coming in and leaving, the log, and taking articles out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from reportedly.ledger import accounts
from reportedly.ledger.accounts import Noted
from reportedly.web.answers import answer
from reportedly.web.errors import WebError, missing
from reportedly.web.guard import COOKIE, baked
from reportedly.web.pages import checked_id, ledger_of
from reportedly.web.schemas import body
from reportedly.web.submitted import Submitted, back, submitted
from reportedly.web.viewers import Viewer, admin, hasher, nobody

router = APIRouter(tags=["people"])


@dataclass(frozen=True, slots=True)
class EnterPage:
    """The form to come in; `back` is where to go then."""

    back: str


@dataclass(frozen=True, slots=True)
class Enter:
    """A name and a password."""

    name: str
    password: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """Who did what, the newest first."""

    lines: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """Ids of the articles that are gone."""

    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """A request that says all by its address."""


@router.get("/enter")
def door(request: Request, to: Annotated[str, Query(max_length=2000)] = "/") -> Response:
    """The form to come in."""
    return answer(request, "enter.html", EnterPage(back(to, "/")), problem=None)


@router.post("/enter", openapi_extra=body(Enter, name="string", password="string", back="string"))  # noqa: S106 - the kind of a field
def enter(request: Request, sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Come in with a name and a password."""
    if not request.state.accounts:
        raise WebError(404, "Nobody needs to enter here: this program serves only this machine.")
    ledger, name, password = ledger_of(request), sent.text("name"), sent.text("password")
    account = ledger.ask(lambda c: accounts.find(c, name))
    right = len(password) <= 1000 and hasher().verify(password, account.password if account else nobody())
    if account is None or not right:
        ledger.change(lambda c: accounts.note(c, name[:64], "refused", None, ""))
        message = "This name and this password do not go together."
        if sent.json:
            raise WebError(401, message)
        return answer(request, "enter.html", EnterPage(back(sent.text("back"), "/")), status=401, problem=message)
    token = ledger.change(lambda c: accounts.enter(c, account.name))
    done = answer(request, "error.html", Nothing()) if sent.json else RedirectResponse(back(sent.text("back"), "/"), 303)
    done.headers["Set-Cookie"] = baked(token, https=request.app.state.settings.https)
    return done


@router.post("/leave", openapi_extra=body(Nothing))
def leave(request: Request, sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """End the session; the browser's token is worth nothing then."""
    token = request.cookies.get(COOKIE, "")
    ledger_of(request).change(lambda c: accounts.leave(c, token))
    return answer(request, "error.html", Nothing()) if sent.json else RedirectResponse("/enter" if request.state.accounts else "/", 303)


@router.get("/log")
def log(request: Request, _: Annotated[Viewer, Depends(admin)]) -> Response:
    """Who did what."""
    return answer(request, "log.html", LogPage(ledger_of(request).ask(accounts.log)))


@router.post("/articles/{article}/remove", openapi_extra=body(Nothing))
def remove(request: Request, article: Annotated[str, Path(max_length=200)], who: Annotated[Viewer, Depends(admin)], sent: Annotated[Submitted, Depends(submitted)]) -> Response:
    """Take one version of an article out with all that hangs on it; this cannot be undone."""
    ledger = ledger_of(request)
    if ledger.entry(checked_id(article)) is None:
        raise missing("such article")
    gone = ledger.remove(article)
    ledger.change(lambda c: accounts.note(c, who.name, "remove", article, ""))
    return answer(request, "error.html", Removed(gone)) if sent.json else RedirectResponse("/", 303)
