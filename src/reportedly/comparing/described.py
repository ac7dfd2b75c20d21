"""What a text says of somebody beside his name, as far as it says of which house or calling he is; and whose a document is.

Only the head noun of what stands beside a name counts, with the nouns right before it: "the teacher killed by police" is a teacher,
"the police officer's mother" a mother. Where the head is a post or a member of a house, the house behind it, or whose it is, counts too:
"chair of the nurses' union", "the union's organiser".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from reportedly.comparing.families import callings, families, family_words, kinds, listed
from reportedly.comparing.words import plain, tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

OFTEN = 8  # places of a name in a text that are looked at: a report says early who somebody is
AROUND = 80  # characters on each side of it: what is set off beside a name is short
LONGEST = 30  # words of an author that are looked at
WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*['’]?")
PRIEST = {"Father": "priest"}  # with a capital before a name
GENITIVE = re.compile(r"['’]s?$")
DETERMINERS = frozenset(["the", "a", "an", "its", "his", "her", "their"])
# Right before a name, without a comma: "the union organiser Jos Kramer".
TITLE = re.compile(r"((?:[\w'’-]+ ){1,4})$")
# Set off before it by a comma, from a determiner on: "The union's organiser, Jos Kramer"; "Brenn's mayor, Jos Kramer".
SET_BEFORE = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?|[A-Z]\w+['’]s) ((?:[\w'’-]+ ){0,5}[\w'’-]+), $")
# Set off behind it up to the next mark, with a determiner, whose it is, or a preposition soon: "Jos Kramer, 54, a farmer at Brenn,";
# "Jos Kramer, Brenn's mayor,"; "Jos Kramer, organiser of the union,". Or a clause: "Jos Kramer, who runs the hospital,".
SET_AFTER = re.compile(
    r"(?:,? (?=who )|, (?:\d+, )?|,? \()"
    r"(?:who (?:is|was|runs|leads|heads|chairs|owns|keeps|farms|represents) |(?=(?:an?|the|its|his|her|their|[\w'’-]+['’]s?) )|(?=[\w'’-]+ (?:of|at|for|in|with) ))"
    r"([\w'’ -]{3,60}?)(?=[,.;:\n”\"()]|$)"
)


@lru_cache(maxsize=5_000)
def called(name: str, text: str, *, person: bool) -> tuple[str, ...]:
    """What a text calls somebody beside a name: "farmer Jos Kramer", "Jos Kramer, who runs the hospital", "the union's organiser, Petra Lamb"."""
    some = _of_people() if person else _of_houses()
    found: list[str] = []
    for match in islice(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text), OFTEN):
        before, after = text[max(0, match.start() - AROUND) : match.start()], text[match.end() : match.end() + AROUND]
        title, set_before, set_after = TITLE.search(before), SET_BEFORE.search(before), SET_AFTER.match(after)
        if title:
            found += _head([PRIEST.get(word, word) for word in WORD.findall(title[1])], some)
        if set_before:
            found += _phrase(_last_phrase(WORD.findall(set_before[1])), some)
        if set_after:
            found += _phrase(WORD.findall(set_after[1]), some)
    return tuple(dict.fromkeys(found))


def _phrase(words: Sequence[str], some: AbstractSet[str]) -> list[str]:
    """What a noun phrase says, of words that say something: its head, and the house of one who has a post in it; nothing of a clause."""
    if not listed("finite").isdisjoint(map(plain, words)):
        return []
    end = next((n for n, word in enumerate(words) if _ends(word, words[:n], some)), len(words))
    whose = max((n for n, word in enumerate(words[: max(0, end - 1)]) if GENITIVE.search(word)), default=-1)
    found = _head(words[whose + 1 : end], some)
    if found and found[0] in _posts():
        found += _head(words[: whose + 1], family_words()) if whose >= 0 else _phrase(words[end + 1 :], family_words()) if words[end : end + 1] and plain(words[end]) in ("of", "at", "for") else []
    return found


def _head(words: Sequence[str], some: AbstractSet[str]) -> list[str]:
    """The last of some words and those right before it, backwards, as far as they say something; none where the last does not."""
    return [plain(w) for n, w in takewhile(lambda at: plain(at[1]) in some and (at[0] == 0 or not GENITIVE.search(at[1])), enumerate(reversed(words)))]


def _last_phrase(words: Sequence[str]) -> Sequence[str]:
    """The noun phrase at the end: "the officer killed by the mayor" ends in the mayor, "the chair of the union" is one."""
    start = max((n + 1 for n, word in enumerate(words) if plain(word) in listed("ends") and plain(word) != "of"), default=0)
    return words[start:]


def _ends(word: str, before: Sequence[str], some: AbstractSet[str]) -> bool:
    """Whether a noun phrase ends before a word. "A retired teacher" does not end before "retired", "the teacher wounded at sea" does before "wounded"."""
    low = plain(word)
    return low in listed("ends") or (low.endswith(("ed", "ing")) and low not in some and any(plain(w) in some for w in before)) or (low in DETERMINERS and bool(before))


@cache
def _of_people() -> frozenset[str]:
    return kinds() | listed("heads") | listed("generic") | listed("posts") | listed("counsel")


@cache
def _of_houses() -> frozenset[str]:
    return kinds() - listed("crowds") - {word for name in callings() for word in families()[name]}


@cache
def _posts() -> frozenset[str]:
    return listed("heads") | listed("posts") | listed("members")


def author(words: str, names: Sequence[str] = ()) -> str | None:
    """Whose a document is, of what it is called: "a letter of the union to the board, seen by the Post" is of the union.

    Null where it does not say, or where the author is neither a house, league or calling nor one of `names`: "a report from June".
    """
    match = _authored().search(words)
    if match is None or (match["of"].casefold() == "of" and match["kind"].casefold() in listed("written_about")):
        return None
    whose = match["whose"]
    said = set(tokens(whose))
    known = any(said <= set(of) or (of and set(of) <= said) for of in map(tokens, names))
    return whose if said and (known or _phrase(WORD.findall(re.sub(r"^(?:[Tt]he|[Aa]n?) ", "", whose))[:LONGEST], family_words())) else None


@cache
def _authored() -> re.Pattern[str]:
    """A document, then its author up to whom it is for or what was done with it: "a statement issued by the police on Monday"."""
    documents = "|".join(sorted(map(re.escape, listed("authored")), key=len, reverse=True))
    return re.compile(
        rf"\b(?P<kind>{documents}) (?:(?:sent|written|issued|signed|commissioned|prepared|drawn up) )?(?P<of>of|by|from) "
        r"(?P<whose>.+?)(?= (?:to|on|about|dated|seen|obtained|published|reported|released|leaked) |[,;(]|$)",
        re.IGNORECASE,
    )
