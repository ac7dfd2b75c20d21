"""What nouns and names say of those who bear them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reportedly.reader.wordlists import alternation, lines, sections

if TYPE_CHECKING:
    from reportedly.reader.sources.mention import Gender
    from reportedly.values import Kind

ORG_WORDS = sections("words.txt")["organisation_words"]
RANKS = frozenset(("assistant", "associate", "deputy", "vice"))
UNIQUE = frozenset(("pope", "king", "queen", "president", "mayor", "governor", "chancellor", "premier"))  # offices of which news has one: "the pope says", and then "Pope Francis"
CALL_SIGN = re.compile(r"[WK][A-Z]{3}(?:-(?:TV|FM|AM))?")  # of radio and television stations in the Americas
SITE = re.compile(r"\w\.(?:com|org|net|info|news|tv|co\.uk)$")
INITIAL = re.compile(r"[A-Z]\.?")


@cache
def outlets() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Names of outlets and agencies, and the last and the first words by which others are known."""
    known = lines("outlets.txt")
    return frozenset(known[known.index("[names]") + 1 : known.index("[last]")]), sections("outlets.txt")["last"], sections("outlets.txt")["first"]


@cache
def programmes() -> re.Pattern[str]:
    """Known outlets with a small word or a sign in their names, which no run of capitals holds together."""
    return re.compile(rf"\b{alternation(name for name in outlets()[0] if any(not word[0].isupper() for word in name.split()))}(?!\w)")


@cache
def places() -> frozenset[str]:
    """Names of a single word that stand for a government or a body."""
    return frozenset(word for line in lines("places.txt") for word in line.split())


@cache
def anonymity() -> re.Pattern[str]:
    """What withholds a name: said of somebody, or, as the group `noun`, in the words that call somebody."""
    known = lines("anonymity.txt")
    at = known.index("[nouns]")
    said, called = ("|".join(f"(?:{line})" for line in part) for part in (known[:at], known[at + 1 :]))
    # only where a word begins, or the "n't" that ends one: four times as quick as at every letter
    return re.compile(rf"(?:\b(?=[a-z])|(?=n['’]t))(?:{said}|(?P<noun>{called}))", re.IGNORECASE)


@cache
def noun_kinds() -> dict[str, frozenset[str]]:
    """The sections of nouns.txt in which each noun stands."""
    out: dict[str, set[str]] = {}
    for heading, words in sections("nouns.txt").items():
        for word in words:
            out.setdefault(word, set()).add(heading)
    return {word: frozenset(kinds) for word, kinds in out.items()}


def singular(noun: str) -> tuple[str, bool]:
    """(singular, whether it was a plural) of a noun that stands in nouns.txt in one of its forms; else itself."""
    return noun_forms().get(noun, (noun, False))


@cache
def noun_forms() -> dict[str, tuple[str, bool]]:
    """Every form of the nouns of nouns.txt, with its singular and whether it is a plural; where forms fall together the plainest plural wins."""
    known = noun_kinds()
    forms = {noun: (noun, "group" in kinds and not kinds & {"person", "organisation", "document"}) for noun, kinds in known.items()}
    for ending, plural in (("y", "ies"), ("", "es"), ("", "s"), ("person", "people"), ("man", "men")):
        forms |= {noun.removesuffix(ending) + plural: (noun, True) for noun in known if noun.endswith(ending)}
    return forms


def kind_of(kinds: frozenset[str], *, many: bool) -> Kind | None:
    """What a noun of these sections names, null where it may be a person or a body."""
    headings: tuple[Kind, ...] = ("outlet", "document", "organisation")
    for heading in headings:
        if heading in kinds and not ("person" in kinds or "group" in kinds):
            if many and heading == "outlet" and "document" in kinds:
                continue  # the papers of the case
            return "group" if many and heading == "organisation" else heading
    if "person" in kinds:
        if "generic" in kinds and not many:
            return None  # a developer is a man or a firm
        return "group" if many else "person"
    return "group" if "group" in kinds else "organisation" if "organisation" in kinds else None


def office(noun: str, before: str) -> str:
    """A role with the word before it that makes it another's: the vice president is not the president, nor is the former one."""
    return f"{before} {noun}" if before in RANKS or (before == "former" and noun in UNIQUE) else noun


def gender_of(noun: str) -> Gender | None:
    """The gender that a noun says."""
    nouns = sections("nouns.txt")
    return "feminine" if noun in nouns["feminine"] else "masculine" if noun in nouns["masculine"] else None


def first_name(name: tuple[str, ...]) -> Gender | None:
    """The gender of a first name before a surname."""
    first = sections("first_names.txt")
    if len(name) < 2:
        return None
    return "feminine" if name[0] in first["feminine"] else "masculine" if name[0] in first["masculine"] else None


@lru_cache(4096)
def name_kind(name: tuple[str, ...]) -> Kind | None:
    """What a name without a title names, as far as its own words say."""
    if is_outlet(name) or any("/" in w and is_outlet(tuple(w.split("/")[-1:])) for w in name):
        return "outlet"
    if any(w in ORG_WORDS or w in ("of", "for") for w in name) or any(w.isupper() and len(w.rstrip(".")) > 1 for w in name):
        return "organisation"
    if len(name) == 1 and name[0] in places():
        return "organisation"
    first = sections("first_names.txt")
    if name[0] in first["feminine"] or name[0] in first["masculine"] or (len(name) > 1 and INITIAL.fullmatch(name[0])):
        return "person"
    return None


def with_article(word: str) -> bool:
    """Whether a word is an outlet's name behind its article: "the Hill", not "Conleth Hill"."""
    return "The " + word in outlets()[0]


def is_outlet(name: tuple[str, ...]) -> bool:
    """Whether a name is that of an outlet: one we know, or one of such a form (the Harbour Post, Radio Selby)."""
    known, last, first = outlets()
    bare = name[1:] if name[0] == "The" else name
    if len(bare) == 1 and (CALL_SIGN.fullmatch(bare[0]) or SITE.search(bare[0])):
        return True
    return " ".join(bare) in known or ((len(bare) > 1 or bare is not name) and "The " + " ".join(bare) in known) or (len(bare) > 1 and (bare[-1] in last or bare[0] in first))
