"""Digests by which articles are told apart: the same on every machine and in every part of the program."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.values import Article


def digest(*parts: str) -> str:
    """The first 128 bits of SHA-256 over some parts, in hexadecimal."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def article_id(url: str | None, outlet: str | None, published: str | None, text_digest: str) -> str:
    """The id of an article: over its address, or outlet and publication date where it has none, and its text."""
    return digest(url or "\x1e".join((outlet or "", published or "")), text_digest)


def is_true_to_itself(article: Article) -> bool:
    """Whether id and digest of an article are those of its words and address."""
    text = digest(article.text)
    return article.text_digest == text and article.id == article_id(article.url, article.outlet, article.published, text)
