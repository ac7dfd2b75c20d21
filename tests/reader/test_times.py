"""Times: what is found, what it stands for, and whose it is."""

from __future__ import annotations

import itertools
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.times import find_times, placed
from reportedly.reader.times.words import lexicon
from reportedly.values import Attribution, Span, Time

THURSDAY = "2024-03-14"
MOMENT = "2024-03-14T10:30:00+01:00"


def times(text: str, published: str | None = THURSDAY) -> list[tuple[str, str, str, str | None, str | None]]:
    return [(text[t.start : t.end], t.type, t.value, t.earliest, t.latest) for t in find_times(text, published)]


def days(text: str, published: str | None = THURSDAY) -> list[tuple[str, str | None, str | None]]:
    return [(words, earliest, latest) for words, _, _, earliest, latest in times(text, published)]


@pytest.mark.parametrize(
    ("text", "words", "value", "earliest", "latest"),
    [
        # Days in full, in either order.
        ("It opened on March 12, 2024.", "March 12, 2024", "2024-03-12", "2024-03-12", "2024-03-12"),
        ("It opened on Tuesday, 12 March 2024.", "Tuesday, 12 March 2024", "2024-03-12", "2024-03-12", "2024-03-12"),
        ("It opened on the 9th of November 1989.", "the 9th of November 1989", "1989-11-09", "1989-11-09", "1989-11-09"),
        ("It opened on Sept. 3, 1939.", "Sept. 3, 1939", "1939-09-03", "1939-09-03", "1939-09-03"),
        ("It opened on 2021-07-04.", "2021-07-04", "2021-07-04", "2021-07-04", "2021-07-04"),
        ("It opened on 25/12/2023.", "25/12/2023", "2023-12-25", "2023-12-25", "2023-12-25"),
        ("It opened on 12/25/2023.", "12/25/2023", "2023-12-25", "2023-12-25", "2023-12-25"),
        ("It opened on 04.07.2021.", "04.07.2021", "2021-07-04", "2021-07-04", "2021-07-04"),
        ("The fair was held on 3-5 May 2023.", "3-5 May 2023", "2023-05-03/2023-05-05", "2023-05-03", "2023-05-05"),
        # Days and months without a year, by the tense of the clause.
        ("He resigned on 22 February.", "22 February", "2024-02-22", "2024-02-22", "2024-02-22"),
        ("She was elected in October.", "October", "2023-10", "2023-10-01", "2023-10-31"),
        ("She will resign in October.", "October", "2024-10", "2024-10-01", "2024-10-31"),
        ("He left in May last year.", "May last year", "2023-05", "2023-05-01", "2023-05-31"),
        ("He left last May.", "last May", "2023-05", "2023-05-01", "2023-05-31"),
        # Weekdays.
        ("The ferry sank on Tuesday.", "Tuesday", "2024-03-12", "2024-03-12", "2024-03-12"),
        ("The ferry will sail on Tuesday.", "Tuesday", "2024-03-19", "2024-03-19", "2024-03-19"),
        ("The ferry is scheduled to sail on Tuesday.", "Tuesday", "2024-03-19", "2024-03-19", "2024-03-19"),
        ("The ferry sank last Friday.", "last Friday", "2024-03-08", "2024-03-08", "2024-03-08"),
        ("The ferry sailed on Thursday.", "Thursday", "2024-03-14", "2024-03-14", "2024-03-14"),
        # From here.
        ("It rained yesterday.", "yesterday", "2024-03-13", "2024-03-13", "2024-03-13"),
        ("It rained the day before yesterday.", "the day before yesterday", "2024-03-12", "2024-03-12", "2024-03-12"),
        ("The week before last it rained.", "The week before last", "2024-W09", "2024-02-26", "2024-03-03"),
        ("It rained this week.", "this week", "2024-W11", "2024-03-11", "2024-03-17"),
        ("It rained last month.", "last month", "2024-02", "2024-02-01", "2024-02-29"),
        ("It will rain next year.", "next year", "2025", "2025-01-01", "2025-12-31"),
        ("It rained three days ago.", "three days ago", "2024-03-11", "2024-03-11", "2024-03-11"),
        ("It rained nearly two years ago.", "nearly two years ago", "2022", "2022-01-01", "2022-12-31"),
        ("It rained a few days ago.", "a few days ago", "PAST_REF", "2024-03-09", "2024-03-12"),
        ("Two years from now it will be built.", "Two years from now", "2026", "2026-01-01", "2026-12-31"),
        # Early, late, and parts of a stretch.
        ("It closed earlier this month.", "earlier this month", "2024-03", "2024-03-01", "2024-03-14"),
        ("It will close later this year.", "later this year", "2024", "2024-03-14", "2024-12-31"),
        ("It closed late last year.", "late last year", "2023", "2023-09-01", "2023-12-31"),
        ("It closed in mid-November 2020.", "mid-November 2020", "2020-11", "2020-11-11", "2020-11-20"),
        ("It closed at the end of 1990.", "the end of 1990", "1990", "1990-12-01", "1990-12-31"),
        ("It has been closed since the summer.", "the summer", "2023-SU", "2023-06-01", "2024-03-14"),
        # Quarters, halves, seasons, years, decades, centuries.
        ("Sales fell in the third quarter of 2023.", "the third quarter of 2023", "2023-Q3", "2023-07-01", "2023-09-30"),
        ("Sales fell in Q3 2023.", "Q3 2023", "2023-Q3", "2023-07-01", "2023-09-30"),
        ("Sales fell in last year's second quarter.", "last year's second quarter", "2023-Q2", "2023-04-01", "2023-06-30"),
        ("Sales fell in the first half of last year.", "the first half of last year", "2023-H1", "2023-01-01", "2023-06-30"),
        ("It was built in the summer of 1994.", "the summer of 1994", "1994-SU", "1994-06-01", "1994-08-31"),
        ("It was built in the winter of 1994.", "the winter of 1994", "1994-WI", "1994-12-01", "1995-02-28"),
        ("It was built in 1887.", "1887", "1887", "1887-01-01", "1887-12-31"),
        ("The 2012-13 season was wet.", "2012-13", "2012/2013", "2012-01-01", "2013-12-31"),
        ("The lease ran 1998–2003.", "1998–2003", "1998/2003", "1998-01-01", "2003-12-31"),
        ("It was built in the late 1970s.", "the late 1970s", "197", "1976-09-01", "1979-12-31"),
        ("It was built in the '80s.", "the '80s", "198", "1980-01-01", "1989-12-31"),
        ("It was built in the nineties.", "the nineties", "199", "1990-01-01", "1999-12-31"),
        ("It was built in the 18th century.", "the 18th century", "17", "1700-01-01", "1799-12-31"),
        ("It will be shut this weekend.", "this weekend", "2024-W11-WE", "2024-03-16", "2024-03-17"),
        ("The yard is idle in the summer.", "the summer", "2024-SU", "2024-06-01", "2024-08-31"),
        ("The vote is on Tuesday.", "Tuesday", "2024-03-19", "2024-03-19", "2024-03-19"),
        ("It will be shut in February.", "February", "2025-02", "2025-02-01", "2025-02-28"),
        ("It was shut over the weekend.", "the weekend", "2024-W10-WE", "2024-03-09", "2024-03-10"),
        # Feasts, at fixed dates and by Easter.
        ("She was born on Christmas Eve 1960.", "Christmas Eve 1960", "1960-12-24", "1960-12-24", "1960-12-24"),
        ("He died on St Andrew's Day 2019.", "St Andrew's Day 2019", "2019-11-30", "2019-11-30", "2019-11-30"),
        ("The pier shut on Good Friday 2023.", "Good Friday 2023", "2023-04-07", "2023-04-07", "2023-04-07"),
        ("The sale began the day after Christmas.", "the day after Christmas", "2023-12-26", "2023-12-26", "2023-12-26"),
        # Fiscal years begin at different times.
        ("Profit rose in fiscal 2022.", "fiscal 2022", "2022", None, None),
        ("The city fell in 490 BC.", "490 BC", "BC0490", None, None),
    ],
)
def test_dates(text: str, words: str, value: str, earliest: str | None, latest: str | None) -> None:
    """A date is found with its words, its TIMEX3 value and its two ends, against a Thursday in March."""
    assert times(text) == [(words, "DATE", value, earliest, latest)]


