"""The duty reports of a year as office, convenor and deputy meet them; minutes, report upward and what results lead to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook
from sqlalchemy import event

from app.calendar import Calendar
from app.core.clock import clock_at
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.review.models import DutyReport, ReviewMeeting
from tests.support.office import OFFICE, Office, form_of, words_of
from tests.support.papers import text_of

pytestmark = pytest.mark.both_databases
YEAR = "/duty_reporting/2026"


@pytest.fixture
def scene() -> object:
    return OFFICE


@pytest.fixture(autouse=True)
def in_december(app: Flask) -> Iterator[None]:
    with clock_at(datetime(2026, 12, 21, 9)):
        yield


class Town:
    """The township's three deputies hold county mandates; 石春 (account deputy1, convenor of the first group) has a year of work and
    reported in person on the 18th; the street's deputy is another station's."""

    def __init__(self, office: Office) -> None:
        self.office = office
        term = office.rows("terms")[0].id
        self.mandates = {
            name: office.write(head, "mandates", {"deputy": office.id_of("deputies", name), "term": term, "certificate": name})
            for name, head in (("石春", "head1"), ("解明", "head1"), ("仇兰", "head1"), ("白云", "head2"))
        }
        spring = office.id_of("deputies", "石春")
        office.write("liaison1", "good_deeds", {"done_on": "2026-05-04", "deputy": spring, "deed": "修好村口路灯"})
        office.write("liaison1", "visits", {"visited_on": "2026-06-01", "deputy": spring, "place": "柳河村", "households": "4"})
        group = office.rows("deputy_groups")[0].id
        self.meeting = office.write("liaison1", "review_meetings", {
            "activity.title": "述职评议会", "activity.start": "2026-12-18 09:00", "activity.place": "礼堂", "activity.deputies": [spring],
            "group": group, "reporters": [self.mandates["石春"]], "chair": "周敏"})
        self.activity = int(office.row("review_meetings", self.meeting).activity_id)

    def report(self, name: str, form: str = "written", **values: Any) -> int:
        given = {"mandate": self.mandates[name], "year": "2026", "form": form, **values}
        return self.office.write("liaison1", "duty_reports", given)

    def result(self, **votes: str) -> int:
        counts = {"satisfied": "28", "basically_satisfied": "2", "dissatisfied": "1", "abstained": "0", "issued": "31"} | votes
        return self.office.write("liaison1", "review_results", {
            "meeting": self.meeting, "mandate": self.mandates["石春"], "published_at": "2026-12-18 11:00", **counts})

    def reports(self, name: str) -> list[Any]:
        model: Any = DutyReport
        return self.office.rows("duty_reports", model.mandate_id == self.mandates[name])


@pytest.fixture
def town(app: Flask) -> Town:
    return Town(Office(app))


def test_the_years_page_shows_who_is_in_time_late_and_missing(town: Town) -> None:
    town.report("解明", submitted_on="2026-12-11", received_on="2026-12-12")
    town.report("石春", "direct", submitted_on="2026-12-14", received_on="2026-12-16")
    liaison = town.office.browser("liaison1")
    page = words_of(liaison.get(YEAR))
    assert "应交书面报告 3" in page
    assert "按时提交 1" in page
    assert "待提交 2" in page
    assert "届内已直接述职 1" in page
    assert page.index("石春") < page.index("仇兰") or page.index("仇兰") < page.index("石春")
    assert "白云" not in page
    late = words_of(liaison.get(f"{YEAR}?standing=with_group:late"))
    assert "石春" in late
    assert "解明" not in late
    assert "仇兰" in words_of(liaison.get(f"{YEAR}?standing=in_writing:ahead"))
    assert liaison.get(f"{YEAR}?standing=nonsense&group=x&level=x&page=9").status_code == 200
    assert liaison.get("/duty_reporting/9").status_code == 404
    with clock_at(datetime(2027, 1, 10, 9)):
        assert "未提交 2" in words_of(liaison.get(YEAR))


def test_drafts_come_from_the_record_and_never_touch_what_was_written(town: Town) -> None:
    own = town.report("石春", learning="自己写的", submitted_on=None)
    liaison = town.office.browser("liaison1")
    for _twice in range(2):
        assert liaison.post(f"{YEAR}/draft", data={}).status_code == 302
    assert [len(town.reports(name)) for name in ("石春", "解明", "仇兰", "白云")] == [1, 1, 1, 0]
    assert (town.reports("石春")[0].learning, town.reports("石春")[0].voters) == ("自己写的", None)
    form = form_of(liaison.get(f"/duty_reporting/report/{own}"))
    assert liaison.post(f"/duty_reporting/report/{own}", data={**form, "action": "fill"}).status_code == 302
    filled = town.reports("石春")[0]
    assert filled.learning == "自己写的"
    assert "修好村口路灯" in filled.voters
    assert "走访4户" in filled.voters
    assert not filled.own_post
    again = liaison.post(f"{YEAR}/begin", data={"mandate": town.mandates["石春"], "form": "written"})
    assert again.location.endswith(f"/report/{own}")
    assert liaison.post(f"{YEAR}/begin", data={"mandate": town.mandates["白云"], "form": "written"}).status_code == 404
    assert liaison.post(f"{YEAR}/begin", data={"mandate": "x"}).status_code == 404


def test_a_deputy_writes_and_hands_in_the_own_report_alone(town: Town) -> None:
    other = town.report("解明", submitted_on=None)
    deputy, liaison = town.office.browser("deputy1"), town.office.browser("liaison1")
    page = words_of(deputy.get(YEAR))
    assert "石春" in page
    assert "解明" not in page
    assert deputy.get(f"/duty_reporting/report/{other}").status_code == 404
    assert deputy.post(f"/duty_reporting/report/{other}", data={"learning": "改", "version": "1"}).status_code == 404
    assert deputy.get(f"{YEAR}/workbook").status_code == 403
    begun = deputy.post(f"{YEAR}/begin", data={"mandate": town.mandates["石春"], "form": "written", "how": "blank"})
    address = begun.location
    assert deputy.post(f"{YEAR}/begin", data={"mandate": town.mandates["解明"], "form": "written"}).status_code == 404
    form = form_of(deputy.get(address))
    empty = deputy.post(address, data={**form, "action": "hand_in", "submitted_on": "2026-12-21"})
    assert empty.status_code == 422
    assert "还没有内容" in words_of(empty)
    typed = {**form, "learning": "自学代表法", "action": "hand_in"}
    assert deputy.post(address, data={**typed, "submitted_on": "2026-12-22"}).status_code == 422
    assert deputy.post(address, data={**typed, "learning": "长" * 30_000, "submitted_on": "2026-12-21"}).status_code == 422
    assert deputy.post(address, data={**typed, "submitted_on": "2026-12-21"}).status_code == 302
    stale = deputy.post(address, data={**typed, "learning": "旧稿", "action": ""})
    assert stale.status_code == 409
    assert "旧稿" in stale.text
    (report,) = town.reports("石春")
    assert str(report.submitted_on) == "2026-12-21"
    version = {"version": str(report.version)}
    assert deputy.post(f"{address}/received", data={**version, "received_on": "2026-12-21"}).status_code == 422
    assert liaison.post(f"{address}/received", data={**version, "received_on": "2026-12-21"}).status_code == 302
    fresh = form_of(liaison.get(address))
    assert deputy.post(address, data={**fresh, "learning": "再改"}).status_code == 422
    assert deputy.post(f"{address}/back", data={"version": fresh["version"][0]}).status_code == 422
    assert liaison.post(f"{address}/back", data={"version": fresh["version"][0]}).status_code == 302
    word = text_of(deputy.get(f"/duty_reports/paper/duty_report/{report.id}").data)
    assert "六、学习提高" in word
    assert "自学代表法" in word


def test_opinions_minutes_and_the_report_upward_follow_from_the_meeting(town: Town) -> None:
    town.result()
    office, page = town.office, f"/review_minutes/{town.meeting}"
    liaison, convenor = office.browser("liaison1"), office.browser("convenor1")
    said = {f"said-{town.mandates['石春']}": "多到偏远组走走", "said-0": "", "said-999999": ""}
    for _twice in range(2):
        assert convenor.post(f"{page}/opinions", data=said).status_code == 302
    assert office.row("review_meetings", town.meeting).opinions_voiced == "石春：多到偏远组走走"
    assert convenor.post(f"{page}/opinions", data={"said-999999": "无此代表"}).status_code == 422
    lost = convenor.post(f"{page}/opinions", data={f"said-{town.mandates['石春']}": "另一说", f"version-{town.mandates['石春']}": "7"})
    assert lost.status_code == 409
    assert "另一说" in lost.text
    text = form_of(liaison.get(page))["record"][0]
    for part in ("石春：多到偏远组走走", "满意28票", "满意率90.3%", "主持人：周敏"):
        assert part in text
    form = form_of(liaison.get(page))
    assert liaison.post(page, data={"record": text + "\n散会。", "version": form["version"][0]}).status_code == 302
    assert liaison.post(page, data={"record": "旧", "version": form["version"][0]}).status_code == 409
    minutes = text_of(liaison.get(f"/review_meetings/paper/review_minutes/{town.meeting}").data)
    assert "散会。" in minutes
    assert "90.3%" in minutes
    drafted = form_of(liaison.get(f"/reporting/{town.activity}"))
    assert "多到偏远组走走" in drafted["text"][0]
    due = Calendar().add_workdays(date(2026, 12, 18), 10).date
    assert f"报送 {due} 前" in words_of(liaison.get(f"/reporting/{town.activity}"))
    assert liaison.post(f"/reporting/{town.activity}", data=drafted).status_code == 302
    (report,) = office.rows("activity_reports")
    sent = {"sent_on": "2026-12-21", "version": str(report.version)}
    assert liaison.post(f"/reporting/{town.activity}/sent", data=sent).status_code == 302
    assert str(office.row("review_meetings", town.meeting).reported_on) == "2026-12-21"
    upward = text_of(liaison.get(f"/review_meetings/paper/review_report/{town.meeting}").data)
    assert "多到偏远组走走" in upward
    version = str(office.rows("activity_reports")[0].version)
    assert liaison.post(f"/reporting/{town.activity}/unsent", data={"version": version}).status_code == 302
    assert office.row("review_meetings", town.meeting).reported_on is None
    for other in ("head2", "convenor2"):
        assert office.browser(other).get(page).status_code == 404
    assert office.browser("deputy1").get(page).status_code == 403
    assert "多到偏远组走走" in words_of(office.browser("deputy1").get("/voiced_opinions/list/"))


def test_minutes_wait_for_the_meeting(town: Town) -> None:
    with clock_at(datetime(2026, 12, 17, 9)):
        liaison = town.office.browser("liaison1")
        assert "会议还没有召开" in words_of(liaison.get(f"/review_minutes/{town.meeting}"))
        version = form_of(liaison.get(f"/review_meetings/edit/{town.meeting}"))["version"][0]
        assert liaison.post(f"/review_minutes/{town.meeting}", data={"record": "预写", "version": version}).status_code == 422


def test_results_lead_onto_lists_for_those_alone_who_decide(town: Town) -> None:
    row = town.result()
    office = town.office
    head = office.browser("head1")
    page = words_of(head.get("/review_outcomes/"))
    assert "90.3%" in page
    assert "评先参考 1" in page
    assert "石春" not in words_of(head.get("/review_outcomes/?list=talk"))
    assert "石春" not in words_of(head.get("/review_outcomes/?year=2025"))
    assert "石春" in words_of(head.get("/review_outcomes/?year=2026&list=commended&term=1"))
    assert head.get("/review_outcomes/?year=x&list=x&term=x&page=0").status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(head.get("/review_outcomes/workbook?list=commended", buffered=True).data))
    cells = [cell for line in book.get_sheet_by_index(1).to_python() for cell in line]
    assert "石春" in cells
    for username in ("liaison1", "archivist1", "convenor1", "deputy1", "admin"):
        other = office.browser(username)
        assert [other.get(f"/review_outcomes/{path}").status_code for path in ("", "workbook", "?list=talk")] == [403] * 3, username
    assert "石春" not in words_of(office.browser("head2").get("/review_outcomes/"))
    assert "石春" in words_of(office.browser("county").get("/review_outcomes/"))
    office.write("head1", "settings", {"name": "review_commended_from", "value": "95", "station": office.township})
    assert "评先参考 0" in words_of(head.get("/review_outcomes/"))
    with office.app.app_context():
        table = LEDGERS["review_results"].__table__
        db.session.execute(table.update().where(table.c.id == row).values(satisfied=27, basically_satisfied=3))
        db.session.commit()
    assert "封存码与票数不符" in words_of(head.get("/review_outcomes/"))


def test_the_years_page_costs_a_handful_of_statements_however_many_report(town: Town) -> None:
    liaison = town.office.browser("liaison1")

    def statements() -> int:
        counted: list[str] = []

        def count(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            counted.append(statement)

        with town.office.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", count)
        try:
            assert liaison.get(YEAR).status_code == 200
        finally:
            event.remove(engine, "before_cursor_execute", count)
        return len(counted)

    few = statements()
    term = town.office.rows("terms")[0].id
    for number in range(12):
        deputy = town.office.write("head1", "deputies", {"name": f"丁一{'甲乙丙丁戊己庚辛壬癸子丑'[number]}", "sex": "female"})
        town.office.write("head1", "mandates", {"deputy": deputy, "term": term, "certificate": f"n{number}"})
    town.office.browser("head1").post(f"{YEAR}/draft", data={})
    assert statements() == few
    assert few < 35


def test_a_meeting_not_reported_on_by_hand_keeps_the_day_that_was_typed(town: Town) -> None:
    office = town.office
    form = office.version("review_meetings", town.meeting)
    office.write("liaison1", "review_meetings", {"reported_on": "2026-12-19"}, row_id=town.meeting, version=form)
    office.write("liaison1", "activity_reports", {"activity": town.activity, "content": "报告", "sent_on": "2026-12-21"})
    model: Any = ReviewMeeting
    assert str(office.rows("review_meetings", model.id == town.meeting)[0].reported_on) == "2026-12-19"
