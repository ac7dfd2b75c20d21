"""Correcting through the pages: by form and by JSON, singly and many at once, and never over somebody else's change unseen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lxml import html
from served import BRIDGE, OTHER, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

B, P = BRIDGE.article.id, OTHER.article.id
JSON = {"Accept": "application/json"}
TEXT = BRIDGE.article.text


def page(client: TestClient, article: str = B) -> dict[str, Any]:
    return client.get(f"/articles/{article}?min_score=0", headers=JSON).json()


def statements(client: TestClient) -> dict[str, dict[str, Any]]:
    return {s["id"]: s for p in page(client)["speakers"] for s in p["statements"]}


def form(client: TestClient, path: str) -> dict[str, str]:
    """The fields of the form of a page, as a browser would send them."""
    found = html.fromstring(client.get(path).text).get_element_by_id("edit")
    return dict(found.form_values())


def test_accept_reject_and_undo_by_form(client: TestClient) -> None:
    """Each is one press; the answer leads back and offers to undo; the page says who and when beside the program's score."""
    csrf = token(client)
    done = client.post(f"/articles/{B}/corrections", data={"csrf": csrf, "seen": "0", "verdict": "accepted", "target": "a3", "back": f"/articles/{B}?manner=indirect#s-a3"}, follow_redirects=False)
    assert done.status_code == 303
    assert done.headers["location"].startswith(f"/articles/{B}?manner=indirect&done=")
    assert done.headers["location"].endswith("#s-a3")
    assert 'action="/undo"' in client.get(done.headers["location"]).text
    a3 = statements(client)["a3"]
    assert (a3["verdict"], a3["who"], a3["score"]) == ("accepted", "this machine", 0.3)
    assert "t-a3" in client.get(f"/articles/{B}").text, "what a person accepted is shown, however unsure the program was"
    client.post(f"/articles/{B}/corrections", data={"csrf": csrf, "seen": "1", "verdict": "rejected", "target": "a1"})
    assert "a1" not in statements(client)
    assert [r["id"] for r in page(client)["rejected"]] == ["a1"]
    client.post(f"/articles/{B}/undo", data={"csrf": csrf, "revision": "2"})
    assert "a1" in statements(client)


def test_a_statement_is_changed_in_all_its_parts(client: TestClient) -> None:
    """Spans, source, chain, codes: written as typed; search and the source's page follow; the program's own answer stays."""
    start = TEXT.index("old bridge")
    fields = form(client, f"/articles/{B}/statements/a2")
    assert fields["via0"] == BRIDGE.attributions[1].via[0]
    fields |= {"content": f"{start}-{start + 3}, {start + 4}-{start + 10}", "source": "s1", "via0": "", "manner": "mixed", "factuality": "CT+", "stance": "endorses"}
    done = client.post(f"/articles/{B}/statements/a2", data=fields, follow_redirects=False)
    assert done.status_code == 303, done.text
    a2 = statements(client)["a2"]
    assert (a2["content"], a2["source"], a2["via"], a2["manner"], a2["certainty"], a2["stance"]) == ("old … bridge", "Ana Moreno", [], "mixed", "CT+", "endorses")
    assert (a2["program"]["manner"], a2["program"]["score"], a2["program"]["factuality"]) == ("indirect", 0.9, "PS+")
    assert client.get("/search?q=fall", headers=JSON).json()["statements"] == []
    assert client.get("/search?q=old&source=moreno&stance=endorses", headers=JSON).json()["statements"][0]["attribution"] == "a2"
    assert "The program’s own answer" in client.get(f"/articles/{B}/statements/a2").text


def test_a_statement_and_a_source_that_the_program_missed(one: TestClient) -> None:
    """Both are added by form, and are there like all others."""
    at = TEXT.index("The council")
    fields = form(one, f"/articles/{B}/sources/new") | {"mentions": f"{at}-{at + 11}", "kind": "group", "identity": "named", "name": "The council"}
    assert one.post(f"/articles/{B}/sources/new", data=fields, follow_redirects=False).status_code == 303
    fields = form(one, f"/articles/{B}/statements/new") | {"content": f"{at}-{at + 31}", "source": "ps1"}
    assert one.post(f"/articles/{B}/statements/new", data=fields, follow_redirects=False).status_code == 303
    assert statements(one)["p1"]["source"] == "The council"


def test_what_does_not_fit_is_said_and_kept(one: TestClient) -> None:
    """Nothing typed is lost: the form comes back with it, and with what is wrong."""
    fields = form(one, f"/articles/{B}/statements/a1") | {"content": "5-999999"}
    again = one.post(f"/articles/{B}/statements/a1", data=fields)
    assert again.status_code == 400
    assert "outside the text" in again.text
    assert 'value="5-999999"' in again.text
    assert one.post(f"/articles/{B}/statements/a1", data=fields | {"content": "here"}).status_code == 400
    assert one.post(f"/articles/{B}/statements/a1", data=fields | {"content": "5-9", "manner": "sung"}).status_code == 400
    named = form(one, f"/articles/{B}/sources/s2") | {"name": "Sergeant Brandt", "identity": "named"}
    refused = one.post(f"/articles/{B}/sources/s2", data=named)
    assert (refused.status_code, "not in the text" in refused.text) == (400, True)
    assert page(one)["revision"] == 0