@pytest.mark.parametrize(
    ("text", "words", "value", "earliest", "latest"),
    [
        ("Polls opened at 9am on Tuesday.", "9am on Tuesday", "2024-03-12T09:00", "2024-03-12T09:00", "2024-03-12T09:00"),
        ("Polls opened at 10.30am yesterday.", "10.30am yesterday", "2024-03-13T10:30", "2024-03-13T10:30", "2024-03-13T10:30"),
        ("Polls closed on Tuesday at 7:15 p.m. local time.", "Tuesday at 7:15 p.m. local time", "2024-03-12T19:15", "2024-03-12T19:15", "2024-03-12T19:15"),
        ("Polls closed at six o'clock in the evening.", "six o'clock in the evening", "2024-03-14T18:00", "2024-03-14T18:00", "2024-03-14T18:00"),
        ("Polls closed at half past six.", "half past six", "2024-03-14T06:30", "2024-03-14T06:30", "2024-03-14T06:30"),
        ("Polls closed at 21:00.", "21:00", "2024-03-14T21:00", "2024-03-14T21:00", "2024-03-14T21:00"),
        ("Polls closed at noon on Tuesday.", "noon on Tuesday", "2024-03-12T12:00", "2024-03-12T12:00", "2024-03-12T12:00"),
        ("Shots were heard on Tuesday night.", "Tuesday night", "2024-03-12TNI", "2024-03-12T18:00", "2024-03-13T05:59"),
        ("Shots were heard last night.", "last night", "2024-03-13TNI", "2024-03-13T18:00", "2024-03-14T05:59"),
        ("Shots were heard this morning.", "this morning", "2024-03-14TMO", "2024-03-14T06:00", "2024-03-14T11:59"),
        ("Shots were heard on the morning of 12 March.", "the morning of 12 March", "2024-03-12TMO", "2024-03-12T06:00", "2024-03-12T11:59"),
    ],
)
def test_times_of_day(text: str, words: str, value: str, earliest: str, latest: str) -> None:
    """A time of day belongs to the day beside it, else to the day last spoken of, else to that of the publication."""
    assert times(text) == [(words, "TIME", value, earliest, latest)]


