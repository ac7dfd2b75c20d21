"""What the tests of the pages are served: hand-made readings, a reader that takes no time, an application in this process."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from made import Said, reading
from starlette.testclient import TestClient

from reportedly.values import Attribution, ReaderInfo, Reading, Source, Span, Voice
from reportedly.web.app import create
from reportedly.web.settings import Settings

if TYPE_CHECKING:
    from reportedly.ledger.store import Ledger
    from reportedly.values import Article

BRIDGE = reading(
    Said("Ana Moreno", "“the bridge must close for nine weeks”", manner="direct", figures=(("nine weeks", "9", "=", None, "weeks"),), said=("on Monday", "2024-03-11")),
    Said("an officer", "the old bridge may fall", identity="anonymous", via=("Harbour Radio",), factuality="PS+", stance="distances"),
    Said("Ana Moreno", "ferries will run", score=0.3),
    title="Bridge to close", url="https://quay.example/bridge", outlet="The Quay", more="The council has dithered for years.",
)  # fmt: skip
BRIDGE = replace(BRIDGE, voice=(Voice(BRIDGE.article.text.index("The council"), len(BRIDGE.article.text), "assertion"),))
OTHER = reading(
    Said("Ana Moreno", "the bridge must close for twelve weeks", figures=(("twelve weeks", "12", "=", None, "weeks"),)), Said("Piet Vos", "nobody asked the ferrymen"),
    title="Twelve weeks without a bridge", url="https://post.example/bridge", outlet="The Post", published="2024-03-14",
)  # fmt: skip
HOSTILE = reading(
    Said("<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", cue="<b>said</b>"),
    title="<script>alert(3)</script> & “more”", url="javascript:alert(4)", outlet='"><svg onload=alert(5)>', published="2024-01-01",
)  # fmt: skip


class Quick:
    """A reader that takes everything before the first “ said” as a source, so that adding is tested without the model."""

    def read(self, article: Article, *, warnings: tuple[Any, ...] = ()) -> Reading:
        found = re.search(r"(\w+) said (.+)", article.text)
        if "explode" in article.text:
            message = "secret detail"
            raise RuntimeError(message)
        if not found:
            return Reading(ReaderInfo("reportedly", "test", "quick"), article, warnings=warnings)
        who, what = found.span(1), found.span(2)
        source = Source("s1", (Span(*who),), "person", "named", found[1])
        said = Attribution("a1", "s1", (Span(*who),), (Span(who[1] + 1, who[1] + 5),), (Span(*what),), "indirect", 0.95)
        return Reading(ReaderInfo("reportedly", "test", "quick"), article, (source,), (said,), warnings=warnings)


def client_of(ledger: Ledger, **settings: Any) -> TestClient:
    return TestClient(create(ledger, Settings(**{"hosts": ("testserver",), **settings}), reader=Quick), raise_server_exceptions=False)


def token(client: TestClient, path: str = "/add") -> str:
    """The token that a page's forms hold."""
    return re.search(r'name="csrf" value="([^"]+)"', client.get(path).text)[1]
