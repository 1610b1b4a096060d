"""The report on an activity as the office writes it: drafted, kept, printed with photos, sent and taken back; the own station's alone."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from flask import Flask
from PIL import Image

from app.core.clock import clock_at
from app.core.dictionary.ledger import LEDGERS
from app.core.files.attaching import attach
from tests.support.office import OFFICE, Office, form_of, words_of
from tests.support.papers import text_of

pytestmark = pytest.mark.both_databases


@pytest.fixture
def scene() -> object:
    return OFFICE


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)


@pytest.fixture(autouse=True)
def in_march(app: Flask) -> Any:
    with clock_at(datetime(2026, 3, 10, 9)):
        yield


def picture(colour: str) -> BytesIO:
    written = BytesIO()
    Image.new("RGB", (2400, 1800), colour).save(written, "JPEG")
    written.seek(0)
    return written


def reception(office: Office) -> int:
    """A reception with an opinion heard."""
    deputies = [office.id_of("deputies", name) for name in ("石春", "解明")]
    values = {"activity.title": "三月接待", "activity.start": "2026-03-03 09:00", "activity.place": "站里", "activity.deputies": deputies}
    row = office.write("liaison1", "receptions", {**values, "voters_received": 4})
    activity = int(office.row("receptions", row).activity_id)
    office.write("liaison1", "opinions", {"reception": row, "voter_name": "王秀英", "voter_phone": "13612349999", "words": "桥栏杆松动"})
    marks: Any = LEDGERS["attendance"]
    for mark, state in zip(office.rows("attendance", marks.activity_id == activity), ("present", "absent"), strict=True):
        office.write("liaison1", "attendance", {"state": state}, row_id=mark.id, version=str(mark.version))
    return activity


def reports(office: Office, activity: int) -> list[Any]:
    model: Any = LEDGERS["activity_reports"]
    return office.rows("activity_reports", model.activity_id == activity)


def test_a_report_is_drafted_kept_printed_sent_and_taken_back(office: Office) -> None:
    activity, liaison = reception(office), office.browser("liaison1")
    assert f"/reporting/{activity}" in liaison.get(f"/activities/show/{activity}").text
    form = form_of(liaison.get(f"/reporting/{activity}"))
    text = form["text"][0]
    for part in ("三月接待", "应到代表2人，实到1人", "石春", "桥栏杆松动", "4人次"):
        assert part in text
    assert "王秀英" not in text
    assert "2026-03-10 前报送" in words_of(liaison.get(f"/reporting/{activity}"))
    for _twice in range(2):
        assert liaison.post(f"/reporting/{activity}", data={**form, "text": text + "\n再补一句。"}).status_code in (302, 409)
    (report,) = reports(office, activity)
    assert (report.sent_on, report.content.endswith("再补一句。")) == (None, True)
    assert liaison.post(f"/reporting/{activity}", data={"text": "旧", "version": "0"}).status_code == 409
    assert liaison.post(f"/reporting/{activity}", data={"text": "", "version": str(report.version)}).status_code == 422
    assert liaison.post(f"/reporting/{activity}", data={"text": "长" * 30_000, "version": str(report.version)}).status_code == 422

    with office.app.test_request_context():
        attach(
            office.actor("liaison1"),
            "activities",
            activity,
            [("签到表.jpg", picture("white")), ("a.jpg", picture("red")), ("b.jpg", picture("blue"))],
        )
    word = liaison.get(f"/activity_reports/paper/activity_report/{report.id}").data
    assert "再补一句" in text_of(word)
    assert len(Document(BytesIO(word)).inline_shapes) == 2
    assert len(word) < 1_000_000
    sheet = Document(BytesIO(liaison.get(f"/activities/paper/sign_in_sheet/{activity}").data))
    assert len(sheet.inline_shapes) == 3
    other = office.write("liaison1", "activity_reports", {"activity": activity, "sent_on": "2026-03-04", "content": "先报的"})
    joined = liaison.post("/activity_reports/bulk", data={"action": "paper:activity_report", "rows": [str(report.id), str(other)]}).data
    assert len(Document(BytesIO(joined)).inline_shapes) == 4

    for sent_on, status in (("2026-03-11", 422), ("", 422), ("x", 422), ("2026-03-02", 422), ("2026-03-09", 302)):
        data = {"sent_on": sent_on, "version": office.version("activity_reports", report.id)}
        assert liaison.post(f"/reporting/{activity}/sent", data=data).status_code == status, sent_on
    assert str(reports(office, activity)[0].sent_on) == "2026-03-09"
    assert "按时报送" in words_of(liaison.get(f"/reporting/{activity}"))
    liaison.post(f"/reporting/{activity}/unsent", data={"version": office.version("activity_reports", report.id)})
    assert reports(office, activity)[0].sent_on is None


def test_another_stations_activity_has_no_report_and_who_only_reads_writes_none(office: Office) -> None:
    activity = reception(office)
    for username in ("liaison2", "head2"):
        browser = office.browser(username)
        for address in (f"/reporting/{activity}", f"/reporting/{activity}/sent", f"/reporting/{activity}/unsent"):
            assert browser.post(address, data={"text": "混入", "version": "1"}).status_code == 404
        assert browser.get(f"/reporting/{activity}").status_code == 404
    for username in ("archivist1", "presidium1", "county"):
        browser = office.browser(username)
        assert browser.post(f"/reporting/{activity}", data={"text": "混入"}).status_code == 403
        page = words_of(browser.get(f"/reporting/{activity}"))
        assert "三月接待" in page
        assert "王秀英" not in page
    for username in ("deputy1", "convenor1", "admin"):
        assert office.browser(username).get(f"/reporting/{activity}").status_code == 403
    assert reports(office, activity) == []


def test_what_lies_ahead_is_reported_later(office: Office) -> None:
    ahead = office.write("liaison1", "activities", {"type": "study", "title": "四月学习", "start": "2026-04-08 09:00"})
    liaison = office.browser("liaison1")
    assert "开展后再拟写汇报" in words_of(liaison.get(f"/reporting/{ahead}"))
    assert liaison.post(f"/reporting/{ahead}", data={"text": "先写"}).status_code == 422
    assert reports(office, ahead) == []
    assert liaison.get("/reporting/999999").status_code == 404
    assert liaison.get("/reporting/x").status_code == 404
