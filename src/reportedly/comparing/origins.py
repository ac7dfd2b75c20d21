"""How many independent origins stand behind matched statements: one, several, or not to be told.

Two statements have one origin where their chains end in one account: the same source, the same document,
one outlet's interview, one agency's copy, one public occasion, one quotation. They have two where different
sources speak for themselves and neither chain passes through the other. All else is doubt, and doubt never
counts as a second origin. Every verdict carries its reasons, and the order is that of the times known here.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from operator import attrgetter
from typing import TYPE_CHECKING

from reportedly.comparing import nearcopy
from reportedly.comparing.relations import unlike
from reportedly.comparing.results import Account, Group, Origins, Reason, Ref
from reportedly.comparing.statements import Statement, page, statements
from reportedly.comparing.ties import Link, apart, label, outlet_of, together
from reportedly.comparing.voices import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from reportedly.comparing.results import NearCopy
    from reportedly.values import Reading


def origins(group: Group | Iterable[Ref], readings: Sequence[Reading], *, copies: Iterable[NearCopy] | None = None) -> Origins:
    """The origins of a group of matched statements, or of any statements, each given by a `Ref`.

    `copies` are the near-copies among the articles; they are looked for where they are not given.

    Raises:
        KeyError: a member is in none of the readings.

    """
    refs = sorted(set(group.members if isinstance(group, Group) else group))
    wanted = {r.article for r in refs}
    of_article = {r.article.id: r for r in readings if r.article.id in wanted}
    known = {s.ref: s for r in of_article.values() for s in statements(page(r))}
    return of_statements([known[ref] for ref in refs], quotes(group) if isinstance(group, Group) else frozenset(), nearcopy.near_copies(list(of_article.values())) if copies is None else copies)


def of_statements(wanted: Iterable[Statement], quoted: AbstractSet[frozenset[Ref]], copies: Iterable[NearCopy], judged: Mapping[frozenset[Ref], bool] | None = None) -> Origins:
    """The same, for whoever has the statements already; `quoted` are the pairs that are one quotation.

    `judged` are pairs of which a person said whether they have one origin: that goes before what the texts say, but
    never makes an anonymous source and a named person one.
    """
    some = sorted(wanted, key=_moment)
    some = [replace(s, who=who) for s, who in zip(some, joined([s.who for s in some]), strict=True)]
    near = nearcopy.of(copies)
    outlets = frozenset(o for s in some if (o := s.page.reading.article.outlet))
    one: dict[tuple[int, int], Link] = {}
    two: dict[tuple[int, int], Link] = {}
    doubt: dict[tuple[int, int], Link] = {}
    for i, j in combinations(range(len(some)), 2):
        pair = frozenset((some[i].ref, some[j].ref))
        link = together(some[i], some[j], near, quoted=pair in quoted)
        said = (judged or {}).get(pair)
        if said is False:
            two[i, j] = Link("independent", "a person said that they have origins of their own")
        elif said and not unlike(some[i].who, some[j].who):
            one[i, j] = Link("judged", "a person said that they have one origin")
        elif link:
            one[i, j] = link
        else:
            found = apart(some[i], some[j], outlets)
            (two if found.kind == "independent" else doubt)[i, j] = found
    accounts = _accounts(some, one, {pair for pair in two if (judged or {}).get(frozenset(some[k].ref for k in pair)) is False})
    return _verdict(some, accounts, one, two, doubt)


def quotes(group: Group) -> frozenset[frozenset[Ref]]:
    """The pairs of a group that are one quotation."""
    return frozenset(frozenset((m.a, m.b)) for m in group.matches if m.kind == "same quote")


def _verdict(some: list[Statement], accounts: list[list[int]], one: dict[tuple[int, int], Link], two: dict[tuple[int, int], Link], doubt: dict[tuple[int, int], Link]) -> Origins:
    independent = [[i != j and _independent(a, b, two, doubt) for j, b in enumerate(accounts)] for i, a in enumerate(accounts)]
    most = _largest(independent)
    reasons = [Reason(link.kind, (some[i].ref, some[j].ref), link.words) for (i, j), link in sorted(one.items()) if _telling(i, j, one)]
    if len(accounts) == 1:
        verdict, count = "one", 1
    elif len(most) > 1:
        verdict, count = "several", len(most)
        for a, b in combinations(most, 2):
            i, j = next(pair for x in accounts[a] for y in accounts[b] if (pair := (min(x, y), max(x, y))) in two)
            reasons.append(Reason("independent", (some[i].ref, some[j].ref), two[i, j].words))
    else:
        verdict, count = "not determined", None
    if verdict != "one":
        reasons += _doubts(some, accounts, doubt, set(most) if len(most) > 1 else set())
    return Origins(
        verdict,  # type: ignore[arg-type]
        count,
        tuple(reasons),
        tuple(Account(tuple(some[k].ref for k in a), _ends(some, a)) for a in accounts),
        tuple(s.ref for s in some),
    )


def _independent(a: list[int], b: list[int], two: dict[tuple[int, int], Link], doubt: dict[tuple[int, int], Link]) -> bool:
    """Whether two accounts are: some of their statements are, and the others only say too little of their source, which is known from those."""
    pairs = [(min(x, y), max(x, y)) for x in a for y in b]
    return any(p in two for p in pairs) and all(p in two or (p in doubt and doubt[p].vague) for p in pairs)


def _accounts(some: list[Statement], one: dict[tuple[int, int], Link], parted: AbstractSet[tuple[int, int]]) -> list[list[int]]:
    """Statements tied to one another, directly or through others; each list and all of them in the order of time.

    No chain of ties brings an anonymous source and a named person into one account, nor two that a person parted. Where ties are
    at odds with that, those that a person made go first.
    """
    count = len(some)
    home = list(range(count))
    withheld, named = ([s.who is not None and claim(s.who) for s in some] for claim in (attrgetter("anonymous"), attrgetter("person")))

    def find(k: int) -> int:
        while home[k] != k:
            home[k] = home[home[k]]
            k = home[k]
        return k

    for i, j in sorted(one, key=lambda pair: (one[pair].kind != "judged", pair)):
        a, b = sorted((find(i), find(j)))
        if a != b and not (withheld[a] and named[b]) and not (withheld[b] and named[a]) and not any({find(x), find(y)} == {a, b} for x, y in parted):
            home[b] = a
            withheld[a], named[a] = withheld[a] or withheld[b], named[a] or named[b]
    gathered: dict[int, list[int]] = {}
    for k in range(count):
        gathered.setdefault(find(k), []).append(k)
    return sorted(gathered.values())


def _largest(independent: list[list[bool]]) -> list[int]:
    """Accounts of which each is independent of each other, as many as there are: exact up to 16 accounts, beyond that greedy."""
    count = len(independent)
    if count <= 16:
        best: list[int] = []
        stack = [([k], [j for j in range(k + 1, count) if independent[k][j]]) for k in range(count)]
        while stack:
            chosen, left = stack.pop()
            if len(chosen) > len(best) or (len(chosen) == len(best) and chosen < best):
                best = chosen
            stack += [([*chosen, j], [m for m in left if m > j and independent[j][m]]) for j in left if len(chosen) + len(left) >= len(best)]
        return best
    chosen = []
    for k in sorted(range(count), key=lambda k: (-sum(independent[k]), k)):
        if all(independent[k][j] for j in chosen):
            chosen.append(k)
    return sorted(chosen)


def _telling(i: int, j: int, one: dict[tuple[int, int], Link]) -> bool:
    """Whether a tie is not already said by an earlier member that both are tied to for the same reason."""
    return not any((min(k, i), max(k, i)) in one and (min(k, j), max(k, j)) in one and one[min(k, j), max(k, j)].words == one[i, j].words for k in range(i))


def _doubts(some: list[Statement], accounts: list[list[int]], doubt: dict[tuple[int, int], Link], counted: set[int]) -> list[Reason]:
    """What keeps accounts from being told apart, each thing once."""
    found: dict[str, Reason] = {}
    for a, b in combinations(range(len(accounts)), 2):
        if a in counted and b in counted:
            continue
        for i, j in ((min(x, y), max(x, y)) for x in accounts[a] for y in accounts[b]):
            if (i, j) in doubt and doubt[i, j].words not in found:
                found[doubt[i, j].words] = Reason("doubt", (some[i].ref, some[j].ref), doubt[i, j].words)
                break
    return list(found.values())


def _ends(some: list[Statement], account: list[int]) -> str:
    """An account in words: whom it ends in, and where it is known from earliest."""
    voices = [some[k] for k in account if some[k].who and some[k].who.kind != "outlet"]  # type: ignore[union-attr]
    words = label(max(voices, key=lambda s: (bool(s.who and s.who.name), len(label(s))))) if voices else "nobody named"
    first = some[account[0]]
    when = first.page.reading.article.published
    return f"{words}; earliest known here: {outlet_of(first)}" + (f", {when.replace('T', ' ')}" if when else ", undated")


def _moment(s: Statement) -> tuple[bool, str, Ref]:
    when = s.page.when
    return when is None, str(when.timestamp() if when else 0).rjust(24), s.ref
