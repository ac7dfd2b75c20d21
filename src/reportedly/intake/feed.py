"""Feeds, RSS and Atom: what each entry says, and where it leads. feedparser stays behind `parse`."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportedly.errors import BadInput, MissingPart
from reportedly.intake.credits import iso

if TYPE_CHECKING:
    from collections.abc import Iterator

LINK = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `content` is HTML or text as the feed has it, the fullest that it gives."""

    url: str | None
    title: str | None
    byline: str | None
    published: str | None
    content: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its title and its entries, in its order."""

    title: str | None
    entries: tuple[Entry, ...]


def parse(data: bytes, name: str, *, url: str | None = None) -> Feed:
    """The feed in some bytes; `url` is where they came from, to which relative links are joined. Nothing is fetched.

    Raises:
        BadInput: no feed.
        MissingPart: feedparser is not installed.

    """
    try:
        import feedparser
    except ImportError as error:
        message = "Feeds need an optional part of reportedly (feedparser is missing): install it with `pip install 'reportedly[ledger]'`."
        raise MissingPart(message) from error
    headers = {"content-location": url} if url else {}
    found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    if not found.get("version") and not found.entries:
        raise BadInput(f"{name} is no feed that could be read: give the address of an RSS or Atom feed, or of an article.")
    seen: set[object] = set()
    return Feed(_words(found.feed.get("title")), tuple(_entries(found.entries, seen)))


def _entries(found: Any, seen: set[object]) -> Iterator[Entry]:  # noqa: ANN401 - feedparser has no types
    for entry in found:
        link = str(entry.get("link") or "")
        contents = [str(c.get("value") or "") for c in entry.get("content") or ()] + [str(entry.get("summary") or "")]
        made = Entry(
            url=link if LINK.fullmatch(link) else None,
            title=_words(entry.get("title")),
            byline=_words(entry.get("author")),
            published=iso(str(entry.get("published") or entry.get("updated") or "")) or None,
            content=max(contents, key=len).strip() or None,
        )
        key = made.url or (made.title, made.content)
        if (made.url or made.content) and key not in seen:
            seen.add(key)
            yield made


def _words(text: object) -> str | None:
    """A title without markup."""
    from html import unescape

    plain = " ".join(unescape(re.sub(r"<[^>]{1,500}>", " ", str(text or ""))).split())
    return plain or None
