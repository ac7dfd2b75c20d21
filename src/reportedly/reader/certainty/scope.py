"""What stands in the scope of a clause's verb group: its status by modal and negation, its subject, its predicate, its complement's edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.reader.certainty.clauses import Group, group_at, harmless, infinitive_at, next_group
from reportedly.reader.certainty.closed import (
    ADVERB,
    DETERMINER,
    FINITE_BE,
    LINKS,
    MEASURE,
    NO_CONDITION,
    OBJECT,
    PARTICLE,
    PERFORMING,
    PERSONAL,
    PREPOSITION,
    PRONOUN,
    QUOTES,
    SPEAKER,
    TELLING,
    UNSETTLED,
    is_adverb,
)
from reportedly.reader.certainty.lexicon import Predicate, lexicon
from reportedly.reader.certainty.words import BASE, NOUN, PART, verb_form

if TYPE_CHECKING:
    from reportedly.values import Factuality


def denies(words: list[str], group: Group, stop: int, *, subject_denies: bool) -> bool:
    """Whether the group's event is denied: by the group, its subject, its object or its complement, an even number of times making none."""
    after = group.end
    denied = group.negated != subject_denies
    if group.negated and group.past and "until" in words[after : min(stop, after + 4)]:  # "was not finished until 2010"
        denied = subject_denies
    if _negative_object(words, after, stop):
        return not denied
    if after + 1 < stop and group.verb == "be" and words[after] == "not" and not harmless(words, after, stop):
        return not denied
    return denied


def _negative_object(words: list[str], k: int, stop: int) -> bool:
    """Whether "no money", "nothing" or "nobody" is an object of the verb before, perhaps behind another object."""
    lex = lexicon()
    for j in range(k, min(stop, k + 4)):
        if words[j] in lex.heads:
            if any(group_at(words, n, stop) is not None for n in range(j + 1, min(stop, j + 4))):
                return False  # subject of a clause: "says nobody came"
            return not harmless(words, j, stop)
        if words[j] in PREPOSITION or words[j] in LINKS or words[j] == "there" or words[j] in FINITE_BE:
            return False
    return False


# Classes of nouns that are acts themselves when the text says that there were some.
ACTS = frozenset(("refusing", "failing"))


def by_modal(words: list[str], group: Group, *, denied: bool, quoted: bool) -> Factuality:
    """The status that the modal gives, with counterfactuals: what "should have been" was not."""
    plain: Factuality = "CT-" if denied else "CT+"
    if group.modal is None:
        return plain
    if quoted and group.modal in PERFORMING and words[group.head] in TELLING and group.start and words[group.start - 1] in SPEAKER:
        return plain  # "I must say"
    if group.modal == "should" and group.perfect:
        return "CT+" if denied else "CT-"
    if group.modal == "must" and not (group.perfect or group.verb == "be"):
        return "Uu"
    return lexicon().modals[group.modal][denied]


def hangs_on_condition(words: list[str], k: int, stop: int) -> bool:
    """Whether an "if" clause follows that the main clause hangs on."""
    for j in range(k, stop):
        if words[j] in ("if", "unless"):
            predicate = lexicon().any(words[j - 1])
            return words[j - 1] not in NO_CONDITION and not (predicate is not None and words[j] == "if")
        if j > k and group_at(words, j, stop) is not None:
            return False  # it belongs to the clause within: "said they would leave if …"
    return False


def subject_of(words: list[str], k: int, first: int) -> str:
    """The word before a group, past adverbs: its subject if that is a pronoun."""
    j = k - 1
    while j >= first and words[j] != "there" and (words[j] in ADVERB or words[j] in QUOTES or words[j].endswith("ly")):
        j -= 1
    return words[j] if j >= first else ""


