"""How the wording of one statement shifts to another that matches it, and figures that do not agree.

Every shift is in the words of the two texts. Scales (data/scales.toml) order words from softer to firmer, after
Horn's scalar terms (1989): "asked" to "forced" is firmer whatever stands around it. A difference is a difference
in wording and no more; which of the two is right is not asked.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from reportedly.comparing import common
from reportedly.comparing.relations import relation
from reportedly.comparing.results import Conflict, Given, Shift
from reportedly.comparing.words import concepts, lines, stem, stems, stop_words, table, tokens, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.comparing.numbers import Number
    from reportedly.comparing.results import Direction
    from reportedly.comparing.statements import Statement

NEGATIONS = frozenset(["not", "never", "no", "nobody", "nothing", "none", "neither", "nor", "without", "cannot", "denied", "denies", "deny", "denying", "nowhere"])
FACTUALITY = {"PS": 1, "PR": 2, "CT": 3}
ALIGNED = 0.5  # share of the shorter statement's words that must stand in both before a changed word is called one
NEIGHBOURS = 3  # words that one change may span


def shifts(a: Statement, b: Statement) -> tuple[Shift, ...]:
    """What differs in wording between two matched statements, from `a` to `b`; each scale, figure and hedge once."""
    scales = list(_scales(a, b))
    hedged = list(_hedges(a, b, scales))
    factual = () if scales or hedged else _factuality(a, b)
    found = [*scales, *hedged, *_figures(a, b), *_negations(a, b), *factual, *_cues(a, b), *_stances(a, b), *_marks(a, b), *_sources(a, b)]
    if not any(s.kind == "wording" for s in found):
        found += _replaced(a, b)
    return (*found, *_length(a, b))


def conflicts(some: Sequence[Statement]) -> tuple[Conflict, ...]:
    """Figures of one thing in matched statements that cannot all hold, side by side with who gives which."""
    given: list[tuple[Statement, Number]] = [(s, n) for s in some for n in s.figures if n.unit]
    found: list[Conflict] = []
    used: set[int] = set()
    for k, (_, first) in enumerate(given):
        if k in used:
            continue
        same = [k] + [j for j in range(k + 1, len(given)) if j not in used and given[j][1].unit & first.unit]
        sides = [given[j] for j in same]
        if any(x.ref.article != y.ref.article and not n.agrees(m) for x, n in sides for y, m in sides):
            used.update(same)
            unit = frozenset.intersection(*(n.unit for _, n in sides)) or first.unit
            found.append(Conflict(_counted(sides, unit), tuple(Given(s.ref, n.words, speaker(s)) for s, n in sides)))
    return tuple(found)


def speaker(s: Statement) -> str:
    """Who a statement is from, in the words of its article."""
    if s.who is not None:
        return s.who.label
    if s.attribution is not None and s.attribution.source_spans:
        return " ".join(s.page.reading.quote(s.attribution.source_spans).split())
    return "nobody named" if s.attribution is not None else "the writer"


def _counted(sides: list[tuple[Statement, Number]], unit: frozenset[str]) -> str:
    """What is counted, in the first words that say it."""
    for s, n in sides:
        words = [w for w in tokens(n.words) if concepts([w]) and concepts([w])[0] in unit]
        if words:
            return " ".join(words)
        words = [w for w in s.words if concepts([w]) and concepts([w])[0] in unit]
        if words:
            return words[0]
    return ", ".join(sorted(unit))


def _scales(a: Statement, b: Statement) -> Iterable[Shift]:
    one, other = _standing(a.words), _standing(b.words)
    for name in one:
        if name not in other or one[name][0] & other[name][0]:
            continue  # with a step in common one says more, and nothing was changed
        (_, here), (_, there) = one[name], other[name]
        before, after = _form(a, here[1]), _form(b, there[1])
        firmer = there[0] > here[0]
        yield Shift("wording", "firmer" if firmer else "softer", before, after, f"“{before}” became “{after}”: {name}")


def _hedges(a: Statement, b: Statement, scales: Sequence[Shift]) -> Iterable[Shift]:
    """Hedges lost or gained; those that are a step of a scale are told there."""
    told = {w for s in scales for w in (s.before, s.after)}
    one, other = (frozenset(h for h in _hedges_in(s) if h not in told) for s in (a, b))
    lost, gained = one - other, other - one
    if lost and not other:
        words = _listed(lost)
        yield Shift("hedge", "firmer", words, "", f"lost {words}")
    elif gained and not one:
        words = _listed(gained)
        yield Shift("hedge", "softer", "", words, f"gained {words}")


def _figures(a: Statement, b: Statement) -> Iterable[Shift]:
    for n in a.figures:
        alike = [m for m in b.figures if n.unit & m.unit or not (n.unit and m.unit)]
        if not alike or any(m.low == n.low and m.high == n.high and m.comparator == n.comparator for m in alike):
            continue
        m = next((m for m in alike if m.low == n.low), alike[0])
        if any(x.low == m.low and x.high == m.high and x.comparator == m.comparator for x in a.figures):
            continue
        direction: Direction = "other"
        if m.low == n.low and m.high == n.high:
            direction = "firmer" if m.comparator == "=" else "softer" if n.comparator == "=" else "other"
        yield Shift("figure", direction, n.words, m.words, f"“{n.words}” became “{m.words}”")


def _negations(a: Statement, b: Statement) -> Iterable[Shift]:
    one, other = _negative(a), _negative(b)
    if bool(one) != bool(other):
        before, after = " ".join(one), " ".join(other)
        yield Shift("negation", "other", before, after, f"only the {'earlier' if one else 'later'} wording has “{before or after}”")


def _factuality(a: Statement, b: Statement) -> Iterable[Shift]:
    """Another certainty where no hedge and no scale says it."""
    one, other = (s.attribution.factuality if s.attribution else None for s in (a, b))
    if not one or not other or one == other:
        return
    here, there = FACTUALITY.get(one[:2], 0), FACTUALITY.get(other[:2], 0)
    if one[-1] == other[-1] and one[-1] in "+-" and here != there:
        names = {1: "possible", 2: "probable", 3: "certain"}
        yield Shift("hedge", "firmer" if there > here else "softer", names[here], names[there], f"{names[here]} became {names[there]}")


def _cues(a: Statement, b: Statement) -> Iterable[Shift]:
    if not a.cue or not b.cue:
        return
    one, other = cue_class(a.cue), cue_class(b.cue)
    if one != other:
        yield Shift("cue", "other", a.cue, b.cue, f"“{a.cue}” became “{b.cue}”")


def _stances(a: Statement, b: Statement) -> Iterable[Shift]:
    one, other = (s.attribution.stance if s.attribution else None for s in (a, b))
    if one and other and one != other:
        yield Shift("stance", "other", one, other, f"the page {_stance(one)} it; then it {_stance(other)} it")


def _stance(stance: str) -> str:
    return {"neutral": "passes on", "endorses": "endorses", "distances": "distances itself from", "disputes": "disputes"}[stance]


def _marks(a: Statement, b: Statement) -> Iterable[Shift]:
    if a.attribution is None or b.attribution is None:
        return
    if a.quoted and not b.quoted and _kept(a.quoted, b.words):
        yield Shift("marks", "other", "in quotation marks", "retold", "quoted words are now retold")
    elif b.quoted and not a.quoted and _kept(b.quoted, a.words):
        yield Shift("marks", "other", "retold", "in quotation marks", "retold words now stand in quotation marks")


def _kept(quoted: Sequence[str], words: Sequence[str]) -> bool:
    return len(quoted) > 2 and common.length(quoted, words) >= 0.8 * len(quoted)


def _sources(a: Statement, b: Statement) -> Iterable[Shift]:
    if a.attribution is None or b.attribution is None:
        return
    if a.who is None or b.who is None:
        if a.who and b.attribution.source is None:
            yield Shift("source", "other", a.who.label, "", f"{a.who.label} is no longer named as the source")
        elif b.who and a.attribution.source is None:
            yield Shift("source", "other", "", b.who.label, f"{b.who.label} is now named as the source")
        return
    if a.who.anonymous or b.who.anonymous:
        return  # nothing is ever said of how an anonymous source and another stand to each other
    how = relation(a.who, b.who)
    if how == "different":
        yield Shift("source", "other", a.who.label, b.who.label, f"from {a.who.label}; here from {b.who.label}")
    elif how == "same" and bool(a.who.name) != bool(b.who.name):
        gained = bool(b.who.name)
        yield Shift("name", "other", a.who.label, b.who.label, f"{a.who.label} {'gained' if gained else 'lost'} a name: {b.who.label}")


def _replaced(a: Statement, b: Statement) -> Iterable[Shift]:
    """A word put in another's place where the words around are the same."""
    same = common.runs(a.words, b.words)
    if not same or sum(run.size for run in same) < ALIGNED * min(len(a.words), len(b.words)):
        return
    for left, right in pairwise(same):
        before, after = a.words[left.a + left.size : right.a], b.words[left.b + left.size : right.b]
        telling = [list(concepts(w)) for w in (before, after)]
        if 0 < len(before) <= NEIGHBOURS and 0 < len(after) <= NEIGHBOURS and all(telling) and not set(telling[0]) & set(telling[1]) and not any(w[0].isdigit() for w in (*before, *after)):
            one, other = " ".join(before), " ".join(after)
            yield Shift("wording", "other", one, other, f"“{one}” became “{other}”")


