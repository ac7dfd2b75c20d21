"""Rules for the time of day: 9am, half past six, 1337 GMT, Tuesday night, the morning of 12 March."""

from __future__ import annotations

from dataclasses import replace

from reportedly.reader.times.meanings import Clock, FromTime, Meaning, Modified, Named, Part, Shifted
from reportedly.reader.times.rules import PARTS, Match, Outcome, Rules, listed, number
from reportedly.reader.times.words import Tokens, pattern

RULES = Rules()
_AM = "(?:(?P<am><am>)|(?P<ap><a|p>)<dot>?<m><dot>?)"
_TAIL = pattern("(?P<zone><zone>?<time>?)(?P<in>(?:<in><the><part>|<at><part>)?)<comma>?<on|of>?")
_AT = pattern("<comma>?(?:<at>|(?=<day|number|cardinal|noon|half>))")


def is_day(meaning: Meaning) -> bool:
    """Whether it names one day."""
    return isinstance(meaning, FromTime) or (isinstance(meaning, Named) and meaning.grain == "day") or (isinstance(meaning, Shifted) and meaning.unit == "day")


def _clock(m: Match, hour: int, minute: int | None, at: int) -> Outcome:
    """A clock time with its zone, its part of the day and its day, where they follow."""
    tail = _TAIL.match(m.tokens.kinds, at)
    zone = m.tokens.words[tail.start("zone")] if tail and tail.end("zone") > tail.start("zone") else None
    if zone and zone.lower() == "local" and m.tokens.word(tail.end("zone") - 1) != "time":  # type: ignore[union-attr]
        zone, tail = None, None
    end = at
    if tail:
        end = max(tail.end("zone"), tail.end("in")) if zone or tail.end("in") > tail.start("in") else at
        part = m.tokens.word(tail.end("in") - 1) if tail.end("in") > tail.start("in") else ""
        hour += 12 if part in {"afternoon", "evening", "night"} and hour < 12 else 0
    if not (0 <= hour <= 24 and 0 <= (minute or 0) < 60):
        return None
    clock = Clock(hour, minute, zone=zone)
    read = m.on(tail.end() if tail else at)
    return (replace(clock, day=read[0]), read[1]) if read and is_day(read[0]) else (clock, end)


@RULES.rule(f"(?P<h><day|two|number|cardinal>)(?:<colon>(?P<min><day|two>))?{_AM}")
def twelve_hours(m: Match) -> Outcome:
    """9am, 10.30am, 7:15 p.m."""
    written = m.word("h")
    afternoon = m.word("am") == "pm" or m.word("ap") == "p"
    if "." in written and written.replace(".", "").isdigit() and len(written) <= 5:
        hour, minute = (int(p) for p in written.split(".")[:2])
    else:
        value = number([written])
        if not value or value != int(value) or (m.tokens.word(m.end - 1) == "m" and m.tokens.words[m.end - 1] == "m" and m.tokens.words[m.start][0].isalpha()):
            return None
        hour, minute = int(value), int(m.word("min")) if "min" in m else -1
    if not 1 <= hour <= 12:
        return None
    end = m.end
    if m.tokens.kinds[end - 1] == pattern("<dot>").pattern and _sentence_ends(m.tokens, end - 1):
        end -= 1
    return _clock(m, hour % 12 + (12 if afternoon else 0), None if minute < 0 else minute, end)


def _sentence_ends(tokens: Tokens, dot: int) -> bool:
    """Whether the dot of "p.m." may end the sentence as well; it belongs to the abbreviation all the same."""
    return tokens.word(dot - 2) != "."


@RULES.rule("(?P<h><day|two|number>)<colon>(?P<min><day|two|number>)(?:<colon><day|two>)?(?!<colon>)")
def twenty_four_hours(m: Match) -> Outcome:
    """21:00, where the words around make it a time and no score."""
    hour, minute = m.words("h")[0], m.words("min")[0]
    if len(minute) != 2 or len(hour) > 2 or not (m.before() in listed("before_clock") or (m.end < len(m.tokens.kinds) and pattern("<zone>").match(m.tokens.kinds, m.end))):
        return None
    return _clock(m, int(hour), int(minute), m.end)


