"""The page: one file, nothing from elsewhere, readable by anybody; looked at in a real browser."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import EXAMPLE, need

import reportedly
from reportedly.show import page, view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

HOSTILE = "<script>alert(1)</script> & “<img src=x onerror=alert(2)>,” the mayor said on Monday. ‘</style><b>’"


@pytest.fixture(scope="module")
def html(reader: reportedly.Reader) -> str:
    return page.render([reportedly.read(EXAMPLE, published="2024-09-06", reader=reader)], min_score=0.8)


@pytest.fixture(scope="module")
def long_words(reader: reportedly.Reader) -> str:
    text = f"“https://quay.example/{'a' * 150} is no longer there,” the mayor said on Monday. “No\xa0{'b' * 90}\xa0here,” she said."
    return page.render([reader.read(reportedly.article(text, as_is=True))], min_score=0)


def test_nothing_comes_from_elsewhere(html: str) -> None:
    """No script, no font, no image, no import: the file is all there is."""
    assert not re.search(r"<script|<link|<img|@import|url\(|src=", html)
    assert "default-src 'none'" in html


def test_all_text_is_there_once(html: str) -> None:
    """Without its marks the page shows the article's text, word for word."""
    text = reportedly.article(EXAMPLE).text
    body = re.search(r"<article.*?</article>", html, re.DOTALL)[0]
    shown = re.sub(r"<p class=\"(?:about|legend|warning)\".*?</p>", "", body, flags=re.DOTALL)
    shown = re.sub(r"<a class=\"number\".*?</a>|<span class=\"query\".*?</span>|<[^>]+>", "", shown).replace("&amp;", "&").replace("&#39;", "'")
    assert re.sub(r"\s+", " ", shown).strip() == re.sub(r"\s+", " ", text).strip()


def test_article_text_is_escaped(reader: reportedly.Reader) -> None:
    """Markup in an article is shown, never obeyed, also in its title and byline."""
    article = reportedly.article(f"A headline <script>x</script>\n\n{HOSTILE}\n\nMore <i>text</i> that is longer than the title of it all, she added.", outlet="<b>Quay</b>")
    shown = page.render([reader.read(article)], min_score=0)
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<b>Quay" not in shown


def test_several_articles_on_one_page(reader: reportedly.Reader) -> None:
    """Several readings share a page with a list of them; ids stay apart."""
    readings = [reader.read(reportedly.article(t, as_is=True)) for t in ("It rains, he said.", "It snows, she said.")]
    shown = page.render(readings, min_score=0)
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert "article-2" in ids


def test_a_threshold_hides_and_says_so(reader: reportedly.Reader) -> None:
    """What is less sure is not marked, and the page tells how many that is."""
    reading = reportedly.read(EXAMPLE, reader=reader)
    scores = sorted(a.score for a in reading.attributions)
    half = view.view(reading, scores[len(scores) // 2])
    assert half.shown + half.hidden == len(scores)
    assert half.hidden > 0
    assert f"{half.hidden} less certain" in page.render([reading], min_score=scores[len(scores) // 2])


def test_only_addresses_of_the_web_are_links(reader: reportedly.Reader) -> None:
    """An address with another scheme is shown, not linked."""
    from dataclasses import replace

    article = replace(reportedly.article("It rains, he said.", as_is=True), url="javascript:alert(1)")
    assert 'href="javascript' not in page.render([reader.read(article)], min_score=0)


@pytest.fixture(scope="module")
def browser_page(html: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    need(chromium, "Chromium")
    from playwright.sync_api import sync_playwright

    path = Path(tmp_path_factory.mktemp("page")) / "reading.html"
    path.write_text(html, "utf-8")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        shown = browser.new_page()
        shown.goto(path.as_uri())
        yield shown
        browser.close()


@pytest.mark.parametrize("width", [360, 800, 1300, 1920])
def test_fits_every_screen(browser_page: Page, width: int) -> None:
    """From a small phone to a projector nothing sticks out sideways."""
    browser_page.set_viewport_size({"width": width, "height": 900})
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width


def test_keyboard_goes_from_the_text_to_the_statement_and_back(browser_page: Page) -> None:
    """Tab reaches the numbers, Enter follows them, and the place is marked."""
    browser_page.set_viewport_size({"width": 1300, "height": 900})
    browser_page.locator("article a.number").first.focus()
    browser_page.keyboard.press("Enter")
    target = "s1-1"
    browser_page.wait_for_selector(f"#{target}:target")
    browser_page.locator(f"#{target} a.number").focus()
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_selector("#t1-1:target", state="attached")


CONTRAST = """() => {
  const parse = c => (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  return [...document.querySelectorAll('body *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => {
    const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
    return [e.className + ' ' + e.tagName, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
  }).filter(x => x[1] < 4.5);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(browser_page: Page, scheme: str) -> None:
    """All text stands out by 4.5 to 1 at least (WCAG 2.2, 1.4.3), light and dark."""
    browser_page.emulate_media(color_scheme=scheme)
    assert browser_page.evaluate("getComputedStyle(document.body).backgroundColor") == ("rgb(253, 252, 249)" if scheme == "light" else "rgb(22, 24, 26)")
    assert browser_page.evaluate(CONTRAST) == []


def test_readable_without_colour(browser_page: Page) -> None:
    """Direct, mixed and retold content differ by the line below them, sources by weight, cues by slant."""
    style = lambda selector, name: browser_page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).{name}")  # noqa: E731
    lines = {manner: style(f".legend .content.{manner}", "textDecorationStyle") for manner in ("direct", "mixed", "indirect")}
    assert lines == {"direct": "solid", "mixed": "dashed", "indirect": "dotted"}
    assert int(style(".source", "fontWeight")) >= 600
    assert style(".cue", "fontStyle") == "italic"


def test_long_words_fit_a_phone(browser_page: Page, long_words: str, tmp_path: Path) -> None:
    """An address of two hundred signs breaks rather than pushing the page aside."""
    (tmp_path / "long.html").write_text(long_words, "utf-8")
    other = browser_page.context.browser.new_page()
    other.set_viewport_size({"width": 360, "height": 800})
    other.goto((tmp_path / "long.html").as_uri())
    assert other.evaluate("document.documentElement.scrollWidth") <= 360
    other.close()
