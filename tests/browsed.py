"""The application behind a real browser, for tests that look at it as people do."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
import uvicorn
from conftest import need
from places import emptied
from served import BRIDGE, HOSTILE, OTHER, Quick

from reportedly.ledger.store import Ledger
from reportedly.web.app import create
from reportedly.web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of the application over three articles."""
    with Ledger.open(tmp_path / "ledger.sqlite") if request.param == "sqlite" else nullcontext(emptied(request.getfixturevalue("used"))) as ledger:
        for r in (HOSTILE, BRIDGE, OTHER):
            ledger.add(r)
        app = create(ledger, Settings(), reader=Quick)
        taken = socket.socket()
        taken.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
        server.should_exit = True
        thread.join()
        taken.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    need(chromium, "Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A page that fails the test where a script fails or is refused by the policy."""
    context = browser.new_context(base_url=served, accept_downloads=True)
    shown = context.new_page()
    wrong: list[str] = []
    shown.on("pageerror", lambda e: wrong.append(str(e)))
    shown.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "the server responded with a status of" not in m.text else None)
    yield shown
    context.close()
    assert wrong == []
