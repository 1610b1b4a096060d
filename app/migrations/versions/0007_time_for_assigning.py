"""The time for assigning: an opinion keeps the last day, the calendar that it was counted by, and the day of the first signature."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from alembic import op

from app.calendar import DATA, Calendar, built_in, missing_festivals

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SOURCE = """
SELECT o.id, o.station_id, o.heard_on, CASE WHEN o.reception_id IS NULL THEN NULL ELSE coalesce(a."end", a.start) END AS ended
FROM opinions o LEFT JOIN receptions r ON r.id = o.reception_id LEFT JOIN activities a ON a.id = r.activity_id
WHERE o.referred_on IS NULL AND (o.handling IS NULL OR o.handling IN ('to_gather', 'to_assign'))
"""


def bytewise(length: int) -> sa.types.TypeEngine[str]:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("opinions") as opinions:
        opinions.add_column(sa.Column("assign_due", sa.Date(), nullable=True))
        opinions.add_column(sa.Column("assign_due_provisional", sa.Boolean(), nullable=True))
        opinions.add_column(sa.Column("assign_due_by", bytewise(60), nullable=True))
        opinions.add_column(sa.Column("assign_signed_on", sa.Date(), nullable=True))
    fill_in()
    with op.batch_alter_table("opinions") as opinions:
        opinions.alter_column("assign_due_provisional", existing_type=sa.Boolean(), nullable=False)
        for name in ("assign_due", "assign_signed_on"):
            opinions.create_index(f"ix_opinions_{name}", ["station_id", name, "id"], unique=False)


def fill_in() -> None:
    """Closed opinions are dated here, once; they are never dated again."""
    connection = op.get_bind()
    op.execute(
        "UPDATE opinions SET assign_signed_on = (SELECT min(a.signed_on) FROM assignments a WHERE a.opinion_id = opinions.id)"
    )
    connection.execute(sa.text("UPDATE opinions SET assign_due_provisional = :no"), {"no": False})
    said = connection.execute(sa.text("SELECT station_id, value FROM settings WHERE name = 'assignment_workdays'")).all()
    workdays = {row.station_id: int(row.value) for row in said}
    calendar = office_calendar(connection)
    dated = []
    for row in connection.execute(sa.text(SOURCE)).all():
        ended = as_day(row.ended if row.ended is not None else row.heard_on)
        due, provisional = calendar.add_workdays(ended, workdays.get(row.station_id, workdays.get(None, 7)))
        adjusted = calendar.adjusted(ended, due)
        dated.append(
            {"row": row.id, "due": due.isoformat(), "provisional": provisional, "by": f"{DATA} +{adjusted}" if adjusted else DATA}
        )
    if dated:
        due = "CAST(:due AS date)" if connection.dialect.name == "postgresql" else ":due"
        connection.execute(
            sa.text(
                f"UPDATE opinions SET assign_due = {due}, assign_due_provisional = :provisional, assign_due_by = :by WHERE id = :row"
            ),
            dated,
        )


def office_calendar(connection: sa.Connection) -> Calendar:
    rows = connection.execute(sa.text("SELECT date, kind FROM workday_overrides")).all()
    overrides = {as_day(row.date): row.kind == "workday" for row in rows}
    off = [day for day, worked in overrides.items() if not worked]
    return Calendar(overrides, [year for year in {day.year for day in overrides} if not built_in(year) and not missing_festivals(year, off)])


def as_day(value: str | date | datetime) -> date:
    """SQLite gives days as text."""
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value.date() if isinstance(value, datetime) else value


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
