"""Another program that uses the same ledger: `python worker.py PLACE TASK ...`, told what to do by the tests of faults."""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made import Said, reading

from reportedly.errors import LedgerError
from reportedly.ledger.store import Ledger


def some(number: int, size: int = 4):
    """One of endlessly many readings."""
    return reading(
        *(Said(f"Ana Moreno {n}", f"the bridge {number} must close for {n} weeks, after {'a long and careful ' * 4} look", figures=((f"{n} weeks", str(n), "=", None, "weeks"),)) for n in range(size)),
        title=f"Bridge {number}",
        url=f"https://quay.example/{number}",
    )


def add(ledger: Ledger, first: int, last: int) -> None:
    """Add readings, and say each number as soon as it is in."""
    for number in range(first, last):
        ledger.add(some(number))
        print(number, flush=True)


def fill(ledger: Ledger, limit: int) -> None:
    """Add until no file may grow beyond `limit` bytes."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        add(ledger, 0, 100_000)
    except LedgerError as error:
        print(type(error).__name__, error, flush=True)


def look(ledger: Ledger, times: int) -> None:
    """Ask again and again; every article that is seen is whole."""
    for _ in range(times):
        for statement in ledger.search("bridge", limit=20):
            told = ledger.reading(statement.article)
            assert told is not None
            assert statement.content in told.article.text
            assert statement.figures
    print("looked", flush=True)


if __name__ == "__main__":
    with Ledger.open(sys.argv[1], patience=60) as opened:
        {"add": add, "fill": fill, "look": look}[sys.argv[2]](opened, *map(int, sys.argv[3:]))
