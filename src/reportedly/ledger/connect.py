"""To a database and back: SQLite and PostgreSQL set up to behave alike, and their errors as sentences."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerFull, MissingPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine
    from sqlalchemy.exc import DBAPIError

APPLICATION = 0x52505444  # SQLite's application_id of a ledger: "RPTD"
PATIENCE = 30.0  # seconds to wait for a lock
POSTGRES = ("postgresql://", "postgres://")
OLDEST_POSTGRES = 15
SERVER_GONE = ("57P01", "57P02", "57P03", "08000", "08001", "08003", "08004", "08006", "53300")


def default_place() -> Path:
    """The ledger that is used where none is named: one file in the user's data folder."""
    platformdirs = part("platformdirs", "ledger")
    return Path(platformdirs.user_data_path("reportedly", appauthor=False)) / "ledger.sqlite"


def part(name: str, extra: str) -> Any:  # noqa: ANN401 - a module
    """Import an optional library.

    Raises:
        MissingPart: it is not installed; the message says how it is.

    """
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise MissingPart(f"This needs an optional part of reportedly ({name.partition('.')[0]} is missing): install it with `pip install 'reportedly[{extra}]'`.") from error


def is_postgres(place: str) -> bool:
    """Whether a place is a PostgreSQL address."""
    return place.startswith(POSTGRES)


def shown(place: str) -> str:
    """A place as it may be shown: without a password."""
    if not is_postgres(place):
        return place
    from sqlalchemy.engine import make_url

    return make_url(place).render_as_string(hide_password=True)


def engine(place: str, *, patience: float = PATIENCE) -> Engine:
    """An engine for a file or a PostgreSQL address; nothing is opened yet."""
    for name in ("sqlalchemy", "snowballstemmer"):
        part(name, "ledger")
    import sqlalchemy
    from sqlalchemy import event

    if is_postgres(place):
        part("psycopg", "postgres")
        try:
            url = sqlalchemy.engine.make_url(place).set(drivername="postgresql+psycopg")
        except (sqlalchemy.exc.ArgumentError, ValueError) as error:
            message = "This is no address of a PostgreSQL database: write it like postgresql://user@host/name."
            raise LedgerError(message) from error
        # The best way to find a word depends on how common it is: a plan made for any word (a prepared statement) is no good.
        # Walking the statements in the order of time touches pages at random, which costs little in memory and on today's disks.
        settings = f"-c lock_timeout={int(patience * 1000)} -c timezone=UTC -c random_page_cost=1.1"
        arguments = {"connect_timeout": 10, "prepare_threshold": None, "application_name": "reportedly", "options": settings}
        return sqlalchemy.create_engine(url, pool_pre_ping=True, connect_args=arguments, hide_parameters=True)
    made = sqlalchemy.create_engine(f"sqlite:///{place}", connect_args={"timeout": patience}, hide_parameters=True)

    @event.listens_for(made, "connect")
    def _set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # the driver opens no transaction behind our back
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # what was said to be added is added, also after a power cut
        connection.execute("PRAGMA cache_size = -32000")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return made


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: one at a time in SQLite; in PostgreSQL the counter's row makes it so (see `writer`)."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the ledger, whatever is written meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)  # noqa: PLW2901
        with connection.begin():
            yield connection


@contextmanager
def translated(place: str) -> Iterator[None]:
    """The database's errors as one sentence each."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    try:
        yield
    except DBAPIError as error:
        raise of(error, shown(place)) from error
    except SQLAlchemyError as error:
        raise LedgerError(f"The ledger {shown(place)} cannot be used ({first_line(error)}).") from error
    except sqlite3.Error as error:
        raise _sqlite(error, place) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise LedgerFull(_full(shown(place))) from error
        raise


def of(error: DBAPIError, place: str) -> LedgerError:
    """One error of a database as what went wrong."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _sqlite(cause, place)
    state = getattr(cause, "sqlstate", None)
    if is_gone(error):
        return LedgerError(f"The ledger {place} cannot be reached ({first_line(cause)}): check its address, and that the server is running.")
    if state in ("53100", "53000", "53200", "54000"):
        return LedgerFull(_full(place))
    if state in ("55P03", "40P01", "40001", "57014"):
        return LedgerBusy(busy(place))
    if state in ("XX001", "XX002"):
        return LedgerDamaged(_damaged(place, cause))
    if state in ("42501", "25006"):
        return LedgerError(f"The ledger {place} may not be written ({first_line(cause)}): ask for the right to, or use another with --ledger.")
    return LedgerError(f"The ledger {place} cannot be used ({first_line(cause)}).")


def is_gone(error: DBAPIError) -> bool:
    """Whether a server went away, or is not there, so that the same may work a little later."""
    if isinstance(error.orig, sqlite3.Error):
        return False
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state in SERVER_GONE or (state is None and type(error.orig).__name__ in ("OperationalError", "ConnectionTimeout"))


def first_line(error: object) -> str:
    """The first line of a message, without its full stop."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(" .")


def _sqlite(error: sqlite3.Error, place: str) -> LedgerError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerBusy(busy(place))
    if code == sqlite3.SQLITE_FULL:
        return LedgerFull(_full(place))
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "malformed" in str(error):
        return LedgerDamaged(_damaged(place, error))
    if code == sqlite3.SQLITE_IOERR:
        return LedgerFull(f"The ledger {place} cannot be written or read ({first_line(error)}): see whether the disk is full, over its quota or damaged; what was added before is kept.")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return LedgerError(f"The ledger {place} cannot be opened or written ({first_line(error)}): check that its folder is there and may be written.")
    return LedgerError(f"The ledger {place} cannot be used ({first_line(error)}).")


def busy(place: str) -> str:
    """What is said where others write for longer than one has patience; nothing was written then."""
    return f"The ledger {place} is locked by another program or busy: try again when that has finished; what was added before is kept."


def _full(place: str) -> str:
    return f"There is no room left for the ledger {place}: make room and give the same command again; what was added before is kept."


def _damaged(place: str, error: object) -> str:
    return f"{place} is no ledger, or a damaged one ({first_line(error)}): if it was a ledger, make a new one from an export with `reportedly ledger import`."
