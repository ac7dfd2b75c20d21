"""Fill a ledger with the project's own made-up stories, each told by several outlets, to try the pages on.

    python benchmarks/story_ledger.py demo.sqlite
    reportedly serve --ledger demo.sqlite

What is there already stays. Reading takes about a minute; every outlet and every person in the stories is made up.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import reportedly
from reportedly.digests import article_id, digest
from stories import load

if TYPE_CHECKING:
    from reportedly.values import Article

ROOT = Path(__file__).resolve().parents[1]


def articles() -> list[Article]:
    """The example article and every report of the stories, without the marks that the benchmark scores against."""
    text = (ROOT / "examples" / "ferry_inspection.txt").read_text("utf-8")
    found = [reportedly.article(text, published="2024-09-06", outlet="The Example")]
    for story in load():
        for one in (r.article for r in story.readings):
            text_digest = digest(one.text)
            found.append(replace(one, id=article_id(None, one.outlet, one.published, text_digest), text_digest=text_digest, published_from="option"))
    return found


def main() -> None:
    """Read what is not in the ledger yet, and add it."""
    place = sys.argv[1] if len(sys.argv) > 1 else "demo.sqlite"
    with reportedly.Ledger.open(place) as ledger:
        wanted = articles()
        known = ledger.knows(a.id for a in wanted)
        missing = [a for a in wanted if a.id not in known]
        reader = reportedly.Reader() if missing else None
        for number, article in enumerate(missing, 1):
            print(f"\r{number} of {len(missing)} articles", end="", file=sys.stderr, flush=True)
            ledger.add(reader.read(article))
        print(f"{chr(13) if missing else ''}{place} has {ledger.info().articles} articles", file=sys.stderr)


if __name__ == "__main__":
    main()
