"""Who else carries an article, a claim or a query: others are looked up in a ledger, and what they have of it is compared.

Candidates are articles whose statements share two of a statement's rarest words, and where the extra `meaning` is installed and the
ledger's statements were embedded, those near in meaning. Only statements that match one of what was asked for are shown.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from reportedly.desk import LINK, Compared, Options, names_file, take
from reportedly.errors import BadInput
from reportedly.intake.article import About
from reportedly.intake.text import as_is
from reportedly.values import Attribution, ReaderInfo, Reading, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportedly.ledger.store import Ledger
    from reportedly.reader.pipeline import Reader

ID = re.compile(r"([0-9a-f]{32})(?:[/ ](\S+))?")
ASKED = ReaderInfo("query", "1", "none")
RAREST = 4  # words of a statement, of which each pair is looked up
LOOKED_UP = 12  # statements of an article for which others are looked up, those that tell most
EACH = 20  # statements of one look-up
ARTICLES = 15  # that are compared
NEAR = 0.5  # cosine from which a statement near in meaning proposes its article


def carried(what: str, ledger: Ledger, reader: Callable[[], Reader], options: Options | None = None, *, min_score: float = 0.0) -> Compared:
    """Compare with all that a ledger has of it: a file, a link, an article's id or address in the ledger, `ID/a3` for one statement, or words.

    The first reading is of what was asked for; a query has one statement, which nobody is named for.

    Raises:
        reportedly.errors.ReportedlyError: it is in no ledger and cannot be read, or nobody else carries it; the message says what to do.

    """
    from reportedly.comparing import compare, origins
    from reportedly.comparing.matching import between
    from reportedly.comparing.statements import page, statements
    from reportedly.desk import meaning

    own = _asked(what, ledger, reader, options or Options())
    embedder = meaning.if_installed()
    mine = statements(page(own), min_score=0.0 if own.reader == ASKED else min_score)
    votes: Counter[str] = Counter()
    for s in sorted(mine, key=lambda s: -s.mass)[:LOOKED_UP]:
        for words in _askings(s.words):
            votes.update({found.article for found in ledger.search(words, limit=EACH)})
        if embedder and own.reader == ASKED:
            votes.update({near.statement.article for near in ledger.nearest(s.text, embedder, limit=EACH) if near.likeness >= NEAR})
    others = [r for a, _ in sorted(votes.items(), key=lambda v: (-v[1], v[0]))[: ARTICLES + 1] if a != own.article.id and (r := ledger.reading(a))][:ARTICLES]
    theirs = [s for r in others for s in statements(page(r), min_score=min_score)]
    matched = {s.ref for _, j, _ in between(mine, theirs, embedder=embedder, prior=_prior(own)) for s in [theirs[j]]}
    kept = [_only(r, {ref.attribution for ref in matched if ref.article == r.article.id}) for r in others]
    kept = [r for r in kept if r.attributions]
    if not kept:
        raise BadInput(f"Nobody else in this ledger carries {what}: of {len(others)} {'article' if len(others) == 1 else 'articles'} with the same words none says the same.")
    found = compare([own, *kept], min_score=min_score, embedder=embedder)
    if own.reader == ASKED:  # whoever asks is no origin
        told = (replace(f, origins=origins([m for m in f.group.members if m.article != own.article.id], kept, copies=found.copies)) for f in found.groups)
        found = replace(found, groups=tuple(told))
    return Compared(found, (own, *kept), (f"Of {len(others)} articles with the same words {len(kept)} say some of it.",))


def _asked(what: str, ledger: Ledger, reader: Callable[[], Reader], options: Options) -> Reading:
    """A reading of what is asked for."""
    named = ID.fullmatch(what)
    known = ledger.reading(named[1] if named else what)
    if known is not None:
        if named is None or named[2] is None:
            return known
        one = _only(known, {named[2]})
        if one.attributions:
            return one
    if named:
        raise BadInput(f"There is no {'statement' if known else 'article'} {what} in this ledger: give ids as `reportedly search` shows them.")
    if what == "-" or LINK.fullmatch(what) or names_file(what):
        taken = take(what, options)
        return reader().read(taken.article, warnings=taken.warnings)
    if not re.search(r"\w", what):
        raise BadInput(f"{what!r} has no word that could be looked for: write letters or digits.")
    article = replace(as_is(what, About()).article, outlet="what was asked")
    return Reading(ASKED, article, (), (Attribution("a1", None, (), (), (Span(0, len(what)),), "indirect", 1.0),))


def _prior(own: Reading) -> float:
    """A query has no article around it that could tell of one event: its words are taken to be of whatever has them."""
    from reportedly.comparing.matching import SIDE_BY_SIDE

    return SIDE_BY_SIDE if own.reader == ASKED else 0.0


def _only(reading: Reading, ids: set[str]) -> Reading:
    """A reading with some of its attributions."""
    kept = tuple(replace(a, parent=a.parent if a.parent in ids else None) for a in reading.attributions if a.id in ids)
    return replace(reading, attributions=kept, figures=tuple(f for f in reading.figures if f.attribution in ids))


def _askings(words: Iterable[str]) -> list[str]:
    """Each two of a statement's rarest words."""
    from reportedly.comparing.words import concepts, stop_words, weight

    rare = sorted({w for w in words if w.isalpha() and len(w) > 2 and w not in stop_words()}, key=lambda w: (-max(map(weight, concepts([w])), default=0.0), w))[:RAREST]
    return [" ".join(pair) for pair in combinations(rare, 2)] or rare
