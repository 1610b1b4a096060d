"""Activities that were entered before they had a life come to the state that fits them, and no row is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import URL, text

from app.core.database import db
from app.core.migrating import upgrade

pytestmark = pytest.mark.both_databases
COMMON = "uid, version, created_at, changed_at, station_id"
SAID = "'{uid}', 1, '2026-01-01 00:00:00', '2026-02-01 00:00:00', 1"


def insert(table: str, row_id: int, **values: object) -> str:
    names = ", ".join(f'"{name}"' for name in values)
    said = ", ".join(f"'{value}'" if isinstance(value, str) else str(value) for value in values.values())
    return f"INSERT INTO {table} (id, {COMMON}, {names}) VALUES ({row_id}, {SAID.format(uid=f'{table}{row_id}')}, {said})"


def activity(row_id: int, status: str, **more: object) -> str:
    values = {"type": "study", "title": f"第{row_id}次", "status": status, "start": "2026-01-05 09:00:00", "organiser": "station"}
    return insert("activities", row_id, **values, arranged="station", **more)


def test_rows_of_the_first_schema_come_to_fitting_states(empty_database: URL, application_on: Callable[[URL], Flask]) -> None:
    app = application_on(empty_database)
    no, yes = ("0", "1") if empty_database.get_backend_name() == "sqlite" else ("'f'", "'t'")

    def flag(statement: str) -> str:
        return statement.replace("'no'", no).replace("'yes'", yes)

    rows = [
        "INSERT INTO stations (id, uid, version, created_at, changed_at, name, kind)"
        " VALUES (1, 's', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00', '青石镇联络站', 'township')",
        *(insert("deputies", each, name=f"代表{each}", sex="male") for each in (1, 2)),
        activity(1, "held", everyone="no", end="2026-01-05 11:00:00"),
        activity(2, "held", everyone="no"),
        activity(3, "cancelled", everyone="no", note="下雨"),
        activity(4, "planned", everyone="no"),
        activity(5, "planned", everyone="no"),
        activity(6, "cancelled", everyone="no"),
        insert("activity_reports", 1, activity_id=2, sent_on="2026-01-06"),
        *(
            insert("attendance", number, activity_id=row, deputy_id=deputy, state="pending")
            for number, (row, deputy) in enumerate([(4, 1), (4, 2), (5, 1), (5, 2)], start=1)
        ),
        *(insert("activity_notices", row, activity_id=row, whom="all_deputies", told_at="2026-01-02 09:00:00", channel="phone",
                 reached="yes") for row in (4, 5)),
        insert("activity_notices", 6, activity_id=5, whom="deputy", deputy_id=2, told_at="2026-01-02 09:00:00", channel="phone",
               reached="no"),
    ]  # fmt: skip
    with app.app_context():
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "0001")
        with db.engine.begin() as connection:
            for row in rows:
                connection.execute(text(flag(row)))
    upgrade(app)
    with app.app_context():
        with db.engine.connect() as connection:
            found = connection.execute(text("SELECT status, cancel_reason FROM activities ORDER BY id")).all()
            told = connection.execute(text("SELECT told FROM attendance ORDER BY id")).scalars().all()
            ends = connection.execute(text("SELECT finished_at FROM activities ORDER BY id LIMIT 2")).scalars().all()
        db.engine.dispose()
    assert [tuple(row) for row in found] == [
        ("held", None), ("reported", None), ("cancelled", "下雨"), ("notified", None), ("planned", None), ("cancelled", "原因未登记"),
    ]  # fmt: skip
    assert told == ["told", "told", "told", "unreached"]
    assert [str(end)[:16] for end in ends] == ["2026-01-05 11:00", "2026-01-05 09:00"]
