"""Every page and its twin: what is asked for is there, whatever is in an article stays text, and what is not there is said."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from served import BRIDGE, HOSTILE, OTHER, client_of, token

from reportedly.values import Reading
from reportedly.web.queue import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

    from reportedly.ledger.store import Ledger

B, P, H = BRIDGE.article.id, OTHER.article.id, HOSTILE.article.id
JSON = {"Accept": "application/json"}
PAGES = ["/", "/add", "/search?q=bridge", "/source?name=moreno", f"/articles/{B}", f"/articles/{B}/statements/a1", f"/articles/{B}/statements/new", f"/articles/{B}/sources/s1", "/review", "/review?kind=voice", "/review?kind=match", "/log", "/enter", f"/claims/{B}/a1", "/story?q=bridge"]


def test_every_page_is_well_formed_and_is_json_too(client: TestClient) -> None:
    """Pages have a heading, a title and no inline script or style; the same address gives JSON by header, and by name."""
    for path in PAGES:
        shown = client.get(path)
        assert (shown.status_code, shown.headers["content-type"]) == (200, "text/html; charset=utf-8"), path
        page = html.fromstring(shown.text)
        assert len(page.xpath("//h1")) == 1, path
        assert page.xpath("//script[not(@src)] | //style | //*[@style] | //@*[starts-with(name(), 'on')]") == [], path
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        twin = client.get(path, headers=JSON)
        assert (twin.status_code, twin.headers["content-type"]) == (200, "application/json"), path
        named = client.get(path + ("&" if "?" in path else "?") + "format=json")
        assert named.json().keys() == twin.json().keys()


def test_home_lists_articles(client: TestClient) -> None:
    """Those added last come first."""
    listed = client.get("/", headers=JSON).json()["articles"]
    assert [a["entry"]["article"] for a in listed] == [P, B, H]
    assert listed[1]["statements"] == 3


def test_an_article_shows_its_text_once_with_its_statements_marked(client: TestClient) -> None:
    """Without its marks the page has the article's words, in order; statements above the threshold are numbered in place."""
    page = html.fromstring(client.get(f"/articles/{B}?min_score=0").text)
    for number in page.xpath("//div[contains(@class, 'text')]//a[@class='number']"):
        number.drop_tree()
    words = " ".join(page.xpath("string(//div[contains(@class, 'text')])").split())
    assert words == " ".join(BRIDGE.article.text.removeprefix("Bridge to close").split())
    page = html.fromstring(client.get(f"/articles/{B}").text)
    assert page.xpath("//div[contains(@class, 'text')]//a[@class='number']/@id") == ["t-a1", "t-a2"]
    assert page.xpath("//li[@id='s-a2']//p[@class='chain']")[0].text_content() == "this page ← Harbour Radio ← an officer"
    assert "distances" in page.xpath("string(//li[@id='s-a2'])")
    assert "nine weeks" in page.xpath("string(//li[@id='s-a1'])")
    assert page.xpath("//span[contains(@class, 'voice assertion')]/text()")[-1] == "The council has dithered for years."


def test_the_twin_holds_the_contract(client: TestClient) -> None:
    """The article's JSON has the whole reading, which is the contract's."""
    twin = client.get(f"/articles/{B}", headers=JSON).json()
    assert Reading.from_json(json.dumps(twin["reading"])) == BRIDGE


@pytest.mark.parametrize(
    ("query", "left"),
    [("", ["a1", "a2"]), ("source=s1", ["a1"]), ("manner=direct", ["a1"]), ("certainty=PS%2B", ["a2"]), ("stance=distances", ["a2"]), ("review=open&min_score=0", ["a1", "a2", "a3"]), ("review=accepted", []), ("min_score=0.95", [])],
)
def test_filters_work_as_links(one: TestClient, query: str, left: list[str]) -> None:
    """A filter is an address: what it leaves is marked and listed, the rest is plain text."""
    page = html.fromstring(one.get(f"/articles/{B}?{query}").text)
    assert sorted(page.xpath("//li[@data-statement]/@data-statement")) == left
    assert sorted({i.removeprefix("t-") for i in page.xpath("//div[contains(@class, 'text')]//a[@class='number']/@id")}) == left


def test_what_only_the_writer_says_can_be_seen_alone(one: TestClient) -> None:
    """The page's own words are marked where no statement covers them."""
    page = html.fromstring(one.get(f"/articles/{B}?show=own").text)
    own = " ".join(page.xpath("//span[contains(concat(' ', @class, ' '), ' own ')]/text()"))
    assert "dithered" in own
    assert "must close" not in own


