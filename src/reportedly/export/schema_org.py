"""schema.org as JSON-LD: a NewsArticle with Quotations for direct words and Claims for what is retold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportedly.export.names import called, dumped, page, urn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Reading, Source

CANNOT = "schema.org has no word for cues, for places in the text, for chains of more than one link (only the nearest is given, as the provider), for how sure a source is, for scores, and for the writer's own voice."
KINDS = {"person": "Person", "organisation": "Organization", "group": "Organization", "outlet": "NewsMediaOrganization", "document": "CreativeWork", "unknown": "Thing"}


@dataclass(frozen=True, slots=True)
class Told:
    """What schema.org holds of a statement: by its name the article that it is part of, whether its words are direct, whom it is from, and through whom."""

    article: str
    direct: bool
    text: str
    source: str | None
    through: str | None


def read(data: bytes) -> dict[str, Told]:
    """Statements by their names in what `write` wrote."""
    out = {}
    for node in json.loads(data)["@graph"]:
        if node["@type"] in ("Quotation", "Claim"):
            who, through = node.get("spokenByCharacter") or node.get("claimInterpreter") or {}, node.get("provider") or {}
            out[node["@id"]] = Told(node["isPartOf"]["@id"], node["@type"] == "Quotation", node["text"], who.get("name", who.get("description")), through.get("name", through.get("description")))
    return out


def write(readings: Sequence[Reading]) -> bytes:
    """All articles with what is said in them."""
    return dumped({"@context": "https://schema.org", "@graph": [node for r in readings for node in _nodes(r)]})


def _nodes(reading: Reading) -> list[dict[str, Any]]:
    article, sources = reading.article, {s.id: s for s in reading.sources}
    parts = []
    for a in reading.attributions:
        who = sources.get(a.source) if a.source else None
        node: dict[str, Any] = {"@type": "Quotation" if a.manner == "direct" else "Claim", "@id": urn(article, a.id), "text": reading.quote(a.content_spans), "isPartOf": {"@id": page(article)}}
        if who is not None:
            node["spokenByCharacter" if a.manner == "direct" else "claimInterpreter"] = _voice(who, reading)
        if a.manner == "direct" and who is not None and who.kind != "document":
            node["author"] = {"@id": urn(article, who.id)}
        if a.via and a.via[0] in sources:
            node["provider"] = _voice(sources[a.via[0]], reading)
        parts.append(node)
    known = {
        "headline": article.title, "url": article.url, "datePublished": article.published, "dateModified": article.modified, "inLanguage": article.language,
        "publisher": {"@type": "NewsMediaOrganization", "name": article.outlet} if article.outlet else None, "author": {"@type": "Person", "name": article.byline} if article.byline else None,
    }  # fmt: skip
    whole = {"@type": "NewsArticle", "@id": page(article), **{k: v for k, v in known.items() if v}, "hasPart": [{"@id": p["@id"]} for p in parts]}
    return [whole, *parts]


def _voice(source: Source, reading: Reading) -> dict[str, Any]:
    """A voice without a name has a description and no name: nothing says who it is."""
    node: dict[str, Any] = {"@type": KINDS[source.kind], "@id": urn(reading.article, source.id)}
    node["name" if source.identity == "named" and source.name else "description"] = called(source, reading)
    return node
