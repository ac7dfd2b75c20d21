"""What are the words of a text? Tokens without their possessive endings, and which of them stand side by side."""

from __future__ import annotations

import re

TOKEN = re.compile(r"[^\W_](?:[\w’'.&/-]*[^\W_])?(?:\.(?=\w)|(?<=\b[A-Z])\.|(?<=\b[DMSJ]r)\.|(?<=\bMrs)\.|(?<=\bMs)\.|(?<=\b(?:St|Mt|Ft))\.(?= [A-Z])|(?<=\b(?:Sen|Gen|Rep|Gov|Col|Rev|Sgt|Maj|Hon|Adm|Ven|Det|Cpl))\.|(?<=\b(?:Prof|Capt|Cllr|Insp|Supt|Cmdr|Msgr))\.|(?<=\bLt)\.|(?<=s)[’'](?= \w))?")
# A full stop behind a title or an initial, or before a small letter, ends nothing.
SENTENCE_END = re.compile(
    r"[!?…][\"”’')\]]*\s+|\.(?<!\b[A-Z]\.)(?<!\b(?:[DMSJ]r|Ms|St|Mt|Ft|Lt)\.)(?<!\b(?:Mrs|Sen|Gen|Rep|Gov|Col|Rev|Sgt|Maj|Hon|Adm|Ven|Det)\.)(?<!\b(?:Prof|Capt|Cllr|Insp|Supt|Cmdr|Msgr)\.)[\"”’')\]]*\s+(?![a-z])|\n+"
)
PARTS = re.compile(r"(?:'s|’s|’|')$")
ENDS_SENTENCE = frozenset('.!?\n:“"‘—')


class Words:
    """The words of a text, by number: as they stand without "'s", in lower case, and where they begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        matches = list(TOKEN.finditer(text))
        whole = [m.group() for m in matches]
        self.starts = [m.start() for m in matches]
        self.ends = [m.end() for m in matches]
        self.words = [w if w.isalpha() else PARTS.sub("", w) for w in whole]
        self.lower = [w.lower() for w in self.words]
        self.cut = [len(word) != len(w) for word, w in zip(self.words, whole, strict=True)]  # whose ending was cut off
        self.dotted = [w.endswith(".") for w in whole]

    def __len__(self) -> int:
        return len(self.words)

    def end(self, k: int) -> int:
        """Where a word ends, its possessive ending left out."""
        return self.starts[k] + len(self.words[k])

    def beside(self, k: int) -> bool:
        """Whether only a space stands between a word and the next."""
        return k + 1 < len(self.starts) and self.text[self.ends[k] : self.starts[k + 1]] in (" ", "\xa0")

    def ampersand(self, k: int) -> bool:
        """Whether "&" stands between a word and the next."""
        return k + 1 < len(self.starts) and self.text[self.ends[k] : self.starts[k + 1]] == " & "

    def opens(self, k: int) -> bool:
        """Whether a word opens a sentence or a quotation, so that its capital says nothing."""
        return k == 0 or not ENDS_SENTENCE.isdisjoint(self.text[self.ends[k - 1] : self.starts[k]])
