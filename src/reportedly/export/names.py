"""How articles, sources and statements are called outside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from reportedly.values import Article, Reading, Source


def urn(article: Article, local: str = "") -> str:
    """A name for a thing of one article: an anonymous source is one of one article, and so is its name."""
    return f"urn:reportedly:{quote(article.id, safe='')}{':' + quote(local, safe='') if local else ''}"


def page(article: Article) -> str:
    """What the article is called: its address, or a name where it has none that leads to the web."""
    url = article.url or ""
    return url if url.lower().startswith(("http://", "https://")) else urn(article)


def called(source: Source, reading: Reading) -> str:
    """A source's name, or its description in the words of the text."""
    return source.name or source.description or reading.quote(source.mentions[:1]) or source.id


def dumped(value: Any) -> bytes:  # noqa: ANN401 - any JSON
    """JSON for people, in UTF-8; lone surrogates, which UTF-8 cannot carry, are replaced."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
