"""Figures have their value, comparator and unit; dates, ages, scores and names are none."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.figures import counted, find_figures, placed
from reportedly.values import Attribution, Span


def read(text: str) -> list[tuple[str, str, str, str | None, str | None]]:
    return [(text[f.start : f.end], f.comparator, f.value, f.high, f.unit) for f in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "words", "comparator", "value", "unit"),
    [
        # counts
        ("More than 29,000 troops crossed the river.", "More than 29,000 troops", ">", "29000", "troops"),
        ("They lost two dozen lorries there.", "two dozen lorries", "=", "24", "lorries"),
        ("One and a half million people marched.", "One and a half million people", "=", "1500000", "people"),
        ("A quarter of a million birds came.", "A quarter of a million birds", "=", "250000", "birds"),
        ("At least 9 were killed.", "At least 9", ">=", "9", None),
        ("No more than 40 people got in.", "No more than 40 people", "<=", "40", "people"),
        ("Some 400 people came.", "Some 400 people", "~", "400", "people"),
        ("The 400-odd members left.", "400-odd members", "~", "400", "members"),
        ("Fewer than a dozen boats sailed.", "Fewer than a dozen boats", "<", "12", "boats"),
        ("Over 2000 people queued.", "Over 2000 people", ">", "2000", "people"),
        ("A crowd of 1500 people waited.", "1500 people", "=", "1500", "people"),
        ("It holds 40 or more cows.", "40 or more cows", ">=", "40", "cows"),
        ("It holds 40 cows or more.", "40 cows or more", ">=", "40", "cows"),
        ("A dozen or so goats ran.", "A dozen or so goats", "~", "12", "goats"),
        ("The firm cut 100-plus jobs.", "100-plus jobs", ">=", "100", "jobs"),
        ("Police held 12 police officers in May.", "12 police officers", "=", "12", "police officers"),
        ("Shells hit 40 Harvat fighters near it.", "40 Harvat fighters", "=", "40", "Harvat fighters"),
        ("There were 12 dead.", "12 dead", "=", "12", "dead"),
        ("It has a 12-member board.", "12-member", "=", "12", "member"),
        ("It named 60 suspects demanding bail.", "60 suspects", "=", "60", "suspects"),
        ("A letter with 7,300 names demands a vote.", "7,300 names", "=", "7300", "names"),
        ("Only one vessel came.", "one vessel", "=", "1", "vessel"),
        # vague counts have the least that they can mean
        ("Dozens of goats fled.", "Dozens of goats", ">=", "12", "goats"),
        ("Hundreds came.", "Hundreds", ">=", "100", None),
        ("It cost tens of thousands of pounds sterling.", "tens of thousands of pounds sterling", ">=", "10000", "GBP"),
        ("He keeps a couple of goats.", "a couple of goats", "~", "2", "goats"),
        # shares
        ("A third of voters agreed.", "A third of voters", "=", "0.3333", "voters"),
        ("Nearly half of the ewes died.", "Nearly half of the ewes", "<", "0.5", "ewes"),
        ("Half the island is bog.", "Half the island", "=", "0.5", "island"),
        ("Three in four voters agreed.", "Three in four voters", "=", "0.75", "voters"),
        ("About 1 in 10 hens laid.", "About 1 in 10 hens", "~", "0.1", "hens"),
        ("Two-thirds of MPs agreed.", "Two-thirds of MPs", "=", "0.6667", "MPs"),
        ("Rents rose by up to 30 per cent.", "up to 30 per cent", "<=", "30", "%"),
        ("Almost 50% of households lack it.", "Almost 50% of households", "<", "50", "%"),
        ("She leads by 12 percentage points.", "12 percentage points", "=", "12", "percentage points"),
        ("The price doubled.", "doubled", "=", "2", "times"),
        ("It was a tenfold rise.", "tenfold", "=", "10", "times"),
        # money
        ("It cost €40m over five years.", "€40m", "=", "40000000", "EUR"),
        ("It raised $57million.", "$57million", "=", "57000000", "USD"),
        ("It cost £950m.", "£950m", "=", "950000000", "GBP"),
        ("He owes 3.5 million euros.", "3.5 million euros", "=", "3500000", "EUR"),
        ("They owe Rs 12 lakh crore.", "Rs 12 lakh crore", "=", "12000000000000", "INR"),
        ("They owe A$5bn.", "A$5bn", "=", "5000000000", "AUD"),
        ("It pays no more than £11 a week.", "no more than £11 a week", "<=", "11", "GBP/week"),
        # measures
        ("He is 5ft 10in tall.", "5ft 10in", "=", "70", "in"),
        ("The pit is 40m deep.", "40m", "=", "40", "m"),
        ("It has 40m users.", "40m users", "=", "40000000", "users"),
        ("It covers 3,000 sq km.", "3,000 sq km", "=", "3000", "km2"),
        ("It fell to -5°C.", "-5°C", "=", "-5", "Cel"),
        ("They burned 2½ tonnes.", "2½ tonnes", "=", "2.5", "t"),
        ("It is no wider than a mile.", "no wider than a mile", "<=", "1", "mi"),
        ("It was voted down 44 times.", "44 times", "=", "44", "times"),
    ],
)
def test_one_figure(text: str, words: str, comparator: str, value: str, unit: str | None) -> None:
    """Comparator, number and what is counted are one span with one value."""
    assert read(text) == [(words, comparator, value, None, unit)]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("Between 12 and 15 people fell.", "Between 12 and 15 people", "12", "15", "people"),
        ("It is worth $1.2bn-$1.5bn.", "$1.2bn-$1.5bn", "1200000000", "1500000000", "USD"),
        ("It is worth £1.5m to £2m.", "£1.5m to £2m", "1500000", "2000000", "GBP"),
        ("It takes 5 to 10 million euros.", "5 to 10 million euros", "5000000", "10000000", "EUR"),
        ("Two or three ships came.", "Two or three ships", "2", "3", "ships"),
        ("It fell by 10-15%.", "10-15%", "10", "15", "%"),
        ("It fell by 5% to 10%.", "5% to 10%", "5", "10", "%"),
        ("Crowds ranging from 100 to 250 people came.", "ranging from 100 to 250 people", "100", "250", "people"),
        ("Between two and three million geese flew.", "Between two and three million geese", "2000000", "3000000", "geese"),
    ],
)
def test_a_range_has_two_ends(text: str, words: str, low: str, high: str, unit: str) -> None:
    """The lower end takes scale and unit of the upper one."""
    assert read(text) == [(words, "=", low, high, unit)]


def test_a_change_is_two_figures() -> None:
    """What rose from one value to another was never in between."""
    assert [(value, high) for _, _, value, high, _ in read("It rose from 3.2% to 4.1%.")] == [("3.2", None), ("4.1", None)]


def test_a_part_counts_what_the_whole_counts() -> None:
    """In "11 of the 640 objections" both numbers count objections."""
    assert [(value, unit) for _, _, value, _, unit in read("He read 11 of the 640 objections.")] == [("11", "objections"), ("640", "objections")]


@pytest.mark.parametrize(
    "text",
    [
        # dates, years, times
        "It closed in 2019 and the 2016 elections came late.",
        "On May 5, 2020, and on 12-15 June, and on 3 March.",
        "It was 12/05/2020, or 2020-05-12, or 9/11.",
        "Doors open at 9am, 10.30 pm, 21:00 and 1000 GMT.",
        "That was in the 1990s, or the '90s, or since at least 2015.",
        "It lasted three months, 12 working days or half an hour, a five-year wait.",
        # ages
        "Ann Ode, 45, said no.",
        "A 45-year-old man and a woman aged 30 came; he was 12 when it sank.",
        "It is for children aged between 12 and 15.",
        "Voters 45 and older stayed.",
        # scores
        "They won 3-0, then lost 2-1.",
        "She won 6-4, 7-5.",
        "A 5-4 decision; the vote was 5 to 4.",
        # telephone numbers, codes, names
        "The form JN.1 spread.",
        "Call 0800 123 456 or 555-1234 or 020 7946 0000.",
        "See www.example.org/page/12 and #12.",
        "Route 9, Section 230, Article 5, No 10, page 12, day one and World War Two.",
        "A Boeing 737, an F-16, the G7, Covid-19, a 5G mast, a 4x4 and 737s.",
        "A Group of 20 meeting, a .45-caliber gun, about the 2008 crisis, people younger than 18.",
        "It runs on version 2.0 of Ferrix 14.2.",
        "She lives at 10 Downing Street.",
        # pronouns, ordinals
        "No one knows which one of the most odd ones it is; one councillor said so.",
        "It was her third term, a third time, on the second day of the 5th week in the first half.",
        "A zero tolerance rule.",
        "Seven Network lost One Nation.",
        "1. Wash your hands.\n2. Eat.",
        "",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    """Numbers that name, date or rank are not figures of a claim."""
    assert read(text) == []


def test_times_that_were_found_are_no_figures() -> None:
    """Nothing begins within a span that another stage has taken, and nothing reaches into one."""
    text = "The 40 nations met for 40 hours with 40 flags Tuesday."
    taken = [(text.index("40 hours"), text.index(" with"))]
    assert [text[f.start : f.end] for f in find_figures(text, taken)] == ["40 nations", "40 flags"]


def test_figures_stand_in_their_attribution() -> None:
    """A figure belongs to the innermost content around it, and to none in the writer's own words."""
    text = "Ann said 12 boats sank, and Bob said 40 did. It has 9 oars."
    inner, outer = Span(text.index("12"), text.index(", and")), Span(text.index("40"), text.index(". It"))
    said = [Attribution(f"a{n}", None, (), (), (span,), "indirect", 1.0) for n, span in enumerate((inner, outer), 1)]
    assert [(f.value, f.attribution) for f in placed(find_figures(text), said)] == [("12", "a1"), ("40", "a2"), ("9", None)]


