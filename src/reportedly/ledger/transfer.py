"""A whole ledger out and in again: JSON lines, and Parquet.

A line is a reading as the wire contract has it, with one more field, `ledger`, that says when it was added and as which
version of its address. Whatever reads readings passes over that field.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import select

from reportedly import wire
from reportedly.errors import BadReading, NotFound
from reportedly.ledger import connect, corrections, moments, queries, rows
from reportedly.ledger.schema import articles, readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from reportedly.values import Reading

BATCH = 200  # articles held at a time
LONGEST_LINE = 200_000_000  # bytes of one reading; the longest text that is read gives a tenth
ARTICLES, STATEMENTS = "articles.parquet", "statements.parquet"


def kept(connection: Connection) -> Iterator[tuple[Any, bytes]]:
    """Rows of articles in the order of adding, each with the JSON of its reading."""
    last = 0
    while True:
        command = select(articles, readings.c.reading).join(readings, readings.c.article == articles.c.key)
        some = connection.execute(command.where(articles.c.key > last).order_by(articles.c.key).limit(BATCH)).all()
        if not some:
            return
        last = some[-1].key
        for row in some:
            yield row, wire.dumps(rows.unpack(row.reading))


def to_jsonl(connection: Connection, path: str, done: Callable[[int], None]) -> int:
    """Write all readings, one a line; `-` is standard output. The number of articles."""
    count = 0
    with _written(path) as out:
        for row, data in kept(connection):
            said = corrections.rows_of(connection, row.key)
            about = json.dumps({"added": moments.iso(row.added_at), "version": row.version} | ({"corrections": said} if said else {}))
            out.write(data[:-1] + f',"ledger":{about}}}\n'.encode())
            count += 1
            done(count)
    return count


def to_parquet(connection: Connection, folder: str, done: Callable[[int], None]) -> int:
    """Write two files into a folder: `articles.parquet` with the readings, and `statements.parquet`, one statement a row."""
    arrow, parquet = connect.part("pyarrow", "parquet"), connect.part("pyarrow.parquet", "parquet")
    Path(folder).mkdir(parents=True, exist_ok=True)
    count = 0
    with _written(str(Path(folder) / ARTICLES)) as out, _written(str(Path(folder) / STATEMENTS)) as said:
        about, told = _article_fields(arrow), _statement_fields(arrow)
        with parquet.ParquetWriter(out, about, compression="zstd") as first, parquet.ParquetWriter(said, told, compression="zstd") as second:
            waiting: list[dict[str, Any]] = []
            flat: list[dict[str, Any]] = []

            def flush() -> None:
                first.write_table(arrow.Table.from_pylist(waiting, schema=about))
                second.write_table(arrow.Table.from_pylist(flat, schema=told))
                waiting.clear()
                flat.clear()

            for row, data in kept(connection):
                entry = {name: getattr(row, name) for name in ("id", "text_digest", "url", "version", "outlet", "title", "byline", "agency", "published")}
                waiting.append(entry | {"added": moments.iso(row.added_at), "reading": data.decode()})
                flat += [_flat(s) for s in queries.of_article(connection, row.key)]
                count += 1
                done(count)
                if len(waiting) == BATCH:
                    flush()
            flush()
    return count


def from_file(path: str, failed: Callable[[str, Exception], None]) -> Iterator[tuple[Reading, int | None, int, list[Any]]]:
    """Readings of a file of either kind, each with when it was added (seconds), as which version and with which corrections; bad ones are told and passed over.

    Raises:
        NotFound: no such file.

    """
    place = Path(path)
    if (place / ARTICLES).is_file():
        place /= ARTICLES
    if not place.is_file():
        raise NotFound(f"There is no file {path} to import: give what `reportedly ledger export` wrote.")
    lines = _parquet_lines(place) if place.suffix == ".parquet" else _lines(place)
    for number, (data, about) in enumerate(lines, 1):
        try:
            reading = wire.loads(data)
            if about is None:
                about = json.loads(data).get("ledger") or {}  # noqa: PLW2901
            added = moments.interval(about.get("added")) if isinstance(about, dict) else None
            version = about.get("version") if isinstance(about, dict) else None
            said = about.get("corrections") if isinstance(about, dict) else None
        except (BadReading, ValueError) as error:
            failed(f"{path}:{number}", error)
        else:
            yield reading, added[0] if added else None, version if isinstance(version, int) else 0, said if isinstance(said, list) else []


def _lines(path: Path) -> Iterator[tuple[bytes, None]]:
    """Lines; of one that is longer than any reading, its beginning, which is none."""
    with path.open("rb") as file:
        while line := file.readline(LONGEST_LINE):
            if line.strip():
                yield line, None
            while len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)


def _parquet_lines(path: Path) -> Iterator[tuple[bytes, dict[str, Any]]]:
    parquet, arrow = connect.part("pyarrow.parquet", "parquet"), connect.part("pyarrow", "parquet")
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=BATCH, columns=["reading", "added", "version"]):
                for row in batch.to_pylist():
                    yield str(row["reading"] or "").encode("utf-8", "replace"), {"added": row["added"], "version": row["version"]}
    except (arrow.ArrowException, OSError, KeyError) as error:
        raise BadReading(f"{path} cannot be imported ({connect.first_line(error)}): give what `reportedly ledger export` wrote.") from error


def _flat(statement: Any) -> dict[str, Any]:  # noqa: ANN401 - a frozen value
    values = {name: getattr(statement, name) for name in statement.__dataclass_fields__}
    return values | {"via": list(statement.via), "figures": [f.words for f in statement.figures]}


def _article_fields(arrow: Any) -> Any:  # noqa: ANN401 - pyarrow has no types
    text = ("id", "text_digest", "url", "outlet", "title", "byline", "agency", "published", "added", "reading")
    return arrow.schema([arrow.field(name, arrow.string()) for name in text] + [arrow.field("version", arrow.int32())])


def _statement_fields(arrow: Any) -> Any:  # noqa: ANN401 - the same
    text = ("article", "attribution", "source", "kind", "identity", "cue", "content", "manner", "factuality", "stance", "parent", "said", "said_until", "said_by", "outlet", "title", "url", "agency", "published")
    lists = [arrow.field(name, arrow.list_(arrow.string())) for name in ("via", "figures")]
    return arrow.schema([*(arrow.field(name, arrow.string()) for name in text), *lists, arrow.field("score", arrow.float64()), arrow.field("version", arrow.int32())])


@contextmanager
def _written(path: str) -> Iterator[IO[bytes]]:
    """A file that takes its place when all of it is written, so that a failure never costs an older backup."""
    if path == "-":
        import sys

        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path).resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o600)  # a ledger may hold what is not for everybody
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
