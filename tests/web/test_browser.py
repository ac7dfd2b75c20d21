"""The pages in a real browser: adding, reading, filtering, correcting by mouse and by keyboard, undoing, comparing, taking away."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from served import BRIDGE, HOSTILE, OTHER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

expect.set_options(timeout=60_000)  # a click does not wait for the page that it leads to; what is expected of that page does

B, P = BRIDGE.article.id, OTHER.article.id
PAGES = ["/", "/add", "/search?q=bridge", "/source?name=moreno", f"/articles/{B}", f"/articles/{B}?show=own", f"/articles/{B}/statements/a2", f"/articles/{B}/sources/s1", f"/articles/{B}/marks/figure:0", f"/articles/{B}/marks/time:0", f"/articles/{B}/marks/new-voice", "/review", "/review?kind=source", "/review?kind=figure", "/review?kind=match", "/review?kind=origin", f"/claims/{B}/a1", "/story?q=bridge", "/log", "/nothing"]
SHOTS = os.environ.get("REPORTEDLY_SCREENSHOTS")  # a folder, for people to look at


def audit(page: Page) -> list[Any]:
    """What axe-core finds that is serious or worse, by WCAG 2.2 A and AA."""
    from axe_playwright_python.sync_playwright import Axe

    # the policy lets no script in that is not a file of ours: axe is put in by the browser's own tools
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}})
    return [(v["id"], [n["html"][:200] + " " + n.get("failureSummary", "")[:200] for n in v["nodes"][:3]]) for v in found.response["violations"] if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("served", ["sqlite"], indirect=True)  # pages look the same over either database
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark"), (1920, "light")])
def test_every_page_fits_and_is_open_to_all(page: Page, width: int, scheme: Any) -> None:
    """Nothing sticks out sideways on a phone; axe finds nothing serious, in light and in dark."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert audit(page) == [], path
        if SHOTS:
            name = path.strip("/").replace("/", "-").replace("?", "-").replace("=", "-").replace(B, "bridge") or "home"
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{scheme}.png", full_page=True)


def test_a_text_is_added_and_read(page: Page) -> None:
    """Paste, press, and the article opens by itself when it is read."""
    page.goto("/add")
    page.locator("textarea[name=text]").fill("Ferries stop\n\nMarta said the ferries stop on Sunday.")
    page.get_by_label("Outlet").fill("The Pier")
    page.get_by_role("button", name="Read").click()
    page.wait_for_url("**/articles/*", timeout=120_000)  # the model loads, and machines are slow at times
    expect(page.locator("#s-a1 .said")).to_have_text("the ferries stop on Sunday.")


def test_pointing_and_focus_show_the_parts(page: Page) -> None:
    """Hovering over a statement in the text, or focusing it beside the text, lights its source, cue and content."""
    page.goto(f"/articles/{B}")
    page.locator(".text [data-of='a2'].content").first.hover()
    expect(page.locator(".text .lit")).to_have_text(["an officer", "said", "2", "the old bridge may fall"])
    page.locator("#s-a1 a.number").focus()
    expect(page.locator(".text .lit.content")).to_have_text(["“the bridge must close for ", "nine weeks", "”"])


def test_filters_by_form_and_without_script(page: Page, browser: Browser, served: str) -> None:
    """The filter works by its form, and the same with JavaScript off."""
    page.goto(f"/articles/{B}")
    page.get_by_text("Filter", exact=True).first.click()
    page.get_by_label("Words are").select_option("direct")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("li[data-statement]")).to_have_count(1)
    context = browser.new_context(base_url=served, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"/articles/{B}?manner=indirect")
    expect(plain.locator("li[data-statement]")).to_have_count(1)
    plain.goto("/")
    plain.get_by_label("Words").fill("bridge")
    plain.get_by_role("button", name="Search").click()
    expect(plain.locator("ol.list > li").nth(2)).to_be_visible()
    context.close()