def test_two_editors_never_overwrite_each_other_silently(client: TestClient) -> None:
    """The second is shown what holds now beside what was typed; sending it again writes it knowingly. Different statements do not collide."""
    first, second = form(client, f"/articles/{B}/statements/a1"), form(client, f"/articles/{B}/statements/a1")
    assert client.post(f"/articles/{B}/statements/a1", data=first | {"manner": "mixed"}, follow_redirects=False).status_code == 303
    refused = client.post(f"/articles/{B}/statements/a1", data=second | {"manner": "indirect"}, follow_redirects=False)
    assert refused.status_code == 409
    assert "What holds now" in refused.text
    assert statements(client)["a1"]["manner"] == "mixed"
    again = dict(html.fromstring(refused.text).get_element_by_id("edit").form_values())
    assert again["manner"] == "indirect"
    assert client.post(f"/articles/{B}/statements/a1", data=again, follow_redirects=False).status_code == 303
    assert statements(client)["a1"]["manner"] == "indirect"
    assert client.post(f"/articles/{B}/corrections", json={"seen": 0, "changes": [{"target": "a2"}]}).status_code == 200
    stale = client.post(f"/articles/{B}/corrections", json={"seen": 0, "changes": [{"target": "a1"}]})
    assert (stale.status_code, stale.json()["error"]["code"]) == (409, "conflict")


def test_a_replayed_form_changes_nothing_twice(one: TestClient, post: Callable[..., Any]) -> None:
    """The same form sent again is refused as seen too early."""
    assert post(f"/articles/{B}/corrections", seen="0", verdict="rejected", target="a1").status_code == 303
    assert post(f"/articles/{B}/corrections", seen="0", verdict="rejected", target="a1").status_code == 409
    assert page(one)["revision"] == 1


def test_many_at_once_and_back(client: TestClient) -> None:
    """The queue's chosen statements of several articles are accepted in one go, and undone in one go."""
    queue = client.get("/review", headers=JSON).json()
    assert len(queue["statements"]) == 6
    targets = [f"{s['article']}/{s['attribution']}" for s in queue["statements"] if s["article"] in (B, P)]
    csrf = token(client)
    sent = {"csrf": csrf, "verdict": "accepted", "target": targets, "seen": [f"{a}/{r}" for a, r in queue["revisions"].items()]}
    done = client.post("/review", data=sent, follow_redirects=False)
    assert done.status_code == 303
    assert len(client.get("/review", headers=JSON).json()["statements"]) == 1
    assert client.post("/review", data=sent, follow_redirects=False).status_code == 409
    batch = done.headers["location"].partition("done=")[2]
    assert client.post("/undo", data={"csrf": csrf, "batch": batch}, follow_redirects=False).status_code == 303
    assert len(client.get("/review", headers=JSON).json()["statements"]) == 6
    assert client.post("/undo", data={"csrf": csrf, "batch": batch}, follow_redirects=False).status_code == 409


def test_what_is_shown_is_accepted_in_one_go(one: TestClient) -> None:
    """The article's page offers it for what its filter leaves."""
    shown = html.fromstring(one.get(f"/articles/{B}?manner=indirect&min_score=0").text)
    targets = shown.xpath("//div[@class='tools']//input[@name='target']/@value")
    assert targets == ["a2", "a3"]


def test_training_data_are_what_people_left(one: TestClient) -> None:
    """Only articles of which every statement was looked at, unless all are asked for; rejected statements are not in them."""
    one.post(f"/articles/{B}/corrections", json={"seen": 0, "changes": [{"target": "a1"}, {"target": "a2", "verdict": "rejected"}]})
    assert one.get("/training").text == ""
    assert len(one.get("/training?everything=true").text.splitlines()) == 1
    one.post(f"/articles/{B}/corrections", json={"seen": 2, "changes": [{"target": "a3"}]})
    (record,) = map(json.loads, one.get("/training").text.splitlines())
    assert (record["id"], record["text"], len(record["attributions"])) == (B, TEXT, 2)
    assert [TEXT[a:b] for a, b in record["attributions"][0]["content"]] == ["“the bridge must close for nine weeks”"]


def test_bad_json_is_refused(one: TestClient) -> None:
    """Whatever is sent, the answer is the one error shape."""
    path = f"/articles/{B}/corrections"
    for body in (b"{", b"[]", b'{"seen": -1}', b'{"seen": 0, "changes": [3]}', b'{"seen": 0, "changes": [{"target": "a1", "verdict": "loved"}]}', b'{"seen": 0}', b'{"seen": true, "changes": []}', b"\xff", b'{"seen": 99, "changes": [{"target": "a1"}]}', b'{"seen": 0, "changes": [{"target": "a1", "verdict": "changed"}]}'):
        got = one.post(path, content=body, headers={"Content-Type": "application/json"})
        assert (got.status_code, set(got.json())) == (400, {"error"}), body
    assert one.post(path, content=b"x", headers={"Content-Type": "text/plain"}).status_code == 400


def test_a_rejected_source_waits_on_its_article(one: TestClient) -> None:
    """It is shown among what was rejected, with a button that takes it back in."""
    page = one.get(f"/articles/{B}", headers=JSON).json()
    voice = page["speakers"][0]["id"]
    one.post(f"/articles/{B}/corrections", json={"seen": 0, "changes": [{"target": voice, "verdict": "rejected"}]})
    gone = one.get(f"/articles/{B}", headers=JSON).json()
    assert [(s["id"], s["verdict"], s["who"]) for s in gone["no_sources"]] == [(voice, "rejected", "this machine")]
    shown = one.get(f"/articles/{B}")
    assert "Rejected sources" in shown.text
    assert one.get(f"/articles/{B}/marks/{voice}").status_code == 404
    sent = one.post(f"/articles/{B}/corrections", data={"csrf": token(one), "seen": "1", "target": voice, "verdict": "accepted"}, follow_redirects=False)
    assert sent.status_code == 303
    now = one.get(f"/articles/{B}", headers=JSON).json()
    assert now["no_sources"] == []
    assert now["speakers"][0]["id"] == voice
