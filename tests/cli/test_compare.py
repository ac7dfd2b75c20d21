"""`reportedly compare` as people and scripts call it: as a program of its own."""

from __future__ import annotations

import csv
import http.server
import io
import json
import os
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ORIGINAL = """Ferry may close in June

“We have carried sheep across this water for eleven winters,” the skipper, Ada Holm, told The Strand Post.

The ferry to Brenn may close in June, the county council said on Monday. About 40 people were asked to sign up for the bus, Holm said.
"""
REWRITE = """Ferry closes in June

“We have carried sheep across this water,” Ada Holm told The Strand Post.

The ferry to Brenn will close in June, the county council said. The mayor, Tom Rask, said on Tuesday that a bridge was being planned for the fjord.
"""


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONWARNINGS": "error", "COLUMNS": "100", "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-m", "reportedly", "compare", *map(str, arguments)], capture_output=True, env=environment, cwd=cwd, check=False)


def notes(found: subprocess.CompletedProcess[bytes]) -> list[str]:
    """What was said on standard error, without the progress of a slow machine."""
    return [line for line in found.stderr.decode().splitlines() if " read, " not in line]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(ORIGINAL, "utf-8")
    (tmp_path / "b.txt").write_text(REWRITE, "utf-8")
    return tmp_path


@pytest.fixture
def news() -> Iterator[str]:
    """A site with a rewrite that points at its original, and one that points at nothing that is there."""
    page = "<html lang='en'><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"

    def html(text: str, more: str = "") -> bytes:
        title, *body = text.strip().split("\n\n")
        return page.format(title=title, body="".join(f"<p>{p}</p>" for p in body) + more).encode()

    pages = {
        "/original": html(ORIGINAL),
        "/rewrite": html(REWRITE, "<p>Read the <a href='/original'>full story</a></p>"),
        "/dead": html(REWRITE, "<p>Read the <a href='/gone'>full story</a></p>"),
        "/alone": html(REWRITE),
    }

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = pages.get(self.path)
            if data is None:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Keep standard error clean."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_json_names_every_statement(files: Path) -> None:
    """Piped, the comparison is JSON: each statement that a change names stands in it with its words."""
    found = run(files / "a.txt", files / "b.txt")
    assert (found.returncode, notes(found)) == (0, [])
    data = json.loads(found.stdout)
    assert data["schema"] == "reportedly.comparison/1"
    assert [a["title"] for a in data["articles"]] == ["Ferry may close in June", "Ferry closes in June"]
    words = {(s["article"], s["attribution"]): s["content"] for s in data["statements"]}
    changes = data["pairs"][0]["changes"]
    assert {c["kind"] for c in changes} >= {"reworded", "added"}
    for change in changes:
        for side in ("a", "b"):
            if change[side]:
                assert words[change[side]["article"], change[side]["attribution"]]
    shifts = [s["words"] for c in changes for s in c["shifts"]]
    assert "“may” became “will”: what may be and what will be" in shifts


def test_text_is_for_people(files: Path) -> None:
    """In a pipe the text view has no escape codes, a sign for each change, and says that matches are suggested."""
    shown = run(files / "a.txt", files / "b.txt", "--format", "text").stdout.decode()
    assert "\x1b" not in shown
    assert "~  reworded" in shown
    assert "one origin" in shown
    assert "suggested, not confirmed" in shown
    assert max(len(line) for line in shown.splitlines()) <= 100


def test_csv_has_one_change_a_line(files: Path) -> None:
    """CSV opens in a spreadsheet: one row a change, the same columns in each."""
    rows = list(csv.DictReader(io.StringIO(run(files / "a.txt", files / "b.txt", "--format", "csv").stdout.decode())))
    assert len(rows) >= 3
    assert {r["change"] for r in rows} <= {"carried over", "reworded", "dropped", "added", "lost its source", "gained a source"}
    assert any("sheep" in r["content_from"] and "sheep" in r["content_to"] for r in rows)


def test_an_output_file_sets_the_format(files: Path) -> None:
    """The ending of the output file chooses the format; nothing goes to standard output."""
    found = run(files / "a.txt", files / "b.txt", "-o", files / "out.csv")
    assert (found.returncode, found.stdout) == (0, b"")
    assert (files / "out.csv").read_text("utf-8").startswith("from,to,change,")


def test_the_same_file_twice_is_all_carried_over(files: Path) -> None:
    """An article compared with itself carries everything over."""
    data = json.loads(run(files / "a.txt", files / "a.txt").stdout)
    assert data["pairs"][0]["changes"]
    assert {c["kind"] for c in data["pairs"][0]["changes"]} == {"carried over"}


def test_follow_fetches_the_report_behind(news: str) -> None:
    """With --follow one article is enough: the report that it points at becomes the first."""
    found = run(f"{news}/rewrite", "--follow")
    assert (found.returncode, notes(found)) == (0, [])
    data = json.loads(found.stdout)
    assert [a["title"] for a in data["articles"]] == ["Ferry may close in June", "Ferry closes in June"]


@pytest.mark.parametrize(("page", "words"), [("dead", "cannot be had"), ("alone", "has no link to a report")])
def test_a_report_that_is_not_to_be_had(news: str, page: str, words: str) -> None:
    """One clear sentence when there is nothing to follow, or it is gone; with a second article the rest is still compared."""
    alone = run(f"{news}/{page}", "--follow")
    assert (alone.returncode, alone.stdout) == (3, b"")
    (said,) = notes(alone)
    assert words in said
    other = run(f"{news}/{page}", f"{news}/original", "--follow")
    assert other.returncode == 0
    assert words in other.stderr.decode()
    assert json.loads(other.stdout)["pairs"]


def test_a_page_does_not_send_the_program_into_a_private_network(files: Path, news: str) -> None:
    """A file's link to an address of this machine is not followed."""
    (files / "trap.html").write_text(f"<html lang='en'><head><title>Ferry closes</title></head><body><article><h1>Ferry closes</h1><p>{REWRITE}</p><p>The ferry closes, <a href='{news}/original'>The Strand Post reported</a> on Monday, and read the <a href='{news}/original'>full story</a></p></article></body></html>", "utf-8")
    found = run(files / "trap.html", "--follow")
    assert found.returncode == 3
    assert "private network" in found.stderr.decode()


@pytest.mark.parametrize(("inputs", "code", "words"), [(["a.txt"], 3, "only one article"), (["a.txt", "none.txt"], 4, "There is no file"), ([], 2, "Missing argument")])
def test_bad_use_is_explained(files: Path, inputs: list[str], code: int, words: str) -> None:
    """One article alone, a missing file and no input each have their sentence and code."""
    found = run(*inputs, cwd=files)
    assert (found.returncode, found.stdout) == (code, b"")
    assert words in found.stderr.decode()
    assert "Traceback" not in found.stderr.decode()
