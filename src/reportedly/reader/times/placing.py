"""Whose time is it? The attribution in which an expression stands, or whose statement it dates."""

from __future__ import annotations

import bisect
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.reader.times.rules import listed
from reportedly.reader.times.tense import past_form
from reportedly.reader.within import contents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.values import Attribution, Span, Time

# Characters between a cue and the time that dates it: "said Ann Lee, who chairs the board, on Tuesday" is about the longest.
_REACH = 120
# Cues to look at on either side.
_NEIGHBOURS = 2
_WORD = re.compile(r"[^\W\d_]+")
# A sentence ends at a mark before a capital, unless an initial or a short title carries the dot.
_SENTENCE = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?]['\"”’)]*\s+(?=[\"“‘']?[A-Z])|\n|[“”\"]")


def placed(times: Sequence[Time], attributions: Sequence[Attribution], text: str) -> list[Time]:
    """The times with `attribution` and `role`.

    A time by a cue, in its clause and outside its content, dates that attribution (`said`). Any other time inside a
    content belongs to the innermost one (`happened`). What is left is the writer's own (`other`).
    """
    innermost = contents(attributions)
    cues = sorted(((span, a) for a in attributions for span in a.cue_spans), key=lambda cue: (cue[0].start, cue[0].end))
    starts = [span.start for span, _ in cues]
    out = []
    for time in times:
        owner = innermost.at(time.start, time.end)
        k = bisect.bisect_left(starts, time.start)
        near = cues[max(0, k - _NEIGHBOURS) : k + _NEIGHBOURS] if time.type in {"DATE", "TIME"} else []
        dated = [
            (max(span.start - time.end, time.start - span.end), n, a)
            for n, (span, a) in enumerate(near)
            if innermost.at(span.start, span.end) == owner and _dates(text, time, span) and not _apart(text, time, span, a)
        ]
        if dated:
            out.append(replace(time, attribution=min(dated)[2].id, role="said"))
        else:
            out.append(replace(time, attribution=owner, role="happened" if owner else "other"))
    return out


def _apart(text: str, time: Time, cue: Span, attribution: Attribution) -> bool:
    """Whether the content of the cue lies between them, or holds the time."""
    first, last = (cue.end, time.start) if cue.start < time.start else (time.end, cue.start)
    return any(s.start <= time.start and time.end <= s.end for s in attribution.content_spans) or any(
        s.start < last and first < s.end and text[max(s.start, first) : min(s.end, last)].strip() for s in attribution.content_spans
    )


def _dates(text: str, time: Time, cue: Span) -> bool:
    """Whether a time stands in the clause of a cue, with no other verb nearer to it."""
    if time.start < cue.end and cue.start < time.end:
        return True
    after = cue.end <= time.start
    gap = text[cue.end : time.start] if after else text[time.end : cue.start]
    if len(gap) > _REACH or _SENTENCE.search(gap):
        return False
    words = [w.lower() for w in _WORD.findall(gap)]
    if not after:  # what leads up to the time counts too: "Lee, arrested on Tuesday, said"
        lead = text[max(0, time.start - _REACH) : time.start]
        lead = lead[max((m.end() for m in _SENTENCE.finditer(lead)), default=0) :]
        words += [w.lower() for w in _WORD.findall(lead.rpartition(",")[2] if "," in gap else lead)]
    return not any(w in listed("other_clause") or (past_form(w) and w not in listed("issued")) for w in words)
