"""How sure, and how the voice stands to it: correlation on the factuality corpora, F1 by code on the project's own gold.

    python benchmarks/factuality.py [--part dev] [--gold open|frozen] [--show CODE|STANCE] [--most N]
    python benchmarks/factuality.py --gold standoff      totals on real articles, the mean against both passes

Corpora: Pearson's r and the mean absolute error of `commitment` on UDS-IH2 and UW (and MV2 and RP), each predicate on the
scale of its corpus; the same for the grades of the encoder that ships, and for the mean of both, standardised.

Gold: benchmarks/reports, gold spans; macro-F1 is the mean over the codes that occur, so that a constant scores near nothing;
the rows "always ..." show it. --show prints the errors of one code or stance of the gold.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportedly import values
from reportedly.reader.certainty.commitment import Scale, commitment
from reportedly.reader.certainty.factuality import factuality
from reportedly.reader.certainty.stance import stance
from reportedly.reader.encoder import OnnxEncoder
from reportedly.reader.encoding import encode
from reportedly.reader.windows import score
from reports import load
from shared import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reports import Report

REPORTS = Path(__file__).with_name("reports")
SCALES: dict[str, Scale] = {"uds_ih2": "uds", "uw": "uw", "mv2": "uw", "rp": "uw"}
NO_SPACE_BEFORE = re.compile(r"[,.;:!?%)\]}]+$|n't$|'\w*$|''$")
TARGETS = {"uds_ih2": 0.78, "uw": 0.75}


class Case(NamedTuple):
    """One attribution of the gold, with the spans that the gold has."""

    report: str
    text: str
    factuality: str
    stance: str
    attribution: values.Attribution


def predicates(corpus: str, part: str) -> Iterator[tuple[str, int, int, float]]:
    """Each predicate of a corpus: sentence, its start and end in characters, the label."""
    for line in (SHARED / "data" / "factuality" / corpus / f"{part}.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        words = record["text"].split(" ")
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word) + 1)
        for target in record["targets"]:
            a, b = target["span1"]
            yield record["text"], starts[a], starts[b] - 1, float(target["label"])


def pearson(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's correlation; 0 for a constant."""
    return float(np.corrcoef(a, b)[0, 1]) if a.std() and b.std() else 0.0


def grades(corpus: str, part: str) -> np.ndarray:
    """What the shipped encoder says of the same predicates; tokens are set as in print, as they were in its training."""
    encoder = OnnxEncoder()
    out = []
    for line in (SHARED / "data" / "factuality" / corpus / f"{part}.jsonl").open(encoding="utf-8"):
        record = json.loads(line)
        text, starts, after = "", [], ""
        for token in record["text"].split(" "):
            text += " " if text and after not in ("(", "[", "$", "``") and not NO_SPACE_BEFORE.match(token) else ""
            starts.append(len(text))
            text += token
            after = token
        encoded = encode(text, encoder.tokenizer)
        sure = score(encoded, encoder, encoder.tokenizer).grades
        out += [sure[int(np.searchsorted(encoded.words[:, 1], starts[t["span1"][0]], "right"))] for t in record["targets"]]
    return np.array(out)


def correlations(part: str) -> None:
    """The table of the corpora."""
    print("| corpus | predicates | r | MAE | MAE of the median | target r |\n|---|---|---|---|---|---|")
    for corpus, scale in SCALES.items():
        rows = list(predicates(corpus, part))
        gold = np.array([label for *_, label in rows])
        found = np.array([commitment(sentence, start, end, scale) for sentence, start, end, _ in rows])
        constant = np.abs(gold - np.median(gold)).mean()
        model = grades(corpus, part)
        both = (found - found.mean()) / found.std() + (model - model.mean()) / model.std()
        print(f"| {corpus} {part}, rules | {len(rows)} | {pearson(found, gold):.3f} | {np.abs(found - gold).mean():.3f} | {constant:.3f} | {TARGETS.get(corpus, '')} |")
        print(f"| {corpus} {part}, encoder | {len(rows)} | {pearson(model, gold):.3f} | {np.abs(model - gold).mean():.3f} | {constant:.3f} | {TARGETS.get(corpus, '')} |")
        print(f"| {corpus} {part}, mean of both | {len(rows)} | {pearson(both, gold):.3f} | | | {TARGETS.get(corpus, '')} |")


def gold_cases(golds: Iterable[Report]) -> list[Case]:
    """Attributions of gold reports, with gold spans."""

    def spans(places: Iterable[tuple[int, int]]) -> tuple[values.Span, ...]:
        return tuple(values.Span(*place) for place in places)

    return [
        Case(
            report.name,
            report.text,
            a.factuality,
            a.stance,
            values.Attribution(a.id, a.source, spans(a.source_span), spans(a.cue), spans(a.content), manner=a.manner, score=1.0, via=a.via, parent=a.parent),
        )
        for report in golds
        for a in report.attributions
    ]


