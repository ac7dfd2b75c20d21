"""How many independent origins stand behind matched statements: one, several, or not to be told.

Two statements have one origin where their chains end in one account: the same source, the same document,
one outlet's interview, one agency's copy, one public occasion, one quotation. They have two where different
sources speak for themselves and neither chain passes through the other. All else is doubt, and doubt never
counts as a second origin. Every verdict carries its reasons, and the order is that of the times known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from reportedly.compare import nearcopy
from reportedly.compare.features import common
from reportedly.compare.results import Account, Group, Origins, Reason, Ref
from reportedly.compare.statements import Statement, page, statements
from reportedly.compare.voices import relation, unlike
from reportedly.compare.words import concepts, mass, table, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.compare.results import NearCopy, OriginKind
    from reportedly.values import Article, Reading

COPIED = 0.35  # share of the shorter article that another carries from which it is its copy
CARRIED = 0.4  # share of a statement's words that must stand in both before a credit line speaks for it
QUOTED = 4  # words in a row, in quotation marks in both, that two people do not say by chance
QUOTED_MASS = 6.0  # or what the shared words tell, where they are fewer


@dataclass(frozen=True, slots=True)
class _Link:
    """What ties two statements to one origin, or sets them apart."""

    kind: OriginKind
    words: str


def origins(group: Group | Iterable[Ref], readings: Sequence[Reading], *, copies: Iterable[NearCopy] | None = None) -> Origins:
    """The origins of a group of matched statements, or of any statements, each given by a `Ref`.

    `copies` are the near-copies among the articles; they are looked for where they are not given.

    Raises:
        KeyError: a member is in none of the readings.

    """
    refs = sorted(set(group.members if isinstance(group, Group) else group))
    wanted = {r.article for r in refs}
    of_article = {r.article.id: r for r in readings if r.article.id in wanted}
    quotes = {frozenset((m.a, m.b)) for m in (group.matches if isinstance(group, Group) else ()) if m.kind == "same quote"}
    known = {s.ref: s for r in of_article.values() for s in statements(page(r))}
    some = sorted((known[ref] for ref in refs), key=_moment)
    near = nearcopy.of(nearcopy.near_copies(list(of_article.values())) if copies is None else copies)
    one: dict[tuple[int, int], _Link] = {}
    two: dict[tuple[int, int], _Link] = {}
    doubt: dict[tuple[int, int], _Link] = {}
    for i, j in combinations(range(len(some)), 2):
        link = _together(some[i], some[j], near, quoted=frozenset((some[i].ref, some[j].ref)) in quotes)
        if link:
            one[i, j] = link
        elif (apart := _apart(some[i], some[j])).kind == "independent":
            two[i, j] = apart
        else:
            doubt[i, j] = apart
    accounts = _accounts(len(some), one)
    return _verdict(some, accounts, one, two, doubt)


def _verdict(some: list[Statement], accounts: list[list[int]], one: dict[tuple[int, int], _Link], two: dict[tuple[int, int], _Link], doubt: dict[tuple[int, int], _Link]) -> Origins:
    independent = [[i != j and all((min(x, y), max(x, y)) in two for x in a for y in b) for j, b in enumerate(accounts)] for i, a in enumerate(accounts)]
    most = _largest(independent)
    reasons = [Reason(link.kind, (some[i].ref, some[j].ref), link.words) for (i, j), link in sorted(one.items()) if _telling(i, j, one)]
    if len(accounts) == 1:
        verdict, count = "one", 1
    elif len(most) > 1:
        verdict, count = "several", len(most)
        for a, b in combinations(most, 2):
            i, j = accounts[a][0], accounts[b][0]
            reasons.append(Reason("independent", (some[i].ref, some[j].ref), two[min(i, j), max(i, j)].words))
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


def _together(a: Statement, b: Statement, near: dict[tuple[str, str], NearCopy], *, quoted: bool) -> _Link | None:
    """What ties two statements to one account; null where nothing does."""
    return (
        _same_article(a, b) or _outlet(a, b) or _credit(a, b) or _source(a, b)
        or _quote(a, b, matched=quoted) or _document(a, b) or _occasion(a, b) or _copy(a, b, near)
    )  # fmt: skip


def _same_article(a: Statement, b: Statement) -> _Link | None:
    if a.ref.article != b.ref.article:
        return None
    parents = {s.attribution.parent for s in (a, b) if s.attribution}
    if a.ref.attribution in parents or b.ref.attribution in parents:
        return _Link("chain", "one of the two stands inside the other")
    ids = {s.attribution.source for s in (a, b) if s.attribution}
    if len(ids) == 1 and None not in ids:
        return _Link("source", f"both are from {_label(a)} in one report")
    return None


def _outlet(a: Statement, b: Statement) -> _Link | None:
    """One chain passes through the other's outlet, or both pass through one."""
    for x, y in ((a, b), (b, a)):
        home = y.page.reading.article.outlet
        if home and x.ref.article != y.ref.article:
            if any(_is_outlet(w.label, home) for w in x.via):
                return _Link("chain", f"{_outlet_of(x)} has it through {home}")
            if x.who and _is_outlet(x.who.label, home):
                return _Link("chain", f"{_outlet_of(x)} gives {home} as its source")
            if not _speaks_elsewhere(x, y) and _names_outlet(x, home):
                return _Link("chain", f"{_outlet_of(x)} names {home} where it passes this on")
    for one in a.via:
        for other in b.via:
            if not one.anonymous and not other.anonymous and (_is_outlet(one.label, other.label) or relation(one, other) == "same"):
                return _Link("document" if one.kind == "document" else "chain", f"both have it through {one.label}")
    for x, y in ((a, b), (b, a)):
        if y.who and not y.who.anonymous and any(_is_outlet(w.label, y.who.label) or relation(w, y.who) == "same" for w in x.via):
            return _Link("chain", f"the chain of one ends in {y.who.label}, who is the source of the other")
    return None