def test_correcting_by_mouse(page: Page) -> None:
    """Words selected in the text become the statement's; who, when and what the program said are shown; undoing brings it back."""
    page.goto(f"/articles/{B}")
    page.locator("#s-a2").get_by_text("Correct").click()
    page.wait_for_url("**/statements/a2")  # evaluate() asks whatever page is there
    page.evaluate("""() => {
        const node = [...document.querySelectorAll('[data-at]')].find(n => n.textContent.includes('old bridge')).firstChild;
        const at = node.textContent.indexOf('old bridge');
        getSelection().setBaseAndExtent(node, at, node, at + 10);
    }""")
    page.get_by_role("button", name="What was said: take the selected words").click()
    expect(page.locator("[data-preview=content]")).to_have_text("old bridge")
    page.get_by_role("button", name="Write").click()
    expect(page.locator("#s-a2 .said")).to_have_text("old bridge")
    expect(page.locator("#s-a2 .verdict")).to_contain_text("changed by this machine")
    page.locator(".done").get_by_role("button", name="Undo").click()
    expect(page.locator("#s-a2 .said")).to_have_text("the old bridge may fall")


def test_correcting_by_keyboard(page: Page) -> None:
    """With the focus on a statement: down, reject, and back; a span's end moves by words; no mouse at all."""
    page.goto(f"/articles/{B}")
    page.locator("#s-a1 a.number").focus()
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.wait_for_url("**done=**")
    expect(page.locator("li[data-statement]")).to_have_count(1)
    page.locator(".done button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**done=undone")
    page.locator("#s-a2 [data-key=e]").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="What was said: end one word earlier").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-preview=content]")).to_have_text("the old bridge may")
    page.get_by_role("button", name="What was said: begin one word later").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-preview=content]")).to_have_text("old bridge may")
    page.get_by_label("Certainty of the source").focus()
    page.keyboard.press("Control+Enter")
    page.locator("#edit button.main").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#s-a2 .said")).to_have_text("old bridge may")


def test_comparing_judging_and_taking_away(page: Page) -> None:
    """From a statement to the other reports of it; set apart by a person; and away as a file."""
    page.goto(f"/articles/{B}")
    page.locator("#s-a1").get_by_text("Other reports").click()
    expect(page.locator("ol.list > li")).to_have_count(2)
    expect(page.locator(".chart")).to_contain_text("twelve weeks")
    page.get_by_role("button", name="Not the same").click()
    expect(page.locator("main")).to_contain_text("Set apart by a person")
    page.goto("/search?q=bridge")
    with page.expect_download() as wanted:
        page.get_by_role("link", name="CSV").click()
    assert Path(wanted.value.path()).read_text("utf-8").startswith("article,")


def test_two_people_at_one_statement(page: Page, browser: Browser, served: str) -> None:
    """Who comes second is shown what the first one did, and keeps what he typed."""
    context = browser.new_context(base_url=served)
    other = context.new_page()
    for shown in (page, other):
        shown.goto(f"/articles/{B}/statements/a2")
    page.get_by_label("Words are").select_option("direct")
    page.get_by_role("button", name="Write").click()
    expect(page.locator(".done")).to_be_visible()
    other.get_by_label("Words are").select_option("mixed")
    other.get_by_role("button", name="Write").click()
    expect(other.get_by_role("alert")).to_contain_text("Meanwhile this was changed")
    expect(other.get_by_label("Words are")).to_have_value("mixed")
    context.close()


def test_hostile_articles_run_nothing(page: Page) -> None:
    """No dialog opens, nothing is fetched from elsewhere."""
    opened: list[str] = []
    asked: list[str] = []
    page.on("dialog", lambda d: (opened.append(d.message), d.dismiss()))
    page.on("request", lambda r: asked.append(r.url))
    for path in ("/", f"/articles/{HOSTILE.article.id}", "/search?q=script", f"/articles/{HOSTILE.article.id}/statements/a1"):
        page.goto(path)
    assert opened == []
    assert all(url.startswith("http://127.0.0.1") for url in asked)
