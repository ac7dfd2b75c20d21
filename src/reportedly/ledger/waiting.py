"""The line of what was given to be read. It lies in the ledger, so that it outlives the program that serves the pages.

An input is a row until it is read; each article that it led to is a row from then on. Whoever reads an input is its owner:
an input whose owner is gone goes back into the line, and is given up where programs end over it again and again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import case, delete, func, insert, select, update

from reportedly.ledger import rows, writer
from reportedly.ledger.schema import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

State = Literal["waiting", "reading", "new", "version", "known", "failed"]
OPEN = ("waiting", "reading")
TRIES = 3  # times that a program may end over an input
KEPT = 7 * 86_400  # seconds for which outcomes are remembered


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one article, or an input that is not read yet. `article` is its id once it is in the ledger."""

    name: str
    state: State
    article: str | None = None
    title: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Input:
    """One input that its owner reads now. `read` are ids of articles that it led to before a program ended over it."""

    key: int
    job: str
    name: str
    data: bytes | None
    published: str | None
    outlet: str | None
    who: str
    read: frozenset[str]


def put(connection: Connection, job: str, given: Sequence[tuple[str, bytes | None]], *, published: str | None, outlet: str | None, who: str) -> None:
    """Put inputs in the line, each a name with its bytes; a link has none."""
    first, now = writer.take_keys(connection, len(given)), int(time.time())
    connection.execute(delete(waiting).where(waiting.c.state.not_in(OPEN), waiting.c.at < now - KEPT))
    common = {"job": job, "state": "waiting", "published": rows.plain(published), "outlet": rows.plain(outlet), "who": rows.plain(who), "tries": 0, "at": now}
    connection.execute(insert(waiting), [{**common, "key": first + n, "place": n, "name": rows.plain(name), "data": data} for n, (name, data) in enumerate(given)])


def count(connection: Connection) -> int:
    """How many inputs are not read yet."""
    return connection.execute(select(func.count()).where(waiting.c.state.in_(OPEN))).scalar_one()


def take(connection: Connection, owner: str) -> Input | None:
    """Begin to read the input that waits longest; None where none waits."""
    writer.take_keys(connection, 0)
    row = connection.execute(select(waiting).where(waiting.c.state == "waiting").order_by(waiting.c.key).limit(1)).first()
    if row is None:
        return None
    connection.execute(update(waiting).where(waiting.c.key == row.key).values(state="reading", owner=owner, tries=row.tries + 1, at=int(time.time())))
    read = select(waiting.c.article).where(waiting.c.job == row.job, waiting.c.place == row.place, waiting.c.article.is_not(None))
    return Input(row.key, row.job, row.name, row.data, row.published, row.outlet, row.who, frozenset(connection.execute(read).scalars()))


def tell(connection: Connection, given: Input, item: Item) -> None:
    """Write down what became of an article of an input."""
    row = connection.execute(select(waiting).where(waiting.c.key == given.key)).first()
    if row is not None:
        values = {"name": item.name, "state": item.state, "article": item.article, "title": item.title, "message": item.message, "who": row.who}
        kept = {"key": writer.take_keys(connection, 1), "job": row.job, "place": row.place, "tries": row.tries, "at": int(time.time())}
        connection.execute(insert(waiting), [{**kept, **{k: rows.plain(v) for k, v in values.items()}}])


def finish(connection: Connection, given: Input) -> None:
    """An input is read, and its bytes are not needed any more."""
    connection.execute(delete(waiting).where(waiting.c.key == given.key))


def put_back(connection: Connection, gone: Callable[[str, int], bool]) -> int:
    """Let inputs wait again whose owner (given with the second of its last word) is gone; how many wait in all."""
    for row in connection.execute(select(waiting.c.key, waiting.c.owner, waiting.c.tries, waiting.c.at).where(waiting.c.state == "reading")).all():
        if not gone(row.owner, row.at):
            continue
        if row.tries < TRIES:
            connection.execute(update(waiting).where(waiting.c.key == row.key).values(state="waiting", owner=None))
        else:
            message = f"It could not be read: the program ended {TRIES} times while it was being read."
            connection.execute(update(waiting).where(waiting.c.key == row.key).values(state="failed", owner=None, data=None, message=message))
    return connection.execute(select(func.count()).where(waiting.c.state == "waiting")).scalar_one()


def release(connection: Connection, given: Input) -> None:
    """Leave an input to the next program: this one ends in good order."""
    connection.execute(update(waiting).where(waiting.c.key == given.key).values(state="waiting", owner=None, tries=waiting.c.tries - 1))


def items(connection: Connection, job: str) -> tuple[Item, ...]:
    """All of a job in the order of giving; nothing where there is no such job, or no longer."""
    order = waiting.c.place, case((waiting.c.state.in_(OPEN), 1), else_=0), waiting.c.key
    found = select(waiting.c.name, waiting.c.state, waiting.c.article, waiting.c.title, waiting.c.message).where(waiting.c.job == job).order_by(*order)
    return tuple(Item(*row) for row in connection.execute(found))
