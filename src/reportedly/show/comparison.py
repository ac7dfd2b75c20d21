"""A comparison in the terminal: the articles, what became of each statement, and how many origins stand behind.

Every kind of change has a sign as well as a colour, so that a pipe and a printer lose nothing.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from reportedly.show.compare_view import place, told
from reportedly.show.terminal import CONTROL, PIPED_WIDTH, WIDEST

if TYPE_CHECKING:
    from reportedly.comparing.results import Change, Found, Headline, Pair, Ref
    from reportedly.show.compare_view import Said, Sheet, View

SIGNS = {"carried over": "=", "reworded": "~", "dropped": "−", "added": "+", "lost its source": "?", "gained a source": "!"}
STYLES = {"carried over": "green", "reworded": "yellow", "dropped": "dim", "added": "cyan", "lost its source": "red", "gained a source": "cyan"}
VERDICTS = {"one": "one origin", "several": "{} independent origins", "not determined": "origins not determined"}
MORE = 160  # characters of a statement shown


def write(shown: View, out: IO[str]) -> None:
    """Write one comparison for people."""
    terminal = out.isatty()
    console = Console(file=out, width=None if terminal else PIPED_WIDTH, highlight=False, color_system="auto" if terminal else None)
    console.width = min(console.width, WIDEST)
    console.print()
    for sheet in shown.sheets:
        console.print(_sheet(sheet))
    for copy in shown.comparison.copies:
        console.print(Text(f"{shown.letter(copy.b)} carries {round(100 * copy.a_in_b)} % of the wording of {shown.letter(copy.a)}; {shown.letter(copy.a)} carries {round(100 * copy.b_in_a)} % of {shown.letter(copy.b)}'s.", "dim"))
    for number, pair in enumerate(shown.comparison.pairs, 1):
        _rule(console, f"From {shown.sheets[0].letter} to {shown.sheets[number].letter}: {_counts(pair)}")
        if all(c.kind in ("dropped", "added") for c in pair.changes):
            console.print(Text("Nothing that one says was found in the other: they tell of different things, or each in words of its own. CSV and JSON list all statements.", "dim"))
        else:
            console.print(_changes(shown, pair, shown.sheets[0].letter, shown.sheets[number].letter))
    heads = [h for h in shown.comparison.headlines if h.shifts]
    if heads:
        _rule(console, "Headline and body")
        for head in heads:
            console.print(_headline(shown, head))
    if shown.comparison.groups:
        _rule(console, "Matched statements and their origins")
        for found in shown.comparison.groups:
            console.print(_group(shown, found))
    lines = ["Matches are suggested, not confirmed. Origins say who stands behind a statement, not whether it is true.", *(f"Note: {n}" for n in shown.notes)]
    console.print(Padding(Text(_plain("\n".join(lines), keep="\n"), "dim"), (1, 0, 1, 0)))


def _sheet(sheet: Sheet) -> Text:
    text = Text()
    text.append(f"{sheet.letter}  ", "bold").append(_plain(place(sheet)), "bold cyan")
    about = [w for w in (sheet.published and sheet.published.replace("T", " "), "earliest known here" if sheet.earliest else None) if w]
    text.append("".join(f"  ·  {_plain(w)}" for w in about), "dim")
    if sheet.title and sheet.outlet:
        text.append(f"\n   {_plain(sheet.title)}")
    return text


def _counts(pair: Pair) -> str:
    kinds = [c.kind for c in pair.changes]
    return ", ".join(f"{kinds.count(k)} {k}" for k in SIGNS if k in kinds) or "no statements"


def _changes(shown: View, pair: Pair, a: str, b: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True, show_header=False)
    table.add_column(width=1)
    table.add_column(width=15)
    table.add_column(ratio=1)
    for change in pair.changes:
        style = STYLES[change.kind]
        table.add_row(Text(SIGNS[change.kind], style), Text(change.kind, style), _change(shown, change, a, b))
    return table


def _change(shown: View, change: Change, a: str, b: str) -> Text:
    text = Text()
    sides = [(letter, shown.said[ref]) for letter, ref in ((a, change.a), (b, change.b)) if ref]
    if change.kind == "carried over":
        sides = sides[:1]
    for n, (letter, said) in enumerate(sides):
        text.append("\n" if n else "").append(f"{letter} ", "bold").append_text(_said(said))
    for s in told(change):
        text.append(f"\n  · {_plain(s.words)}", "yellow" if s.direction == "firmer" else "dim")
    return text.append("\n")


def _said(said: Said) -> Text:
    text = Text()
    text.append(_plain(said.source or "the writer"), "cyan" if said.source else "dim").append(": ")
    return text.append(_short(_plain(said.content)))


def _headline(shown: View, head: Headline) -> Text:
    text = Text(f"{shown.letter(head.article)} ", "bold")
    text.append("firmer than the body  " if head.firmer else "", "yellow").append(_plain(head.headline))
    text.append(f"\n  body: {_short(_plain(head.body))}", "dim")
    for s in head.shifts:
        text.append(f"\n  · {_plain(s.words)}", "yellow" if s.direction == "firmer" else "dim")
    return text.append("\n")


def _group(shown: View, found: Found) -> Text:
    origins = found.origins
    text = Text(VERDICTS[origins.verdict].format(origins.count), "bold")
    text.append(f"  ·  {len(origins.order)} statements, mean score {found.group.score:.2f}", "dim")
    for ref in origins.order:
        text.append(f"\n  {shown.letter(ref.article)} ", "bold").append_text(_said(shown.said[ref]))
    for reason in origins.reasons:
        text.append(f"\n  · {_letters(shown, reason.members)}: {_plain(reason.words)}", "dim")
    for conflict in found.conflicts:
        sides = "; ".join(f"{_plain(g.figure)} ({_plain(g.who)}, {shown.letter(g.ref.article)})" for g in conflict.given)
        text.append(f"\n  figures that do not agree, {_plain(conflict.what)}: {sides}", "yellow")
    return text.append("\n")


def _letters(shown: View, refs: tuple[Ref, ...]) -> str:
    return ", ".join(dict.fromkeys(shown.letter(r.article) for r in refs))


def _rule(console: Console, words: str) -> None:
    console.print()
    console.rule(Text(words, "dim"), style="dim")
    console.print()


def _short(words: str) -> str:
    return words if len(words) <= MORE else words[: MORE - 2].rsplit(" ", 1)[0] + " …"


def _plain(words: str, keep: str = "") -> str:
    """Words without signs that a terminal would obey."""
    return CONTROL.sub(lambda m: m.group() if m.group() in keep else "\ufffd", words)
