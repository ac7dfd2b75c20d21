"""The commands of the ledger as people and scripts call them."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from archives import feed, packed, page, record, records
from conftest import EXAMPLE
from made import Said, reading
from typer.testing import CliRunner

from reportedly import Ledger
from reportedly.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result

URL = "https://quay.example/bridge"
ONE = reading(
    Said("Ana Moreno", "the bridge must close for 9 weeks", figures=(("9 weeks", "9", "=", None, "weeks"),), said=("on Monday", "2024-03-11")),
    Said("an officer", "the pier is unsafe in May", identity="anonymous", via=("Harbour Radio",), happened=("May", "2024-05")),
    url=URL,
)
TWO = reading(Said("Ana Moreno", "the bridge must close for 8 weeks"), url=URL)
OTHER = reading(Said("the officer", "=1+1 is \x1b[31mred", identity="unnamed"), Said("Ana Moreno", "hardly", score=0.2), title="Yard", outlet="The Gull", published="2024-04-01")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite"
    with Ledger.open(path) as made:
        made.add(ONE)
        made.add(OTHER)
    return path


def run(place: Path | str, *arguments: object) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], env={"REPORTEDLY_LEDGER": str(place), "COLUMNS": "200"})


HERE = {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}  # a program of its own runs what is tested, wherever it runs


def test_search_as_json_csv_and_text(place: Path) -> None:
    """The same statements in each form; what a terminal would obey never reaches it."""
    found = json.loads(run(place, "search", "-f", "json").stdout)
    assert [s["content"] for s in found] == ["hardly", "=1+1 is \x1b[31mred", "the pier is unsafe in May", "the bridge must close for 9 weeks"]
    assert found[3]["figures"] == [{"words": "9 weeks", "value": "9", "comparator": "=", "high": None, "unit": "weeks"}]
    rows = list(csv.DictReader(io.StringIO(run(place, "search", "-f", "csv").stdout, newline="")))
    assert [(r["content"], r["via"], r["figures"]) for r in rows][2:] == [("the pier is unsafe in May", "Harbour Radio", ""), ("the bridge must close for 9 weeks", "", "9 weeks")]
    text = run(place, "search").stdout
    assert "\x1b" not in text
    assert "hardly" not in text
    assert "[through Harbour Radio]" in text
    assert "hardly" in run(place, "search", "--min-score", "0").stdout


def test_every_choice_of_search(place: Path) -> None:
    """Each option narrows the answer."""
    for options in (["bridge", "weeks"], ["--source", "moreno", "--until", "2024-03"], ["--outlet", "the quay", "--figure", ">8"], ["--since", "2024-03-11", "--until", "2024-03-11", "--manner", "indirect", "--factuality", "CT+", "--stance", "neutral"]):
        assert [s["content"] for s in json.loads(run(place, "search", *options, "-f", "json").stdout)] == ["the bridge must close for 9 weeks"], options
    assert "The newest 1; --limit shows more" in run(place, "search", "--limit", 1).stdout
    nothing = run(place, "search", "tunnel")
    assert (nothing.exit_code, nothing.stdout) == (0, "Nothing found.\n")


@pytest.mark.parametrize("options", [["--since", "soon"], ["--factuality", "sure"], ["--figure", "dozens"], ["!!!"]])
def test_what_cannot_be_asked(place: Path, options: list[str]) -> None:
    """One sentence, and the exit code of an option that cannot be used."""
    result = run(place, "search", *options)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.count("\n") == 1


def test_source(place: Path) -> None:
    """A name gives all its statements; a description only accounts to choose from."""
    named = json.loads(run(place, "source", "moreno", "-f", "json").stdout)
    assert [(v["name"], v["statements"], v["articles"], v["outlets"]) for v in named["voices"]] == [("Ana Moreno", 2, 2, ["The Gull", "The Quay"])]
    shown = run(place, "source", "officer").stdout
    assert "nothing says that they are one" in shown
    assert ONE.article.id in shown
    assert OTHER.article.id in shown
    assert "unsafe" not in shown
    one = run(place, "source", "officer", "--article", ONE.article.id).stdout
    assert "alone" in one
    assert "unsafe" in one
    assert "red" not in one
    rows = list(csv.DictReader(io.StringIO(run(place, "source", "officer", "-f", "csv").stdout)))
    assert [r["description"] for r in rows] == ["an officer", "the officer"]
    assert run(place, "source", "nobody").stdout == "Nothing found.\n"
    assert run(place, "source", "officer", "--article", "x").exit_code == 3


def test_timeline(place: Path) -> None:
    """The earliest known here first; or what is said to have happened, with who says so."""
    lines = run(place, "timeline", "bridge", "--min-score", 0).stdout.splitlines()
    assert lines[0].startswith("2024-03-11")
    assert lines[0].endswith("(earliest known here)")
    events = json.loads(run(place, "timeline", "--of", "happened", "-f", "json").stdout)
    assert [(e["earliest"], e["words"], e["statement"]["source"]) for e in events] == [("2024-05", "May", "an officer")]
    assert "an officer" in run(place, "timeline", "--of", "happened").stdout
    assert run(place, "timeline", "--of", "happened", "-f", "csv").stdout.count("\n") == 2


def test_versions_info_and_check(place: Path) -> None:
    """What changed is shown claim by claim; everything fits."""
    with Ledger.open(place) as kept:
        kept.add(TWO)
    shown = run(place, "ledger", "versions", URL).stdout
    assert "version 2 (current)" in shown
    assert "changed (content, figures)" in shown
    assert "dropped: an officer" in shown
    assert json.loads(run(place, "ledger", "versions", ONE.article.id, "-f", "json").stdout)[1]["changes"][0]["kind"] == "changed"
    assert run(place, "ledger", "versions", URL, "-f", "csv").stdout.count("\n") == 4
    assert run(place, "ledger", "versions", "nowhere").exit_code == 3
    info = json.loads(run(place, "ledger", "info", "-f", "json").stdout)
    assert (info["articles"], info["addresses"], info["attributions"]) == (3, 1, 5)
    assert "articles  3" in run(place, "ledger", "info").stdout
    assert (run(place, "ledger", "check").exit_code, run(place, "ledger", "check").stdout) == (0, "Everything fits together.\n")


def test_a_damaged_ledger_has_its_exit_code(place: Path) -> None:
    """Problems are listed and mended on demand."""
    import sqlite3

    with sqlite3.connect(place) as raw:
        raw.execute("UPDATE attributions SET content = 'nothing of the kind'")
    raw.close()
    result = run(place, "ledger", "check", "-f", "json")
    assert result.exit_code == 13
    assert {p["article"] for p in json.loads(result.stdout)} == {ONE.article.id, OTHER.article.id}
    assert run(place, "ledger", "check", "--repair").exit_code == 0
    assert run(place, "ledger", "check").exit_code == 0


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_out_and_in_again(place: Path, tmp_path: Path, form: str) -> None:
    """A whole ledger with its versions goes out and comes in equal, once."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    with Ledger.open(place) as kept:
        kept.add(TWO)
        before = list(kept.readings())
        entries = [kept.entry(r.article.id) for r in before]
    target = tmp_path / f"backup.{form}"
    assert run(place, "ledger", "export", target).exit_code == 0
    new = tmp_path / "new.sqlite"
    assert run(new, "ledger", "import", target).stdout == "3 added, 0 already there\n"
    assert run(new, "ledger", "import", target).stdout == "0 added, 3 already there\n"
    with Ledger.open(new) as kept:
        assert list(kept.readings()) == before
        assert [kept.entry(r.article.id) for r in before] == entries
        assert list(kept.check()) == []
    if form == "parquet":
        import pyarrow.parquet

        table = pyarrow.parquet.read_table(target / "statements.parquet").to_pylist()
        assert [(s["source"], s["via"], s["figures"]) for s in table][:2] == [("Ana Moreno", [], ["9 weeks"]), ("an officer", ["Harbour Radio"], [])]
    else:
        assert run(tmp_path / "third.sqlite", "add", target, "-q").stdout.endswith("2 new, 1 new versions, 0 already there, 0 failed\n")
        out = run(place, "ledger", "export", "-", "-q").stdout
        assert len(out.splitlines()) == 3