def predicate_of(words: list[str], group: Group, stop: int) -> tuple[Predicate, int, bool] | None:
    """The predicate that the group makes, the token behind it, and whether it is a doubt that is denied ("no doubt").

    It is the group's verb, or the adjective or noun after be, have and the like.
    """
    lex = lexicon()
    k = group.end
    if group.verb not in ("be", "have", "remain", "become", "get", "make", "express") and not (group.verb in ("seem", "appear", "look", "sound") and _described(words, k, stop)):
        phrase = lex.phrases.get((words[group.head], words[k])) if k < stop else None
        if phrase is not None:
            return phrase, k + 1, False
        verb = lex.verbs.get(words[group.head])
        return (verb, k, False) if verb is not None else None
    j = k
    while j < min(stop, k + 4) and words[j] not in UNSETTLED and (is_adverb(words[j]) or words[j] in DETERMINER or words[j] in lex.heads or words[j] in MEASURE):
        if words[j] in lex.adjectives and j + 1 < stop and words[j + 1] in ("that", "to", "whether", "if"):
            break
        j += 1
    if j >= stop:
        return None
    found = lex.adjectives.get(words[j]) or lex.nouns.get(words[j])
    if found is not None and found.part == "noun" and found.name in ACTS and group.start and words[group.start - 1] == "there":
        return None  # "there were refusals to fight" says that they were
    if found is None and verb_form(words[j])[1] & PART:
        found = lex.verbs.get(words[j])
    return (found, j + 1, words[j - 1] in ("no", "little") and words[j] in lex.harmless) if found is not None else None


def _described(words: list[str], k: int, stop: int) -> bool:
    """Whether an adjective of certainty follows, perhaps behind an adverb: "seems extremely unlikely"."""
    while k < stop and is_adverb(words[k]) and words[k] not in lexicon().adjectives:
        k += 1
    return k < stop and words[k] in lexicon().adjectives


def object_infinitive(words: list[str], k: int, stop: int) -> Group | None:
    """The infinitive behind an object: "expect | the plant to reopen"."""
    for j in range(k, min(stop, k + 8)):
        if words[j] in LINKS:
            return None
        if words[j] == "to" and j > k:
            return infinitive_at(words, j, stop)
    return None


def starts_clause(words: list[str], k: int, stop: int) -> bool:
    """Whether a clause without "that" may begin here: a subject and a finite group follow before any comma."""
    if k >= stop or words[k] in PREPOSITION or words[k] in (",", "(", "and", "or", "but", "him", "them", "me", "us"):
        return False
    for j in range(k, min(stop, k + 14)):
        if words[j] == "," or (words[j] in ("and", "but") and words[j + 1 : j + 2] and words[j + 1] in PERSONAL):
            return False
        if j > k and group_at(words, j, stop) is not None:
            return True
    return False


def ordered(words: list[str], i: int, stop: int) -> int | None:
    """The verb of an order: a base form that begins the sentence and has no subject ("Stay in the cellar", "Don't wait", "Let's go")."""
    k = i
    while k < stop and (words[k] in ("please", "just", "always", "never") or words[k] in QUOTES):
        k += 1
    if k >= stop:
        return None
    word, after = words[k], words[k + 1] if k + 1 < stop else "."
    if word == "do" and after in ("n't", "not"):
        return min(k + 2, stop - 1)
    if word in ("let", "be"):
        return k
    kind = verb_form(word)[1]
    if not kind & BASE or (kind & PART and word not in ("come", "put", "run")):
        return None
    obvious = after in DETERMINER or after in OBJECT or after in PARTICLE
    if not obvious and (kind & NOUN or not (after in PREPOSITION or after in ("and", ",", ".") or is_adverb(after))):
        return None
    following = next_group(words, k + 1, min(stop, k + 5))
    return k if following is None or words[following.start - 1] in PRONOUN else None


def reduced(words: list[str], group: Group, stop: int) -> bool:
    """Whether a past form is a participle behind its noun ("a painting sold in May is a forgery").

    So it is if another finite group follows without a link, or if it stands in a pair of commas before one.
    """
    if group.end != group.start + 1 or not verb_form(words[group.head])[1] & PART or group.end >= stop:
        return False
    if words[group.start - 1] == ",":
        bound = past(words, group.end, stop, (",",))
        return bound > group.end + 1 and next_group(words, bound, min(stop, bound + 3)) is not None
    if words[group.end] not in PREPOSITION or words[group.start - 1] in PERSONAL:
        return False
    for j in range(group.end, stop):
        if words[j] in LINKS or words[j] in PERSONAL:
            return False
        if j > group.end and group_at(words, j, stop) is not None:
            return True
    return False


def past(words: list[str], k: int, stop: int, closing: tuple[str, ...]) -> int:
    """Behind the next of some signs after token `k`, or behind `k` if there is none."""
    return next((j + 1 for j in range(k + 1, stop) if words[j] in closing), k + 1)
