"""What is broken, forged, replayed or gone: a clear page with the right status, nothing lost, nothing executed."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from served import BRIDGE, OTHER, client_of, token

from reportedly.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

B, P = BRIDGE.article.id, OTHER.article.id
JSON = {"Accept": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HOSTILE_HTML = """<html><body onload="alert(1)"><article><h1>Doors &amp; windows</h1>
<p>Ana said <b onclick="alert(2)">doors</b> stay shut until the wind is gone, and that nobody should go out before that hour.</p>
<p></p><span class="content direct" data-of="a1" id="s-a1">forged</span><a href="javascript:alert(3)">more</a>
<p>&lt;script&gt;alert(4)&lt;/script&gt; stood on the wall, in letters that everybody in the square could read without going nearer.</p>
<svg><script>alert(5)</script></svg><form action="https://evil.example"><input name="csrf"></form><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">
</article></body></html>"""


def read(client: TestClient, **files: bytes) -> list[dict[str, Any]]:
    """Upload files, and wait until they are read or refused."""
    sent = client.post("/add", data={"csrf": token(client)}, files=[("files", (name.replace("_", "."), data)) for name, data in files.items()], follow_redirects=False)
    assert sent.status_code == 303, sent.text[-300:]
    for _ in range(1200):
        found = client.get(sent.headers["location"], headers=JSON).json()
        if found["state"] == "done":
            return list(found["items"])
        time.sleep(0.05)
    raise AssertionError(found)


def test_hostile_markup_of_an_upload(one: TestClient) -> None:
    """Scripts, handlers, forms, forged marks: the page of the article has none of them as elements, and its own marks only."""
    (item,) = read(one, a_html=HOSTILE_HTML.encode())
    assert item["state"] == "new"
    page = html.fromstring(one.get(f"/articles/{item['article']}").text)
    assert page.xpath("//script[not(@src)] | //base | //meta[@http-equiv='refresh'] | //@onclick | //@onload | //*[text()='forged'][@data-of]") == []
    assert [a for a in page.xpath("//form/@action") if not a.startswith("/")] == []
    assert [h for h in page.xpath("//@href") if h.lower().startswith(("javascript", "https://evil"))] == []
    assert len(page.xpath("//*[@id='s-a1']")) == 1


def test_lines_of_ten_megabytes(small: Ledger) -> None:
    """As a text and as HTML: each has its outcome, the others are read, and the program goes on."""
    with client_of(small) as client:
        line = b"word " * 2_000_000
        long_text, long_html, short = read(client, a_txt=b"Ana said it rains.\n\n" + line, b_html=b"<p>" + b"<b onclick=x>" * 700_000 + b"Ana said it rains.</p>", c_txt=b"Piet said it snows.")
        assert short["state"] == "new"
        for item in (long_text, long_html):
            assert item["state"] in ("new", "failed")
            assert item["message"] or item["article"]
        assert client.get("/").status_code == 200


def test_broken_utf_8(one: TestClient) -> None:
    """In a file, an address, a query, a form and JSON: read as far as it can be, or refused as such; never a failure of the server."""
    (item,) = read(one, a_txt=b"Ana said the caf\xe9 \xff\xfe\x80 is open on Sunday.")
    assert item["state"] in ("new", "failed")
    for path in ("/search?q=%ff%fe%80", "/story?q=%c3%28", "/source?name=%ed%a0%80", f"/articles/{B}?source=%ff", "/articles/%ff%fe", f"/claims/{B}/%80", "/review?kind=%ff", "/enter?to=%ff"):
        assert one.get(path, headers=JSON).status_code in (200, 400, 404, 422), path
    csrf = token(one).encode()
    for path, body in ((f"/articles/{B}/corrections", b"&seen=0&verdict=accepted&target=%ff"), ("/review", b"&one=accepted+%ff/%fe&seen=%ff/0"), (f"/articles/{B}/sources/s1", b"&seen=0&name=%ff&kind=person&mentions=0-1")):
        assert one.post(path, content=b"csrf=" + csrf + body, headers=FORM).status_code in (400, 404), path
    assert one.post(f"/articles/{B}/corrections", content=b'{"seen": 0, "changes": [{"target": "\xff"}]}', headers={"Content-Type": "application/json"}).status_code == 400
    assert one.get(f"/articles/{B}", headers=JSON).json()["revision"] == 0


def test_replayed_forms(one: TestClient, post: Callable[..., Any]) -> None:
    """A form sent twice writes once, of whatever kind it is: a verdict, a review, a change of a mark, an undoing."""
    fields = {"seen": f"{B}/0", "one": f"accepted {B}/figure:0"}
    assert [post("/review", **fields).status_code for _ in range(2)] == [303, 409]
    verdict = {"seen": "0", "verdict": "accepted", "target": f"a1~{P}/a1"}
    assert [post(f"/articles/{B}/corrections", **verdict).status_code for _ in range(2)] == [303, 409]
    assert [post(f"/articles/{B}/undo", revision="2").status_code for _ in range(2)] == [303, 409]
    assert [post(f"/articles/{P}/remove").status_code for _ in range(2)] == [303, 404]
    assert [c["target"] for c in one.get(f"/articles/{B}", headers=JSON).json()["history"] if not c["undone"] and not c["undoes"]] == ["figure:0"]


@pytest.mark.parametrize("path", [f"/claims/{B}/a2", f"/articles/{B}/sources/s1", f"/articles/{B}/marks/p1", "/jobs/gone", f"/articles/{P}", f"/claims/{P}/a1", f"/articles/{P}/statements/a1", f"/articles/{P}?format=csv", "/source?name=Piet+Vos"])
def test_deep_links_to_what_is_gone(one: TestClient, post: Callable[..., Any], path: str) -> None:
    """A rejected statement, a source that was merged or rejected, a removed article and who spoke in it alone: 404, and a way on."""
    post(f"/articles/{B}/corrections", seen="0", verdict="rejected", target=["a2", "s1"])
    post(f"/articles/{P}/remove")
    gone = one.get(path, headers={"Accept": "text/html"})
    assert gone.status_code == 404
    assert 'href="/"' in gone.text
    assert set(one.get(path, headers=JSON).json() if "csv" not in path else {"error"}) == {"error"}


def test_what_still_leads_there_says_what_it_was(one: TestClient, post: Callable[..., Any]) -> None:
    """A link to a rejected statement in its article opens the article, where it stands as rejected and can be accepted after all."""
    post(f"/articles/{B}/corrections", seen="0", verdict="rejected", target="a2")
    page = html.fromstring(one.get(f"/articles/{B}?at=a2").text)
    (item,) = page.xpath("//li[@id='s-a2']")
    assert "rejected by this machine" in item.text_content()
    assert item.xpath(".//button[contains(., 'Accept after all')]")


def test_a_busy_ledger_asks_for_patience(small: Ledger) -> None:
    """Where another program writes for too long, the answer says so and when to come again, and nothing is written."""
    begun, go_on = threading.Event(), threading.Event()
    with Ledger.open(small.place, patience=0.2) as impatient, client_of(impatient) as client:
        long = threading.Thread(target=small.change, args=(lambda _: (begun.set(), go_on.wait(10)),))
        long.start()
        assert begun.wait(10)
        wish = {"seen": 0, "changes": [{"target": "a1", "verdict": "accepted"}]}
        refused = client.post(f"/articles/{B}/corrections", json=wish)
        go_on.set()
        long.join()
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "service_unavailable")
        assert "try again" in refused.text
        assert int(refused.headers["retry-after"]) > 0
        assert client.post(f"/articles/{B}/corrections", json=wish).json()["revisions"] == {B: 1}
