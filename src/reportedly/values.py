"""What a reading is made of: frozen values that know nothing of files, models or storage.

The names are those of the wire contract, `reportedly.reading/1`; `wire` turns them into JSON and back.
Offsets are Unicode code points into `Article.text`, end exclusive. Ids are local to one reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Manner = Literal["direct", "indirect", "mixed"]
Kind = Literal["person", "organisation", "group", "document", "outlet", "unknown"]
Identity = Literal["named", "unnamed", "anonymous"]
Factuality = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu"]
Stance = Literal["neutral", "endorses", "distances", "disputes"]

SCHEMA: Literal["reportedly.reading/1"] = "reportedly.reading/1"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """`text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page: `text[start:end]` leads to `url`. A link whose line was cut has start == end."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - the contract's word; the built-in is never used here
    """Something a reader of the reading ought to know. `code` is stable, `message` is for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was taken in.

    `id` is a digest of the canonical URL (else outlet and publication date) and the text; `text_digest` is of
    the text alone. `published` and `modified` are ISO 8601, with the zone where the page gives one;
    `published_from` and `modified_from` name the place they were found in.
    """

    id: str
    text_digest: str
    text: str
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
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One voice of an article, with every mention of it.

    `name` is its fullest form in the text, `description` what the text says of it, verbatim. `identity` is
    null where it was not determined. An anonymous source stays one entity of one article.
    """

    id: str
    mentions: tuple[Span, ...]
    kind: Kind = "unknown"
    identity: Identity | None = None
    name: str | None = None
    description: str | None = None
    speaks_for: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what. `source` is null when the text has no findable source; it is never a guess.

    `score` is the probability that an annotator of PolNeAR would have this attribution: contents and sources
    that overlap by half. `factuality` and `stance` are null where they were not determined.
    """

    id: str
    source: str | None
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]
    manner: Manner
    score: float
    via: tuple[str, ...] = ()
    parent: str | None = None
    factuality: Factuality | None = None
    stance: Stance | None = None


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression as an interval, both ends inclusive; `value` in TIMEX3 / ISO 8601."""

    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    earliest: str | None = None
    latest: str | None = None
    attribution: str | None = None
    role: Literal["said", "happened", "other"] = "other"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a claim: `value` in decimal notation, `high` the upper end of a range."""

    start: int
    end: int
    value: str
    comparator: Literal["=", "<", "<=", ">", ">=", "~"] = "="
    high: str | None = None
    unit: str | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """A passage in the writer's own voice: a claim without a source, a loaded word, or what the page says is unsettled."""

    start: int
    end: int
    kind: Literal["assertion", "loaded", "unsettled"]


@dataclass(frozen=True, slots=True)
class ReaderInfo:
    """Which program and which weights made a reading."""

    name: str
    version: str
    model: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the program found in one article."""

    reader: ReaderInfo
    article: Article
    sources: tuple[Source, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Time, ...] = ()
    figures: tuple[Figure, ...] = ()
    voice: tuple[Voice, ...] = ()
    warnings: tuple[Warning, ...] = ()
    schema: Literal["reportedly.reading/1"] = SCHEMA

    def quote(self, spans: tuple[Span, ...]) -> str:
        """The words of some spans, pieces joined by an ellipsis."""
        return " … ".join(self.article.text[s.start : s.end] for s in spans)

    def to_json(self) -> str:
        """The wire contract's JSON, on one line."""
        from reportedly import wire

        return wire.dumps(self).decode()

    @classmethod
    def from_json(cls, data: str | bytes) -> Reading:
        """Read `to_json`'s output back, equal to the original.

        Raises:
            reportedly.errors.BadReading: the data are not a reading.

        """
        from reportedly import wire

        return wire.loads(data)

    def to_dict(self) -> dict[str, Any]:
        """The wire contract as plain dictionaries and lists."""
        from reportedly import wire

        return wire.to_dict(self)
