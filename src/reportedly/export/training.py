"""Records as training/data.py loads them: one article a line, its text, its attributions as spans, and what else a stage learns from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportedly.values import Reading, Span

CANNOT = "Scores, links and warnings are not in a training record. Whatever is not listed in a record counts as not there, so give only articles that were looked through."


def record(reading: Reading, said: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """One article: attributions as spans with their codes, sources, times, figures and the writer's voice.

    `said` is what people said of it, one a change, with the program's own answer; it is kept as it is given.
    """
    plain: dict[str, Any] = msgspec.to_builtins(reading)
    attributions = [
        {
            "id": a.id, "source": _pairs(a.source_spans), "cue": _pairs(a.cue_spans), "content": _pairs(a.content_spans), "by": a.source, "via": list(a.via), "parent": a.parent,
            "manner": a.manner, "factuality": a.factuality, "stance": a.stance,
        }
        for a in reading.attributions
    ]  # fmt: skip
    marks = {key: plain[key] for key in ("sources", "times", "figures", "voice")}
    return {"id": reading.article.id, "text": reading.article.text, "published": reading.article.published, "attributions": attributions, **marks, **({"corrections": list(said)} if said else {})}


def write(readings: Sequence[Reading], said: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> bytes:
    """One record a line; `said` is what people said of articles, by id."""
    records = (record(r, (said or {}).get(r.article.id, ())) for r in readings)
    return b"".join((json.dumps(one, ensure_ascii=False) + "\n").encode("utf-8", "replace") for one in records)


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]
