"""Who is that? So far only what the words themselves say: the same name is the same source.

A wrong merge is worse than a missed one. Mentions are one source when they are the same proper name or the
same definite description ("the officer"). Pronouns and indefinite descriptions ("a source", "officials")
stay apart, since the next one may be somebody else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.values import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

PRONOUNS = frozenset(
    ["i", "we", "you", "he", "she", "it", "they", "who", "one", "some", "many", "others", "most", "several", "few", "all", "none", "both", "neither", "each", "this", "that", "these", "those", "him", "her", "them", "us", "me", "which", "whom", "whose", "whoever", "himself", "herself", "itself", "themselves", "nobody", "everybody", "everyone", "someone", "anyone", "somebody", "anybody", "another"]
)
# "the officer" is one officer in one article, but each side has its spokesman and each man his lawyer
DEFINITE = re.compile(r"(?:the|this|that|these|those) (?!(?:[\w-]+ )*(?:spokes\w+|lawyers?|attorneys?|officials?|sources?|aides?|experts?|critics|others?|latter|former)\b)", re.IGNORECASE)
INDEFINITE = re.compile(r"(?:an?|one|another|some|many|most|several|few|all|both|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands) ", re.IGNORECASE)
TITLE_CASE = re.compile(r"[^\W\d_]*[^\W\d_a-zà-ÿ][^\W_]*")
NOT_NAMES = frozenset(["a", "an", "the", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "in", "on", "at", "as", "for", "of", "and", "but", "or", "if", "no"])


def same_words(text: str, mentions: Sequence[tuple[Span, ...]]) -> tuple[list[Source], list[str | None]]:
    """Sources of a text and, for each of the mentions given (empty: none), the id of its source."""
    order: dict[object, list[tuple[Span, ...]]] = {}
    keys: list[object] = []
    for spans in mentions:
        key = _key(text, spans) if spans else None
        keys.append(key)
        if key is not None:
            order.setdefault(key, []).append(spans)
    ids = {key: f"s{n}" for n, key in enumerate(order, 1)}
    sources = []
    for key, group in order.items():
        words = max((_words(text, spans) for spans in group), key=len)
        named = _has_name(words, text)
        sources.append(
            Source(
                id=ids[key],
                mentions=tuple(sorted({s for spans in group for s in spans})),
                name=words if named else None,
                description=None if named or is_pronoun(words) else words,
            )
        )
    return sources, [None if key is None else ids[key] for key in keys]


def is_pronoun(words: str) -> bool:
    """Whether a mention is a pronoun, which alone says nothing about who it is."""
    return words.strip().lower() in PRONOUNS


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(text[s.start : s.end] for s in spans).strip(" ,;:–—-")


def _key(text: str, spans: tuple[Span, ...]) -> object:
    words = re.sub(r"\s+", " ", _words(text, spans)).replace("’", "'")
    plain = re.sub(r"'s?$", "", words)
    if _has_name(plain, text):  # case tells The Guardian from the guardian
        return re.sub(r"^[Tt]he ", "", plain)
    if not is_pronoun(plain) and DEFINITE.match(plain):
        return plain.casefold()
    return spans  # stands for itself: one span is one source, whatever it says elsewhere


def _has_name(words: str, text: str) -> bool:
    tokens = re.findall(r"\w[\w'’.-]*", words)
    if INDEFINITE.match(words):  # "a reporter in Washington" has a capital and no name
        return False
    if len(tokens) > 1:
        return any(TITLE_CASE.match(t) and t != "I" for t in tokens[1:])
    if not tokens or not TITLE_CASE.match(tokens[0]) or tokens[0].lower() in PRONOUNS | NOT_NAMES:
        return False
    # The first word of a sentence is capital whatever it is: a plural is a name (Sanders, not Officials) if it is
    # capital within a sentence too.
    return not tokens[0].endswith("s") or re.search(rf"[a-z,;] {re.escape(tokens[0])}\b", text) is not None
