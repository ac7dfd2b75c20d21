"""Words keep their place in the text, whatever signs stand around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.encoder import OnnxEncoder
from reportedly.reader.encoding import SHAPES, encode

TOKENIZER = OnnxEncoder().tokenizer


@given(st.text(max_size=200))
def test_words_lie_inside_the_text_in_order(text: str) -> None:
    """For any text, words are in order, do not overlap and lie inside it."""
    text = text.encode("utf-8", "replace").decode()
    encoded = encode(text, TOKENIZER)
    flat = encoded.words.ravel().tolist()
    assert flat == sorted(flat)
    assert not flat or (flat[0] >= 0 and flat[-1] <= len(text))
    assert len(encoded.ids) == len(encoded.shapes)
    assert not len(encoded.shapes) or (encoded.shapes.min() >= 0 and encoded.shapes.max() < SHAPES)


@pytest.mark.parametrize("text", ["Ünïcode “café” 👩‍🚒 said", "a\r\nb said\xa0no", "naïve coöperation said"])
def test_words_are_code_points(text: str) -> None:
    """Offsets are code points: emoji, accents, CRLF and no-break spaces shift nothing."""
    encoded = encode(text, TOKENIZER)
    assert "said" in [text[a:b] for a, b in encoded.words]


def test_both_styles_of_marks_have_the_same_shapes() -> None:
    """American and British marks open and close the same quotation for the encoder."""
    american, british = (encode(t, TOKENIZER) for t in ("“Go,” she said.", "‘Go,’ she said."))
    assert american.shapes.tolist() == british.shapes.tolist()
