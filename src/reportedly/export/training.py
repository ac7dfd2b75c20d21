"""Records as training/ loads them (training/corrected.py): one article a line, its text, its attributions as spans, and what else a stage learns from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from reportedly.values import Reading, Span

# What of a record something in training/ is fitted to, and what nothing is: rules and word lists give that, and the record keeps it for whoever measures them.
USED = {
    "spans of sources, cues and contents, and which belong together": "train.py", "certainty": "train.py, commitment.py", "which mentions are one source": "pronouns.py",
}  # fmt: skip
UNUSED = ("manner", "stance", "chains", "statements inside statements", "kinds, names and descriptions of sources", "who speaks for whom", "times", "figures", "the writer's voice", "matches", "origins")
CANNOT = (
    "Scores, links and warnings are not in a training record. Whatever is not listed in a record counts as not there, so give only articles that were looked through. "
    f"Fitted to it are {'; '.join(f'{what} ({by})' for what, by in USED.items())}. Nothing is fitted yet to {', '.join(UNUSED)}."
)


def record(reading: Reading, said: Sequence[Mapping[str, Any]] = (), *, complete: bool = False) -> dict[str, Any]:
    """One article: attributions as spans with their codes, sources, times, figures and the writer's voice.

    `said` is what people said of it, one a change in their order, with the program's own answer; it is kept as it is given.
    What it says of a statement or a source last stands there too, as `said`. `complete`: somebody looked at every statement.
    """
    plain: dict[str, Any] = msgspec.to_builtins(reading)
    last = {c["target"]: c["verdict"] for c in said}
    last |= {c["answer"]["id"]: "merged" for c in said if last[c["target"]] == c["verdict"] == "merged"}
    attributions = [
        {
            "id": a.id, "source": _pairs(a.source_spans), "cue": _pairs(a.cue_spans), "content": _pairs(a.content_spans), "by": a.source, "via": list(a.via), "parent": a.parent,
            "manner": a.manner, "factuality": a.factuality, "stance": a.stance, "said": last.get(a.id),
        }
        for a in reading.attributions
    ]  # fmt: skip
    sources = [{**s, "said": last.get(s["id"])} for s in plain["sources"]]
    marks = {key: plain[key] for key in ("times", "figures", "voice")}
    about = {"id": reading.article.id, "text": reading.article.text, "published": reading.article.published, "complete": complete}
    return {**about, "attributions": attributions, "sources": sources, **marks, **({"corrections": list(said)} if said else {})}


def write(readings: Sequence[Reading], said: Mapping[str, Sequence[Mapping[str, Any]]] | None = None, complete: AbstractSet[str] = frozenset()) -> bytes:
    """One record a line; `said` is what people said of articles, by id; `complete` are ids of those of which every statement was looked at."""
    records = (record(r, (said or {}).get(r.article.id, ()), complete=r.article.id in complete) for r in readings)
    return b"".join((json.dumps(one, ensure_ascii=False) + "\n").encode("utf-8", "replace") for one in records)


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]
