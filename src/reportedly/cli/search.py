"""`reportedly search`: statements in a ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.cli import asking
from reportedly.cli.asking import Figure, Form, Format, Limit, Manner, MinScore, Outlet, Place, Since, Source, Stance, Until, Versions
from reportedly.errors import BadInput


def search(
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help='Words in contents, sources and titles: all of them, "phrases", and begin* of words.', show_default=False)] = None,
    ledger: Place = None,
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
    meaning: Annotated[bool, typer.Option("--meaning", help="Statements nearest in meaning to the words, the nearest first; needs the extra `meaning`, and `reportedly ledger embed` once.")] = False,
    form: Format = Form.text,
) -> None:
    """Find statements for which all that is asked holds, the newest first.

    Example: reportedly search harbour wall --source mayor --since 2024-03
    """
    if meaning:
        others = [source, outlet, since, until, factuality, manner, stance, figure, min_score, versions or None]
        _by_meaning(" ".join(words or ()), ledger, form, limit, alone=all(o is None for o in others))
        return
    with asking.opened(ledger) as kept:
        asked = asking.query(
            words, form, min_score=min_score, source=source, outlet=outlet, since=since, until=until, factuality=factuality, manner=manner, stance=stance, figure=figure, versions=versions
        )
        found = kept.search(asked, limit=limit)
        lines = [line for one in found for line in (*asking.told(one), "")]
        if not found:
            lines.append("Nothing found.")
        elif len(found) == limit:
            lines.append(f"The newest {limit}; --limit shows more.")
        asking.write(found, form, (asking.row(s) for s in found), lines)


def _by_meaning(words: str, ledger: str | None, form: Form, limit: int, *, alone: bool) -> None:
    with asking.opened(ledger) as kept:
        from reportedly.desk.meaning import embedder

        if not words.strip() or not alone:
            message = "--meaning takes words, and of the other options only --ledger, --limit and --format: leave the others out."
            raise BadInput(message)
        weights = embedder()
        found = kept.nearest(words, weights, limit=limit)
        waiting = kept.unembedded(weights.name)
        if waiting:
            asking.say(f"{waiting} {'statement has' if waiting == 1 else 'statements have'} no place in meaning yet and cannot be found: `reportedly ledger embed` gives them one.")
        lines = [line for near in found for line in (*asking.told(near.statement, note=f"{near.likeness:.0%} near"), "")] or ["Nothing found."]
        asking.write(found, form, (asking.row(near.statement, likeness=near.likeness) for near in found), lines)
