"""The one way to write: once, whole, recorded, found again, and numbered without a gap."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.history import Change
from app.core.records.writing import change_set
from app.core.refusals import Refused
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, form_of, words_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def scene() -> Scene:
    return OFFICE


def changes_of(office: Office, key: str, row_id: int) -> list[Any]:
    with office.app.app_context():
        return list(db.session.scalars(select(Change).where(Change.ledger == key, Change.row_id == row_id).order_by(Change.id)))


def test_a_form_sent_twice_makes_one_row(office: Office) -> None:
    """A double click, a replay, an import run again: stock FAB makes a row each time."""
    browser = office.browser("liaison1")
    form = {**form_of(browser.get("/activities/add")), "type": "study", "title": "一次", "start": "2026-04-01T09:00"}
    first, second = (browser.post("/activities/add", data=form) for _each in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location
    assert [row.title for row in office.rows("activities")].count("一次") == 1


def test_one_request_sent_by_two_threads_at_once_lands_once(office: Office) -> None:
    client, token = office.app.test_client, office.token("liaison1")
    body = {"number": "7", "name": "七选区", "kind": "constituency", "request_id": "the-same-request"}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _each: client().post("/api/v1/constituencies/", json=body, headers=token), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.get_json()["id"] for answer in answers}) == 1
    assert len(office.rows("constituencies")) == 1


def test_a_request_id_of_another_station_shows_nothing_of_its_row(office: Office) -> None:
    body = {"number": "7", "name": "七选区", "kind": "constituency", "request_id": "guessed"}
    office.app.test_client().post("/api/v1/constituencies/", json=body, headers=office.token("liaison1"))
    answer = office.app.test_client().post("/api/v1/constituencies/", json={**body, "name": "别处"}, headers=office.token("liaison2"))
    assert "七选区" not in answer.get_data(as_text=True)


def test_a_change_is_recorded_with_old_and_new_and_personal_values_apart(office: Office) -> None:
    """Stock FAB's `post_update` no longer knows the old values."""
    deputy = office.id_of("deputies", "石春")
    version = office.version("deputies", deputy)
    office.write("liaison1", "deputies", {"unit": "青石小学", "phone": "13800001111"}, row_id=deputy, version=version, reason="换了工作")
    added, *_between, last = changes_of(office, "deputies", deputy)
    assert added.action == "add"
    assert "name" in added.data
    assert {"phone", "birth", "address"} & set(added.data) == set()
    assert added.personal["phone"] == [None, "13812341111"]
    assert last.data == {"unit": [None, "青石小学"]}
    assert last.personal == {"phone": ["13812341111", "13800001111"]}
    assert (last.by, last.source, last.reason, last.station_id) == ("liaison1先生", "web", "换了工作", office.township)
    assert last.account_id == office.user_id("liaison1")
    assert office.version("deputies", deputy) == str(int(version) + 1)


def test_a_refused_change_leaves_neither_row_nor_record(office: Office) -> None:
    deputy = office.id_of("deputies", "石春")
    before = len(changes_of(office, "deputies", deputy))
    with pytest.raises(Refused):
        office.write("liaison1", "deputies", {"unit": "x", "birth": "never"}, row_id=deputy, version=office.version("deputies", deputy))
    assert office.row("deputies", deputy).unit is None
    assert len(changes_of(office, "deputies", deputy)) == before


def test_the_search_follows_a_new_name_also_where_the_name_stands_in_other_titles(office: Office) -> None:
    deputy = office.id_of("deputies", "解明")
    mandate = office.write("liaison1", "mandates", {"deputy": deputy, "term": 1, "certificate": "001"})
    browser = office.browser("liaison1")

    def found(query: str) -> bool:
        return f"/mandates/show/{mandate}" in browser.get(f"/search/?q={query}").get_data(as_text=True)

    assert found("解明")
    assert found("xm")
    office.write("liaison1", "deputies", {"name": "翟明"}, row_id=deputy, version=office.version("deputies", deputy))
    assert (found("翟明"), found("zhaiming"), found("解明")) == (True, True, False)
    texts = [each["text"] for each in browser.get("/lookup/mandates?q=zm").get_json()["results"]]
    assert len(texts) == 1


def test_two_clerks_at_once_get_numbers_without_gap_or_double(office: Office) -> None:
    def enter(username: str) -> None:
        for _each in range(8):
            office.write(username, "opinions", {"heard_on": "2026-03-04", "anonymous": True, "words": "路灯不亮"})

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(enter, username) for username in ("liaison1", "head1")]:
            done.result()
    model: Any = LEDGERS["opinions"]
    numbers = sorted(row.number for row in office.rows("opinions", model.station_id == office.township))
    assert numbers == [f"2026-{number:03}" for number in range(1, 18)]


def test_a_number_taken_by_a_write_that_failed_is_given_out_again(office: Office) -> None:
    opinion = {"heard_on": "2026-03-04", "anonymous": True, "words": "路灯不亮"}
    actor = office.actor("liaison1")
    with office.app.test_request_context(), pytest.raises(ZeroDivisionError), change_set(actor) as writing:
        assert writing.save("opinions", opinion).number == "2026-002"
        raise ZeroDivisionError
    row_id = office.write("liaison1", "opinions", opinion)
    assert office.row("opinions", row_id).number == "2026-002"


def test_every_relation_is_joined_by_its_one_named_column(office: Office) -> None:
    """FAB takes a column of a composite key at random; SQLAlchemy would join by both."""
    with office.app.app_context():
        for key, model in LEDGERS.items():
            for name, relation in model.__mapper__.relationships.items():
                pairs = [(local.name, remote.name) for local, remote in relation.local_remote_pairs]
                assert pairs == [(f"{name}_id", "id")], (key, name)
                assert relation.viewonly, (key, name)
        opinion: Any = LEDGERS["opinions"]
        deputy: Any = aliased(LEDGERS["deputies"])
        assert db.session.scalar(select(func.count()).select_from(opinion).join(deputy, opinion.deputy_id == deputy.id)) == 2


WRITER = """
import sys
from app import create_app
from app.core.records import hooks
from app.core.access.actor import program
from app.core.records.writing import write
app = create_app({"INSTANCE": sys.argv[2], "SQLALCHEMY_DATABASE_URI": sys.argv[1], "SECRET_KEY": "x" * 40})
@hooks.after_saving("constituencies")
def wait(saving):
    print("written", flush=True)
    sys.stdin.read()
with app.test_request_context():
    print("ready", flush=True)
    write(program(int(sys.argv[3]), "test", "x"), "constituencies", {"number": "666", "name": "x", "kind": "constituency"})
"""


def test_a_writer_that_is_killed_leaves_nothing_half_written_and_nobody_waiting(office: Office, tmp_path: Path) -> None:
    """The power goes while a clerk saves."""
    address = office.app.config["SQLALCHEMY_DATABASE_URI"].render_as_string(hide_password=False)
    root = str(Path(office.app.root_path).parent)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, address, str(tmp_path), str(office.township)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": root},
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "ready"
        assert writer.stdout.readline().strip() == "written"
        writer.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        writer.wait(timeout=10)
    began = time.monotonic()
    row_id = office.write("liaison1", "constituencies", {"number": "7", "name": "七选区", "kind": "constituency"})
    assert time.monotonic() - began < 8
    assert [row.id for row in office.rows("constituencies")] == [row_id]
    with office.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Change).where(Change.ledger == "constituencies")) == 1
    assert "七选区" in words_of(office.browser("liaison1").get("/constituencies/list/"))
