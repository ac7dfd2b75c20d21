"""Sources, chains, nesting and codes, end to end, on the project's own reports and stand-off gold (benchmarks/reports, benchmarks/standoff).

    python benchmarks/voices.py [--split open|more|frozen|real-open|real-more|real-fresh] [--show CLASS]
    python benchmarks/voices.py --split standoff      the mean over both passes, and how far the passes agree

more: forty further reports, written and annotated by machine, by which rules may be written. real-open and real-more: real articles in stand-off form that rules may be written by, one machine pass; --half 1 or 2 takes about half of
them, so that what was written by one half is checked on the other. real-fresh: the same, and nobody looks at what is wrong in it.

An attribution is found when contents overlap by half. Its source is right when the entity to which the
program gives it is the one that corresponds to the gold's (one-to-one, by shared mentions; both may be
none). A missed attribution counts as wrong in every row.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import tarfile
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from lxml.html import document_fromstring
from scipy.optimize import linear_sum_assignment

import reportedly
from coreference import Coreference
from gold import overlap, words
from reportedly.intake import metadata
from reports import FOLDER, Report, digest_of, load, load_stand_off
from shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportedly import Reading

CLASSES = ("missed", "source", "chain", "kind", "identity", "nested-missed", "nested-false", "merge")
POLNEAR_OUTLETS = {
    "breitbart": "Breitbart News", "huff-post": "The Huffington Post", "nyt": "The New York Times", "politico": "Politico", "usa-today": "USA Today",
    "wash-post": "The Washington Post", "west-journal": "Western Journal",
}  # fmt: skip
Spans = tuple[tuple[int, int], ...]


def offsets(spans: Sequence[Any]) -> Spans:
    return tuple((s.start, s.end) for s in spans)


def same_mentions(text: str, gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """One-to-one: found mention -> gold mention, where they begin together or share half of their words."""
    pairs = []
    for f in found:
        for g in gold:
            if f[0] < g[1] and g[0] < f[1]:
                worth = overlap(words(text, [f]), words(text, [g])) + (0.5 if f[0] == g[0] else 0)
                if worth >= 0.5:
                    pairs.append((worth, f, g))
    out: dict[tuple[int, int], tuple[int, int]] = {}
    used = set()
    for _, f, g in sorted(pairs, reverse=True):
        if f not in out and g not in used:
            out[f] = g
            used.add(g)
    return out


def aligned(text: str, report: Report, reading: Reading) -> dict[str, str]:
    """Found source -> gold source, one to one, by shared mentions; of two that share as many, the one whose mentions are the same word by word."""

    def shared(gold: Sequence[tuple[int, int]], found: Spans) -> float:
        return len(same_mentions(text, gold, found)) + len(set(gold) & set(found)) / 1000

    value = [[shared(g.mentions, offsets(s.mentions)) for s in reading.sources] for g in report.sources]
    if not value or not value[0]:
        return {}
    rows, columns = linear_sum_assignment(value, maximize=True)
    return {reading.sources[j].id: report.sources[i].id for i, j in zip(rows, columns, strict=True) if value[i][j]}


def matched(report: Report, reading: Reading) -> dict[str, str]:
    """Gold attribution -> found attribution, by contents that overlap by half; nested with nested where both fit."""
    text = report.text
    pairs = []
    for g in report.attributions:
        content, cue = words(text, g.content), words(text, g.cue)
        for a in reading.attributions:
            share = overlap(content, words(text, offsets(a.content_spans)))
            if share >= 0.5:
                pairs.append((share + (0.5 if (g.parent is None) == (a.parent is None) else 0) + (0.5 if cue & words(text, offsets(a.cue_spans)) else 0), g.id, a.id))
    out: dict[str, str] = {}
    for _, g, a in sorted(pairs, key=lambda p: -p[0]):
        if g not in out and a not in out.values():
            out[g] = a
    return out


class Score:
    """Counts over articles."""

    def __init__(self) -> None:
        self.counts: collections.Counter[str] = collections.Counter()
        self.coreference = Coreference()
        self.errors: list[tuple[str, str]] = []

    def add(self, name: str, report: Report, reading: Reading) -> None:
        """One article."""
        text, count = report.text, self.counts
        pairing = matched(report, reading)
        found = {a.id: a for a in reading.attributions}
        gold_of = aligned(text, report, reading)
        told = {s.id: s for s in reading.sources}

        def wrong(kind: str, words_: str) -> None:
            self.errors.append((kind, f"{name}: {words_}"))

        def label(a: Any) -> str:
            source = told.get(a.source)
            return f"{reading.quote(a.source_spans)!r} {reading.quote(a.cue_spans)!r} {reading.quote(a.content_spans)[:60]!r} -> {source and (source.name or source.description)} via {[told[v].name or told[v].description for v in a.via]}"

        names = {s.id: text[slice(*(s.name or s.description or s.mentions[0]))] for s in report.sources}
        for g in report.attributions:
            count["attributions"] += 1
            count["chained"] += bool(g.via)
            count["nested"] += g.parent is not None
            if g.id not in pairing:
                wrong("nested-missed" if g.parent else "missed", f"{text[g.content[0][0] : g.content[-1][1]][:90]!r} by {names.get(g.source or '')}")
                continue
            a = found[pairing[g.id]]
            count["found"] += 1
            right = (a.source is None and g.source is None) or (a.source is not None and gold_of.get(a.source) == g.source)
            count["source"] += right
            if not right:
                wrong("source", f"{label(a)} | gold {names.get(g.source or '')}")
            chain = [gold_of.get(v) for v in a.via] == list(g.via)
            count["chain"] += right and chain
            count["chained right"] += bool(g.via) and chain
            codes = {field: getattr(a, field) == getattr(g, field) for field in ("manner", "factuality", "stance")}
            for field, good in codes.items():
                count[field] += good
            count["all"] += right and chain and all(codes.values())
            if right and not chain:
                wrong("chain", f"{label(a)} | gold {[names[v] for v in g.via]}")
            inside = g.parent is not None and a.parent is not None and pairing.get(g.parent) == a.parent
            count["nested right"] += inside
            if g.parent and not inside:
                wrong("nested-missed", f"not inside: {label(a)}")
        back = {a: g for g, a in pairing.items()}
        gold_attributions = {g.id: g for g in report.attributions}
        for a in reading.attributions:
            if a.parent is not None:
                count["nested found"] += 1
                g = back.get(a.id)
                good = g is not None and gold_attributions[g].parent is not None
                count["nested good"] += good
                if not good:
                    wrong("nested-false", label(a))
        best = {g: s for s, g in gold_of.items()}
        for g in report.sources:
            count["sources"] += 1
            s = told.get(best.get(g.id, ""))
            for field in ("kind", "identity"):
                good = s is not None and getattr(s, field) == getattr(g, field)
                count[field] += good
                if s is not None and not good:
                    wrong(field, f"{names[g.id]!r} found as {getattr(s, field)}, gold {getattr(g, field)}; {s.name or s.description}")
        self._clusters(name, report, reading)

    def _clusters(self, name: str, report: Report, reading: Reading) -> None:
        text = report.text
        everything = [m for g in report.sources for m in g.mentions]
        there = same_mentions(text, everything, [m for s in reading.sources for m in offsets(s.mentions)])
        owner = {m: g.id for g in report.sources for m in g.mentions}
        key = [frozenset(g.mentions) for g in report.sources]
        response = [frozenset(there.get(m, ("false", m)) for m in offsets(s.mentions)) for s in reading.sources]
        self.coreference.add(key, [c for c in response if c])
        for s in reading.sources:
            owners = collections.Counter(owner[there[m]] for m in offsets(s.mentions) if m in there)
            strangers = sum(m not in there for m in offsets(s.mentions))
            if not owners:
                continue
            main = owners.most_common(1)[0][0]
            known = sum(owners.values())
            self.counts["merges"] += known - 1
            self.counts["wrong merges"] += known - owners[main]
            self.counts["merges with strangers"] += known - 1 + strangers
            self.counts["strangers"] += strangers
            for m in offsets(s.mentions):
                if m not in there or owner[there[m]] != main:
                    self.errors.append(("merge", f"{name}: {s.name or s.description} has {text[m[0] : m[1]]!r} in {text[max(0, m[0] - 50) : m[1] + 30]!r} ({'no gold mention' if m not in there else owner[there[m]]})"))

    def rows(self) -> dict[str, float]:
        """Percentages."""
        c = self.counts
        share = lambda a, b: 100 * c[a] / max(1, c[b])  # noqa: E731
        return {
            "found": share("found", "attributions"),
            "source entity right": share("source", "attributions"),
            "source and chain right": share("chain", "attributions"),
            "chain right where there is one": share("chained right", "chained"),
            "manner right": share("manner", "attributions"),
            "factuality right": share("factuality", "attributions"),
            "stance right": share("stance", "attributions"),
            "all of these right": share("all", "attributions"),
            "nested recall": share("nested right", "nested"),
            "nested precision": share("nested good", "nested found"),
            "wrong merges": share("wrong merges", "merges"),
            "wrong merges, strangers too": 100 * (c["wrong merges"] + c["strangers"]) / max(1, c["merges with strangers"]),
            "kind": share("kind", "sources"),
            "identity": share("identity", "sources"),
            **{f"coreference {k}": v for k, v in self.coreference.result().items()},
        }


def score(reports: Sequence[Report], reader: reportedly.Reader) -> Score:
    """Read all and count."""
    total = Score()
    for report, reading in zip(reports, readings(reports, reader), strict=True):
        total.add(report.name, report, reading)
    return total


def readings(reports: Sequence[Report], reader: reportedly.Reader) -> list[Reading]:
    """What the program makes of the texts."""
    return list(reader.read_many(reportedly.article(r.text, as_is=True, outlet=r.outlet, published=r.published) for r in reports))


def shared_texts() -> dict[str, str]:
    """The texts of PolNeAR dev and train and of the saved pages by their digests."""
    texts = [json.loads(line)["text"] for part in ("dev", "train") for line in (SHARED / "data" / "polnear" / f"{part}.jsonl").open(encoding="utf-8")]
    pages = json.loads((SHARED / "data" / "pages" / "aed_articles.json").read_text("utf-8"))
    texts += map(page_text, pages)
    return {digest_of(t): t for t in texts}


def page_text(page: dict[str, str]) -> str:
    """The text of a saved page as it was annotated: its title first."""
    return page["text"] if page["text"].startswith(page["title"]) else f"{page['title'].strip()}\n\n{page['text']}"


def articles(folder: Path) -> list[Report]:
    """Real articles in stand-off form, each with the outlet that the file's name or the saved page gives it, as intake would."""
    found = load_stand_off(folder, shared_texts())
    outlets = shared_outlets({r.digest for r in found})
    return [_of(r, outlets[r.digest]) if r.digest in outlets else r for r in found]


