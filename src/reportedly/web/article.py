"""What the page of an article shows: who says what, by whom it came, how sure; what a person said of it; what is left of the filter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from reportedly.ledger.corrected import Correction, Mark
from reportedly.ledger.results import Entry
from reportedly.show import EYES
from reportedly.show.view import steps
from reportedly.values import Figure, Source, Time, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.ledger.corrected import Corrected
    from reportedly.values import Attribution, Reading

Show = Literal["all", "statements", "own"]
COMPARED = {"=": "", "<": "less than ", "<=": "at most ", ">": "more than ", ">=": "at least ", "~": "about "}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be seen of an article; empty is everything. `source` is its id, `none` for statements without one; `voice` a kind of the writer's voice."""

    source: str = ""
    manner: str = ""
    certainty: str = ""
    stance: str = ""
    review: str = ""
    voice: str = ""
    show: Show = "all"
    min_score: float = EYES
    at: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A time, a figure or a passage in the writer's own voice: `words` of the text, and what they are taken to be. `target` is its name for corrections.

    `verdict`, `who` and `at` are a person's; `program` is what the program had said where a person said otherwise.
    """

    target: str
    kind: str
    start: int
    end: int
    words: str
    told: str
    verdict: str | None
    who: str | None
    at: str | None
    program: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One statement beside the text. `program` is what the program had said where a person said otherwise; its score is the program's."""

    id: str
    number: int
    source: str | None
    source_id: str | None
    cue: str
    content: str
    manner: str
    certainty: str | None
    stance: str | None
    score: float
    via: tuple[str, ...]
    parent: str | None
    figures: tuple[Marked, ...]
    times: tuple[Marked, ...]
    verdict: str | None
    who: str | None
    at: str | None
    revision: int | None
    program: dict[str, Any] | None



@dataclass(frozen=True, slots=True)
class Speaker:
    """One voice and its statements here. `link` names it across articles; only named sources have one. `verdict` and `who` are a person's."""

    id: str | None
    label: str
    kind: str | None
    identity: str | None
    speaks_for: str | None
    link: str | None
    verdict: str | None
    who: str | None
    statements: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """An article as it stands. `loose` are times and figures that stand in no statement; `taken_out` times, figures and passages that a person rejected, `no_sources` the sources. `revision` is what an editor must name as seen; `reading` is the contract's, with corrections in it."""

    entry: Entry
    revision: int
    filter: Filter
    statements: int
    hidden: int
    own: int
    speakers: tuple[Speaker, ...]
    voice: tuple[Marked, ...]
    loose: tuple[Marked, ...]
    rejected: tuple[Shown, ...]
    taken_out: tuple[Marked, ...]
    no_sources: tuple[Speaker, ...]
    history: tuple[Correction, ...]
    reading: dict[str, Any]


def page(entry: Entry, now: Corrected, wanted: Filter) -> ArticlePage:
    """The page of an article."""
    reading = now.reading
    numbers = {a.id: n for n, a in enumerate((*reading.attributions, *now.rejected), 1)}
    extras = _Extras(now, numbers)
    likely = [a for a in reading.attributions if a.score >= wanted.min_score]
    chosen = [a for a in likely if fits(a, now, wanted)]
    rejected = tuple(extras.shown(a) for a in now.rejected) if wanted.review in ("", "rejected") else ()
    return ArticlePage(
        entry, now.revision, wanted, len(chosen), len(reading.attributions) - len(likely), _own(reading), extras.speakers(chosen),
        tuple(marked(k, m, now) for k, m in now.marks.items() if isinstance(m, Voice) and wanted.voice in ("", m.kind)),
        tuple(marked(k, m, now) for k, m in now.marks.items() if not isinstance(m, Voice) and m.attribution is None), rejected,
        tuple(marked(k, m, now) for k, m in now.taken_out.items() if not isinstance(m, Source)), tuple(extras.speaker(s) for s in now.taken_out.values() if isinstance(s, Source)),
        now.history[::-1], reading.to_dict(),
    )  # fmt: skip


def fits(a: Attribution, now: Corrected, wanted: Filter) -> bool:
    """Whether the filter lets a statement through; its score is not looked at."""
    state = now.state(a.id)
    return (
        (not wanted.source or wanted.source == (a.source or "none"))
        and (not wanted.manner or wanted.manner == a.manner)
        and (not wanted.certainty or wanted.certainty == (a.factuality or "none"))
        and (not wanted.stance or wanted.stance == (a.stance or "none"))
        and (not wanted.review or wanted.review == (state.verdict if state else "open"))
    )


def label(source: Source | None, reading: Reading) -> str:
    """How a source is called."""
    if source is None:
        return "no source found"
    return (source.name or source.description or reading.quote(source.mentions[:1]) or source.id).strip(" ,;:–—-") or source.id


