"""A reading in the terminal: the article with its parts marked in place, then its statements by source.

Every mark is a sign as well as a colour, so that a pipe, a colour-blind reader and a printer lose nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import IO, TYPE_CHECKING

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.show.view import Piece, Speaker, View, view

if TYPE_CHECKING:
    from reportedly.values import Reading

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
STYLES = {"source": "bold cyan", "cue": "italic magenta", "direct": "green", "mixed": "green", "indirect": "yellow", "sign": "dim", "number": "bold"}
PIPED_WIDTH = 100
WIDEST = 110  # columns; longer lines are hard to read


def write(reading: Reading, out: IO[str], *, min_score: float) -> None:
    """Write one reading for people."""
    terminal = out.isatty()
    width = None if terminal else PIPED_WIDTH
    console = Console(file=out, width=width, highlight=False, color_system="auto" if terminal else None)
    console.width = min(console.width, WIDEST)
    shown = view(_harmless(reading), min_score)
    console.print()
    if shown.title:
        console.print(Text(shown.title, "bold"))
    if shown.about:
        console.print(Text("  ·  ".join(f"{name}: {value}" if name != "Outlet" else value for name, value in shown.about), "dim"))
    if shown.url:
        console.print(Text(shown.url, "dim"))
    console.print()
    console.print(_legend(unsure=shown.hidden > 0))
    console.print()
    for paragraph in shown.paragraphs:
        console.print(_paragraph(paragraph))
        console.print()
    console.rule(Text("Who says what" if shown.shown else "Nobody is reported to say anything here", "dim"), style="dim")
    console.print()
    for speaker in shown.speakers:
        console.print(_speaker(speaker))
    console.print(_foot(shown, min_score))


def _harmless(reading: Reading) -> Reading:
    """The reading without signs that a terminal would obey; one sign for one, so that offsets hold."""
    article = reading.article

    def plain(value: str | None) -> str | None:
        return value and CONTROL.sub("\ufffd", value)

    article = replace(
        article, text=CONTROL.sub("\ufffd", article.text), title=plain(article.title), byline=plain(article.byline), outlet=plain(article.outlet), agency=plain(article.agency), url=plain(article.url)
    )
    sources = tuple(
        replace(s, name=plain(s.name), description=plain(s.description)) for s in reading.sources
    )
    return replace(reading, article=article, sources=sources)


def _legend(*, unsure: bool) -> Text:
    text = Text()
    text.append("[1 ", STYLES["number"]).append("what somebody said", STYLES["direct"]).append("]", STYLES["number"])
    text.append("   ‹", STYLES["sign"]).append("who", STYLES["source"]).append("›", STYLES["sign"])
    text.append("   ·", STYLES["sign"]).append("how it is passed on", STYLES["cue"]).append("·", STYLES["sign"])
    if unsure:
        text.append("   [?", STYLES["sign"]).append(" perhaps", "dim").append("]", STYLES["sign"])
    return text.append("   unmarked: the writer", "dim")


def _paragraph(pieces: tuple[Piece, ...]) -> Text:
    text = Text()
    for piece in pieces:
        if piece.role is None:
            text.append(piece.text)
        elif piece.role == "unsure":
            text.append("[? " if piece.first else "[…? ", STYLES["sign"]).append(piece.text).append("]" if piece.last else " …]", STYLES["sign"])
        elif piece.role == "content":
            number = str(piece.numbers[0])
            text.append(f"[{number} " if piece.first else f"[…{number} ", STYLES["number"])
            text.append(piece.text, STYLES[piece.manner])
            text.append("]" if piece.last else " …]", STYLES["number"])
        else:
            left, right = "‹›" if piece.role == "source" else "··"
            text.append(left, STYLES["sign"]).append(piece.text, STYLES[piece.role]).append(right, STYLES["sign"])
    return text


def _speaker(speaker: Speaker) -> Group:
    count = len(speaker.statements)
    head = Text(speaker.label, STYLES["source"])
    parts = [speaker.about, f"speaks for {speaker.speaks_for}" if speaker.speaks_for else "", counted(count, speaker.relayed), speaker.note]
    head.append("  " + "; ".join(p for p in parts if p), "not bold dim white")
    for chain, numbers in speaker.chains.items():
        head.append("\n  " + " ← ".join(("this page", *chain, speaker.label)) + f"  [{', '.join(map(str, numbers))}]", "not bold dim white")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True, show_header=False)
    table.add_column(justify="right", width=4)
    table.add_column(width=8)
    table.add_column(width=20)
    table.add_column(ratio=1)
    table.add_column(justify="right", width=5)
    for s in speaker.statements:
        cue, words = Text(_short(s.cue) or "–", STYLES["cue"]), Text(_short(s.content), STYLES[s.manner])
        table.add_row(Text(str(s.number), STYLES["number"]), s.manner if s.place == s.number else f"in {s.place}", cue, words, Text(f"{s.percent} %", "dim"))
    return Group(head, table, Text())


def counted(count: int, relayed: int) -> str:
    """How many statements, and how many of them came through somebody else."""
    words = f"{count} {'statement' if count == 1 else 'statements'}"
    return words if not relayed else f"{words}, relayed" if relayed == count else f"{words}, {relayed} of them relayed"


def _foot(shown: View, min_score: float) -> Padding:
    lines = [f"{shown.own} % of the words are the writer's own: no source stands behind them here."]
    if shown.hidden:
        lines.append(f"{shown.hidden} less certain {'statement is' if shown.hidden == 1 else 'statements are'} only marked [?]; --min-score 0 lists all (now {min_score:g}).")
    lines += [f"Note: {w}" for w in shown.warnings]
    return Padding(Text("\n".join(lines), "dim"), (0, 0, 1, 0))


def _short(words: str, limit: int = 220) -> str:
    return words if len(words) <= limit else words[: limit // 2].rsplit(" ", 1)[0] + " … " + words[-limit // 3 :].split(" ", 1)[-1]
