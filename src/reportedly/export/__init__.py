"""Readings in the forms of other programs, one module a form. Each says what its form cannot hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reportedly.export import brat, label_studio, prov, schema_org, table, training, web_annotation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from reportedly.values import Reading


@dataclass(frozen=True, slots=True)
class Form:
    """One form: `cannot` says in a sentence what is lost in it."""

    title: str
    ending: str
    media_type: str
    write: Callable[[Sequence[Reading]], bytes]
    cannot: str


FORMATS = {
    "csv": Form("CSV", ".csv", "text/csv; charset=utf-8", table.write, table.CANNOT),
    "annotations": Form("W3C Web Annotation", ".jsonld", "application/ld+json", web_annotation.write, web_annotation.CANNOT),
    "schema-org": Form("schema.org", ".jsonld", "application/ld+json", schema_org.write, schema_org.CANNOT),
    "prov": Form("PROV-O", ".jsonld", "application/ld+json", prov.write, prov.CANNOT),
    "brat": Form("brat standoff", ".zip", "application/zip", brat.write, brat.CANNOT),
    "label-studio": Form("Label Studio", ".json", "application/json", label_studio.write, label_studio.CANNOT),
    "training": Form("training data", ".jsonl", "application/jsonl", training.write, training.CANNOT),
}


def only(reading: Reading, kept: AbstractSet[str]) -> Reading:
    """A reading with some of its statements, and what hangs on them."""
    attributions = tuple(replace(a, parent=a.parent if a.parent in kept else None) for a in reading.attributions if a.id in kept)
    named = {s for a in attributions for s in (a.source, *a.via)}
    named |= {s.speaks_for for s in reading.sources if s.id in named}
    return replace(
        reading,
        attributions=attributions,
        sources=tuple(s for s in reading.sources if s.id in named),
        times=tuple(t for t in reading.times if t.attribution in kept),
        figures=tuple(f for f in reading.figures if f.attribution in kept),
        voice=(),
    )


def rows(reading: Reading) -> list[dict[str, Any]]:
    """The statements of a reading as rows of a table."""
    return table.rows(reading)
