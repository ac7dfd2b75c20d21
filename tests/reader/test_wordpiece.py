"""Words and subwords are those with which the encoder was trained."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from conftest import EXAMPLE
from hypothesis import given
from hypothesis import strategies as st

from reportedly.reader.encoder import OnnxEncoder

OURS = OnnxEncoder().tokenizer


def theirs() -> object:
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer

    peer = Tokenizer(WordPiece(OURS.ids, unk_token="[UNK]"))
    peer.normalizer, peer.pre_tokenizer = BertNormalizer(), BertPreTokenizer()
    return peer


PEER = theirs()
# Control signs apart, since the library glues what a form feed divides; and signs that are what they are in
# every edition of Unicode, since the library's is older than Python's.
LEFT_OUT = ("Cs", "Cn", "Co", "Cc")
KNOWN = [c for c in map(chr, range(sys.maxunicode + 1)) if (kind := unicodedata.category(c)) not in LEFT_OUT and unicodedata.ucd_3_2_0.category(c) == kind]
SIGNS = st.sampled_from(KNOWN)


def compare(text: str) -> None:
    expected = PEER.encode(text, add_special_tokens=False)
    ids = [i for _, _, pieces, _ in OURS.words(text) for i in pieces]
    assert ids == expected.ids


@pytest.mark.parametrize("text", [EXAMPLE.read_text("utf-8"), "Ünï €40m x\ufffdy a\u200bb 日本語 naïve ½ “said’ U.S.-led 3.5% #tag _x_ unbelievableness " + "x" * 120, "".join(KNOWN), " ".join(f"a{c}b" for c in KNOWN)], ids=["article", "signs", "every sign in one word", "every sign within a word"])
def test_the_same_as_the_library(text: str) -> None:
    """The reference implementation cuts the same words into the same subwords."""
    compare(text)


@given(st.text(SIGNS, max_size=60))
def test_the_same_as_the_library_for_any_text(text: str) -> None:
    """So it does for whatever signs."""
    compare(text)
