"""`reportedly compare`: what became of an article's statements in others, and how many origins they have."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path  # noqa: TC003 - typer looks at it when the program runs
from typing import IO, Annotated

import typer

from reportedly import desk
from reportedly.cli.asking import Place  # noqa: TC001 - typer looks at it when the program runs
from reportedly.cli.progress import Progress
from reportedly.cli.read import destination
from reportedly.desk.carried import LIMIT
from reportedly.errors import BadInput, LedgerError, ReportedlyError


class Format(StrEnum):
    """What a comparison is written as."""

    text = "text"
    json = "json"
    csv = "csv"


ENDINGS = {".txt": Format.text, ".json": Format.json, ".csv": Format.csv}
LIKELY = 0.5  # statements that are less likely than not to be any take no part by default


def compare(
    inputs: Annotated[list[str], typer.Argument(metavar="A [B]...", help="Articles: text, Markdown or HTML files, http(s) links; the first is what the others are compared with. Or one thing, which is looked for in a ledger: an article, its id or address there, ID/a3 for a statement, or words in quotation marks.", show_default=False)],
    ledger: Place = None,
    form: Annotated[Format | None, typer.Option("--format", "-f", help="text in a terminal, json elsewhere; csv has one statement a line.", show_default=False)] = None,
    follow: Annotated[bool, typer.Option("--follow", help="Fetch the report that an article points at (“Read more”, “CNN reported”) and compare with it.")] = False,
    min_score: Annotated[float, typer.Option(metavar="P", min=0, max=1, help="Leave out statements that are less probable.")] = LIKELY,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=100, help="With one thing alone: how many articles of the ledger are compared with it, those that share most.")] = LIMIT,
    meaning: Annotated[bool, typer.Option("--meaning", help="With one thing alone: match by meaning, too; takes some seconds.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here instead of to standard output.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no notes on standard error; errors are still said.")] = False,
) -> None:
    """Compare articles: which statements were carried over, reworded, dropped or added, and from how many origins.

    With one thing alone: who else in a ledger carries it.

    Example: reportedly compare original.html rewrite.html
    """
    code = 0
    with Progress(len(inputs) + follow, quiet=quiet) as progress:
        try:
            from reportedly.reader.pipeline import Reader

            if len(inputs) == 1 and not follow:
                found = _carried(inputs[0], ledger, min_score, limit, by_meaning=meaning)
            else:
                found = desk.compared(inputs, desk.Options(), Reader(threads=1), follow=follow, min_score=min_score)
            if not quiet:
                for note in found.notes:
                    progress.say(note)
            form = form or (ENDINGS.get(output.suffix, Format.json) if output else Format.text if sys.stdout.isatty() else Format.json)
            with destination(output, lambda: True) as out:
                _write(found, form, out)
        except ReportedlyError as error:
            progress.say(str(error))
            code = error.exit_code
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except OSError as error:
            progress.say(f"{output or 'Standard output'} cannot be written ({error.strerror or error}): choose another place with -o.")
            code = 1
    raise typer.Exit(code)


def _carried(what: str, place: str | None, min_score: float, limit: int, *, by_meaning: bool) -> desk.Compared:
    from reportedly import Ledger
    from reportedly.desk.carried import carried
    from reportedly.reader.pipeline import Reader

    try:
        ledger = Ledger.open(place, create=False)
    except LedgerError as error:
        if place is not None or type(error) is not LedgerError:
            raise
        message = "There is only one article to compare: name another, let --follow fetch the report it stands on, or keep others in a ledger with `reportedly add`."
        raise BadInput(message) from error
    with ledger:
        return carried(what, ledger, lambda: Reader(threads=1), min_score=min_score, limit=limit, by_meaning=by_meaning)


def _write(found: desk.Compared, form: Format, out: IO[str]) -> None:
    from reportedly.show import compare_view, comparison

    view = compare_view.view(found.comparison, found.readings, found.notes)
    if form is Format.json:
        out.write(compare_view.as_json(view) + "\n")
    elif form is Format.csv:
        compare_view.write_csv(view, out)
    else:
        comparison.write(view, out)
