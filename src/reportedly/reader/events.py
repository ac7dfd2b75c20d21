"""The main event of a content, and its status: what the clause itself says of it, before the cue has its say.

The first main clause is found as `clauses` describes. If its verb only says how sure something is ("I think", "it is
likely that", "seems to", "failed to"), the event is that of its complement, and the two statuses are composed, as polarity
signatures compose along a path (Nairn, Condoravdi and Karttunen 2006). An attitude of somebody other than the speaker
("officials believe") is itself the event, since the speaker commits to no more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.reader.clauses import (
    ADVERB,
    BE,
    DETERMINER,
    FINITE_BE,
    OPENERS,
    PERSONAL,
    PREPOSITION,
    PRONOUN,
    QUOTES,
    STOPS,
    Group,
    group_at,
    infinitive_at,
    is_adverb,
)
from reportedly.reader.lexicon import Effects, Predicate, lexicon
from reportedly.reader.words import BASE, ING, NOUN, PART, verb_form

if TYPE_CHECKING:
    from reportedly.values import Factuality

STRENGTH: dict[Factuality, int] = {"CT+": 3, "PR+": 2, "PS+": 1, "CT-": 3, "PR-": 2, "PS-": 1, "CTu": 0, "Uu": 0}
BY_STRENGTH: dict[bool, tuple[Factuality, ...]] = {False: ("Uu", "PS+", "PR+", "CT+"), True: ("Uu", "PS-", "PR-", "CT-")}
DEEPEST = 4  # clauses that are followed one into another
RAISING = frozenset("seem appear tend expect think believe say report suppose predict project forecast estimate assume look begin start continue manage fail get happen able unable know understand set".split())
WH = frozenset(["what", "why", "how", "when", "where", "who", "which", "whom", "whose"])
LINKS = frozenset(", and but or because since as after before while when if that which who whose where although though until — – - : ( than what how whether".split())
CONJUNCTIONS = frozenset("while if because although when unless whether".split())
CLAUSAL = frozenset("report factive belief sure possibility doubt denial warning suggestion".split())
ODDS = frozenset("chance chances odds probability likelihood risk possibility".split())
PERFORMED = frozenset("must can will would could 'll 'd".split())
TELLING = frozenset("say tell admit confess confirm assure promise argue call describe".split())
UNSETTLED = frozenset("likely unlikely probable possible doubtful uncertain unclear unknown".split())
TRANSPARENT = frozenset("memory belief possibility doubt sure desire denial question factive failing refusing doing continuing suggestion".split())
SPEAKER = frozenset(["i", "we"])
REFERRING = frozenset(["i", "we", "he", "she", "it", "they"])


@dataclass(frozen=True, slots=True)
class Event:
    """A main event: its token (None: no event, a name or a noun), its status, and the form it has under the cue.

    `form` is clause, to, thing, doing or whether. `marked` says whether any word spoke of its status.
    """

    token: int | None
    status: Factuality
    form: str
    marked: bool = False


def compose(outer: Factuality, inner: Factuality) -> Factuality:
    """The status of an event under two operators: the weaker certainty, the product of the polarities."""
    if outer == "CTu" or inner == "CTu":
        return "Uu" if "Uu" in (outer, inner) else "CTu"
    return BY_STRENGTH[negative(outer) != negative(inner)][min(STRENGTH[outer], STRENGTH[inner])]


def negative(status: Factuality) -> bool:
    """Whether a status is one of the denied ones."""
    return status.endswith("-")


def first_event(words: list[str], start: int = 0, end: int | None = None, *, quoted: bool = False, depth: int = 0) -> Event:
    """The main event of the first main clause of `words[start:end]`; `quoted`: the speaker's own words, who is then "I"."""
    end = len(words) if end is None else end
    i = start
    while i < end and (words[i] in OPENERS or (words[i] in ("no", "yes", "well") and i + 1 < end and words[i + 1] in ",.—")):
        i += 1
    if i >= end:
        return Event(None, "CT+", "thing")
    lex = lexicon()
    stop = _sentence_end(words, i, end)
    if words[i] in ("to", "not", "never") and (group := infinitive_at(words, i, stop)) is not None:
        return _finished(words, group, i, stop, stop, "to", quoted=quoted, depth=depth)
    form = "clause"
    if words[i] == "that" and not (i + 1 < stop and (words[i + 1] in FINITE_BE or words[i + 1] in lex.modals or words[i + 1] in ("'s", "has", "had", "does", "did"))):
        i += 1
    elif words[i] in ("whether", "if") and not quoted:
        form, i = ("whether", i + 1) if words[i] == "whether" or not _has_comma(words, i, stop) else ("clause", i)
    elif words[i] in WH and not quoted:
        if words[i] == "when" and _has_comma(words, i, stop):
            pass  # fronted: "when the alarm failed, staff left"
        elif words[i] in ("why", "how") and words[i + 1 : i + 2] not in (["to"], ["much"], ["many"], ["long"], ["far"], ["often"]):  # what is explained is taken for granted
            i += 1
        elif words[i] in ("which", "who", "whom", "whose") and stop - i < 2:  # a pronoun that stands for its noun
            form = "thing"
        else:
            form, i = "whether", i + 1
    while i < stop and words[i] in QUOTES:
        i += 1
    if i < stop and _question(words, i, stop, end):
        return Event(_some_verb(words, i, stop), "Uu", form, marked=True)
    if quoted and depth == 0:
        event = _imperative(words, i, stop)
        if event is not None:
            return event
    event = _clause(words, i, stop, end, form, quoted=quoted, depth=depth)
    if event.token is None and not event.marked and stop - i < 4 and stop + 1 < end and depth == 0:
        later = first_event(words, stop + 1, end, quoted=quoted, depth=1)
        return later if later.token is not None else event
    return event


