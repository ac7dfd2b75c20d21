"""The project's gold of sources, chains and certainty: whole news reports with every voice that speaks in them.

The guideline is in reports/README.md. A form is one JSON object an article, its places written as the exact words ("he#3"
for the third "he"); a stand-off form is the same with offsets in place of words, for articles whose text is not ours to
keep. Both load to one `Report`, whose places are (start, end) in code points, end exclusive.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Place = tuple[int, int]
FOLDER = Path(__file__).with_name("reports")
CODES = {
    "kind": ("person", "organisation", "group", "document", "outlet", "unknown"),
    "identity": ("named", "unnamed", "anonymous"),
    "manner": ("direct", "indirect", "mixed"),
    "factuality": ("CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu"),
    "stance": ("neutral", "endorses", "distances", "disputes"),
    "comparator": ("=", "<", "<=", ">", ">=", "~"),
    "type": ("DATE", "TIME", "DURATION", "SET"),
    "voice": ("loaded", "unsettled", "assertion"),
    "style": ("american", "british"),
    "split": ("open", "frozen"),
}
# What may stand in a form in the place of words; a stand-off form holds nothing else but units.
SHAPES = {
    "id": r"[sa]\d+",
    "digest": r"[0-9a-f]{64}",
    "timex": r"[0-9A-Z_:.+/-]+",
    "day": r"\d{4}-\d\d-\d\d",
    "instant": r"\d{4}-\d\d-\d\d(?:T\d\d(?::\d\d){0,2}(?:Z|[+-]\d\d:\d\d)?)?",
    "decimal": r"-?\d+(?:\.\d+)?",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A voice, a link of a chain or a spokesperson's principal, with every place that refers to it."""

    id: str
    kind: str
    identity: str
    name: Place | None
    description: Place | None
    speaks_for: str | None
    mentions: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (`source`, may be null) says what, through whom (`via`, nearest the page first), inside which other one (`parent`)."""

    id: str
    source: str | None
    source_span: tuple[Place, ...]
    cue: tuple[Place, ...]
    content: tuple[Place, ...]
    via: tuple[str, ...]
    parent: str | None
    manner: str
    factuality: str
    stance: str


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression: TIMEX3 type and value; ISO days or instants at both ends, inclusive, null without an anchor."""

    span: Place
    type: str
    value: str
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount, count or share: decimals, `high` for the upper end of a range."""

    span: Place
    value: str
    high: str | None
    comparator: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """Words of the writer's own that are loaded, or that say what is not known or was declined."""

    span: Place
    kind: str


@dataclass(frozen=True, slots=True)
class Report:
    """An article and its gold. `field`, `outlet`, `style` and `split` may be null in a stand-off form."""

    name: str
    digest: str
    field: str | None
    outlet: str | None
    published: str | None
    style: str | None
    split: str | None
    text: str
    sources: tuple[Source, ...]
    attributions: tuple[Attribution, ...]
    times: tuple[Time, ...]
    figures: tuple[Figure, ...]
    voice: tuple[Voice, ...]


def load(split: str | None = None, folder: Path = FOLDER) -> list[Report]:
    """The reports by name, all or of one split. ValueError names the file and what is wrong in it."""
    if split is not None:
        _code(split, "split")
    found = []
    for path in sorted(folder.glob("*.json")):
        with _blaming(path):
            form = json.loads(path.read_text("utf-8"))
            found.append(_report(path.stem, form, form["text"]))
    return [report for report in found if split in {None, report.split}]


def load_stand_off(folder: Path, texts: Mapping[str, str]) -> list[Report]:
    """The stand-off reports by name whose text is among `texts` (by SHA-256 of the UTF-8 text); the others are left out.

    ValueError names the file and what is wrong in it, also where a text is not the one its digest stands for.
    """
    found = []
    for path in sorted(folder.glob("*.json")):
        with _blaming(path):
            form = json.loads(path.read_text("utf-8"))
            if _shape(form["digest"], "digest") in texts:
                found.append(_report(path.stem, form, texts[form["digest"]]))
    return found


def stand_off(form: dict[str, Any], text: str) -> dict[str, Any]:
    """The form with offsets in place of words: nothing of the text but its digest. ValueError for a place, code or id that is none."""
    report = _report("", form, text)
    return {
        "digest": report.digest,
        "published": report.published,
        "style": report.style,
        "split": report.split,
        **{key: [_fields(row) for row in getattr(report, key)] for key in ("sources", "attributions", "times", "figures", "voice")},
    }


def locate(text: str, place: str) -> Place:
    """Where the words of a place stand: whole words, the exact characters; "#k" at the end asks for the k-th time. ValueError if nowhere."""
    match = re.fullmatch(r"(.+?)(?:#(\d+))?", place, re.DOTALL)
    if match:
        words, wanted = match[1], int(match[2] or 1)
        left = r"(?<!\w)" if words[0].isalnum() else ""
        right = r"(?!\w)" if words[-1].isalnum() else ""
        for k, hit in enumerate(re.finditer(left + re.escape(words) + right, text), 1):
            if k == wanted:
                return hit.span()
    raise ValueError(f"no such place in the text: {place!r}")


