"""The use cases that every door shares: take an article in, read it, compare it with others."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.errors import BadInput, NoArticle, NotFound, PrivateLink, ReportedlyError, TooLarge
from reportedly.intake.article import About, Taken, clean
from reportedly.intake.credits import date_of, iso
from reportedly.intake.decode import decode
from reportedly.intake.fetch import LIMIT, fetch
from reportedly.intake.html import FEED, LOOKS_LIKE_HTML, from_html
from reportedly.intake.text import as_is, from_markdown, from_text
from reportedly.values import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportedly.comparing.results import Comparison
    from reportedly.intake.fetch import Page
    from reportedly.reader.pipeline import Reader
    from reportedly.values import Reading

LINK = re.compile(r"https?://\S+", re.IGNORECASE)
HTML_ENDINGS = (".html", ".htm", ".xhtml")
FOLLOWED = 3  # links of a page that are tried for the report it stands on
MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown")


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of an input. `published` is ISO 8601 or a plain calendar date. `allow_private` lets links lead to this machine and its network."""

    published: str | None = None
    outlet: str | None = None
    as_is: bool = False
    allow_private: bool = True
    about: About = field(init=False)

    def __post_init__(self) -> None:
        published = None
        if self.published:
            published = date_of(self.published) or iso(self.published)
            if published is None:
                message = f"{self.published!r} is not a date: write it like 2024-03-12 or 2024-03-12T08:30+01:00."
                raise BadInput(message)
        object.__setattr__(self, "about", About(outlet=self.outlet, published=published, published_from="option" if published else None))


def take(source: str | Path, options: Options | None = None) -> Taken:
    """Take in a file, a link or (`-`) standard input.

    Raises:
        reportedly.errors.ReportedlyError: with one sentence that says what to do.

    """
    options = options or Options()
    name = str(source)
    if name == "-":
        if sys.stdin is None:
            message = "Standard input is closed: give a file, or pipe a text in."
            raise BadInput(message)
        return take_bytes(sys.stdin.buffer.read(LIMIT + 1), "Standard input", options)
    if LINK.fullmatch(name):
        if options.as_is:
            message = f"{name} is a link, and --as-is takes text exactly as it stands: save the text to a file first."
            raise BadInput(message)
        return take_page(fetch(name, allow_private=options.allow_private), name, options)
    path = Path(source)
    return take_bytes(file(path), name, options, kind=kind_of(path))


def take_page(page: Page, name: str, options: Options) -> Taken:
    """Take in a page that was fetched, or that an archive keeps."""
    return take_bytes(page.data, name, options, url=page.url, charset=page.charset, kind="html" if "html" in page.kind or "xml" in page.kind else None)


def kind_of(path: Path) -> str | None:
    """What the ending of a file says it is: html, markdown, or None."""
    ending = path.suffix.lower()
    return "html" if ending in HTML_ENDINGS else "markdown" if ending in MARKDOWN_ENDINGS else None


def take_bytes(data: bytes, name: str, options: Options, *, url: str | None = None, charset: str | None = None, kind: str | None = None) -> Taken:
    """Take in the bytes of a file or page; `kind` is html, markdown or None (look at it)."""
    if len(data) > LIMIT:
        message = f"{name} is larger than {LIMIT // 1_000_000} MB: give a single article."
        raise TooLarge(message)
    html_charset = re.search(rb"<meta[^>]{0,100}charset=[\"']?([\w-]{2,20})", data[:4096], re.IGNORECASE)
    text, warnings = decode(data, name, charset or (html_charset.group(1).decode() if html_charset else None))
    if FEED.match(text[:5000]):
        message = f"{name} is a feed of many articles: give the address of one of them, or keep them all with `reportedly add`."
        raise NoArticle(message)
    is_html = kind == "html" or (kind is None and LOOKS_LIKE_HTML.match(text[:5000]) is not None)
    about = replace(options.about, url=url)
    if options.as_is:
        if is_html:
            message = f"{name} is HTML, and --as-is takes text exactly as it stands: leave --as-is out, or give plain text."
            raise BadInput(message)
        return as_is(text, about, warnings)
    if is_html:
        return from_html(text, about, warnings, name=name)
    return (from_markdown if kind == "markdown" else from_text)(text, about, warnings)


def article(source: str | Path | Article, *, published: str | None = None, outlet: str | None = None, as_is: bool = False) -> Article:
    """Take in a path, a link, the text of an article, or HTML; warnings of the intake are not kept."""
    return _take(source, Options(published, outlet, as_is)).article


def read(
    source: str | Path | Article, *, published: str | None = None, outlet: str | None = None, as_is: bool = False, reader: Reader | None = None
) -> Reading:
    """Read one article and say who says what in it.

    `source` is a path, a link, an `Article`, or the text itself: a string is a path when it has no line
    break and names a file, or looks like one. `as_is` takes a text exactly as it stands.

    Raises:
        reportedly.errors.ReportedlyError: the input cannot be read; the message says what to do.

    """
    taken = _take(source, Options(published, outlet, as_is))
    return (reader or shared_reader()).read(taken.article, warnings=taken.warnings)


