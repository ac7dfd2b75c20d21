"""How a comparison is shown and written."""

from __future__ import annotations

import csv
import io
import json

from told import MAYOR, told

from reportedly.comparing import compare
from reportedly.show import compare_view, comparison

A = told("A", "The dam at Hollin is safe", MAYOR, outlet="=HYPERLINK(evil)", published="2024-03-02T09:00+00:00")
B = told("B", "The dam at Hollin is\x1b[31m quite safe", MAYOR, outlet="Quay\x07 News", published="2024-03-01T09:00+00:00")


def test_a_spreadsheet_runs_nothing() -> None:
    """A cell that begins like a formula begins with an apostrophe."""
    out = io.StringIO()
    compare_view.write_csv(compare_view.view(compare([A, B]), [A, B]), out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert row["from"] == "'=HYPERLINK(evil)"
    assert row["content_from"] == "The dam at Hollin is safe"


def test_a_terminal_obeys_nothing() -> None:
    """Control signs of the articles do not reach the terminal."""
    out = io.StringIO()
    comparison.write(compare_view.view(compare([A, B]), [A, B], ["a note\x1b[0m"]), out)
    assert not {"\x1b", "\x07"} & set(out.getvalue())
    assert "a note" in out.getvalue()


def test_the_earliest_known_here_is_marked() -> None:
    """The older article is marked so, never as the first; equal or missing dates mark none."""
    shown = compare_view.view(compare([A, B]), [A, B])
    assert [s.earliest for s in shown.sheets] == [False, True]
    undated = [told("A", "The dam at Hollin is safe"), told("B", "The dam at Hollin is safe")]
    assert not any(s.earliest for s in compare_view.view(compare(undated), undated).sheets)


def test_json_is_the_comparison_with_its_words() -> None:
    """Refs in the JSON are those of the typed result."""
    found = compare([A, B])
    data = json.loads(compare_view.as_json(compare_view.view(found, [A, B])))
    assert data["pairs"][0]["changes"][0]["a"] == {"article": "test/A", "attribution": "1"}
    assert {s["source"] for s in data["statements"]} == {"Mayor Ana Ruiz"}
    assert data["groups"][0]["origins"]["verdict"] == "one"
