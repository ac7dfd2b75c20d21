"""Web pages to an article: main text by trafilatura, everything about it by `metadata`.

trafilatura stays behind `main_text`: it gives blocks and links, no offsets into the page and no types of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportedly.errors import NoArticle
from reportedly.intake import furniture, metadata
from reportedly.intake.article import About, Block, Taken, join, same_words
from reportedly.intake.credits import agency_of, byline_of
from reportedly.values import Link, Warning

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LOOKS_LIKE_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|article|main|section|header|div|p|span|blockquote|h[1-6])(?:\s+[\w:-]+\s*=|\s*/?>))",
    re.IGNORECASE | re.DOTALL,
)
FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)
MARKS = re.compile(r"[\"“”„«»]")
BLOCKS = frozenset(["p", "head", "quote", "item", "list", "row", "cell", "table", "body", "main", "div", "code", "fw"])
# A page with less text than this and with these words is a wall, not an article.
WALL_LENGTH = 1500
WALL = re.compile(
    r"(?:accept|manage|reject|use|uses|using|our|all|these)\s+(?:all\s+)?cookies|cookie\s+(?:policy|settings|preferences|consent)|we\s+(?:and\s+our\s+(?:\d+\s+)?partners|value\s+your\s+privacy)"
    r"|your\s+(?:privacy\s+choices|consent)|before\s+you\s+continue|enable\s+(?:javascript|cookies)|javascript\s+(?:is\s+)?(?:disabled|required)|verify\s+(?:that\s+)?you\s+are\s+(?:a\s+)?human"
    r"|are\s+you\s+a\s+robot|captcha|access\s+denied|subscribe\s+to\s+(?:continue|read)|(?:log|sign)\s+in\s+to\s+(?:continue|read)|ad[\s-]?blocker|unusual\s+traffic|page\s+not\s+found|404",
    re.IGNORECASE,
)
FEWEST_WORDS = 20


def from_html(html: str, about: About, warnings: tuple[Warning, ...] = (), *, name: str = "The page") -> Taken:
    """A saved or fetched page; what `about` says goes before what the page says.

    Raises:
        NoArticle: no main text, or only a consent, pay or robot wall.

    """
    tree = _parse(html)
    if tree is None:
        raise NoArticle(_no_article(name))
    found = metadata.find(tree, about.url)
    about = replace(about, url=found.url).over(found)
    _spell_out_quotes(tree)
    page = _page_blocks(tree)
    visible = _visible(tree)
    blocks = main_text(tree, about.url)
    words = sum(len(b.text.split()) for b in blocks if not furniture.is_furniture(b.text))
    length = sum(len(b.text) for b in blocks)
    walled = length < WALL_LENGTH and _walls(visible if words < FEWEST_WORDS else " ".join(b.text for b in blocks))
    if words < FEWEST_WORDS and not walled:
        raise NoArticle(_no_article(name))
    if walled:
        message = f"{name} shows a consent, log-in or robot wall instead of an article: open it in a browser, save the page, and read the saved file."
        raise NoArticle(message)
    about = about.over(About(byline=next((who for b in blocks[:3] if (who := byline_of(b.text))), None)))
    blocks = [b for k, b in enumerate(blocks) if not _is_head(b, about, k)]
    agency = about.agency or next((a for b in [*blocks[:2], *blocks[-2:]] if (a := agency_of(b.text))), None)
    lost = _lost_marks(page, blocks)
    if lost:
        warnings = (*warnings, Warning("quotes-lost", f"{lost} quotation {'mark' if lost == 1 else 'marks'} of the page did not reach the text; quotations there may be read as the writer's words."))
    return join(blocks, About(agency=agency).over(about), warnings)


def main_text(tree: HtmlElement, url: str | None) -> list[Block]:
    """The paragraphs of a page's main text, with their links. Block quotes stay; tables and images go."""
    import trafilatura

    found = trafilatura.bare_extraction(
        tree, url=url, include_comments=False, include_tables=False, include_links=True, include_formatting=False, with_metadata=False, favor_precision=True
    )
    body = getattr(found, "body", None)
    if body is None:
        return []
    writer = _Writer(url)
    writer.walk(body)
    return writer.finish()


