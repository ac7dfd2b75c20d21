"""WARC archives and feeds made by hand, whole and broken."""

from __future__ import annotations

import gzip

BODY = b"<html><head><title>Pier %d closes</title></head><body><article><h1>Pier %d closes</h1><p>The pier must close for %d weeks, the mayor said on Monday. The work begins in May and will take longer than planned.</p></article></body></html>"


def page(number: int) -> bytes:
    """The HTML of one small article."""
    return BODY % (number, number, number)


def record(url: str, body: bytes, *, status: bytes = b"200 OK", kind: bytes = b"text/html; charset=utf-8", extra: bytes = b"", length: int | None = None) -> bytes:
    """A response record; `length` is what its head says of it, true unless given."""
    answer = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind + b"\r\n" + extra + b"\r\n" + body
    size = len(answer) if length is None else length
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{abs(hash(url))}>\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-03-12T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {size}\r\n\r\n"
    return head.encode() + answer + b"\r\n\r\n"


def records(count: int = 6) -> list[bytes]:
    """Records of so many pages."""
    return [record(f"https://quay.example/{n}", page(n)) for n in range(count)]


def packed(some: list[bytes]) -> list[bytes]:
    """Each record as a gzip member of its own, as archives are kept."""
    return [gzip.compress(one) for one in some]


def feed(entries: str, title: str = "The Quay") -> bytes:
    """An RSS feed of some items."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{title}</title>{entries}</channel></rss>'.encode()


def atom(entries: str) -> bytes:
    """An Atom feed of some entries."""
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>The Gull</title>{entries}</feed>'.encode()