def pairs_of(cases: Iterable[Case]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Of factuality and of stance: what the gold has, what the program says."""
    rows = [(case.factuality, factuality(case.text, case.attribution), case.stance, stance(case.text, case.attribution)) for case in cases]
    return [row[:2] for row in rows], [row[2:] for row in rows]


def stand_off() -> None:
    """Macro-F1 on the real articles against either pass and in the mean; and of one pass against the other, of the attributions that both have."""
    from voices import passes

    golds = passes()
    both: dict[str, list[float]] = {"factuality": [], "stance": []}
    for gold in golds:
        cases = gold_cases(gold)
        for name, pairs in zip(both, pairs_of(cases), strict=True):
            both[name].append(f1(pairs)[0])
    for name, values_ in both.items():
        agreed = []
        for one, other in (golds, golds[::-1]):
            there = {(b.name, a.content): getattr(a, name) for b in other for a in b.attributions}
            agreed.append(f1([(getattr(a, name), there[b.name, a.content]) for b in one for a in b.attributions if (b.name, a.content) in there])[0])
        print(f"{name}: macro-F1 {values_[0]:.3f} and {values_[1]:.3f}, mean {sum(values_) / 2:.3f}; the two passes with each other {sum(agreed) / 2:.3f}")
    print(f"attributions: {', '.join(str(sum(len(r.attributions) for r in gold)) for gold in golds)}")


def f1(pairs: Iterable[tuple[str, str]]) -> tuple[float, dict[str, tuple[int, int, int, float]]]:
    """Macro-F1 over the codes that occur in the gold, and (gold, found, right, F1) for each."""
    counts = collections.Counter(pairs)
    table = {}
    for code in sorted({gold for gold, _ in counts}):
        gold = sum(n for (a, _), n in counts.items() if a == code)
        found = sum(n for (_, b), n in counts.items() if b == code)
        right = counts[code, code]
        table[code] = (gold, found, right, 2 * right / (gold + found))
    return sum(row[3] for row in table.values()) / max(1, len(table)), table


def report(name: str, pairs: list[tuple[str, str]], constant: str) -> None:
    """F1 by code, the macro-F1, the share right, and the confusions."""
    macro, table = f1(pairs)
    always, _ = f1([(gold, constant) for gold, _ in pairs])
    print(f"\n{name}: macro-F1 {macro:.3f}, right {sum(a == b for a, b in pairs) / max(1, len(pairs)):.3f} of {len(pairs)}; always {constant}: macro-F1 {always:.3f}\n")
    codes = sorted({code for pair in pairs for code in pair})
    print("| gold | n | found | right | F1 | " + " | ".join(f"as {code}" for code in codes) + " |")
    print("|---" * (5 + len(codes)) + "|")
    counts = collections.Counter(pairs)
    for code, (gold, found, right, value) in table.items():
        print(f"| {code} | {gold} | {found} | {right} | {value:.2f} | " + " | ".join(str(counts[code, other] or "") for other in codes) + " |")


def show(cases: list[Case], pairs: list[tuple[str, str]], code: str, most: int) -> None:
    """Errors in which the gold has this code or the program gives it."""
    wrong = [(case, pair) for case, pair in zip(cases, pairs, strict=True) if pair[0] != pair[1] and code in pair]
    for case, (gold, found) in wrong[:most]:
        a = case.attribution
        source, cue, content = (" … ".join(case.text[s.start : s.end] for s in spans) for spans in (a.source_spans, a.cue_spans, a.content_spans))
        print(f"\n{case.report} {a.id}: {found}, gold {gold}\n  [{source}] <{cue}> {content!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--gold", choices=["open", "frozen", "standoff"], default="open")
    parser.add_argument("--reports", type=Path, default=REPORTS, help="the folder of the gold")
    parser.add_argument("--show")
    parser.add_argument("--most", type=int, default=40)
    options = parser.parse_args()
    if options.gold == "standoff":
        stand_off()
        return
    if options.show is None and (SHARED / "data" / "factuality").is_dir():
        correlations(options.part)
    if not options.reports.is_dir():
        return
    cases = gold_cases(load(options.gold, options.reports))
    sure, stands = pairs_of(cases)
    if options.show is not None:
        show(cases, stands if options.show in ("neutral", "endorses", "distances", "disputes") else sure, options.show, options.most)
        return
    report("factuality", sure, "CT+")
    report("stance", stands, "neutral")


if __name__ == "__main__":
    main()
