"""Who else carries an article, a claim or a query: others are looked up in a ledger, and what they have of it is compared.

Candidates are articles whose statements share two of a statement's rarest words, and on demand, by turns with them, those near in meaning.
Only statements that match one of what was asked for are shown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from reportedly.desk import LINK, Compared, Options, names_file, take
from reportedly.errors import BadInput
from reportedly.intake.article import About
from reportedly.intake.text import as_is
from reportedly.values import Attribution, ReaderInfo, Reading, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reportedly.embedding import Embedder
    from reportedly.ledger.store import Ledger
    from reportedly.reader.pipeline import Reader

ID = re.compile(r"([0-9a-f]{32})(?:[/ ](\S+))?")
ASKED = ReaderInfo("query", "1", "none")
# Words of a statement, of which each pair is looked up. With all open stories in one ledger, of 420 reports that match another one 210 are
# proposed with three pairs for a statement, 140 with one, 245 with six and 270 with ten: the look-ups grow faster than what they find.
RAREST = 3
LOOKED_UP = 6  # statements of an article for which others are looked up, those that tell most
EACH = 20  # statements of one look-up
LIMIT = 5  # articles that are compared, those that share most: 208 of those 210 are among the first five, 204 among the first three
# Log odds of one event for a query by meaning: words alone would settle it against what shares none. Of 188 reports that match one of 108
# queries from the open stories 141 are found, and 39 statements that do not match; with 3.0, as by words, 118 and 28.
BY_MEANING = 6.0
NEAR = 0.5  # cosine from which a statement near in meaning proposes its article


def carried(
    what: str, ledger: Ledger, reader: Callable[[], Reader], options: Options | None = None, *, min_score: float = 0.0, limit: int = LIMIT, by_meaning: bool = False
) -> Compared:
    """Compare with all that a ledger has of it: a file, a link, an article's id or address in the ledger, `ID/a3` for one statement, or words.

    The first reading is of what was asked for; a query has one statement, which nobody is named for. `by_meaning` takes the extra
    `meaning` and some seconds: every statement is then embedded.

    Raises:
        reportedly.errors.ReportedlyError: it is in no ledger and cannot be read, or nobody else carries it; the message says what to do.

    """
    from reportedly.comparing.carrying import carriers
    from reportedly.comparing.matching import SIDE_BY_SIDE
    from reportedly.comparing.words import askings
    from reportedly.desk import claims, meaning
    from reportedly.ledger import gathered

    own = _asked(what, ledger, reader, options or Options())
    asked = own.reader == ASKED
    embedder = meaning.embedder() if by_meaning else None
    wanted = [words for content in _telling(own, 0.0 if asked else min_score) for words in askings(content, RAREST)]
    votes = ledger.ask(lambda c: gathered.sharing(c, wanted, each=EACH))
    near = _near(_telling(own, 0.0 if asked else min_score), ledger, embedder) if embedder else {}
    proposed = [a for a in _by_turns(_ranked(votes), _ranked({a: p for a, p in near.items() if a not in votes})) if a != own.article.id]
    chosen = proposed[:limit]
    held = ledger.ask(lambda c: gathered.load(c, chosen))
    others = [held[a].reading for a in chosen if a in held]
    # a query has no article around it that could tell of one event: its words are taken to be of whatever has them
    prior = (BY_MEANING if embedder else SIDE_BY_SIDE) if asked else 0.0
    found = carriers(own, others, min_score=min_score, prior=prior, asked=asked, embedder=claims.encoder() if by_meaning else None)
    if not found.pairs:
        alike, like = ("share rare words with it or are near in meaning", "has its rare words or is near in meaning") if embedder else ("share rare words with it", "has its rare words")
        raise BadInput(f"Nobody else in this ledger carries {what}: {f'of {len(others)} that {alike} none says the same' if others else f'nobody else here {like}'}.")
    kept = [_only(r, {c.b.attribution for p in found.pairs if p.b == r.article.id for c in p.changes if c.b}) for r in others if r.article.id in found.articles]
    return Compared(found, (own, *kept), (_note(len(proposed), len(others), len(kept), by_meaning=by_meaning),))


def _near(contents: Iterable[str], ledger: Ledger, embedder: Embedder) -> dict[str, float]:
    """Articles with a statement near in meaning to one of some contents, each with the cosine of its nearest."""
    best: dict[str, float] = {}
    for content in contents:
        for near in ledger.nearest(content, embedder, limit=EACH):
            if near.likeness >= NEAR:
                best[near.statement.article] = max(near.likeness, best.get(near.statement.article, 0.0))
    return best


def _ranked(points: Mapping[str, float]) -> list[str]:
    """Articles, those with the most points first."""
    return sorted(points, key=lambda a: (-points[a], a))


def _by_turns(*rankings: list[str]) -> list[str]:
    """Several rankings as one, the best of each in turn: many that share some words would else keep out all that share none."""
    return list(dict.fromkeys(a for some in zip_longest(*rankings) for a in some if a is not None))


def _note(known: int, compared: int, kept: int, *, by_meaning: bool) -> str:
    """How many articles were found, looked at and kept."""
    few = known == 1
    shared = f"{known} {'article shares' if few else 'articles share'} rare words with it" + (f" or {'is' if few else 'are'} near in meaning" if by_meaning else "")
    most = f"the {compared} that {'come nearest' if by_meaning else 'share most'} were compared, and " if known > compared else ""
    return f"{shared}; {most}{kept} {'says' if kept == 1 else 'say'} some of it."


def _telling(own: Reading, min_score: float) -> list[str]:
    """The contents of an article's statements that tell most."""
    from reportedly.comparing.words import concepts, mass, tokens

    contents = [" ".join(own.quote(a.content_spans).split()) for a in own.attributions if a.score >= min_score]
    return sorted(dict.fromkeys(contents), key=lambda c: -mass(set(concepts(tokens(c)))))[:LOOKED_UP]


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


def _only(reading: Reading, ids: set[str]) -> Reading:
    """A reading with some of its attributions."""
    kept = tuple(replace(a, parent=a.parent if a.parent in ids else None) for a in reading.attributions if a.id in ids)
    return replace(reading, attributions=kept, figures=tuple(f for f in reading.figures if f.attribution in ids))