def test_search_and_source_and_story(client: TestClient) -> None:
    """Statements are found by words and choices, by voice, and over time."""
    found = client.get("/search?q=close&manner=direct", headers=JSON).json()["statements"]
    assert [(s["article"], s["attribution"]) for s in found] == [(B, "a1")]
    (voice,) = client.get("/source?name=moreno", headers=JSON).json()["voices"]
    assert (voice["statements"], voice["articles"]) == (3, 2)
    (voice,) = client.get(f"/source?name=an+officer&article={B}", headers=JSON).json()["voices"]
    assert voice["identity"] == "anonymous"
    told = client.get("/story?q=bridge", headers=JSON).json()["statements"]
    assert [s["said"][:10] for s in told] == sorted(s["said"][:10] for s in told)
    assert "<circle" in client.get("/story?q=bridge").text


def test_a_claim_shows_its_reports_and_conflicting_figures(client: TestClient) -> None:
    """The same claim in two outlets: both reports, one account, nine weeks beside twelve; a person may set them apart."""
    twin = client.get(f"/claims/{B}/a1", headers=JSON).json()
    assert {r["statement"]["article"] for r in twin["reports"]} == {B, P}
    assert twin["origins"]["verdict"] in ("one", "not determined")
    assert [sorted(g["figure"] for g in c["given"]) for c in twin["conflicts"]] == [["nine weeks", "twelve weeks"]]
    shown = client.get(f"/claims/{B}/a1").text
    assert shown.count("<rect") >= 4
    body = {"seen": twin["seen"], "changes": [{"target": f"a1~{P}/a1", "verdict": "rejected"}]}
    assert client.post(f"/articles/{B}/corrections", json=body).status_code == 200
    apart = client.get(f"/claims/{B}/a1", headers=JSON).json()
    assert [r["statement"]["article"] for r in apart["reports"]] == [B]
    assert [r["statement"]["article"] for r in apart["set_apart"]] == [P]


@pytest.mark.parametrize("path", ["/", f"/articles/{H}", "/search?q=script", "/source?name=img", "/review", "/story?q=script", f"/claims/{H}/a1", f"/articles/{H}/statements/a1", f"/articles/{H}/sources/s1", f"/articles/{H}?format=print", "/search?q=%3Cscript%3Ealert(9)%3C/script%3E&source=%22%3E%3Cscript%3E"])
def test_hostile_articles_stay_text(one: TestClient, path: str) -> None:
    """Markup of an article or an address is shown, never obeyed; an address that is none of the web is no link."""
    shown = one.get(path, headers={"Accept": "text/html"})
    page = html.fromstring(shown.text)
    assert page.xpath("//img | //b[text()='said'] | //script[not(@src)] | //svg[@onload]") == []
    assert [h for h in page.xpath("//@href") if h.lower().startswith("javascript")] == []
    assert "script-src 'self'" in shown.headers["content-security-policy"]
    assert "unsafe" not in shown.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/nothing", "/articles/nothing", "/articles/%00", "/articles/" + "x" * 150, "/articles/..%2F..%2Fetc", f"/articles/{B}/statements/a99", f"/articles/{B}/sources/zz", "/jobs/none", f"/claims/{B}/a99", "/source?name=nobody", "/static/../app.py", "/static/none.css"])
def test_what_is_not_there_is_said(one: TestClient, path: str) -> None:
    """A clear page with the right status, and the one error shape."""
    shown = one.get(path, headers={"Accept": "text/html"})
    assert shown.status_code == 404
    assert "<h1>" in shown.text
    twin = one.get(path, headers=JSON)
    assert twin.status_code == 404
    assert set(twin.json()) == {"error"}
    assert set(twin.json()["error"]) == {"status", "code", "message"}


@pytest.mark.parametrize(("path", "status"), [("/search?since=yesterday", 400), ("/search?figure=many", 400), ("/search?manner=loud", 400), ("/search?limit=0", 422), ("/search?min_score=2", 422), (f"/articles/{B}?format=docx", 422), ("/source", 422), ("/source?name=%21", 400), ("/?before=x", 422)])
def test_what_cannot_be_asked_for_is_refused(one: TestClient, path: str, status: int) -> None:
    """In the same shape, with what is wrong."""
    assert one.get(path, headers=JSON).json()["error"]["status"] == status


def test_a_deep_link_to_a_removed_article(one: TestClient, post: Callable[..., Any]) -> None:
    """It says that it is gone; so does a correction that comes too late."""
    assert post(f"/articles/{P}/remove").status_code == 303
    assert one.get(f"/articles/{P}").status_code == 404
    assert one.get(f"/claims/{P}/a1").status_code == 404
    late = one.post(f"/articles/{P}/corrections", json={"seen": 0, "changes": [{"target": "a1"}]})
    assert late.status_code == 400
    assert "no article" in late.json()["error"]["message"]
    assert [n["action"] for n in one.get("/log", headers=JSON).json()["lines"]] == ["remove"]


