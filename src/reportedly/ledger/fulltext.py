"""Full text in each database: SQLite's FTS5 and PostgreSQL's tsvector, over words that `words` prepared.

Both are asked in one language of terms and answer with the keys of attributions. Choices (outlet, manner, factuality,
stance) are words of a field of their own, so that a choice and a word are met in the index, not row by row.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, Table, bindparam, cast, insert, text
from sqlalchemy.dialects.postgresql import TSVECTOR

from reportedly.ledger.schema import attributions
from reportedly.ledger.words import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from reportedly.ledger.rows import Document, Row
    from reportedly.ledger.words import Term

ANYWHERE = ("content", "source", "title")
FIELDS = (*ANYWHERE, "facets")
WEIGHTS = {"content": "A", "source": "B", "title": "C", "facets": "D"}
GAP = 10  # places between fields, so that no phrase runs from one into the next
LAST_PLACE = 16383  # PostgreSQL's highest


class Fts5:
    """SQLite: one contentless table of words, which keeps no text, beside the attributions."""

    match = "search MATCH :asked"
    source = "search CROSS JOIN attributions ON attributions.key = search.rowid"  # CROSS keeps the order: the index is walked first
    key = "search.rowid"

    @staticmethod
    def insert(connection: Connection, rows: list[Row], documents: Sequence[Document]) -> None:
        """Write attributions with the words by which they are found."""
        if documents:
            connection.execute(insert(attributions), rows)
            connection.execute(text("INSERT INTO search(rowid, content, source, title, facets) VALUES (:key, :content, :source, :title, :facets)"), _fields(documents))

    @staticmethod
    def forget(connection: Connection, documents: Sequence[Document]) -> None:
        """Take words out again; they must be the words that were put in."""
        if documents:
            command = "INSERT INTO search(search, rowid, content, source, title, facets) VALUES ('delete', :key, :content, :source, :title, :facets)"
            connection.execute(text(command), _fields(documents))

    @staticmethod
    def clear(connection: Connection) -> None:
        """Take everything out; what is put in then has an index of beginnings, though the ledger were made without one."""
        connection.execute(text("DROP TABLE search"))
        connection.execute(text(f"CREATE VIRTUAL TABLE search USING fts5({', '.join(FIELDS)}, content='', columnsize=0, tokenize='ascii', prefix='2 3')"))

    @staticmethod
    def problems(connection: Connection) -> None:
        """Raise the database's own error where the index is damaged."""
        connection.execute(text("INSERT INTO search(search) VALUES ('integrity-check')"))

    @staticmethod
    def found(connection: Connection, key: int, asked: str) -> bool:
        """Whether one attribution is found by what is asked."""
        return connection.execute(text("SELECT 1 FROM search WHERE search MATCH :asked AND rowid = :key"), {"asked": asked, "key": key}).first() is not None

    @staticmethod
    def asked(wanted: Iterable[tuple[tuple[str, ...], Sequence[Term]]]) -> str:
        """Terms, each set within some fields, in FTS5's query language."""
        parts = []
        for fields, terms in wanted:
            each = [f'"{" ".join(t.words)}"{" *" if t.begins else ""}' for t in terms]
            parts.append(f"{{{' '.join(fields)}}} : ({' AND '.join(each)})")
        return " AND ".join(parts)


class Tsvector:
    """PostgreSQL: a column of words in the attributions, with a GIN index."""

    match = "attributions.words @@ CAST(:asked AS tsquery)"
    source = "attributions"
    key = "attributions.key"

    @staticmethod
    def insert(connection: Connection, rows: list[Row], documents: Sequence[Document]) -> None:
        """Write attributions with the words by which they are found."""
        if documents:
            command = insert(_with_words()).values(words=cast(bindparam("vector"), TSVECTOR))
            connection.execute(command, [{**row, "vector": _vector(d)} for row, d in zip(rows, documents, strict=True)])

    @staticmethod
    def forget(connection: Connection, documents: Sequence[Document]) -> None:
        """Nothing: the words go with their row."""

    @staticmethod
    def clear(connection: Connection) -> None:
        """Nothing: the words go with their rows."""

    @staticmethod
    def problems(connection: Connection) -> None:
        """Nothing that PostgreSQL would not have said itself."""

    @staticmethod
    def found(connection: Connection, key: int, asked: str) -> bool:
        """Whether one attribution is found by what is asked."""
        command = "SELECT 1 FROM attributions WHERE key = :key AND words @@ CAST(:asked AS tsquery)"
        return connection.execute(text(command), {"asked": asked, "key": key}).first() is not None

    @staticmethod
    def asked(wanted: Iterable[tuple[tuple[str, ...], Sequence[Term]]]) -> str:
        """Terms, each set within some fields, in the language of tsquery."""
        parts = []
        for fields, terms in wanted:
            weights = "".join(WEIGHTS[f] for f in fields)
            for t in terms:
                each = [f"'{w}':{weights}" for w in t.words]
                if t.begins:
                    each[-1] = f"'{t.words[-1]}':*{weights}"
                parts.append(f"({' <-> '.join(each)})")
        return " & ".join(parts)


FullText = type[Fts5] | type[Tsvector]


def of(dialect: str) -> FullText:
    """The full text of a database."""
    return Fts5 if dialect == "sqlite" else Tsvector


@cache
def _with_words() -> Table:
    """The attributions as PostgreSQL has them."""
    table = attributions.to_metadata(MetaData())
    table.append_column(Column("words", TSVECTOR))
    return table


def _fields(documents: Sequence[Document]) -> list[dict[str, object]]:
    return [{"key": d.key, **{f: " ".join(getattr(d, f)) for f in FIELDS}} for d in documents]


def _vector(document: Document) -> str:
    """A document in the language of tsvector: each word with its places and weights."""
    places: dict[str, list[str]] = {}
    place = 1
    for field in FIELDS:
        for word in getattr(document, field):
            if place > LAST_PLACE:
                break
            places.setdefault(word[: 2 * LONGEST], []).append(f"{place}{WEIGHTS[field]}")
            place += 1
        place += GAP
    return " ".join(f"'{word}':{','.join(at[:255])}" for word, at in places.items())
