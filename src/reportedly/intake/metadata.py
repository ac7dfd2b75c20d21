"""What a page says about itself: JSON-LD first, then meta elements, then what stands on the page.

Vocabularies: schema.org NewsArticle, Open Graph, Dublin Core, HTML's own `time` and `link rel=canonical`.
"""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from reportedly.intake.article import About
from reportedly.intake.credits import agencies, byline_of, iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

ARTICLE_TYPES = re.compile(r"(?:News|Reportage|Opinion|Analysis|Background|Review|Blog|LiveBlog|Scholarly|Satirical|Social|Tech|Advertiser)?\w*(?:Article|Posting|Report)$", re.IGNORECASE)
PUBLISHED = ("article:published_time", "og:published_time", "datepublished", "article.published", "publication_date", "pubdate", "publish-date", "publishdate", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "cxenseparse:recs:publishtime", "date", "article:published", "originalpublicationdate", "published_at")  # fmt: skip
MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "article.updated", "lastmod", "last-modified", "dcterms.modified", "dc.date.modified", "article:modified")  # fmt: skip
AUTHORS = ("author", "article:author", "article.author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "citation_author", "article:author_name", "og:article:author", "twitter:data1")  # fmt: skip


def find(tree: HtmlElement, url: str | None) -> About:
    """What is known of the article of a page that was fetched from `url`, or saved (None)."""
    metas = _metas(tree)
    data = _article_data(tree)
    published, published_from = _date(tree, data, metas, "datePublished", PUBLISHED)
    modified, modified_from = _date(tree, data, metas, "dateModified", MODIFIED)
    outlet = _name(data.get("publisher")) or metas.get("og:site_name") or metas.get("application-name") or metas.get("cre")
    where = _canonical(tree, metas, url)
    if not published:
        published, published_from = _guessed_date(tree, where)
    byline = _byline(tree, data, metas)
    agency = next((agencies()[part] for part in re.split(r"\s*(?:,|;|\band\b|/)\s*", byline or "") if part in agencies()), None)
    return About(
        url=where,
        title=_title(tree, data, metas, outlet),
        byline=byline,
        outlet=_clean(outlet) or _host(where),
        agency=agency,
        published=published,
        published_from=published_from if published else None,
        modified=modified,
        modified_from=modified_from if modified else None,
        language=_language(tree, data, metas),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Meta elements by lower-case name; of several with one name the first that says anything."""
    out: dict[str, str] = {}
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        content = (node.get("content") or "").strip()
        if name and content:
            out.setdefault(name, content)
    return out


def _article_data(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object of the page's article, or an empty one. Broken JSON-LD is passed over."""
    best: dict[str, Any] = {}
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or "").lower():
            continue
        try:
            data = json.loads(node.text_content().strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            fits = any(isinstance(k, str) and ARTICLE_TYPES.match(k) for k in kinds)
            if fits and (len(item) > len(best) or not best):
                best = item
    return best


def _objects(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    if depth > 6:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _objects(data.get(key), depth + 1)
    elif isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)


def _name(value: Any) -> str | None:  # noqa: ANN401 - JSON
    """The name in a schema.org Person or Organization, a string, or a list of them."""
    if isinstance(value, dict):
        value = value.get("name")
        return _name(value) if not isinstance(value, str) else _clean(value)
    if isinstance(value, list):
        names = list(dict.fromkeys(n for n in map(_name, value) if n))
        return ", ".join(names) or None
    return _clean(value) if isinstance(value, str) else None


def _clean(value: str | None) -> str | None:
    if not value:
        return None
    value = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]{1,80}>", "", value))).strip()
    return value or None


def _date(tree: HtmlElement, data: dict[str, Any], metas: dict[str, str], key: str, names: tuple[str, ...]) -> tuple[str | None, str | None]:
    value = data.get(key)
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, str) and (found := iso(value)):
        return found, f"JSON-LD {key}"
    for name in names:
        if name in metas and (found := iso(metas[name])):
            return found, f"meta {name}"
    for node in tree.iter("time", "span", "div", "p"):
        if (node.get("itemprop") or "").lower() == key.lower() and (found := iso(node.get("datetime") or node.get("content") or "")):
            return found, f"itemprop {key}"
    return None, None


def _guessed_date(tree: HtmlElement, url: str | None) -> tuple[str | None, str | None]:
    """The first `time` element, the address, then htmldate: the day, without a time of day."""
    for node in tree.iter("time"):
        if node.get("datetime") and (found := iso(node.get("datetime"))):
            return found, "time element"
    in_url = re.search(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])", url or "")
    if in_url and (found := iso("{}-{:0>2}-{:0>2}".format(*in_url.groups()))):
        return found, "address"
    from htmldate import find_date

    try:
        found = find_date(tree, url=url, original_date=True, extensive_search=False)
    except Exception:  # noqa: BLE001 - a date is not worth a page
        return None, None
    return (found, "page text") if found else (None, None)


