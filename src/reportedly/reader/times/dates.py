"""Rules for names in the calendar: days, months, seasons, quarters, years, decades, centuries, feasts."""

from __future__ import annotations

from dataclasses import replace

from reportedly.reader.times.meanings import Ambiguous, Between, Fiscal, Named, Shifted, Unresolved
from reportedly.reader.times.rules import MONTH, ORDINAL, WHICH, YEAR, YEAR_WHICH, Match, Outcome, Rules, listed, month, number, ordinal, weekday
from reportedly.reader.times.words import lexicon, pattern

RULES = Rules()
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_TENS = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_WEEKDAY_FIRST = "(?:(?P<w><weekday|short_weekday>)<dot>?<comma>?<the>?)?"
_FISCAL = {"fiscal", "financial"}


def _day(m: Match) -> Outcome:
    on = ordinal([w for w in m.words("d") if w != "of"])
    if not 1 <= on <= 31:
        return None
    day = Named("day", number=month(m.word("m")), day=on, year=m.year(), year_which=m.year_which(), weekday=weekday(m.word("w")) if "w" in m else None)
    return Between(replace(day, day=int(m.word("a")), weekday=None), replace(day, weekday=None)) if "a" in m else day


@RULES.rule(f"{_WEEKDAY_FIRST}(?P<m>{MONTH})<dot>?<the>?(?:(?P<a><day>)<hyphen>)?(?P<d><day><suffix>?|{ORDINAL})(?P<y>{YEAR})?{YEAR_WHICH}?")
def month_day(m: Match) -> Outcome:
    """March 12, 2024; Tuesday, Nov. 9; March 3-5; May the eighth."""
    return None if m.word("d") == "second" and m.word("m") == "may" else _day(m)


@RULES.rule(f"{_WEEKDAY_FIRST}<the>?(?:(?P<a><day>)<hyphen|to>)?(?P<d><day><suffix>?<of>?|{ORDINAL}<of>)(?P<m>{MONTH})(?:<dot>?(?P<y>{YEAR})|{YEAR_WHICH})?")
def day_month(m: Match) -> Outcome:
    """12 March 2024; Tuesday 9th November; 3-5 May; the eighth of May."""
    return _day(m)


@RULES.rule("(?P<y><year>)<hyphen|slash>(?P<m><day>)<hyphen|slash>(?P<d><day>)")
def iso(m: Match) -> Outcome:
    """2024-03-12."""
    return Named("day", number=int(m.word("m")), day=int(m.word("d")), year=m.year()) if int(m.word("m")) <= 12 else None


@RULES.rule("(?P<a><day>)(?:<slash>(?P<b><day>)<slash>|<hyphen>(?P<c><day>)<hyphen>)(?P<y><year|two|day>)|(?P<dotted><dotted>)")
def figures(m: Match) -> Outcome:
    """25/12/2024 and 12/25/2024. 3/4/2024 is either of two days; dots put the day first."""
    if "dotted" in m:
        one, two, of = m.word("dotted").split(".")
        if len(one) > 2 or len(two) > 2 or len(of) != 4:  # 1.2.30 is a section or a version
            return None
        a, b, y = int(one), int(two), int(of)
        return Named("day", number=b, day=a, year=y) if 1 <= b <= 12 and 1 <= a <= 31 else None
    a, b, y = int(m.word("a")), int(m.word("b") or m.word("c")), int(m.word("y"))
    if len(m.word("y")) == 1:
        return None
    if a != b and max(a, b) <= 12:
        return Ambiguous(Named("day", number=b, day=a, year=y), Named("day", number=a, day=b, year=y))
    day, of_year = max(a, b), min(a, b)
    return Named("day", number=of_year, day=day, year=y, day_first=None if a == b else a > b) if of_year <= 12 else None


@RULES.rule(f"(?P<m>{MONTH})<dot>?(?:<of>?(?P<y>{YEAR})|{YEAR_WHICH})")
def month_year(m: Match) -> Outcome:
    """March 2024; March of last year."""
    return Named("month", number=month(m.word("m")), year=m.year(), year_which=m.year_which())


@RULES.rule("(?P<m><month|name_month>)")
def month_alone(m: Match) -> Outcome:
    """In March. Months that are also words or names need a word in front that asks for a time."""
    word, before = m.word("m"), m.before()
    if word in {"may", "march", "april", "june", "august"}:
        asked = before in listed("before_may" if word == "may" else "before_month")
        if word == "may":
            asked = asked or (before == "of" and m.before(2) in listed("part_of")) or (before == "by" and not m.after()[:1].isalpha())
        elif word != "march":
            asked = asked or before in {"a", "an", "the", "its"}
        name = m.end < len(m.tokens.words) and m.tokens.words[m.end][0].isupper() and before not in listed("before_season")
        if not asked or name:
            return None
    return Named("month", number=month(word))


