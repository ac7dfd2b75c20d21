"""Stories of several reports: which statements are matched, and how many origins are counted.

    python benchmarks/stories.py [FOLDER] [--readings gold|own|both] [--meaning yes|no] [--misses]

FOLDER is benchmarks/stories/open by default; its README.md tells the form. With gold readings matching is
scored apart from reading; with the program's own, what reading misses counts against it.

Pairs: for each two statements of different reports the gold has "same quote", "same claim" or nothing. The program
has what it puts into one group, as `reportedly compare` shows it; a pair of the wrong kind is wrong in both. "matched
alone" is what `match` gives before it is grouped, of either kind. Origins: for each gold group of statements, the
verdict and the count must both be right. "wrong several" is the share of groups with one origin that are given as several.
"""

from __future__ import annotations

import argparse
import collections
import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import reportedly
from reportedly.comparing import Group, Ref, groups, match, near_copies, origins
from reportedly.comparing.comparison import LOOSE
from reportedly.comparing.matching import ENOUGH, SIDE_BY_SIDE
from reportedly.desk import claims
from reportedly.reader.quotes import find_quotations, manner
from reportedly.values import Article, Attribution, Kind, ReaderInfo, Reading, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.comparing.results import Match
    from reportedly.embedding import WordEmbedder

FOLDER = Path(__file__).resolve().parent / "stories" / "open"
PARTS = {"s": "source", "c": "cue", "t": "content"}
GOLD = ReaderInfo("gold", "1", "hand")
KINDS = get_args(Kind)
TARGETS = {"same quote": 97.0, "same claim": 80.0, "origins": 85.0, "wrong several": 3.0}


@dataclass(frozen=True, slots=True)
class GoldGroup:
    """Statements that make one claim: members as (report, statement), quotes as sets of members, and their origins."""

    claim: str
    members: tuple[Ref, ...]
    quotes: tuple[frozenset[Ref], ...]
    verdict: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Story:
    """One story: a reading for each report as the gold has it, and its groups."""

    name: str
    readings: tuple[Reading, ...]
    groups: tuple[GoldGroup, ...]

    def pairs(self) -> dict[frozenset[Ref], str]:
        """The kind of each matched pair of statements of different reports."""
        found: dict[frozenset[Ref], str] = {}
        for group in self.groups:
            for pair in combinations(group.members, 2):
                if pair[0].article != pair[1].article:
                    quote = any(set(pair) <= q for q in group.quotes)
                    if found.get(frozenset(pair)) != "same quote":
                        found[frozenset(pair)] = "same quote" if quote else "same claim"
        return found


def load(folder: Path = FOLDER) -> list[Story]:
    """All stories of a folder, by name."""
    return [parse(path.stem, json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))]


def parse(name: str, data: dict[str, Any]) -> Story:
    """One story from its JSON.

    Raises:
        ValueError: a mark, a source, a member or a verdict that does not fit; the message names the place.

    """
    readings = {report["id"]: reading(name, report) for report in data["reports"]}
    statements = {f"{key}{a.id}": Ref(r.article.id, a.id) for key, r in readings.items() for a in r.attributions}
    made = []
    for group in data["groups"]:
        where = f"{name}, group {group['claim']!r}"
        unknown = [m for m in (*group["members"], *(m for q in group["quotes"] for m in q)) if m not in statements]
        if unknown or not all(set(q) <= set(group["members"]) for q in group["quotes"]):
            raise ValueError(f"{where}: {unknown or group['quotes']} are not statements of it")
        if len({m[0] for m in group["members"]}) < 2:
            raise ValueError(f"{where}: a group needs statements of two reports")
        if (group["origins"], type(group["count"])) not in {("one", int), ("several", int), ("not determined", type(None))} or (group["origins"] == "one") != (group["count"] == 1):
            raise ValueError(f"{where}: origins {group['origins']!r} with count {group['count']!r}")
        made.append(GoldGroup(group["claim"], tuple(statements[m] for m in group["members"]), tuple(frozenset(statements[m] for m in q) for q in group["quotes"]), group["origins"], group["count"]))
    return Story(name, tuple(readings.values()), tuple(made))


