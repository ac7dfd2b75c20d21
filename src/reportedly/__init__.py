"""Read news and write down who said what.

    import reportedly
    reading = reportedly.read("article.html")
    for attribution in reading.attributions:
        print(reading.quote(attribution.source_spans), "|", reading.quote(attribution.content_spans))

Importing is quick: nothing heavy loads before the first article is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportedly.errors import ReportedlyError
from reportedly.values import Article, Attribution, Reading, Source, Span

if TYPE_CHECKING:
    from reportedly.desk import article, compare, read
    from reportedly.ledger.store import Ledger
    from reportedly.reader.pipeline import Reader

__version__ = "0.1.0"
__all__ = ["Article", "Attribution", "Ledger", "Reader", "Reading", "ReportedlyError", "Source", "Span", "__version__", "article", "compare", "read"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute
    if name in ("article", "compare", "read"):
        from reportedly import desk

        return getattr(desk, name)
    if name == "Reader":
        from reportedly.reader.pipeline import Reader

        return Reader
    if name == "Ledger":
        from reportedly.ledger.store import Ledger

        return Ledger
    message = f"module 'reportedly' has no attribute {name!r}"
    raise AttributeError(message)
