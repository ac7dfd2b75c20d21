"""The one writer: an article with all that hangs on it goes in, or out, in one transaction.

A kill at any moment leaves the ledger as it was before the article or as it is after it. Writers take turns: in SQLite
by the file's lock, in PostgreSQL by the row of the counter, which every writer takes first.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, text, update

from reportedly.digests import digest, is_true_to_itself
from reportedly.errors import BadReading
from reportedly.ledger import changes, corrected, fulltext, rows, words
from reportedly.ledger.results import Added
from reportedly.ledger.schema import articles, attributions, counter, facts, figures, name_words, names, readings, sources, times, via

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from reportedly.ledger.rows import Rows
    from reportedly.values import Reading


def add(connection: Connection, reading: Reading, *, added_at: int | None = None, version: int = 0) -> Added:
    """Add a reading within a transaction that writes; an article that is here already stays as it is.

    `version` is the one it had in another ledger; versions only ever count up.

    Raises:
        BadReading: the article's id or digest is not that of its words.

    """
    article = reading.article
    if not is_true_to_itself(article):
        message = "This is not a reading: the id or digest of its article is not that of its words and address."
        raise BadReading(message)
    for kind, ids in (("attributions", [a.id for a in reading.attributions]), ("sources", [s.id for s in reading.sources])):
        if len(set(ids)) < len(ids):
            raise BadReading(f"This is not a reading: two of its {kind} have the same id.")
    first = take_keys(connection, rows.keys_needed(reading))
    known = connection.execute(select(articles.c.version).where(articles.c.id == article.id)).scalar()
    if known is not None:
        return Added("known", article.id, known, _copies(connection, reading))
    before: Reading | None = None
    version = max(1, version)
    if article.url:
        same = articles.c.address == rows.address(article.url)
        last = connection.execute(select(articles.c.key, articles.c.version).where(same).order_by(articles.c.version.desc()).limit(1)).first()
        if last:
            version = max(version, last.version + 1)
            before = rows.unpack(connection.execute(select(readings.c.reading).where(readings.c.article == last.key)).scalar_one())
            connection.execute(update(articles).where(same, articles.c.current).values(current=False))
    voices = _voices(connection, rows.names(reading), first + 1 + len(reading.sources) + len(reading.attributions))
    made = rows.rows(reading, first, voices)
    moment = int(time.time()) if added_at is None else added_at
    connection.execute(insert(articles), [{**made.article, "version": version, "current": True, "added_at": moment}])
    connection.execute(insert(readings), [{"article": first, "reading": made.reading}])
    insert_rows(connection, made)
    return Added("version" if before else "new", article.id, version, _copies(connection, reading), tuple(changes.between(before, reading)) if before else ())


def insert_rows(connection: Connection, made: Rows) -> None:
    """Write what can be made again from a reading."""
    if made.sources:
        connection.execute(insert(sources), made.sources)
    fulltext.of(connection.dialect.name).insert(connection, made.attributions, made.documents)
    for table, some in ((via, made.via), (times, made.times), (figures, made.figures)):
        if some:
            connection.execute(insert(table), some)


def remove(connection: Connection, article: str) -> bool:
    """Take out one version of an article and all that hangs on it; the version before it is then the current one."""
    take_keys(connection, 0)
    found = connection.execute(select(articles.c.key, articles.c.address, articles.c.current).where(articles.c.id == article)).first()
    if not found:
        return False
    voices = set(connection.execute(select(sources.c.voice).where(sources.c.article == found.key, sources.c.voice.is_not(None)).distinct()).scalars())
    full = fulltext.of(connection.dialect.name)
    with suppress(BadReading):  # a damaged reading's words stay in the full text, where they lead to nothing, until a repair
        full.forget(connection, documents(connection, found.key))
    for table in (times, figures, attributions, sources, readings):  # via goes with its attributions
        connection.execute(delete(table).where(table.c.article == found.key))
    connection.execute(delete(articles).where(articles.c.key == found.key))
    if found.current and found.address:
        last = select(func.max(articles.c.version)).where(articles.c.address == found.address).scalar_subquery()
        connection.execute(update(articles).where(articles.c.address == found.address, articles.c.version == last).values(current=True))
    for voice in sorted(voices):
        if connection.execute(select(sources.c.key).where(sources.c.voice == voice).limit(1)).first() is None:
            connection.execute(delete(names).where(names.c.key == voice))
    return True


def documents(connection: Connection, article: int) -> list[rows.Document]:
    """The words by which the attributions of an article are found, made again from its reading, with their keys."""
    data = connection.execute(select(readings.c.reading).where(readings.c.article == article)).scalar()
    if data is None:
        return []
    keys = dict(connection.execute(select(attributions.c.id, attributions.c.key).where(attributions.c.article == article)).all())
    reading = corrected.effective(connection, article, rows.unpack(data))
    made = rows.rows(reading, article)
    by_new = {row["key"]: row["id"] for row in made.attributions}
    return [rows.Document(keys[by_new[d.key]], d.content, d.source, d.title, d.facets) for d in made.documents if by_new[d.key] in keys]


def remake(connection: Connection, article: int, *, forget: list[rows.Document] | None = None) -> None:
    """Write the rows of an article anew from its reading as it stands now. Its full text must have been cleared, unless its words until now are given."""
    if forget:
        fulltext.of(connection.dialect.name).forget(connection, forget)
    data = connection.execute(select(readings.c.reading).where(readings.c.article == article)).scalar_one()
    for table in (times, figures, attributions, sources):
        connection.execute(delete(table).where(table.c.article == article))
    reading = corrected.effective(connection, article, rows.unpack(data))
    start = take_keys(connection, rows.keys_needed(reading))
    voices = _voices(connection, rows.names(reading), start + 1 + len(reading.sources) + len(reading.attributions))
    made = rows.rows(reading, article, voices, sequence=start)
    about = {name: value for name, value in made.article.items() if name != "key"}
    connection.execute(update(articles).where(articles.c.key == article).values(**about))
    insert_rows(connection, made)


def remember_words(connection: Connection) -> None:
    """Write down how words are looked up now."""
    connection.execute(delete(facts).where(facts.c.name == "words"))
    connection.execute(insert(facts), [{"name": "words", "value": words.fingerprint()}])


def remember_words_if_empty(connection: Connection) -> None:
    """The same, for a ledger in which nothing was written in another way."""
    if connection.execute(select(articles.c.key).limit(1)).first() is None:
        remember_words(connection)


def words_fit(connection: Connection) -> bool:
    """Whether the full text was made in the way in which words are looked up now."""
    return connection.execute(select(facts.c.value).where(facts.c.name == "words")).scalar() == words.fingerprint()


def take_keys(connection: Connection, count: int) -> int:
    """The first of so many new keys. In PostgreSQL this waits for every other writer to finish."""
    last = connection.execute(update(counter).where(counter.c.name == "keys").values(value=counter.c.value + count).returning(counter.c.value)).scalar_one()
    return int(last) - count


def _voices(connection: Connection, written: dict[str, str], first: int) -> dict[str, int]:
    """Keys of names by folded name; those that are new here get one, counted from `first`."""
    if not written:
        return {}
    by_digest = {digest(folded): folded for folded in written}
    found = {by_digest[d]: key for d, key in connection.execute(select(names.c.digest, names.c.key).where(names.c.digest.in_(by_digest)))}
    new = [folded for folded in written if folded not in found]
    found |= {folded: key for key, folded in enumerate(new, first)}
    if new:
        connection.execute(insert(names), [{"key": found[f], "digest": digest(f), "name": written[f]} for f in new])
        connection.execute(insert(name_words), [{"word": w, "name": found[f]} for f in new for w in sorted(set(f.split()))])
    return found


def _copies(connection: Connection, reading: Reading) -> tuple[str, ...]:
    """Ids of other articles with the very same words."""
    same = select(articles.c.id).where(articles.c.text_digest == reading.article.text_digest, articles.c.id != reading.article.id)
    return tuple(connection.execute(same.order_by(articles.c.key).limit(100)).scalars())


def mark_current(connection: Connection) -> None:
    """Make the newest version of each address its current one."""
    own = articles.alias("own")
    newest = select(func.max(own.c.version)).where(own.c.address == articles.c.address).scalar_subquery()
    connection.execute(update(articles).values(current=(articles.c.address.is_(None)) | (articles.c.version == newest)))


def clear_full_text(connection: Connection) -> None:
    """Take all words out of the full text, and forget how they were put in until all are in again."""
    connection.execute(delete(facts).where(facts.c.name == "words"))
    fulltext.of(connection.dialect.name).clear(connection)


def start_counter(connection: Connection) -> None:
    """Set the counter above every key in use, should it have been damaged."""
    highest = max(int(connection.execute(text(f"SELECT COALESCE(MAX(key), 0) FROM {name}")).scalar_one()) for name in ("articles", "names", "sources"))  # noqa: S608 - our own names
    connection.execute(update(counter).where(counter.c.value <= highest).values(value=highest + 1))