@RULES.rule("<weekday>")
def weekday_alone(m: Match) -> Outcome:
    """Tuesday, but not Black Friday or the Sunday Times."""
    if m.before() in listed("not_before_weekday") or (m.after() in listed("not_after_weekday") and m.tokens.words[m.end][0].isupper()):
        return None
    return Named("day", weekday=weekday(m.tokens.word(m.start)))


@RULES.rule(f"<the>?(?P<n><season|soft_season>)(?:<of>?(?P<y>{YEAR})|{YEAR_WHICH})|(?P<the><the>?)(?P<s><season|soft_season>)")
def season(m: Match) -> Outcome:
    """The summer of 1994; since the summer. "Spring" and "fall" alone are other words too."""
    if "n" in m:
        return Named("season", season=SEASONS[m.word("n")], year=m.year(), year_which=m.year_which())
    asked = m.before() in listed("before_season") or ("the" in m and m.word("s") not in {"spring", "fall"})
    return Named("season", season=SEASONS[m.word("s")]) if asked and m.after() != "of" and m.closes() else None


@RULES.rule("<year>")
def year_alone(m: Match) -> Outcome:
    """In 1998. A number is a year where the words around make it one."""
    value, before, after = int(m.tokens.words[m.start]), m.before(), m.after()
    hyphens = lexicon()["marks"]["hyphen"]
    if before in listed("not_before_year") or after in listed("not_after_year"):
        return None
    spans = m.tokens.spans
    if before in hyphens.split() and spans[m.start - 1][1] == spans[m.start][0] and m.before(2) not in {"mid", "pre", "post", "early", "late"}:
        return None
    if before == "/" or (before.isalpha() and len(before) > 1 and m.tokens.words[m.start - 1].isupper() and before not in listed("before_year")):
        return None
    if after in hyphens.split() and spans[m.end - 1][1] == spans[m.end][0] and m.after(1).isalpha() and m.after(1) != "era":
        return None
    asked = before in listed("before_year")
    if not (1900 <= value <= 2100 or asked):
        return None
    asked = asked or before in {"the", "s"}
    plural = after.isalpha() and after.endswith("s") and after not in listed("function") | listed("verbs")
    return Named("year", year=value) if asked or not plural else None


@RULES.rule(f"(?:(?P<m>{MONTH})<comma>?)?(?P<c><cardinal>)(?P<t><cardinal>(?:<hyphen>?<cardinal>)?)(?!<units|unit>)|<the>?<year_unit>(?P<y><year>)")
def spoken_year(m: Match) -> Outcome:
    """January nineteen ninety-seven; the year 2000."""
    if "y" in m:
        return Named("year", year=m.year())
    rest = number(m.words("t"))
    if m.word("c") not in {"eighteen", "nineteen"} or not rest or not 10 <= rest < 100:
        return None
    value = 100 * int(number([m.word("c")]) or 0) + int(rest)
    return Named("month", number=month(m.word("m")), year=value) if "m" in m else Named("year", year=value)


@RULES.rule("(?P<a><year>)<hyphen|slash>(?P<b><year|two|day>)(?!<hyphen|slash>)")
def years(m: Match) -> Outcome:
    """2012-13; 1939-1945."""
    first, last = int(m.word("a")), int(m.word("b"))
    if len(m.word("b")) == 2:
        last += first // 100 * 100 + (100 if last < first % 100 else 0)
    if not first < last <= first + 150 or m.before() in listed("not_before_year"):
        return None
    return Between(Named("year", year=first), Named("year", year=last))


@RULES.rule("(?P<n><day|two|year|number>)(?P<e><era>)|(?P<e2><era>)(?P<n2><day|two|year|number>)")
def era(m: Match) -> Outcome:
    """490 BC; AD 476."""
    written, of = m.word("n") or m.word("n2"), m.word("e") or m.word("e2")
    if not written.isdigit() or len(written) > 4 or ("e2" in m and of not in {"ad", "ce"}):
        return None
    before_christ = of in {"bc", "bce"}
    return Unresolved(f"BC{int(written):04}") if before_christ or int(written) < 100 else Named("year", year=int(written))


