"""The rota of reception days: a row for each month, who is on duty, who was placed by hand, whom the day does not suit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def bytewise(length: int | None = None) -> sa.types.TypeEngine[str]:
    if length is None:
        return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "reception_rota",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("note", bytewise(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", bytewise(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_id", bytewise(64), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("day IS NOT NULL", name="ck_reception_rota_day"),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_reception_rota_station"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_id", name="uq_reception_rota_request"),
        sa.UniqueConstraint("station_id", "id", name="uq_reception_rota_station"),
        sa.UniqueConstraint("station_id", "month", name="uq_reception_rota_key"),
        sa.UniqueConstraint("uid", name="uq_reception_rota_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reception_rota_day", "reception_rota", ["station_id", "day", "id"])
    op.create_index("ix_reception_rota_day_of_all", "reception_rota", ["day", "id"])
    op.create_index("ix_reception_rota_month", "reception_rota", ["station_id", "month", "id"])
    for field in ("deputies", "pinned", "away"):
        name = f"reception_rota_{field}"
        op.create_table(
            name,
            sa.Column("row_id", sa.Integer(), nullable=False),
            sa.Column("target_id", sa.Integer(), nullable=False),
            sa.Column("station_id", sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(["station_id", "row_id"], ["reception_rota.station_id", "reception_rota.id"], name=f"fk_{name}_row"),
            sa.ForeignKeyConstraint(["station_id", "target_id"], ["deputies.station_id", "deputies.id"], name=f"fk_{name}_target"),
            sa.PrimaryKeyConstraint("row_id", "target_id", name=f"pk_{name}"),
        )
        op.create_index(f"ix_{name}_target", name, ["target_id"])


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
