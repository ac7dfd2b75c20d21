"""Which verbs inside a content report once more? "She said [she] [had told] the board [to wait]".

The encoder was trained on texts without speech inside speech, and often finds nothing when it reads a content again, above all where
that is one short clause. Here every verb, and every adjective behind "be", is weighed by itself: the verb, what follows it (that, to, whether, a
clause, a quotation), its subject and its auxiliaries, in a logistic regression fitted on the verbs of PolNeAR's training articles that
stand outside of all contents, and on those of annotated contents (training/inner.py; reader/data/inner.txt). The complement is the content.
"""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from reportedly.reader.attributions import Found
from reportedly.reader.certainty.closed import BE, DETERMINER, DO, HAVE, QUOTES, is_adverb
from reportedly.reader.certainty.lexicon import lexicon
from reportedly.reader.certainty.words import BASE, ING, NOUN, PART, PAST, TOKEN, S, fold, forms, inflections, verb_form
from reportedly.reader.cover import Cover
from reportedly.reader.quotes import find_quotations, manner
from reportedly.reader.reporting import reports
from reportedly.reader.wordlists import lines
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

SUBJECTS = frozenset(("i", "we", "you", "he", "she", "it", "they", "who"))
OBJECTS = frozenset(("me", "us", "you", "him", "her", "them", "it", "myself", "himself", "herself", "themselves", "ourselves", "everyone", "everybody", "people", "reporters"))
MARKERS = frozenset(("that", "whether", "if", "how", "why", "what", "who", "when", "where"))
PREPOSITIONS = frozenset(("for", "of", "about", "on", "with", "against", "as", "at", "in", "by", "from", "over"))
NEGATIVE = frozenset(("not", "n't", "never", "no"))
STOPS = frozenset((".", "!", "?", ";", ":", "(", ")", "–", "—", "-", "…"))
JOINING = frozenset(("and", "but", "or", "so", "because", "while", "although", "though", "which"))
CLAUSES = frozenset(("that", "to", "wh", "clause", "clause noun", "quotation"))
RAISING = frozenset(("seem", "appear", "look", "happen", "tend"))
OBJECT = 5  # words of an object at most
LEAST = 0.5  # how likely a verb must be


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that may report; all places are token indices of its passage.

    `group` is the first token of the verb group and `head` its last, `subject` the first and the last token of the subject,
    `complement` the first of what follows. `what` says what that is ("that", "to", "clause"), `who` what the subject is, `voice` active,
    passive, progressive, bare ing or adjective; `marks` are those of the auxiliaries, `taker` whether an object stands between.
    """

    head: int
    group: int
    subject: tuple[int, int] | None
    complement: int
    lemma: str
    what: str
    who: str
    voice: str
    marks: frozenset[str]
    taker: bool

    @property
    def features(self) -> tuple[str, ...]:
        """What is weighed, by name."""
        lemma, what, voice = self.lemma, self.what, self.voice
        named: tuple[str, ...] = ("constant", f"v {lemma}", f"c {what}", f"vc {lemma} {what}", f"s {self.who}", f"voice {voice}", f"vv {lemma} {voice}")
        if reports(lemma):  # of verbs that are seldom written, nothing else is known
            named += ("known", f"known {what}", f"known {self.who}", f"known {voice}")
        return (*named, *(f"m {m}" for m in sorted(self.marks)), *(("object", f"vo {lemma}") if self.taker else ()))


class Passage:
    """Tokens of a passage, folded, and where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        matches = list(TOKEN.finditer(fold(text)))
        self.words = [m.group() for m in matches]
        self.starts = [m.start() for m in matches]
        self.ends = [m.end() for m in matches]

    def capital(self, k: int) -> bool:
        """Whether a token begins with a capital letter."""
        return self.text[self.starts[k]].isupper()


def verbs(passage: Passage, among: Container[str] | None = None, tokens: Iterable[int] | None = None) -> Iterator[Verb]:
    """Every verb of a passage, and every adjective behind "be" that has a complement.

    `among`: words that come into question where no "that" follows; `tokens`: indices of those that do.
    """
    words = passage.words
    for k in range(len(words)) if tokens is None else tokens:
        word = words[k]
        if among is not None and word not in among and words[k + 1 : k + 2] != ["that"]:
            continue
        lemma, kind = verb_form(word)
        adjective = not kind and k > 0 and k + 1 < len(words) and words[k + 1] in ("that", "to") and word.isalpha()
        if not (kind or adjective) or word in BE or word in HAVE or word in DO:
            continue
        group, marks = _group(words, k)
        be = bool(marks & {"be"})
        if adjective and not be:
            continue
        if kind and not kind & ~BASE and "modal" not in marks and "to" not in marks and "do" not in marks and not (group and words[group - 1] in SUBJECTS | {"and"}):
            continue
        who, subject = _subject(passage, group)
        what, object_, at = _complement(passage, k)
        voice = "adjective" if adjective else "passive" if be and kind & PART and not kind & ING else "progressive" if be and kind & ING else "bare ing" if kind == ING else "active"
        yield Verb(k, group, subject, at, word if adjective else lemma, what, who, voice, frozenset(marks - {"be"}), object_)


