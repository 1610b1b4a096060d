"""The busy county that the pages are measured on: valid rows put straight into the tables and the search index.

20 stations with 250 deputies each, 100,000 opinions, 1,000,000 attendance marks. Always the same rows; made once and kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice, product
from pathlib import Path
from typing import Any

from flask import Flask
from flask_babel import force_locale
from sqlalchemy import Connection, text

from app.core.access.actor import program
from app.core.access.security import sync_permissions
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.titles import join_title
from app.core.migrating import upgrade
from app.core.records.numbering import keep_up
from app.core.records.search import Searchable
from app.core.records.writing import change_set
from app.names import pinyin_key, search_keys, stroke_key
from app.people.accounts import create_account
from app.work.services import seed_settings

STATIONS, DEPUTIES, ACTIVITIES, OPINIONS = 20, 250, 200, 5_000
"""Stations, and how many of each thing a station has; every deputy has a mark in every activity."""
PASSWORD = "a password for measuring"
READER, WRITER = "county", "liaison"
RARE = "石拱桥"
"""A word that one opinion in a thousand holds."""

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高马"
_GIVEN = ("建国", "志强", "永福", "国栋", "明亮", "文斌", "海涛", "立新", "桂兰", "秀英", "丽华", "晓燕", "春梅", "玉珍", "红霞", "敏")
_TITLES = ("集中学习", "代表接待选民日", "视察乡村道路", "调研村级养老", "走访慰问", "座谈会", "代表小组活动", "执法检查")
_TYPES = ("study", "reception_day", "inspection", "research", "other")
_VILLAGES = ("东沟村", "西岭村", "南营村", "北关社区", "河湾村", "柳树社区")
_PLACES = ("村口", "小学门前", "卫生室旁", "老街", "灌溉渠边", "文化广场")
_COMPLAINTS = ("路面破损，雨天积水，出行不便", "路灯多处不亮，夜里行走不安全", "垃圾清运不及时，气味较大", "水压偏低，用水高峰时常停水")
_WISHES = ("希望尽快安排修复。", "请有关单位到现场看一看。", "建议列入明年的计划。", "盼给群众一个明确的答复。", "请协调镇里和村里一起办。")
_FIRST = date(2022, 1, 4)
_CHUNK = 20_000

Rows = Iterator[dict[str, Any]]


def fill(app: Flask, kept: Path) -> None:
    """Make the county in the application's database, unless `kept` says that it is there."""
    if kept.is_file():
        return
    upgrade(app)
    sync_permissions(app)
    with app.test_request_context(), force_locale("zh"):
        _clear()
        with db.engine.begin() as connection:
            for key, rows in _rows().items():
                _put(connection, LEDGERS[key].__table__, rows)
            _put(connection, Searchable.__table__, _index())
        with change_set(program(None, "benchmark")) as writing:
            seed_settings(writing)
            for station, year in product(range(1, STATIONS + 1), range(2022, 2027)):
                keep_up(writing.session, station, "opinions", year, OPINIONS)
        for username, station_id in ((READER, None), (WRITER, 1)):
            values = {"username": username, "name": username, "roles": {username}, "station_id": station_id, "deputy_id": None}
            create_account(program(None, "benchmark"), values, PASSWORD)
        if db.engine.dialect.name == "postgresql":
            _settle_postgresql()
        db.session.remove()
    kept.touch()


def _clear() -> None:
    """What a run that was broken off left behind."""
    if db.session.scalar(text("SELECT count(*) FROM stations")):
        raise SystemExit("The database is filled already, but not completely: delete it.")
    db.session.rollback()


