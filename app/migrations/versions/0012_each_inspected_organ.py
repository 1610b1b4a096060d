"""Each organ inspected has a row of its own: what was found there, when it was fed back, what it answered.

Until now an inspection named its organs, those fed back to, and one day for all of them. What it says becomes the rows, of the
inspections in the recycle bin too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OF_INSPECTION = ("inspections_organs", "inspections_fed_back_to")
COLUMNS = ("id", "uid", "version", "created_at", "changed_at", "station_id", "inspection_id", "organ_id", "fed_back_on")


def bytewise(length: int | None = None) -> sa.types.TypeEngine[str]:
    if length is None:
        return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "inspected_organs",
        sa.Column("findings", bytewise(), nullable=True),
        sa.Column("advice", bytewise(), nullable=True),
        sa.Column("fed_back_on", sa.Date(), nullable=True),
        sa.Column("fed_back_by", bytewise(40), nullable=True),
        sa.Column("answer", bytewise(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", bytewise(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_id", bytewise(64), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("organ_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "fed_back_on IS NOT NULL OR (fed_back_by IS NULL AND answered_on IS NULL)", name="ck_inspected_organs_fed_back"
        ),
        sa.CheckConstraint("fed_back_by IN ('letter', 'meeting', 'in_person', 'phone')", name="ck_inspected_organs_fed_back_by"),
        sa.CheckConstraint("answered_on >= fed_back_on", name="ck_inspected_organs_answered_on_after_fed_back_on"),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_inspected_organs_station"),
        sa.ForeignKeyConstraint(
            ["station_id", "inspection_id"], ["inspections.station_id", "inspections.id"], name="fk_inspected_organs_inspection"
        ),
        sa.ForeignKeyConstraint(["organ_id"], ["organs.id"], name="fk_inspected_organs_organ"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_id", name="uq_inspected_organs_request"),
        sa.UniqueConstraint("station_id", "id", name="uq_inspected_organs_station"),
        sa.UniqueConstraint("station_id", "inspection_id", "organ_id", name="uq_inspected_organs_key"),
        sa.UniqueConstraint("uid", name="uq_inspected_organs_uid"),
        sqlite_autoincrement=True,
    )
    for name in ("inspection_id", "organ_id", "fed_back_on", "fed_back_by", "answered_on"):
        op.create_index(f"ix_inspected_organs_{name}", "inspected_organs", ["station_id", name, "id"])
    with op.batch_alter_table("inspections") as inspections:
        inspections.add_column(sa.Column("feedback", bytewise(40), nullable=True))
        inspections.create_check_constraint("ck_inspections_feedback", "feedback IN ('open', 'some', 'done')")
        inspections.create_index("ix_inspections_feedback", ["station_id", "feedback", "id"])
    fill_in()
    for name in OF_INSPECTION:
        op.drop_table(name)


def fill_in() -> None:
    connection, numbers = op.get_bind(), count(1)
    named, fed_back = (_named(connection, name) for name in OF_INSPECTION)
    rows, stands = [], []
    for each in connection.execute(sa.text("SELECT id, station_id, created_at, fed_back_on FROM inspections ORDER BY id")):
        days = days_of(named.get(each.id, []), fed_back.get(each.id, []), each.fed_back_on)
        for organ, day in days.items():
            rows.append(_row(next(numbers), each.station_id, each.id, organ, as_moment(each.created_at), as_day(day)))
        if days:
            done = [day for day in days.values() if day is not None]
            stands.append({"row": each.id, "feedback": "open" if not done else "done" if len(done) == len(days) else "some"})
    if rows:
        table = sa.table("inspected_organs", *(sa.column(name) for name in COLUMNS))
        connection.execute(table.insert(), rows)
    if stands:
        said = "UPDATE inspections SET feedback = :feedback, fed_back_on = CASE WHEN :feedback = 'done' THEN fed_back_on END WHERE id = :row"
        connection.execute(sa.text(said.replace(":feedback", "CAST(:feedback AS varchar)")), stands)
    _bin(connection, numbers)
    _go_on_from(connection, next(numbers))


def days_of(named: Iterable[int], fed_back: Iterable[int], day: Any) -> dict[int, Any]:
    """Each organ with the day on which it was fed back: a day without organs was that of all."""
    told = set(fed_back)
    return {organ: day if organ in told or not told else None for organ in dict.fromkeys([*named, *fed_back])}


def _named(connection: sa.Connection, table: str) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row_id, target_id in connection.execute(sa.text(f"SELECT row_id, target_id FROM {table} ORDER BY row_id, target_id")):
        found.setdefault(row_id, []).append(target_id)
    return found


def _row(number: int, station_id: int, inspection_id: int, organ_id: int, at: datetime, day: date | None) -> dict[str, Any]:
    values = (number, str(uuid4()), 1, at, at, station_id, inspection_id, organ_id, day)
    return dict(zip(COLUMNS, values, strict=True))


def _bin(connection: sa.Connection, numbers: Iterable[int]) -> None:
    """What waits in the recycle bin comes back with its organs."""
    keys = iter(numbers)
    kept = sa.table("recycle_bin", sa.column("id", sa.Integer), sa.column("ledger", sa.String), sa.column("snapshot", sa.JSON))
    found = connection.execute(sa.select(kept).where(kept.c.ledger == "activities")).all()
    for entry in found:
        organs = [row for each in entry.snapshot if each["ledger"] == "inspections" for row in _kept_organs(each, keys)]
        if organs:
            snapshot = [_standing(each, organs) for each in entry.snapshot] + organs
            connection.execute(kept.update().where(kept.c.id == entry.id).values(snapshot=snapshot))


def _kept_organs(inspection: Mapping[str, Any], keys: Iterable[int]) -> list[dict[str, Any]]:
    own, several, numbers = inspection["columns"], inspection["references"], iter(keys)
    days = days_of(several.get("organs", []), several.get("fed_back_to", []), own.get("fed_back_on"))
    at = datetime.fromisoformat(own["created_at"])
    made = []
    for organ, day in days.items():
        row = _row(next(numbers), own["station_id"], own["id"], organ, at, None)
        columns = {**row, "created_at": at.isoformat(), "changed_at": at.isoformat(), "fed_back_on": day}
        made.append({"ledger": "inspected_organs", "columns": columns, "references": {}})
    return made


def _standing(each: dict[str, Any], organs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    if each["ledger"] != "inspections":
        return each
    done = [organ["columns"]["fed_back_on"] for organ in organs if organ["columns"]["fed_back_on"] is not None]
    feedback = "open" if not done else "done" if len(done) == len(organs) else "some"
    day = each["columns"].get("fed_back_on") if feedback == "done" else None
    return {**each, "columns": {**each["columns"], "feedback": feedback, "fed_back_on": day}}


def _go_on_from(connection: sa.Connection, number: int) -> None:
    """A key given out is never given out again, that of a row in the bin neither."""
    if number == 1:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval(pg_get_serial_sequence('inspected_organs', 'id'), :last)"), {"last": number - 1})
    else:
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'inspected_organs'"))
        connection.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('inspected_organs', :last)"), {"last": number - 1})


def as_day(value: str | date | None) -> date | None:
    """SQLite gives days as text."""
    return date.fromisoformat(value[:10]) if isinstance(value, str) else value


def as_moment(value: str | datetime) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
