"""`reportedly read` as people and scripts call it: as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import jsonschema
import pytest
from conftest import EXAMPLE, PAGE

from reportedly import Reading

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONWARNINGS": "error", "COLUMNS": "100", "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-m", "reportedly", *map(str, arguments)], input=stdin, capture_output=True, env=environment, cwd=cwd, check=False)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("The bridge must close, the mayor said on Monday. “It is not safe,” she told reporters.\n", "utf-8")
    (tmp_path / "b.md").write_text("# Yard closes\n\nThe yard will close, according to the union.\n", "utf-8")
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / "none.txt").write_text("Rain fell on the valley all day.\n", "utf-8")
    (tmp_path / "empty.txt").write_text(" \n", "utf-8")
    (tmp_path / "image.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "nothing.html").write_text("<html><body><p>Hi.</p></body></html>", "utf-8")
    (tmp_path / "bad.json").write_text("{", "utf-8")
    return tmp_path


def test_one_input_is_json_several_are_jsonl(files: Path) -> None:
    """Piped, one input gives one JSON document, several give one reading a line; each obeys the schema."""
    schema = json.loads(run("schema").stdout)
    one = run("read", files / "a.txt")
    assert one.returncode == 0
    jsonschema.validate(json.loads(one.stdout), schema)
    several = run("read", files / "a.txt", files / "b.md", files / "page.html")
    lines = several.stdout.decode().splitlines()
    assert len(lines) == 3
    for line in lines:
        jsonschema.validate(json.loads(line), schema)
        assert Reading.from_json(line).to_json() == line
    assert Reading.from_json(one.stdout) == Reading.from_json(lines[0])


def test_standard_input(files: Path) -> None:
    """`-` reads text or a page from standard input."""
    assert json.loads(run("read", "-", stdin=(files / "a.txt").read_bytes()).stdout)["attributions"]
    assert json.loads(run("read", "-", stdin=PAGE).stdout)["article"]["outlet"] == "The Quay"


def test_text_marks_every_part_without_colour(files: Path) -> None:
    """In a pipe the text view has no escape codes, and signs for content, source and cue."""
    shown = run("read", files / "a.txt", "--format", "text", "--min-score", "0").stdout.decode()
    assert "\x1b" not in shown
    assert "‹the mayor›" in shown
    assert "·said" in shown
    assert "[1 " in shown


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [("missing.txt", 4, "There is no file"), (".", 4, "is a folder"), ("empty.txt", 6, "is empty"), ("image.png", 5, "is an image"), ("nothing.html", 7, "no article"), ("http://127.0.0.1:1/x", 9, "cannot be reached")],
)
def test_bad_inputs_have_their_sentence_and_code(files: Path, name: str, code: int, words: str) -> None:
    """Each bad input gives one line on standard error, its own code and nothing on standard output."""
    result = run("read", name, cwd=files)
    error = result.stderr.decode()
    assert (result.returncode, result.stdout) == (code, b"")
    assert words in error
    assert len([line for line in error.splitlines() if " read, " not in line]) == 1  # progress is told on a slow machine
    assert "Traceback" not in error


def test_an_unreadable_file(files: Path) -> None:
    """A file that is there and cannot be opened says so (a link to itself: permissions do not stop root)."""
    (files / "loop.txt").symlink_to("loop.txt")
    result = run("read", files / "loop.txt")
    assert result.returncode == 4
    assert b"cannot be read" in result.stderr


def test_one_bad_input_never_stops_the_others(files: Path) -> None:
    """All others are read, in order; the code is that of the first failure."""
    result = run("read", files / "a.txt", files / "missing.txt", files / "empty.txt", files / "page.html", "--format", "jsonl")
    assert result.returncode == 4
    assert len(result.stdout.decode().splitlines()) == 2
    assert result.stderr.decode().count("\n") == 2


def test_nothing_said_is_no_error(files: Path) -> None:
    """An article without any attribution has an empty list."""
    result = run("read", files / "none.txt")
    assert result.returncode == 0
    assert json.loads(result.stdout)["attributions"] == []
    assert "Nobody is reported" in run("read", files / "none.txt", "-f", "text").stdout.decode()


def test_as_is_is_refused_for_pages_and_links(files: Path, site: str) -> None:
    """As-is is for text that stands as it is."""
    for name in (files / "page.html", f"{site}/article"):
        result = run("read", name, "--as-is")
        assert result.returncode == 3
        assert b"as-is" in result.stderr


def test_as_is_keeps_every_character(files: Path) -> None:
    """CRLF, counters and spaces stay with --as-is."""
    text = "0\r\n1193\r\n \tThe bridge must close, the mayor said.\r\n"
    (files / "crlf.txt").write_bytes(text.encode())
    article = json.loads(run("read", files / "crlf.txt", "--as-is").stdout)["article"]
    assert (article["text"], article["title"]) == (text, None)


def test_published_and_outlet(files: Path) -> None:
    """What the user says of the article stands in it; what is no date is refused."""
    article = json.loads(run("read", files / "a.txt", "--published", "2024-03-12", "--outlet", "The Quay").stdout)["article"]
    assert (article["published"], article["outlet"]) == ("2024-03-12", "The Quay")
    bad = run("read", files / "a.txt", "--published", "soon")
    assert bad.returncode == 3
    assert b"is not a date" in bad.stderr


def test_output_takes_its_format_from_its_name_and_is_never_half_written(files: Path) -> None:
    """-o writes the file at the end; when nothing could be read, what stood there stays."""
    target = files / "out.html"
    assert run("read", files / "a.txt", "-o", target).returncode == 0
    before = target.read_text("utf-8")
    assert before.startswith("<!doctype html>")
    assert run("read", files / "missing.txt", "-o", target).returncode == 4
    assert target.read_text("utf-8") == before
    assert run("read", files / "a.txt", "-o", files / "no" / "folder.json").returncode == 1
    assert sorted(p.name for p in files.iterdir() if p.name.startswith(".")) == []


def test_json_carries_everything_whatever_the_threshold(files: Path) -> None:
    """--min-score is for people's eyes."""
    assert run("read", EXAMPLE, "--min-score", "1").stdout == run("read", EXAMPLE, "--min-score", "0").stdout
    assert "Nobody is reported" in run("read", EXAMPLE, "--min-score", "1", "-f", "text").stdout.decode()