def _copy(a: Statement, b: Statement, near: dict[tuple[str, str], NearCopy]) -> _Link | None:
    copy = near.get((a.page.id, b.page.id))
    if not copy or max(copy.a_in_b, copy.b_in_a) < COPIED or unlike(a.who, b.who) or relation(a.who, b.who) == "different":
        return None
    if common(a.words, b.words).coverage < 0.5:
        return None  # the article is a copy, and this statement is not of what was copied
    return _Link("copy", f"{round(100 * max(copy.a_in_b, copy.b_in_a))} % of one report's wording stands in the other, and this statement is of it")


def _credit(a: Statement, b: Statement) -> _Link | None:
    """One agency's copy: its credit line in both, or in one where the other is the agency's own or had it through the agency."""
    for x, y in ((a, b), (b, a)):
        agency = x.page.reading.article.agency
        if not agency or x.ref.article == y.ref.article:
            continue
        theirs = y.page.reading.article
        if (theirs.agency and _is_outlet(theirs.agency, agency)) or (theirs.outlet and _is_outlet(theirs.outlet, agency)):
            told = relation(x.who, y.who) != "different" and common(x.words, y.words).coverage >= CARRIED
            return _Link("agency", f"both carry the copy of {agency}") if told else None
        if any(_is_outlet(w.label, agency) for w in y.via):
            return _Link("agency", f"both have it from {agency}")
    return None


def _source(a: Statement, b: Statement) -> _Link | None:
    if a.ref.article == b.ref.article and a.who and a.who.anonymous:
        return None
    if relation(a.who, b.who) != "same":
        return None
    kind: OriginKind = "document" if a.who and a.who.kind == "document" else "source"
    labels = f"{_label(a)}" + (f" (“{_label(b)}”)" if _label(a).casefold() != _label(b).casefold() else "")
    return _Link(kind, f"both end in {labels}")


def _quote(a: Statement, b: Statement, *, matched: bool) -> _Link | None:
    shared = common(a.quoted, b.quoted)
    long = matched or shared.longest >= QUOTED or (shared.coverage >= 0.8 and mass(set(concepts(shared.words))) >= QUOTED_MASS)
    if not long or unlike(a.who, b.who) or relation(a.who, b.who) == "different" or shared.count < 2:
        return None
    return _Link("quote", f"the same words in quotation marks: “{' '.join(shared.run[:12])}”")


def _document(a: Statement, b: Statement) -> _Link | None:
    """One report's source is a document, and the other's says that it was said in one of that kind."""
    for x, y in ((a, b), (b, a)):
        kinds = [o for o in table("voices.toml")["documents"] if x.who and x.ref.article != y.ref.article and re.search(rf"\b{o}\b", x.who.label, re.IGNORECASE)]
        if kinds and re.search(rf"\bin (?:an? |the |its |his |her |their )(?:[\w-]+ )?{kinds[0]}\b", f"{y.cue} {y.frame}", re.IGNORECASE):
            return _Link("document", f"{_label(x)} ({_outlet_of(x)}) is where {_label(y)} said it ({_outlet_of(y)})")
    return None


def _occasion(a: Statement, b: Statement) -> _Link | None:
    """Both were said at one public occasion, by sources that may be one."""
    if relation(a.who, b.who) == "different" or a.ref.article == b.ref.article or a.who is None or b.who is None:
        return None
    both = [o for o in table("voices.toml")["occasions"] if all(re.search(rf"\b{o}\b", f"{s.frame} {s.cue}", re.IGNORECASE) for s in (a, b))]
    if not both or (relation(a.who, b.who) == "unknown" and not (a.who.families & b.who.families)):
        return None
    return _Link("occasion", f"both were said at one {both[0]}")


