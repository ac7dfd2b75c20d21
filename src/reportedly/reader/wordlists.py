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
