"""Word lists: data files of the reader, and the patterns made of them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


@cache
def sections(name: str) -> dict[str, frozenset[str]]:
    """The words of a list by the headings of its sections, as they are written."""
    out: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in lines(name):
        heading = re.fullmatch(r"\[(\w+)\]", line)
        if heading:
            current = out.setdefault(heading.group(1), set())
        else:
            current.update(line.split())
    return {heading: frozenset(words) for heading, words in out.items()}


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list without comments and empty ones."""
    text = (files("reportedly.reader") / "data" / name).read_text("utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of `reader/data`."""
    return tomllib.loads((files("reportedly.reader") / "data" / f"{name}.toml").read_text("utf-8"))


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of some words or phrases, the longest first; a space stands for any white space.

    Raises:
        ValueError: there are no words; an empty pattern would match everywhere.

    """
    escaped = [re.escape(word).replace(r"\ ", r"\s{1,3}").replace("'", "['’]") for word in sorted(set(words), key=lambda word: (-len(word), word))]
    if not escaped:
        message = "no words to look for"
        raise ValueError(message)
    return f"(?:{'|'.join(escaped)})"
