"""Fit what `reportedly.comparing` knows from data: how much each word tells, and the weights of a match's score.

    export PYTHONPATH=benchmarks
    python training/compare.py frequencies    # writes src/reportedly/comparing/data/frequencies.tsv
    python training/compare.py weights        # writes src/reportedly/comparing/data/weights.json
    python training/compare.py check [--misses] [--own] [--first N]   # fits without a fold of the stories at a time, and scores that; with --own also as the reader reads them, with --first N only the first N

Open data only: ECB+ (Cybulska and Vossen 2014, CC BY 3.0) and the documents of GUM whose text is under CC BY or
CC BY-SA, for frequencies; ECB+ and this project's own stories (benchmarks/stories/open) for weights. Of their texts nothing is kept but
how many documents a stem stands in.

Each is fitted twice: by words alone, and by meaning, where each story is measured by an encoder that was trained without it
(training/claims.py, build/claims). The pairs fitted on are all of two
reports of one story, so that a score is a probability among them. What a pair's rivals say is fitted on scores of models that have not seen its story. ECB+ tells
articles of one event from articles of two. Pairs of quotations are those of the stories and of quotations
of the project's own gold texts (tests/gold), cut, split and joined as rewrites do.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
import re
import sys
import tarfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import gold as gold_texts
import reportedly
import stories
from reportedly.comparing import matching, meetings, statements
from reportedly.comparing.features import CLAIM, EVENT, MEANING, QUOTE, RIVALS, alike, common, event, measure
from reportedly.comparing.nearness import Nearness
from reportedly.comparing.words import concepts, mass, tokens
from reportedly.desk import claims
from reportedly.values import Article, Reading
from shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "reportedly" / "comparing" / "data"
RIDGE = 0.1
SIGNS = {
    "overlap": 1, "focus": 1, "beyond names": 1, "likeness": 1, "shared": 1, "rarest": 1, "order": 1, "run": 1, "quoted": 1, "names": 1, "figures": 1, "units": 1, "same source": 1, "same source beyond names": 1,
    "coverage": 1, "words in common": 1, "longest run": 1, "other source": -1, "short and other": -1, "contained": 1, "names contained": 1,
    "kind of figure": 1, "other kind of figure": -1, "figure in one": -1, "meaning": 1, "wording": 1, "speaks of the other": 1, "log odds": 1, "lesser margin": 1, "greater margin": 1,
}  # fmt: skip
ECB_PAIRS = 8000  # drawn from all, which are many times more of the same
LEAST_COUNT = 3  # a word in fewer documents tells as much as one in none

Example = tuple[dict[str, float], float]  # features, outcome
Table = tuple[np.ndarray, np.ndarray, np.ndarray]  # features (N, F), outcomes (N,), weights (N,)


def ecb(archive: Path) -> Iterator[tuple[str, str, list[str], dict[int, set[str]]]]:
    """ECB+: topic, document, its sentences, and the cross-document events annotated in each sentence."""
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            if not re.search(r"ECB\+/\d+/\w+\.xml$", member.name):
                continue
            handle = tar.extractfile(member)
            if handle is None:
                continue
            root = ET.parse(handle).getroot()
            words: dict[int, list[str]] = collections.defaultdict(list)
            place = {}
            for token in root.iter("token"):
                number = int(token.get("sentence", "0"))
                words[number].append(token.text or "")
                place[token.get("t_id")] = number
            home = {}
            for mark in root.find("Markables") if root.find("Markables") is not None else []:
                anchors = [a.get("t_id") for a in mark.iter("token_anchor")]
                if anchors:
                    home[mark.get("m_id")] = place[anchors[0]]
            events: dict[int, set[str]] = collections.defaultdict(set)
            for relation in root.iter("CROSS_DOC_COREF"):
                note = relation.get("note") or ""
                if note.startswith(("ACT", "NEG")):
                    for source in relation.iter("source"):
                        if source.get("m_id") in home:
                            events[home[source.get("m_id")]].add(note)
            sentences = [" ".join(words[k]) for k in sorted(words)]
            if sentences and sentences[0].startswith("http"):
                sentences[0] = ""
            name = Path(member.name).stem
            yield f"{member.name.split('/')[-2]}{'+' if 'plus' in name else ''}", name, sentences, {sorted(words).index(k): v for k, v in events.items()}


def frequencies() -> None:
    """How many documents a concept stands in: subtopics of ECB+ (their articles tell of one event) and documents of GUM."""
    counts: collections.Counter[str] = collections.Counter()
    topics: dict[str, dict[str, int]] = collections.defaultdict(lambda: collections.defaultdict(int))
    sizes: collections.Counter[str] = collections.Counter()
    for topic, _, sentences, _ in ecb_documents():
        sizes[topic] += 1
        for concept in set(concepts(tokens(" ".join(sentences)))):
            topics[topic][concept] += 1
    shares: dict[str, float] = collections.defaultdict(float)
    for topic, some in topics.items():
        for concept, n in some.items():
            shares[concept] += n / sizes[topic]
    total = len(topics)
    with gzip.open(SHARED / "data" / "gum" / "gum_not_news.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if re.fullmatch(r"CC-BY(-SA)?-[\d.]+", document["text_licence"]):
                total += 1
                for concept in set(concepts(tokens(document["text"]))):
                    shares[concept] += 1
    counts.update({c: round(n) for c, n in shares.items() if round(n) >= LEAST_COUNT and not c[0].isdigit()})
    head = [
        "# In how many of so many open texts (*) a concept stands; made by training/compare.py frequencies.",
        "# Counted over ECB+ (Cybulska and Vossen 2014, CC BY 3.0) and documents of GUM (Zeldes 2017, CC BY, CC BY-SA).",
    ]
    (DATA / "frequencies.tsv").write_text("\n".join([*head, f"*\t{total}", *(f"{c}\t{n}" for c, n in sorted(counts.items()))]) + "\n", "utf-8")
    print(f"{len(counts)} concepts over {total} texts")


def proposed(some: Sequence[statements.Statement], sides: Sequence[object]) -> Iterator[tuple[statements.Statement, statements.Statement]]:
    """The pairs that the index proposes."""
    for i, j in meetings.candidates(some, sides):
        yield some[i], some[j]


def event_examples(some: Sequence[stories.Story]) -> list[Example]:
    """Statements of different articles: of one story, and of different ones."""
    made = [s for story in some for r in story.readings for s in statements.statements(statements.page(r))]
    return [(v, y) for v, y, _ in _events(made, {s.ref.article: s.ref.article.partition("/")[0] for s in made})]


@cache
def ecb_events() -> list[Example]:
    """Sentences of different ECB+ articles: of one event (1), of any two (0), and for a tenth of two events of a kind (0)."""
    home, made = {}, []
    for topic, name, sentences, marked in ecb_documents():
        page = statements.page(Reading(stories.GOLD, Article(name, name, "\n".join(sentences))))
        home[name] = topic
        start = 0
        for number, sentence in enumerate(sentences):
            if number in marked:
                made.append(statements.passage(page, start, start + len(sentence)))
            start += len(sentence) + 1
    found = _events(made, home)
    draw = random.Random(3)
    kinds: dict[int, list[Example]] = {0: [], 1: [], 2: []}
    for v, y, (x, z) in found:
        kinds[0 if y else 1 if x.rstrip("+") == z.rstrip("+") else 2].append((v, y))
    return [e for kind, share in ((0, 0.5), (1, 0.05), (2, 0.45)) for e in draw.sample(kinds[kind], min(len(kinds[kind]), round(share * ECB_PAIRS)))]


def _events(made: list[statements.Statement], home: dict[str, str]) -> list[tuple[dict[str, float], float, tuple[str, str]]]:
    known: dict[tuple[str, str], dict[str, float]] = {}
    found = []
    for a, b in proposed(made, [s.ref.article for s in made]):
        key = (a.ref.article, b.ref.article)
        if key not in known:
            known[key] = alike(a.page, b.page)
        pair = (home[key[0]], home[key[1]])
        found.append((event(a, b, known[key]), float(pair[0] == pair[1]), pair))
    return found


@cache
def ecb_documents() -> list[tuple[str, str, list[str], dict[int, set[str]]]]:
    """All of ECB+."""
    return list(ecb(SHARED / "data" / "stories" / "ecbplus.tar.gz"))


def stranger(story: stories.Story) -> claims.ClaimEncoder:
    """An encoder that has not seen a story."""
    return _encoder([s.name for s in all_stories()].index(story.name) % claims.FOLDS)


@cache
def all_stories() -> list[stories.Story]:
    """The open stories."""
    return stories.load()


@cache
def _encoder(fold: int) -> claims.ClaimEncoder:
    return claims.ClaimEncoder(ROOT / "build" / "claims" / str(fold))


@dataclass(frozen=True)
class Examples:
    """What one story shows: for each pair of its reports the features of all pairs of statements as (n, m, F), and whether they match; and quotations."""

    meetings: tuple[tuple[np.ndarray, np.ndarray], ...]
    quotes: tuple[Example, ...]


@cache
def examples(story: stories.Story, *, by_meaning: bool) -> Examples:
    """All of one story."""
    wanted = story.pairs()
    made = [s for r in story.readings for s in statements.statements(statements.page(r))]
    near = Nearness(made, stranger(story)) if by_meaning else None
    met, quotes = [], []
    for left, right, _ in meetings.meetings(made, [s.ref.article for s in made]):
        nearness = near.between(left, right) if near else ()
        features, outcome = np.zeros((len(left), len(right), len(CLAIM))), np.zeros((len(left), len(right)))
        for m, i in enumerate(left):
            for n, j in enumerate(right):
                a, b = made[i], made[j]
                pairing = measure(a, b, *(float(one[m, n]) for one in nearness))
                kind = wanted.get(frozenset((a.ref, b.ref)))
                features[m, n], outcome[m, n] = list(pairing.claim.values()), kind is not None
                if pairing.quote:
                    quotes.append((pairing.quote, float(kind == "same quote")))
                if matching.may_not(a, b, pairing):
                    outcome[m, n] = np.nan  # never matched, whatever it looks like
        met.append((features, outcome))
    return Examples(tuple(met), tuple(quotes))


@cache
def cut_quotes(seed: int = 1) -> list[Example]:
    """Quote examples made from the quotations of the own gold texts: shortened, cut in the middle or with words dropped, against others of the same text."""
    draw = random.Random(seed)
    found = []
    for text in gold_texts.load():
        quotes = [tokens(" ".join(text.text[a:b] for a, b in g["content"])) for g in text.attributions if any(text.text[a] in "“\"‘'" for a, _ in g["content"])]
        for k, words in enumerate(quotes):
            found += [(_quote_features(words, other, same=draw.random() < 0.5), 0.0) for other in quotes[:k]]
            if len(words) < 5:
                continue
            start = draw.randrange(0, len(words) // 2)
            piece = words[start : start + max(3, round(len(words) * draw.uniform(0.3, 1)))]
            if len(piece) > 6 and draw.random() < 0.5:
                drop = draw.randrange(2, len(piece) - 2)
                piece = piece[:drop] + piece[drop + draw.randrange(1, 3) :]
            found.append((_quote_features(words, piece, same=draw.random() < 0.5), 1.0))
            found.append((_quote_features(words, piece, other=True), float(len(piece) >= matching.ALONE)))
            two = words[start : start + draw.randrange(1, 4)]
            found.append((_quote_features(words, two, other=True), 0.0))  # two people use the same two words
            found.append((_quote_features(words, two, same=True), 1.0))
    return found


def _quote_features(a: Sequence[str], b: Sequence[str], *, same: bool = False, other: bool = False) -> dict[str, float]:
    shared = common(a, b)
    return {
        "coverage": shared.coverage, "words in common": np.log1p(shared.count) / 4, "longest run": np.log1p(shared.longest) / 4, "shared": np.log1p(mass(set(concepts(shared.words)))) / 4,
        "same source": float(same), "other source": float(other), "short and other": other / shared.longest if shared.longest else float(other),
    }  # fmt: skip


def as_table(examples: Sequence[Example], names: Sequence[str], weight: float) -> Table:
    return np.array([[v[n] for n in names] for v, _ in examples]).reshape(len(examples), len(names)), np.array([y for _, y in examples]), np.full(len(examples), weight)


def fit(tables: Sequence[Table], names: Sequence[str]) -> dict[str, float]:
    """Ridge logistic regression by Newton's method; a weight whose sign makes no sense is dropped, and the rest fitted again."""
    x, y, w = (np.concatenate(parts) for parts in zip(*tables, strict=True))
    kept = [n for n in names if np.ptp(x[:, names.index(n)]) > 0]
    while True:
        z = np.c_[x[:, [names.index(n) for n in kept]], np.ones(len(x))]
        beta = np.zeros(z.shape[1])
        penalty = np.r_[np.full(len(kept), RIDGE), 0.0]
        for _ in range(60):
            before = beta
            p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
            beta = beta - np.linalg.solve((z * (w * p * (1 - p))[:, None]).T @ z + np.diag(penalty + 1e-9), z.T @ (w * (p - y)) + penalty * beta)
            if np.abs(beta - before).max() < 1e-7:
                break
        bad = [n for n, b in zip(kept, beta, strict=False) if b * SIGNS.get(n, b) < 0]
        if not bad:
            return {"bias": round(float(beta[-1]), 4), **{n: round(float(b), 4) for n, b in zip(kept, beta, strict=False)}}
        worst = min(bad, key=lambda n: beta[kept.index(n)] * SIGNS[n])
        kept.remove(worst)


