"""A reading with what people said of it: a pure function of the program's reading and the changes in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import select

from reportedly.ledger import moments
from reportedly.ledger.fitting import CERTAIN
from reportedly.ledger.schema import corrections
from reportedly.values import Attribution, Figure, Source, Time, Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from reportedly.values import Reading, Span

Verdict = Literal["accepted", "rejected", "changed", "added", "merged", "undone"]
Mark = Time | Figure | Voice
Value = Attribution | Source | Mark
PAIR = re.compile(r"([^~/:]{1,64})~([^~/]{1,64})/([^~/:]{1,64})(~origin)?")
KINDS: dict[str, type[Value]] = {"attribution": Attribution, "source": Source, "time": Time, "figure": Figure, "voice": Voice}


@dataclass(frozen=True, slots=True)
class Pair:
    """What is said of a statement of one article and one of another: `a3~article/a1` that they make one claim, `a3~article/a1~origin` that they have one origin."""

    statement: str
    article: str
    other: str
    origin: bool = False


def pair(target: str) -> Pair | None:
    """What a target says of two statements; None where it names something else."""
    found = PAIR.fullmatch(target)
    return Pair(found[1], found[2], found[3], found[4] is not None) if found else None


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of one thing: `target` is the id of an attribution or a source, or names a match or an origin (see `Pair`) or a mark (`time:0`; see `marks`).

    `answer` is what holds after it, `program` what the program had said, null where it had said nothing. For a source that was
    merged the answer is the one that it is. `undone` says that a later change took it back, `undoes` that it takes one back itself.
    `place` is its place among all changes of this ledger: of two of one second the later has the higher.
    """

    revision: int
    target: str
    verdict: Verdict
    answer: Value | None
    program: Value | None
    undoes: int | None
    batch: str
    who: str
    at: str
    place: int = field(compare=False)
    undone: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What a person's last word on something is, and what the program had said. `place` is as in `Correction`."""

    target: str
    verdict: Verdict
    revision: int
    who: str
    at: str
    place: int = field(compare=False)
    program: Value | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reading as it stands now. `revision` is that of the last change, 0 where there is none.

    `rejected` are the attributions that a person took out. `marks` are the times, figures and passages of the writer's voice
    that hold, by name, in the order of the text; `taken_out` those that do not, and the sources that a person took out.
    """

    reading: Reading
    program: Reading
    revision: int
    states: tuple[State, ...]
    rejected: tuple[Attribution, ...]
    history: tuple[Correction, ...]
    marks: dict[str, Mark]
    taken_out: dict[str, Mark | Source]

    def state(self, target: str) -> State | None:
        """What a person said of one thing last."""
        return next((s for s in self.states if s.target == target), None)


def history(connection: Connection, article: int) -> tuple[Correction, ...]:
    """All changes of an article (by key), oldest first."""
    return histories(connection, [article]).get(article, ())


def histories(connection: Connection, some: Sequence[int]) -> dict[int, tuple[Correction, ...]]:
    """The same of several articles; those without a change are left out."""
    found: dict[int, list[Any]] = {}
    for row in connection.execute(select(corrections).where(corrections.c.article.in_(some)).order_by(corrections.c.article, corrections.c.revision)):
        found.setdefault(row.article, []).append(row)
    return {article: _changes(held) for article, held in found.items()}


def _changes(found: Sequence[Any]) -> tuple[Correction, ...]:
    undone = {row.undoes for row in found if row.undoes is not None}
    return tuple(
        Correction(
            row.revision, row.target, row.verdict, _value(row.answer), _value(row.program), row.undoes, row.batch, row.who, str(moments.iso(row.at)), row.key, row.revision in undone,
        )
        for row in found
    )  # fmt: skip


def effective(connection: Connection, article: int, reading: Reading) -> Reading:
    """The reading of an article (by key) as people corrected it."""
    changes = history(connection, article)
    return apply(reading, changes).reading if changes else reading


def marks(program: Reading) -> dict[str, Mark]:
    """Times, figures and the writer's voice by the names under which they are corrected: `time:0` is the program's first time."""
    some: tuple[tuple[str, Sequence[Mark]], ...] = (("time", program.times), ("figure", program.figures), ("voice", program.voice))
    return {f"{kind}:{n}": mark for kind, held in some for n, mark in enumerate(held)}


def apply(program: Reading, changes: Sequence[Correction]) -> Corrected:
    """Put the changes that hold into a reading. Whatever names something that is gone names nothing then."""
    last = standing(changes)
    sources = {s.id: s for s in program.sources}
    attributions = {a.id: a for a in program.attributions}
    held, rejected = marks(program), []
    taken_out: dict[str, Mark | Source] = {}
    same: dict[str, str] = {}
    for target, change in last.items():
        answer = change.answer
        if isinstance(answer, Source):
            if change.verdict == "rejected":
                sources.pop(target, None)
                taken_out[target] = answer
            elif change.verdict == "merged":
                same[target] = answer.id
                if earlier := [c.answer for c in changes if c.target == target and isinstance(c.answer, Source) and c.undoes is None and not c.undone and c.verdict != "merged"]:
                    sources[target] = earlier[-1]
            else:
                sources[target] = answer
        elif change.verdict == "rejected":
            if target in attributions:
                rejected.append(attributions.pop(target))
            elif isinstance(answer, Mark):
                held.pop(target, None)
                taken_out[target] = answer
        elif isinstance(answer, Attribution):
            attributions[target] = replace(answer, score=CERTAIN)
        elif isinstance(answer, Mark):
            held[target] = answer
    if same:
        sources, attributions = _merged(same, sources, attributions)
    kept = sorted((_whole(a, sources, attributions) for a in attributions.values()), key=lambda a: _place(a, program))
    held = {name: m if isinstance(m, Voice) or m.attribution in attributions else replace(m, attribution=None) for name, m in held.items()}
    if changes:
        held = dict(sorted(held.items(), key=lambda item: item[1].start))
    reading = replace(
        program,
        sources=tuple(replace(s, speaks_for=s.speaks_for if s.speaks_for in sources else None) for s in sources.values()),
        attributions=tuple(kept),
        times=tuple(m for m in held.values() if isinstance(m, Time)),
        figures=tuple(m for m in held.values() if isinstance(m, Figure)),
        voice=tuple(m for m in held.values() if isinstance(m, Voice)),
    )
    states = tuple(State(c.target, c.verdict, c.revision, c.who, c.at, c.place, c.program) for c in last.values())
    return Corrected(reading, program, changes[-1].revision if changes else 0, states, tuple(rejected), tuple(changes), held, taken_out)


def _merged(same: dict[str, str], sources: dict[str, Source], attributions: dict[str, Attribution]) -> tuple[dict[str, Source], dict[str, Attribution]]:
    """Sources of which a person said that they are another one give it their mentions and their statements."""
    home: dict[str, str] = {}
    for one in same:
        at, seen = one, {one}
        while at in same and same[at] not in seen:
            at = same[at]
            seen.add(at)
        if at in sources and at not in same and one in sources:
            home[one] = at
    mentions: dict[str, set[Span]] = {}
    for one, other in home.items():
        mentions.setdefault(other, set(sources[other].mentions)).update(sources[one].mentions)
    left = {key: replace(s, mentions=tuple(sorted(mentions[key]))) if key in mentions else s for key, s in sources.items() if key not in home}
    for key, s in left.items():
        behind = home.get(s.speaks_for or "", s.speaks_for)
        left[key] = replace(s, speaks_for=behind if behind != key else None)
    return left, {key: _through(a, home) for key, a in attributions.items()}


def _through(a: Attribution, home: dict[str, str]) -> Attribution:
    source = home.get(a.source or "", a.source)
    via = tuple(v for v in dict.fromkeys(home.get(v, v) for v in a.via) if v != source or a.parent is not None)
    return replace(a, source=source, via=via)


def standing(changes: Iterable[Correction]) -> dict[str, Correction]:
    """For each thing the last change of it that nobody took back."""
    return {c.target: c for c in changes if c.undoes is None and not c.undone}


def encoded(value: Value | None) -> str | None:
    """A value as the table keeps it."""
    return msgspec.json.encode({next(k for k, kind in KINDS.items() if isinstance(value, kind)): value}).decode() if value else None


def _value(data: str | None) -> Value | None:
    if data is None:
        return None
    found: dict[str, Any] = msgspec.json.decode(data)
    kind, value = next(iter(found.items()))
    return msgspec.convert(value, KINDS.get(kind, Attribution))


def _whole(a: Attribution, sources: dict[str, Source], attributions: dict[str, Attribution]) -> Attribution:
    fits = (a.source is None or a.source in sources) and (a.parent is None or a.parent in attributions) and all(v in sources for v in a.via)
    if fits:
        return a
    return replace(a, source=a.source if a.source in sources else None, parent=a.parent if a.parent in attributions else None, via=tuple(v for v in a.via if v in sources))


def _place(a: Attribution, program: Reading) -> tuple[int, str]:
    """Where it stands in the text: in the program's order as long as nothing moved, since that is by first content."""
    spans = a.content_spans or a.cue_spans or a.source_spans
    return (min(s.start for s in spans) if spans else len(program.article.text), a.id)
