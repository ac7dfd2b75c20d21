"""Readings as one self-contained HTML file: no script, no font, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reportedly.show.view import view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from reportedly.values import Reading


def render(readings: Sequence[Reading], *, min_score: float) -> str:
    """One page for one or several readings. All text of articles is escaped."""
    template, style = _template()
    info = readings[0].reader
    return template.render(views=[view(r, min_score) for r in readings], style=style, min_score=min_score, reader=info)


@cache
def _template() -> tuple[Template, str]:
    from jinja2 import Environment, StrictUndefined

    folder = files("reportedly.show") / "templates"
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string((folder / "page.html").read_text("utf-8")), (folder / "page.css").read_text("utf-8")