def _sentence_end(words: list[str], i: int, end: int) -> int:
    k = i
    while k < end and words[k] not in STOPS:
        k += 1
    return k


def _has_comma(words: list[str], i: int, stop: int) -> bool:
    return "," in words[i:stop]


def _question(words: list[str], i: int, stop: int, end: int) -> bool:
    """Whether the sentence asks: it ends in a question mark, and not as a tag or a quotation within."""
    return stop < end and words[stop] == "?"


def _some_verb(words: list[str], i: int, stop: int) -> int:
    """The first word that is surely a verb, for a question's event."""
    return next((k for k in range(i, stop) if (kind := verb_form(words[k])[1]) and not kind & NOUN), i)


def _imperative(words: list[str], i: int, stop: int) -> Event | None:
    """An order: a base form that begins the sentence and has no subject ("Stay in the cellar", "Don't wait", "Let's go")."""
    k = i
    while k < stop and (words[k] in ("please", "just", "always", "never") or words[k] in QUOTES):
        k += 1
    if k >= stop:
        return None
    word, after = words[k], words[k + 1] if k + 1 < stop else "."
    if word == "do" and after in ("n't", "not"):
        return Event(min(k + 2, stop - 1), "Uu", "clause", marked=True)
    if word == "let" or word == "be":
        return Event(k, "Uu", "clause", marked=True)
    kind = verb_form(word)[1]
    if not kind & BASE or (kind & PART and word not in ("come", "put", "let", "run")):
        return None
    obvious = after in DETERMINER or after in ("me", "us", "him", "them", "it", "yourself", "that", "up", "out", "back", "away", "down", "off", "home", "your", "my")
    if kind & NOUN and not obvious:
        return None
    if obvious or after in PREPOSITION or after in ("and", ",", ".") or k + 1 == stop or is_adverb(after):
        following = next((group_at(words, j, stop) for j in range(k + 1, min(stop, k + 5)) if group_at(words, j, stop)), None)
        if following is None or words[following.start - 1] in PRONOUN:
            return Event(k, "Uu", "clause", marked=True)
    return None


