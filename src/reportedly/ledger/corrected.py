"""A reading with what people said of it: a pure function of the program's reading and the changes in their order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import select

from reportedly.ledger import moments
from reportedly.ledger.schema import corrections
from reportedly.values import Attribution, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from reportedly.values import Reading

Verdict = Literal["accepted", "rejected", "changed", "added", "undone"]
CERTAIN = 1.0  # the score of what a person confirmed; the program's own stays in the `State`


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of one thing: `target` is the id of an attribution or a source, or names a match (`a3~article/a1`).

    `answer` is what holds after it, `program` what the program had said, null where it had said nothing. `undone` says that a
    later change took it back, `undoes` that it takes one back itself.
    """

    revision: int
    target: str
    verdict: Verdict
    answer: Attribution | Source | None
    program: Attribution | Source | None
    undoes: int | None
    batch: str
    who: str
    at: str
    undone: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """What a person's last word on something is, and what the program had said."""

    target: str
    verdict: Verdict
    revision: int
    who: str
    at: str
    program: Attribution | Source | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A reading as it stands now. `revision` is that of the last change, 0 where there is none; `rejected` are the attributions that a person took out."""

    reading: Reading
    program: Reading
    revision: int
    states: tuple[State, ...]
    rejected: tuple[Attribution, ...]
    history: tuple[Correction, ...]

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
            row.revision, row.target, row.verdict, _value(row.answer), _value(row.program), row.undoes, row.batch, row.who, str(moments.iso(row.at)), row.revision in undone,
        )
        for row in found
    )  # fmt: skip


def effective(connection: Connection, article: int, reading: Reading) -> Reading:
    """The reading of an article (by key) as people corrected it."""
    changes = history(connection, article)
    return apply(reading, changes).reading if changes else reading


def apply(program: Reading, changes: Sequence[Correction]) -> Corrected:
    """Put the changes that hold into a reading. Whatever names something that is gone names nothing then."""
    last = standing(changes)
    sources = {s.id: s for s in program.sources}
    attributions = {a.id: a for a in program.attributions}
    rejected = []
    for target, change in last.items():
        if isinstance(change.answer, Source):
            sources[target] = change.answer
        elif change.verdict == "rejected":
            if target in attributions:
                rejected.append(attributions.pop(target))
        elif isinstance(change.answer, Attribution):
            attributions[target] = replace(change.answer, score=CERTAIN)
    kept = sorted((_whole(a, sources, attributions) for a in attributions.values()), key=lambda a: _place(a, program))
    reading = replace(
        program,
        sources=tuple(replace(s, speaks_for=s.speaks_for if s.speaks_for in sources else None) for s in sources.values()),
        attributions=tuple(kept),
        times=tuple(replace(t, attribution=t.attribution if t.attribution in attributions else None) for t in program.times),
        figures=tuple(replace(f, attribution=f.attribution if f.attribution in attributions else None) for f in program.figures),
    )
    states = tuple(State(c.target, c.verdict, c.revision, c.who, c.at, c.program) for c in last.values())
    return Corrected(reading, program, changes[-1].revision if changes else 0, states, tuple(rejected), tuple(changes))


def standing(changes: Iterable[Correction]) -> dict[str, Correction]:
    """For each thing the last change of it that nobody took back."""
    return {c.target: c for c in changes if c.undoes is None and not c.undone}


def encoded(value: Attribution | Source | None) -> str | None:
    """A value as the table keeps it."""
    return msgspec.json.encode({"source" if isinstance(value, Source) else "attribution": value}).decode() if value else None


def _value(data: str | None) -> Attribution | Source | None:
    if data is None:
        return None
    found: dict[str, Any] = msgspec.json.decode(data)
    kind, value = next(iter(found.items()))
    return msgspec.convert(value, Source) if kind == "source" else msgspec.convert(value, Attribution)


def _whole(a: Attribution, sources: dict[str, Source], attributions: dict[str, Attribution]) -> Attribution:
    fits = (a.source is None or a.source in sources) and (a.parent is None or a.parent in attributions) and all(v in sources for v in a.via)
    if fits:
        return a
    return replace(a, source=a.source if a.source in sources else None, parent=a.parent if a.parent in attributions else None, via=tuple(v for v in a.via if v in sources))


def _place(a: Attribution, program: Reading) -> tuple[int, str]:
    """Where it stands in the text: in the program's order as long as nothing moved, since that is by first content."""
    spans = a.content_spans or a.cue_spans or a.source_spans
    return (min(s.start for s in spans) if spans else len(program.article.text), a.id)
