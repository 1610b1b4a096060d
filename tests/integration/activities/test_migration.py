"""Activities that were entered before they had a life come to the state that fits them, and no row is lost."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from alembic import command
from alembic.script import ScriptDirectory
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


def test_what_an_inspection_said_of_its_organs_becomes_their_rows_in_the_bin_too(
    empty_database: URL, application_on: Callable[[URL], Flask]
) -> None:
    app = application_on(empty_database)
    rows = [
        "INSERT INTO stations (id, uid, version, created_at, changed_at, name, kind)"
        " VALUES (1, 's', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00', '青石镇联络站', 'township')",
        *(insert("organs", each, name=f"单位{each}", level="township") for each in (1, 2, 3)),
        *(activity(each, "planned", everyone=False) for each in (1, 2, 3, 4)),
        insert("inspections", 1, activity_id=1, openness="open", confirmed=True, fed_back_on="2026-01-08"),
        insert("inspections", 2, activity_id=2, openness="open", confirmed=True, fed_back_on="2026-01-09"),
        insert("inspections", 3, activity_id=3, openness="open", confirmed=True),
        insert("inspections", 4, activity_id=4, openness="open", confirmed=True, fed_back_on="2026-01-09"),
        *(
            f"INSERT INTO inspections_{table} (row_id, target_id, station_id) VALUES ({row}, {organ}, 1)"
            for table, row, organ in (("organs", 1, 1), ("organs", 1, 2), ("fed_back_to", 1, 2), ("organs", 2, 1), ("organs", 3, 3))
        ),
    ]
    kept = [
        {"ledger": "activities", "columns": {"id": 9, "station_id": 1}, "references": {}},
        {
            "ledger": "inspections",
            "columns": {"id": 9, "station_id": 1, "created_at": "2026-01-01T00:00:00", "fed_back_on": "2026-01-08"},
            "references": {"organs": [1, 3], "fed_back_to": [3], "motions": []},
        },
    ]
    binned = (
        'INSERT INTO recycle_bin (change_set, at, "by", ledger, row_id, station_id, title, snapshot)'
        " VALUES ('c', '2026-01-01 00:00:00', '周敏', 'activities', 9, 1, '视察', :snapshot)"
    )
    with app.app_context():
        config = app.extensions["migrate"].migrate.get_config()
        revisions = ScriptDirectory.from_config(config).walk_revisions()
        command.upgrade(config, next(str(each.down_revision) for each in revisions if "each_inspected_organ" in each.path))
        with db.engine.begin() as connection:
            for row in rows:
                connection.execute(text(row))
            connection.execute(text(binned), {"snapshot": json.dumps(kept)})
    upgrade(app)
    with app.app_context():
        with db.engine.begin() as connection:
            said = "SELECT inspection_id, organ_id, fed_back_on FROM inspected_organs ORDER BY inspection_id, organ_id"
            found = [(row[0], row[1], str(row[2])[:10]) for row in connection.execute(text(said))]
            states = connection.execute(text("SELECT feedback, fed_back_on FROM inspections ORDER BY id"))
            stands = [(row[0], str(row[1])[:10]) for row in states]
            snapshot = connection.execute(text("SELECT snapshot FROM recycle_bin")).scalar_one()
            connection.execute(text(insert("inspected_organs", 0, inspection_id=3, organ_id=1).replace("(id, ", "(").replace("(0, ", "(")))
            newest = connection.execute(text("SELECT max(id) FROM inspected_organs")).scalar_one()
        db.engine.dispose()
    assert found == [(1, 1, "None"), (1, 2, "2026-01-08"), (2, 1, "2026-01-09"), (3, 3, "None")]
    assert stands == [("some", "None"), ("done", "2026-01-09"), ("open", "None"), (None, "2026-01-09")]
    back = snapshot if isinstance(snapshot, list) else json.loads(snapshot)
    assert back[1]["columns"]["feedback"] == "some"
    waiting = [each["columns"] for each in back[2:]]
    assert [(each["organ_id"], each["inspection_id"], each["fed_back_on"]) for each in waiting] == [(1, 9, None), (3, 9, "2026-01-08")]
    assert newest == max(each["id"] for each in waiting) + 1
