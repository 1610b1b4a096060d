"""A room's year as its keepers see it: the calendar, open faults, the sheets for the door, the papers, what the workbench says."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from python_calamine import load_workbook

from app.archives.round import log
from app.core import clock
from app.core.database import db
from app.core.paperwork.papers import Reading, document, form_for
from tests.integration.archives.test_round import points
from tests.integration.core.test_query_budgets import statements
from tests.support.databases import Scene
from tests.support.office import OFFICE, Office
from tests.support.papers import text_of

pytestmark = pytest.mark.both_databases
TODAY = datetime(2026, 5, 22, 9)


def fill(app: Flask) -> None:
    """A room in use since January: checked in January, in part in February, not in March, with an overdue fault in April."""
    OFFICE.fill(app)
    office = Office(app)
    with clock.clock_at(TODAY):
        office.write("archivist1", "archive_rooms", {"name": "档案室", "since": "2026-01-01"})
        check(office, "2026-01-20", temperature="19.5", humidity="52")
        check(office, "2026-02-24", points=points()[:3], temperature="25", humidity="61.5")
        check(office, "2026-04-23", points=points("防潮"), temperature="12")
        check(office, "2026-04-24", username="archivist2", room="河东库房", points=points("防火", words="灭火器过期"))


def check(office: Office, day: str, username: str = "archivist1", **values: Any) -> int:
    given = {"checked_on": day, "room": "档案室", "checker": "周敏", "points": points(), **values}
    return office.write(username, "archive_checks", given)


@pytest.fixture
def scene() -> object:
    return Scene("round_log", fill)


@pytest.fixture
def office(app: Flask) -> Office:
    return Office(app)


def room_of(office: Office) -> Any:
    return next(each for each in office.rows("archive_rooms") if each.name == "档案室")


def test_the_year_judges_months_and_readings(app: Flask, office: Office) -> None:
    with clock.clock_at(TODAY), app.test_request_context():
        year = log.year_of(db.session(), room_of(office), 2026)
        assert [each.code for each in year.months] == ["done", "short", "missed", "done", "open", *["none"] * 7]
        judged = [(each.temperature.judged, each.humidity.judged) for each in year.lines]
        assert judged == [("within", "within"), ("high", "high"), ("low", "")]
        assert year.out == 2
        [fault] = log.open_faults_of(db.session(), office.township)
        assert (fault["fault"].words, fault["code"], fault["fault"].responsible) == ("墙角返潮", "overdue", "周敏")
        db.session.remove()


def test_the_page_leads_to_faults_and_sheets_of_the_own_station_only(office: Office) -> None:
    room = room_of(office)
    there = next(each for each in office.rows("archive_rooms") if each.name == "河东库房")
    with clock.clock_at(TODAY):
        page = office.browser("archivist1").get("/roundlog/")
        text = page.get_data(as_text=True)
        assert page.status_code == 200
        assert "防潮：墙角返潮" in text
        assert "逾期 22 天" in text
        assert "河东" not in text.replace("河东街道联络站", "")
        assert "灭火器过期" not in text
        for address in (f"/roundlog/?room={there.id}", "/roundlog/?year=1", "/roundlog/?room=x", f"/roundlog/{there.id}/2026/4/word",
                        f"/roundlog/{room.id}/2026/13/word", f"/roundlog/{room.id}/2026/4/pdf", f"/roundlog/{there.id}/2026/climate"):
            assert office.browser("archivist1").get(address).status_code == 404, address
        assert office.browser("presidium1").get("/roundlog/").status_code == 200
        assert "在本机检查" not in office.browser("presidium1").get("/roundlog/").get_data(as_text=True)
        assert office.browser("deputy1").get("/roundlog/").status_code == 403
        assert office.browser("county").get("/roundlog/").status_code == 200
        assert office.browser("deputy1").get(f"/rounds/of/{room.id}").status_code in (403, 404)


def test_the_months_sheet_is_a_word_and_an_excel_and_may_be_blank(office: Office) -> None:
    room, who = room_of(office), office.browser("archivist1")
    with clock.clock_at(TODAY):
        april = text_of(who.get(f"/roundlog/{room.id}/2026/4/word").data)
        assert "档案安全检查表（2026年4月）" in april
        assert "防潮：墙角返潮" in april
        assert "{" not in text_of(who.get(f"/roundlog/{room.id}/2026/9/word").data)
        with who.get(f"/roundlog/{room.id}/2026/4/excel") as answer:
            rows = load_workbook(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
        last = max(number for number, row in enumerate(rows) if "×" in row)
        assert rows[last][1:8] == ["√", "√", "√", "×", "√", "√", 12.0]
        register = text_of(who.get(f"/roundlog/{room.id}/2026/climate").data)
        assert "温度偏高、湿度偏高" in register
        assert "JGJ 25-2010" in register


def test_the_papers_of_a_round_say_what_was_found_and_until_when(app: Flask, office: Office) -> None:
    faulty = next(each for each in office.rows("archive_checks") if each.state == "fault" and each.station_id == office.township)
    with clock.clock_at(TODAY), app.test_request_context():
        reading = Reading(db.session(), office.actor("archivist1"), 2026)
        notice = text_of(document(form_for("archive_checks", "rectification_notice"), reading, [faulty.id])[1])
        assert "2026年4月23日对档案室进行档案安全检查" in notice
        assert "2026年4月30日" in notice
        assert "墙角返潮" in notice
        assert "12 ℃（偏低）" in text_of(document(form_for("archive_checks", "archive_check_record"), reading, [faulty.id])[1])
        db.session.remove()


def test_the_workbench_reminds_who_keeps_the_archive(office: Office) -> None:
    with clock.clock_at(TODAY):
        home = office.browser("archivist1").get("/").get_data(as_text=True)
        assert "档案库房有 1 项异常逾期未整改" in home
        assert "本月还没有做档案安全检查：档案室" in home
        assert "逾期未整改" not in office.browser("presidium1").get("/").get_data(as_text=True)
        check(office, "2026-05-21")
        assert "本月还没有做档案安全检查" not in office.browser("archivist1").get("/").get_data(as_text=True)


def test_the_page_costs_the_same_however_many_rounds_there_were(office: Office) -> None:
    who = office.browser("archivist1")
    with clock.clock_at(TODAY):
        who.get("/roundlog/")
        with statements() as few:
            who.get("/roundlog/")
        for day in range(1, 20):
            check(office, f"2026-03-{day:02d}", points=points("防潮", "防霉"))
        with statements() as many:
            who.get("/roundlog/")
    assert len(many) == len(few) <= 25


def test_a_point_set_in_june_leaves_the_months_before_it_whole(app: Flask, office: Office) -> None:
    def codes() -> list[str]:
        with app.test_request_context():
            found = [each.code for each in log.year_of(db.session(), room_of(office), 2026).months]
            db.session.remove()
        return found[:7]

    with clock.clock_at(datetime(2026, 6, 10, 9)):
        check(office, "2026-06-05")
        before = codes()
        office.write("head1", "settings", {"name": "archive_check_points", "value": "防火、防盗、防虫、防潮、防霉、防晒、防鼠"})
        assert codes() == before == ["done", "short", "missed", "done", "missed", "done", "none"]
    with clock.clock_at(datetime(2026, 7, 20, 9)):
        check(office, "2026-07-02")
        assert codes()[6] == "open"
        check(office, "2026-07-03", points=[*points(), {"point": "防鼠", "ok": True, "words": ""}])
        assert codes()[6] == "done"
        room, who = room_of(office), office.browser("archivist1")
        for month, there in ((4, False), (6, True), (7, True)):
            with who.get(f"/roundlog/{room.id}/2026/{month}/excel") as answer:
                rows = load_workbook(BytesIO(answer.data)).get_sheet_by_index(0).to_python()
            assert any("防鼠" in row for row in rows) is there, month


def test_the_source_of_the_limits_is_as_the_office_words_it(app: Flask, office: Office) -> None:
    def source() -> str:
        with app.test_request_context():
            found = log.year_of(db.session(), room_of(office), 2026).source
            db.session.remove()
        return found

    assert source() == "JGJ 25-2010"
    office.write("head1", "settings", {"name": "archive_temperature_most", "value": "26"})
    assert source() == "本站设定"
    office.write("head1", "settings", {"name": "archive_climate_source", "value": "县档案馆通知"})
    assert source() == "县档案馆通知"
    room, who = room_of(office), office.browser("archivist1")
    assert "县档案馆通知" in text_of(who.get(f"/roundlog/{room.id}/2026/4/word").data)