@RULES.rule("(?P<h><year|number|two|day>)(?=<zone>)")
def with_zone(m: Match) -> Outcome:
    """1337 GMT."""
    written, zone = m.word("h"), m.tokens.words[m.end]
    if len(written) != 4 or not written.isdigit() or not zone.isupper():
        return None
    return _clock(m, int(written[:2]), int(written[2:]), m.end)


@RULES.rule("(?P<h><day|cardinal>)<o><apostrophe><clock>")
def oclock(m: Match) -> Outcome:
    """Six o'clock; not what is called by its hour, as "the six o'clock boat"."""
    if m.after() in listed("after_clock"):
        return None
    hour = number(m.words("h"))
    return _clock(m, int(hour), None, m.end) if hour and hour <= 24 else None


@RULES.rule("(?P<n><half>|<a>?<quarter>|<cardinal|day>)(?P<to><past|to>)(?P<h><day|cardinal>)")
def half_past(m: Match) -> Outcome:
    """Half past six; quarter to nine."""
    hour, minutes = number(m.words("h")), {"half": 30.0, "quarter": 15.0}.get(m.words("n")[-1]) or number(m.words("n"))
    if (
        not hour
        or hour > 12
        or not minutes
        or minutes > 30
        or (m.word("n") != "half" and m.before() not in listed("before_clock"))
        or (m.word("to") == "to" and m.word("n") == "half")
    ):
        return None
    at = 60 * hour + (minutes if m.word("to") == "past" else -minutes)
    return _clock(m, int(at // 60), int(at % 60), m.end)


@RULES.rule("<noon>")
def noon(m: Match) -> Outcome:
    """Noon, midday, midnight."""
    return _clock(m, 24 if m.tokens.word(m.start) == "midnight" else 12, 0, m.end)


@RULES.rule("<the>?(?P<p><part|dawn>)<of|on>?")
def part_of_day(m: Match) -> Outcome:
    """The morning of 12 March; at dawn on Tuesday."""
    read = m.on()
    return (Part(PARTS[m.word("p")], read[0]), read[1]) if read and is_day(read[0]) else None


@RULES.rule("(?P<w><this|last|that>|<the>?<next|previous|following|same>)(?P<p><part>)")
def which_part(m: Match) -> Outcome:
    """This morning; last night; that evening; the next morning."""
    word = m.words("w")[-1]
    base = "published" if word in {"this", "last"} else "mention"
    amount = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(word, 0)
    return Part(PARTS[m.word("p")], Shifted(amount, "day", base, "day"))  # type: ignore[arg-type]


@RULES.rule("(?P<e><the><early>?)(?P<p><part>)(?!<of>)|<at>(?P<d><dawn|part>)")
def part_alone(m: Match) -> Outcome:
    """In the morning: of the day last spoken of."""
    if "p" in m and (m.before() not in {"in", "during", "on", "by", "through", "into", "until"} or not m.closes()):
        return None
    return Part(PARTS[m.word("p")]) if "p" in m else None


@RULES.rule("<the>?<early>(?P<u><units>)<of|on>?")
def early_hours(m: Match) -> Outcome:
    """The early hours of Tuesday."""
    read = m.on() if m.word("u") == "hours" else None
    return (Modified(Part("MO", read[0]), "START"), read[1]) if read and is_day(read[0]) else None


def joined(tokens: Tokens, meaning: Meaning, end: int, later: tuple[Meaning, int] | None) -> tuple[Meaning, int]:
    """A day with the time of day that follows it: Tuesday night; Wednesday at 10 p.m.; `later` is read behind "at"."""
    if not is_day(meaning):
        return meaning, end
    if end < len(tokens.words) and tokens.word(end) in {"morning", "afternoon", "evening", "night"}:
        return Part(PARTS[tokens.word(end)], meaning), end + 1
    if later and isinstance(later[0], Clock) and later[0].day is None:
        return replace(later[0], day=meaning), later[1]
    return meaning, end


def behind(tokens: Tokens, end: int) -> int | None:
    """The token behind "at", where a time of day may stand; null where none can follow."""
    found = _AT.match(tokens.kinds, end)
    return found.end() if found else None
