"""The command line. One module a command; this one puts them together."""

from __future__ import annotations

import os
import signal
import sys

import typer

from reportedly import __version__
from reportedly.cli.add import add
from reportedly.cli.compare import compare
from reportedly.cli.ledger import app as ledger
from reportedly.cli.read import read
from reportedly.cli.schema import schema
from reportedly.cli.search import search
from reportedly.cli.serve import serve
from reportedly.cli.source import source
from reportedly.cli.timeline import timeline

EXIT_CODES = """
Exit codes: 0 all inputs were read; 1 an unexpected failure; 2 wrong usage; 3 an input or option that cannot be used; 4 no such file, or a folder;
5 binary data; 6 nothing but white space; 7 no article on the page, or a consent or pay wall; 8 too large; 9 a link that cannot be fetched;
10 JSON that is not a reading; 11 a ledger that cannot be opened or reached; 12 a locked ledger; 13 a damaged ledger; 14 no room left; 15 an optional part that is not installed;
16 a link to a private network; 17 changed by somebody else meanwhile; 130 interrupted. With several inputs all others are still read, and the code is that of the first that failed.
"""

app = typer.Typer(
    name="reportedly",
    help="Reads news and writes down who said what: source, cue, content, and in whose words.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog=EXIT_CODES)(read)
app.command(epilog=EXIT_CODES)(add)
app.command()(search)
app.command()(source)
app.command()(timeline)
app.command()(serve)
app.add_typer(ledger)
app.command(epilog=EXIT_CODES)(compare)
app.command()(schema)


@app.callback(invoke_without_command=True)
def common(
    *, version: bool = typer.Option(False, "--version", help="Print the version.", is_eager=True)
) -> None:
    """Reads news and writes down who said what: source, cue, content, and in whose words."""
    if version:
        typer.echo(f"reportedly {__version__}")
        raise typer.Exit


def main() -> None:
    """Entry point of the `reportedly` command. REPORTEDLY_TRACEBACK in the environment lets a failure through."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave no half-written file behind
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("REPORTEDLY_TRACEBACK"):
            raise
        sys.stderr.write(f"reportedly: unexpected {type(error).__name__}: {error}; please report it with the output of the same command under REPORTEDLY_TRACEBACK=1.\n")
        sys.exit(1)
