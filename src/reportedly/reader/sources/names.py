"""What is a name? Runs of capital words, cut into the titles before a name, whom an office serves, and the name itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reportedly.reader.sources.mention import Mention
from reportedly.reader.sources.nouns import first_name, gender_of, is_outlet, kind_of, name_kind, noun_kinds, office, outlets, places, singular, with_article
from reportedly.reader.wordlists import sections, table

if TYPE_CHECKING:
    from reportedly.reader.sources.mention import Form, Gender, Place
    from reportedly.reader.sources.tokens import Words
    from reportedly.values import Kind

_WORDS = sections("words.txt")
NOT_NAMES, ORG_WORDS, CONNECTORS, DETERMINERS, STOP = _WORDS["not_names"], _WORDS["organisation_words"], _WORDS["connectors"], _WORDS["determiners"], _WORDS["stop"]
BODIES, OPENING, NUMBERED = _WORDS["bodies"], _WORDS["opening"], _WORDS["numbered"]
QUALIFIERS, POSTNOMINALS = _WORDS["qualifiers"], _WORDS["postnominals"]
AUDIENCES = frozenset(table("channels")["audiences"].split())
MONTHS = ("May", "April", "June", "August", "Today")  # first names too; and "USA Today"
PREFIXES = ("al", "el", "de", "Mc")
CROWD = re.compile(r"\w{3}(?:ives|ists|icans|crats|eers|goers|makers|workers|holders)$")
FIRM = re.compile(r",? (?:Inc|Ltd|LLC|Corp|Co|PLC|plc|GmbH)\b")
NICKNAME = re.compile(r" [“\"‘'(][A-Z][\w’.-]*(?: [\w’.-]+){0,2}[”\"’')] [A-Z]")
# What a body of two concerns is called at its end: "the Securities and Exchange Commission".
BOARDS = frozenset(("Administration", "Agency", "Association", "Authority", "Board", "Bureau", "Centre", "Center", "Commission", "Committee", "Council", "Department", "Institute", "Ministry", "Office", "Organization", "Organisation", "Service", "Services", "Society", "Tribunal", "Union", "University"))
FAR = 20_000  # characters around a name in which it is looked for again: a text without end takes linear time
CONCERNS = frozenset(("Energy", "Finance", "Fire", "Insurance", "Police", "Securities", "Technology", "Water"))  # words of bodies' names that are no body by themselves
APOSTROPHE = re.compile("['’]")


def names(words: Words, place: Place) -> list[Mention]:
    """Names of a text, and offices written large, in its order."""
    run = words.words
    common = frozenset(w for w in run if w.islower())  # capital elsewhere only at the head of a sentence
    families = _families(words) - {w.capitalize() for w in common}
    out: list[Mention] = []
    after = 0
    for k, word in enumerate(run):
        if k < after or word in common or not _capital(word) or (APOSTROPHE.split(word, 1)[0] in NOT_NAMES and not _weekly(words, k)):
            continue
        if _crowd_of(words, k) or (word in POSTNOMINALS and k and words.text[words.ends[k - 1] : words.starts[k]] == ", "):
            continue
        if words.lower[k] in QUALIFIERS and words.opens(k) and words.beside(k):
            continue  # "Former FBI agents"
        last = _run(words, k)
        after = last + 1
        if last == k and word in families:
            out.append(Mention(words.starts[k], words.end(k), "name", head=word, name=(word,), definite=True, kind="person", **place(words.starts[k])))
            continue
        if last == k and _opens_only(words, k, common):
            continue
        where = place(words.starts[k])
        found = _split(words, k, last, where)
        body = _body(words, k, last, found, where)
        out += body if body is not None else [_with_role(_crowd(m), words, k) for m in found]
    return out


def _families(words: Words) -> set[str]:
    """Surnames that are a role by themselves, and in this text stand behind a first name: "Scott Farmer"."""
    run, first = words.words, sections("first_names.txt")
    return {run[k + 1] for k in range(len(run) - 1) if words.beside(k) and (run[k] in first["feminine"] or run[k] in first["masculine"]) and _capital(run[k + 1]) and _is_role(run[k + 1])}


def _run(words: Words, k: int) -> int:
    """The last word of the run of capitals that begins at k, small words between them included."""
    run = words.words
    j = k
    while (words.beside(j) or words.ampersand(j) or _nicknamed(words, j)) and (not words.cut[j] or _owns(words, j)):
        if not words.beside(j) and (family := _nicknamed(words, j)):
            j = family
            continue
        if run[j + 1] in POSTNOMINALS and j > k:
            break
        if _capital(run[j + 1]) and (run[j + 1] not in NOT_NAMES or run[j + 1] in MONTHS) and not (words.dotted[j] and len(run[j]) > 4):
            j += 1
        elif _connected(words, k, j) or _department(words, k, j) or _board(words, k, j):
            j += 2
        elif run[j + 1] in ("of", "for") and j + 3 < len(run) and run[j + 2] in ("the", "a", "an") and words.beside(j + 1) and words.beside(j + 2) and _capital(run[j + 3]) and run[j] in ORG_WORDS:
            j += 3
        else:
            break
    if run[j] in NUMBERED and not words.cut[j] and words.beside(j) and run[j + 1].isdigit() and len(run[j + 1]) < 3:
        j += 1  # "Fox 35", "Channel 4"
    return j


def _owns(words: Words, j: int) -> bool:
    """Whether a possessor belongs to the name of a body: "the Kent County Sheriff's Office", "Women's Wear Daily", never "Iran's Ministry"."""
    run = words.words
    owner, many = singular(words.lower[j])
    if "person" not in noun_kinds().get(owner, ()) and not _is_role(run[j]):
        return False
    if many and words.beside(j) and _capital(run[j + 1]):
        return run[j + 1] not in NOT_NAMES
    end = j + 1
    while end < len(run) and _capital(run[end]) and words.beside(end - 1):
        if run[end] in ORG_WORDS or run[end] in outlets()[1]:
            return True
        end += 1
    return False


def _department(words: Words, k: int, j: int) -> bool:
    """Whether "and" goes on with what a body is for: "the Ministry of Food and Drug Safety", never "the Bank of Wales and Ana Ruiz"."""
    run = words.words
    if run[j + 1] != "and" or j + 2 >= len(run) or not words.beside(j + 1) or not run[j + 2][0].isupper():
        return False
    after, first = run[j + 2], sections("first_names.txt")
    other = after in ORG_WORDS or after in NOT_NAMES or after in first["feminine"] or after in first["masculine"] or _is_role(after)
    return not other and any(run[i] in ORG_WORDS and run[i + 1] in ("of", "for") for i in range(k, j))


def _board(words: Words, k: int, j: int) -> bool:
    """Whether "and" stands in the name of one body: "the Food and Drug Administration", never "the FBI and Justice Department".

    It is two where the first stands by itself elsewhere, or is a name that we know.
    """
    run = words.words
    if run[j + 1] != "and" or not words.beside(j + 1) or not k or words.lower[k - 1] != "the" or not words.beside(k - 1):
        return False
    first = tuple(run[k : j + 1])
    end = j + 2
    while end < len(run) and run[end][0].isupper() and words.beside(end - 1):
        end += 1
    if end - j < 4 or run[end - 1] not in BOARDS or (name_kind(first) is not None and run[j] not in CONCERNS) or any(w.isupper() or _is_role(w) or w in places() for w in first):
        return False
    alone = rf"\b{re.escape(' '.join(first))}\b(?! and {re.escape(run[j + 2])})"
    at = words.starts[k]
    return re.compile(alone).search(words.text, max(0, at - FAR), at + FAR) is None


def _nicknamed(words: Words, j: int) -> int | None:
    """The surname behind a nickname in quotation marks: "Earvin “Magic” Johnson"; null where none stands behind a word."""
    found = NICKNAME.match(words.text, words.ends[j])
    if not found:
        return None
    last = j + 1
    while last < len(words) and words.starts[last] < found.end() - 1:
        last += 1
    return last if last < len(words) and words.starts[last] == found.end() - 1 and words.words[last] not in NOT_NAMES else None


def _connected(words: Words, k: int, j: int) -> bool:
    """Whether a small word joins what follows to the run from k to j: "Bank of Wales", "Ursula von Trapp"."""
    run = words.words
    if run[j + 1] not in CONNECTORS or j + 2 >= len(run):
        return False
    if run[j + 1] in ("of", "for") and j > k and not any(w in ORG_WORDS for w in run[k : j + 1]) and not _with_own_article(words, k, j):
        return False
    return words.beside(j + 1) and _capital(run[j + 2]) and run[j + 2] not in NOT_NAMES


def _with_own_article(words: Words, k: int, j: int) -> bool:
    """Whether a run before "of" is a body's by its article: "the National Union of Weavers", but "the French President of the Assembly"."""
    return words.lower[k - 1 : k] == ["the"] and words.beside(k - 1) and words.lower[j + 1] == "of" and not any(_is_role(w) for w in words.words[k : j + 1])


