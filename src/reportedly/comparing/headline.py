"""Whether a headline is firmer than the body of its own article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.comparing.results import Headline, Shift
from reportedly.comparing.shifts import shifts, speaker
from reportedly.comparing.statements import passage, sentences, statements, title_end
from reportedly.comparing.words import mass

if TYPE_CHECKING:
    from reportedly.comparing.statements import Page, Statement

DRAWN = 0.35  # share of what the headline tells that a passage must have before the headline is taken to draw on it
NEAR = 0.8  # of the best passage's share: others that may be meant as well
ATTRIBUTED = re.compile(r"[“”‘\"«»:]|(?<!\w)'|\b(?:says?|said|claims?|reports?|reportedly|according|warns?|den(?:y|ies)|insists?|admits?|tells?|told|alleged(?:ly)?)\b|[–—-] \w+$", re.IGNORECASE)
SHOWN: frozenset[str] = frozenset(["hedge", "wording", "figure", "negation"])


def headline(some: Page) -> Headline | None:
    """The headline beside the passage of the body that it draws on; null without a title line or such a passage.

    `firmer` is true when the headline leaves out a hedge or stands on a firmer step than every passage that may be meant.
    """
    end = title_end(some.reading.article)
    if not end:
        return None
    title = passage(some, 0, end)
    body = [s for s in statements(some) if s.attribution is None or all(p.start >= end for p in s.attribution.content_spans)] + sentences(some, covered=True)
    shares = [mass(title.bag & s.bag) / title.mass if title.mass and len(title.bag & s.bag) > 1 else 0.0 for s in body]
    best = max(shares, default=0.0)
    if best < DRAWN:
        return None
    meant = [(s, _beside(s, title)) for s, share in zip(body, shares, strict=True) if share >= NEAR * best]
    base, found = min(meant, key=lambda m: sum(s.direction == "firmer" for s in m[1]))
    return Headline(some.id, title.text, base.text, any(s.direction == "firmer" for s in found), found)


def _beside(body: Statement, title: Statement) -> tuple[Shift, ...]:
    found = [s for s in shifts(body, title) if s.kind in SHOWN and not (s.kind == "wording" and s.direction == "other")]
    if body.attribution is not None and body.attribution.source is not None and not ATTRIBUTED.search(title.text):
        found.append(Shift("source", "other", speaker(body), "", f"the headline names no source; the body has it from {speaker(body)}"))
    return tuple(found)