def _of(report: Report, outlet: str) -> Report:
    """A report as its outlet's: who annotated it was not told whose it is, and the page's own outlet is no link (guideline)."""
    plain = lambda name: re.sub(r"^the|(?:mag|magazine|online|\.\w{2,4})$|\W", "", name.casefold())  # noqa: E731
    own = {s.id for s in report.sources if plain(report.text[slice(*(s.name or s.mentions[0]))]) == plain(outlet)}
    return replace(report, outlet=outlet, attributions=tuple(replace(a, via=tuple(v for v in a.via if v not in own)) for a in report.attributions))


def shared_outlets(digests: set[str]) -> dict[str, str]:
    """The outlets of some of the shared texts by their digests."""
    out = {}
    for part in ("dev", "train"):
        for record in map(json.loads, (SHARED / "data" / "polnear" / f"{part}.jsonl").open(encoding="utf-8")):
            out[digest_of(record["text"])] = POLNEAR_OUTLETS[record["id"].split("_")[0]]
    pages = json.loads((SHARED / "data" / "pages" / "aed_articles.json").read_text("utf-8"))
    wanted = {f"html/{p['html_file']}.html": (digest_of(page_text(p)), p["link"]) for p in pages if digest_of(page_text(p)) in digests}
    with tarfile.open(SHARED / "data" / "pages" / "aed_html.tar.gz") as saved:
        for member in saved if wanted else ():
            if member.name in wanted and (file := saved.extractfile(member)):
                digest, link = wanted[member.name]
                if outlet := metadata.find(document_fromstring(file.read()), link).outlet:
                    out[digest] = outlet
    return out


