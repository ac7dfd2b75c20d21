"""Fit the weights by which "he" and "she" find whom they stand for (`reportedly.reader.sources.pronouns`).

    PYTHONPATH=benchmarks python training/pronouns.py           # writes src/reportedly/reader/data/pronouns.toml
    PYTHONPATH=benchmarks python training/pronouns.py --folds   # leaves each fifth of the texts out, and says how often it is right

A conditional logit over the candidates of each pronoun and "none of them", with the reader's own mentions and, for what came
before, the gold's answers. Texts: GUM without its transcripts of talk, the project's own open reports and the first half of the real
articles that rules are written by; news weighs more. Of the texts nothing is kept.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

import corrected
import reportedly
import reports
from reportedly.reader.sources import antecedents, discourse, pronouns
from shared import SHARED
from voices import real_open, same_mentions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportedly.reader.sources.discourse import Entity
    from reportedly.reader.sources.mention import Mention
    from reportedly.reader.sources.pronouns import Candidate

FILE = Path(__file__).resolve().parents[1] / "src" / "reportedly" / "reader" / "data" / "pronouns.toml"
TALK = ("conversation", "podcast", "vlog")
RIDGE = 0.5
LEAST = {"source": 0.55, "other": 0.8}
NEWS = 4.0  # how many pronouns of other texts one in news weighs
Row = tuple[int, bool, list[dict[str, float]], int, float]  # text, whether the pronoun is a source, features of each and of nobody, the right one, weight


def texts() -> Iterator[tuple[str, dict[tuple[int, int], str], bool]]:
    """(text, gold mentions with their chains, whether it is no news and the gold has every mention of the text)."""
    with gzip.open(SHARED / "data" / "gum" / "gum_not_news.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if document["genre"] not in TALK:
                yield document["text"], {(m["span"][0], m["span"][1]): m["chain"] for m in document["mentions"]}, True
    for report in (*reports.load("open"), *real_open(half=1)):
        yield report.text, {m: s.id for s in report.sources for m in s.mentions}, False


def collect(more: Path | None = None) -> list[Row]:
    """Every pronoun that has a candidate, with what speaks for each; `more` is what people corrected in the pages."""
    rows: list[Row] = []
    reader = reportedly.Reader(threads=1)
    for number, (text, gold, complete) in enumerate((*texts(), *(corrected.mentions(more) if more else ()))):
        rows += _of_text(reader, number, text, gold, complete=complete)
    return rows


def _of_text(reader: reportedly.Reader, number: int, text: str, gold: dict[tuple[int, int], str], *, complete: bool) -> list[Row]:
    rows: list[Row] = []
    chain: dict[tuple[int, int], str] = {}
    begin = discourse.Discourse.__init__

    def aligned(self: Any, words: str, mentions: Sequence[Mention], *rest: Any) -> None:
        places = same_mentions(words, list(gold), [(m.start, m.end) for m in mentions])
        chain.update({found: gold[place] for found, place in places.items()})
        begin(self, words, mentions, *rest)

    def owner(entity: Entity) -> str | None:
        known = collections.Counter(chain[m.start, m.end] for m in entity.mentions if (m.start, m.end) in chain)
        return known.most_common(1)[0][0] if known else None

    def answer(words: str, pronoun: Mention, candidates: Sequence[Candidate], *, source: bool) -> Entity | None:
        wanted = chain.get((pronoun.start, pronoun.end))
        if not candidates or (wanted is None and not complete):
            return None
        right = next((k for k, c in enumerate(candidates) if wanted is not None and owner(c.entity) == wanted), len(candidates))
        on = [pronouns.features(words, pronoun, c, source=source) for c in candidates]
        rows.append((number, source, [*on, pronouns.nobody(pronoun, len(candidates), source=source)], right, 1.0 if complete else NEWS))
        return candidates[right].entity if right < len(candidates) else None

    discourse.Discourse.__init__, antecedents.choose = aligned, answer  # type: ignore[method-assign,assignment]
    try:
        reader.read(reportedly.article(text, as_is=True))
    finally:
        discourse.Discourse.__init__, antecedents.choose = begin, pronouns.choose  # type: ignore[method-assign]
    return rows


def fit(rows: Sequence[Row]) -> dict[str, float]:
    """Weights by name."""
    names = sorted({name for _, _, on, _, _ in rows for one in on for name in one})
    place = {name: k for k, name in enumerate(names)}
    tables = []
    for _, _, on, right, weight in rows:
        table = np.zeros((len(on), len(names)))
        for k, one in enumerate(on):
            for name, value in one.items():
                table[k, place[name]] = value
        tables.append((table, right, weight))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = RIDGE * float(w @ w) / 2, RIDGE * w
        for table, right, weight in tables:
            worth = table @ w
            worth -= worth.max()
            share = np.exp(worth) / np.exp(worth).sum()
            total -= weight * float(np.log(share[right]))
            slope = slope + weight * (table.T @ share - table[right])
        return total, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, (round(float(x), 3) for x in found), strict=True))


def judged(rows: Sequence[Row], weights: dict[str, float]) -> Iterator[tuple[bool, float, bool, bool]]:
    """For each pronoun: whether it is a source, how likely its best candidate, whether that is right, whether any is."""
    for _, source, on, right, _ in rows:
        worth = np.array([sum(weights.get(n, 0.0) * v for n, v in one.items()) for one in on])
        share = np.exp(worth - worth.max())
        share /= share.sum()
        best = int(share[:-1].argmax())
        yield source, float(share[best]), best == right, right < len(on) - 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", action="store_true")
    parser.add_argument("--corrected", type=Path, help="what people corrected in the pages, to learn from too (training/corrected.py)")
    options = parser.parse_args()
    rows = collect(options.corrected)
    if options.folds:
        seen = [j for k in range(5) for j in judged([r for r in rows if r[0] % 5 == k], fit([r for r in rows if r[0] % 5 != k]))]
        for source in (True, False):
            of = [j for j in seen if j[0] == source]
            for least in (0.0, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
                given = [j for j in of if j[1] >= least]
                print(f"{'source' if source else 'other':6s} least {least:.2f}: answered {len(given)} of {len(of)}, right {100 * sum(j[2] for j in given) / max(1, len(given)):.1f} %, of those with an answer {100 * sum(j[2] for j in given) / max(1, sum(j[3] for j in of)):.1f} %")
        return
    weights = fit(rows)
    lines = [
        "# For whom he and she stand: weights of reportedly.reader.sources.pronouns, fitted by training/pronouns.py on GUM without its",
        "# transcripts of talk, the project's own open reports and half of the real open articles; `least`: how likely an answer must be.",
        "",
        "[least]",
        *(f"{name} = {value}" for name, value in LEAST.items()),
        "",
        "[weights]",
        *(f'"{name}" = {value}' for name, value in weights.items()),
    ]
    FILE.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(rows)} pronouns, {len(weights)} weights: {FILE}")


if __name__ == "__main__":
    main()
