"""How quick the pages are: server time at the 95th percentile of each, and many readers beside editors.

    python benchmarks/web.py --articles 10000
    python benchmarks/web.py --articles 500 --load 60 --place postgresql://user@host/name

The articles are made up of a small vocabulary, so that every search finds much. Times are taken around the application in
this process; the load goes through a real server on loopback.
"""

from __future__ import annotations

import argparse
import random
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import httpx2
import uvicorn
from made import Said, reading
from starlette.testclient import TestClient

from reportedly.ledger.store import Ledger
from reportedly.web.app import create
from reportedly.web.settings import Settings

NAMES = [f"{first} {last}" for first in ("Ana", "Piet", "Marta", "Jon", "Ines", "Tomas", "Ruth", "Kofi") for last in ("Moreno", "Vos", "Lindqvist", "Okafor", "Brandt", "Silva", "Keane", "Novak")]
THINGS = ["bridge", "harbour", "school", "hospital", "ferry", "tunnel", "market", "council", "strike", "flood", "budget", "library", "railway", "vaccine", "quota", "refinery"]
DEEDS = ["close", "open", "flood", "strike", "borrow", "collapse", "move", "grow", "shrink", "burn", "merge", "split", "vanish", "return"]
PLACES = ["quarter", "island", "valley", "district", "north", "coast", "suburb", "river", "border", "capital"]


def made(number: int, chance: random.Random) -> object:
    """One made-up article of about a dozen statements."""
    some = []
    for _ in range(chance.randint(6, 18)):
        count = str(chance.randint(2, 90))
        words = f"the {chance.choice(THINGS)} of the {chance.choice(PLACES)} {chance.choice(PLACES)} will {chance.choice(DEEDS)} within {count} weeks because the {chance.choice(THINGS)} may {chance.choice(DEEDS)}"
        some.append(Said(chance.choice(NAMES), words, manner=chance.choice(("direct", "indirect", "mixed")), score=round(chance.uniform(0.3, 1), 4), figures=((f"{count} weeks", count, "=", None, "weeks"),)))
    day = f"202{number % 5}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return reading(*some, title=f"{chance.choice(THINGS)} {chance.choice(DEEDS)} {number}", url=f"https://outlet{number % 40}.example/{number}", outlet=f"Outlet {number % 40}", published=day)


def pages(ids: list[str], chance: random.Random) -> dict[str, object]:
    """Addresses by page; each call of one is another."""
    return {
        "home": lambda: "/",
        "article": lambda: f"/articles/{chance.choice(ids)}",
        "article, filtered": lambda: f"/articles/{chance.choice(ids)}?manner=direct&min_score=0",
        "search, two words": lambda: f"/search?q={chance.choice(THINGS)}+{chance.choice(DEEDS)}",
        "search, source and figure": lambda: f"/search?source={chance.choice(NAMES).split()[1]}&figure=%3E%3D{chance.randint(10, 80)}",
        "source": lambda: f"/source?name={chance.choice(NAMES).replace(' ', '+')}",
        "story": lambda: f"/story?q={chance.choice(THINGS)}+{chance.choice(PLACES)}",
        "claim": lambda: f"/claims/{chance.choice(ids)}/a1",
        "review": lambda: "/review",
        "edit": lambda: f"/articles/{chance.choice(ids)}/statements/a1",
        "article, CSV": lambda: f"/articles/{chance.choice(ids)}?format=csv",
    }


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--articles", type=int, default=10_000)
    asked.add_argument("--each", type=int, default=100, help="requests of each page")
    asked.add_argument("--place", help="an empty ledger to use; by default a file that is thrown away")
    asked.add_argument("--load", type=int, default=0, help="seconds of 200 readers and 10 editors at once")
    options = asked.parse_args()
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder, Ledger.open(options.place or Path(folder) / "ledger.sqlite") as ledger:
        started = time.monotonic()
        ids = []
        for number in range(options.articles):
            one = made(number, chance)
            ledger.add(one)
            ids.append(one.article.id)
        print(f"{options.articles} articles, {ledger.info().attributions} statements, added in {time.monotonic() - started:.0f} s\n")
        many = 10**9
        app = create(ledger, Settings(hosts=(), rate=many, edits=many))
        with TestClient(app) as client:
            print("| page | median ms | p95 ms |\n|---|---|---|")
            for name, path in pages(ids, chance).items():
                took = []
                client.get(path())
                for _ in range(options.each):
                    address = path()
                    began = time.perf_counter()
                    answer = client.get(address, headers={"Accept": "text/html"})
                    took.append(1000 * (time.perf_counter() - began))
                    assert answer.status_code == 200, (address, answer.text[:300])
                took.sort()
                print(f"| {name} | {took[len(took) // 2]:.0f} | {took[int(0.95 * len(took))]:.0f} |", flush=True)
        if options.load:
            load(ledger, ids, options.load)


def load(ledger: Ledger, ids: list[str], seconds: int) -> None:
    """Two hundred readers and ten editors at once; every correction that was answered must be there afterwards."""
    many = 10**9
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{taken.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(create(ledger, Settings(hosts=(), rate=many, edits=many)), log_level="error"))
    running = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    running.start()
    while not server.started:
        time.sleep(0.05)
    end = time.monotonic() + seconds
    read, wrote, refused, errors = [0] * 200, [], [0] * 10, []
    edited = ids[:5]

    def reader(number: int) -> None:
        chance = random.Random(number)
        paths = list(pages(ids, chance).values())
        with httpx2.Client(base_url=base, timeout=120, headers={"Accept": "text/html"}) as client:
            while time.monotonic() < end:
                answer = client.get(chance.choice(paths[:6])())
                read[number] += 1
                if answer.status_code != 200:
                    errors.append((answer.url, answer.status_code))
                time.sleep(chance.uniform(0, 2))

    def editor(number: int) -> None:
        chance = random.Random(1000 + number)
        with httpx2.Client(base_url=base, timeout=120, headers={"Accept": "application/json"}) as client:
            while time.monotonic() < end:
                article = chance.choice(edited)
                seen = client.get(f"/articles/{article}?format=json").json()["revision"]
                answer = client.post(f"/articles/{article}/corrections", json={"seen": seen, "changes": [{"target": f"a{chance.randint(1, 6)}", "verdict": chance.choice(["accepted", "rejected"])}]})
                if answer.status_code == 200:
                    wrote.append((article, answer.json()["revisions"][article]))
                elif answer.status_code == 409:
                    refused[number] += 1
                else:
                    errors.append((answer.url, answer.status_code, answer.text[:200]))

    threads = [threading.Thread(target=reader, args=(n,)) for n in range(200)] + [threading.Thread(target=editor, args=(n,)) for n in range(10)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    with httpx2.Client(base_url=base, timeout=120) as client:
        kept = {(a, c["revision"]) for a in edited for c in client.get(f"/articles/{a}?format=json").json()["history"]}
    server.should_exit = True
    running.join()
    lost = set(wrote) - kept
    print(f"\n200 readers and 10 editors for {seconds} s: {sum(read)} pages, {len(wrote)} corrections written, {sum(refused)} refused since somebody was quicker, {len(lost)} lost, {len(errors)} errors {errors[:3]}")
    print(f"in the history: {len(kept)} changes, each once: {len(wrote) == len(set(wrote))}")


if __name__ == "__main__":
    main()