def real_open(half: int | None = None, folder: str = "open") -> list[Report]:
    """Real articles to write rules by, all or those of one half, as their digests have it."""
    found = articles(FOLDER.with_name("standoff") / folder)
    return [r for r in found if half in (None, 1 + int(r.digest[-1], 16) % 2)]


def passes() -> tuple[list[Report], list[Report]]:
    """The two passes over the same articles, each made without sight of the other, the code or what the program says."""
    first, second = (articles(FOLDER.with_name("standoff") / name) for name in "ab")
    assert [r.text for r in first] == [r.text for r in second]
    return first, second


def as_reading(report: Report) -> Any:
    """A pass in the place of a reading, to be scored against the other."""
    span = lambda places: tuple(reportedly.Span(*p) for p in places)  # noqa: E731
    words_of = lambda place: place and report.text[slice(*place)]  # noqa: E731
    return SimpleNamespace(
        sources=[SimpleNamespace(id=s.id, kind=s.kind, identity=s.identity, name=words_of(s.name), description=words_of(s.description), mentions=span(s.mentions)) for s in report.sources],
        attributions=[
            SimpleNamespace(id=a.id, source=a.source, via=a.via, parent=a.parent, source_spans=span(a.source_span), cue_spans=span(a.cue), content_spans=span(a.content), manner=a.manner, factuality=a.factuality, stance=a.stance)
            for a in report.attributions
        ],
        quote=lambda spans: " … ".join(report.text[s.start : s.end] for s in spans),
    )


