"""How quick the pages are: server time of each at the 95th percentile, on SQLite and PostgreSQL.

    python benchmarks/web.py [--articles 10000] [--each 100] [--databases sqlite,postgresql] [--folder DIR]

The ledger is that of `ledger.py` (`Press`: readings of PolNeAR dev where ../shared is there, varied), with one article in
twenty-five a report of one and the same story, some words exchanged, so that there is a claim with hundreds of
reports. Half of those reports come through another outlet. Times are taken around the application in this process, one
request after the other, each of another article, source or question. On a machine that others use, look at the CPU times. `--folder` keeps the ledgers for the next run.

`web_load.py` measures many readers and editors at once.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from places import database, serve
from sqlalchemy import text
from starlette.testclient import TestClient

import reportedly
from ledger import WORD, Clock, Press
from reportedly import wire
from reportedly.ledger.store import Ledger
from reportedly.values import Source
from reportedly.web.app import create
from reportedly.web.settings import Settings
from speed import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportedly.values import Reading

STORY = 25  # one article in so many is of the one story
STORIES = 10**6  # where the numbers of its reports begin
NO_LIMIT = 10**9
WARM = 20  # requests of a page before the clock runs: stems of words are remembered
Pages = dict[str, "Callable[[], str]"]


def base(folder: Path) -> list[Reading]:
    """The readings that are varied, read once a folder."""
    kept = folder / "base.jsonl"
    if not kept.exists():
        articles = [reportedly.article(t, as_is=True) for t in texts()[1]]
        kept.write_bytes(b"\n".join(wire.dumps(r) for r in reportedly.Reader().read_many(articles)))
    return [wire.loads(line) for line in kept.read_bytes().splitlines()]


def fill(ledger: Ledger, articles: int, readings: list[Reading]) -> None:
    """Add what is missing to so many articles."""
    held = ledger.info().articles
    if held >= articles:
        return
    press = Press(readings)
    told = max(press.pieces, key=lambda r: len(r.attributions))
    chance = random.Random(11)
    for number, reading in enumerate(press.articles(articles)):
        ledger.add(through(press.vary(told, STORIES + number, None, retold=chance), chance) if number % STORY == 0 else reading)
    if ledger._engine.dialect.name == "postgresql":  # what autovacuum does a minute later
        with ledger._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def through(reading: Reading, chance: random.Random) -> Reading:
    """Half of the reports have what they say from another outlet."""
    if chance.random() < 0.5:
        return reading
    outlet = Source("through", (), "outlet", "named", f"The {chance.randrange(9)} Wire")
    return replace(reading, sources=(*reading.sources, outlet), attributions=tuple(replace(a, via=(*a.via, outlet.id)) for a in reading.attributions))


def pages(ledger: Ledger, chance: random.Random) -> Pages:
    """Addresses by page; each call of one is another where there is more than one."""
    def ask(command: str) -> list[tuple[str, ...]]:
        return [tuple(row) for row in ledger.ask(lambda c: c.execute(text(command)).all())]

    said = ask("SELECT articles.id, attributions.id, attributions.content FROM attributions JOIN articles ON articles.key = attributions.article WHERE articles.current")
    chance.shuffle(said)
    said = said[:3000]
    story = ask("SELECT id FROM articles WHERE url LIKE 'https://1______.example/%' AND current LIMIT 400")
    sources = ask("SELECT articles.id, sources.id FROM sources JOIN articles ON articles.key = sources.article LIMIT 3000")
    names = [row[0] for row in ask("SELECT name FROM names")]
    loudest = ask("SELECT names.name FROM attributions JOIN names ON names.key = attributions.voice GROUP BY names.key, names.name ORDER BY COUNT(*) DESC LIMIT 5")
    longest = ask("SELECT articles.id FROM attributions JOIN articles ON articles.key = attributions.article GROUP BY articles.id ORDER BY COUNT(*) DESC LIMIT 50")

    last = int(ask("SELECT MAX(key) FROM articles")[0][0])

    def one(rows: list[tuple[str, ...]]) -> tuple[str, ...]:
        return chance.choice(rows)

    def words(count: int) -> str:
        found = [w for w in WORD.findall(one(said)[2]) if len(w) > 3] or ["said"]
        return "+".join(chance.choices(found, k=count))

    return {
        "articles": lambda: "/",
        "articles, further down": lambda: f"/?before={chance.randrange(1000, 100_000)}",
        "add": lambda: "/add",
        "article": lambda: f"/articles/{one(said)[0]}",
        "article, JSON": lambda: f"/articles/{one(said)[0]}?format=json",
        "article, filtered": lambda: f"/articles/{one(said)[0]}?manner=direct&min_score=0",
        "article, what only the writer says": lambda: f"/articles/{one(said)[0]}?show=own&min_score=0",
        "article, most statements": lambda: f"/articles/{one(longest)[0]}?min_score=0",
        "article, CSV": lambda: f"/articles/{one(said)[0]}?format=csv",
        "search, one word": lambda: f"/search?q={words(1)}",
        "search, two words": lambda: f"/search?q={words(2)}",
        "search, the commonest word": lambda: "/search?q=the",
        "search, a source and a figure": lambda: f"/search?source={chance.choice(names).split()[-1]}&figure=%3E%3D{chance.randint(10, 80)}",
        "search, Web Annotation": lambda: f"/search?q={words(2)}&format=annotations",
        "source": lambda: f"/source?name={chance.choice(names).replace(' ', '+')}",
        "source, most statements": lambda: f"/source?name={one(loudest)[0].replace(' ', '+')}",
        "claim": lambda: "/claims/{}/{}".format(*one(said)),
        "claim, most reports": lambda: f"/claims/{one(story)[0]}/{chance.choice(('a1', 'a2', 'a3'))}",
        "story": lambda: f"/story?q={words(2)}",
        "story, the commonest word": lambda: "/story?q=the",
        "review": lambda: "/review",
        "review, unsure": lambda: "/review?low=0&high=0.5",
        "review, sources": lambda: f"/review?kind=source&before={chance.randrange(1000, last)}",
        "review, figures": lambda: f"/review?kind=figure&before={chance.randrange(1000, last)}",
        "review, matches": lambda: f"/review?kind=match&before={chance.randrange(1000, last)}",
        "review, origins": lambda: f"/review?kind=origin&before={chance.randrange(1000, last)}",
        "articles, CSV": lambda: f"/?format=csv&before={chance.randrange(1000, last)}",
        "correct a statement": lambda: "/articles/{}/statements/{}".format(*one(said)),
        "correct a source": lambda: "/articles/{}/sources/{}".format(*one(sources)),
        "log": lambda: "/log",
    }


@contextmanager
def ledgers(databases: str, articles: int, folder: str | None) -> Iterator[Iterator[tuple[str, Ledger]]]:
    """Filled ledgers, one a database."""
    with ExitStack() as stack:
        place = Path(folder or stack.enter_context(tempfile.TemporaryDirectory()))
        place.mkdir(parents=True, exist_ok=True)

        def each() -> Iterator[tuple[str, Ledger]]:
            for name in databases.split(","):
                with ExitStack() as inner:
                    where = str(place / "ledger.sqlite") if name == "sqlite" else inner.enter_context(_postgres(place if folder else None))
                    ledger = inner.enter_context(Ledger.open(where))
                    began = time.monotonic()
                    fill(ledger, articles, base(place))
                    held = ledger.info()
                    print(f"{name}: {held.articles} articles, {held.attributions} statements, {(held.bytes or 0) / 1e6:.0f} MB, added in {time.monotonic() - began:.0f} s", flush=True)
                    yield name, ledger

        yield each()


@contextmanager
def _postgres(folder: Path | None) -> Iterator[str]:
    """A database of a server from the wheel, which keeps its data in `folder` where one is given."""
    with serve(durable=True, folder=folder / "postgres" if folder else None) as server:
        yield database(server, "pages")


def probe() -> float:
    """CPU seconds of a fixed piece of work: what it takes more than at its best is what other programs on the machine cost."""
    began = time.process_time()
    found: dict[int, str] = {}
    for n in range(20_000):
        found[n * 7919 % 4099] = str(n)
    return time.process_time() - began


def measured(ledger: Ledger, each: int, only: str = "") -> dict[str, tuple[float, float, float]]:
    """Of each page in milliseconds: median and 95th percentile of the CPU time of this process and the server's, 95th percentile by the clock."""
    out = {}
    clock = Clock(ledger)
    probes: list[float] = []
    with TestClient(create(ledger, Settings(hosts=(), rate=NO_LIMIT, edits=NO_LIMIT))) as client:
        for name, path in pages(ledger, random.Random(7)).items():
            if not name.startswith(tuple(only.split(","))):
                continue
            wall, cpu = [], []
            for number in range(WARM + each):
                probes.append(probe())
                address = path()
                began, used = time.perf_counter(), clock.used()
                answer = client.get(address, headers={"Accept": "text/html"})
                if number >= WARM:
                    wall.append(1000 * (time.perf_counter() - began))
                    cpu.append(1000 * (clock.used() - used))
                assert answer.status_code in (200, 404), (address, answer.text[:300])
            out[name] = statistics.median(cpu), sorted(cpu)[int(0.95 * each)], sorted(wall)[int(0.95 * each)]
            print(f"  {name}: CPU median {out[name][0]:.0f} ms, 95th percentile {out[name][1]:.0f} ms; wall {out[name][2]:.0f} ms", flush=True)
    print(f"a fixed piece of work took {1000 * min(probes):.1f} ms of CPU at best, {statistics.median(probes) / min(probes):.2f} times that at the median: so much other programs cost", flush=True)
    return out


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--articles", type=int, default=10_000)
    asked.add_argument("--each", type=int, default=100, help="requests of each page")
    asked.add_argument("--databases", default="sqlite,postgresql")
    asked.add_argument("--folder", help="keep the ledgers here")
    asked.add_argument("--only", default="", help="pages whose names begin so, with commas between")
    options = asked.parse_args()
    with ledgers(options.databases, options.articles, options.folder) as filled:
        found = {name: measured(ledger, options.each, options.only) for name, ledger in filled}
    print("\n| ms: CPU median / 95th percentile / 95th percentile by the clock | " + " | ".join(found) + " |\n|---|" + "---|" * len(found))
    for page in next(iter(found.values())):
        print(f"| {page} | " + " | ".join(" / ".join(f"{t:.0f}" for t in some[page]) for some in found.values()) + " |")


if __name__ == "__main__":
    main()
