"""A comparison as it is shown and written: every statement with its words beside the ids that name it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.comparing.results import Change, Comparison, Ref, Shift
    from reportedly.values import Reading, Span

SCHEMA = "reportedly.comparison/1"
FORMULA = re.compile(r"\s*[=+\-@]|[\t\r]")  # a spreadsheet would run a cell that begins so
COLUMNS = ["from", "to", "change", "score", "source_from", "cue_from", "content_from", "source_to", "cue_to", "content_to", "differences", "origins", "count"]


@dataclass(frozen=True, slots=True)
class Said:
    """One statement in words. `source` is null where nobody is named for it."""

    article: str
    attribution: str
    source: str | None
    cue: str
    content: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article: `letter` stands for it, `earliest` says that none of the others is known to be older."""

    letter: str
    id: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    earliest: bool


@dataclass(frozen=True, slots=True)
class View:
    """A comparison with all that it takes to show it."""

    comparison: Comparison
    sheets: tuple[Sheet, ...]
    said: dict[Ref, Said]
    notes: tuple[str, ...]

    def letter(self, article: str) -> str:
        """The letter of an article; of one that was given twice, the first."""
        return next(s.letter for s in self.sheets if s.id == article)


def view(comparison: Comparison, readings: Sequence[Reading], notes: Sequence[str] = ()) -> View:
    """A comparison and its readings as one view. The readings are those that it was made of, in their order."""
    dated = [r.article.published for r in readings if r.article.published]
    known = {r.article.id: r for r in readings}
    earliest = comparison_order(comparison, readings)
    sheets = tuple(
        Sheet(_letter(n), r.article.id, r.article.outlet, r.article.title, r.article.published, r.article.url, len(dated) > 1 and r.article.id == earliest) for n, r in enumerate(readings)
    )
    refs = {ref for pair in comparison.pairs for c in pair.changes for ref in (c.a, c.b) if ref} | {ref for found in comparison.groups for ref in found.group.members}
    return View(comparison, sheets, {ref: _said(known[ref.article], ref) for ref in sorted(refs)}, tuple(notes))


def comparison_order(comparison: Comparison, readings: Sequence[Reading]) -> str | None:
    """The article that is earliest known here, by its group's order or by its date; null where two have no date."""
    for found in comparison.groups:
        if len({r.article for r in found.group.members}) == len({r.article.id for r in readings}):
            return found.origins.order[0].article
    dates = sorted((r.article.published[:10], r.article.id) for r in readings if r.article.published)
    if len(dates) < 2 or dates[0][0] == dates[1][0]:
        return None
    return dates[0][1]


def as_json(shown: View) -> str:
    """The comparison as JSON, indented; `statements` holds the words of every statement that it names."""
    fields = msgspec.to_builtins(shown.comparison)
    fields.pop("articles")
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "articles": msgspec.to_builtins(shown.sheets),
        "statements": [msgspec.to_builtins(s) for s in shown.said.values()],
        **fields,
        "notes": list(shown.notes),
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def write_csv(shown: View, out: IO[str]) -> None:
    """One change a line. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    origins = {ref: found.origins for found in shown.comparison.groups for ref in found.group.members}
    for number, pair in enumerate(shown.comparison.pairs, 1):
        for change in pair.changes:
            a, b = (shown.said[ref] if ref else None for ref in (change.a, change.b))
            behind = origins.get(change.a or change.b) if change.a or change.b else None  # type: ignore[arg-type]
            cells = [
                place(shown.sheets[0]), place(shown.sheets[number]), change.kind, "" if change.score is None else f"{change.score:.4f}",
                *(_cells(a)), *(_cells(b)), "; ".join(s.words for s in change.shifts),
                behind.verdict if behind else "", str(behind.count) if behind and behind.count else "",
            ]  # fmt: skip
            rows.writerow([f"'{c}" if FORMULA.match(c) else c for c in cells])


def place(sheet: Sheet) -> str:
    """What an article is called: its outlet, else its title, else its letter."""
    return sheet.outlet or sheet.title or f"article {sheet.letter}"


def told(change: Change, kinds: frozenset[str] | None = None) -> list[Shift]:
    """Differences of a change that are worth a line, each in words once."""
    found: dict[str, Shift] = {}
    for s in change.shifts:
        if kinds is None or s.kind in kinds:
            found.setdefault(s.words, s)
    return list(found.values())


def _cells(said: Said | None) -> tuple[str, str, str]:
    return (said.source or "", said.cue, said.content) if said else ("", "", "")


def _said(reading: Reading, ref: Ref) -> Said:
    place = re.fullmatch(r"text:(\d+)-(\d+)", ref.attribution)
    if place:
        return Said(ref.article, ref.attribution, None, "", " ".join(reading.article.text[int(place[1]) : int(place[2])].split()))
    a = next(a for a in reading.attributions if a.id == ref.attribution)
    source = next((s for s in reading.sources if s.id == a.source), None)
    label = source.name or source.description or _words(reading, source.mentions[:1]) if source else None
    return Said(ref.article, ref.attribution, " ".join(label.split()) if label else None, _words(reading, a.cue_spans), _words(reading, a.content_spans))


def _words(reading: Reading, spans: tuple[Span, ...]) -> str:
    return " ".join(reading.quote(spans).split())


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"A{number}"