def _clause(words: list[str], i: int, stop: int, end: int, form: str, *, quoted: bool, depth: int) -> Event:
    """Look for the finite group from `i`, past what is fronted or put in between."""
    lex = lexicon()
    k = i
    denied = conditional = False
    hedges: list[Factuality] = []
    while k < stop:
        word = words[k]
        before = words[k - 1] if k > i else ""
        if (word in lex.condition or word in lex.concession) and (k == i or before in (",", "—", "–", "-") or before in QUOTES) and not (word in WH and form == "whether" and k == i):
            bound = _past_fronted(words, k + 1, stop)
            if bound is None:
                if k > i:
                    break
                inside = _next_group(words, k + 1, stop)
                k = inside.end if inside is not None and _next_group(words, inside.end, stop) is not None else k + 1
                continue
            if k == i or word in lex.condition:
                conditional = conditional or (word in lex.condition and words[k + 1 : k + 2] != ["so"])
            k = bound
            continue
        if word in ("(", "["):
            k = _past(words, k, stop, (")", "]"))
            continue
        if word in ("who", "which", "whose", "whom", "that", "where") and k > i:
            if before == ",":
                k = _past(words, k, stop, (",",))
                continue
            relative = _next_group(words, k + 1, stop)
            if relative is not None and (before not in lex.negative):
                k = relative.end
                continue
        if before and (word in CONJUNCTIONS or (verb_form(word)[1] & (ING | BASE) and (before == "to" or word.endswith("ing")) and word in lex.verbs and lex.verbs[word].name in CLAUSAL)):
            relative = _next_group(words, k + 1, stop)
            if relative is not None and "," not in words[k : relative.start]:
                k = relative.end
                continue
        if word in lex.heads or word in lex.negative:
            if not (k + 1 < stop and words[k + 1] in lex.harmless) and not (k + 1 < stop and words[k + 1] == ","):
                denied = not denied if word != "nor" else True
        elif word in lex.adverbs and (word not in ("likely", "unlikely") or k + 1 == stop or group_at(words, k + 1, stop) is not None):
            hedges.append(lex.adverbs[word])
        group = group_at(words, k, stop)
        if group is not None and _reduced(words, group, stop):
            k = group.end
            continue
        if group is not None and not (k == i and word in ("'s",)):
            event = _finished(words, group, i, stop, end, form, quoted=quoted, depth=depth, denied=denied, hedges=tuple(hedges))
            if conditional:
                return Event(event.token, "Uu", event.form, marked=True)
            return event
        k += 1
    return _without_verb(words, i, stop, form, denied=denied, hedges=tuple(hedges))


def _without_verb(words: list[str], i: int, stop: int, form: str, *, denied: bool, hedges: tuple[Factuality, ...]) -> Event:
    """A content with no finite verb: an -ing form is its event, else it has none and the cue decides."""
    lex = lexicon()
    status: Factuality = "CT+"
    token = None
    for k in range(i, min(stop, i + 4)):
        if verb_form(words[k])[1] == ING:
            token = k
            break
        if not (is_adverb(words[k]) or words[k] in QUOTES):
            break
    for k in range(i, min(stop, i + 6)):
        if words[k] in LINKS or words[k] in PREPOSITION - {"to"}:
            break
        infinitive = infinitive_at(words, k, stop, listed=True) if words[k] in ("to", "not") and k > i else None
        if infinitive is not None:
            if words[k - 1] in lexicon().nouns or words[k - 1] in lexicon().adjectives:
                break
            return _finished(words, infinitive, k, stop, stop, "to", quoted=False, depth=0)
    head = words[i] if i < stop else ""
    k = i + (head in DETERMINER)
    if k + 1 < stop and words[k] in ODDS and words[k + 1] in ("of", "that"):
        return Event(None, "PS+", "thing", marked=True)
    if words[i : i + 2] in (["no", "idea"], ["no", "clue"]):
        return Event(None, "Uu", form, marked=True)
    if (head in lex.heads or head == "not") and not (i + 1 < stop and words[i + 1] in lex.harmless):
        status = "CT-"
    for hedge in hedges:
        status = compose(hedge, status)
    return Event(token, status, form if form == "whether" else "thing" if token is None else "doing", marked=status != "CT+")


