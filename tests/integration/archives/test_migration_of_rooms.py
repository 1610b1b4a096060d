"""What checks said of their rooms and faults before these had rows of their own is there after the schema was brought up to date."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import URL, text

from app.core.access.actor import program
from app.core.database import db
from app.core.migrating import upgrade
from app.core.records.restoring import restore

pytestmark = pytest.mark.both_databases
AT = "'2026-01-01 00:00:00'"


def found_by(key: str) -> list[str]:
    """What the rows of a ledger are found by."""
    return list(db.session.scalars(text("SELECT title FROM search_index WHERE ledger = :key ORDER BY row_id"), {"key": key}))


def check(row_id: int, day: str, room: str) -> str:
    return (
        "INSERT INTO archive_checks (id, uid, version, created_at, changed_at, station_id, checked_on, room, checker, points, state)"
        f" VALUES ({row_id}, 'c{row_id}', 1, {AT}, {AT}, 1, '{day}', '{room}', '周敏', '[]', 'in_order')"
    )


def test_each_room_is_listed_since_its_first_check(empty_database: URL, application_on: Callable[[URL], Flask]) -> None:
    app = application_on(empty_database)
    with app.app_context():
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "0012")
        with db.engine.begin() as connection:
            for statement in (
                "INSERT INTO stations (id, uid, version, created_at, changed_at, name, kind)"
                f" VALUES (1, 's', 1, {AT}, {AT}, '青石镇联络站', 'township')",
                check(1, "2025-03-04", "档案室"),
                check(2, "2025-02-04", "档案室"),
                check(3, "2025-04-04", "二楼库房"),
            ):
                connection.execute(text(statement))
        upgrade(app)
        rows = db.session.execute(text("SELECT name, since FROM archive_rooms ORDER BY since")).all()
        assert [(name, str(since)[:10]) for name, since in rows] == [("档案室", "2025-02-04"), ("二楼库房", "2025-04-04")]
        assert db.session.execute(text("SELECT count(*) FROM archive_checks")).scalar() == 3
        assert sorted(found_by("archive_rooms")) == ["二楼库房", "档案室"]
        assert "2025-03-04 档案室" in found_by("archive_checks")
        db.session.remove()
        db.engine.dispose()


def faulty(*points: str) -> str:
    judged = {each: each not in points for each in ("防火", "防潮", "防霉")}
    return json.dumps([{"point": each, "ok": ok, "words": "" if ok else "有问题"} for each, ok in judged.items()])


def test_each_fault_keeps_what_its_check_said_in_the_bin_too(empty_database: URL, application_on: Callable[[URL], Flask]) -> None:
    app = application_on(empty_database)
    said = "responsible = '周敏', due_on = '2026-03-17', remedy = '换除湿机', put_right_by = '李强', put_right_on = '2026-03-12'"
    kept = {
        "id": 9, "uid": "k", "version": 1, "created_at": "2026-01-01T00:00:00", "changed_at": "2026-01-01T00:00:00", "station_id": 1,
        "checked_on": "2026-02-10", "room": "档案室", "checker": "周敏", "points": json.loads(faulty("防潮")), "state": "fault",
        "remedy": None, "responsible": "周敏", "due_on": "2026-02-17", "put_right_by": None, "put_right_on": None, "rechecked_by": None,
        "rechecked_on": None, "temperature": None, "humidity": None, "request_id": None,
    }
    binned = (
        'INSERT INTO recycle_bin (change_set, at, "by", ledger, row_id, station_id, title, snapshot)'
        f" VALUES ('c', {AT}, '周敏', 'archive_checks', 9, 1, '检查', :snapshot)"
    )
    with app.app_context():
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "0017")
        with db.engine.begin() as connection:
            for statement in (
                "INSERT INTO stations (id, uid, version, created_at, changed_at, name, kind)"
                f" VALUES (1, 's', 1, {AT}, {AT}, '青石镇联络站', 'township')",
                check(1, "2026-03-10", "档案室"), check(2, "2026-04-10", "档案室"),
            ):
                connection.execute(text(statement))
            mended = text(f"UPDATE archive_checks SET {said}, state = 'put_right', points = :points WHERE id = 1")
            connection.execute(mended, {"points": faulty("防潮", "防霉")})
            connection.execute(text("UPDATE archive_checks SET remedy = '开窗', responsible = '王芳' WHERE id = 2"))
            connection.execute(text(binned), {"snapshot": json.dumps([{"ledger": "archive_checks", "columns": kept, "references": {}}])})
        upgrade(app)
        rows = db.session.execute(text(
            "SELECT check_id, point, words, responsible, due_on, remedy, put_right_by, put_right_on, state FROM archive_faults ORDER BY id"
        )).all()
        assert [tuple(str(each)[:10] for each in row) for row in rows] == [
            ("1", point, "有问题", "周敏", "2026-03-17", "换除湿机", "李强", "2026-03-12", "put_right") for point in ("防潮", "防霉")
        ]
        checks = db.session.execute(text("SELECT remedy, state FROM archive_checks ORDER BY id")).all()
        assert [tuple(row) for row in checks] == [(None, "put_right"), ("开窗\n整改责任人 王芳", "in_order")]
        assert found_by("archive_faults") == ["2026-03-10 档案室 防潮", "2026-03-10 档案室 防霉"]
        binned_id = db.session.execute(text("SELECT id FROM recycle_bin")).scalar_one()
        db.session.remove()
        with app.test_request_context():
            restore(program(1, "test"), binned_id)
            db.session.remove()
        found = db.session.execute(text("SELECT check_id, point, responsible, found_on, id FROM archive_faults WHERE check_id = 9")).one()
        assert [str(each)[:10] for each in found] == ["9", "防潮", "周敏", "2026-02-10", "3"]
        db.session.remove()
        db.engine.dispose()
