"""The door by its key, and the office's own pages of it: who gets in, what is shown, what it costs."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from app.activities.checkin.screens import LASTING, SCREEN
from app.core import clock
from app.core.access.actor import program
from app.core.database import db, write_transaction
from app.core.devices.openscreens import open_screen, opened_by, withdraw
from app.core.dictionary.ledger import LEDGERS
from app.core.records.writing import change_set
from app.core.refusals import NotThere, Refused
from tests.integration.activities.door import NINE, Door, stamp
from tests.support.office import OFFICE, STREET, TOWNSHIP

pytestmark = pytest.mark.both_databases


@pytest.fixture
def scene() -> object:
    return OFFICE


def test_a_key_opens_one_activity_for_its_time_and_while_its_opener_may(door: Door) -> None:
    def why(key: str, now: datetime = NINE, screen: str = SCREEN) -> str:
        with clock.clock_at(now), door.app.test_request_context():
            try:
                opened_by(key, screen)
            except Refused as refused:
                return refused.refusals[0].code
            finally:
                db.session.remove()
        return ""

    assert why(door.key) == ""
    assert why(door.key + "x") == why("") == why("a" * 10_000) == why(door.key, screen="desk") == "screen_key_unknown"
    assert why(door.key, NINE + timedelta(days=4)) == "screen_expired"
    with door.app.test_request_context(), write_transaction(db.session) as session:
        user = session.get_one(User, door.actor.account_id)
        kept, user.roles = list(user.roles), list(session.scalars(select(Role).where(Role.name == "archivist")))
        names = [role.name for role in kept]
    assert why(door.key) == "screen_opener_gone"
    with door.app.test_request_context(), write_transaction(db.session) as session:
        user = session.get_one(User, door.actor.account_id)
        user.roles, user.active = list(session.scalars(select(Role).where(Role.name.in_(names)))), False
    assert why(door.key) == "screen_opener_gone"
    with door.app.test_request_context(), write_transaction(db.session) as session:
        session.get_one(User, door.actor.account_id).active = True
    assert why(door.key) == ""
    door.office_does(lambda actor, activity: withdraw(actor, SCREEN, "activities", activity))
    assert why(door.key) == "screen_withdrawn"


def test_nobody_opens_a_screen_for_what_they_may_not_edit(door: Door) -> None:
    other = door.office.id_of("activities", f"{STREET[:2]}学习会")
    own = door.activity
    for username, activity, no in (("liaison1", other, NotThere), ("archivist1", own, Refused), ("deputy1", own, Refused)):
        actor = door.office.actor(username)
        with door.app.test_request_context(), pytest.raises(no):
            open_screen(actor, SCREEN, "activities", activity, LASTING)


def test_the_door_by_http_needs_the_key_and_nothing_else(door: Door) -> None:
    tablet = door.app.test_client()
    with clock.clock_at(NINE):
        headers = {"X-Screen-Key": door.key}
        shown = tablet.get("/checkin/state", headers=headers).get_json()
        assert {person["name"] for person in shown["people"]} == {"石春", "解明"}
        text = tablet.get("/checkin/state", headers=headers).text
        assert "138" not in text
        assert "1111" not in text
        assert tablet.get(f"/checkin/state?revision={shown['revision']}", headers=headers).status_code == 204
        found = tablet.get("/checkin/find?digits=1111", headers=headers).get_json()["found"]
        assert found == [door.deputy("石春")]
        assert tablet.get("/checkin/find?digits=11", headers=headers).status_code == 422
        body = {"now": stamp(NINE), "operations": [door.op("present", 0, name="石春")]}
        assert tablet.post("/checkin/operations", json=body, headers=headers).get_json()["answers"][0]["state"] == "present"
        later = tablet.get(f"/checkin/state?revision={shown['revision']}", headers=headers).get_json()
        assert later["revision"] > shown["revision"]
        for path in ("/checkin/state", "/checkin/find?digits=1111"):
            assert tablet.get(path).status_code == 401
        assert tablet.post("/checkin/operations", json=body).status_code == 401
        assert tablet.post("/checkin/operations", data="x", headers=headers).status_code == 400
        assert "Set-Cookie" not in tablet.get("/checkin/state", headers=headers).headers


def test_two_of_one_name_are_told_apart_at_the_door_and_nobody_else_is(door: Door) -> None:
    term = door.office.rows("terms")[0].id
    other = door.office.write("liaison1", "deputies", {"name": "石春", "sex": "male", "unit": "东村村委会"})
    door.office.write("liaison1", "mandates", {"deputy": other, "term": term, "certificate": "C-9"})
    with clock.clock_at(NINE):
        shown = door.app.test_client().get("/checkin/state", headers={"X-Screen-Key": door.key}).get_json()
    told = {person["id"]: person.get("which") for person in (*shown["people"], *shown["others"])}
    first = door.office.row("deputies", min(each for each, which in told.items() if which is not None))
    assert told[other] == "东村村委会"
    assert (first.name, told[first.id]) == ("石春", "第1组")
    assert [which for person, which in told.items() if person not in (other, first.id)] == [None]


def test_an_open_screen_asks_one_short_statement_while_nothing_happens(door: Door) -> None:
    tablet, headers, seen = door.app.test_client(), {"X-Screen-Key": door.key}, list[str]()
    with clock.clock_at(NINE):
        revision = tablet.get("/checkin/state", headers=headers).get_json()["revision"]

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            seen.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            assert tablet.get(f"/checkin/state?revision={revision}", headers=headers).status_code == 204
        finally:
            event.remove(Engine, "before_cursor_execute", note)
    assert len([statement for statement in seen if not statement.startswith("BEGIN")]) == 1


def test_the_office_sees_its_own_pages_only(door: Door) -> None:
    own, other = f"/checkin/of/{door.activity}", f"/checkin/of/{door.office.id_of('activities', f'{STREET[:2]}学习会')}"
    liaison = door.office.browser("liaison1")
    assert liaison.get(own).status_code == 200
    assert liaison.get(other).status_code == 404
    assert liaison.post(f"{other}/close").status_code == 404
    assert liaison.post(f"{own}/dance").status_code == 404
    assert door.office.browser("archivist1").get(own).status_code == 403
    assert door.app.test_client().get(own).status_code == 302
    assert "石春" in liaison.post(f"{own}/read", data={"names": "石春、仇男 石春"}).text
    assert "石春、仇男</textarea>" in liaison.post(f"{own}/retype", data={"names": "石春、仇男"}).text
    answer = liaison.post(f"{own}/paper", data={"names": "石春、仇男"})
    assert answer.status_code == 422
    assert TOWNSHIP[:2] in answer.text


def test_what_was_chosen_for_a_sheet_stays_chosen_until_all_of_it_is(door: Door) -> None:
    own, liaison = f"/checkin/of/{door.activity}", door.office.browser("liaison1")
    meant = door.deputy("解明")
    given = {"names": "解鸣、无名氏、石春", "who0": str(meant), "who2": str(door.deputy("石春")), "rest": "absent"}
    answer = liaison.post(f"{own}/paper", data=given)
    assert answer.status_code == 422
    assert "请选择“无名氏”" in answer.text
    assert "请选择“解鸣”" not in answer.text
    assert f'name="who0" value="{meant}" checked' in answer.text
    assert 'name="rest" value="absent" checked' in answer.text
    again = liaison.post(f"{own}/paper", data={**given, "who1": "none", "who0": ""})
    assert 'name="who1" value="none" checked' in again.text
    assert door.mark("石春").state == "pending"


def test_who_was_called_off_is_not_offered_to_be_signed_in_to(door: Door) -> None:
    with door.app.test_request_context(), change_set(program(None, "test")) as writing:
        row = writing.session.get(LEDGERS["activities"], door.activity)
        writing.save("activities", {"cancelled_on": "2026-02-28", "cancel_reason": "雨"}, row=row, by_program=True)
    shown = door.office.browser("liaison1").get(f"/checkin/of/{door.activity}").text
    assert "活动已取消，不能签到" in shown
    assert 'name="names"' not in shown
    assert "/open" not in shown


