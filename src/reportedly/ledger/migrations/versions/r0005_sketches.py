"""Sketches of the vectors, to be gone through quickly. Vectors of before have none and are made anew by `reportedly ledger embed`."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sketches",
        sa.Column("key", KEY, primary_key=True, autoincrement=False),
        sa.Column("model", sa.String(80), nullable=False),
        sa.Column("attributions", sa.LargeBinary, nullable=False),
        sa.Column("signs", sa.LargeBinary, nullable=False),
    )
    op.execute("DELETE FROM embeddings")
