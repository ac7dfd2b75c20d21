"""Words and phrases that carry a judgement: data/loaded/*.txt and data/loaded.toml, laid out for looking up.

Words are looked up in a table of all their forms, phrases in a trie of words, so that the lexicon may grow and a text is read no slower.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from reportedly.reader.wordlists import alternation, lines, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

POSSESSIVE, REFLEXIVE, GAP = "one's", "oneself", "…"
SLOTS = frozenset([POSSESSIVE, REFLEXIVE, GAP])
POSSESSIVES = frozenset(["his", "her", "its", "their", "our", "my", "your"])
REFLEXIVES = frozenset(["himself", "herself", "itself", "themselves", "ourselves", "myself", "yourself"])
CONSONANT_END = re.compile(r"[^aeiou][aeiou][bdgklmnprt]$")
COMPARED = 7  # letters that an adjective may have for -er and -est


class End(NamedTuple):
    """What a phrase is that ends at a node: strong or an aside, and whether the noun phrase behind belongs to it."""

    grade: str
    extended: bool


class Node:
    """Where the words of phrases lead on from here: a trie of words."""

    __slots__ = ("end", "next", "open")

    def __init__(self) -> None:
        """A node without any way on."""
        self.next: dict[str, Node] = {}
        self.end: End | None = None
        self.open = True  # whether the next word may be any


class Phrases:
    """Phrases by their first words. A text begins few of them, so that the ways on from a word are laid out when it is first met."""

    def __init__(self) -> None:
        """No phrases; `heads` are their first words."""
        self.heads: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        self._nodes: dict[str, Node] = {}

    def plant(self, row: str, grade: str) -> None:
        """Add a row of the list."""
        head, _, rest = row.partition(" ")
        for first, *more in _ways(head):
            self.heads.setdefault(first, []).append((tuple(more), rest, grade))

    def after(self, word: str) -> Node | None:
        """The node behind a first word."""
        node = self._nodes.get(word)
        if node is None and (rows := self.heads.get(word)):
            node = _trie(rows)
            node.open = node.end is not None or not SLOTS.isdisjoint(node.next)
            self._nodes[word] = node
        return node

    def hyphened(self, word: str) -> bool:
        """Whether a word with a hyphen is a strong phrase of two: "witch-hunt"."""
        first, _, second = word.partition("-")
        node = self.after(first)
        found = node and node.next.get(second)
        return bool(found and found.end and found.end == ("strong", False))


class Lexicon(NamedTuple):
    """All that judges, by its forms."""

    kinds: dict[str, str]  # adjectives, adverbs, nouns, verbs, intensifiers
    weak: frozenset[str]
    phrases: Phrases
    tails: Phrases
    before_numbers: frozenset[str]
    compounds: re.Pattern[str]
    vehicles: frozenset[str]
    accounts: frozenset[str]
    plain_adverbs: frozenset[str]
    ordinary_after: dict[str, re.Pattern[str]]
    ordinary_before: dict[str, re.Pattern[str]]
    manner_before: re.Pattern[str]
    manner_after: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon, made once."""
    data = table("loaded")
    kinds: dict[str, str] = {}
    weak: set[str] = set()
    for kind, forms in (("nouns", _noun_forms), ("verbs", _verb_forms), ("adverbs", _itself), ("adjectives", _adjective_forms)):
        listed = _sections(f"loaded/{kind}.txt")
        for section in ("weak", "strong"):  # a form that is listed itself as strong is so, though it is one of a weak word
            for form in itertools.chain.from_iterable(map(forms, listed[section])):
                kinds[form] = kind
                (weak.add if section == "weak" else weak.discard)(form)
    for word in data["before_numbers"]:
        if word not in kinds:
            kinds[word] = "adjectives"
            weak.add(word)
    for word in data["intensifiers"]:
        kinds.setdefault(word, "intensifiers")
    phrases, tails = Phrases(), Phrases()
    for section, rows in _sections("loaded/phrases.txt", split=False).items():
        for row in rows:
            phrases.plant(row, section)
    for row in data["tails"]:
        tails.plant(row, "strong")
    said = alternation(data["said"])
    plain, ends = alternation(data["plain_starts"]), alternation(data["compound_ends"])
    return Lexicon(
        kinds=kinds,
        weak=frozenset(weak),
        phrases=phrases,
        tails=tails,
        before_numbers=frozenset(data["before_numbers"]),
        compounds=re.compile(rf"{alternation(data['compound_starts'])}-.+|(?!{plain}-)[a-z'-]{{2,20}}-{ends}"),
        vehicles=frozenset(data["vehicles"]),
        accounts=frozenset(data["accounts"]),
        plain_adverbs=frozenset(data["plain_adverbs"]),
        ordinary_after=_by_word(data["ordinary"], "after", r"\b(?:{})[\s-]$"),
        ordinary_before=_by_word(data["ordinary"], "before", r"[\s-](?:{})\b"),
        manner_before=re.compile(rf"\b{said},?(?:\s[A-Z][\w.’'-]*){{0,2}},?\s(?:\w+\sand\s|rather\s|a\slittle\s)?$"),
        manner_after=re.compile(rf"\s{said}\b"),
    )


