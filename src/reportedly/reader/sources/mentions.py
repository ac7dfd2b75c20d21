"""Who or what is mentioned? Names, descriptions and pronouns of a text that can stand for a voice.

No parser: a name is a run of capital words, a description a determiner with a noun of our list at its end
(reader/data/nouns.txt), a pronoun one of a closed class. The marks of gender, number and kind are those
that the text itself gives; a first name's gender is used only to choose among people, never shown.
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from reportedly.reader.sources.nouns import noun_kinds, outlets, places, programmes, singular
from reportedly.reader.wordlists import sections

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportedly.reader.quotes import Quotation
    from reportedly.values import Kind

Gender = Literal["feminine", "masculine", "neuter"]
Form = Literal["name", "description", "pronoun"]

TOKEN = re.compile(r"[^\W_](?:[\w’'.&/-]*[^\W_])?(?:\.(?=\w)|(?<=\b[A-Z])\.|(?<=\b[DMSJ]r)\.|(?<=\bMrs)\.|(?<=\bMs)\.|(?<=\b(?:Sen|Gen|Rep|Gov|Col|Rev|Sgt|Maj|Hon|Adm))\.|(?<=\b(?:Prof|Capt|Cllr|Insp))\.|(?<=\bLt)\.|(?<=s)[’'](?= \w))?")
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+|\n+")
PRONOUNS: dict[str, tuple[Gender | None, str]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("masculine", "one")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("feminine", "one")),
    **dict.fromkeys(("it", "its", "itself"), ("neuter", "one")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), (None, "many")),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), (None, "i")),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), (None, "we")),
    **dict.fromkeys(("who", "whom", "whose", "which"), (None, "who")),
}
_WORDS = sections("words.txt")
STOP, NOT_NAMES, ORG_WORDS, CONNECTORS = _WORDS["stop"], _WORDS["not_names"], _WORDS["organisation_words"], _WORDS["connectors"]
DETERMINERS, DEFINITE, NUMERALS = _WORDS["determiners"], _WORDS["definite"], _WORDS["numerals"]
# Bare plurals that name somebody else each time: "officials said" twice is two lots of officials.
MANY_SUCH = frozenset(["official", "source", "critic", "expert", "analyst", "person", "other", "observer", "aide", "insider", "adviser", "advisor", "member", "supporter", "opponent", "friend", "man", "woman", "report", "document", "record"])
ROLES_IN_NAMES = frozenset(["MP", "MEP", "MSP", "MS", "TD", "CEO", "CFO", "COO", "CTO", "PM", "QC", "KC", "DI", "DCI", "PC", "WPC"])
CALL_SIGN = re.compile(r"[WK][A-Z]{3}(?:-(?:TV|FM|AM))?")  # of radio and television stations in the Americas
CROWD = re.compile(r"\w{3}(?:ives|ists|icans|crats|eers|goers|makers|workers|holders)$")
BODIES, OPENING, NUMBERED = _WORDS["bodies"], _WORDS["opening"], _WORDS["numbered"]
PARTS = re.compile(r"(?:'s|’s|’|')$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that can stand for a voice: `text[start:end]`.

    `name` holds the words of a name without titles, `head` the last noun of a description (singular, lower
    case) or the pronoun; `definite` whether it points at somebody known; `quoted` whether it stands in
    quotation marks; `sentence` and `first` number its sentence and say whether it opens it.
    """

    start: int
    end: int
    form: Form
    head: str = ""
    name: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    gender: Gender | None = None
    many: bool = False
    definite: bool = False
    kind: Kind | None = None
    quoted: bool = False
    sentence: int = 0
    modifiers: tuple[str, ...] = ()