def _crowd_of(words: Words, k: int) -> bool:
    """Whether a plural at the head of a sentence says of what people are: "Residents of Low Ferring" are not a name."""
    noun, many = singular(words.lower[k])
    return many and words.opens(k) and words.beside(k) and words.lower[k + 1] == "of" and "person" in noun_kinds().get(noun, ()) and noun != "friend"


def _opens_only(words: Words, k: int, common: frozenset[str]) -> bool:
    """Whether the capital of a single word comes from its place at the head of a sentence."""
    low = words.lower[k]
    return words.opens(k) and (low in common or low in OPENING or (singular(low)[0] in noun_kinds() and not words.words[k].isupper()))


def _weekly(words: Words, k: int) -> bool:
    """Whether a weekday begins the name of a paper: "the Sunday Lantern"."""
    run = words.words
    return run[k] in ("Sunday", "Saturday") and k > 0 and words.lower[k - 1] == "the" and words.beside(k - 1) and words.beside(k) and _capital(run[k + 1]) and run[k + 1] not in NOT_NAMES


def _body(words: Words, k: int, last: int, found: list[Mention], where: dict[str, Any]) -> list[Mention] | None:
    """A body that bears somebody's name: "the Obama administration" is not Obama. Null where the name stands for itself."""
    if len(found) != 1 or found[0].form != "name" or found[0].kind not in ("person", None) or not words.beside(last) or words.cut[last] or words.words[last + 1] not in BODIES:
        return None
    if k and words.beside(k - 1) and words.lower[k - 1] in DETERMINERS:
        return []  # the description that the determiner began
    base, plural = singular(words.words[last + 1])
    kinds = noun_kinds().get(base, frozenset())
    return [Mention(words.starts[k], words.end(last + 1), "description", base, many=plural, definite=True, kind=kind_of(kinds, many=plural), modifiers=tuple(words.lower[k : last + 1]), **where)]


