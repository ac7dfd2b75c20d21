"""Who may do what, forms from elsewhere, sizes, rates, names, and the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from served import BRIDGE, client_of, token

from reportedly.ledger import accounts
from reportedly.web.guard import HOUSE, Rates
from reportedly.web.settings import is_loopback
from reportedly.web.viewers import hasher

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from reportedly.ledger.store import Ledger

B = BRIDGE.article.id
JSON = {"Accept": "application/json"}
SECRET = "correct horse battery"


@pytest.fixture
def people(small: Ledger) -> Ledger:
    """A ledger with a reader, an editor and an administrator."""
    hashed = hasher().hash(SECRET)
    for name, role in (("rosa", "reader"), ("eva", "editor"), ("ada", "admin")):
        small.change(lambda c, n=name, r=role: accounts.put(c, n, r, hashed, "test"))
    return small


def enter(client: TestClient, name: str, password: str = SECRET) -> int:
    return client.post("/enter", data={"csrf": token(client, "/enter"), "name": name, "password": password}, follow_redirects=False).status_code


def test_without_an_account_nothing_is_shown(people: Ledger) -> None:
    """A page leads to the door and back, JSON says 401; not even errors tell what is there."""
    with client_of(people, accounts=True) as client:
        for path in ("/", f"/articles/{B}", "/search?q=bridge", "/review", "/log", f"/articles/{B}?format=csv", "/jobs/x", "/training"):
            assert client.get(path, headers=JSON).status_code == 401, path
            led = client.get(path, headers={"Accept": "text/html"}, follow_redirects=False)
            assert led.headers["location"].startswith("/enter?to=%2F")
        assert client.post(f"/articles/{B}/corrections", json={"seen": 0, "changes": [{"target": "a1"}]}).status_code == 401
        assert client.post("/add", json={"text": "x"}).status_code == 401
        assert b"Bridge" not in client.get("/enter").content


def test_roles(people: Ledger) -> None:
    """Readers read, editors correct, administrators remove; who did it is written down."""
    allowed = {"rosa": (200, 403, 403, 403), "eva": (200, 200, 200, 403), "ada": (200, 200, 200, 200)}
    for name, wanted in allowed.items():
        with client_of(people, accounts=True) as client:
            assert enter(client, name) == 303
            seen = client.get(f"/articles/{B}", headers=JSON).json()["revision"]
            got = client.get("/").status_code, client.get("/review").status_code
            corrected = client.post(f"/articles/{B}/corrections", json={"seen": seen, "changes": [{"target": "a1"}]}).status_code
            assert (*got, corrected, client.get("/log").status_code) == wanted, name
    assert {n.who for n in people.ask(accounts.log) if n.action == "correct"} == {"eva", "ada"}


def test_the_door(people: Ledger) -> None:
    """A wrong password, an unknown name and an old token let nobody in; leaving ends the session for good; the cookie is not for scripts."""
    with client_of(people, accounts=True) as client:
        assert enter(client, "eva", "wrong password") == 401
        assert enter(client, "nobody") == 401
        assert client.get("/", headers=JSON).status_code == 401
        sent = client.post("/enter", data={"csrf": token(client, "/enter"), "name": "eva", "password": SECRET, "back": "//evil.example"}, follow_redirects=False)
        assert sent.headers["location"] == "/"
        cookie = sent.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        kept = client.cookies["reportedly"]
        assert client.get("/").status_code == 200
        client.post("/leave", data={"csrf": token(client)})
        client.cookies.set("reportedly", kept)
        assert client.get("/", headers=JSON).status_code == 401
        assert "refused" in {n.action for n in people.ask(accounts.log)}


def test_guessing_is_slowed(people: Ledger) -> None:
    """After some attempts a client has to wait."""
    with client_of(people, accounts=True, entries=3) as client:
        assert [enter(client, "eva", "guess number one") for _ in range(5)] == [401, 401, 401, 429, 429]


def test_forms_from_elsewhere_are_refused(one: TestClient) -> None:
    """Without the page's token, with another's, from another site: nothing is changed."""
    path, fields = f"/articles/{B}/corrections", {"seen": "0", "verdict": "rejected", "target": "a1"}
    good = token(one)
    assert one.post(path, data=fields).status_code == 403
    assert one.post(path, data=fields | {"csrf": "0" * 64}).status_code == 403
    assert one.post(path, data=fields | {"csrf": good}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert one.post(path, data=fields | {"csrf": good}, headers={"Origin": "null"}).status_code == 403
    assert one.post(path, json={"seen": 0, "changes": [{"target": "a1"}]}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert one.post(path, data=fields | {"csrf": good}, headers={"Cookie": "reportedly=" + "x" * 43}).status_code == 403
    assert one.get(f"/articles/{B}", headers=JSON).json()["revision"] == 0
    assert one.post(path, data=fields | {"csrf": good, "back": "https://evil.example/"}, follow_redirects=False).headers["location"].startswith(f"/articles/{B}?")


def test_only_by_its_own_name(one: TestClient) -> None:
    """A name of another site that leads here (DNS rebinding) gets nothing."""
    got = one.get("/", headers={"Host": "evil.example"})
    assert got.status_code == 421
    assert "Bridge" not in got.text


def test_sizes(small: Ledger) -> None:
    """What is too large is refused by its length, and where that lies, as soon as it is too much."""
    with client_of(small, largest=20_000, most=5_000) as client:
        csrf = token(client)
        assert client.post("/add", data={"csrf": csrf, "text": "x" * 30_000}).status_code == 413
        assert client.post(f"/articles/{B}/corrections", content=b"x" * 6_000, headers={"Content-Type": "application/json"}).status_code == 413
        pieces = (b"csrf=" + csrf.encode() if n == 0 else b"&text=" + b"x" * 5_000 for n in range(10))
        assert client.post("/add", content=pieces, headers={"Content-Type": "application/x-www-form-urlencoded"}).status_code == 413
        assert client.post("/add", data={"csrf": csrf, "text": "Ana said it rains. " * 300}, follow_redirects=False).status_code == 303


def test_rates(small: Ledger) -> None:
    """Who asks too often waits, and is told so."""
    with client_of(small, rate=5) as client:
        got = [client.get("/") for _ in range(7)]
    assert [g.status_code for g in got] == [200] * 5 + [429] * 2
    assert got[-1].headers["retry-after"]
    rates = Rates(60)
    assert all(rates.allows("a") for _ in range(60))
    assert not rates.allows("a")
    assert rates.allows("b")


def test_rates_are_of_accounts(people: Ledger) -> None:
    """People of one house, with one address, do not use up each other's; a cookie that is nobody's is counted by its address."""
    with client_of(people, accounts=True, rate=8, edits=8) as client:
        cookies = []
        for name in ("rosa", "eva"):
            client.cookies.clear()
            assert enter(client, name) == 303
            cookies.append(client.cookies["reportedly"])

        def ask(cookie: str, count: int) -> list[int]:
            client.cookies.clear()
            return [client.get("/", headers={**JSON, "Cookie": f"reportedly={cookie}"}).status_code for _ in range(count)]

        assert ask(cookies[0], 10) == [200] * 8 + [429] * 2
        assert ask(cookies[1], 3) == [200] * 3
        assert set(ask("x" * 43, 9)[-3:]) == {429}
        assert ask(cookies[1], 3) == [200] * 3


@pytest.mark.parametrize("path", ["/static/site.css", "/nowhere", "/openapi.json", f"/articles/{B}"])
def test_a_made_up_cookie_escapes_no_rate(people: Ledger, path: str) -> None:
    """Whatever is asked for with a cookie that is nobody's is counted by its address, also where no page looks at it."""
    with client_of(people, accounts=True, rate=3) as client:
        cookie = {**JSON, "Cookie": "reportedly=" + "a" * 30}
        got = [client.get(path, headers=cookie).status_code for _ in range(HOUSE * 3 + 2)]
        assert got[0] != 429
        assert got[-2:] == [429, 429]