def find_mentions(text: str, quotations: Sequence[Quotation]) -> list[Mention]:
    """All mentions in the order of the text; a description may hold a name ("Acme's lawyer"), a name never a description."""
    outer = [q for q in quotations if q.depth == 0]
    starts = [q.start for q in outer]
    ends = [m.end() for m in SENTENCE_END.finditer(text)]

    def quoted(at: int) -> bool:
        k = bisect.bisect_right(starts, at) - 1
        return k >= 0 and at < outer[k].end

    tokens = list(TOKEN.finditer(text))
    words = [PARTS.sub("", t.group()) for t in tokens]
    common = frozenset(w for w in words if w.islower())  # capital elsewhere only at the head of a sentence
    out: list[Mention] = []
    for k, (token, word) in enumerate(zip(tokens, words, strict=True)):
        low = word.lower()
        at = token.start()
        where: dict[str, Any] = {"quoted": quoted(at), "sentence": bisect.bisect_right(ends, at)}
        base = low.split("'")[0].split("’")[0] if low[:2] in ("i'", "i’", "we", "he", "sh", "it", "th", "wh") else low
        if base in PRONOUNS and word not in ("US", "IT"):
            gender, number = PRONOUNS[base]
            if not (base == "which" and text[max(0, at - 2) : at] != ", "):
                out.append(Mention(at, at + len(base), "pronoun", base, gender=gender, many=number == "many", kind="person" if gender in ("masculine", "feminine") or number == "i" else None, **where))
        if low in DETERMINERS or (token.group() != word and word[:1].isupper()):
            out += _descriptions(text, tokens, words, k, where)
        elif (kinds := noun_kinds().get(singular(low)[0])) and (k == 0 or not _adjacent(text, tokens, k - 1) or words[k - 1].lower() in STOP) and (singular(low)[1] or low in ("police", "staff", "management", "officials")):
            out.append(Mention(at, at + len(word), "description", singular(low)[0], many=True, kind=_kind(kinds, many=singular(low)[1]), definite=low in ("police", "management") or (singular(low)[1] and singular(low)[0] not in MANY_SUCH), **where))
    out += _names(text, tokens, words, common, quoted, ends)
    for m in programmes().finditer(text):
        out = [n for n in out if not m.start() <= n.start < m.end()]
        out.append(Mention(m.start(), m.end(), "name", m.group().split()[-1], name=tuple(m.group().split()), definite=True, kind="outlet", quoted=quoted(m.start()), sentence=bisect.bisect_right(ends, m.start())))
    for m in STATE_MEDIA.finditer(text):
        at = m.start()
        if any(n.form == "description" and n.start < at and m.end() < n.end for n in out):
            continue  # "a local radio station"
        out.append(Mention(at, m.end(), "description", m.group().split()[-1].lower(), definite=True, kind="outlet", quoted=quoted(at), sentence=bisect.bisect_right(ends, at)))
    skipped = _headings(text)
    kept = [m for m in out if not any(a <= m.start < b for a, b in skipped)] if skipped else out
    return sorted(kept, key=lambda m: (m.start, -m.end))


def _adjacent(text: str, tokens: list[re.Match[str]], k: int) -> bool:
    """Whether only a space stands between a token and the next."""
    return k + 1 < len(tokens) and text[tokens[k].end() : tokens[k + 1].start()] in (" ", "\xa0")


def _ampersand(text: str, tokens: list[re.Match[str]], k: int) -> bool:
    return k + 1 < len(tokens) and text[tokens[k].end() : tokens[k + 1].start()] == " & "


def _headings(text: str) -> list[tuple[int, int]]:
    """Lines set like headlines: most of their words capital, and no full stop. Their capitals name nobody."""
    out = []
    for line in re.finditer(r"[^\n]+", text):
        found = re.findall(r"[^\W\d_][\w’'-]*", line.group()[:300])
        if len(found) > 3 and sum(w[0].isupper() for w in found if len(w) > 3) > 0.7 * sum(len(w) > 3 for w in found) and (not line.start() or not re.search(r'[.!?”"’]\s*$', line.group())):
            out.append(line.span())
    return out


