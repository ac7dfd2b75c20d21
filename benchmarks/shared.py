"""What the benchmarks share: where the shared data and scorers lie, and attributions in their form.

They lie beside the checkout, or where REPORTEDLY_SHARED says.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import reportedly

SHARED = Path(os.environ.get("REPORTEDLY_SHARED") or Path(__file__).resolve().parents[2] / "shared")


def shared_scorer() -> Any:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_attributions", SHARED / "tools" / "score_attributions.py")
    module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(module)  # type: ignore[union-attr]
    return module


def as_gold(a: reportedly.Attribution) -> dict[str, list[list[int]]]:
    """An attribution in the scorer's form."""
    return {role: [[s.start, s.end] for s in spans] for role, spans in (("source", a.source_spans), ("cue", a.cue_spans), ("content", a.content_spans))}


def outer(reading: reportedly.Reading) -> list[reportedly.Attribution]:
    """Attributions that stand in no other: the corpus has no nesting."""
    return [a for a in reading.attributions if a.parent is None]
