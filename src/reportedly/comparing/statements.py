"""Readings as comparing sees them: each article once, each statement with its words, figures and voice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from reportedly.comparing import numbers
from reportedly.comparing.results import Ref
from reportedly.comparing.voices import Who, who
from reportedly.comparing.words import TOKEN, concepts, mass, plain, stop_words, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportedly.values import Article, Attribution, Reading

# What stands in marks, of either style; an apostrophe within a word neither opens nor closes.
MARKED = re.compile(r"[“„«\"]([^“”„«»\"]+)(?:[”»“\"]|$)|(?<!\w)[‘']((?:[^‘’'“”\"]|(?<=\w)[’'](?=\w))+)(?:[’'](?!\w)|$)")
# Said beside a cue, it makes a source without a name an anonymous one, whatever the reading made of it: in doubt, anonymous.
WITHHELD = re.compile(r"\banonym|\bnot (?:to )?be(?:ing)? (?:named|identified)|\bwithh(?:eld|old)|\bpseudonym|\bnot (?:his|her|their) real name", re.IGNORECASE)
FRAME = 240  # characters around a cue in which the text says where and to whom it was said
SENTENCE = re.compile(r"[^\n.!?]*(?:[.!?](?!\s|$|[”\"’'])[^\n.!?]*)*(?:[.!?]+[”\"’')]*|(?=\n)|$)")


@dataclass(frozen=True, slots=True)
class Page:
    """One article of a comparison."""

    reading: Reading
    concepts: frozenset[str]
    mass: float
    when: datetime | None
    capitals: frozenset[str]  # concepts that have a capital wherever they stand
    names: frozenset[str]  # those of them that have it within a sentence, too
    shares: dict[str, float]  # in what share of the sentences each concept stands

    @property
    def id(self) -> str:
        """The article's id."""
        return self.reading.article.id


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `words` are plain and in order; `quoted` those of them that stand in quotation marks.

    `frame` is what the text has around the cue, without what is said; `via` are the voices in between.
    """

    ref: Ref
    page: Page
    attribution: Attribution | None
    text: str
    words: tuple[str, ...]
    concepts: tuple[str, ...]
    bag: frozenset[str]
    mass: float
    quoted: tuple[str, ...]
    names: frozenset[str]
    figures: tuple[numbers.Number, ...]
    who: Who | None
    via: tuple[Who, ...]
    cue: str
    frame: str
    score: float = 1.0


def page(reading: Reading) -> Page:
    """An article as a whole."""
    return Page(reading, *_whole(reading.article))


@lru_cache(maxsize=1000)  # the newest of a ledger are asked for again and again
def _whole(article: Article) -> tuple[frozenset[str], float, datetime | None, frozenset[str], frozenset[str], dict[str, float]]:
    text, body = article.text, title_end(article)
    found = [(m.group(), m.start()) for m in TOKEN.finditer(text)]
    words = [plain(word) for word, _ in found]
    starts = [start for _, start in found]
    bag = frozenset(concepts(words))
    ends = [bisect_left(starts, end) for m in SENTENCE.finditer(text, body) if m.group().strip() for end in m.span()]
    bags = [frozenset(concepts(words[low:high])) for low, high in zip(ends[::2], ends[1::2], strict=True)]
    counts = Counter(c for b in bags for c in b)
    first = bisect_left(starts, body)
    return bag, mass(bag), moment(article.published), *_names(text, found[first:], words[first:], body), {c: n / len(bags) for c, n in counts.items()}


def statements(some: Page, *, min_score: float = 0.0, about: frozenset[str] | None = None) -> list[Statement]:
    """The statements of an article that are at least so probable, in its order; with `about`, only those that have one of some concepts."""
    reading = some.reading
    wanted = [a for a in reading.attributions if a.score >= min_score and a.content_spans]
    if about is not None:
        wanted = [a for a in wanted if not about.isdisjoint(concepts(tokens(_content(reading, a))))]
    named = {v for a in wanted for v in (a.source, *a.via)}
    voices = {s.id: who(s, reading) for s in reading.sources if s.id in named}
    return [_statement(some, a, voices) for a in wanted]


def sentences(some: Page, *, covered: bool = False) -> list[Statement]:
    """The sentences of an article, without its title, that no statement covers: the writer's own words. With `covered`, all."""
    reading = some.reading
    text = reading.article.text
    said = bytearray(len(text))
    for a in reading.attributions:
        for s in (*a.content_spans, *a.cue_spans):
            said[s.start : s.end] = b"\1" * (s.end - s.start)
    found = []
    for match in SENTENCE.finditer(text, title_end(reading.article)):
        low, high = match.start(), match.end()
        while low < high and text[low].isspace():
            low += 1
        if high - low > 1 and (covered or sum(said[low:high]) * 3 < high - low):
            found.append(passage(some, low, high))
    return found


