"""Two or more articles side by side: what was carried over, reworded, dropped and added, and what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.comparing import common, matching, nearcopy
from reportedly.comparing.grouping import groups
from reportedly.comparing.headline import headline
from reportedly.comparing.origins import of_statements, quotes
from reportedly.comparing.relations import unlike
from reportedly.comparing.results import Change, Comparison, Found, Match, Pair
from reportedly.comparing.shifts import conflicts, shifts
from reportedly.comparing.statements import Statement, page, sentences, statements

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.embedding import WordEmbedder
    from reportedly.values import Reading

CARRIED = 0.85  # likeness of two wordings (the words kept in order, over those of the longer) from which a statement is carried over
LOOSE = 0.05  # score from which a match counts where statements are grouped, beside stronger ones
OWN_WORDS = 0.6  # score from which a sentence in the writer's own voice makes a statement's claim; higher, since no source bears it out


def compare(readings: Sequence[Reading], *, min_score: float = 0.0, embedder: WordEmbedder | None = None) -> Comparison:
    """Compare the first reading with each of the others, and group the statements of all.

    An anonymous source's statement never becomes a named person's from one article to the other: it is dropped, and theirs is added.
    Statements below `min_score` take no part. A reading may be given twice: all of it is then carried over.

    Raises:
        ValueError: fewer than two readings.

    """
    if len(readings) < 2:
        message = "Comparing takes two articles or more."
        raise ValueError(message)
    pages = [page(r) for r in readings]
    lists = [statements(p, min_score=min_score) for p in pages]
    flat = [s for some in lists for s in some]
    sides = [k for k, some in enumerate(lists) for _ in some]
    offsets = [sum(len(some) for some in lists[:k]) for k in range(len(lists))]
    found = matching.pairs(flat, sides, least=LOOSE, prior=matching.SIDE_BY_SIDE, embedder=embedder)
    pairs = []
    for k in range(1, len(pages)):
        mine = [(i, j - offsets[k], m) for i, j, m in found if sides[i] == 0 and sides[j] == k and m.score >= matching.ENOUGH and not unlike(flat[i].who, flat[j].who)]
        own = (sentences(pages[0]), sentences(pages[k]))
        pairs.append(Pair(pages[0].id, pages[k].id, tuple(changes(lists[0], lists[k], mine, own))))
    distinct = {r.article.id: r for r in readings}
    copies = tuple(nearcopy.near_copies(list(distinct.values())))
    matched = {(m.a, m.b): m for _, _, m in found if m.a.article != m.b.article}
    known = {s.ref: s for s in flat}
    voices = {s.ref: s.who for s in flat if s.who}
    gathered = tuple(Found(g, of_statements([known[r] for r in g.members], quotes(g), copies), conflicts([known[r] for r in g.members])) for g in groups(matched.values(), voices=voices))
    heads = tuple(h for h in (headline(p) for p in {p.id: p for p in pages}.values()) if h)
    return Comparison(tuple(p.id for p in pages), copies, tuple(pairs), gathered, heads)


def changes(a: list[Statement], b: list[Statement], found: list[tuple[int, int, Match]], own: tuple[list[Statement], list[Statement]]) -> list[Change]:
    """What became of each statement of `a`, in its order, then what `b` added. Each has the partner that fits best."""
    partner, taken = _same_words(a, b)
    best: dict[tuple[int, int], Match] = {}
    for i, j, m in found:
        best[i, j] = m
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    again: dict[int, int] = {}  # a statement that one article makes twice and the other once
    for i, j, _ in found:
        if i not in partner:
            partner[i] = j
        elif j not in taken:
            again.setdefault(j, i)
    lost, gained = _unattributed(a, partner, own[1]), _unattributed(b, {**dict.fromkeys(taken, 0), **again}, own[0])
    found_changes = []
    for i, s in enumerate(a):
        if i in partner:
            found_changes.append(_kept(s, b[partner[i]], best.get((i, partner[i]))))
        elif i in lost:
            found_changes.append(Change("lost its source", s.ref, lost[i][0].ref, lost[i][1].score, shifts(s, lost[i][0])))
        else:
            found_changes.append(Change("dropped", s.ref, None, None))
    for j, s in enumerate(b):
        if j in again and j not in taken:
            found_changes.append(_kept(a[again[j]], s, best.get((again[j], j))))
        elif j in gained:
            found_changes.append(Change("gained a source", gained[j][0].ref, s.ref, gained[j][1].score, shifts(gained[j][0], s)))
        elif j not in taken:
            found_changes.append(Change("added", None, s.ref, None))
    return found_changes


def _same_words(a: list[Statement], b: list[Statement]) -> tuple[dict[int, int], set[int]]:
    """Statements in the very same words, from voices that go by the same words: no score is needed to carry them over."""
    waiting: dict[object, list[int]] = {}
    for j, s in enumerate(b):
        waiting.setdefault(_wording(s), []).append(j)
    partner = {}
    for i, s in enumerate(a):
        if waiting.get(_wording(s)):
            partner[i] = waiting[_wording(s)].pop(0)
    return partner, set(partner.values())


def _wording(s: Statement) -> object:
    return s.words or s.text, (s.who.label.casefold(), s.who.identity) if s.who else None


def _kept(a: Statement, b: Statement, match: Match | None) -> Change:
    found = shifts(a, b)
    changed = any(s.kind in ("hedge", "wording", "figure", "negation", "length", "marks") for s in found)
    words = (a.quoted, b.quoted) if match and match.kind == "same quote" else (a.words, b.words)
    same = common.likeness(*words) >= CARRIED if words[0] or words[1] else True
    kind = "carried over" if same and not changed else "reworded"
    return Change(kind, a.ref, b.ref, match.score if match else None, found)  # type: ignore[arg-type]


def _unattributed(some: list[Statement], known: dict[int, int], own: list[Statement]) -> dict[int, tuple[Statement, Match]]:
    """Statements without a partner that the other article makes in its writer's own voice."""
    left = [k for k in range(len(some)) if k not in known]
    found: dict[int, tuple[Statement, Match]] = {}
    for i, j, m in matching.between([some[k] for k in left], own, least=OWN_WORDS, prior=matching.SIDE_BY_SIDE):
        found.setdefault(left[i], (own[j], m))
    return found
