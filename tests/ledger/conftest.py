"""The same ledger in both databases: every test that takes `place` or `ledger` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from places import database, serve
from sqlalchemy import text

from reportedly.ledger import writer
from reportedly.ledger.schema import metadata
from reportedly.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """One server for all tests."""
    with serve() as server:
        yield server


@pytest.fixture(scope="session")
def used(postgres: Any) -> Iterator[Ledger]:
    """A ledger on PostgreSQL that tests use one after the other; to make tables anew for each would take most of the time."""
    with Ledger.open(database(postgres), patience=5) as made:
        yield made


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
    emptied = request.getfixturevalue("used")
    with emptied._engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(t.name for t in metadata.sorted_tables if t.name != 'counter')}"))
        writer.remember_words(connection)
    yield emptied
