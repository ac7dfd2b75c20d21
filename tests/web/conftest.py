"""Pages over a ledger of hand-made readings, asked in-process."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from browsed import browser, page, served
from places import emptied
from served import BRIDGE, HOSTILE, OTHER, client_of, token

from reportedly.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

__all__ = ["browser", "page", "served"]  # fixtures of every test here


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger with three articles."""
    with Ledger.open(tmp_path / "ledger.sqlite", patience=5) if request.param == "sqlite" else nullcontext(emptied(request.getfixturevalue("used"))) as made:
        for r in (HOSTILE, BRIDGE, OTHER):
            made.add(r)
        yield made


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Ledger]:
    """The same on SQLite alone, for what does not depend on the database."""
    with Ledger.open(tmp_path / "ledger.sqlite", patience=5) as made:
        for r in (HOSTILE, BRIDGE, OTHER):
            made.add(r)
        yield made


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient]:
    with client_of(ledger) as made:
        yield made


@pytest.fixture
def one(small: Ledger) -> Iterator[TestClient]:
    with client_of(small) as made:
        yield made


@pytest.fixture
def post(one: TestClient) -> Callable[..., Any]:
    """Send a form as a browser would."""

    def send(path: str, **fields: Any) -> Any:
        return one.post(path, data={"csrf": token(one), **fields}, follow_redirects=False)

    return send
