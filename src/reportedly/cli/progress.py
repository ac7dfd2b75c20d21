"""Progress and messages on standard error."""

from __future__ import annotations

import re
import sys
import threading
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # a file name may hold what a terminal obeys
PATIENCE = 1.0  # seconds of silence before anything is shown
STEP = 5.0  # seconds between two lines where standard error is no terminal


class Progress:
    """Says how far the reading is once it takes longer than a second; a line that rewrites itself in a terminal."""

    def __init__(self, total: int | None, *, quiet: bool, done: str = "read") -> None:
        """`total`: how many there are, None where that is not known before the end; `done` says what was done with them."""
        self.total, self.quiet, self._done = total, quiet, done
        self.done, self.name = 0, ""
        self.live = sys.stderr.isatty()
        self._shown = False
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        if not self.quiet:
            self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        if not self.quiet:
            self._thread.join()
        self._clear()

    def step(self, done: int, name: str) -> None:
        """So many inputs have been read, `name` the last of them."""
        self.done, self.name = done, name

    def say(self, message: str) -> None:
        """A line for people, whatever else stands on the screen."""
        with self._lock:
            self._clear()
            harmless = CONTROL.sub("?", message)
            sys.stderr.write(f"reportedly: {' '.join(harmless.split())}\n")
            sys.stderr.flush()

    def _watch(self) -> None:
        started = time.monotonic()
        pause = PATIENCE
        while not self._stop.wait(pause):
            of = "" if self.total is None else f" of {self.total}"
            line = f"{self.done}{of} {self._done}, {time.monotonic() - started:.0f} s" + (f", last {self.name}" if self.name else "")
            with self._lock:
                if self.live:
                    sys.stderr.write(f"\r\x1b[K{line[:100]}")
                    self._shown = True
                else:
                    sys.stderr.write(f"reportedly: {line}\n")
                sys.stderr.flush()
            pause = 0.2 if self.live else STEP

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
