"""SQLite's full text with an index of beginnings, so that `re*` need not join the lists of all words that begin so.

A ledger that holds articles keeps the full text it has, in which beginnings are only slower: to make it anew would take as long as
to add them all. `reportedly ledger check --repair` does that when it is wanted.
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the full text of an empty ledger anew."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL's index is a tree of words, whose beginnings lie together
    if connection.exec_driver_sql("SELECT 1 FROM articles LIMIT 1").first() is None:
        op.execute("DROP TABLE search")
        op.execute("CREATE VIRTUAL TABLE search USING fts5(content, source, title, facets, content='', columnsize=0, tokenize='ascii', prefix='2 3')")
