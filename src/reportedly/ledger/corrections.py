"""Correcting readings: each change is a row, nothing is written over, and nobody writes over what he has not seen.

Whoever changes something says which revision of the article he saw. Where the same thing was changed since, nothing is
done and `Conflict` says what. What is looked up (search, sources, timelines) follows what holds now.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import func, insert, select

from reportedly import wire
from reportedly.errors import BadInput, BadReading, Conflict
from reportedly.ledger import corrected, fitting, moments, rows, writer
from reportedly.ledger.accounts import note
from reportedly.ledger.schema import articles, corrections, readings
from reportedly.values import Attribution, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from reportedly.ledger.corrected import Corrected, Correction, Mark, Value
    from reportedly.values import Reading

MOST = 1_000  # changes in one go
NEW = "new"  # the source that was added last in the same edit


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants: `answer` is the whole new value, for `changed` and `added`; for `merged` the source that the target is too.

    A target of "" is a new thing's. A statement may name a source that is added before it in the same edit as `NEW`.
    """

    target: str
    verdict: Literal["accepted", "rejected", "changed", "added", "merged"]
    answer: Value | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes of one article by somebody who saw its revision `seen`."""

    article: str
    seen: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """One row as an export writes it."""

    revision: int
    target: str
    verdict: corrected.Verdict
    answer: str | None
    program: str | None
    undoes: int | None
    batch: str
    who: str
    at: int


KEPT = tuple(Kept.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of edits: the batch by which they can be undone together, and each article's revision now."""

    batch: str
    revisions: dict[str, int]
    targets: tuple[str, ...]


def load(connection: Connection, article: str) -> Corrected | None:
    """An article's reading, by id, as it stands now, with the program's own and the history."""
    found = connection.execute(select(articles.c.key, readings.c.reading).join(readings, readings.c.article == articles.c.key).where(articles.c.id == article)).first()
    return corrected.apply(rows.unpack(found.reading), corrected.history(connection, found.key)) if found else None


def record(connection: Connection, edits: Sequence[Edit], who: str) -> Done:
    """Write changes of one or more articles: all of them, or none.

    Raises:
        BadInput: an article or a target that is not here, or a value that does not fit the text.
        Conflict: something was changed after the revision that was seen.

    """
    if sum(len(e.changes) for e in edits) > MOST:
        raise BadInput(f"These are more than {MOST} changes at once: choose fewer.")
    batch, revisions, targets = secrets.token_hex(16), {}, []
    for edit in edits:
        key, now = _locked(connection, edit.article, len(edit.changes))
        _unchanged(now, edit.seen, [c.target for c in edit.changes if c.target])
        before, fresh = writer.documents(connection, key), ""
        for wanted in edit.changes:
            change = _named(wanted, now)
            if isinstance(change.answer, Attribution) and change.answer.source == NEW and fresh:
                change = replace(change, answer=replace(change.answer, source=fresh))
            answer = checked(change, now)
            if change.verdict == "added" and isinstance(answer, Source):
                fresh = answer.id
            written = _insert(connection, key, now.revision + 1, change, answer, _of(now.program, corrected.marks(now.program), change.target), None, batch, who)
            targets.append(change.target)
            now = corrected.apply(now.program, (*now.history, written))
        writer.remake(connection, key, forget=before)
        revisions[edit.article] = now.revision
        note(connection, who, "correct", edit.article, f"{len(edit.changes)} changes, revision {now.revision}: {', '.join(c.verdict for c in edit.changes[:20])}")
    return Done(batch, revisions, tuple(targets))


def undo(connection: Connection, article: str, revision: int, who: str) -> Done:
    """Take back one change; what held before it holds again.

    Raises:
        BadInput: no such change.
        Conflict: it was taken back already, or the same thing was changed after it.

    """
    return _undo(connection, [(article, revision)], who)


def undo_batch(connection: Connection, batch: str, who: str) -> Done:
    """Take back all changes that were made together; as `undo`."""
    found = connection.execute(
        select(articles.c.id, corrections.c.revision).join(articles, articles.c.key == corrections.c.article).where(corrections.c.batch == batch, corrections.c.undoes.is_(None))
    ).all()
    return _undo(connection, [(row.id, row.revision) for row in found], who)


