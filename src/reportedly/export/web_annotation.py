"""W3C Web Annotation (Recommendation of 23 February 2017), as JSON-LD.

One annotation a statement. Its targets are the spans of its source, cue and content, each by position and by its words
with what stands before and after, so that it can be found again where the text moved. What the standard has no word for
is in the body, under the names of the wire contract.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from reportedly.export.names import called, dumped, page, urn
from reportedly.values import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Reading

CANNOT = "Web Annotations hold statements and their spans; the article's text, mentions of sources beyond them, times, figures and the writer's own voice stay behind, and the article's title and dates too."
CONTEXT: list[Any] = ["http://www.w3.org/ns/anno.jsonld", {"rp": "urn:reportedly:terms#", "role": "rp:role", "Statement": "rp:Statement", "statement": {"@id": "rp:statement", "@type": "@json"}, "sources": {"@id": "rp:sources", "@type": "@json"}}]
AROUND = 32  # signs before and after
ROLES = (("source", "source_spans"), ("cue", "cue_spans"), ("content", "content_spans"))


@dataclass(frozen=True, slots=True)
class Found:
    """What annotations gave back: statements at home in a text, and ids of those whose words are not there, or at more than one place."""

    attributions: tuple[Attribution, ...]
    orphaned: tuple[str, ...]


def write(readings: Sequence[Reading]) -> bytes:
    """All statements as one annotation page."""
    items = [item for r in readings for item in _items(r)]
    return dumped({"@context": CONTEXT, "id": "urn:reportedly:page", "type": "AnnotationPage", "items": items})


def read(data: bytes, text: str, article: str) -> Found:
    """The statements of one article (by id) at their places in a text, also in one that changed; nothing is moved to a look-alike."""
    found, orphaned = [], []
    for item in json.loads(data)["items"]:
        if not item["id"].startswith(f"urn:reportedly:{article}:"):
            continue
        body = next(b for b in item["body"] if b["type"] == "Statement")
        spans: dict[str, list[Span]] = {field: [] for _, field in ROLES}
        lost = False
        for target in item["target"]:
            span = _anchored(target["selector"], text)
            if span is None:
                lost = True
            else:
                spans[dict(ROLES)[target["role"]]].append(span)
        if lost:
            orphaned.append(body["statement"]["id"])
        else:
            found.append(msgspec.convert({**body["statement"], **{k: msgspec.to_builtins(v) for k, v in spans.items()}}, Attribution))
    return Found(tuple(found), tuple(orphaned))


def _items(reading: Reading) -> list[dict[str, Any]]:
    sources = {s.id: s for s in reading.sources}
    out = []
    for a in reading.attributions:
        plain = {k: v for k, v in msgspec.to_builtins(a).items() if not k.endswith("_spans")}
        voices = [{"id": s.id, "kind": s.kind, "identity": s.identity, "name": s.name, "description": s.description} for s in (sources[i] for i in dict.fromkeys((a.source, *a.via)) if i in sources)]
        who = called(sources[a.source], reading) if a.source in sources else "no source found"
        targets = [{"type": "SpecificResource", "source": page(reading.article), "role": role, "selector": _selectors(s, reading.article.text)} for role, field in ROLES for s in getattr(a, field)]
        out.append({
            "id": urn(reading.article, a.id), "type": "Annotation", "motivation": "describing",
            "generator": {"id": "urn:reportedly:program", "type": "Software", "name": f"{reading.reader.name} {reading.reader.version}"},
            "body": [{"type": "TextualBody", "value": f"{who}: {reading.quote(a.cue_spans)} ({a.manner})", "format": "text/plain"}, {"type": "Statement", "statement": plain, "sources": voices}],
            "target": targets,
        })  # fmt: skip
    return out


def _selectors(s: Span, text: str) -> list[dict[str, Any]]:
    quote = {"type": "TextQuoteSelector", "exact": text[s.start : s.end], "prefix": text[max(0, s.start - AROUND) : s.start], "suffix": text[s.end : s.end + AROUND]}
    return [{"type": "TextPositionSelector", "start": s.start, "end": s.end}, quote]


def _anchored(selectors: list[dict[str, Any]], text: str) -> Span | None:
    """Where a span is now: at its position if its words are there, else at the one place that has its words and surroundings."""
    by = {s["type"]: s for s in selectors}
    position, quote = by["TextPositionSelector"], by["TextQuoteSelector"]
    if text[position["start"] : position["end"]] == quote["exact"]:
        return Span(position["start"], position["end"])
    whole = quote["prefix"] + quote["exact"] + quote["suffix"]
    for around, before in ((whole, len(quote["prefix"])), (quote["exact"], 0)):
        if around and text.count(around) == 1:
            at = text.index(around) + before
            return Span(at, at + len(quote["exact"]))
        if around and around in text:
            return None
    return None