def test_bad_lines_of_an_import_are_named_and_passed_over(place: Path, tmp_path: Path) -> None:
    """Each has its line number; the exit code is the first one's."""
    target = tmp_path / "in.jsonl"
    good = ONE.to_json()
    target.write_text(f"{{\n{good}\n\n[]\n{good.replace('bridge must', 'tunnel must')}\n", "utf-8")
    new = tmp_path / "new.sqlite"
    for command in (("ledger", "import"), ("add", "-q")):
        result = run(new, *command, target)
        assert result.exit_code == 10
        assert result.stderr.count("not a reading") == 3
    assert run(new, "ledger", "import", tmp_path / "none.jsonl").exit_code == 4
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 no")
    assert run(new, "ledger", "import", tmp_path / "bad.parquet").exit_code == 10


def test_export_that_cannot_be_written(place: Path, tmp_path: Path) -> None:
    """One sentence, no half a file, and the older backup stays."""
    assert run(place, "ledger", "export", tmp_path / "no" / "folder.jsonl").exit_code == 1
    (tmp_path / "old.jsonl").write_text("old")
    assert run(place, "ledger", "export", tmp_path / "old.jsonl").exit_code == 0
    assert (tmp_path / "old.jsonl").read_text("utf-8").startswith('{"schema"')
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_remove(place: Path) -> None:
    """By address or id; what is not there has its code."""
    assert run(place, "ledger", "remove", URL).stdout == f"removed: {ONE.article.id}\n"
    result = run(place, "ledger", "remove", URL, OTHER.article.id)
    assert (result.exit_code, result.stdout) == (3, f"removed: {OTHER.article.id}\n")
    assert json.loads(run(place, "ledger", "info", "-f", "json").stdout)["articles"] == 0


