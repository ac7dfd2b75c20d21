"""The ledger's door: open it, add readings, ask."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from reportedly import wire
from reportedly.errors import BadReading, LedgerBusy, LedgerError
from reportedly.ledger import connect
from reportedly.ledger.results import Added, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType

    from sqlalchemy import Connection, Engine

    from reportedly.embedding import Embedder
    from reportedly.ledger.results import Entry, Event, Info, Near, Order, Problem, Revision, Statement, Voices
    from reportedly.values import Reading

T = TypeVar("T")
NEW = Query()


class Ledger:
    """Readings kept in one SQLite file or a PostgreSQL database; several programs may use it at once.

    Made by `Ledger.open`. It may be used from several threads, and as a context manager, which closes it.
    """

    def __init__(self, engine: Engine, place: str, patience: float) -> None:
        self._engine, self._patience = engine, patience
        self._turn = threading.Lock()
        self.place = place

    @classmethod
    def open(cls, place: str | Path | None = None, *, create: bool = True, patience: float = connect.PATIENCE) -> Self:
        """Open a ledger: a file, or `postgresql://user@host/name`; by default the file in the user's data folder.

        A ledger of an older version is brought up to date. `create` makes one that is not there. `patience` is how many
        seconds to wait for another program's lock, and for a server that went away to come back.

        Raises:
            reportedly.errors.LedgerError: it cannot be opened; the message says what to do.
            reportedly.errors.MissingPart: an optional part is not installed.

        """
        name = str(place) if place is not None else str(connect.default_place())
        if not connect.is_postgres(name):
            if "://" in name:
                raise LedgerError(f"{name} is no ledger: give a file, or an address like postgresql://user@host/name.")
            path = Path(name).expanduser()
            if path.is_dir():
                raise LedgerError(f"{path} is a folder: give the ledger a file in it, for example {path / 'ledger.sqlite'}.")
            if not create and not path.exists():
                raise LedgerError(f"There is no ledger {path} yet: make one with `reportedly add`, or name another with --ledger.")
            if create:
                with connect.translated(name):
                    _make_folder(path.parent)
            name = str(path)
        engine = connect.engine(name, patience=patience)
        from reportedly.ledger import migrate, writer

        ledger = cls(engine, name, patience)
        try:
            with connect.translated(name):
                migrate.upgrade(engine, name)
                with connect.reading(engine) as connection:
                    fits = writer.words_fit(connection)
                if not fits:
                    ledger._write(writer.remember_words_if_empty)
        except BaseException:
            engine.dispose()
            raise
        return ledger

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def add(self, reading: Reading, *, added: int | None = None, version: int = 0) -> Added:
        """Add a reading, in one transaction. Adding the same article again writes nothing.

        `added` (seconds since 1970) and `version` are for readings that come from another ledger.

        Raises:
            reportedly.errors.BadReading: what it says of itself does not fit together.

        """
        from reportedly.ledger import writer

        wire.check(reading)
        return self._write(lambda connection: writer.add(connection, reading, added_at=added, version=version))

    def knows(self, ids: Iterable[str]) -> set[str]:
        """Which of some article ids are here."""
        from reportedly.ledger import queries

        wanted = list(ids)
        return self._read(lambda connection: queries.known(connection, wanted))

    def search(self, query: Query | str = NEW, *, order: Order = "newest", limit: int = 50) -> tuple[Statement, ...]:
        """Statements for which all of a query holds, by when they were made.

        Raises:
            reportedly.errors.BadInput: something asked for that cannot be.

        """
        from reportedly.ledger import queries

        asked = _query(query)
        return self._read(lambda connection: queries.search(connection, asked, order=order, limit=limit))

    def timeline(self, query: Query | str = NEW, *, limit: int = 50) -> tuple[Statement, ...]:
        """Statements whose time is known, earliest known here first."""
        from reportedly.ledger import queries

        asked = _query(query)
        return self._read(lambda connection: queries.search(connection, asked, order="oldest", limit=limit, dated=True))

    def happened(self, query: Query | str = NEW, *, limit: int = 50) -> tuple[Event, ...]:
        """What is said to have happened, in the order of when, each with who says so."""
        from reportedly.ledger import queries

        asked = _query(query)
        return self._read(lambda connection: queries.happened(connection, asked, limit=limit))

    def voices(self, name: str, *, article: str | None = None, limit: int = 50) -> Voices:
        """What a source said. A voice without a name stays within one article: see `Voices`."""
        from reportedly.ledger import voices

        return self._read(lambda connection: voices.find(connection, name, article=article, limit=limit))

    def embed(self, embedder: Embedder, *, done: Callable[[int], None] = lambda _: None) -> int:
        """Give every statement that has none a vector by an embedder; the number of new ones. It may be interrupted and goes on where it was."""
        from reportedly.ledger import meaning

        count, last = 0, 0
        while some := self._read(lambda connection, after=last: meaning.waiting(connection, embedder.name, after)):  # type: ignore[misc]
            keys, vectors = [key for key, _ in some], embedder.embed([content for _, content in some])
            self._write(lambda connection, keys=keys, vectors=vectors: meaning.keep(connection, embedder.name, keys, vectors))  # type: ignore[misc]
            count, last = count + len(some), keys[-1]
            done(count)
        self._write(lambda connection: meaning.forget_others(connection, embedder.name))
        return count

    def unembedded(self, model: str) -> int:
        """How many statements have no vector yet by the embedder of a name."""
        from reportedly.ledger import meaning

        return self._read(lambda connection: meaning.without(connection, model))

    def nearest(self, words: str, embedder: Embedder, *, limit: int = 50) -> tuple[Near, ...]:
        """Statements nearest in meaning to some words, by vectors that `embed` made with the same embedder."""
        from reportedly.ledger import meaning

        vectors = embedder.embed([words])
        return self._read(lambda connection: meaning.nearest(connection, embedder.name, vectors, limit))

    def entry(self, article: str) -> Entry | None:
        """One article's entry, by id."""
        from reportedly.ledger import queries

        return self._read(lambda connection: queries.entry(connection, article))

    def reading(self, article: str) -> Reading | None:
        """The whole reading of an article, by id, or of the current version of an address."""
        from reportedly.ledger import queries

        return self._read(lambda connection: queries.reading(connection, article))

    def readings(self) -> Iterator[Reading]:
        """All readings in the order of adding, as of now; only a few are held at a time."""
        from reportedly.ledger import transfer

        with connect.translated(self.place), connect.reading(self._engine) as connection:
            for _, data in transfer.kept(connection):
                yield wire.loads(data)

    def versions(self, article: str) -> tuple[Revision, ...]:
        """The versions of an address (or of the address of an article), oldest first, with what changed claim by claim."""
        from reportedly.ledger import changes, queries
        from reportedly.ledger.results import Revision

        found = self._read(lambda connection: queries.versions(connection, article))
        before = [None, *(reading for _, reading in found)]
        return tuple(Revision(entry, tuple(changes.between(old, new)) if old else ()) for old, (entry, new) in zip(before, found, strict=False))

    def remove(self, article: str) -> tuple[str, ...]:
        """Take out an article, by id, or all versions of an address, with all that hangs on them; the ids that are gone."""
        from reportedly.ledger import queries, writer

        def take_out(connection: Connection) -> tuple[str, ...]:
            if not writer.words_fit(connection):
                raise LedgerError(f"The full text of {connect.shown(self.place)} must be made anew before anything is removed: run `reportedly ledger check --repair`.")
            ids = [article] if queries.known(connection, [article]) else queries.ids_of(connection, article)
            return tuple(i for i in reversed(ids) if writer.remove(connection, i))

        return self._write(take_out)

    def check(self) -> Iterator[Problem]:
        """Whatever in the ledger does not fit together."""
        from reportedly.ledger import check

        with connect.translated(self.place):
            yield from check.problems(self._engine)

    def repair(self) -> tuple[int, list[Problem]]:
        """Make everything again that can be made from the readings; how many articles, and what could not be."""
        from reportedly.ledger import check

        with connect.translated(self.place):
            return check.repair(self._engine)

    def info(self) -> Info:
        """What the ledger holds."""
        from reportedly.ledger import about

        return self._read(lambda connection: about.info(connection, connect.shown(self.place)))

    def export(self, path: str | Path, *, parquet: bool = False, done: Callable[[int], None] = lambda _: None) -> int:
        """Write everything to a file of JSON lines (`-` is standard output) or to a folder of Parquet files; the number of articles."""
        from reportedly.ledger import transfer

        write = transfer.to_parquet if parquet else transfer.to_jsonl
        with connect.translated(self.place), connect.reading(self._engine) as connection:
            return write(connection, str(path), done)

    def import_from(self, path: str | Path, *, failed: Callable[[str, Exception], None] | None = None, done: Callable[[Added], None] = lambda _: None) -> int:
        """Add all that `export` wrote; what is here already stays. The number of new articles.

        A line that is no reading stops the import, unless `failed` is given: it is told, and the others go on.
        """
        from reportedly.ledger import corrections, transfer

        def stop(_: str, error: Exception) -> None:
            raise error

        count = 0
        for reading, added, version, said in transfer.from_file(str(path), failed or stop):
            try:
                one = self.add(reading, added=added, version=version)
                if said and one.outcome != "known":
                    self._write(partial(corrections.restore, article=one.article, told=said))
            except BadReading as error:
                (failed or stop)(str(path), error)
            else:
                count += one.outcome != "known"
                done(one)
        return count

    def ask(self, work: Callable[[Connection], T]) -> T:
        """Let a function of this package ask in one transaction that sees one state of the ledger; it may be called again."""
        return self._read(work)

    def change(self, work: Callable[[Connection], T]) -> T:
        """Let a function of this package write in one transaction; it may be called again."""
        return self._write(work)

    def _write(self, work: Callable[[Connection], T]) -> T:
        with self._in_turn():
            return self._patiently(lambda: self._within(connect.writing(self._engine), work))

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Threads of this program wait for each other here: SQLite lets whoever asks at the right moment go first, and of many one may wait for ever."""
        if not self._turn.acquire(timeout=self._patience):
            raise LedgerBusy(connect.busy(connect.shown(self.place)))
        try:
            yield
        finally:
            self._turn.release()

    def _read(self, work: Callable[[Connection], T]) -> T:
        return self._patiently(lambda: self._within(connect.reading(self._engine), work))

    @staticmethod
    def _within(transaction: AbstractContextManager[Connection], work: Callable[[Connection], T]) -> T:
        with transaction as connection:
            return work(connection)

    def _patiently(self, work: Callable[[], T]) -> T:
        """Do something, again and again while a server is away: every piece of work is one transaction, and may be repeated."""
        from sqlalchemy.exc import DBAPIError

        end = time.monotonic() + self._patience
        pause = 0.1
        with connect.translated(self.place):
            while True:
                try:
                    return work()
                except DBAPIError as error:
                    if not connect.is_gone(error) or time.monotonic() + pause > end:
                        raise
                time.sleep(pause)
                pause = min(2.0, pause * 1.5)


def _query(query: Query | str) -> Query:
    return replace(NEW, words=query) if isinstance(query, str) else query


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (FileExistsError, PermissionError, NotADirectoryError) as error:
        raise LedgerError(f"The folder {folder} cannot be made ({error.strerror}): name another place with --ledger.") from error
