"""Label Studio: tasks with pre-annotations, regions for spans, relations from content to source and cue."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportedly.export.names import dumped
from reportedly.values import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Reading

CANNOT = "Label Studio holds regions, choices on them and relations between them; sources as entities over the article, chains, times, figures and the writer's own voice are not in it."
ROLES = (("Content", "content_spans"), ("Source", "source_spans"), ("Cue", "cue_spans"))
CODES = ("manner", "factuality", "stance")
CONFIG = """<View><Labels name="role" toName="text"><Label value="Source"/><Label value="Cue"/><Label value="Content"/></Labels><Text name="text" value="$text"/>
<Choices name="manner" toName="text" perRegion="true"><Choice value="direct"/><Choice value="indirect"/><Choice value="mixed"/></Choices></View>"""


def write(readings: Sequence[Reading]) -> bytes:
    """One task an article."""
    return dumped([_task(r) for r in readings])


def read(data: bytes) -> dict[str, tuple[str, tuple[Attribution, ...]]]:
    """By article id the text and its statements, as spans and codes."""
    return {task["data"]["article"]: (task["data"]["text"], tuple(_statements(task["predictions"][0]["result"]))) for task in json.loads(data)}


def _task(reading: Reading) -> dict[str, Any]:
    article, text = reading.article, reading.article.text
    result: list[dict[str, Any]] = []
    for a in reading.attributions:
        names = []
        for role, field in ROLES:
            for n, s in enumerate(getattr(a, field)):
                name = f"{a.id}-{role.lower()}-{n}"
                names.append(name)
                result.append({"id": name, "type": "labels", "from_name": "role", "to_name": "text", "score": a.score, "value": {"start": s.start, "end": s.end, "text": text[s.start : s.end], "labels": [role]}})
        if names:
            result += [{"type": "relation", "from_id": names[0], "to_id": other, "direction": "right"} for other in names[1:]]
            for code in CODES:
                if value := getattr(a, code):
                    result.append({"id": names[0], "type": "choices", "from_name": code, "to_name": "text", "value": {"choices": [value]}})
    about = {"text": text, "article": article.id, "title": article.title, "url": article.url, "outlet": article.outlet, "published": article.published}
    return {"data": about, "predictions": [{"model_version": f"{reading.reader.name} {reading.reader.version} {reading.reader.model}", "result": result}]}


def _statements(result: list[dict[str, Any]]) -> list[Attribution]:
    found: dict[str, dict[str, Any]] = {}
    for item in result:
        if item["type"] == "relation":
            continue
        own = found.setdefault(item["id"].rsplit("-", 2)[0], {"content_spans": (), "source_spans": (), "cue_spans": ()})
        if item["type"] == "labels":
            field = dict(ROLES)[item["value"]["labels"][0]]
            own[field] += (Span(item["value"]["start"], item["value"]["end"]),)
            own["score"] = item["score"]
        else:
            own[item["from_name"]] = item["value"]["choices"][0]
    return [Attribution(id=name, source=None, **fields) for name, fields in found.items()]
