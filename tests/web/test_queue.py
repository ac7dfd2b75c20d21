"""The review: everything that can be corrected waits there by its kind, and is accepted or rejected singly, chosen, or all that is shown, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from made import Said, reading
from served import BRIDGE, OTHER, token

from reportedly.ledger import corrections
from reportedly.web import queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection
    from starlette.testclient import TestClient

    from reportedly.ledger.store import Ledger

B, P = BRIDGE.article.id, OTHER.article.id
JSON = {"Accept": "application/json"}


def left(client: TestClient, kind: str, **more: Any) -> list[str]:
    """Targets that wait, of the article of the bridge where there are others."""
    page = client.get("/review", params={"kind": kind, **more}, headers=JSON).json()
    if kind == "statement":
        return [f"{s['article']}/{s['attribution']}" for s in page["statements"]]
    return [f"{w['article']}/{w['target']}" for w in (*page["waiting"], *page["beside"])]


def press(client: TestClient, kind: str, button: str, value: str, chosen: list[str] | None = None) -> str:
    """Press a button of the review as a browser would; where it leads."""
    page = html.fromstring(client.get("/review", params={"kind": kind}).text).get_element_by_id("review")
    fields: dict[str, list[str]] = {}
    for name, filled in page.form_values():
        fields.setdefault(name, []).append(filled)
    assert page.xpath(f"//button[@name='{button}' and @value='{value}']"), (button, value)
    sent = client.post("/review", data={**fields, "target": chosen or [], button: value}, follow_redirects=False)
    assert sent.status_code == 303, sent.text[-500:]
    return sent.headers["location"]


@pytest.mark.parametrize("kind", queue.KINDS)
def test_each_kind_waits_and_is_looked_at_singly(client: TestClient, kind: str) -> None:
    """One press accepts one; it waits no longer, its article says who; taking that back lets it wait again."""
    before = left(client, kind)
    one = next(t for t in before if t.startswith(B)) if kind not in ("match", "origin") else before[0]
    done = press(client, kind, "one", f"accepted {one}")
    assert one not in left(client, kind)
    article, _, target = one.partition("/")
    history = client.get(f"/articles/{article}", headers=JSON).json()["history"]
    assert (history[0]["target"], history[0]["verdict"], history[0]["who"]) == (target, "accepted", "this machine")
    batch = done.partition("done=")[2].partition("#")[0]
    assert 'action="/undo"' in client.get(done).text
    client.post("/undo", data={"csrf": token(client), "batch": batch})
    assert left(client, kind) == before


@pytest.mark.parametrize("kind", ["source", "figure", "voice"])
def test_all_shown_and_what_is_chosen(one: TestClient, kind: str) -> None:
    """Chosen ones are rejected in one go, then all that is shown accepted in one go, over several articles."""
    before = left(one, kind)
    press(one, kind, "verdict", "rejected", [before[-1]])
    assert left(one, kind) == [t for t in before if t != before[-1]]
    if len(before) > 1:
        press(one, kind, "all", "accepted")
    assert left(one, kind) == []
    assert "Nothing is left here" in one.get(f"/review?kind={kind}").text


def test_matches_and_origins_are_judged_from_either_side(client: TestClient) -> None:
    """What is said of two statements on the page of one holds on that of the other; whoever parts their origins is shown two accounts."""
    (match,) = left(client, "match")
    origins = left(client, "origin")
    assert origins == [f"{match}~origin"]
    article, _, target = match.partition("/")
    here, other = target.split("~")
    press(client, "origin", "one", f"rejected {origins[0]}")
    assert left(client, "origin") == []
    for path in (f"/claims/{article}/{here}", f"/claims/{other}"):
        claim = client.get(path, headers=JSON).json()
        assert (claim["origins"]["verdict"], claim["origins"]["count"]) == ("several", 2)
        assert {r["origin"] for r in claim["reports"]} == {None, "rejected"}
        assert "a person said that they have origins of their own" in client.get(path).text
    press(client, "match", "one", f"rejected {match}")
    for path in (f"/claims/{article}/{here}", f"/claims/{other}"):
        claim = client.get(path, headers=JSON).json()
        assert (len(claim["reports"]), len(claim["set_apart"])) == (1, 1)


@pytest.mark.parametrize("kind", ["match", "origin"])
def test_however_many_were_looked_at_the_rest_comes(one: TestClient, small: Ledger, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """What was judged makes room for what was not, until nothing is left."""
    said = ["the bridge must close for nine weeks", "the harbour master wants another tunnel", "every ferryman shall be paid in silver"]
    monkeypatch.setattr(queue, "PAIRS", 1)
    for outlet in ("Lantern", "Beacon"):
        small.add(reading(*(Said("Ana Moreno", f"{s} at last") for s in said), title=outlet, url=f"https://{outlet.lower()}.example/", outlet=outlet))
    judged = []
    for _ in range(20):
        page = one.get("/review", params={"kind": kind}, headers=JSON).json()
        if not page["beside"]:
            break
        (pair,) = page["beside"]
        judged.append(f"{pair['article']}/{pair['target']}")
        press(one, kind, "one", f"accepted {judged[-1]}")
    assert left(one, kind) == []
    assert len(set(judged)) == len(judged) >= 4


@pytest.mark.parametrize("path", ["/review?kind=match", "/review?kind=origin", "/?format=csv"])
def test_an_article_removed_meanwhile_is_left_out(one: TestClient, small: Ledger, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Between the list of articles and the articles somebody removes one: the page answers without it."""
    asked = small.ask
    gone: list[tuple[str, ...]] = []

    def ask(work: Callable[[Connection], Any]) -> Any:
        found = asked(work)
        if not gone:
            gone.append(small.remove(P))
        return found

    monkeypatch.setattr(small, "ask", ask)
    answered = one.get(path)
    assert gone == [(P,)]
    assert answered.status_code == 200
    assert "ferrymen" not in answered.text


