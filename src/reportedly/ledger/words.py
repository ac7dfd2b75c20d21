"""Words as the ledger looks them up: the same for SQLite and PostgreSQL, so that both find the same.

Capitals, accents and English endings (Porter's English stemmer, by Snowball) make no difference. No word is left out
for being common: "to be or not to be" can be found.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportedly.digests import digest
from reportedly.errors import BadInput

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_][^\W_]*(?:['’][^\W_]+)*")
LONGEST = 60  # characters of a word
MOST = 4000  # words of one field
QUERY = re.compile(r'"([^"]*)"?|(\S+)')
SAMPLE = "refusing refused officials said reported nationally generously happiness universities skies dying internally exceedingly organisation"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: words that stand one after the other; the last may be only the beginning of a word."""

    words: tuple[str, ...]
    begins: bool = False


def words(text: str | None, *, most: int = MOST) -> list[str]:
    """The words of a text in their order, folded and stemmed."""
    out: list[str] = []
    for found in WORD.finditer(text or ""):
        word = _stem(found.group()[: 2 * LONGEST])
        if word:
            out.append(word)
            if len(out) == most:
                break
    return out


def terms(query: str) -> tuple[Term, ...]:
    """What a query asks for: words, "phrases in quotation marks", and beginnings*. All of them must be there.

    Raises:
        BadInput: a beginning of one letter, which would be half of all words.

    """
    out = []
    for found in QUERY.finditer(query.replace("“", '"').replace("”", '"')):
        phrase, word = found.groups()
        if phrase is not None:
            parts = words(phrase)
            if parts:
                out.append(Term(tuple(parts)))
            continue
        begins = word.endswith("*")
        parts = [fold(w) for w in WORD.findall(word)] if begins else words(word)
        if begins and len(parts) == 1 and len(parts[0]) == 1:
            raise BadInput(f"{word} begins too many words: write two letters or more before the asterisk.")
        if any(parts):
            out.append(Term(tuple(p for p in parts if p), begins))
    return tuple(out)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word without capitals, accents, a possessive ending and the commas of a number. It may be empty."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", word.casefold().replace("’", "'")) if not unicodedata.combining(c))
    if plain[:1].isdigit():
        return re.sub(r"[^\w·]", "", plain.replace(",", "").replace(".", "·"))[:LONGEST]
    return re.sub(r"[\W_]", "", re.sub(r"'s?$", "", plain))[:LONGEST]


def phrase(text: str | None) -> str:
    """A name as one string that is equal for equal names, whatever their capitals, accents and space."""
    return " ".join(folded for found in WORD.finditer(text or "") if (folded := fold(found.group()[: 2 * LONGEST])))


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Changes when words are looked up in another way, so that an index made in the old way is known."""
    return digest(" ".join(words(SAMPLE)))


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    folded = fold(word)
    if not folded.isascii() or not folded.isalpha():
        return folded
    with _lock:  # a stemmer keeps the word in itself
        return str(_stemmer().stemWord(folded))


@lru_cache(maxsize=1)
def _stemmer() -> Any:  # noqa: ANN401 - the library has no types
    import snowballstemmer

    return snowballstemmer.stemmer("english")


_lock = threading.Lock()
