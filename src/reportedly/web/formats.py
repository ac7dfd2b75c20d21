"""The forms in which a page's statements can be taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeGuard, get_args

from fastapi import Response
from fastapi.responses import HTMLResponse

from reportedly import export
from reportedly.web.answers import environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from reportedly.values import Reading

Format = Literal["html", "json", "csv", "annotations", "schema-org", "prov", "brat", "label-studio", "training", "print"]


def is_file(form: Format | None) -> TypeGuard[Format]:
    """Whether a form is neither a page nor its JSON."""
    return form is not None and form not in ("html", "json")


def exported(form: Format, readings: Sequence[Reading], *, keep: Mapping[str, AbstractSet[str]] | None = None) -> Response:
    """Readings, or some of their statements, as a file."""
    chosen = [export.only(r, keep.get(r.article.id, frozenset())) for r in readings] if keep is not None else list(readings)
    if form == "print":
        return HTMLResponse(environment().get_template("print.html").render(readings=[export.rows(r) for r in chosen], entries=[r.article for r in chosen]))
    kind = export.FORMATS[form]
    name = readings[0].article.id[:12] if len(readings) == 1 else "statements"
    headers = {"Content-Disposition": f'attachment; filename="reportedly-{name}{kind.ending}"'}
    return Response(kind.write(chosen), media_type=kind.media_type, headers=headers)


assert set(get_args(Format)) == {"html", "json", "print", *export.FORMATS}, "every form can be asked for"
