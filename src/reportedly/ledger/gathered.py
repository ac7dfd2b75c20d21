"""Many articles at once, for whoever puts them side by side: as few questions to the database as there are kinds of answers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, exists, func, select, text

from reportedly.ledger import corrected, fulltext, queries, rows
from reportedly.ledger.asked import ready
from reportedly.ledger.results import Query
from reportedly.ledger.schema import articles, attributions, corrections, readings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import Connection

    from reportedly.ledger.corrected import Corrected
    from reportedly.ledger.results import Entry, Statement


def load(connection: Connection, ids: Iterable[str]) -> dict[str, Corrected]:
    """Articles' readings, by id, as they stand now; those that are not here are left out."""
    found = select(articles.c.key, articles.c.id, readings.c.reading).join(readings, readings.c.article == articles.c.key).where(articles.c.id.in_(list(ids)))
    held = connection.execute(found).all()
    changes = corrected.histories(connection, [row.key for row in held])
    return {row.id: corrected.apply(rows.unpack(row.reading), changes.get(row.key, ())) for row in held}


def newest(connection: Connection, before: int | None, count: int) -> list[tuple[int, str]]:
    """Keys and ids of current articles, those added last first, from below the key `before`."""
    command = select(articles.c.key, articles.c.id).where(articles.c.current).order_by(articles.c.key.desc()).limit(count)
    return [(key, article) for key, article in connection.execute(command.where(articles.c.key < before) if before is not None else command)]


def revisions(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[int, int]]:
    """For each article that is here, by id, its key and the revision of its last correction: while both are the same, so is all of it."""
    last = func.coalesce(func.max(corrections.c.revision), 0)
    found = select(articles.c.id, articles.c.key, last).outerjoin(corrections, corrections.c.article == articles.c.key).where(articles.c.id.in_(list(ids))).group_by(articles.c.id, articles.c.key)
    return {article: (key, revision) for article, key, revision in connection.execute(found)}


def sharing(connection: Connection, some: Sequence[str], *, each: int) -> Counter[str]:
    """In how many of the newest `each` statements that have some words an article is found, summed over all the words given; current versions only."""
    full = fulltext.of(connection.dialect.name)
    one = "SELECT * FROM (SELECT articles.id AS id FROM {source} JOIN articles ON articles.key = attributions.article WHERE {match} AND articles.current ORDER BY {key} DESC LIMIT {each}) AS found{n}"
    wanted = [asked for words in some if (asked := ready(Query(words=words)).wanted)]
    if not wanted:
        return Counter()
    parts = [one.format(source=full.source, match=full.match.replace(":asked", f":asked{n}"), key=full.key, each=each, n=n) for n in range(len(wanted))]
    bound = {f"asked{n}": full.asked(asked) for n, asked in enumerate(wanted)}
    return Counter(connection.execute(text(" UNION ALL ".join(parts)), bound).scalars().all())


def candidates(connection: Connection, some: Sequence[str], *, but: str, each: int, most: int) -> list[str]:
    """Articles other than one that share words, as `sharing` counts them, those that share most first; of equal ones by id."""
    votes = sharing(connection, some, each=each)
    votes.pop(but, None)
    return sorted(votes, key=lambda a: (-votes[a], a))[:most]


def judging(connection: Connection, article: str, statement: str) -> list[str]:
    """Articles, by id, on whose side somebody said something of one of their statements and this one: see `corrected.Pair`."""
    end, later = f"~{article}/{statement}", corrections.alias()
    ends = corrections.c.target.endswith(end, autoescape=True) | corrections.c.target.endswith(f"{end}~origin", autoescape=True)
    undone = exists().where(later.c.article == corrections.c.article, later.c.undoes == corrections.c.revision)
    found = select(articles.c.id, corrections.c.target).join(articles, articles.c.key == corrections.c.article).where(ends, corrections.c.undoes.is_(None), ~undone).order_by(corrections.c.key)
    return list(dict.fromkeys(one for one, target in connection.execute(found) if (p := corrected.pair(target)) and (p.article, p.other) == (article, statement)))


def told(connection: Connection, some: Collection[tuple[str, str]]) -> tuple[dict[tuple[str, str], Statement], dict[str, Entry]]:
    """Statements, each named by its article's id and its own, and the entries of their articles."""
    ids, names = sorted({a for a, _ in some}), sorted({s for _, s in some})
    held = connection.execute(select(articles).where(articles.c.id.in_(bindparam("ids", expanding=True))), {"ids": ids}).all()
    by_key = {row.key: row.id for row in held}
    lines = select(attributions.c.key, attributions.c.article, attributions.c.id).where(attributions.c.article.in_(list(by_key)), attributions.c.id.in_(names))
    wanted = {row.key: pair for row in connection.execute(lines) if (pair := (by_key[row.article], row.id)) in some}
    found = queries.of_keys(connection, list(wanted))
    return {wanted[key]: statement for key, statement in found.items()}, {entry.article: entry for entry in queries.entries(connection, held)}
