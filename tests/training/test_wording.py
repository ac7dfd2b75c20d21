"""What the branch for judging words learns from: passages that stand in their texts, and no text that is not the project's own."""

from __future__ import annotations

import itertools
import json
import re

import numpy as np
import pytest
from conftest import ROOT

WORDING = ROOT / "training" / "wording"


def rows(name: str) -> list[dict]:
    return [json.loads(line) for line in (WORDING / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("name", "kinds"), [("reports.jsonl", ("loaded", "unsettled")), ("short.jsonl", ("loaded",))])
def test_marked_passages_are_whole_words_of_their_reports(name: str, kinds: tuple[str, ...]) -> None:
    """Every passage lies inside its report, begins and ends with no part of a word, and overlaps no other of its kind."""
    for row in rows(name):
        text = row["text"]
        for kind in kinds:
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


def test_what_the_tutor_has_read_is_kept_without_its_words() -> None:
    """Of a text that the tutor labelled there are a digest, how many words it has, and for each word of some of its pieces a number for each tutor."""
    with np.load(WORDING / "taught.npz") as kept:
        assert set(kept.files) == {"digests", "counts", "pieces", "likely"}
        digests, counts, pieces, likely = (kept[name] for name in ("digests", "counts", "pieces", "likely"))
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests.tolist())
    assert len(set(digests.tolist())) == len(digests) == len(counts)
    texts, low, high = pieces.T
    assert set(texts.tolist()) == set(range(len(digests)))
    assert (low < high).all()
    assert (high <= counts[texts]).all()
    assert likely.shape == (4, (high - low).sum())
    assert likely.dtype == np.uint8


def test_the_tutor_has_read_no_page_whose_gold_is_reported() -> None:
    """No digest of a text that taught is that of a page with which the program is measured."""
    held = {json.loads(path.read_text("utf-8"))["digest"] for path in (ROOT / "benchmarks" / "standoff").glob("[ab]/*.json")}
    with np.load(WORDING / "taught.npz") as kept:
        assert held
        assert held.isdisjoint(kept["digests"].tolist())
