"""Short reports for tests of comparing: marked text (as in benchmarks/stories) to a reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from stories import reading

if TYPE_CHECKING:
    from reportedly.values import Reading

MAYOR = {"name": "Mayor Ana Ruiz", "kind": "person", "identity": "named"}
POLICE = {"description": "the police", "kind": "organisation", "identity": "unnamed"}
INSIDER = {"description": "a person close to the company", "kind": "person", "identity": "anonymous"}


def report(letter: str, *text: str, sources: dict[str, dict[str, Any]], said: dict[str, str | None] | None = None, title: str = "News of the day", **more: Any) -> Reading:
    """One report. `said` maps statement numbers to sources; by default each statement is the first source's. `via`, `parent` and the like are dicts by number."""
    numbers = sorted({m for paragraph in (title, *text) for m in _numbers(paragraph)}, key=int)
    said = said or dict.fromkeys(numbers, next(iter(sources), None))
    fields = {key: more.pop(key) for key in ("via", "parent", "factuality", "stance") if key in more}
    statements = {n: {"source": said[n], **{key: by[n] for key, by in fields.items() if n in by}} for n in numbers}
    return reading("test", {"id": letter, "outlet": more.pop("outlet", f"Outlet {letter}"), "title": title, "text": list(text), "sources": sources, "statements": statements, **more})


def _numbers(marked: str) -> list[str]:
    import re

    return re.findall(r"⟦t(\d+)\|", marked)


def told(letter: str, words: str, source: dict[str, Any] = MAYOR, cue: str = "said", **more: Any) -> Reading:
    """A report of one statement."""
    label = source.get("name") or source.get("description") or "somebody"
    return report(letter, f"⟦t1|{words}⟧, ⟦s1|{label}⟧ ⟦c1|{cue}⟧.", sources={"s": source}, **more)
