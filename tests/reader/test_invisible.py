"""Signs that nobody sees: what is read without them is told where it stands with them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.figures import find_figures
from reportedly.reader.invisible import INVISIBLE, Visible
from reportedly.reader.times import find_times

SIGNS = "\u200f\u200e\u202b\u2067\u00ad\ufeff"


@given(st.text(alphabet="ab 1" + SIGNS, max_size=24))
def test_offsets_go_there_and_back(text: str) -> None:
    """A span of what is seen holds the same signs in the text, begins and ends with a visible one, and comes back as it was."""
    visible = Visible(text)
    assert visible.text == INVISIBLE.sub("", text)
    for start in range(len(visible.text)):
        for end in range(start + 1, len(visible.text) + 1):
            there = visible.span(start, end)
            assert INVISIBLE.sub("", text[slice(*there)]) == visible.text[start:end]
            assert text[there[0]] not in SIGNS
            assert text[there[1] - 1] not in SIGNS
            assert (visible.seen(there[0]), visible.seen(there[1])) == (start, end)


def test_marks_of_direction_hide_no_figure_and_no_time() -> None:
    """The comparator before a mark and what is counted behind it belong to the figure; a date with marks is one."""
    text = "More than \u200f29,000\u200f people came on \u202b24 February\u202c 2022, the mayor said on \u200eMon\u00adday."
    times = find_times(text, "2024-03-12")
    assert [t.value for t in times] == ["2022-02-24", "2024-03-11"]
    (figure,) = find_figures(text, [(t.start, t.end) for t in times])
    assert (text[figure.start : figure.end], figure.comparator, figure.value, figure.unit) == ("More than \u200f29,000\u200f people", ">", "29000", "people")


def test_a_date_that_no_calendar_has_leaves_no_year_and_no_figure() -> None:
    """What looks like a date, and is none, is neither resolved nor counted."""
    for text in ("It is stamped 2023-13-45.", "It fell on 30 February 2023.", "It fell on 31/02/2023."):
        times = find_times(text, "2024-03-12")
        assert times == []
        assert find_figures(text, [(t.start, t.end) for t in times]) == []
