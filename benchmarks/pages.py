"""How well is the article of a saved page taken in? Main text, title, date and byline on ../shared/data/pages.

    python benchmarks/pages.py [--json FILE] [--misses N]

Text: words of the gold body against words of ours (without the title line), as bags; mean over pages of
precision, recall and F1. Date: the same day. Byline: the same set of surnames, of pages whose gold has an author.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import statistics
import tarfile
import time

import trafilatura

from reportedly import ReportedlyError
from reportedly.desk import Options, take_bytes
from shared import SHARED

WORD = re.compile(r"\w+")


def bag(text: str) -> collections.Counter[str]:
    return collections.Counter(WORD.findall(text.lower()))


def surnames(value: str) -> set[str]:
    people = re.split(r"\s*(?:,|;|\band\b|&|\|)\s*", re.sub(r"^by\s+", "", value.strip(), flags=re.IGNORECASE))
    return {p.split()[-1].lower() for p in people if p.split()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json")
    parser.add_argument("--peer", action="store_true", help="trafilatura alone, with its default settings, by the same measure")
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    folder = SHARED / "data" / "pages"
    gold = json.loads((folder / "aed_articles.json").read_text("utf-8"))
    with tarfile.open(folder / "aed_html.tar.gz") as archive:
        pages = {m.name.rsplit("/", 1)[-1]: archive.extractfile(m).read() for m in archive if m.isfile()}  # type: ignore[union-attr]
    rows, failed, times, misses = collections.defaultdict(list), [], [], []
    for record in gold:
        name = f"{record['html_file']}.html"
        if name not in pages:
            continue
        data = pages[name]
        started = time.process_time()
        try:
            taken = take_bytes(data, name, Options(), kind="html")
        except ReportedlyError as error:
            failed.append((name, str(error)))
            for row in ("precision", "recall", "F1"):
                rows[row].append(0.0)
            continue
        finally:
            times.append(time.process_time() - started)
        article = taken.article
        body = article.text.removeprefix(article.title or "").lstrip()
        if options.peer:
            body = trafilatura.extract(data, include_comments=False, include_tables=False) or ""
        ours, theirs = bag(body), bag(record["text"])
        shared = (ours & theirs).total()
        p, r = shared / max(1, ours.total()), shared / max(1, theirs.total())
        f = 2 * p * r / (p + r) if p + r else 0.0
        for row, value in (("precision", p), ("recall", r), ("F1", f)):
            rows[row].append(value)
        rows["title"].append(float(bag(article.title or "") == bag(record["title"])))
        rows["warned: quotes lost"].append(float(any(w.code == "quotes-lost" for w in taken.warnings)))
        rows["zone known"].append(float(bool(article.published and re.search(r"T.*(?:Z|[+-]\d\d:\d\d)$", article.published))))
        if record["date"]:
            rows["date"].append(float((article.published or "")[:10] == record["date"]))
            if not rows["date"][-1]:
                misses.append(("date", name, record["date"], article.published, article.published_from))
        if record["authors"]:
            rows["byline"].append(float(bool(surnames(article.byline or "") & surnames(record["authors"]))))
            rows["byline, all names"].append(float(surnames(article.byline or "") == surnames(record["authors"])))
            if not rows["byline"][-1]:
                misses.append(("byline", name, record["authors"], article.byline))
        if f < 0.7:
            misses.append(("text", name, round(p, 2), round(r, 2), body[:200], record["text"][:200]))
    result = {row: {"mean": round(100 * statistics.mean(v), 1), "pages": len(v)} for row, v in rows.items()}
    result["F1 median"] = {"mean": round(100 * statistics.median(rows["F1"]), 1), "pages": len(rows["F1"])}
    result["milliseconds a page (median)"] = {"mean": round(1000 * statistics.median(times), 1), "pages": len(times)}
    for row, value in result.items():
        print(f"{row:30s} {value['mean']:6.1f}   ({value['pages']} pages)")
    print(f"refused: {len(failed)}")
    for line in (*failed, *misses)[: options.misses]:
        print(*line)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump({**result, "refused": len(failed)}, out, indent=1)


if __name__ == "__main__":
    main()