class _Writer:
    """trafilatura's XML as blocks; a line break or a block element begins a new one."""

    def __init__(self, base: str | None) -> None:
        self.base = base
        self.blocks: list[Block] = []
        self.text = ""
        self.links: list[Link] = []

    def walk(self, node: HtmlElement) -> None:
        tag = node.tag if isinstance(node.tag, str) else ""
        if not tag or tag == "graphic":
            return self.add(node.tail)
        block = tag in BLOCKS or tag == "lb"
        if block:
            self.end()
        start = len(self.text)
        self.add(node.text)
        for child in node:
            self.walk(child)
        target = node.get("target") if tag == "ref" else None
        if target and self.text[start:].strip():
            url = metadata.joined(self.base, target)
            if url:
                self.links.append(Link(start, len(self.text), url))
        if block:
            self.end()
        if tag != "body":
            self.add(node.tail)
        return None

    def add(self, text: str | None) -> None:
        if text:
            text = re.sub(r"\s+", " ", text)
            self.text += text[1:] if text.startswith(" ") and (not self.text or self.text.endswith(" ")) else text

    def end(self) -> None:
        text = self.text.rstrip()
        if text:
            links = []
            for k in self.links:
                start, end = k.start, min(k.end, len(text))
                while start < end and text[start] == " ":
                    start += 1
                links.append(Link(min(start, end), end, k.url))
            self.blocks.append(Block(text, tuple(links)))
        self.text, self.links = "", []

    def finish(self) -> list[Block]:
        self.end()
        return self.blocks


def _parse(html: str) -> HtmlElement | None:
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        # an XML declaration with an encoding is refused in a str
        return document_fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", html).replace("\0", ""), parser=HTMLParser(remove_comments=True, huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _spell_out_quotes(tree: HtmlElement) -> None:
    """A browser sets marks around <q>; an extractor drops them with the element."""
    for q in tree.iter("q"):
        q.text = "“" + (q.text or "")
        if len(q):
            q[-1].tail = (q[-1].tail or "") + "”"
        else:
            q.text += "”"
        q.tag = "span"


def _page_blocks(tree: HtmlElement) -> dict[str, int]:
    """Quotation marks in each paragraph of the page, by the paragraph's letters."""
    out: dict[str, int] = {}
    for node in tree.iter("p", "li", "blockquote", "h2", "h3"):
        text = node.text_content()
        out[_letters(text)] = len(MARKS.findall(text))
    return out


def _lost_marks(page: dict[str, int], blocks: list[Block]) -> int:
    return sum(max(0, page.get(_letters(b.text), 0) - len(MARKS.findall(b.text))) for b in blocks)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _is_head(block: Block, about: About, place: int) -> bool:
    """The headline or byline once more, at the top of the main text."""
    if place > 4 or len(block.text) > 250:
        return False
    text = block.text.strip()
    if about.title and same_words(text, about.title):
        return True
    return bool(byline_of(text)) or bool(about.byline and same_words(re.sub(r"^by\s+", "", text, flags=re.IGNORECASE), about.byline))


def _visible(tree: HtmlElement, limit: int = 5000) -> str:
    """The first characters that a page shows."""
    parts: list[str] = []
    length = 0
    for node in tree.iter():
        shown = node.text if isinstance(node.tag, str) and node.tag not in ("script", "style", "noscript", "template") else None
        for text in (shown, node.tail):
            if text and text.strip():
                parts.append(text)
                length += len(text)
        if length > limit:
            break
    return " ".join(parts)[:limit]


def _walls(text: str) -> bool:
    found = {m.group().lower() for m in WALL.finditer(text)}
    return len(found) >= (1 if len(text.split()) < 80 else 3)


def _no_article(name: str) -> str:
    return f"{name} holds no article that could be found: give the page of a single article, or paste its text."