def _settle_postgresql() -> None:
    """Keys go on after those put in, and the planner knows the tables, as it would a minute later by itself."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in _rows():
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"))
        connection.execute(text("VACUUM ANALYZE"))


def _put(connection: Connection, table: Any, rows: Rows) -> None:
    while chunk := list(islice(rows, _CHUNK)):
        connection.execute(table.insert(), chunk)


def _rows() -> dict[str, Rows]:
    """The rows of every ledger that has some, parents first."""
    return {
        "stations": ({"id": s, "version": 1, "name": station_name(s), "kind": "township", "town": f"第{s}镇"} for s in _stations()),
        "terms": iter([{"id": 1, "version": 1, "level": "county", "ordinal": 16, "name": "第十六届", "starts_on": date(2021, 12, 10)}]),
        "deputy_groups": ({"id": s, "version": 1, "station_id": s, "name": "第一小组"} for s in _stations()),
        "deputies": _deputies(),
        "mandates": _mandates(),
        "activities": _activities(),
        "opinions": _opinions(),
        "attendance": _attendance(),
    }


def _stations() -> range:
    return range(1, STATIONS + 1)


def station_name(station: int) -> str:
    return f"第{station:02}镇人大代表联络站"


NAMES = [surname + given for given in _GIVEN for surname in _SURNAMES][:DEPUTIES]


def _deputies() -> Rows:
    keys = {name: (pinyin_key(name), stroke_key(name)) for name in NAMES}
    for station in _stations():
        for number, name in enumerate(NAMES):
            row_id = (station - 1) * DEPUTIES + number + 1
            yield {
                "id": row_id, "version": 1, "station_id": station, "name": name, "sex": ("male", "female")[number % 2], "nation": "汉族",
                "birth": date(1960 + number % 30, 1 + number % 12, 1 + number % 28), "party": ("communist", "masses")[number % 2],
                "phone": f"1380000{row_id:04}", "address": f"{_VILLAGES[number % 6]}{number}号", "occupation": "farmer",
                "unit": f"{_VILLAGES[number % 6]}村民委员会委员", "group_id": station, "pinyin_key": keys[name][0],
                "stroke_key": keys[name][1],
            }  # fmt: skip


def _mandates() -> Rows:
    for row_id in range(1, STATIONS * DEPUTIES + 1):
        yield {
            "id": row_id, "version": 1, "station_id": (row_id - 1) // DEPUTIES + 1, "deputy_id": row_id, "term_id": 1,
            "certificate": f"{row_id:05}", "elected_on": date(2021, 12, 1), "elected": "elected", "state": "serving",
        }  # fmt: skip


def _activity(number: int) -> tuple[datetime, str]:
    """Start and title of a station's activity."""
    day = _FIRST + timedelta(days=number * 1780 // ACTIVITIES)
    return datetime(day.year, day.month, day.day, 9), f"{_TITLES[number % len(_TITLES)]}（{number + 1}）"


def _activities() -> Rows:
    for station, number in product(_stations(), range(ACTIVITIES)):
        start, title = _activity(number)
        yield {
            "id": (station - 1) * ACTIVITIES + number + 1, "version": 1, "station_id": station, "type": _TYPES[number % len(_TYPES)],
            "title": title, "status": "held", "start": start, "end": start + timedelta(hours=2), "finished_at": start,
            "place": "联络站会议室", "organiser": "station", "arranged": "station", "everyone": True,
        }  # fmt: skip


def _attendance() -> Rows:
    starts = [_activity(number)[0] for number in range(ACTIVITIES)]
    for row_id, (station, number, deputy) in enumerate(product(_stations(), range(ACTIVITIES), range(DEPUTIES)), start=1):
        there = row_id % 10 < 8
        yield {
            "id": row_id, "version": 1, "station_id": station, "activity_id": (station - 1) * ACTIVITIES + number + 1,
            "deputy_id": (station - 1) * DEPUTIES + deputy + 1, "state": "present" if there else ("leave", "absent")[row_id % 2],
            "signed_at": starts[number] if there else None, "signed_how": "paper" if there else None, "told": "told",
        }  # fmt: skip


def _opinion(number: int) -> tuple[date, str, str, str, str]:
    """Day, number, village, category and words of a station's opinion."""
    heard = _FIRST + timedelta(days=number * 1780 // OPINIONS)
    what = f"{_PLACES[number % 6]}{_COMPLAINTS[number % 4]}，{_WISHES[number % 5]}"
    words = f"{what}（{RARE}一带）" if number % 1000 == 500 else what
    return heard, f"{heard.year}-{number + 1:04}", _VILLAGES[number % 5], ("roads", "water", "environment")[number % 3], words


def _opinions() -> Rows:
    for row_id, (station, number) in enumerate(product(_stations(), range(OPINIONS)), start=1):
        heard, ordinal, village, category, words = _opinion(number)
        yield {
            "id": row_id, "version": 1, "station_id": station, "number": ordinal, "heard_on": heard,
            "deputy_id": (station - 1) * DEPUTIES + number % DEPUTIES + 1, "voter_name": NAMES[number * 7 % len(NAMES)],
            "voter_phone": f"1390000{number:04}", "voter_address": f"{village}{number % 90}号", "village": village, "category": category,
            "words": words, "handling": "to_assign", "status": "answered" if number % 20 else "to_assign",
            "anonymous": False, "confidential": number % 25 == 0, "law_related": False,
        }  # fmt: skip


# ---------------------------------------------------------------------- the search index


def _entry(key: str, row_id: int, station: int | None, title: str, keys: str, plain: str = "", personal: str = "") -> dict[str, Any]:
    return {
        "ledger": key, "row_id": row_id, "station_id": station, "title": title, "keys": keys, "text": plain, "personal": personal,
    }  # fmt: skip


def _index() -> Rows:
    """What `index_rows` would write: nothing for marks, which are found through activity and deputy."""
    for station in _stations():
        name = station_name(station)
        yield _entry("stations", station, station, name, search_keys(name), f"{name}\n第{station}镇")
    deputies = [search_keys(name) for name in NAMES]
    held = [_activity(number) for number in range(ACTIVITIES)]
    titles = [f"{start:%Y-%m-%d} {title}" for start, title in held]
    activities = [search_keys(title) for title in titles]
    yield from _index_people(deputies)
    for station, number in product(_stations(), range(ACTIVITIES)):
        row_id = (station - 1) * ACTIVITIES + number + 1
        yield _entry("activities", row_id, station, titles[number], activities[number], f"{held[number][1]}\n联络站会议室")
    yield from _index_opinions()


def _index_people(keys: list[str]) -> Rows:
    for row in _deputies():
        personal = f"{row['phone']}\n{row['address']}"
        plain = f"{row['name']}\n汉族\n{row['unit']}"
        yield _entry("deputies", row["id"], row["station_id"], row["name"], keys[(row["id"] - 1) % DEPUTIES], plain, personal)


def _index_opinions() -> Rows:
    model = LEDGERS["opinions"]
    fields = [model.fields[name] for name in model.entry.title]
    for number in range(OPINIONS):
        _heard, ordinal, village, category, words = _opinion(number)
        title = join_title(fields, (ordinal, village, category), {})
        keys, plain, voter = search_keys(title), f"{village}\n{words}", NAMES[number * 7 % len(NAMES)]
        personal = f"{voter}\n1390000{number:04}\n{village}{number % 90}号"
        for station in _stations():
            yield _entry("opinions", (station - 1) * OPINIONS + number + 1, station, title, keys, plain, personal)
