"""Does the clause around a word look back or ahead? By the verb that stands nearest, as annotators of news do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reportedly.reader.times.rules import listed

if TYPE_CHECKING:
    from reportedly.reader.times.words import Tokens

Tense = Literal["past", "present", "future"]
# How many tokens to look back and ahead.
_BACK, _AHEAD = 24, 12
_NEAR = 4
_ENDS = {"!", "?", ";", "“", "”"}


def tense(tokens: Tokens, first: int, end: int) -> Tense | None:
    """The tense at an expression from token `first` to before `end`, null where no verb tells."""
    return _back(tokens, first) or _ahead(tokens, end)


def past_form(word: str) -> bool:
    """Whether a word in small letters may be a verb of the past, by its form."""
    return word in listed("past") or (word.endswith("ed") and len(word) > 4 and word not in listed("not_past"))


def is_past(tokens: Tokens, at: int) -> bool:
    """Whether a token is a verb of the past: "a planned sale", "the so-called fund" look back on nothing."""
    word = tokens.word(at)
    return past_form(word) and (word in listed("past") or tokens.word(at - 1) not in listed("determiners"))


def _ends(tokens: Tokens, at: int) -> bool:
    word = tokens.words[at]
    if word == ".":
        after = tokens.words[at + 1] if at + 1 < len(tokens.words) else ""
        before = tokens.words[at - 1] if at else ""
        return after[:1].isupper() and not (len(before) == 1 or before.lower() in listed("abbreviated"))
    return word in _ENDS or word.isspace()


def _back(tokens: Tokens, first: int) -> Tense | None:
    stop, towards = max(-1, first - _BACK), False
    for k in range(first - 1, stop, -1):
        if _ends(tokens, k):
            return None
        word = tokens.word(k)
        if word in listed("future"):
            return "future"
        if word in listed("ahead") and (towards or not is_past(tokens, k) or word in {"scheduled", "expected", "slated"}):
            return "past" if tokens.word(k - 2) == "had" else "future"
        towards = towards or word in {"to", "for"}
        if is_past(tokens, k):
            # "will be held", "to be announced": the participle of something to come.
            near = [tokens.word(j) for j in range(max(0, k - _NEAR), k)]
            return "future" if any(w in listed("future") for w in near) or near[-2:] == ["to", "be"] else "past"
        if word in listed("present"):
            return "future"
        if word in {"is", "are"}:
            return "present"
    return None


def _ahead(tokens: Tokens, end: int) -> Tense | None:
    for k in range(end, min(len(tokens.words), end + _AHEAD)):
        if _ends(tokens, k):
            return None
        word = tokens.word(k)
        if word in listed("future") or word in listed("ahead"):
            return "future"
        if is_past(tokens, k):
            return "past"
        if word in listed("present"):
            return "future"
    return None
