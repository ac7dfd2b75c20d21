"""Statements near in meaning: a port for whatever turns texts into vectors, and where the vectors are kept and compared.

No weights are chosen here. PostgreSQL compares with pgvector where that is installed; elsewhere all vectors are gone
through in pieces with numpy, which takes time in proportion to their number and memory for one piece.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, text

from reportedly.errors import BadInput
from reportedly.ledger import queries
from reportedly.ledger.results import Near
from reportedly.ledger.schema import articles, attributions, embeddings

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import ArrayLike
    from sqlalchemy import Connection

BATCH = 256  # texts given to an embedder at once
PIECE = 20_000  # vectors compared at once


def has_pgvector(connection: Connection) -> bool:
    """Whether the vectors are kept in pgvector's own type."""
    if connection.dialect.name != "postgresql":
        return False
    column = text("SELECT udt_name FROM information_schema.columns WHERE table_name = 'embeddings' AND column_name = 'vector' AND table_schema = current_schema()")
    return connection.execute(column).scalar() == "vector"


def waiting(connection: Connection, model: str, after: int) -> list[tuple[int, str]]:
    """Keys and contents of statements that have no vector of a model yet, in the order of keys."""
    joined = attributions.outerjoin(embeddings, (embeddings.c.attribution == attributions.c.key) & (embeddings.c.model == model))
    command = select(attributions.c.key, attributions.c.content).select_from(joined).where(embeddings.c.attribution.is_(None), attributions.c.key > after)
    return [(key, content) for key, content in connection.execute(command.order_by(attributions.c.key).limit(BATCH))]


def keep(connection: Connection, model: str, keys: Sequence[int], vectors: ArrayLike) -> None:
    """Keep vectors of statements; those of other models, and of statements that were removed meanwhile, go."""
    rows = _unit(vectors)
    there = set(connection.execute(select(attributions.c.key).where(attributions.c.key.in_(keys))).scalars())
    connection.execute(delete(embeddings).where(embeddings.c.attribution.in_(keys)))
    made = [(key, row) for key, row in zip(keys, rows, strict=True) if key in there]
    if not made:
        return
    if has_pgvector(connection):
        command = text("INSERT INTO embeddings (attribution, model, vector) VALUES (:attribution, :model, CAST(:vector AS vector))")
        connection.execute(command, [{"attribution": key, "model": model, "vector": _written(row)} for key, row in made])
    else:
        connection.execute(insert(embeddings), [{"attribution": key, "model": model, "vector": row.astype("<f4").tobytes()} for key, row in made])


def nearest(connection: Connection, model: str, vectors: ArrayLike, limit: int) -> tuple[Near, ...]:
    """Statements of current articles whose vectors are nearest to the one row of `vectors`, with the cosine of the angle between."""
    asked = _unit(vectors)[0]
    found = _by_pgvector(connection, model, asked, queries.checked(limit)) if has_pgvector(connection) else _by_numpy(connection, model, asked, queries.checked(limit))
    told = queries.of_keys(connection, [key for _, key in found])
    return tuple(Near(round(likeness, 4), told[key]) for likeness, key in found if key in told)


def _by_pgvector(connection: Connection, model: str, asked: np.ndarray[Any, Any], limit: int) -> list[tuple[float, int]]:
    command = text("""SELECT 1 - (embeddings.vector <=> CAST(:asked AS vector)) AS likeness, embeddings.attribution
 FROM embeddings JOIN attributions ON attributions.key = embeddings.attribution JOIN articles ON articles.key = attributions.article
 WHERE embeddings.model = :model AND articles.current ORDER BY embeddings.vector <=> CAST(:asked AS vector), embeddings.attribution LIMIT :limit""")
    return [(float(likeness), int(key)) for likeness, key in connection.execute(command, {"asked": _written(asked), "model": model, "limit": limit})]


def _by_numpy(connection: Connection, model: str, asked: np.ndarray[Any, Any], limit: int) -> list[tuple[float, int]]:
    import numpy as np

    joined = embeddings.join(attributions, attributions.c.key == embeddings.c.attribution).join(articles, articles.c.key == attributions.c.article)
    command = select(embeddings.c.attribution, embeddings.c.vector).select_from(joined).where(embeddings.c.model == model, articles.c.current)
    best: list[tuple[float, int]] = []
    for some in connection.execute(command.execution_options(yield_per=PIECE)).partitions():
        rows = np.frombuffer(b"".join(row.vector for row in some), dtype="<f4").reshape(len(some), -1)
        if rows.shape[1] != len(asked):
            raise BadInput(f"The vectors of {model} in this ledger have {rows.shape[1]} numbers, and what is asked has {len(asked)}: give each set of weights a name of its own.")
        best = heapq.nlargest(limit, [*best, *((float(likeness), -int(row.attribution)) for likeness, row in zip(rows @ asked, some, strict=True))])
    return [(likeness, -key) for likeness, key in best]


def _unit(vectors: ArrayLike) -> np.ndarray[Any, Any]:
    """Vectors of length one."""
    import numpy as np

    rows = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: np.ndarray[Any, Any] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit


def _written(row: np.ndarray[Any, Any]) -> str:
    return "[" + ",".join(f"{value:.7g}" for value in row.tolist()) + "]"
