"""Signing in by screen, card and paper: counts once, agrees in the end, and says clearly why not."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from app.activities.checkin import closing
from app.activities.checkin.cards import cards_of, issue
from app.core import clock
from app.core.access.actor import program
from app.core.database import db, write_transaction
from app.core.devices import operations
from app.core.dictionary.ledger import LEDGERS
from app.core.records.history import Change
from app.core.records.writing import change_set
from app.core.refusals import Refused
from app.core.workflows.stepping import take
from tests.integration.activities.door import DEPUTIES, NINE, Door
from tests.support.office import OFFICE

pytestmark = pytest.mark.both_databases


@pytest.fixture
def scene() -> object:
    return OFFICE


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


def test_single_touches_of_several_tablets_run_beside_one_another_and_count_once(door: Door) -> None:
    """The first touch sets the activity going; those after it share it and lock their deputy alone."""
    door.send(door.op("present", -9, name="仇兰"), minute=-8)
    touches = [door.op("present", at, name=name) for name in DEPUTIES[:2] for at in (5, 3, 7)]
    touches += [door.op("undo", 4, name="石春"), touches[0], touches[3]]
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda each=each: answers.append(door.send(each, minute=10))) for each in touches]  # type: ignore[misc]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each[0]["ok"] for each in answers] == [True] * len(touches)
    assert door.stands() == {"石春": ("present", "09:05"), "解明": ("present", "09:03"), "仇兰": ("present", "08:51")}
    with door.app.test_request_context():
        assert db.session.query(operations.KeptOperation).count() == len(touches) - 1
        db.session.remove()


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
    door.office_does(closing.close)
    assert door.stands() == {"石春": ("absent", ""), "解明": ("absent", ""), "仇兰": None}
    before, after = door.op("present", 5, name="石春"), door.op("present", 31, name="解明")
    answers = door.send(before, after, minute=40)
    assert [each.get("code", "ok") for each in answers] == ["ok", "checkin_closed"]
    assert (door.stands()["石春"], door.stands()["解明"]) == (("present", "09:05"), ("absent", ""))
    assert door.mark("石春").sent_later
    assert not door.mark("解明").sent_later
    with pytest.raises(Refused) as caught:
        door.office_does(closing.reopen, "", minute=50)
    assert caught.value.codes == {"required"}
    door.office_does(closing.reopen, "漏签一人", minute=50)
    assert door.send(door.op("present", 55, name="解明"), minute=56)[0]["state"] == "late"


def test_closing_after_its_end_or_by_the_offices_word_says_that_it_was_held_and_is_taken_back_in_one_step(door: Door) -> None:
    with clock.clock_at(NINE - timedelta(hours=1)):
        values = {"type": "study", "title": "普法", "start": "2026-03-01 09:00", "deputies": [door.deputy("石春")]}
        activity = door.activity = door.office.write("liaison1", "activities", values)
    assert door.office_does(closing.close) == "planned"
    door.office_does(closing.reopen, "漏签", minute=31)
    assert door.office_does(closing.close, True, minute=32) == "held"
    assert door.office.row("activities", activity).finished_at == NINE + timedelta(minutes=32)
    with clock.clock_at(NINE + timedelta(minutes=40)), door.app.test_request_context():
        take(door.actor, "activities", activity, "back_finish", {}, version=door.office.version("activities", activity))
        db.session.remove()
    door.office_does(closing.reopen, "再签", minute=41)
    version = door.office.version("activities", activity)
    door.office.write("liaison1", "activities", {"end": "2026-03-01 11:00"}, row_id=activity, version=version)
    assert door.office_does(closing.close, minute=120) == "held"
    assert door.office.row("activities", activity).finished_at == NINE + timedelta(hours=2)


def test_closing_costs_as_many_statements_for_a_hundred_who_are_missing_as_for_two(door: Door) -> None:
    def cost(activity: int) -> int:
        seen: list[str] = []
        listen = ("before_cursor_execute", lambda _connection, _cursor, statement, *_more: seen.append(statement))
        event.listen(Engine, *listen)
        try:
            with clock.clock_at(NINE + timedelta(minutes=30)), door.app.test_request_context():
                closing.close(door.actor, activity)
                db.session.remove()
        finally:
            event.remove(Engine, *listen)
        return len(seen)

    with clock.clock_at(NINE - timedelta(hours=1)), door.app.test_request_context(), change_set(program(None, "test")) as writing:
        station = {"station": door.office.township}
        many = [writing.save("deputies", {**station, "name": f"甲{n}", "sex": "male"}, by_program=True).id for n in range(100)]
        for title, invited in (("少", many[:2]), ("多", many)):
            values = {**station, "type": "study", "title": title, "start": "2026-03-01 09:00", "deputies": invited}
            writing.save("activities", values, by_program=True)
    few, all_ = (cost(door.office.id_of("activities", title)) for title in ("少", "多"))
    assert all_ <= few + 4
    marks: Any = LEDGERS["attendance"]
    states = [mark.state for mark in door.office.rows("attendance", marks.activity_id == door.office.id_of("activities", "多"))]
    assert states == ["absent"] * 100


def test_a_sheet_of_paper_is_entered_at_once(door: Door) -> None:
    door.send(door.op("present", 0, name="石春"), minute=1)
    names = [door.deputy("石春"), door.deputy("仇兰")]
    assert door.office_does(closing.sign_on_paper, names, "absent") == 1
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
