"""Sixty voters in a known order with known codes; everything is stolen but the key; nobody can tell who voted how.

That the thief knows the trade is shown on a ballot box as one would build it without thinking: ballots in one table, used codes in
another, shuffled and written anew when the vote is closed. The same thief reads that one from the first voter to the last.
"""

from __future__ import annotations

import io
import json
import logging
import pickle
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import scoped_session

from app.core import clock
from app.core.database import db
from app.core.migrating import save_copy
from app.review.ballot import keys, sheets
from app.review.ballot.screens import gate
from app.review.ballot.services import Prepared, close
from tests.support.ballotthief import Cast, Loot, Row, Thief
from tests.support.hall import Hall

pytestmark = pytest.mark.both_databases

VOTERS = 60
WAL_PAGE, SHORT_HEADER, LONG_HEADER = 8192, 24, 40
DEPUTIES = ("叶雪", "宋斌振", "丁一", "马力", "欧阳建国", "刘秀英", "王玉兰", "陈明")
CHANCE_WHOLE = 0.2
"""More than eleven of sixty whole ballots by chance: less than once in ten thousand million runs."""
CHANCE_GRADE = 0.66
"""Twenty of thirty single grades by chance: less than once in a hundred thousand runs."""


def voters(seed: int = 7) -> list[tuple[int, ...]]:
    """Sixty different ballots, of grades that are evenly spread."""
    drawn, dice = set[tuple[int, ...]](), random.Random(seed)
    ballots = []
    while len(ballots) < VOTERS:
        ballot = tuple(dice.randrange(4) for _deputy in DEPUTIES)
        if ballot not in drawn and len(set(ballot)) > 2:
            drawn.add(ballot)
            ballots.append(ballot)
    return ballots


@pytest.fixture
def since(session: scoped_session[Any]) -> tuple[str, int]:
    """The file and place of PostgreSQL's log from where on the thief reads it: what was written before the vote is no ballot."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        return "", 0
    return end_of_log()


def end_of_log() -> tuple[str, int]:
    with db.engine.connect() as connection:
        name, place = connection.execute(text("SELECT * FROM pg_walfile_name_offset(pg_current_wal_insert_lsn())")).one()
        return str(name), int(place)


def steal(app: Flask, since: tuple[str, int], **more: bytes) -> Loot:
    """Everything that the machine keeps, but the folder of keys."""
    loot = Loot(streams=dict(more))
    with db.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        names = [str(name) for name in db.inspect(connection).get_table_names()]
        if not sqlite:  # the files first: whoever reads rows lets the server tidy up dead ones
            connection.execute(text("CHECKPOINT"))
            folder = Path(str(connection.execute(text("SHOW data_directory")).scalar()))
            for name in names:
                path = connection.execute(text("SELECT pg_relation_filepath(CAST(:name AS regclass))"), {"name": name}).scalar()
                loot.streams[f"heap of {name}"] = (folder / str(path)).read_bytes()
            loot.streams["pg_wal"] = log_between(folder / "pg_wal", since, end_of_log())
        for name in names:
            loot.tables[name] = list(rows_of(connection, name, sqlite))
        loot.streams["dump"] = repr(loot.tables).encode()
    if db.engine.dialect.name == "sqlite":
        file = Path(str(db.engine.url.database))
        copy = save_copy(db.engine)
        assert copy is not None
        for each in (file, file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm"), copy):
            loot.streams[each.name if each != copy else "backup"] = each.read_bytes()
    kept = Path(app.config["BALLOT_KEYS"])
    for each in Path(app.config["INSTANCE"]).rglob("*"):
        if each.is_file() and kept not in each.parents:
            loot.streams[f"instance/{each.name}"] = each.read_bytes()
    inside = vars(gate())
    loot.streams["limiter"] = pickle.dumps({name: value for name, value in inside.items() if name not in ("_lock", "_now")})
    return loot


def log_between(folder: Path, begin: tuple[str, int], end: tuple[str, int]) -> bytes:
    """What PostgreSQL wrote ahead from one place to another, without the headers of its pages: they cut records in two."""
    kept = []
    for file in sorted(each for each in folder.iterdir() if each.is_file() and begin[0] <= each.name <= end[0]):
        segment = file.read_bytes()
        first, last = begin[1] if file.name == begin[0] else 0, end[1] if file.name == end[0] else len(segment)
        for page in range(0, len(segment), WAL_PAGE):
            header = page + (LONG_HEADER if page == 0 else SHORT_HEADER)
            kept.append(segment[max(header, first) : min(page + WAL_PAGE, last)])
    return b"".join(kept)


def rows_of(connection: Any, name: str, sqlite: bool) -> Iterator[Row]:
    """A table's rows as they come, with all that the database says of where and when they were written."""
    where_and_when = "*, ctid::text, xmin::text, xmax::text"
    if sqlite:
        made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": name}).scalar()
        where_and_when = "*" if "WITHOUT ROWID" in str(made) else "*, rowid AS row_number"
    for row in connection.execute(text(f'SELECT {where_and_when} FROM "{name}"')).mappings():
        yield dict(row)


def exported(app: Flask, station: str, folder: Path) -> bytes:
    """A month's workbook of the station, unpacked."""
    target = folder / "month.xlsx"
    month = f"{clock.today():%Y-%m}"
    ran = app.test_cli_runner().invoke(args=["export-month", "--station", station, "--month", month, str(target)])
    assert ran.exit_code == 0, ran.output
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def vote(app: Flask, hall: Hall, made: Prepared) -> Thief:
    """All vote by the page's own requests, one after the other."""
    client, cast = app.test_client(), []
    for code, choices in zip(made.codes, voters(), strict=True):
        number = client.get(f"/ballot/{made.ref}/number").get_json()["number"]
        ballot = {str(mandate): choice for mandate, choice in zip(hall.mandates, choices, strict=True)}
        answer = client.post(f"/ballot/{made.ref}/cast", json={"number": number, "code": code, "choices": ballot})
        assert answer.status_code == 200
        cast.append(Cast(code, choices))
    return Thief(hall.mandates, cast)


