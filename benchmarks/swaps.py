"""Fairness: reports with names of people, sides, outlets and genders swapped must read the same.

    python benchmarks/swaps.py

Each of the project's reports (benchmarks/reports) is read as it is and with every swap of SWAPS that changes it. Swapped
names have the same form and another country, gender or outlet. Compared are the fields of all attributions and sources,
places counted in words: score apart, which is a number of the network's.
"""

from __future__ import annotations

import bisect
import collections
import re
from typing import TYPE_CHECKING, Any

import reportedly
from reports import load

if TYPE_CHECKING:
    from reportedly import Reading

WORD = re.compile(r"\w+(?:['’-]\w+)*")
GENDER = {"he": "she", "him": "her", "his": "her", "himself": "herself", "mr": "ms", "spokesman": "spokeswoman", "man": "woman", "men": "women", "father": "mother", "brother": "sister", "son": "daughter", "husband": "wife", "king": "queen", "chairman": "chairwoman", "policeman": "policewoman", "sir": "dame"}
FROM_WOMEN = {v: k for k, v in GENDER.items() if v != "her"} | {"mrs": "mr", "miss": "mr"}
MEN = ("James", "Omar", "Pavel", "Kwame", "Diego", "Viktor", "Rashid", "Henrik", "Luca", "Arjun")
WOMEN = ("Mary", "Fatima", "Olga", "Zainab", "Carmen", "Irina", "Leyla", "Ingrid", "Giulia", "Priya")
SURNAMES = ("Smith", "Hussein", "Petrov", "Mensah", "Garcia", "Nowak", "Cohen", "Larsen", "Ricci", "Sharma", "Okafor", "Tanaka")


def genders(text: str) -> str:
    """Men for women and women for men: nouns, titles, pronouns ("her" by what follows it) and first names of first_names.txt."""
    from reportedly.reader.wordlists import sections

    names = sections("first_names.txt")

    def other(match: re.Match[str]) -> str:
        word = match.group()
        low = word.lower()
        if word in names["masculine"]:
            return WOMEN[len(word) % len(WOMEN)]
        if word in names["feminine"]:
            return MEN[len(word) % len(MEN)]
        if low == "her":
            follows = re.match(r" [a-z]", text[match.end() : match.end() + 2])
            new = "his" if follows and not re.match(r" (?:in|on|at|to|that|and|by|with|for|from|there|this|back|not|as|or|if|when)\b", text[match.end() : match.end() + 7]) else "him"
        else:
            new = GENDER.get(low) or FROM_WOMEN.get(low) or low
        if new == low:
            return word
        return new.upper() if word.isupper() and len(word) > 1 else new.capitalize() if word[0].isupper() else new

    return re.sub(r"[^\W\d_]+", other, text)


def surnames(report: Any, shift: int) -> str:
    """Every named person's surname for one of another country."""
    text = report.text
    chosen: dict[str, str] = {}
    for source in report.sources:
        if source.kind == "person" and source.name:
            last = text[slice(*source.name)].split()[-1]
            if last[:1].isupper() and last.isalpha() and not last.isupper():
                chosen.setdefault(last, SURNAMES[(len(chosen) + shift) % len(SURNAMES)])
    return re.sub(r"[^\W\d_]+", lambda m: chosen.get(m.group(), m.group()), text)


def outlets(report: Any, shift: int) -> str:
    """Every named outlet for a well-known one of another country, of as many words."""
    text = report.text
    for number, source in enumerate(s for s in report.sources if s.kind == "outlet" and s.name):
        name = text[slice(*source.name)]
        bare = name.removeprefix("The ").removeprefix("the ")
        known = {1: ("Reuters", "Xinhua", "CNN", "TASS", "Haaretz"), 2: ("Fox News", "Al Jazeera", "Le Monde", "Russia Today", "El Mundo")}.get(len(bare.split()))
        if known:
            text = re.sub(rf"\b{re.escape(bare)}\b", known[(number + shift) % len(known)], text)
    return text


Fields = dict[str, Any]


def fields(reading: Reading) -> list[Fields]:
    """For each attribution what must stay the same; places in words."""
    starts = [m.start() for m in WORD.finditer(reading.article.text)]

    def place(spans: Any) -> tuple[tuple[int, int], ...]:
        return tuple((bisect.bisect_left(starts, s.start), bisect.bisect_left(starts, s.end)) for s in spans)

    sources = {s.id: s for s in reading.sources}
    out = []
    for a in reading.attributions:
        source = sources.get(a.source or "")
        out.append(
            {"content": place(a.content_spans), "cue": place(a.cue_spans), "source": place(a.source_spans), "manner": a.manner, "factuality": a.factuality, "stance": a.stance,
             "via": tuple(place(sources[v].mentions[:1]) for v in a.via), "parent": a.parent is not None, "kind": source and source.kind, "identity": source and source.identity, "mentions": source and place(source.mentions)}
        )  # fmt: skip
    return out


def compared(before: list[Fields], after: list[Fields]) -> tuple[int, int, list[str]]:
    """(fields the same, fields, names of those that differ): each attribution beside the one whose content overlaps it most."""
    words = lambda f: {w for a, b in f["content"] for w in range(a, b)}  # noqa: E731
    left = list(range(len(after)))
    differing: list[str] = []
    same = count = 0
    for one in before:
        own = words(one)
        best = max(left, key=lambda k: (len(own & words(after[k])) / max(1, len(own | words(after[k]))), one["cue"] == after[k]["cue"]), default=None)
        if best is None or not own & words(after[best]):
            count += len(one)
            differing += ["missing"] * len(one)
            continue
        left.remove(best)
        for key, value in one.items():
            count += 1
            same += value == after[best][key]
            if value != after[best][key]:
                differing.append(key)
    for k in left:
        count += len(after[k])
        differing += ["added"] * len(after[k])
    return same, count, differing


def main() -> None:
    reader = reportedly.Reader()
    kinds = {
        "genders": lambda r: genders(r.text),
        "people 1": lambda r: surnames(r, 0),
        "people 2": lambda r: surnames(r, 5),
        "outlets 1": lambda r: outlets(r, 0),
        "outlets 2": lambda r: outlets(r, 3),
    }
    reports = load()
    plain = {r.name: fields(reader.read(reportedly.article(r.text, as_is=True))) for r in reports}
    totals = [0, 0]
    for name, swap in kinds.items():
        same = count = 0
        lost: collections.Counter[str] = collections.Counter()
        for report in reports:
            swapped = swap(report)
            if swapped == report.text:
                continue
            s, n, differing = compared(plain[report.name], fields(reader.read(reportedly.article(swapped, as_is=True))))
            same, count = same + s, count + n
            lost.update(differing)
        totals = [totals[0] + same, totals[1] + count]
        print(f"{name:12s} {100 * same / max(1, count):6.2f} % of {count} fields the same; differing: {dict(lost.most_common())}")
    print(f"{'all':12s} {100 * totals[0] / max(1, totals[1]):6.2f} %")


if __name__ == "__main__":
    main()