def test_warnings_go_to_standard_error_unless_quiet(files: Path) -> None:
    """Warnings are said once, and not with --quiet; the reading carries them in any case."""
    (files / "de.txt").write_text("Die Mauer am Hafen wird neu gebaut, sagte die Bürgermeisterin am Dienstag. Die Arbeiten dauern zwei Jahre.", "utf-8")
    loud, quiet = run("read", files / "de.txt"), run("read", files / "de.txt", "--quiet")
    assert b"another language" in loud.stderr
    assert quiet.stderr == b""
    assert loud.stdout == quiet.stdout
    assert json.loads(quiet.stdout)["warnings"][0]["code"] == "language"


def test_a_slow_batch_says_how_far_it_is(files: Path, site: str) -> None:
    """After a second of silence, standard error tells the progress."""
    assert b"0 of 1 read" in run("read", f"{site}/slow").stderr
    assert run("read", f"{site}/slow", "--quiet").stderr == b""


def test_a_closed_pipe_is_no_crash(files: Path) -> None:
    """`reportedly read … | head` ends quietly."""
    command = f"{sys.executable} -m reportedly read {' '.join([str(EXAMPLE)] * 12)} --format jsonl | head -c 10"
    result = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert result.returncode == 0
    assert b"Traceback" not in result.stderr
    assert b"Exception" not in result.stderr


def test_usage_errors_are_typers() -> None:
    """Wrong usage has code 2; --version and --help work."""
    assert run("read").returncode == 2
    assert run("read", "x", "--format", "pdf").returncode == 2
    assert run("--version").stdout.startswith(b"reportedly ")
    assert b"--min-score" in run("read", "--help").stdout


def test_import_and_help_load_nothing_heavy() -> None:
    """`import reportedly` and a start without an article load neither numpy nor a model."""
    code = "import sys, reportedly; print([m for m in ('numpy', 'onnxruntime', 'tokenizers', 'trafilatura', 'lxml', 'msgspec', 'rich', 'typer', 'httpx2', 'jinja2') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import reportedly"], check=True)
    assert time.perf_counter() - started < 2


def test_a_terminal_is_never_given_orders(files: Path) -> None:
    """Escape codes in an article or a file name are shown as harmless signs."""
    (files / "esc.txt").write_text("A \x1b[31mred\x1b]0;x\x07 wall will be built, the mayor said on Monday.", "utf-8")
    assert b"\x1b" not in run("read", files / "esc.txt", "-f", "text").stdout
    assert b"\x1b" not in run("read", files / "\x1b[31mnone.txt").stderr


def test_output_goes_through_links_and_into_pipes(files: Path) -> None:
    """-o writes through a symbolic link, and into a named pipe, and replaces neither."""
    (files / "real.json").write_text("old", "utf-8")
    (files / "link.json").symlink_to("real.json")
    assert run("read", files / "a.txt", "-o", files / "link.json").returncode == 0
    assert (files / "link.json").is_symlink()
    assert json.loads((files / "real.json").read_text("utf-8"))["attributions"]
    os.mkfifo(files / "pipe")
    with subprocess.Popen(["cat", str(files / "pipe")], stdout=subprocess.PIPE) as cat:
        assert run("read", files / "a.txt", "-o", files / "pipe", "-f", "jsonl").returncode == 0
        assert json.loads(cat.communicate(timeout=20)[0])["attributions"]


def test_an_outlet_that_is_no_text_is_survived(files: Path) -> None:
    """An argument with a broken byte costs that byte."""
    result = subprocess.run([sys.executable.encode(), b"-m", b"reportedly", b"read", str(files / "a.txt").encode(), b"--outlet", b"b\xff"], capture_output=True, check=False)
    assert json.loads(result.stdout)["article"]["outlet"] == "b\ufffd"


def test_a_missing_file_is_never_read_as_text() -> None:
    """From Python, what looks like a path is one."""
    import reportedly
    from reportedly.errors import NotFound

    for name in ("missing.txt", "my article.txt", "report.pdf", "articles/2024/bridge", "."):
        with pytest.raises(NotFound):
            reportedly.read(name)
