"""What the encoder learns from: articles under other names, and contents that are read again."""

from __future__ import annotations

import random

import data

TEXT = "Maria Kovalenko said the mill would close. “Not yet,” said Peter Vos. Kovalenko’s deputy, Vos, told Ana it was not so."


def spans(*words: str) -> list[list[int]]:
    return [[at := TEXT.index(w), at + len(w)] for w in words]


def test_other_names_in_the_same_places() -> None:
    """Everybody has another name throughout, of the same gender, and every span holds the same words but for names."""
    record = {"id": "1", "text": TEXT, "attributions": [{"source": spans("Maria Kovalenko"), "cue": spans("said"), "content": spans("the mill would close")}, {"source": spans("Kovalenko’s deputy, Vos"), "cue": spans("told"), "content": spans("it was not so")}]}
    told = data.renamed(record, ["Ostrander"], random.Random(3))
    one, two = ({role: [told["text"][s:e] for s, e in places] for role, places in a.items()} for a in told["attributions"])
    first, last = one["source"][0].split()
    assert last == "Ostrander"
    assert first in data.sections("first_names.txt")["feminine"]
    assert one["cue"] == ["said"]
    assert one["content"] == ["the mill would close"]
    assert two == {"source": ["Ostrander’s deputy, Ostrander"], "cue": ["told"], "content": ["it was not so"]}
    assert "Kovalenko" not in told["text"]


def test_a_content_and_what_stands_in_it_deeper() -> None:
    """What stands in an inner content is learned where that is read again, and not where the outer one is."""
    text = "She said “he told me the board wants to sell”."
    inner = [
        {"source": [[10, 12]], "cue": [[13, 17]], "content": [[21, 44]]},
        {"source": [[21, 30]], "cue": [[31, 36]], "content": [[37, 44]]},
    ]
    outer, deeper = data.passages({"text": text, "content": [[9, 45]], "inner": inner})
    assert outer.words == "He told me the board wants to sell."
    assert [[outer.words[s:e] for role in ("source", "cue", "content") for s, e in a[role]] for a in outer.attributions] == [["He", "told", "the board wants to sell"]]
    assert deeper.words == "The board wants to sell."
    assert [[deeper.words[s:e] for role in ("source", "cue", "content") for s, e in a[role]] for a in deeper.attributions] == [["The board", "wants", "to sell"]]
