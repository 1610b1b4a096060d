"""The letters of activities and inspections as Word documents: whom they address, whom to ask, and what is not written too early."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.clock import clock_at
from app.core.dictionary.ledger import LEDGERS
from tests.support.office import OFFICE, Office, form_of, words_of
from tests.support.papers import text_of

pytestmark = pytest.mark.both_databases
DAY = "2026-03-12 09:00"


@pytest.fixture
def scene() -> object:
    return OFFICE


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)


def paper(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    assert "wordprocessingml" in answer.mimetype, words_of(answer)
    return text_of(answer.data)


def visit(office: Office, **values: Any) -> tuple[int, int]:
    """An inspection and its activity."""
    about = {"activity.type": "inspection", "activity.title": "视察食堂", "activity.start": DAY, "activity.place": "中心学校"}
    row = office.write("liaison1", "inspections", {**about, **values})
    return row, office.row("inspections", row).activity_id


def test_letters_address_somebody_name_whom_to_ask_and_leave_out_what_is_not_known(office: Office) -> None:
    liaison = office.browser("liaison1")
    with clock_at(datetime(2026, 3, 2, 9)):
        unnamed, activity = visit(office)
        letter = paper(liaison, f"/inspections/paper/inspection_notice/{unnamed}")
        assert "\n有关单位：\n" in letter
        assert "联系人：周敏1　　联系电话：13712340000" in letter
        assert "一、视察内容：视察食堂\n二、时间：2026年3月12日9:00\n三、地点：中心学校\n请提前" in letter
        notice = paper(liaison, f"/activities/paper/activity_notice/{activity}")
        assert "一、时间：2026年3月12日9:00\n二、地点：中心学校\n请安排好" in notice
        assert "13712340000" not in paper(office.browser("presidium1"), f"/activities/paper/activity_notice/{activity}")
        office.write("head1", "stations", {"office_phone": "0377-60001111"}, row_id=office.township,
                     version=office.version("stations", office.township))
        masked = paper(office.browser("presidium1"), f"/activities/paper/activity_notice/{activity}")
        assert "联系电话：0377-60001111" in masked
        staff: Any = LEDGERS["station_staff"]
        row = office.rows("station_staff", staff.station_id == office.township)[0]
        office.write("head1", "station_staff", {"until": "2026-02-01"}, row_id=row.id, version=office.version("station_staff", row.id))
        assert "联系人" not in paper(liaison, f"/inspections/paper/inspection_notice/{unnamed}")
        office.write("liaison1", "activities", {"deputies": [office.id_of("deputies", "石春")]}, row_id=activity,
                     version=office.version("activities", activity))
        attendance: Any = LEDGERS["attendance"]
        mark = office.rows("attendance", attendance.activity_id == activity)[0].id
        unit = paper(liaison, f"/attendance/paper/work_unit_letter/{mark}")
        assert "\n石春同志所在单位：\n你单位石春同志" in unit
        liaison.post(f"/step/activities/{activity}/cancel", data={"version": office.version("activities", activity), "cancel_reason": "雨"})
        for address in (f"/attendance/paper/work_unit_letter/{mark}", f"/inspections/paper/inspection_notice/{unnamed}"):
            assert "活动已取消" in words_of(liaison.get(address, follow_redirects=True))
        assert "paper/activity_notice" not in liaison.get(f"/activities/show/{activity}").get_data(as_text=True)


def test_an_inspection_is_reported_and_fed_back_once_it_was_held_and_one_date_serves_all_organs(office: Office) -> None:
    liaison = office.browser("liaison1")
    organ: Any = LEDGERS["organs"]
    organs = [each.id for each in office.rows("organs", organ.station_id.in_([office.township]) | organ.station_id.is_(None))]
    with clock_at(datetime(2026, 3, 2, 9)):
        inspection, activity = visit(office, organs=organs)
        inspected = [each.id for each in office.rows("inspected_organs")]
        shown = liaison.get(f"/inspections/show/{inspection}").get_data(as_text=True)
        assert "paper/inspection_report" not in shown
        assert f"/activities/show/{activity}" in shown
        assert "还没有邀请代表" in shown
        told = f"/inspected_organs/paper/inspection_feedback/{inspected[0]}"
        for address in (f"/inspections/paper/inspection_report/{inspection}", told):
            assert "还没有举行" in words_of(liaison.get(address, follow_redirects=True))
        covert, _activity = visit(office, openness="covert", covert_reason="看日常", covert_approver="解主席", **{"activity.title": "暗访"})
        assert "paper/inspection_notice" not in liaison.get(f"/inspections/show/{covert}").get_data(as_text=True)
    with clock_at(datetime(2026, 3, 20, 9)):
        liaison.post(f"/step/activities/{activity}/finish", data={"version": office.version("activities", activity)})
        report = paper(liaison, f"/inspections/paper/inspection_report/{inspection}")
        assert "名代表" not in report
        form = form_of(liaison.get(f"/feedback/{inspection}"))
        typed = {**form, "all-fed_back_by": "meeting"}
        assert liaison.post(f"/feedback/{inspection}", data=typed).status_code == 422
        first = f"organ{inspected[0]}"
        typed |= {"all-fed_back_on": "2026-03-19", f"{first}-fed_back_on": "2026-03-17", f"{first}-findings": "账目不清"}
        assert liaison.post(f"/feedback/{inspection}", data=typed).status_code == 302
        rows = office.rows("inspected_organs")
        assert [(str(each.fed_back_on), each.fed_back_by) for each in rows] == [("2026-03-17", None), ("2026-03-19", "meeting")]
        assert office.row("inspections", inspection).feedback == "done"
        assert "all-fed_back_on" not in liaison.get(f"/feedback/{inspection}").get_data(as_text=True)
        assert "账目不清" in paper(liaison, told)
