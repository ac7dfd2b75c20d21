"""Which statements of a page have one voice: pairs of statements, on the pages of training/gold/articles.jsonl.

    PYTHONPATH=training python benchmarks/page_sources.py

Of all pairs of statements of a page that the reading has and whose voice the gold tells, how many it gives to one voice that have one (precision),
and how many that have one it gives to one (recall); and of statements alone the share that are given no voice though they have one. The pages are
those that the reader learns from, so that what it finds is no figure of this; rules of sources were written by them.
"""

from __future__ import annotations

import argparse
from itertools import combinations

import reportedly
from data import own_pages, saved_pages
from shared import SHARED, as_gold, shared_scorer


def main() -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    module = shared_scorer()
    pages = own_pages(saved_pages(SHARED / "data" / "pages" / "aed_articles.json", set()))
    both = given = held = statements = voiceless = 0
    for page, reading in zip(pages, reportedly.Reader().read_many(reportedly.article(p["text"], as_is=True) for p in pages), strict=True):
        text = module.Text(page["text"])
        gold, found = ([module.Attribution(text, a) for a in side] for side in (page["attributions"], map(as_gold, reading.attributions)))
        pairs = [(page["attributions"][i]["voice"], reading.attributions[j].source) for i, j in module.paired(gold, found, module.content_worth)]
        voiced = [(voice, source) for voice, source in pairs if voice is not None]
        statements += len(voiced)
        voiceless += sum(source is None for _, source in voiced)
        for (voice, source), (other, another) in combinations(voiced, 2):
            one, same = voice == other, source is not None and source == another
            held, given, both = held + one, given + same, both + (one and same)
    print(f"{len(pages)} pages, {statements} statements: pairs precision {100 * both / given:.1f}, recall {100 * both / held:.1f}, F1 {200 * both / (given + held):.1f}; without a voice {100 * voiceless / statements:.1f} %")


if __name__ == "__main__":
    main()
