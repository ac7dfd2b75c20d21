"""Many readers and editors at once through a real server; benchmarks/web_load.py does it for a minute."""

from __future__ import annotations

import random
import socket
import threading
from typing import TYPE_CHECKING

import httpx2
import uvicorn
from served import BRIDGE, OTHER, Quick

from reportedly.web.app import create
from reportedly.web.settings import Settings

if TYPE_CHECKING:
    from reportedly.ledger.store import Ledger

B, P = BRIDGE.article.id, OTHER.article.id
PATHS = ["/", f"/articles/{B}", f"/articles/{P}?show=own", "/search?q=bridge", f"/claims/{B}/a1", "/story?q=bridge", "/source?name=moreno", "/review", f"/articles/{B}?format=csv"]
READERS, PAGES = 20, 6
EDITORS, EDITS = 5, 8


def test_no_error_and_no_lost_correction(ledger: Ledger) -> None:
    """Every page answers; every correction that was answered is in the history, once, and no other."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen(256)
    base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(create(ledger, Settings(rate=10**9, edits=10**9), reader=Quick), log_level="error"))
    running = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    running.start()
    httpx2.get(base, timeout=60)
    wrote: list[tuple[str, int]] = []
    wrong: list[object] = []
    statuses: list[int] = []

    def read(number: int) -> None:
        chance = random.Random(number)
        with httpx2.Client(base_url=base, timeout=120, verify=False, headers={"Accept": "text/html"}) as client:
            statuses.extend([client.get(chance.choice(PATHS)).status_code for _ in range(PAGES)])

    def edit(number: int) -> None:
        chance = random.Random(100 + number)
        with httpx2.Client(base_url=base, timeout=120, verify=False, headers={"Accept": "application/json"}) as client:
            for _ in range(EDITS):
                article = chance.choice([B, P])
                page = client.get(f"/articles/{article}?min_score=0").json()
                target = chance.choice(["a1", "a2", "figure:0"])
                change = {"target": target, "verdict": chance.choice(["accepted", "rejected"])}
                answer = client.post(f"/articles/{article}/corrections", json={"seen": page["revision"], "changes": [change]})
                if answer.status_code == 200:
                    wrote.append((article, answer.json()["revisions"][article]))
                elif answer.status_code != 409 and not (answer.status_code == 503 and "try again" in answer.text):  # neither wrote anything, as the history tells below
                    wrong.append((answer.status_code, answer.text[:200]))

    threads = [threading.Thread(target=read, args=(n,)) for n in range(READERS)] + [threading.Thread(target=edit, args=(n,)) for n in range(EDITORS)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    kept = [(a, c["revision"]) for a in (B, P) for c in httpx2.get(f"{base}/articles/{a}?format=json", timeout=60).json()["history"]]
    server.should_exit = True
    running.join()
    taken.close()
    assert wrong == []
    assert statuses == [200] * READERS * PAGES
    assert wrote
    assert sorted(wrote) == sorted(kept)
    assert list(ledger.check()) == []