def _crowd(mention: Mention) -> Mention:
    """A capital plural at the head of a sentence whose ending is one of people: "Progressives", "Islamists"."""
    if mention.form != "name" or len(mention.name) > 1 or not CROWD.search(mention.name[0]):
        return mention
    return replace(mention, form="description", head=mention.name[0].lower(), name=(), many=True, definite=True, kind="group")


def _with_role(mention: Mention, words: Words, k: int) -> Mention:
    """A name with the roles before it that no determiner makes a description: "archivist Gail Tenney"."""
    if mention.form != "name" or mention.start != words.starts[k] or mention.kind in ("organisation", "outlet") or not k or not words.beside(k - 1):
        return mention
    role = words.words[k - 1]
    if not role.islower() or words.cut[k - 1] or "person" not in noun_kinds().get(role, ()):
        return mention
    held = office(role, words.lower[k - 2]) if k > 1 and words.beside(k - 2) else role
    return replace(mention, roles=(held, *mention.roles), kind="person", gender=mention.gender or gender_of(role))


def _capital(word: str) -> bool:
    first = word[0]
    if first.isupper():
        return True
    return first in "aedM" and word[:2] in PREFIXES and "-" in word and word[-1].isalpha() and any(c.isupper() for c in word)


def _split(words: Words, k: int, last: int, where: dict[str, Any]) -> list[Mention]:
    """A run of capital words as titles and a name: "Acme Chief Executive Ann Lee" names Acme, then Ann Lee."""
    run = words.words[k : last + 1]

    def mention(first: int, end: int, form: Form, **fields: Any) -> Mention:  # noqa: ANN401
        if "name" in fields:  # a transcript writes SMITH, British papers Nato
            fields["name"] = tuple(w.title() if w.isupper() and len(w) > 3 else w for w in fields["name"])
        return Mention(words.starts[k + first], words.end(k + end), form, **fields, **where)

    roles = [i for i, w in enumerate(run) if _is_role(w)]
    if not roles or (len(run) == 2 and roles == [1] and first_name(tuple(run))) or any(w in ORG_WORDS for w in run[roles[-1] + 1 :]) or is_outlet(tuple(run)) or (run[roles[0] - 1] in ("of", "for") and any(w in ORG_WORDS for w in run[: roles[0]])):
        kind = _kind(words, k, last)
        return [mention(0, len(run) - 1, "name", head=run[-1], name=tuple(run), definite=True, kind=kind, gender=first_name(tuple(run)) if kind == "person" else None)]
    first, end = roles[0], roles[-1]
    titles = sections("titles.txt")
    gender: Gender | None = None
    for w in run[first : end + 1]:
        gender = gender or ("feminine" if w in titles["feminine"] else "masculine" if w in titles["masculine"] else gender_of(w.lower()))
    held = tuple(office(run[i].lower().rstrip("."), run[i - 1].lower() if i else words.lower[k - 1] if k and words.beside(k - 1) else "") for i in roles)
    out = []
    if end == len(run) - 1:  # "the Prime Minister": a role written large, which a determiner may have begun as a description
        if len(run) > 1 or run[0].isupper():
            out.append(mention(0, end, "description", head=office(run[end].lower(), run[end - 1].lower() if end else ""), definite=True, kind="person", gender=gender, modifiers=tuple(w.lower() for w in run[:end])))
        return out
    if first and not all(w in titles["before"] for w in run[:first]):  # what stands before the role is whom it serves
        lead = tuple(run[:first])
        out.append(mention(0, first - 1, "name", head=lead[-1], name=lead, definite=True, kind=name_kind(lead) or "organisation"))
    elif first:
        first = 0
    name = tuple(run[end + 1 :])
    out.append(mention(first, len(run) - 1, "name", head=name[-1], name=name, roles=held, modifiers=tuple(w.lower() for w in run[first:end] if not _is_role(w)), gender=gender or first_name(name), definite=True, kind="person"))
    return out


