"""Who said what, by source. Named sources are one across articles; every other voice stays within its one article.

An anonymous source is never set beside a named one: where a name is known by what was asked, only named sources are shown,
and an account of a voice without a name is shown alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import distinct, func, select, text

from reportedly.errors import BadInput
from reportedly.ledger import fulltext, moments, queries, words
from reportedly.ledger.results import Account, Voice, Voices
from reportedly.ledger.schema import articles, attributions, name_words, names, sources, via

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Select
    from sqlalchemy.sql.selectable import Join

MOST_NAMES = 20
MOST_ACCOUNTS = 100
LOOKED_AT = 2000  # newest statements of such voices
OUTLETS = 50


def find(connection: Connection, name: str, *, article: str | None = None, limit: int = 50) -> Voices:
    """Named sources whose name has all the words; with `article`, the voices of that one article that have none.

    Without `article`, and where no name has the words, a voice that only one article describes so is shown; of several,
    only their accounts are listed, since nothing says that they are one. `limit` is shared among the names.

    Raises:
        BadInput: a name without a letter, or an article that is not here.

    """
    asked = sorted({folded for w in words.WORD.findall(name) if (folded := words.fold(w))})
    if not asked:
        raise BadInput(f"{name!r} has no word that could be looked for: write a name.")
    if article is None:
        found = _names(connection, asked)
        if found:
            return Voices(tuple(_named(connection, found, max(1, queries.checked(limit) // len(found)))))
        accounts = _accounts(connection, asked, name)
        where = {a.article for a in accounts}
        if len(where) != 1:
            return Voices(accounts=accounts)
        article = next(iter(where))
    elif queries.entry(connection, article) is None:
        raise BadInput(f"There is no article {article} in this ledger: take its id from `reportedly search`.")
    return Voices(tuple(_unnamed(connection, article, asked, limit)))


def _names(connection: Connection, asked: list[str]) -> list[tuple[int, str]]:
    has_all = select(name_words.c.name).where(name_words.c.word.in_(asked)).group_by(name_words.c.name).having(func.count() == len(asked))
    command = select(names.c.key, names.c.name).where(names.c.key.in_(has_all)).order_by(func.length(names.c.name), names.c.name).limit(MOST_NAMES)
    return [(row.key, row.name) for row in connection.execute(command)]


def _named(connection: Connection, found: list[tuple[int, str]], limit: int) -> Iterator[Voice]:
    """Named sources with what they said, asked for all at once."""
    keys = [key for key, _ in found]
    joined = attributions.join(articles, articles.c.key == attributions.c.article)
    current = attributions.c.voice.in_(keys) & articles.c.current
    counts = select(attributions.c.voice, func.count(), func.count(distinct(attributions.c.article)), func.min(attributions.c.said_from), func.max(attributions.c.said_from))
    counted = {row[0]: row[1:] for row in connection.execute(counts.select_from(joined).where(current).group_by(attributions.c.voice))}
    outlets = _grouped(connection, select(attributions.c.voice, articles.c.outlet).distinct().select_from(joined).where(current, articles.c.outlet.is_not(None)))
    kinds = _grouped(connection, select(sources.c.voice, sources.c.kind).distinct().where(sources.c.voice.in_(keys)))
    through = select(sources.c.voice, func.count()).select_from(via.join(sources, sources.c.key == via.c.source).join(articles, articles.c.key == sources.c.article))
    passed: dict[int | None, int] = dict(connection.execute(through.where(sources.c.voice.in_(keys), articles.c.current).group_by(sources.c.voice)).all())
    newest = {key: list(connection.execute(_newest(joined, key, limit)).scalars()) for key in keys}
    said = queries.of_keys(connection, [statement for some in newest.values() for statement in some])
    for key, name in found:
        statements, among, earliest, latest = counted.get(key, (0, 0, None, None))
        yield Voice(
            name=name, identity="named", article=None, kinds=tuple(kinds.get(key, ())), statements=statements, articles=among, outlets=tuple(outlets.get(key, ())[:OUTLETS]),
            earliest=moments.iso(earliest), latest=moments.iso(latest), said=tuple(said[s] for s in newest[key]), passed_on=passed.get(key, 0),
        )  # fmt: skip


def _newest(joined: Join, voice: int, limit: int) -> Select[int]:
    command = select(attributions.c.key).select_from(joined).where(attributions.c.voice == voice, articles.c.current)
    return command.order_by(attributions.c.key.desc()).limit(limit)


def _grouped(connection: Connection, pairs: Select[Any, Any]) -> dict[int, list[str]]:
    out: dict[int, list[str]] = {}
    for voice, value in connection.execute(pairs):
        out.setdefault(voice, []).append(value)
    return {voice: sorted(values) for voice, values in out.items()}


def _accounts(connection: Connection, asked: list[str], name: str) -> tuple[Account, ...]:
    """Voices without a known name whose description has all the words, in current versions."""
    full = fulltext.of(connection.dialect.name)
    command = f"""SELECT attributions.source FROM {full.source} JOIN articles ON articles.key = attributions.article
 WHERE {full.match} AND attributions.voice IS NULL AND attributions.source IS NOT NULL AND articles.current ORDER BY {full.key} DESC LIMIT :limit"""  # noqa: S608 - built of our own words
    keys = connection.execute(text(command), {"asked": full.asked([(("source",), words.terms(name.replace("*", " ")))]), "limit": LOOKED_AT}).scalars()
    wanted = list(dict.fromkeys(keys))
    found = (
        select(sources.c.name, sources.c.description, sources.c.identity, articles.c.id, articles.c.outlet, articles.c.title, articles.c.published)
        .join(articles, articles.c.key == sources.c.article)
        .where(sources.c.key.in_(wanted))
        .order_by(articles.c.key, sources.c.key)
    )
    rows = [row for row in connection.execute(found) if _fits(row, asked)]
    return tuple(Account(row.id, row.description or row.name, row.identity, row.outlet, row.title, row.published) for row in _apart(rows)[:MOST_ACCOUNTS])


def _fits(row: Any, asked: list[str]) -> bool:  # noqa: ANN401 - a row
    return set(asked) <= set(words.phrase(" ".join(c for c in (row.name, row.description) if c)).split())


def _apart(rows: list[Any]) -> list[Any]:
    """Without the anonymous ones, where one has a name: nobody is shown beside somebody whom he might be taken for."""
    return [row for row in rows if row.identity != "anonymous"] if any(row.name for row in rows) else rows


def _unnamed(connection: Connection, article: str, asked: list[str], limit: int) -> list[Voice]:
    entry = queries.entry(connection, article)
    key = connection.execute(select(articles.c.key).where(articles.c.id == article)).scalar_one()
    out = []
    voiceless = select(sources).where(sources.c.article == key, sources.c.voice.is_(None)).order_by(sources.c.key)
    for row in _apart([row for row in connection.execute(voiceless).all() if _fits(row, asked)]):
        said = queries.of_article(connection, key, row.key)
        passed = connection.execute(select(func.count()).select_from(via).where(via.c.source == row.key)).scalar_one()
        outlets = (entry.outlet,) if entry and entry.outlet else ()
        times = [s.said for s in said if s.said]
        called = row.description or row.name or row.id
        out.append(Voice(called, row.identity, article, (row.kind,), len(said), 1, outlets, min(times, default=None), max(times, default=None), said[:limit], passed))
    return out
