"""The project's own gold texts: what the shipped weights find in them, in both styles of quotation marks."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

import pytest

import gold
from data import restyle
from reportedly.reader.quotes import find_quotations

if TYPE_CHECKING:
    from reportedly import Reader

GOLDS = gold.load()
CLASSES = {
    "pronoun-source", "long-source", "several-sources", "inverted-cue", "parenthetical-cue", "nominal-cue", "verbless-cue", "split-content",
    "multi-sentence", "multi-paragraph", "scare-quotes", "beliefs-intentions", "no-source", "nested-speech",
}  # fmt: skip


def test_the_gold_texts_are_sound() -> None:
    """Forty texts or more, half of each style, every class at least three times, no word with two roles."""
    assert len(GOLDS) >= 40
    assert {g.style for g in GOLDS} == {"american", "british"}
    for name in CLASSES:
        assert sum(name in g.classes for g in GOLDS) >= 3, name
    for g in GOLDS:
        spans = sorted({span for a in g.attributions for role in a.values() for span in role})
        assert all(x[1] <= y[0] for x, y in itertools.pairwise(spans)), g.name
        assert all(a["content"] for a in g.attributions), g.name
        assert not re.search("[⟦⟧|]", g.text), g.name


@pytest.mark.parametrize("style", ["american", "british"])
def test_either_style_is_read_well(reader: Reader, style: str) -> None:
    """Of each style three of four attributions are found, and four of five found are right (floors.json pins the figures)."""
    precision, recall, _ = gold.score([g for g in GOLDS if g.style == style], reader)[style]
    assert precision > 80
    assert recall > 75


def test_changing_the_marks_changes_little(reader: Reader) -> None:
    """American texts in British marks, and the other way round, are read as well as in their own, within three points."""
    american = [g for g in GOLDS if g.style == "american"]
    british = [g for g in GOLDS if g.style == "british"]
    for golds, style in ((american, "single"), (american, "straight-single"), (british, "swap")):
        own = gold.score(golds, reader)["all"][2]
        other = gold.score([changed(g, style) for g in golds], reader)["all"][2]
        assert other > own - 3, (style, own, other)


def changed(g: gold.Gold, style: str) -> gold.Gold:
    """The same text with the marks of another style; offsets stay, since each mark is one sign for another."""
    if style != "swap":
        return gold.Gold(g.name, g.style, g.classes, restyle(g.text, style), g.attributions)
    signs = list(g.text)
    for q in find_quotations(g.text):
        outer = "“”" if g.text[q.start] in "‘'" else "‘’"
        signs[q.start] = outer[0]
        if q.closed:
            signs[q.end - 1] = outer[1]
    return gold.Gold(g.name, g.style, g.classes, "".join(signs), g.attributions)
