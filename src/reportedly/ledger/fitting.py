"""Whether what a person says of a reading fits its text and the contract. Each check returns the value that is to be kept."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.errors import BadInput
from reportedly.ledger import moments, rows
from reportedly.values import Attribution, Figure, Source, Time, Voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.ledger.corrected import Corrected, Value
    from reportedly.values import Span

CERTAIN = 1.0  # the score of what a person confirmed; the program's own stays in the `State`
LONGEST = 300  # characters of a name or a description
SHORT = 60  # of a time's value, or a unit
TIMEX = re.compile(r"[0-9A-Za-z:+.\-/]+")


def value(wanted: Value, now: Corrected) -> Value:
    """A new value, held against the text and the contract.

    Raises:
        BadInput: it does not fit; the message says why.

    """
    if isinstance(wanted, Attribution):
        return _attribution(wanted, now)
    if isinstance(wanted, Source):
        return _source(wanted, now)
    _within(wanted, now)
    if isinstance(wanted, Time):
        return _time(wanted)
    return _figure(wanted) if isinstance(wanted, Figure) else wanted


def merged(one: Source, other: Source | None) -> Source:
    """The source that another one is: never an anonymous one and one that is not.

    Raises:
        BadInput: they may not be one.

    """
    if other is None or one.id == other.id:
        message = "A source is merged with another source of the same article."
        raise BadInput(message)
    if (one.identity == "anonymous") != (other.identity == "anonymous"):
        message = "An anonymous source is never merged with one that is not: if one of them is not anonymous in the text, correct that first."
        raise BadInput(message)
    return other


def _attribution(a: Attribution, now: Corrected) -> Attribution:
    text, ids = now.program.article.text, {s.id for s in now.reading.sources}
    for name, spans in (("content", a.content_spans), ("source", a.source_spans), ("cue", a.cue_spans)):
        _spans(spans, name, len(text))
    if not a.content_spans:
        message = "A statement needs its words: mark what was said."
        raise BadInput(message)
    unknown = {v for v in (a.source, *a.via) if v is not None} - ids
    if unknown:
        raise BadInput(f"There is no source {', '.join(sorted(unknown))} in this article.")
    if len(set(a.via)) < len(a.via) or (a.source in a.via and a.parent is None):
        message = "A chain names each voice once, and not the source itself."
        raise BadInput(message)
    parents = {b.id: b.parent for b in now.reading.attributions} | {a.id: a.parent}
    at, seen = a.parent, {a.id}
    while at is not None:
        if at in seen or at not in parents:
            message = "A statement stands inside another of the same article, and not inside itself."
            raise BadInput(message)
        seen.add(at)
        at = parents[at]
    return replace(a, score=CERTAIN)


def _source(s: Source, now: Corrected) -> Source:
    """A name or a description is in the words of the text: nobody is named whom the text does not name."""
    text = " ".join(now.program.article.text.split())
    _spans(s.mentions, "mention", len(now.program.article.text))
    for what, words in (("name", s.name), ("description", s.description)):
        if words is not None and (not words.strip() or len(words) > LONGEST or " ".join(words.split()) not in text):
            raise BadInput(f"The {what} {words[:80]!r} is not in the text: give it in the words of the article.")
    if s.identity == "anonymous" and s.name is not None:
        message = "An anonymous source has no name: describe it in the words of the text."
        raise BadInput(message)
    if s.identity == "named" and s.name is None:
        message = "A named source needs its name, in the words of the text."
        raise BadInput(message)
    if s.speaks_for is not None and (s.speaks_for == s.id or s.speaks_for not in {o.id for o in now.reading.sources}):
        message = "A source speaks for another source of the same article."
        raise BadInput(message)
    return s


def _within(mark: Time | Figure | Voice, now: Corrected) -> None:
    """It stands in the text, and in a statement of it if in any."""
    length = len(now.program.article.text)
    if not 0 <= mark.start < mark.end <= length:
        raise BadInput(f"The place {mark.start}-{mark.end} lies outside the text, or is empty: the text has {length} characters.")
    if not isinstance(mark, Voice) and mark.attribution is not None and mark.attribution not in {a.id for a in now.reading.attributions}:
        raise BadInput(f"There is no statement {mark.attribution[:40]} in this article.")


def _time(t: Time) -> Time:
    if not TIMEX.fullmatch(t.value) or len(t.value) > SHORT:
        raise BadInput(f"{t.value[:40]!r} is no time: write it like 2024-03-12, 2024-03, 2024-03-12T08:30+01:00, or P3D for three days.")
    bounds = [moments.interval(edge) for edge in (t.earliest, t.latest)]
    for edge, found in zip((t.earliest, t.latest), bounds, strict=True):
        if edge is not None and (found is None or len(edge) > SHORT):
            raise BadInput(f"{edge[:40]!r} is no date: write it like 2024, 2024-03, 2024-03-12 or 2024-03-12T08:30+01:00.")
    low, high = bounds
    if low and high and low[0] > high[1]:
        message = "The earliest date is after the latest."
        raise BadInput(message)
    return t


def _figure(f: Figure) -> Figure:
    low, high = rows.number(f.value), rows.number(f.high)
    for written, found in ((f.value, low), (f.high, high)):
        if written is not None and (found is None or not re.fullmatch(r"[-+]?[0-9]{1,300}(?:\.[0-9]{1,60})?", written)):
            raise BadInput(f"{written[:40]!r} is no number: write digits with a point, like 64 or 0.5.")
    if low is not None and high is not None and high < low:
        message = "The upper end of a range is below its lower end."
        raise BadInput(message)
    if f.unit is not None and (not f.unit.strip() or len(f.unit) > SHORT):
        raise BadInput(f"{f.unit[:40]!r} is no unit: write what is counted in a word or two, or nothing.")
    return f


def _spans(spans: Sequence[Span], name: str, length: int) -> None:
    last = 0
    for s in spans:
        if not 0 <= s.start < s.end <= length:
            raise BadInput(f"A span of the {name} ({s.start}-{s.end}) lies outside the text, or is empty: the text has {length} characters.")
        if s.start < last:
            raise BadInput(f"The spans of the {name} overlap or are not in order.")
        last = s.end
