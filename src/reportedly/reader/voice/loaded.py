"""Which words of the writer carry a judgement? Words and idioms of a lexicon, and the neighbours that make them ordinary.

A strong word counts by itself. A weak one ("bold", "slammed", "hero") is often plain, so it counts only beside another loaded
word or behind an intensifier. The span is the words that judge, not what they judge.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple

from reportedly.reader.figures.counted import STOP
from reportedly.reader.figures.numerals import opens
from reportedly.reader.voice.lexicon import GAP, POSSESSIVE, POSSESSIVES, REFLEXIVE, REFLEXIVES, lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.reader.cover import Cover
    from reportedly.reader.voice.lexicon import End, Lexicon, Node, Phrases

WORD = re.compile(r"[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*")
JOINS = frozenset([" ", "\n", "\u00a0", ", ", "  "])
NUMBER = re.compile(r"\s[£$€]?\d")
STOPS = re.compile(r"[.,;:!?\n]|$")
BREAK = re.compile(r",|\)|\s?[–—]|\s-\s")
CAPITAL = re.compile(r"\s[A-Z]")
DETERMINER = frozenset(["a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "your", "my", "another", "such", "any", "every", "some", "no"])
ADJECTIVE_END = ("ous", "al", "ic", "ive", "ful", "less", "ary", "able", "ible", "ish", "an", "ese", "ed")
OWN = frozenset(["his", "her", "its", "their", "same", "usual", "familiar", "old"])
LONGEST_GAP = 3  # words of what a phrase is said of: "drove [the old firm] into the ditch"
LONGEST_CHAIN = 6


class _Words(NamedTuple):
    """The words of a text with the lexicon they are looked up in."""

    text: str
    spans: list[tuple[int, int]]
    plain: list[str]
    lexicon: Lexicon

    def joined(self, at: int) -> bool:
        """Whether a word and the one before it stand in one clause, with no more than a comma between them."""
        return 0 < at < len(self.spans) and self.text[self.spans[at - 1][1] : self.spans[at][0]] in JOINS

    def near(self, at: int) -> bool:
        """The same, without a comma."""
        return self.joined(at) and self.spans[at][0] - self.spans[at - 1][1] == 1


def loaded(text: str, contents: Cover, quoted: Cover) -> Iterator[tuple[int, int]]:
    """Loaded wording of the writer's in order, none overlapping another.

    Nothing within a quotation is the writer's, and nothing within a content but what calls the statement itself something.
    """
    words = _read(text)
    plain, spans, kinds, phrases = words.plain, words.spans, words.lexicon.kinds, words.lexicon.phrases
    heads, node_of = phrases.heads, phrases.after
    done = 0
    for at, word in enumerate(plain):
        node = node_of(word) if word in heads else None
        begins = node is not None and (node.open or (at + 1 < len(plain) and plain[at + 1] in node.next))
        known = word in kinds or "-" in word
        manner = word.endswith("ly")
        if at < done or not (known or manner or begins):
            continue
        found = (begins and _phrase(words, at)) or (known and _chain(words, at)) or (manner and _manner(words, at))
        if not found:
            continue
        first, last = found
        start, end = spans[first][0], spans[last - 1][1]
        if not quoted.touches(start, end) and (not contents.touches(start, end) or _calls(words, first, last)):
            yield start, end
            done = last


def _read(text: str) -> _Words:
    spans = [m.span() for m in WORD.finditer(text)]
    lower = text.lower().replace("’", "'").replace("‐", "-").replace("‑", "-")
    plain = WORD.findall(lower)
    if len(lower) != len(text):  # some letters are two when small
        plain = [text[a:b].lower().replace("’", "'").replace("‐", "-").replace("‑", "-") for a, b in spans]
    return _Words(text, spans, plain, lexicon())


def _phrase(words: _Words, at: int) -> tuple[int, int] | None:
    """The longest strong phrase that begins with a word, and the judging words in front of it."""
    found = _longest(words, at, words.lexicon.phrases)
    if found is None:
        return None
    last, end = found
    if end.grade == "asides" and not _set_off(words, at, last):
        return None
    if any(words.text[a].isupper() for a, _ in words.spans[at + 1 : last]) or not _lower(words, at):
        return None
    if end.extended:
        behind = _noun_end(words, last)
        if behind == last:
            return None
        last = behind
    return at, last


def _longest(words: _Words, at: int, phrases: Phrases) -> tuple[int, End] | None:
    """Where the longest of some phrases ends that begins with a word."""
    node = phrases.after(words.plain[at])
    return None if node is None else _follow(words, at + 1, node)


def _follow(words: _Words, at: int, node: Node) -> tuple[int, End] | None:
    best = (at, node.end) if node.end else None
    if not node.next or not words.joined(at):
        return best
    word = words.plain[at]
    ways = [node.next.get(word)]
    if POSSESSIVE in node.next and (word in POSSESSIVES or word.endswith(("'s", "s'"))):
        ways.append(node.next[POSSESSIVE])
    if REFLEXIVE in node.next and word in REFLEXIVES:
        ways.append(node.next[REFLEXIVE])
    found = [f for way in ways if way is not None and (f := _follow(words, at + 1, way))]
    if GAP in node.next:
        behind = node.next[GAP]
        for end in range(at + 1, min(at + 1 + LONGEST_GAP, len(words.plain))):
            if not words.near(end):
                break
            way = behind.next.get(words.plain[end])
            if way is not None and (f := _follow(words, end + 1, way)):
                found.append(f)
    return max([*found, *([best] if best else [])], key=lambda f: f[0], default=None)


def _chain(words: _Words, at: int) -> tuple[int, int] | None:
    """The run of loaded words that begins with a word, if it is loaded at all."""
    chain: list[tuple[str, bool]] = []
    last = at
    while last < min(len(words.plain), at + LONGEST_CHAIN) and (last == at or words.joined(last)):
        if last > at and chain[-1][0] in ("adjectives", "intensifiers") and (phrase := _phrase(words, last)):
            chain.append(("phrases", False))
            last = phrase[1]
            break
        kind, weak = _kind(words, last)
        if not kind and not (words.plain[last] == "and" and chain and chain[-1][0] == "adjectives"):
            break
        chain.append((kind or "and", weak))
        last += 1
    while chain and chain[-1][0] in ("and", "intensifiers"):
        chain.pop()
        last -= 1
    judging = [weak for kind, weak in chain if kind not in ("and", "intensifiers")]
    intensified = any(a == "intensifiers" and b in ("adjectives", "adverbs", "nouns") for (a, _), (b, _) in itertools.pairwise(chain))
    if not judging or (all(judging) and len(judging) == 1 and not intensified):
        return None
    if last < len(words.plain) and chain[-1][0] == "adjectives" and words.joined(last) and (tail := _longest(words, last, words.lexicon.tails)):
        last = tail[0]
    return at, last


def _kind(words: _Words, at: int) -> tuple[str, bool]:
    """The kind of a loaded word, empty for a plain one, and whether it is weak."""
    lexicon, word = words.lexicon, words.plain[at]
    kind = lexicon.kinds.get(word, "")
    if not kind and "-" in word and (lexicon.compounds.fullmatch(word) or lexicon.phrases.hyphened(word)):
        kind = "adjectives"
    if not kind or not _lower(words, at):
        return "", False
    start, end = words.spans[at]
    after, before = lexicon.ordinary_after.get(word), lexicon.ordinary_before.get(word)
    if (after and after.search(words.text, max(0, start - 20), start)) or (before and before.match(words.text, end)):
        return "", False
    return kind, word in lexicon.weak and not (word in lexicon.before_numbers and NUMBER.match(words.text, end))


def _lower(words: _Words, at: int) -> bool:
    """Whether a word is no name: small, or first in its sentence with no name behind it."""
    start, end = words.spans[at]
    return not words.text[start].isupper() or (opens(words.text, start) and not CAPITAL.match(words.text, end))


def _set_off(words: _Words, first: int, last: int) -> bool:
    """Whether commas or dashes stand on both sides, or a sentence begins with the words: "State cafeterias are, naturally, exempt"."""
    start, end = words.spans[first][0], words.spans[last - 1][1]
    if not BREAK.match(words.text, end):
        return False
    return opens(words.text, start) or words.text[max(0, start - 2) : start].rstrip().endswith((",", "–", "—", "-", "("))


def _manner(words: _Words, at: int) -> tuple[int, int] | None:
    """An adverb that tells how something was said: "he said, gamely"."""
    text, (start, end), word, lexicon = words.text, words.spans[at], words.plain[at], words.lexicon
    if not word.endswith("ly") or word in lexicon.plain_adverbs or text[start].isupper():
        return None
    return (at, at + 1) if lexicon.manner_before.search(text, max(0, start - 60), start) or lexicon.manner_after.match(text, end) else None


def _calls(words: _Words, first: int, last: int) -> bool:
    """Whether loaded words inside a content are the writer's: they name the statement ("his sob story"), or tell how it was made ("in a syrupy video")."""
    before = words.plain[max(0, first - 2) : first]
    behind = words.plain[last : last + 3]
    if any(word in words.lexicon.accounts for word in words.plain[max(first, last - 1) : last + 1]) and not OWN.isdisjoint(before[-1:] + before[:1]):
        return True
    return len(before) == 2 and before[0] in ("in", "with") and before[1] in ("a", "an") and not words.lexicon.vehicles.isdisjoint(behind)


def _noun_end(words: _Words, at: int) -> int:
    """Behind which word a noun phrase ends that begins with a word; that word itself when none does."""
    end = at + 1 if at < len(words.plain) and words.plain[at] in DETERMINER and words.near(at) else at
    first = end
    while end < min(len(words.plain), first + 3) and words.near(end):
        word = words.plain[end]
        if word in STOP or word in DETERMINER or (end > first and word.endswith("ly")):
            break
        end += 1
        if not (_goes_on(words, end - 1) or (words.near(end) and words.plain[end] not in STOP and STOPS.match(words.text, words.spans[end][1]))):
            break
    return end if end > first else at


def _goes_on(words: _Words, at: int) -> bool:
    """Whether a word of a noun phrase is not yet its noun: a name that goes on, an adjective."""
    (start, end), word = words.spans[at], words.plain[at]
    return bool(words.text[start].isupper() and CAPITAL.match(words.text, end)) or word.endswith(ADJECTIVE_END) or word in words.lexicon.kinds
