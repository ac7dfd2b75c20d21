"""Who or what is mentioned? Names, descriptions and pronouns of a text that can stand for a voice.

No parser: a name is a run of capital words, a description a determiner with a noun of our list at its end
(reader/data/nouns.txt), a pronoun one of a closed class. The marks of gender, number and kind are those
that the text itself gives; a first name's gender is used only to choose among people, never shown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.reader.cover import Cover
from reportedly.reader.sources.descriptions import descriptions, plural
from reportedly.reader.sources.mention import PRONOUNS, Mention
from reportedly.reader.sources.names import names
from reportedly.reader.sources.nouns import noun_forms, programmes
from reportedly.reader.sources.tokens import Words
from reportedly.reader.wordlists import sections

if TYPE_CHECKING:
    from reportedly.reader.sources.mention import Place

DETERMINERS = sections("words.txt")["determiners"]
LINE = re.compile(r"[^\n]+")
IN_LINE = re.compile(r"[^\W\d_][\w’'-]*")
HEADS_NOTHING = tuple('.!?”"’')  # signs with which no heading ends
DATELINE = re.compile(r"^[A-Z][A-Z.’' ]+[A-Z](?:,[^\n(—–-]{1,40})?(?: \([\w .]{2,30}\))? ?(?:—|–|--?) ?(?=[A-Z\"“])", re.MULTILINE)
STATE_MEDIA = re.compile(r"\b(?:state|national|local|public|regional)(?:-run| run|-owned)? (?:radio|television|tv|media)\b", re.IGNORECASE)
CONTRACTED = ("i'", "i’", "we", "he", "sh", "it", "th", "wh")  # how "I'm", "they'd", "who's" begin


def find_mentions(text: str, place: Place) -> list[Mention]:
    """All mentions in the order of the text; a description may hold a name ("Acme's lawyer"), a name never a description."""
    words = Words(text)
    out = [*_closed(words, place), *names(words, place)]
    known = list(programmes().finditer(text))
    covered = Cover(m.span() for m in known)
    out = [n for n in out if covered.at(n.start) is None]
    for m in known:
        run = tuple(m.group().split())
        out.append(Mention(m.start(), m.end(), "name", run[-1], name=run, definite=True, kind="outlet", **place(m.start())))
    described = Cover((n.start + 1, n.end - 1) for n in out if n.form == "description" and n.end - n.start > 2)
    for m in STATE_MEDIA.finditer(text):
        if described.holds(m.start(), m.end()):
            continue  # "a local radio station"
        out.append(Mention(m.start(), m.end(), "description", m.group().split()[-1].lower(), definite=True, kind="outlet", **place(m.start())))
    skipped = Cover(sorted([*_headings(text), *(m.span() for m in DATELINE.finditer(text))]))
    if skipped.spans:
        out = [m for m in out if skipped.at(m.start) is None]
    return sorted(out, key=lambda m: (m.start, -m.end))


def _closed(words: Words, place: Place) -> list[Mention]:
    """Pronouns, and the descriptions that a determiner or possessor begins or that are a bare plural."""
    text, forms = words.text, noun_forms()
    out: list[Mention] = []
    for k, low in enumerate(words.lower):
        base = low.split("'")[0].split("’")[0] if low[:2] in CONTRACTED else low
        if base in PRONOUNS and words.words[k] not in ("US", "IT", "WHO"):
            at = words.starts[k]
            gender, number = PRONOUNS[base]
            if not (base == "which" and text[max(0, at - 2) : at] != ", "):
                out.append(Mention(at, at + len(base), "pronoun", base, gender=gender, many=number == "many", kind="person" if gender in ("masculine", "feminine") or number == "i" else None, **place(at)))
        if low in DETERMINERS or (words.cut[k] and words.words[k][0].isupper()):
            out += descriptions(words, k, place)
        elif low in forms and not (len(low) > 3 and words.words[k].isupper() and _set_apart(words, k)):
            out += plural(words, k, place)
    return out


def _set_apart(words: Words, k: int) -> bool:
    """Whether a word in capitals stands among small ones, as a name does: "obtained by PEOPLE"."""
    around = [words.words[j] for j in (k - 1, k + 1) if 0 <= j < len(words)]
    return any(w.islower() for w in around) and not any(len(w) > 1 and w.isupper() for w in around)


def _headings(text: str) -> list[tuple[int, int]]:
    """Lines set like headlines: most of their words capital, and no full stop. Their capitals name nobody."""
    out = []
    for line in LINE.finditer(text):
        if line.start() and line.group().rstrip().endswith(HEADS_NOTHING):
            continue
        found = IN_LINE.findall(text, line.start(), min(line.end(), line.start() + 300))
        long = [w[0].isupper() for w in found if len(w) > 3]
        if len(found) > 3 and sum(long) > 0.7 * len(long):
            out.append(line.span())
    return out
