"""What the encoder learns from: contents that are read again."""

from __future__ import annotations

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