@pytest.mark.parametrize(
    ("text", "words", "value", "earliest", "latest"),
    [
        ("The siege lasted nearly three months.", "nearly three months", "P3M", None, None),
        ("The siege lasted two to three weeks.", "two to three weeks", "P2W", None, None),
        ("The siege lasted a year and a half.", "a year and a half", "P1Y6M", None, None),
        ("The siege lasted half an hour.", "half an hour", "PT30M", None, None),
        ("The siege lasted several months.", "several months", "PXM", None, None),
        ("It was a ten-year lease.", "ten-year", "P10Y", None, None),
        ("He served for at least twenty-one years.", "at least twenty-one years", "P21Y", None, None),
        ("Rents rose over the past two years.", "the past two years", "P2Y", "2022-03-14", "2024-03-14"),
        ("Rents will rise over the next six months.", "the next six months", "P6M", "2024-03-14", "2024-09-14"),
    ],
)
def test_durations(text: str, words: str, value: str, earliest: str | None, latest: str | None) -> None:
    """A duration has ends only where the text ties it to the publication."""
    assert times(text) == [(words, "DURATION", value, earliest, latest)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The market opens every Monday.", "every Monday", "XXXX-WXX-1"),
        ("The club meets on Tuesday nights.", "Tuesday nights", "XXXX-WXX-2TNI"),
        ("The club meets twice a week.", "twice a week", "P1W"),
        ("The club meets every two weeks.", "every two weeks", "P2W"),
        ("Rent is $5,000 a year.", "a year", "P1Y"),
        ("The list is printed daily.", "daily", "XXXX-XX-XX"),
    ],
)
def test_sets(text: str, words: str, value: str) -> None:
    """What repeats has a value and no ends."""
    assert times(text) == [(words, "SET", value, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "She may march if the sun comes out.",
        "May said that April Jones would fall.",
        "The second man came first.",
        "Wait a second term.",
        "He is a 27-year-old clerk, and she is in her 80s.",
        "A quarter of the town is old, and so is the Latin quarter.",
        "They read the Sunday Times on Black Friday.",
        "The vote was 3:2, the fine $2,000 and the flight BA 2000.",
        "Sheffield Wednesday won.",
        "The fall of the wall was a spring in the step.",
        "Some 1,500 people and 2000 cows live there.",
        "Version 1.2.3 costs 10.50.",
        "New homes and good schools opened near St Ives.",
        "By the end, the minutes were read out and the day passed.",
    ],
)
def test_ordinary_words_are_no_times(text: str) -> None:
    """Words and numbers that could be times, and are not."""
    assert times(text) == []


