"""Vectors of statements: kept, compared, and gone with their statements, with or without pgvector."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import sqlalchemy as sa
from made import Said, reading
from places import database

from reportedly.errors import BadInput
from reportedly.ledger import meaning
from reportedly.ledger.store import Ledger
from reportedly.ledger.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class Bag:
    """Counts of words in a few hundred places: near in words stands for near in meaning here."""

    def __init__(self, size: int = 256) -> None:
        self.name, self.size, self.asked = "bag of words", size, 0

    def embed(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        self.asked += len(texts)
        out = np.zeros((len(texts), self.size))
        for row, text in zip(out, texts, strict=True):
            for word in words(text):
                row[zlib.crc32(word.encode()) % self.size] += 1
        return out


READINGS = [reading(Said("Ana Moreno", f"the {thing} must close for {n} weeks"), title=f"{thing} {n}") for n, thing in enumerate(["bridge", "pier", "yard", "school"] * 5)]


@pytest.fixture(params=["sqlite", "postgresql", "postgresql without pgvector"])
def some(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    place = str(tmp_path / "ledger.sqlite") if request.param == "sqlite" else database(request.getfixturevalue("postgres"))
    with Ledger.open(place) as made:
        if "without" in request.param:
            with made._engine.begin() as connection:
                connection.execute(sa.text("ALTER TABLE embeddings DROP COLUMN vector, ADD COLUMN vector bytea NOT NULL"))
        assert made.info().pgvector == (request.param == "postgresql")
        for one in READINGS:
            made.add(one)
        yield made


def test_the_nearest_come_first(some: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answer wherever vectors are compared, also when they are gone through in pieces."""
    monkeypatch.setattr(meaning, "PIECE", 2)
    monkeypatch.setattr(meaning, "BATCH", 6)
    bag = Bag()
    assert some.embed(bag) == 20
    found = some.nearest("the school must close for 3 weeks", bag, limit=5)
    assert found[0].statement.content == "the school must close for 3 weeks"
    assert found[0].likeness == pytest.approx(1, abs=1e-4)
    assert all("school" in near.statement.content for near in found)
    assert [n.likeness for n in found] == sorted((n.likeness for n in found), reverse=True)


def test_only_new_statements_are_embedded(some: Ledger) -> None:
    """What has its vector keeps it; a removed article's go with it."""
    bag = Bag()
    some.embed(bag)
    assert (some.embed(bag), bag.asked) == (0, 20)
    some.add(reading(Said("Piet Vos", "no"), title="New"))
    assert some.embed(bag) == 1
    some.remove(READINGS[0].article.id)
    assert some.info().embeddings == 20
    assert list(some.check()) == []


def test_vectors_of_other_weights_are_never_compared(some: Ledger) -> None:
    """Another name finds nothing until it has embedded; the older vectors then go."""
    bag, other = Bag(), Bag(64)
    some.embed(bag)
    other.name = "another"
    assert some.nearest("school", other) == ()
    assert some.embed(other) == 20
    assert some.nearest("school", bag) == ()
    assert len(some.nearest("school", other, limit=3)) == 3
    assert some.info().embeddings == 20


def test_what_has_no_words_is_near_to_nothing(some: Ledger) -> None:
    """A vector of zeros has no direction and never fails; a limit is kept within bounds."""
    bag = Bag()
    some.embed(bag)
    assert len(some.nearest("!!!", bag, limit=2)) <= 2
    with pytest.raises(BadInput, match="number of results"):
        some.nearest("school", bag, limit=0)


def test_sketches_choose_what_is_compared(some: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are more statements than are compared, the best by their sketches are; removed ones are passed over, and one is told who waits."""
    monkeypatch.setattr(meaning, "CHOSEN", 3)
    monkeypatch.setattr(meaning, "BATCH", 6)
    bag = Bag()
    assert some.unembedded(bag.name) == 20
    some.embed(bag)
    assert some.unembedded(bag.name) == 0
    found = some.nearest("the school must close for 3 weeks", bag, limit=1)
    assert found[0].statement.content == "the school must close for 3 weeks"
    some.remove(found[0].statement.article)
    again = some.nearest("the school must close for 3 weeks", bag, limit=1)
    assert again
    assert again[0].statement.article != found[0].statement.article


def test_vectors_of_two_lengths_are_refused(some: Ledger) -> None:
    """Weights that changed under one name are said, not compared."""
    some.embed(Bag(256))
    with pytest.raises(BadInput, match="not of the same length"):
        some.nearest("school", Bag(64))
