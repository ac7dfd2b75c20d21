"""What is a source span about? The mention in it for which the others only say more, or one made of its words where no list knows any."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.reader.sources.descriptions import NUMERALS, STOP
from reportedly.reader.sources.mention import ANSWER, PRONOUNS, RELATIVE, Mention
from reportedly.reader.sources.names import NOT_NAMES, OPENING
from reportedly.reader.sources.nouns import gender_of, kind_of, name_kind, noun_kinds, singular
from reportedly.reader.sources.tokens import TOKEN
from reportedly.values import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportedly.reader.sources.mention import Form
    from reportedly.values import Kind

AFTER_PREPOSITION = re.compile(r"\b(?:of|for|at|from|in|with|by|to|near|on|against|behind|under|inside|outside|representing|who|whom|which|that|among|between|whose)\s+(?:the |a |an |his |her |their |its )?(?:[a-z-]+ )?$", re.IGNORECASE)
INSIDE = re.compile(r"^(?:the|an?|this|that|its|his|her|their|our)\s+(?:[\w’'-]+\s+){1,5}?(?:of|for|at|from|in|with|by|to)\s[^,]*, $", re.IGNORECASE)  # "the meeting of ministers in Davos, Switzerland"
LEADS = re.compile(r"(?:both |the )?(?:the )?(?:(?:[a-z]+ ){0,2}[a-z]+s )?", re.IGNORECASE)  # "federal prosecutors Ana Ruiz and Tom Ward"
JOINS = re.compile(r",? (?:and )?(?:the |an? |other |his |her |their )*")
CLAUSE = re.compile(r", (?:who|whom|whose|which) |^\w+ who ")
POSSESSIVE = frozenset(("his", "her", "its", "their", "my", "our", "whose"))
POSSESSED = re.compile(r"['’]s?\s")
ARTICLE = re.compile(r"(?:the|an?|this|that|another)\s(?:[a-z][\w-]*\s)*", re.IGNORECASE)
ESTATE = re.compile(r"(?:\s[a-z][\w-]+){0,2}\s([a-z][\w-]+)")
OTHERS = re.compile(r"(?:[Hh]e|[Ss]he|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?) and (?:(?:his|her) [a-z][\w-]*(?: [a-z][\w-]*)?? |other (?:[\w-]+ )??|(?:his|her) )([\w-]+)(?=$|,)")
CALLED = re.compile(r"(?: [a-z][\w-]*){1,4} (?=[A-Z])")  # "Indonesian film distributor Feat Pictures"
SHARE = re.compile(
    r"(?P<noun>(?:an?|the|some|nearly|almost|about|over|more than|less than|at least|up to|each|either)? ?(?:[\w.]+ )??(?:(?P<one>one|another|copy|copies|member|part)|\w*half|third|quarter|majority|minority|number|plenty|lots?|handful|band|group|couple|dozens|scores|hundreds|thousands|millions|per ?cent|percentage|%|most|many|some|few|several|all|none|two|three|four|five)) of (?:the |his |her |its |their |our |these |those )?",
    re.IGNORECASE,
)
SOMEBODY = frozenset(("one", "another", "someone", "somebody", "anyone", "anybody", "first", "second", "third", "fourth", "fifth", "sixth"))
EVERYBODY = frozenset(("everyone", "everybody", "nobody", "others", "many", "some", "most", "few", "several", "both", "all", "none", "two", "three", "four"))
DATELINE = re.compile(r"[A-Z][A-Z.]+[A-Z](?:[ ,][\w .,]{0,40}?)? (?:—|–|--) ")
ROLE = re.compile(r"\s+(?:[\w-]+\s+){0,4}?([a-z][\w-]+)(?=\s*$|,|\s+(?:[A-Z(]|for|of|in|at|who|on|to))")


def head(text: str, span: Span, inside: Sequence[Mention]) -> Mention:
    """The mention that a source span is about; `inside` are those that it holds, in order."""
    dateline = DATELINE.match(text, span.start, span.end)
    if dateline:
        span = Span(dateline.end(), span.end)
        inside = [m for m in inside if m.start >= span.start]
    both = _with_others(text, span) or _both(text, span, inside)
    if both is not None:
        return both
    for m in inside:
        lead = text[span.start : m.start]
        if AFTER_PREPOSITION.search(lead) or (m.kind != "person" and INSIDE.search(lead)):
            continue
        if m.head in RELATIVE and m.start > span.start:
            continue
        if CLAUSE.search(lead):
            continue  # "one of the boys, whom the agency does not name"
        if m.form == "pronoun" and m.head in POSSESSIVE and m.end < span.end:
            continue
        if any(n.start == m.end + 1 and n.form == "name" and n.roles for n in inside):
            continue  # "Police Chief Ana Beltre"
        after = text[m.end : span.end]
        if POSSESSED.match(after):
            continue
        return _borne(text, span, m, inside) if after and (m.form == "name" or m.kind == "organisation") else m
    token = noun = None
    for match in TOKEN.finditer(text, span.start, span.end):
        opening = noun is not None and noun.start() == span.start and not singular(noun.group().lower())[1]  # "State labor officials"
        if token is not None and (text[token.end() : match.start()] not in (" ", "-") or (noun is not None and not opening and singular(match.group().lower())[0] not in noun_kinds())):
            break
        if token is not None and match.group().lower() in STOP and not (match.group() == "and" and noun is None and token.start() == span.start and token.group().lower() in OPENING):
            break  # "Current and former officials who" goes on behind "and"
        token = match
        if singular(match.group().lower())[0] in noun_kinds():
            noun = match
    last = noun or token
    return made(text, span, last.end() if last else span.end, last.group() if last else text[span.start : span.end])


def _with_others(text: str, span: Span) -> Mention | None:
    """The group of somebody and others: "he and his lawyers", "Biden and other senators"."""
    found = OTHERS.match(text, span.start, span.end)
    if not found:
        return None
    return Mention(span.start, found.end(), "description", singular(found[1].lower())[0], many=True, definite=True, kind="group")


def _both(text: str, span: Span, inside: Sequence[Mention]) -> Mention | None:
    """The group of all that a source span counts up: "Obama and Clinton", "the Times and the Gannett chain"; null where it names one."""
    said = [m for m in inside if m.form != "pronoun" and not any(n.start <= m.start and m.end <= n.end and n.end - n.start > m.end - m.start for n in inside)]
    if not said or not LEADS.fullmatch(text, span.start, said[0].start):
        return None
    parts = [[said[0]]]  # "Police Chief Tom Ward" is two mentions and one part
    last_of_all = False
    for m in said[1:]:
        gap = text[parts[-1][-1].end : m.start]
        if m.start < parts[-1][-1].end:
            continue
        if gap == " ":
            parts[-1].append(m)
        elif last_of_all:
            break
        elif JOINS.fullmatch(gap):
            parts.append([m])
            last_of_all = " and " in gap
        else:
            break
    joined = [part[-1] for part in parts]
    if len(joined) < 2 or text[joined[-1].end : span.end][:1] not in ("", ","):
        return None
    last, gap = parts[-1][0], text[joined[-2].end : parts[-1][0].start]
    two_phrases = not gap.endswith(" and ") or (last.form == "description" and last.definite)  # "and the", "and his"
    pair = text[joined[-2].start : joined[-1].end]
    if " and " not in gap:
        return None
    if len(joined) == 2 and gap == " and " and all(m.form == "name" and len(m.name) == 1 and m.kind is None and not _alone(text, m, pair) for m in joined):
        return Mention(joined[0].start, joined[1].end, "name", joined[1].head, name=(*joined[0].name, "and", *joined[1].name), definite=True, kind="organisation")  # "Marks and Spencer"
    if not (two_phrases or _family(text, joined[-2], joined[-1]) or all(_person(m) or _alone(text, m, pair) for m in joined[-2:])):
        return None  # "the Department of Health and Human Services"
    end = joined[-1].end
    called = " and ".join(sorted(text[m.start : m.end].rsplit(maxsplit=1)[-1].lower() for m in joined))  # the same group by surnames or by whole names
    if any(m.form != "name" for m in joined):
        return Mention(span.start, end, "description", called, many=True, definite=True, kind="group")
    start = joined[0].start
    return Mention(start, end, "name", called, name=tuple(text[start:end].split()), roles=(called,), many=True, definite=True, kind="group")


def _person(mention: Mention) -> bool:
    """Whether a mention is of people, as far as its own words tell."""
    return mention.kind in ("group", "person") or mention.many or (mention.kind is None and len(mention.name) in (2, 3))


def _family(text: str, first: Mention, last: Mention) -> bool:
    """Whether two share the surname that only the second one bears: "Odo and Ilse Marr", where the text has "Odo Marr" or "the Marrs"."""
    if len(first.name) != 1 or len(last.name) < 2 or last.kind not in ("person", None):
        return False
    return re.search(rf"\b(?:{re.escape(first.name[0])} {re.escape(last.name[-1])}|[Tt]he {re.escape(last.name[-1])}e?s)\b", text) is not None


def _alone(text: str, name: Mention, pair: str) -> bool:
    """Whether the last word of a name stands in a text oftener than the two joined."""
    word = text[name.start : name.end].rsplit(maxsplit=1)[-1]
    return len(re.findall(rf"\b{re.escape(word)}\b", text)) > text.count(pair) * pair.count(word)


def _borne(text: str, span: Span, name: Mention, inside: Sequence[Mention]) -> Mention:
    """A name in a source span, or what bears it there: "the Lanier estate" is not Lanier, "the Acme lawyer Ana Holt" is Ana Holt."""
    after = text[name.end : span.end]
    estate = ESTATE.fullmatch(after)
    if estate and ARTICLE.fullmatch(text, span.start, name.start) and STOP.isdisjoint(estate.group().split()):
        return made(text, span, span.end, estate.group(1))
    called = CALLED.match(after)
    later = next((n for n in inside if n.form == "name" and n.start == name.end + called.end()), None) if called and STOP.isdisjoint(called.group().split()) else None
    if later is not None and not ARTICLE.match(text, span.start, name.start):
        return later
    role = ROLE.match(after)
    if role and any(singular(word)[0] in noun_kinds() for word in role.group().split()):
        at = name.end + role.end()
        later = next((n for n in inside if n.form == "name" and at - 1 <= n.start <= at + 2), None)
        return later or made(text, span, name.end + role.end(1), role.group(1))
    return name


def made(text: str, span: Span, end: int, noun: str) -> Mention:
    """A mention of `text[span.start:end]` with `noun` for its head."""
    base, many = singular(noun.lower())
    if text[span.start : end] == "A" and text[end : end + 1] == ":":  # the turn of an interview
        return Mention(span.start, end, "description", ANSWER, definite=True, kind="person")
    part = SHARE.match(text, span.start, span.end)
    if part:
        return _share(text, span, part)
    kinds = noun_kinds().get(base, frozenset())
    run = text[span.start : span.end].split()
    if run and len(run) <= 3 and all(w[:1].isupper() and w.isalpha() and w not in NOT_NAMES for w in run) and not kinds:
        name = tuple(w.title() if w.isupper() and len(w) > 3 else w for w in run)  # in a headline, whose capitals name nobody else
        return Mention(span.start, span.end, "name", run[-1], name=name, definite=True, kind=name_kind(name))
    low = run[0].lower() if run else ""
    if base in SOMEBODY or base in EVERYBODY:  # "someone at the yard", "a fourth", "no one"
        many = base in EVERYBODY or low in ("no", "every", "any")
        return Mention(span.start, end, "description", base, many=many, kind="group" if many else "person", definite=False)
    kind: Kind | None = ("group" if many else "person") if "person" in kinds else next((k for k in ("outlet", "document", "organisation", "group") if k in kinds), None)
    kind = "group" if many and kind == "organisation" else kind
    if not kinds and (_plural(noun) or low in NUMERALS):
        kind, many = "group", True  # a plural that no list knows
    form: Form = "pronoun" if (low in PRONOUNS or low == "that") and end - span.start <= len(low) + 1 else "description"
    return Mention(span.start, end, form, base, gender=gender_of(base), many=many, kind=kind, definite=bool(kinds) and low in ("the", "this", "that", "these", "those"))


def _share(text: str, span: Span, part: re.Match[str]) -> Mention:
    """A part of what the rest of a span names: "a quarter of Americans", "a copy of the tally"."""
    words = (w.lower() for w in TOKEN.findall(text[part.end() : span.end]))
    whole = next((w for w in words if singular(w)[0] in noun_kinds() or _plural(w) or w in ("them", "us", "you", "data")), "")
    kinds = noun_kinds().get(singular(whole)[0], frozenset(("document",) if whole == "data" else ("person",) if whole else ()))
    one = part["one"] is not None
    kind = kind_of(kinds, many=not one) or ("person" if one else "group")
    return Mention(span.start, span.end, "description", part["noun"].split()[-1].lower(), many=not one and kind not in ("document", "outlet"), kind=kind, definite=False)


def _plural(noun: str) -> bool:
    """Whether a noun that no list knows looks like a plural of people or things."""
    return noun.islower() and noun.endswith("s") and not noun.endswith(("ss", "us", "is", "ics", "news"))