def _kind(words: Words, k: int, last: int) -> Kind | None:
    """What a name without a title names, by its words and by what stands beside it."""
    run = words.words[k : last + 1]
    behind = words.text[words.end(last) : words.end(last) + 1]
    if "&" in words.text[words.starts[k] : words.starts[last]]:
        return "organisation"
    turn = len(run) == 1 and run[0].isupper() and len(run[0]) > 3 and behind == ":"  # of a transcript: "SMITH: No."
    kind = None if turn else "outlet" if len(run) == 1 and k and words.lower[k - 1] == "the" and words.beside(k - 1) and with_article(run[0]) else name_kind(tuple(run))
    return kind or ("organisation" if FIRM.match(words.text, words.end(last)) else _with_article(words, k, last))


def _with_article(words: Words, k: int, last: int) -> Kind | None:
    """What a name is whose article is its own, and not that of a noun behind it: "told the Match", "the Sooners", but "the Trump campaign"."""
    if not k or words.lower[k - 1] != "the" or not words.beside(k - 1):
        return None
    if not (words.cut[last] or not words.beside(last) or last > k or not words.words[last + 1].islower() or words.lower[last + 1] in STOP):
        return None
    told = k > 1 and words.lower[k - 2] in ("told", "tells", "telling") and words.beside(k - 2) and words.words[last] not in AUDIENCES and not words.words[last].isupper()
    return "outlet" if told else "organisation"


def _is_role(word: str) -> bool:
    titles = sections("titles.txt")
    return word in titles["any"] or word in titles["feminine"] or word in titles["masculine"] or word in titles["abbreviated"] or (len(word) > 5 and "person" in noun_kinds().get(word.lower(), ()))
