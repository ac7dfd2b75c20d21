"""What both views share: the article cut into marked pieces, and its statements grouped by who made them."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from reportedly.values import Attribution, Reading, Source

Role = Literal["source", "cue", "content", "unsure", "loaded"]
CERTAINTY = {
    "PR+": "probable",
    "PS+": "possible",
    "CT-": "says it is not so",
    "PR-": "says it is probably not so",
    "PS-": "says it may not be so",
    "CTu": "certain, but not told which way",
    "Uu": "left open",
}  # what the source itself says is certain needs no word
STANCE = {"endorses": "the page presents it as so", "distances": "the page keeps its distance", "disputes": "the page disputes it"}
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
    """One attribution for people: its number, that of the statement under which it stands in the text, and its words.

    `certainty` is the source's, empty where it is certain; `stance` the page's, empty where it is neutral; `details` are
    its times, as they were worked out, and its figures.
    """

    number: int
    place: int
    id: str
    manner: str
    cue: str
    content: str
    percent: int
    certainty: str = ""
    stance: str = ""
    details: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """All that is said of it in words: how sure, how the page stands to it, when and how many."""
        return tuple(note for note in (self.certainty, self.stance, *self.details) if note)


@dataclass(slots=True)
class Speaker:
    """One voice and what it says here. `about` says what it is, `note` what is not known of it.

    `chains` are the ways by which its words came here, nearest the page first, each with the numbers of its statements.
    """

    label: str
    note: str = ""
    about: str = ""
    speaks_for: str = ""
    statements: list[Statement] = field(default_factory=list)
    chains: dict[tuple[str, ...], list[int]] = field(default_factory=dict)

    @property
    def relayed(self) -> int:
        """How many of its statements came through somebody else."""
        return sum(map(len, self.chains.values()))


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
    unsettled: tuple[str, ...]
    loaded: tuple[str, ...]
    assertions: int
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
        unsettled=tuple(" ".join(article.text[v.start : v.end].split()) for v in reading.voice if v.kind == "unsettled"),
        loaded=tuple(dict.fromkeys(article.text[v.start : v.end] for v in reading.voice if v.kind == "loaded")),
        assertions=sum(v.kind == "assertion" for v in reading.voice),
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
    outer = outermost(reading, numbers)
    for a in shown:
        if outer[a.id] != a.id:
            continue  # speech inside speech is listed, and marked as its speaker's only
        n = numbers[a.id]
        manners[n] = a.manner
        edges[n] = (min(s.start for s in a.content_spans), max(s.end for s in a.content_spans)) if a.content_spans else (0, 0)
        for role, spans in (("source", a.source_spans), ("cue", a.cue_spans), ("content", a.content_spans)):
            for s in spans:
                marks.setdefault((s.start, s.end, role), []).append(n)
    for a in reading.attributions:
        if outer[a.id] == a.id and a.id not in numbers:
            marks.update({(s.start, s.end, "unsure"): [] for s in a.content_spans})
    marks.update({(v.start, v.end, "loaded"): [] for v in reading.voice if v.kind == "loaded"})
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


def outermost(reading: Reading, shown: Container[str]) -> dict[str, str]:
    """For each attribution the outermost shown one in which it stands, itself where there is none."""
    out: dict[str, str] = {}
    parents = {a.id: a.parent for a in reading.attributions}
    for a in reading.attributions:
        best, at = a.id, a.parent
        while at is not None:
            if at in shown:
                best = at
            at = parents[at]
        out[a.id] = best
    return out


def _speakers(reading: Reading, shown: list[Attribution], numbers: dict[str, int]) -> tuple[Speaker, ...]:
    sources = {s.id: s for s in reading.sources}
    groups: dict[object, Speaker] = {}
    details = _details(reading)
    outer = outermost(reading, numbers)
    for a in shown:
        source = sources.get(a.source) if a.source else None
        label, note, key = _label(reading, source)
        speaker = groups.setdefault(key, Speaker(label, note, about(source), _label(reading, sources[source.speaks_for])[0] if source and source.speaks_for else ""))
        if links := steps((_named(reading, sources[v]) for v in a.via), label):
            speaker.chains.setdefault(links, []).append(numbers[a.id])
        speaker.statements.append(
            Statement(numbers[a.id], numbers[outer[a.id]], a.id, a.manner, reading.quote(a.cue_spans), " ".join(reading.quote(a.content_spans).split()), round(100 * a.score), CERTAINTY.get(a.factuality or "", ""), STANCE.get(a.stance or "", ""), tuple(details.get(a.id, ())))
        )
    return tuple(sorted(groups.values(), key=lambda s: -len(s.statements)))


def _details(reading: Reading) -> dict[str, list[str]]:
    """For each attribution its times, with what they were worked out to be, and its figures."""
    text = reading.article.text
    out: dict[str, list[str]] = {}
    for time in reading.times:
        if time.attribution and time.earliest and time.type != "DURATION":
            ends = time.earliest if time.latest in (None, time.earliest) else f"{time.earliest} to {time.latest}"
            out.setdefault(time.attribution, []).append(f"{'said ' if time.role == 'said' else ''}“{text[time.start : time.end]}”: {ends}")
    for figure in reading.figures:
        if figure.attribution:
            out.setdefault(figure.attribution, []).append(" ".join(text[figure.start : figure.end].split()))
    return out


def about(source: Source | None) -> str:
    """What a voice is, in words: "person, anonymous"; nothing is said where nothing is known."""
    if source is None:
        return ""
    return ", ".join(word for word in (source.kind if source.kind != "unknown" else None, source.identity if source.identity != "named" else None) if word)


def steps(links: Iterable[str], speaker: str) -> tuple[str, ...]:
    """The links of a chain for people's eyes: a voice that the reading holds twice is not shown as passing its own words on."""
    names = [*links, speaker]
    return tuple(link for link, after in pairwise(names) if link != after)


def _named(reading: Reading, source: Source) -> str:
    label = _label(reading, source)[0]
    return f"{label} (anonymous)" if source.identity == "anonymous" else label


def _label(reading: Reading, source: Source | None) -> tuple[str, str, object]:
    if source is None:
        return "no source found", "the text names none, or the program missed it", None
    if source.name or source.description:
        return (source.name or source.description or "").strip(" ,;:–—-"), "", source.id
    words = reading.quote(source.mentions[:1])
    return words.lower() if words != "I" else words, "a pronoun; the text does not say surely for whom it stands", words.lower()


def _own(reading: Reading) -> int:
    text = reading.article.text
    covered = bytearray(len(text))
    for a in reading.attributions:
        for s in (*a.source_spans, *a.cue_spans, *a.content_spans):
            covered[s.start : s.end] = b"\1" * (s.end - s.start)
    words = [m.start() for m in WORD.finditer(text)]
    return round(100 * sum(not covered[w] for w in words) / len(words)) if words else 0