def reading(story: str, report: dict[str, Any]) -> Reading:
    """The gold reading of one report; its article's id is the story's name and the report's letter."""
    where = f"{story}, report {report['id']}"
    body, places = _unmark("\n\n".join([report["title"], *report["text"]]), where)
    quotations = find_quotations(body)
    listed = report["statements"]
    if set(places) != set(listed):
        raise ValueError(f"{where}: marked {sorted(places)}, listed {sorted(listed)}")
    mentions: dict[str, list[Span]] = {key: [] for key in report["sources"]}
    for key, source in report["sources"].items():
        if source.get("kind", "unknown") not in KINDS or source.get("speaks_for") not in {None, *mentions.keys() - {key}}:
            raise ValueError(f"{where}, source {key}: its kind is none, or it speaks for a source that is not listed")
    attributions = []
    for number in sorted(listed, key=int):
        entry, spans = listed[number], places[number]
        named = [entry["source"]] if entry["source"] else []
        if not {*named, *entry.get("via", [])} <= set(mentions):
            raise ValueError(f"{where}, statement {number}: a source that is not listed")
        for key in named:
            mentions[key] += spans["source"]
        content = tuple(spans["content"])
        attributions.append(
            Attribution(
                number, entry["source"], tuple(spans["source"]), tuple(spans["cue"]), content, manner(body, content, quotations), 1.0,
                via=tuple(entry.get("via", [])), parent=entry.get("parent"), factuality=entry.get("factuality"), stance=entry.get("stance"),
            )
        )
    sources = tuple(
        Source(key, tuple(sorted(mentions[key])), kind=s.get("kind", "unknown"), identity=s.get("identity"), name=s.get("name"), description=s.get("description"), speaks_for=s.get("speaks_for"))
        for key, s in report["sources"].items()
    )
    article = Article(
        f"{story}/{report['id']}", f"{story}/{report['id']}", body, title=report["title"], outlet=report["outlet"], agency=report.get("agency"),
        published=report.get("published"), published_from="gold", language="en",
    )  # fmt: skip
    return Reading(GOLD, article, sources, tuple(attributions))


def _unmark(marked: str, where: str) -> tuple[str, dict[str, dict[str, list[Span]]]]:
    """Text without its marks, and for each number the spans of its parts; marks may stand in one another."""
    text: list[str] = []
    found: dict[str, dict[str, list[Span]]] = collections.defaultdict(lambda: {part: [] for part in PARTS.values()})
    waiting: list[tuple[str, str, int]] = []
    at = length = 0
    while at < len(marked):
        sign = marked[at]
        if sign == "⟦":
            bar = marked.find("|", at)
            part, number = marked[at + 1 : at + 2], marked[at + 2 : bar]
            if bar < 0 or part not in PARTS or not number.isdigit():
                raise ValueError(f"{where}: a mark that cannot be read at {marked[at : at + 20]!r}")
            waiting.append((part, number, length))
            at = bar + 1
        elif sign == "⟧":
            if not waiting:
                raise ValueError(f"{where}: a mark ends that was not begun, before {marked[at : at + 20]!r}")
            part, number, start = waiting.pop()
            found[number][PARTS[part]].append(Span(start, length))
            at += 1
        else:
            text.append(sign)
            length += 1
            at += 1
    if waiting:
        raise ValueError(f"{where}: the mark of {waiting[0]} is not closed")
    return "".join(text), dict(found)


def own(story: Story, reader: reportedly.Reader) -> tuple[list[Reading], dict[Ref, Ref]]:
    """The program's readings of a story's articles, and for its statements the gold ones that they cover by half."""
    readings, names = [], {}
    for gold in story.readings:
        read = reader.read(gold.article)
        readings.append(read)
        left = list(gold.attributions)
        for a in sorted(read.attributions, key=lambda a: -a.score):
            best = max(left, key=lambda g: _overlap(gold, g.content_spans, a.content_spans), default=None)
            if best is not None and _overlap(gold, best.content_spans, a.content_spans) >= 0.5:
                names[Ref(gold.article.id, a.id)] = Ref(gold.article.id, best.id)
                left.remove(best)
    return readings, names


def _overlap(gold: Reading, a: Iterable[Span], b: Iterable[Span]) -> float:
    one, other = ({k for s in spans for k in range(s.start, s.end) if gold.article.text[k].isalnum()} for spans in (a, b))
    return len(one & other) / len(one | other) if one | other else 1.0


@dataclass
class Score:
    """Counts over stories, and what was wrong."""

    hits: collections.Counter[str]
    given: collections.Counter[str]
    gold: collections.Counter[str]
    misses: list[str]

    def f1(self, kind: str) -> float:
        """F1 in percent."""
        return 200 * self.hits[kind] / max(1, self.given[kind] + self.gold[kind])

    def share(self, kind: str) -> float:
        """Hits of all gold cases in percent."""
        return 100 * self.hits[kind] / max(1, self.gold[kind])


def score(stories: Sequence[Story], reader: reportedly.Reader | None = None, embedder: WordEmbedder | None = None) -> Score:
    """Pairs and origins over stories: with gold readings, or with those of a reader; with an embedder, also by meaning."""
    total = Score(collections.Counter(), collections.Counter(), collections.Counter(), [])
    for story in stories:
        readings, names = own(story, reader) if reader else (list(story.readings), {})
        found = match(readings, least=LOOSE, prior=SIDE_BY_SIDE, embedder=embedder)
        _pairs(story, readings, found, names if reader else None, total)
        _origins(story, readings, found, names if reader else None, total)
    return total


