"""Text to words and their subwords, as BERT's uncased models were trained to see them.

Devlin et al. 2019: control signs go, accents and case go, each punctuation sign and each CJK character is a
word of its own, and a word is cut greedily into the longest pieces of the vocabulary. Written here, since
the library that does the same brings thirty megabytes of clients for a model hub; a test holds both to the same output.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Word = tuple[int, int, tuple[int, ...], int]  # where it begins and ends, the ids of its subwords, and the case it is written in
CASES = 5
LONGEST = 100  # characters of a word; a longer one is unknown
CACHE = 1 << 16  # chunks; an article repeats most of its own
CHUNK = re.compile(r"\S+")
PLAIN = re.compile("[!-~‘’“”–—…]+")  # nothing to fold but capitals: letters and digits make words, each sign is one
PART = re.compile("[A-Za-z0-9]+|.")
CJK = ((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))


class WordPiece:
    """A vocabulary of subwords; `[CLS]` and `[SEP]` mark the ends of what an encoder reads."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.ids = {piece: number for number, piece in enumerate(vocabulary)}
        self.cls, self.sep, self.unknown = self.ids["[CLS]"], self.ids["[SEP]"], self.ids["[UNK]"]
        self.again = self.ids["[unused0]"]  # for [CLS] where contents are read again: what they report is another question than what an article does
        self._split = lru_cache(CACHE)(self._split_chunk)

    def words(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
        """Every word of `text[start:end]`, with offsets into `text`."""
        for chunk in CHUNK.finditer(text, start, len(text) if end is None else end):
            at = chunk.start()
            for a, b, ids, case in self._split(chunk.group()):
                yield at + a, at + b, ids, case

    def _split_chunk(self, chunk: str) -> tuple[Word, ...]:
        if chunk.isascii() and chunk.isalnum():
            return ((0, len(chunk), self._pieces(chunk.lower()), _case(chunk)),)
        if PLAIN.fullmatch(chunk):
            return tuple((part.start(), part.end(), self._pieces(part.group().lower()), _case(part.group())) for part in PART.finditer(chunk))
        out: list[Word] = []
        plain, begin, last = "", 0, 0

        def close() -> None:
            nonlocal plain
            if plain:
                out.append((begin, last, self._pieces(plain), _case(chunk[begin:last])))
            plain = ""

        for place, sign in enumerate(chunk):
            if _is_dropped(sign):
                continue
            folded = "".join(c for c in unicodedata.normalize("NFD", sign) if unicodedata.category(c) != "Mn").lower()
            if folded and _stands_alone(folded[0]):  # asked of what is left: ≠ is an equals sign with a stroke
                close()
                begin, last = place, place + 1
                plain = folded
                close()
            elif folded:
                if not plain:
                    begin = place
                plain += folded
                last = place + 1
        close()
        return tuple(out)

    def _pieces(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST:
            return (self.unknown,)
        if word in self.ids:
            return (self.ids[word],)
        out, start = [], 0
        while start < len(word):
            prefix = "##" if start else ""
            end = next((e for e in range(len(word), start, -1) if prefix + word[start:e] in self.ids), None)
            if end is None:
                return (self.unknown,)
            out.append(self.ids[prefix + word[start:end]])
            start = end
        return tuple(out)


def _case(word: str) -> int:
    """How a word is written, which its subwords do not show: small, capital, capitals, a number or otherwise, as a number below CASES."""
    if word.islower():
        return 0
    if word[:1].isdigit():
        return 3
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[:1].isupper() else 4


def _is_dropped(sign: str) -> bool:
    return sign == "\ufffd" or unicodedata.category(sign)[0] == "C"


def _stands_alone(sign: str) -> bool:
    code = ord(sign)
    if code < 128:
        return not sign.isalnum()
    return unicodedata.category(sign)[0] == "P" or any(a <= code <= b for a, b in CJK)
