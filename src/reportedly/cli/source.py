"""`reportedly source`: what one source said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from reportedly.cli import asking
from reportedly.cli.asking import Form, Format, Limit, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.ledger.results import Voice, Voices


def source(
    name: Annotated[list[str], typer.Argument(metavar="NAME...", help="Words of a name; or of a description, where no source has such a name.", show_default=False)],
    ledger: Place = None,
    article: Annotated[str | None, typer.Option(metavar="ID", help="The voices without a name in this one article.")] = None,
    limit: Limit = 50,
    form: Format = Form.text,
) -> None:
    """Show what a source said, in all articles that give its name. A voice without a name stays within one article.

    Example: reportedly source Moreno
    """
    with asking.opened(ledger) as kept:
        found = kept.voices(" ".join(name), article=article, limit=limit)
        rows = [asking.row(s, voice=v.name) for v in found.voices for s in v.said] or [msgspec.to_builtins(a) for a in found.accounts]
        asking.write(found, form, rows, _lines(found))


def _lines(found: Voices) -> Iterator[str]:
    for voice in found.voices:
        yield _head(voice)
        yield ""
        for statement in voice.said:
            yield from asking.told(statement)
            yield ""
        if len(voice.said) < voice.statements:
            yield f"The newest {len(voice.said)} of {voice.statements}; --limit shows more."
    if found.accounts:
        yield "No source of that name is known. These articles each have a voice so described; nothing says that they are one. Choose one with --article:"
        for a in found.accounts:
            yield f"    {a.article}  {a.description} ({a.identity or 'not determined'})  {' · '.join(p for p in (a.outlet, a.title, a.published) if p)}"
    elif not found.voices:
        yield "Nothing found."


def _head(voice: Voice) -> str:
    parts = [f"{voice.statements} {'statement' if voice.statements == 1 else 'statements'} in {voice.articles} {'article' if voice.articles == 1 else 'articles'}"]
    if voice.outlets:
        parts.append(f"of {', '.join(voice.outlets)}")
    if voice.earliest and voice.latest:
        parts.append(f"from {asking.day(voice.earliest)} to {asking.day(voice.latest)}")
    if voice.passed_on:
        parts.append(f"passed on what others said {voice.passed_on} {'time' if voice.passed_on == 1 else 'times'}")
    within = "" if voice.identity == "named" else f" ({voice.identity or 'identity not determined'}, in article {voice.article} alone)"
    return f"{voice.name}{within}: {', '.join(parts)}"