def _undo(connection: Connection, some: Sequence[tuple[str, int]], who: str) -> Done:
    if not some:
        message = "There is no such change to undo."
        raise BadInput(message)
    batch, revisions, targets = secrets.token_hex(16), {}, []
    by_article: dict[str, list[int]] = {}
    for article, number in some:
        by_article.setdefault(article, []).append(number)
    for article, numbers in sorted(by_article.items()):
        key, now = _locked(connection, article, len(numbers))
        before = writer.documents(connection, key)
        changes = list(now.history)
        for number in sorted(numbers, reverse=True):
            at = next((n for n, c in enumerate(changes) if c.revision == number and c.undoes is None), None)
            if at is None:
                raise BadInput(f"There is no change {number} of this article to undo.")
            change = changes[at]
            if corrected.standing(changes).get(change.target) != change:
                raise Conflict(f"Change {number} of {change.target} was taken back or changed again meanwhile: look at its history.")
            changes[at] = replace(change, undone=True)
            changes.append(_insert(connection, key, changes[-1].revision + 1, Change(change.target, "accepted"), None, change.program, number, batch, who))
            targets.append(change.target)
        writer.remake(connection, key, forget=before)
        revisions[article] = changes[-1].revision
        note(connection, who, "undo", article, f"changes {', '.join(map(str, numbers))}, revision {changes[-1].revision}")
    return Done(batch, revisions, tuple(targets))


def checked(change: Change, now: Corrected) -> Value | None:
    """The value that a change leaves, held against the text and the contract.

    Raises:
        BadInput: it does not fit; the message says why.

    """
    if "~" in change.target:
        found = corrected.pair(change.target)
        if found is None or found.statement not in {a.id for a in (*now.reading.attributions, *now.rejected)}:
            raise BadInput(f"There is no {change.target[:80]} in this article.")
        if change.verdict not in ("accepted", "rejected"):
            message = "A match or an origin is accepted or rejected."
            raise BadInput(message)
        return None
    present = _of(now.reading, now.marks, change.target) or next((a for a in now.rejected if a.id == change.target), None) or now.taken_out.get(change.target)
    if change.verdict != "added" and present is None:
        raise BadInput(f"There is no {change.target} in this article.")
    if change.verdict in ("accepted", "rejected"):
        return present
    if change.answer is None or (present is not None and type(change.answer) is not type(present)):
        message = "A change needs the whole new value."
        raise BadInput(message)
    if change.verdict == "merged":
        if not isinstance(present, Source) or not isinstance(change.answer, Source):
            message = "Sources are merged, and nothing else."
            raise BadInput(message)
        return fitting.merged(present, next((s for s in now.reading.sources if s.id == change.answer.id), None))
    return fitting.value(change.answer, now)


def _locked(connection: Connection, article: str, count: int) -> tuple[int, Corrected]:
    """The key and the state of an article, with every other writer waiting."""
    writer.take_keys(connection, 0)
    now = load(connection, article) if count else None
    if now is None:
        raise BadInput(f"There is no article {article} in this ledger." if count else "There is nothing to change.")
    return connection.execute(select(articles.c.key).where(articles.c.id == article)).scalar_one(), now


def _unchanged(now: Corrected, seen: int, targets: Sequence[str]) -> None:
    touched: dict[str, Correction] = {c.target: c for c in now.history if c.revision > seen}
    both = [touched[t] for t in targets if t in touched]
    if both:
        said = "; ".join(f"{c.target} by {c.who} at {c.at}" for c in both[:5])
        raise Conflict(f"Meanwhile this was changed: {said}. Nothing of yours was written: look at it again, then decide.")
    if seen > now.revision:
        raise BadInput(f"This article has no revision {seen} yet.")


