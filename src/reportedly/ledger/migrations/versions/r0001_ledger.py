"""Articles with their readings, what hangs on them, and the full text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
DIGEST = sa.String(32)


def upgrade() -> None:
    """Make the tables."""
    op.create_table("facts", sa.Column("name", sa.String(40), primary_key=True), sa.Column("value", sa.Text, nullable=False))
    counter = op.create_table("counter", sa.Column("name", sa.String(10), primary_key=True), sa.Column("value", sa.BigInteger, nullable=False))
    op.bulk_insert(counter, [{"name": "keys", "value": 1}])
    op.create_table(
        "articles",
        sa.Column("key", KEY, primary_key=True, autoincrement=False),
        sa.Column("id", DIGEST, nullable=False, unique=True),
        sa.Column("text_digest", DIGEST, nullable=False),
        sa.Column("address", DIGEST),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("current", sa.Boolean, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("byline", sa.Text),
        sa.Column("agency", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("published_at", sa.BigInteger),
        sa.Column("added_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_articles_text_digest", "articles", ["text_digest"])
    op.create_index("articles_address", "articles", ["address", "version"], unique=True)
    op.create_table("readings", _article(primary_key=True), sa.Column("reading", sa.LargeBinary, nullable=False))
    op.create_table(
        "names", sa.Column("key", KEY, primary_key=True, autoincrement=False), sa.Column("digest", DIGEST, nullable=False, unique=True), sa.Column("name", sa.Text, nullable=False)
    )
    op.create_table(
        "name_words",
        sa.Column("word", sa.String(100), primary_key=True),
        sa.Column("name", KEY, sa.ForeignKey("names.key", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index("name_words_name", "name_words", ["name"])
    op.create_table(
        "sources",
        sa.Column("key", KEY, primary_key=True, autoincrement=False),
        _article(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("identity", sa.String(10)),
        sa.Column("name", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("speaks_for", sa.Text),
        sa.Column("voice", KEY),
    )
    op.create_index("ix_sources_article", "sources", ["article"])
    op.create_index("sources_voice", "sources", ["voice"])
    op.create_table(
        "attributions",
        sa.Column("key", KEY, primary_key=True, autoincrement=False),
        _article(),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("source", KEY),
        sa.Column("voice", KEY),
        sa.Column("parent", sa.Text),
        sa.Column("said_as", sa.Text),
        sa.Column("cue", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("manner", sa.String(8), nullable=False),
        sa.Column("factuality", sa.String(3)),
        sa.Column("stance", sa.String(9)),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("said_from", sa.BigInteger),
        sa.Column("said_to", sa.BigInteger),
        sa.Column("said_by", sa.String(9)),
    )
    op.create_index("ix_attributions_article", "attributions", ["article"])
    op.create_index("attributions_voice", "attributions", ["voice", "key"])
    op.create_table(
        "via",
        sa.Column("attribution", KEY, sa.ForeignKey("attributions.key", ondelete="CASCADE"), primary_key=True),
        sa.Column("place", sa.SmallInteger, primary_key=True),
        sa.Column("source", KEY, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("via_source", "via", ["source"])
    op.create_table(
        "times",
        _article(primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("attribution", KEY),
        sa.Column("type", sa.String(8), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("earliest", sa.Text),
        sa.Column("latest", sa.Text),
        sa.Column("earliest_at", sa.BigInteger),
        sqlite_with_rowid=False,
    )
    op.create_index("times_role", "times", ["role", "earliest_at"])
    op.create_table(
        "figures",
        _article(primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("attribution", KEY),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("high", sa.Text),
        sa.Column("comparator", sa.String(2), nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("low_number", sa.Float),
        sa.Column("high_number", sa.Float),
        sqlite_with_rowid=False,
    )
    op.create_index("figures_number", "figures", ["low_number", "high_number", "attribution"])
    ranges = sa.text("high IS NOT NULL")
    op.create_index("figures_range", "figures", ["low_number", "high_number"], sqlite_where=ranges, postgresql_where=ranges)
    if op.get_bind().dialect.name == "sqlite":
        # contentless: the words are kept, the text is not; ascii: words come folded, and only a space parts them
        op.execute("CREATE VIRTUAL TABLE search USING fts5(content, source, title, facets, content='', columnsize=0, tokenize='ascii')")
    else:
        op.execute("ALTER TABLE attributions ADD COLUMN words tsvector NOT NULL DEFAULT ''")
        op.execute("CREATE INDEX attributions_words ON attributions USING gin (words)")


def _article(**options: bool) -> sa.Column[int]:
    return sa.Column("article", KEY, sa.ForeignKey("articles.key", ondelete="CASCADE"), nullable=False, **options)  # type: ignore[arg-type]
