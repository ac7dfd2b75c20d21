"""Correcting times, figures and the writer's voice, and saying that two sources are one or one is two: like statements, and beside the program's own answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from served import BRIDGE, token

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

B = BRIDGE.article.id
TEXT = BRIDGE.article.text
JSON = {"Accept": "application/json"}


def page(client: TestClient) -> dict[str, Any]:
    return client.get(f"/articles/{B}?min_score=0", headers=JSON).json()


def statement(client: TestClient, name: str) -> dict[str, Any]:
    return next(s for p in page(client)["speakers"] for s in p["statements"] if s["id"] == name)


def form(client: TestClient, path: str) -> dict[str, str]:
    found = html.fromstring(client.get(path).text).get_element_by_id("edit")
    return {k: v for k, v in found.form_values() if v is not None}


def place(words: str) -> str:
    return f"{TEXT.index(words)}-{TEXT.index(words) + len(words)}"


def test_a_time_is_changed(client: TestClient) -> None:
    """The statement moves to the day that a person gives it; the program's answer stays beside; undoing brings it back."""
    fields = form(client, f"/articles/{B}/marks/time:0")
    assert (fields["value"], fields["role"]) == ("2024-03-11", "said")
    assert client.post(f"/articles/{B}/marks/time:0", data=fields | {"value": "2024-03-04", "earliest": "2024-03-04", "latest": "2024-03-04"}, follow_redirects=False).status_code == 303
    (time,) = statement(client, "a1")["times"]
    assert (time["told"], time["verdict"], time["who"], time["program"]) == ("2024-03-04, when it was said", "changed", "this machine", "2024-03-11, when it was said")
    found = client.get("/search?q=nine", headers=JSON).json()["statements"]
    assert found[0]["said"].startswith("2024-03-04")
    assert "2024-03-11" in client.get(f"/articles/{B}").text
    client.post(f"/articles/{B}/undo", data={"csrf": token(client), "revision": "1"})
    assert client.get("/search?q=nine", headers=JSON).json()["statements"][0]["said"].startswith("2024-03-11")


def test_a_figure_is_rejected_and_another_one_added(client: TestClient) -> None:
    """Search by figures follows; what was rejected is shown as such, and can be accepted after all."""
    csrf = token(client)
    client.post(f"/articles/{B}/corrections", data={"csrf": csrf, "seen": "0", "verdict": "rejected", "target": "figure:0"})
    assert statement(client, "a1")["figures"] == []
    assert [m["target"] for m in page(client)["taken_out"]] == ["figure:0"]
    assert client.get("/search?figure=9", headers=JSON).json()["statements"] == []
    fields = form(client, f"/articles/{B}/marks/new-figure?of=a1") | {"place": place("nine"), "comparator": ">=", "value": "9", "unit": "weeks"}
    assert client.post(f"/articles/{B}/marks/new-figure", data=fields, follow_redirects=False).headers["location"].endswith("#m-figure%3Ap1")
    (figure,) = statement(client, "a1")["figures"]
    assert (figure["target"], figure["words"], figure["told"], figure["verdict"]) == ("figure:p1", "nine", "at least 9 weeks", "added")
    assert [s["attribution"] for s in client.get("/search?figure=9", headers=JSON).json()["statements"]] == ["a1"]
    client.post(f"/articles/{B}/corrections", data={"csrf": csrf, "seen": "2", "verdict": "accepted", "target": "figure:0"})
    assert [m["target"] for m in statement(client, "a1")["figures"]] == ["figure:0", "figure:p1"]


def test_the_writers_voice(one: TestClient) -> None:
    """A passage is changed, one is added, all shown are rejected in one go and come back in one go."""
    fields = form(one, f"/articles/{B}/marks/voice:0") | {"kind": "loaded"}
    assert one.post(f"/articles/{B}/marks/voice:0", data=fields, follow_redirects=False).status_code == 303
    fields = form(one, f"/articles/{B}/marks/new-voice") | {"place": place("dithered"), "kind": "loaded"}
    assert one.post(f"/articles/{B}/marks/new-voice", data=fields, follow_redirects=False).status_code == 303
    voice = page(one)["voice"]
    assert [(v["target"], v["kind"], v["program"]) for v in voice] == [("voice:0", "loaded", "a claim that no one else vouches for"), ("voice:p1", "loaded", None)]
    done = one.post(f"/articles/{B}/corrections", data={"csrf": token(one), "seen": "2", "verdict": "rejected", "target": ["voice:0", "voice:p1"]}, headers=JSON).json()
    assert (page(one)["voice"], len(page(one)["taken_out"])) == ([], 2)
    one.post("/undo", data={"csrf": token(one), "batch": done["batch"]})
    assert page(one)["voice"] == voice


