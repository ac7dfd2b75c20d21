"""Numbers in words, digits or both are read exactly, and what is no number is not."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.figures.numbers import number, prefix

UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(n: int, *, british: bool) -> str:
    """A whole number below a thousand billion in words."""
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if n >= scale:
            rest = n % scale
            link = " and " if british and 0 < rest < 100 else " "
            return f"{spelled(n // scale, british=british)} {name}" + (link + spelled(rest, british=british) if rest else "")
    if n >= 100:
        return f"{UNITS[n // 100]} hundred" + ((" and " if british else " ") + spelled(n % 100, british=british) if n % 100 else "")
    if n >= 20:
        return TENS[n // 10] + (f"-{UNITS[n % 10]}" if n % 10 else "")
    return UNITS[n]


@given(st.integers(0, 10**12 - 1), st.booleans())
def test_reads_what_is_spelled_out(n: int, british: bool) -> None:
    """Every whole number, spelled in either manner, comes back."""
    assert number(spelled(n, british=british)) == n


@given(st.integers(-(10**15), 10**15), st.booleans())
def test_reads_digits(n: int, grouped: bool) -> None:
    """Digits with and without commas come back, with their sign."""
    assert number(f"{n:,}" if grouped else str(n)) == n


@given(st.text(alphabet=st.sampled_from("0123456789.,- ½/anmtwohudredkfils"), max_size=40))
def test_never_fails(words: str) -> None:
    """Any heap of digits and letters is a number or is not."""
    assert number(words) is None or isinstance(number(words), Decimal)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,200", "1200"),
        ("1.2 million", "1200000"),
        ("1.2bn", "1200000000"),
        ("40m", "40000000"),
        ("5k", "5000"),
        ("1\u00a0200\u00a0000", "1200000"),
        ("two dozen", "24"),
        ("a dozen", "12"),
        ("half a dozen", "6"),
        ("one and a half million", "1500000"),
        ("a million and a half", "1500000"),
        ("2 and a half million", "2500000"),
        ("two and a half", "2.5"),
        ("one and three quarters", "1.75"),
        ("half", "0.5"),
        ("half a million", "500000"),
        ("half-million", "500000"),
        ("three-quarters", "0.75"),
        ("a quarter of a million", "250000"),
        ("three quarters of a million", "750000"),
        ("2½", "2.5"),
        ("3 1/2", "3.5"),
        ("1/4", "0.25"),
        ("¾ million", "750000"),
        (".5", "0.5"),
        ("twenty-one", "21"),
        ("nineteen hundred", "1900"),
        ("a hundred and five", "105"),
        ("three hundred and five thousand and twelve", "305012"),
        ("two thousand million", "2000000000"),
        # Indian
        ("12 lakh", "1200000"),
        ("1,23,456", "123456"),
        ("one lakh crore", "1000000000000"),
        ("minus five", "-5"),
        ("−3.5", "-3.5"),
    ],
)
def test_reads_the_forms_of_the_news(words: str, value: str) -> None:
    """Scales, dozens, fractions and Indian grouping have the value that a reader gives them."""
    assert number(words) == Decimal(value)


@pytest.mark.parametrize("words", ["", "a", "an", "hundred", "million", "and", "twenty twenty", "four and twenty", "second", "third", "3 people", "two dozens of eggs", "$3", "x"])
def test_what_is_no_number_is_none(words: str) -> None:
    """Bare scales, ordinals and whatever has other words in it are no number."""
    assert number(words) is None


def test_a_third_keeps_28_digits() -> None:
    """A fraction without an end is rounded, and nothing else is."""
    assert number("a third") == Decimal("0." + 28 * "3")
    assert number(1000 * "9" + " million") == Decimal(1000 * "9" + 6 * "0")


def test_the_longest_number_is_taken() -> None:
    """Reading from an offset goes as far as the number does, and no farther."""
    text = "about two and a half million and a cat"
    assert prefix(text, 6) == (Decimal(2_500_000), len("about two and a half million"))


def test_long_input_takes_no_time() -> None:
    """A hundred thousand digits, or as many words, are read in linear time."""
    started = time.process_time()
    assert number(100_000 * "7") is not None
    for words in ("one and ", "million ", "two million ", "a ", "twenty-", "1,", "1 "):
        number(words * 30_000)
    assert time.process_time() - started < 2
