"""The report that a page points at: which of its links lead to what it stands on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

if TYPE_CHECKING:
    from reportedly.values import Article, Link

AROUND = 80  # characters beside a link in which its sentence says whose report it is
REPORTED = re.compile(r"\b(?:report(?:s|ed|ing)?|told|interview(?:ed)?|according to|first (?:published|carried)|writes|wrote|revealed|broke the (?:story|news)|citing|cited|exclusive|investigation)\b", re.IGNORECASE)
POINTER = re.compile(
    r"(?:read|see|find|watch|hear|view)?\s*(?:the\s+)?(?:more|rest|full|original|whole|complete)\b.{0,40}|(?:at\s+)?(?:this|the)\s+link|(?:click\s+)?here|source|via|original(?:ly)?\b.{0,40}|\[?\d{0,3}\]?",
    re.IGNORECASE | re.DOTALL,
)
NO_REPORT = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|instagram|linkedin|pinterest|whatsapp|telegram|t|reddit|youtube|youtu|tiktok|bsky|threads|mastodon|flipboard|apple|google|wikipedia|addtoany|sharethis|paypal|patreon)\.\w+$", re.IGNORECASE
)
NOT_PAGES = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|mp[34]|pdf|zip|css|js|xml|rss)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Behind:
    """A link to a report that an article stands on, and the words that say so (empty where the line was cut)."""

    url: str
    words: str


def reports_behind(article: Article) -> list[Behind]:
    """Links of an article that lead to the report it stands on, the likeliest first.

    First those whose words, or the words beside them, name the outlet or say that it reported; then those that
    point on ("Read more") to another site; then those that point to the full or original report on the same one; last
    those on the same site whose line was cut as furniture, of which it is not known what they say.
    """
    home = _host(article.url)
    here = urldefrag(article.url or "")[0].rstrip("/")
    ranked: dict[str, tuple[int, int, Behind]] = {}
    for number, link in enumerate(article.links):
        url = urldefrag(link.url)[0]
        host = _host(url)
        if not host or url.rstrip("/") == here or NO_REPORT.search(host) or not _is_page(url):
            continue
        rank = _rank(article, link, host, home)
        if rank is not None and (url not in ranked or rank < ranked[url][0]):
            ranked[url] = (rank, number, Behind(url, " ".join(article.text[link.start : link.end].split())))
    return [behind for _, _, behind in sorted(ranked.values(), key=lambda r: r[:2])]


def _rank(article: Article, link: Link, host: str, home: str | None) -> int | None:
    words = article.text[link.start : link.end]
    beside = _sentence(article.text, link)
    elsewhere = host != home
    named = _names(host, words) or (_names(host, beside) and len(words.split()) <= 12)
    if elsewhere and words and REPORTED.search(beside) and named:
        return 0
    if elsewhere and words and (REPORTED.search(words) or named):
        return 1
    if POINTER.fullmatch(words.strip(" .:»›→>[]")):  # also a link whose line was cut as furniture, which has no words left
        if elsewhere:
            return 2
        return 3 if re.search(r"full|original|rest|whole", words, re.IGNORECASE) else 4 if not words else None
    return None


def _is_page(url: str) -> bool:
    path = urlsplit(url).path
    return bool(path.strip("/")) and not NOT_PAGES.search(path)  # a bare host is a site and no report


def _sentence(text: str, link: Link) -> str:
    """The words around a link within its line."""
    start = max(text.rfind("\n", 0, link.start) + 1, link.start - AROUND)
    end = text.find("\n", link.end)
    return text[start : min(len(text) if end < 0 else end, link.end + AROUND)]


def _host(url: str | None) -> str | None:
    try:
        parts = urlsplit(url or "")
        return parts.hostname.removeprefix("www.") if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _names(host: str, words: str) -> bool:
    """Whether some words name the outlet of a host: "The Tarn Courier" of tarncourier.example, "CNN" of edition.cnn.com."""
    labels = [part for part in host.split(".")[:-1] if len(part) > 2] or host.split(".")[:1]
    plain = re.sub(r"[\W_]+", "", words).casefold()
    capitals = {w.casefold() for w in re.findall(r"\b[A-Z][\w-]+", words)}
    return any(part.replace("-", "") in (capitals if len(part) < 5 else {plain} | capitals) or (len(part) >= 5 and part.replace("-", "") in plain) for part in labels)
