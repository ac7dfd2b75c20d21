"""The main event of a content, and its status: what the clause itself says of it, before the cue has its say.

The first main clause is found as `clauses` describes. If its verb only says how sure something is ("I think", "it is
likely that", "seems to", "failed to"), the event is that of its complement, and the two statuses are composed, as polarity
signatures compose along a path (Nairn, Condoravdi and Karttunen 2006). An attitude of somebody other than the speaker
("officials believe") is itself the event, since the speaker commits to no more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportedly.reader.certainty.clauses import Group, harmless, infinitive_at, next_group
from reportedly.reader.certainty.clauses import group_at as at
from reportedly.reader.certainty.closed import (
    CLAUSAL,
    CONJUNCTION,
    DEGREE,
    DETERMINER,
    FINITE_BE,
    IMPERSONAL,
    LINKS,
    ODDS,
    OPENERS,
    PREPOSITION,
    QUOTES,
    RAISING,
    REFERRING,
    RELATIVE,
    SPEAKER,
    STOPS,
    TRANSPARENT,
    UNSETTLED,
    WH,
    is_adverb,
)
from reportedly.reader.certainty.lexicon import Effects, Predicate, lexicon
from reportedly.reader.certainty.scope import by_modal, denies, hangs_on_condition, object_infinitive, ordered, past, predicate_of, reduced, starts_clause, subject_of
from reportedly.reader.certainty.status import compose, turned
from reportedly.reader.certainty.words import BASE, ING, NOUN, verb_form

if TYPE_CHECKING:
    from reportedly.values import Factuality

DEEPEST = 4  # clauses that are followed one into another
SURE: Effects = ("CT+", "CT+")


@dataclass(frozen=True, slots=True)
class Event:
    """A main event: its token (None: no event, a name or a noun), its status, and the form it has under the cue.

    `form` is clause, to, thing, doing, whether, or how (what is explained, and so taken for granted). `marked` says whether any word spoke of its status.
    """

    token: int | None
    status: Factuality
    form: str
    marked: bool = False


def first_event(words: list[str], start: int = 0, end: int | None = None, *, quoted: bool = False, depth: int = 0) -> Event:
    """The main event of the first main clause of `words[start:end]`; `quoted`: the speaker's own words, who is then "I"."""
    end = len(words) if end is None else end
    i = start
    while i < end and (words[i] in OPENERS or (words[i] in ("no", "yes", "well") and i + 1 < end and words[i + 1] in (",", ".", "—"))):
        i += 1
    if i >= end:
        return Event(None, "CT+", "thing")
    stop = next((k for k in range(i, end) if words[k] in STOPS), end)
    clause = _Clause(words, stop, quoted, depth)
    if words[i] in ("to", "not", "never") and (group := infinitive_at(words, i, stop)) is not None:
        return clause.finish(group, i, "to")
    form, i = _form(words, i, stop, quoted=quoted)
    while i < stop and words[i] in QUOTES:
        i += 1
    if i < stop < end and words[stop] == "?" and (quoted or QUOTES.isdisjoint(words[i:stop])):
        verb = next((k for k in range(i, stop) if (kind := verb_form(words[k])[1]) and not kind & NOUN), i)
        return Event(verb, "Uu", form, marked=True)
    if quoted and depth == 0 and (order := ordered(words, i, stop)) is not None:
        return Event(order, "Uu", "clause", marked=True)
    event = clause.read(i, form)
    if event.token is None and not event.marked and stop - i < 4 and stop + 1 < end and depth == 0:  # "Of course. We will."
        later = first_event(words, stop + 1, end, quoted=quoted, depth=1)
        return later if later.token is not None else event
    return event


