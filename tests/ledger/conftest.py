"""The same ledger in both databases: every test that takes `place` or `ledger` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from places import database, emptied

from reportedly.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new ledger may be made."""
    return str(tmp_path / "ledger.sqlite") if request.param == "sqlite" else database(request.getfixturevalue("postgres"))


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger."""
    if request.param == "sqlite":
        with Ledger.open(tmp_path / "ledger.sqlite", patience=5) as made:
            yield made
        return
    yield emptied(request.getfixturevalue("used"))
