"""Two hundred readers and ten editors at once: pages and corrections a second, how long they take, and whether anything is lost.

    python benchmarks/web_load.py [--seconds 60] [--articles 1000] [--readers 200] [--editors 10] [--databases sqlite,postgresql] [--folder DIR]

The ledger is that of `web.py`; the server runs in a process of its own, with the program's own settings but for the rates of
one client, since all clients are one here. Readers ask for every kind of page and wait up to two seconds in between; editors
accept, reject and change statements of five articles without pause, so that they are in each other's way, and take back
every tenth change. In the end every correction that was answered with "written" must be in the history of its article, each
revision once, and the ledger's own check must find nothing.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import socket
import threading
import time
from collections import Counter

import httpx2

from reportedly.ledger.store import Ledger
from web import NO_LIMIT, ledgers, pages

EDITED = 5  # articles


def serving(place: str, taken: socket.socket) -> None:
    """Serve a ledger until the process is ended."""
    import uvicorn

    from reportedly.web.app import create
    from reportedly.web.settings import Settings

    with Ledger.open(place) as ledger:
        uvicorn.Server(uvicorn.Config(create(ledger, Settings(hosts=(), rate=NO_LIMIT, edits=NO_LIMIT)), log_level="error")).run(sockets=[taken])


class Crowd:
    """Readers and editors, and what they met with."""

    def __init__(self, base: str, ledger: Ledger, seconds: float) -> None:
        self.base, self.ledger, self.seconds, self.end = base, ledger, seconds, 0.0
        self.go = threading.Event()
        self.took: list[float] = []
        self.wrote: list[tuple[str, int]] = []
        self.said: Counter[str] = Counter()
        self.errors: list[object] = []
        paths = pages(ledger, random.Random(3))
        self.paths = [paths[k] for k in paths if k not in ("log", "review, unsure", "article, most statements")]
        self.articles = sorted({paths["article"]().rpartition("/")[2] for _ in range(50)})[:EDITED]

    def reader(self, number: int) -> None:
        """Read page after page."""
        chance = random.Random(number)
        with httpx2.Client(base_url=self.base, timeout=120, verify=False, headers={"Accept": "text/html"}) as client:
            self.go.wait()
            time.sleep(chance.uniform(0, 2))
            while time.monotonic() < self.end:
                began = time.perf_counter()
                try:
                    answer = client.get(chance.choice(self.paths)())
                    if answer.status_code not in (200, 404):
                        self.errors.append((str(answer.url), answer.status_code, answer.text[:200]))
                except Exception as error:  # noqa: BLE001 - whatever it is, it is an error of the run
                    self.errors.append(error)
                self.took.append(time.perf_counter() - began)
                time.sleep(chance.uniform(0, 2))

    def editor(self, number: int) -> None:
        """Correct what somebody else corrects too."""
        chance = random.Random(1000 + number)
        with httpx2.Client(base_url=self.base, timeout=120, verify=False, headers={"Accept": "application/json"}) as client:
            self.go.wait()
            while time.monotonic() < self.end:
                try:
                    self.edit(client, chance)
                except Exception as error:  # noqa: BLE001 - the same
                    self.errors.append(error)

    def edit(self, client: httpx2.Client, chance: random.Random) -> None:
        """Look at an article, then change something of it, or take back what was changed last."""
        article = chance.choice(self.articles)
        page = client.get(f"/articles/{article}?min_score=0").json()
        some = page["reading"]["attributions"]
        open_changes = [c["revision"] for c in page["history"] if not c["undone"] and not c["undoes"]]
        if chance.random() < 0.1 and open_changes:
            answer = client.post(f"/articles/{article}/undo", json={"revision": open_changes[0]})
        else:
            one = chance.choice(some)
            change = chance.choice([
                {"target": one["id"], "verdict": "accepted"}, {"target": one["id"], "verdict": "rejected"} if len(some) > 3 else {"target": one["id"], "verdict": "accepted"},
                {"target": one["id"], "verdict": "changed", "attribution": {**one, "manner": chance.choice(["direct", "indirect", "mixed"])}},
            ])  # fmt: skip
            answer = client.post(f"/articles/{article}/corrections", json={"seen": page["revision"], "changes": [change]})
        if answer.status_code == 200:
            self.wrote.append((article, answer.json()["revisions"][article]))
        elif answer.status_code in (400, 409):  # 400: somebody else took out what was to be changed
            self.said[str(answer.status_code)] += 1
        else:
            self.errors.append((str(answer.url), answer.status_code, answer.text[:200]))

    def run(self, readers: int, editors: int) -> None:
        """All of them, until the time is up."""
        threads = [threading.Thread(target=self.reader, args=(n,)) for n in range(readers)] + [threading.Thread(target=self.editor, args=(n,)) for n in range(editors)]
        for t in threads:
            t.start()
        self.end = time.monotonic() + self.seconds
        self.go.set()
        for t in threads:
            t.join()


def load(ledger: Ledger, seconds: float, readers: int, editors: int) -> dict[str, object]:
    """Serve a ledger to a crowd; what came of it."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen(1024)
    base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    server = multiprocessing.get_context("fork").Process(target=serving, args=(ledger.place, taken), daemon=True)
    ledger.close()  # no connection is shared with the server's process
    server.start()
    httpx2.get(f"{base}/", timeout=120)
    crowd = Crowd(base, ledger, seconds)
    before = {(a, c["revision"]) for a in crowd.articles for c in httpx2.get(f"{base}/articles/{a}?format=json", timeout=60).json()["history"]}
    crowd.run(readers, editors)
    kept = [(a, c["revision"]) for a in crowd.articles for c in httpx2.get(f"{base}/articles/{a}?format=json", timeout=60).json()["history"]]
    server.terminate()
    server.join()
    crowd.took.sort()
    return {
        "seconds": round(seconds), "pages": len(crowd.took), "pages a second": round(len(crowd.took) / seconds, 1),
        "median s": round(crowd.took[len(crowd.took) // 2], 2), "95th percentile s": round(crowd.took[int(0.95 * len(crowd.took))], 2),
        "corrections written": len(crowd.wrote), "refused since somebody was quicker": sum(crowd.said.values()),
        "corrections lost": len(set(crowd.wrote) - set(kept)), "revisions twice": len(crowd.wrote) - len(set(crowd.wrote)) + len(kept) - len(set(kept)),
        "corrections of nobody": len(set(kept) - before - set(crowd.wrote)), "errors": len(crowd.errors), "first errors": crowd.errors[:3],
    }  # fmt: skip


def main() -> None:
    """Run, and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--articles", type=int, default=1000)
    asked.add_argument("--readers", type=int, default=200)
    asked.add_argument("--editors", type=int, default=10)
    asked.add_argument("--databases", default="sqlite,postgresql")
    asked.add_argument("--folder", help="keep the ledgers here")
    asked.add_argument("--unchecked", action="store_true", help="leave out the ledger's own check, which takes minutes on 10,000 articles")
    options = asked.parse_args()
    with ledgers(options.databases, options.articles, options.folder) as filled:
        for name, ledger in filled:
            for key, value in load(ledger, options.seconds, options.readers, options.editors).items():
                print(f"  {name}, {key}: {value}", flush=True)
            if not options.unchecked:
                print(f"  {name}, the ledger's check: {len(list(ledger.check()))}", flush=True)


if __name__ == "__main__":
    main()