def test_who_is_behind_a_made_up_cookie_is_not_asked_for_ever(people: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ledger is asked about cookies as often as an address may send requests, and for one that cannot be a session not at all."""
    asked: list[str] = []
    monkeypatch.setattr(accounts, "present", lambda _, token: asked.append(token))
    with client_of(people, accounts=True, rate=3) as client:
        for cookie in ("short", "a" * 30):
            for _ in range(HOUSE * 3 + 5):
                client.get("/", headers={**JSON, "Cookie": f"reportedly={cookie}"})
    assert len(asked) <= HOUSE * 3
    assert "short" not in asked


def test_a_short_cookie_is_counted_once(people: Ledger) -> None:
    """A cookie that cannot be a session's is as good as none."""
    with client_of(people, accounts=True, rate=6) as client:
        got = [client.get("/", headers={**JSON, "Cookie": "reportedly=short"}).status_code for _ in range(8)]
    assert got == [401] * 6 + [429] * 2


def test_every_answer_carries_its_headers(one: TestClient) -> None:
    """Also errors and static files."""
    for path in ("/", "/nothing", "/static/site.css", "/openapi.json", f"/articles/{B}?format=csv"):
        headers = one.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert "default-src 'none'" in headers["content-security-policy"], path


def test_an_unexpected_failure_tells_nothing(small: Ledger, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """A page says that something went wrong; what it was goes to the program's own log."""
    from reportedly.web.pages import finding

    def broken(*_: object) -> None:
        message = "secret path /home/x"
        raise RuntimeError(message)

    monkeypatch.setattr(finding.marks, "paragraphs", broken)
    with client_of(small) as client:
        got = client.get(f"/articles/{B}")
    assert got.status_code == 500
    assert "secret" not in got.text
    assert "unexpected RuntimeError" in caplog.text


@pytest.mark.parametrize(("host", "local"), [("127.0.0.1", True), ("localhost", True), ("::1", True), ("[::1]", True), ("127.8.8.8", True), ("0.0.0.0", False), ("192.168.1.5", False), ("news.example", False), ("::", False), ("", False)])
def test_what_loopback_is(host: str, local: bool) -> None:
    """Only addresses of this machine."""
    assert is_loopback(host) is local
