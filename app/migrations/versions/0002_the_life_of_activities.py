"""The life of activities.

An activity is planned, told, under way, held, reported on, or called off; whoever is invited has been told or not; guests sign in.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATUSES = "status IN ('planned', 'notified', 'under_way', 'held', 'reported', 'cancelled')"
CANCELLED = "(cancelled_on IS NULL) = (cancel_reason IS NULL) AND (status = 'cancelled') = (cancelled_on IS NOT NULL)"
FINISHED = "(status IN ('held', 'reported')) = (finished_at IS NOT NULL AND cancelled_on IS NULL)"
TOLD = "told IN ('untold', 'told', 'unreached', 'again')"


def bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("activities") as activities:
        activities.drop_constraint("ck_activities_status", type_="check")
        activities.add_column(sa.Column("moved_at", sa.DateTime(), nullable=True))
        activities.add_column(sa.Column("finished_at", sa.DateTime(), nullable=True))
        activities.add_column(sa.Column("cancelled_on", sa.Date(), nullable=True))
        activities.add_column(sa.Column("cancel_reason", bytewise(200), nullable=True))
    with op.batch_alter_table("attendance") as attendance:
        attendance.add_column(sa.Column("told", bytewise(40), nullable=True))
    with op.batch_alter_table("activity_guests") as guests:
        guests.add_column(sa.Column("signed_at", sa.DateTime(), nullable=True))
    fill_in()
    with op.batch_alter_table("activities") as activities:
        activities.create_check_constraint("ck_activities_status", STATUSES)
        activities.create_check_constraint("ck_activities_cancelled", CANCELLED)
        activities.create_check_constraint("ck_activities_finished", FINISHED)
        for name in ("moved_at", "finished_at", "cancelled_on"):
            activities.create_index(f"ix_activities_{name}", ["station_id", name, "id"], unique=False)
    with op.batch_alter_table("attendance") as attendance:
        attendance.alter_column("told", existing_type=bytewise(40), nullable=False)
        attendance.create_check_constraint("ck_attendance_told", TOLD)
        attendance.create_index("ix_attendance_told", ["station_id", "told", "id"], unique=False)
    with op.batch_alter_table("activity_guests") as guests:
        guests.create_index("ix_activity_guests_signed_at", ["station_id", "signed_at", "id"], unique=False)


def fill_in() -> None:
    """What the rows say already: notices tell who was told, reports which activities were reported on."""
    op.execute(
        "UPDATE attendance SET told = CASE"
        " WHEN EXISTS (SELECT 1 FROM activity_notices n WHERE n.activity_id = attendance.activity_id AND n.whom = 'deputy'"
        " AND n.deputy_id = attendance.deputy_id AND NOT n.reached"
        " AND NOT EXISTS (SELECT 1 FROM activity_notices m WHERE m.activity_id = n.activity_id AND m.told_at > n.told_at AND m.reached"
        " AND (m.whom = 'all_deputies' OR m.deputy_id = n.deputy_id))) THEN 'unreached'"
        " WHEN EXISTS (SELECT 1 FROM activity_notices n WHERE n.activity_id = attendance.activity_id AND n.reached"
        " AND (n.whom = 'all_deputies' OR (n.whom = 'deputy' AND n.deputy_id = attendance.deputy_id))) THEN 'told'"
        " ELSE 'untold' END"
    )
    op.execute("UPDATE activities SET finished_at = coalesce(\"end\", start) WHERE status = 'held'")
    op.execute(
        "UPDATE activities SET cancelled_on = date(changed_at), cancel_reason = coalesce(nullif(substr(note, 1, 200), ''), '原因未登记')"
        " WHERE status = 'cancelled'"
    )
    op.execute(
        "UPDATE activities SET status = 'reported' WHERE status = 'held'"
        " AND EXISTS (SELECT 1 FROM activity_reports r WHERE r.activity_id = activities.id)"
    )
    op.execute(
        "UPDATE activities SET status = 'notified' WHERE status = 'planned'"
        " AND EXISTS (SELECT 1 FROM attendance a WHERE a.activity_id = activities.id)"
        " AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.activity_id = activities.id AND a.told <> 'told' AND a.state <> 'leave')"
    )


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
