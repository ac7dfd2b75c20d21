"""What people gave to be read, kept until it is read, so that no restart loses it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "waiting",
        sa.Column("key", KEY, primary_key=True, autoincrement=False),
        sa.Column("job", sa.String(32), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary),
        sa.Column("published", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("article", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("message", sa.Text),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("waiting_job", "waiting", ["job", "place"])
    op.create_index("waiting_state", "waiting", ["state", "key"])