def test_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    """Asking makes none; each command has the sentence and the code."""
    for command in (["search"], ["source", "x"], ["timeline"], ["ledger", "info"], ["ledger", "check"], ["ledger", "export", "-"], ["ledger", "remove", "x"], ["ledger", "versions", "x"]):
        result = run(tmp_path / "none.sqlite", *command)
        assert result.exit_code == 11, command
        assert "reportedly add" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_default_place(tmp_path: Path) -> None:
    """Without --ledger the file lies in the user's data folder."""
    environment = {k: v for k, v in os.environ.items() if k != "REPORTEDLY_LEDGER"} | HERE | {"XDG_DATA_HOME": str(tmp_path), "HOME": str(tmp_path)}
    result = subprocess.run([sys.executable, "-m", "reportedly", "ledger", "import", "-q", "/dev/null"], capture_output=True, env=environment, check=False, text=True)
    assert result.returncode == 4
    if sys.platform == "linux":
        assert (tmp_path / "reportedly" / "ledger.sqlite").is_file()


# --- adding -----------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    where = tmp_path / "in"
    (where / "deep" / "er").mkdir(parents=True)
    (where / "a.txt").write_text("The bridge must close, the mayor said on Monday. “It is not safe,” she told reporters.\n", "utf-8")
    (where / "deep" / "er" / "page.html").write_bytes(page(3))
    (where / "deep" / "made.jsonl").write_text(ONE.to_json() + "\n", "utf-8")
    (where / "deep" / "one.json").write_text(OTHER.to_json(), "utf-8")
    (where / "crawl.warc.gz").write_bytes(b"".join(packed(records(3))) + b"broken" + packed([record("https://quay.example/9", page(9))])[0] + packed([record("https://quay.example/10", b"<html><body><p>Hi.</p></body></html>")])[0])
    (where / "empty.txt").write_text(" ", "utf-8")
    (where / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (where / ".hidden.txt").write_text("Nobody said this.", "utf-8")
    (where / "round").symlink_to(where)
    return where


def test_a_folder_of_everything_is_added_once(folder: Path, tmp_path: Path) -> None:
    """Text, pages, archives and readings, however deep; a second time nothing is new, and one bad file stops nothing."""
    pytest.importorskip("fastwarc")
    place = tmp_path / "ledger.sqlite"
    first = run(place, "add", folder, "--format", "jsonl")
    lines = [json.loads(line) for line in first.stdout.splitlines()]
    assert [line["outcome"] for line in lines] == ["new"] * 8
    assert first.exit_code == 6
    assert "empty.txt is empty" in first.stderr
    assert "crawl.warc.gz: after the record" in first.stderr
    assert "1 page holds no article" in first.stderr
    again = run(place, "add", folder, "-q")
    assert again.stdout == "0 new, 0 new versions, 8 already there, 1 failed\n"
    assert run(place, "ledger", "check").exit_code == 0


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A site whose files are those of a folder."""
    where = tmp_path / "web"
    where.mkdir()

    class Quiet(SimpleHTTPRequestHandler):
        extensions_map = SimpleHTTPRequestHandler.extensions_map | {".rss": "application/rss+xml", "": "text/html"}

        def log_message(self, *_: object) -> None:
            """Keep standard error clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(where)))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", where
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_folder_of_nothing_is_a_failure(place: Path, tmp_path: Path) -> None:
    """Where a folder holds nothing to take in, the command says so and does not seem to have worked."""
    (tmp_path / "none").mkdir()
    result = run(place, "add", tmp_path / "none")
    assert result.exit_code == 4
    assert "holds no file" in result.stderr


