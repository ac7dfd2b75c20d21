"""`reportedly timeline`: statements, or what they tell of, in the order of time."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from reportedly.cli import asking
from reportedly.cli.asking import Figure, Form, Format, Limit, Manner, MinScore, Outlet, Place, Since, Source, Stance, Until, Versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.ledger.results import Event


class Of(StrEnum):
    """Which time orders the line."""

    said = "said"
    happened = "happened"


def timeline(
    words: Annotated[list[str] | None, typer.Argument(metavar="[QUERY]...", help="As in `reportedly search`.", show_default=False)] = None,
    ledger: Place = None,
    of: Annotated[Of, typer.Option("--of", help="said: when statements were made; happened: when what they tell of is said to have happened.")] = Of.said,
    source: Source = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    factuality: asking.Factuality = None,
    manner: Manner = None,
    stance: Stance = None,
    figure: Figure = None,
    min_score: MinScore = None,
    versions: Versions = False,
    limit: Limit = 50,
    form: Format = Form.text,
) -> None:
    """Show who said what when, from the earliest known here on.

    Example: reportedly timeline harbour wall --since 2024
    """
    with asking.opened(ledger) as kept:
        asked = asking.query(
            words, form, min_score=min_score, source=source, outlet=outlet, since=since, until=until, factuality=factuality, manner=manner, stance=stance, figure=figure, versions=versions
        )
        if of is Of.happened:
            events = kept.happened(asked, limit=limit)
            asking.write(events, form, (_row(e) for e in events), _events(events))
            return
        found = kept.timeline(asked, limit=limit)
        lines = [line for n, one in enumerate(found) for line in (*asking.told(one, note="" if n else "earliest known here"), "")]
        asking.write(found, form, (asking.row(s) for s in found), lines or ["Nothing found that has a date."])


def _row(event: Event) -> dict[str, Any]:
    row: dict[str, Any] = msgspec.to_builtins(event)
    statement = row.pop("statement") or {}
    return row | {"source": statement.get("source"), "cue": statement.get("cue"), "content": statement.get("content")}


def _events(events: tuple[Event, ...]) -> Iterator[str]:
    for event in events:
        place = " · ".join(part for part in (event.outlet, event.title) if part)
        yield f"{event.earliest}{f' to {event.latest}' if event.latest not in (None, event.earliest) else ''}  “{asking.one_line(event.words, 80)}”  {place}"
        said = event.statement
        yield f"    {said.source or '(no source)'} | {said.cue or '–'} | {asking.one_line(said.content)}" if said else "    the writer's own words"
        yield ""
    if not events:
        yield "Nothing found."
