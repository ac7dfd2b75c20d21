"""Statements near in meaning: where their vectors are kept and compared.

Beside each vector a sketch of it is kept, the sign of each of its numbers, packed by the hundred into rows. To ask is to go
through all sketches (48 bytes a statement for 384 numbers), by the number of signs that differ, and then to compare the
vectors of the best (Charikar 2002). That takes little memory, and time in proportion to the statements: tens of milliseconds
for half a million. Up to `CHOSEN` statements the answer is exact. PostgreSQL compares the chosen with pgvector where that is
installed, so that others can use the vectors there.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, text

from reportedly.errors import BadInput
from reportedly.ledger import queries
from reportedly.ledger.results import Near
from reportedly.ledger.schema import articles, attributions, embeddings, sketches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import ArrayLike
    from sqlalchemy import Connection

BATCH = 256  # texts given to an embedder at once, and statements of one row of sketches
CHOSEN = 1000  # statements that sketches choose, whose vectors are then compared
PIECE = 200  # rows of sketches gone through at once: about fifty thousand statements, three megabytes


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
    import numpy as np

    rows = _unit(vectors)
    there = set(connection.execute(select(attributions.c.key).where(attributions.c.key.in_(keys))).scalars())
    connection.execute(delete(embeddings).where(embeddings.c.attribution.in_(keys)))
    connection.execute(delete(sketches).where(sketches.c.key.in_(keys)))
    made = [(key, row) for key, row in zip(keys, rows, strict=True) if key in there]
    if not made:
        return
    if has_pgvector(connection):
        command = text("INSERT INTO embeddings (attribution, model, vector) VALUES (:attribution, :model, CAST(:vector AS vector))")
        connection.execute(command, [{"attribution": key, "model": model, "vector": _written(row)} for key, row in made])
    else:
        connection.execute(insert(embeddings), [{"attribution": key, "model": model, "vector": row.astype("<f4").tobytes()} for key, row in made])
    numbers, signs = np.array([key for key, _ in made], dtype="<i8"), _signs(np.stack([row for _, row in made]))
    connection.execute(insert(sketches), {"key": made[0][0], "model": model, "attributions": numbers.tobytes(), "signs": signs.tobytes()})


def forget_others(connection: Connection, model: str) -> None:
    """Take out the sketches of other models, once every statement has its vector of this one."""
    connection.execute(delete(sketches).where(sketches.c.model != model))


def without(connection: Connection, model: str) -> int:
    """How many statements have no vector of a model yet."""
    of_model = select(func.count()).select_from(embeddings).where(embeddings.c.model == model).scalar_subquery()
    return int(connection.execute(select(select(func.count()).select_from(attributions).scalar_subquery() - of_model)).scalar_one())


def nearest(connection: Connection, model: str, vectors: ArrayLike, limit: int) -> tuple[Near, ...]:
    """Statements of current articles whose vectors are nearest to the one row of `vectors`, with the cosine of the angle between."""
    asked = _unit(vectors)[0]
    chosen = _choose(connection, model, asked, max(CHOSEN, 4 * queries.checked(limit)))
    compared = _by_pgvector if has_pgvector(connection) else _by_numpy
    best = heapq.nlargest(limit, (pair for some in queries.chunks(chosen) for pair in compared(connection, model, asked, some)), key=lambda pair: (pair[0], -pair[1]))
    told = queries.of_keys(connection, [key for _, key in best])
    return tuple(Near(round(likeness, 4), told[key]) for likeness, key in best if key in told)


def _choose(connection: Connection, model: str, asked: np.ndarray[Any, Any], count: int) -> list[int]:
    """The keys of the statements in whose sketches the fewest signs differ, older ones first among equals."""
    import numpy as np

    mine = _signs(asked[None]).view("<u8")[0]
    keys, differing = np.zeros(0, dtype="<i8"), np.zeros(0, dtype=np.int16)
    for some in _sketches(connection, model):
        signs = np.frombuffer(b"".join(row[1] for row in some), dtype="<u8")
        theirs = np.frombuffer(b"".join(row[0] for row in some), dtype="<i8")
        if len(signs) != len(theirs) * len(mine):
            raise BadInput(f"The vectors of {model} in this ledger are not of the same length as what is asked: give each set of weights a name of its own.")
        columns = signs.reshape(-1, len(mine)).T
        found = np.zeros(len(theirs), dtype=np.int16)
        for column, number in zip(columns, mine, strict=True):  # twice as quick as to sum along short rows
            found += np.bitwise_count(column ^ number)
        keys, differing = np.concatenate([keys, theirs]), np.concatenate([differing, found])
        if len(keys) > count:
            best = np.lexsort((keys, differing))[:count] if len(keys) < 4 * count else _least(keys, differing, count)
            keys, differing = keys[best], differing[best]
    return [int(key) for key in keys]


def _least(keys: np.ndarray[Any, Any], differing: np.ndarray[Any, Any], count: int) -> np.ndarray[Any, Any]:
    """The places of the least, without sorting all."""
    import numpy as np

    bound = np.partition(differing, count - 1)[count - 1]
    near = np.flatnonzero(differing <= bound)
    order: np.ndarray[Any, Any] = near[np.lexsort((keys[near], differing[near]))[:count]]
    return order


def _sketches(connection: Connection, model: str) -> Iterator[Sequence[Any]]:
    """Rows of (attributions, signs), some at a time."""
    if connection.dialect.name == "postgresql":  # as they are, not written out in hexadecimal
        raw: Any = connection.connection.driver_connection
        with raw.cursor(binary=True) as cursor:
            cursor.execute("SELECT attributions, signs FROM sketches WHERE model = %s", (model,))
            while some := cursor.fetchmany(PIECE):
                yield some
        return
    command = select(sketches.c.attributions, sketches.c.signs).where(sketches.c.model == model)
    yield from connection.execute(command.execution_options(yield_per=PIECE)).partitions()


def _by_pgvector(connection: Connection, model: str, asked: np.ndarray[Any, Any], keys: Sequence[int]) -> list[tuple[float, int]]:
    command = text("""SELECT 1 - (embeddings.vector <=> CAST(:asked AS vector)) AS likeness, embeddings.attribution
 FROM embeddings JOIN attributions ON attributions.key = embeddings.attribution JOIN articles ON articles.key = attributions.article
 WHERE embeddings.model = :model AND articles.current AND embeddings.attribution = ANY(:keys)""")
    return [(float(likeness), int(key)) for likeness, key in connection.execute(command, {"asked": _written(asked), "model": model, "keys": list(keys)})]


def _by_numpy(connection: Connection, model: str, asked: np.ndarray[Any, Any], keys: Sequence[int]) -> list[tuple[float, int]]:
    import numpy as np

    joined = embeddings.join(attributions, attributions.c.key == embeddings.c.attribution).join(articles, articles.c.key == attributions.c.article)
    command = select(embeddings.c.attribution, embeddings.c.vector).select_from(joined).where(embeddings.c.attribution.in_(keys), embeddings.c.model == model, articles.c.current)
    some = connection.execute(command).all()
    rows = np.frombuffer(b"".join(row.vector for row in some), dtype="<f4").reshape(len(some), len(asked))
    return [(float(likeness), int(row.attribution)) for likeness, row in zip(rows @ asked, some, strict=True)]


def _signs(rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The signs of vectors as bits, in rows of whole 64-bit numbers."""
    import numpy as np

    return np.packbits(np.pad(rows > 0, ((0, 0), (0, -rows.shape[1] % 64))), axis=1)


def _unit(vectors: ArrayLike) -> np.ndarray[Any, Any]:
    """Vectors of length one."""
    import numpy as np

    rows = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: np.ndarray[Any, Any] = np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 0)
    return unit


def _written(row: np.ndarray[Any, Any]) -> str:
    return "[" + ",".join(f"{value:.7g}" for value in row.tolist()) + "]"