def _group(words: list[str], k: int) -> tuple[int, set[str]]:
    """Where the verb group that ends with k begins, and what its auxiliaries are."""
    modals = lexicon().modals
    marks: set[str] = set()
    first = k
    while first and k - first < 6:
        word = words[first - 1]
        if word in modals or word in ("'ll", "'d"):
            marks.add("modal")
        elif word in NEGATIVE:
            marks.add("negative")
        elif word in BE or word in ("'s", "'re", "'m"):
            marks.add("be")
        elif word in HAVE or word == "'ve":
            marks.add("have")
        elif word in DO:
            marks.add("do")
        elif word == "to":
            marks.add("to")
            break
        elif not is_adverb(word) and word not in ("also", "still", "just", "always", "once", "now", "then", "even", "only", "already"):
            break
        first -= 1
    return first, marks


def _subject(passage: Passage, group: int) -> tuple[str, tuple[int, int] | None]:
    """What the subject before a verb group is, and its first and last token."""
    words = passage.words
    last = group - 1
    if last < 0:
        return "none", None
    word = words[last]
    if word in SUBJECTS:
        return word if word in ("i", "we", "you", "it", "who") else "they", (last, last)
    if word in JOINING or word in STOPS or word in (",", "that") or word in QUOTES or not word[-1].isalpha():
        return "joined" if word in JOINING else "stop", None
    first = last
    if passage.capital(last):
        while first and (passage.capital(first - 1) or words[first - 1] == ".") and last - first < 5:
            first -= 1
        if first and words[first - 1] == "the":
            first -= 1
        return "name", (first, last)
    while first and last - first < 5 and words[first] not in DETERMINER and words[first - 1] not in JOINING and (words[first - 1].isalpha() or words[first - 1] == "'s") and words[first - 1] not in ("that", "said", "says"):
        first -= 1
    return ("noun" if words[first] in DETERMINER or first == 0 or not words[first - 1].isalpha() or words[first - 1] in JOINING | {"that"} else "other"), (first, last)


def _complement(passage: Passage, k: int) -> tuple[str, bool, int]:
    """What follows a verb, whether an object stands between, and where it begins."""
    words = passage.words
    j = k + 1
    what = _kind(passage, j)
    if what in ("that", "to", "wh", "clause", "quotation"):
        return what, False, j
    for m in range(j, min(j + OBJECT, len(words))):
        if words[m] in STOPS or words[m] in JOINING or (words[m] == "," and _kind(passage, m + 1) != "quotation"):
            break
        after = _kind(passage, m + 1)
        if after in ("that", "to", "wh", "quotation") or (after == "clause" and m == j and words[m] in OBJECTS):
            return after, True, m + 1
    return what, False, j


def _kind(passage: Passage, j: int) -> str:
    words = passage.words
    if j >= len(words):
        return "end"
    word = words[j]
    if word == "that":
        return "that"
    if word == "to":
        return "to" if j + 1 < len(words) and (verb_form(words[j + 1])[1] & BASE or is_adverb(words[j + 1]) or words[j + 1] == "be") else "to noun"
    if word in MARKERS:
        return "wh"
    if word in QUOTES or (word in (",", ":") and j + 1 < len(words) and words[j + 1] in QUOTES):
        return "quotation"
    if word in SUBJECTS | {"there", "this"} and word != "it":
        return "clause"
    if word == "it":
        return "clause" if j + 1 < len(words) and (verb_form(words[j + 1])[1] or words[j + 1] in BE or words[j + 1] in lexicon().modals) else "object"
    if word in OBJECTS:
        return "object"
    if word in STOPS or word == "," or word in JOINING:
        return "end"
    if word in PREPOSITIONS:
        return "preposition"
    if word in DETERMINER:
        return "clause noun" if _finite_ahead(passage, j) else "noun"
    if passage.capital(j):
        return "clause noun" if _finite_ahead(passage, j) else "name"
    if verb_form(word)[1] == ING:
        return "ing"
    return "other"


def _finite_ahead(passage: Passage, j: int) -> bool:
    """Whether a finite verb stands a few words on, so that a noun phrase begins a clause."""
    words = passage.words
    for m in range(j + 1, min(j + 6, len(words))):
        word = words[m]
        if word in STOPS or word == "," or word in MARKERS or word in PREPOSITIONS or word == "to":
            return False
        if word in BE or word in HAVE or word in lexicon().modals or word in ("did", "does"):
            return True
    return False


