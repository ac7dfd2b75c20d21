"""Which language an article is in: what the page says, else what its words say."""

from __future__ import annotations

import re

from reportedly.values import Warning

READS = "en"
ENOUGH = 60  # characters: of less, a guess says nothing
LETTERS = 30
SAMPLE = 4000
# A dozen words that make up a fifth of any English text: where they do, nothing heavier is asked.
ENGLISH = frozenset(["the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "with", "he", "said", "it", "as", "at", "by", "from", "be", "are", "has", "his", "have", "not"])


def judge(text: str, declared: str | None) -> tuple[str | None, tuple[Warning, ...]]:
    """The language as an ISO 639-1 code, with a warning when the model does not read it."""
    guess = _guess(text)
    code = (declared or guess or "").split("-")[0].split("_")[0].lower() or None
    if guess and guess != READS:
        return guess, (
            Warning("language", f"The text seems to be in another language ({guess}); the model reads English, so expect little of what follows."),
        )
    return guess or code, ()


def _guess(text: str) -> str | None:
    sample = text[:SAMPLE]
    words = re.findall(r"[^\W\d_]+", sample.lower())
    if len(sample.strip()) < ENOUGH or sum(map(len, words)) < LETTERS:  # letters, since some scripts leave no space between words
        return None
    if sum(w in ENGLISH for w in words) >= 0.15 * len(words):
        return READS
    import py3langid  # its model takes a third of a second to load

    return str(py3langid.classify(sample)[0])