def read_many(
    sources: Iterable[str | Path], options: Options, reader: Reader, failed: Callable[[str, Exception], None]
) -> Iterator[tuple[str, Reading]]:
    """Read many inputs in their order, each with its name; `failed` is told of those that cannot be read."""
    known: dict[int, tuple[str, Taken]] = {}

    def articles() -> Iterator[Article]:
        for source in sources:
            try:
                taken = take(source, options)
            except Exception as error:  # noqa: BLE001 - one bad input never stops a batch
                failed(str(source), error)
            else:
                known[id(taken.article)] = (str(source), taken)
                yield taken.article

    for reading in reader.read_many(articles(), on_error=lambda article, error: failed(known.pop(id(article))[0], error)):
        name, taken = known.pop(id(reading.article))
        yield name, replace(reading, warnings=taken.warnings + reading.warnings)


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison with the readings it is of, in their order, and what there is to say of how it came about."""

    comparison: Comparison
    readings: tuple[Reading, ...]
    notes: tuple[str, ...] = ()


def compare(
    *sources: str | Path | Article | Reading, follow: bool = False, published: str | None = None, outlet: str | None = None, as_is: bool = False, min_score: float = 0.0, reader: Reader | None = None
) -> Comparison:
    """Compare the first of some articles with each of the others, and group the statements of all.

    Each is what `read` takes, or a reading. With `follow`, the report that an article points at is fetched and becomes the first.

    Raises:
        reportedly.errors.ReportedlyError: an input cannot be read, or there is nothing to compare it with; the message says what to do.

    """
    return compared(sources, Options(published, outlet, as_is), reader or shared_reader(), follow=follow, min_score=min_score).comparison


def compared(sources: Iterable[str | Path | Article | Reading], options: Options, reader: Reader, *, follow: bool = False, min_score: float = 0.0) -> Compared:
    """As `compare`, with the readings and with notes, such as why a report could not be fetched.

    Raises:
        reportedly.errors.ReportedlyError: as `compare`.

    """
    from reportedly.comparing import compare as side_by_side
    from reportedly.desk import claims
    from reportedly.values import Reading

    readings = []
    for source in sources:
        if isinstance(source, Reading):
            readings.append(source)
        else:
            taken = _take(source, options)
            readings.append(reader.read(taken.article, warnings=taken.warnings))
    notes: list[str] = []
    if follow:
        behind = [found for reading in readings for found in [follow_up(reading, reader, notes)] if found]
        known = {r.article.id for r in readings}
        readings = [*{r.article.id: r for r in behind if r.article.id not in known}.values(), *readings]
    if len(readings) < 2:
        message = " ".join(["There is only one article to compare: name another, or let --follow fetch the report it stands on.", *notes]) if not follow else " ".join(notes)
        raise BadInput(message)
    return Compared(side_by_side(readings, min_score=min_score, embedder=claims.encoder()), tuple(readings), tuple(notes))


def follow_up(reading: Reading, reader: Reader, notes: list[str]) -> Reading | None:
    """The report that an article points at, read; null where there is none to be had, with one sentence in `notes` that says why."""
    from reportedly.comparing import match, reports_behind
    from reportedly.comparing.matching import SIDE_BY_SIDE
    from reportedly.desk import claims

    name = reading.article.outlet or reading.article.title or "The article"
    links = reports_behind(reading.article)
    if not links:
        notes.append(f"{name} has no link to a report that it stands on: give that report as another input.")
        return None
    why = ""
    for behind in links[:FOLLOWED]:
        try:
            taken = take(behind.url, Options(allow_private=_same_host(behind.url, reading.article.url)))
        except PrivateLink:
            why = f"{behind.url} is an address of a private network, and a page may not send the program there: give it as another input if it is meant."
            continue
        except ReportedlyError as error:
            why = str(error)
            continue
        found = reader.read(taken.article, warnings=taken.warnings)
        if match([found, reading], prior=SIDE_BY_SIDE, embedder=claims.encoder()):
            return found
        why = f"{behind.url} has no statement in common with it."
    notes.append(f"The report behind {name} cannot be had: {why}")
    return None


def _same_host(url: str, page: str | None) -> bool:
    """Whether a link stays on the host that the user named himself, wherever that is."""
    from urllib.parse import urlsplit

    return bool(page and urlsplit(page).netloc and urlsplit(page).netloc == urlsplit(url).netloc)


@cache
def shared_reader() -> Reader:
    """The reader behind `read`: made once."""
    from reportedly.reader.pipeline import Reader

    return Reader()


def _take(source: str | Path | Article, options: Options) -> Taken:
    if isinstance(source, Article):
        return Taken(source)
    if isinstance(source, Path) or LINK.fullmatch(source) or names_file(source):
        return take(source, options)
    if options.as_is:
        return as_is(source, options.about)
    return take_bytes(clean(source).encode(), "The text", options)


def names_file(text: str) -> bool:
    """Whether a text is, or looks like, the name of a file."""
    if "\n" in text or "\0" in text or len(text) > 1000:
        return False
    try:
        if Path(text).exists():
            return bool(text)
    except (OSError, ValueError):
        return False
    return bool(re.fullmatch(r".+\.(?:txt|md|markdown|mdown|html?|xhtml)|\S+\.\w{1,5}|\S*/\S*", text, re.IGNORECASE))


def file(path: Path) -> bytes:
    """The bytes of a file of one article."""
    try:
        if path.is_dir():
            message = f"{path} is a folder: name the files in it, for example {path / '*.txt'}."
            raise NotFound(message)
        if path.stat().st_size > LIMIT:
            message = f"{path} is larger than {LIMIT // 1_000_000} MB: give a single article."
            raise TooLarge(message)
        return path.read_bytes()
    except FileNotFoundError:
        message = f"There is no file {path}: check the name."
        raise NotFound(message) from None
    except (OSError, ValueError) as error:
        message = f"{path} cannot be read ({getattr(error, 'strerror', None) or error}): check its name and its permissions."
        raise NotFound(message) from None
