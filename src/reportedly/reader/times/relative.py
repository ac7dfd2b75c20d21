"""Rules for times named from here: yesterday, last week, two days later, the past two years, every Monday, now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from reportedly.reader.times.meanings import Clock, Fiscal, FromEvent, FromTime, Length, Meaning, Modified, Named, Part, Reference, Repeated, Shifted, Which
from reportedly.reader.times.rules import NUMBER, WHICH, Match, Outcome, Rules, listed, number, unit
from reportedly.reader.times.tense import is_past

if TYPE_CHECKING:
    from reportedly.reader.times.calendar import Grain, Mod
    from reportedly.reader.times.words import Tokens

RULES = Rules()
CODES = {
    "second": "TS", "minute": "TM", "hour": "TH", "day": "D", "week": "W", "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C", "millennium": "L", "weekend": "WE",
}  # fmt: skip
_PARTS_OF_UNIT = {"Y": (12, "M"), "TH": (60, "M"), "TM": (60, "S")}
_APPROX = "(?:<nearly|about|under>|<over>(?!<the>)|<just>(?=<over|under>)|<more|less><than>|<no><more|less><than>|<at><least|most>|<up><to>)"
_AMOUNT = f"(?:(?:{NUMBER}(?:<hyphen>?<and><hyphen>?<a><hyphen>?<half>)?|<a>?<few><of|more>?|<a>)|<half><a>?|<a><half>)"
_UNIT = "<unit|units|year_unit|quarter|second>"
_TAIL = "(?:<ago>|<earlier>|<later>|<before>|<after>|<from><now>|<hence>|<old>|<hyphen><old>|<ahead>)"
_LARGE = {"day", "week", "month", "year", "decade", "century", "fortnight"}


def length(amount: float | None, of: str) -> str:
    """A duration as TIMEX3: P3M, PT10H, P2Y6M, PXD."""
    code = CODES[of]
    clock, letter = ("PT", code[1]) if code[0] == "T" else ("P", code)
    if amount is None:
        return f"{clock}X{letter}"
    amount *= 2 if of == "fortnight" else 1
    whole = int(amount)
    if amount != whole and code in _PARTS_OF_UNIT:
        count, smaller = _PARTS_OF_UNIT[code]
        return f"{clock}{f'{whole}{letter}' if whole else ''}{round((amount - whole) * count)}{smaller}"
    return f"{clock}{amount:g}{letter}" if amount < 1e5 else f"{clock}{whole}{letter}"


@RULES.rule("<day_word|overnight>")
def day_word(m: Match) -> Outcome:
    """Today, yesterday, tomorrow, tonight, overnight."""
    word = m.tokens.word(m.start)
    day = Shifted({"yesterday": -1, "overnight": -1, "tomorrow": 1}.get(word, 0), "day", "published", "day")
    return Part("NI", day) if word in {"tonight", "overnight"} else day


def _marked(meaning: Meaning, which: Which) -> Meaning | None:
    if isinstance(meaning, Named) and not (meaning.year or meaning.which or meaning.year_which) and meaning.grain in {"day", "month", "season", "quarter", "half"}:
        return replace(meaning, which=which)
    if isinstance(meaning, Part | Clock) and meaning.day and (day := _marked(meaning.day, which)):
        return replace(meaning, day=day)
    return None


@RULES.rule("<the>?(?P<w><this>?<coming|past>|<last|next|this|previous|following|same>)")
def which(m: Match) -> Outcome:
    """Last Friday; this summer; the following March; next Tuesday night."""
    read = m.on()
    marked = _marked(read[0], WHICH[m.words("w")[-1]]) if read and m.after() != "the" else None
    return (marked, read[1]) if read and marked else None


@RULES.rule("(?P<the><the>?)(?P<w><this>?<coming|past>|<last|next|this|current|previous|following|same|that|latest>)<full|plain>?(?P<f><fiscal>?)(?P<u><unit|year_unit|quarter>)")
def which_unit(m: Match) -> Outcome:
    """Last week; this year; the next day; the past decade."""
    word, of, the = m.words("w")[-1], m.word("u"), "the" in m
    if of in {"minute", "hour"} or (of == "day" and word == "last") or (word == "latest" and of in {"day", "week", "month"}):
        return None
    if word == "past" or (the and word in {"last", "next"} and m.before() in listed("over") and of != "day"):
        return Length(1, of, towards="future" if word == "next" else "past")
    kind = WHICH[word]
    if of == "weekend":
        return Named("weekend", which=kind)
    base = "mention" if kind in {"previous", "same", "following"} or (the and word == "next") else "published"
    amount = {"last": -1, "previous": -1, "this": 0, "same": 0}.get(kind, 1)
    grain = cast("Grain", "week" if of == "fortnight" else of)
    meaning = Shifted(amount * (2 if of == "fortnight" else 1), grain, base, grain)  # type: ignore[arg-type]
    return Fiscal(meaning) if "f" in m else meaning


@RULES.rule("<the>(?P<u><unit>)(?!<of>)")
def the_weekend(m: Match) -> Outcome:
    """The weekend."""
    return Named("weekend") if m.word("u") == "weekend" and m.closes() else None


@RULES.rule("<the>(?P<u><unit|year_unit>)(?P<b><before|after>)")
def before_that(m: Match) -> Outcome:
    """The day before; the week before last; the day before yesterday; the day after Christmas."""
    return _beside(m, 1, m.word("u"), -1 if m.word("b") == "before" else 1, None)


def _beside(m: Match, amount: float, of: str, sign: int, whole: Length | None) -> Outcome:
    """So many units before or after a time, an event, or the last mention where nothing follows."""
    if of not in _LARGE:
        return None
    grain = cast("Grain", of)
    if m.after() == "last" and whole is None:
        return Shifted(sign * 2, grain, "published", grain), m.end + 1
    read = m.on()
    if read and isinstance(read[0], Named | Shifted | Part):
        return FromTime(sign * amount, grain, read[0]), read[1]
    event = _event(m.tokens, m.end)
    if event and m.tokens.word(event[1]) not in listed("verbs") and not is_past(m.tokens, event[1]):
        return FromEvent(sign * amount, grain, event[0], whole, m.end - 1), event[1]
    after = m.after()
    if after[:1].isalpha() and (after in listed("clause") or after not in listed("function") | listed("verbs")):
        return None
    return Shifted(sign * amount, grain, "mention", grain)


def _event(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """The noun of "the invasion", "its full-scale invasion", and the token after it."""
    if tokens.word(at) not in listed("determiners"):
        return None
    end = at + 1
    while end < min(at + 5, len(tokens.words)) and (
        tokens.words[end] in {"-", "’", "'"} or (tokens.words[end].isalpha() and (tokens.word(end) not in listed("function") | listed("verbs") or tokens.word(end) == "s"))
    ):
        end += 1
    return (tokens.word(end - 1), end) if end > at + 1 and len(tokens.words[end - 1]) > 2 else None


@RULES.rule(
    f"(?P<approx>{_APPROX}*)(?P<the><the>?)(?P<w><this>?<past|last|next|coming|following|previous|ordinal|same|latest|these|that|every>?)(?P<recent><recent>?)"
    f"(?:(?P<low>{NUMBER})(?:<hyphen>?<to|or><hyphen>?|(?<=<day|two|year>)<hyphen>))?(?P<n>{_AMOUNT})(?P<hyphen><hyphen>?)<more|additional|full|plain|other>{{0,2}}(?P<u>{_UNIT})"
    f"(?P<half><and><a><half>|)(?:<or><so|more|less>)?(?P<tail>{_TAIL}|)"
)
def duration(m: Match) -> Outcome:
    """Nearly three months; two to three weeks; the past two years; ten days ago; a year earlier; 30-day; every two weeks."""
    of, written, tail, word = unit(m.word("u")), m.words("n"), (m.words("tail") or [""])[-1], (m.words("w") or [""])[-1]
    few = bool({"several", "few", "many", "dozens", "hundreds", "thousands"} & set(written))
    amount = None if few else number(written)
    if "over" in m.words("approx") and m.before() not in listed("before_over"):
        return None
    if "hyphen" in m and ("the" in m or written[:1] == ["a"]) and not tail:  # "the two-week strike" is a two-week strike
        return None
    if (amount is None and not few) or tail == "old" or m.before() in listed("not_before_number") or word in {"third", "fourth", "fifth", "that", "same"}:
        return None
    if word in {"every", "each"}:
        return Repeated(length(amount, of))
    low = number(m.words("low"))
    high = amount if low and amount and low < amount else None
    amount = (low or amount) if high else amount
    if amount is not None and "half" in m and written != ["half"]:
        amount += 0.5
    single = written[0] in {"a", "an"} and len(written) == 1
    if of == "second" and m.word("u") == "second" and not ("hyphen" in m and not single) and not tail:
        return None
    if of == "quarter" and (m.after() == "of" or (single and not tail) or (not tail and not word and m.word("u") == "quarter")):
        return None
    if of == "weekend" and single:
        return None
    if (
        single
        and not tail
        and "approx" not in m
        and not word
        and (m.before()[:1].isdigit() or m.before() in listed("rated") or (m.before().endswith("s") and (m.before(2)[:1].isdigit() or m.before(2) in listed("rated"))))
    ):
        return Repeated(length(1, of))
    whole = Length(amount, of, high=high, towards="past" if word in {"past", "last"} else "future" if word in {"next", "coming"} else None)
    if not tail or tail == "ahead":
        return whole
    small = of in {"second", "minute", "hour"}
    sign = -1 if tail in {"ago", "earlier", "before"} else 1
    if tail in {"before", "after"}:
        return (None if amount is None else _beside(m, amount, of, sign, whole)) or (whole, m.end - 1)
    base = "mention" if tail in {"earlier", "later"} else "published"
    grain = cast("Grain", {"fortnight": "week", "weekend": "week"}.get(of, of))
    if few:
        least, most = (2, 5) if "few" in written else (3, 9)
        return Shifted(sign * least, grain, base, high=sign * most, vague=True)  # type: ignore[arg-type]
    if amount is None or (small and base == "mention"):
        return whole
    compared = of == "year" and amount == 1 and sign < 0 and not high
    return Shifted(sign * amount * (2 if of == "fortnight" else 1), grain, base, grain, high=sign * high if high else None, compared=compared)  # type: ignore[arg-type]


@RULES.rule("(?P<the><the>?)(?P<w><recent|coming|past|last|next|previous|these|following>?)(?P<u><units>)(?:<or|and|to><units>)?(?P<tail><ago|earlier|later|ahead>?)")
def plural(m: Match) -> Outcome:
    """Recent weeks; for years; days later; these days."""
    of, word, tail = unit(m.word("u")), m.word("w"), m.word("tail")
    if word == "these":
        return Reference("PRESENT_REF") if of == "day" and m.closes() else None
    if word in {"recent", "past", "last", "previous"} or tail == "ago":
        return Reference("PAST_REF")
    if word in {"coming", "next"} or ("the" in m and tail == "ahead"):
        return Reference("FUTURE_REF")
    if of == "weekend" and m.before() in {"at", "on"}:
        return Repeated("XXXX-WXX-WE")
    asked = m.before() in listed("before_units") and "the" not in m and not word
    return Length(None, of) if (asked and m.after() != "of") or tail in {"later", "earlier"} else None


@RULES.rule("<a>(?P<u><unit|year_unit>)<or>(?P<n><cardinal>)(?!<unit|units>)(?P<tail><ago|earlier|later>?)")
def or_two(m: Match) -> Outcome:
    """A day or two."""
    of, most, tail = m.word("u"), number(m.words("n")), m.word("tail")
    if most is None or of == "weekend":
        return None
    if not tail:
        return Length(1, of, high=most)
    sign = 1 if tail == "later" else -1
    grain = cast("Grain", of)
    return Shifted(sign, grain, "published" if tail == "ago" else "mention", grain, high=sign * most)


# Early, late and the rest.

_MODS: dict[str, Mod] = {"early": "START", "late": "END", "mid": "MID", "middle": "MID", "start": "START", "beginning": "START", "outset": "START", "end": "END", "close": "END"}


def _unit_here(tokens: Tokens, at: int) -> tuple[Meaning, int] | None:
    """A bare unit after "the end of the", "late in the"."""
    word = tokens.word(at + 1)
    if tokens.word(at) == "the" and word in {"day", "week", "month", "quarter", "year", "decade", "century"}:
        return Shifted(0, cast("Grain", word), "published", cast("Grain", word)), at + 2
    return None


@RULES.rule("<the>?(?P<w><early|late|mid|earlier|later>)<hyphen>?(?P<in><in|on>?)")
def modified(m: Match) -> Outcome:
    """Early November; late on Tuesday; mid-1996; earlier this month; later in the week."""
    read = m.on() or (_unit_here(m.tokens, m.end) if "in" in m else None)
    if not read or isinstance(read[0], Length | Reference | Repeated | Modified | FromEvent | Clock):
        return None
    word = m.word("w")
    clipped = word in {"earlier", "later"}
    return Modified(read[0], _MODS.get(word) or ("START" if word == "earlier" else "END"), clipped=clipped), read[1]


@RULES.rule("<the>?(?P<w><start|end|mid>)<of>")
def end_of(m: Match) -> Outcome:
    """The end of 1990; the middle of the month."""
    read = m.on() or _unit_here(m.tokens, m.end)
    if not read or isinstance(read[0], Length | Reference | Repeated | Modified | FromEvent | Clock):
        return None
    return Modified(read[0], _MODS[m.word("w")], narrow=m.word("w") != "mid"), read[1]


@RULES.rule("<the>?(?P<u><unit|year_unit>)(?:<apostrophe><s>)?<hyphen>?<end>")
def year_end(m: Match) -> Outcome:
    """Year-end; the year's end; month's end."""
    of = cast("Grain", m.word("u"))
    return Modified(Shifted(0, of, "published", of), "END", narrow=True) if of in {"year", "month"} and m.tokens.word(m.end - 1) == "end" else None


@RULES.rule("(?P<w><about>)")
def about(m: Match) -> Outcome:
    """Around 7:15 p.m.; around Nov. 1."""
    read = m.on()
    if not read or not isinstance(read[0], Clock if m.word("w") in {"about", "some"} else Clock | Named | Modified | Part):
        return None
    return Modified(read[0], "APPROX"), read[1]


@RULES.rule("<the>?(?:<year_unit>)<hyphen>(?:<ago>|<earlier>)(?P<q><ordinal|second>?<hyphen>?<quarter>|<period>|)")
def year_ago(m: Match) -> Outcome:
    """The year-ago quarter; a year-earlier figure."""
    nth = m.words("q")
    if len(nth) > 1:
        return Named("quarter", number=("first", "second", "third", "fourth").index(nth[0]) + 1, year_which="last") if nth[0] in {"first", "second", "third", "fourth"} else None
    return Shifted(-1, "year", "published", compared=True)
