"""Signing in: screens opened by key, their operations, deputies' cards; when one is late, and when signing in was closed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SIGNED_HOW = "signed_how IN ('paper', 'scan', 'screen', 'office')"
SIGNED_HOW_BEFORE = "signed_how IN ('paper', 'scan', 'office')"
LATE_AFTER = "late_after >= 0 AND late_after <= 600"


def bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "open_screens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("screen", bytewise(20), nullable=False),
        sa.Column("ledger", bytewise(40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("good_until", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_open_screens_station"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_open_screens_row", "open_screens", ["ledger", "row_id", "screen"])
    op.create_table(
        "operations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", bytewise(64), nullable=False),
        sa.Column("screen_id", sa.Integer(), nullable=False),
        sa.Column("screen", bytewise(20), nullable=False),
        sa.Column("ledger", bytewise(40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("kind", bytewise(20), nullable=False),
        sa.Column("subject", bytewise(60), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("clock_doubtful", sa.Boolean(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["screen_id"], ["open_screens.id"], name="fk_operations_screen"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("uid", name="uq_operations_uid"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_operations_screen_id", "operations", ["screen_id"])
    op.create_index("ix_operations_subject", "operations", ["ledger", "row_id", "subject", "at"])
    op.create_table(
        "deputy_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("code", bytewise(24), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("void_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_deputy_cards_station"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code", name="uq_deputy_cards_code"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deputy_cards_station", "deputy_cards", ["station_id", "deputy_id"])
    good = sa.text("void_at IS NULL")
    op.create_index("uq_deputy_cards_good", "deputy_cards", ["deputy_id"], unique=True, sqlite_where=good, postgresql_where=good)
    with op.batch_alter_table("activities") as activities:
        activities.add_column(sa.Column("late_after", sa.Integer(), nullable=True))
        activities.add_column(sa.Column("checkin_closed_at", sa.DateTime(), nullable=True))
        activities.create_check_constraint("ck_activities_late_after_range", LATE_AFTER)
        activities.create_index("ix_activities_checkin_closed_at", ["station_id", "checkin_closed_at", "id"])
    with op.batch_alter_table("attendance") as attendance:
        attendance.drop_constraint("ck_attendance_signed_how", type_="check")
        attendance.create_check_constraint("ck_attendance_signed_how", SIGNED_HOW)
        attendance.add_column(sa.Column("sent_later", sa.Boolean(), nullable=True))
    op.execute(sa.table("attendance", sa.column("sent_later", sa.Boolean())).update().values(sent_later=sa.false()))
    with op.batch_alter_table("attendance") as attendance:
        attendance.alter_column("sent_later", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    op.execute("UPDATE attendance SET signed_how = 'office' WHERE signed_how = 'screen'")
    with op.batch_alter_table("attendance") as attendance:
        attendance.drop_column("sent_later")
        attendance.drop_constraint("ck_attendance_signed_how", type_="check")
        attendance.create_check_constraint("ck_attendance_signed_how", SIGNED_HOW_BEFORE)
    with op.batch_alter_table("activities") as activities:
        activities.drop_index("ix_activities_checkin_closed_at")
        activities.drop_constraint("ck_activities_late_after_range", type_="check")
        activities.drop_column("checkin_closed_at")
        activities.drop_column("late_after")
    for name in ("deputy_cards", "operations", "open_screens"):
        op.drop_table(name)