@pytest.mark.parametrize(
    "text", ["It closed on 31 February.", "It closed on February 30, 2024.", "It closed on 29 February 2023.", "It closed on 45/13/2024.", "It closed at 31:75 and at 14pm."]
)
def test_what_does_not_exist_is_not_resolved(text: str) -> None:
    """An impossible day or hour is no time."""
    assert times(text) == []


def test_a_leap_day_is_of_a_leap_year() -> None:
    """29 February without a year is that of the last leap year, or of the next."""
    assert days("He was born on 29 February.", "2023-06-01") == [("29 February", "2020-02-29", "2020-02-29")]
    assert days("She will marry on 29 February.", "2023-06-01") == [("29 February", "2024-02-29", "2024-02-29")]


def test_figures_that_can_be_read_in_two_ways_are_left_open() -> None:
    """3/4/2024 is in March or April; another date of the same text can show which."""
    assert times("The deed is of 03/04/2024.") == [("03/04/2024", "DATE", "2024-XX-XX", None, None)]
    assert days("The deed is of 03/04/2024, the will of 25/12/2023.")[0] == ("03/04/2024", "2024-04-03", "2024-04-03")
    assert days("The deed is of 03/04/2024, the will of 12/25/2023.")[0] == ("03/04/2024", "2024-03-04", "2024-03-04")
    assert days("The deed is of 03/04/2024, the will of 12/25/2023, the map of 25/12/2023.")[0] == ("03/04/2024", None, None)


def test_the_story_is_followed_from_day_to_day() -> None:
    """The next day, two days later, the following week and that month count from the last time mentioned."""
    text = "The dam broke on 3 June 2021. The next day the army came. Two days later it left. The following week the mayor resigned. He was tried that month."
    assert days(text) == [
        ("3 June 2021", "2021-06-03", "2021-06-03"),
        ("The next day", "2021-06-04", "2021-06-04"),
        ("Two days later", "2021-06-06", "2021-06-06"),
        ("The following week", "2021-06-07", "2021-06-13"),
        ("that month", "2021-06-01", "2021-06-30"),
    ]


def test_a_story_of_another_year_keeps_its_year() -> None:
    """Months without a year belong to the year that the text is telling of."""
    text = "The strike began in 1926 and spread in May 1926. In June the mines shut. By November it was over."
    assert [value for _, _, value, _, _ in times(text)] == ["1926", "1926-05", "1926-06", "1926-11"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The invasion began on 24 February 2022. A couple of days before the invasion, the embassy shut.", ("A couple of days before the invasion", "2022-02-22", "2022-02-22")),
        ("Two weeks after the election, he fled. The election was held on 7 May 2023.", ("Two weeks after the election", "2023-05-15", "2023-05-21")),
        ("The army invaded on 24 February 2022. The day after the invasion, the bank shut.", ("The day after the invasion", "2022-02-25", "2022-02-25")),
    ],
)
def test_a_dated_event_dates_what_is_told_by_it(text: str, found: tuple[str, str, str]) -> None:
    """Days before or after an event are counted from the date that the text gives it."""
    assert found in days(text)


def test_an_event_without_a_date_leaves_the_duration() -> None:
    """Nothing is counted from an event that the text does not date; a date beside the expression is its own."""
    assert times("Two days before the wedding, he left.") == [("Two days", "DURATION", "P2D", None, None)]
    assert times("On 4 May 2023, two days before the wedding, he left.")[1] == ("two days", "DURATION", "P2D", None, None)