def _named(change: Change, now: Corrected) -> Change:
    """A new thing gets an id that was never used in its article."""
    if change.verdict != "added":
        return change
    if change.target or change.answer is None:
        message = "A new thing has no id of its own choosing."
        raise BadInput(message)
    used = {c.target for c in now.history} | {s.id for s in now.program.sources} | {a.id for a in now.program.attributions}
    kind = next(k for k, of in corrected.KINDS.items() if isinstance(change.answer, of))
    begins = {"source": "ps", "attribution": "p"}.get(kind, f"{kind}:p")
    name = next(n for k in range(1, len(used) + 2) if (n := f"{begins}{k}") not in used)
    return Change(name, "added", replace(change.answer, id=name) if isinstance(change.answer, Attribution | Source) else change.answer)


def _of(reading: Reading, marks: dict[str, Mark], target: str) -> Value | None:
    some: tuple[Attribution | Source, ...] = (*reading.attributions, *reading.sources)
    return next((a for a in some if a.id == target), None) or marks.get(target)


def _insert(
    connection: Connection, article: int, revision: int, change: Change, answer: Value | None, program: Value | None, undoes: int | None, batch: str, who: str
) -> Correction:
    verdict: corrected.Verdict = "undone" if undoes else change.verdict
    at = int(time.time())
    key = writer.take_keys(connection, 1)
    row: dict[str, Any] = {
        "key": key, "article": article, "revision": revision, "target": change.target, "verdict": verdict,
        "answer": corrected.encoded(answer), "program": corrected.encoded(program), "undoes": undoes, "batch": batch, "who": rows.plain(who), "at": at,
    }  # fmt: skip
    connection.execute(insert(corrections), [row])
    return corrected.Correction(revision, change.target, verdict, answer, program, undoes, batch, who, str(moments.iso(at)), key)


def rows_of(connection: Connection, article: int) -> list[dict[str, Any]]:
    """All changes of an article (by key) as plain values, for an export."""
    columns = [corrections.c[name] for name in KEPT]
    return [dict(row) for row in connection.execute(select(*columns).where(corrections.c.article == article).order_by(corrections.c.revision)).mappings()]


def restore(connection: Connection, article: str, told: Sequence[Any]) -> None:
    """Write the changes of an article that came from another ledger, where it has none yet.

    Raises:
        BadReading: they do not fit the article.

    """
    key, now = _locked(connection, article, 1)
    if now.history:
        return
    before = writer.documents(connection, key)
    if [one.get("revision") if isinstance(one, dict) else None for one in told] != list(range(1, len(told) + 1)):
        raise BadReading(f"The corrections of article {article} do not fit it (revisions are missing).")
    try:
        some = [msgspec.convert(one, Kept) for one in told]
        first = writer.take_keys(connection, len(some))
        connection.execute(insert(corrections), [{"key": first + n, "article": key, **{name: rows.plain(v) if isinstance(v := getattr(one, name), str) else v for name in KEPT}} for n, one in enumerate(some)])
        held = corrected.effective(connection, key, now.program)
        wire.check(held)
        if any(not 0 <= m.start <= m.end <= len(held.article.text) for m in corrected.marks(held).values()):
            raise ValueError("a place lies outside the text")  # noqa: EM101, TRY301 - part of the message below
    except (ValueError, msgspec.MsgspecError, StopIteration) as error:
        raise BadReading(f"The corrections of article {article} do not fit it ({error}).") from error
    writer.remake(connection, key, forget=before)


def revisions(connection: Connection, some: set[str]) -> dict[str, int]:
    """The last revision of some articles, by id."""
    found = select(articles.c.id, func.max(corrections.c.revision)).join(corrections, corrections.c.article == articles.c.key).where(articles.c.id.in_(some)).group_by(articles.c.id)
    return dict.fromkeys(some, 0) | dict(connection.execute(found).all())


def articles_with(connection: Connection) -> tuple[str, ...]:
    """Ids of all articles that somebody corrected, in the order of adding."""
    touched = select(articles.c.id).where(articles.c.key.in_(select(corrections.c.article))).order_by(articles.c.key)
    return tuple(connection.execute(touched).scalars())


def is_complete(now: Corrected) -> bool:
    """Whether a person said something of every statement of an article."""
    said = {s.target for s in now.states}
    return bool(said) and all(a.id in said for a in now.program.attributions)