def likely(verb: Verb) -> float:
    """How likely a verb reports, 0 to 1."""
    weights = _weights()
    z = sum(weights.get(name, 0.0) for name in verb.features)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


@cache
def _weights() -> dict[str, float]:
    """By the name of the feature."""
    return {name: float(weight) for weight, name in (line.split(" ", 1) for line in lines("inner.txt"))}


@cache
def _heads() -> frozenset[str]:
    """Words that may be the head of a verb that reports, in all their forms: those whose own weights do not speak against them."""
    weights = _weights()
    lemmas = {name.split()[1] for name, weight in weights.items() if name.startswith(("v ", "vc ", "vv ", "vo ")) and weight > 0}
    lemmas |= {lemma for lemma, _ in forms().values() if reports(lemma)}
    return frozenset(form for lemma in lemmas for form in (lemma, *inflections(lemma)))


def inner(text: str, found: Sequence[Found]) -> list[Found]:
    """`found`, with the subjects of active cues that have no source, and what the other verbs of a passage report; offsets into it.

    A verb reports here where a clause or a quotation follows it; none stands in what another of these reports.
    """
    passage = Passage(text)
    words = passage.words
    quotations = find_quotations(text)
    known = [f if f.source else replace(f, source=_subject_of(passage, f)) for f in found]
    taken = Cover((s.start, s.end) for f in known for s in (*f.cue, *f.source, *f.content))
    more: list[Found] = []
    after = 0
    for verb in verbs(passage, _heads()):
        cue = Span(passage.starts[verb.group], passage.ends[verb.head])
        if verb.what not in CLAUSES or verb.complement >= len(words) or cue.start < after or _idle(passage, verb) or taken.touches(cue.start, cue.end):
            continue
        p = likely(verb)
        if p < LEAST:
            continue
        first = verb.complement + (words[verb.complement] in (",", ":"))
        last = _end(passage, first, quotation=verb.what == "quotation")
        if last < first + (verb.what != "quotation"):
            continue
        content = (Span(passage.starts[first], passage.ends[last]),)
        more.append(Found(_source(passage, verb), (cue,), content, manner(text, content, quotations), round(p, 4)))
        after = passage.ends[last]
    return [*known, *more]


def _source(passage: Passage, verb: Verb) -> tuple[Span, ...]:
    """The subject of a verb in the active voice; in the passive it is who was told."""
    if verb.subject is None or verb.voice == "passive":
        return ()
    return (Span(passage.starts[verb.subject[0]], passage.ends[verb.subject[1]]),)


def _subject_of(passage: Passage, f: Found) -> tuple[Span, ...]:
    """The subject of a cue that the encoder gave none."""
    first, after = (bisect.bisect_left(passage.starts, edge) for edge in (f.cue[0].start, f.cue[0].end)) if f.cue else (0, 0)
    for verb in verbs(passage, tokens=range(first, after)):
        source = () if _idle(passage, verb) or passage.starts[verb.group] > f.cue[0].start + 1 else _source(passage, verb)
        return () if any(c.start <= s.start < c.end for s in source for c in f.content) else source
    return ()


def _idle(passage: Passage, verb: Verb) -> bool:
    """Whether a verb says that nobody reports: an infinitive, a noun, what anybody may do ("if you want")."""
    before = passage.words[verb.group - 1] if verb.group else ""
    if "to" in verb.marks or before == "to" or verb.lemma in RAISING:
        return True
    if before in DETERMINER or before in PREPOSITIONS or before == "'s":
        return True
    if verb.subject is not None and (passage.words[verb.subject[1]] in ("you", "there") or (verb.subject[0] and passage.words[verb.subject[0] - 1] == "if")):
        return True
    return _is_noun(passage, verb)


def _is_noun(passage: Passage, verb: Verb) -> bool:
    """Whether a form that is as often a noun does not agree with what stands before it: "a cookery show that", "announced recalls"."""
    kind = verb_form(passage.words[verb.head])[1]
    if not kind & NOUN or kind & (PAST | PART | ING) or verb.group < verb.head:
        return False
    if verb.subject is None:
        return True
    last = passage.words[verb.subject[1]]
    return last not in SUBJECTS and not passage.capital(verb.subject[1]) and bool(kind & S) == last.endswith("s")


def _end(passage: Passage, first: int, *, quotation: bool) -> int:
    """The last token of the clause or quotation that begins at a token."""
    words = passage.words
    if quotation:
        return next((m for m in range(first + 1, len(words)) if words[m] in QUOTES), len(words) - 1)
    for m in range(first + 1, len(words)):
        if words[m] in (".", "!", "?", ";", "–", "—") or (words[m] == "," and m + 1 < len(words) and words[m + 1] in JOINING) or (words[m] in ("and", "but") and m + 1 < len(words) and words[m + 1] in SUBJECTS):
            return m - 1
    return len(words) - 1