@pytest.mark.parametrize(
    ("mark", "typed", "said"),
    [
        ("time:0", {"value": "some day"}, "is no time"), ("time:0", {"earliest": "soon"}, "is no date"), ("time:0", {"earliest": "2025", "latest": "2024"}, "after the latest"),
        ("time:0", {"place": "0-99999"}, "outside the text"), ("time:0", {"place": ""}, "Mark one place"), ("time:0", {"attribution": "a99"}, "no statement a99"), ("time:0", {"type": "YEAR"}, "is no type"),
        ("figure:0", {"value": "nine"}, "is no number"), ("figure:0", {"high": "3"}, "below its lower end"), ("figure:0", {"unit": "w" * 99}, "is no unit"), ("figure:0", {"comparator": "!="}, "is no comparator"),
        ("voice:0", {"kind": "lie"}, "is no kind"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_kept(one: TestClient, mark: str, typed: dict[str, str], said: str) -> None:
    """The form comes back with what is wrong, and nothing is written."""
    answer = one.post(f"/articles/{B}/marks/{mark}", data=form(one, f"/articles/{B}/marks/{mark}") | typed)
    assert answer.status_code == 400
    assert said in html.fromstring(answer.text).text_content()
    assert page(one)["revision"] == 0


def test_two_people_at_one_figure(one: TestClient) -> None:
    """The second is told what holds now, and nothing of the first is lost."""
    path = f"/articles/{B}/marks/figure:0"
    first, second = form(one, path), form(one, path)
    assert one.post(path, data=first | {"value": "10"}, follow_redirects=False).status_code == 303
    refused = one.post(path, data=second | {"value": "11"})
    assert refused.status_code == 409
    assert "10 weeks" in refused.text
    assert 'value="11"' in refused.text
    assert statement(one, "a1")["figures"][0]["told"] == "10 weeks"


def test_two_sources_are_one(client: TestClient) -> None:
    """The other takes over mentions, statements and chains; nobody is taken to have looked at the statements; undoing parts them again."""
    at = TEXT.index("The council")
    added = client.post(f"/articles/{B}/corrections", json={"seen": 0, "changes": [{"verdict": "added", "source": {"id": "", "mentions": [{"start": at, "end": at + 11}], "kind": "group", "identity": "named", "name": "The council"}}]})
    assert added.json()["targets"] == ["ps1"]
    merged = client.post(f"/articles/{B}/sources/ps1/merge", data={"csrf": token(client), "seen": "1", "into": "s1"}, follow_redirects=False)
    assert merged.status_code == 303, merged.text
    sources = {s["id"]: s for s in page(client)["reading"]["sources"]}
    assert "ps1" not in sources
    assert {"start": at, "end": at + 11} in sources["s1"]["mentions"]
    client.post(f"/articles/{B}/sources/s1/merge", data={"csrf": token(client), "seen": "2", "into": "s3"})
    reading = page(client)["reading"]
    assert {s["id"] for s in reading["sources"]} == {"s2", "s3"}
    assert [a["source"] for a in reading["attributions"]] == ["s3", "s2", "s3"]
    assert statement(client, "a1")["verdict"] is None
    client.post(f"/articles/{B}/undo", data={"csrf": token(client), "revision": "3"})
    assert [a["source"] for a in page(client)["reading"]["attributions"]] == ["s1", "s2", "s1"]


def test_an_anonymous_source_is_never_merged_with_a_named_one(one: TestClient) -> None:
    """Neither way, by form or by JSON; nor a source with itself."""
    for source, into in (("s2", "s1"), ("s1", "s2"), ("s1", "s1"), ("s1", "")):
        assert one.post(f"/articles/{B}/sources/{source}/merge", data={"csrf": token(one), "seen": "0", "into": into}).status_code == 400
        value = {"id": into, "mentions": []}
        assert one.post(f"/articles/{B}/corrections", json={"seen": 0, "changes": [{"target": source, "verdict": "merged", "source": value}]}).status_code == 400
    assert page(one)["revision"] == 0


def test_one_source_is_two(client: TestClient) -> None:
    """The chosen statements go to a new source with its words in the text; its form comes next; undone in one go."""
    done = client.post(f"/articles/{B}/sources/s1/split", data={"csrf": token(client), "seen": "0", "statement": ["a3"]}, follow_redirects=False)
    assert done.headers["location"].startswith(f"/articles/{B}/sources/ps1?done=")
    reading = page(client)["reading"]
    assert [a["source"] for a in reading["attributions"]] == ["s1", "s2", "ps1"]
    mentions = {s["id"]: s["mentions"] for s in reading["sources"]}
    assert mentions["ps1"] == [{"start": s.start, "end": s.end} for s in BRIDGE.attributions[2].source_spans]
    assert mentions["ps1"][0] not in mentions["s1"]
    client.post("/undo", data={"csrf": token(client), "batch": done.headers["location"].partition("done=")[2]})
    assert page(client)["reading"]["attributions"] == [a | {"score": a["score"]} for a in json.loads(BRIDGE.to_json())["attributions"]]
    assert client.post(f"/articles/{B}/sources/s1/split", data={"csrf": token(client), "seen": "4"}).status_code == 400


def test_training_data_have_them(one: TestClient, post: Callable[..., Any]) -> None:
    """What people said of times, figures and the writer's voice goes out with the statements, beside what the program had said."""
    post(f"/articles/{B}/corrections", seen="0", verdict="accepted", target=["a1", "a2", "a3"])
    one.post(f"/articles/{B}/marks/figure:0", data=form(one, f"/articles/{B}/marks/figure:0") | {"value": "10"})
    post(f"/articles/{B}/corrections", seen="4", verdict="rejected", target=["voice:0"])
    (record,) = [json.loads(line) for line in one.get("/training").text.splitlines()]
    assert [f["value"] for f in record["figures"]] == ["10"]
    assert (record["voice"], len(record["times"])) == ([], 1)
    assert {(c["target"], c["verdict"]) for c in record["corrections"]} == {("a1", "accepted"), ("a2", "accepted"), ("a3", "accepted"), ("figure:0", "changed"), ("voice:0", "rejected")}
    said = {c["target"]: c for c in record["corrections"]}
    assert (said["figure:0"]["program"]["value"], said["voice:0"]["program"]["kind"]) == ("9", "assertion")
    assert record["attributions"][1]["factuality"] == "PS+"
