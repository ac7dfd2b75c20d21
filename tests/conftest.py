"""Fixtures that several parts share. Optional parts are required where REPORTEDLY_REQUIRE_ALL is set (CI)."""

from __future__ import annotations

import contextlib
import http.server
import os
import socket
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from reportedly import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.ledger.store import Ledger

settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a shared machine is sometimes slow for a moment
settings.load_profile("suite")

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("REPORTEDLY_SHARED") or ROOT.parent / "shared")
EXAMPLE = ROOT / "examples" / "ferry_inspection.txt"


def need(present: object, what: str) -> None:
    """Skip a test whose optional part is missing, unless all parts are required."""
    if present:
        return
    if os.environ.get("REPORTEDLY_REQUIRE_ALL"):
        pytest.fail(f"{what} is required here and missing")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def reader() -> Reader:
    """One reader for all tests: its model loads once."""
    return Reader(threads=2)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared data and scorers."""
    need((SHARED / "tools").is_dir(), f"shared data ({SHARED})")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """One server of PostgreSQL for all tests."""
    from places import serve

    with serve() as server:
        yield server


@pytest.fixture(scope="session")
def used(postgres: Any) -> Iterator[Ledger]:
    """A ledger on PostgreSQL that tests use one after the other (`places.emptied`)."""
    from places import database

    from reportedly.ledger.store import Ledger

    with Ledger.open(database(postgres), patience=5) as made:
        yield made


PAGE = b"""<!doctype html><html lang="en"><head><title>Harbour wall to be rebuilt | The Quay</title>
<meta property="og:site_name" content="The Quay"><meta property="article:published_time" content="2024-03-12T08:30:00+01:00">
<link rel="canonical" href="https://quay.example/harbour-wall"></head><body><nav><a href="/">Home</a></nav><article>
<h1>Harbour wall to be rebuilt</h1><p>The council will rebuild the harbour wall, the mayor said on Tuesday. The work takes two years.</p>
<p>&ldquo;We have waited too long,&rdquo; she told a meeting of residents in the old fish hall, where some four hundred people had gathered.</p>
<p>Fishermen fear that the yard will close. The harbour master declined to comment on the plan, which has been discussed for a decade.</p>
</article></body></html>"""


class _Pages(http.server.BaseHTTPRequestHandler):
    """A small site with everything that can go wrong."""

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if path == "/article":
            self._send(PAGE, "text/html; charset=utf-8")
        elif path == "/moved":
            self._redirect("/article")
        elif path == "/circle":
            self._redirect("/circle")
        elif path == "/missing":
            self.send_error(404)
        elif path == "/broken":
            self.send_error(500)
        elif path == "/image":
            self._send(b"\x89PNG\r\n\x1a\n", "image/png")
        elif path == "/consent":
            text = b"<html><body><h1>Before you continue</h1><p>We and our 842 partners use cookies to store information. Accept all cookies or manage your cookie settings.</p><button>Accept all</button></body></html>"
            self._send(text, "text/html")
        elif path == "/latin":
            self._send(PAGE.replace(b"wall", b"caf\xe9"), "text/html; charset=iso-8859-1")
        elif path == "/slow":
            time.sleep(3)
            self._send(PAGE, "text/html")
        elif path == "/drip":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            try:
                for _ in range(40):
                    self.wfile.write(b"<p>word</p>")
                    self.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                pass
        elif path == "/endless":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"<p>" + b"word " * 13000 + b"</p>")
            except OSError:
                pass

    def _send(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(data)

    def _redirect(self, to: str) -> None:
        self.send_response(302)
        self.send_header("Location", to)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep standard error clean."""


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """Address of a site on loopback."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def closed_port() -> int:
    """A port on loopback at which nobody answers."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