@RULES.rule("<the>?(?P<y><year>)<apostrophe>?<s>|(?P<the><the>?)(?P<q><apostrophe>?)(?P<two><two>)<apostrophe>?<s>|<the>(?P<t><tens>)")
def decade(m: Match) -> Outcome:
    """The 1990s; the '80s; the nineties. "In her 80s" is an age."""
    if "t" in m:
        return Named("decade", number=192 + _TENS.index(m.word("t")))
    value = int(m.word("y") or m.word("two"))
    if value % 10 or not ("y" in m or "q" in m or "the" in m):
        return None
    return Named("decade", number=(value if "y" in m else 1900 + value) // 10)


@RULES.rule(f"<the>?(?P<n><day><suffix>|{ORDINAL})<hyphen>?(?P<u><unit>)(?P<e><era>)?")
def century(m: Match) -> Outcome:
    """The 20th century."""
    if m.word("u") not in {"century", "millennium"}:
        return None
    nth = ordinal(m.words("n"))
    if m.word("e").startswith("b"):
        return Unresolved(f"BC{nth:02}")
    return Named("century" if m.word("u") == "century" else "millennium", number=nth - 1) if nth else None


@RULES.rule("<feast|suffix>")
def feast(m: Match) -> Outcome:
    """Christmas Eve; Good Friday; St Patrick's Day."""
    for width in (6, 5, 4, 3, 2, 1):
        end = m.start + width
        name = " ".join(m.tokens.words[m.start : end]).lower().replace("’", "'").replace(" ' s", "'s").replace("st . ", "st ")
        if end <= len(m.tokens.words) and name in lexicon()["feasts"]:
            written = pattern(f"{YEAR}|<of><year>").match(m.tokens.kinds, end)
            return (Named("day", feast=name, year=int(m.tokens.words[written.end() - 1])), written.end()) if written else (Named("day", feast=name), end)
    return None


@RULES.rule(
    f"<the>?(?P<f><fiscal>?)(?:<the>?(?P<y0><year>))?(?P<f2><fiscal>?)<hyphen>?(?P<n>{ORDINAL}|<last>)<hyphen>?(?P<u><quarter|half>)"
    f"(?:<of>?(?P<f3><fiscal>?)<year_unit>?(?P<y>{YEAR})|{YEAR_WHICH}|(?P<of><of>)<the>(?P<f4><fiscal>?)<year_unit>)?"
)
def quarter(m: Match) -> Outcome:
    """The third quarter of 1998; fourth-quarter; the first half of the year. A match has halves too."""
    half = m.word("u") == "half"
    nth = (2 if half else 4) if m.word("n") == "last" else ordinal(m.words("n"))
    written, which = m.year() or m.year("y0"), m.year_which() or ("this" if "of" in m else None)
    if m.word("n") == "last" and not (written or which):
        return None
    if not 1 <= nth <= (2 if half else 4) or m.after() in listed("not_after_quarter"):
        return None
    if "hyphen" in m.words("n") or (m.tokens.word(m.start) == "the" and m.tokens.words[m.end - 2] == "-" and not written):
        return None  # "the third-quarter loss" is a third-quarter loss
    if half and not (written or which or m.after() in listed("after_half")):
        return None
    named = Named("half" if half else "quarter", number=nth, year=written, year_which=which)
    return Fiscal(named) if any(f in m for f in ("f", "f2", "f3", "f4")) else named


@RULES.rule(f"<q>(?P<q><day>)(?:<of>?(?P<y>{YEAR})|{YEAR_WHICH})?")
def quarter_code(m: Match) -> Outcome:
    """Q3 2024."""
    nth = int(m.word("q"))
    return Named("quarter", number=nth, year=m.year(), year_which=m.year_which()) if nth <= 4 else None


@RULES.rule("<the>(?P<y><year>?)(?:<quarter>(?!<of>)|<period>(?<=<year><period>))|<the><latest><period>")
def the_quarter(m: Match) -> Outcome:
    """The quarter: the one last spoken of; the 1988 period. A town has quarters too."""
    if "y" not in m and m.after(-1) == "quarter" and m.before() not in listed("before_quarter"):
        return None
    return Shifted(0, "quarter", "mention", "quarter", year=m.year()) if "y" in m else Shifted(0, "quarter", "mention", "quarter")


@RULES.rule("(?P<the><the>?)<fiscal><year_unit>?(?P<y><year>?)")
def fiscal_year(m: Match) -> Outcome:
    """Fiscal 1989; the fiscal year."""
    if "y" in m:
        return Fiscal(Named("year", year=m.year()))
    return Fiscal(Shifted(0, "year", "published", "year")) if "the" in m and m.tokens.word(m.end - 1) == "year" else None


@RULES.rule("<the>?(?P<w><this|last|next|previous|following|same>)<year_unit><apostrophe><s>")
def of_year(m: Match) -> Outcome:
    """Last year's third quarter."""
    read = m.on()
    if not read or not isinstance(read[0], Named) or read[0].year or read[0].which or read[0].grain not in {"quarter", "half", "month", "season", "day"}:
        return None
    return replace(read[0], year_which=WHICH[m.word("w")]), read[1]
