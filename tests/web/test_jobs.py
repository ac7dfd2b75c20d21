"""What people gave to be read outlives the program: an end in good order, a kill, and inputs over which programs end."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx2
from served import Quick, client_of

from reportedly.ledger import waiting
from reportedly.ledger.store import Ledger
from reportedly.web.app import create
from reportedly.web.jobs import Given, Jobs, _gone

if TYPE_CHECKING:
    from pathlib import Path

    from reportedly.values import Article, Reading

JSON = {"Accept": "application/json"}


class Slow(Quick):
    """A reader that waits until it is let go."""

    def __init__(self) -> None:
        self.began, self.go = threading.Event(), threading.Event()

    def read(self, article: Article, *, warnings: tuple[Any, ...] = ()) -> Reading:
        self.began.set()
        assert self.go.wait(30)
        return super().read(article, warnings=warnings)


def until_done(client: Any, job: str, seconds: float = 30) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while (found := client.get(f"/jobs/{job}", headers=JSON).json())["state"] != "done":
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


def test_what_waits_at_the_end_is_read_by_the_next(ledger: Ledger) -> None:
    """The article that is being read is finished, the others wait in the ledger; the address of the job stays good."""
    slow = Slow()
    jobs = Jobs(ledger, lambda: slow, 200)
    from reportedly.desk import Options

    job = jobs.put(tuple(Given(f"{n}.txt", f"Ana said it rains {n} times.".encode()) for n in range(3)), Options(outlet="The Quay"), "eva")
    assert slow.began.wait(30)
    assert jobs.get(job).state == "reading"
    threading.Timer(0.2, slow.go.set).start()
    jobs.close()
    assert [i.state for i in jobs.get(job).items] == ["new", "waiting", "waiting"]
    with client_of(ledger) as client:
        found = until_done(client, job)
        assert [i["state"] for i in found["items"]] == ["new", "new", "new"]
        assert [i["name"] for i in found["items"]] == ["0.txt", "1.txt", "2.txt"]
        assert {ledger.entry(i["article"]).outlet for i in found["items"]} == {"The Quay"}
    assert ledger.ask(waiting.count) == 0


def test_an_input_over_which_programs_end_is_given_up(ledger: Ledger) -> None:
    """After the third time it is a failure that says so, and the others go on."""
    ledger.change(lambda c: waiting.put(c, "job", [("bad.txt", b"Ana said no."), ("good.txt", b"Piet said yes.")], published=None, outlet=None, who="eva"))
    for _ in range(waiting.TRIES):
        assert ledger.change(lambda c: waiting.take(c, "gone")).name == "bad.txt"
        ledger.change(lambda c: waiting.put_back(c, lambda owner, _: owner == "gone"))
    with client_of(ledger) as client:
        bad, good = until_done(client, "job")["items"]
    assert (bad["state"], good["state"]) == ("failed", "new")
    assert "ended 3 times" in bad["message"]


def test_nothing_is_read_twice_that_was_read(ledger: Ledger) -> None:
    """A program that ended after an article of a feed goes on with the next."""
    ledger.change(lambda c: waiting.put(c, "job", [("a.txt", b"Ana said it rains.")], published=None, outlet=None, who="eva"))
    given = ledger.change(lambda c: waiting.take(c, "gone"))
    with client_of(ledger) as client:
        assert client.get("/jobs/job", headers=JSON).json()["state"] == "reading"
    jobs = Jobs(ledger, Quick, 200)
    jobs._one(given)
    (item,) = ledger.ask(lambda c: waiting.items(c, "job"))
    ledger.change(lambda c: waiting.put(c, "job", [("a.txt", b"Ana said it rains.")], published=None, outlet=None, who="eva"))
    again = ledger.change(lambda c: waiting.take(c, "gone"))
    assert again.read == {item.article}
    jobs._one(again)
    assert ledger.ask(lambda c: waiting.items(c, "job")) == (item,)


def test_who_is_gone() -> None:
    """A process that is not there, a reader of this one that was closed, and another machine after a long silence."""
    import socket

    host, now = socket.gethostname(), int(time.time())
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert _gone(f"{host}/{ended.pid}/x", now)
    assert _gone(f"{host}/{os.getpid()}/x", now)
    assert not _gone(f"{host}/{os.getppid()}/x", now)
    assert not _gone("elsewhere/1/x", now)
    assert _gone("elsewhere/1/x", now - 7200)


def test_the_line_has_an_end(ledger: Ledger) -> None:
    """Where too much waits already, nothing is taken, and that is said."""
    with client_of(ledger, waiting=2) as client:
        ledger.change(lambda c: waiting.put(c, "job", [("a", b"x"), ("b", b"y")], published=None, outlet=None, who="eva"))
        assert client.post("/add", json={"text": "Ana said no."}).status_code in (202, 503)  # the line may be worked off meanwhile
    assert create(ledger, reader=Quick).state.jobs is not None


def test_a_kill_loses_nothing(tmp_path: Path) -> None:
    """A server that is killed while it reads, and one that follows it on the same ledger: all that was given is read, by the real reader."""
    place = tmp_path / "ledger.sqlite"

    def start() -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen([sys.executable, "-m", "reportedly", "serve", "--ledger", str(place), "--port", "0"], stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        return process, re.search(r"http://127\.0\.0\.1:\d+", process.stderr.readline())[0]

    first, address = start()
    try:
        texts = [f"“The bridge will close for {n} weeks,” Ana Moreno, the mayor, told reporters on Monday.\n\nShe said that ferries would run." for n in range(5, 11)]
        jobs = [httpx2.post(f"{address}/add", json={"text": text, "outlet": "The Quay"}, timeout=60).json()["id"] for text in texts]
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=30)
        first.stderr.close()
    with Ledger.open(place) as ledger:
        assert ledger.ask(waiting.count) > 0, "the kill came too late to show anything"
    second, address = start()
    try:
        with httpx2.Client(base_url=address, timeout=60) as client:
            found = [until_done(client, job, 120)["items"] for job in jobs]
            assert all(len(items) == 1 and items[0]["state"] in ("new", "known") for items in found)
            assert len({items[0]["article"] for items in found}) == len(texts)
            assert "9 weeks" in client.get(f"/articles/{found[4][0]['article']}", headers={"Accept": "text/html"}).text
    finally:
        second.send_signal(signal.SIGINT)
        second.wait(timeout=60)
        second.stderr.close()
