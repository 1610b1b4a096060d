"""The pages of inviting, telling, guests and leave over HTTP: whose they are, and what bad input gets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.core.access.actor import program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.people.accounts import add_account
from tests.support.office import OFFICE, PASSWORD, Office, words_of


@pytest.fixture
def scene() -> object:
    return OFFICE


@pytest.fixture
def portal(app: Flask) -> Office:
    return Office(app)


def ahead(portal: Office, username: str = "liaison1", **more: Any) -> int:
    start = (datetime.now(UTC) + timedelta(days=9)).strftime("%Y-%m-%d 09:00")
    return portal.write(username, "activities", {"type": "study", "title": "普法学习", "start": start, "place": "一楼", **more})


def test_another_stations_activity_does_not_exist_and_roles_that_do_not_keep_it_are_sent_away(portal: Office) -> None:
    there = ahead(portal, "liaison2")
    own = ahead(portal)
    for page in (f"/telling/{there}", f"/telling/{there}/calls", f"/telling/{there}/calendar.ics", f"/guests/{there}"):
        assert portal.browser("liaison1").get(page).status_code == 404
    for act in (*(f"/telling/{there}/{act}" for act in ("all", "one", "invite", "organ")), f"/guests/{there}/sign"):
        assert portal.browser("liaison1").post(act).status_code == 404
        assert portal.browser("liaison1").get(act).status_code == 405
    taken = portal.browser("liaison1").post(f"/step/activities/{there}/cancel", data={"version": "1", "cancel_reason": "x"})
    assert taken.status_code == 404
    for role in ("archivist1", "presidium1", "deputy1", "county"):
        assert portal.browser(role).get(f"/telling/{own}").status_code == 403
        assert portal.browser(role).get(f"/guests/{own}").status_code == 403
        assert portal.browser(role).get(f"/step/activities/{own}/cancel").status_code == 403
    assert portal.browser("archivist1").get("/leave/").status_code == 403


def test_a_step_over_rest_is_under_the_same_table(portal: Office) -> None:
    own, client = ahead(portal), portal.app.test_client()
    liaison, deputy = portal.token("liaison1"), portal.token("deputy1")
    shown = client.get(f"/api/v1/activities/{own}/steps", headers=liaison).get_json()
    assert {step["name"]: bool(step["in_the_way"]) for step in shown["steps"]} == {"finish": True, "cancel": False}
    address = f"/api/v1/activities/{own}/steps"
    assert client.post(f"{address}/cancel", headers=deputy, json={"version": shown["version"], "cancel_reason": "x"}).status_code == 403
    assert client.post(f"{address}/cancel", headers=liaison, json={"cancel_reason": "x"}).status_code == 409
    assert client.post(f"{address}/finish", headers=liaison, json={"version": shown["version"]}).status_code == 422
    assert client.post(f"{address}/fly", headers=liaison, json={"version": shown["version"]}).status_code == 404
    refused = client.post(f"{address}/cancel", headers=liaison, json={"version": shown["version"]})
    assert (refused.status_code, list(refused.get_json()["message"])) == (422, ["cancel_reason"])
    answers = {"version": shown["version"], "cancel_reason": "雨", "reason": "气象预警"}
    done = client.post(f"{address}/cancel", headers=liaison, json=answers)
    assert (done.status_code, done.get_json()["result"]["status"]) == (200, "cancelled")
    typed = {"status": "held", "version": done.get_json()["result"]["version"]}
    assert client.put(f"/api/v1/activities/{own}", headers=liaison, json=typed).status_code == 422
    assert "气象预警" in words_of(portal.browser("liaison1").get(f"/activities/show/{own}?tab=history"))


def test_a_step_asks_on_its_page_and_says_what_is_missing_beside_the_field(portal: Office) -> None:
    own, browser = ahead(portal), portal.browser("liaison1")
    assert "取消原因" in words_of(browser.get(f"/step/activities/{own}/cancel"))
    version = portal.version("activities", own)
    answer = browser.post(f"/step/activities/{own}/cancel", data={"version": version, "cancel_reason": ""})
    assert answer.status_code == 422
    assert "此项必填" in words_of(answer)
    assert browser.post(f"/step/activities/{own}/cancel", data={"version": version, "cancel_reason": "雨"}).status_code == 302
    typed = {"version": portal.version("activities", own)}
    assert "现在不能" in words_of(browser.post(f"/step/activities/{own}/finish", data=typed, follow_redirects=True))
    assert portal.row("activities", own).status == "cancelled"


def test_guests_are_noted_together_or_not_at_all_and_signing_sets_what_it_says(portal: Office) -> None:
    own, browser = ahead(portal), portal.browser("liaison1")
    wrong = browser.post(f"/guests/{own}", data={"pasted": "张三 东村\n" + "李" * 60, "kind": "voter"})
    assert wrong.status_code == 422
    assert "张三 东村" in wrong.get_data(as_text=True)
    assert portal.rows("activity_guests") == []
    for pasted, kind in (("", "voter"), ("王五", "robot")):
        assert browser.post(f"/guests/{own}", data={"pasted": pasted, "kind": kind}).status_code == 422
    assert browser.post(f"/guests/{own}", data={"pasted": "张三 东村 13800000000\n李四", "kind": "voter"}).status_code == 302
    first, second = portal.rows("activity_guests")
    for _pressed_twice in range(2):
        browser.post(f"/guests/{own}/sign", data={"in": str(first.id)})
    assert portal.row("activity_guests", first.id).signed_at is not None
    assert portal.row("activity_guests", second.id).signed_at is None
    browser.post(f"/guests/{own}/sign", data={"out": str(first.id)})
    assert portal.row("activity_guests", first.id).signed_at is None
    assert browser.post(f"/guests/{ahead(portal, title='另一次')}/sign", data={"in": str(first.id)}).status_code == 404


def test_a_deputy_asks_once_and_who_decides_decides_in_one_click(portal: Office) -> None:
    deputy = portal.id_of("deputies", "石春")
    own = ahead(portal, deputies=[deputy])
    asking = portal.browser("deputy1")
    assert "普法学习" in words_of(asking.get("/leave/"))
    values = {"activity": str(own), "reason": "work", "words": "出差", "request_id": "once"}
    for _pressed_twice in range(2):
        assert asking.post("/leave/ask", data=values).status_code == 302
    leave: Any = LEDGERS["leave_requests"]
    request = portal.rows("leave_requests", leave.activity_id == own)[0]
    assert len(portal.rows("leave_requests", leave.activity_id == own)) == 1
    again = asking.post("/leave/ask", data={**values, "request_id": "twice"})
    assert again.status_code == 422
    assert asking.post("/leave/ask", data={**values, "activity": str(ahead(portal, "liaison2")), "request_id": "x"}).status_code == 422
    address = f"/leave/decide/{request.id}?version={portal.version('leave_requests', request.id)}"
    asking.post(address, data={"step": "approve"})
    assert portal.row("leave_requests", request.id).decision == "pending"
    assert portal.browser("liaison2").post(address, data={"step": "approve"}).status_code == 404
    portal.browser("liaison1").post(address, data={"step": "approve", "decided_by": "仇主席"})
    assert portal.row("leave_requests", request.id).decided_by == "仇主席"
    attendance: Any = LEDGERS["attendance"]
    assert portal.rows("attendance", attendance.activity_id == own)[0].state == "leave"
    assert "没有待审批" in words_of(portal.browser("presidium1").get("/leave/"))


def test_a_convenor_reads_no_leave_of_the_group_and_asks_for_the_own_where_the_account_is_a_deputys_too(portal: Office) -> None:
    """The articles give a convenor duty reports and meetings of the own group; leave is a matter of each deputy and of who decides."""
    own = ahead(portal, deputies=[portal.id_of("deputies", "石春"), portal.id_of("deputies", "解明")])
    convening = portal.browser("convenor1")
    for page in ("/", "/activities/list/", f"/activities/show/{own}"):
        assert "/leave/" not in convening.get(page).get_data(as_text=True)
    assert convening.get("/leave/").status_code == 403
    with portal.app.app_context():
        both = {"username": "both1", "name": "石春", "roles": {"convenor", "deputy"}}
        both |= {"station_id": portal.township, "deputy_id": portal.id_of("deputies", "石春")}
        add_account(db.session(), program(None, "test"), both, PASSWORD)
        db.session.commit()
    asking = portal.browser("both1")
    assert "/leave/" in asking.get("/").get_data(as_text=True)
    assert "普法学习" in words_of(asking.get("/leave/"))
    values = {"activity": str(own), "reason": "work", "request_id": "own"}
    assert asking.post("/leave/ask", data=values).status_code == 302
    other = {"activity": own, "reason": "work", "deputy": portal.id_of("deputies", "解明"), "asked_at": "2026-03-01 09:00"}
    portal.write("liaison1", "leave_requests", other)
    assert "解明" not in words_of(asking.get("/leave_requests/list/"))
