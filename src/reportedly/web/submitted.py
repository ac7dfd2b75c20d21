"""What a form or a JSON body holds, in one shape, so that every change has one address for both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec
from fastapi import Request  # noqa: TC002 - FastAPI reads the signatures
from starlette.datastructures import UploadFile

from reportedly.errors import BadInput
from reportedly.values import Span
from reportedly.web.viewers import form_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES = 100
FIELDS = 3000
SPAN = re.compile(r"\s*(\d{1,9})\s*[-–]\s*(\d{1,9})\s*")


@dataclass(frozen=True, slots=True)
class Submitted:
    """Fields by name. Those of a form are texts, those of JSON whatever they are; `files` are names with their bytes."""

    fields: Mapping[str, list[Any]]
    json: bool
    files: tuple[tuple[str, bytes], ...] = ()

    def text(self, name: str, default: str = "") -> str:
        """One field as a text."""
        value = self.fields.get(name, [default])[-1]
        if value is None:
            return default
        if not isinstance(value, str):
            raise BadInput(f"{name} is a text.")
        return value

    def number(self, name: str) -> int:
        """One field as a whole number."""
        value = self.fields.get(name, [None])[-1]
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31:
            return value
        raise BadInput(f"{name} is a whole number, and is needed.")

    def texts(self, name: str) -> list[str]:
        """All values of a field that are there, as texts."""
        return [v for v in self.fields.get(name, []) if isinstance(v, str) and v]


async def submitted(request: Request) -> Submitted:
    """Read the body. A form must carry the token of the page that it came from.

    Raises:
        BadInput: it is neither.

    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            found = msgspec.json.decode(await request.body())
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise BadInput(f"This is no JSON ({error}).") from error
        if not isinstance(found, dict):
            message = "The body is a JSON object."
            raise BadInput(message)
        return Submitted({k: v if isinstance(v, list) else [v] for k, v in found.items()}, json=True)
    if kind not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        message = "Send a form, or JSON with the content type application/json."
        raise BadInput(message)
    fields: dict[str, list[Any]] = {}
    files: list[tuple[str, bytes]] = []
    async with request.form(max_files=FILES, max_fields=FIELDS, max_part_size=request.app.state.settings.largest) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                data = await value.read()
                if data or value.filename:
                    files.append((value.filename or "a file", data))
            else:
                fields.setdefault(name, []).append(value)
    form_of(request, fields.get("csrf", [""])[-1])
    return Submitted(fields, json=False, files=tuple(files))


def spans(text: str) -> tuple[Span, ...]:
    """Spans as a form writes them: "120-164, 180-190".

    Raises:
        BadInput: they are written otherwise.

    """
    out = []
    for part in filter(str.strip, text.split(",")):
        found = SPAN.fullmatch(part)
        if not found:
            raise BadInput(f"{part.strip()[:40]!r} is no span: write it like 120-164, several with commas between.")
        out.append(Span(int(found[1]), int(found[2])))
    return tuple(out)


def back(path: str, default: str) -> str:
    """Where to go after a change: only ever a page of this program."""
    return path if re.fullmatch(r"/(?![/\\])[^\s\\]{0,2000}", path) else default