def agreement(first: Sequence[Report], second: Sequence[Report]) -> dict[str, float]:
    """Rows of one pass against the other, the mean over both directions."""
    sides = []
    for gold, other in ((first, second), (second, first)):
        total = Score()
        for report, answer in zip(gold, other, strict=True):
            total.add(report.name, report, as_reading(answer))
        sides.append(total.rows())
    return {key: (sides[0][key] + sides[1][key]) / 2 for key in sides[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--split", default="open", choices=("open", "more", "frozen", "standoff", "real-open", "real-more", "real-fresh"))
    parser.add_argument("--half", type=int, choices=(1, 2))
    parser.add_argument("--show", choices=CLASSES)
    options = parser.parse_args()
    reader = reportedly.Reader()
    if options.split == "standoff":
        first, second = passes()
        ours = [score(p, reader) for p in (first, second)]
        print(f"{len(first)} articles, {ours[0].counts['attributions']} and {ours[1].counts['attributions']} attributions\n{'':34s} program  passes")
        both = agreement(first, second)
        for key in both:
            print(f"{key:34s} {(ours[0].rows()[key] + ours[1].rows()[key]) / 2:7.1f} {both[key]:7.1f}")
        return
    if options.split.startswith("real-"):
        reports = real_open(options.half, options.split.removeprefix("real-"))
    else:
        reports = load(folder=FOLDER.with_name("more_reports")) if options.split == "more" else load(options.split)
    total = score(reports, reader)
    print(f"{options.split}: {total.counts['attributions']} attributions, {total.counts['chained']} with a chain, {total.counts['nested']} nested")
    for key, value in total.rows().items():
        print(f"{key:34s} {value:7.1f}")
    for kind, line in total.errors:
        if kind == options.show and options.split not in ("frozen", "real-fresh"):
            print(line)


if __name__ == "__main__":
    main()