def test_days_are_not_counted_from_a_year() -> None:
    """The next day needs a day before it."""
    assert times("He fled in 2014. The next day it rained.")[1] == ("The next day", "DATE", "XXXX-XX-XX", None, None)
    assert times("He fled on 3 May 2014, and had lived there since 2012. The next day it rained.")[2] == ("The next day", "DATE", "2014-05-04", "2014-05-04", "2014-05-04")


def test_without_a_publication_date_what_is_known_is_kept() -> None:
    """A value with X for what is missing, and no ends; a full date needs no publication."""
    text = "It broke on 22 February. On Tuesday it was mended. It broke again yesterday, last week, in March, at 9am, and on 4 July 2021."
    assert [(value, earliest) for _, _, value, earliest, _ in times(text, None)] == [
        ("XXXX-02-22", None),
        ("XXXX-WXX-2", None),
        ("XXXX-XX-XX", None),
        ("XXXX-WXX", None),
        ("XXXX-03", None),
        ("XXXX-XX-XXT09:00", None),
        ("2021-07-04", "2021-07-04"),
    ]


@pytest.mark.parametrize("published", ["", "yesterday", "2024-13-45", "14/03/2024"])
def test_a_date_that_is_none_is_no_publication_date(published: str) -> None:
    """A publication date in no ISO form counts as unknown."""
    assert times("It broke on Tuesday.", published) == times("It broke on Tuesday.", None)


def test_the_moment_of_publication_ends_what_has_not_ended() -> None:
    """Earlier today and since 9am run up to the moment, later today runs from it."""
    assert days("Earlier today it rained.", MOMENT) == [("Earlier today", "2024-03-14T00:00", "2024-03-14T10:30")]
    assert days("It has rained since 9am.", MOMENT) == [("9am", "2024-03-14T09:00", "2024-03-14T10:30")]
    assert days("It will rain later today.", MOMENT) == [("later today", "2024-03-14T10:30", "2024-03-14T23:59")]
    assert days("It rained two hours ago.", MOMENT) == [("two hours ago", "2024-03-14T08:30", "2024-03-14T08:30")]
    assert days("The office will open from 9am on Friday.", MOMENT) == [("9am on Friday", "2024-03-15T09:00", None)]
    assert days("The office was open from 9am to noon.", MOMENT)[0] == ("9am", "2024-03-14T09:00", "2024-03-14T09:00")


@pytest.mark.parametrize(("published", "expected"), [("1865-04-15", "1865-04-14"), ("2199-12-31", "2199-12-30"), ("0001-01-01", None), ("9999-12-31", "9999-12-30")])
def test_old_and_future_publication_dates(published: str, expected: str | None) -> None:
    """Any day that the calendar has can be a publication date; beyond its ends nothing is resolved."""
    found = days("He was shot yesterday.", published)
    assert found == ([("yesterday", expected, expected)] if expected else [])


def test_right_to_left_marks_part_nothing() -> None:
    """Signs that steer direction are stepped over, and offsets stay those of the text."""
    text = "It opened on \u200fMarch\u200f \u206712\u2069, 2024 in the port."
    (found,) = find_times(text, THURSDAY)
    assert found.value == "2024-03-12"
    assert text[found.start : found.end] == "March\u200f \u206712\u2069, 2024"


def test_numbers_of_a_thousand_digits_are_passed_over() -> None:
    """No number is too long to be read past."""
    long = "9" * 5000
    assert times(f"After {long} years, {long} days ago, {long}-{long}, {long} BC, {long}am, on March {long} it ended on Tuesday.")[-1][0] == "Tuesday"


WORDS = [w for words in lexicon()["classes"].values() for w in words.split()] + ["Eve", "Day", "invasion", "war", "was", "ended", "will", "x"]