def _reduced(words: list[str], group: Group, stop: int) -> bool:
    """Whether a past form is a participle behind its noun ("a painting sold in May is a forgery"): another finite group follows, without a link."""
    if group.end != group.start + 1 or not verb_form(words[group.head])[1] & PART or group.end >= stop:
        return False
    if words[group.start - 1] == ",":
        bound = _past(words, group.end, stop, (",",))
        return bound > group.end + 1 and any(group_at(words, j, stop) is not None for j in range(bound, min(stop, bound + 3)))
    if words[group.end] not in PREPOSITION or words[group.start - 1] in PERSONAL:
        return False
    for j in range(group.end, stop):
        if words[j] in LINKS or words[j] in PERSONAL:
            return False
        if j > group.end and group_at(words, j, stop) is not None:
            return True
    return False


def _past(words: list[str], k: int, stop: int, closing: tuple[str, ...]) -> int:
    for j in range(k + 1, stop):
        if words[j] in closing:
            return j + 1
    return k + 1


def _past_fronted(words: list[str], k: int, stop: int) -> int | None:
    """Behind the comma that ends a fronted clause or phrase; None if there is no comma."""
    for j in range(k, stop):
        if words[j] == ",":
            return j + 1
    return None


def _next_group(words: list[str], k: int, stop: int) -> Group | None:
    for j in range(k, stop):
        group = group_at(words, j, stop)
        if group is not None:
            return group
    return None


def _finished(words: list[str], group: Group, i: int, stop: int, end: int, form: str, *, quoted: bool, depth: int, denied: bool = False, hedges: tuple[Factuality, ...] = (), subject: str | None = None) -> Event:
    """The status of the group's event, or of the complement that it only says how sure it is of."""
    lex = lexicon()
    after = group.end
    denies = group.negated != denied
    if group.negated and group.past and "until" in words[after : min(stop, after + 4)]:
        denies = denied
    if _negative_object(words, after, stop):
        denies = not denies
    elif after + 1 < stop and group.verb == "be" and words[after] == "not" and words[after + 1] not in lex.harmless:
        denies = not denies
    status = _modal(words, group, denies)
    if quoted and group.modal in PERFORMED and words[group.head] in TELLING and group.start and words[group.start - 1] in SPEAKER:
        status = "CT-" if denies else "CT+"  # "I must say"
    for k in range(group.start, min(stop, group.end + 2)):
        if words[k] in lex.adverbs and not (k >= group.end and words[k] in ("likely", "unlikely")):
            hedges = (*hedges, lex.adverbs[words[k]])
    for hedge in hedges:
        status = compose(hedge, status)
    if form != "to" and _condition_follows(words, group.end, stop):
        status = "Uu"
    marked = status != "CT+" or group.modal is not None
    if group.verb == "be" and after < stop:
        k = after
        while k < stop and is_adverb(words[k]) and words[k] not in UNSETTLED:
            k += 1
        if k < stop and words[k] in UNSETTLED and words[k + 1 : k + 2] not in (["to"], ["that"], ["whether"], ["if"], ["how"], ["what"]):
            return Event(group.head, compose(compose("CT-", status) if denies else status, lex.adjectives[words[k]].clause[denies]), form, marked=True)
    inner = _complement(words, group, i, stop, end, quoted=quoted, depth=depth, denies=denies, subject=subject)
    if inner is None:
        return Event(group.head, status, form, marked)
    effect, event = inner
    own = status if not denies else compose("CT-", status)  # the effect has the negation in it
    return Event(event.token if event.token is not None else group.head, compose(own, compose(effect, event.status)), form, marked=True)


