"""Verb groups and the first main clause, from closed classes and verb forms alone.

There is no parser. A clause is read from left to right as Saurí and Pustejovsky's De Facto (2012) reads a tree: its
finite verb group is the first auxiliary, or the first verb form that its neighbours let be finite, outside fronted
subordinate clauses ("If it rains, …"), relative clauses ("the man who may have fled …") and participles. What decides the
status of a clause stands in that group or near it: modal, negation, adverb, negative subject or object, a condition.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.reader.certainty.closed import (
    BE,
    BEHIND_S,
    BEHIND_VERB,
    DETERMINER,
    DO,
    FINITE_BE,
    HAVE,
    NO_VERB,
    PAST_AUXILIARY,
    PERSONAL,
    PLURAL,
    PREPOSITION,
    PRONOMINAL,
    PRONOUN,
    QUOTES,
    is_adverb,
)
from reportedly.reader.certainty.lexicon import lexicon
from reportedly.reader.certainty.words import BASE, ING, NOUN, PART, PAST, S, verb_form

DONE = {"got": "get", "been": "be", "done": "do", "had": "have"}


@dataclass(frozen=True, slots=True)
class Group:
    """A verb group: tokens `start` to `end` (exclusive), with the head verb's token and what its auxiliaries say."""

    start: int
    end: int
    head: int
    verb: str  # of the head; "be" for a copula
    modal: str | None = None
    negated: bool = False
    infinitive: bool = False
    passive: bool = False
    perfect: bool = False
    past: bool = False


def group_at(words: list[str], i: int, end: int) -> Group | None:
    """The finite verb group, or the infinitive with "to", that begins at a token, if one may."""
    word = words[i]
    lex = lexicon()
    if word in lex.modals:
        return _after_auxiliaries(words, i, i + 1, end, modal=word)
    if word in FINITE_BE or word in HAVE or word in DO or (word in ("'s", "'d") and _is_verb_s(words, i, end)):
        return _after_auxiliaries(words, i, i, end, modal="'d" if word == "'d" else None)
    verb, kind = verb_form(word)
    if not kind or not _may_be_finite(words, i, end, kind):
        return None
    return Group(i, i + 1, i, verb, past=bool(kind & PAST))


def next_group(words: list[str], k: int, end: int) -> Group | None:
    """The first finite group that begins at `k` or behind."""
    return next((group for j in range(k, end) if (group := group_at(words, j, end)) is not None), None)


def infinitive_at(words: list[str], i: int, end: int, *, listed: bool = False) -> Group | None:
    """The infinitive that begins at "to" (or at "not to"), if one does; `listed`: only of a verb in the list."""
    k = i
    negated = False
    while k < end and words[k] in ("not", "never"):
        negated, k = True, k + 1
    if k >= end or words[k] != "to":
        return None
    k += 1
    while k < end and (is_adverb(words[k]) or words[k] in QUOTES):
        negated = negated or words[k] in ("not", "never")
        k += 1
    if k >= end:
        return None
    verb, kind = verb_form(words[k])
    if words[k] in ("be", "have"):
        group = _after_auxiliaries(words, i, k, end, modal=None)
        return Group(i, group.end, group.head, group.verb, None, negated or group.negated, True, group.passive, group.perfect)
    if kind & BASE or words[k] == "do" or (not kind and not listed and words[k].isalpha() and words[k] not in NO_VERB):
        return Group(i, k + 1, k, verb, negated=negated, infinitive=True)
    return None


def _after_auxiliaries(words: list[str], start: int, k: int, end: int, modal: str | None) -> Group:
    """Read on from the auxiliary at `k` to the head of the group."""
    negative = lexicon().negative
    negated = passive = perfect = False
    head, verb = start, "be" if words[start] in BE or words[start] == "'s" else words[start]
    past = words[start] in PAST_AUXILIARY
    last = None  # the auxiliary whose complement is looked for
    while k < end:
        word = words[k]
        if word in BE or word in HAVE or word in DO or (word == "'s" and k == start):
            if last in ("be", "have", "do") and word in DO | HAVE and not (last == "have" and word in BE):
                break
            last = "be" if word in BE or word == "'s" else "have" if word in HAVE else "do"
            head, verb, k = k, last, k + 1
            continue
        if word in negative:
            if not harmless(words, k, end):
                negated = True
            k += 1
            continue
        if is_adverb(word) and word not in ("here", "there"):
            k += 1
            continue
        found, kind = verb_form(word)
        if last is None or last == "do":
            fits = bool(kind & BASE)
        elif last == "have":
            fits, perfect = bool(kind & PART), True
        else:
            fits = bool(kind & (PART | ING))
            passive = fits and not kind & ING
        if word in DONE:
            fits, found = True, DONE[word]
        if fits:
            head, verb, k = k, found, k + 1
        break
    stop = k
    while stop > head + 1 and is_adverb(words[stop - 1]) and words[stop - 1] not in negative:
        stop -= 1
    return Group(start, max(stop, head + 1), head, verb, modal, negated, False, passive, perfect, past)


def harmless(words: list[str], k: int, end: int) -> bool:
    """Whether the negative word at `k` denies nothing: "not only", "no doubt", "not until", "no more than", "no wider than"."""
    if k + 1 >= end:
        return False
    after = words[k + 1]
    return after in lexicon().harmless or ((after in ("more", "less") or after.endswith("er")) and words[k + 2 : k + 3] == ["than"])


def _is_verb_s(words: list[str], i: int, end: int) -> bool:
    """Whether 's or 'd is a verb and not a possessive."""
    before = words[i - 1] if i else ""
    if before in PRONOUN or before in ("how", "where", "when", "why"):
        return True
    return words[i] == "'s" and i + 1 < end and words[i + 1] in BEHIND_S


def _may_be_finite(words: list[str], i: int, end: int, kind: int) -> bool:
    """Whether a full verb's form can be finite here, by its neighbours."""
    before = words[i - 1] if i else ""
    k = i - 1
    while k > 0 and ((is_adverb(words[k]) and words[k] not in ("there", "all", "both")) or words[k] == "longer" or words[k : k + 2] == ["no", "longer"]):
        k -= 1
    subject = words[k] if k >= 0 else ""
    after = words[i + 1] if i + 1 < end else ""
    if before in DETERMINER and before not in PRONOMINAL:
        return False
    if before in PREPOSITION or before == "'s":
        return False
    if kind & PAST:
        if subject in BE or subject in HAVE:
            return False
        if kind & PART and after == "by" and subject not in PERSONAL:
            return False
        if kind & BASE and subject not in PRONOUN:  # "cut", "put", "set": as a noun or a verb
            return after in DETERMINER or not kind & NOUN
        return i > 0
    if kind & S:
        if i == 0 or before in DETERMINER:
            return before in ("this", "that", "each")
        if subject in PRONOUN:
            return True
        if kind & NOUN:
            return after in DETERMINER or after in BEHIND_VERB
        return after not in FINITE_BE and after not in HAVE and after not in lexicon().modals
    if kind & BASE:
        if subject in PLURAL:
            return True
        return not kind & NOUN and len(subject) > 3 and subject.endswith("s") and not subject.endswith("ss") and verb_form(subject)[1] & ~NOUN in (0, S)
    return False