def _apart(a: Statement, b: Statement) -> _Link:
    """Whether two statements without a tie speak for themselves; a doubt says why not."""
    for s in (a, b):
        if s.attribution is None or s.attribution.source is None or s.who is None:
            return _Link("doubt", f"{_outlet_of(s)} names nobody whom it has this from")
        if s.who.anonymous:
            return _Link("doubt", f"a source of {_outlet_of(s)} is anonymous, and nothing is said of who it is or is not")
        if s.who.crowd:
            return _Link("doubt", f"“{s.who.label}” ({_outlet_of(s)}) may be anybody")
        if s.who.kind == "outlet":
            return _Link("doubt", f"{_outlet_of(s)} has it from {s.who.label}, and whom {s.who.label} has it from is not known here")
        if s.via and not any(w.kind in ("outlet", "unknown") for w in s.via):
            return _Link("doubt", f"{_outlet_of(s)} has it through {s.via[0].label}")
    how = relation(a.who, b.who)
    if how == "different":
        return _Link("independent", f"{_label(a)} ({_outlet_of(a)}) and {_label(b)} ({_outlet_of(b)}) speak for themselves, and neither chain passes through the other")
    if how == "related":
        return _Link("doubt", f"{_label(a)} and {_label(b)} may have it from one another: they are of one house")
    return _Link("doubt", f"whether {_label(a)} and {_label(b)} are one source cannot be told from the texts")


def _accounts(count: int, one: dict[tuple[int, int], _Link]) -> list[list[int]]:
    """Statements tied to one another, directly or through others; each list and all of them in the order of time."""
    home = list(range(count))

    def find(k: int) -> int:
        while home[k] != k:
            home[k] = home[home[k]]
            k = home[k]
        return k

    for i, j in one:
        a, b = sorted((find(i), find(j)))
        home[b] = a
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


def _telling(i: int, j: int, one: dict[tuple[int, int], _Link]) -> bool:
    """Whether a tie is not already said by an earlier member that both are tied to for the same reason."""
    return not any((min(k, i), max(k, i)) in one and (min(k, j), max(k, j)) in one and one[min(k, j), max(k, j)].words == one[i, j].words for k in range(i))


def _doubts(some: list[Statement], accounts: list[list[int]], doubt: dict[tuple[int, int], _Link], counted: set[int]) -> list[Reason]:
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
    label = _label(max(voices, key=lambda s: (bool(s.who and s.who.name), len(_label(s))))) if voices else "nobody named"
    first = some[account[0]]
    when = first.page.reading.article.published
    return f"{label}; earliest known here: {_outlet_of(first)}" + (f", {when.replace('T', ' ')}" if when else ", undated")


def _moment(s: Statement) -> tuple[bool, str, Ref]:
    when = s.page.when
    return when is None, str(when.timestamp() if when else 0).rjust(24), s.ref


def _label(s: Statement) -> str:
    return s.who.label if s.who else "nobody named"


def _outlet_of(s: Statement) -> str:
    return outlet(s.page.reading.article)


def outlet(article: Article) -> str:
    """What to call an article's place: its outlet, else its host, else its title."""
    host = re.sub(r"^https?://(?:www\.)?([^/]+).*", r"\1", article.url) if article.url else None
    return article.outlet or host or (article.title or "a report")[:60]


def _is_outlet(a: str, b: str) -> bool:
    """Whether two names are of one outlet ("the Tarn Courier", "Tarn Courier"; "the Herald" of "The Brackwater Herald" does not do)."""
    one, other = (_plain(name) for name in (a, b))
    if not one or not other:
        return False
    return one == other or (len(one) > 1 and one < other) or (len(other) > 1 and other < one) or (min(len(one), len(other)) == 1 and (one < other or other < one) and bool((one | other) & AGENCY))


AGENCY = frozenset(["agency", "news", "press", "wire"])


def _plain(name: str) -> frozenset[str]:
    return frozenset(w for w in tokens(name) if w not in ("the", "a", "newspaper", "paper", "magazine", "website", "of", "and"))


def _names_outlet(s: Statement, name: str) -> bool:
    """Whether the words around a cue name an outlet."""
    wanted = _plain(name)
    return len(wanted) > 1 and wanted <= set(tokens(f"{s.frame} {s.cue}")) and re.search(rf"\b{re.escape(re.sub(r'^[Tt]he ', '', name))}\b", f"{s.frame} {s.cue}", re.IGNORECASE) is not None


def _speaks_elsewhere(a: Statement, b: Statement) -> bool:
    return relation(a.who, b.who) == "different"