def test_one_goes_on_with_older_articles(one: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page goes through some articles, and the next one through those below; together they show all, each once."""
    monkeypatch.setattr(queue, "THROUGH", 1)
    found, at = [], None
    for _ in range(10):
        page = one.get("/review", params={"kind": "source", **({"before": at} if at is not None else {})}, headers=JSON).json()
        found += [(w["article"], w["target"]) for w in page["waiting"]]
        at = page["next"]
        if at is None:
            break
    assert at is None
    assert len(found) == len(set(found)) == 5


def test_a_changed_article_is_prepared_anew(one: TestClient) -> None:
    """What is kept of an article from page to page is not used when somebody corrected it meanwhile."""
    assert len(one.get(f"/claims/{B}/a1", headers=JSON).json()["reports"]) == 2
    one.post(f"/articles/{P}/corrections", json={"seen": 0, "changes": [{"target": "a1", "verdict": "rejected"}]})
    assert len(one.get(f"/claims/{B}/a1", headers=JSON).json()["reports"]) == 1


def test_a_judgement_of_an_article_that_shares_no_word_is_seen_from_both_sides(client: TestClient) -> None:
    """Two statements that only a person put together are reports of one claim on the pages of both, and on neither when that is taken back."""
    done = client.post(f"/articles/{B}/corrections", json={"seen": 0, "changes": [{"target": f"a2~{P}/a2"}]}).json()
    pages = (f"/claims/{B}/a2", f"/claims/{P}/a2")
    for path in pages:
        assert [r["judged"] for r in client.get(path, headers=JSON).json()["reports"]].count("accepted") == 1, path
    client.post("/undo", json={"batch": done["batch"]})
    for path in pages:
        assert len(client.get(path, headers=JSON).json()["reports"]) == 1, path


@pytest.mark.parametrize("order", [("accepted", "rejected"), ("rejected", "accepted")])
def test_of_one_second_the_later_word_counts(one: TestClient, monkeypatch: pytest.MonkeyPatch, order: tuple[str, str]) -> None:
    """Two people who judge one pair from its two sides within a second: the one who was written last has the last word."""
    monkeypatch.setattr(corrections.time, "time", lambda: 1_700_000_000.0)
    for (article, other), verdict in zip(((B, P), (P, B)), order, strict=True):
        one.post(f"/articles/{article}/corrections", json={"seen": 0, "changes": [{"target": f"a1~{other}/a1", "verdict": verdict}]})
    for path in (f"/claims/{B}/a1", f"/claims/{P}/a1"):
        assert len(one.get(path, headers=JSON).json()["reports"]) == (2 if order[1] == "accepted" else 1)


def test_forged_targets_are_refused(one: TestClient) -> None:
    """A match of a statement that is not there, an article that is not, a kind that is none: said, and nothing is written."""
    csrf = token(one)
    for target in (f"{B}/a99~{P}/a1", f"{B}/a1~{P}", f"{B}/~/", f"nowhere/a1~{P}/a1", f"{B}/time:99", f"{B}/s99"):
        sent = one.post("/review", data={"csrf": csrf, "one": f"accepted {target}", "seen": [f"{B}/0", "nowhere/0"]})
        assert sent.status_code == 400, target
    assert one.post("/review", data={"csrf": csrf, "one": f"loved {B}/a1", "seen": f"{B}/0"}).status_code == 400
    assert one.get("/review?kind=verdict", headers=JSON).status_code == 422
    assert one.get(f"/articles/{B}", headers=JSON).json()["history"] == []
