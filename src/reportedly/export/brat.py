"""brat's standoff form: for each article a .txt and a .ann, in one zip file."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from reportedly.values import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Reading

CANNOT = "brat holds spans, links between them and attributes; sources as entities over the article, chains, times, figures, the article's title, address and dates, and the writer's own voice are not in it."
CONFIG = """[entities]
Source
Cue
Content

[relations]

[events]
Statement:Content, Said-by*:Source, Cue*:Cue

[attributes]
Manner Arg:Statement, Value:direct|indirect|mixed
Factuality Arg:Statement, Value:CT+|PR+|PS+|CT-|PR-|PS-|CTu|Uu
Stance Arg:Statement, Value:neutral|endorses|distances|disputes
"""
STAMP = (1980, 1, 1, 0, 0, 0)  # the same readings give the same bytes


def write(readings: Sequence[Reading]) -> bytes:
    """A zip file with two files an article, and brat's configuration."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("annotation.conf", STAMP), CONFIG)
        for r in readings:
            archive.writestr(zipfile.ZipInfo(f"{r.article.id}.txt", STAMP), r.article.text.encode("utf-8", "replace"))
            archive.writestr(zipfile.ZipInfo(f"{r.article.id}.ann", STAMP), standoff(r).encode("utf-8", "replace"))
    return out.getvalue()


def standoff(reading: Reading) -> str:
    """The .ann file of one article."""
    lines, spans, notes = [], 0, 0
    for n, a in enumerate(reading.attributions, 1):
        trigger, roles = "", []
        for kind, role, some in (("Content", "", a.content_spans), ("Source", "Said-by", a.source_spans), ("Cue", "Cue", a.cue_spans)):
            if not some:
                continue
            spans += 1
            lines.append(f"T{spans}\t{kind} {_offsets(some, reading.article.text)}\t{_words(some, reading.article.text)}")
            if kind == "Content":
                trigger = f"T{spans}"
            else:
                roles.append(f"{role}:T{spans}")
        if not trigger:
            continue
        lines.append(f"E{n}\t{' '.join([f'Statement:{trigger}', *roles])}")
        for name, value in (("Manner", a.manner), ("Factuality", a.factuality), ("Stance", a.stance)):
            if value:
                notes += 1
                lines.append(f"A{notes}\t{name} E{n} {value}")
        lines.append(f"#{n}\tAnnotatorNotes E{n}\t{a.id} {a.score}")
    return "".join(f"{line}\n" for line in lines)


def read(data: bytes) -> dict[str, tuple[str, tuple[Attribution, ...]]]:
    """By article id the text and its statements, as spans and codes, in what `write` wrote; sources as entities are not in it."""
    out = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith(".ann"):
                article = name.removesuffix(".ann")
                text = archive.read(f"{article}.txt").decode()
                out[article] = text, tuple(_read(archive.read(name).decode()))
    return out


def _read(standoff: str) -> list[Attribution]:
    spans: dict[str, tuple[Span, ...]] = {}
    events: dict[str, dict[str, str]] = {}
    codes: dict[str, dict[str, Any]] = {}
    for line in standoff.split("\n"):
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            merged: list[Span] = []
            for start, end in re.findall(r"(\d+) (\d+)", rest.partition("\t")[0]):
                merged.append(Span(int(start), int(end)))
            spans[key] = tuple(merged)
        elif key.startswith("E"):
            events[key] = dict(part.split(":") for part in rest.split())
        elif key.startswith("A"):
            name, event, value = rest.split()
            codes.setdefault(event, {})[name.lower()] = value
        elif key.startswith("#"):
            event, _, note = rest.removeprefix("AnnotatorNotes ").partition("\t")
            name, score = note.rsplit(" ", 1)
            codes.setdefault(event, {}).update(id=name, score=float(score))
    return [
        Attribution(source=None, source_spans=spans.get(e.get("Said-by", ""), ()), cue_spans=spans.get(e.get("Cue", ""), ()), content_spans=spans[e["Statement"]], **codes[name])
        for name, e in events.items()
    ]


def _offsets(spans: tuple[Span, ...], text: str) -> str:
    """Brat reads one line at a time: a span is cut where a line ends."""
    return ";".join(f"{start} {end}" for start, end in _lines(spans, text))


def _words(spans: tuple[Span, ...], text: str) -> str:
    return " ".join(text[start:end] for start, end in _lines(spans, text))


def _lines(spans: tuple[Span, ...], text: str) -> list[tuple[int, int]]:
    return [(s.start + m.start(), s.start + m.end()) for s in spans for m in re.finditer(r"[^\r\n]+", text[s.start : s.end])]
