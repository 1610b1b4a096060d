"""Imports and what stations settled for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATES = "'matched', 'rehearsing', 'rehearsed', 'writing', 'done', 'undoing', 'undone', 'failed'"


def _text(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("by", _text(64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("file_name", _text(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("state", _text(12), nullable=False),
        sa.Column("matches", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.Column("change_set", _text(36), nullable=True),
        sa.CheckConstraint(f"state IN ({STATES})", name="ck_imports_state"),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_imports_station"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_imports_station", "imports", ["station_id", "id"])
    op.create_index("ix_imports_change_set", "imports", ["change_set"])
    op.create_table(
        "settled_matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=True),
        sa.Column("headings", _text(64), nullable=False),
        sa.Column("layout", _text(40), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_settled_matches_station"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("station_id", "headings", name="uq_settled_matches_headings"),
        sqlite_autoincrement=True,
    )


