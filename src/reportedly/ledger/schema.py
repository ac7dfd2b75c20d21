"""The tables, as the newest migration leaves them. `migrations/` makes them; a test holds the two together.

Everything but `readings` and what `articles` says of its adding can be made again from the readings.

Keys come from one counter, so that they can be given before anything is written. The key of an attribution begins with
the minute of the statement (see `moments.ordered_key`): to walk the table, or the full text, by key is to walk it in the
order of time, which is the order of every list, without sorting what is not shown.

Long words (addresses, names) are indexed by digest: PostgreSQL takes no index entry above 2,700 bytes.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, SmallInteger, String, Table, Text, text

metadata = MetaData()
KEY = BigInteger().with_variant(Integer, "sqlite")
DIGEST = String(32)


def _article(**options: bool) -> Column[int]:
    return Column("article", KEY, ForeignKey("articles.key", ondelete="CASCADE"), nullable=False, **options)  # type: ignore[arg-type]


facts = Table("facts", metadata, Column("name", String(40), primary_key=True), Column("value", Text, nullable=False))
counter = Table("counter", metadata, Column("name", String(10), primary_key=True), Column("value", BigInteger, nullable=False))

articles = Table(
    "articles",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("id", DIGEST, nullable=False, unique=True),
    Column("text_digest", DIGEST, nullable=False, index=True),
    Column("address", DIGEST),  # digest of the url
    Column("version", Integer, nullable=False),  # of its address, from 1, in the order of adding
    Column("current", Boolean, nullable=False),  # the newest version of its address
    Column("url", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("agency", Text),
    Column("language", Text),
    Column("published", Text),
    Column("published_at", BigInteger),  # seconds since 1970, UTC
    Column("added_at", BigInteger, nullable=False),
    Index("articles_address", "address", "version", unique=True),
)

readings = Table(
    "readings",
    metadata,
    _article(primary_key=True),
    Column("reading", LargeBinary, nullable=False),  # the wire contract's JSON, deflated (zlib)
)

# One row a proper name, whatever its capitals: who speaks in many articles. Only named sources have one.
names = Table("names", metadata, Column("key", KEY, primary_key=True, autoincrement=False), Column("digest", DIGEST, nullable=False, unique=True), Column("name", Text, nullable=False))
name_words = Table(
    "name_words",
    metadata,
    Column("word", String(100), primary_key=True),
    Column("name", KEY, ForeignKey("names.key", ondelete="CASCADE"), primary_key=True),
    Index("name_words_name", "name"),
    sqlite_with_rowid=False,
)

sources = Table(
    "sources",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    _article(index=True),
    Column("id", Text, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("identity", String(10)),
    Column("name", Text),
    Column("description", Text),
    Column("speaks_for", Text),
    Column("voice", KEY),  # names.key, of a named source only
    Index("sources_voice", "voice"),
)

attributions = Table(
    "attributions",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    _article(index=True),
    Column("id", Text, nullable=False),
    Column("source", KEY),  # sources.key
    Column("voice", KEY),  # that source's
    Column("parent", Text),
    Column("said_as", Text),  # the words that stand for the source here
    Column("cue", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("manner", String(8), nullable=False),
    Column("factuality", String(3)),
    Column("stance", String(9)),
    Column("score", Float, nullable=False),
    Column("said_from", BigInteger),  # seconds since 1970, UTC
    Column("said_to", BigInteger),
    Column("said_by", String(9)),  # what gave the time: text or published
    Index("attributions_voice", "voice", "key"),
)

via = Table(
    "via",
    metadata,
    Column("attribution", KEY, ForeignKey("attributions.key", ondelete="CASCADE"), primary_key=True),
    Column("place", SmallInteger, primary_key=True),  # 0 is nearest to the page
    Column("source", KEY, nullable=False),
    Index("via_source", "source"),
    sqlite_with_rowid=False,
)

times = Table(
    "times",
    metadata,
    _article(primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("attribution", KEY),
    Column("type", String(8), nullable=False),
    Column("role", String(8), nullable=False),
    Column("words", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("earliest", Text),
    Column("latest", Text),
    Column("earliest_at", BigInteger),
    Index("times_role", "role", "earliest_at"),
    sqlite_with_rowid=False,
)

figures = Table(
    "figures",
    metadata,
    _article(primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("attribution", KEY),
    Column("words", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("high", Text),
    Column("comparator", String(2), nullable=False),
    Column("unit", Text),
    Column("low_number", Float),
    Column("high_number", Float),
    Index("figures_number", "low_number", "high_number", "attribution"),
    Index("figures_range", "low_number", "high_number", sqlite_where=text("high IS NOT NULL"), postgresql_where=text("high IS NOT NULL")),
    sqlite_with_rowid=False,
)

# The meaning of a statement as numbers, where they were embedded. With pgvector the column has its type instead.
embeddings = Table(
    "embeddings",
    metadata,
    Column("attribution", KEY, ForeignKey("attributions.key", ondelete="CASCADE"), primary_key=True),
    Column("model", String(80), nullable=False),
    Column("vector", LargeBinary, nullable=False),  # 32-bit floats, little-endian, of length one
)

# The signs of those numbers, some hundred statements a row, to be gone through quickly. A statement that was removed may still be named.
sketches = Table(
    "sketches",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),  # the first of its attributions
    Column("model", String(80), nullable=False),
    Column("attributions", LargeBinary, nullable=False),  # their keys, 64-bit integers, little-endian
    Column("signs", LargeBinary, nullable=False),  # a bit a number, the first in the highest bit of the first byte
)

# What people said of the readings: one row a change, never altered. `answer` is what holds after it, `program` what the
# program had said, both as JSON of the contract's value. `undoes` is the revision that a row takes back.
corrections = Table(
    "corrections",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    _article(),
    Column("revision", Integer, nullable=False),  # from 1, of its article
    Column("target", Text, nullable=False),
    Column("verdict", String(8), nullable=False),
    Column("answer", Text),
    Column("program", Text),
    Column("undoes", Integer),
    Column("batch", DIGEST, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("corrections_revision", "article", "revision", unique=True),
    Index("corrections_batch", "batch"),
)

# What waits to be read, and what became of it: one row an input until it is read, one row an article from then on.
waiting = Table(
    "waiting",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("job", String(32), nullable=False),  # what was given at one time
    Column("place", Integer, nullable=False),  # of the input in its job
    Column("state", String(8), nullable=False),  # waiting and reading are inputs, all else outcomes
    Column("name", Text, nullable=False),
    Column("data", LargeBinary),  # a text or a file; a link has none
    Column("published", Text),
    Column("outlet", Text),
    Column("who", Text, nullable=False),
    Column("owner", Text),  # the program that reads it
    Column("tries", Integer, nullable=False),
    Column("article", Text),
    Column("title", Text),
    Column("message", Text),
    Column("at", BigInteger, nullable=False),
    Index("waiting_job", "job", "place"),
    Index("waiting_state", "state", "key"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("password", Text, nullable=False),  # a hash with its salt and parameters
    Column("role", String(8), nullable=False),
    Column("made_at", BigInteger, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the token, which only the browser has
    Column("name", String(64), ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

# Who did what, when. It outlives what it is about.
audit = Table(
    "audit",
    metadata,
    Column("key", KEY, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("action", String(20), nullable=False),
    Column("article", Text),
    Column("detail", Text, nullable=False),
)