def _by_word(classes: Iterable[dict[str, Any]], side: str, form: str) -> dict[str, re.Pattern[str]]:
    """The neighbours on one side that make words ordinary, by those words."""
    found = ((row["words"], re.compile(form.format(row[side]), re.IGNORECASE)) for row in classes if side in row)
    return {word: pattern for words, pattern in found for word in words}


def _sections(name: str, *, split: bool = True) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for line in lines(name):
        if line.startswith("["):
            out[line.strip("[]")] = current = []
        else:
            current += line.split() if split else [line]
    return out


def _itself(word: str) -> Iterator[str]:
    yield word


def _noun_forms(word: str) -> Iterator[str]:
    yield word
    if word.endswith("man"):
        yield word[:-3] + "men"
    elif word.endswith("y") and word[-2] not in "aeiou":
        yield word[:-1] + "ies"
    elif word.endswith(("leaf", "thief")):
        yield word[:-1] + "ves"
    elif word.endswith("ss") or not word.endswith("s"):
        yield word + ("es" if word.endswith(("x", "ch", "sh", "ss", "z")) else "s")


def _adjective_forms(word: str) -> Iterator[str]:
    yield word
    if len(word) <= COMPARED and word.isalpha():
        stem = word[:-1] if word.endswith("e") else word[:-1] + "i" if word.endswith("y") else word
        for base in (stem, stem + stem[-1]) if CONSONANT_END.search(stem) else (stem,):
            yield from (base + "er", base + "est")


def _verb_forms(word: str) -> Iterator[str]:
    if word.startswith("!"):
        yield word[1:]
        return
    yield word
    irregular = table("loaded")["irregular"].get(word)
    yield from irregular or ()
    if word.endswith("y") and word[-2] not in "aeiou":
        yield from (word[:-1] + "ies", word[:-1] + "ied", word + "ing")
        return
    yield word + ("es" if word.endswith(("s", "x", "ch", "sh", "z", "o")) else "s")
    stem = word.removesuffix("e")
    bases = (stem, stem + stem[-1]) if stem == word and CONSONANT_END.search(stem) else (stem,)
    yield from (base + "ing" for base in bases)
    if irregular is None:
        yield from (base + "ed" for base in bases)


def _trie(rows: Iterable[tuple[tuple[str, ...], str, str]]) -> Node:
    """What may follow a first word: every choice of the alternatives a way.

    Raises:
        ValueError: the lists have a phrase in two grades.

    """
    root = Node()
    for more, rest, grade in rows:
        slots = rest.split()
        extended = slots[-1:] == ["+"]
        ways = [list(_ways(slot)) for slot in (slots[:-1] if extended else slots)]
        for choice in itertools.product([more], *ways):
            node = root
            for word in itertools.chain.from_iterable(choice):
                node = node.next.setdefault(word, Node())
            end = End(grade, extended)
            if node.end and node.end.grade != grade:
                message = f"in two grades: {' '.join(choice[0])} … {rest}"
                raise ValueError(message)
            node.end = end
    return root


def _ways(slot: str) -> Iterable[tuple[str, ...]]:
    """What may stand in a slot: words, each way a tuple. ~ makes the forms of verbs, * those of nouns."""
    forms = {"~": _verb_forms, "*": _noun_forms}.get(slot[:1], _itself)
    for choice in slot.lstrip("~*").split("|"):
        if "-" in choice:
            yield tuple(choice.split("-"))
        yield from ((form,) for form in forms(choice))
