"""The power fails while everybody votes: after the restart the vote goes on, no confirmed ballot is lost, none counts twice."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import scoped_session

from app.core.database import db
from app.review.ballot import keys
from app.review.ballot.announcing import results_of
from app.review.ballot.models import OPEN, Vote, VoteSheet
from app.review.ballot.services import Prepared, close
from tests.support.hall import Hall

pytestmark = pytest.mark.both_databases

DEVICES = 8
HOUSE = Path(__file__).parents[3]


@contextmanager
def server_process(app: Flask, codes: list[str]) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The portal as an office runs it, in a process of its own over the same database and keys. What it prints names no code."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"].render_as_string(hide_password=False),
        "SECRET_KEY": app.config["SECRET_KEY"],
        "BALLOT_KEYS": str(app.config["BALLOT_KEYS"]),
    }
    command = [sys.executable, "-m", "app", "--port", str(port)]
    server = subprocess.Popen(command, cwd=HOUSE, env={**os.environ, **given}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert server.stdout is not None
    try:
        for line in server.stdout:
            if "Ctrl" in line:
                break
        yield server, port
    finally:
        server.kill()
        server.wait()
        printed = server.stdout.read()
        server.stdout.close()
        assert not [code for code in codes if code in printed]


def cast(port: int, ref: str, code: str, choices: dict[str, int]) -> str:
    """One device's two requests; the sentence that it is shown."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", f"/ballot/{ref}/number")
        number = json.loads(connection.getresponse().read())["number"]
        body = json.dumps({"number": number, "code": code, "choices": choices})
        connection.request("POST", f"/ballot/{ref}/cast", body, {"Content-Type": "application/json"})
        return str(json.loads(connection.getresponse().read())["sentence"])
    finally:
        connection.close()


def test_after_kill_9_under_load_the_vote_goes_on_and_every_confirmed_ballot_counts_once(
    app: Flask, session: scoped_session[Any]
) -> None:
    hall = Hall.with_voters(30)
    made = hall.opened(electronic=60)
    session.remove()
    confirmed = all_vote_until_the_power_fails(app, hall, made)
    assert 10 <= len(confirmed) < 60
    assert session.get_one(Vote, made.vote_id).state == OPEN
    kept = session.scalar(select(func.count()).select_from(VoteSheet))
    assert len(confirmed) <= kept <= len(confirmed) + DEVICES
    session.remove()
    with server_process(app, made.codes) as (_server, port):
        answers = {code: cast(port, made.ref, code, hall.ballot(1)) for code in made.codes}
    assert {answers[code] for code in confirmed} == {"此票已计入"}
    assert sum(answer == "此票已计入" for answer in answers.values()) == kept
    close(hall.head, made.vote_id)
    found = results_of(db.session.get_one(Vote, made.vote_id, populate_existing=True))
    assert {(each.valid, each.votes["satisfied"], each.votes["basically_satisfied"]) for each in found} == {(60, kept, 60 - kept)}
    assert keys.read(made.ref) is None


def all_vote_until_the_power_fails(app: Flask, hall: Hall, made: Prepared) -> list[str]:
    """Eight devices vote at once; when ten ballots are confirmed the server is killed. Gives the codes of those confirmed."""
    confirmed: list[str] = []
    enough = threading.Event()

    def vote(mine: list[str], port: int) -> None:
        for code in mine:
            try:
                sentence = cast(port, made.ref, code, hall.ballot(0))
            except (OSError, HTTPException, ValueError):
                return
            assert sentence == "已计入"
            confirmed.append(code)
            if len(confirmed) >= 10:
                enough.set()

    with server_process(app, made.codes) as (server, port):
        devices = [threading.Thread(target=vote, args=(made.codes[start::DEVICES], port)) for start in range(DEVICES)]
        for device in devices:
            device.start()
        enough.wait()
        server.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
        for device in devices:
            device.join()
    return confirmed
