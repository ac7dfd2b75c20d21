"""What does the page itself say is not known? Sentences on what is not clear, not verified, declined or unanswered."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reportedly.reader.wordlists import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportedly.reader.cover import Cover

WORD = re.compile(r"[A-Za-z]+")
# Where another clause goes on that has its own subject, before or behind
CLAUSE = re.compile(
    r"(?:;\s?|,? (?:—|–|--) ?|, (?:but|and|although|though|while|whereas|yet|so|nor) )(?=[\"“‘']?(?:(?:the|a|an|he|she|it|they|we|his|her|its|their|this|that|these|those|some|many|most|no|neither|nobody|officials|police|both|whether|there|what|who|why|how|when|where|one|other|others|local|several|two|three|mr|mrs|ms|dr) |[A-Z]))",
    re.IGNORECASE,
)
RELATIVE = re.compile(r",\s(?P<first>(?:who|which|whose)\b)")


@cache
def _patterns() -> tuple[frozenset[str], frozenset[str], tuple[re.Pattern[str], ...]]:
    data = table("unsettled")
    patterns = tuple(_pattern(words) for words in data["patterns"])
    return frozenset(data["lacking"]), frozenset(data["topics"]), patterns


def _pattern(words: str) -> re.Pattern[str]:
    start = "" if words.startswith("^") else r"(?<!\w)"
    spaced = words.replace("'", "['’]").replace(" ", r"\s{1,2}").replace("…", r"[\w'’ ,.-]{0,80}")
    return re.compile(start + (f"(?:{spaced})" if start else spaced), re.IGNORECASE)


def unsettled(text: str, sentences: Sequence[tuple[int, int]], others: Cover) -> Iterator[tuple[int, int]]:
    """Clauses that say so, where their key words do not stand wholly inside `others`: contents of attributions and quotations."""
    lacking, topics, patterns = _patterns()
    for start, end in sentences:
        if others.holds(start, end):
            continue
        sentence = text[start:end]
        words = set(map(str.lower, WORD.findall(sentence)))
        if lacking.isdisjoint(words) or topics.isdisjoint(words) or sentence.endswith("?"):
            continue
        keys = [m.span() for p in patterns for m in p.finditer(sentence) if not others.holds(start + m.start(), start + m.end())]
        if keys:
            yield _clause(text, start, end, start + min(a for a, _ in keys), start + max(b for _, b in keys))


def _clause(text: str, start: int, end: int, key: int, behind: int) -> tuple[int, int]:
    """The sentence without what is coordinated with the clause of the key words; of a relative clause that alone."""
    first, last = start, end
    for link in CLAUSE.finditer(text, start, end):
        if link.end() <= key:
            first = link.end()
        elif link.start() >= behind:
            last = link.start()
            break
    relative = max(RELATIVE.finditer(text, first, key + 1), key=re.Match.start, default=None)
    if relative and (comma := text.find(",", behind, last)) > 0 and "," not in text[relative.end() : key]:
        return relative.start("first"), comma
    return first, last
