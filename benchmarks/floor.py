"""The least that answers the same questions: bare Flask, hand-written SQL, one small template; no accounts, no rules, no history.

    python -m benchmarks.floor <database>

What the portal takes beyond this is the price of everything it does besides.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
import xlsxwriter
from cheroot.wsgi import Server
from flask import Flask, Response, jsonify, redirect, render_template_string, request, send_file
from sqlalchemy.engine import URL, make_url

PAGE = """<!doctype html><meta charset="utf-8"><title>floor</title>{% if count is not none %}<p>{{ count }}</p>{% endif %}
<table>{% for row in rows %}<tr>{% for value in row %}<td>{{ value if value is not none }}</td>{% endfor %}</tr>{% endfor %}</table>"""
FORM = """<!doctype html><meta charset="utf-8"><form method="post">{% for name in names %}<label>{{ name }}<input name="{{ name }}"></label>
{% endfor %}</form>"""

OPINION = "o.id, s.name, o.number, o.heard_on, o.voter_name, o.village, o.category, o.words, d.name, o.handling, o.status"
OPINIONS = "opinions o JOIN stations s ON s.id = o.station_id LEFT JOIN deputies d ON d.id = o.deputy_id"
MARK = "m.id, s.name, a.start, a.title, d.name, g.name, m.state, m.signed_at, m.signed_how"
MARKS = (
    "attendance m JOIN stations s ON s.id = m.station_id JOIN activities a ON a.id = m.activity_id "
    "JOIN deputies d ON d.id = m.deputy_id LEFT JOIN deputy_groups g ON g.id = d.group_id"
)
WRITTEN = ("station_id", "uid", "version", "number", "heard_on", "voter_name", "village", "category", "words", "handling", "status")
EXPORTED = (
    "s.name, o.number, o.status, r.id, v.visited_on, o.heard_on, d.name, f.name, o.voter_name, o.voter_phone, o.voter_address, o.village, "
    "o.co_signers, o.anonymous, o.confidential, o.category, o.law_related, o.words, o.handling, o.explained_reason, o.legal_basis, u.name, "
    "o.referred_on, o.closed_on, o.filed_on"
)
EXPORT = (
    f"SELECT {EXPORTED} FROM {OPINIONS} LEFT JOIN receptions r ON r.id = o.reception_id LEFT JOIN visits v ON v.id = o.visit_id "
    "LEFT JOIN station_staff f ON f.id = o.recorder_id LEFT JOIN organs u ON u.id = o.referred_to_id ORDER BY o.heard_on DESC, o.id DESC"
)
TABS = (
    "mandates", "attendance", "leave_requests", "activity_notices", "visits", "opinions", "suggestions", "good_deeds",
)  # fmt: skip


class Database:
    """One plain connection for each thread."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._local = threading.local()
        self.lite = url.get_backend_name() == "sqlite"
        self.like = "LIKE" if self.lite else "ILIKE"

    @property
    def connection(self) -> Any:
        if not hasattr(self._local, "connection"):
            self._local.connection = self._sqlite() if self.lite else self._postgresql()
        return self._local.connection

    def _sqlite(self) -> sqlite3.Connection:
        connection = sqlite3.connect(str(self._url.database), isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _postgresql(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self._url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True)

    def all(self, statement: str, *values: Any) -> list[Any]:
        """The rows of a statement with `%s` for each value."""
        found: list[Any] = self.run(statement, *values).fetchall()
        return found

    def run(self, statement: str, *values: Any) -> Any:
        return self.connection.execute(statement.replace("%s", "?") if self.lite else statement, values)


def make_floor(url: URL) -> Flask:
    """The application of the floor."""
    app, database = Flask("floor"), Database(url)

    ids = {
        "d.pinyin_key, o.id": "opinions o LEFT JOIN deputies d ON d.id = o.deputy_id",
        "a.start DESC, m.id DESC": "attendance m JOIN activities a ON m.activity_id = +a.id AND m.station_id = +a.station_id",
    }

    def page(columns: str, tables: str, order: str, where: str = "", values: Sequence[Any] = (), count: bool = True) -> str:
        offset = (int(request.args.get("page", 1)) - 1) * 25
        first = tables.split()[1]
        small = ids.get(order, f"{tables.split()[0]} {first}")
        found = f"SELECT {first}.id FROM {small} {where} ORDER BY {order} LIMIT 25 OFFSET {offset}"
        rows = database.all(f"SELECT {columns} FROM {tables} WHERE {first}.id IN (SELECT id FROM ({found}) AS f) ORDER BY {order}", *values)
        counted = f"SELECT count(*) FROM (SELECT 1 FROM {tables.split()[0]} {tables.split()[1]} {where} LIMIT 10001) AS x"
        return render_template_string(PAGE, rows=rows, count=database.all(counted, *values)[0][0] if count else None)

    def contains() -> str:
        return f"%{request.args['q']}%"

    _lists(app, page)
    _searches(app, database, page, contains)
    _writing(app, database)

    @app.get("/deputy")
    def deputy() -> str:
        row_id = request.args["id"]
        rows = database.all("SELECT * FROM deputies WHERE id = %s", row_id)
        parts = [f"SELECT '{table}', count(*) FROM {table} WHERE deputy_id = {int(row_id)}" for table in TABS]
        counts = database.all(" UNION ALL ".join(parts))
        marks = database.all(f"SELECT {MARK} FROM {MARKS} WHERE m.deputy_id = %s ORDER BY a.start DESC LIMIT 20", row_id)
        return render_template_string(PAGE, rows=[*rows, *counts, *marks], count=None)

    @app.get("/export")
    def export() -> Response:
        file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - closed with the response
        workbook = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        worksheet = workbook.add_worksheet()
        for number, row in enumerate(database.run(EXPORT)):
            for column, value in enumerate(row):
                if value is not None:
                    worksheet.write_string(number, column, str(value))
        workbook.close()
        file.seek(0)
        return send_file(file, mimetype="application/octet-stream")

    return app


def _lists(app: Flask, page: Callable[..., str]) -> None:
    newest = "o.heard_on DESC, o.id DESC"

    @app.get("/opinions")
    def opinions() -> str:
        return page(OPINION, OPINIONS, newest)

    @app.get("/opinions/station")
    def opinions_of_a_station() -> str:
        return page(OPINION, OPINIONS, newest, "WHERE o.station_id = %s", [1])

    @app.get("/opinions/oldest")
    def oldest() -> str:
        return page(OPINION, OPINIONS, "o.heard_on, o.id")

    @app.get("/opinions/month")
    def month() -> str:
        return page(OPINION, OPINIONS, newest, "WHERE o.heard_on >= %s AND o.heard_on < %s", ["2025-03-01", "2025-04-01"])

    @app.get("/opinions/status")
    def status() -> str:
        return page(OPINION, OPINIONS, newest, "WHERE o.status = %s", ["to_assign"])

    @app.get("/opinions/by-deputy")
    def by_deputy() -> str:
        return page(OPINION, OPINIONS, "d.pinyin_key, o.id")

    @app.get("/attendance")
    def attendance() -> str:
        return page(MARK, MARKS, "a.start DESC, m.id DESC")

    @app.get("/attendance/station")
    def attendance_of_a_station() -> str:
        return page(MARK, MARKS, "a.start DESC, m.id DESC", "WHERE m.station_id = %s", [1])


def _searches(app: Flask, database: Database, page: Callable[..., str], contains: Callable[[], str]) -> None:
    like = database.like
    hits = f"WHERE (title {like} %s OR keys {like} %s OR text {like} %s OR personal {like} %s)"

    @app.get("/opinions/words")
    def words() -> Response:
        rows = database.all(
            f"SELECT {OPINION} FROM {OPINIONS} WHERE o.words {like} %s ORDER BY o.heard_on DESC, o.id DESC LIMIT 25", contains()
        )
        return jsonify(count=database.all(f"SELECT count(*) FROM opinions o WHERE o.words {like} %s", contains())[0][0], result=rows)

    @app.get("/deputies/name")
    def name() -> str:
        columns = "d.id, s.name, d.name, d.sex, d.birth, g.name, d.unit, d.party, d.phone"
        tables = "deputies d JOIN stations s ON s.id = d.station_id LEFT JOIN deputy_groups g ON g.id = d.group_id"
        return page(columns, tables, "d.pinyin_key, d.id", f"WHERE d.name {like} %s", [contains()])

    @app.get("/search")
    def search() -> str:
        rows = database.all(f"SELECT ledger, row_id, title FROM search_index {hits} ORDER BY row_id DESC LIMIT 200", *[contains()] * 4)
        return render_template_string(PAGE, rows=rows, count=None)

    @app.get("/search/station")
    def search_of_a_station() -> str:
        statement = f"SELECT ledger, row_id, title FROM search_index {hits} AND station_id = %s ORDER BY row_id DESC LIMIT 200"
        return render_template_string(PAGE, rows=database.all(statement, *[contains()] * 4, 1), count=None)

    @app.get("/lookup")
    def lookup() -> Response:
        found = f"SELECT row_id, title FROM search_index WHERE ledger = 'deputies' AND (title {like} %s OR keys {like} %s) LIMIT 20"
        return jsonify(database.all(found, contains(), contains()))

    @app.get("/rest")
    def rest() -> Response:
        columns = f"o.*, {OPINION}"
        rows = database.all(f"SELECT {columns} FROM {OPINIONS} ORDER BY o.heard_on DESC, o.id DESC LIMIT 25")
        count = database.all("SELECT count(*) FROM (SELECT 1 FROM opinions LIMIT 10001) AS x")[0][0]
        return jsonify(count=count, result=[tuple(row) for row in rows])


def _writing(app: Flask, database: Database) -> None:
    columns = ", ".join(WRITTEN)

    @app.get("/add")
    def add_form() -> str:
        return render_template_string(FORM, names=WRITTEN)

    @app.post("/add")
    def add() -> Any:
        given = request.form
        values = (1, given["uid"], 1, given["uid"][:20], *(given[name] for name in WRITTEN[4:]))
        database.run(
            f"INSERT INTO opinions ({columns}, anonymous, confidential, law_related, created_at, changed_at) "
            f"VALUES ({', '.join(['%s'] * len(WRITTEN))}, false, false, false, '2026-01-01 00:00:00', '2026-01-01 00:00:00')",
            *values,
        )
        return redirect("/opinions")

    @app.post("/edit")
    def edit() -> Any:
        database.run("UPDATE opinions SET words = %s, version = version + 1 WHERE id = %s", request.form["words"], request.args["id"])
        return redirect("/opinions")


if __name__ == "__main__":
    server = Server(("127.0.0.1", 0), make_floor(make_url(sys.argv[1])), numthreads=8)
    server.prepare()
    print(server.bind_addr[1], flush=True)
    server.serve()
