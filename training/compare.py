"""Fit what `reportedly.compare` knows from data: how much each word tells, and the weights of a match's score.

    export PYTHONPATH=benchmarks
    python training/compare.py frequencies    # writes src/reportedly/compare/data/frequencies.tsv
    python training/compare.py weights        # writes src/reportedly/compare/data/weights.json
    python training/compare.py check          # fits without one story at a time, and scores that one

Open data only: ECB+ (Cybulska and Vossen 2014, CC BY 3.0) and the documents of GUM whose text is under CC BY or
CC BY-SA, for frequencies; ECB+ and this project's own stories (benchmarks/stories/open) for weights. Of their texts nothing is kept but
how many documents a stem stands in.

The pairs fitted on are those that the index proposes, so that a score is a probability among them. In ECB+ two
sentences of different articles make the same claim when most of the events annotated in the lesser are events
of the other, and make none when they share no event; what lies between is left out. ECB+ weighs as much as the stories
do, whatever its size, and only fits the claim model. Pairs of quotations are those of the stories and of quotations
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
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

import gold as gold_texts
import stories
from reportedly.compare import matching, statements
from reportedly.compare.features import CLAIM, EVENT, QUOTE, alike, common, event, measure
from reportedly.compare.words import concepts, mass, tokens
from reportedly.values import Article, Reading
from shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportedly.compare.results import Ref

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "reportedly" / "compare" / "data"
RIDGE = 0.3
SIGNS = {
    "overlap": 1, "focus": 1, "beyond names": 1, "likeness": 1, "shared": 1, "rarest": 1, "order": 1, "run": 1, "quoted": 1, "names": 1, "figures": 1, "units": 1, "same source": 1, "same source beyond names": 1,
    "coverage": 1, "words in common": 1, "longest run": 1, "other source": -1, "short and other": -1, "contained": 1, "names contained": 1,
}  # fmt: skip
ECB_PAIRS = 8000  # drawn from all, which are many times more of the same
LEAST_COUNT = 3  # a word in fewer documents tells as much as one in none

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
    for i, j in matching.candidates(some, sides):
        yield some[i], some[j]


def story_pairs(story: stories.Story) -> tuple[list[tuple[dict[str, float], float]], list[tuple[dict[str, float], float]]]:
    """Claim and quote examples of one story: features and outcome of every pair proposed."""
    return examples([story])


def event_examples(some: Sequence[stories.Story]) -> list[tuple[dict[str, float], float]]:
    """Statements of different articles: of one story, and of different ones."""
    made = [s for story in some for r in story.readings for s in statements.statements(statements.page(r))]
    return [(v, y) for v, y, _ in _events(made, {s.ref.article: s.ref.article.partition("/")[0] for s in made})]


def ecb_events() -> list[tuple[dict[str, float], float]]:
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
    kinds: dict[int, list[tuple[dict[str, float], float]]] = {0: [], 1: [], 2: []}
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


def examples(some: Sequence[stories.Story]) -> tuple[list[tuple[dict[str, float], float]], list[tuple[dict[str, float], float]]]:
    """Claim and quote examples of stories, each by itself."""
    claims, quotes = [], []
    for story in some:
        wanted = story.pairs()
        made = [s for r in story.readings for s in statements.statements(statements.page(r))]
        _measured(made, wanted, claims, quotes)
    return claims, quotes


def _measured(made: list[statements.Statement], wanted: dict[frozenset[Ref], str], claims: list[tuple[dict[str, float], float]], quotes: list[tuple[dict[str, float], float]]) -> None:
    for a, b in proposed(made, [s.ref.article for s in made]):
        pairing = measure(a, b)
        kind = wanted.get(frozenset((a.ref, b.ref)))
        claims.append((pairing.claim, float(kind is not None)))
        if pairing.quote:
            quotes.append((pairing.quote, float(kind == "same quote")))


def ecb_pairs() -> list[tuple[dict[str, float], float]]:
    """Claim examples of ECB+."""
    topics: dict[str, list[statements.Statement]] = collections.defaultdict(list)
    events: dict[Ref, set[str]] = {}
    for topic, name, sentences, marked in ecb_documents():
        text = "\n".join(sentences)
        page = statements.page(Reading(stories.GOLD, Article(name, name, text)))
        start = 0
        for number, sentence in enumerate(sentences):
            if number in marked:
                made = statements.passage(page, start, start + len(sentence))
                events[made.ref] = marked[number]
                topics[topic].append(made)
            start += len(sentence) + 1
    found = []
    for some in topics.values():
        for a, b in proposed(some, [s.ref.article for s in some]):
            both = events[a.ref] & events[b.ref]
            share = len(both) / min(len(events[a.ref]), len(events[b.ref]))
            if not both or share > 0.5:
                found.append((measure(a, b).claim, float(bool(both))))
    return random.Random(1).sample(found, min(len(found), ECB_PAIRS))


def cut_quotes(seed: int = 1) -> list[tuple[dict[str, float], float]]:
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


def as_table(examples: Sequence[tuple[dict[str, float], float]], names: Sequence[str], weight: float) -> Table:
    return np.array([[v[n] for n in names] for v, _ in examples]).reshape(len(examples), len(names)), np.array([y for _, y in examples]), np.full(len(examples), weight)


def fit(tables: Sequence[Table], names: Sequence[str]) -> dict[str, float]:
    """Ridge logistic regression by Newton's method; a weight whose sign makes no sense is dropped, and the rest fitted again."""
    x, y, w = (np.concatenate(parts) for parts in zip(*tables, strict=True))
    kept = [n for n in names if n != "meaning" and np.ptp(x[:, names.index(n)]) > 0]
    while True:
        z = np.c_[x[:, [names.index(n) for n in kept]], np.ones(len(x))]
        beta = np.zeros(z.shape[1])
        penalty = np.r_[np.full(len(kept), RIDGE), 0.0]
        for _ in range(60):
            p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
            beta -= np.linalg.solve((z * (w * p * (1 - p))[:, None]).T @ z + np.diag(penalty + 1e-9), z.T @ (w * (p - y)) + penalty * beta)
        bad = [n for n, b in zip(kept, beta, strict=False) if b * SIGNS.get(n, b) < 0]
        if not bad:
            return {"bias": round(float(beta[-1]), 4), **{n: round(float(b), 4) for n, b in zip(kept, beta, strict=False)}}
        worst = min(bad, key=lambda n: beta[kept.index(n)] * SIGNS[n])
        kept.remove(worst)


