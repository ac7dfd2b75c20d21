"""What both views share: the article cut into marked pieces, and its statements grouped by who made them."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from reportedly.values import Attribution, Reading, Source

Role = Literal["source", "cue", "content", "unsure"]
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of one paragraph. `numbers` are the statements it belongs to; no role: the writer's own words.

    The content of a statement that is below the threshold is `unsure`: not shown, and not the writer's either.

    `first` and `last` say whether a content begins or ends here, or goes on from or into another piece.
    """

    text: str
    role: Role | None = None
    numbers: tuple[int, ...] = ()
    manner: str = ""
    first: bool = True
    last: bool = True


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution for people: its number in the text, and its words."""

    number: int
    id: str
    manner: str
    cue: str
    content: str
    percent: int


@dataclass(slots=True)
class Speaker:
    """One voice and what it says here. `note` says what is not known of it."""

    label: str
    note: str = ""
    statements: list[Statement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class View:
    """A reading as it is shown. `own` is the share of words that no attribution covers, shown or not, in percent."""

    title: str | None
    about: tuple[tuple[str, str], ...]
    paragraphs: tuple[tuple[Piece, ...], ...]
    speakers: tuple[Speaker, ...]
    shown: int
    hidden: int
    own: int
    warnings: tuple[str, ...]
    url: str | None
    language: str | None


def view(reading: Reading, min_score: float) -> View:
    """A reading as people see it, with statements that are at least so probable."""
    shown = [a for a in reading.attributions if a.score >= min_score]
    numbers = {a.id: n for n, a in enumerate(shown, 1)}
    article = reading.article
    return View(
        title=article.title,
        about=_about(reading),
        paragraphs=_paragraphs(reading, shown, numbers),
        speakers=_speakers(reading, shown, numbers),
        shown=len(shown),
        hidden=len(reading.attributions) - len(shown),
        own=_own(reading),
        warnings=tuple(w.message for w in reading.warnings),
        url=article.url,
        language=article.language,
    )


def _about(reading: Reading) -> tuple[tuple[str, str], ...]:
    a = reading.article
    pairs = (
        ("Outlet", a.outlet),
        ("By", a.byline),
        ("Agency", a.agency),
        ("Published", a.published and f"{_date(a.published)} (from {a.published_from})"),
        ("Modified", a.modified and a.modified != a.published and _date(a.modified)),
        ("Language", a.language if a.language != "en" else None),
    )
    return tuple((name, value) for name, value in pairs if value)


def _date(iso: str) -> str:
    day, _, rest = iso.partition("T")
    clock = re.match(r"(\d\d:\d\d)(?::\d\d)?(?:\.\d+)?(.*)", rest)
    if not clock:
        return day
    zone = {"+00:00": "UTC", "": "no zone given"}.get(clock.group(2), clock.group(2))
    return f"{day} {clock.group(1)} {zone}"


def _paragraphs(reading: Reading, shown: list[Attribution], numbers: dict[str, int]) -> tuple[tuple[Piece, ...], ...]:
    text = reading.article.text
    marks: dict[tuple[int, int, str], list[int]] = {}
    manners: dict[int, str] = {}
    edges: dict[int, tuple[int, int]] = {}
    for a in shown:
        n = numbers[a.id]
        manners[n] = a.manner
        edges[n] = (min(s.start for s in a.content_spans), max(s.end for s in a.content_spans)) if a.content_spans else (0, 0)
        for role, spans in (("source", a.source_spans), ("cue", a.cue_spans), ("content", a.content_spans)):
            for s in spans:
                marks.setdefault((s.start, s.end, role), []).append(n)
    for a in reading.attributions:
        if a.id not in numbers:
            marks.update({(s.start, s.end, "unsure"): [] for s in a.content_spans})
    order = sorted(marks)
    out = []
    title = reading.article.title
    skip = len(title) if title and text.startswith(title) and not any(start < len(title) for start, _, _ in order) else 0
    first = 0
    for paragraph in re.finditer(r"[^\n]+", text):
        if paragraph.end() <= skip or not paragraph.group().strip():
            continue
        # an article is long and its marks are many: each paragraph looks at its own only
        while first < len(order) and order[first][1] <= paragraph.start():
            first += 1
        after = bisect.bisect_left(order, (paragraph.end(),))
        here = order[first:after]
        cuts = {c for start, end, _ in here for c in (start, end) if paragraph.start() < c < paragraph.end()}
        pieces = []
        for start, end in pairwise(sorted({paragraph.start(), paragraph.end()} | cuts)):
            found = next(((s, e, r) for s, e, r in here if s <= start and end <= e), None)
            if found is None:
                pieces.append(Piece(text[start:end]))
                continue
            ns = tuple(marks[found])
            low, high = (edges[ns[0]] if found[2] == "content" else found[:2])
            pieces.append(Piece(text[start:end], cast("Role", found[2]), ns, manners[ns[0]] if ns else "", start == low, end == high))
        out.append(tuple(pieces))
    return tuple(out)


def _speakers(reading: Reading, shown: list[Attribution], numbers: dict[str, int]) -> tuple[Speaker, ...]:
    sources = {s.id: s for s in reading.sources}
    groups: dict[object, Speaker] = {}
    for a in shown:
        source = sources.get(a.source) if a.source else None
        label, note, key = _label(reading, source)
        speaker = groups.setdefault(key, Speaker(label, note))
        speaker.statements.append(
            Statement(numbers[a.id], a.id, a.manner, reading.quote(a.cue_spans), " ".join(reading.quote(a.content_spans).split()), round(100 * a.score))
        )
    return tuple(sorted(groups.values(), key=lambda s: -len(s.statements)))


def _label(reading: Reading, source: Source | None) -> tuple[str, str, object]:
    if source is None:
        return "no source found", "the text names none, or the program missed it", None
    if source.name or source.description:
        return (source.name or source.description or "").strip(" ,;:–—-"), "", source.id
    words = reading.quote(source.mentions[:1])
    return words.lower() if words != "I" else words, "a pronoun; who it stands for is not worked out", words.lower()


def _own(reading: Reading) -> int:
    text = reading.article.text
    covered = bytearray(len(text))
    for a in reading.attributions:
        for s in (*a.source_spans, *a.cue_spans, *a.content_spans):
            covered[s.start : s.end] = b"\1" * (s.end - s.start)
    words = [m.start() for m in WORD.finditer(text)]
    return round(100 * sum(not covered[w] for w in words) / len(words)) if words else 0
