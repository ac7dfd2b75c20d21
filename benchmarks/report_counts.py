"""How many of what there are in the gold of sources, chains and certainty, as the tables of reports/README.md.

python benchmarks/report_counts.py [open|frozen]
"""

from __future__ import annotations

import collections
import sys
from typing import TYPE_CHECKING

import reports

if TYPE_CHECKING:
    from collections.abc import Iterable


def counts(found: Iterable[reports.Report]) -> str:
    """What is in the reports, as the Markdown tables of reports/README.md."""
    gold = list(found)
    attributions = [a for r in gold for a in r.attributions]
    sources = [s for r in gold for s in r.sources]
    rows = {
        "reports": len(gold),
        "words": sum(len(r.text.split()) for r in gold),
        "sources": len(sources),
        "mentions": sum(len(s.mentions) for s in sources),
        "attributions": len(attributions),
        "of these, without a source": sum(a.source is None for a in attributions),
        "of these, through somebody (via)": sum(bool(a.via) for a in attributions),
        "of these, inside another (parent)": sum(a.parent is not None for a in attributions),
        "reports with a chain": sum(any(a.via for a in r.attributions) for r in gold),
        "reports with one inside another": sum(any(a.parent for a in r.attributions) for r in gold),
        "times": sum(len(r.times) for r in gold),
        "figures": sum(len(r.figures) for r in gold),
        "writer's own words": sum(len(r.voice) for r in gold),
    }
    lines = ["| what | how many |", "|---|---|", *(f"| {what} | {number} |" for what, number in rows.items()), "", "| code | counts |", "|---|---|"]
    for code in ("kind", "identity", "manner", "factuality", "stance"):
        tally = collections.Counter(getattr(row, code) for row in (*sources, *attributions) if hasattr(row, code))
        lines.append(f"| {code} | {', '.join(f'{name} {tally[name]}' for name in reports.CODES[code])} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(counts(reports.load(sys.argv[1] if len(sys.argv) > 1 else None)))
