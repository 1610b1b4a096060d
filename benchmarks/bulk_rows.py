"""How fast many rows are written under all rules, beside a bare insert of the same rows in the same run.

    python -m benchmarks.bulk_rows [rows]

The floor is an executemany of the same columns, history lines and search texts through SQLAlchemy core: no rule, no reference looked
up, no title made. Prints rows a second by the clock and by the processor, for many rows at once (`save_all`), for one after the other
(`Writing.save`), and the ratio of the former to the floor.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from app import create_app
from app.core.access.actor import program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.migrating import upgrade
from app.core.records.bulk import Draft, save_all
from app.core.records.history import Change
from app.core.records.saving import Writing
from app.core.records.search import Searchable
from app.core.records.writing import change_set
from app.work.services import seed_settings

Values = dict[str, Any]
LEDGER_ORDER = ("organs", "deputies", "mandates", "activities", "attendance", "opinions", "assignments", "replies")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴解仇单", "伟芳娜敏静强磊军洋勇艳杰涛明超秀兰霞平刚桂英华玉"
FIRST = date(2025, 1, 6)


@dataclass
class Written:
    """How long some rows took."""

    rows: int
    clock: float
    processor: float

    def __str__(self) -> str:
        return f"{self.rows / self.clock:>9.0f}{self.rows / self.processor:>9.0f}"


@contextmanager
def measured(rows: int) -> Iterator[Written]:
    written = Written(rows, time.perf_counter(), time.process_time())
    yield written
    written.clock, written.processor = time.perf_counter() - written.clock, time.process_time() - written.processor


def name_of(i: int) -> str:
    return SURNAMES[i % len(SURNAMES)] + GIVEN[i // 13 % len(GIVEN)] + GIVEN[i // 300 % len(GIVEN)]


def _day(i: int) -> date:
    return FIRST + timedelta(days=i % 300)


MAKERS: dict[str, Callable[[int, Mapping[str, list[int]]], Values]] = {
    "organs": lambda i, ids: {"name": f"第{i}服务中心", "level": "township", "phone": "0377-6912345"},
    "deputies": lambda i, ids: {
        "name": name_of(i), "sex": "male", "birth": date(1950, 1, 1) + timedelta(days=i), "phone": f"138{i:08d}",
        "address": f"青石镇柳河村{i}号", "unit": "青石镇柳河村村民委员会",
    },
    "mandates": lambda i, ids: {
        "deputy": ids["deputies"][i], "term": ids["terms"][0], "certificate": f"第{i:06d}号", "elected_on": date(2022, 1, 1),
    },
    "activities": lambda i, ids: {
        "start": datetime(2024, 1, 1, 9) + timedelta(hours=i), "type": "study", "title": f"第{i}次学习", "place": "联络站会议室",
    },
    "attendance": lambda i, ids: {
        "activity": ids["activities"][i // 70], "deputy": ids["deputies"][i % 70], "state": ("present", "absent", "late")[i % 3],
    },
    "opinions": lambda i, ids: {
        "heard_on": _day(i), "voter_name": name_of(i), "voter_phone": f"139{i:08d}", "village": f"第{i % 17}村",
        "category": "roads", "words": f"县道{i}公里处路面破损，雨天积水，影响群众出行，建议尽快修复并增设排水沟。",
        "deputy": ids["deputies"][i % 70], "handling": "to_assign",
    },
    "assignments": lambda i, ids: {
        "opinion": ids["opinions"][i], "organ": ids["organs"][i % 20], "assigned_on": _day(i) + timedelta(days=3),
    },
    "replies": lambda i, ids: {
        "opinion": ids["opinions"][i], "assignment": ids["assignments"][i], "replied_on": _day(i) + timedelta(days=20),
        "form": "written", "satisfaction": "satisfied", "answer": "已修复路面并增设排水沟。",
    },
}  # fmt: skip


@contextmanager
def station(instance: Path) -> Iterator[tuple[Flask, int, dict[str, list[int]]]]:
    """A new database with one station and its term."""
    app = create_app({"INSTANCE": instance})
    upgrade(app)
    with app.test_request_context():
        with change_set(program(None, "import")) as writing:
            seed_settings(writing)
            station_id = writing.save("stations", {"name": "青石镇联络站", "kind": "township"}).id
            term = writing.save("terms", {"level": "township", "ordinal": 16, "starts_on": "2022-01-01"}).id
        yield app, station_id, {"terms": [term]}


def at_once(writing: Writing, key: str, rows: list[Values]) -> list[int]:
    """By the hundred."""
    outcomes = save_all(writing, [Draft(key, values) for values in rows])
    refused = [outcome for outcome in outcomes if isinstance(outcome, tuple)]
    if refused:
        raise SystemExit(f"{key}: {len(refused)} rows refused, the first because of {refused[0]}")
    return [outcome.id for outcome in outcomes if isinstance(outcome, Ledger)]


def one_by_one(writing: Writing, key: str, rows: list[Values]) -> list[int]:
    """Each with statements of its own."""
    return [writing.save(key, values).id for values in rows]


def floor(change: str, key: str) -> Written:
    """The same rows, lines and texts as a change set wrote, inserted anew and taken back."""
    table, told = LEDGERS[key].__table__, Change.__table__
    with db.engine.connect() as connection:
        ids = set(connection.scalars(select(told.c.row_id).where(told.c.change_set == change, told.c.ledger == key)))
        texts = Searchable.__table__
        which = ((table, table.c.id.in_(ids)), (told, told.c.change_set == change), (texts, texts.c.ledger == key))
        parts = [(kept, [dict(row) for row in connection.execute(select(kept).where(own)).mappings()]) for kept, own in which]
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF") if connection.dialect.name == "sqlite" else None
        for kept, rows in parts:
            if rows:
                connection.execute(kept.delete().where(kept.c.ledger == key) if kept is texts else _gone(kept, rows))
        with measured(len(ids)) as written:
            for kept, rows in parts:
                if rows:
                    connection.execute(insert(kept), rows)
        connection.rollback()
    return written


def _gone(table: Any, rows: list[Any]) -> Any:
    return table.delete().where(table.c.id.in_([row["id"] for row in rows]))


def written_by(how: Callable[[Writing, str, list[Values]], list[int]], count: int, floors: dict[str, Written] | None) -> dict[str, Written]:
    """Every ledger's rows in a database of its own."""
    found: dict[str, Written] = {}
    with TemporaryDirectory() as folder, station(Path(folder)) as (_app, station_id, ids):
        for key in LEDGER_ORDER:
            rows = [MAKERS[key](i, ids) for i in range(count)]
            with measured(count) as written, change_set(program(station_id, "import")) as writing:
                ids[key] = how(writing, key, rows)
            found[key] = written
            if floors is not None:
                floors[key] = floor(writing.id, key)
        db.session.remove()
        db.engine.dispose()
    return found


def main(count: int) -> None:
    floors: dict[str, Written] = {}
    together = written_by(at_once, count, floors)
    alone = written_by(one_by_one, max(count // 10, 100), None)
    print(f"{count} rows of each ledger, SQLite; rows a second by the clock and by the processor")
    print(f"{'':14}{'save_all':>18}{'save':>18}{'floor':>18}{'ratio':>8}")
    for key in LEDGER_ORDER:
        print(f"{key:14}{together[key]}{alone[key]}{floors[key]}{together[key].processor / floors[key].processor:>8.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