def _kind(kinds: frozenset[str], *, many: bool) -> Kind | None:
    for heading in ("outlet", "document", "organisation"):
        if heading in kinds and not ("person" in kinds or "group" in kinds):
            return "group" if many and heading == "organisation" else heading
    if "person" in kinds:
        if "generic" in kinds and not many:
            return None  # a developer is a man or a firm
        return "group" if many else "person"
    return "group" if "group" in kinds else "organisation" if "organisation" in kinds else None


def _gender(head: str) -> Gender | None:
    nouns = sections("nouns.txt")
    return "feminine" if head in nouns["feminine"] else "masculine" if head in nouns["masculine"] else None


def _descriptions(text: str, tokens: list[re.Match[str]], words: list[str], k: int, where: dict[str, Any]) -> list[Mention]:
    """Descriptions that begin with the determiner or possessive at k: up to the last noun of the list, and up to each possessor before it."""
    known = noun_kinds()
    ends: list[tuple[int, str, bool]] = []
    best = None
    for j in range(k + 1, min(k + 9, len(tokens))):
        low = words[j].lower()
        if not _adjacent(text, tokens, j - 1) or low in STOP or (low in DETERMINERS and low not in NUMERALS):
            break
        base, plural = singular(low)
        if (base in known and words[j].islower()) or low.endswith("-year-old"):  # a capital noun belongs to a name
            best = (j, base if base in known else "person", plural)
        elif best is not None and (words[j][:1].isupper() or tokens[best[0]].group() == words[best[0]]) and low.endswith(("ed", "ing", "s")):
            break
        if best is not None and best[0] == j and tokens[j].group() != words[j]:
            ends.append(best)
            best = None
    ends += [best] if best is not None else []
    low = words[k].lower()
    possessive = tokens[k].group() != words[k]
    out = []
    for j, head, plural in ends:
        kinds = known.get(head, frozenset(["person"]))
        many = plural or (low in NUMERALS and low not in ("these", "those", "some", "all") and _kind(kinds, many=False) == "person")
        modifiers = tuple(w.lower() for w in words[k + 1 : j] if w.lower() not in DETERMINERS)
        out.append(Mention(tokens[k].start(), tokens[j].start() + len(words[j]), "description", head, gender=_gender(head), many=many, definite=low in DEFINITE or possessive, kind=_kind(kinds, many=many), modifiers=modifiers, **where))
    return out


def _names(text: str, tokens: list[re.Match[str]], words: list[str], common: frozenset[str], quoted: Callable[[int], bool], ends: list[int]) -> list[Mention]:
    out = []
    k = 0
    while k < len(tokens):
        if not _capital(words[k]) or (re.split("['’]", words[k])[0] in NOT_NAMES and not _weekly(text, tokens, words, k)):
            k += 1
            continue
        j = k
        while tokens[j].group() == words[j] and (_adjacent(text, tokens, j) or _ampersand(text, tokens, j)):
            if _capital(words[j + 1]) and (words[j + 1] not in NOT_NAMES or words[j + 1] in ("May", "April", "June", "August")) and not (tokens[j].group().endswith(".") and len(words[j]) > 4):
                j += 1
            elif words[j + 1] in CONNECTORS and (words[j + 1] not in ("of", "for") or j == k or any(w in ORG_WORDS for w in words[k : j + 1])) and j + 2 < len(tokens) and _adjacent(text, tokens, j + 1) and _capital(words[j + 2]) and words[j + 2] not in NOT_NAMES:
                j += 2
            elif words[j + 1] in ("of", "for") and j + 3 < len(tokens) and words[j + 2] == "the" and _adjacent(text, tokens, j + 1) and _adjacent(text, tokens, j + 2) and _capital(words[j + 3]) and words[j] in ORG_WORDS:
                j += 3
            else:
                break
        at = tokens[k].start()
        opens = k == 0 or _opens(text, tokens, k)
        if words[j] in NUMBERED and tokens[j].group() == words[j] and _adjacent(text, tokens, j) and words[j + 1].isdigit() and len(words[j + 1]) < 3:
            j += 1  # "Fox 35", "Channel 4"
        run = words[k : j + 1]
        lone = len(run) == 1
        if not (lone and opens and (run[0].lower() in common or run[0].lower() in OPENING or (singular(run[0].lower())[0] in noun_kinds() and not run[0].isupper()))):
            where: dict[str, Any] = {"quoted": quoted(at), "sentence": bisect.bisect_right(ends, at)}
            found = _split(tokens, run, k, where)
            body = _body(text, tokens, words, k, j, found, where)
            out += body if body is not None else [_with_role(_crowd(m), text, tokens, words, k) for m in found]
        k = j + 1
    return out


