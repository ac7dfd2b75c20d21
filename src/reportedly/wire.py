"""The wire contract: readings as JSON, lossless there and back, and the JSON Schema that describes them."""

from __future__ import annotations

from typing import Any

import msgspec

from reportedly.errors import BadReading
from reportedly.values import Reading

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
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadReading(f"This is not a reading ({error}); `reportedly schema` prints what one looks like.") from error


def to_dict(reading: Reading) -> dict[str, Any]:
    """Plain dictionaries and lists, in the contract's order."""
    fields = msgspec.to_builtins(reading)
    return {"schema": fields.pop("schema"), **fields}


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a reading."""
    schema = msgspec.json.schema(Reading)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A reading of one article", **schema}