def digest_of(text: str) -> str:
    """SHA-256 of the UTF-8 text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@contextlib.contextmanager
def _blaming(path: Path) -> Iterator[None]:
    """What is wrong in a file is said with the file's name."""
    try:
        yield
    except KeyError as error:
        raise ValueError(f"{path.name}: {error} is missing") from error
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _report(name: str, form: dict[str, Any], text: str) -> Report:
    """A form of either kind as a report: a place may be words or a pair of offsets."""
    digest = digest_of(text)
    if form.get("digest", digest) != digest:
        raise ValueError(f"the text is not the one that was annotated ({form['digest']}), but {digest}")
    sources = _ids(form["sources"])
    attributions = _ids(form["attributions"])

    def known(wanted: str | None, ids: set[str]) -> str | None:
        if wanted is not None and wanted not in ids:
            raise ValueError(f"unknown id: {wanted!r}")
        return wanted

    def at(place: str | list[int]) -> Place:
        if isinstance(place, str):
            return locate(text, place)
        start, end = place
        if not 0 <= start < end <= len(text):
            raise ValueError(f"no such place in the text: {place}")
        return start, end

    def named(place: str | list[int] | None) -> Place | None:
        """A name put together from several places ("Ana" here, "Ruiz" there) has none of its own."""
        try:
            return None if place is None else at(place)
        except ValueError:
            return None

    def places(row: dict[str, Any], key: str, least: int = 0) -> tuple[Place, ...]:
        found = tuple(at(place) for place in row[key])
        if len(found) < least or len(set(found)) < len(found):
            raise ValueError(f"{row['id']}: {key} has no place, or one place twice")
        return found

    def source(row: dict[str, Any]) -> Source:
        kind, identity = _code(row["kind"], "kind"), _code(row["identity"], "identity")
        return Source(row["id"], kind, identity, named(row["name"]), named(row["description"]), known(row["speaks_for"], sources), places(row, "mentions", 1))

    def attribution(row: dict[str, Any]) -> Attribution:
        via = tuple(link for link in row["via"] if known(link, sources))
        spans = places(row, "source_span"), places(row, "cue"), places(row, "content", 1)
        codes = (_code(row[name], name) for name in ("manner", "factuality", "stance"))
        return Attribution(row["id"], known(row["source"], sources), *spans, via, known(row["parent"], attributions), *codes)

    def time(row: dict[str, Any]) -> Time:
        ends = (_shape(row[end], "instant", null=True) for end in ("earliest", "latest"))
        return Time(at(row["span"]), _code(row["type"], "type"), _shape(row["value"], "timex"), *ends)

    def figure(row: dict[str, Any]) -> Figure:
        value, high = _shape(row["value"], "decimal"), _shape(row["high"], "decimal", null=True)
        return Figure(at(row["span"]), value, high, _code(row["comparator"], "comparator"), row["unit"])

    return Report(
        name=name,
        digest=digest,
        field=form.get("field"),
        outlet=form.get("outlet"),
        published=_shape(form.get("published"), "day", null=True),
        style=_code(form.get("style"), "style", null=True),
        split=_code(form.get("split"), "split", null=True),
        text=text,
        sources=tuple(source(row) for row in form["sources"]),
        attributions=tuple(attribution(row) for row in form["attributions"]),
        times=tuple(time(row) for row in form.get("times", ())),
        figures=tuple(figure(row) for row in form.get("figures", ())),
        voice=tuple(Voice(at(row["span"]), _code(row["kind"], "voice")) for row in form.get("voice", ())),
    )


def _ids(rows: Iterable[dict[str, Any]]) -> set[str]:
    ids: set[str] = set()
    for row in rows:
        if row["id"] in ids:
            raise ValueError(f"an id is given twice: {row['id']!r}")
        ids.add(_shape(row["id"], "id"))
    return ids


def _code(value: Any, name: str, *, null: bool = False) -> Any:
    if value not in CODES[name] and not (null and value is None):
        raise ValueError(f"unknown {name}: {value!r} (one of {', '.join(CODES[name])})")
    return value


def _shape(value: Any, name: str, *, null: bool = False) -> Any:
    if not (isinstance(value, str) and re.fullmatch(SHAPES[name], value, re.ASCII)) and not (null and value is None):
        raise ValueError(f"not the shape of {name}: {value!r}")
    return value


def _fields(row: Any) -> dict[str, Any]:
    """A row as JSON has it: tuples as lists."""
    return {name: _listed(getattr(row, name)) for name in row.__slots__}


def _listed(value: Any) -> Any:
    return [_listed(item) for item in value] if isinstance(value, tuple) else value
