"""Across articles: the same quote and the same claim, one origin or several, what was carried over and what shifted.

All of it is over `values.Reading`, and knows nothing of where readings are kept.
"""

from reportedly.compare.grouping import groups
from reportedly.compare.matching import Embedder, match
from reportedly.compare.nearcopy import near_copies
from reportedly.compare.origins import origins
from reportedly.compare.results import Account, Change, Comparison, Conflict, Evidence, Found, Given, Group, Headline, Match, NearCopy, Origins, Pair, Reason, Ref, Shift

__all__ = [
    "Account", "Change", "Comparison", "Conflict", "Embedder", "Evidence", "Found", "Given", "Group", "Headline", "Match", "NearCopy", "Origins", "Pair", "Reason", "Ref", "Shift",
    "groups", "match", "near_copies", "origins",
]  # fmt: skip