def _length(a: Statement, b: Statement) -> Iterable[Shift]:
    """Much of a statement gone, or put to it: the words that weigh most."""
    one, other = (a.quoted, b.quoted) if a.quoted and b.quoted else (a.words, b.words)
    if not one or not other or common.length(one, other) < 0.8 * min(len(one), len(other)):
        return
    if len(other) <= 0.7 * len(one):
        gone = _telling(one, other)
        yield Shift("length", "other", gone, "", f"shortened; left out: {gone}" if gone else "shortened")
    elif len(one) <= 0.7 * len(other):
        more = _telling(other, one)
        yield Shift("length", "other", "", more, f"longer; put in: {more}" if more else "longer")


def _telling(full: Sequence[str], part: Sequence[str]) -> str:
    left = set(part)
    words = list(dict.fromkeys(w for w in full if w not in left and w not in stop_words()))
    best = set(sorted(words, key=lambda w: -weight((concepts([w]) or [w])[0]))[:6])
    return ", ".join(w for w in words if w in best)


@lru_cache(maxsize=2_000)
def cue_class(cue: str) -> str:
    """What a cue says beyond that something was said; "neutral" where that is nothing."""
    found = _stemmed_words(tokens(cue))
    for name, phrases in _cue_phrases():
        if any(_has(p, found) for p in phrases):
            return name
    return "neutral"


