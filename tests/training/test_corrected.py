"""What people corrected in the pages reaches training: spans and links, which mentions are one source, and certainty."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from made import Said, reading

import commitment
import corrected
import data
from reportedly.export import training
from reportedly.reader.encoder import OnnxEncoder

if TYPE_CHECKING:
    from pathlib import Path

ONE = reading(
    Said("Ana Moreno", "the bridge was closed", factuality="CT-"),
    Said("an officer", "the water may rise", identity="anonymous", factuality="PS+"),
    Said("Piet Vos", "ferries were late on Sunday", factuality="CT+"),
)


def change(target: str, verdict: str, **more: object) -> dict[str, object]:
    return {"target": target, "verdict": verdict, "answer": None, **more}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file as the pages give it: one article looked through, one of which only some was looked at."""
    said = [change("a1", "changed"), change("a2", "accepted"), change("a3", "accepted"), change("s1", "accepted"), change("s3", "merged", answer={"id": "s1"})]
    other = reading(Said("Ida Berg", "the harbour is open"), Said("Jo Marsh", "it is shut"), title="Harbour")
    kept = tmp_path / "corrected.jsonl"
    kept.write_bytes(training.write([ONE, other], {ONE.article.id: said, other.article.id: [change("a1", "accepted"), change("a1", "rejected")]}, {ONE.article.id}))
    return kept


def test_only_articles_looked_through_give_spans_and_links(path: Path) -> None:
    """Of an article of which statements were not looked at, what is not listed may be there: it is no gold."""
    (record,) = corrected.looked_through(path)
    example = data.example(record, OnnxEncoder().tokenizer)
    words = [example.text[a:b] for a, b in example.encoded.words]
    assert [" ".join(words[a : b + 1]) for a, b in example.spans["cue"]] == ["said", "said", "said"]
    assert [example.content_cue[k] for k in range(3)] == [0, 1, 2]
    assert [example.cue_source[k] for k in range(3)] == [0, 1, 2]


def test_mentions_are_of_sources_that_a_person_vouched_for(path: Path) -> None:
    """Of those that were accepted or joined, not of those whose statements alone were looked at."""
    ((text, known, complete),) = corrected.mentions(path)
    assert {text[a:b]: chain for (a, b), chain in known.items()} == {"Ana Moreno": "s1", "Piet Vos": "s3"}
    assert not complete


def test_certainty_is_graded_where_the_reader_asks_for_it(path: Path) -> None:
    """A flat sentence whose code a person changed has that grade at its event; where a word says how sure it is, the rules need no grade."""
    found = list(corrected.graded(path))
    assert [(r["text"], r["text"].split()[r["targets"][0]["span1"][0]], r["targets"][0]["label"]) for r in found] == [
        ("Ana Moreno said the bridge was closed.", "closed.", -3.0), ("Piet Vos said ferries were late on Sunday.", "were", 3.0),
    ]  # fmt: skip
    tokenizer = OnnxEncoder().tokenizer
    items = data.sentences(found, tokenizer)
    assert [s.grades.tolist() for s in items] == [[-3.0], [3.0]]
    assert [found[k]["text"][slice(*s.encoded.words[s.words[0]])] for k, s in enumerate(items)] == ["closed", "were"]
    assert [(sentence[a:b], label) for sentence, a, b, label in commitment.targets(found)] == [("closed.", -3.0), ("were", 3.0)]


def test_an_event_outside_every_sentence_is_left_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the splitter leaves a gap, the statement there gives no line, and those behind it are still read."""
    split = corrected.sentences
    monkeypatch.setattr(corrected, "sentences", lambda text: [(a, b) for a, b in split(text) if "Moreno" not in text[a:b]])
    assert [r["text"] for r in corrected.graded(path)] == ["Piet Vos said ferries were late on Sunday."]


def test_what_has_no_use_yet_is_said(path: Path) -> None:
    """Every part of a record is named by the exporter: as used, and by what, or as not used."""
    record = json.loads(path.read_text("utf-8").splitlines()[0])
    about = {"id", "text", "published", "complete", "corrections"}
    named = {"attributions": ("manner", "stance", "chains", "statements inside statements"), "sources": ("kinds, names and descriptions of sources", "who speaks for whom"), "times": ("times",), "figures": ("figures",), "voice": ("the writer's voice",)}
    assert set(record) - about == set(named)
    assert {what for some in named.values() for what in some} | {"matches", "origins"} == set(training.UNUSED)
    assert all(what in training.CANNOT for what in (*training.UNUSED, *training.USED))
    root = __import__("pathlib").Path(corrected.__file__).parent
    assert all("--corrected" in (root / name.strip()).read_text("utf-8") for by in training.USED.values() for name in by.split(","))
    assert np.isfinite(list(corrected.GRADES.values())).all()
