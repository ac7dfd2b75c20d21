"""Who may use a shared ledger, who is there now, and who did what."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from sqlalchemy import delete, func, insert, select, update

from reportedly.errors import BadInput
from reportedly.ledger import moments, rows, writer
from reportedly.ledger.schema import accounts, audit, sessions

if TYPE_CHECKING:
    from sqlalchemy import Connection

Role = Literal["reader", "editor", "admin"]
ROLES: tuple[Role, ...] = ("reader", "editor", "admin")
LASTS = 12 * 3600  # seconds of a session
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody with a password, of which only the hash is kept."""

    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class Noted:
    """One line of the audit log."""

    at: str
    who: str
    action: str
    article: str | None
    detail: str


def put(connection: Connection, name: str, role: Role, password: str, who: str) -> None:
    """Make an account, or give one a new password and role; whoever was in by it is out. `password` is a hash.

    Raises:
        BadInput: a name or a role that cannot be.

    """
    if not name or len(name) > LONGEST_NAME or name != name.strip() or not name.isprintable():
        raise BadInput(f"{name[:80]!r} is no name for an account: use 1 to {LONGEST_NAME} signs without spaces around them.")
    if role not in ROLES:
        raise BadInput(f"{role!r} is no role: choose one of {', '.join(ROLES)}.")
    known = find(connection, name)
    if known:
        connection.execute(update(accounts).where(accounts.c.name == name).values(role=role, password=password))
        connection.execute(delete(sessions).where(sessions.c.name == name))
    else:
        connection.execute(insert(accounts), [{"name": name, "role": role, "password": password, "made_at": int(time.time())}])
    note(connection, who, "account", None, f"{name} is {role}{', anew' if known else ''}")


def remove(connection: Connection, name: str, who: str) -> bool:
    """Take an account away; whoever was in by it is out."""
    connection.execute(delete(sessions).where(sessions.c.name == name))
    gone = connection.execute(delete(accounts).where(accounts.c.name == name)).rowcount > 0
    if gone:
        note(connection, who, "account", None, f"{name} removed")
    return gone


def find(connection: Connection, name: str) -> Account | None:
    """An account by name."""
    row = connection.execute(select(accounts).where(accounts.c.name == rows.plain(name))).first()
    return Account(row.name, cast("Role", row.role), row.password) if row else None


def count(connection: Connection) -> int:
    """How many accounts there are."""
    return int(connection.execute(select(func.count()).select_from(accounts)).scalar_one())


def enter(connection: Connection, name: str) -> str:
    """Begin a session; the token that its browser keeps. Sessions that are over are forgotten."""
    token, now = secrets.token_urlsafe(32), int(time.time())
    connection.execute(delete(sessions).where(sessions.c.expires_at < now))
    connection.execute(insert(sessions), [{"digest": _digest(token), "name": name, "expires_at": now + LASTS}])
    note(connection, name, "enter", None, "")
    return token


def present(connection: Connection, token: str) -> Account | None:
    """Whose session a token is of."""
    joined = select(accounts).join(sessions, sessions.c.name == accounts.c.name)
    row = connection.execute(joined.where(sessions.c.digest == _digest(token), sessions.c.expires_at >= int(time.time()))).first()
    return Account(row.name, cast("Role", row.role), row.password) if row else None


def leave(connection: Connection, token: str) -> None:
    """End a session."""
    connection.execute(delete(sessions).where(sessions.c.digest == _digest(token)))


def note(connection: Connection, who: str, action: str, article: str | None, detail: str) -> None:
    """Write a line of the audit log, in the transaction of what it tells of."""
    row = {"key": writer.take_keys(connection, 1), "at": int(time.time()), "who": rows.plain(who), "action": action, "article": article, "detail": rows.plain(detail[:2000])}
    connection.execute(insert(audit), [row])


def log(connection: Connection, limit: int = 200) -> tuple[Noted, ...]:
    """The newest lines of the audit log."""
    found = connection.execute(select(audit).order_by(audit.c.key.desc()).limit(limit))
    return tuple(Noted(str(moments.iso(row.at)), row.who, row.action, row.article, row.detail) for row in found)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
