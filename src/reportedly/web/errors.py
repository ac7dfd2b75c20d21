"""What goes wrong, in one shape: `{"error": {"status", "code", "message"}}`, or a page that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from reportedly import errors

if TYPE_CHECKING:
    from fastapi import Request, Response


class WebError(errors.ReportedlyError):
    """An error with its HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Problem:
    """One error."""

    status: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """What every failed request answers with."""

    error: Problem


STATUS: tuple[tuple[type[errors.ReportedlyError], int], ...] = (
    (errors.TooLarge, 413),
    (errors.BadInput, 400),
    (errors.BadLink, 400),
    (errors.BadReading, 422),
    (errors.LedgerBusy, 503),
    (errors.LedgerFull, 507),
    (errors.LedgerError, 503),
    (errors.Conflict, 409),
    (errors.MissingPart, 501),
)
LATER = {429: "30", 503: "5"}  # seconds until one may ask again


def status_of(error: errors.ReportedlyError) -> int:
    """The HTTP status of an error of the program."""
    if isinstance(error, WebError):
        return error.status
    return next((status for kind, status in STATUS if isinstance(error, kind)), 500)


def problem(request: Request, status: int, message: str) -> Response:
    """The answer to a request that failed."""
    from reportedly.web.answers import answer

    code = HTTPStatus(status).phrase.lower().replace(" ", "_") if status in HTTPStatus._value2member_map_ else "error"
    answered = answer(request, "error.html", ErrorAnswer(Problem(status, code, message)), status=status)
    if status in LATER:
        answered.headers["retry-after"] = LATER[status]
    return answered


def missing(what: str) -> WebError:
    """Something that is not here, or no longer."""
    return WebError(404, f"There is no {what[:100]} here, or no longer: it may have been removed.")
