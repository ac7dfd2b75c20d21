"""`reportedly serve`: on this machine without a password, beyond it never without one."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx2
import pytest
from served import BRIDGE

from reportedly.ledger import accounts
from reportedly.ledger.store import Ledger

if TYPE_CHECKING:
    from pathlib import Path


def run(*args: str, password: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k != "REPORTEDLY_PASSWORD"} | ({"REPORTEDLY_PASSWORD": password} if password else {})
    return subprocess.run([sys.executable, "-m", "reportedly", "serve", *args], capture_output=True, text=True, timeout=120, env=environment)


def test_it_serves_this_machine(tmp_path: Path) -> None:
    """It prints its address, answers there, and ends when it is told to."""
    place = tmp_path / "ledger.sqlite"
    with Ledger.open(place) as ledger:
        ledger.add(BRIDGE)
    process = subprocess.Popen([sys.executable, "-m", "reportedly", "serve", "--ledger", str(place), "--port", "0"], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", process.stderr.readline())[0]
        assert "Bridge to close" in httpx2.get(address, headers={"Accept": "text/html"}, timeout=30).text
        assert httpx2.get(address, headers={"Host": "evil.example"}, timeout=30).status_code == 421
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=30) in (0, 130)
        process.stderr.close()


def test_beyond_this_machine_only_with_accounts(tmp_path: Path) -> None:
    """Without one it does not start; they are made, given a role and taken away on the command line; short passwords are refused."""
    place = str(tmp_path / "ledger.sqlite")
    refused = run("--ledger", place, "--host", "0.0.0.0")
    assert (refused.returncode, "--add-user" in refused.stderr) == (3, True)
    assert run("--ledger", place, "--add-user", "eva", "--role", "editor", password="short").returncode == 3
    made = run("--ledger", place, "--add-user", "eva", "--role", "editor", password="long enough for us")
    assert (made.returncode, made.stdout) == (0, "eva is editor\n")
    assert run("--ledger", place, "--add-user", "tom", "--role", "king", password="long enough for us").returncode == 3
    with Ledger.open(place) as ledger:
        found = ledger.ask(lambda c: accounts.find(c, "eva"))
        assert found is not None
        assert found.password.startswith("$argon2id$")
    assert run("--ledger", place, "--remove-user", "eva").returncode == 0
    assert run("--ledger", place, "--remove-user", "eva").returncode == 3


@pytest.mark.parametrize("name", ["reportedly", "reportedly.cli"])
def test_the_web_is_loaded_only_when_it_serves(name: str) -> None:
    """Importing the package, or its command line, loads no web stack."""
    code = f"import sys, {name}; print([m for m in ('fastapi', 'starlette', 'uvicorn', 'pydantic', 'sqlalchemy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
