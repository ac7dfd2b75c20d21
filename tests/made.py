"""Readings made by hand, so that what keeps readings is tested without reading."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.digests import article_id, digest
from reportedly.values import Article, Attribution, Figure, ReaderInfo, Reading, Source, Span, Time

READER = ReaderInfo("reportedly", "test", "by hand")


@dataclass(frozen=True)
class Said:
    """One statement. `figures` are words of the content with value, comparator, high and unit; `said` is its time in words and ISO."""

    source: str | None
    content: str
    cue: str = "said"
    identity: str | None = "named"
    kind: str = "person"
    via: tuple[str, ...] = ()
    manner: str = "indirect"
    factuality: str | None = "CT+"
    stance: str | None = "neutral"
    score: float = 0.9
    figures: tuple[tuple[str, str, str, str | None, str | None], ...] = ()
    said: tuple[str, str] | None = None
    happened: tuple[str, str] | None = None
    parent: int | None = None


def reading(*statements: Said, title: str = "Bridge to close", url: str | None = None, outlet: str | None = "The Quay", published: str | None = "2024-03-12", more: str = "", agency: str | None = None) -> Reading:
    """A reading of an article that consists of its title, its statements, one a sentence, and some more words."""
    text = title
    sources: dict[str, Source] = {}
    attributions, figures, times = [], [], []

    def known(name: str, identity: str | None, kind: str, span: Span | None) -> str:
        old = sources.get(name)
        named = identity in ("named", None)
        mentions = (*(old.mentions if old else ()), *((span,) if span else ()))
        sources[name] = Source(old.id if old else f"s{len(sources) + 1}", mentions, kind, identity, name if named else None, None if named else name)
        return sources[name].id

    for n, s in enumerate(statements, 1):
        text += "\n\n"
        start = len(text)
        text += f"{s.source or 'It was'} {s.cue} "
        content = len(text)
        text += s.content
        end = len(text)
        if s.said:
            text += f" {s.said[0]}"
        text += "."
        source = known(s.source, s.identity, s.kind, Span(start, start + len(s.source))) if s.source else None
        cue = start + len(s.source or "It was") + 1
        attributions.append(
            Attribution(
                f"a{n}", source, (Span(start, start + len(s.source)),) if s.source else (), (Span(cue, cue + len(s.cue)),), (Span(content, end),), s.manner, s.score,
                tuple(known(v, "named", "outlet", None) for v in s.via), f"a{s.parent}" if s.parent else None, s.factuality, s.stance,
            )
        )  # fmt: skip
        for words, value, comparator, high, unit in s.figures:
            at = content + s.content.index(words)
            figures.append(Figure(at, at + len(words), value, comparator, high, unit, f"a{n}"))
        if s.said:
            times.append(Time(end + 1, end + 1 + len(s.said[0]), "DATE", s.said[1], s.said[1], s.said[1], f"a{n}", "said"))
        if s.happened:
            at = content + s.content.index(s.happened[0])
            times.append(Time(at, at + len(s.happened[0]), "DATE", s.happened[1], s.happened[1], s.happened[1], f"a{n}", "happened"))
    text += f"\n\n{more}" if more else ""
    text_digest = digest(text)
    article = Article(article_id(url, outlet, published, text_digest), text_digest, text, url, title, None, outlet, agency, published, "option" if published else None)
    return Reading(READER, article, tuple(sources.values()), tuple(attributions), tuple(times), tuple(figures))
