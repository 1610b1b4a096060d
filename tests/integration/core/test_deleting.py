"""Deleting: what is referred to stays, what is owned goes along, and all of it waits in the recycle bin."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from app.core.database import db, write_transaction
from app.core.dictionary.ledger import LEDGERS
from app.core.records.history import Change, Deleted
from app.core.records.search import Searchable
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, words_of

pytestmark = pytest.mark.both_databases
AUDITED = r"(written|write) through"


@pytest.fixture
def scene() -> Scene:
    return OFFICE


def test_what_is_referred_to_cannot_be_deleted_and_the_page_says_by_what_and_how_many(office: Office) -> None:
    """Stock FAB: SQLite deletes it all the same, and elsewhere an empty message is shown."""
    deputy = office.id_of("deputies", "石春")
    office.write("liaison1", "visits", {"visited_on": "2026-03-03", "deputy": deputy, "place": "东村"})
    browser = office.browser("liaison1")
    answer = browser.post(f"/deputies/delete/{deputy}", follow_redirects=True)
    words = words_of(answer)
    for ledger in ("代表小组", "考勤签到", "走访"):
        assert re.search(rf"{ledger}\w*（1 条）", words), ledger
    assert office.row("deputies", deputy) is not None
    called = office.app.test_client().delete(f"/api/v1/deputies/{deputy}", headers=office.token("liaison1"))
    assert called.status_code == 422
    assert "1" in str(called.get_json()["message"])


def test_whose_account_it_is_cannot_be_deleted_and_the_account_is_named(office: Office) -> None:
    deputy = office.write("liaison1", "deputies", {"name": "朴实", "sex": "male"})
    user = office.user_id("deputy1")
    with office.app.app_context(), write_transaction(db.session) as session:
        session.execute(text("UPDATE accounts SET deputy_id = :deputy WHERE user_id = :user"), {"deputy": deputy, "user": user})
    words = words_of(office.browser("liaison1").post(f"/deputies/delete/{deputy}", follow_redirects=True))
    assert "账号" in words
    assert office.row("deputies", deputy) is not None


def test_owned_rows_go_along_into_one_snapshot_and_the_search_forgets_them(office: Office) -> None:
    activity = office.id_of("activities", "青石学习会")
    browser = office.browser("liaison1")
    assert browser.post(f"/activities/delete/{activity}").status_code == 302
    assert all(office.rows(key, LEDGERS[key].activity_id == activity) == [] for key in ("activity_notices", "attendance"))  # type: ignore[attr-defined]
    with office.app.app_context():
        bin_ = db.session.scalars(select(Deleted)).one()
        assert (bin_.ledger, bin_.row_id, bin_.station_id, bin_.by) == ("activities", activity, office.township, "liaison1先生")
        assert "青石学习会" in bin_.title
        assert sorted(each["ledger"] for each in bin_.snapshot) == ["activities", "activity_notices", "attendance"]
        kept = {each["ledger"]: each["columns"] for each in bin_.snapshot}
        assert kept["activities"]["title"] == "青石学习会"
        assert kept["activities"]["start"] == "2026-03-01T09:00:00"
        assert kept["attendance"]["deputy_id"] == office.id_of("deputies", "石春")
        assert all(columns["uid"] for columns in kept.values())
        changes = db.session.scalars(select(Change).where(Change.action == "delete")).all()
        assert sorted(change.ledger for change in changes) == ["activities", "activity_notices", "attendance"]
        assert {change.change_set for change in changes} == {bin_.change_set}
        found = select(Searchable).where(Searchable.ledger == "activities", Searchable.row_id == activity)
        assert db.session.scalars(found).all() == []


def test_a_detail_goes_with_its_activity(office: Office) -> None:
    reception = office.write(
        "liaison1", "receptions", {"activity.title": "三月接待", "activity.start": "2026-03-03 09:00", "activity.end": "2026-03-03 11:00"}
    )
    activity = office.row("receptions", reception).activity_id
    assert office.browser("liaison1").post(f"/receptions/delete/{reception}").status_code == 302
    assert office.row("receptions", reception) is None
    assert office.row("activities", activity) is None


def test_the_key_of_a_deleted_row_is_never_given_out_again(office: Office) -> None:
    """SQLite reuses a last key without AUTOINCREMENT: history and attachments would belong to the wrong row."""
    first = office.write("liaison1", "constituencies", {"number": "1", "name": "东村", "kind": "constituency"})
    assert office.browser("liaison1").post(f"/constituencies/delete/{first}").status_code == 302
    assert office.write("liaison1", "constituencies", {"number": "1", "name": "东村", "kind": "constituency"}) > first


def test_the_database_itself_keeps_what_is_referred_to(office: Office) -> None:
    """Stock FAB leaves SQLite's foreign keys off."""
    with office.app.app_context():
        if db.engine.dialect.name == "sqlite":
            assert db.session.scalar(text("PRAGMA foreign_keys")) == 1
        for statement in ("DELETE FROM deputies", "DELETE FROM activities", "DELETE FROM stations"):
            with pytest.raises(IntegrityError), write_transaction(db.session) as session:
                session.execute(text(statement))


def test_there_is_no_way_to_delete_many_at_once(office: Office) -> None:
    """Stock FAB: a bulk delete that the database refuses is an uncaught 500."""
    ids = [office.id_of("deputies", name) for name in ("石春", "解明")]
    for path in ("/deputies/action_post", "/deputies/action/muldelete/", "/deputies/muldelete"):
        answer = office.browser("head1").post(path, data={"action": "muldelete", "rowid": ids})
        assert answer.status_code in (404, 405)
    assert len(office.rows("deputies")) == 5


@pytest.mark.parametrize("act", ["add", "change", "delete", "bulk insert", "bulk update", "bulk delete"])
def test_a_ledger_row_is_written_by_the_one_way_only(office: Office, act: str) -> None:
    """Anything else would skip rules, scope and history: the session refuses it, also inside a write transaction."""
    model: Any = LEDGERS["organs"]
    statements = {
        "bulk insert": insert(model).values(name="x"),
        "bulk update": update(model).values(name="x"),
        "bulk delete": delete(model),
    }
    refused = pytest.raises(RuntimeError, match=AUDITED)
    with office.app.app_context(), refused, write_transaction(db.session) as session:
        if act in statements:
            session.execute(statements[act])
        elif act == "add":
            session.add(model(name="x", level="county"))
        else:
            row = session.scalars(select(model)).first()
            session.delete(row) if act == "delete" else setattr(row, "name", "x")
        session.flush()
    assert len(office.rows("organs")) == 3


@pytest.mark.parametrize("door", ["add", "edit", "delete", "delete_all"])
def test_fabs_own_doors_to_a_ledger_are_shut(office: Office, door: str) -> None:
    """ModelView and ModelRestApi write through the interface: it refuses, so no forgotten route can."""
    with office.app.app_context():
        for view in office.views:
            with pytest.raises(RuntimeError, match="through app"):
                getattr(view.datamodel, door)(None)
