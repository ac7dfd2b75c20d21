"""Words and phrases that carry a judgement: data/loaded/, laid out for looking up.

A phrase is looked for only where its first word stands; its pattern is made when that word is first met.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reportedly.reader.figures.numerals import opens
from reportedly.reader.wordlists import lines, sections

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
CAPITAL = re.compile(r"\s[A-Z]")
SLOTS = {
    "one's": r"(?:his|her|its|their|our|my|your|[\w'-]{1,20}'s?)",
    "oneself": r"(?:himself|herself|itself|themselves|ourselves|myself|yourself)",
    "…": r"[\w'-]{1,20}(?:\s[\w'-]{1,20}){0,2}?",
    "+": r"(?:(?:an?|the|his|her|its|their|this|that)\s)?[\w'-]+",
}
SIGNS = str.maketrans("’‐‑", "'--")


def plain(text: str) -> str:
    """The text in lower case, sign for sign, with one kind of apostrophe and hyphen."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)).translate(SIGNS)


def listed(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, strong) of every word and phrase of the lists in a text, in order and none inside another; names are none."""
    lower, words, heads = plain(text), sections("loaded/words.txt"), _heads()
    strong, weak = words["strong"], words["weak"]
    done = 0
    for m in WORD.finditer(lower):
        word, start, end = m.group(), m.start(), m.end()
        if start < done or not (word in heads or word in strong or word in weak) or not _small(text, start, end):
            continue
        phrase = word in heads and _phrases(word).match(lower, start)
        if phrase and text[start + 1 : phrase.end()].islower():
            done = phrase.end()
            yield start, done, True
        elif word in strong or word in weak:
            done = end
            yield start, end, word in strong


def _small(text: str, start: int, end: int) -> bool:
    """Whether a word is no name: small, or first in its sentence with no name behind it."""
    return not text[start].isupper() or (opens(text, start) and not CAPITAL.match(text, end))


@cache
def _heads() -> dict[str, list[str]]:
    """The phrases by each of their first words."""
    out: dict[str, list[str]] = {}
    for line in lines("loaded/phrases.txt"):
        first, _, rest = line.partition(" ")
        for way in first.split("|"):
            head = way.partition("-")[0]
            out.setdefault(head, []).append(f"{way} {rest}".rstrip())
            if head != way:
                out.setdefault(way, []).append(f"{way} {rest}".rstrip())
    return out


@lru_cache(4096)
def _phrases(head: str) -> re.Pattern[str]:
    """Any phrase that begins with a word; of several that do, the longest row first."""
    rows = sorted(_heads()[head], key=lambda row: (-len(row.split()), row))
    return re.compile("|".join(r",?\s{1,2}".join(SLOTS.get(slot) or _ways(slot) for slot in row.split()) + r"(?![\w'-])" for row in rows))


def _ways(slot: str) -> str:
    return "(?:" + "|".join(re.escape(way).replace(r"\-", r"[\s-]") for way in slot.split("|")) + ")"
