"""Who says what? Attributions of a text: source, cue and content spans, manner and score."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reportedly.reader.decoding import Candidate, Piece, Weights, decode
from reportedly.reader.quotes import manner
from reportedly.values import Manner, Span

if TYPE_CHECKING:
    from reportedly.reader.encoding import Encoded

# Of the score. Leaving out what is wrong nine times in ten gains 0.7 attr and 0.6 strict on the fold, and costs 0.3 of alpha.
FLOOR = 0.1


@dataclass(frozen=True, slots=True)
class Found:
    """An attribution before its source is known as an entity."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    manner: Manner
    score: float
    parent: int | None = None  # index of the attribution in whose content it stands
    through: int | None = None  # index of the attribution that says the same and cites this one's source
    turn: bool = False  # of an interview or transcript


def attributions(text: str, encoded: Encoded, emissions: np.ndarray, vectors: np.ndarray, weights: Weights) -> list[Found]:
    """Attributions in the order of the text, from the scores of its words (see `windows.score`); none with a score below FLOOR."""
    found = []
    for candidate in decode(emissions, vectors, encoded.paragraph, weights):
        score = probability(candidate, weights)
        if score < FLOOR:
            continue
        content = tuple(_span(p, encoded) for p in candidate.content)
        found.append(
            Found(
                (_span(candidate.source, encoded),) if candidate.source else (),
                (_span(candidate.cue, encoded),) if candidate.cue else (),
                content,
                manner(text, content, encoded.quotations),
                score,
            )
        )
    return found


def probability(candidate: Candidate, weights: Weights) -> float:
    """Platt's logistic score over the candidate's features, fitted on a fold of the training articles."""
    z = float(np.dot(weights.score[:-1], candidate.features) + weights.score[-1])
    return round(1 / (1 + math.exp(-min(max(z, -30), 30))), 4)


def _span(piece: Piece, encoded: Encoded) -> Span:
    return Span(int(encoded.words[piece.first][0]), int(encoded.words[piece.last][1]))
