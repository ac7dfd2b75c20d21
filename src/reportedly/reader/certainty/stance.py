"""How does the voice that passes a statement on stand to it? neutral, endorses, distances or disputes.

Three things speak, the strongest first: what the voice says of the statement beside it, in the same sentence or right behind
it ("an absurd excuse", "falsely", "That is false"); the cue's own verb or noun, by its sense ("claimed the title" is no claim);
and marks of distance ("so-called"). The voice is the writer, or, for what is told within a quotation, its speaker: only words
on the same side of the quotation marks count.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.reader.certainty.lexicon import lexicon
from reportedly.reader.certainty.stances import stances
from reportedly.reader.certainty.words import TOKEN, fold

if TYPE_CHECKING:
    from reportedly.values import Attribution, Stance

AROUND = 200  # characters on either side of the attribution that are read
EDGE = 40  # characters of a content that are read at either end, for the marks there
LONG = 600  # characters between the parts of an attribution
NEXT = 12  # words of the following sentence in which a verdict on the statement stands
NEAR = 8  # words behind a statement in which the same sentence judges it
BE = frozenset(["is", "was", "are", "were", "be", "been", "being", "'s", "'re", "remains", "proved", "proves", "proven", "seems", "appears"])
POINTING = frozenset(["that", "this", "it", "which", "the"])
ENDS = frozenset(".!?")
OPEN = frozenset('“‘"«„``')
CLOSE = frozenset("”’\"»''")
OTHERS = frozenset(["called", "call", "calls", "calling", "described", "describes", "describing", "dismissed", "dismisses", "dismissing", "branded", "labelled", "labeled", "denounced", "rejected", "deemed", "said", "says", "told", "told"])
COMPELLED = frozenset(["forced", "had", "have", "has", "compelled", "happy", "glad", "ashamed", "on", "only", "came", "first", "last", "obliged", "prepared", "chose"])
KINDS = {"“": '"', "”": '"', '"': '"', "«": '"', "»": '"', "‘": "'", "'": "'"}
DENIED = re.compile(r"\b(?:is|was|does|did|are|were|do|has|have)(?:n['’]t| not)\b(?: (?:true|correct|so)|[.;,])")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)?")
WEAK = frozenset(["refusing", "failing", "desire", "directive", "question"])


def stance(text: str, attribution: Attribution) -> Stance:
    """How the voice that passes on an attribution stands to it. Reads a bounded stretch around it, so a text takes linear time."""
    pieces = _pieces(text, attribution)
    cue = " ".join([piece for piece, role in pieces if role == "cue"]).lower()
    outside = " ".join([piece for piece, role in pieces if role != "content"]).lower()
    lex = stances()
    if lex.signs.isdisjoint(WORD.findall(cue)) and lex.judgements.isdisjoint(WORD.findall(outside)) and not DENIED.search(outside):
        return "neutral"
    around = _around(pieces)
    return _remark(around) or _cue(around) or "neutral"


def _pieces(text: str, attribution: Attribution) -> list[tuple[str, str]]:
    """The attribution and its surroundings as stretches of text with their role; long contents without their middle."""
    spans = [(s.start, s.end, role) for role, group in (("source", attribution.source_spans), ("cue", attribution.cue_spans), ("content", attribution.content_spans)) for s in group]
    if not spans:
        return []
    anchor = (attribution.cue_spans or attribution.content_spans)[0].start
    spans = sorted(s for s in spans if abs(s[0] - anchor) < LONG)
    begin, end = spans[0][0], max(s[1] for s in spans)
    left = max(0, begin - AROUND)
    left = max(left, text.rfind("\n", left, begin) + 1)
    right = min(len(text), end + AROUND)
    stop = text.find("\n", end, right)
    right = right if stop < 0 else stop
    pieces = []
    place = left
    for start, finish, role in spans:
        if start < place and role != "content":  # a part within another
            continue
        if place < start:
            pieces.append((text[place:start], ""))
        words = text[max(place, start) : finish]
        pieces.append((words if len(words) < 2 * EDGE else f"{words[:EDGE]} … {words[-EDGE:]}", role))
        place = max(place, finish)
    pieces.append((text[place:right], ""))
    return pieces


@dataclass(frozen=True, slots=True)
class _Around:
    """Tokens around an attribution: which are its cue, its content or its source, and how deep in quotation marks each stands."""

    words: list[str]
    role: list[str]
    depth: list[int]
    cue: list[int]
    voice: int  # depth of the voice that speaks the cue
    first: int  # of the sentence
    last: int  # behind the sentence


def _around(pieces: list[tuple[str, str]]) -> _Around:
    text = "".join(piece for piece, _ in pieces)
    matches = list(TOKEN.finditer(fold(text)))
    words = [match.group() for match in matches]
    starts = [match.start() for match in matches]
    role: list[str] = []
    place = 0
    for piece, name in pieces:
        place += len(piece)
        role += [name] * (bisect.bisect_left(starts, place) - len(role))
    depth = _depths(text, words, starts)
    cue = [k for k, name in enumerate(role) if name == "cue"]
    held = [k for k, name in enumerate(role) if name]
    content = [k for k in held if role[k] == "content"]
    voice = depth[cue[0]] if cue else max(0, depth[content[0]] - 1) if content else 0
    first, last = (min(held), max(held) + 1) if held else (0, len(role))
    while first > 0 and not _ends(words, depth, first - 1, voice):
        first -= 1
    while last < len(role) and not _ends(words, depth, last - 1, voice):
        last += 1
    return _Around(words, role, depth, cue, voice, first, last)


def _ends(words: list[str], depth: list[int], k: int, voice: int) -> bool:
    """Whether a sentence of the voice ends with token `k`, the closing mark behind it included."""
    if words[k] in CLOSE and k and words[k - 1] in ENDS:
        return depth[k] > voice or depth[k] == 0
    return words[k] in ENDS and depth[k] <= voice and not (k + 1 < len(words) and words[k + 1] in CLOSE)


def _depths(text: str, words: list[str], starts: list[int]) -> list[int]:
    """How many quotations are open at each token; a mark is as deep as what it holds."""
    depths: list[int] = []
    stack: list[str] = []
    for word, place in zip(words, starts, strict=True):
        kind = KINDS.get(word)
        if kind is None:
            depths.append(len(stack))
            continue
        before, after = text[place - 1 : place], text[place + 1 : place + 2]
        if word in "“«‘" or (word in "\"'" and text[place] != "’" and kind not in stack and not before.isalnum() and after and not after.isspace()):
            stack.append(kind)
            depths.append(len(stack))
        else:
            depths.append(len(stack))
            if kind in stack and not after.isalnum():
                while stack.pop() != kind:
                    pass
    return depths


def _remark(a: _Around) -> Stance | None:
    """What the voice says of the statement outside it: an adverb at the cue, an evaluation in the sentence, a verdict behind it."""
    lex = stances()
    words, role = a.words, a.role
    outside = [k for k in range(a.first, a.last) if role[k] != "content" and a.depth[k] == a.voice]
    near = {j for k in a.cue for j in (k - 3, k - 2, k - 1, k, k + 1, k + 2, k + 3)}
    found: Stance | None = None
    behind = max((k for k in range(a.first, a.last) if role[k] in ("content", "cue")), default=a.first)
    for n, k in enumerate(outside):
        word = words[k]
        if k in near and word in lex.adverbs:
            found = _stronger(found, lex.adverbs[word])
        for phrase, shown in lex.remarks.get(word, ()):
            if words[k : k + len(phrase)] == phrase:
                found = _stronger(found, shown)
        if word in ("lied", "lies", "lying", "lie") and k not in a.cue and any(words[j] in ("when", "about", "in", "by") for j in outside[n + 1 : n + 3]) and a.cue and k < a.cue[0]:
            return "disputes"
        if word in lex.evaluations and _judges(a, outside, n, behind) and not _others(a, outside, n):
            return "disputes"
        if behind <= k <= behind + NEAR and word in lex.verdicts and _copula(a, outside, n):
            return "disputes"
    if found is not None:
        return found
    return "disputes" if _verdict(a) else None


def _judges(a: _Around, outside: list[int], n: int, behind: int) -> bool:
    """Whether an adjective is said of this statement: its noun is the cue, or stands right before the cue or right behind the content."""
    for j in outside[n + 1 : n + 3]:
        if a.words[j] in stances().statements:
            return a.role[j] == "cue" or (bool(a.cue) and 0 < a.cue[0] - j <= 2) or behind < j <= behind + 5 or (not a.cue and j < a.first)
    return False


def _stronger(one: Stance | None, other: Stance) -> Stance:
    return "disputes" if "disputes" in (one, other) else other


def _others(a: _Around, outside: list[int], n: int) -> bool:
    """Whether an evaluation is passed on from somebody else: "which critics called a false claim"."""
    return any(a.words[j] in OTHERS and a.role[j] != "cue" for j in outside[max(0, n - 5) : n])


def _copula(a: _Around, outside: list[int], n: int) -> bool:
    """Whether a verdict stands behind a form of be that is not denied, in the voice's own words."""
    before = [a.words[j] for j in outside[max(0, n - 4) : n]]
    return not BE.isdisjoint(before) and not {"not", "n't", "never", "no"} & set(before) and not _others(a, outside, n)


