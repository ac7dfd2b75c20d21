"""A reading as rows: a pure function, so that whatever is in the tables can be made again from the readings."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportedly import wire
from reportedly.digests import digest
from reportedly.errors import BadReading
from reportedly.ledger import moments, words

if TYPE_CHECKING:
    from reportedly.values import Attribution, Figure, Reading, Source

Row = dict[str, Any]
MOST_BYTES = 1_000_000_000  # of one reading unpacked; the longest text that is read gives a tenth


@dataclass(frozen=True, slots=True)
class Document:
    """The words of one attribution by which it is found, by field."""

    key: int
    content: tuple[str, ...]
    source: tuple[str, ...]
    title: tuple[str, ...]
    facets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one reading."""

    article: Row
    reading: bytes
    sources: list[Row]
    attributions: list[Row]
    via: list[Row]
    times: list[Row]
    figures: list[Row]
    documents: list[Document]


def keys_needed(reading: Reading) -> int:
    """How many keys the rows of a reading take: article, sources, attributions and their names."""
    return 1 + 2 * len(reading.sources) + len(reading.attributions)


def rows(reading: Reading, first: int, voices: dict[str, int] | None = None, *, sequence: int | None = None) -> Rows:
    """The rows of a reading. `first` is the key of its article; those of the others follow it, or `sequence` where that is given.

    `voices` has the keys of names by folded name; those without one are left open.
    """
    article = reading.article
    base = (first if sequence is None else sequence) + 1
    voices = voices or {}
    published = moments.interval(article.published)
    source_keys = {s.id: base + n for n, s in enumerate(reading.sources)}
    sources = [_source(s, first, source_keys[s.id], voices) for s in reading.sources]
    voice_of = {row["id"]: row["voice"] for row in sources}
    by_id = {s.id: s for s in reading.sources}
    said = {t.attribution: t for t in reading.times if t.role == "said" and t.attribution and moments.interval(t.earliest or t.value)}
    keys: dict[str, int] = {}
    attributions, via, documents = [], [], []
    title = tuple(words.words(article.title))
    for n, a in enumerate(reading.attributions):
        stated = said.get(a.id)
        when = moments.interval(stated.earliest or stated.value) if stated else published
        until = (moments.interval(stated.latest) or when) if stated else when
        key = keys[a.id] = moments.ordered_key(when[0] if when else None, base + len(source_keys) + n)
        source = by_id[a.source] if a.source else None
        row: Row = {
            "key": key,
            "article": first,
            "id": plain(a.id),
            "source": source_keys[a.source] if a.source else None,
            "voice": voice_of[plain(a.source)] if a.source else None,
            "parent": plain(a.parent),
            "said_as": plain(reading.quote(a.source_spans)) or None,
            "cue": plain(reading.quote(a.cue_spans)),
            "content": plain(reading.quote(a.content_spans)),
            "manner": a.manner,
            "factuality": a.factuality,
            "stance": a.stance,
            "score": a.score,
            "said_from": when[0] if when else None,
            "said_to": max(when[0], until[1]) if when and until else None,
            "said_by": ("text" if stated else "published") if when else None,
        }
        attributions.append(row)
        via += [{"attribution": key, "place": place, "source": source_keys[s]} for place, s in enumerate(a.via)]
        documents.append(Document(key, tuple(words.words(row["content"])), tuple(_called(source, row["said_as"])), title, facets(a, article.outlet)))
    return Rows(
        article={
            "key": first,
            "id": article.id,
            "text_digest": article.text_digest,
            "address": address(article.url),
            "url": plain(article.url),
            "outlet": plain(article.outlet),
            "title": plain(article.title),
            "byline": plain(article.byline),
            "agency": plain(article.agency),
            "language": plain(article.language),
            "published": plain(article.published),
            "published_at": published[0] if published else None,
        },
        reading=pack(reading),
        sources=sources,
        attributions=attributions,
        via=via,
        times=_times(reading, first, keys),
        figures=[_figure(f, n, reading, first, keys) for n, f in enumerate(reading.figures)],
        documents=documents,
    )


