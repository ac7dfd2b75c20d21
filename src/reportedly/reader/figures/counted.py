"""What does a number count? The unit behind it, or the noun phrase, without a tagger.

English helps: a noun that is counted is plural, and its verb then is not, so a phrase ends at its first word in -s, with
whatever other words in -s follow at once ("police officers", "Hamas fighters"). Words that can stand in no noun phrase end it before.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reportedly.reader.wordlists import alternation, table

_DATA = table("figures")
STOP = frozenset(_DATA["stop"]["words"]) | {w.lower() for w in _DATA["time"]["weekdays"] + _DATA["time"]["months"]}
PLURAL = frozenset(_DATA["nouns"]["plural"])
NOMINAL = frozenset(_DATA["nouns"]["nominal"])
SINGULAR = frozenset(_DATA["nouns"]["singular"])
PERSONS = frozenset(_DATA["nouns"]["persons"])

_CODES = {word: code for group in ("shares", "measures") for code, words in _DATA[group].items() for word in words}
_CODES |= {word: code for group in ("words", "hundredths") for code, words in _DATA["currency"][group].items() for word in words}
CODES = {word.lower(): code for word, code in _CODES.items()}
_TOUCHING = ("in", "m", "g", "l", "p", "t")  # words or letters of their own elsewhere: only where they touch the digits
_SHORT = [w for w in _CODES if len(w) <= 4 and w not in _TOUCHING and (len(w) <= 2 or not w.islower() or not w.isalpha() or w in ("kph", "kmh", "mph", "sqm", "bps", "bhp", "lbs", "yds", "kms", "kgs", "pct", "ppm"))]
_LONG = [w for w in _CODES if w not in _SHORT and w not in _TOUCHING]
ABBREVIATED = re.compile(rf"(?:(?P<touching>{alternation(_TOUCHING)})|[ \u00a0]?(?P<short>{alternation(_SHORT)}))(?:(?<=[%¢°²³])|(?![\w-]))(?!['’]s)")
SPELLED = re.compile(rf"[\s-]{{0,2}}(?P<long>{alternation(_LONG)})(?!\w|-(?!\d)\w)", re.IGNORECASE)
MONEY = re.compile(rf"{alternation([w for words in _DATA['currency']['words'].values() for w in words])}(?!\w)", re.IGNORECASE)
TIME_UNIT = re.compile(
    rf"(?:[\s-]{{1,2}}(?:{alternation(_DATA['time']['adjectives'])}))?(?:[\s-]{{1,2}}|(?<=\d)(?=[a-z]))(?:{alternation([*_DATA['time']['units'], 'second', 'minute', 'hour', 'day', 'night', 'week', 'month', 'year', 'decade', 'century'])})(?:['’]s?)?(?!\w)",
    re.IGNORECASE,
)
NOUN = re.compile(r"(?:[ \u00a0\u2009\u202f]|\s?\n(?!\s)|(?<=\s))(?P<word>[^\W\d_]\w*(?:[-‐‑.&](?=\w)\w+)*\.?(?:['’][a-z]{0,2}(?![\w]))?)")
COMPOUND = re.compile(r"[-‐‑](?P<word>[^\W\d_]{2,})")
OF = re.compile(r"\s{1,2}of\s{1,2}(?:(?:all|two|three|four|five|six|seven|eight|nine|ten|the|these|those|its|his|her|their|our|my|your|this|that|a|an|such|about|registered)\s{1,2}){0,3}(?=[^\W\d_])", re.IGNORECASE)
DETERMINERS = re.compile(r"(?:(?:of|all|the|these|those|its|his|her|their|our)\s{1,2}){1,3}", re.IGNORECASE)
VERB_OBJECT = re.compile(r"\s(?:an?|the|his|her|its|their|that|to|it|him|them)\b", re.IGNORECASE)
MORE = re.compile(r"^(?:(?:more|fewer|most|other|additional|further|extra|another|less)\s)+", re.IGNORECASE)
RATE = re.compile(r"\s{1,2}(?:an?|per|each|every)\s{1,2}(?P<per>hour|day|night|week|fortnight|month|quarter|year|person|head|pupil|student|child|household|tonne|ton|kilo|kilogram|litre|liter|gallon|barrel|mile|kilometre|square\s(?:foot|metre|meter|mile)|acre|hectare|share|ounce|pound|bushel|unit|ticket|dose|visit|ticket|pint|cup|plate|copy|bottle|bag|box|vote|call|seat|bed|place|game|match|trip|ride|lesson|meal|piece|head|room|car|vehicle|word|letter|family|member|mile|lap|bushel|pop|go|throw|shift|term|dinner|course|journey|megawatt[\s-]hour|kilowatt[\s-]hour)(?!\w|['’]s|\s(?:ago|later|earlier|after|before|from))", re.IGNORECASE)
ABBREVIATIONS = re.compile(r"(?:[A-Z]\.)+|(?:Gov|Sen|Rep|Gen|St|Mr|Dr)\.")
MOST = 8  # words of a noun phrase; longer ones are mostly mistakes


class Counted(NamedTuple):
    """What a number counts: where it ends, and its name, null when nothing was found (then `end` is where the number ends)."""

    end: int
    unit: str | None


def unit(text: str, at: int) -> Counted:
    """A share, currency or measure that stands directly behind a number."""
    touching = text[at - 1 : at].isdigit() or text[at - 1 : at] in "½¼¾⅓⅔"
    match = ABBREVIATED.match(text, at) if touching else None
    if match:
        return Counted(match.end(), _CODES[match["touching"] or _spaced(match["short"])])
    match = SPELLED.match(text, at)
    if match and (text[at : at + 1] in ("%", "-") or match.start("long") > at or touching):
        return Counted(match.end(), CODES[_spaced(match["long"]).lower()])
    return Counted(at, None)


def noun_phrase(text: str, at: int, *, singular: bool = False) -> Counted:
    """The noun phrase that begins at an offset; without a plural only where `singular` is allowed."""
    words: list[re.Match[str]] = []
    ending = 0  # how many words make the phrase so far
    place = at
    while len(words) < MOST:
        match = NOUN.match(text, place)
        if match is None:
            break
        word = match["word"]
        nominal = not ending and word.lower().rstrip(".") in NOMINAL
        if (not nominal and word.lower().rstrip(".") in STOP) or (ending and not _may_follow(text, words[-1]["word"], match)):
            break
        words.append(match)
        place = match.end()
        if is_plural(word) or (nominal and (word.endswith(".") or not _plural_next(text, place))):
            ending = len(words)
        if word.endswith(".") and not ABBREVIATIONS.fullmatch(word):
            break
    if not ending and singular:
        ending = _singular(words)
    if not ending:
        return Counted(at, None)
    last = words[ending - 1]
    end = last.end() - (last["word"].endswith(".") and not ABBREVIATIONS.fullmatch(last["word"]))
    name = re.sub(r"['’]s?$", "", MORE.sub("", _spaced(text[words[0].start("word") : end])))
    return Counted(end, CODES.get(name.lower(), name))


def whole(text: str, at: int) -> Counted:
    """The whole of which a share is told: "of the voters", "of its budget"."""
    of = OF.match(text, at)
    if of is None:
        return Counted(at, None)
    money = MONEY.match(text, of.end())
    if money:
        return Counted(money.end(), CODES[_spaced(money.group()).lower()])
    return noun_phrase(text, of.end(), singular=True)


def rate(text: str, at: int, unit: str) -> Counted:
    """A currency or measure by something: "£11 a week", "60 miles an hour"."""
    match = RATE.match(text, at)
    return Counted(match.end(), f"{unit}/{_spaced(match['per']).lower()}") if match else Counted(at, None)


def determined(text: str, at: int) -> int:
    """Where the noun begins behind "the", "of its" and the like."""
    match = DETERMINERS.match(text, at)
    return match.end() - 1 if match else at


def compound(text: str, at: int) -> Counted:
    """The noun in "12-member jury" and "65,000-seat stadium"."""
    match = COMPOUND.match(text, at)
    if match is None:
        return Counted(at, None)
    return Counted(match.end(), match["word"])


def is_plural(word: str) -> bool:
    """Whether a word looks like a plural noun."""
    plain = word.lower().rstrip(".'’")
    if plain in PLURAL:
        return True
    return len(plain) > 3 and plain[-1] == "s" and plain[-2] not in "s'’" and not plain.endswith(("ous", "ius", "tis")) and plain not in SINGULAR


def _may_follow(text: str, last: str, match: re.Match[str]) -> bool:
    """Behind a plural only another plural goes on with the phrase, unless it is a verb ("names demands a rethink"), or what a possessive opens."""
    word = match["word"]
    if word.lower() in PLURAL:
        return True
    return (is_plural(word) and VERB_OBJECT.match(text, match.end()) is None) or last.endswith(("s'", "s’"))


def code(unit: str | None) -> str | None:
    """The code of a unit that is spelled out ("miles" is "mi"), else the unit as it stands, without capitals."""
    return CODES.get(unit.lower(), unit.lower()) if unit else None


def _plural_next(text: str, at: int) -> bool:
    match = NOUN.match(text, at)
    return match is not None and is_plural(match["word"]) and match["word"].lower() not in STOP


def _singular(words: list[re.Match[str]]) -> int:
    """How many words of a phrase without a plural belong to it: until an adverb or what looks like a verb."""
    for k, match in enumerate(words):
        word = match["word"].lower().rstrip(".")
        if k and word.endswith(("ed", "ing", "ly")):
            return k
        if k >= 3:
            return k
    return len(words)


def _spaced(words: str) -> str:
    return re.sub(r"\s+", " ", words)
