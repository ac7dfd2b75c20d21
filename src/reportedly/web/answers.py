"""One answer in the form that was asked for: a page, or the same as JSON at the same address.

`?format=json` asks for JSON, else the Accept header does. What a page shows is one frozen value, and its JSON is that value.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec
from fastapi import Response
from fastapi.responses import HTMLResponse

from reportedly import __version__
from reportedly.digests import digest

if TYPE_CHECKING:
    from fastapi import Request
    from jinja2 import Environment

VERBATIM = ("http://", "https://")
TYPE = re.compile(r"\s*([\w*+.-]+/[\w*+.-]+)\s*(?:;(.*))?")


def wants_json(request: Request) -> bool:
    """Whether JSON was asked for, by name or by preference; a browser's Accept header asks for a page."""
    asked = request.query_params.get("format")
    if asked in ("json", "html"):
        return asked == "json"
    best, at = "", 0.0
    for part in request.headers.get("accept", "").split(","):
        found = TYPE.fullmatch(part)
        if not found:
            continue
        quality = re.search(r"(?:^|;)\s*q=(\d(?:\.\d+)?)", found[2] or "")
        weight = float(quality[1]) if quality else 1.0
        if weight > at and found[1] in ("text/html", "application/xhtml+xml", "application/json", "*/*", "application/*"):
            best, at = found[1], weight
    if best and best != "*/*":
        return best in ("application/json", "application/*")
    return request.headers.get("content-type", "").startswith("application/json")


def answer(request: Request, template: str, page: Any, *, status: int = 200, **more: Any) -> Response:  # noqa: ANN401 - a page's value, and what only its template needs
    """A page's value as JSON or through its template."""
    if wants_json(request):
        return Response(encode(page), status, media_type="application/json", headers={"Vary": "Accept"})
    state = request.state
    viewer = getattr(state, "viewer", None)
    shown = environment().get_template(template).render(
        page=page, path=request.url.path, query=dict(request.query_params), viewer=viewer, csrf=getattr(state, "csrf", ""), accounts=getattr(state, "accounts", False), version=__version__, **more
    )
    return HTMLResponse(shown, status, headers={"Vary": "Accept"})


def encode(page: Any) -> bytes:  # noqa: ANN401 - the same
    """A value as JSON; lone surrogates, which no encoding can carry, are replaced."""
    try:
        return msgspec.json.encode(page)
    except UnicodeError:
        return msgspec.json.encode(_clean(msgspec.to_builtins(page)))


def _clean(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_clean(k): _clean(v) for k, v in value.items()}
    return [_clean(v) for v in value] if isinstance(value, list | tuple) else value


@cache
def environment() -> Environment:
    """The templates; all that is put into them is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from reportedly.export import FORMATS

    made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, loader=PackageLoader("reportedly.web", "templates"))
    made.filters |= {"day": day, "minute": minute, "percent": lambda score: f"{100 * score:.0f} %", "one_line": one_line, "web": lambda url: url if (url or "").lower().startswith(VERBATIM) else None}
    lost = [(kind.title, kind.cannot) for name, kind in FORMATS.items() if name != "training"]
    made.globals |= {"LOST": lost, "address": address, "asset": asset, "CERTAINTY": CERTAINTY}
    return made


CERTAINTY = {
    "CT+": "certain", "PR+": "probable", "PS+": "possible", "CT-": "certain it is not so", "PR-": "probably not so", "PS-": "possibly not so", "CTu": "certain, not told which way", "Uu": "not committed",
}  # fmt: skip


def address(path: str, query: dict[str, Any] | None = None, /, **changed: Any) -> str:  # noqa: ANN401 - whatever a query holds
    """An address with a query, some of it changed; what is None or empty is left out."""
    asked = {k: v for k, v in {**(query or {}), **changed}.items() if v not in (None, "", False)}
    return f"{path}?{urlencode(asked, errors='replace', doseq=True)}" if asked else path


@cache
def asset(name: str) -> str:
    """The address of a static file, which changes when the file does."""
    return f"/static/{name}?{digest((files('reportedly.web') / 'static' / name).read_text('utf-8'))[:8]}"


def day(moment: str | None) -> str:
    """The date of a moment."""
    return moment[:10] if moment else ""


def minute(moment: str | None) -> str:
    """A moment for people, in UTC."""
    if not moment:
        return ""
    try:
        return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    except ValueError:
        return moment


def one_line(text: str | None, limit: int = 300) -> str:
    """A text on one line, cut where it is long."""
    words = " ".join((text or "").split())
    return words if len(words) <= limit else f"{words[: limit - 1]}…"
