"""The assignment desk and the return calls as their pages: several at once, each under its rules, nobody else's rows."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.reception.analysis.late import LISTS
from tests.integration.core.test_query_budgets import statements
from tests.support.databases import Scene
from tests.support.office import OFFICE, STREET, TOWNSHIP, Office, form_of, words_of

pytestmark = pytest.mark.both_databases
SAID = {"organ": "", "assigned_on": "2026-03-06", "due": "2026-06-06", "instruction": "请核实办理"}


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)


def heard(office: Office, count: int) -> list[int]:
    opinion = {"heard_on": "2026-03-04", "anonymous": True, "words": "石桥路面破损", "handling": "to_assign"}
    return [office.write("liaison1", "opinions", opinion) for _each in range(count)]


def organ(office: Office) -> str:
    return str(office.id_of("organs", f"{TOWNSHIP[:2]}民政所"))


def csrf(page: Any) -> str:
    return str(form_of(page)["csrf_token"][0])


def test_several_are_assigned_and_signed_at_once_and_their_sheets_printed(office: Office) -> None:
    ids, browser = heard(office, 3), office.browser("liaison1")
    token = csrf(browser.get("/assigning/"))
    made = browser.post("/assigning/assign", data={**SAID, "csrf_token": token, "organ": organ(office), "rows": ids})
    assert made.status_code == 302
    sheets = [row.id for row in office.rows("assignments")]
    assert made.location.count("made=") == len(sheets) == 3
    assert browser.get(made.location).get_data(as_text=True).count(" checked") == 3
    printed = browser.post("/assignments/bulk", data={"csrf_token": token, "action": "paper:assignment_sheet", "rows": sheets})
    assert printed.mimetype.endswith("wordprocessingml.document")
    presidium = office.browser("presidium1")
    signing = {"csrf_token": csrf(presidium.get("/assigning/")), "signed_by": "王主席", "signed_on": "2026-03-06", "rows": sheets}
    assert presidium.post("/assigning/sign", data=signing).status_code == 302
    assert {row.status for row in office.rows("opinions") if row.id in ids} == {"assigned"}
    again = presidium.post("/assigning/sign", data=signing)
    assert again.status_code == 422
    assert {row.signed_by for row in office.rows("assignments")} == {"王主席"}


def test_what_an_organ_returned_waits_again_and_is_not_called_late(office: Office) -> None:
    never, returned = heard(office, 2)
    sheet = {"opinion": returned, "organ": organ(office), "assigned_on": "2026-03-06", "signed_by": "王主席", "signed_on": "2026-03-06"}
    office.write("liaison1", "assignments", {**sheet, "returned_on": "2026-03-10", "returned_reason": "不属本单位职责"})
    numbers = {row.id: row.number for row in office.rows("opinions")}
    rows = office.browser("liaison1").get("/assigning/").get_data(as_text=True).split("<tr")
    assert "逾期" in next(row for row in rows if numbers[never] in row)
    assert "按期签发" in next(row for row in rows if numbers[returned] in row)
    assert "逾期" not in next(row for row in rows if numbers[returned] in row)


def test_home_desk_list_and_analysis_say_the_same_of_what_is_overdue(office: Office) -> None:
    with clock.clock_at(datetime(2026, 3, 17, 9)):
        unsigned, sheet = heard(office, 2)
        signed = {"opinion": sheet, "organ": organ(office), "assigned_on": "2026-03-06", "signed_by": "王主席", "signed_on": "2026-03-06"}
        office.write("liaison1", "assignments", {**signed, "due": "2026-03-13"})
        office.write("liaison1", "suggestions", {
            "title": "修路", "deputy": office.id_of("deputies", "石春"), "submitted_on": "2025-12-01", "content": "路坏了",
            "organ": office.id_of("organs", "县水利局"), "handed_over_on": "2025-12-02"})
        assert office.row("opinions", unsigned).assign_due.isoformat() == "2026-03-13"
        browser = office.browser("liaison1")
        words = "逾期2个工作日"
        assert words in words_of(browser.get("/assigning/"))
        assert words in words_of(browser.get("/opinions/list/?assigning=overdue"))
        home, told = words_of(browser.get("/")), words_of(browser.get("/opinion_analysis/"))
        for kind, oldest in (
            ("接待后 7 个工作日内未签发", "2026-03-12"),
            ("超过交办单期限未答复", "2026-03-13"),
            ("代表建议超过规定期限未答复", "2026-03-02"),
        ):
            count = 2 if "签发" in kind else 1  # the scene has one from the day before
            assert f"{kind}：{count} 件，最早应在 {oldest} 前办理" in home
            assert kind in told
        assert "未签发" in words_of(office.browser("presidium1").get("/"))
        assert "未签发" not in words_of(office.browser("archivist1").get("/"))
        assert browser.get("/").get_data(as_text=True).count("/opinions/list/?which=overdue-assign") == 1
        counted = [len(rows_of(browser.get(address))) for address in LISTS.values()]
        assert counted == [2, 1, 1]


def rows_of(page: Any) -> list[str]:
    return re.findall(r'name="rows" value="\d+"', page.get_data(as_text=True))


def test_a_county_organ_gets_no_sheet_and_the_desk_offers_a_suggestion(office: Office) -> None:
    ids, browser = heard(office, 2), office.browser("liaison1")
    given = {**SAID, "csrf_token": csrf(browser.get("/assigning/")), "rows": ids, "organ": str(office.id_of("organs", "县水利局"))}
    recent = {**given, "assigned_on": clock.today().isoformat(), "due": ""}
    answer = browser.post("/assigning/assign", data=recent)
    assert answer.status_code == 422
    assert f"/suggestions/add?opinions={ids[0]}&amp;opinions={ids[1]}" in answer.get_data(as_text=True)
    assert (office.rows("assignments"), {office.row("opinions", each).status for each in ids}) == ([], {"to_assign"})
    offered = browser.get(f"/suggestions/add?opinions={ids[0]}&opinions={ids[1]}")
    assert form_of(offered)["opinions"] == [str(each) for each in ids]


def test_the_desk_says_what_is_missing_and_knows_no_other_station(office: Office) -> None:
    ids, browser = heard(office, 1), office.browser("liaison1")
    token = csrf(browser.get("/assigning/"))
    empty = browser.post("/assigning/assign", data={**SAID, "csrf_token": token, "rows": ids})
    assert empty.status_code == 422
    assert browser.post("/assigning/assign", data={**SAID, "csrf_token": token, "organ": organ(office)}).status_code == 422
    other = {**SAID, "csrf_token": token, "organ": organ(office), "rows": [*ids, office.opinion_of(office.street)]}
    assert browser.post("/assigning/assign", data=other).status_code == 404
    assert browser.post("/assigning/assign", data={**other, "rows": ["1x"]}).status_code == 404
    assert office.rows("assignments") == []
    for role, status in (("presidium1", 302), ("archivist1", 403), ("deputy1", 403), ("county", 403)):
        visitor = office.browser(role)
        answer = visitor.post("/assigning/assign", data={**SAID, "csrf_token": token, "organ": organ(office), "rows": ids})
        assert answer.status_code in (status, 400, 422), role
    assert office.rows("assignments") == []
    assert STREET not in words_of(office.browser("liaison1").get("/assigning/"))


def test_who_was_called_is_entered_in_one_line(office: Office) -> None:
    first, second = heard(office, 2)
    for opinion in (first, second):
        office.write("liaison1", "replies", {"opinion": opinion, "replied_on": "2026-03-05", "form": "phone", "answer": "修好了"})
    browser = office.browser("liaison1")
    page = browser.get("/calls/")
    token = page.get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    version = office.version("opinions", first)
    line = {"csrf_token": token, "version": version, "asked_on": "2026-03-06", "satisfaction": "not_obtained"}
    wrong = browser.post(f"/calls/{first}", data=line)
    assert wrong.status_code == 422
    assert browser.post(f"/calls/{first}", data={**line, "not_obtained_reason": "unreachable"}).status_code == 302
    assert browser.post(f"/calls/{first}", data={**line, "satisfaction": "satisfied"}).status_code == 422
    street = office.opinion_of(office.street)
    assert browser.post(f"/calls/{street}", data=line).status_code == 404
    replies = {row.opinion_id: row for row in office.rows("replies")}
    assert (replies[first].satisfaction, replies[first].not_obtained_reason) == ("not_obtained", "unreachable")
    assert replies[second].satisfaction is None
    assert office.browser("presidium1").get("/calls/").status_code == 403


def test_desk_and_calls_take_a_handful_of_statements_however_much_waits(office: Office) -> None:
    browser, found = office.browser("liaison1"), []
    for more in (2, 30):
        for opinion in heard(office, more):
            office.write("liaison1", "replies", {"opinion": opinion, "replied_on": "2026-03-05", "form": "phone", "answer": "修好了"})
        heard(office, more)
        counts = []
        for address in ("/assigning/", "/assigning/?part=to_sign", "/calls/"):
            with statements() as seen:
                assert browser.get(address).status_code == 200
            counts.append(len(seen))
        found.append(counts)
    assert found[0] == found[1]
    assert max(found[1]) <= 14


def test_the_home_page_leads_to_the_very_announcement_that_is_to_be_posted(office: Office) -> None:
    with clock.clock_at(datetime(2026, 4, 30, 9)):
        reception = office.write("liaison1", "receptions", {"activity.title": "5月接待日", "activity.start": "2026-05-06 09:00"})
        browser = office.browser("liaison1")
        home = browser.get("/")
        assert "公告最迟 5月3日 张贴" in words_of(home)
        assert f'href="/rota/2026#posting-{reception}"' in home.get_data(as_text=True)
        assert f'id="posting-{reception}"' in browser.get("/rota/2026").get_data(as_text=True)
