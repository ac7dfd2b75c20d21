"""Lists of what a ledger holds: articles by when they were added, and statements that nobody looked at yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import exists, func, select

from reportedly.ledger import queries
from reportedly.ledger.results import Entry  # noqa: TC001 - whoever describes a `Listed` looks at its fields
from reportedly.ledger.schema import articles, attributions, corrections

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from reportedly.ledger.results import Statement


@dataclass(frozen=True, slots=True)
class Listed:
    """One article of a list, with how many statements it has and how many of them a person looked at. `place` continues the list after it."""

    entry: Entry
    statements: int
    reviewed: int
    place: int


def newest(connection: Connection, *, before: int | None = None, limit: int = 50) -> tuple[Listed, ...]:
    """Current articles, those added last first; `before` is the place of the last one of the page before."""
    command = select(articles).where(articles.c.current).order_by(articles.c.key.desc()).limit(limit)
    found = connection.execute(command.where(articles.c.key < before) if before is not None else command).all()
    keys = [row.key for row in found]
    counts: dict[int, int] = dict(connection.execute(select(attributions.c.article, func.count()).where(attributions.c.article.in_(keys)).group_by(attributions.c.article)).all())
    seen = select(corrections.c.article, func.count(corrections.c.target.distinct())).where(corrections.c.article.in_(keys), corrections.c.target.not_like("%s%"), corrections.c.target.not_like("%~%"), corrections.c.target.not_like("%:%"), corrections.c.target.not_like("ps%"), _stands())
    reviewed: dict[int, int] = dict(connection.execute(seen.group_by(corrections.c.article)).all())
    entries = queries.entries(connection, found)
    return tuple(Listed(entry, counts.get(row.key, 0), reviewed.get(row.key, 0), row.key) for row, entry in zip(found, entries, strict=True))


def unreviewed(connection: Connection, *, limit: int = 50, low: float = 0.0, high: float = 1.0) -> tuple[Statement, ...]:
    """Statements of current articles that nobody corrected, with scores from `low` to below `high`, the newest first."""
    touched = exists().where(corrections.c.article == attributions.c.article, corrections.c.target == attributions.c.id, _stands())
    joined = select(attributions.c.key).join(articles, articles.c.key == attributions.c.article)
    wanted = joined.where(articles.c.current, attributions.c.score >= low, attributions.c.score < high, ~touched).order_by(attributions.c.key.desc()).limit(queries.checked(limit))
    keys = list(connection.execute(wanted).scalars())
    found = queries.of_keys(connection, keys)
    return tuple(found[key] for key in keys)


def of_article(connection: Connection, article: str) -> tuple[Statement, ...]:
    """The statements of one article, by id, in the order of time."""
    key = connection.execute(select(articles.c.key).where(articles.c.id == article)).scalar()
    return queries.of_article(connection, key) if key is not None else ()


def _stands() -> ColumnElement[bool]:
    """A change that takes none back, and that none took back."""
    later = corrections.alias("later")
    return corrections.c.undoes.is_(None) & ~exists().where(later.c.article == corrections.c.article, later.c.undoes == corrections.c.revision)
