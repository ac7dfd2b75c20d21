"""Sentences end where a reader ends them: not at abbreviations, and not between a quotation and its "said"."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.sentences import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry left. It was late.", ["The ferry left.", "It was late."]),
        ("Mr. Ode left. He said no.", ["Mr. Ode left.", "He said no."]),
        ("Gov. Ann R. Petty met Dr. Low at 5 p.m. on Monday. Nobody came.", ["Gov. Ann R. Petty met Dr. Low at 5 p.m. on Monday.", "Nobody came."]),
        ("It sails from the U.S. The crew is small.", ["It sails from the U.S.", "The crew is small."]),
        ("The U.S. Senate met.", ["The U.S. Senate met."]),
        ("No. 5 won. No. That was it.", ["No. 5 won.", "No.", "That was it."]),
        ("It cost 3.5 per cent more. Then less.", ["It cost 3.5 per cent more.", "Then less."]),
        ("1. Wash your hands. 2. Eat.", ["1. Wash your hands.", "2. Eat."]),
        # quotations stay with their cue
        ("“Go away!” he said. She went.", ["“Go away!” he said.", "She went."]),
        ("“Why?” Mr Ode asked. Nobody knew.", ["“Why?” Mr Ode asked.", "Nobody knew."]),
        ("“It sank. I saw it,” he said. “And it was cold.”", ["“It sank. I saw it,” he said.", "“And it was cold.”"]),
        ("“It sank. I saw it.” The mayor left.", ["“It sank. I saw it.”", "The mayor left."]),
        ('"It sank." The mayor left.', ['"It sank."', "The mayor left."]),
        ("He said “it sank. She came.", ["He said “it sank.", "She came."]),  # unpaired marks hold nothing together
        # pauses
        ("He paused... then left. She ran... He stayed.", ["He paused... then left.", "She ran...", "He stayed."]),
        ("Really?! Yes (really.) No", ["Really?!", "Yes (really.)", "No"]),
        # a paragraph ends a sentence
        ("Ferry sinks\nThe ferry sank.\n\nNobody was hurt", ["Ferry sinks", "The ferry sank.", "Nobody was hurt"]),
        ("", []),
        (" \n\t\n", []),
    ],
)
def test_splits(text: str, expected: list[str]) -> None:
    """Each class of full stop ends a sentence or does not."""
    assert [text[a:b] for a, b in sentences(text)] == expected


@given(st.text(alphabet=st.sampled_from("aB .!?…\n“”\"'’)\u200f1,Mr"), max_size=80))
def test_sentences_hold_every_letter_once(text: str) -> None:
    """Spans follow one another, have no white space at their ends, and leave out nothing else."""
    found = sentences(text)
    assert all(a < b and not text[a].isspace() and not text[b - 1].isspace() for a, b in found)
    assert all(x[1] <= y[0] for x, y in itertools.pairwise(found))
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())


def test_long_texts_take_no_time() -> None:
    """Time is linear in the text, whatever its marks."""
    started = time.process_time()
    for piece in ("a. ", "Mr. ", "U.S. ", "“", "“Go.” ", "?! ", ".", "1. "):
        sentences(piece * 20_000)
    assert time.process_time() - started < 5
