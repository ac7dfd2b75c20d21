"""Words as comparing sees them: stems and the concepts they stand for, with how much each tells.

Stems are Porter2's (Porter 2001, by snowballstemmer). A concept joins words that reports of one event put for
each other ("quit", "stepped down"); data/concepts.txt lists them. `weight` is an inverse document frequency
(Spärck Jones 1972) over open texts, so that what two statements share weighs the same in whatever company they are.
"""

from __future__ import annotations

import math
import re
import threading
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")
_own = threading.local()
LONGEST = 60  # characters of a word; what is longer is no word, and stemming it would take long

NUMBERS = {
    w: str(n)
    for n, w in [
        *enumerate(["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"], 2),
        *((10 * n, w) for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)),
    ]
}


def tokens(text: str) -> list[str]:
    """Words and numbers of a text, case folded, without possessive endings."""
    return [plain(word) for word in TOKEN.findall(text)]


@lru_cache(maxsize=200_000)
def plain(word: str) -> str:
    """One word as it is compared: NFKC, case folded, straight apostrophe, no possessive, no thousands separator."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).replace("’", "'")
    word = word.casefold()
    if word[:1].isdigit():
        return re.sub(r",(?=\d{3}\b)", "", word)
    return POSSESSIVE.sub("", word) or word


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one plain word."""
    if len(word) > LONGEST or not word.isascii() or word[:1].isdigit():
        return word
    return str(_stemmer().stemWord(_irregular().get(word, word)))


def stems(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase."""
    return tuple(stem(w) for w in tokens(phrase))


def concepts(words: Iterable[str]) -> list[str]:
    """What some plain words are about: stop words left out, synonyms joined; the order is that of the words."""
    double = _concepts()[1]
    looked = [_looked_up(w) for w in words]
    found: list[str] = []
    last = len(looked) - 1
    at = 0
    while at <= last:
        here, alone, opens, _ = looked[at]
        pair = double.get((here, stem(looked[at + 1][3]))) if opens and at < last else None
        if pair:
            found.append(pair)
            at += 2
            continue
        if alone is not None:
            found.append(alone)
        at += 1
    return found


@lru_cache(maxsize=200_000)
def _looked_up(word: str) -> tuple[str, str | None, bool, str]:
    """A word's stem, the concept that it is by itself, whether it may be the first of two words of one, and the word."""
    number = NUMBERS.get(word, word)
    here = stem(number)
    counts = number not in stop_words() and (len(number) > 1 or number.isdigit())
    return here, _concepts()[0].get(here, here) if counts else None, here in _firsts(), word


@lru_cache(maxsize=200_000)
def weight(concept: str) -> float:
    """How much a concept tells, about 1 (in every second text) to 6 (in none that was counted)."""
    counts, total = _frequencies()
    return math.log((total + 1) / (counts.get(concept, 0) + 1)) + 0.5


def mass(some: Iterable[str]) -> float:
    """What some concepts tell together."""
    return math.fsum(map(weight, some))  # rounded once, at the end: the sum is the same in whatever order a set comes


def rarest(text: str, most: int) -> list[str]:
    """The words of a text that tell most, at most so many, the rarest first: those by which others that have them are looked up."""
    some = {w for w in tokens(text) if w.isalpha() and len(w) > 2 and w not in stop_words()}
    return sorted(some, key=lambda w: (-max(map(weight, concepts([w])), default=0.0), w))[:most]


def askings(text: str, most: int) -> list[str]:
    """Each two of a text's rarest words; its only one where there are no two."""
    rare = rarest(text, most)
    return [" ".join(two) for two in combinations(rare, 2)] or rare


@cache
def stop_words() -> frozenset[str]:
    """Words that say nothing of what a statement is about."""
    return frozenset(plain(w) for line in lines("stop.txt") for w in line.split())


def lines(name: str) -> list[str]:
    """The lines of a data file, without comments."""
    text = (files("reportedly.comparing") / "data" / name).read_text("utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def table(name: str) -> dict[str, Any]:
    """A data file in TOML."""
    return tomllib.loads((files("reportedly.comparing") / "data" / name).read_text("utf-8"))


def _stemmer() -> Any:  # noqa: ANN401 - the library has no types
    """One a thread: a stemmer keeps the word it works on."""
    if not hasattr(_own, "stemmer"):
        import snowballstemmer

        _own.stemmer = snowballstemmer.stemmer("english")  # PyStemmer's, in C, where that is installed: the same stems
    return _own.stemmer


@cache
def _irregular() -> dict[str, str]:
    return {form: line.split()[0] for line in lines("irregular.txt") for form in line.split()[1:]}


@cache
def _concepts() -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    single: dict[str, str] = {}
    double: dict[tuple[str, str], str] = {}
    for line in lines("concepts.txt"):
        group = line.split()
        for entry in group:
            parts = tuple(stem(plain(p)) for p in entry.replace("-", "_").split("_"))
            if len(parts) == 1:
                single.setdefault(parts[0], group[0])
            else:
                double.setdefault((parts[0], parts[1]), group[0])
    return single, double


@cache
def _firsts() -> frozenset[str]:
    return frozenset(first for first, _ in _concepts()[1])


@cache
def _frequencies() -> tuple[dict[str, int], int]:
    counts = {}
    total = 1
    for line in lines("frequencies.tsv"):
        concept, _, count = line.partition("\t")
        if concept == "*":
            total = int(count)
        else:
            counts[concept] = int(count)
    return counts, total
