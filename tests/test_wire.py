"""Readings as JSON: lossless, and nothing else passes for one."""

from __future__ import annotations

import json

import jsonschema
import pytest
from conftest import EXAMPLE

import reportedly
from reportedly import wire
from reportedly.errors import BadReading
from reportedly.values import Reading


@pytest.fixture(scope="module")
def reading(reader: reportedly.Reader) -> Reading:
    return reportedly.read(EXAMPLE, published="2024-09-06", outlet="The Quay", reader=reader)


def test_there_and_back(reading: Reading) -> None:
    """What is written is read back equal, and obeys the schema."""
    assert Reading.from_json(reading.to_json()) == reading
    jsonschema.validate(json.loads(reading.to_json()), wire.json_schema())
    assert next(iter(json.loads(reading.to_json()))) == "schema"


def test_unknown_fields_are_passed_over(reading: Reading) -> None:
    """The contract lets fields be added."""
    data = reading.to_dict() | {"later": {"x": 1}}
    assert Reading.from_json(json.dumps(data)) == reading


@pytest.mark.parametrize("data", ["", "{", "[]", "{}", "null", "\ud800", b"\xff", '{"reader": 1}', "[" * 100_000])
def test_garbage_is_refused(data: str | bytes) -> None:
    """Whatever is no reading is refused with one sentence."""
    with pytest.raises(BadReading, match="not a reading"):
        Reading.from_json(data)


@pytest.mark.parametrize(("place", "value"), [("score", 7), ("source", "s99"), ("content_spans", [{"start": 50, "end": -9}]), ("content_spans", [{"start": 0, "end": 10**6}]), ("manner", "loud"), ("via", ["s99"])])
def test_nonsense_is_refused(reading: Reading, place: str, value: object) -> None:
    """Spans outside the text, ids that name nothing and scores beyond one are refused."""
    data = json.loads(reading.to_json())
    data["attributions"][0][place] = value
    with pytest.raises(BadReading, match="not a reading"):
        Reading.from_json(json.dumps(data))


def test_the_schema_asks_for_every_field(reading: Reading) -> None:
    """What is written has every field, and the schema says so."""
    for field in reading.to_dict():
        data = reading.to_dict()
        del data[field]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(data, wire.json_schema())
