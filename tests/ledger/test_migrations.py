"""Ledgers of every shape that was ever released are brought up to date, and nothing else is touched."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from made import Said, reading

from reportedly.errors import LedgerDamaged, LedgerError
from reportedly.ledger import connect, migrate, rows, writer
from reportedly.ledger.schema import metadata
from reportedly.ledger.store import Ledger

OLD = Path(__file__).parent / "old"
ONE = reading(Said("Ana Moreno", "the bridge must close for 9 weeks", figures=(("9 weeks", "9", "=", None, "weeks"),), said=("on Monday", "2024-03-11")), Said("an officer", "no", identity="anonymous", via=("Harbour Radio",)), url="https://quay.example/bridge")


@pytest.mark.filterwarnings("ignore:Did not recognize type 'vector'")
def test_the_migrations_make_what_the_schema_says(place: str) -> None:
    """Tables, columns, keys and indexes agree, but for what only one of the databases has."""
    with Ledger.open(place) as ledger, ledger._engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    own = {"search", "search_data", "search_idx", "search_config", "alembic_version", "attributions_words", "words", "vector"}
    assert [d for d in found if not any(name in repr(d) for name in own)] == []


def test_the_newest_step_is_the_last() -> None:
    """What the program takes for the newest revision is the head of the steps."""
    assert ScriptDirectory.from_config(migrate._configuration()).get_current_head() == migrate.NEWEST


@pytest.mark.parametrize("revision", ["0001", "0002", "0003", "0004", "0005"])
def test_an_older_ledger_is_brought_up_to_date(place: str, revision: str) -> None:
    """A ledger with readings made at an older revision has them all afterwards."""
    engine = connect.engine(place)
    migrate.upgrade(engine, place, to=revision)
    with connect.writing(engine) as connection:
        writer.remember_words(connection)
        writer.add(connection, ONE)
    with connect.reading(engine) as connection:
        assert migrate.revision(connection) == revision
    engine.dispose()
    with Ledger.open(place) as ledger:
        assert ledger.info().revision == migrate.NEWEST
        assert list(ledger.readings()) == [ONE]
        assert len(ledger.search("bridge")) == 2
        assert list(ledger.check()) == []


@pytest.mark.parametrize("file", sorted(OLD.glob("*.sqlite.gz")), ids=lambda f: f.name)
def test_old_files_open(file: Path, tmp_path: Path) -> None:
    """Files that older versions wrote are read, asked, added to and checked."""
    place = tmp_path / "ledger.sqlite"
    place.write_bytes(gzip.decompress(file.read_bytes()))
    with Ledger.open(place) as ledger:
        assert ledger.info().articles == 2
        assert [s.source for s in ledger.search("bridge must close")] == ["Ana Moreno"]
        assert [v.statements for v in ledger.voices("moreno").voices] == [2]
        assert list(ledger.check()) == []
        ledger.add(ONE)
        assert ledger.info().articles == 3
        for one in list(ledger.readings()):
            assert ledger.remove(one.article.id)
        assert list(ledger.check()) == []


def test_an_index_of_beginnings_comes_with_repair(tmp_path: Path) -> None:
    """A new ledger has it at once, an older one when its full text is made anew; both find the same before and after."""
    def has(ledger: Ledger) -> bool:
        with ledger._engine.connect() as connection:
            return "prefix" in connection.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'search'")).scalar_one()

    place = tmp_path / "ledger.sqlite"
    place.write_bytes(gzip.decompress((OLD / "0005.sqlite.gz").read_bytes()))
    with Ledger.open(place) as ledger, Ledger.open(tmp_path / "new.sqlite") as new:
        assert (has(ledger), has(new)) == (False, True)
        before = ledger.search("bri*")
        assert before
        assert ledger.repair() == (2, [])
        assert has(ledger)
        assert ledger.search("bri*") == before
        assert list(ledger.check()) == []


def test_old_files_are_there() -> None:
    """Every revision before the newest has its file."""
    assert {f.name for f in OLD.glob("*.sqlite.gz")} >= {"0001.sqlite.gz", "0002.sqlite.gz", "0003.sqlite.gz", "0004.sqlite.gz", "0005.sqlite.gz"}


def test_opening_twice_changes_nothing(place: str) -> None:
    """A ledger of today is left alone."""
    with Ledger.open(place) as ledger:
        ledger.add(ONE)
    with Ledger.open(place, create=False) as ledger:
        assert ledger.info().articles == 1


def test_a_newer_ledger_is_refused(place: str) -> None:
    """Tables that this program does not know are not touched."""
    with Ledger.open(place) as ledger, ledger._engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LedgerError, match="newer reportedly"):
        Ledger.open(place)


def test_another_programs_tables_are_refused(place: str) -> None:
    """A database with tables of the same names, or any other SQLite file, stays as it is."""
    engine = connect.engine(place)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE articles (id INTEGER)"))
    with pytest.raises(LedgerDamaged, match="another program"):
        Ledger.open(place)
    with engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["articles"]
    engine.dispose()


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    """Nor is a SQLite file whose tables have other names made into a ledger."""
    with sqlite3.connect(tmp_path / "other.sqlite") as other:
        other.execute("CREATE TABLE bookmarks (id INTEGER)")
    other.close()
    with pytest.raises(LedgerDamaged, match="another program"):
        Ledger.open(tmp_path / "other.sqlite")


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    """`file` and other tools can tell a ledger by SQLite's application_id."""
    Ledger.open(tmp_path / "ledger.sqlite").close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as made:
        assert made.execute("PRAGMA application_id").fetchone() == (connect.APPLICATION,)
        assert made.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    made.close()


