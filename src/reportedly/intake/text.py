"""Plain text and Markdown to an article, also the pasted text of a web page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportedly.intake import furniture
from reportedly.intake.article import TITLE_LENGTH, About, Block, Taken, assemble, join
from reportedly.intake.credits import agency_of, byline_of, date_of, iso
from reportedly.values import Link, Warning

if TYPE_CHECKING:
    from markdown_it.token import Token

FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FIELD = re.compile(r"^([A-Za-z_]+):[ \t]*(.+?)[ \t]*$", re.MULTILINE)
FIELDS = {
    "title": "title", "headline": "title", "author": "byline", "authors": "byline", "byline": "byline", "date": "published", "published": "published",
    "modified": "modified", "updated": "modified", "outlet": "outlet", "publisher": "outlet", "site": "outlet", "source": "outlet", "agency": "agency",
    "url": "url", "link": "url", "lang": "language", "language": "language",
}  # fmt: skip
WRAPPED = (45, 130)  # characters: lines of this length, one below the other, were broken by a program
ITEM = re.compile(r"(?:[-•*–·]|\d+[.)])\s")
HEAD = 6  # blocks at the top among which a byline or a date stands


def from_text(text: str, about: About, warnings: tuple[Warning, ...] = ()) -> Taken:
    """Plain text: lines are joined where a program broke them; furniture goes; a first short line is the title."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    blocks = [Block(line, tuple(Link(m.start(), m.end(), m.group()) for m in furniture.URL.finditer(line))) for line in _paragraphs(text)]
    return _finish(blocks, about, warnings)


def from_markdown(text: str, about: About, warnings: tuple[Warning, ...] = ()) -> Taken:
    """Markdown (CommonMark) as the text a reader would see; front matter fills in what is known of the article."""
    from markdown_it import MarkdownIt

    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    front = FRONT_MATTER.match(text)
    if front:
        about = about.over(_front(front.group(1)))
        text = text[front.end() :]
    blocks: list[Block] = []
    heading = False
    for token in MarkdownIt("commonmark", {"html": False}).parse(text):
        if token.type == "heading_open":
            heading = token.tag == "h1"
        elif token.type == "inline":
            found = _inline(token.children or [])
            if heading and not about.title and not blocks:
                about = About(title=" ".join(b.text for b in found)).over(about)
            else:
                blocks += found
            heading = False
        elif token.type in ("fence", "code_block"):
            blocks += [Block(line) for line in token.content.splitlines() if line.strip()]
    return _finish(blocks, about, warnings)


def as_is(text: str, about: About, warnings: tuple[Warning, ...] = ()) -> Taken:
    """The characters exactly as they stand; no title, no links, nothing cleaned."""
    return assemble(text, About(None, None, about.byline, about.outlet, about.agency, about.published, about.published_from), (), warnings)


def _paragraphs(text: str) -> list[str]:
    out: list[str] = []
    for chunk in re.split(r"\n[ \t\xa0]*\n", text):
        lines = [line.strip() for line in chunk.split("\n") if line.strip()]
        full = lines[:-1]
        if full and not any(ITEM.match(line) for line in lines) and all(WRAPPED[0] <= len(line) <= WRAPPED[1] for line in full) and _broken_midway(full):
            out.append(" ".join(lines))
        else:
            out += lines
    return out


def _broken_midway(lines: list[str]) -> bool:
    """Whether most lines end where no sentence does."""
    return sum(not re.search(r"[.!?:][”\"’']?$", line) for line in lines) > len(lines) / 2


def _finish(blocks: list[Block], about: About, warnings: tuple[Warning, ...]) -> Taken:
    body: list[Block] = []
    place = 0
    for block in blocks:
        if furniture.is_furniture(block.text):
            body.append(block)  # `join` drops it and keeps its links
            continue
        if place < HEAD:
            place += 1
            byline, published = byline_of(block.text), date_of(block.text)
            if byline or published:
                about = about.over(About(byline=byline, published=published, published_from="text" if published else None))
                continue
            if not about.title and place == 1 and _is_title(block.text, blocks):
                about = About(title=block.text.strip()).over(about)
                continue
        body.append(block)
    agency = about.agency or next((a for b in [*body[:3], *body[-2:]] if (a := agency_of(b.text))), None)
    return join(body, About(agency=agency).over(about), warnings)


def _is_title(line: str, blocks: list[Block]) -> bool:
    line = line.strip()
    longer = any(len(b.text) > len(line) for b in blocks)
    return len(line) <= TITLE_LENGTH and longer and not re.search(r"(?<!\.\.)[.;,:][”\"’']?$", line)


def _front(text: str) -> About:
    found = {FIELDS[k.lower()]: v.strip().strip("\"'") for k, v in FIELD.findall(text) if k.lower() in FIELDS}
    if not re.match(r"https?://\S+$", found.get("url", "")):
        found.pop("url", None)
    for name in ("published", "modified"):
        if name in found:
            value = date_of(found[name]) or iso(found[name])
            if value:
                found[name], found[f"{name}_from"] = value, "front matter"
            else:
                del found[name]
    return About(**found)


def _inline(children: list[Token]) -> list[Block]:
    """One paragraph of Markdown tokens; a hard break begins another."""
    blocks: list[Block] = []
    text = ""
    links: list[Link] = []
    opened: tuple[int, str] | None = None

    def end() -> None:
        nonlocal text, links
        if text.strip():
            lead = len(text) - len(text.lstrip())
            stripped = text.strip()
            moved = tuple(Link(max(0, k.start - lead), min(len(stripped), max(0, k.end - lead)), k.url) for k in links)
            blocks.append(Block(stripped, moved))
        text, links = "", []

    for token in children:
        if token.type in ("text", "code_inline", "html_inline"):
            text += token.content
        elif token.type == "softbreak":
            text += " "
        elif token.type == "hardbreak":
            end()
        elif token.type == "link_open":
            opened = (len(text), str(token.attrs.get("href", "")))
        elif token.type == "link_close" and opened:
            if re.match(r"https?://", opened[1]):
                links.append(Link(opened[0], len(text), opened[1]))
            opened = None
    end()
    return blocks
