"""The assignment desk and the return calls as their pages: several at once, each under its rules, nobody else's rows."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.core import clock
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
    assert "逾期" not in next(row for row in rows if numbers[returned] in row)


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
