"""FactBank's statuses and how they compose."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportedly.values import Factuality

STRENGTH: dict[Factuality, int] = {"CT+": 3, "PR+": 2, "PS+": 1, "CT-": 3, "PR-": 2, "PS-": 1, "CTu": 0, "Uu": 0}
BY_STRENGTH: dict[bool, tuple[Factuality, ...]] = {False: ("Uu", "PS+", "PR+", "CT+"), True: ("Uu", "PS-", "PR-", "CT-")}


def compose(outer: Factuality, inner: Factuality) -> Factuality:
    """The status of an event under two operators: the weaker certainty, the product of the polarities."""
    if outer == "CTu" or inner == "CTu":
        return "Uu" if "Uu" in (outer, inner) else "CTu"
    return BY_STRENGTH[negative(outer) != negative(inner)][min(STRENGTH[outer], STRENGTH[inner])]


def negative(status: Factuality) -> bool:
    """Whether a status is one of the denied ones."""
    return status.endswith("-")


def turned(status: Factuality) -> Factuality:
    """The same certainty of the opposite."""
    return compose("CT-", status)
