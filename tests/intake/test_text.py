"""Plain and pasted text, and Markdown, become articles without what surrounds them."""

from __future__ import annotations

import time

import pytest
from conftest import EXAMPLE

import reportedly
from reportedly.desk import Options, take_bytes
from reportedly.errors import TooLarge
from reportedly.intake import furniture
from reportedly.intake.credits import agency_of, byline_of, date_of, iso


def taken(text: str, kind: str | None = None, **options: str) -> reportedly.Article:
    return take_bytes(text.encode(), "it", Options(**options), kind=kind).article


@pytest.mark.parametrize(
    "line",
    ["0", "1193", "0 / 1193", "1.2K", "12 comments", "847 shares", "3 min read", "Share", "Share this article", "Facebook Twitter Email", "Tweet", "Print | Save", "Advertisement",
     "Read more at this link.", "Read more", "Read the rest here.", "Click here to read more", "MORE: Why the yard closed", "Related: Ten harbours", "See also", "https://quay.example/x",
     "Photo: Jane Doe / Agency", "(Photo by Jane Doe/Agency)", "Image credit: The Quay", "Getty Images", "© 2024 The Quay", "Continue reading", "Skip to main content", "Story continues below advertisement"],
)  # fmt: skip
def test_furniture_is_seen(line: str) -> None:
    """Counters, buttons, pointers and credits are no part of an article."""
    assert furniture.is_furniture(line)


@pytest.mark.parametrize(
    "line",
    ["“Read more books,” the minister said.", "Nine people died.", "He said: “More.”", "Share prices fell on Monday.", "Photographs of the scene show smoke.", "More than 40 jobs will go, the union said.",
     "In 2024 it rained.", "The picture is unclear, she said.", "Credit goes to the crew, said the captain. He thanked them.", "Print media are dying, he said.", "She could not be reached for comment.", "Related cases are pending.", "Video from the scene showed two officers dragging the man from the car.",
     "Copyright law protects the photographs, the judge ruled.", "Getty said on Friday that he would appeal.", "Police want to speak to this man (pictured).", "He sent her the film (video link expired).",
     "Recommended: a five-year sentence for all three men, the prosecutor said.", "Watch this: they will blame us, he said.", "Continue reading the riot act, he told MPs."],
)  # fmt: skip
def test_sentences_are_not_furniture(line: str) -> None:
    """Sentences that begin like furniture stay."""
    assert not furniture.is_furniture(line)


def test_the_example_is_cleaned() -> None:
    """The example article loses its counters, its buttons and its last pointer, and keeps all else."""
    article = reportedly.article(EXAMPLE)
    assert article.title == "Island Ferry Engineer Quits & Lays Bare A Summer Of Skipped Checks"
    assert article.text.startswith(article.title + "\n\nEngines that were never opened")
    assert article.text.endswith("could not be confirmed.")
    assert "847" not in article.text
    assert "Tweet" not in article.text


def test_a_pointer_with_an_address_leaves_a_link() -> None:
    """A line that only points elsewhere goes, its address stays in `links`."""
    article = taken("Wall to be rebuilt\n\nThe wall will be rebuilt, the mayor said on Monday.\n\nRead more: https://quay.example/wall")
    assert [k.url for k in article.links] == ["https://quay.example/wall"]
    assert "quay" not in article.text
    assert all(0 <= k.start <= k.end <= len(article.text) for k in article.links)


def test_links_in_the_text_keep_their_place() -> None:
    """An address in a sentence is a link with its offsets."""
    article = taken("Wall to be rebuilt\n\nThe plan (https://quay.example/plan) is public, the mayor said on Monday.")
    (found,) = article.links
    assert article.text[found.start : found.end] == found.url == "https://quay.example/plan"


def test_byline_and_date_below_the_title_are_about_the_article() -> None:
    """A byline and a date line are taken out and said."""
    article = taken("Wall to be rebuilt\n\nBy Jane Doe and Tom O’Neill\nPublished: 12 March 2024\n\nThe wall will be rebuilt, the mayor said. By summer it will stand.")
    assert (article.byline, article.published, article.published_from) == ("Jane Doe and Tom O’Neill", "2024-03-12", "text")
    assert article.text == "Wall to be rebuilt\n\nThe wall will be rebuilt, the mayor said. By summer it will stand."


def test_options_go_before_what_the_text_says() -> None:
    """`--published` and `--outlet` win."""
    article = taken("Wall to be rebuilt\n\n12 March 2024\n\nThe wall will be rebuilt, the mayor said on Monday.", published="2023-01-02T08:30+01:00", outlet="The Quay")
    assert (article.published, article.published_from, article.outlet) == ("2023-01-02T08:30:00+01:00", "option", "The Quay")


def test_lines_that_a_program_broke_are_joined() -> None:
    """Text wrapped at seventy columns is read in paragraphs; short lines of their own stay apart."""
    wrapped = "The harbour wall will be rebuilt from the ground, the mayor said on\nTuesday, after a storm in January had torn a hole of eleven metres into\nthe oldest part of it.\n\n“It is time,” she said."
    assert taken(wrapped).text == wrapped.replace("on\n", "on ").replace("into\n", "into ")
    lines = "A first paragraph ends here.\nA second one stands on a line of its own, and ends."
    assert taken(lines).text.count("\n") >= 1


