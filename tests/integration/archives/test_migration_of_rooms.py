"""Rooms that checks named before there was a list of rooms are in it after the schema was brought up to date."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import URL, text

from app.core.database import db
from app.core.migrating import upgrade

pytestmark = pytest.mark.both_databases
AT = "'2026-01-01 00:00:00'"


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
        db.session.remove()
        db.engine.dispose()
