"""What the encoder learns from: contents that are read again."""

from __future__ import annotations

from itertools import pairwise

import data


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


def test_own_texts_are_marked_within_themselves() -> None:
    """Every place is one of its text, no words have two roles in one attribution, and none is parted from its content."""
    texts = data.own_texts()
    assert len(texts) > 300
    for record in texts:
        for a in record["attributions"]:
            spans = sorted(span for role in ("source", "cue", "content") for span in a[role])
            assert a["content"]
            assert all(0 <= start < end <= len(record["text"]) for start, end in spans)
            assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_what_stands_in_another_content_is_read_there_alone() -> None:
    """The first reading of a text of our own learns what stands in no other content, the second what stands in one, "I think" too."""
    text = "Ana Ruiz said “I think he told the board no”."
    every = [
        {"source": [[0, 8]], "cue": [[9, 13]], "content": [[14, 44]]},
        {"source": [[15, 16]], "cue": [[17, 22]], "content": [[23, 43]]},
        {"source": [[23, 25]], "cue": [[26, 30]], "content": [[41, 43]]},
    ]
    record = {"id": "own", "text": text, "attributions": every}
    assert data.outermost(record)["attributions"] == every[:1]
    (content,) = data.contents(record)
    assert content["content"] == every[0]["content"]
    assert content["inner"] == every[1:]
