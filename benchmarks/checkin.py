"""How signing in holds when everybody comes at once, beside a bare insert through the same server in the same run.

    python -m benchmarks.checkin [--postgresql] [--devices 50] [--each 20]

Fifty tablets sign twenty deputies each, one request a touch, all at once; then fifty open screens ask every two seconds. Checked
at the end: nobody lost, nobody twice. Only the ratios to the bare insert say something on another machine.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import psutil
from flask import Flask, request
from sqlalchemy import event, func, select
from sqlalchemy.engine import URL, Engine, make_url

from app import create_app
from app.__main__ import make_server
from app.activities.checkin.screens import SCREEN
from app.core import clock
from app.core.access.actor import Actor, program
from app.core.access.security import sync_permissions
from app.core.database import db
from app.core.devices.openscreens import key_of, open_screen
from app.core.devices.operations import KeptOperation
from app.core.dictionary.ledger import LEDGERS
from app.core.migrating import upgrade
from app.core.records.writing import change_set
from app.people.accounts import add_account
from benchmarks.floor import Database

POLLS = 5


def prepare(app: Flask, deputies: int) -> tuple[str, int, list[int]]:
    """A station with so many deputies, all invited today; gives the tablets' key."""
    upgrade(app)
    sync_permissions(app)
    with app.test_request_context(), change_set(program(None, "benchmark")) as writing:
        station = writing.save("stations", {"name": "青石镇联络站", "kind": "township"}, by_program=True).id
        ids = [
            writing.save("deputies", {"station": station, "name": f"代表{number}", "sex": "female"}, by_program=True).id
            for number in range(deputies)
        ]
        midnight = clock.now().replace(hour=0, minute=0, second=0)
        values = {"station": station, "type": "meeting", "title": "大会", "start": midnight, "deputies": ids}
        activity = writing.save("activities", values, by_program=True).id
        account = {"username": "liaison", "name": "联络员", "roles": {"liaison"}, "station_id": station, "deputy_id": None}
        user = add_account(writing.session, program(None, "benchmark"), account, "correct-horse")
    with app.test_request_context():
        opener = Actor("联络员", ("liaison",), user, station, station)
        return key_of(open_screen(opener, SCREEN, "activities", activity, timedelta(days=1))), activity, ids


def serve(url: URL, folder: Path) -> None:
    """The portal on a free port, as an office runs it; the first line says which."""
    _serve(create_app({"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": url}))


def serve_floor(url: URL) -> None:
    """The least that keeps a touch: one insert, committed to the disk, no rules, no history."""
    app, database = Flask("floor"), Database(url)

    @app.post("/touch")
    def touch() -> dict[str, bool]:
        sent = request.get_json()
        insert = "INSERT INTO touches (uid, deputy, made) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
        database.run(insert, sent["id"], sent["deputy"], sent["made"])
        return {"ok": True}

    for statement in ("DROP TABLE IF EXISTS touches", "CREATE TABLE touches (uid VARCHAR(64) PRIMARY KEY, deputy INTEGER, made BIGINT)"):
        database.run(statement)
    _serve(app)


def _serve(app: Flask) -> None:
    server = make_server(app, "127.0.0.1", 0)
    server.prepare()
    print(server.bind_addr[1], flush=True)
    server.serve()


def started(*options: str) -> tuple[psutil.Popen, int]:
    process = psutil.Popen([sys.executable, "-m", "benchmarks.checkin", *options], stdout=subprocess.PIPE, text=True)
    return process, int(process.stdout.readline())


