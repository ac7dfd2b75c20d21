"""For whom does "he" or "she" stand? One of those mentioned shortly before, or nobody who is known.

Salience in the manner of Lappin and Leass (1994), its weights fitted as a conditional logit (McFadden 1974) over the candidates and
"none of them" (training/pronouns.py; reader/data/pronouns.toml). Only an answer that is likely enough is given: a wrong join
is worse than a missed one, and a pronoun that is itself a source needs one more than another.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reportedly.reader.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.sources.discourse import Entity
    from reportedly.reader.sources.mention import Mention

PREPOSITION = re.compile(r"\b(?:about|against|around|at|by|for|from|in|into|near|of|on|outside|over|to|with)(?: the| an?)? $", re.IGNORECASE)
POSSESSOR = re.compile(r"['’]s? ")
FAR = 3  # sentences back, from which on it no longer counts how many


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity for which a pronoun may stand, by its last mention before it.

    `back`: how many sentences before it that mention stands, quotations not counted; `leftmost`: of those that fit the first of its
    sentence; `nearest`: the last of all; `speaker`: whose words the pronoun stands in; `said`: its last mention is the source of
    an attribution, `spoke_last`: of the last one before the pronoun.
    """

    entity: Entity
    last: Mention
    back: int
    leftmost: bool
    nearest: bool
    speaker: bool
    said: bool
    spoke_last: bool


def choose(text: str, pronoun: Mention, candidates: Sequence[Candidate], *, source: bool) -> Entity | None:
    """The entity that a pronoun of one person stands for; null where none is likely enough. `source`: whether the pronoun is one."""
    if not candidates:
        return None
    weights, least = _weights()
    worth = [_dot(weights, features(text, pronoun, c, source=source)) for c in candidates]
    worth.append(_dot(weights, nobody(pronoun, len(candidates), source=source)))
    top = max(range(len(candidates)), key=worth.__getitem__)
    likely = 1 / sum(math.exp(min(50.0, w - worth[top])) for w in worth)
    return candidates[top].entity if likely >= least["source" if source and not pronoun.quoted else "other"] else None


def features(text: str, pronoun: Mention, candidate: Candidate, *, source: bool) -> dict[str, float]:
    """What speaks for one candidate, by name."""
    entity, last = candidate.entity, candidate.last
    back = candidate.back
    subject = pronoun.head in ("he", "she")
    unknown = entity.kind is None and entity.gender is None
    named = max((len(n) for n in entity.names), default=0)
    on = {
        f"back {min(back, FAR)}": True,
        "leftmost": candidate.leftmost,
        "leftmost, subject": candidate.leftmost and subject and back == 1,
        "leftmost, same sentence": candidate.leftmost and back == 0,
        "nearest": candidate.nearest,
        "speaker": candidate.speaker,
        "same quotation": pronoun.quoted and last.quoted,
        "speaker, source": candidate.speaker and source,
        "said": candidate.said,
        "said, source": candidate.said and source,
        "said last": candidate.said and back <= 1,
        "spoke last": candidate.spoke_last,
        "spoke last, source": candidate.spoke_last and source,
        "has spoken": entity.spoke,
        "pronoun before": last.form == "pronoun",
        "description before": last.form == "description",
        "indefinite before": last.form == "description" and not last.definite,
        "gender known": entity.gender is not None,
        "unknown": unknown and named > 1,
        "unknown, one word": unknown and named == 1,
        "no name": not named,
        "behind a preposition": PREPOSITION.search(text, max(0, last.start - 14), last.start) is not None,
        "possessor": POSSESSOR.match(text, last.end) is not None,
        "object": back == 0 and _object(text, pronoun),
        "same paragraph": "\n" not in text[last.end : pronoun.start][:2000],
    }
    out = {name: 1.0 for name, is_so in on.items() if is_so}
    out["mentions"] = math.log2(1 + len(entity.mentions))
    return out


def nobody(pronoun: Mention, count: int, *, source: bool) -> dict[str, float]:
    """What speaks for none of the candidates."""
    return {"nobody": 1.0, "nobody, source": float(source), "nobody, subject": float(pronoun.head in ("he", "she")), "nobody of many": math.log2(count)}


def _object(text: str, pronoun: Mention) -> bool:
    """Whether a pronoun is an object, which the subject of its clause is not; "her" is one before a mark or a function word."""
    if pronoun.head == "him":
        return True
    return pronoun.head == "her" and re.match(r"[.,;:!?”\"]| (?:in|on|at|to|that|and|by|with|for|from|as|or|if|when|but)\b", text[pronoun.end : pronoun.end + 6]) is not None


def _dot(weights: dict[str, float], on: dict[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in on.items())


@cache
def _weights() -> tuple[dict[str, float], dict[str, float]]:
    known = table("pronouns")
    return known["weights"], known["least"]
