"""What describes somebody? Noun phrases that a determiner or a possessor begins, and bare plurals, up to a noun of reader/data/nouns.txt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.reader.certainty.words import PAST, S, verb_form
from reportedly.reader.sources.mention import Mention
from reportedly.reader.sources.nouns import gender_of, kind_of, noun_kinds, office, singular
from reportedly.reader.wordlists import sections

if TYPE_CHECKING:
    from reportedly.reader.sources.mention import Place
    from reportedly.reader.sources.tokens import Words

_WORDS = sections("words.txt")
STOP, DETERMINERS, DEFINITE, NUMERALS = _WORDS["stop"], _WORDS["determiners"], _WORDS["definite"], _WORDS["numerals"]
ARTICLE = re.compile(r"\b(?:an?|the) $", re.IGNORECASE)
BEHIND = re.compile(r"[ -]([a-z][\w’'-]*)")
CLAUSE = frozenset(("that", "to", "how", "why", "what", "whether", "the", "a", "an", "it", "he", "she", "they", "his", "her", "its", "their", "no"))  # what follows a verb, and seldom a noun
LONGEST = 9  # words of a description
# Bare plurals that name somebody else each time: "officials said" twice is two lots of officials.
MANY_SUCH = frozenset(["official", "source", "critic", "expert", "analyst", "person", "other", "observer", "aide", "insider", "adviser", "advisor", "member", "supporter", "opponent", "friend", "man", "woman", "report", "document", "record"])
COLLECTIVE = frozenset(["police", "staff", "management", "officials"])


def descriptions(words: Words, k: int, place: Place) -> list[Mention]:
    """Descriptions that begin with the determiner or possessive at k: up to the last noun of the list, and up to each possessor before it."""
    known = noun_kinds()
    ends: list[tuple[int, str, bool]] = []
    best = None
    for j in range(k + 1, min(k + LONGEST, len(words))):
        low = words.lower[j]
        if not words.beside(j - 1) or low in STOP or (low in DETERMINERS and low not in NUMERALS):
            break
        base, many = singular(low)
        if best is not None and many and j + 1 < len(words) and words.beside(j) and words.lower[j + 1] in CLAUSE and verb_form(low)[1] & S:
            break  # "the report states that", "the company plans to"
        if (base in known and words.words[j].islower()) or (low.endswith("-year-old") and all(word.islower() for word in words.words[k + 1 : j])):  # a capital noun belongs to a name
            best = (j, base if base in known else "person", many)
        elif best is not None and (words.words[j][:1].isupper() or not words.cut[best[0]]) and low.endswith(("ed", "ing", "s")):
            break
        if best is not None and best[0] == j and words.cut[j]:
            ends.append(best)
            best = None
    ends += [best] if best is not None else []
    if not ends:
        return []
    low = words.lower[k]
    where = place(words.starts[k])
    out = []
    for j, head, plural_ in ends:
        kinds = known.get(head, frozenset(["person"]))
        many = plural_ or (low in NUMERALS and low not in ("these", "those", "some", "all") and kind_of(kinds, many=False) == "person")
        if many and low == "that":
            continue  # "said that businesses": a conjunction
        modifiers = tuple(w for w in words.lower[k + 1 : j] if w not in DETERMINERS)
        out.append(Mention(words.starts[k], words.end(j), "description", office(head, words.lower[j - 1]), gender=gender_of(head), many=many, definite=low in DEFINITE or words.cut[k], kind=kind_of(kinds, many=many), modifiers=modifiers, **where))
    return out


def plural(words: Words, k: int, place: Place) -> list[Mention]:
    """The bare plural at k, where no other word of its phrase stands before it: "officials said"."""
    low = words.lower[k]
    noun, many = singular(low)
    if not (many or low in COLLECTIVE) or (k and words.beside(k - 1) and words.lower[k - 1] not in STOP):
        return []
    if words.beside(k) and words.lower[k + 1] in ("a", "an", "the") and verb_form(low)[1] & S:
        return []  # "the diary, released today, records a meeting"
    at = words.starts[k]
    definite = low in ("police", "management") or (many and noun not in MANY_SUCH)
    return [Mention(at, words.end(k), "description", noun, many=True, kind=kind_of(noun_kinds()[noun], many=many), definite=definite, **place(at))]


def ends_phrase(text: str, mention: Mention) -> bool:
    """Whether a mention ends its noun phrase: not "the star power", "the conservative wave"."""
    behind = BEHIND.match(text, mention.end)
    return behind is None or behind.group(1) in STOP or bool(verb_form(behind.group(1))[1] & (PAST | S))


def attributive(text: str, mention: Mention) -> bool:
    """Whether a name only tells which: "the Karsk mine", "a Greer aide"."""
    return mention.form == "name" and not ends_phrase(text, mention) and ARTICLE.search(text, max(0, mention.start - 4), mention.start) is not None
