"""Which words pass speech and thought on? Those of reader/data/reporting_words.txt."""

from __future__ import annotations

import re
from functools import cache

from reportedly.reader.wordlists import lines


@cache
def reporting() -> re.Pattern[str]:
    """A word that may report."""
    words = " ".join(lines("reporting_words.txt")).split()
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


@cache
def reports(lemma: str) -> bool:
    """Whether a verb, as dictionaries have it, is one of them."""
    return reporting().fullmatch(lemma) is not None
