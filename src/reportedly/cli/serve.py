"""`reportedly serve`: the pages over a ledger."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from reportedly.cli.asking import Place, opened, say

PASSWORD = "REPORTEDLY_PASSWORD"  # noqa: S105 - the name of a variable
SHORTEST = 10


def serve(
    ledger: Place = None,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen; beyond this machine only people with an account may enter.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="The port; 0 takes a free one.")] = 8321,
    name: Annotated[list[str] | None, typer.Option("--name", metavar="HOST", help="A name by which it is called from elsewhere; may be given more than once.", show_default=False)] = None,
    accounts: Annotated[bool, typer.Option("--accounts", help="Ask for an account on this machine too.")] = False,
    https: Annotated[bool, typer.Option("--https", help="A proxy in front speaks HTTPS: cookies go over that alone.")] = False,
    add_user: Annotated[str | None, typer.Option("--add-user", metavar="NAME", help=f"Make an account, or give one a new password, and end. The password is asked for, or taken from {PASSWORD}.", show_default=False)] = None,
    remove_user: Annotated[str | None, typer.Option("--remove-user", metavar="NAME", help="Take an account away, and end.", show_default=False)] = None,
    role: Annotated[str, typer.Option(metavar="WORD", help="reader, editor or admin, with --add-user.")] = "reader",
) -> None:
    """Open a ledger in the browser: read, search, compare and correct. It listens to this machine only, unless told otherwise.

    Example: reportedly serve
    """
    with opened(ledger, create=True) as kept:
        from reportedly.ledger import accounts as people
        from reportedly.ledger import connect

        for part in ("fastapi", "uvicorn", "python_multipart", "pwdlib"):
            connect.part(part, "web")
        from reportedly.web.settings import LOOPBACK, Settings, is_loopback
        from reportedly.web.viewers import hasher

        if add_user is not None:
            hashed = hasher().hash(_password())
            kept.change(lambda c: people.put(c, add_user, role, hashed, "command line"))  # type: ignore[arg-type]
            sys.stdout.write(f"{add_user} is {role}\n")
            return
        if remove_user is not None:
            if not kept.change(lambda c: people.remove(c, remove_user, "command line")):
                say(f"There is no account {remove_user}.")
                raise typer.Exit(3)
            sys.stdout.write(f"{remove_user} is removed\n")
            return
        shared = accounts or not is_loopback(host)
        if shared and not kept.ask(people.count):
            say("Beyond this machine people need accounts, and there is none: make one with `reportedly serve --add-user NAME --role admin`.")
            raise typer.Exit(3)
        names = tuple(name or ()) + (LOOPBACK if is_loopback(host) else () if host in ("0.0.0.0", "::") else (host,))  # noqa: S104 - what is compared with
        import uvicorn

        from reportedly.web.app import create

        app = create(kept, Settings(accounts=shared, hosts=(*names, *LOOPBACK) if names else (), https=https))
        shown = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False, limit_concurrency=1000, timeout_keep_alive=30, h11_max_incomplete_event_size=65536)
        server = uvicorn.Server(config)
        socket = config.bind_socket()
        socket.listen(config.backlog)  # whoever takes the address from what is said here waits, and is not refused
        say(f"http://{shown}:{socket.getsockname()[1]}/ – end with Ctrl+C")
        server.run(sockets=[socket])


def _password() -> str:
    given = os.environ.get(PASSWORD)
    if given is None:
        given = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(given) < SHORTEST:
        say(f"This password is too short: use {SHORTEST} signs or more.")
        raise typer.Exit(3)
    return given