def _verdict(a: _Around) -> bool:
    """Whether the next sentence of the same voice says that the statement is false: "That is untrue"."""
    lex = stances()
    k = a.last
    if a.voice:  # a quotation that its own cue interrupts: “…,” she said. “That is untrue.”
        while k < min(len(a.words), a.last + 2 * NEXT) and a.depth[k] < a.voice:
            k += 1
    while k < len(a.words) and (a.words[k] in OPEN or a.words[k] in CLOSE):
        k += 1
    if k >= len(a.words) or a.depth[k] != a.voice or a.words[k] not in POINTING:
        return False
    words = a.words[k : k + NEXT]
    stop = next((n for n, word in enumerate(words) if word in ENDS or word in (",", ":", ";")), len(words))
    words = words[:stop]
    if words[0] == "the" and not (len(words) > 1 and words[1] in lex.statements):
        return False
    be = next((n for n, word in enumerate(words[:4]) if word in BE or word in ("does", "did", "do", "has", "have")), None)
    if be is None:
        return False
    rest = words[be + 1 :]
    if words[0] in ("it", "that", "this") and len(words) == 3 and words[2] in ("not", "n't"):  # "It does not."
        return True
    if {"not", "n't", "never"} & set(rest):
        return "true" in rest or "correct" in rest or "so" in rest[:2]
    return any(word in lex.verdicts for word in rest[:4])


