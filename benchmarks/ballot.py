"""How the ballot box holds when everybody votes at once, beside a bare insert through the same server in the same run.

    python -m benchmarks.ballot [--postgresql] [--minute 60] [--at-once 200]

Sixty devices vote within one minute, then two hundred at the same moment; each sends half of its ballots a second time as if the
answer had been lost. Then the vote is closed and the time until the projector's question is answered with the result is taken.
Checked at the end: no ballot lost, none counted twice. Only the ratios to the bare insert say something on another machine.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.engine import URL, make_url

from app import create_app
from app.core.access.actor import Actor
from app.core.access.security import sync_permissions
from app.core.database import db
from app.core.migrating import upgrade
from app.review.ballot.announcing import results_of, verify
from app.review.ballot.models import ANNOUNCED, Vote
from app.review.ballot.services import Prepared, close
from benchmarks import checkin
from tests.support.hall import Hall

DEPUTIES = tuple(f"代表{number}" for number in range(10))
LONGEST_S = 60.0
JSON = {"Content-Type": "application/json"}


def hall_in(app: Flask) -> Hall:
    upgrade(app)
    sync_permissions(app)
    with app.test_request_context():
        return Hall.with_voters(30, deputies=DEPUTIES)


def voting(port: int, made: Prepared, ballot: Callable[[int], dict[str, int]], spread_s: float) -> Callable[[int], list[float]]:
    """A device that votes at its own moment within `spread_s`, and sends every second ballot twice."""

    def vote(number: int) -> list[float]:
        time.sleep(random.random() * spread_s)
        code, taken = made.codes[number], []
        for _again in range(1 + number % 2):
            began = time.perf_counter()
            sent_until_answered(port, made.ref, {"code": code, "choices": ballot(number)})
            taken.append(time.perf_counter() - began)
        return taken

    return vote


def sent_until_answered(port: int, ref: str, ballot: dict[str, Any]) -> None:
    """As the page does it: a number, then the ballot; both anew where the line broke or the server asks for that."""
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_S)
        try:
            connection.request("GET", f"/ballot/{ref}/number")
            number = json.loads(connection.getresponse().read())["number"]
            connection.request("POST", f"/ballot/{ref}/cast", json.dumps({"number": number, **ballot}), JSON)
            answer = connection.getresponse()
            said = answer.read().decode()
        except (OSError, HTTPException):
            continue
        finally:
            connection.close()
        if answer.status == 200:
            return
        if answer.status not in (409, 503):
            raise RuntimeError(f"A ballot was refused: {said}")


def inserting(port: int, spread_s: float) -> Callable[[int], list[float]]:
    """The floor: as many requests as a ballot needs, of which one writes a row."""

    def insert(number: int) -> list[float]:
        time.sleep(random.random() * spread_s)
        taken = []
        for again in range(1 + number % 2):
            began = time.perf_counter()
            connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST_S)
            sent = {"id": f"{random.random()}-{number}-{again}", "deputy": number, "made": 0}
            for _request in range(2):
                checkin.asked(connection, "POST", "/touch", sent, JSON)
            connection.close()
            taken.append(time.perf_counter() - began)
        return taken

    return insert


def measure(url: URL, folder: Path, waves: list[tuple[str, int, float]]) -> None:
    app = create_app({"INSTANCE": folder, "SQLALCHEMY_DATABASE_URI": url})
    hall = hall_in(app)
    address = url.render_as_string(hide_password=False)
    floor, floor_port = checkin.started("--serve-floor", address)
    portal, port = checkin.started("--serve", address, str(folder))
    try:
        print(f"{'':40}{'portal':>12}{'bare insert':>14}{'ratio':>8}")
        for label, devices, spread_s in waves:
            with app.test_request_context():
                made = hall.opened(electronic=devices, reason="再投一次")
                db.session.remove()
            bare, _all = checkin.at_once(devices, inserting(floor_port, spread_s))
            ours, took = checkin.at_once(devices, voting(port, made, lambda number: hall.ballot(number % 4), spread_s))
            ours_ms, bare_ms = checkin.p95(ours), checkin.p95(bare)
            print(f"{label + ': p95 ms':40}{ours_ms:>12.1f}{bare_ms:>14.1f}{ours_ms / bare_ms:>8.1f}")
            print(f"{'  all in, s':40}{took:>12.1f}")
            announce(app, hall.head, made, devices)
    finally:
        for process in (floor, portal):
            process.terminate()
            process.wait()


def announce(app: Flask, head: Actor, made: Prepared, devices: int) -> None:
    """From the closing to the result in the answer's hands; and what the result must be."""
    began = time.perf_counter()
    with app.test_request_context():
        close(head, made.vote_id)
        vote: Any = db.session.get_one(Vote, made.vote_id, populate_existing=True)
        found = results_of(vote)
        print(f"{'  closed, counted, announced, ms':40}{(time.perf_counter() - began) * 1000:>12.1f}")
        wanted = [sum(number % 4 == grade for number in range(devices)) for grade in range(4)]
        good = vote.state == ANNOUNCED and all(list(each.votes.values()) == wanted for each in found) and not verify(db.session(), vote)
        db.session.remove()
    print(f"  {devices} ballots, each counted once: {'yes' if good else 'NO'}")
    if not good:
        raise SystemExit("A ballot was lost or counted twice.")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--postgresql", action="store_true")
    options.add_argument("--minute", type=int, default=60)
    options.add_argument("--at-once", type=int, default=200)
    given = options.parse_args()
    threading.stack_size(512 * 1024)
    waves = [(f"{given.minute} devices within a minute", given.minute, 60.0), (f"{given.at_once} devices at once", given.at_once, 0.0)]
    with tempfile.TemporaryDirectory(prefix="ledgers-ballot-", ignore_cleanup_errors=True) as folder:
        url = URL.create("sqlite", database=str(Path(folder) / "ledgers.db"))
        if given.postgresql:
            from tests.support.postgres import start_server

            url = start_server()
        measure(make_url(url), Path(folder), waves)


if __name__ == "__main__":
    sys.exit(main())
