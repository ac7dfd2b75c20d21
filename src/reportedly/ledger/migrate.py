"""Brings a ledger to the newest shape. The steps lie in `migrations/`, which alembic runs, all within one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from reportedly.errors import LedgerDamaged, LedgerError
from reportedly.ledger import connect

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

NEWEST = "0006"  # the last step; said here so that opening a ledger of today need not load alembic
LOCK = 7_382_944_021  # PostgreSQL's advisory lock, so that two programs never make the tables at once


def upgrade(engine: Engine, place: str, *, to: str = "head") -> None:
    """Make the tables of a new ledger, or change those of an older one; does nothing to a ledger of today.

    Raises:
        LedgerError: another program's database, a newer ledger, or a PostgreSQL too old.

    """
    with connect.reading(engine) as connection:
        if to == "head" and revision(connection) == NEWEST:
            return
    connect.part("alembic", "ledger")
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            _refuse_others(connection, place)
            if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
                connection.rollback()  # the mode cannot change within a transaction, and SQLAlchemy began one
                raw = connection.connection.driver_connection
                raw.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
    with connect.writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            major = int((connection.dialect.server_version_info or (0,))[0])
            if major < connect.OLDEST_POSTGRES:
                raise LedgerError(f"The ledger {place} is kept by PostgreSQL {major}: version {connect.OLDEST_POSTGRES} or newer is needed.")
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        _refuse_others(connection, place)
        from alembic import command

        configuration = _configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, to)
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {connect.APPLICATION}")


def _configuration() -> Config:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    return configuration


def revision(connection: Connection) -> str | None:
    """The revision of the tables, None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _refuse_others(connection: Connection, place: str) -> None:
    """Raise where there are tables that no ledger made, or that a newer program made."""
    found = revision(connection)
    if found is None or not inspect(connection).has_table("readings"):
        tables = inspect(connection).get_table_names()
        if connection.dialect.name == "sqlite" and tables:
            raise LedgerDamaged(f"{place} is a database of another program: name another file with --ledger.")
        if {"articles", "readings", "sources", "attributions"} & set(tables):
            raise LedgerDamaged(f"{connect.shown(place)} has tables of another program with the names that a ledger uses: give the ledger a database of its own.")
        return
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    try:
        ScriptDirectory.from_config(_configuration()).get_revision(found)
    except CommandError as error:
        raise LedgerError(f"The ledger {connect.shown(place)} was made by a newer reportedly (its tables are {found}): update this one.") from error
