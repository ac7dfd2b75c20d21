"""Rules for what is no one time: every Monday, twice a week, daily; now, recently, in future."""

from __future__ import annotations

from reportedly.reader.times.dates import SEASONS
from reportedly.reader.times.meanings import Reference, Repeated
from reportedly.reader.times.relative import CODES, length
from reportedly.reader.times.rules import NUMBER, PARTS, Match, Outcome, Rules, listed, month, unit, weekday
from reportedly.reader.times.tense import is_past

RULES = Rules()


@RULES.rule("<every>(?P<n>(?:<other>|<ordinal|second>)?)(?P<u><unit|year_unit|quarter|weekday|month|name_month|season|soft_season|part>)(?P<p><part>?)")
def every(m: Match) -> Outcome:
    """Every Monday; each month; every other week."""
    word, nth = m.word("u"), 2 if m.word("n") in {"other", "second"} else 1
    return Repeated(length(nth, word) if word in CODES else _repeated(word) + ("T" + PARTS[m.word("p")] if "p" in m else ""))


def _repeated(word: str) -> str:
    if word in PARTS:
        return f"XXXX-XX-XXT{PARTS[word]}"
    if word in SEASONS:
        return f"XXXX-{SEASONS[word]}"
    return f"XXXX-WXX-{weekday(word)}" if word.removesuffix("s").endswith("day") else f"XXXX-{month(word):02}"


@RULES.rule("(?P<w><weekdays|weekday>)(?P<p><parts>)|(?P<a><weekdays>)")
def weekdays(m: Match) -> Outcome:
    """Mondays; Tuesday nights."""
    return Repeated(_repeated(m.word("w") or m.word("a")) + ("T" + PARTS[unit(m.word("p"))] if "p" in m else ""))


@RULES.rule(f"(?:<often>|{NUMBER}<time>)<a|per|every>(?P<u><unit|year_unit|quarter>)|<per>(?P<v><unit|year_unit>)")
def rate(m: Match) -> Outcome:
    """Twice a week; per year."""
    return Repeated(length(1, m.word("u") or m.word("v")))


_DAILY = {
    "hourly": "PT1H",
    "daily": "XXXX-XX-XX",
    "nightly": "XXXX-XX-XXTNI",
    "weekly": "XXXX-WXX",
    "fortnightly": "P2W",
    "monthly": "XXXX-XX",
    "quarterly": "XXXX-QX",
    "yearly": "XXXX",
    "annually": "XXXX",
}


@RULES.rule("<daily>")
def daily(m: Match) -> Outcome:
    """Daily, where it is no adjective."""
    return Repeated(_DAILY[m.tokens.word(m.start)]) if m.closes() and m.before() not in listed("determiners") else None


@RULES.rule("(?P<now><now|present>)|(?P<lately><lately>)|(?P<soon><soon>)|(?P<mo><the><moment>)|<the>?<near>?(?P<future><future>)|<the>(?P<past><past>)")
def reference(m: Match) -> Outcome:
    """Now; recently; soon; at the moment; in future; in the past."""
    before, after = m.before(), m.after()
    if "now" in m:
        return Reference("PRESENT_REF") if after not in {"that", "famous"} and before not in {"by", "until"} else None
    if "mo" in m:
        return Reference("PRESENT_REF") if before == "at" else None
    if "lately" in m:
        return Reference("PAST_REF") if m.word("lately") in {"recently", "lately"} and before != "until" else None
    if "soon" in m:
        past = is_past(m.tokens, m.start - 1) or is_past(m.tokens, m.end)
        return Reference("FUTURE_REF") if not past and before not in {"as", "too", "how", "so"} and after not in {"as", "after", "before"} else None
    if "past" in m:
        return Reference("PAST_REF") if m.closes() and before in {"in", "from", "of"} else None
    return Reference("FUTURE_REF") if before in {"in", "for", "of"} and m.closes() else None
