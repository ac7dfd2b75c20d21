"""WARC archives (ISO 28500): the pages in them, by fastwarc. A broken record costs that record, not the archive.

Where a record breaks off or is too large, the file is searched for the beginning of the next one: in an archive of gzip
members, which is how archives are kept, nothing of a broken or bloated member is unpacked.
"""

from __future__ import annotations

import mmap
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from reportedly.errors import BadInput, MissingPart, NotFound, TooLarge
from reportedly.intake.fetch import KINDS, LIMIT, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

GZIP, PLAIN = b"\x1f\x8b\x08", b"WARC/1."
BLOATED = 200  # times the size of its file; archives of web pages unpack to ten times theirs
ENOUGH = 1_000_000_000  # bytes unpacked, below which nothing is called bloated


class _Broken(Exception):
    """A record that cannot be had; the message says why."""


@dataclass(slots=True)
class _Place:
    """Where in the file the reading is."""

    record: int = 0  # byte of the file at which the last record begins
    broken: bool = False  # whether that record must be given up, and the next one searched for


def pages(path: Path, warn: Callable[[str], None]) -> Iterator[Page]:
    """The pages of an archive in its order; what is left out for being broken or too large is told to `warn`.

    Only answers of servers that hold a page are given: no images, redirects, requests or errors.

    Raises:
        NotFound: a file that cannot be read.
        BadInput: no WARC file.
        TooLarge: an archive that unpacks to more than any archive of pages does.
        MissingPart: fastwarc is not installed.

    """
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            unpacked, place = 0, _Place()
            for record in _records(path, file, data, place, warn):
                try:
                    page, length = _page(record)
                except (_Broken, OSError, ValueError) as error:
                    warn(f"{path}: the record at byte {place.record} is left out ({_line(error)}).")
                    place.broken = True
                    continue
                unpacked += length
                if unpacked > max(ENOUGH, BLOATED * len(data)):
                    raise TooLarge(f"{path} unpacks to more than {unpacked:,} bytes, {BLOATED} times its size: it is no archive of pages.")
                if page:
                    yield page
    except ValueError as error:  # an empty file cannot be mapped
        raise BadInput(f"{path} is empty: give an archive that a crawler wrote.") from error
    except OSError as error:
        raise NotFound(f"{path} cannot be read ({error.strerror or error}): check its name and its permissions.") from error


def _records(path: Path, file: BinaryIO, data: mmap.mmap, place: _Place, warn: Callable[[str], None]) -> Iterator[Any]:
    """Records that may hold pages; after a broken one, from the next beginning of a record on."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        message = "WARC files need an optional part of reportedly (fastwarc is missing): install it with `pip install 'reportedly[warc]'`."
        raise MissingPart(message) from error
    wanted = WarcRecordType.response | WarcRecordType.resource
    mark = GZIP if data[:3] == GZIP else PLAIN if data[:7] == PLAIN else None
    start, lost, seen = 0, "", False
    while start >= 0:
        file.seek(start)
        place.record, place.broken = start, False
        try:
            for record in ArchiveIterator(file, parse_http=False, fsspec_args=False):
                place.record = record.stream_pos
                if lost:
                    warn(f"{path}: {lost}; what stands before byte {place.record} is left out.")
                    lost = ""
                seen = True
                if record.record_type & wanted:
                    yield record
                if place.broken:
                    break
        except OSError as error:
            if not seen:
                raise BadInput(f"{path} is no WARC file ({_line(error)}): give an archive that a crawler wrote.") from error
            lost = lost or f"after the record at byte {place.record} something is broken ({_line(error)})"
            place.broken = True
        start = data.find(mark, place.record + 1) if place.broken and mark else -1
    if lost:
        warn(f"{path}: {lost}; the rest is left out.")


def _page(record: Any) -> tuple[Page | None, int]:  # noqa: ANN401 - fastwarc's types are its own
    """The page in a record, None where it holds something else, and how many bytes it was unpacked to."""
    length = record.headers.get("Content-Length")
    if length is None:
        message = "it breaks off within its head"
        raise _Broken(message)
    size = int(length)
    if size > LIMIT:
        raise _Broken(f"it has {size:,} bytes, more than {LIMIT:,}")
    record.freeze()
    if record.content_length < size:
        raise _Broken(f"it breaks off after {record.content_length:,} of {size:,} bytes")
    url = str(record.headers.get("WARC-Target-URI") or "").strip("<>")
    if not record.is_http:  # what was kept without its answer, such as a resource
        kind = str(record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
        return (Page(url, record.reader.read(), kind, None) if kind in KINDS else None), size
    record.parse_http(auto_decode="transfer")
    headers = record.http_headers
    if headers is None:
        message = "it holds no answer of a server"
        raise _Broken(message)
    kind = (record.http_content_type or "text/html").lower()
    status = headers.status_code
    if status is None or not 200 <= status < 300 or kind not in KINDS or not re.match(r"https?://", url):
        return None, size
    encodings = [e.strip().lower() for e in str(headers.get("Content-Encoding") or "").split(",") if e.strip().lower() not in ("", "identity")]
    data = _inflated(record.reader.read(), encodings)
    return Page(url, data, kind, record.http_charset), size + len(data)


def _inflated(data: bytes, encodings: list[str]) -> bytes:
    """What a server packed, unpacked up to the limit."""
    if not encodings or not data:
        return data
    if len(encodings) > 1:
        raise _Broken(f"it is packed {len(encodings)} times")
    try:
        if encodings[0] in ("gzip", "x-gzip"):
            return _bounded(zlib.decompressobj(31).decompress(data, LIMIT + 1))
        if encodings[0] == "deflate":
            return _bounded(zlib.decompressobj(-15 if data[0] & 0x0F != 8 else 15).decompress(data, LIMIT + 1))
    except zlib.error as error:
        if data[:2] != GZIP[:2]:  # some crawlers unpack and leave the header as it was
            return data
        raise _Broken(f"its packing is damaged, {_line(error)}") from error
    if encodings[0] == "br":
        import brotli  # comes with fastwarc

        try:
            return _bounded(bytes(brotli.Decompressor().process(data, output_buffer_limit=LIMIT + 1)))
        except brotli.error as error:
            raise _Broken(f"its packing is damaged, {_line(error)}") from error
    raise _Broken(f"it is packed as {encodings[0]}, which is not read")


def _bounded(out: bytes) -> bytes:
    if len(out) > LIMIT:
        raise _Broken(f"it unpacks to more than {LIMIT:,} bytes")
    return out


def _line(error: object) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(" .")
