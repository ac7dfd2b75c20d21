"""`reportedly ledger …`: look after a ledger."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from reportedly.cli import asking
from reportedly.cli.add import changed
from reportedly.cli.asking import Form, Format, Place
from reportedly.cli.progress import Progress
from reportedly.errors import BadInput, LedgerDamaged, ReportedlyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.ledger.results import Added, Revision

app = typer.Typer(name="ledger", help="Look after a ledger: what it holds, whether it fits together, copies of it, what is to go.", no_args_is_help=True)


class Kind(StrEnum):
    """What a whole ledger is written as."""

    jsonl = "jsonl"
    parquet = "parquet"


@app.command()
def info(ledger: Place = None, form: Format = Form.text) -> None:
    """Say what a ledger holds, and where it lies.

    Example: reportedly ledger info
    """
    with asking.opened(ledger) as kept:
        held = kept.info()
        row: dict[str, Any] = {**msgspec.to_builtins(held), "notes": "; ".join(held.notes)}
        asking.write(held, form, [row], (f"{name:>12}  {value:,}" if isinstance(value, int) and not isinstance(value, bool) else f"{name:>12}  {value}" for name, value in row.items() if value not in (None, "")))


@app.command()
def check(
    ledger: Place = None, repair: Annotated[bool, typer.Option("--repair", help="Make everything again that can be made from the readings.")] = False, form: Format = Form.text
) -> None:
    """Check that everything in a ledger fits together; exit code 13 where it does not.

    Example: reportedly ledger check
    """
    with Progress(None, quiet=False, done="found"), asking.opened(ledger) as kept:
        if repair:
            done, lost = kept.repair()
            asking.say(f"{done} articles made anew from their readings.")
            problems = [*lost, *(p for p in kept.check() if p not in lost)]
        else:
            problems = list(kept.check())
        lines = [f"{p.article or 'the ledger'}: {p.what}" for p in problems] or ["Everything fits together."]
        asking.write(problems, form, (msgspec.to_builtins(p) for p in problems), lines)
    raise typer.Exit(LedgerDamaged.exit_code if problems else 0)


@app.command()
def embed(ledger: Place = None, quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False) -> None:
    """Give every statement that has none its place in meaning, for `reportedly search --meaning`. It may be stopped, and goes on where it was.

    Example: reportedly ledger embed
    """
    with Progress(None, quiet=quiet, done="done") as progress, asking.opened(ledger) as kept:
        from reportedly.desk.meaning import embedder

        count = kept.embed(embedder(), done=lambda n: progress.step(n, ""))
        sys.stdout.write(f"{count} {'statement' if count == 1 else 'statements'} given a place in meaning\n")


@app.command()
def versions(article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The address of an article, or its id.")], ledger: Place = None, form: Format = Form.text) -> None:
    """Show the versions of an article, and what changed from one to the next, claim by claim.

    Example: reportedly ledger versions https://news.example/harbour-wall
    """
    with asking.opened(ledger) as kept:
        found = kept.versions(article)
        if not found:
            raise BadInput(_missing(article))
        asking.write(found, form, (row for one in found for row in _rows(one)), (line for one in found for line in _lines(one)))


@app.command()
def remove(articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Ids of articles, or addresses, which stand for all their versions.", show_default=False)], ledger: Place = None) -> None:
    """Take articles out with all that hangs on them. This cannot be undone.

    Example: reportedly ledger remove https://news.example/harbour-wall
    """
    code = 0
    with asking.opened(ledger) as kept:
        for article in articles:
            gone = kept.remove(article)
            for one in gone:
                sys.stdout.write(f"removed: {one}\n")
            if not gone:
                asking.say(_missing(article))
                code = BadInput.exit_code
    raise typer.Exit(code)


@app.command()
def export(
    output: Annotated[str, typer.Argument(metavar="FILE", help="A file for JSON lines (- is standard output), a folder for Parquet.")],
    ledger: Place = None,
    form: Annotated[Kind | None, typer.Option("--format", "-f", help="jsonl, or parquet; by default jsonl, and parquet for a name that ends in .parquet or a folder.", show_default=False)] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Write everything that a ledger keeps, as a backup or for other programs.

    Example: reportedly ledger export backup.jsonl
    """
    kind = form or (Kind.parquet if output.endswith(".parquet") or Path(output).is_dir() else Kind.jsonl)
    with Progress(None, quiet=quiet, done="written") as progress, asking.opened(ledger) as kept:
        try:
            count = kept.export(output, parquet=kind is Kind.parquet, done=lambda n: progress.step(n, ""))
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            progress.say(f"{output} cannot be written ({error.strerror or error}): choose another place.")
            raise typer.Exit(1) from None
        if not quiet:
            progress.say(f"{count} {'article' if count == 1 else 'articles'} written to {output}.")


@app.command("import")
def import_(
    source: Annotated[str, typer.Argument(metavar="FILE", help="What `reportedly ledger export` wrote.")],
    ledger: Place = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
) -> None:
    """Add everything that was exported from a ledger; what is here already stays as it is.

    Example: reportedly ledger import backup.jsonl
    """
    code = done = 0
    with Progress(None, quiet=quiet, done="done") as progress, asking.opened(ledger, create=True) as kept:

        def failed(name: str, error: Exception) -> None:
            nonlocal code
            progress.say(f"{name}: {error}")
            code = code or (error.exit_code if isinstance(error, ReportedlyError) else 1)

        def step(added: Added) -> None:
            nonlocal done
            done += 1
            progress.step(done, added.article)

        new = kept.import_from(source, failed=failed, done=step)
        sys.stdout.write(f"{new} added, {done - new} already there\n")
    raise typer.Exit(code)


def _missing(article: str) -> str:
    return f"There is no article {article} in this ledger: give its address or its id, as `reportedly search` shows it."


def _rows(one: Revision) -> Iterator[dict[str, Any]]:
    about = {"article": one.entry.article, "version": one.entry.version, "added": one.entry.added, "published": one.entry.published}
    for change in one.changes:
        sides: dict[str, Any] = {}
        for side, told in (("before", change.before), ("after", change.after)):
            sides |= {f"{side}_source": told and told.source, f"{side}_cue": told and told.cue, f"{side}_content": told and told.content}
        yield {**about, "change": change.kind, "fields": "; ".join(change.fields), **sides}
    if not one.changes:
        sides = {f"{side}_{field}": None for side in ("before", "after") for field in ("source", "cue", "content")}
        yield {**about, "change": None, "fields": "", **sides}


def _lines(one: Revision) -> Iterator[str]:
    e = one.entry
    yield f"version {e.version}{' (current)' if e.current else ''}: {e.article}, added {e.added}, published {e.published or 'without a date'}  {e.title or ''}"
    for change in one.changes:
        yield from changed(change)