def _cue(a: _Around) -> Stance | None:
    """The stance that the cue's own words show."""
    lex = stances()
    words = a.words
    if not a.cue:
        return None
    cue = [k for k in a.cue if a.depth[k] == a.voice]
    content = next((words[k] for k, role in enumerate(a.role) if role == "content"), "")
    for k in range(max(a.first, a.cue[0] - 1), a.cue[-1] + 1):
        for phrase, shown in lex.phrases.get(words[k], ()):
            if words[k : k + len(phrase)] == phrase:
                return None if _denied(a, k) else shown
    for k in cue:
        verb = lex.verbs.get(words[k])
        if verb is not None and not _other_sense(a, k, verb[0]) and not _of_oneself(a, k, verb[0]):
            open_question = verb[1] == "endorses" and (content in ("if", "whether") or words[a.last - 1] == "?")
            return None if open_question or _denied(a, k) else verb[1]
    for k in cue:
        if words[k] in lex.nouns and not any(words[j] in lexicon().verbs for j in cue if j < k):
            return None if _denied(a, k) else lex.nouns[words[k]]
    return None


def _other_sense(a: _Around, k: int, verb: str) -> bool:
    """Whether what follows gives the verb another sense: "claimed the title", "admitted to hospital"."""
    others = stances().senses.get(a.words[k]) or stances().senses.get(verb)
    if others is None:
        return False
    return not others.isdisjoint(a.words[k + 1 : k + 4]) if len(others) > 4 else not others.isdisjoint(a.words[k + 1 : k + 2])


def _of_oneself(a: _Around, k: int, verb: str) -> bool:
    """Whether a source only says that it knows: "she said she knew"."""
    if verb not in ("know", "understand", "realise", "realize", "learn") or k < 2:
        return False
    predicate = lexicon().verbs.get(a.words[k - 2])
    return a.words[k - 1] in ("i", "we") or (a.words[k - 1] in ("he", "she", "they", "it") and predicate is not None and predicate.name == "report")


def _denied(a: _Around, k: int) -> bool:
    """Whether the cue is denied, asked for or only possible: "did not reveal", "refused to confirm", "may admit"."""
    lex = lexicon()
    for j in range(max(a.first, k - 5), k):
        word = a.words[j]
        if word in lex.negative or word in lex.heads:
            return not (j + 1 < len(a.words) and a.words[j + 1] in lex.harmless)
        if word in ("may", "might", "could", "would", "if", "whether", "should"):
            return True
        if word == "to" and j == k - 1 and a.words[j - 1] not in COMPELLED and (j <= a.first or a.words[j - 1] not in ("appeared", "seemed", "appears", "seems")):
            return True
        if a.words[j + 1] == "to" and (predicate := lex.any(word)) is not None and predicate.name in WEAK:
            return True
    return False
