"""A text as tokens, each with one letter for its class, so that the grammar's patterns read classes and not words."""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

# Signs that only steer direction or line breaking (right-to-left marks, zero-width spaces) are no tokens and part nothing.
_SILENT = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_TOKEN = re.compile(rf"[^\W\d_]+|\d+(?:[.,]\d+)*|\n\s*\n|[^\w\s{_SILENT}]")

OTHER = "."


@functools.cache
def lexicon() -> dict[str, Any]:
    """The word lists of the grammar."""
    return tomllib.loads((files("reportedly.reader") / "data" / "times.toml").read_text("utf-8"))


class Classes(dict[str, str]):
    """Token -> letter of its class; a number that is no day, year or small number is `number`, everything else is other."""

    def __missing__(self, token: str) -> str:
        if not token[0].isdigit():
            return OTHER
        return self.dotted if len(token) <= 10 and token.count(".") == 2 else self.number  # 12.03.2024

    number: str
    dotted: str


@functools.cache
def letters() -> dict[str, str]:
    """Class -> its letter."""
    names = [*lexicon()["classes"], *lexicon()["marks"], "day", "two", "year", "number", "dotted"]
    return {name: chr(0x100 + k) for k, name in enumerate(names)}


@functools.cache
def classes() -> Classes:
    """Every known token as it may be written: as in the list, with a capital, in capitals."""
    letter = letters()
    found = Classes()
    found.number, found.dotted = letter["number"], letter["dotted"]
    for name, words in lexicon()["classes"].items():
        for word in words.split():
            for form in (word, word[0].upper() + word[1:], word.upper()):
                if form not in found:
                    found[form] = letter[name]
    found |= {mark: letter[name] for name, marks in lexicon()["marks"].items() for mark in marks.split()}
    found |= {str(n): letter["two"] for n in range(32, 100)} | {"00": letter["two"]}
    found |= {form: letter["day"] for n in range(1, 32) for form in (str(n), f"{n:02}")}
    found |= {str(n): letter["year"] for n in range(1000, 2200)}
    return found


@dataclass(frozen=True, slots=True)
class Tokens:
    """`words[k]` stands at `spans[k]`; `kinds[k]` is the letter of its class."""

    text: str
    words: list[str]
    spans: list[tuple[int, int]]
    kinds: str

    def word(self, k: int) -> str:
        """The token in small letters, empty outside the text."""
        return self.words[k].lower() if 0 <= k < len(self.words) else ""


def tokens(text: str) -> Tokens:
    """Cut a text into tokens."""
    matches = list(_TOKEN.finditer(text))
    words = [m[0] for m in matches]
    known = classes()
    return Tokens(text, words, [m.span() for m in matches], "".join([known[w] for w in words]))


@functools.cache
def pattern(template: str) -> re.Pattern[str]:
    """A pattern over classes: `<month> <day>` is a month and a day; spaces mean nothing."""
    letter = letters()

    def one_of(found: re.Match[str]) -> str:
        names = [letter[name] for name in found[1].split("|")]
        return names[0] if len(names) == 1 else f"[{''.join(names)}]"

    return re.compile(re.sub(r"(?<!\?P)<([a-z_|]+)>", one_of, template))
