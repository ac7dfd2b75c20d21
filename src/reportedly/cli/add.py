"""`reportedly add`: articles into a ledger."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from reportedly.cli.asking import Place, one_line, opened
from reportedly.cli.progress import CONTROL, Progress
from reportedly.desk import Options
from reportedly.errors import ReportedlyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.ledger.results import Added, Change
    from reportedly.values import Article


class Lines(StrEnum):
    """What is said of each article."""

    text = "text"
    jsonl = "jsonl"


def add(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, links, feeds, WARC archives, JSON lines of readings, or - for standard input.", show_default=False)],
    ledger: Place = None,
    form: Annotated[Lines, typer.Option("--format", "-f", help="text: new articles and versions, and a sum; jsonl: one object an article.")] = Lines.text,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When the article was published; holds for every input.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="The outlet that published it; holds for every input.")] = None,
    feed_text: Annotated[bool, typer.Option("--feed-text", help="Take the text that a feed holds, and follow no links.")] = False,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Let links lead to this machine and its private network.")] = False,
    threads: Annotated[int | None, typer.Option(metavar="N", min=1, help="How many articles are read side by side; by default one a core.", show_default=False)] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no warnings on standard error; errors are still said.")] = False,
) -> None:
    """Read articles and keep the readings in a ledger. What is there already is not read anew.

    Example: reportedly add pages/ https://news.example/feed.xml
    """
    with Progress(None, quiet=quiet, done="done") as progress, opened(ledger, create=True) as kept:
        from reportedly.desk import adding
        from reportedly.reader.pipeline import Reader

        teller = _Teller(progress, form, quiet=quiet)
        options = Options(published, outlet, allow_private=allow_private)
        adding.add(inputs, kept, Reader(threads=threads), teller, options, feed_text=feed_text)
        teller.sum()
    raise typer.Exit(teller.code)


class _Teller:
    """Tells how the adding goes; `code` is the exit code of the first failure."""

    def __init__(self, progress: Progress, form: Lines, *, quiet: bool) -> None:
        self.progress, self.form, self.quiet = progress, form, quiet
        self.counts = dict.fromkeys(("new", "version", "known", "failed", "copy"), 0)
        self.code = 0
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")

    def added(self, name: str, added: Added, article: Article) -> None:
        self.counts[added.outcome] += 1
        self.counts["copy"] += bool(added.copies) and added.outcome != "known"
        self.progress.step(sum(self.counts[k] for k in ("new", "version", "known", "failed")), name)
        if self.form is Lines.jsonl:
            sys.stdout.write(msgspec.json.encode({"input": name, "title": article.title, "url": article.url, **msgspec.to_builtins(added)}).decode() + "\n")
            sys.stdout.flush()
        elif added.outcome != "known":
            for line in _lines(name, added, article):
                sys.stdout.write(CONTROL.sub("\ufffd", line) + "\n")

    def failed(self, name: str, error: Exception) -> None:
        self.counts["failed"] += 1
        if isinstance(error, ReportedlyError):
            self.progress.say(str(error) if name in str(error) else f"{name}: {error}")
        else:
            self.progress.say(f"{name}: unexpected {type(error).__name__}: {error}")
        self.code = self.code or getattr(error, "exit_code", 1)

    def noted(self, name: str, message: str) -> None:
        if not self.quiet:
            self.progress.say(message if name in message else f"{name}: {message}")

    def sum(self) -> None:
        if self.form is Lines.text:
            c = self.counts
            copies = f" ({c['copy']} of them with the very words of another)" if c["copy"] else ""
            sys.stdout.write(f"{c['new']} new, {c['version']} new versions{copies}, {c['known']} already there, {c['failed']} failed\n")
            sys.stdout.flush()


def _lines(name: str, added: Added, article: Article) -> Iterator[str]:
    what = f"version {added.version}" if added.outcome == "version" else "new"
    copy = f"; the very words of {', '.join(added.copies[:3])}" if added.copies else ""
    yield f"{what}: {added.article} {one_line(article.title or name, 100)}{copy}"
    for change in added.changes:
        yield from changed(change)


def changed(change: Change) -> Iterator[str]:
    """A change of a statement as lines for people."""
    before, after = change.before, change.after
    if change.kind == "changed" and before and after:
        yield f"    changed ({', '.join(change.fields)}): {before.source or '(no source)'} {before.cue}: {one_line(before.content, 200)}"
        yield f"         to: {after.source or '(no source)'} {after.cue}: {one_line(after.content, 200)}"
    else:
        one = after or before
        if one:
            yield f"    {change.kind}: {one.source or '(no source)'} {one.cue}: {one_line(one.content, 200)}"