def test_nobody_who_has_everything_but_the_key_can_tell_who_voted_how(
    app: Flask,
    session: scoped_session[Any],
    since: tuple[str, int],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    hall = Hall.with_voters(30, deputies=DEPUTIES)
    with caplog.at_level(logging.DEBUG):
        made = hall.opened(electronic=VOTERS)
        session.remove()
        thief = vote(app, hall, made)
        key = keys.read(made.ref) or b""
        said = "".join(capsys.readouterr()) + caplog.text
        open_loot = steal(app, since, logs=said.encode())
        session.remove()
        close(hall.head, made.vote_id)
    after = "".join(capsys.readouterr()) + caplog.text
    closed_loot = steal(app, since, logs=after.encode(), workbook=exported(app, "青石镇联络站", tmp_path))

    derived = [sheets._derived(key, purpose) for purpose in (b"codes", b"sheets")]
    assert (len(open_loot.tables["vote_sheets"]), len(open_loot.tables["vote_codes"])) == (VOTERS, VOTERS)
    assert (closed_loot.tables["vote_sheets"], closed_loot.tables["vote_codes"]) == ([], [])
    for loot in (open_loot, closed_loot):
        assert thief.codes_in(loot) == []
        assert thief.ballots_in(loot) == []
        assert thief.best_guess(loot)[0] <= CHANCE_WHOLE
        assert not [name for name, stream in loot.streams.items() for secret in (key, *derived) if secret in stream]
    # A copy of the rows made while the vote was open is as good as what the log and dead rows give back afterwards.
    assert thief.best_learned(open_loot.tables)[0] <= CHANCE_GRADE
    assert thief.best_learned(joined(open_loot))[0] <= CHANCE_GRADE


def joined(loot: Loot) -> dict[str, list[Row]]:
    """Slips and ballots side by side where one transaction wrote both (PostgreSQL tells), else as they lie."""
    marks, ballots = loot.tables["vote_codes"], loot.tables["vote_sheets"]
    if "xmin" in ballots[0]:
        by_transaction = {row["xmin"]: row for row in marks}
        return {"joined": [{**by_transaction[row["xmin"]], **row} for row in ballots]}
    return {"joined": [{**mark, **row} for mark, row in zip(marks, ballots, strict=True)]}


def test_the_same_thief_reads_a_ballot_box_built_without_thinking_from_first_to_last(
    app: Flask, session: scoped_session[Any], since: tuple[str, int]
) -> None:
    hall = Hall.with_voters(0, deputies=DEPUTIES)
    thief = Thief(hall.mandates, [Cast(f"CODE{number:05}", choices) for number, choices in enumerate(voters())])
    session.remove()
    box = NaiveBox(hall)
    for each in thief.cast:
        box.cast(each)
    open_loot = steal(app, since)
    box.shuffle_and_rewrite()
    closed_loot = steal(app, since)
    box.remove()
    assert thief.best_learned(open_loot.tables)[0] == 1.0
    for loot in (open_loot, closed_loot):
        assert thief.best_guess(loot)[0] >= 0.95
    kept_of_old = ("ledgers.db-wal",) if db.engine.dialect.name == "sqlite" else ("heap of naive_sheets", "pg_wal")
    read = {name: thief.guess_from(closed_loot.streams[name]) for name in kept_of_old}
    assert min(read.values()) >= 0.95, f"what was shuffled lies there unshuffled: {read}"


class NaiveBox:
    """Ballots and used codes in two tables that nothing seems to join; shuffled and written anew when the vote is closed."""

    def __init__(self, hall: Hall) -> None:
        self.mandates = hall.mandates
        number = "INTEGER PRIMARY KEY AUTOINCREMENT" if db.engine.dialect.name == "sqlite" else "SERIAL PRIMARY KEY"
        self._run(f"CREATE TABLE naive_sheets (id {number}, ballot TEXT)", f"CREATE TABLE naive_codes (id {number}, code TEXT, used INT)")

    def cast(self, each: Cast) -> None:
        ballot = json.dumps({str(mandate): choice for mandate, choice in zip(self.mandates, each.choices, strict=True)})
        with db.engine.begin() as connection:
            connection.execute(text("INSERT INTO naive_codes (code, used) VALUES (:code, 1)"), {"code": str(hash(each.code))})
            connection.execute(text("INSERT INTO naive_sheets (ballot) VALUES (:ballot)"), {"ballot": ballot})

    def shuffle_and_rewrite(self) -> None:
        with db.engine.begin() as connection:
            ballots = list(connection.execute(text("SELECT ballot FROM naive_sheets")).scalars())
            random.Random(3).shuffle(ballots)
            connection.execute(text("DELETE FROM naive_sheets"))
            connection.execute(text("DELETE FROM naive_codes"))
            for ballot in ballots:
                connection.execute(text("INSERT INTO naive_sheets (ballot) VALUES (:ballot)"), {"ballot": ballot})

    def remove(self) -> None:
        self._run("DROP TABLE naive_sheets", "DROP TABLE naive_codes")

    @staticmethod
    def _run(*statements: str) -> None:
        with db.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
