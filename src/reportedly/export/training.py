"""Records as training/data.py loads them: one article a line, its text and its attributions as spans."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Reading, Span

CANNOT = "A training record holds spans only: who a source is, chains, certainty, times, figures and scores are not in it. Whatever is not listed in a record counts as no statement, so give only articles that were looked through."


def record(reading: Reading) -> dict[str, Any]:
    """One article."""
    said = [{"source": _pairs(a.source_spans), "cue": _pairs(a.cue_spans), "content": _pairs(a.content_spans)} for a in reading.attributions]
    return {"id": reading.article.id, "text": reading.article.text, "attributions": said}


def write(readings: Sequence[Reading]) -> bytes:
    """One record a line."""
    return b"".join((json.dumps(record(r), ensure_ascii=False) + "\n").encode("utf-8", "replace") for r in readings)


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]
