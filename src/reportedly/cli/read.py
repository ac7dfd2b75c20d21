"""`reportedly read`: who says what in some articles."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from reportedly import desk, wire
from reportedly.cli.progress import Progress
from reportedly.errors import ReportedlyError
from reportedly.show import EYES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reportedly.values import Reading


class Format(StrEnum):
    """What a reading is written as."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    html = "html"


ENDINGS = {".txt": Format.text, ".json": Format.json, ".jsonl": Format.jsonl, ".html": Format.html, ".htm": Format.html}


def read(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Text, Markdown or HTML files, http(s) links, or - for standard input.", show_default=False)],
    form: Annotated[Format | None, typer.Option("--format", "-f", help="text in a terminal; elsewhere json for one input, jsonl (one reading a line) for several.", show_default=False)] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When the article was published, like 2024-03-12 or 2024-03-12T08:30+01:00.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="The outlet that published it.")] = None,
    as_is: Annotated[bool, typer.Option("--as-is", help="Take the text exactly as it stands: nothing cleaned, no title. Not for HTML and links.")] = False,
    min_score: Annotated[float, typer.Option(metavar="P", min=0, max=1, help="In text and html, list statements that are at least so probable, and mark others as perhaps somebody's. JSON always carries all.")] = EYES,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write here, once all is done, instead of to standard output.")] = None,
    threads: Annotated[int | None, typer.Option(metavar="N", min=1, help="How many articles are read side by side; by default one a core.", show_default=False)] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no warnings on standard error; errors are still said.")] = False,
) -> None:
    """Read articles and say who says what in them, in whose words.

    Example: reportedly read article.html --format json
    """
    form = form or _default(inputs, output)
    code = 0
    count = 0

    with Progress(len(inputs), quiet=quiet) as progress:

        def failed(name: str, error: Exception) -> None:
            nonlocal code
            if isinstance(error, ReportedlyError):
                progress.say(str(error) if name in str(error) else f"{name}: {error}")
                code = code or error.exit_code
            else:
                progress.say(f"{name}: unexpected {type(error).__name__}: {error}")
                code = code or 1

        def readings() -> Iterator[Reading]:
            nonlocal count
            for name, reading in desk.read_many(inputs, options, reader, failed):
                count += 1
                progress.step(count, name)
                if not quiet:
                    for warning in reading.warnings:
                        progress.say(f"{name}: {warning.message}")
                yield reading

        try:
            options = desk.Options(published, outlet, as_is)
            from reportedly.reader.pipeline import Reader

            reader = Reader(threads=threads)
            with destination(output, lambda: count > 0) as out:
                _write(readings(), form, out, min_score=min_score, several=len(inputs) > 1)
        except ReportedlyError as error:
            failed("--published", error)
        except OSError as error:
            if isinstance(error, BrokenPipeError):  # whoever reads our output has seen enough; nothing is left to flush
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise typer.Exit(code) from None
            progress.say(f"{output or 'Standard output'} cannot be written ({error.strerror or error}): choose another place with -o.")
            code = code or 1
    raise typer.Exit(code)


def _default(inputs: list[str], output: Path | None) -> Format:
    if output is not None and output.suffix in ENDINGS:
        return ENDINGS[output.suffix]
    if output is None and sys.stdout.isatty():
        return Format.text
    return Format.jsonl if len(inputs) > 1 else Format.json


def _write(readings: Iterable[Reading], form: Format, out: IO[str], *, min_score: float, several: bool) -> None:
    if form is Format.jsonl:
        for reading in readings:
            out.write(wire.dumps(reading).decode() + "\n")
            out.flush()
    elif form is Format.json:
        found = list(readings)
        if several and found:
            out.write("[" + ",\n".join(wire.dumps(r, indent=2).decode() for r in found) + "]\n")
        elif found:
            out.write(wire.dumps(found[0], indent=2).decode() + "\n")
    elif form is Format.html:
        from reportedly.show import page

        found = list(readings)
        if found:
            out.write(page.render(found, min_score=min_score))
    else:
        from reportedly.show import terminal

        for reading in readings:
            terminal.write(reading, out, min_score=min_score)


@contextmanager
def destination(path: Path | None, worth: Callable[[], bool]) -> Iterator[IO[str]]:
    """Standard output, or a file that takes its place only when something is worth keeping: a failure never costs the old one."""
    if path is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        return
    path = path.resolve()  # write through a link, not over it
    if path.exists() and not path.is_file():  # a pipe or a device
        with path.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        return
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            yield out
        if worth():
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
