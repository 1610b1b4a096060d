"""A suggestion that came back from an organ that is not competent says from whom, of when and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ALL = ("returned_on", "returned_reason", "returned_organ_id", "handed_before_on")


def bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("suggestions") as table:
        table.add_column(sa.Column("returned_organ_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("handed_before_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("returned_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("returned_reason", bytewise(200), nullable=True))
    with op.batch_alter_table("suggestions") as table:
        table.create_foreign_key("fk_suggestions_returned_organ", "organs", ["returned_organ_id"], ["id"])
        table.create_check_constraint(
            "ck_suggestions_returned",
            f"({' AND '.join(f'{name} IS NULL' for name in ALL)}) OR ({' AND '.join(f'{name} IS NOT NULL' for name in ALL)})",
        )
        for first, then in (("submitted_on", "handed_before_on"), ("handed_before_on", "returned_on"), ("returned_on", "handed_over_on")):
            table.create_check_constraint(f"ck_suggestions_{then}_after_{first}", f"{then} >= {first}")
        for name in ("returned_organ_id", "handed_before_on", "returned_on"):
            table.create_index(f"ix_suggestions_{name}", ["station_id", name, "id"])


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
