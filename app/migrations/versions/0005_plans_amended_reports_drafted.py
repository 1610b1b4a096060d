"""A plan that was changed after its approval says so; a report to the county may be a draft."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plans") as plans:
        plans.add_column(sa.Column("amended_on", sa.Date(), nullable=True))
        plans.create_check_constraint("ck_plans_amended", "amended_on IS NULL OR approved_on IS NOT NULL")
        plans.create_index("ix_plans_amended_on", ["station_id", "amended_on", "id"])
    with op.batch_alter_table("activity_reports") as reports:
        reports.alter_column("sent_on", existing_type=sa.Date(), nullable=True)


def downgrade() -> None:
    raise RuntimeError("Drafts of reports would be lost; the way back is the copy made before the upgrade.")
