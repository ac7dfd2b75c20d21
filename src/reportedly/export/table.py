"""CSV (RFC 4180, UTF-8), one statement a row."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from reportedly.export.names import called

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Reading

CANNOT = "CSV has no place for the article's text, for spans in several pieces other than as words, for links and mentions, and for the writer's own voice; cells that a spreadsheet would run as a formula begin with an apostrophe."
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # OWASP's notes on CSV injection
COLUMNS = (
    "article", "url", "outlet", "title", "published", "statement", "source", "source_kind", "source_identity", "via", "cue", "content", "content_spans", "manner", "factuality", "stance", "score", "parent", "figures", "times",
)  # fmt: skip


def rows(reading: Reading) -> list[dict[str, Any]]:
    """Statements as rows."""
    article, sources = reading.article, {s.id: s for s in reading.sources}
    out = []
    for a in reading.attributions:
        s = sources.get(a.source) if a.source else None
        out.append({
            "article": article.id, "url": article.url, "outlet": article.outlet, "title": article.title, "published": article.published, "statement": a.id,
            "source": called(s, reading) if s else None, "source_kind": s.kind if s else None, "source_identity": s.identity if s else None,
            "via": "; ".join(called(sources[v], reading) for v in a.via), "cue": reading.quote(a.cue_spans), "content": reading.quote(a.content_spans),
            "content_spans": ", ".join(f"{p.start}-{p.end}" for p in a.content_spans), "manner": a.manner, "factuality": a.factuality, "stance": a.stance, "score": a.score, "parent": a.parent,
            "figures": "; ".join(article.text[f.start : f.end] for f in reading.figures if f.attribution == a.id), "times": "; ".join(t.earliest or t.value for t in reading.times if t.attribution == a.id),
        })  # fmt: skip
    return out


def write(readings: Sequence[Reading]) -> bytes:
    """All statements, with a header."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    table.writeheader()
    for reading in readings:
        for row in rows(reading):
            table.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue().encode("utf-8", "replace")


def read(data: bytes) -> list[dict[str, str]]:
    """The rows that `write` wrote, without the apostrophes."""
    return [{k: v[1:] if v[:1] == "'" and v[1:2] in FORMULA else v for k, v in row.items()} for row in csv.DictReader(io.StringIO(data.decode(), newline=""))]


def _cell(value: object) -> str:
    text = "" if value is None else str(value).replace("\0", "\ufffd")
    return f"'{text}" if text.startswith(FORMULA) else text
