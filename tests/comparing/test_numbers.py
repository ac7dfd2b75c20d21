"""Figures in words, for readings that have none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.comparing import numbers
from reportedly.values import Figure


@pytest.mark.parametrize(
    ("text", "value", "comparator", "words"),
    [
        ("nine trams were lost", 9, "=", "nine trams"),
        ("at least 1,200 homes", 1200, ">=", "at least 1,200 homes"),
        ("about forty-two houses flooded", 42, "~", "about forty-two houses"),
        ("more than three hundred and twenty people", 320, ">", "more than three hundred and twenty people"),
        ("a rise of 2.5 per cent", 2.5, "=", "2.5 per cent"),
        ("a £950m bridge", 950_000_000, "=", "£950m"),
        ("up to 30 million euros", 30_000_000, "<=", "up to 30 million euros"),
        ("nearly two dozen boats", 24, "<", "nearly two dozen boats"),
        ("as many as 60 of the children", 60, "<=", "as many as 60 of the children"),
    ],
)
def test_figures_are_found(text: str, value: float, comparator: str, words: str) -> None:
    """Digits, words, signs and comparators, with what is counted."""
    (found,) = numbers.find(text)
    assert (float(found.low), found.comparator, found.words) == (value, comparator, words)


@pytest.mark.parametrize("text", ["on 12 March", "in 2019", "at 5 pm", "at 10:30", "one of them", "March 3", "no figures at all", ""])
def test_dates_and_pronouns_are_no_figures(text: str) -> None:
    """Years, days, clock times and "one" are left alone."""
    assert numbers.find(text) == []


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [("9 men", "nine men", True), ("9 men", "12 men", False), ("at least 9 men", "12 men", True), ("dozens of men", "9 men", False), ("dozens of men", "31 men", True), ("about 100 men", "104 men", True), ("up to 60 homes", "40 homes", True), ("fewer than 40 homes", "60 homes", False)],
)
def test_figures_agree_when_both_can_hold(one: str, other: str, agree: bool) -> None:
    """Comparators and vague words bound what a figure allows."""
    (a,), (b,) = numbers.find(one), numbers.find(other)
    assert a.agrees(b) is b.agrees(a) is agree


def test_a_figure_of_the_reading_is_taken_as_it_is() -> None:
    """Value, range and unit come from the contract; a value that is no number is passed over."""
    found = numbers.from_figure(Figure(0, 13, "30", "~", high="40", unit="boats"), "30 to 40 boats sank")
    assert found is not None
    assert (found.low, found.high, found.unit) == (30, 40, frozenset(["ship"]))
    assert numbers.from_figure(Figure(0, 2, "many"), "many boats") is None
    assert numbers.from_figure(Figure(0, 2, "NaN"), "many boats") is None


@given(st.text(alphabet=st.characters(codec="utf-8")) | st.lists(st.sampled_from(["two", "hundred", "and", "a", "dozen", "-", "5", "£", "%", "thousand", "m", "of", "half"])).map(" ".join))
def test_no_text_is_too_odd(text: str) -> None:
    """Any text gives figures or none."""
    for found in numbers.find(text):
        assert found.agrees(found)


def test_a_thousand_digits_are_no_figure() -> None:
    """What nobody can count is passed over quickly."""
    assert numbers.find("9" * 1000 + " men") == []