@lru_cache(maxsize=2_000)
def hedges(words: tuple[str, ...]) -> frozenset[str]:
    """Hedges among some plain words."""
    text = f" {' '.join(words)} "
    return frozenset(h for h in _hedge_phrases() if f" {h} " in text)


def _hedges_in(s: Statement) -> frozenset[str]:
    """Hedges of a statement, in its content and its cue; those that only bound a figure are left to the figure."""
    figures = {h for n in s.figures for h in hedges(tuple(tokens(n.words)))}
    found = hedges(s.words) | (hedges(tuple(tokens(s.cue))) if s.attribution else frozenset())
    return frozenset(h for h in found if h not in figures and not any(h != x and h in x.split() for x in found))


def _listed(some: Iterable[str]) -> str:
    return ", ".join(f"“{w}”" for w in sorted(some))


def _negative(s: Statement) -> list[str]:
    words = [*tokens(s.cue), *s.words]
    return [w for w in words if w in NEGATIONS or w.endswith("n't")]


def _stemmed_words(words: Sequence[str]) -> str:
    return f" {' '.join(stem(w) for w in words)} "


def _has(phrase: str, text: str) -> bool:
    return f" {phrase} " in text


@lru_cache(maxsize=2_000)
def _standing(words: tuple[str, ...]) -> dict[str, tuple[frozenset[int], tuple[int, str]]]:
    """For each scale that has a step in some words: which steps, and the highest with its phrase."""
    text = _stemmed_words(words)
    found: dict[str, tuple[frozenset[int], tuple[int, str]]] = {}
    for name, steps in _steps():
        here = [(k, phrase) for k, step in enumerate(steps) for phrase in step if _has(phrase, text)]
        if here:
            highest = max(k for k, _ in here)
            found[name] = frozenset(k for k, _ in here), next(h for h in here if h[0] == highest)
    return found


def _form(s: Statement, phrase: str) -> str:
    """A phrase of stems as the statement writes it."""
    size = phrase.count(" ") + 1
    return next(" ".join(s.words[k : k + size]) for k in range(len(s.words)) if " ".join(stem(w) for w in s.words[k : k + size]) == phrase)


@cache
def _steps() -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    return tuple((scale["name"], tuple(tuple(" ".join(stems(p)) for p in step) for step in scale["steps"])) for scale in table("scales.toml")["scale"])


@cache
def _cue_phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(" ".join(stems(p)) for p in sorted(phrases, key=len, reverse=True))) for name, phrases in table("cues.toml").items() if name != "neutral")


@cache
def _hedge_phrases() -> tuple[str, ...]:
    return tuple(" ".join(tokens(line)) for line in lines("hedges.txt"))
