"""Adding to a ledger: whatever is given becomes articles, those that are not there yet are read, readings are kept.

Nothing is kept back: each article is in the ledger as soon as it is read, so that a run that was cut off goes on where it is
given again. What is in the ledger already is not read anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reportedly import wire
from reportedly.desk import LINK, Options, file, kind_of, take, take_bytes, take_page
from reportedly.errors import BadInput, BadReading, NotFound, NotText
from reportedly.intake import folder
from reportedly.intake.article import About
from reportedly.intake.fetch import LIMIT, fetch
from reportedly.intake.html import FEED, from_html
from reportedly.intake.text import from_text
from reportedly.ledger.results import Added

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportedly.intake.article import Taken
    from reportedly.intake.feed import Entry, Feed
    from reportedly.ledger.store import Ledger
    from reportedly.reader.pipeline import Reader
    from reportedly.values import Article, Reading

LONGEST_READING = 100_000_000  # bytes of JSON of one reading


class Report(Protocol):
    """Who is told how the adding goes."""

    def added(self, name: str, added: Added, article: Article) -> None:
        """One input is in the ledger."""

    def failed(self, name: str, error: Exception) -> None:
        """One input cannot be."""

    def noted(self, name: str, message: str) -> None:
        """Something that a person ought to know and that stopped nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """One article that an input led to, or a reading of one."""

    name: str
    taken: Taken | None = None
    reading: Reading | None = None


def add(inputs: Iterable[str | Path], ledger: Ledger, reader: Reader, report: Report, options: Options | None = None, *, feed_text: bool = False) -> None:
    """Add files, folders, links, feeds, WARC archives and JSON lines of readings. `feed_text` takes what a feed holds and follows no links.

    One input that cannot be had never stops the others; a ledger that cannot be written does.

    Raises:
        reportedly.errors.LedgerError: the ledger cannot be written.

    """
    options = options or Options(allow_private=False)
    waiting: dict[int, Found] = {}

    def unread() -> Iterator[Article]:
        for found in expand(inputs, options, report, feed_text=feed_text):
            if found.reading is not None:
                _keep(ledger, found.name, found.reading, report)
            elif found.taken is not None:
                article = found.taken.article
                if ledger.knows([article.id]):
                    report.added(found.name, Added("known", article.id), article)
                else:
                    waiting[id(article)] = found
                    yield article

    def failed(article: Article, error: Exception) -> None:
        report.failed(waiting.pop(id(article)).name, error)

    for reading in reader.read_many(unread(), on_error=failed):
        found = waiting.pop(id(reading.article))
        noted = found.taken.warnings if found.taken else ()
        for warning in noted + reading.warnings:
            report.noted(found.name, warning.message)
        _keep(ledger, found.name, replace(reading, warnings=noted + reading.warnings), report)


def expand(inputs: Iterable[str | Path], options: Options, report: Report, *, feed_text: bool = False) -> Iterator[Found]:
    """The articles and readings that inputs lead to, one at a time."""
    for given in inputs:
        for name in _files(given, report):
            found = _one(name, options, report, feed_text=feed_text)
            while True:
                try:
                    one = next(found)
                except StopIteration:
                    break
                except Exception as error:  # noqa: BLE001 - one bad input never stops the others
                    report.failed(name, error)
                    break
                yield one


def _files(given: str | Path, report: Report) -> Iterator[str]:
    path = Path(given)
    try:
        if not LINK.fullmatch(str(given)) and str(given) != "-" and path.is_dir():
            empty = True
            for inside in folder.files(path):
                empty = False
                yield str(inside)
            if empty:
                report.failed(str(given), NotFound(f"{given} holds no file that could be taken in ({', '.join(folder.ENDINGS)})."))
            return
    except Exception as error:  # noqa: BLE001 - the same
        report.failed(str(given), error)
        return
    yield str(given)


