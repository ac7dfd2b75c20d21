"""Which words of the writer carry a judgement? A lexicon, and the neighbours that make a word ordinary.

A strong word counts by itself. A weak one ("bold", "slammed", "hero") is often plain, so it counts only beside another loaded
word or behind an intensifier. The span is the phrase: intensifier, adjectives and the noun that they judge.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reportedly.reader.figures.counted import STOP
from reportedly.reader.figures.numerals import opens
from reportedly.reader.wordlists import alternation, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.reader.cover import Cover

WORD = re.compile(r"[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*")
COPULA = re.compile(r"\b(?P<verb>(?:is|was|are|were|be|been|seems?|seemed|looks?|looked|sounds?|sounded|became|becomes))\s$", re.IGNORECASE)
CAPITAL = re.compile(r"\s[A-Z]")
DETERMINER = frozenset(["a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "your", "my", "another", "such", "any", "every", "some", "no"])
ADJECTIVE_END = ("ous", "al", "ic", "ive", "ful", "less", "ary", "able", "ible", "ish", "an", "ese", "ed")


class _Lexicon(NamedTuple):
    kinds: dict[str, str]
    weak: frozenset[str]
    phrases: dict[str, list[str]]  # by their first word
    weak_phrases: frozenset[str]
    intensifiers: frozenset[str]
    ordinary_after: dict[str, re.Pattern[str]]
    ordinary_before: dict[str, re.Pattern[str]]
    manner_before: re.Pattern[str]
    manner_after: re.Pattern[str]


class _Word(NamedTuple):
    start: int
    end: int
    plain: str
    kind: str  # adjective, noun, adverb, verb, intensifier or empty
    weak: bool


@cache
def _lexicon() -> _Lexicon:
    data = table("loaded")
    kinds = {word: kind for kind in ("intensifiers", "verbs", "adverbs", "nouns", "adjectives") for word in data[kind]}
    phrases = [*data["phrases"], *(f"{noun} of {article}" for noun in data["of_a"] for article in ("a", "an")), *(f"{noun} of" for noun in data["of_what"])]
    by_head: dict[str, list[str]] = {}
    for phrase in phrases:
        by_head.setdefault(re.split(r"[^\w'-]", phrase)[0], []).append(phrase)
    kinds |= {word: "plain" for word in data["plain_adverbs"] if word not in kinds}
    said = alternation(data["said"])
    return _Lexicon(
        kinds=kinds,
        weak=frozenset(data["weak"] + data["weak_nouns"] + data["weak_adverbs"] + data["weak_verbs"]),
        phrases=by_head,
        weak_phrases=frozenset(data["weak_phrases"]),
        intensifiers=frozenset(data["intensifiers"]),
        ordinary_after={word: re.compile(rf"\b(?:{p})[\s-]$", re.IGNORECASE) for word, p in data["ordinary"]["after"].items()},
        ordinary_before={word: re.compile(rf"[\s-](?:{p})\b", re.IGNORECASE) for word, p in data["ordinary"]["before"].items()},
        manner_before=re.compile(rf"\b{said},?(?:\s[A-Z][\w.’'-]*){{0,2}},?\s(?:\w+\sand\s|rather\s|a\slittle\s)?$"),
        manner_after=re.compile(rf"\s{said}\b"),
    )


@cache
def _phrases(head: str) -> re.Pattern[str]:
    """The phrases that begin with a word; a text has few of these words, so that few patterns are ever made."""
    return re.compile(rf"{alternation(_lexicon().phrases[head])}(?!\w)", re.IGNORECASE)


def loaded(text: str, others: Cover) -> Iterator[tuple[int, int]]:
    """Loaded phrases outside `others` (contents of attributions and quotations), in order, none overlapping another."""
    lexicon = _lexicon()
    kinds, heads = lexicon.kinds, lexicon.phrases
    end = 0
    for match in WORD.finditer(text):
        if match.start() < end:
            continue
        plain = match.group().lower()
        if plain not in kinds and plain not in heads and not (plain.endswith("ly") and _is_manner(text, match, lexicon)):
            continue
        if others.at(match.start()):
            continue
        found = _phrase(text, match, lexicon) or (match.span() if plain not in kinds and plain not in heads else _judged(text, match, lexicon))
        if found and not others.touches(*found):
            yield found
            end = found[1]


def _phrase(text: str, match: re.Match[str], lexicon: _Lexicon) -> tuple[int, int] | None:
    head = match.group().lower()
    phrase = _phrases(head).match(text, match.start()) if head in lexicon.phrases else None
    if phrase is None or re.sub(r"\s+", " ", phrase.group()).lower() in lexicon.weak_phrases:
        return None
    if re.search(r"\sof(?:\san?)?$", phrase.group()):
        noun = _noun_end(text, phrase.end(), lexicon)
        return (match.start(), noun) if noun > phrase.end() else None
    return phrase.span()


def _judged(text: str, match: re.Match[str], lexicon: _Lexicon) -> tuple[int, int] | None:
    """The phrase of loaded words that begins with a word, if it is loaded at all."""
    words: list[_Word] = []
    place: re.Match[str] | None = match
    while place and len(words) < 6:
        word = _word(text, place, lexicon)
        if word.kind in ("", "plain") and not (word.plain == "and" and words and words[-1].kind == "adjectives"):
            break
        words.append(word)
        place = _next(text, word.end)
    while words and words[-1].plain == "and":
        words.pop()
    strength = sum(w.kind != "intensifiers" and not w.weak for w in words)
    weak = [w for w in words if w.kind != "intensifiers" and w.weak]
    intensified = any(a.kind == "intensifiers" and b.kind == "adjectives" for a, b in itertools.pairwise(words))
    if not strength and not (len(weak) > 1 or (weak and intensified)):
        return None
    last = words[-1]
    if last.kind == "intensifiers":
        words = words[: max(k for k, w in enumerate(words) if w.kind != "intensifiers") + 1]
        last = words[-1]
    if last.kind != "adjectives":
        return words[0].start, last.end
    end = _noun_end(text, last.end, lexicon)
    copula = COPULA.search(text, max(0, words[0].start - 10), words[0].start) if end == last.end else None
    return (copula.start("verb") if copula else words[0].start), end


def _word(text: str, match: re.Match[str], lexicon: _Lexicon) -> _Word:
    plain = match.group().lower().replace("’", "'")
    kind = lexicon.kinds.get(plain, "")
    if kind:
        start, end = match.span()
        after, before = lexicon.ordinary_after.get(plain), lexicon.ordinary_before.get(plain)
        name = match.group()[0].isupper() and not opens(text, start)
        if name or (after and after.search(text, max(0, start - 20), start)) or (before and before.match(text, end)):
            kind = ""
    return _Word(match.start(), match.end(), plain, kind, plain in lexicon.weak)


def _is_manner(text: str, match: re.Match[str], lexicon: _Lexicon) -> bool:
    """Whether an adverb tells how something was said: "he said, gamely"."""
    start, end = match.span()
    return match.group()[0].islower() and bool(lexicon.manner_before.search(text, max(0, start - 60), start) or lexicon.manner_after.match(text, end))


def _noun_end(text: str, at: int, lexicon: _Lexicon) -> int:
    """Where the noun ends that adjectives before an offset judge; the offset itself when none follows."""
    end = at
    for _ in range(3):
        match = _next(text, end, comma=False)
        if match is None:
            break
        plain = match.group().lower()
        if plain in STOP or plain in DETERMINER or (end > at and plain.endswith("ly")):
            break
        end = match.end()
        if match.group()[0].isupper() and CAPITAL.match(text, end):
            continue
        if not plain.endswith(ADJECTIVE_END) and plain not in lexicon.kinds:
            break
    return end


def _next(text: str, at: int, *, comma: bool = True) -> re.Match[str] | None:
    gap = 1 if text[at : at + 1] in (" ", "\n", "\u00a0") else 2 if comma and text[at : at + 2] == ", " else 0
    return WORD.match(text, at + gap) if gap else None

