"""What the commands that ask a ledger share: its place, the forms of an answer, and how statements look in a terminal."""

from __future__ import annotations

import csv
import json
import os
import sys
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from reportedly.cli.progress import CONTROL, Progress
from reportedly.errors import ReportedlyError
from reportedly.show import EYES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reportedly.ledger.results import Query, Statement
    from reportedly.ledger.store import Ledger


class Form(StrEnum):
    """What an answer is written as."""

    text = "text"
    json = "json"
    csv = "csv"


Place = Annotated[
    str | None, typer.Option("--ledger", metavar="PLACE", envvar="REPORTEDLY_LEDGER", help="The ledger: a file, or postgresql://user@host/name; by default a file in your data folder.", show_default=False)
]
Format = Annotated[Form, typer.Option("--format", "-f", help="text for people, json, or csv.")]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, max=10_000, help="At most so many.")]
Source = Annotated[str | None, typer.Option(metavar="WORDS", help="Words in the name or description of the source.")]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="The outlet that published the article.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="Made on this date or later: 2024, 2024-03, 2024-03-12 or 2024-03-12T08:30+01:00.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Made on this date or earlier.")]
Factuality = Annotated[str | None, typer.Option(metavar="CODE", help="How sure the source is: CT+ PR+ PS+ CT- PR- PS- CTu Uu.")]
Manner = Annotated[str | None, typer.Option(metavar="WORD", help="direct, indirect or mixed.")]
Stance = Annotated[str | None, typer.Option(metavar="WORD", help="neutral, endorses, distances or disputes.")]
Figure = Annotated[str | None, typer.Option(metavar="FIGURE", help="A figure in the statement: 9, '>=50 %', 10..20, '~100 people'.")]
MinScore = Annotated[float | None, typer.Option("--min-score", metavar="P", min=0, max=1, help=f"Statements that are at least so probable; {EYES:g} in text, 0 elsewhere.", show_default=False)]
Versions = Annotated[bool, typer.Option("--versions", help="Ask in older versions of articles too.")]


@contextmanager
def opened(place: str | None, *, create: bool = False) -> Iterator[Ledger]:
    """The ledger, for as long as a command runs; whatever goes wrong on purpose is said in one sentence, with its exit code."""
    from reportedly import Ledger

    try:
        with Ledger.open(place, create=create) as ledger:
            yield ledger
    except ReportedlyError as error:
        say(str(error))
        raise typer.Exit(error.exit_code) from None
    except BrokenPipeError:  # whoever reads our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


def say(message: str) -> None:
    """One line on standard error."""
    Progress(None, quiet=False).say(message)


def query(words: Sequence[str] | None, form: Form, *, min_score: float | None, **asked: Any) -> Query:  # noqa: ANN401 - the fields of Query
    """What the options ask for."""
    from reportedly.ledger.results import Query

    threshold = (EYES if form is Form.text else 0.0) if min_score is None else min_score
    return Query(words=" ".join(words or ()), min_score=threshold, **asked)


def write(answer: Any, form: Form, rows: Iterable[dict[str, Any]], lines: Iterable[str]) -> None:  # noqa: ANN401 - any of the ledger's results
    """Write an answer: as JSON, as rows of CSV, or as lines for people."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    if form is Form.json:
        sys.stdout.write(json.dumps(msgspec.to_builtins(answer), ensure_ascii=False, indent=2) + "\n")
    elif form is Form.csv:
        table = csv.writer(sys.stdout, lineterminator="\r\n")  # RFC 4180
        head: list[str] | None = None
        for row in rows:
            if head is None:
                head = list(row)
                table.writerow(head)
            table.writerow(["" if value is None else value for value in row.values()])
    else:
        for line in lines:
            sys.stdout.write(CONTROL.sub("\ufffd", line) + "\n")
    sys.stdout.flush()


def row(statement: Statement, **first: object) -> dict[str, Any]:
    """A statement as one row of a table."""
    return {**first, **msgspec.to_builtins(statement), "via": "; ".join(statement.via), "figures": "; ".join(f.words for f in statement.figures)}


def told(statement: Statement, *, note: str = "") -> Iterator[str]:
    """A statement as lines for people: when, where, who, what."""
    place = " · ".join(part for part in (statement.outlet, statement.title) if part)
    yield f"{day(statement.said)}  {place}{f'  ({note})' if note else ''}"
    chain = f"  [through {', then '.join(statement.via)}]" if statement.via else ""
    how = ", ".join(part for part in (statement.manner, statement.factuality, statement.stance if statement.stance != "neutral" else None, f"{statement.score:.0%}") if part)
    yield f"    {statement.source or '(no source)'} | {statement.cue or '–'} | {one_line(statement.content)}{chain}"
    yield f"    {how}; {'dated by the text' if statement.said_by == 'text' else 'date of the article' if statement.said_by else 'no date'}; {statement.article} {statement.attribution}"


def day(moment: str | None) -> str:
    """The date of a moment."""
    return moment[:10] if moment else "no date   "


def one_line(text: str, limit: int = 400) -> str:
    """A text on one line, its middle left out where it is long."""
    words = " ".join(text.split())
    return words if len(words) <= limit else f"{words[: limit * 2 // 3]} … {words[-limit // 3 :]}"