def models(train: Sequence[stories.Story], *, by_meaning: bool) -> dict[str, dict[str, float]]:
    """All models, fitted on some stories, ECB+ and cut quotations."""
    some = [examples(story, by_meaning=by_meaning) for story in train]
    quotes = [q for one in some for q in one.quotes]
    events = event_examples(train)
    return {
        "event": fit([as_table(events, EVENT, len(ecb_events()) / len(events)), as_table(ecb_events(), EVENT, 1.0)], EVENT),
        "claim": claim_model(some, by_meaning=by_meaning),
        "rivals": rivals_model(some, by_meaning=by_meaning),
        "quote": fit([as_table(quotes, list(QUOTE), 1.0), as_table(cut_quotes(), list(QUOTE), 0.5 * len(quotes) / max(1, len(cut_quotes())))], list(QUOTE)),
    }


def claim_model(some: Sequence[Examples], *, by_meaning: bool) -> dict[str, float]:
    """Whether two statements by themselves make one claim."""
    names = [n for n in CLAIM if by_meaning or n not in MEANING]
    columns = [list(CLAIM).index(n) for n in names]
    x = np.concatenate([f.reshape(-1, f.shape[-1]) for one in some for f, _ in one.meetings])[:, columns]
    y = np.concatenate([o.ravel() for one in some for _, o in one.meetings])
    known = ~np.isnan(y)
    return fit([(x[known], y[known], evenly(some))], names)


