"""How sure is the source? FactBank's code for each attribution.

The code is the status, in the eyes of this source, of the main event of the content (Saurí and Pustejovsky 2009): what
the content's own words say of it (`events`), seen through the cue (`cue_effect`): "denied" turns it round, "believes" makes
it probable, "hopes" leaves it open. Another's commitment has no say: a nested content has that of its own speaker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.reader.certainty.closed import ADVERB, BE, PREPOSITION, QUOTES, RELATIVE, STOPS
from reportedly.reader.certainty.events import first_event
from reportedly.reader.certainty.lexicon import Predicate, lexicon
from reportedly.reader.certainty.status import compose, negative, turned
from reportedly.reader.certainty.words import offset, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportedly.values import Attribution, Factuality, Span

READ = 300  # characters of each piece of a content that are read; the first main clause ends before
PIECES = 4
ENOUGH = 40  # words behind which no further piece is read
MARKS = " \"'“‘«„([—–-…"
BEFORE = 60  # characters before a cue in which its auxiliaries stand


def factuality(text: str, attribution: Attribution, certainty: Callable[[int], float] | None = None) -> Factuality:
    """The status of the content's main event in the eyes of the attribution's own source.

    `certainty` gives, for the offset of a word in `text`, how sure the text is of the event it names, from -3 (certainly
    not) to 3 (certainly); it has a say only where the words of cue and content that the rules know say nothing.
    """
    words, begins = _content_words(text, attribution)
    event = first_event(words, quoted=attribution.manner == "direct")
    cue = _cue_words(text, attribution)
    if cue and words and words[0] in ("for", "on", "against"):  # "pleaded | for a doctor"
        cue.append(words[0])
    status = compose(cue_effect(cue, event.form), event.status)
    if status == "CT+" and certainty is not None and event.token is not None and not event.marked:
        return _by_value(certainty(_offset(text, begins, event.token)))
    return status


# A flat statement about the future or by a source of whom the page keeps its distance has a value well below 3, so only values
# that no flat statement has turn the rules' answer.
SURE_NOT = -1.0
UNSURE = 0.25


def _by_value(value: float) -> Factuality:
    if value <= SURE_NOT:
        return "CT-"
    return "PS+" if value < UNSURE else "CT+"


def _pieces(text: str, attribution: Attribution) -> tuple[Span, ...]:
    """The content's first pieces, without a relative pronoun that stands for what is told ("which | he called | absurd")."""
    spans = attribution.content_spans[:PIECES]
    if len(spans) > 1 and text[spans[0].start : spans[0].end].strip().lower() in RELATIVE:
        return spans[1:]
    return spans


def _content_words(text: str, attribution: Attribution) -> tuple[list[str], list[tuple[int, int]]]:
    """Words of the content's first pieces, and where each piece begins: in the words and in the text."""
    words: list[str] = []
    begins = []
    for span in _pieces(text, attribution):
        if len(words) >= ENOUGH:
            break
        piece = text[span.start : min(span.end, span.start + READ)]
        if words and words[-1] not in STOPS and piece.lstrip(MARKS)[:1].isupper():
            words.append(".")  # the cue stands between two sentences
        begins.append((len(words), span.start))
        words += tokens(piece)
    return words, begins


def _offset(text: str, begins: list[tuple[int, int]], k: int) -> int:
    """Where the `k`-th of the content's words stands in the text."""
    first, start = max((begin for begin in begins if begin[0] <= k), default=(k, 0))
    return start + offset(text[start : start + READ], k - first)


def _cue_words(text: str, attribution: Attribution) -> list[str]:
    """Words of the cue, with the auxiliaries and negation right before it and a negative word of the source ("nobody said")."""
    if not attribution.cue_spans:
        return []
    words: list[str] = []
    first = attribution.cue_spans[0].start
    for span in attribution.cue_spans:
        words += tokens(text[span.start : min(span.end, span.start + READ)])
    before = tokens(text[max(0, first - BEFORE) : first])
    k = len(before)
    while k and _leads(before, k - 1):
        k -= 1
    words[:0] = before[k:]
    if attribution.source_spans:
        source = attribution.source_spans[0]
        head = tokens(text[source.start : min(source.end, source.start + 12)])
        if head and head[0] in lexicon().heads:
            words.insert(0, "not")
    return words


def _leads(words: list[str], k: int) -> bool:
    """Whether a word before a cue belongs to its verb group: "did not | say", "refused to | say"."""
    word = words[k]
    lex = lexicon()
    if word in lex.modals or word in lex.negative or word in AUXILIARIES or word == "to" or (word == "yet" and words[k + 1 : k + 2] == ["to"]):
        return True
    predicate = lex.verbs.get(word)
    return predicate is not None and predicate.name in ("failing", "refusing") and words[k + 1 : k + 2] == ["to"]


AUXILIARIES = frozenset(["am", "is", "are", "was", "were", "be", "been", "has", "have", "had", "'ve", "'re", "do", "does", "did"])


def cue_effect(words: list[str], form: str) -> Factuality:
    """What a cue makes of a content of this form (see `Event.form`), for its source.

    Its predicates compose from left to right: what "declined" makes of "say" is its denial, and a denied "say" leaves open.
    A cue without a known predicate ("according to", ":") passes the content on as it stands.
    """
    lex = lexicon()
    predicates: list[tuple[Predicate, bool, str | None]] = []
    denied = False
    modal: str | None = None
    k = 0
    while k < len(words):
        word = words[k]
        if word == "yet" and words[k + 1 : k + 2] == ["to"]:  # "has yet to announce"
            denied = not denied
        elif word == "little" and words[k + 1 : k + 2] and words[k + 1] in lex.nouns:
            denied = True
        elif word in lex.modals:
            modal = word
            denied = denied or word == "cannot"
        elif word in lex.negative or word in lex.heads:
            if words[k + 1 : k + 2] and words[k + 1] in ("only", "just", "until"):
                pass
            elif words[k + 1 : k + 2] == ["doubt"]:
                denied = True
            else:
                denied = not denied
        else:
            phrase = lex.phrases.get((word, words[k + 1])) if k + 1 < len(words) else None
            described = word == "considering" or (k > 0 and word in lex.adjectives and words[k - 1] in BE)  # "are convinced"
            predicate = phrase or (lex.adjectives.get(word) if described else lex.any(word))
            if predicate is not None and predicates and (word in ("back", "like") or ((predicate.part == "noun" or word in lex.nouns) and not PREPOSITION.isdisjoint(words[max(0, k - 3) : k]))):
                predicate = None  # "shot back", "said of the campaign"
            if predicate is not None and not (word in ADVERB or word in QUOTES):
                predicates.append((predicate, denied, modal))
                denied, modal = False, None
                k += phrase is not None
        k += 1
    status: Factuality = "CT+"
    if not predicates and (form in ("whether", "how") or denied):
        return "Uu"
    for number, (predicate, negated, modal) in enumerate(predicates):
        last = number + 1 == len(predicates)
        taken = form if last else ("to" if predicate.name in ("failing", "refusing", "desire", "directive", "belief") else "clause")
        denies = negated != negative(status)
        effect = predicate.effects(taken, denied=denies)[denies]
        if negative(status):
            status = turned(status)
        status = compose(status, effect)
        if modal in ("may", "might", "could") and not negated:
            status = compose("PS+", status)
    return status
