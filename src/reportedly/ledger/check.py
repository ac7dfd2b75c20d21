"""Does what is in a ledger fit together? Everything is made again from the readings and held beside what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from reportedly.digests import is_true_to_itself
from reportedly.errors import BadReading, LedgerDamaged
from reportedly.ledger import connect, corrected, fulltext, rows, words, writer
from reportedly.ledger.results import Problem
from reportedly.ledger.schema import articles, attributions, figures, names, readings, sources, times, via

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, Table

HANGING = ((attributions, "attributions"), (sources, "sources"), (times, "times"), (figures, "figures"))
OUR_OWN = {"key", "source", "voice", "attribution"}  # keys, which a reading does not have


def problems(engine: Engine) -> Iterator[Problem]:
    """Everything that does not fit, one article after the other, in the state in which the ledger was at the start."""
    with connect.reading(engine) as connection:
        yield from _database(connection)
    try:
        with connect.writing(engine) as connection:  # FTS5 is asked for its own opinion by what looks like a write
            fulltext.of(connection.dialect.name).problems(connection)
    except DBAPIError as error:
        found = connect.of(error, "")
        if not isinstance(found, LedgerDamaged):
            raise
        yield Problem(f"The full text is damaged ({connect.first_line(error.orig)}).")
    with connect.reading(engine) as connection:
        yield from _contents(connection)


def _contents(connection: Connection) -> Iterator[Problem]:
    if not writer.words_fit(connection):
        yield Problem("The full text was made by another version of the stemmer; some words are not found.")
    yield from _versions(connection)
    last = 0
    while True:
        some = connection.execute(select(articles).where(articles.c.key > last).order_by(articles.c.key).limit(100)).all()
        if not some:
            break
        last = some[-1].key
        for row in some:
            yield from _article(connection, row)
    for table, name in HANGING:
        orphans = connection.execute(select(func.count()).select_from(table.outerjoin(articles, articles.c.key == table.c.article)).where(articles.c.key.is_(None))).scalar_one()
        if orphans:
            yield Problem(f"{orphans} {name} belong to no article.")


def repair(engine: Engine) -> tuple[int, list[Problem]]:
    """Make everything again that can be made from the readings; the number of articles, and what could not be.

    An article whose reading cannot be read is left as it is. Each article is one transaction, so that an interrupted repair
    goes on where it is given again; until it is done, words are not found everywhere.
    """
    lost: list[Problem] = []
    with connect.writing(engine) as connection:
        writer.start_counter(connection)
        writer.clear_full_text(connection)
        writer.mark_current(connection)
        keys = list(connection.execute(select(articles.c.key, articles.c.id).order_by(articles.c.key)))
    done = 0
    for key, article in keys:
        try:
            with connect.writing(engine) as connection:
                writer.remake(connection, key)
            done += 1
        except BadReading as error:
            lost.append(Problem(str(error), article))
    with connect.writing(engine) as connection:
        writer.remember_words(connection)
    return done, lost


def _database(connection: Connection) -> Iterator[Problem]:
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield Problem(f"SQLite: {said}")
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Problem(f"SQLite: a row of {row[0]} belongs to nothing in {row[2]}")


def _versions(connection: Connection) -> Iterator[Problem]:
    counted = select(articles.c.address, func.min(articles.c.id), func.sum(text("CASE WHEN current THEN 1 ELSE 0 END"))).where(articles.c.address.is_not(None))
    for _, article, current in connection.execute(counted.group_by(articles.c.address).having(func.sum(text("CASE WHEN current THEN 1 ELSE 0 END")) != 1)):
        yield Problem(f"Its address has {current} current versions instead of one.", article)


def _article(connection: Connection, row: Any) -> Iterator[Problem]:  # noqa: ANN401 - a row
    packed = connection.execute(select(readings.c.reading).where(readings.c.article == row.key)).scalar()
    if packed is None:
        yield Problem("Its reading is missing.", row.id)
        return
    try:
        reading = rows.unpack(packed)
    except BadReading as error:
        yield Problem(str(error), row.id)
        return
    if reading.article.id != row.id or not is_true_to_itself(reading.article):
        yield Problem("Its reading is of other words: the digest does not fit.", row.id)
        return
    made = rows.rows(corrected.effective(connection, row.key, reading), row.key)
    wrong = [name for name, value in made.article.items() if getattr(row, name) != value]
    if wrong:
        yield Problem(f"Its entry does not fit its reading ({', '.join(wrong)}).", row.id)
    for (table, name), wanted in zip(HANGING, (made.attributions, made.sources, made.times, made.figures), strict=True):
        if _bare(connection, table, row.key) != sorted((_key(w) for w in wanted), key=repr):
            yield Problem(f"Its {name} do not fit its reading.", row.id)
            return
    yield from _links(connection, row, made)


def _links(connection: Connection, row: Any, made: rows.Rows) -> Iterator[Problem]:  # noqa: ANN401 - a row
    """Whether sources, names, chains and words hang on the right statements."""
    local = dict(connection.execute(select(attributions.c.id, attributions.c.key).where(attributions.c.article == row.key)).all())
    speaker = select(attributions.c.id, sources.c.id, names.c.name).outerjoin(sources, sources.c.key == attributions.c.source).outerjoin(names, names.c.key == attributions.c.voice)
    there = {(a, s, words.phrase(n) or None) for a, s, n in connection.execute(speaker.where(attributions.c.article == row.key))}
    ids = {s["key"]: s["id"] for s in made.sources}
    folded = {s["key"]: words.phrase(s["name"]) or None if s["identity"] == "named" else None for s in made.sources}
    if there != {(a["id"], ids.get(a["source"]), folded.get(a["source"])) for a in made.attributions}:
        yield Problem("Its statements do not hang on the right sources.", row.id)
    passed = select(attributions.c.id, via.c.place, sources.c.id).join(via, via.c.attribution == attributions.c.key).outerjoin(sources, sources.c.key == via.c.source)
    by_key = {a["key"]: a["id"] for a in made.attributions}
    if set(connection.execute(passed.where(attributions.c.article == row.key))) != {(by_key[v["attribution"]], v["place"], ids[v["source"]]) for v in made.via}:
        yield Problem("Its chains do not fit its reading.", row.id)
    full = fulltext.of(connection.dialect.name)
    for document in made.documents:
        asked = full.asked([((field,), [words.Term((w,)) for w in getattr(document, field)[:20]]) for field in fulltext.FIELDS if getattr(document, field)])
        if asked and not full.found(connection, local[by_key[document.key]], asked):
            yield Problem("Its words are not found by the full text.", row.id)
            return


def _bare(connection: Connection, table: Table, article: int) -> list[Any]:
    found = connection.execute(select(table).where(table.c.article == article)).mappings()
    return sorted((_key(dict(row)) for row in found), key=repr)


def _key(row: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted((name, value) for name, value in row.items() if name not in OUR_OWN))