@given(
    st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(list(".,-–:/'’\n0123456789")), st.integers(0, 3000).map(str)), max_size=40).map(" ".join),
    st.sampled_from([THURSDAY, MOMENT, None, "0001-01-01", "9999-12-31"]),
)
def test_any_words_of_time_give_times_in_order(text: str, published: str | None) -> None:
    """Whatever the words, times lie inside the text one after another, and begin before they end."""
    found = find_times(text, published)
    assert all(0 <= t.start < t.end <= len(text) and t.value for t in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for t in found:
        if t.earliest and t.latest:
            assert t.earliest <= t.latest
        for end in (t.earliest, t.latest):
            assert end is None or date.fromisoformat(end[:10])


@given(st.text(max_size=80), st.text(max_size=12) | st.none())
def test_any_text_is_read(text: str, published: str | None) -> None:
    """No text and no publication date is refused."""
    assert all(text[t.start : t.end].strip() for t in find_times(text, published))


@pytest.mark.parametrize(
    "piece",
    [
        "It rained on Tuesday, two days before the flood. ",
        "the the late early last ",
        "two or ",
        "1998-",
        "in ",
        "a few more ",
        "March 3, ",
        "at 9 ",
        "twenty-",
        "\n\n",
        "every ",
        "two days before the dark flood ",
        "'80s ",
    ],
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Five thousand expressions, or starts of expressions, take a moment; the first text has ten thousand."""
    began = time.process_time()
    find_times(piece * 5_000, THURSDAY)
    assert time.process_time() - began < 10  # a second or two on an idle machine; a quadratic rule takes minutes


# Whose time it is.


def attribution(name: str, text: str, cue: str, content: str) -> Attribution:
    spans = [Span(text.index(piece), text.index(piece) + len(piece)) for piece in (cue, content)]
    return Attribution(name, None, (), (spans[0],), (spans[1],), "indirect", 1.0)


def roles(text: str, *attributions: tuple[str, str]) -> list[tuple[str, str | None, str]]:
    made = [attribution(f"a{n}", text, *parts) for n, parts in enumerate(attributions, 1)]
    return [(text[t.start : t.end], t.attribution, t.role) for t in placed(find_times(text, THURSDAY), made, text)]


@pytest.mark.parametrize(
    ("text", "parts", "expected"),
    [
        ("The mayor said on Tuesday that it shut in May 2023.", ("said", "that it shut in May 2023"), [("Tuesday", "a1", "said"), ("May 2023", "a1", "happened")]),
        ("On Tuesday, the mayor said it would open on Friday.", ("said", "it would open on Friday"), [("Tuesday", "a1", "said"), ("Friday", "a1", "happened")]),
        ("“We lost,” said Ann Lee, the owner, late on Monday. It rained on Sunday.", ("said", "“We lost,”"), [("late on Monday", "a1", "said"), ("Sunday", None, "other")]),
        ("Lee, who was arrested on Tuesday, said she was innocent.", ("said", "she was innocent"), [("Tuesday", None, "other")]),
        ("The guard said in a statement released on Tuesday that all was well.", ("said", "that all was well"), [("Tuesday", "a1", "said")]),
        ("He said it was over. On Monday the yard reopened.", ("said", "it was over"), [("Monday", None, "other")]),
        ("She has said for two years that the dam leaks.", ("said", "that the dam leaks"), [("two years", None, "other")]),
    ],
)
def test_a_time_belongs_to_the_statement_it_dates_or_stands_in(text: str, parts: tuple[str, str], expected: list[tuple[str, str | None, str]]) -> None:
    """By the cue and outside the content it dates the statement; inside the content it is told; else it is the writer's."""
    assert roles(text, parts) == expected


def test_a_time_between_nested_statements_dates_the_inner_one() -> None:
    """The words of the outer voice date the inner statement."""
    text = "Radio One reported that the pilot said on Tuesday that he had landed on Monday."
    assert roles(text, ("reported", "that the pilot said on Tuesday that he had landed on Monday"), ("said", "that he had landed on Monday")) == [
        ("Tuesday", "a2", "said"),
        ("Monday", "a2", "happened"),
    ]


def test_placing_changes_nothing_else() -> None:
    """Without attributions every time is the writer's own."""
    found = find_times("It rained on Tuesday and in May 2020.", THURSDAY)
    assert [Time(t.start, t.end, t.type, t.value, t.earliest, t.latest) for t in placed(found, [], "It rained on Tuesday and in May 2020.")] == found


def test_what_is_called_by_its_hour_is_no_time() -> None:
    """The six o'clock boat may sail at any hour."""
    assert not find_times("He took the six o'clock boat.", None)
    assert find_times("He sailed at six o'clock.", None)