def _weekly(text: str, tokens: list[re.Match[str]], words: list[str], k: int) -> bool:
    """Whether a weekday begins the name of a paper: "the Sunday Lantern"."""
    return words[k] in ("Sunday", "Saturday") and k > 0 and words[k - 1].lower() == "the" and _adjacent(text, tokens, k - 1) and _adjacent(text, tokens, k) and _capital(words[k + 1]) and words[k + 1] not in NOT_NAMES


def _body(text: str, tokens: list[re.Match[str]], words: list[str], k: int, j: int, found: list[Mention], where: dict[str, Any]) -> list[Mention] | None:
    """A body that bears somebody's name: "the Obama administration" is not Obama. Null where the name stands for itself."""
    if len(found) != 1 or found[0].form != "name" or found[0].kind not in ("person", None) or not _adjacent(text, tokens, j) or tokens[j].group() != words[j] or words[j + 1] not in BODIES:
        return None
    if k and _adjacent(text, tokens, k - 1) and words[k - 1].lower() in DETERMINERS:
        return []  # the description that the determiner began
    end = tokens[j + 1].start() + len(words[j + 1])
    base, plural = singular(words[j + 1])
    kinds = noun_kinds().get(base, frozenset())
    return [Mention(tokens[k].start(), end, "description", base, many=plural, definite=True, kind=_kind(kinds, many=plural), modifiers=tuple(w.lower() for w in words[k : j + 1]), **where)]


def _crowd(mention: Mention) -> Mention:
    """A capital plural at the head of a sentence whose ending is one of people: "Progressives", "Islamists"."""
    if mention.form != "name" or len(mention.name) > 1 or not CROWD.search(mention.name[0]):
        return mention
    return replace(mention, form="description", head=mention.name[0].lower(), name=(), many=True, definite=True, kind="group")


def _with_role(mention: Mention, text: str, tokens: list[re.Match[str]], words: list[str], k: int) -> Mention:
    """A name with the roles before it that no determiner makes a description: "archivist Gail Tenney"."""
    if mention.form != "name" or mention.start != tokens[k].start() or mention.kind in ("organisation", "outlet") or not k or not _adjacent(text, tokens, k - 1):
        return mention
    role = words[k - 1]
    if not role.islower() or tokens[k - 1].group() != role or "person" not in noun_kinds().get(role, ()):
        return mention
    return replace(mention, roles=(role, *mention.roles), kind="person", gender=mention.gender or _gender(role))


STATE_MEDIA = re.compile(r"\b(?:state|national|local|public|regional)(?:-run| run|-owned)? (?:radio|television|tv|media)\b", re.IGNORECASE)


def _capital(word: str) -> bool:
    return (word[:1].isupper() or (word[:2] in ("al", "el", "de", "Mc") and "-" in word and word[-1:].isalpha() and any(c.isupper() for c in word))) and any(c.isalpha() for c in word)


def _opens(text: str, tokens: list[re.Match[str]], k: int) -> bool:
    between = text[tokens[k - 1].end() : tokens[k].start()]
    return any(c in between for c in '.!?\n:“"‘—')


