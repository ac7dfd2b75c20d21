"""The last step of every intake: clean blocks and what is known about them become an `Article`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from reportedly.digests import article_id, digest
from reportedly.errors import TooLarge
from reportedly.intake import furniture, language
from reportedly.values import Article, Link, Warning

SURROGATE = re.compile("[\ud800-\udfff]")
LONGEST = 5_000_000  # characters: reading takes about half a gigabyte for each million
TITLE_LENGTH = 220  # characters; no headline that we saw on 421 saved pages is longer


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an article beside its text; each may be missing. Dates are ISO 8601."""

    url: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    agency: str | None = None
    published: str | None = None
    published_from: str | None = None
    modified: str | None = None
    modified_from: str | None = None
    language: str | None = None

    def over(self, other: About) -> About:
        """This, with gaps filled from another."""
        gaps = {name: getattr(other, name) for name in self.__dataclass_fields__ if getattr(self, name) is None}
        if self.published is not None:
            gaps.pop("published_from", None)
        if self.modified is not None:
            gaps.pop("modified_from", None)
        return replace(self, **gaps)


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph: its text without line breaks, and links as offsets into it."""

    text: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """An article as taken in, with what a reader ought to know about the taking."""

    article: Article
    warnings: tuple[Warning, ...] = field(default=())


def assemble(text: str, about: About, links: tuple[Link, ...] = (), warnings: tuple[Warning, ...] = ()) -> Taken:
    """An article with its digests and its language; lone surrogates become U+FFFD, which keeps offsets."""
    if len(text) > LONGEST:
        raise TooLarge(f"This text has {len(text):,} characters and the limit is {LONGEST:,}: give a single article.")
    text = clean(text)
    about = About(**{name: clean(value) or None if isinstance(value := getattr(about, name), str) else value for name in about.__dataclass_fields__})
    tongue, noted = language.judge(text, about.language)
    text_digest = digest(text)
    article = Article(
        id=article_id(about.url, about.outlet, about.published, text_digest),
        text_digest=text_digest,
        text=text,
        url=about.url,
        title=about.title,
        byline=about.byline,
        outlet=about.outlet,
        agency=about.agency,
        published=about.published,
        published_from=about.published_from,
        modified=about.modified,
        modified_from=about.modified_from,
        language=tongue,
        links=links,
    )
    return Taken(article, warnings + noted)


def join(blocks: list[Block], about: About, warnings: tuple[Warning, ...] = ()) -> Taken:
    """Blocks to article text: furniture goes, its links stay, the title line comes first, paragraphs stand apart."""
    text, links = "", []
    if about.title:
        text = about.title
    seen_body = False
    for block in blocks:
        cut = furniture.cut(block.text)
        if about.title and not seen_body and same_words(block.text, about.title):
            continue
        start = len(text) + (2 if text and cut.kept else 0)
        for link in block.links:
            here = cut.place(link.start)
            links.append(Link(start + here, start + max(here, cut.place(link.end)), link.url))
        links += [Link(start + len(cut.kept), start + len(cut.kept), url) for url in cut.urls if all(k.url != url for k in block.links)]
        if cut.kept:
            text = f"{text}\n\n{cut.kept}" if text else cut.kept
            seen_body = True
    bounded = tuple(Link(min(k.start, len(text)), min(k.end, len(text)), k.url) for k in links)
    return assemble(text, about, bounded, warnings)


def same_words(a: str, b: str) -> bool:
    """Whether two lines are the same but for case, marks and space."""
    first, second = (re.sub(r"\W+", "", line).casefold() for line in (a, b))
    return first == second


def clean(text: str) -> str:
    """Lone surrogates, which no encoding can carry, as U+FFFD."""
    return text if text.isascii() else SURROGATE.sub("\ufffd", text)
