"""The lexicon of commitment: what predicates, modals and adverbs say about the thing in their scope (data/commitment.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from reportedly.reader.certainty.words import inflections, with_s

if TYPE_CHECKING:
    from reportedly.values import Factuality

Effects = tuple["Factuality", "Factuality"]  # affirmed, negated


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that takes a thing said, thought or done as its complement, and what it says of it."""

    lemma: str
    name: str  # of its class
    part: str  # verb, noun or adjective
    clause: Effects
    thing: Effects
    doing: Effects
    to: Effects
    whether: Effects

    def effects(self, form: str, *, denied: bool) -> Effects:
        """The effects on a complement of this form: "clause", "thing", "doing", "to", "whether" or "how".

        "He explained how it fell" tells that it fell; "he does not know how it fell" is read as a question.
        """
        if form == "how":
            return self.whether if denied else self.clause
        return {"clause": self.clause, "thing": self.thing, "doing": self.doing, "to": self.to}.get(form, self.whether)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Predicates by any of their forms, and the closed classes."""

    verbs: dict[str, Predicate]
    nouns: dict[str, Predicate]
    adjectives: dict[str, Predicate]
    phrases: dict[tuple[str, str], Predicate]
    modals: dict[str, Effects]
    adverbs: dict[str, Factuality]
    negative: frozenset[str]
    heads: frozenset[str]
    harmless: frozenset[str]
    condition: frozenset[str]
    concession: frozenset[str]

    def any(self, word: str) -> Predicate | None:
        """The predicate of a form, a verb before a noun before an adjective."""
        return self.verbs.get(word) or self.nouns.get(word) or self.adjectives.get(word)

    def any_name(self, word: str) -> Predicate | None:
        """The predicate of a noun or an adjective."""
        return self.nouns.get(word) or self.adjectives.get(word)


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    data = tomllib.loads((files("reportedly.reader") / "data" / "commitment.toml").read_text("utf-8"))
    verbs: dict[str, Predicate] = {}
    nouns: dict[str, Predicate] = {}
    adjectives: dict[str, Predicate] = {}
    phrases: dict[tuple[str, str], Predicate] = {}
    for name, entry in data["class"].items():
        clause = tuple(entry["clause"])
        thing = tuple(entry.get("thing", clause))
        doing = tuple(entry.get("doing", thing))
        to = tuple(entry.get("to", doing))
        whether = tuple(entry.get("whether", ("Uu", "Uu")))
        for verb in entry.get("verbs", "").split():
            predicate = Predicate(verb, name, "verb", clause, thing, doing, to, whether)
            for form in inflections(verb):
                verbs.setdefault(form, predicate)
        for noun in entry.get("nouns", "").split():
            for form in (noun, with_s(noun)):
                nouns.setdefault(form, Predicate(noun, name, "noun", clause, thing, doing, to, whether))
        for adjective in entry.get("adjectives", "").split():
            adjectives.setdefault(adjective, Predicate(adjective, name, "adjective", clause, thing, doing, to, whether))
        for phrase in entry.get("phrases", ()):
            first, second = phrase.split()
            for form in inflections(first):
                phrases[form, second] = Predicate(phrase, name, "verb", clause, thing, doing, to, whether)
    negation, clauses = data["negation"], data["clause"]
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        phrases=phrases,
        modals={modal: tuple(effects) for modal, effects in data["modal"].items()},
        adverbs={adverb: status for status, group in data["adverb"].items() for adverb in group.split()},
        negative=frozenset(negation["words"].split()),
        heads=frozenset(negation["heads"].split()),
        harmless=frozenset(negation["harmless"].split()),
        condition=frozenset(clauses["condition"].split()),
        concession=frozenset(clauses["concession"].split()),
    )
