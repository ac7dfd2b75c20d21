"""Links to this machine and its neighbours are refused where that is asked, however they are dressed up."""

from __future__ import annotations

import contextlib
import socket
import threading
import tracemalloc
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from reportedly.desk import Options, take
from reportedly.errors import BadLink, PrivateLink, TooLarge
from reportedly.intake import public
from reportedly.intake.fetch import fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

PRIVATE = ["127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.2.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "fec0::1"]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    """Loopback, private, link-local, shared, documentation, multicast and metadata addresses, in both versions of IP."""
    assert not public.is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "172.32.0.1", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses(address: str) -> None:
    """The open internet."""
    assert public.is_public(address)


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://localhost/", "http://169.254.169.254/latest/meta-data/", "https://10.0.0.1/", "http://user@127.0.0.1/"])
def test_private_links_are_refused(url: str) -> None:
    """Whatever way the address is written, it is refused before anything is asked."""
    with pytest.raises(BadLink) as error:
        fetch(url, allow_private=False, patience=2)
    assert isinstance(error.value, PrivateLink) or "cannot be" in str(error.value)
    if any(plain in url for plain in ("127.0.0.1", "localhost", "169.254")):
        assert isinstance(error.value, PrivateLink)
        assert "--allow-private" in str(error.value)


def test_reading_one_link_is_as_it_was(site: str) -> None:
    """`read` takes the link that a person typed; only where many links are followed is one refused."""
    assert take(f"{site}/article").article.title
    with pytest.raises(PrivateLink):
        take(f"{site}/article", Options(allow_private=False))


class _Away(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Send everybody to a private address."""
        self.server.asked.append(self.client_address)  # before the answer: who has it looks at once
        self.send_response(302)
        self.send_header("Location", f"http://127.0.0.2:{self.server.server_port}/inner")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep standard error clean."""


@pytest.fixture
def away() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("0.0.0.0", 0), _Away)
    server.daemon_threads = True
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_redirects_into_the_private_network_are_refused(away: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public page that sends its visitor to a private address: the second is never asked."""
    monkeypatch.setattr(public, "is_public", lambda address: address == "127.0.0.1")  # stands for the open internet here
    with pytest.raises(PrivateLink, match=r"127\.0\.0\.2"):
        fetch(f"http://127.0.0.1:{away.server_port}/", allow_private=False)
    assert len(away.asked) == 1


def test_names_that_mean_private_addresses_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name may lead to a private address, or to one of each."""
    for answers in (["10.0.0.5"], ["8.8.8.8", "127.0.0.1"]):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, answers=answers, **__: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in answers])
        with pytest.raises(PrivateLink, match=r"news\.example"):
            fetch("http://news.example/", allow_private=False)


def test_the_address_that_was_checked_is_the_one_that_is_asked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name server that answers differently the second time is not asked a second time."""
    port = int(site.rpartition(":")[2])
    asked = []

    def once(host: str, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1" if host in ("news.example", "127.0.0.1") else "10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", once)
    monkeypatch.setattr(public, "is_public", lambda address: address == "127.0.0.1")
    page = fetch(f"http://news.example:{port}/article", allow_private=False)
    assert b"harbour wall" in page.data
    assert asked.count("news.example") == 1


def test_behind_a_proxy_private_links_are_refused_too(away: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy is never asked for one."""
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{away.server_port}")
    with pytest.raises(PrivateLink):
        fetch("http://10.0.0.1/", allow_private=False)
    assert away.asked == []


def test_no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means nothing is a bad link, as ever."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: (_ for _ in ()).throw(socket.gaierror(-2, "Name or service not known")))
    with pytest.raises(BadLink, match="no such host"):
        fetch("http://nowhere.example/", allow_private=False)


def test_a_page_that_unpacks_without_end_is_cut_off(bomb: str) -> None:
    """A small answer that unpacks to hundreds of megabytes is refused at the limit, and never held in memory."""
    tracemalloc.start()
    with pytest.raises(TooLarge, match="larger than"):
        fetch(bomb, limit=5_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150_000_000


@pytest.fixture
def bomb() -> Iterator[str]:
    import zlib

    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    packed = b"".join(packer.compress(b"\0" * 10_000_000) for _ in range(30)) + packer.flush()

    class Bomb(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            """Send the bomb."""
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(packed)

        def log_message(self, *_: object) -> None:
            """Keep standard error clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Bomb)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()