@given(st.lists(st.sampled_from(["12", "1,200", "$", "€", "%", " ", ", ", ".", "-", "more than ", "half ", "a ", "third ", "of ", "between ", "and ", "people ", "to ", "in ", "two ", "million ", "bn", "May ", "½", "\u200f", "(", ")", "\n", "٣", "𝟛", "m ", "ft ", "dozens "]), max_size=25).map("".join))
def test_never_fails_and_never_overlaps(text: str) -> None:
    """Any heap of number words gives figures in order, inside the text, each with a plain decimal value."""
    found = find_figures(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all("e" not in f.value.lower() and float(f.value) == float(f.value) for f in found)


@given(st.integers(2, 10**9), st.sampled_from(["goats", "people", "%", "euros"]))
def test_a_number_keeps_its_value(n: int, unit: str) -> None:
    """With commas or in any place of the sentence, the value is the number."""
    found = find_figures(f"They counted about {n:,} {unit} in all.")
    assert [(f.value, f.comparator) for f in found] == [(str(n), "~")]


def test_a_thousand_digits_are_one_figure() -> None:
    """However long a number is, it is kept as it stands."""
    (figure,) = find_figures(f"They counted {1000 * '7'} goats.")
    assert (figure.value, figure.unit) == (1000 * "7", "goats")
    assert find_figures(f"1 in {1000 * '9'}")
    assert find_figures(f"{1000 * '9'} and a third")[0].value == 1000 * "9" + ".3333"


def test_ten_thousand_figures_take_no_time() -> None:
    """Twice as many figures take about twice as long, whatever stands between them."""
    for piece in ("more than 40 people, ", "$5m to $6m; ", "Ode, 45, ", "one of ", "1 in 10 ", "12 "):
        times = []
        for many in (500, 2_000):
            started = time.process_time()
            find_figures(piece * many)
            times.append(time.process_time() - started)
        assert times[1] < 12 * times[0] + 0.2, piece
    assert len(find_figures("more than 40 people, " * 10_000)) == 10_000


@pytest.mark.parametrize("text", ["At one point the line broke.", "On one occasion the bell rang.", "From one moment to the next it fell."])
def test_one_that_says_when_is_no_figure(text: str) -> None:
    """A moment is no count."""
    assert not find_figures(text, [])


def test_every_unit_that_touches_its_digits_has_a_code() -> None:
    """A letter that is read as a unit is one of the list, so that "5t" is five tonnes and no fault."""
    for letters in counted._TOUCHING:
        assert find_figures(f"It takes 5{letters} of it.")[0].value.startswith("5")
    assert find_figures("It weighs 5t now.")[0].unit == "t"
