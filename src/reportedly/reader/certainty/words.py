"""Words and their forms: a tokenizer and a dictionary of verb forms, enough to find verbs without a tagger."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from reportedly.reader.certainty.closed import NO_ING

# A contraction is cut as treebanks cut it: "did|n't", "he|'s". Words of corpora that are cut already stay so.
TOKEN = re.compile(
    r"[a-z]+(?=[\s,;:!?)])|(?:[a-z]\.){2,}|(?:mrs?|ms|dr|sen|gov|rep|gen|col|lt|sgt|prof|rev|jr|sr|inc|corp|vs)\.|\d+(?:[.,]\d+)*[\w-]*|\w+?(?=n't\b)|n't\b|'(?:s|re|ve|ll|d|m)\b|\w+(?:[-.&]\w+)*|[^\w\s]"
)

BASE, S, PAST, PART, ING, NOUN = 1, 2, 4, 8, 16, 32  # NOUN: the base and the s-form are nouns as often as verbs
VOWELS = frozenset("aeiou")


def fold(text: str) -> str:
    """Lower case with straight apostrophes, as long as the text."""
    folded = text.lower().replace("’", "'")
    if len(folded) != len(text):  # "İ" is two characters in lower case
        folded = "".join(low if len(low := c.lower()) == 1 else c for c in text).replace("’", "'")
    return folded


def tokens(text: str) -> list[str]:
    """Words and signs of a text, folded."""
    return TOKEN.findall(fold(text))


def offset(text: str, k: int) -> int:
    """Where the `k`-th of a text's tokens begins."""
    return next(match.start() for n, match in enumerate(TOKEN.finditer(fold(text))) if n == k)


@cache
def forms() -> dict[str, tuple[str, int]]:
    """Verb forms to their verb and what they can be: a sum of BASE, S, PAST, PART, ING, NOUN."""
    found: dict[str, tuple[str, int]] = {}

    def put(form: str, verb: str, kind: int) -> None:
        known = found.get(form)
        if known is None or known[0] == verb:
            found[form] = (verb, kind | (known[1] if known else 0))

    for base, past, participle in _verbs():
        verb = base.rstrip("*")
        noun = NOUN if base.endswith("*") else 0
        put(verb, verb, BASE | noun)
        put(with_s(verb), verb, S | noun)
        for form in with_ing(verb):
            put(form, verb, ING)
        for form in past or with_ed(verb):
            put(form, verb, PAST)
        for form in participle or with_ed(verb):
            put(form, verb, PART)
    return found


@cache
def _verbs() -> list[tuple[str, list[str], list[str]]]:
    lines = [line for line in (files("reportedly.reader") / "data" / "verbs.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")]
    middle = lines.index("[regular]")
    irregular = [line.split() for line in lines[1:middle]]
    out = [(base, past.split("/"), participle.split("/")) for base, past, participle in irregular]
    return out + [(base, [], []) for line in lines[middle + 1 :] for base in line.split()]


def inflections(verb: str) -> list[str]:
    """All forms of a verb, irregular ones as the list of verbs has them."""
    past, participle = _irregular().get(verb) or (with_ed(verb), [])
    return [verb, with_s(verb), *with_ing(verb), *past, *participle]


@cache
def _irregular() -> dict[str, tuple[list[str], list[str]]]:
    return {base.rstrip("*"): (past, participle) for base, past, participle in _verbs() if past}


def verb_form(word: str) -> tuple[str, int]:
    """The verb and the kind of form that a word can be; by its ending if it is not in the list, kind 0 if it looks like no verb."""
    known = forms().get(word)
    if known is not None:
        return known
    if len(word) > 4 and word.endswith("ed") and not word.endswith("eed") and word[:-2].replace("-", "").isalpha():
        return word[:-2], PAST | PART
    if len(word) > 5 and word.endswith("ing") and word not in NO_ING and not VOWELS.isdisjoint(word[:-3]):
        return word[:-3], ING
    return word, 0


def _doubled(verb: str) -> str | None:
    """The verb with its last letter doubled, where an ending may double it: stop, refer, travel; panic takes a k."""
    if verb.endswith("c"):
        return verb + "k"
    if len(verb) < 3 or verb[-1] in "aeiouwxyh" or verb[-2] not in VOWELS or verb[-3] in VOWELS:
        return None
    return verb + verb[-1]


def with_s(verb: str) -> str:
    """Third person: goes, tries, watches, says."""
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2:-1] not in VOWELS else verb + "s"


def with_ing(verb: str) -> list[str]:
    """Taking, lying, stopping, saying; both spellings where a letter may double."""
    if verb.endswith("ie"):
        return [verb[:-2] + "ying"]
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return [verb[:-1] + "ing"]
    return [stem + "ing" for stem in (verb, _doubled(verb)) if stem]


def with_ed(verb: str) -> list[str]:
    """Past of a regular verb: named, tried, stopped, played; both spellings where a letter may double."""
    if verb.endswith("e"):
        return [verb + "d"]
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return [verb[:-1] + "ied"]
    return [stem + "ed" for stem in (verb, _doubled(verb)) if stem]