def _negative_object(words: list[str], k: int, stop: int) -> bool:
    """Whether "no money", "nothing" or "nobody" is an object of the verb before, perhaps behind another object."""
    lex = lexicon()
    for j in range(k, min(stop, k + 4)):
        if words[j] in lex.heads:
            if any(group_at(words, n, stop) is not None for n in range(j + 1, min(stop, j + 4))):
                return False  # subject of a clause: "says nobody came"
            return not (j + 1 < stop and (words[j + 1] in lex.harmless or words[j + 1].endswith("er")))
        if words[j] in PREPOSITION or words[j] in LINKS or words[j] in ("to", "there") or words[j] in FINITE_BE:
            return False
    return False


def _modal(words: list[str], group: Group, denies: bool) -> Factuality:
    """The status that the modal gives, with counterfactuals: what "should have been" was not."""
    if group.modal is None:
        return "CT-" if denies else "CT+"
    status = lexicon().modals[group.modal][denies]
    if group.modal == "should" and group.perfect:
        return "CT+" if denies else "CT-"
    if group.modal == "must" and not (group.perfect or group.verb == "be"):
        return "Uu"
    return status


def _condition_follows(words: list[str], k: int, stop: int) -> bool:
    """Whether an "if" clause follows that the main clause hangs on."""
    for j in range(k, stop):
        if words[j] in ("if", "unless"):
            before = words[j - 1]
            predicate = lexicon().any(before)
            return before not in ("as", "even", "only", "or", "what", "and") and not (predicate is not None and words[j] == "if")
        if j > k and group_at(words, j, stop) is not None:
            return False  # it belongs to the clause within: "said they would leave if …"
    return False


def _complement(words: list[str], group: Group, i: int, stop: int, end: int, *, quoted: bool, depth: int, denies: bool, subject: str | None) -> tuple[Factuality, Event] | None:
    """The effect of the group's predicate and the event in its complement, if the predicate is only a measure of certainty."""
    if depth >= DEEPEST:
        return None
    found = _predicate(words, group, stop)
    if found is None:
        return None
    predicate, k, undoubted = found
    if predicate.name not in TRANSPARENT:
        return None
    subject = subject or _subject(words, group.start, i)
    speaks = subject in SPEAKER or (subject in REFERRING and not quoted)
    impersonal = subject in ("it", "there", "that", "this")
    passive = predicate.part == "verb" and group.passive
    while k < stop and (is_adverb(words[k]) or words[k] in QUOTES):
        k += 1
    if words[k : k + 2] in (["to", "me"], ["to", "us"]):
        k += 2
    if k + 1 < stop and (words[k] in ("that", "whether", "if") and words[k + 1] not in ",—" or (words[k] in WH and predicate.name in ("factive", "question", "sure") and speaks)):
        if not (speaks or impersonal or predicate.part == "noun"):
            return None
        inner = first_event(words, k, stop, quoted=quoted and words[k] == "that", depth=depth + 1)
        effects = ("CT+", "CT+") if undoubted else predicate.whether if inner.form == "whether" else predicate.clause
    elif k < stop and (words[k] == "to" or (words[k] == "not" and words[k + 1 : k + 2] == ["to"])):
        raising = predicate.part == "adjective" and predicate.name in ("belief", "doubt", "sure", "failing", "doing", "possibility") or predicate.lemma in RAISING or predicate.name in ("failing", "doing") or (passive and predicate.name == "belief")
        if not (raising or speaks or impersonal):
            return None
        infinitive = infinitive_at(words, k, stop)
        if infinitive is None:
            return None
        inner, effects = _finished(words, infinitive, k, stop, end, "to", quoted=quoted, depth=depth + 1, subject=subject), predicate.to
    elif predicate.part == "verb" and (predicate.name in ("belief", "factive", "doubt", "denial", "possibility") and speaks or predicate.lemma in ("hope", "wish", "pray") and speaks or predicate.lemma in ("seem", "appear") and impersonal) and not passive and _starts_clause(words, k, stop):
        inner = _clause(words, k, stop, end, "clause", quoted=quoted, depth=depth + 1)
        effects = predicate.clause
    elif predicate.part != "verb" and predicate.name in ("sure", "possibility", "belief", "doubt") and (speaks or impersonal) and _starts_clause(words, k, stop):
        inner = _clause(words, k, stop, end, "clause", quoted=quoted, depth=depth + 1)
        effects = ("CT+", "CT+") if undoubted else predicate.clause
    elif k < stop and predicate.name in ("failing", "desire", "denial") and verb_form(words[k])[1] == ING and (predicate.name != "desire" or speaks):
        inner, effects = Event(k, "CT+", "doing"), predicate.doing
    elif speaks and predicate.part == "verb" and predicate.lemma in ("want", "wish") and k < stop:
        return predicate.thing[denies], Event(group.head, "CT+", "thing")
    elif speaks and predicate.part == "verb" and predicate.name in ("belief", "desire") and (infinitive := _object_infinitive(words, k, stop)) is not None:
        inner, effects = _finished(words, infinitive, infinitive.start, stop, end, "to", quoted=quoted, depth=depth + 1, subject=""), predicate.to
    else:
        return None
    return effects[denies], inner