@pytest.mark.parametrize("form", ["csv", "annotations", "schema-org", "prov", "brat", "label-studio", "training", "print"])
def test_every_page_of_statements_can_be_taken_away(one: TestClient, form: str) -> None:
    """In each form, from the list of articles, an article with a filter, a search, a source, a claim, a story and each kind of the review."""
    review = (f"/review?kind={kind}&" for kind in KINDS)
    for path in ("/?", f"/articles/{B}?manner=direct&", "/search?q=bridge&", "/source?name=moreno&", f"/claims/{B}/a1?", "/story?q=bridge&", *review):
        got = one.get(f"{path}format={form}")
        assert got.status_code == 200, path
        assert len(got.content) > 50
    if form == "csv":
        assert one.get(f"/articles/{B}?manner=direct&format=csv").text.count("\r\n") == 2


def wait(client: TestClient, job: str) -> dict[str, Any]:
    for _ in range(1200):
        found = client.get(f"/jobs/{job}", headers=JSON).json()
        if found["state"] == "done":
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def test_a_pasted_text_is_read_and_can_be_opened(client: TestClient) -> None:
    """A form leads to the progress, the progress to the article; the same again is known."""
    sent = client.post("/add", data={"csrf": token(client), "text": "Ferries stop\n\nMarta said the ferries stop on Sunday.", "outlet": "The Pier", "published": "2024-05-01"}, follow_redirects=False)
    assert sent.status_code == 303
    (item,) = wait(client, sent.headers["location"].removeprefix("/jobs/"))["items"]
    assert item["state"] == "new"
    opened = client.get(sent.headers["location"], follow_redirects=False)
    assert (opened.status_code, opened.headers["location"]) == (303, f"/articles/{item['article']}")
    twin = client.get(f"/articles/{item['article']}", headers=JSON).json()
    assert (twin["entry"]["outlet"], twin["statements"]) == ("The Pier", 1)
    again = client.post("/add", json={"text": "Ferries stop\n\nMarta said the ferries stop on Sunday.", "outlet": "The Pier", "published": "2024-05-01"})
    assert again.status_code == 202
    assert wait(client, again.json()["id"])["items"][0]["state"] == "known"


def test_many_files_one_of_them_bad(one: TestClient) -> None:
    """Each file has its own outcome; what breaks the reader says no more than that."""
    files = [("files", ("a.txt", b"Ana said it rains.")), ("files", ("b.txt", b"")), ("files", ("c.txt", b"\x89PNG\r\n\x1a\n\0\0")), ("files", ("d.txt", b"Ana said it will explode.")), ("files", ("e.html", b"<html><body><article><h1>Caf\xe9s open</h1><p>Piet said caf\xe9s &lt;b&gt; open on Sunday, as they did before the war of the waiters.</p><p onclick='alert(1)'>" + b"The square was full of people who had waited for a long time. " * 5 + b"</p><script>alert(1)</script></article></body></html>"))]
    sent = one.post("/add", data={"csrf": token(one)}, files=files, follow_redirects=False)
    items = wait(one, sent.headers["location"].removeprefix("/jobs/"))["items"]
    assert [i["state"] for i in items] == ["new", "failed", "failed", "failed", "new"]
    assert "secret" not in items[3]["message"]
    assert "alert" not in one.get(f"/articles/{items[4]['article']}").text


def test_links_to_private_networks_are_refused(one: TestClient, site: str) -> None:
    """Nobody makes this machine ask itself or its neighbours."""
    sent = one.post("/add", json={"link": f"{site}/article http://169.254.169.254/latest/meta-data"})
    items = wait(one, sent.json()["id"])["items"]
    assert [i["state"] for i in items] == ["failed", "failed"]
    assert all("private network" in i["message"] for i in items)
    assert one.post("/add", json={"link": "file:///etc/passwd"}).status_code == 400
    assert one.post("/add", json={}).status_code == 400
    assert one.post("/add", json={"text": "x", "published": "soon"}).status_code == 400


def test_a_line_of_ten_megabytes(small: Ledger) -> None:
    """Its article opens, is found and is exported; nothing hangs."""
    from dataclasses import replace

    from reportedly.digests import article_id, digest

    text = BRIDGE.article.text + "\n\n" + "word " * 2_000_000
    long = replace(BRIDGE, voice=(), article=replace(BRIDGE.article, text=text, text_digest=digest(text), url=None, id=article_id(None, "The Quay", "2024-03-12", digest(text))))
    small.add(long)
    with client_of(small) as client:
        started = time.process_time()  # not by the clock: the machine may be busy
        assert client.get(f"/articles/{long.article.id}").status_code == 200
        assert time.process_time() - started < 20


def test_the_description_names_every_page(one: TestClient) -> None:
    """OpenAPI lists all operations, and every name in it is defined."""
    found = one.get("/openapi.json").json()
    assert {"/", "/add", "/search", "/source", "/story", "/review", "/articles/{article}", "/claims/{article}/{statement}"} <= set(found["paths"])
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(found)))
    assert named <= set(found["components"]["schemas"])
