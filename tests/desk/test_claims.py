"""The encoder of claims that ships."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from told import MAYOR, told

from reportedly.comparing import match
from reportedly.desk import claims
from reportedly.reader.encoder import OnnxEncoder


@pytest.fixture(scope="module")
def encoder() -> claims.ClaimEncoder:
    return claims.encoder()


@pytest.mark.parametrize(
    ("claim", "same", "theme"),
    [
        ("The guards beat two prisoners", "The men were not beaten", "Two prisoners will see their families on Sunday"),
        ("The fire began in the kitchen", "An arsonist had poured petrol on the stairs", "The kitchen will be rebuilt by spring"),
        ("The company will close the plant", "No decision on a closure has been taken", "The company built the plant in 1960"),
        ("The bridge was opened too early", "The crossing was not ready for traffic", "The bridge cost nine million"),
    ],
)
def test_what_answers_one_question_is_nearer_than_what_shares_a_theme(encoder: claims.ClaimEncoder, claim: str, same: str, theme: str) -> None:
    """What denies a claim, gives another cause or other words for it is nearer to it than what has its words and another question."""
    one, near, far = encoder.embed([claim, same, theme])
    assert one @ near > one @ far
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
    assert encoder.embed([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", "!!!", "…", "\u202e\u200f", "🙂🙂", "9" * 5000, "word " * 2000, "naïve café", "x" * 300])
def test_odd_texts_have_vectors(encoder: claims.ClaimEncoder, text: str) -> None:
    """Empty, endless and unheard-of texts have a vector, the same alone as in company, and one for each word that is read."""
    alone, among = encoder.embed([text])[0], encoder.embed(["The dam is safe", text])[1]
    assert np.isfinite(alone).all()
    assert (alone == among).all()
    words = encoder.embed_words(text)
    assert len(words.words) == len(words.vectors)
    assert np.isfinite(words.vectors).all()


def test_several_threads_get_the_same_vectors() -> None:
    """An encoder that several threads load at once gives each what one alone would get."""
    fresh = claims.ClaimEncoder()
    texts = ["The wall has leaked since October", "It was repaired in spring"] * 4
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda t: fresh.embed([t])[0], texts))
    assert all((v == claims.encoder().embed([t])[0]).all() for v, t in zip(together, texts, strict=True))


def test_the_word_table_is_the_one_it_was_trained_with() -> None:
    """The reader's encoder has the word table whose rows this one takes: another table would take another encoder of claims."""
    table = OnnxEncoder().words(np.arange(30522))
    assert hashlib.sha256(table.tobytes()).hexdigest() == claims.TABLE


def test_a_claim_in_other_words_is_matched(encoder: claims.ClaimEncoder) -> None:
    """What shares hardly a word is found by meaning, and the match says so."""
    readings = [told("A", "Pensioners in rural homes will be hit hardest by the levy", MAYOR), told("B", "Old people in the countryside will suffer most from the new charge", MAYOR)]
    assert match(readings, prior=3.0) == []
    found = match(readings, prior=3.0, embedder=encoder)
    assert [m.kind for m in found] == ["same claim"]
    assert any(e.kind == "meaning" and e.weight > 0 for e in found[0].evidence)
