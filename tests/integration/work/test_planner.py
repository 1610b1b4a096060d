"""The year planner as an office uses it: made in one step, moved, approved, fulfilled, summed up, told; one's own station's alone."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import clock_at
from app.core.dictionary.ledger import LEDGERS
from tests.support.office import OFFICE, Office, form_of, words_of
from tests.support.papers import text_of

pytestmark = pytest.mark.both_databases
JSON = {"Accept": "application/json"}


@pytest.fixture
def scene() -> object:
    return OFFICE


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)


@pytest.fixture(autouse=True)
def in_february(app: Flask) -> Any:
    with clock_at(datetime(2026, 2, 2, 9)):
        yield


def items_of(office: Office, station: int) -> list[Any]:
    model: Any = LEDGERS["plan_items"]
    return office.rows("plan_items", model.station_id == station)


def annual(office: Office) -> Any:
    model: Any = LEDGERS["plans"]
    return office.rows("plans", model.station_id == office.township, model.period == "year")[0]


def made(office: Office, liaison: FlaskClient) -> list[Any]:
    assert liaison.post("/planner/2026/make?source=duties").status_code == 302
    return items_of(office, office.township)


def named(office: Office, title: str) -> Any:
    return next(each for each in items_of(office, office.township) if each.title == title)


def move(client: FlaskClient, item: Any, to: str, version: int | None = None) -> Any:
    return client.post(f"/planner/move/{item.id}", data={"to": to, "version": str(version or item.version)}, headers=JSON)


def test_a_plan_is_made_moved_approved_and_says_when_it_was_changed_afterwards(office: Office) -> None:
    liaison, head = office.browser("liaison1"), office.browser("head1")
    items = made(office, liaison)
    assert len(items) == 17
    assert items_of(office, office.street) == []
    liaison.post("/planner/2026/make?source=duties")
    assert len(items_of(office, office.township)) == 17

    item = named(office, "4月代表视察")
    answer = move(liaison, item, "7")
    assert answer.get_json()["done"], answer.text
    assert "7月20日" in answer.get_json()["said"]
    assert named(office, "7月代表视察").planned_for == date(2026, 7, 20)
    stale = move(liaison, item, "9").get_json()
    assert not stale["done"]
    assert "已显示最新情况" in stale["said"]
    back = move(liaison, named(office, "7月代表视察"), answer.get_json()["undo"])
    assert back.get_json()["done"]
    assert named(office, "4月代表视察").planned_for == item.planned_for

    plan = annual(office)
    approve = f"/step/plans/{plan.id}/approve?back=/planner/2026"
    assert "批准计划" not in words_of(liaison.get("/planner/2026"))
    assert liaison.post(approve, data={"version": str(plan.version)}).status_code == 302
    assert annual(office).status == "drafted"
    assert "批准计划" in words_of(head.get("/planner/2026"))
    assert head.post(approve, data={"version": str(plan.version)}).location == "/planner/2026"
    assert (annual(office).status, annual(office).approved_on, annual(office).amended_on) == ("approved", date(2026, 2, 2), None)
    move(liaison, named(office, "4月代表视察"), "5")
    assert (annual(office).status, annual(office).amended_on) == ("amended", date(2026, 2, 2))
    assert "批准后有改动" in words_of(liaison.get("/planner/2026"))
    head.post(f"/step/plans/{plan.id}/approve_changes", data={"version": str(annual(office).version)})
    assert (annual(office).status, annual(office).amended_on) == ("approved", None)
    head.post(f"/step/plans/{plan.id}/back_approve", data={"version": str(annual(office).version)})
    assert (annual(office).status, annual(office).approved_on) == ("drafted", None)
    office.write("liaison1", "plan_items", {"note": "备注"}, row_id=item.id, version=str(named(office, "5月代表视察").version))
    assert annual(office).amended_on is None


def test_an_activity_entered_anywhere_is_found_by_its_item_and_counts_once_it_is_held(office: Office) -> None:
    liaison = office.browser("liaison1")
    made(office, liaison)
    page = liaison.get("/planner/2026").text
    assert "/receptions/add?activity.title=2" in page
    reception = office.write("liaison1", "receptions", {"activity.title": "元宵接待", "activity.start": "2026-02-03 09:00"})
    activity = office.row("receptions", reception).activity_id
    item = named(office, "2月代表接待选民日")
    assert item.activity_id == activity
    assert "已安排" in words_of(liaison.get("/planner/2026"))
    with clock_at(datetime(2026, 2, 4, 9)):
        deputy = office.id_of("deputies", "石春")
        office.write("liaison1", "attendance", {"activity": activity, "deputy": deputy, "state": "present"})
        assert "3日 已完成" in words_of(liaison.get("/planner/2026"))
    refused = move(liaison, item, "x")
    assert refused.status_code == 404

    certificate = {
        "activity.type": "inspection",
        "activity.title": "持证看河道",
        "activity.start": "2026-04-21 09:00",
        "certificate": "alone",
    }
    office.write("liaison1", "inspections", {**certificate, "holder": deputy})
    assert named(office, "4月代表视察").activity_id is None
    office.write("liaison1", "activities", {"type": "inspection", "title": "看水库", "start": "2026-04-22 09:00"})
    assert named(office, "4月代表视察").activity_id is not None
    assert "计划外" in words_of(liaison.get("/planner/2026"))


def test_quarters_and_next_year_are_drawn_from_the_annual_plan(office: Office) -> None:
    liaison = office.browser("liaison1")
    assert "还没有年度计划" in words_of(liaison.post("/planner/2026/quarter/q1", follow_redirects=True))
    made(office, liaison)
    liaison.post("/planner/2026/quarter/q1")
    quarter: Any = LEDGERS["plans"]
    plan = office.rows("plans", quarter.period == "q1")[0]
    assert {each.planned_for.month for each in items_of(office, office.township) if each.plan_id == plan.id} == {1, 2, 3}
    assert liaison.post("/planner/2026/quarter/q9").status_code == 404
    assert "季度计划" in words_of(liaison.get("/planner/2026"))
    liaison.post("/planner/2027/make?source=last_year")
    later = [each for each in items_of(office, office.township) if each.planned_for.year == 2027]
    assert len(later) == 17


def test_a_quarters_plan_goes_along_with_the_annual_one(office: Office) -> None:
    liaison = office.browser("liaison1")
    made(office, liaison)
    for period in ("q1", "q2"):
        liaison.post(f"/planner/2026/quarter/{period}")
    plans = {plan.period: plan.id for plan in office.rows("plans", LEDGERS["plans"].station_id == office.township)}  # type: ignore[attr-defined]

    def of(period: str) -> dict[str, date]:
        return {each.title: each.planned_for for each in items_of(office, office.township) if each.plan_id == plans[period]}

    def item(title: str) -> Any:
        return next(each for each in items_of(office, office.township) if (each.plan_id, each.title) == (plans["year"], title))

    title = "4月代表视察"
    assert title in of("q2")
    move(liaison, item(title), "5")
    title = "5月代表视察"
    assert of("q2")[title] == of("year")[title] == date(2026, 5, 20)
    move(liaison, item(title), "2")
    title = "2月代表视察"
    assert (of("q1")[title], title in of("q2")) == (date(2026, 2, 24), False)
    move(liaison, item(title), "8")
    assert (title in of("q1"), title in of("year"), "8月代表视察" in of("year")) == (False, True, True)
    move(liaison, item(title), "6")
    assert of("q2")[title].month == 6
    office.write("liaison1", "plan_items", {"title": "看河道"}, row_id=item(title).id, version=str(item(title).version))
    assert of("q2")["看河道"].month == 6
    office.write("liaison1", "plan_items", {"plan": plans["year"], "title": "普法", "planned_for": "2026-03-05", "activity_type": "policy"})
    assert of("q1")["普法"] == date(2026, 3, 5)
    office.write("liaison1", "plan_items", {"plan": plans["q1"], "title": "只在季度", "planned_for": "2026-03-06"})
    assert "只在季度" not in of("year")
    gone = item("普法")
    office.browser("head1").post(f"/plan_items/delete/{gone.id}", data={"version": str(gone.version)})
    assert "普法" not in {**of("year"), **of("q1")}


def test_another_stations_plan_does_not_exist_and_who_only_reads_changes_nothing(office: Office) -> None:
    liaison, other = office.browser("liaison1"), office.browser("liaison2")
    item = made(office, liaison)[0]
    plan = annual(office)
    assert move(other, item, "5").status_code == 404
    approve = f"/step/plans/{plan.id}/approve"
    assert other.post(approve, data={"version": str(plan.version)}).status_code == 404
    assert office.browser("head2").post(approve, data={"version": str(plan.version)}).status_code == 404
    assert "代表接待选民日" not in words_of(other.get("/planner/2026")).replace("每月代表接待选民日", "")
    archivist = office.browser("archivist1")
    assert move(archivist, item, "5").status_code == 403
    assert archivist.post("/planner/2027/make?source=duties").status_code == 403
    assert "1月代表接待选民日" in words_of(archivist.get("/planner/2026"))
    for username in ("deputy1", "convenor1", "admin"):
        assert office.browser(username).get("/planner/2026").status_code == 403
    county = office.browser("county")
    assert "请选择要查看的联络站" in words_of(county.get("/planner/2026"))
    county.get(f"/account/station/{office.township}")
    assert "1月代表接待选民日" in words_of(county.get("/planner/2026"))
    assert county.post("/planner/2026/make").status_code == 403
    assert office.app.test_client().get("/planner/2026").status_code == 302
    for address in ("/planner/1", "/planner/99999", "/planner/x", "/yearbook/summary/x"):
        assert liaison.get(address).status_code == 404, address


def test_the_summary_says_what_the_ledgers_say_and_what_is_typed_is_kept(office: Office) -> None:
    liaison = office.browser("liaison1")
    deputies = [office.id_of("deputies", name) for name in ("石春", "解明", "仇兰")]
    activity = office.write(
        "liaison1",
        "activities",
        {"type": "study", "title": "学代表法", "start": "2025-01-14 09:00", "deputies": deputies, "place": "会议室"},
    )
    marks: Any = LEDGERS["attendance"]
    for mark, state in zip(office.rows("attendance", marks.activity_id == activity), ("present", "late", "absent"), strict=True):
        office.write("liaison1", "attendance", {"state": state}, row_id=mark.id, version=str(mark.version))
    page = liaison.get("/yearbook/summary/2025")
    form = form_of(page)
    assert "共开展活动1次，其中学习交流1次" in form["text"][0]
    assert "应到代表3人次，实到2人次，请假0人次，缺席1人次，出勤率66.7%" in form["text"][0]
    assert liaison.post("/yearbook/summary/2025", data={**form, "text": "我们的总结\n一、代表活动\n好。"}).status_code == 302
    plan = annual(office)
    assert (plan.summary, plan.summarised_on) == ("我们的总结\n一、代表活动\n好。", date(2026, 2, 2))
    stale = liaison.post("/yearbook/summary/2025", data={"text": "旧的", "version": "0"})
    assert stale.status_code == 409
    assert "旧的" in stale.text
    too_long = liaison.post("/yearbook/summary/2025", data={"text": "长" * 30_000, "version": office.version("plans", plan.id)})
    assert too_long.status_code == 422
    paper = liaison.get(f"/plans/paper/annual_summary/{plan.id}")
    assert "我们的总结" in text_of(paper.data)
    assert "学代表法" not in words_of(office.browser("liaison2").get("/yearbook/chronicle?first=2025-01-01&last=2025-12-31"))
    told = words_of(liaison.get("/yearbook/chronicle?first=2025-01-01&last=2025-12-31"))
    assert "在会议室举行学代表法" in told
    word = liaison.get("/yearbook/chronicle/word?first=2025-01-01&last=2025-12-31")
    assert "在会议室举行学代表法" in text_of(BytesIO(word.data).getvalue())
    for query in ("first=x&last=2026-01-01", "first=2026-02-01&last=2026-01-01", "first=1900-01-01&last=2026-01-01"):
        assert liaison.get(f"/yearbook/chronicle?{query}").status_code == 422, query
        assert liaison.get(f"/yearbook/chronicle/word?{query}").status_code == 422, query
