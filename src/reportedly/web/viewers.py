"""Who is asking, and whether they may."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from fastapi import Request  # noqa: TC002 - FastAPI reads the signatures

from reportedly.ledger import accounts
from reportedly.web.errors import WebError
from reportedly.web.guard import fits

if TYPE_CHECKING:
    from reportedly.ledger.store import Ledger

OPEN = ("/enter", "/openapi.json")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody with a role; on loopback without accounts whoever sits at this machine may do everything."""

    name: str
    role: accounts.Role

    @property
    def edits(self) -> bool:
        """Whether they may add and correct."""
        return self.role in ("editor", "admin")

    @property
    def rules(self) -> bool:
        """Whether they may remove, and see the log."""
        return self.role == "admin"


HERE = Viewer("this machine", "admin")


def known(request: Request) -> None:
    """Find out who is asking; everything but the way in is for those who are known.

    Raises:
        WebError: 401; 429 for an account that asks too often.

    """
    if not request.state.accounts:
        request.state.viewer = HERE
        return
    ledger: Ledger = request.app.state.ledger
    account = None if request.state.fresh else ledger.ask(lambda c: accounts.present(c, request.state.cookie))
    request.state.viewer = Viewer(account.name, account.role) if account else None
    if not request.state.fresh and request.url.path != "/enter":  # whoever comes without a token, or to enter, was counted as nobody by the guard
        request.state.charge(account.name if account else None)
    if account is None and request.url.path not in OPEN:
        raise WebError(401, "This is for people with an account: enter first.")


def editor(request: Request) -> Viewer:
    """Only those who may correct."""
    viewer: Viewer | None = request.state.viewer
    if viewer is None or not viewer.edits:
        raise WebError(403, "Your account may read, not change: ask for the role of an editor.")
    return viewer


def admin(request: Request) -> Viewer:
    """Only those who may remove."""
    viewer: Viewer | None = request.state.viewer
    if viewer is None or not viewer.rules:
        raise WebError(403, "This is for administrators.")
    return viewer


def form_of(request: Request, token: str | None) -> None:
    """A form must come from a page that this program showed to the same browser."""
    if not fits(request, token):
        raise WebError(403, "This form is too old, or not from here: open the page again and send it once more. Nothing was changed.")


@cache
def hasher() -> Any:  # noqa: ANN401 - pwdlib's
    """Argon2 with the library's recommended parameters."""
    from pwdlib import PasswordHash

    return PasswordHash.recommended()


@cache
def nobody() -> str:
    """A hash of no one's password, so that an unknown name takes as long as a known one."""
    return str(hasher().hash("nobody's"))
