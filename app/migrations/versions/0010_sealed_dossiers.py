"""Sealed dossiers; own entries of deputies wait for the office in good deeds and inspections as they do in visits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "sealed_dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("seal", bytewise(64), nullable=False),
        sa.Column("signed_by", bytewise(60), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("entered_by", bytewise(64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("sealed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["station_id", "deputy_id"], ["deputies.station_id", "deputies.id"], name="fk_sealed_dossiers_deputy"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("deputy_id", "year", name="uq_sealed_dossiers_year"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sealed_dossiers_year", "sealed_dossiers", ["station_id", "year"])
    for name in ("good_deeds", "inspections"):
        with op.batch_alter_table(name) as ledger:
            ledger.add_column(sa.Column("confirmed", sa.Boolean(), nullable=True))
        op.get_bind().execute(sa.text(f"UPDATE {name} SET confirmed = :yes"), {"yes": True})
        with op.batch_alter_table(name) as ledger:
            ledger.alter_column("confirmed", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
