"""What stands before every page: names by which it may be called, sizes, rates, forms from elsewhere, and headers.

Forms carry a token that is bound to the browser's cookie. A change sent as JSON needs none: no page of another site can
send JSON here, since its browser asks first and is not answered. OWASP's notes on cross-site request forgery.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import HTTPException, Request

from reportedly.web.errors import WebError, problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from reportedly.web.settings import Settings

COOKIE = "reportedly"
CLIENTS = 10_000  # whose rates are remembered
HOUSE = 10  # times what one account may send, from one address, whoever is behind it
READING = ("GET", "HEAD", "OPTIONS")
BUSY = "These are too many requests at once: wait a little."
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Rates:
    """How often each client did something: a bucket that fills by so much a minute and holds that much."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, client: str) -> bool:
        """Count one more; whether it is within the rate."""
        now = time.monotonic()
        with self._lock:
            left, then = self._left.pop(client, (float(self.per_minute), now))
            left = min(self.per_minute, left + (now - then) * self.per_minute / 60)
            self._left[client] = (left - 1 if left >= 1 else left, now)
            if len(self._left) > CLIENTS:
                self._left.popitem(last=False)
            return left >= 1


class Guard:
    """The application behind its guard, as ASGI middleware."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.reads, self.edits, self.entries = Rates(settings.rate), Rates(settings.edits), Rates(settings.entries)
        self.addresses = Rates(HOUSE * settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        cookie = request.cookies.get(COOKIE, "")
        fresh = not (20 <= len(cookie) <= 100 and cookie.isascii())
        if fresh:
            cookie = secrets.token_urlsafe(32)
        scope.setdefault("state", {})
        request.state.fresh = fresh
        request.state.cookie, request.state.csrf, request.state.accounts = cookie, csrf(self.settings, cookie), self.settings.accounts
        largest = self.settings.largest if request.url.path == "/add" else self.settings.most
        length = 0
        refused: WebError | None = None

        async def measured() -> Message:
            nonlocal length
            message = await receive()
            length += len(message.get("body", b""))
            if length > largest:
                raise HTTPException(413, _too_large(largest))  # which FastAPI lets through while it takes a form apart
            return message

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                present = {name.lower() for name, _ in headers}
                headers += [(name.lower().encode(), value.encode()) for name, value in HEADERS.items() if name.lower().encode() not in present]
                if not request.url.path.startswith("/static/"):
                    headers.append((b"cache-control", b"private, no-cache"))
                if fresh and b"set-cookie" not in present and not request.url.path.startswith("/static/"):
                    headers.append((b"set-cookie", baked(cookie, https=self.settings.https).encode()))
            await send(message)

        request.state.charge = lambda who: self._charge(request, who)
        try:
            self._check(request, largest)
            if not self.settings.accounts or fresh or request.url.path == "/enter":
                request.state.charge(None)
        except WebError as error:
            refused = error
        if refused is not None:
            answer = problem(request, refused.status, str(refused))
            await answer(scope, receive, dressed)
            return
        await self.app(scope, measured, dressed)

    def _check(self, request: Request, largest: int) -> None:
        """Raise for a request that goes no further."""
        if not self.addresses.allows(_address(request)):  # a cookie may be anybody's: whose it is costs a look at the ledger
            raise WebError(429, BUSY)
        host = urlsplit(f"//{request.headers.get('host', '')}")
        if self.settings.hosts and (host.hostname or "") not in {h.strip("[]") for h in self.settings.hosts}:
            raise WebError(421, "This program is not called by that name: use the address that it printed when it started.")
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length[:18]) > largest:
            raise WebError(413, _too_large(largest))
        if request.method in READING:
            return
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
            raise WebError(403, "This came from a page of another site, and nothing was done.")
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise WebError(403, "This came from a page of another site, and nothing was done.")

    def _charge(self, request: Request, account: str | None) -> None:
        """Count a request for an account, or for the address of whoever has none: many of one house share an address."""
        client = f"account {account}" if account else _address(request)
        if not self.reads.allows(client):
            raise WebError(429, BUSY)
        if request.method in READING:
            return
        rates = self.entries if request.url.path == "/enter" else self.edits
        if not rates.allows(client):
            raise WebError(429, "These are too many changes at once: wait a little.")


def csrf(settings: Settings, cookie: str) -> str:
    """The token of the forms of one browser."""
    return hmac.new(settings.secret, cookie.encode(), hashlib.sha256).hexdigest()


def fits(request: Request, token: str | None) -> bool:
    """Whether a form's token is that of the browser that sends it."""
    return hmac.compare_digest((token or "").encode("utf-8", "replace"), request.state.csrf.encode())


def baked(value: str, *, https: bool) -> str:
    """The cookie's header."""
    return f"{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if https else ''}"


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"


def _too_large(largest: int) -> str:
    return f"This is larger than {largest / 1_000_000:g} MB: give less at once."