def passage(some: Page, start: int, end: int) -> Statement:
    """Some words of the article for comparing, with nobody named for them."""
    words = " ".join(some.reading.article.text[start:end].split())
    return _made(some, Ref(some.id, f"text:{start}-{end}"), None, words, (), None, (), "", "", _figures(some.reading, None, words, (start, end)))


def title_end(article: Article) -> int:
    """Where the title line ends: 0 where the text does not begin with one."""
    return len(article.title) if article.title and article.text.startswith(article.title) else 0


def moment(published: str | None) -> datetime | None:
    """A publication date as an instant; where no zone is given, UTC stands in so that dates can be put in order."""
    if not published:
        return None
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _statement(some: Page, a: Attribution, voices: dict[str, Who | None]) -> Statement:
    reading = some.reading
    text = reading.article.text
    content = _content(reading, a)
    quoted = _quoted(text, a)
    via = tuple(w for w in (voices.get(v) for v in a.via) if w)
    cue = " ".join(reading.quote(a.cue_spans).split())
    figures = _figures(reading, a, content, None)
    frame = _frame(reading, a)
    voice = voices.get(a.source) if a.source else None
    if voice and voice.identity == "unnamed" and WITHHELD.search(frame):
        voice = replace(voice, identity="anonymous")
    return _made(some, Ref(some.id, a.id), a, content, quoted, voice, via, cue, frame, figures, a.score)


def _made(
    some: Page, ref: Ref, a: Attribution | None, content: str, quoted: Iterable[str],
    source: Who | None, via: tuple[Who, ...], cue: str, frame: str, figures: tuple[numbers.Number, ...], score: float = 1.0,
) -> Statement:  # fmt: skip
    words = tuple(tokens(content))
    found = tuple(concepts(words))
    bag = frozenset(found)
    return Statement(ref, some, a, content, words, found, bag, mass(bag), tuple(quoted), bag & some.names, figures, source, via, cue, frame, score)


def _content(reading: Reading, a: Attribution) -> str:
    """What was said, on one line."""
    return " ".join(" ".join(reading.article.text[s.start : s.end] for s in a.content_spans).split())


def _quoted(text: str, a: Attribution) -> list[str]:
    """The words of a content that stand in quotation marks."""
    if a.manner == "indirect":
        return []
    found: list[str] = []
    for s in a.content_spans:
        piece = text[max(0, s.start - 1) : s.end + 1]
        marked = [m.group(1) or m.group(2) for m in MARKED.finditer(piece)]
        if a.manner == "direct":  # marks may be nested, odd or outside of the span: all of it is quoted
            found += tokens(text[s.start : s.end])
        else:
            found += [w for m in marked for w in tokens(m)]
    return found


def _names(text: str, found: Sequence[tuple[str, int]], words: Sequence[str], body: int) -> tuple[frozenset[str], frozenset[str]]:
    """Concepts of words that have a capital wherever they stand, and those of them that have it within a sentence; `found` are words and where they begin, `words` the same, plain."""
    capital, within, small = set(), set(), set()
    for (written, start), word in zip(found, words, strict=True):
        if not written[0].isupper():
            small.add(word)
        elif written != "I":
            capital.add(word)
            before = text[max(body, start - 3) : start].rstrip(" “”\"‘’'([")
            if before and before[-1] not in ".!?:…\n":
                within.add(word)
    lower = stop_words() | small
    return frozenset(concepts(sorted(capital - lower))), frozenset(concepts(sorted(within - lower)))


def _figures(reading: Reading, a: Attribution | None, words: str, place: tuple[int, int] | None) -> tuple[numbers.Number, ...]:
    if not reading.figures:
        return tuple(numbers.find(words))
    if place:
        mine = [f for f in reading.figures if place[0] <= f.start and f.end <= place[1]]
    else:
        mine = [f for f in reading.figures if a and (f.attribution == a.id or any(s.start <= f.start and f.end <= s.end for s in a.content_spans))]
    return tuple(n for n in (numbers.from_figure(f, reading.article.text) for f in mine) if n)


def _frame(reading: Reading, a: Attribution) -> str:
    """The paragraph around cue and source, within FRAME characters, without what is said in it."""
    text = reading.article.text
    anchors = a.cue_spans or a.source_spans
    if not anchors:
        return ""
    low, high = min(s.start for s in anchors), max(s.end for s in anchors)
    start = max(text.rfind("\n", 0, low) + 1, low - FRAME)
    end = text.find("\n", high)
    end = min(len(text) if end < 0 else end, high + FRAME)
    pieces, at = [], start
    for s in sorted((s for s in a.content_spans if s.end > start and s.start < end), key=lambda s: s.start):
        pieces.append(text[at : max(at, s.start)])
        at = max(at, s.end)
    pieces.append(text[at:end])
    return " ".join(" ".join(pieces).split())
