"""The lexicon of stance: words and phrases by how they stand to a statement (data/stance.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reportedly.reader.certainty.words import inflections, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportedly.values import Stance


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and phrases by the stance they show (data/stance.toml)."""

    verbs: dict[str, tuple[str, Stance]]
    nouns: dict[str, Stance]
    phrases: dict[str, list[tuple[list[str], Stance]]]
    senses: dict[str, frozenset[str]]
    adverbs: dict[str, Stance]
    evaluations: frozenset[str]
    verdicts: frozenset[str]
    statements: frozenset[str]
    remarks: dict[str, list[tuple[list[str], Stance]]]
    signs: frozenset[str]  # one of these stands in every cue that is not neutral of itself
    judgements: frozenset[str]  # and one of these in the sentence of every other attribution that is not


@cache
def stances() -> Lexicon:
    """The lexicon, read once."""
    data = tomllib.loads((files("reportedly.reader") / "data" / "stance.toml").read_text("utf-8"))
    verbs: dict[str, tuple[str, Stance]] = {}
    for stance, group in data["verbs"].items():
        for verb in group.split():
            for form in inflections(verb):
                verbs.setdefault(form, (verb, stance))
    evaluation = data["evaluation"]
    adjectives = frozenset(evaluation["disputes"].split())
    nouns = {noun: stance for stance, group in data["nouns"].items() for noun in group.split()}
    adverbs = {adverb: stance for stance, group in data["adverbs"].items() for adverb in group.split()}
    phrases = _by_first((phrase, stance) for stance, group in data["phrases"].items() for phrase in group)
    remarks = _by_first((phrase, stance) for stance in ("distances", "disputes") for phrase in evaluation[f"phrases_{stance}"])
    verdicts = adjectives | frozenset(evaluation["nouns"].split())
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        phrases=phrases,
        senses={verb: frozenset(group.split()) for verb, group in data["senses"].items()},
        adverbs=adverbs,
        evaluations=adjectives,
        verdicts=verdicts,
        statements=frozenset(evaluation["statement"].split()),
        remarks=remarks,
        signs=frozenset({*verbs, *nouns, *_longest(phrases)}),
        judgements=frozenset({*adverbs, *verdicts, *_longest(remarks), "lied", "lies", "lying", "lie"}),
    )


def _by_first(phrases: Iterable[tuple[str, Stance]]) -> dict[str, list[tuple[list[str], Stance]]]:
    out: dict[str, list[tuple[list[str], Stance]]] = {}
    for phrase, stance in phrases:
        words = tokens(phrase)
        out.setdefault(words[0], []).append((words, stance))
    return out


def _longest(phrases: dict[str, list[tuple[list[str], Stance]]]) -> set[str]:
    return {max(words, key=len) for group in phrases.values() for words, _ in group}
