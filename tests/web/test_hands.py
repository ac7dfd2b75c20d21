"""Everything that can be corrected is corrected with the mouse alone and with the keyboard alone, and taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from served import BRIDGE, OTHER

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

B, P = BRIDGE.article.id, OTHER.article.id
TABS = 250  # more than any page here has places


class Mouse:
    """Points and presses."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, where: Locator) -> None:
        where.click()

    def tick(self, where: Locator) -> None:
        where.click()

    def choose(self, where: Locator, label: str) -> None:
        where.click()
        where.select_option(label=label)

    def write(self, where: Locator, words: str) -> None:
        where.click(click_count=3)
        self.page.keyboard.type(words)


class Keyboard(Mouse):
    """Goes from place to place by the tabulator, and never points."""

    def go(self, where: Locator) -> None:
        for _ in range(TABS):
            if where.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the tabulator does not lead to {where}")

    def press(self, where: Locator) -> None:
        self.go(where)
        self.page.keyboard.press("Enter")

    def tick(self, where: Locator) -> None:
        self.go(where)
        self.page.keyboard.press("Space")

    def choose(self, where: Locator, label: str) -> None:
        self.go(where)
        self.page.keyboard.type(label.partition(" –")[0])
        assert where.evaluate("node => node.selectedOptions[0].label") == label

    def write(self, where: Locator, words: str) -> None:
        self.go(where)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)


@pytest.fixture(params=[Mouse, Keyboard])
def hand(request: pytest.FixtureRequest, page: Page) -> Mouse:
    page.set_default_timeout(20_000)
    return request.param(page)


def article(page: Page, which: str = B) -> dict[str, Any]:
    return json.loads(page.request.get(f"/articles/{which}?format=json&min_score=0").text())


def statement(page: Page, name: str) -> dict[str, Any]:
    return next(s for p in article(page)["speakers"] for s in p["statements"] if s["id"] == name)


def undone(page: Page, hand: Mouse) -> None:
    """Take back what was just done, and see that the program's reading holds again."""
    hand.press(page.locator(".done").get_by_role("button", name="Undo"))
    page.wait_for_url("**done=undone**")
    reading = article(page)["reading"]
    assert [a["source"] for a in reading["attributions"]] == [a.source for a in BRIDGE.attributions]
    assert [f["value"] for f in reading["figures"]] == ["9"]


def test_a_statement(page: Page, hand: Mouse) -> None:
    """Its span, its source, its chain and its codes."""
    page.goto(f"/articles/{B}")
    hand.press(page.locator("#s-a2").get_by_role("link", name="Correct"))
    page.wait_for_url("**/statements/a2")
    hand.press(page.get_by_role("button", name="What was said: end one word earlier"))
    hand.choose(page.locator("select[name=source]"), "Ana Moreno")
    hand.choose(page.locator("select[name=via0]"), "an officer")
    hand.choose(page.locator("select[name=factuality]"), "PR- – probably not so")
    hand.choose(page.locator("select[name=stance]"), "disputes")
    hand.press(page.get_by_role("button", name="Write"))
    page.wait_for_url("**done=**")
    a2 = statement(page, "a2")
    assert (a2["content"], a2["source"], a2["via"], a2["certainty"], a2["stance"]) == ("the old bridge may", "Ana Moreno", ["an officer (anonymous)"], "PR-", "disputes")
    assert (a2["program"]["factuality"], a2["score"]) == ("PS+", 0.9)
    undone(page, hand)


def test_a_source(page: Page, hand: Mouse) -> None:
    """What it is; that it is another one; that some of its statements are another's; that it is none."""
    page.goto(f"/articles/{B}?min_score=0")
    hand.press(page.get_by_role("link", name="correct the source Ana Moreno"))
    page.wait_for_url("**/sources/s1")
    hand.choose(page.locator("select[name=kind]"), "organisation")
    hand.press(page.get_by_role("button", name="Write"))
    page.wait_for_url("**done=**")
    assert article(page)["reading"]["sources"][0]["kind"] == "organisation"
    undone(page, hand)
    page.goto(f"/articles/{B}/sources/s1")
    hand.press(page.get_by_text("Some of its statements are another voice’s"))
    hand.tick(page.get_by_label("ferries will run"))
    hand.press(page.get_by_role("button", name="Split off"))
    page.wait_for_url("**done=**")
    assert {s["id"]: s["source_id"] for p in article(page)["speakers"] for s in p["statements"]}["a3"] == "ps1"
    undone(page, hand)
    page.goto(f"/articles/{B}/sources/s1")
    hand.press(page.get_by_role("button", name="There is no such source"))
    page.wait_for_url("**done=**")
    assert statement(page, "a1")["source"] is None
    undone(page, hand)