def test_a_feed_its_links_and_a_page_that_changes(web: tuple[str, Path], tmp_path: Path) -> None:
    """Every link of a feed is followed; a page that changed since is a new version, told claim by claim."""
    site, where = web
    place = tmp_path / "ledger.sqlite"
    for n in (1, 2):
        (where / f"{n}.html").write_bytes(page(n))
    (where / "feed.rss").write_bytes(feed("".join(f"<item><title>Pier {n}</title><link>{site}/{n}.html</link></item>" for n in (1, 2, 3))))
    refused = run(place, "add", f"{site}/feed.rss", "-q")
    assert refused.exit_code == 16
    assert "--allow-private" in refused.stderr
    first = run(place, "add", f"{site}/feed.rss", "--allow-private", "-q")
    assert first.exit_code == 9
    assert "404" in first.stderr
    assert first.stdout.endswith("2 new, 0 new versions, 0 already there, 1 failed\n")
    (where / "1.html").write_bytes(page(1).replace(b"must close for 1 weeks", b"may have to close for 5 weeks"))
    second = run(place, "add", f"{site}/feed.rss", "--allow-private", "-q").stdout
    assert "version 2" in second
    assert "may have to close for 5 weeks" in second
    assert second.endswith("0 new, 1 new versions, 1 already there, 1 failed\n")


def test_what_a_feed_holds_is_taken_without_the_network(tmp_path: Path) -> None:
    """With --feed-text no link is followed; a file that is no feed is said to be none."""
    words = "<p>The pier must close for nine weeks, the mayor said on Monday, and the work will begin in May. Fishermen fear that the yard will close too, their union said.</p>"
    item = f"<item><title>Pier to close</title><link>https://nowhere.invalid/pier</link><pubDate>Tue, 12 Mar 2024 08:30:00 GMT</pubDate><content:encoded><![CDATA[{words}]]></content:encoded></item>"
    (tmp_path / "feed.xml").write_bytes(feed(item + "<item><title>Bare</title><link>https://nowhere.invalid/bare</link></item>"))
    (tmp_path / "not.rss").write_text("<html><body>Hi</body></html>")
    place = tmp_path / "ledger.sqlite"
    result = run(place, "add", tmp_path / "feed.xml", tmp_path / "not.rss", "--feed-text", "-q")
    assert result.stdout.endswith("1 new, 0 new versions, 0 already there, 2 failed\n")
    assert "has no text in the feed" in result.stderr
    assert "not.rss is no feed" in result.stderr
    (found,) = json.loads(run(place, "search", "yard", "--limit", "1", "-f", "json").stdout)
    assert (found["outlet"], found["title"], found["url"], found["published"]) == ("The Quay", "Pier to close", "https://nowhere.invalid/pier", "2024-03-12T08:30:00+00:00")