def models(train: Sequence[stories.Story], open_events: list[tuple[dict[str, float], float]], broad: list[tuple[dict[str, float], float]], cut: list[tuple[dict[str, float], float]]) -> dict[str, dict[str, float]]:
    """All models, fitted on some stories, ECB+ and cut quotations."""
    claims, quotes = examples(train)
    events = event_examples(train)
    names, quote_names = list(CLAIM), list(QUOTE)
    return {
        "event": fit([as_table(events, EVENT, len(open_events) / len(events)), as_table(open_events, EVENT, 1.0)], EVENT),
        "claim": fit([as_table(claims, names, 1.0), as_table(broad, names, ECB_SHARE * len(claims) / max(1, len(broad)))], names),
        "quote": fit([as_table(quotes, quote_names, 1.0), as_table(cut, quote_names, 0.5 * len(quotes) / max(1, len(cut)))], quote_names),
    }


ECB_SHARE = 0.1  # of the weight of the stories' own pairs; 0 to 0.5 were tried, with little between them


def calibration(examples: Sequence[tuple[float, float]], bins: int = 10) -> float:
    """Expected calibration error over bins of equal size."""
    order = np.array_split(np.array(sorted(examples)), bins)
    return float(sum(len(k) * abs(k[:, 0].mean() - k[:, 1].mean()) for k in order if len(k)) / len(examples))


def check() -> None:
    """Leave one story out: fit on the others, score the one."""
    some = stories.load()
    events, broad, cut = ecb_events(), ecb_pairs(), cut_quotes()
    total = stories.Score(collections.Counter(), collections.Counter(), collections.Counter(), [])
    held: list[tuple[float, float]] = []
    for k, story in enumerate(some):
        made = models(some[:k] + some[k + 1 :], events, broad, cut)
        matching._weights.cache_clear()  # noqa: SLF001 - the seam between fitting and using
        original = matching._weights  # noqa: SLF001
        matching._weights = lambda _name, made=made: made  # type: ignore[assignment]  # noqa: SLF001
        one = stories.score([story])
        matching._weights = original  # noqa: SLF001
        for mine, theirs in ((total.hits, one.hits), (total.given, one.given), (total.gold, one.gold)):
            mine.update(theirs)
        total.misses.extend(one.misses)
        held += [(matching.logistic(v, made["claim"]), y) for v, y in story_pairs(story)[0]]
    stories.report(f"each of {len(some)} stories, fitted without it", total)
    print(f"  calibration error of claims {calibration(held):.3f} over {len(held)} pairs, {sum(y for _, y in held):.0f} of them matched")
    if "--misses" in sys.argv:
        print("\n".join(total.misses))


def weights() -> None:
    """Fit on all and write."""
    made = models(stories.load(), ecb_events(), ecb_pairs(), cut_quotes())
    note = "Made by training/compare.py weights from ECB+ (CC BY 3.0) and the project's own stories and gold texts."
    (DATA / "weights.json").write_text(json.dumps({"note": note, "models": {"words": made}}, indent=1) + "\n", "utf-8")
    print(json.dumps(made, indent=1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["frequencies", "weights", "check"])
    parser.add_argument("--misses", action="store_true")
    {"frequencies": frequencies, "weights": weights, "check": check}[parser.parse_args().what]()


if __name__ == "__main__":
    main()