def _split(tokens: list[re.Match[str]], run: list[str], k: int, where: dict[str, Any]) -> list[Mention]:
    """A run of capital words as titles and a name: "Acme Chief Executive Ann Lee" names Acme, then Ann Lee."""

    def mention(first: int, last: int, form: Form, **fields: Any) -> Mention:  # noqa: ANN401
        if "name" in fields:  # a transcript writes SMITH, British papers Nato
            fields["name"] = tuple(w.title() if w.isupper() and len(w) > 3 else w for w in fields["name"])
        start, end = tokens[k + first].start(), tokens[k + last].start() + len(run[last])
        return Mention(start, end, form, **fields, **where)

    roles = [i for i, w in enumerate(run) if _is_role(w)]
    if not roles or any(w in ORG_WORDS for w in run[roles[-1] + 1 :]) or is_outlet(tuple(run)):
        return [mention(0, len(run) - 1, "name", head=run[-1], name=tuple(run), definite=True, kind=(kind := "organisation" if "&" in tokens[k].string[tokens[k].start() : tokens[k + len(run) - 1].start()] else name_kind(tuple(run))), gender=_first_name(run) if kind == "person" else None)]
    first, last = roles[0], roles[-1]
    titles = sections("titles.txt")
    gender: Gender | None = None
    for w in run[first : last + 1]:
        gender = gender or ("feminine" if w in titles["feminine"] else "masculine" if w in titles["masculine"] else _gender(w.lower()))
    held = tuple(run[i].lower().rstrip(".") for i in roles)
    out = []
    if last == len(run) - 1:  # "the Prime Minister": a role written large, which a determiner may have begun as a description
        if len(run) > 1 or run[0].isupper():
            out.append(mention(0, last, "description", head=run[last].lower(), definite=True, kind="person", gender=gender, modifiers=tuple(w.lower() for w in run[:last])))
        return out
    if first and not all(w in titles["before"] for w in run[:first]):  # what stands before the role is whom it serves
        lead = tuple(run[:first])
        out.append(mention(0, first - 1, "name", head=lead[-1], name=lead, definite=True, kind=name_kind(lead) or "organisation"))
    elif first:
        first = 0
    name = tuple(run[last + 1 :])
    out.append(mention(first, len(run) - 1, "name", head=name[-1], name=name, roles=held, gender=gender or _first_name(list(name)), definite=True, kind="person"))
    return out


def _is_role(word: str) -> bool:
    titles = sections("titles.txt")
    return word in titles["any"] or word in titles["feminine"] or word in titles["masculine"] or word in ROLES_IN_NAMES or ("person" in noun_kinds().get(word.lower(), ()) and len(word) > 5)


def _first_name(name: list[str]) -> Gender | None:
    first = sections("first_names.txt")
    if len(name) < 2:
        return None
    return "feminine" if name[0] in first["feminine"] else "masculine" if name[0] in first["masculine"] else None


def name_kind(name: tuple[str, ...]) -> Kind | None:
    """What a name without a title names, as far as its own words say."""
    if is_outlet(name) or any("/" in w and is_outlet(tuple(w.split("/")[-1:])) for w in name):
        return "outlet"
    if any(w in ORG_WORDS or w in ("of", "for") for w in name) or any(w.isupper() and len(w.rstrip(".")) > 1 for w in name):
        return "organisation"
    if len(name) == 1 and name[0] in places():
        return "organisation"
    first = sections("first_names.txt")
    if name[0] in first["feminine"] or name[0] in first["masculine"] or (len(name) > 1 and re.fullmatch(r"[A-Z]\.?", name[0])):
        return "person"
    return None


def is_outlet(name: tuple[str, ...]) -> bool:
    """Whether a name is that of an outlet: one we know, or one of such a form (the Harbour Post, Radio Selby)."""
    known, last = outlets()
    bare = name[1:] if name[0] == "The" else name
    if len(bare) == 1 and CALL_SIGN.fullmatch(bare[0]):
        return True
    return " ".join(bare) in known or "The " + " ".join(bare) in known or (len(bare) > 1 and (bare[-1] in last or bare[0] in ("Radio", "BBC", "CNN", "NBC", "ABC", "CBS", "Fox", "Sky")))
