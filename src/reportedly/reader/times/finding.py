"""Text -> times: the grammar's expressions, worked out one after another."""

from __future__ import annotations

import functools
import re
from dataclasses import replace

from reportedly.reader.invisible import INVISIBLE, Visible
from reportedly.reader.times.around import Around, Resolved, publication
from reportedly.reader.times.events import Events
from reportedly.reader.times.grammar import Grammar
from reportedly.reader.times.meanings import FromEvent, Meaning, Named, Shifted
from reportedly.reader.times.resolve import resolve
from reportedly.reader.times.tense import tense
from reportedly.reader.times.words import Tokens, tokens
from reportedly.values import Time

# What is left of a date that no calendar has (2023-13-45) or of another code is no year
YEAR = 4  # digits
PART_OF_CODE = re.compile(r"[-/]\d+[-/]\d")
_CLOSES = {"to", "until", "till", "-", "–", "—"}


def find_times(text: str, published: str | None) -> list[Time]:
    """Times of a text in its order, none overlapping another.

    `published` is an ISO 8601 date, with or without a time of day; null where it is not known. Then what depends
    on it keeps what is known (`XXXX-02-22`) and has no ends. An impossible date such as 31 February is no time.
    """
    if INVISIBLE.search(text):
        visible = Visible(text)
        return [replace(t, start=start, end=end) for t in find_times(visible.text, published) for start, end in [visible.span(t.start, t.end)]]
    cut = tokens(text)
    around = Around(*publication(published))
    breaks = iter([k for k, word in enumerate(cut.words) if word.isspace()])
    next_break = next(breaks, len(cut.words))
    found: list[Time | None] = []
    waiting: list[tuple[int, FromEvent, int, int]] = []
    expressions = [*Grammar(cut).expressions()]
    told_by_events = [range(first, end) for m, first, end in expressions if isinstance(m, FromEvent)]
    events = Events(cut, frozenset(k for places in told_by_events for k in places))
    around.dated = events.dated
    orders = {m.day_first for m, _, _ in expressions if isinstance(m, Named) and m.day_first is not None}
    around.day_first = orders.pop() if len(orders) == 1 else None
    for meaning, first, end in expressions:
        while next_break < first:
            around.paragraph()
            next_break = next(breaks, len(cut.words))
        if isinstance(meaning, FromEvent) and events.dated(meaning.noun) is None:  # it may be dated further down
            waiting.append((len(found), meaning, first, end))
            found.append(None)
            continue
        around.tense = functools.partial(tense, cut, first, end)
        resolved = resolve(meaning, around)
        if resolved is None:
            continue
        if resolved.granule:
            around.remember(resolved.granule, dated=_dated(meaning))
        if told_by_events:
            events.note(resolved, first, end)
        found.append(_time(cut, _opened(resolved, cut, first, end, around), first, end))
    for k, from_event, first, end in waiting:
        resolved = resolve(from_event, around)
        if resolved:
            found[k] = _time(cut, resolved, first, from_event.length_end if resolved.type == "DURATION" else end)
    return [time for time in found if time and not (time.end - time.start == YEAR and PART_OF_CODE.match(text, time.end))]


def _dated(meaning: Meaning) -> bool:
    """Whether the expression itself says which year it means."""
    if isinstance(meaning, Named):
        return bool(meaning.year or meaning.which or meaning.year_which or meaning.grain in {"decade", "century"})
    inner = getattr(meaning, "inner", None) or getattr(meaning, "day", None) or getattr(meaning, "last", None)
    return _dated(inner) if inner else isinstance(meaning, Shifted)


def _opened(resolved: Resolved, cut: Tokens, first: int, end: int, around: Around) -> Resolved:
    """Since the summer, from 9am: it begins there, and as far as is known it has not ended at the publication."""
    before, now = cut.word(first - 1), around.now()
    if resolved.earliest is None or now is None or resolved.type == "DURATION":
        return resolved
    if before == "from":  # "a letter from Tuesday" begins nothing
        opens = resolved.type == "TIME" and "T" in resolved.earliest and not {cut.word(end), cut.word(end + 1)} & _CLOSES
        return replace(resolved, latest=now if resolved.earliest[:10] <= now[:10] else None) if opens else resolved
    return replace(resolved, latest=now) if before == "since" and resolved.earliest[:10] <= now[:10] else resolved


def _time(cut: Tokens, resolved: Resolved, first: int, end: int) -> Time:
    earliest, latest = resolved.earliest, resolved.latest
    if earliest and latest and len(earliest) != len(latest):  # both ends are days, or both are moments
        earliest, latest = (earliest if len(earliest) > 10 else f"{earliest}T00:00"), (latest if len(latest) > 10 else f"{latest}T23:59")
    if earliest and latest and earliest > latest:
        latest = earliest
    return Time(cut.spans[first][0], cut.spans[end - 1][1], resolved.type, resolved.value, earliest, latest)
