"""Folders: the files in them that can be taken in, in the order of their names, however deep."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

ARTICLES = (".txt", ".text", ".md", ".markdown", ".mdown", ".html", ".htm", ".xhtml")
FEEDS = (".rss", ".atom", ".rdf", ".xml")
READINGS = (".jsonl", ".ndjson", ".json")
ARCHIVES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
ENDINGS = ARTICLES + FEEDS + READINGS + ARCHIVES


def files(folder: Path) -> Iterator[Path]:
    """Files of known endings. Hidden ones are left out, and links to folders are not followed, so that there is an end.

    Raises:
        NotFound: a folder that may not be looked into.

    """

    def refuse(error: OSError) -> None:
        raise NotFound(f"{error.filename} cannot be read ({error.strerror}): check its permissions.") from error

    for where, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and name.lower().endswith(ENDINGS):
                yield Path(where) / name