@pytest.mark.parametrize(("target", "field", "value", "kind"), [("figure:0", "Number", "10", "figures"), ("time:0", "What it is", "2024-03-10", "times")])
def test_a_time_and_a_figure(page: Page, hand: Mouse, target: str, field: str, value: str, kind: str) -> None:
    """What they are, from the statement that they stand in."""
    page.goto(f"/articles/{B}")
    hand.press(page.locator(f"[id='m-{target}']").get_by_role("link", name="correct"))
    page.wait_for_url(f"**/marks/{target}")
    hand.write(page.get_by_label(field), value)
    hand.press(page.get_by_role("button", name="Write"))
    page.wait_for_url("**done=**")
    assert article(page)["reading"][kind][0]["value"] == value
    undone(page, hand)


def test_the_writers_own_words(page: Page, hand: Mouse) -> None:
    """What kind they are, and that they are none."""
    page.goto(f"/articles/{B}")
    hand.press(page.locator("[id='m-voice:0']").get_by_role("link", name="Correct"))
    page.wait_for_url("**/marks/voice:0")
    hand.choose(page.locator("select[name=kind]"), "loaded")
    hand.press(page.get_by_role("button", name="Write"))
    page.wait_for_url("**done=**")
    assert article(page)["reading"]["voice"][0]["kind"] == "loaded"
    undone(page, hand)
    hand.press(page.locator("[id='m-voice:0']").get_by_role("button", name="reject"))
    page.wait_for_url(lambda url: "done=" in url and "undone" not in url)
    assert article(page)["reading"]["voice"] == []
    undone(page, hand)


def test_a_match_and_an_origin(page: Page, hand: Mouse) -> None:
    """That two reports have origins of their own, and that they are not the same claim."""
    page.goto(f"/articles/{B}")
    hand.press(page.locator("#s-a1").get_by_role("link", name="Other reports"))
    page.wait_for_url("**/claims/**")
    hand.press(page.get_by_role("button", name="An origin of its own"))
    page.wait_for_url("**done=**")
    expect(page.locator("main")).to_contain_text("a person said that they have origins of their own")
    undone(page, hand)
    hand.press(page.get_by_role("button", name="Not the same"))
    page.wait_for_url(lambda url: "done=" in url and "undone" not in url)
    expect(page.locator("main")).to_contain_text("Set apart by a person")
    undone(page, hand)


def test_the_review(page: Page, hand: Mouse) -> None:
    """All that is shown of one kind is accepted in one go; one statement is rejected by its button, or by its key."""
    page.goto("/review")
    hand.press(page.get_by_role("navigation", name="Kinds").get_by_role("link", name="Figures"))
    page.wait_for_url("**kind=figure")
    hand.press(page.locator("button[name=all][value=accepted]"))
    page.wait_for_url("**done=**")
    expect(page.locator("main")).to_contain_text("Nothing is left here")
    undone(page, hand)
    page.goto("/review")
    one = page.locator(f"li[data-statement='{B}/a1']")
    if type(hand) is Mouse:
        hand.press(one.get_by_role("button", name="Reject"))
    else:
        hand.go(page.locator("li[data-statement] input").first)
        for _ in range(page.locator("li[data-statement]").count()):
            if one.evaluate("node => node.contains(document.activeElement)"):
                break
            page.keyboard.press("j")
        page.keyboard.press("x")
    page.wait_for_url("**done=**")
    assert [s["id"] for s in article(page)["rejected"]] == ["a1"]
    undone(page, hand)
