"""Each fault found in an archive room is a task of its own: who puts it right, until when, and who looked at it again.

Until now a check said it once for all its faults. What it says becomes that of each of them, of the checks in the recycle bin too;
of a check without a fault it is kept in words beside what was done at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOVED = {
    "responsible": "整改责任人", "due_on": "整改期限", "put_right_by": "整改完成人", "put_right_on": "完成日期",
    "rechecked_by": "复查人", "rechecked_on": "复查日期",
}
DAYS = ("due_on", "put_right_on", "rechecked_on")
CONSTRAINTS = (
    "ck_archive_checks_state_holds", "ck_archive_checks_put_right_by", "ck_archive_checks_recheck_needs_repair",
    "ck_archive_checks_due_on_after_checked_on", "ck_archive_checks_put_right_on_after_checked_on",
    "ck_archive_checks_rechecked_on_after_put_right_on",
)


def bytewise(length: int | None = None) -> sa.types.TypeEngine[str]:
    if length is None:
        return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


FAULTS = sa.table(
    "archive_faults", sa.column("id"), sa.column("uid"), sa.column("version"), sa.column("created_at", sa.DateTime()),
    sa.column("changed_at", sa.DateTime()), sa.column("station_id"), sa.column("check_id"), sa.column("found_on", sa.Date()),
    sa.column("point"), sa.column("words"), sa.column("remedy"), sa.column("state"), sa.column("responsible"),
    sa.column("put_right_by"), sa.column("rechecked_by"), *(sa.column(name, sa.Date()) for name in DAYS),
)
CHECKS = sa.table(
    "archive_checks", sa.column("id"), sa.column("station_id"), sa.column("created_at", sa.DateTime()), sa.column("checked_on", sa.Date()),
    sa.column("points", sa.JSON()), sa.column("remedy"), sa.column("responsible"), sa.column("put_right_by"), sa.column("rechecked_by"),
    *(sa.column(name, sa.Date()) for name in DAYS),
)


def upgrade() -> None:
    op.create_table(
        "archive_faults",
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("point", bytewise(20), nullable=False),
        sa.Column("words", bytewise(200), nullable=False),
        sa.Column("responsible", bytewise(40), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("remedy", bytewise(), nullable=True),
        sa.Column("put_right_by", bytewise(40), nullable=True),
        sa.Column("put_right_on", sa.Date(), nullable=True),
        sa.Column("rechecked_by", bytewise(40), nullable=True),
        sa.Column("rechecked_on", sa.Date(), nullable=True),
        sa.Column("state", bytewise(40), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", bytewise(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("request_id", bytewise(64), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("station_id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("put_right_on IS NULL OR put_right_by IS NOT NULL", name="ck_archive_faults_put_right_by"),
        sa.CheckConstraint("rechecked_on IS NULL OR put_right_on IS NOT NULL", name="ck_archive_faults_recheck_needs_repair"),
        sa.CheckConstraint(
            "(state <> 'put_right' OR put_right_on IS NOT NULL) AND (state <> 'rechecked' OR rechecked_on IS NOT NULL)",
            name="ck_archive_faults_state_holds",
        ),
        sa.CheckConstraint("due_on >= found_on", name="ck_archive_faults_due_on_after_found_on"),
        sa.CheckConstraint("put_right_on >= found_on", name="ck_archive_faults_put_right_on_after_found_on"),
        sa.CheckConstraint("rechecked_on >= put_right_on", name="ck_archive_faults_rechecked_on_after_put_right_on"),
        sa.CheckConstraint("point <> ''", name="ck_archive_faults_point_filled"),
        sa.CheckConstraint("words <> ''", name="ck_archive_faults_words_filled"),
        sa.CheckConstraint("state IN ('fault', 'put_right', 'rechecked')", name="ck_archive_faults_state"),
        sa.ForeignKeyConstraint(["station_id"], ["stations.id"], name="fk_archive_faults_station"),
        sa.ForeignKeyConstraint(
            ["station_id", "check_id"], ["archive_checks.station_id", "archive_checks.id"], name="fk_archive_faults_check"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("request_id", name="uq_archive_faults_request"),
        sa.UniqueConstraint("station_id", "check_id", "point", name="uq_archive_faults_key"),
        sa.UniqueConstraint("station_id", "id", name="uq_archive_faults_station"),
        sa.UniqueConstraint("uid", name="uq_archive_faults_uid"),
        sqlite_autoincrement=True,
    )
    for name in ("check_id", "found_on", "point", "due_on", "put_right_on", "rechecked_on", "state"):
        op.create_index(f"ix_archive_faults_{name}", "archive_faults", ["station_id", name, "id"])
    op.create_index("ix_archive_faults_found_on_of_all", "archive_faults", ["found_on", "id"])
    numbers = count(1)
    part_checks(numbers)
    part_those_in_bin(numbers)
    go_on_from(next(numbers))
    for name in DAYS:
        op.drop_index(f"ix_archive_checks_{name}", "archive_checks")
    with op.batch_alter_table("archive_checks") as checks:
        for name in CONSTRAINTS:
            checks.drop_constraint(name, type_="check")
        for name in MOVED:
            checks.drop_column(name)


def part_checks(numbers: Iterator[int]) -> None:
    connection, faults = op.get_bind(), []
    for check in connection.execute(sa.select(CHECKS).order_by(CHECKS.c.id)).mappings().all():
        found, remedy = parted(check)
        for each in found:
            faults.append({**_row(next(numbers), check["station_id"], check["id"], check["created_at"]), **each})
        if remedy != check["remedy"]:
            connection.execute(CHECKS.update().where(CHECKS.c.id == check["id"]).values(remedy=remedy))
    if faults:
        connection.execute(FAULTS.insert(), faults)


def parted(check: Mapping[str, Any]) -> tuple[list[dict[str, Any]], str | None]:
    """What each fault of a check says from now on, and what stays with the check."""
    said = {name: check.get(name) for name in ("remedy", *MOVED)}
    state = "rechecked" if said["rechecked_on"] else "put_right" if said["put_right_on"] else "fault"
    faults = [
        {"found_on": check["checked_on"], "point": each["point"], "words": each.get("words") or each["point"], "state": state, **said}
        for each in check["points"]
        if not each["ok"]
    ]
    if faults:
        return faults, None
    left = "；".join(f"{label} {said[name]}" for name, label in MOVED.items() if said[name])
    return [], "\n".join(each for each in (said["remedy"], left) if each) or None


def _row(number: int, station_id: int, check_id: int, at: Any) -> dict[str, Any]:
    return {
        "id": number, "uid": str(uuid4()), "version": 1, "created_at": at, "changed_at": at, "station_id": station_id, "check_id": check_id,
    }


def part_those_in_bin(numbers: Iterator[int]) -> None:
    """A check in the recycle bin comes back with its faults."""
    connection = op.get_bind()
    kept = sa.table("recycle_bin", sa.column("id", sa.Integer), sa.column("ledger", sa.String), sa.column("snapshot", sa.JSON))
    for entry in connection.execute(sa.select(kept).where(kept.c.ledger == "archive_checks")).all():
        snapshot: list[dict[str, Any]] = []
        for each in entry.snapshot:
            own = each["columns"]
            found, remedy = parted(own)
            columns = {name: value for name, value in own.items() if name not in MOVED} | {"remedy": remedy}
            snapshot.append({**each, "columns": columns})
            for fault in found:
                row = _row(next(numbers), own["station_id"], own["id"], own["created_at"])
                snapshot.append({"ledger": "archive_faults", "columns": {**row, "request_id": None, **fault}, "references": {}})
        connection.execute(kept.update().where(kept.c.id == entry.id).values(snapshot=snapshot))


def go_on_from(number: int) -> None:
    """A key given out is never given out again, that of a row in the bin neither."""
    connection = op.get_bind()
    if number == 1:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT setval(pg_get_serial_sequence('archive_faults', 'id'), :last)"), {"last": number - 1})
    else:
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'archive_faults'"))
        connection.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('archive_faults', :last)"), {"last": number - 1})


def downgrade() -> None:
    raise RuntimeError("There is no way back but the copy made before the upgrade.")
