"""What changed between two versions of an article, claim by claim.

Statements with the same words are the same statement. Of the others, those that share most of their words are paired, the
likest first; a pair is a changed statement, what is left over was dropped or added.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reportedly.ledger import words
from reportedly.ledger.results import Change, Told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportedly.values import Attribution, Reading

ALIKE = 0.5  # of the words of two contents together (Dice's coefficient), from which they are one statement reworded
FIELDS = ("source", "cue", "content", "manner", "factuality", "stance", "via", "figures")


def between(before: Reading, after: Reading) -> Iterator[Change]:
    """Changes in the order of the newer text, each dropped statement after the one that stood before it."""
    old, new = statements(before), statements(after)
    partner = _pair(old, new)
    taken = {o for o in partner if o is not None}
    dropped = [k for k in range(len(old)) if k not in taken]
    for n, o in enumerate(partner):
        if o is None:
            yield Change("added", None, new[n])
        else:
            while dropped and dropped[0] < o:
                yield Change("dropped", old[dropped.pop(0)], None)
            fields = tuple(f for f in FIELDS if getattr(old[o], f) != getattr(new[n], f))
            if fields:
                yield Change("changed", old[o], new[n], fields)
    for k in dropped:
        yield Change("dropped", old[k], None)


def statements(reading: Reading) -> list[Told]:
    """The statements of a reading without their places in the text."""
    called = {s.id: s.name or s.description for s in reading.sources}
    figures: dict[str, list[str]] = {}
    for f in reading.figures:
        if f.attribution:
            figures.setdefault(f.attribution, []).append(reading.article.text[f.start : f.end])
    return [_told(a, reading, called, tuple(figures.get(a.id, ()))) for a in reading.attributions]


def _told(a: Attribution, reading: Reading, called: dict[str, str | None], figures: tuple[str, ...]) -> Told:
    source = (called.get(a.source) if a.source else None) or reading.quote(a.source_spans) or None
    via = tuple(called.get(v) or v for v in a.via)
    return Told(a.id, source, reading.quote(a.cue_spans), reading.quote(a.content_spans), a.manner, a.factuality, a.stance, via, figures)


def _pair(old: list[Told], new: list[Told]) -> list[int | None]:
    """For each new statement the old one that it is, by place; None where it is none."""
    partner: list[int | None] = [None] * len(new)
    free: dict[object, list[int]] = {}
    for k, s in enumerate(old):
        free.setdefault((s.source, s.content), []).append(k)
        free.setdefault(s.content, []).append(k)
    taken: set[int] = set()
    for same_source in (True, False):  # a content that two sources share goes to its own source first
        for n, s in enumerate(new):
            if partner[n] is None:
                same = next((k for k in free.get((s.source, s.content) if same_source else s.content, ()) if k not in taken), None)
                if same is not None:
                    partner[n] = same
                    taken.add(same)
    bags = {k: Counter(words.words(s.content)) for k, s in enumerate(old) if k not in taken}
    holders: dict[str, list[int]] = {}
    for k, bag in bags.items():
        for word in bag:
            holders.setdefault(word, []).append(k)
    found = []
    for n, s in enumerate(new):
        if partner[n] is None:
            bag = Counter(words.words(s.content))
            near = Counter(k for word in bag for k in holders.get(word, ()))
            found += [(_dice(bag, bags[k]), old[k].source == s.source, -abs(k - n), -k, n) for k, _ in near.most_common(20)]
    for likeness, _, _, k, n in sorted(found, reverse=True):
        if likeness >= ALIKE and partner[n] is None and -k not in taken:
            partner[n] = -k
            taken.add(-k)
    return partner


def _dice(a: Counter[str], b: Counter[str]) -> float:
    return 2 * sum((a & b).values()) / max(1, sum(a.values()) + sum(b.values()))