def evenly(some: Sequence[Examples]) -> np.ndarray:
    """Weights of all pairs that may be matched, 1 on average, by which each story counts the same: else the few with most statements, whose pairs are their square, would settle all."""
    sizes = np.array([sum(int((~np.isnan(outcome)).sum()) for _, outcome in one.meetings) for one in some])
    return np.repeat(sizes.sum() / np.count_nonzero(sizes) / np.maximum(sizes, 1), sizes)


def rivals_model(some: Sequence[Examples], *, by_meaning: bool) -> dict[str, float]:
    """Whether they still do beside their rivals, by scores of claim models that were fitted without the story (in FOLDS parts)."""
    rows, outcomes = [], []
    for part in range(FOLDS):
        model = claim_model([one for k, one in enumerate(some) if k % FOLDS != part], by_meaning=by_meaning)
        for one in some[part::FOLDS]:
            for features, outcome in one.meetings:
                values, known = beside_rivals(features, outcome, model)
                rows.append(values[known])
                outcomes.append(outcome[known])
    in_turn = [one for part in range(FOLDS) for one in some[part::FOLDS]]
    return fit([(np.concatenate(rows), np.concatenate(outcomes), evenly(in_turn))], RIVALS)


def beside_rivals(features: np.ndarray, outcome: np.ndarray, model: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    """Log odds and margins of the pairs of two reports as (n, m, 3), and which of the pairs may be matched."""
    known = ~np.isnan(outcome)
    odds = features @ np.array([model.get(n, 0.0) for n in CLAIM]) + model["bias"]
    odds = np.where(known, np.clip(odds, matching.UNLIKE, -matching.UNLIKE), matching.UNLIKE)
    return np.stack([odds, *matching.margins(odds)], axis=-1), known


FOLDS = 5


def calibration(examples: Sequence[tuple[float, float]], bins: int = 10) -> float:
    """Expected calibration error over bins of equal size."""
    order = np.array_split(np.array(sorted(examples)), bins)
    return float(sum(len(k) * abs(k[:, 0].mean() - k[:, 1].mean()) for k in order if len(k)) / len(examples))


def check() -> None:
    """Leave a fold of the stories out, the one that its encoder has not seen: fit on the others, score each of the fold."""
    some = all_stories()
    shown = some[: int(sys.argv[sys.argv.index("--first") + 1])] if "--first" in sys.argv else some
    reader = reportedly.Reader() if "--own" in sys.argv else None
    for by_meaning in (False, True):
        totals = [stories.Score(collections.Counter(), collections.Counter(), collections.Counter(), []) for _ in ((None, reader) if reader else (None,))]
        held: list[tuple[float, float]] = []
        parts = [models([s for k, s in enumerate(some) if k % claims.FOLDS != fold], by_meaning=by_meaning) for fold in range(claims.FOLDS)]
        for k, story in enumerate(shown):
            made = parts[k % claims.FOLDS]
            original = matching._weights  # noqa: SLF001 - the seam between fitting and using
            matching._weights = lambda _name, made=made: made  # type: ignore[assignment]  # noqa: SLF001
            for total, by in zip(totals, (None, reader), strict=False):
                one = stories.score([story], by, embedder=stranger(story) if by_meaning else None)
                for mine, theirs in ((total.hits, one.hits), (total.given, one.given), (total.gold, one.gold)):
                    mine.update(theirs)
                total.misses.extend(one.misses)
            matching._weights = original  # noqa: SLF001
            for features, outcome in examples(story, by_meaning=by_meaning).meetings:
                values, known = beside_rivals(features, outcome, made["claim"])
                scores = 1 / (1 + np.exp(-(values[known] @ np.array([made["rivals"].get(n, 0.0) for n in RIVALS]) + made["rivals"]["bias"])))
                held += list(zip(scores.tolist(), outcome[known].tolist(), strict=True))
        for total, read in zip(totals, ("gold readings", "its own readings"), strict=False):
            stories.report(f"each of {len(shown)} stories, fitted without its fold, by words{' and meaning' if by_meaning else ''}, {read}", total)
        print(f"  calibration error of claims {calibration(held):.3f} over {len(held)} pairs, {sum(y for _, y in held):.0f} of them matched")
        if "--misses" in sys.argv:
            print("\n".join(totals[0].misses))


def weights() -> None:
    """Fit on all and write."""
    made = {claims.MODEL if by_meaning else "words": models(all_stories(), by_meaning=by_meaning) for by_meaning in (False, True)}
    note = "Made by training/compare.py weights from ECB+ (CC BY 3.0) and the project's own stories and gold texts."
    (DATA / "weights.json").write_text(json.dumps({"note": note, "models": made}, indent=1) + "\n", "utf-8")
    print(json.dumps(made, indent=1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["frequencies", "weights", "check"])
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--own", action="store_true")
    parser.add_argument("--first", type=int)
    {"frequencies": frequencies, "weights": weights, "check": check}[parser.parse_args().what]()


if __name__ == "__main__":
    main()