def test_words_of_another_stemmer_are_noticed_and_mended(ledger: Ledger) -> None:
    """Until the full text is made anew nothing is removed; then everything fits."""
    ledger.add(ONE)
    with connect.writing(ledger._engine) as connection:
        connection.execute(sa.text("UPDATE facts SET value = 'old' WHERE name = 'words'"))
    assert ["full text" in p.what for p in ledger.check()] == [True]
    assert ledger.info().notes
    with pytest.raises(LedgerError, match="repair"):
        ledger.remove(ONE.article.id)
    assert ledger.repair() == (1, [])
    assert list(ledger.check()) == []
    assert len(ledger.search("bridge")) == 2
    assert ledger.remove(ONE.article.id)


DAMAGE = [
    ("DELETE FROM readings", "reading is missing"),
    ("UPDATE articles SET outlet = 'Another'", "entry"),
    ("UPDATE attributions SET content = 'the bridge stays open'", "attributions"),
    ("DELETE FROM figures", "figures"),
    ("DELETE FROM times", "times"),
    ("UPDATE sources SET identity = 'named' WHERE identity = 'anonymous'", "sources"),
    ("UPDATE attributions SET source = NULL", "right sources"),
    ("UPDATE attributions SET voice = (SELECT key FROM names LIMIT 1)", "right sources"),
    ("DELETE FROM via", "chains"),
    ("UPDATE articles SET current = (1 = 0)", "current versions"),
]


@pytest.mark.parametrize(("damage", "words"), DAMAGE)
def test_whatever_does_not_fit_is_found_and_mended(ledger: Ledger, damage: str, words: str) -> None:
    """Damage to any table is found; all but a lost reading is made again from the readings."""
    ledger.add(ONE)
    with ledger._engine.begin() as connection:
        connection.execute(sa.text(damage))
    found = list(ledger.check())
    assert any(words in p.what for p in found), found
    if "DELETE FROM readings" in damage:
        return
    assert ledger.repair()[1] == []
    assert list(ledger.check()) == []
    assert len(ledger.search("bridge")) == 2


def test_a_damaged_reading_is_named_and_the_rest_is_mended(ledger: Ledger) -> None:
    """One reading that cannot be unpacked costs that article only."""
    other = reading(Said("Piet Vos", "the yard stays"), title="Yard")
    ledger.add(ONE)
    ledger.add(other)
    with ledger._engine.begin() as connection:
        key = connection.execute(sa.text("SELECT key FROM articles WHERE id = :id"), {"id": ONE.article.id}).scalar_one()
        connection.execute(sa.text("UPDATE readings SET reading = :bad WHERE article = :key"), {"bad": rows.pack(ONE)[:40], "key": key})
    (problem,) = ledger.check()
    assert (problem.article, "cut short" in problem.what or "damaged" in problem.what) == (ONE.article.id, True)
    done, lost = ledger.repair()
    assert (done, [p.article for p in lost]) == (1, [ONE.article.id])
    assert len(ledger.search("yard")) == 1
