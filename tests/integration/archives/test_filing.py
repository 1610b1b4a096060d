"""Closed records become items with their papers, once; what is filed stays; numbers run without gaps; boxes and loans."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import func, select

from app.archives.filing import boxes, loans, numbers, services
from app.archives.filing.kinds import KINDS, item_of, waiting
from app.archives.filing.sources import ClosedRows
from app.archives.filing.years import years_waiting
from app.archives.models import ArchiveFile, ArchiveLoan
from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.files.attaching import attach, detach, opens
from app.core.files.attachments import Attachment, attachments_of, file_store
from app.core.records.history import Deleted
from app.core.records.restoring import restore
from app.core.records.saving import version_of
from app.core.records.writing import erase, write
from app.core.refusals import NotThere, Refused
from tests.support import files
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office, form_of, setting, words_of
from tests.support.records import closed, held

pytestmark = pytest.mark.both_databases
TODAY = datetime(2026, 4, 10, 10)


@pytest.fixture
def scene() -> Scene:
    return OFFICE


@pytest.fixture
def office(app: Flask, tmp_path: Path) -> Iterator[Office]:
    with clock.clock_at(TODAY), setting(app, INSTANCE=tmp_path):
        yield Office(app)


@pytest.fixture
def archivist(office: Office) -> Actor:
    return office.actor("archivist1")


@pytest.fixture
def inside(office: Office) -> Iterator[None]:
    with office.app.test_request_context():
        yield


def item(row_id: int) -> Any:
    return db.session.get_one(ArchiveFile, row_id)


def refusals(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return refused.value.codes


def test_a_meeting_is_filed_with_its_papers_and_points_both_ways(office: Office, archivist: Actor) -> None:
    activity = held(office)
    with office.app.test_request_context():
        attach(office.actor("liaison1"), "activities", activity, [("现场.jpg", BytesIO(files.picture()))])
        filed = services.file_record(archivist, "activities", activity, {"pages": "12"})
        row = item(filed)
        assert (row.file_no, row.pages, row.retention, row.year) == ("0001-WS·2026-D10-0001", 12, "years10", 2026)
        assert row.responsible == "青石镇联络站"
        kept = attachments_of(db.session(), "archive_files", filed)
        assert {each.type for each in kept} == {"docx", "jpg"}
        assert len(kept) >= 3
        assert all(file_store().path(each.stored) for each in kept)
        assert item_of(db.session(), "activities", activity).id == filed
    page = words_of(office.browser("archivist1").get(f"/activities/show/{activity}"))
    assert "0001-WS·2026-D10-0001" in page
    assert "/activities/show/" in office.browser("archivist1").get(f"/archive_files/show/{filed}").get_data(as_text=True)


def test_what_is_filed_stays_until_it_is_taken_out_of_the_files(office: Office, archivist: Actor) -> None:
    activity = held(office)
    liaison = office.actor("liaison1")
    with office.app.test_request_context():
        filed = services.file_record(archivist, "activities", activity, {"pages": 3})
        with pytest.raises(Refused) as refused:
            erase(liaison, "activities", activity)
        assert refusals(refused) == {"filed_stays"}
        assert item(filed).file_no in refused.value.refusals[0].sentence()
        erase(archivist, "archive_files", filed)
        erase(liaison, "activities", activity)


def test_a_file_that_was_filed_stays_with_its_record_and_its_item(office: Office, archivist: Actor) -> None:
    liaison, activity = office.actor("liaison1"), held(office)

    def of(key: str, row_id: int, name: str) -> int:
        return next(each.id for each in attachments_of(db.session(), key, row_id) if each.name == name)

    with office.app.test_request_context():
        attach(liaison, "activities", activity, [("现场.jpg", BytesIO(files.picture()))])
        filed = services.file_record(archivist, "activities", activity, {"pages": 8})
        attach(liaison, "activities", activity, [("后补.jpg", BytesIO(files.picture(size=(9, 9))))])
        attach(archivist, "archive_files", filed, [("扫描.jpg", BytesIO(files.picture(size=(7, 7))))])
        photo, copy = of("activities", activity, "现场.jpg"), of("archive_files", filed, "现场.jpg")
        for actor, number, code in ((liaison, photo, "attachment_filed"), (archivist, copy, "paper_of_item")):
            with pytest.raises(Refused) as refused:
                detach(actor, number)
            assert refusals(refused) == {code}
        detach(liaison, of("activities", activity, "后补.jpg"))
        detach(archivist, of("archive_files", filed, "扫描.jpg"))
        number = item(filed).file_no
    answer = office.browser("liaison1").post(f"/attachments/{photo}/delete", follow_redirects=True)
    assert f"已随{number}归档，不能删除" in words_of(answer)
    with office.app.test_request_context():
        erase(archivist, "archive_files", filed)
        detach(liaison, photo)


def test_a_record_is_filed_once_also_by_two_clerks_at_once(office: Office, archivist: Actor) -> None:
    activity = held(office)

    def at_once(_number: int) -> str:
        with office.app.test_request_context(), clock.clock_at(TODAY):
            try:
                services.file_record(archivist, "activities", activity, {"pages": 3})
            except Refused as refused:
                return "、".join(refused.codes)
            finally:
                db.session.remove()
        return "filed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(at_once, range(2))) == ["already_filed", "filed"]


def test_what_another_clerk_files_between_two_questions_is_called_filed(
    office: Office, archivist: Actor, inside: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    activity = held(office)
    asks = ClosedRows.waits

    def after_the_other(*args: Any) -> bool:
        monkeypatch.setattr(ClosedRows, "waits", asks)
        services.file_record(archivist, "activities", activity, {"pages": 3})
        return asks(*args)

    monkeypatch.setattr(ClosedRows, "waits", after_the_other)
    with pytest.raises(Refused) as refused:
        services.file_record(archivist, "activities", activity, {"pages": 3})
    assert refusals(refused) == {"already_filed"}


def test_two_clerks_at_once_never_get_one_number_and_leave_no_gap(office: Office, archivist: Actor) -> None:
    activities = [held(office, f"第{number}次会议") for number in range(6)]

    def at_once(activity: int) -> int:
        with office.app.test_request_context(), clock.clock_at(TODAY):
            try:
                filed = services.file_record(archivist, "activities", activity, {"pages": 3, "retention": "years30"})
                return int(item(filed).item_no)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(at_once, activities)) == [1, 2, 3, 4, 5, 6]


def test_only_what_is_closed_is_filed_and_its_pages_are_counted(office: Office, archivist: Actor, inside: None) -> None:
    activity = write(office.actor("liaison1"), "activities", {"type": "meeting", "title": "下月会议", "start": "2026-05-20 09:00"})
    with pytest.raises(Refused) as refused:
        services.file_record(archivist, "activities", activity, {"pages": 3})
    assert refusals(refused) == {"not_closed"}
    activity = held(office, "已结束的会议")
    for pages, code in (("", "required"), ("-1", "too_small"), ("十页", "not_an_integer"), ("99999", "too_large")):
        with pytest.raises(Refused) as refused:
            services.file_record(archivist, "activities", activity, {"pages": pages})
        assert refusals(refused) == {code}, pages
    with pytest.raises(NotThere):
        services.file_record(office.actor("archivist2"), "activities", activity, {"pages": 3})
    with pytest.raises(Refused) as refused:
        services.file_record(office.actor("presidium1"), "activities", activity, {"pages": 3})
    assert refusals(refused) == {"not_permitted"}
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 0
    assert not [path for path in (Path(office.app.config["INSTANCE"]) / "files").rglob("*") if path.is_file()]


def test_the_years_opinions_become_one_bound_register(office: Office, archivist: Actor, inside: None) -> None:
    ids = closed(office, 3)
    later = closed(office, 1, "2026-02-03")
    liaison = office.actor("liaison1")
    assert [(each.year, each.waiting, str(each.standing), each.days_left) for each in years_waiting(db.session(), archivist)] == [
        (2025, 3, "late", -10), (2026, 1, "open", 355),
    ]
    filed = services.file_register(liaison, 2025, {"pages": 9})
    row = item(filed)
    assert (row.file_no, row.year, row.retention) == ("0001-WS·2025-D30-0001", 2025, "years30")
    opinions: Any = LEDGERS["opinions"]
    assert set(db.session.scalars(select(opinions.status).where(opinions.id.in_(ids)))) == {"filed"}
    assert [each.year for each in years_waiting(db.session(), archivist)] == [2026]
    (kept,) = attachments_of(db.session(), "archive_files", filed)
    bound = file_store().path(kept.stored)
    assert bound is not None
    text = "".join(Document(str(bound)).element.body.itertext())
    assert all(f"第{number}处路面破损" in text for number in range(3))
    assert "张桂花0" in text
    with pytest.raises(Refused) as refused:
        services.file_register(liaison, 2025, {"pages": 9})
    assert refusals(refused) == {"nothing_to_file"}
    assert waiting(db.session(), liaison, KINDS["opinions"]).ids(0, 9) == later


def test_a_voters_name_in_a_filed_paper_opens_for_no_masked_role(office: Office, archivist: Actor) -> None:
    (opinion,) = closed(office)
    with office.app.test_request_context():
        filed = services.file_record(office.actor("liaison1"), "opinions", opinion, {"pages": 2})
        kept = attachments_of(db.session(), "archive_files", filed)
        assert kept
        assert all(opens(office.actor("liaison1"), each) and not opens(archivist, each) for each in kept)
        number = kept[0].id
    for who, status in (("archivist1", 404), ("liaison1", 200), ("liaison2", 404)):
        with office.browser(who).get(f"/attachments/{number}") as answer:
            assert answer.status_code == status, who
    assert f"/attachments/{number}" not in office.browser("archivist1").get(f"/archive_files/show/{filed}?tab=attachments").get_data(True)


def test_an_opinion_in_the_files_leaves_them_with_its_item_and_returns_with_it(office: Office, inside: None) -> None:
    (opinion,) = closed(office)
    liaison = office.actor("liaison1")
    filed = services.file_record(liaison, "opinions", opinion, {"pages": 2})
    row: Any = db.session.get_one(LEDGERS["opinions"], opinion)
    with pytest.raises(Refused) as refused:
        write(liaison, "opinions", {"filed_on": ""}, row_id=opinion, version=version_of(db.session(), row))
    assert refusals(refused) == {"in_the_files"}
    erase(liaison, "archive_files", filed)
    assert row.status == "closed"
    entry = db.session.scalars(select(Deleted)).one()
    restore(liaison, entry.id)
    db.session.refresh(row)
    assert row.status == "filed"
    erase(liaison, "archive_files", filed)
    services.file_record(liaison, "opinions", opinion, {"pages": 2})
    with pytest.raises(Refused) as refused:
        restore(liaison, db.session.scalars(select(Deleted)).one().id)
    assert "already_filed" in refusals(refused) or "in_the_way" in refusals(refused)


def test_a_missing_number_is_listed_with_what_became_of_it(office: Office, archivist: Actor, inside: None) -> None:
    filed = [services.file_record(archivist, "activities", held(office, f"第{each}次会议"), {"pages": 3}) for each in range(5)]
    erase(archivist, "archive_files", filed[1])
    moved = item(filed[3])
    write(archivist, "archive_files", {"retention": "permanent"}, row_id=moved.id, version=version_of(db.session(), moved))
    write(archivist, "archive_files", {"title": "旧文件", "item_no": "8", "retention": "years30", "year": "2026", "filed_on": "2026-04-01"})
    by_class = {each.shown: each for each in numbers.series_of(db.session(), archivist.station_id or 0)}
    thirty = by_class["0001-WS·2026-D30-{item}"]
    assert (thirty.items, thirty.last) == (4, 8)
    assert [gap.numbers for gap in thirty.gaps] == ["0002", "0004", "0006-0007"]
    assert "第1次会议" in thirty.gaps[0].why
    assert "0001-WS·2026-Y-0001" in thirty.gaps[1].why
    again = services.file_record(archivist, "activities", held(office, "又一次会议"), {"pages": 1})
    assert item(again).item_no == 9


def test_binding_puts_items_of_one_class_into_a_numbered_box(office: Office, archivist: Actor, inside: None) -> None:
    filed = [services.file_record(archivist, "activities", held(office, f"第{each}次会议"), {"pages": 3}) for each in range(3)]
    assert [(each.year, each.retention, each.loose) for each in boxes.classes(db.session(), archivist)] == [(2026, "years30", 3)]
    box = boxes.bind(archivist, filed[:2], None, {"room": "档案室", "cabinet": "1柜", "shelf": "2层", "thickness": "40"})
    row: Any = db.session.get_one(LEDGERS["archive_volumes"], box)
    assert (row.number, row.thickness, row.room) == ("2026-D30-01", "40", "档案室")
    assert boxes.spans(db.session(), [box]) == {box: (2, "0001", "0002")}
    with pytest.raises(Refused) as refused:
        boxes.bind(archivist, filed, box, {})
    assert refusals(refused) == {"boxed_already"}
    other = services.file_record(archivist, "activities", held(office, "学习", office.township), {"pages": 3, "retention": "years10"})
    with pytest.raises(Refused) as refused:
        boxes.bind(archivist, [other], box, {})
    assert refusals(refused) == {"other_box"}
    with pytest.raises(NotThere):
        boxes.bind(office.actor("archivist2"), [filed[2]], None, {})


def test_a_loan_is_due_by_the_offices_term_and_comes_back_with_one_touch(office: Office, archivist: Actor) -> None:
    activity = held(office)
    with office.app.test_request_context():
        filed = services.file_record(archivist, "activities", activity, {"pages": 3})
        loan = write(archivist, "archive_loans", {"file": filed, "borrower": "王芳", "out_on": "2026-03-20"})
        row: Any = db.session.get_one(ArchiveLoan, loan)
        assert row.due_on.isoformat() == "2026-04-04"
        assert loans.out(db.session(), archivist, overdue=True).ids(0, 9) == [loan]
        with pytest.raises(Refused) as refused:
            write(archivist, "archive_loans", {"file": filed, "borrower": "李强", "out_on": "2026-04-02"})
        assert refusals(refused) == {"file_not_back"}
        with pytest.raises(Refused):
            erase(archivist, "archive_files", filed)
    browser = office.browser("archivist1")
    assert "逾期6天" in words_of(browser.get("/loans_out/")).replace(" ", "") or "6 days overdue" in words_of(browser.get("/loans_out/"))
    assert office.browser("archivist2").post(f"/loans_out/back/{loan}", data={"condition": "intact"}).status_code == 404
    assert browser.post(f"/loans_out/back/{loan}", data={"condition": "damaged"}).status_code == 302
    with office.app.test_request_context():
        row = db.session.get_one(ArchiveLoan, loan)
        assert (row.back_on.isoformat(), row.condition, row.state) == ("2026-04-10", "damaged", "returned")
        with pytest.raises(Refused) as refused:
            loans.give_back(archivist, loan, "intact")
        assert refusals(refused) == {"loan_is_back"}


def test_the_pages_ask_file_and_refuse_as_the_office_works(office: Office) -> None:
    activity, other = held(office), held(office, "第二次会议")
    browser = office.browser("archivist1")
    page = browser.get("/filing/?kind=activities")
    assert "第二次会议" in words_of(page)
    asked = browser.get(f"/filing/record/activities/{activity}")
    sent = form_of(asked) | {"pages": ""}
    assert browser.post(f"/filing/record/activities/{activity}", data=sent).status_code == 422
    sent["pages"] = "7"
    first = browser.post(f"/filing/record/activities/{activity}", data=sent)
    again = browser.post(f"/filing/record/activities/{activity}", data=sent)
    assert first.headers["Location"] == again.headers["Location"]
    several = {"kind": "activities", "rows": [other], f"pages_{other}": "", f"retention_{other}": "years10", "filed_on": "2026-04-10"}
    assert browser.post("/filing/several", data=several).status_code == 422
    assert browser.post("/filing/several", data=several | {f"pages_{other}": "4"}).status_code == 302
    assert [row.pages for row in office.rows("archive_files")] == [7, 4]
    for address in ("/filing/", "/filing/numbers", "/boxing/", "/loans_out/", "/filing/register/2026"):
        assert browser.get(address, follow_redirects=True).status_code == 200, address
        assert office.browser("deputy1").get(address).status_code == 403, address
    assert office.browser("archivist2").get(f"/filing/record/activities/{activity}").status_code == 404
    assert browser.get("/filing/?kind=nothing").status_code == 404
