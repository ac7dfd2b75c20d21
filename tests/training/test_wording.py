"""What the branch for judging words learns from: passages that stand in their texts, and no text that is not the project's own."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from conftest import ROOT

WORDING = ROOT / "training" / "wording"


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (WORDING / name).read_text("utf-8").splitlines()]


def test_marked_passages_are_whole_words_of_their_reports() -> None:
    """Every passage lies inside its report, begins and ends with no part of a word, and overlaps no other of its kind."""
    for row in rows("reports.jsonl"):
        text = row["text"]
        for kind in ("loaded", "unsettled"):
            spans = row[kind]
            assert all(0 <= start < end <= len(text) for start, end in spans), row["id"]
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans)), row["id"]
            assert not any(re.match(r"\w\w", text[start - 1 : start + 1]) or re.match(r"\w\w", text[end - 1 : end + 1]) for start, end in spans if start), row["id"]


def test_braces_of_the_sentences_are_balanced() -> None:
    """Each opened brace is closed before the next, and holds something."""
    for line in (WORDING / "sentences.txt").read_text("utf-8").splitlines():
        assert re.fullmatch(r"(?:[^{}]|\{[^{}]+\})+", line), line


@pytest.mark.parametrize("name", ["pages.jsonl", "verdicts.jsonl"])
def test_other_peoples_pages_are_kept_without_their_words(name: str) -> None:
    """Of a saved page there are a digest and numbers, and no text."""
    for row in rows(name):
        assert re.fullmatch("[0-9a-f]{64}", row.pop("digest"))
        assert re.fullmatch(r"[\d\s,\[\]]*", "".join(json.dumps(value) for value in row.values()))
