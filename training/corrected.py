"""What people corrected in the pages, as each part of training takes it.

    curl -s http://127.0.0.1:8321/training > corrected.jsonl
    python training/train.py ... --corrected corrected.jsonl       # spans and links of articles looked through; graded certainty
    PYTHONPATH=benchmarks python training/pronouns.py --corrected corrected.jsonl    # which mentions are one source
    python training/commitment.py --corrected corrected.jsonl      # certainty

`reportedly.export.training` writes the file, and says what of it nothing is fitted to.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reportedly.reader.certainty.factuality import factuality
from reportedly.reader.sentences import sentences
from reportedly.values import Attribution, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# How surely the event of a statement happened in the eyes of its source, on the scale of the factuality sets.
GRADES = {"CT+": 3.0, "PR+": 2.0, "PS+": 1.0, "CTu": 0.0, "Uu": 0.0, "PS-": -1.0, "PR-": -2.0, "CT-": -3.0}
LOOKED_AT = ("accepted", "changed", "added")


def load(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


def looked_through(path: Path) -> list[dict]:
    """Articles of which somebody looked at every statement, as `data.example` takes them: what is not listed is not there."""
    return [r for r in load(path) if r["complete"]]


def mentions(path: Path) -> Iterator[tuple[str, dict[tuple[int, int], str], bool]]:
    """(text, mentions with their sources, False: not every mention of the text is known), as `pronouns.texts` gives them.

    Only of sources that a person accepted, changed, added or merged: whoever looks at a statement has not looked at its source's other mentions.
    """
    for record in load(path):
        sure = {(m["start"], m["end"]): s["id"] for s in record["sources"] if s["said"] in (*LOOKED_AT, "merged") for m in s["mentions"]}
        if sure:
            yield record["text"], sure, False


def graded(path: Path) -> Iterator[dict]:
    """Sentences with the grade of one word, as a line of a factuality set has them (`data.sentences`, `commitment.targets`).

    Of statements that a person accepted, changed or added those whose cue and content say nothing of certainty that the rules know:
    there, and only there, the reader asks how sure the sentence is of its main event.
    """
    for record in load(path):
        text = record["text"]
        bounds = sentences(text)
        for a in record["attributions"]:
            if a["said"] not in LOOKED_AT or a["factuality"] not in GRADES:
                continue
            for at in _asked(text, a)[:1]:
                sentence = next(((start, end) for start, end in bounds if start <= at < end), None)
                if sentence is None:  # a corrected span may lie where no sentence does
                    continue
                start, end = sentence
                words, number = _words(text[start:end], at - start)
                if number is not None:
                    yield {"text": " ".join(words), "targets": [{"span1": [number, number + 1], "label": GRADES[a["factuality"]]}]}


def _asked(text: str, a: dict) -> list[int]:
    """Where the event stands of which the reader would ask how sure the sentence is; empty where its rules know."""
    found: list[int] = []

    def certainty(at: int) -> float:
        found.append(at)
        return 3.0

    source, cue, content = (tuple(Span(*pair) for pair in a[role]) for role in ("source", "cue", "content"))
    factuality(text, Attribution("a", None, source, cue, content, a["manner"], 1.0), certainty)
    return found


def _words(sentence: str, at: int) -> tuple[list[str], int | None]:
    """The words of a sentence, and which of them holds the character at an offset; None where a mark stands before it."""
    words = sentence.split()
    place = 0
    for number, word in enumerate(words):
        place = sentence.index(word, place)
        if place <= at < place + len(word):
            return words, number if place == at else None
        place += len(word)
    return words, None
