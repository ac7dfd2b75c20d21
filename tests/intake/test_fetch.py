"""Links are fetched within bounds, and each failure says what it was."""

from __future__ import annotations

import pytest

from reportedly.desk import Options, take
from reportedly.errors import BadInput, BadLink, NoArticle, NotText, TooLarge
from reportedly.intake.fetch import fetch


def test_a_page_is_fetched_through_redirects(site: str) -> None:
    """The address after redirects is the page's, unless it names a canonical one."""
    assert fetch(f"{site}/moved").url == f"{site}/article"
    assert take(f"{site}/moved").article.url == "https://quay.example/harbour-wall"


def test_the_header_names_the_charset(site: str) -> None:
    """A page in Latin-1 is read as its header says."""
    assert "harbour café" in take(f"{site}/latin").article.text


@pytest.mark.parametrize(("path", "error", "words"), [("/missing", BadLink, "404"), ("/broken", BadLink, "500"), ("/circle", BadLink, "circle"), ("/image", NotText, "image/png"), ("/consent", NoArticle, "wall")])
def test_failures_are_named(site: str, path: str, error: type[Exception], words: str) -> None:
    """Error statuses, loops, images and consent walls each have their own sentence."""
    with pytest.raises(error, match=words):
        take(f"{site}{path}")


def test_nobody_there(closed_port: int) -> None:
    """A host that does not answer is a bad link."""
    with pytest.raises(BadLink, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{closed_port}/")


def test_slow_pages_time_out(site: str) -> None:
    """Neither silence nor a drip of bytes holds the program up."""
    with pytest.raises(BadLink, match="did not answer"):
        fetch(f"{site}/slow", patience=0.3)
    with pytest.raises(BadLink, match="longer than"):
        fetch(f"{site}/drip", deadline=0.5)


def test_endless_pages_are_cut_off(site: str) -> None:
    """A page without an end is refused at the limit, not read into memory."""
    with pytest.raises(TooLarge, match="larger than"):
        fetch(f"{site}/endless", limit=1_000_000)


@pytest.mark.parametrize("url", ["http://", "http://[", "http://exa mple/"])
def test_nonsense_addresses(url: str) -> None:
    """An address that is none is a bad link, not a crash."""
    with pytest.raises(BadLink):
        fetch(url)


def test_as_is_refuses_links(site: str) -> None:
    """As-is is for text."""
    with pytest.raises(BadInput, match="as-is"):
        take(f"{site}/article", Options(as_is=True))
