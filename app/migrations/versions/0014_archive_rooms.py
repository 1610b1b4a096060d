"""Archive rooms are listed; a fault found in one is given to somebody until a day, and its re-check is signed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NEW_SETTING, BEFORE = "archive_fault_days", "archive_temperature_least"


def bytewise(length: int | None = None) -> sa.types.TypeEngine[str]:
    if length is None:
        return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("archive_checks") as checks:
        checks.add_column(sa.Column("responsible", bytewise(40), nullable=True))
        checks.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        checks.add_column(sa.Column("rechecked_by", bytewise(40), nullable=True))
        checks.create_check_constraint("ck_archive_checks_due_on_after_checked_on", "due_on >= checked_on")
        checks.create_index("ix_archive_checks_due_on", ["station_id", "due_on", "id"])
    op.create_table(
        "archive_rooms",
        sa.Column("name", bytewise(40), nullable=False),
        sa.Column("place", bytewise(80), nullable=True),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("meter", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("given_up_on", sa.Date(), nullable=True),
        sa.Column("note", bytewise(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", bytewise(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_id", bytewise(64), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("given_up_on >= since", name="ck_archive_rooms_given_up_on_after_since"),
        sa.CheckConstraint("name <> ''", name="ck_archive_rooms_name_filled"),
        sa.ForeignKeyConstraint(
            ["station_id", "keeper_id"], ["station_staff.station_id", "station_staff.id"], name="fk_archive_rooms_keeper"
        ),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_archive_rooms_station"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_id", name="uq_archive_rooms_request"),
        sa.UniqueConstraint("station_id", "id", name="uq_archive_rooms_station"),
        sa.UniqueConstraint("station_id", "name", name="uq_archive_rooms_key"),
        sa.UniqueConstraint("uid", name="uq_archive_rooms_uid"),
        sqlite_autoincrement=True,
    )
    for column in ("given_up_on", "keeper_id", "name", "since"):
        op.create_index(f"ix_archive_rooms_{column}", "archive_rooms", ["station_id", column, "id"])
    op.create_index("ix_archive_rooms_name_of_all", "archive_rooms", ["name", "id"])
    list_rooms()
    allow_setting()


def allow_setting() -> None:
    """The closed set of parameters as it stands, with the new one where the list has it."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("settings")
    names = next(each for each in checks if each["name"] == "ck_settings_name")["sqltext"].split("'")[1::2]
    at = names.index(BEFORE)
    allowed = ", ".join(f"'{name}'" for name in [*names[:at], NEW_SETTING, *names[at:]])
    with op.batch_alter_table("settings") as settings:
        settings.drop_constraint("ck_settings_name", type_="check")
        settings.create_check_constraint("ck_settings_name", f"name IN ({allowed})")


def list_rooms() -> None:
    """Each room that a check names, in use since the first of them."""
    connection = op.get_bind()
    named = sa.text("SELECT station_id, room, min(checked_on) AS since FROM archive_checks GROUP BY station_id, room")
    table = sa.table(
        "archive_rooms", sa.column("uid"), sa.column("version"), sa.column("created_at", sa.DateTime()), sa.column("changed_at", sa.DateTime()),
        sa.column("station_id"), sa.column("name"), sa.column("meter", sa.Boolean()), sa.column("since", sa.Date()),
    )
    now = datetime.now(UTC).replace(tzinfo=None)
    rows = [
        {"uid": str(uuid4()), "version": 1, "created_at": now, "changed_at": now, "station_id": row.station_id, "name": row.room,
         "meter": True, "since": as_day(row.since)}
        for row in connection.execute(named)
    ]
    if rows:
        connection.execute(sa.insert(table), rows)


def as_day(value: str | date) -> date:
    """SQLite gives days as text."""
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