def _one(name: str, options: Options, report: Report, *, feed_text: bool) -> Iterator[Found]:
    lower = name.lower()
    if name == "-":
        yield Found("-", take("-", options))
    elif LINK.fullmatch(name):
        page = fetch(name, allow_private=options.allow_private)
        if _is_feed(page.data):
            yield from _feed(page.data, name, page.url, options, report, feed_text=feed_text)
        else:
            yield Found(name, take_page(page, name, options))
    elif lower.endswith(folder.ARCHIVES):
        yield from _archive(Path(name), options, report)
    elif lower.endswith(folder.READINGS):
        yield from _readings(Path(name), report)
    elif lower.endswith(folder.FEEDS):
        yield from _feed(file(Path(name)), name, None, options, report, feed_text=feed_text)
    else:
        data = file(Path(name))
        if _is_feed(data):
            yield from _feed(data, name, None, options, report, feed_text=feed_text)
        else:
            yield Found(name, take_bytes(data, name, options, kind=kind_of(Path(name))))


def _archive(path: Path, options: Options, report: Report) -> Iterator[Found]:
    from reportedly.intake import warc

    without = 0
    for page in warc.pages(path, lambda message: report.noted(str(path), message)):
        try:
            taken = take_page(page, page.url, options)
        except BadInput:  # most of a crawl is no article
            without += 1
        except Exception as error:  # noqa: BLE001 - one page never stops the others
            report.failed(page.url, error)
        else:
            yield Found(page.url, taken)
    if without:
        report.noted(str(path), f"{path}: {without} {'page holds' if without == 1 else 'pages hold'} no article that could be found.")


def _feed(data: bytes, name: str, url: str | None, options: Options, report: Report, *, feed_text: bool) -> Iterator[Found]:
    from reportedly.intake import feed

    found = feed.parse(data, name, url=url)
    if not found.entries:
        report.noted(name, f"{name} is a feed without entries.")
    for entry in found.entries:
        label = entry.url or entry.title or name
        try:
            if entry.url and not feed_text:
                yield Found(label, take_page(fetch(entry.url, allow_private=options.allow_private), entry.url, options))
            else:
                yield Found(label, _entry(entry, found, label, options))
        except Exception as error:  # noqa: BLE001 - one entry never stops the others
            report.failed(label, error)


def _entry(entry: Entry, whole: Feed, label: str, options: Options) -> Taken:
    """The text that a feed itself holds of an entry."""
    if not entry.content:
        raise NotText(f"{label} has no text in the feed: leave --feed-text out, and its page is fetched.")
    about = About(url=entry.url, title=entry.title, byline=entry.byline, outlet=whole.title, published=entry.published, published_from="feed" if entry.published else None)
    known = options.about.over(about)
    if "<" in entry.content:
        return from_html(f"<html><body><article>{entry.content}</article></body></html>", known, name=label)
    return from_text(entry.content, known)


def _readings(path: Path, report: Report) -> Iterator[Found]:
    """Readings, one a line, or as `reportedly read --format json` writes them: one, or a list."""
    if not path.is_file():
        raise NotFound(f"There is no file {path}: check the name.")
    if path.suffix.lower() == ".json":
        data = _json(path)
        for number, one in enumerate(data if isinstance(data, list) else [data], 1):
            yield from _reading(json.dumps(one).encode(), f"{path}:{number}" if isinstance(data, list) else str(path), report)
        return
    with path.open("rb") as lines:
        number = 0
        while line := lines.readline(LONGEST_READING):
            number += 1
            if line.strip():
                yield from _reading(line, f"{path}:{number}", report)
            while len(line) == LONGEST_READING and not line.endswith(b"\n"):
                line = lines.readline(LONGEST_READING)


def _json(path: Path) -> object:
    if path.stat().st_size > LIMIT * 10:
        raise BadReading(f"{path} is too large for one JSON value: write readings one a line, as `--format jsonl` does.")
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise BadReading(f"{path} is not a reading ({error}); `reportedly schema` prints what one looks like.") from error


def _reading(data: bytes, name: str, report: Report) -> Iterator[Found]:
    try:
        reading = wire.loads(data)
    except BadReading as error:
        report.failed(name, error)
    else:
        yield Found(name, reading=reading)


def _is_feed(data: bytes) -> bool:
    head = data[:5000]
    return FEED.match(head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "replace")) is not None


def _keep(ledger: Ledger, name: str, reading: Reading, report: Report) -> None:
    try:
        added = ledger.add(reading)
    except BadReading as error:
        report.failed(name, error)
    else:
        report.added(name, added, reading.article)
