"""Pages out of archives, whatever state the archives are in."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from archives import packed, page, record, records

from reportedly.errors import BadInput, NotFound, TooLarge
from reportedly.intake import warc

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("fastwarc")


def read(path: Path, data: bytes) -> tuple[list[int], list[str]]:
    """Numbers of the pages that are found, and what is said."""
    path.write_bytes(data)
    said: list[str] = []
    return [int(one.url.rpartition("/")[2]) for one in warc.pages(path, said.append)], said


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crawl.warc.gz"


@pytest.mark.parametrize("pack", [False, True])
def test_pages_in_their_order(path: Path, pack: bool) -> None:
    """Every page with its address, kind and charset."""
    some = records()
    assert read(path, b"".join(packed(some) if pack else some)) == ([0, 1, 2, 3, 4, 5], [])
    first = next(warc.pages(path, print))
    assert (first.url, first.kind, first.charset, first.data) == ("https://quay.example/0", "text/html", "utf-8", page(0))


def test_only_pages_are_given(path: Path) -> None:
    """Errors, redirects, images, requests and the head of the archive are passed over in silence."""
    some = [
        b"WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-03-12T00:00:00Z\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n",
        record("https://quay.example/1", b"", status=b"301 Moved", extra=b"Location: /2\r\n"),
        record("https://quay.example/2", page(2), status=b"404 Not Found"),
        record("https://quay.example/3", b"\x89PNG", kind=b"image/png"),
        record("https://quay.example/4", page(4)).replace(b"WARC-Type: response", b"WARC-Type: request"),
        record("https://quay.example/5", page(5)),
    ]
    assert read(path, b"".join(some)) == ([5], [])


def test_what_servers_packed_is_unpacked(path: Path) -> None:
    """gzip, deflate, brotli, chunks, and a header that says packed of what is not."""
    import zlib

    import brotli

    body = page(7)
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    some = [
        record("https://quay.example/0", gzip.compress(body), extra=b"Content-Encoding: gzip\r\n"),
        record("https://quay.example/1", zlib.compress(body), extra=b"Content-Encoding: deflate\r\n"),
        record("https://quay.example/2", brotli.compress(body), extra=b"Content-Encoding: br\r\n"),
        record("https://quay.example/3", chunked, extra=b"Transfer-Encoding: chunked\r\n"),
        record("https://quay.example/4", body, extra=b"Content-Encoding: gzip\r\n"),
    ]
    path.write_bytes(b"".join(packed(some)))
    assert [one.data for one in warc.pages(path, print)] == [body] * 5


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 255]) + data[place + 1 :]


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (lambda one: flipped(gzip.compress(one), 40), "broken"),
        (lambda _: b"no record at all " * 9, "broken"),
        (lambda one: gzip.compress(one)[:120], "broken"),
        (lambda one: gzip.compress(one.replace(b"WARC/1.1", b"XXXX/1.1")), "broken"),
        (lambda one: gzip.compress(one.replace(b"HTTP/1.1 200", b"ZZZZ")), "left out"),
        (lambda _: gzip.compress(record("https://quay.example/2", page(2), length=10**6)), "breaks off"),
        (lambda _: gzip.compress(record("https://quay.example/2", page(2), length=10**11)), "more than"),
        (lambda _: gzip.compress(record("https://quay.example/2", b"x", extra=b"Content-Encoding: gzip, gzip\r\n")), "packed 2 times"),
        (lambda _: gzip.compress(record("https://quay.example/2", gzip.compress(page(2))[:-9], extra=b"Content-Encoding: x-odd\r\n")), "x-odd"),
        (lambda _: gzip.compress(record("https://quay.example/2", flipped(gzip.compress(page(2)), 30), extra=b"Content-Encoding: gzip\r\n")), "damaged"),
    ],
)
def test_a_broken_record_costs_that_record(path: Path, broken, words: str) -> None:
    """All others are read, and one sentence says which is left out."""
    some = packed(records())
    some[2] = broken(records()[2])
    numbers, said = read(path, b"".join(some))
    assert [n for n in numbers if n != 2] == [0, 1, 3, 4, 5]
    assert len(said) == 1
    assert words in said[0]


def test_several_broken_records_and_a_cut_end(path: Path) -> None:
    """Each costs itself, in archives of both kinds."""
    some = packed(records(9))
    some[1], some[4], some[5] = flipped(some[1], 30), flipped(some[4], 30), b""
    numbers, said = read(path, b"".join(some)[:-60])
    assert numbers == [0, 2, 3, 6, 7]
    assert len(said) == 3
    plain = records(5)
    plain[1] = plain[1].replace(b"WARC/1.1", b"WARC-1.1")
    numbers, said = read(path, b"".join(plain)[:-300])
    assert numbers == [0, 2, 3]
    assert len(said) == 2


def test_bombs_are_refused_within_bounds(path: Path) -> None:
    """Records that unpack to hundreds of megabytes, at either level, cost neither time nor memory."""
    zeros = b"\0" * 300_000_000
    some = packed(records())
    some[1] = gzip.compress(record("https://quay.example/1", zeros), 1)
    some[3] = gzip.compress(record("https://quay.example/3", gzip.compress(zeros, 1), extra=b"Content-Encoding: gzip\r\n"))
    some[4] = gzip.compress(zeros, 1)
    del zeros
    data = b"".join(some)
    started = time.process_time()
    tracemalloc.start()
    numbers, said = read(path, data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert numbers == [0, 2, 5]
    assert len(said) == 3
    assert peak < 120_000_000
    assert time.process_time() - started < 10


def test_an_archive_of_many_small_bombs_is_given_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What unpacks to more than any archive of pages does is no such archive."""
    monkeypatch.setattr(warc, "ENOUGH", 20_000_000)
    path.write_bytes(b"".join(packed([record(f"https://quay.example/{n}", b"<p>" + b" " * 5_000_000) for n in range(30)])))
    with pytest.raises(TooLarge, match="no archive of pages"):
        list(warc.pages(path, print))


@pytest.mark.parametrize("data", [b"Dear diary, " * 50, b"", gzip.compress(b"Dear diary, " * 50), b"\0" * 5000])
def test_what_is_no_archive(path: Path, data: bytes) -> None:
    """One sentence."""
    path.write_bytes(data)
    with pytest.raises(BadInput, match="archive"):
        list(warc.pages(path, print))


def test_a_missing_archive(tmp_path: Path) -> None:
    """A file that is not there, and a folder."""
    for path in (tmp_path / "none.warc", tmp_path):
        with pytest.raises(NotFound, match="cannot be read"):
            list(warc.pages(path, print))