def names(reading: Reading) -> dict[str, str]:
    """The names of named sources, folded, each with how it is written."""
    return {folded: str(plain(s.name)) for s in reading.sources if s.identity == "named" and (folded := words.phrase(s.name))}


def facets(a: Attribution, outlet: str | None) -> tuple[str, ...]:
    """What an attribution can be chosen by, as words of the full text."""
    chosen = (facet("manner", a.manner), facet("factuality", a.factuality), facet("stance", a.stance), facet("outlet", outlet))
    return tuple(f for f in chosen if f)


def facet(field: str, value: str | None) -> str | None:
    """A choice as a word that no text has: `0` and letters and digits only."""
    if not value:
        return None
    if field == "outlet":
        return f"0o{digest(words.phrase(value) or value)[:12]}"
    return f"0{field[0]}{value.replace('+', 'p').replace('-', 'm').lower()}"


def address(url: str | None) -> str | None:
    """An address as it is looked up."""
    return digest(url) if url else None


def pack(reading: Reading) -> bytes:
    """The JSON of a reading, deflated."""
    try:
        return zlib.compress(wire.dumps(reading), 6)
    except UnicodeError as error:
        raise BadReading(f"This is not a reading: its text has characters that no encoding can carry ({error}).") from error


def unpack(data: bytes) -> Reading:
    """The reading that `pack` packed.

    Raises:
        BadReading: the data are damaged.

    """
    inflater = zlib.decompressobj()
    try:
        raw = inflater.decompress(data, MOST_BYTES)
    except zlib.error as error:
        raise BadReading(f"This is not a reading: its packing is damaged ({error}).") from error
    if not inflater.eof:
        message = "This is not a reading: its packing is cut short."
        raise BadReading(message)
    return wire.loads(raw)


def plain(text: str | None) -> Any:  # noqa: ANN401 - a string for a string, null for null
    """A text as every database can keep it: PostgreSQL takes no NUL, and no encoding takes a lone surrogate."""
    return text if text is None else text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def _source(source: Source, article: int, key: int, voices: dict[str, int]) -> Row:
    folded = words.phrase(source.name) if source.identity == "named" else ""
    return {
        "key": key,
        "article": article,
        "id": plain(source.id),
        "kind": source.kind,
        "identity": source.identity,
        "name": plain(source.name),
        "description": plain(source.description),
        "speaks_for": plain(source.speaks_for),
        "voice": voices.get(folded) if folded else None,
    }


def _called(source: Source | None, said_as: str | None) -> list[str]:
    """Every word by which a source is called: its name, its description and its words here."""
    called = (source.name, source.description, said_as) if source else (said_as,)
    out: list[str] = []
    for text in dict.fromkeys(c for c in called if c):
        out += words.words(text)
    return out


def _times(reading: Reading, article: int, keys: dict[str, int]) -> list[Row]:
    out = []
    for place, t in enumerate(reading.times):
        start = moments.interval(t.earliest or t.value)
        out.append({
            "article": article, "place": place, "attribution": keys.get(t.attribution or ""), "type": t.type, "role": t.role,
            "words": plain(reading.article.text[t.start : t.end]), "value": plain(t.value), "earliest": plain(t.earliest), "latest": plain(t.latest),
            "earliest_at": start[0] if start else None,
        })  # fmt: skip
    return out


def _figure(f: Figure, place: int, reading: Reading, article: int, keys: dict[str, int]) -> Row:
    low = number(f.value)
    high = number(f.high) if f.high is not None else None
    return {
        "article": article, "place": place, "attribution": keys.get(f.attribution or ""), "words": plain(reading.article.text[f.start : f.end]),
        "value": plain(f.value), "high": plain(f.high), "comparator": f.comparator, "unit": plain(f.unit),
        "low_number": low, "high_number": low if high is None else high,
    }  # fmt: skip


def number(text: str | None) -> float | None:
    """A decimal as a number that can be compared; None where it is none, or beyond all that a database can hold."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and len(text or "") < 400 else None
