"""Sentences of a text, as spans. Quotations are found first: a quotation and its "said" stay one sentence.

A light splitter by rules: full stops of abbreviations and initials, and those inside a closed quotation, end nothing.
A paragraph ends every sentence.
"""

from __future__ import annotations

import bisect
import re
from functools import cache
from typing import TYPE_CHECKING

from reportedly.reader.quotes import find_quotations
from reportedly.reader.wordlists import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.quotes import Quotation

END = re.compile(r"(?:[.!?…‽]|。)+(?P<close>[\"”’'»)\]]*)(?=\s|$)")
PARAGRAPH = re.compile(r"[^\n]+")
TOKEN = re.compile(r"[\w.’'-]+$")
OPENS = re.compile(r"[\s\"“‘'«(\[•*–—-]*(?P<first>\S)")
# After "?" or "!" the cue can follow with its source in front ("“Why?” Mr Ode asked.")
CUE = re.compile(
    r"\s+(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|told|wrote|writes|added|shouted|cried|replied|exclaimed|wondered|tweeted|posted|demanded|called|yelled|recalled)\b"
)
INITIAL = re.compile(r"(?:^|[\s(\"“‘'])(?:[A-Z]\.)*[A-Z]$")
NUMBERED = re.compile(r"\s*[(]?\w{1,3}$")
# First words of sentences, behind an abbreviation that may end one
STARTERS = frozenset(
    ["the", "a", "an", "he", "she", "it", "they", "we", "i", "you", "this", "that", "these", "those", "in", "on", "at", "but", "and", "if", "when", "while", "after", "before", "his", "her", "its", "their", "there", "as", "for", "however", "no", "not", "some", "many", "most", "meanwhile", "although", "since", "during", "with", "by", "both", "one", "all", "what", "who", "so", "yet", "now"]
)


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {"title": set(), "other": set()}
    for line in lines("abbreviations.txt"):
        kind, *words = line.split()
        if kind in kinds:
            kinds[kind].update(words)
    return {kind: frozenset(words) for kind, words in kinds.items()}


def sentences(text: str, quotations: Sequence[Quotation] | None = None) -> list[tuple[int, int]]:
    """Start and end of every sentence, in order, without the white space between. Linear in the length of the text.

    `quotations` are those of the text, looked for when they are not given.
    """
    quotations = [q for q in (find_quotations(text) if quotations is None else quotations) if q.depth == 0 and q.closed]
    starts = [q.start for q in quotations]
    found: list[tuple[int, int]] = []
    for paragraph in PARAGRAPH.finditer(text):
        at = paragraph.start()
        for match in END.finditer(text, paragraph.start(), paragraph.end()):
            k = bisect.bisect_right(starts, match.start()) - 1
            inside = k >= 0 and match.start() < quotations[k].end
            if inside and match.end() < quotations[k].end:
                continue
            if _ends(text, at, match, paragraph.end(), quoted=inside):
                _add(found, text, at, match.end())
                at = match.end()
        _add(found, text, at, paragraph.end())
    return found


def _ends(text: str, start: int, match: re.Match[str], limit: int, *, quoted: bool) -> bool:
    after = OPENS.match(text, match.end(), limit)
    if after is None:
        return True
    if after["first"].islower():
        return False
    sign = match.group().rstrip("\"”’'»)]")
    if quoted and match["close"] and sign[-1] in "!?…" and CUE.match(text, match.end(), limit):
        return False
    if sign != "." or match["close"]:
        return True
    token = TOKEN.search(text, max(start, match.start() - 24), match.start())
    if token is None:
        return True
    word = token.group()
    if NUMBERED.fullmatch(text, start, match.start()) and (word.isdigit() or len(word) == 1):
        return False  # "1. Wash your hands."
    known = _abbreviations()
    if word in known["title"]:
        # "No." and "Mar." are also words, but then no name and no number follows
        return word in ("No", "no") and not after["first"].isdigit()
    if word in known["other"] or INITIAL.search(text, max(start, match.start() - 8), match.start()):
        following = re.compile(r"\W*(\w+)").match(text, match.end(), limit)
        return following is not None and following[1].lower() in STARTERS and following[1] != "I" and len(word) > 1
    return True


def _add(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append((start, end))
