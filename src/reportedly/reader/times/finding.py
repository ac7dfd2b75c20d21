"""Text -> times: the grammar's expressions, worked out one after another."""

from __future__ import annotations

import functools

from reportedly.reader.times.events import Events
from reportedly.reader.times.grammar import Grammar
from reportedly.reader.times.meanings import FromEvent, Meaning, Named, Shifted
from reportedly.reader.times.resolve import Around, Resolved, publication, resolve
from reportedly.reader.times.tense import tense
from reportedly.reader.times.words import Tokens, tokens
from reportedly.values import Time

_OPEN = {"since", "from"}


def find_times(text: str, published: str | None) -> list[Time]:
    """Times of a text in its order, none overlapping another.

    `published` is an ISO 8601 date, with or without a time of day; null where it is not known. Then what depends
    on it keeps what is known (`XXXX-02-22`) and has no ends. An impossible date such as 31 February is no time.
    """
    cut = tokens(text)
    day, moment = publication(published)
    around = Around(day, moment)
    events = Events(cut)
    around.dated = events.dated
    found = []
    expressions = [*Grammar(cut).expressions()]
    later: list[tuple[int, Meaning, int, int]] = []
    breaks = iter([k for k, word in enumerate(cut.words) if word.isspace()])
    next_break = next(breaks, len(cut.words))
    for meaning, first, end in expressions:
        while next_break < first:
            around.paragraph()
            next_break = next(breaks, len(cut.words))
        around.tense = functools.partial(tense, cut, first, end)
        if isinstance(meaning, FromEvent):
            later.append((len(found), meaning, first, end))
            found.append(None)
            continue
        resolved = resolve(meaning, around)
        if resolved is None:
            continue
        if resolved.granule:
            around.remember(resolved.granule, dated=_dated(meaning))
        events.note(resolved, first, end)
        found.append(_time(cut, _opened(resolved, cut, first, around), first, end))
    for k, meaning, first, end in later:
        resolved = resolve(meaning, around)
        stop = meaning.length_end if resolved.type == "DURATION" else end
        found[k] = _time(cut, resolved, first, stop) if stop > first + 1 else None
    return [time for time in found if time]


def _dated(meaning: Meaning) -> bool:
    """Whether the expression itself says which year it means."""
    if isinstance(meaning, Named):
        return bool(meaning.year or meaning.which or meaning.year_which or meaning.grain in {"decade", "century"})
    inner = getattr(meaning, "inner", None) or getattr(meaning, "day", None) or getattr(meaning, "last", None)
    return _dated(inner) if inner else isinstance(meaning, Shifted)


def _opened(resolved: Resolved, cut: Tokens, first: int, around: Around) -> Resolved:
    """"Since the summer", "from 9am" begin there and have not ended at the publication, as far as is known."""
    from dataclasses import replace

    now = around.now()
    if cut.word(first - 1) != "since" or not resolved.earliest or not now or resolved.type == "DURATION" or resolved.earliest > now:
        return resolved
    return replace(resolved, latest=now)


def _time(cut: Tokens, resolved: Resolved, first: int, end: int) -> Time:
    return Time(cut.spans[first][0], cut.spans[end - 1][1], resolved.type, resolved.value, resolved.earliest, resolved.latest)
