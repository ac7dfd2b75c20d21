"""Reading behind the pages: what was given waits in a line, one article is read at a time, and a page tells how far it is."""

from __future__ import annotations

import queue
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reportedly.errors import ReportedlyError
from reportedly.ledger import accounts
from reportedly.web.errors import WebError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    from reportedly.desk import Options
    from reportedly.intake.article import Taken
    from reportedly.ledger.results import Added
    from reportedly.ledger.store import Ledger
    from reportedly.values import Article, Reading, Warning

    class Reads(Protocol):
        """What reads an article."""

        def read(self, article: Article, *, warnings: tuple[Warning, ...] = ()) -> Reading:
            """Say who says what in it."""


KEPT = 500  # jobs whose outcome is remembered


@dataclass(frozen=True, slots=True)
class Given:
    """One input: a text, the bytes of a file, or (without data) a link."""

    name: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one article. `article` is its id once it is in the ledger."""

    name: str
    state: Literal["waiting", "reading", "new", "version", "known", "failed"]
    article: str | None = None
    title: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody added at one time."""

    id: str
    state: Literal["waiting", "reading", "done"]
    items: tuple[Item, ...]
    done: int = 0


@dataclass(slots=True)
class _Work:
    id: str
    given: tuple[Given, ...]
    options: Options
    who: str
    items: list[Item] = field(default_factory=list)
    state: Literal["waiting", "reading", "done"] = "waiting"


class Jobs:
    """The line and the one thread that works it off. What waits when the program ends is lost; what is read is in the ledger."""

    def __init__(self, ledger: Ledger, reader: Callable[[], Reads], most: int) -> None:
        self._ledger, self._reader = ledger, reader
        self._line: queue.Queue[_Work | None] = queue.Queue(maxsize=most)
        self._works: OrderedDict[str, _Work] = OrderedDict()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def put(self, given: tuple[Given, ...], options: Options, who: str) -> str:
        """Put inputs in the line; the id under which to ask how far they are.

        Raises:
            WebError: 503, where the line is full.

        """
        work = _Work(secrets.token_urlsafe(12), given, options, who, [Item(g.name, "waiting") for g in given])
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="reportedly-reading", daemon=True)
                self._thread.start()
            try:
                self._line.put_nowait(work)
            except queue.Full:
                raise WebError(503, "Too many articles wait to be read: try again later.") from None
            self._works[work.id] = work
            while len(self._works) > KEPT:
                self._works.popitem(last=False)
        return work.id

    def get(self, name: str) -> Job | None:
        """How far a job is."""
        with self._lock:
            work = self._works.get(name)
            if work is None:
                return None
            items = tuple(work.items)
            return Job(work.id, work.state, items, sum(i.state not in ("waiting", "reading") for i in items))

    def close(self) -> None:
        """Finish the article that is being read, and stop."""
        if self._thread is not None:
            with self._lock:
                while not self._line.empty():
                    self._line.get_nowait()
            self._line.put(None)
            self._thread.join(timeout=60)

    def _run(self) -> None:
        while (work := self._line.get()) is not None:
            work.state = "reading"
            at = 0
            for given in work.given:
                at = self._one(work, at, given)
            with self._lock:
                work.state = "done"

    def _one(self, work: _Work, at: int, given: Given) -> int:
        """Read what one input leads to; a feed takes as many places of the list as it has articles."""
        self._set(work, at, replace(work.items[at], state="reading"))
        first = at
        try:
            for name, taken in self._taken(given, work, at):
                if at > first:
                    with self._lock:
                        work.items.insert(at, Item(name, "reading"))
                self._set(work, at, self._keep(name, taken, work.who))
                at += 1
        except Exception as error:  # noqa: BLE001 - one bad input never stops the others
            self._fail(work, at if at == first else first, given.name, error)
        if at == first and work.items[at].state == "reading":
            self._set(work, at, Item(given.name, "failed", message="Nothing was found in it that could be read."))
        return max(at, first + 1)

    def _taken(self, given: Given, work: _Work, at: int) -> Iterator[tuple[str, Taken]]:
        from reportedly.desk import adding, kind_of, take_bytes

        if given.data is not None:
            yield given.name, take_bytes(given.data, given.name, work.options, kind=kind_of(Path(given.name)))
            return
        for found in adding.expand([given.name], work.options, _Teller(self, work, at)):
            if found.taken is not None:
                yield found.name, found.taken

    def _keep(self, name: str, taken: Taken, who: str) -> Item:
        article = taken.article
        if self._ledger.knows([article.id]):
            return Item(name, "known", article.id, article.title)
        added = self._ledger.add(self._reader().read(article, warnings=taken.warnings))
        if added.outcome != "known":
            self._ledger.change(lambda c: accounts.note(c, who, "add", added.article, added.outcome))
        return Item(name, added.outcome, added.article, article.title, "; ".join(w.message for w in taken.warnings) or None)

    def _fail(self, work: _Work, at: int, name: str, error: Exception) -> None:
        message = str(error) if isinstance(error, ReportedlyError) else f"It could not be read: an unexpected {type(error).__name__}."
        self._set(work, at, Item(name, "failed", message=message))

    def _set(self, work: _Work, at: int, item: Item) -> None:
        with self._lock:
            work.items[at : at + 1] = [item]


class _Teller:
    """Hears from the adding of one link."""

    def __init__(self, jobs: Jobs, work: _Work, at: int) -> None:
        self._jobs, self._work, self._at = jobs, work, at

    def added(self, name: str, added: Added, article: Article) -> None:
        """Nothing is added by whoever this is given to."""

    def failed(self, name: str, error: Exception) -> None:
        self._jobs._fail(self._work, self._at, name, error)  # noqa: SLF001 - the same module

    def noted(self, name: str, message: str) -> None:
        """What stops nothing is not shown."""
