"""Opinions entered before they had a time for assigning are dated when the schema is brought up to date."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import URL, text

from app.core.database import db
from app.core.migrating import upgrade

pytestmark = pytest.mark.both_databases
SAID = "1, '2026-01-01 00:00:00', '2026-02-01 00:00:00', 1"


def opinion(row_id: int, handling: str, no: str) -> str:
    return (
        "INSERT INTO opinions (id, uid, version, created_at, changed_at, station_id, number, heard_on, voter_name, anonymous, confidential,"
        f" law_related, words, handling, status) VALUES ({row_id}, 'o{row_id}', {SAID}, '2026-{row_id:03d}', '2026-04-28', '张桂花',"
        f" {no}, {no}, {no}, '路', '{handling}', 'to_assign')"
    )


def test_opinions_of_the_earlier_schema_are_dated(empty_database: URL, application_on: Callable[[URL], Flask]) -> None:
    app = application_on(empty_database)
    no = "0" if empty_database.get_backend_name() == "sqlite" else "'f'"
    with app.app_context():
        command.upgrade(app.extensions["migrate"].migrate.get_config(), "0006")
        with db.engine.begin() as connection:
            for statement in (
                "INSERT INTO stations (id, uid, version, created_at, changed_at, name, kind)"
                " VALUES (1, 's', 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00', '青石镇联络站', 'township')",
                "INSERT INTO organs (id, uid, version, created_at, changed_at, station_id, name, level)"
                f" VALUES (1, 'g', {SAID}, '镇民政所', 'township')",
                opinion(1, "to_assign", no),
                opinion(2, "explained", no),
                "INSERT INTO assignments (id, uid, version, created_at, changed_at, station_id, number, opinion_id, round, assigned_on,"
                " organ_id, county_past, signed_by, signed_on)"
                f" VALUES (1, 'a', {SAID}, '2026-001', 1, 1, '2026-05-06', 1, {no}, '解明', '2026-05-07')",
            ):
                connection.execute(text(statement))
        upgrade(app)
        rows = db.session.execute(text("SELECT assign_due, assign_signed_on FROM opinions ORDER BY id")).all()
        assert [[str(value)[:10] if value else None for value in row] for row in rows] == [["2026-05-11", "2026-05-07"], [None, None]]
        db.session.remove()
        db.engine.dispose()
