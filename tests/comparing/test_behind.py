"""The report that a page points at."""

from __future__ import annotations

import pytest

from reportedly.comparing import reports_behind
from reportedly.values import Article, Link


def article(text: str, *links: tuple[str, str], url: str | None = "https://echo.example/news/1") -> Article:
    """An article with links on words of its text; no words: the line of the link was cut."""
    made = tuple(Link(text.index(words), text.index(words) + len(words), to) if words else Link(len(text), len(text), to) for words, to in links)
    return Article("x", "x", text, url=url, links=made)


@pytest.mark.parametrize(
    ("text", "words", "url"),
    [
        ("The Tarn Courier reported that the wall leaks.", "The Tarn Courier reported", "https://www.tarncourier.example/wall"),
        ("An officer told CNN that he had left.", "told CNN", "https://edition.cnn.com/2022/05/22/officer"),
        ("The wall leaks, according to the Tarn Courier.", "Tarn Courier", "https://tarn-courier.example/2024/wall"),
        ("The wall leaks. Read more", "Read more", "https://other.example/wall"),
        ("The wall leaks. Read more at this link.", "this link", "https://other.example/wall"),
        ("The wall leaks.", "", "https://other.example/wall"),
        ("The wall leaks.", "", "https://echo.example/full/8"),
        ("The wall leaks. Read the full story", "Read the full story", "https://echo.example/full/7"),
    ],
)
def test_links_to_the_report_are_found(text: str, words: str, url: str) -> None:
    """Names of outlets beside a cue, pointers, lines that were cut as furniture, and full reports on the same site."""
    assert [b.url for b in reports_behind(article(text, (words, url)))] == [url]


@pytest.mark.parametrize(
    ("text", "words", "url"),
    [
        ("The wall leaks, see the gallery.", "gallery", "https://other.example/pictures"),
        ("Read more", "Read more", "https://echo.example/another-story"),
        ("Share on Facebook", "", "https://www.facebook.com/share"),
        ("The Tarn Courier reported it.", "The Tarn Courier", "https://tarncourier.example/"),
        ("Read more", "Read more", "https://echo.example/news/1#comments"),
        ("Read more", "Read more", "/relative"),
        ("Read more", "Read more", "https://[broken"),
        ("Read more", "Read more", "javascript:alert(1)"),
        ("Photo", "Photo", "https://other.example/a.jpg"),
    ],
)
def test_other_links_are_left_alone(text: str, words: str, url: str) -> None:
    """Pictures, shares, the page itself, bare sites and addresses that are none."""
    assert reports_behind(article(text, (words, url))) == []


def test_the_likeliest_comes_first() -> None:
    """A link that names the outlet that reported goes before one that only points on, and each address stands once."""
    text = "The wall leaks. The Tarn Courier reported the leak first. Read more"
    page = article(text, ("Read more", "https://hub.example/w"), ("Tarn Courier", "https://tarncourier.example/w"), ("", "https://tarncourier.example/w#top"))
    assert [b.url for b in reports_behind(page)] == ["https://tarncourier.example/w", "https://hub.example/w"]
