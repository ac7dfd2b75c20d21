"""`reportedly search`: statements in a ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from reportedly.cli import asking
from reportedly.cli.asking import Figure, Form, Format, Limit, Manner, MinScore, Outlet, Place, Since, Source, Stance, Until, Versions


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
    form: Format = Form.text,
) -> None:
    """Find statements for which all that is asked holds, the newest first.

    Example: reportedly search harbour wall --source mayor --since 2024-03
    """
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
