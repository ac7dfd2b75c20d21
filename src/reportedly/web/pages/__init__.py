"""The pages, by what people do with them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.ledger import corrections
from reportedly.web.errors import missing

if TYPE_CHECKING:
    from fastapi import Request

    from reportedly.ledger.corrected import Corrected
    from reportedly.ledger.store import Ledger

ID = re.compile(r"[0-9A-Za-z_.-]{1,64}")


def ledger_of(request: Request) -> Ledger:
    """The ledger behind the pages."""
    found: Ledger = request.app.state.ledger
    return found


def loaded(ledger: Ledger, article: str) -> Corrected | None:
    """An article's reading as it stands now, with the program's own."""
    return ledger.ask(lambda c: corrections.load(c, article))


def checked_id(article: str) -> str:
    """An article's id as it may be asked for.

    Raises:
        WebError: 404 for what cannot be one.

    """
    if not ID.fullmatch(article):
        raise missing("such article")
    return article
