"""A place for the meaning of statements as numbers, with pgvector's own type where that is installed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "embeddings",
        sa.Column("attribution", KEY, sa.ForeignKey("attributions.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    connection = op.get_bind()
    if connection.dialect.name == "postgresql" and connection.execute(sa.text("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")).first():
        try:
            with connection.begin_nested():
                connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS vector"))
                connection.execute(sa.text("ALTER TABLE embeddings DROP COLUMN vector, ADD COLUMN vector vector NOT NULL"))
        except sa.exc.DBAPIError:  # no right to install it: the plain column does the same, more slowly
            return