def _title(tree: HtmlElement, data: dict[str, Any], metas: dict[str, str], outlet: str | None) -> str | None:
    """The headline as the page shows it: the first-level heading that agrees with what the metadata say."""
    said = [_clean(v) for v in (data.get("headline"), metas.get("og:title"), metas.get("twitter:title"), tree.findtext(".//title")) if isinstance(v, str)]
    titles = [_without_outlet(v, outlet) for v in said if v]
    shown = [t for node in tree.iter("h1") if (t := _clean(node.text_content())) and 3 < len(t) < 300]
    for heading in shown:
        words = set(re.findall(r"\w+", str(heading).lower()))
        if any(len(words & set(re.findall(r"\w+", t.lower()))) >= 0.6 * len(words) for t in titles):
            return heading
    if titles:
        return titles[0]
    return shown[0] if shown else None


def _without_outlet(title: str, outlet: str | None) -> str:
    """A window title ends with the outlet's name: "Headline | The Times"."""
    parts = re.split(r"\s+[|–—·»-]\s+", title)
    if len(parts) > 1:
        tail = re.sub(r"\W", "", parts[-1]).lower()
        site = re.sub(r"\W", "", outlet or "").lower()
        if (site and (tail in site or site in tail)) or "|" in title[len(" ".join(parts[:-1])) - 3 :]:
            return title[: title.rfind(parts[-1])].rstrip(" |–—·»-")
    return title


def _byline(tree: HtmlElement, data: dict[str, Any], metas: dict[str, str]) -> str | None:
    candidates = [_name(data.get("author")), _name(data.get("creator"))]
    candidates += [_clean(metas.get(name)) for name in AUTHORS]
    for path in ('//*[@itemprop="author"]', '//a[@rel="author"]', '//*[contains(concat(" ", @class, " "), " byline ")]', '//*[contains(@class, "author-name") or contains(@class, "byline-name")]'):
        nodes = tree.xpath(path)
        candidates += [_clean(n.get("content") or n.text_content()) for n in nodes[:1]]
    names = [name for candidate in candidates if candidate and (name := _person(candidate))]
    outlets = _plain_outlets(data, metas)
    people = [name for name in names if re.sub(r"\W", "", name).lower() not in outlets]
    if people:
        return people[0]
    from trafilatura.metadata import extract_metadata

    try:
        guess = extract_metadata(tree, extensive=False).author
    except Exception:  # noqa: BLE001 - a byline is not worth a page
        guess = None
    guess = _person(guess.replace(";", ",")) if guess else None
    return guess or (names[0] if names else None)


def _plain_outlets(data: dict[str, Any], metas: dict[str, str]) -> set[str]:
    """Names of the outlet itself: many pages give it as the author and keep the person's name elsewhere."""
    said = (_name(data.get("publisher")), metas.get("og:site_name"), metas.get("application-name"))
    return {re.sub(r"\W", "", name).lower() for name in said if name}


def _person(value: str) -> str | None:
    value = byline_of(value) or re.sub(r"^(?:by|written by|author):?\s+", "", value, flags=re.IGNORECASE)
    value = re.sub(r"\s*[|•·].*$|\s+(?:published|updated)\b.*$", "", value, flags=re.IGNORECASE).strip(" ,;-")
    if not value or len(value) > 160 or re.search(r"https?:|www\.|@|\d", value) or value.lower() in ("admin", "editor", "staff", "unknown", "none", "null"):
        return None
    return value


def _canonical(tree: HtmlElement, metas: dict[str, str], url: str | None) -> str | None:
    for node in tree.iter("link"):
        if "canonical" in str(node.get("rel") or "").lower().split() and node.get("href"):
            found = joined(url, str(node.get("href")))
            if found and urlsplit(found).path not in ("", "/"):
                return found
    shared = joined(url, metas.get("og:url", ""))
    return shared if shared and urlsplit(shared).path not in ("", "/") else url


def joined(base: str | None, target: str) -> str | None:
    """An address of the web as a whole one; None for any other scheme, or for what is no address."""
    try:
        found = urljoin(base or "", target.strip())
        return found if urlsplit(found).scheme in ("http", "https") and urlsplit(found).hostname else None
    except ValueError:
        return None


def _host(url: str | None) -> str | None:
    host = urlsplit(url).hostname if url else None
    return re.sub(r"^(?:www|m|edition|amp)\.", "", host) if host else None


def _language(tree: HtmlElement, data: dict[str, Any], metas: dict[str, str]) -> str | None:
    root = tree.getroottree().getroot()
    said = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or data.get("inLanguage") or metas.get("og:locale") or metas.get("language")
    said = said.get("alternateName") if isinstance(said, dict) else said
    found = re.match(r"[A-Za-z]{2}(?![A-Za-z])", said) if isinstance(said, str) else None
    return found.group().lower() if found else None