def test_markdown_is_read_as_it_is_seen() -> None:
    """Headings, emphasis, links, quotes and lists become text; front matter and images do not."""
    text = "---\ntitle: Wall to be rebuilt\nauthor: Jane Doe\ndate: 2024-03-12\n---\n# Wall to be rebuilt\n\nThe *wall* will be [rebuilt](https://quay.example/p), the **mayor** said.\n\n> “It is time,” she said.\n\n- One yard closes.\n\n![a wall](wall.png)\n"
    article = taken(text, "markdown")
    assert article.text == "Wall to be rebuilt\n\nThe wall will be rebuilt, the mayor said.\n\n“It is time,” she said.\n\nOne yard closes."
    assert (article.title, article.byline, article.published, article.published_from) == ("Wall to be rebuilt", "Jane Doe", "2024-03-12", "front matter")
    (found,) = article.links
    assert article.text[found.start : found.end] == "rebuilt"


@pytest.mark.parametrize("text", ["a\r\nb “c”\n", " \tx\xa0\n\n\n0\n1193\n", "\ufeffTitle\n", "👩‍🚒 said\n"])
def test_as_is_changes_nothing(text: str) -> None:
    """With as-is the text is the characters as they stand, and there is no title."""
    article = taken(text, as_is=True)  # type: ignore[arg-type]
    assert article.text == text.removeprefix("\ufeff") if text.startswith("\ufeff") else article.text == text
    assert article.title is None


def test_ids_are_digests() -> None:
    """The same words elsewhere are another article with the same text digest."""
    a, b = taken("The same words, she said.", outlet="The Quay"), taken("The same words, she said.", outlet="The Pier")
    assert a.id != b.id
    assert a.text_digest == b.text_digest
    assert a.id == taken("The same words, she said.", outlet="The Quay").id


def test_another_language_is_said() -> None:
    """German text gives its language and a warning; English none."""
    german = take_bytes("Die Mauer am Hafen wird neu gebaut, sagte die Bürgermeisterin am Dienstag. Die Arbeiten dauern zwei Jahre und kosten viel Geld.".encode(), "it", Options())
    assert german.article.language == "de"
    assert [w.code for w in german.warnings] == ["language"]
    english = take_bytes(b"The wall is to be rebuilt, the mayor said on Tuesday. The work will last for two years and cost a lot of money.", "it", Options())
    assert (english.article.language, english.warnings) == ("en", ())


@pytest.mark.parametrize(
    ("value", "expected"),
    [("2024-03-12", "2024-03-12"), ("12 March 2024", "2024-03-12"), ("March 12, 2024 8:30 am EST", "2024-03-12T08:30:00-05:00"), ("2024-03-12T08:30:00Z", "2024-03-12T08:30:00+00:00"),
     ("Updated: Tuesday, 12 March 2024", "2024-03-12"), ("March 2024", None), ("Monday", None), ("31 February 2024", None), ("12", None), ("12/03/2024", None), ("2024-03-12 08:30 GMT+1", "2024-03-12T08:30:00+01:00"), ("12 March 2024 08:30 XYZ", "2024-03-12T08:30:00"), ("2024-03-12T08:30+25:00", None), ("In March 2024 it rained", None)],
)  # fmt: skip
def test_dates_are_whole_or_nothing(value: str, expected: str | None) -> None:
    """A line is a date only when day, month and year stand in it."""
    assert date_of(value) == expected


def test_zones_are_kept_and_never_made_up() -> None:
    """A time without a zone stays without one."""
    assert iso("2024-03-12T08:30:00") == "2024-03-12T08:30:00"
    assert iso("12 Mar 2024 08:30 GMT") == "2024-03-12T08:30:00+00:00"
    assert iso("nonsense") is None


def test_credits() -> None:
    """Agencies are seen in datelines and credit lines, bylines only when they are all of a line."""
    assert agency_of("LONDON (Reuters) - The wall fell.") == "Reuters"
    assert agency_of("— The Associated Press") == "AP"
    assert agency_of("Reuters reported that the wall fell.") is None
    assert byline_of("By Jane Doe") == "Jane Doe"
    assert byline_of("By summer the wall will stand.") is None
    assert byline_of("By any measure") is None
    assert byline_of("By Monday") is None
    assert byline_of("By The Numbers") is None
    assert byline_of("By Anna O’Brien and J.K. Lee") == "Anna O’Brien and J.K. Lee"
    assert byline_of("By Reuters") == "Reuters"


@pytest.mark.parametrize("line", ["share x " * 39 + "!", "by the" + " " * 20_000 + "!", "read more at " + "a " * 140 + "!", "(" * 300, "By " + "Anna " * 60 + "!"])
def test_no_line_takes_long(line: str) -> None:
    """Lines made to keep a regular expression busy are done with at once."""
    started = time.perf_counter()
    furniture.cut(line)
    agency_of(line)
    byline_of(line)
    date_of(line)
    assert time.perf_counter() - started < 2


def test_addresses_end_where_the_sentence_goes_on() -> None:
    """A full stop or a comma behind an address is not part of it."""
    article = taken("Wall to be rebuilt\n\nSee https://quay.example/a, or https://quay.example/b. The mayor said so on Monday.")
    assert [k.url for k in article.links] == ["https://quay.example/a", "https://quay.example/b"]


def test_a_list_stays_a_list() -> None:
    """Items of a list are not joined, however long they are."""
    items = "- The first is that the wall will be rebuilt from the ground\n- The second is that the yard will be closed for two years\n- The third is that nobody will pay for any of it at all"
    assert taken(items).text.count("\n") == 4


def test_a_library_is_no_article() -> None:
    """A text that memory could not hold is refused before it is read."""
    with pytest.raises(TooLarge, match="limit is 5,000,000"):
        taken("word " * 1_000_001, as_is=True)  # type: ignore[arg-type]
