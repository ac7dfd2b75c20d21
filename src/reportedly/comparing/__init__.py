"""Across articles: the same quote and the same claim, one origin or several, what was carried over and what shifted.

All of it is over `values.Reading`, and knows nothing of where readings are kept. `compare` puts it together;
`reportedly.compare` does so for files and links, too.
"""

from __future__ import annotations

from reportedly.comparing.behind import Behind, reports_behind
from reportedly.comparing.comparison import compare
from reportedly.comparing.grouping import groups
from reportedly.comparing.matching import match
from reportedly.comparing.nearcopy import near_copies
from reportedly.comparing.origins import origins
from reportedly.comparing.results import Account, Change, Comparison, Conflict, Evidence, Found, Given, Group, Headline, Match, NearCopy, Origins, Pair, Reason, Ref, Shift

__all__ = [
    "Account", "Behind", "Change", "Comparison", "Conflict", "Evidence", "Found", "Given", "Group", "Headline", "Match", "NearCopy", "Origins", "Pair", "Reason", "Ref", "Shift",
    "compare", "groups", "match", "near_copies", "origins", "reports_behind",
]  # fmt: skip

