"""PROV-O (W3C Recommendation of 30 April 2013), as JSON-LD: which voice a statement came from, and through whom.

Each statement is an entity that was derived, link by link, from the account of the next voice in its chain; each account
is attributed to its voice.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reportedly.export.names import called, dumped, page, urn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Reading, Source

CANNOT = "PROV-O holds who passed what on to whom; places in the text, cues, manner, certainty, times, figures and the writer's own voice are not in it, and a statement without a source ends where its chain does."
CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#", "label": "http://www.w3.org/2000/01/rdf-schema#label", "value": "prov:value",
    **{name: {"@id": f"prov:{name}", "@type": "@id"} for name in ("wasDerivedFrom", "wasAttributedTo", "actedOnBehalfOf", "hadPrimarySource", "wasGeneratedBy", "wasAssociatedWith", "used")},
}  # fmt: skip
AGENTS = {"person": "prov:Person", "organisation": "prov:Organization", "group": "prov:Organization", "outlet": "prov:Organization"}


def write(readings: Sequence[Reading]) -> bytes:
    """All statements with their chains."""
    nodes = {node["@id"]: node for r in readings for node in _nodes(r)}
    return dumped({"@context": CONTEXT, "@graph": list(nodes.values())})


def chains(data: bytes) -> dict[str, list[str]]:
    """For each statement the voices from the page to the source, by what they are called: what `write` wrote, read back."""
    nodes = {n["@id"]: n for n in json.loads(data)["@graph"]}
    out = {}
    for name, node in nodes.items():
        if "value" not in node:
            continue
        chain, at = [], node.get("wasDerivedFrom")
        while at is not None:
            account = nodes[at]
            chain.append(nodes[account["wasAttributedTo"]]["label"])
            at = account.get("wasDerivedFrom")
        out[name] = chain
    return out


def _nodes(reading: Reading) -> list[dict[str, Any]]:
    article, sources = reading.article, {s.id: s for s in reading.sources}
    run = urn(article, "reading")
    program = f"urn:reportedly:program:{reading.reader.version}"
    out: list[dict[str, Any]] = [
        {"@id": page(article), "@type": "prov:Entity", "label": article.title or "an article"},
        {"@id": run, "@type": "prov:Activity", "used": page(article), "wasAssociatedWith": program},
        {"@id": program, "@type": "prov:SoftwareAgent", "label": f"{reading.reader.name} {reading.reader.version}"},
    ]
    out += [_agent(s, reading) for s in sources.values()]
    for a in reading.attributions:
        chain = [v for v in (*a.via, a.source) if v in sources]
        node: dict[str, Any] = {"@id": urn(article, a.id), "@type": "prov:Entity", "value": reading.quote(a.content_spans), "hadPrimarySource": page(article), "wasGeneratedBy": run}
        names = [urn(article, f"{a.id}-{n}") for n in range(len(chain))]
        if names:
            node["wasDerivedFrom"] = names[0]
        out.append(node)
        for n, voice in enumerate(chain):
            account = {"@id": names[n], "@type": "prov:Entity", "wasAttributedTo": urn(article, str(voice))}
            out.append(account | ({"wasDerivedFrom": names[n + 1]} if n + 1 < len(names) else {}))
    return out


def _agent(s: Source, reading: Reading) -> dict[str, Any]:
    kind = "prov:Entity" if s.kind == "document" else AGENTS.get(s.kind, "prov:Agent")
    node = {"@id": urn(reading.article, s.id), "@type": [kind, "prov:Agent"] if s.kind == "document" else kind, "label": called(s, reading)}
    return node | ({"actedOnBehalfOf": urn(reading.article, s.speaks_for)} if s.speaks_for else {})
