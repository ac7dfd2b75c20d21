"""Web pages become articles: main text, links, dates, names; walls and empty pages are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import PAGE

from reportedly.desk import Options, take_bytes
from reportedly.errors import BadInput, NoArticle

if TYPE_CHECKING:
    from reportedly.intake.article import Taken

BODY = """<p>The council will rebuild the harbour wall, the mayor said on Tuesday. The work is to take two years and cost four million.</p>
<p>&ldquo;We have waited too long,&rdquo; she told a meeting of residents in the old fish hall, where some four hundred people had gathered.</p>"""


def page(body: str = BODY, head: str = "", **options: str) -> Taken:
    html = f'<!doctype html><html lang="en"><head><title>Harbour wall to be rebuilt | The Quay</title>{head}</head><body><nav><a href="/">Home</a> <a href="/s">Sport</a></nav><article><h1>Harbour wall to be rebuilt</h1>{body}</article><footer>© The Quay</footer></body></html>'
    return take_bytes(html.encode(), "page.html", Options(**options), kind="html")


def test_text_begins_with_the_title_and_holds_no_menu() -> None:
    """Title line first, then the paragraphs; no menu, no footer, no counter."""
    text = page(BODY + "<p>0 / 1193</p><p>Share</p>").article.text
    assert text.startswith("Harbour wall to be rebuilt\n\nThe council will")
    assert text.count("Harbour wall to be rebuilt") == 1
    for gone in ("Home", "Sport", "©", "1193", "Share"):
        assert gone not in text


def test_metadata_of_a_page() -> None:
    """Outlet, address, date with zone and its origin are found."""
    article = take_bytes(PAGE, "page", Options()).article
    assert (article.outlet, article.url) == ("The Quay", "https://quay.example/harbour-wall")
    assert (article.published, article.published_from) == ("2024-03-12T08:30:00+01:00", "meta article:published_time")
    assert (article.language, article.title) == ("en", "Harbour wall to be rebuilt")


def test_json_ld_goes_first() -> None:
    """What the publisher says in JSON-LD goes before meta elements; broken JSON-LD is passed over."""
    data = """<script type="application/ld+json">{broken</script><script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Harbour wall to be rebuilt",
    "datePublished": "2024-03-12T07:30:00Z", "dateModified": "2024-03-13", "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "Tom O'Neill"}], "publisher": {"name": "The Quay"}}]}</script>
    <meta property="article:published_time" content="2020-01-01"><meta name="author" content="admin">"""
    article = page(head=data).article
    assert (article.published, article.published_from, article.modified) == ("2024-03-12T07:30:00+00:00", "JSON-LD datePublished", "2024-03-13")
    assert (article.byline, article.outlet) == ("Jane Doe, Tom O'Neill", "The Quay")


def test_agency_in_the_byline_is_an_agency() -> None:
    """A page credited to an agency says so."""
    assert page(head='<meta name="author" content="Associated Press">').article.agency == "AP"


def test_links_have_offsets() -> None:
    """A link of the main text keeps its words and its place; relative ones are made whole."""
    article = page(BODY.replace("harbour wall", '<a href="https://quay.example/plan">harbour wall</a>')).article
    found = {article.text[k.start : k.end]: k.url for k in article.links}
    assert found["harbour wall"] == "https://quay.example/plan"


def test_pointer_goes_and_its_link_stays() -> None:
    """A last "Read more" goes from the text; where it led stays."""
    article = page(BODY + '<p>She left without a word. <a href="https://pier.example/report">Read more at this link.</a></p>').article
    assert article.text.endswith("She left without a word.")
    assert any(k.url == "https://pier.example/report" for k in article.links)


def test_block_quotes_stay() -> None:
    """What stands in a block quote is article text."""
    assert "Nobody asked us" in page(BODY + "<blockquote><p>Nobody asked us whether the wall should stay, wrote the harbour master in his letter.</p></blockquote>" + BODY.replace("council", "town")).article.text


def test_q_elements_get_their_marks() -> None:
    """A browser sets marks around <q>; the text has them too."""
    assert "“We have waited too long,”" in page(BODY.replace("&ldquo;", "<q>").replace("&rdquo;", "</q>")).article.text


def test_lost_quotation_marks_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """When marks of the page do not reach the text, the reading is told."""
    from reportedly.intake import html
    from reportedly.intake.article import Block

    real = html.main_text
    monkeypatch.setattr(html, "main_text", lambda *a: [Block(b.text.replace("“", "").replace("”", "")) for b in real(*a)])
    assert [w.code for w in page().warnings] == ["quotes-lost"]


@pytest.mark.parametrize("url", ["http://[::1/a", "http://[bad/a", "javascript:alert(1)", "data:text/html,x", "http://"])
def test_bad_addresses_cost_no_page(url: str) -> None:
    """A broken or hostile address anywhere is left out, and the page is read."""
    head = f'<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'
    article = page(BODY.replace("harbour wall", f'<a href="{url}">harbour wall</a>'), head).article
    assert "harbour wall" in article.text
    assert article.url is None
    assert [k for k in article.links if not k.url.startswith("http")] == []


def test_a_short_report_below_a_banner_is_read() -> None:
    """A consent banner beside a true report does not make the page a wall."""
    banner = "<div class='banner'><p>We value your privacy. Accept all cookies. Cookie policy. We and our partners store data.</p></div>"
    assert "rebuild" in take_bytes(f"<!doctype html><html><body>{banner}<article><h1>Wall</h1>{BODY}</article></body></html>".encode(), "p.html", Options()).article.text


def test_a_feed_is_named() -> None:
    """RSS and Atom are no article."""
    with pytest.raises(NoArticle, match="feed"):
        take_bytes(b'<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay</title></channel></rss>', "feed.xml", Options())


def test_text_that_begins_with_a_bracket_is_text() -> None:
    """Not all that begins with < is a page."""
    assert take_bytes(b"<Title of a play> was shown on Monday, the mayor said. Nobody came to see it.", "it", Options()).article.text.startswith("<Title")


def test_many_unclosed_scripts_take_no_time() -> None:
    """A page made to keep the program busy is refused at once."""
    import time

    started = time.perf_counter()
    with pytest.raises(NoArticle):
        take_bytes(b"<!doctype html><html><body>" + b"<script>" * 22_000, "page.html", Options())
    assert time.perf_counter() - started < 10


@pytest.mark.parametrize("body", ["", "<p>Hello.</p>", "<script>alert(1)</script>", "<ul><li><a href='/a'>A</a></li><li><a href='/b'>B</a></li></ul>"])
def test_pages_without_an_article_are_refused(body: str) -> None:
    """A page without main text is no empty article but an error that says so."""
    with pytest.raises(NoArticle, match="no article"):
        take_bytes(f"<!doctype html><html><body>{body}</body></html>".encode(), "page.html", Options())


@pytest.mark.parametrize(
    "body",
    ["<h1>Before you continue</h1><p>We and our 842 partners use cookies to store information on your device. Accept all cookies or manage your cookie settings below.</p>",
     "<p>Please enable JavaScript and cookies to continue. Verify you are human by completing the action below.</p>",
     "<p>Subscribe to continue reading this story. Already a member? Log in to continue.</p>"],
)  # fmt: skip
def test_walls_are_refused(body: str) -> None:
    """Consent, robot and pay walls are named for what they are."""
    with pytest.raises(NoArticle, match="wall"):
        take_bytes(f"<!doctype html><html><body>{body}</body></html>".encode(), "page.html", Options())


@pytest.mark.parametrize("html", ["<html", "<!doctype html>" + "<div>" * 5000, "<html><body>" + "<p>\0</p>" * 10, '<?xml version="1.0" encoding="utf-8"?><html></html>', "<html>" + "&#x110000;" * 50])
def test_hostile_pages_are_refused_calmly(html: str) -> None:
    """Forged markup is at worst an input that is refused."""
    with pytest.raises(BadInput):
        take_bytes(html.encode(), "page.html", Options(), kind="html")


def test_pages_of_the_web(shared: object) -> None:
    """On saved pages of many sites, body text and dates stay as good as they were."""
    import subprocess
    import sys
    from pathlib import Path

    root = Path(__file__).resolve().parents[2]
    out = subprocess.run([sys.executable, str(root / "benchmarks" / "pages.py")], capture_output=True, text=True, check=True, env={"REPORTEDLY_SHARED": str(shared), "PATH": "/usr/bin:/bin"}).stdout
    found = {line[:30].strip(): float(line[30:].split()[0]) for line in out.splitlines() if "pages)" in line}
    floors = {"F1": 92.0, "F1 median": 97.0, "title": 90.0, "date": 83.0, "byline": 86.0}
    assert {k: v for k, v in floors.items() if found[k] < v} == {}