def _pairs(story: Story, readings: list[Reading], found: list[Match], names: dict[Ref, Ref] | None, total: Score) -> None:
    wanted = story.pairs()

    def gold(pair: tuple[Ref, Ref]) -> frozenset[Ref] | None:
        """The gold's names of two statements; null where it has not both: that is reading's fault, scored elsewhere."""
        if names is None:
            return frozenset(pair)
        return frozenset(names[r] for r in pair) if pair[0] in names and pair[1] in names else None

    kinds: dict[frozenset[Ref] | None, str] = {gold((m.a, m.b)): m.kind for m in found if m.score >= ENOUGH}
    together = [p for g in groups(found, readings) for p in combinations(g.members, 2) if p[0].article != p[1].article]
    given = {pair: kinds.get(pair, "same claim") for pair in map(gold, together) if pair}
    total.gold["matched alone"] += len(wanted)
    total.given["matched alone"] += len(kinds.keys() - {None})
    total.hits["matched alone"] += len(kinds.keys() & wanted.keys())
    for pair in sorted(wanted.keys() | given.keys(), key=sorted):
        want, have = wanted.get(pair), given.get(pair)
        if want:
            total.gold[want] += 1
            total.gold["any"] += 1
        if have:
            total.given[have] += 1
            total.given["any"] += 1
        if want and have:
            total.hits["any"] += 1
        if want and want == have:
            total.hits[want] += 1
        if want != have:
            total.misses.append(f"{story.name}: {' – '.join(_name(r) for r in sorted(pair))}: {have or 'nothing'}, gold has {want or 'nothing'}\n" + "\n".join(f"      {_words(story, r)}" for r in sorted(pair)))


def _origins(story: Story, readings: list[Reading], found: list[Match], names: dict[Ref, Ref] | None, total: Score) -> None:
    copies = near_copies(readings)
    mine = {theirs: own for own, theirs in names.items()} if names is not None else None
    for group in story.groups:
        members = group.members if mine is None else tuple(mine[m] for m in group.members if m in mine)
        total.gold["origins"] += 1
        total.gold["wrong several"] += group.verdict == "one"
        if len({m.article for m in members}) < 2:
            total.misses.append(f"{story.name}: {group.claim}: its statements were not read")
            continue
        given = origins(Group(tuple(sorted(members)), tuple(m for m in found if m.score >= ENOUGH and m.a in members and m.b in members), 1.0), readings, copies=copies)
        total.given[f"{group.verdict} as {given.verdict}"] += 1
        right = (given.verdict, given.count) == (group.verdict, group.count)
        total.hits["origins"] += right
        total.hits["wrong several"] += group.verdict == "one" and given.verdict == "several"
        if not right:
            total.misses.append(f"{story.name}: {group.claim}: {given.verdict} {given.count}, gold has {group.verdict} {group.count}\n" + "\n".join(f"      {r.kind}: {r.words}" for r in given.reasons))


def _name(ref: Ref) -> str:
    return f"{ref.article.rpartition('/')[2]}{ref.attribution}"


def _words(story: Story, ref: Ref) -> str:
    reading = next(r for r in story.readings if r.article.id == ref.article)
    return next((f"{_name(ref)}: {reading.quote(a.content_spans)}" for a in reading.attributions if a.id == ref.attribution), _name(ref))


def report(name: str, total: Score) -> None:
    """Print one score."""
    print(f"{name}")
    for kind in ("same quote", "same claim", "any", "matched alone"):
        p, r = 100 * total.hits[kind] / max(1, total.given[kind]), 100 * total.hits[kind] / max(1, total.gold[kind])
        print(f"  {kind:16s} P {p:5.1f}  R {r:5.1f}  F1 {total.f1(kind):5.1f}   of {total.gold[kind]}" + (f"   target {TARGETS[kind]}" if kind in TARGETS else ""))
    print(f"  {'origins right':16s} {total.share('origins'):5.1f} %   of {total.gold['origins']}   target {TARGETS['origins']}")
    print(f"  {'wrong several':16s} {total.share('wrong several'):5.1f} %   of {total.gold['wrong several']}   target below {TARGETS['wrong several']}")
    print("  " + ", ".join(f"{k}: {n}" for k, n in sorted(total.given.items()) if " as " in k))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--readings", choices=["gold", "own", "both"], default="both")
    parser.add_argument("--meaning", choices=["yes", "no"], default="yes", help="go by meaning too; the encoder has seen the open stories, so that they flatter: see training/compare.py check")
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    embedder = claims.encoder() if arguments.meaning == "yes" else None
    stories = load(arguments.folder)
    print(f"{len(stories)} stories, {sum(len(s.readings) for s in stories)} reports, {sum(len(r.attributions) for s in stories for r in s.readings)} statements, {sum(len(s.groups) for s in stories)} groups")
    for name in ("gold", "own"):
        if arguments.readings in (name, "both"):
            total = score(stories, None if name == "gold" else reportedly.Reader(), embedder)
            report(f"with {'gold readings' if name == 'gold' else 'the readings of the program'}, {f'by words and {embedder.name}' if embedder else 'by words'}", total)
            if arguments.misses:
                print("\n".join(total.misses))


if __name__ == "__main__":
    main()
