"""What is compared of an article, kept from page to page: to unpack and measure an article takes longer than to compare it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportedly.ledger import gathered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from reportedly.comparing.statements import Page, Statement
    from reportedly.ledger.corrected import Corrected

KEPT = 1000  # articles


@dataclass(slots=True)
class Prepared:
    """One article as it stands, as comparing sees it. Statements are measured as far as they are asked for; whoever asks again gets them all from the shelf."""

    now: Corrected
    page: Page
    _asked: bool = False
    _all: tuple[Statement, ...] | None = None

    def statements(self, about: frozenset[str] | None = None) -> tuple[Statement, ...]:
        """The statements of the article in its order; with `about`, only those that have one of some concepts."""
        from reportedly.comparing.statements import statements

        if about and not self._asked:
            self._asked = True
            return tuple(statements(self.page, about=about))
        if self._all is None:
            self._all = tuple(statements(self.page))
        return tuple(s for s in self._all if not about or not about.isdisjoint(s.bag))


class Shelf:
    """The articles that were compared last, each for as long as nobody corrects it. May be used from several threads."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, int], Prepared] = OrderedDict()
        self._lock = threading.Lock()

    def load(self, connection: Connection, ids: Iterable[str]) -> dict[str, Prepared]:
        """Articles by id, in the order asked for; those that are not here are left out."""
        wanted = list(dict.fromkeys(ids))
        places = gathered.revisions(connection, wanted)
        with self._lock:
            found = {article: self._kept[place] for article, place in places.items() if place in self._kept}
            for article in found:
                self._kept.move_to_end(places[article])
        missing = [a for a in places if a not in found]
        fresh = gathered.load(connection, missing) if missing else {}
        found |= {article: _prepared(now) for article, now in fresh.items()}
        with self._lock:
            for article, now in fresh.items():
                self._kept[places[article][0], now.revision] = found[article]
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return {article: found[article] for article in wanted if article in found}


def _prepared(now: Corrected) -> Prepared:
    from reportedly.comparing.statements import page

    return Prepared(now, page(now.reading))
