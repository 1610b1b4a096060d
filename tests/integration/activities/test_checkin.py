"""Signing in by screen, card and paper: counts once, agrees in the end, and says clearly why not."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from flask import Flask
from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from app.activities.checkin import services
from app.activities.checkin.cards import cards_of, issue
from app.activities.checkin.screens import LASTING, SCREEN
from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db, write_transaction
from app.core.devices import operations
from app.core.devices.openscreens import key_of, open_screen, opened_by, withdraw
from app.core.dictionary.ledger import LEDGERS
from app.core.records.history import Change
from app.core.refusals import NotThere, Refused
from tests.support.office import OFFICE, STREET, TOWNSHIP, Office

pytestmark = pytest.mark.both_databases
NINE = datetime(2026, 3, 1, 9)
DEPUTIES = ("石春", "解明", "仇兰")


@pytest.fixture
def scene() -> object:
    return OFFICE


@dataclass
class Door:
    """One activity of the township's station on 1 March 2026, nine o'clock, with a tablet before it."""

    office: Office
    app: Flask
    activity: int
    actor: Actor
    key: str
    drawn: int = 0

    def deputy(self, name: str) -> int:
        return self.office.id_of("deputies", name)

    def op(self, kind: str, minute: float, uid: str = "", **facts: Any) -> dict[str, Any]:
        self.drawn += 1
        if "name" in facts and kind != "guest":
            facts["deputy"] = self.deputy(facts.pop("name"))
        return {"id": uid or f"operation-{self.drawn:08}", "kind": kind, "made": stamp(NINE + timedelta(minutes=minute)), **facts}

    def send(self, *batch: Any, minute: float = 0, off: timedelta = timedelta(0), key: str = "") -> list[dict[str, Any]]:
        """The batch as the tablet sends it at a minute after nine, its own clock being `off`."""
        now = NINE + timedelta(minutes=minute)
        skew = int(off.total_seconds() * 1000)
        made = [{**each, "made": each["made"] + skew} if isinstance(each, dict) and "made" in each else each for each in batch]
        with clock.clock_at(now), self.app.test_request_context():
            opened = opened_by(key or self.key, SCREEN)
            try:
                return operations.run(opened, stamp(now + off), made, services.handler_of(opened))
            finally:
                db.session.remove()

    def mark(self, name: str) -> Any:
        model: Any = LEDGERS["attendance"]
        found = self.office.rows("attendance", model.activity_id == self.activity, model.deputy_id == self.deputy(name))
        return found[0] if found else None

    def stands(self) -> dict[str, tuple[str, str] | None]:
        marks = {name: self.mark(name) for name in DEPUTIES}
        return {
            name: (mark.state, f"{mark.signed_at:%H:%M}" if mark.signed_at else "") if mark else None for name, mark in marks.items()
        }

    def office_does(self, verb: Any, *values: Any, minute: float = 30) -> Any:
        with clock.clock_at(NINE + timedelta(minutes=minute)), self.app.test_request_context():
            try:
                return verb(self.actor, self.activity, *values)
            finally:
                db.session.remove()


def stamp(moment: datetime) -> int:
    return int(moment.replace(tzinfo=clock.OFFICE).timestamp() * 1000)


@pytest.fixture
def door(app: Flask) -> Door:
    office = Office(app)
    activity, actor = office.id_of("activities", "青石学习会"), office.actor("liaison1")
    with clock.clock_at(NINE - timedelta(hours=1)):
        office.write("liaison1", "activities", {"deputies": [office.id_of("deputies", name) for name in DEPUTIES[:2]]}, row_id=activity,
                     version=office.version("activities", activity))
        with app.test_request_context():
            key = key_of(open_screen(actor, SCREEN, "activities", activity, LASTING))
            db.session.remove()
    return Door(office, app, activity, actor, key)


def test_an_operation_counts_once_however_often_it_is_sent(door: Door) -> None:
    batch, version = [door.op("present", -3, name="石春"), door.op("present", 12, name="解明")], door.mark("石春").version
    answers = [door.send(*batch, minute=minute) for minute in (13, 14, 15)]
    assert answers[0] == answers[1] == answers[2]
    assert [each["ok"] for each in answers[0]] == [True, True]
    assert door.stands() == {"石春": ("present", "08:57"), "解明": ("late", "09:12"), "仇兰": None}
    assert door.mark("石春").version == version + 1
    with door.app.app_context():
        change = db.session.scalars(select(Change).where(Change.source == "screen", Change.ledger == "attendance")).first()
        assert change is not None
        assert (change.by, change.station_id) == ("liaison1先生", door.office.township)


def test_the_same_operations_at_the_same_instant_count_once(door: Door) -> None:
    batch = [door.op("present", 0, name=name) for name in DEPUTIES]
    answers: list[Any] = []
    versions = [door.mark(name).version for name in DEPUTIES[:2]]
    threads = [threading.Thread(target=lambda: answers.append(door.send(*batch, minute=1))) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert all(answer == answers[0] for answer in answers)
    assert {state for state, _at in filter(None, door.stands().values())} == {"present"}
    assert [door.mark(name).version for name in DEPUTIES[:2]] == [version + 1 for version in versions]


def test_two_tablets_agree_whatever_comes_in_first(door: Door) -> None:
    made = [door.op("present", -5, name="石春"), door.op("undo", -2, name="石春"), door.op("present", 3, name="石春")]
    for order in permutations(range(3)):
        batch = [{**made[each], "id": f"{made[each]['id']}-{''.join(map(str, order))}"} for each in order]
        for each in batch:
            door.send(each, minute=10)
        assert door.stands()["石春"] == ("present", "09:03")
        with door.app.test_request_context(), write_transaction(db.session) as session:
            session.query(operations.KeptOperation).delete()


def test_a_mark_taken_back_is_open_again_and_recorded(door: Door) -> None:
    door.send(door.op("present", 0, name="石春"), minute=1)
    assert door.send(door.op("undo", 2, name="石春"), minute=3)[0]["state"] == "pending"
    assert door.stands()["石春"] == ("pending", "")
    with door.app.app_context():
        states = [change.data["state"] for change in db.session.scalars(
            select(Change).where(Change.ledger == "attendance", Change.source == "screen").order_by(Change.id))]
    assert states == [["pending", "present"], ["present", "pending"]]


def test_who_walks_in_is_added_and_goes_out_of_the_list_when_taken_back(door: Door) -> None:
    assert door.send(door.op("present", 0, name="仇兰"), minute=1)[0]["walked_in"]
    assert door.stands()["仇兰"] == ("present", "09:00")
    door.send(door.op("undo", 2, name="仇兰"), minute=3)
    assert door.mark("仇兰") is None


def test_leave_shows_and_gives_way_to_who_comes_all_the_same(door: Door) -> None:
    leave = {"deputy": door.deputy("解明"), "activity": door.activity, "reason": "work", "asked_at": "2026-02-27 10:00"}
    with clock.clock_at(NINE - timedelta(minutes=30)):
        door.office.write("liaison1", "leave_requests", {**leave, "decision": "approved"})
    assert door.stands()["解明"] == ("leave", "")
    door.send(door.op("present", 0, name="解明"), minute=1)
    assert door.stands()["解明"] == ("present", "09:00")
    door.send(door.op("undo", 2, name="解明"), minute=3)
    assert door.stands()["解明"] == ("leave", "")


def test_guests_are_entered_once_and_signed_in(door: Door) -> None:
    guest = {"guest": "masses", "unit": "东村"}
    first, again = door.op("guest", 0, name="张桂花", **guest), door.op("guest", 5, name="张桂花", **guest)
    assert [each["ok"] for each in door.send(first, again, minute=6)] == [True, True]
    model: Any = LEDGERS["activity_guests"]
    found = door.office.rows("activity_guests", model.activity_id == door.activity)
    assert [(row.name, row.kind, row.unit, row.signed_at) for row in found] == [("张桂花", "masses", "东村", NINE)]


def test_each_bad_operation_gets_its_own_sentence_and_the_others_count(door: Door) -> None:
    answers = door.send(
        door.op("present", 0, deputy=door.deputy("白云")),
        door.op("present", 0, deputy="9" * 10_000),
        door.op("dance", 0, name="石春"),
        door.op("scan", 0, code="ABCDEFGH23456789"),
        door.op("present", -24 * 60, name="石春"),
        door.op("guest", 0, name="", guest="voter"),
        door.op("guest", 0, name="王" * 10_000),
        {"id": "short"},
        "nothing",
        door.op("present", 0, name="解明"),
        minute=1,
    )
    assert [each.get("code", "ok") for each in answers] == [
        "checkin_no_deputy", "checkin_no_deputy", "checkin_unknown", "card_unknown", "checkin_too_early", "required", "too_long",
        "operation_unreadable", "operation_unreadable", "ok",
    ]
    assert all(each.get("sentence") for each in answers[:-1])
    assert door.stands() == {"石春": ("pending", ""), "解明": ("present", "09:00"), "仇兰": None}


def test_a_wrong_clock_is_put_right_and_one_beyond_reason_is_marked(door: Door) -> None:
    door.send(door.op("present", -4, name="石春"), minute=5, off=timedelta(hours=7))
    door.send(door.op("present", -4, name="解明"), minute=5, off=timedelta(days=-900))
    assert door.stands() == {"石春": ("present", "08:56"), "解明": ("present", "09:05"), "仇兰": None}
    with door.app.app_context():
        kept = db.session.scalars(select(operations.KeptOperation).order_by(operations.KeptOperation.id)).all()
        assert [each.clock_doubtful for each in kept] == [False, True]
        of_screens = select(Change.reason).where(Change.source == "screen", Change.ledger == "attendance")
        reasons = db.session.scalars(of_screens.order_by(Change.id)).all()
    assert [bool(reason) for reason in reasons] == [False, True]


def test_closing_settles_what_is_left_and_takes_what_was_signed_before(door: Door) -> None:
    door.office_does(services.close)
    assert door.stands() == {"石春": ("absent", ""), "解明": ("absent", ""), "仇兰": None}
    before, after = door.op("present", 5, name="石春"), door.op("present", 31, name="解明")
    answers = door.send(before, after, minute=40)
    assert [each.get("code", "ok") for each in answers] == ["ok", "checkin_closed"]
    assert (door.stands()["石春"], door.stands()["解明"]) == (("present", "09:05"), ("absent", ""))
    assert door.mark("石春").sent_later
    assert not door.mark("解明").sent_later
    with pytest.raises(Refused) as caught:
        door.office_does(services.reopen, "", minute=50)
    assert caught.value.codes == {"required"}
    door.office_does(services.reopen, "漏签一人", minute=50)
    assert door.send(door.op("present", 55, name="解明"), minute=56)[0]["state"] == "late"


def test_a_sheet_of_paper_is_entered_at_once(door: Door) -> None:
    door.send(door.op("present", 0, name="石春"), minute=1)
    names = [door.deputy("石春"), door.deputy("仇兰")]
    assert door.office_does(services.sign_on_paper, names, "absent") == 1
    assert door.stands() == {"石春": ("present", "09:00"), "解明": ("absent", ""), "仇兰": ("present", "")}
    assert door.mark("仇兰").signed_how == "paper"


def test_cards_sign_in_until_they_are_replaced(door: Door) -> None:
    with door.app.test_request_context():
        issue(door.actor, [door.deputy("石春")])
        issue(replace(door.actor, station_id=door.office.street), [door.deputy("白云")])
        old = cards_of(db.session(), [door.deputy("石春")])[door.deputy("石春")].code
        foreign = cards_of(db.session(), [door.deputy("白云")])[door.deputy("白云")].code
        issue(door.actor, [door.deputy("石春")], anew=True)
        good = cards_of(db.session(), [door.deputy("石春")])[door.deputy("石春")].code
        db.session.remove()
    answers = door.send(*(door.op("scan", 0, code=code) for code in (old, foreign, good.lower())), minute=1)
    assert [each.get("code", "ok") for each in answers] == ["card_old", "card_foreign", "ok"]
    assert door.mark("石春").signed_how == "scan"


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