def at_once(devices: int, work: Callable[[int], Iterable[float]]) -> tuple[list[float], float]:
    """All devices at work together; gives the seconds of each request and those of all."""
    taken: list[list[float]] = [[] for _each in range(devices)]
    gate = threading.Barrier(devices + 1)

    def run(number: int) -> None:
        gate.wait()
        taken[number].extend(work(number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(devices)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return sorted(each for one in taken for each in one), time.perf_counter() - began


def asked(connection: HTTPConnection, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[float, int, bytes]:
    """A question, asked again when the line broke or the server says that it is busy: so does a tablet."""
    began = time.perf_counter()
    while True:
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, HTTPException):
            connection.close()
            continue
        if answer.status not in (409, 503):
            return time.perf_counter() - began, answer.status, content


def signing(port: int, path: str, headers: dict[str, str], wrap: Callable[[dict[str, Any]], Any], ids: list[int], each: int) -> Any:
    def work(number: int) -> Iterable[float]:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        for place, deputy in enumerate(ids[number * each : (number + 1) * each]):
            operation = {"id": f"device-{number:03}-touch-{place:04}", "kind": "present", "deputy": deputy, "made": int(time.time() * 1000)}
            taken, status, _content = asked(connection, "POST", path, wrap(operation), {**headers, "Content-Type": "application/json"})
            if status != 200:
                raise SystemExit(f"{path}: {status}")
            yield taken
        connection.close()

    return work


def polling(port: int, headers: dict[str, str], revision: int) -> Any:
    def work(number: int) -> Iterable[float]:
        connection = HTTPConnection("127.0.0.1", port, timeout=120)
        time.sleep(number % 20 / 10)
        for _poll in range(POLLS):
            taken, status, _content = asked(connection, "GET", f"/checkin/state?revision={revision}", None, headers)
            if status != 204:
                raise SystemExit(f"state: {status}")
            yield taken
            time.sleep(2)
        connection.close()

    return work


def statements_of_a_poll(app: Flask, key: str, revision: int) -> int:
    """Statements that one question of an open screen costs, the beginning of its transaction not counted."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert app.test_client().get(f"/checkin/state?revision={revision}", headers={"X-Screen-Key": key}).status_code == 204
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len([statement for statement in seen if not statement.startswith("BEGIN")])


def p95(taken: list[float]) -> float:
    return taken[int(len(taken) * 0.95)] * 1000


def measure(url: URL, folder: Path, devices: int, each: int) -> None:
    app = create_app({"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": url})
    key, activity, ids = prepare(app, devices * each)
    address, headers = url.render_as_string(hide_password=False), {"X-Screen-Key": key}
    floor, floor_port = started("--serve-floor", address)
    portal, port = started("--serve", address, str(folder))
    try:
        bare, bare_s = at_once(devices, signing(floor_port, "/touch", {}, lambda operation: operation, ids, each))
        wrap: Callable[[dict[str, Any]], Any] = lambda operation: {"now": int(time.time() * 1000), "operations": [operation]}  # noqa: E731
        ours, ours_s = at_once(devices, signing(port, "/checkin/operations", headers, wrap, ids, each))
        count = devices * each
        print(f"{count} touches from {devices} devices at once{'portal':>14}{'bare insert':>14}{'ratio':>8}")
        print(f"{'p95 ms':40}{p95(ours):>12.1f}{p95(bare):>14.1f}{p95(ours) / p95(bare):>8.1f}")
        print(f"{'touches a second':40}{count / ours_s:>12.0f}{count / bare_s:>14.0f}{bare_s / ours_s:>8.2f}")
        check(app, activity, count)
        with app.test_client() as client:
            revision = client.get("/checkin/state", headers=headers).get_json()["revision"]
        print(f"statements of a poll without news: {statements_of_a_poll(app, key, revision)}")
        before = portal.cpu_times()
        polls, taken = at_once(devices, polling(port, headers, revision))
        after = portal.cpu_times()
        used = (after.user + after.system - before.user - before.system) / taken
        print(f"{devices} open screens: p95 {p95(polls):.1f} ms, {used:.1%} of one core")
    finally:
        for process in (floor, portal):
            process.terminate()
            process.wait()


def check(app: Flask, activity: int, count: int) -> None:
    """Nobody lost, nobody twice: one operation, one mark and one line of history for each."""
    attendance: Any = LEDGERS["attendance"]
    with app.app_context():
        of_activity = (attendance.activity_id == activity, attendance.signed_how == "screen")
        signed = db.session.scalar(select(func.count()).select_from(attendance).where(*of_activity))
        kept = db.session.scalar(select(func.count()).select_from(KeptOperation))
        people = db.session.scalar(select(func.count(attendance.deputy_id.distinct())).where(*of_activity))
        db.session.remove()
    print(f"operations kept {kept}, signed in {signed}, persons {people} of {count}")
    if {signed, kept, people} != {count}:
        raise SystemExit("Somebody was lost or counted twice.")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--postgresql", action="store_true")
    options.add_argument("--devices", type=int, default=50)
    options.add_argument("--each", type=int, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="ledgers-checkin-", ignore_cleanup_errors=True) as folder:
        url = URL.create("sqlite", database=str(Path(folder) / "ledgers.db"))
        if given.postgresql:
            from tests.support.postgres import start_server

            url = start_server()
        measure(url, Path(folder), given.devices, given.each)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(make_url(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["--serve-floor"]:
        serve_floor(make_url(sys.argv[2]))
    else:
        main()