def test_a_kill_in_the_middle_of_adding(tmp_path: Path) -> None:
    """Killed with -9 while it reads, the same command finishes the work, and nothing is there twice."""
    where = tmp_path / "in"
    where.mkdir()
    words = EXAMPLE.read_text("utf-8")
    for n in range(8):
        (where / f"{n:02}.txt").write_text(f"{words}\n\nEdition {n}.\n", "utf-8")
    place = tmp_path / "ledger.sqlite"
    environment = os.environ | HERE | {"REPORTEDLY_LEDGER": str(place)}
    with subprocess.Popen([sys.executable, "-m", "reportedly", "add", str(where), "-f", "jsonl", "-q"], stdout=subprocess.PIPE, env=environment) as worker:
        for _ in range(3):
            assert worker.stdout.readline()
        worker.send_signal(signal.SIGKILL)
    with Ledger.open(place) as kept:
        some = kept.info().articles
        assert 3 <= some < 8
    assert run(place, "add", where, "-q").stdout.endswith(f"{8 - some} new, 0 new versions, {some} already there, 0 failed\n")
    assert run(place, "ledger", "check").exit_code == 0


def test_a_locked_and_a_damaged_ledger_have_their_codes(tmp_path: Path) -> None:
    """A file that is no ledger is refused before anything is read."""
    (tmp_path / "bad.sqlite").write_bytes(b"no database at all " * 100)
    result = run(tmp_path / "bad.sqlite", "add", EXAMPLE, "-q")
    assert result.exit_code == 13
    assert result.stderr.count("\n") == 1
    assert run("mysql://x/y", "add", EXAMPLE).exit_code == 11


def test_a_closed_pipe_is_no_crash(place: Path) -> None:
    """`reportedly search … | head` ends quietly."""
    command = f"REPORTEDLY_LEDGER={place} {sys.executable} -m reportedly ledger export - -q | head -c 5"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False, env=os.environ | HERE)
    assert b"Traceback" not in result.stderr
    assert b"Exception" not in result.stderr


def test_nothing_heavy_is_loaded_until_it_is_needed() -> None:
    """The commands of the ledger cost a start of the program nothing."""
    code = "import sys, reportedly.cli; print([m for m in ('sqlalchemy', 'alembic', 'psycopg', 'feedparser', 'fastwarc', 'pyarrow', 'numpy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ | HERE).stdout.strip() == "[]"


@pytest.mark.parametrize(("name", "arguments", "extra"), [("sqlalchemy", ["search"], "ledger"), ("psycopg", ["search", "--ledger", "postgresql://h/n"], "postgres"), ("feedparser", ["add", "feed.rss"], "ledger"), ("fastwarc", ["add", "x.warc"], "warc"), ("pyarrow", ["ledger", "export", "out.parquet"], "parquet")])
def test_a_part_that_is_not_installed(place: Path, tmp_path: Path, name: str, arguments: list[str], extra: str) -> None:
    """One sentence with the command that installs it, and an exit code of its own."""
    (tmp_path / "feed.rss").write_bytes(feed("<item><title>T</title></item>"))
    (tmp_path / "x.warc").write_bytes(records(1)[0])
    code = f"import sys; sys.modules[{name!r}] = None; from reportedly.cli import main; sys.argv = ['reportedly'] + {arguments!r}; main()"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path, env=os.environ | HERE | {"REPORTEDLY_LEDGER": str(place)})
    assert result.returncode == 15, result.stderr
    assert f"pip install 'reportedly[{extra}]'" in result.stderr