def _object_infinitive(words: list[str], k: int, stop: int) -> Group | None:
    """The infinitive behind an object: "expect | the plant to reopen"."""
    for j in range(k, min(stop, k + 8)):
        if words[j] in LINKS:
            return None
        if words[j] == "to" and j > k:
            return infinitive_at(words, j, stop)
    return None


def _starts_clause(words: list[str], k: int, stop: int) -> bool:
    """Whether a clause without "that" may begin here: a subject and a finite group follow before any comma."""
    if k >= stop or words[k] in PREPOSITION or words[k] in (",", "(", "and", "or", "but"):
        return False
    for j in range(k, min(stop, k + 14)):
        if words[j] == ",":
            return False
        if j > k and group_at(words, j, stop) is not None:
            return True
    return False


def _predicate(words: list[str], group: Group, stop: int) -> tuple[Predicate, int, bool] | None:
    """The predicate that the group makes, the token behind it, and whether it is a doubt that is denied ("no doubt").

    It is the group's verb, or the adjective or noun after be and have.
    """
    lex = lexicon()
    k = group.end
    if group.verb in ("be", "have", "feel", "remain", "become", "get", "see", "make", "express") and group.verb not in ("feel", "see") or group.head < 0:
        j = k
        while j < stop and j < k + 4 and (is_adverb(words[j]) or words[j] in DETERMINER or words[j] in lex.heads or words[j] in ("good", "great", "real", "little", "high", "strong", "serious", "clear")):
            if words[j] in lex.adjectives and j + 1 < stop and words[j + 1] in ("that", "to", "whether", "if"):
                break
            j += 1
        if j < stop:
            found = lex.adjectives.get(words[j]) or lex.nouns.get(words[j])
            if found is None and verb_form(words[j])[1] & PART and words[j] in lex.verbs:
                found = lex.verbs[words[j]]
            if found is not None:
                return found, j + 1, words[j - 1] in ("no", "little") and words[j] in lex.harmless
        return None
    phrase = lex.phrases.get((words[group.head], words[k])) if k < stop else None
    if phrase is not None:
        return phrase, k + 1, False
    verb = lex.verbs.get(words[group.head])
    return (verb, k, False) if verb is not None else None


def _subject(words: list[str], k: int, i: int) -> str:
    """The word before a group, past adverbs: its subject if that is a pronoun."""
    j = k - 1
    while j >= i and words[j] != "there" and (words[j] in ADVERB or words[j] in QUOTES or words[j].endswith("ly")):
        j -= 1
    return words[j] if j >= i else ""