def _form(words: list[str], i: int, stop: int, *, quoted: bool) -> tuple[str, int]:
    """The form of a content that begins at token `i`, and where its clause begins."""
    word, after = words[i], words[i + 1] if i + 1 < stop else ""
    if word == "that" and not (after in FINITE_BE or after in lexicon().modals or after in ("'s", "has", "had", "does", "did")):
        return "clause", i + 1
    if quoted or (word not in WH and word not in ("whether", "if")):
        return "clause", i
    if word in ("if", "when") and "," in words[i:stop]:  # fronted: "when the alarm failed, staff left"
        return "clause", i
    if word in ("why", "how") and after not in DEGREE:
        return "how", i + 1
    if word in ("which", "who", "whom", "whose") and not after:  # a pronoun that stands for its noun
        return "thing", i
    return "whether", i + 1


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence's words up to `stop`, and the way to it: who speaks, and how many clauses it is inside."""

    words: list[str]
    stop: int
    quoted: bool
    depth: int

    def read(self, i: int, form: str) -> Event:
        """Look for the finite group from `i`, past what is fronted or put in between."""
        lex, words, stop = lexicon(), self.words, self.stop
        k = i
        denied = conditional = False
        hedges: list[Factuality] = []
        while k < stop:
            word, before = words[k], words[k - 1] if k > i else ""
            beyond = self._beyond(k, i)
            if beyond is not None:
                conditional = conditional or (word in lex.condition and words[k + 1] != "so" and (words[beyond - 1] == "," or (k == i and k + 1 < beyond < stop)))
                k = beyond
                continue
            after = words[k + 1] if k + 1 < stop else ""
            if word in lex.heads or word in lex.negative:
                if not harmless(words, k, stop) and after != ",":
                    denied = not denied or word == "nor"
            elif word in lex.adverbs and (word not in UNSETTLED or not after or at(words, k + 1, stop) is not None):
                hedges.append(lex.adverbs[word])
            group = at(words, k, stop)
            if group is not None and reduced(words, group, stop):
                k = group.end
            elif group is not None and (before or word != "'s"):
                event = self.finish(group, i, form, denied=denied, hedges=hedges)
                return replace(event, status="Uu", marked=True) if conditional else event
            else:
                k += 1
        return self._without_verb(i, form, hedges)

    def _beyond(self, k: int, i: int) -> int | None:
        """Behind the subordinate clause or the insertion that begins at token `k`; None if none does."""
        lex, words, stop = lexicon(), self.words, self.stop
        word, before = words[k], words[k - 1] if k > i else ","
        if (word in lex.condition or word in lex.concession) and (before in (",", "—", "–", "-") or before in QUOTES):
            comma = past(words, k, stop, (",",))
            if comma > k + 1:
                return comma
            if k > i:
                return stop
            inside = next_group(words, k + 1, stop)
            return inside.end if inside is not None and next_group(words, inside.end, stop) is not None else k + 1
        if word in ("(", "["):
            return past(words, k, stop, (")", "]"))
        if k == i:
            return None
        if word in RELATIVE and before == ",":
            return past(words, k, stop, (",",))
        takes_clause = word in lex.verbs and lex.verbs[word].name in CLAUSAL and (word.endswith("ing") or (before == "to" and verb_form(word)[1] & BASE))
        if (word in RELATIVE and before not in lex.negative) or word in CONJUNCTION or takes_clause:
            inside = next_group(words, k + 1, stop)
            if inside is not None and (word in RELATIVE or "," not in words[k : inside.start]):
                return inside.end
        return None

    def _without_verb(self, i: int, form: str, hedges: list[Factuality]) -> Event:
        """A content with no finite verb: an -ing form or an infinitive is its event, else it has none and the cue decides."""
        lex, words, stop = lexicon(), self.words, self.stop
        for k in range(i + 1, min(stop, i + 6)):
            if words[k] in LINKS or words[k] in PREPOSITION - {"to"}:
                break
            infinitive = infinitive_at(words, k, stop, listed=True) if words[k] in ("to", "not") else None
            if infinitive is not None and lex.any_name(words[k - 1]) is None:  # "the council to act", but "a plan to act"
                return replace(self, quoted=False, depth=0).finish(infinitive, k, "to")
        head, second = (words[i] if i < stop else "", words[i + 1] if i + 1 < stop else "")
        if head == "no" and second in ("idea", "clue"):
            return Event(None, "Uu", form, marked=True)
        k = i + (head in DETERMINER)
        if k + 1 < stop and words[k] in ODDS and words[k + 1] in ("of", "that"):
            return Event(None, "PS+", "thing", marked=True)
        status: Factuality = "CT-" if (head in lex.heads or head == "not") and not harmless(words, i, stop) else "CT+"
        for hedge in hedges:
            status = compose(hedge, status)
        first = next((k for k in range(i, min(stop, i + 4)) if not is_adverb(words[k]) and words[k] not in QUOTES), None)
        token = first if first is not None and verb_form(words[first])[1] == ING else None
        return Event(token, status, form if form in ("whether", "how") else "thing" if token is None else "doing", marked=status != "CT+")

    def finish(self, group: Group, i: int, form: str, *, denied: bool = False, hedges: list[Factuality] | None = None, subject: str | None = None) -> Event:
        """The status of the group's event, or of the complement that it only says how sure it is of."""
        lex, words, stop = lexicon(), self.words, self.stop
        denied = denies(words, group, stop, subject_denies=denied)
        status = by_modal(words, group, denied=denied, quoted=self.quoted)
        for hedge in hedges or []:
            status = compose(hedge, status)
        for k in range(group.start, min(stop, group.end + 2)):
            if words[k] in lex.adverbs and not (k >= group.end and words[k] in UNSETTLED):
                status = compose(lex.adverbs[words[k]], status)
        if form != "to" and hangs_on_condition(words, group.end, stop):
            status = "Uu"
        marked = status != "CT+" or group.modal is not None
        own = turned(status) if denied else status  # effects have the negation in them
        adjective = next((words[k] for k in range(group.end, stop) if not is_adverb(words[k]) or words[k] in UNSETTLED), "") if group.verb == "be" else ""
        inner = self._complement(group, i, denied=denied, subject=subject)
        if inner is not None:
            effect, event = inner
            return Event(event.token if event.token is not None else group.head, compose(own, compose(effect, event.status)), form, marked=True)
        if adjective in UNSETTLED:
            return Event(group.head, compose(own, lex.adjectives[adjective].clause[denied]), form, marked=True)
        return Event(group.head, status, form, marked)

    def _complement(self, group: Group, i: int, *, denied: bool, subject: str | None) -> tuple[Factuality, Event] | None:
        """The effect of the group's predicate and the event in its complement, if the predicate is only a measure of certainty."""
        words, stop = self.words, self.stop
        found = predicate_of(words, group, stop) if self.depth < DEEPEST else None
        if found is None or found[0].name not in TRANSPARENT:
            return None
        predicate, k, undoubted = found
        subject = subject if subject is not None else subject_of(words, group.start, i)
        own = subject in SPEAKER or (subject in REFERRING and not self.quoted)
        while k < stop and (is_adverb(words[k]) or words[k] in QUOTES):
            k += 1
        if words[k : k + 2] in (["to", "me"], ["to", "us"]):
            k += 2
        if k >= stop:
            return None
        within = replace(self, depth=self.depth + 1)
        word, after = words[k], words[k + 1] if k + 1 < stop else ""
        asks = word in WH and predicate.name in ("factive", "question", "sure") and own
        if asks or (word in ("that", "whether", "if") and after not in ("", ",", "—")):
            if not (own or subject in IMPERSONAL or predicate.part == "noun"):
                return None
            inner = first_event(words, k, stop, quoted=self.quoted and word == "that", depth=within.depth)
            return (SURE if undoubted else predicate.effects(inner.form, denied=denied))[denied], inner
        if word == "to" or (word == "not" and after == "to"):
            infinitive = infinitive_at(words, k, stop)
            if infinitive is None or not (own or subject in IMPERSONAL or _raises(predicate, passive=group.passive)):
                return None
            return predicate.to[denied], within.finish(infinitive, k, "to", subject=subject)
        if _takes_clause(predicate, own=own, impersonal=subject in IMPERSONAL) and not (predicate.part == "verb" and group.passive) and starts_clause(words, k, stop):
            return (SURE if undoubted else predicate.clause)[denied], within.read(k, "clause")
        if verb_form(word)[1] == ING and (predicate.name in ("failing", "denial", "memory") or (predicate.name == "desire" and own)):
            return predicate.doing[denied], Event(k, "CT+", "doing")
        if own and predicate.part == "verb" and predicate.lemma in ("want", "wish"):
            return predicate.thing[denied], Event(group.head, "CT+", "thing")
        if own and predicate.part == "verb" and predicate.name in ("belief", "desire") and (infinitive := object_infinitive(words, k, stop)) is not None:
            return predicate.to[denied], within.finish(infinitive, infinitive.start, "to", subject="")
        return None


def _raises(predicate: Predicate, *, passive: bool) -> bool:
    """Whether an infinitive behind a predicate says something of its subject, whoever that is: "the rain is likely to last"."""
    if predicate.name in ("failing", "doing") or predicate.lemma in RAISING or (passive and predicate.name == "belief"):
        return True
    return predicate.part == "adjective" and predicate.name in ("belief", "doubt", "sure", "possibility")


def _takes_clause(predicate: Predicate, *, own: bool, impersonal: bool) -> bool:
    """Whether a predicate takes a clause without "that"."""
    if predicate.part != "verb":
        return predicate.name in ("sure", "possibility", "belief", "doubt") and (own or impersonal)
    if predicate.lemma in ("seem", "appear"):
        return own or impersonal
    return own and (predicate.name in ("belief", "factive", "doubt", "denial", "possibility") or predicate.lemma in ("hope", "wish", "pray"))