def choices(now: Corrected, min_score: float) -> dict[str, list[tuple[str, str, int]]]:
    """What the filter offers: for each field values, their names, and how many statements have them."""
    some = [a for a in now.reading.attributions if a.score >= min_score]
    sources = {s.id: s for s in now.reading.sources}
    by_source = Counter(a.source for a in some)
    reviewed = Counter(s.verdict if (s := now.state(a.id)) else "open" for a in some)
    if now.rejected:
        reviewed["rejected"] = len(now.rejected)
    return {
        "source": [(k or "none", label(sources.get(k) if k else None, now.reading), n) for k, n in by_source.most_common()],
        "manner": [(k, k, n) for k, n in Counter(a.manner for a in some).most_common()],
        "certainty": [(k or "none", k or "not determined", n) for k, n in Counter(a.factuality for a in some).most_common()],
        "stance": [(k or "none", k or "not determined", n) for k, n in Counter(a.stance for a in some).most_common()],
        "review": [(k, k, n) for k, n in reviewed.most_common()],
        "voice": [(k, k, n) for k, n in Counter(v.kind for v in now.reading.voice).most_common()],
    }


class _Extras:
    """What hangs on statements, by id."""

    def __init__(self, now: Corrected, numbers: dict[str, int]) -> None:
        self.now, self.numbers, self.reading = now, numbers, now.reading
        self.sources = {s.id: s for s in now.reading.sources}
        self.states = {s.target: s for s in now.states}
        self.marks: dict[tuple[type, str | None], list[Marked]] = {}
        for name, m in now.marks.items():
            if not isinstance(m, Voice) and m.attribution is not None:
                self.marks.setdefault((type(m), m.attribution), []).append(marked(name, m, now))

    def speakers(self, chosen: list[Attribution]) -> tuple[Speaker, ...]:
        """Statements by voice, the one with most first."""
        by: dict[str | None, list[Attribution]] = {}
        for a in chosen:
            by.setdefault(a.source, []).append(a)
        return tuple(self.speaker(self.sources.get(key or ""), key, some) for key, some in sorted(by.items(), key=lambda item: -len(item[1])))

    def speaker(self, s: Source | None, key: str | None = None, some: Sequence[Attribution] = ()) -> Speaker:
        """One voice with some of its statements; it may have been taken out."""
        key = s.id if s else key
        speaks_for = label(self.sources.get(s.speaks_for), self.reading) if s and s.speaks_for else None
        link = s.name if s and s.identity == "named" and s.name else None
        state = self.states.get(key or "")
        verdict, who = (state.verdict, state.who) if state else (None, None)
        return Speaker(key, label(s, self.reading), s.kind if s else None, s.identity if s else None, speaks_for, link, verdict, who, tuple(self.shown(a) for a in some))

    def shown(self, a: Attribution) -> Shown:
        """One statement with all that hangs on it."""
        r, state = self.reading, self.states.get(a.id)
        program = msgspec.to_builtins(state.program) if state and state.program else None
        score = state.program.score if state and state.program and hasattr(state.program, "score") else a.score
        return Shown(
            a.id, self.numbers[a.id], label(self.sources[a.source], r) if a.source in self.sources else None, a.source, r.quote(a.cue_spans), " ".join(r.quote(a.content_spans).split()), a.manner,
            a.factuality, a.stance, score, steps((self._link(v) for v in a.via if v in self.sources), label(self.sources[a.source], r) if a.source in self.sources else ""), a.parent,
            tuple(self.marks.get((Figure, a.id), ())), tuple(self.marks.get((Time, a.id), ())), state.verdict if state else None, state.who if state else None, state.at if state else None,
            state.revision if state else None, program,
        )  # fmt: skip

    def _link(self, source: str) -> str:
        s = self.sources[source]
        return f"{label(s, self.reading)} (anonymous)" if s.identity == "anonymous" else label(s, self.reading)


def marked(name: str, m: Mark, now: Corrected) -> Marked:
    """A time, a figure or a passage with what a person said of it."""
    state, text = now.state(name), now.reading.article.text
    program = told(state.program) if state and isinstance(state.program, Mark) and state.program != m else None
    kind = "time" if isinstance(m, Time) else "figure" if isinstance(m, Figure) else m.kind
    return Marked(name, kind, m.start, m.end, " ".join(text[m.start : m.end].split()), told(m), state.verdict if state else None, state.who if state else None, state.at if state else None, program)


def told(m: Mark) -> str:
    """What a time, a figure or a passage is taken to be, in words."""
    if isinstance(m, Time):
        when = f"{m.earliest}" if m.earliest and m.earliest == m.latest else f"{m.earliest} to {m.latest}" if m.earliest and m.latest else m.value
        return f"{when}{', when it was said' if m.role == 'said' else ', when it happened' if m.role == 'happened' else ''}"
    if isinstance(m, Figure):
        return f"{COMPARED[m.comparator]}{m.value}{' to ' + m.high if m.high else ''}{' ' + m.unit if m.unit else ''}"
    return {"assertion": "a claim that no one else vouches for", "loaded": "loaded wording", "unsettled": "said to be not known"}[m.kind]


def _own(reading: Reading) -> int:
    """The share of letters that no statement covers, in percent."""
    covered = bytearray(len(reading.article.text))
    for a in reading.attributions:
        for s in (*a.source_spans, *a.cue_spans, *a.content_spans):
            covered[s.start : s.end] = b"\1" * (s.end - s.start)
    inked = [n for n, sign in enumerate(reading.article.text) if not sign.isspace()]
    return round(100 * sum(not covered[n] for n in inked) / len(inked)) if inked else 0
