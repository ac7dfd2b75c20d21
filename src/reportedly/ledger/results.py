"""What the ledger answers with: frozen values, the same whichever database keeps it. Times are ISO 8601, in UTC where they were reckoned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["new", "version", "known"]
Order = Literal["newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; all of it must hold.

    `words` are looked for in contents, sources and titles, `source` in the names and descriptions of sources: single words,
    "phrases" and beginnings*. `since` and `until` are about when the statement was made, by the text or else by the
    publication date; of a span of time, its beginning counts. `figure` is a number, a bound or a range with an optional
    unit: `9`, `>=50 %`, `10..20`. `versions` asks in older versions of articles too.
    """

    words: str = ""
    source: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    factuality: str | None = None
    manner: str | None = None
    stance: str | None = None
    figure: str | None = None
    min_score: float = 0.0
    versions: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one article in the ledger. `copies` are the ids of other articles with the very same words."""

    article: str
    url: str | None
    version: int
    current: bool
    outlet: str | None
    title: str | None
    byline: str | None
    agency: str | None
    published: str | None
    added: str
    text_digest: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of a statement, as in the contract, with its words."""

    words: str
    value: str
    comparator: str
    high: str | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One attribution of one article. `article` and `attribution` together are its address in the ledger.

    `source` is the source's name, else its description, else its words here. `via` are those it came through, nearest to the
    page first. `said` and `said_until` are when it was made: `said_by` is `text` where the text dates it, `published`
    where only the article has a date, null where nothing has.
    """

    article: str
    attribution: str
    source: str | None
    kind: str | None
    identity: str | None
    cue: str
    content: str
    manner: str
    factuality: str | None
    stance: str | None
    score: float
    via: tuple[str, ...]
    parent: str | None
    said: str | None
    said_until: str | None
    said_by: str | None
    figures: tuple[Number, ...]
    outlet: str | None
    title: str | None
    url: str | None
    agency: str | None
    published: str | None
    version: int


@dataclass(frozen=True, slots=True)
class Voice:
    """One source and what it said.

    A named source is one in all articles that give this name; two people of one name are not told apart. Any other voice
    is of one article alone, `article`, and nothing says who it is elsewhere.
    """

    name: str
    identity: str | None
    article: str | None
    kinds: tuple[str, ...]
    statements: int
    articles: int
    outlets: tuple[str, ...]
    earliest: str | None
    latest: str | None
    said: tuple[Statement, ...]
    passed_on: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """A voice without a name in one article: where to look, and how the article describes it."""

    article: str
    description: str
    identity: str | None
    outlet: str | None
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Voices:
    """Named sources of a name; or, where none has it, one voice of one article; or the accounts to choose from."""

    voices: tuple[Voice, ...] = ()
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something said to have happened at a time, and who says so; `statement` is null for the writer's own words."""

    earliest: str
    latest: str | None
    words: str
    article: str
    outlet: str | None
    title: str | None
    url: str | None
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class Told:
    """A statement within one version of an article, as `Change` compares it."""

    attribution: str
    source: str | None
    cue: str
    content: str
    manner: str
    factuality: str | None
    stance: str | None
    via: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a statement from one version to the next; `fields` names what is different in a changed one."""

    kind: Literal["added", "dropped", "changed"]
    before: Told | None
    after: Told | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a reading that was added.

    `known`: the same article is here already, and nothing was written. `version`: its address was known with other words;
    `changes` tells what changed. `copies` are the ids of other articles with the very same words.
    """

    outcome: Outcome
    article: str
    version: int = 1
    copies: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Revision:
    """A version of an article with what changed since the one before it."""

    entry: Entry
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Near:
    """A statement near in meaning to what was asked; `likeness` is the cosine of the angle between their vectors."""

    likeness: float
    statement: Statement


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the ledger that does not fit; `article` is null where it is not about one."""

    what: str
    article: str | None = None


@dataclass(frozen=True, slots=True)
class Info:
    """What a ledger holds."""

    place: str
    database: str
    revision: str
    articles: int
    addresses: int
    copies: int
    attributions: int
    sources: int
    names: int
    figures: int
    times: int
    outlets: int
    earliest: str | None
    latest: str | None
    bytes: int | None
    embeddings: int
    pgvector: bool
    notes: tuple[str, ...] = ()
