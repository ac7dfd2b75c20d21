"""Reading behind the pages: what was given waits in the ledger, one article is read at a time, and a page tells how far it is."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from reportedly.errors import ReportedlyError
from reportedly.ledger import accounts, waiting
from reportedly.ledger.waiting import Item
from reportedly.web.errors import WebError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    from reportedly.desk import Options
    from reportedly.intake.article import Taken
    from reportedly.ledger.results import Added
    from reportedly.ledger.store import Ledger
    from reportedly.ledger.waiting import Input
    from reportedly.values import Article, Reading, Warning

    class Reads(Protocol):
        """What reads an article."""

        def read(self, article: Article, *, warnings: tuple[Warning, ...] = ()) -> Reading:
            """Say who says what in it."""


log = logging.getLogger(__name__)
AGAIN = 5.0  # seconds after which the line is looked at for what another program put there
SILENT = 3600  # seconds after which a reader on another machine is taken to be gone
_here: set[str] = set()  # readers of this process


@dataclass(frozen=True, slots=True)
class Given:
    """One input: a text, the bytes of a file, or (without data) a link."""

    name: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody added at one time."""

    id: str
    state: Literal["waiting", "reading", "done"]
    items: tuple[Item, ...]
    done: int = 0


class Jobs:
    """The one thread that works off the line. The line lies in the ledger: what waits when the program ends, in whatever way, is read by the next."""

    def __init__(self, ledger: Ledger, reader: Callable[[], Reads], most: int) -> None:
        self._ledger, self._reader, self._most = ledger, reader, most
        self._owner = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(8)}"
        self._wake, self._stop = threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Go on with what an earlier program left."""
        _here.add(self._owner)
        if self._ledger.change(lambda c: waiting.put_back(c, _gone)):
            self._begin()

    def put(self, given: tuple[Given, ...], options: Options, who: str) -> str:
        """Put inputs in the line; the id under which to ask how far they are.

        Raises:
            WebError: 503, where the line is full.

        """
        job = secrets.token_urlsafe(12)
        if self._ledger.ask(waiting.count) + len(given) > self._most:
            raise WebError(503, "Too many articles wait to be read: try again later.")
        some = [(g.name, g.data) for g in given]
        self._ledger.change(lambda c: waiting.put(c, job, some, published=options.published, outlet=options.outlet, who=who))
        self._begin()
        return job

    def get(self, name: str) -> Job | None:
        """How far a job is."""
        items = self._ledger.ask(lambda c: waiting.items(c, name))
        if not items:
            return None
        left = [i.state for i in items if i.state in waiting.OPEN]
        state: Literal["waiting", "reading", "done"] = "done" if not left else "waiting" if left.count("waiting") == len(items) else "reading"
        return Job(name, state, items, len(items) - len(left))

    def close(self) -> None:
        """Finish the article that is being read, and stop."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=60)
        _here.discard(self._owner)

    def _begin(self) -> None:
        with self._lock:
            _here.add(self._owner)
            self._wake.set()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="reportedly-reading", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                while not self._stop.is_set() and self._ledger.ask(waiting.count):
                    given = self._ledger.change(lambda c: waiting.take(c, self._owner))
                    if given is None:
                        break
                    self._one(given)
            except ReportedlyError as error:  # a ledger that is locked or away for longer than its patience
                log.warning("reading waits: %s", error)
            self._wake.wait(AGAIN)

    def _one(self, given: Input) -> None:
        """Read what one input leads to."""
        found = bool(given.read)
        try:
            for name, taken in self._taken(given):
                found = True
                if taken.article.id not in given.read:
                    self._tell(given, self._keep(name, taken, given.who))
                if self._stop.is_set() and given.data is None:  # a feed may lead to more
                    self._ledger.change(lambda c: waiting.release(c, given))
                    return
        except Exception as error:  # noqa: BLE001 - one bad input never stops the others
            self._fail(given, given.name, error)
        else:
            if not found and given.data is not None:
                self._tell(given, Item(given.name, "failed", message="Nothing was found in it that could be read."))
        self._ledger.change(lambda c: waiting.finish(c, given))

    def _taken(self, given: Input) -> Iterator[tuple[str, Taken]]:
        from reportedly.desk import Options, adding, kind_of, take_bytes

        options = Options(given.published, given.outlet, allow_private=False)
        if given.data is not None:
            yield given.name, take_bytes(given.data, given.name, options, kind=kind_of(Path(given.name)))
            return
        teller = _Teller(self, given)
        for found in adding.expand([given.name], options, teller):
            if found.taken is not None:
                teller.told = True
                yield found.name, found.taken
        if not teller.told:
            self._tell(given, Item(given.name, "failed", message="Nothing was found in it that could be read."))

    def _keep(self, name: str, taken: Taken, who: str) -> Item:
        article = taken.article
        if self._ledger.knows([article.id]):
            return Item(name, "known", article.id, article.title)
        added = self._ledger.add(self._reader().read(article, warnings=taken.warnings))
        if added.outcome != "known":
            self._ledger.change(lambda c: accounts.note(c, who, "add", added.article, added.outcome))
        return Item(name, added.outcome, added.article, article.title, "; ".join(w.message for w in taken.warnings) or None)

    def _fail(self, given: Input, name: str, error: Exception) -> None:
        message = str(error) if isinstance(error, ReportedlyError) else f"It could not be read: an unexpected {type(error).__name__}."
        self._tell(given, Item(name, "failed", message=message))

    def _tell(self, given: Input, item: Item) -> None:
        self._ledger.change(lambda c: waiting.tell(c, given, item))


def _gone(owner: str, at: int) -> bool:
    """Whether the program that reads an input has ended: known on this machine, taken to be so elsewhere after a long silence."""
    host, _, rest = (owner or "").partition("/")
    number = rest.partition("/")[0]
    if host != socket.gethostname() or not number.isdecimal():
        return time.time() - at > SILENT
    if int(number) == os.getpid():
        return owner not in _here
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


class _Teller:
    """Hears from the adding of one link."""

    def __init__(self, jobs: Jobs, given: Input) -> None:
        self._jobs, self._given, self.told = jobs, given, False

    def added(self, name: str, added: Added, article: Article) -> None:
        """Nothing is added by whoever this is given to."""

    def failed(self, name: str, error: Exception) -> None:
        self.told = True
        self._jobs._fail(self._given, name, error)  # noqa: SLF001 - the same module

    def noted(self, name: str, message: str) -> None:
        """What stops nothing is not shown."""
