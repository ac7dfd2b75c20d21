"""Attributions written down in a line: `The mayor <said> [the bridge was safe]`, with `{…}` around the source where it matters."""

from __future__ import annotations

import re

from reportedly.values import Attribution, Span

PART = re.compile(r"(<[^>]*>|\[[^\]]*\]|\{[^}]*\})")


def attributed(line: str) -> tuple[str, Attribution]:
    """The plain text of a line and its attribution; direct if all content stands in quotation marks."""
    text = ""
    spans: dict[str, list[Span]] = {"<": [], "[": [], "{": []}
    for piece in PART.split(line):
        words = piece[1:-1] if piece[:1] in spans and piece else piece
        if piece[:1] in spans and piece:
            spans[piece[0]].append(Span(len(text), len(text) + len(words)))
        text += words
    content = tuple(spans["["])
    direct = all(text[s.start] in "“\"‘'" for s in content)
    return text, Attribution("a1", None, tuple(spans["{"]), tuple(spans["<"]), content, "direct" if direct else "indirect", 1.0)
