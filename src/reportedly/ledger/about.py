"""What a ledger holds, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import distinct, func, select, text

from reportedly.ledger import meaning, migrate, moments, writer
from reportedly.ledger.results import Info
from reportedly.ledger.schema import articles, attributions, embeddings, figures, names, sources, times

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

OURS = ("articles", "readings", "sources", "attributions", "via", "times", "figures", "names", "name_words", "facts", "counter", "embeddings", "sketches")


def info(connection: Connection, place: str) -> Info:
    """Count everything."""

    def count(command: Select[Any]) -> int:
        return int(connection.execute(command).scalar_one() or 0)

    all_articles = count(select(func.count()).select_from(articles))
    earliest, latest = connection.execute(select(func.min(articles.c.published_at), func.max(articles.c.published_at))).one()
    notes = () if writer.words_fit(connection) else ("The full text must be made anew: run `reportedly ledger check --repair`.",)
    return Info(
        place=place,
        database=_database(connection),
        revision=str(migrate.revision(connection)),
        articles=all_articles,
        addresses=count(select(func.count(distinct(articles.c.address)))),
        copies=all_articles - count(select(func.count(distinct(articles.c.text_digest)))),
        attributions=count(select(func.count()).select_from(attributions)),
        sources=count(select(func.count()).select_from(sources)),
        names=count(select(func.count()).select_from(names)),
        figures=count(select(func.count()).select_from(figures)),
        times=count(select(func.count()).select_from(times)),
        outlets=count(select(func.count(distinct(articles.c.outlet)))),
        earliest=moments.iso(earliest),
        latest=moments.iso(latest),
        bytes=_bytes(connection),
        embeddings=count(select(func.count()).select_from(embeddings)),
        pgvector=meaning.has_pgvector(connection),
        notes=notes,
    )


def _database(connection: Connection) -> str:
    version = ".".join(map(str, connection.dialect.server_version_info or ()))
    return f"{'SQLite' if connection.dialect.name == 'sqlite' else 'PostgreSQL'} {version}"


def _bytes(connection: Connection) -> int:
    if connection.dialect.name == "sqlite":
        pages, size = (int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in ("page_count", "page_size"))
        return pages * size
    return sum(int(connection.execute(text("SELECT pg_total_relation_size(CAST(:name AS regclass))"), {"name": name}).scalar_one()) for name in OURS)
