"""What a mention is: a place of the text that can stand for a voice, with the marks that the text gives it."""

from __future__ import annotations

import bisect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.quotes import Quotation
    from reportedly.values import Kind

Gender = Literal["feminine", "masculine", "neuter"]
Form = Literal["name", "description", "pronoun"]
Place = Callable[[int], dict[str, Any]]  # `quoted` and `sentence` of the mention that begins at an offset

FIRST_SINGULAR = frozenset(("i", "me", "my", "mine", "myself"))
FIRST_PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))
FIRST = FIRST_SINGULAR | FIRST_PLURAL
REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
RELATIVE = frozenset(("who", "whom", "whose", "which", "that"))
ANSWER = "answer"  # the head of the label "A:"
BOUND = RELATIVE | REFLEXIVE
PRONOUNS: dict[str, tuple[Gender | None, str]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("masculine", "one")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("feminine", "one")),
    **dict.fromkeys(("it", "its", "itself"), ("neuter", "one")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), (None, "many")),
    **dict.fromkeys(FIRST_SINGULAR, (None, "i")),
    **dict.fromkeys(FIRST_PLURAL, (None, "we")),
    **dict.fromkeys(("who", "whom", "whose", "which"), (None, "who")),
}


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A place that can stand for a voice: `text[start:end]`.

    `name` holds the words of a name without titles, `head` the last noun of a description (singular, lower
    case) or the pronoun; `definite` whether it points at somebody known; `quoted` whether it stands in
    quotation marks; `sentence` numbers its sentence.
    """

    start: int
    end: int
    form: Form
    head: str = ""
    name: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    gender: Gender | None = None
    many: bool = False
    definite: bool = False
    kind: Kind | None = None
    quoted: bool = False
    sentence: int = 0
    modifiers: tuple[str, ...] = ()


def places_of(quotations: Sequence[Quotation], ends: Sequence[int]) -> Place:
    """Looks up, in logarithmic time, whether an offset stands in quotation marks, and in which sentence; `ends` are those of sentences."""
    outer = [q for q in quotations if q.depth == 0]
    starts = [q.start for q in outer]

    def place(at: int) -> dict[str, Any]:
        k = bisect.bisect_right(starts, at) - 1
        return {"quoted": k >= 0 and at < outer[k].end, "sentence": bisect.bisect_right(ends, at)}

    return place
