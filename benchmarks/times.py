"""Times against TempEval-3's training part (news) and WikiWars (history).

    python benchmarks/times.py [--part NAME] [--misses N] [--speed]

News is scored by TempEval-3's rules (UzZaman et al., SemEval-2013 task 1): a span counts when it overlaps (relaxed) or is
the same (strict), one to one; type and value count where they are written as in the gold. The creation time is given, and not
scored. WikiWars has TIMEX2, whose `val` is compared as it stands; where one expression holds another, the outer one counts.
TimeBank and WikiWars are development data. AQUAINT was not read: look at its figures alone.
"""

from __future__ import annotations

import argparse
import collections
import html
import re
import tarfile
import time
from dataclasses import dataclass

from reportedly.reader.times import find_times
from shared import SHARED

DATA = SHARED / "data" / "times"
PARTS = ("TimeBank", "AQUAINT", "WikiWars")
_TAG = re.compile(r"<(/?)(\w+)([^>]*)>")


@dataclass(frozen=True)
class Gold:
    """An annotated expression."""

    start: int
    end: int
    type: str | None
    value: str | None


def read(marked: str, tag: str) -> tuple[str, list[Gold]]:
    """The plain text of some mark-up, with the outermost tags of one name."""
    text, gold, open_tags, at = "", [], [], 0
    for found in _TAG.finditer(marked):
        text += html.unescape(marked[at : found.start()])
        at = found.end()
        if found[2] != tag:
            continue
        if not found[1]:
            open_tags.append((len(text), dict(re.findall(r'(\w+)="([^"]*)"', found[3]))))
        else:
            start, fields = open_tags.pop()
            if not open_tags and len(text) > start:
                gold.append(Gold(start, len(text), fields.get("type"), fields.get("value") or fields.get("val")))
    return text + html.unescape(marked[at:]), gold


def documents(part: str) -> list[tuple[str, str, str, list[Gold]]]:
    """Name, text, publication date and gold of each document of a part."""
    news = part != "WikiWars"
    out = []
    with tarfile.open(DATA / ("tempeval3_training.tar.gz" if news else "wikiwars.tar.gz")) as archive:
        for member in archive.getmembers():
            inside = f"/{part}/" in member.name and member.name.endswith(".tml") if news else "/in" not in member.name and re.search(r"/keyinline/[^.][^/]*\.xml$", member.name)
            if not inside or not member.isfile():
                continue
            whole = archive.extractfile(member).read().decode("utf-8")  # type: ignore[union-attr]
            body = re.search(r"<TEXT>(.*?)</TEXT>", whole, re.DOTALL)
            date = re.search(r"<DCT>.*?value=\"([^\"]*)\"", whole, re.DOTALL) or re.search(r"<DATETIME>.*?val=\"([^\"]*)\"", whole, re.DOTALL)
            if body and date:
                out.append((member.name.rsplit("/", 1)[-1], *_with_date(read(body[1], "TIMEX3" if news else "TIMEX2"), date[1])))
    return sorted(out)


def _with_date(text: tuple[str, list[Gold]], date: str) -> tuple[str, str, list[Gold]]:
    return text[0], date, text[1]


def f1(hit: int, gold: int, found: int) -> float:
    return 200 * hit / (gold + found) if gold + found else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--misses", type=int, default=0, help="print so many errors of TimeBank or WikiWars")
    parser.add_argument("--speed", action="store_true", help="words per CPU second over the chosen parts")
    options = parser.parse_args()
    total: collections.Counter[str] = collections.Counter()
    print("| part | gold | found | span strict | span relaxed | type | value | span, type, value relaxed | strict |\n|---|---|---|---|---|---|---|---|---|")
    misses: list[str] = []
    for part in [options.part] if options.part else PARTS:
        counts: collections.Counter[str] = collections.Counter()
        for name, text, date, gold in documents(part):
            found = find_times(text, date)
            counts["gold"] += len(gold)
            counts["found"] += len(found)
            left = list(found)
            for g in gold:
                over = [t for t in left if t.start < g.end and g.start < t.end]
                best = max(over, key=lambda t: (t.start == g.start and t.end == g.end, min(t.end, g.end) - max(t.start, g.start)), default=None)
                if best is None:
                    misses.append(f"{name} MISSED {text[g.start : g.end]!r} {g.type} {g.value} in {text[max(0, g.start - 40) : g.end + 30]!r}")
                    continue
                left.remove(best)
                same, kind, value = (best.start, best.end) == (g.start, g.end), g.type in {None, best.type}, best.value == g.value
                counts.update(relaxed=1, strict=same, type=kind, value=value, both=kind and value, all=same and kind and value)
                if not (kind and value) or not same:
                    misses.append(
                        f"{name} {'VALUE' if not value else 'TYPE' if not kind else 'SPAN'} {text[g.start : g.end]!r} {g.type} {g.value} found {text[best.start : best.end]!r} {best.type} {best.value} ({date}) in {text[max(0, g.start - 60) : g.end + 40]!r}"
                    )
            misses += [f"{name} EXTRA {text[t.start : t.end]!r} {t.type} {t.value} in {text[max(0, t.start - 40) : t.end + 30]!r}" for t in left]
        if part != "WikiWars":
            total += counts
        show(part, counts)
        if part == "AQUAINT":
            misses = [m for m in misses if not m.startswith(tuple(d[0] for d in documents("AQUAINT")))]
    if not options.part:
        show("news together", total)
    print(*(" ".join(m.split()) for m in misses[: options.misses]), sep="\n")
    if options.speed:
        texts = [(text, date) for part in ([options.part] if options.part else PARTS) for _, text, date, _ in documents(part)]
        began = time.process_time()
        for text, date in texts:
            find_times(text, date)
        print(f"{sum(len(t.split()) for t, _ in texts) / (time.process_time() - began):,.0f} words per CPU second")


def show(part: str, counts: collections.Counter[str]) -> None:
    figures = [f1(counts[row], counts["gold"], counts["found"]) for row in ("strict", "relaxed", "type", "value", "both", "all")]
    print(f"| {part} | {counts['gold']} | {counts['found']} | " + " | ".join(f"{f:.1f}" for f in figures) + " |")


if __name__ == "__main__":
    main()
