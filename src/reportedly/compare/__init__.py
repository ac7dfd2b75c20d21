"""Across articles: the same quote and the same claim, one origin or several, what was carried over and what shifted.

All of it is over `values.Reading`, and knows nothing of where readings are kept. `compare` puts it together.
The package can be called, as `reportedly.compare(a, b)`: see `desk.compare`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from reportedly.compare.behind import Behind, reports_behind
from reportedly.compare.comparison import compare
from reportedly.compare.grouping import groups
from reportedly.compare.matching import match
from reportedly.compare.nearcopy import near_copies
from reportedly.compare.origins import origins
from reportedly.compare.results import Account, Change, Comparison, Conflict, Evidence, Found, Given, Group, Headline, Match, NearCopy, Origins, Pair, Reason, Ref, Shift

__all__ = [
    "Account", "Behind", "Change", "Comparison", "Conflict", "Evidence", "Found", "Given", "Group", "Headline", "Match", "NearCopy", "Origins", "Pair", "Reason", "Ref", "Shift",
    "compare", "groups", "match", "near_copies", "origins", "reports_behind",
]  # fmt: skip


class _Callable(ModuleType):
    """The package and the use case have one name, and importing a package hides a function of its name."""

    def __call__(self, *sources: Any, **options: Any) -> Any:  # noqa: ANN401 - the types are those of desk.compare
        from reportedly import desk

        return desk.compare(*sources, **options)


sys.modules[__name__].__class__ = _Callable
