"""How far a plan is stands in a column of its own: drafted, approved, changed since."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATES = "status IN ('drafted', 'approved', 'amended')"
APPROVAL = "(status = 'drafted') = (approved_on IS NULL) AND (status = 'amended') = (amended_on IS NOT NULL)"


def bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("plans") as plans:
        plans.add_column(sa.Column("status", bytewise(40), nullable=True))
    op.execute(
        "UPDATE plans SET status = CASE WHEN approved_on IS NULL THEN 'drafted' WHEN amended_on IS NULL THEN 'approved' ELSE 'amended' END"
    )
    with op.batch_alter_table("plans") as plans:
        plans.alter_column("status", existing_type=bytewise(40), nullable=False)
        plans.create_check_constraint("ck_plans_status", STATES)
        plans.create_check_constraint("ck_plans_approval", APPROVAL)
        plans.create_index("ix_plans_status", ["station_id", "status", "id"])


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
