"""The documentation names all that the program has, and its examples are what the program does."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING, Any

import pytest
import typer.main
from conftest import ROOT

from reportedly import desk, errors, values
from reportedly.cli import app
from reportedly.reader.encoder import MODEL

if TYPE_CHECKING:
    from pathlib import Path

DOCS = ROOT / "docs"


def commands(command: Any = None, name: str = "reportedly") -> dict[str, Any]:
    """Every command by its full name, groups and those within them too."""
    command = command or typer.main.get_command(app)
    found = {name: command}
    for part, inner in getattr(command, "commands", {}).items():
        found |= commands(inner, f"{name} {part}")
    return found


def text(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def test_every_option_is_documented() -> None:
    """Each long option of each command stands in docs/cli.md."""
    page = text("cli.md")
    options = {o for command in commands().values() for p in command.params for o in p.opts if o.startswith("--")}
    assert len(options) > 8
    assert sorted(o for o in options if f"`{o}" not in page) == []


def test_every_command_is_documented() -> None:
    """Each command stands in docs/cli.md."""
    page = text("cli.md")
    assert [name for name in commands() if name not in page] == []


def test_every_exit_code_is_documented() -> None:
    """Each error's exit code has its row."""
    page = text("cli.md")
    codes = {e.exit_code for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)}
    assert sorted(c for c in codes if not re.search(rf"^\|\s*`?{c}`?\s*\|", page, re.MULTILINE)) == []


def test_every_field_of_the_contract_is_documented() -> None:
    """Each field of each value stands in docs/contract.md."""
    page = text("contract.md")
    kinds = [v for v in vars(values).values() if dataclasses.is_dataclass(v)]
    fields = {f.name for kind in kinds for f in dataclasses.fields(kind)}
    assert len(kinds) > 8
    assert sorted(f for f in fields if f"`{f}`" not in page) == []


def test_every_warning_is_documented() -> None:
    """Each warning code that the program gives stands in docs/contract.md."""
    source = "".join(p.read_text("utf-8") for p in (ROOT / "src").rglob("*.py"))
    codes = set(re.findall(r"Warning\(\s*\"([a-z-]+)\"", source))
    assert len(codes) >= 5
    assert sorted(c for c in codes if f"`{c}`" not in text("contract.md")) == []


@pytest.mark.parametrize("name", ["README.md", "docs/cli.md", "docs/ledger.md", "docs/start.md"])
def test_commands_in_the_manual_exist(name: str) -> None:
    """Every option in a command line that the manual shows is one of the command's."""
    page = (ROOT / name).read_text("utf-8")
    known = {o for command in commands().values() for p in command.params for o in p.opts} | {"--help", "-h"}
    shown = {o for line in re.findall(r"^\s*(?:\$ )?reportedly .+$", page, re.MULTILINE) for o in re.findall(r"(?<=\s)--?[a-z][\w-]*", line)}
    assert shown - known == set()


def test_the_example_of_the_contract_is_a_reading() -> None:
    """The reading in the manual is one, of the article beside it."""
    reading = values.Reading.from_json((DOCS / "examples" / "bridge.json").read_bytes())
    assert reading.article == desk.article(DOCS / "examples" / "bridge.txt")
    assert reading.attributions


def test_the_repository_speaks_of_the_project_alone() -> None:
    """No path of a machine where it was made stands in what is written here."""
    for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "training").glob("*.md"), *(ROOT / "src").rglob("*.md")]:
        if "_build" not in path.parts:
            assert not re.search(r"/root/|/home/\w|/tmp/", path.read_text("utf-8")), path


def test_python_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The README's Python is pasted and runs."""
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out


@pytest.mark.parametrize("path", [ROOT / "README.md", ROOT / "training" / "all.sh", *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_the_weights_that_ship_are_named(path: Path) -> None:
    """Where a page names the reader's weights it names those of today."""
    assert set(re.findall(r"polnear-minilm-\d+", path.read_text("utf-8"))) <= {MODEL}
