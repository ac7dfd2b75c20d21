"""How far a sentence commits to one of its predicates, on the scale of the factuality corpora: -3 (certainly not) to 3 (certainly).

The rules climb from the predicate to what governs it: its own auxiliaries and negation, then the predicate whose infinitive,
clause or object it stands in, and so on outward. Each step is read by the same lexicon and the same composition as for
attributions. What the rules saw becomes named features, and a ridge regression over them (fitted by training/commitment.py)
turns them into a number, as Lee et al. (2015) did over a parse.

There are two scales, since the corpora ask different things. UW (Lee et al. 2015) asks whether the author commits to the event;
UDS-IH2 (Rudinger et al. 2018) asks whether it happened or is happening, so that what is planned is close to what is denied.
FactBank's codes go with UW.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from reportedly.reader.certainty.clauses import group_at, harmless
from reportedly.reader.certainty.closed import ADVERB, BE, DETERMINER, DO, HAVE, PERSONAL, PREPOSITION, PRONOUN, QUOTES, is_adverb
from reportedly.reader.certainty.events import first_event
from reportedly.reader.certainty.lexicon import Predicate, lexicon
from reportedly.reader.certainty.status import compose, negative, turned
from reportedly.reader.certainty.words import BASE, ING, NOUN, PART, PAST, tokens, verb_form

if TYPE_CHECKING:
    from reportedly.values import Factuality

FARTHEST = 4  # predicates climbed
REACH = 14  # words looked at for one that governs
LIMIT = 1000  # characters on either side of the predicate that are read
NEAR = 6  # words before the predicate that are features of themselves
Scale = Literal["uw", "uds"]
AUXILIARY = BE | HAVE | DO | {"'s", "'d", "ca", "wo"}
BOUND = frozenset([".", "!", "?", ";", ":", "(", ")", "—", "–", "``", "''"]) | QUOTES
MARKERS = frozenset(["that", "whether", "if", "because", "when", "while", "although", "though", "since", "as", "after", "before", "until", "unless", "once", "where", "who", "which", "whom", "whose", "what", "why", "how", "so", "than", "lest", "like"])


def commitment(sentence: str, predicate_start: int, predicate_end: int, scale: Scale = "uw") -> float:
    """How far a sentence commits to the predicate `sentence[predicate_start:predicate_end]`, from -3 to 3.

    A predicate of several words stands for its own main event. Unknown or empty predicates have the value of their surroundings.
    """
    words, k = locate(sentence, predicate_start, predicate_end)
    if not words:
        return 0.0
    constant, table = weights(scale)
    return max(-3.0, min(3.0, constant + sum(table.get(name, 0.0) for name in set(features(words, k)))))


def locate(sentence: str, start: int, end: int) -> tuple[list[str], int]:
    """The words around a predicate and which of them it is."""
    start = min(max(0, start), len(sentence))
    end = min(end, len(sentence), start + LIMIT)
    before = tokens(sentence[max(0, start - LIMIT) : start])
    inside = tokens(sentence[start:end])
    words = before + inside + tokens(sentence[max(start, end) : end + LIMIT])
    k = len(before)
    if len(inside) > 1:
        k += first_event(inside, quoted=True).token or 0
    return words, min(k, max(0, len(words) - 1))


@cache
def weights(scale: Scale) -> tuple[float, dict[str, float]]:
    """The constant and the weight of each feature."""
    lines = (files("reportedly.reader") / "data" / f"commitment.{scale}.txt").read_text("utf-8").splitlines()
    table = {name: float(weight) for name, weight in (line.rsplit("\t", 1) for line in lines if line and not line.startswith("# "))}
    return table.pop("constant"), table


@dataclass(slots=True)
class Climb:
    """One predicate with what stands around it: its verb group, and the marker and the predicate that govern its clause."""

    k: int
    start: int
    form: str = "noun"
    lemma: str = ""
    modal: str | None = None
    negated: bool = False
    auxiliaries: list[str] = field(default_factory=list)
    marker: str = ""
    subject: str = ""
    fronted: str = ""
    governor: int | None = None
    predicate: Predicate | None = None
    kind: str = ""


def climb(words: list[str], k: int) -> Climb:
    """Read what stands around the predicate at token `k`."""
    lex = lexicon()
    lemma, form = verb_form(words[k])
    c = Climb(k, k, lemma=lemma)
    j = k - 1
    infinitive = False
    while j >= 0 and k - j < 8:
        word = words[j]
        if word == "to":
            infinitive = bool(form & BASE) or words[k] in ("be", "have", "do") or "be" in c.auxiliaries or "have" in c.auxiliaries or bool(not form and k + 1 < len(words) and words[k].isalpha())
            if not infinitive:
                break
            c.start = j
            if j and words[j - 1] in ("not", "never"):
                c.negated, c.start = not c.negated, j - 1
            break
        if word in lex.modals:
            c.modal, c.start = word, j
        elif word in AUXILIARY:
            if word in DO and form & (PART | ING) and not form & BASE:
                break
            c.auxiliaries.append(word)
            c.start = j
        elif word in lex.negative:
            if words[j + 1] not in lex.harmless:
                c.negated = not c.negated
                c.start = j
        elif words[j : j + 2] == ["no", "longer"]:
            c.negated = not c.negated
        elif not (is_adverb(word) or word == "longer") or word in ("there", "all"):
            break
        j -= 1
    if infinitive:
        c.form = "to"
    elif c.modal:
        c.form = "modal"
    elif c.auxiliaries:
        c.form = "finite"
    elif form & ING:
        c.form = "ing"
    elif form & (PAST | PART):
        c.form = "past" if group_at(words, k, len(words)) is not None else "part"
    elif form and group_at(words, k, len(words)) is not None:
        c.form = "present"
    elif form & BASE and not form & NOUN:
        c.form = "base"
    elif words[k] in BE:
        c.form = "finite"
    _govern(words, c)
    return c


def _govern(words: list[str], c: Climb) -> None:
    """Find the predicate that the clause, infinitive, -ing form or noun hangs on, and the word that marks it."""
    lex = lexicon()
    j = c.start - 1
    if c.form in ("noun", "ing", "part", "base"):
        _govern_thing(words, c, j)
        return
    if c.form == "to":
        while j >= 0 and c.start - j < REACH:
            word = words[j]
            if word in BOUND or word in (",", "that", "if", "whether"):
                c.marker = word
                return
            if word not in PERSONAL and (found := lex.any(word)) is not None and word not in ADVERB:
                c.governor, c.predicate, c.kind = j, found, "to"
                return
            form = verb_form(word)[1]
            if (form & ~NOUN and not form & NOUN) or word in BE:
                c.governor, c.kind = j, "to"
                return
            j -= 1
        return
    # a finite clause: back over its subject to the marker or the governing verb
    while j >= 0 and c.start - j < REACH:
        word = words[j]
        if word in BOUND:
            c.marker = c.marker or word
            return
        if word == ",":
            c.marker = ","
            _fronted(words, c, j)
            return
        if word in MARKERS and not (word == "that" and j + 1 == c.start and words[j - 1 : j] and words[j - 1] in BOUND):
            c.marker = word
            if j and word in ("that", "whether", "if", "what", "why", "how", "when", "where", "who", "which", "as"):
                before = j - 1
                while before > 0 and (is_adverb(words[before]) or words[before] in QUOTES or words[before] in ("him", "her", "them", "me", "us", "it")):
                    before -= 1
                found = lex.any(words[before])
                if found is not None and words[before] not in ADVERB:
                    c.governor, c.predicate, c.kind = before, found, "whether" if word in ("whether", "if", "what", "why", "how", "when", "where") else "clause"
            return
        if word in ("and", "or", "but"):
            c.marker = word
            _fronted(words, c, j)
            return
        if word in lex.heads:
            c.subject = "no"
        elif not c.subject and word in PRONOUN:
            c.subject = word
        form = verb_form(word)[1]
        if j < c.start - 1 and word in lex.verbs and word not in ADVERB and form and (form & ~NOUN) and group_at(words, j, len(words)) is not None:
            c.governor, c.predicate, c.kind = j, lex.verbs[word], "clause"
            return
        j -= 1


def _govern_thing(words: list[str], c: Climb, j: int) -> None:
    """The verb, preposition or noun before a noun or an -ing form."""
    lex = lexicon()
    if j >= 0 and c.form != "noun" and words[j] in PREPOSITION | {"while", "when", "if", "after", "before", "since"}:
        c.marker = words[j]
        j -= 1
    while j >= 0 and c.k - j < 7:
        word = words[j]
        if word in BOUND or word in MARKERS or word in (",", "and", "or", "but"):
            c.marker = c.marker or word
            return
        if word in lex.heads:
            c.subject = "no"
        elif word in PREPOSITION and not c.marker:
            c.marker = word
        elif word in DETERMINER and not c.subject:
            c.subject = word
        if word in lex.negative:
            c.subject = "no"
        found = lex.any(word)
        if found is not None and word not in ADVERB and (found.part != "adjective" or j == c.k - 1):
            c.governor, c.predicate, c.kind = j, found, "doing" if c.form == "ing" else "thing"
            return
        j -= 1


def _fronted(words: list[str], c: Climb, j: int) -> None:
    """A condition that the sentence begins with: "If it rains, …"."""
    k = 0
    while k < min(3, j) and words[k] in QUOTES | {"and", "but", "so", "even"}:
        k += 1
    if words[k] in ("if", "unless", "when", "once", "although", "while", "because"):
        c.fronted = words[k]


def status(words: list[str], c: Climb, depth: int = 0) -> tuple[Factuality, list[Climb]]:
    """The status that the rules give, composed from the inside out, and the predicates climbed."""
    lex = lexicon()
    denied = c.negated != (c.subject == "no")
    after = c.k + 1
    if after < len(words) and words[after] in lex.heads and not harmless(words, after, len(words)):
        denied = not denied
    local: Factuality = lex.modals[c.modal][denied] if c.modal else "CT-" if denied else "CT+"
    for j in range(max(0, c.start - 2), min(len(words), c.k + 1)):
        if words[j] in lex.adverbs:
            local = compose(lex.adverbs[words[j]], local)
    if c.marker in ("if", "unless", "whether") or c.fronted in ("if", "unless"):
        local = "Uu"
    if c.governor is None or depth >= FARTHEST:
        return local, [c]
    outer = climb(words, c.governor)
    context, chain = status(words, outer, depth + 1)
    effect: Factuality = "CT+"
    if c.predicate is not None:
        effect = getattr(c.predicate, c.kind)[negative(context)]
    elif c.kind == "to":
        effect = "Uu"
    if negative(context):
        context = turned(context)
    return compose(context, compose(effect, local)), [c, *chain]


def features(words: list[str], k: int) -> list[str]:
    """What the rules saw around a predicate, as names of features."""
    lex = lexicon()
    c = climb(words, k)
    code, chain = status(words, c)
    stop = next((j for j in range(k, len(words)) if words[j] in (".", "!", "?")), None)
    asks = stop is not None and words[stop] == "?"
    before, after = (words[k - 1] if k else "^"), (words[k + 1] if k + 1 < len(words) else "$")
    no_object = after in lex.heads
    neg = "-" if (c.negated != (c.subject == "no")) else "+"
    out = [
        f"code={code}", f"code={code}/{c.form}", f"form={c.form}{neg}", f"form={c.form}/{c.modal}{neg}", f"marker={c.marker}/{c.form}", f"subject={c.subject}", f"lemma={c.lemma}",
        f"word={words[k]}", f"lemma={c.lemma}/{c.form}", f"suffix={words[k][-3:]}", f"before={before}", f"after={after}", f"front={c.fronted}", f"first={words[0]}",
    ]
    if c.auxiliaries:
        out.append(f"aux={'.'.join(reversed(c.auxiliaries[:3]))}{neg}")
    if asks:
        out += ["asks", f"asks/{c.form}"]
    if no_object:
        out.append("no-object")
    if c.predicate is not None:
        outer = chain[1] if len(chain) > 1 else None
        sign = "-" if outer is not None and (outer.negated != (outer.subject == "no")) else "+"
        out += [f"gov={c.predicate.name}/{c.kind}{sign}", f"gov={c.predicate.lemma}/{c.kind}", f"gov={c.predicate.lemma}/{c.kind}{sign}", f"govsign={c.kind}{sign}"]
        if outer is not None:
            out += [f"govform={outer.form}/{c.kind}", f"govmodal={outer.modal}/{c.kind}"]
    elif c.governor is not None:
        out += [f"gov=?/{c.kind}", f"gov={verb_form(words[c.governor])[0]}/{c.kind}"]
    else:
        out.append(f"gov=none/{c.form}")
    if len(chain) > 2 and chain[1].predicate is not None:
        out.append(f"gov2={chain[1].predicate.name}/{chain[1].kind}")
    out.append(f"far={min(4, k // 6)}")
    out += [f"near={word}" for word in words[max(0, k - NEAR) : k]]
    if any(w in ("if", "unless") for w in words[:k]):
        out.append("if-before")
    if any(w in lex.negative or w in lex.heads for w in words[max(0, k - 8) : k]):
        out.append("negation-near")
    if any(w in ("would", "could", "should", "may", "might", "must", "will", "'ll", "'d") for w in words[max(0, k - 8) : k]):
        out.append("modal-near")
    return out
