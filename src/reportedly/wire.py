"""The wire contract: readings as JSON, lossless there and back, and the JSON Schema that describes them."""

from __future__ import annotations

from typing import Any

import msgspec

from reportedly.errors import BadReading
from reportedly.values import Link, Reading, Span

_decoder = msgspec.json.Decoder(Reading)


def dumps(reading: Reading, *, indent: int = 0) -> bytes:
    """UTF-8 JSON of a reading; `schema` comes first, on one line unless `indent` is given."""
    data = msgspec.json.encode(to_dict(reading))
    return msgspec.json.format(data, indent=indent) if indent else data


def loads(data: str | bytes) -> Reading:
    """The reading in some JSON. Unknown fields are passed over, as the contract lets fields be added.

    Raises:
        BadReading: not JSON, or not a reading.

    """
    try:
        reading = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeError, RecursionError, TypeError) as error:
        raise BadReading(f"This is not a reading ({error}); `reportedly schema` prints what one looks like.") from error
    check(reading)
    return reading


def check(reading: Reading) -> None:
    """Raise BadReading where spans lie outside the text, ids name nothing, or a score is no probability."""
    length = len(reading.article.text)
    ids = {s.id for s in reading.sources}
    spans: list[Span | Link] = [s for source in reading.sources for s in source.mentions]
    spans += reading.article.links
    for a in reading.attributions:
        spans += (*a.source_spans, *a.cue_spans, *a.content_spans)
        if (a.source is not None and a.source not in ids) or not set(a.via) <= ids:
            raise BadReading(f"This is not a reading: attribution {a.id} names a source that is not in it.")
        if not 0 <= a.score <= 1:
            raise BadReading(f"This is not a reading: the score of attribution {a.id} is not between 0 and 1.")
    if any(not 0 <= s.start <= s.end <= length for s in spans):
        raise BadReading(f"This is not a reading: a span lies outside the text of the article ({length} characters).")


def to_dict(reading: Reading) -> dict[str, Any]:
    """Plain dictionaries and lists, in the contract's order."""
    fields = msgspec.to_builtins(reading)
    return {"schema": fields.pop("schema"), **fields}


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a reading."""
    schema = msgspec.json.schema(Reading)
    for kind in schema["$defs"].values():  # what is written has every field, whatever may be left out when it is read
        if "properties" in kind:
            kind["required"] = list(kind["properties"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A reading of one article", **schema}
