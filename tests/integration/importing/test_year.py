"""A station's year comes in: what is right is written, what is wrong comes back with its reason, and again nothing changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from app.core.access.actor import Actor, program
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.records.history import Change
from app.core.records.writing import write
from app.importing.outcome import Outcome
from app.importing.services import offer, perform, read
from tests.support import yearbook

pytestmark = pytest.mark.both_databases


def brought(actor: Actor, content: bytes, *, keep: bool = True, answers: dict[str, Any] | None = None, name: str = "台账.xlsx") -> Outcome:
    offered = offer(db.session(), actor, actor.station_id, read(content, name))
    return perform(actor, actor.station_id, offered, answers or {}, lambda done, total: None, keep=keep, reason="导入")


def count(key: str, *where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(LEDGERS[key]).where(*where)) or 0


def counts(*keys: str) -> dict[str, int]:
    return {key: count(key) for key in keys}


def refused(outcome: Outcome) -> dict[tuple[str, int], tuple[str, str]]:
    """(sheet, row) -> cell and sentence of each line that is not taken."""
    return {
        (sheet.name, line.number): (line.reasons[0].cell, line.reasons[0].sentence) for sheet in outcome.sheets for line in sheet.refused
    }


def test_what_is_right_is_written_and_each_wrong_row_has_its_reason(liaison: Actor) -> None:
    outcome = brought(liaison, yearbook.year())
    told = refused(outcome)
    assert set(told) == {("代表花名册", 14), ("代表花名册", 15), ("代表花名册", 16), ("意见建议登记", 7), ("意见建议登记", 8)}
    assert told["代表花名册", 14][0] == "E14"
    assert "1970.13" in told["代表花名册", 14][1]
    assert told["代表花名册", 15][0] == "J15"
    assert "丁一" in told["代表花名册", 15][1]
    assert told["代表花名册", 16] == ("K16", "手机号应为 11 位，现为 10 位")
    assert "2025.2.30" in told["意见建议登记", 7][1]
    assert "查无此人" in told["意见建议登记", 8][1]
    assert counts("deputies", "mandates", "attendance", "opinions", "replies", "archive_checks", "duty_reports", "review_results") == {
        "deputies": 10,
        "mandates": 10,
        "attendance": 9,
        "opinions": 4,
        "replies": 3,
        "archive_checks": 2,
        "duty_reports": 3,
        "review_results": 2,
    }
    assert count("activities") == 4, "three of the list, and the meeting at which deputies reported"
    assert count("receptions") == 1


def test_a_row_is_counted_once_though_it_is_completed_later(liaison: Actor) -> None:
    outcome = brought(liaison, yearbook.year())
    assert outcome.written["opinions"] == {"new": 4, "changed": 0}
    assert [line.changes for sheet in outcome.sheets for line in sheet.lines if line.standing == "new" and line.changes] == []


def test_the_same_workbook_again_changes_nothing(liaison: Actor) -> None:
    brought(liaison, yearbook.year())
    changes = db.session.scalar(select(func.count()).select_from(Change))
    outcome = brought(liaison, yearbook.year())
    assert dict(outcome.counts) == {"same": 10 + 3 + 5 + 4 + 2 + 3, "wrong": 5}
    assert not outcome.changes_something
    assert db.session.scalar(select(func.count()).select_from(Change)) == changes


def test_a_rehearsal_tells_the_same_and_writes_nothing(liaison: Actor) -> None:
    rehearsed = brought(liaison, yearbook.year(), keep=False)
    assert count("deputies") == 0
    assert db.session.scalar(select(func.count()).select_from(Change).where(Change.ledger != "stations")) == 0
    assert rehearsed.kept() == brought(liaison, yearbook.year()).kept()


def test_names_dates_and_levels_are_read_however_they_are_typed(liaison: Actor) -> None:
    brought(liaison, yearbook.workbook(yearbook.roll()))
    deputies, mandates, terms = LEDGERS["deputies"], LEDGERS["mandates"], LEDGERS["terms"]
    found = {row.name: row for row in db.session.scalars(select(deputies))}
    assert set(found) == set(yearbook.NAMES)
    assert [found[name].birth for name in yearbook.NAMES] == [
        date(1964, 6, 1),
        date(1995, 1, 1),
        date(1964, 9, 1),
        date(1973, 2, 1),
        date(1962, 9, 1),
        date(1994, 11, 1),
        date(1980, 5, 1),
        date(1970, 3, 1),
        date(1978, 3, 1),
        date(1981, 10, 1),
    ]
    assert {row.nation for row in found.values()} == {"汉族"}
    assert found["丁一"].phone == "13800000001"
    levels = db.session.execute(select(terms.level, func.count()).join(mandates, mandates.term_id == terms.id).group_by(terms.level))
    assert dict(levels.all()) == {"county": 4, "township": 6}


def test_past_matters_of_the_county_become_suggestions_that_grew_from_the_opinion(liaison: Actor) -> None:
    brought(liaison, yearbook.year())
    suggestion = db.session.scalars(select(LEDGERS["suggestions"])).one()
    assert (suggestion.content, suggestion.handed_over_on, suggestion.answered_on) == (
        "农机补贴未到账",
        date(2025, 1, 13),
        date(2025, 3, 4),
    )
    opinions = {row.words: row for row in db.session.scalars(select(LEDGERS["opinions"]))}
    assert opinions["农机补贴未到账"].anonymous
    assert {words: row.status for words, row in opinions.items()} == {
        "村口道路破损": "closed",
        "机井坏了": "answered",
        "农机补贴未到账": "closed",
        "垃圾清运不及时": "assigned",
    }
    assert count("assignments") == 2
    assert opinions["村口道路破损"].reception_id is not None
    assert opinions["垃圾清运不及时"].reception_id is None


def test_a_votes_sheet_gives_one_meeting_with_all_who_reported(liaison: Actor) -> None:
    brought(liaison, yearbook.year())
    meeting = db.session.scalars(select(LEDGERS["review_meetings"])).one()
    assert meeting.reported_on == date(2025, 12, 25)
    results = db.session.execute(select(LEDGERS["review_results"].satisfied, LEDGERS["review_results"].issued)).all()
    assert sorted(tuple(row) for row in results) == [(22, 31), (22, 33)]


def test_faults_of_the_archive_room_keep_their_words_and_their_remedy(liaison: Actor) -> None:
    brought(liaison, yearbook.year())
    damp = db.session.scalars(select(LEDGERS["archive_checks"]).where(LEDGERS["archive_checks"].checked_on == date(2025, 1, 21))).one()
    assert [(each["point"], each["ok"], each["words"]) for each in damp.points] == [
        ("防火", True, ""),
        ("防盗", True, ""),
        ("防潮", False, "墙角返潮"),
    ]
    [fault] = db.session.scalars(select(LEDGERS["archive_faults"]).where(LEDGERS["archive_faults"].check_id == damp.id))
    assert (damp.state, fault.point, fault.state, fault.remedy) == ("put_right", "防潮", "put_right", "已开启除湿机")


def test_what_is_named_for_the_first_time_is_told(liaison: Actor) -> None:
    outcome = brought(liaison, yearbook.year())
    told = {(ledger, text) for ledger, text, _words in outcome.proposed}
    assert {("organs", "镇水利站"), ("organs", "县水利局"), ("deputy_groups", "第一代表小组"), ("constituencies", "第3选区")} <= told
    levels = dict(db.session.execute(select(LEDGERS["organs"].name, LEDGERS["organs"].level)).all())
    assert levels == {"镇水利站": "township", "县水利局": "county"}


def test_another_organ_may_be_meant_by_a_name(liaison: Actor) -> None:
    organ = write(liaison, "organs", {"name": "青石镇水利服务站", "level": "township"})
    outcome = brought(liaison, yearbook.year(), answers={"organs=镇水利站": organ})
    assert ("organs", "镇水利站") not in {(ledger, text) for ledger, text, _words in outcome.proposed}
    assert set(db.session.scalars(select(LEDGERS["assignments"].organ_id))) == {organ}


def test_of_two_who_bear_one_name_one_is_chosen(liaison: Actor) -> None:
    brought(liaison, yearbook.workbook(yearbook.roll(), yearbook.programme()))
    twin = write(liaison, "deputies", {"name": "丁一", "sex": "male", "birth": "1990-01-01"})
    outcome = brought(liaison, yearbook.workbook(yearbook.matrix()))
    waiting = [line for sheet in outcome.sheets for line in sheet.lines if line.standing == "choice"]
    assert [line.number for line in waiting] == [3]
    assert twin in [row_id for row_id, _words in waiting[0].reasons[0].choices]
    brought(liaison, yearbook.workbook(yearbook.matrix()), answers={"@签到考勤:3:attendance.deputy": twin})
    assert count("attendance", LEDGERS["attendance"].deputy_id == twin) == 2


def test_a_deputy_of_another_station_is_nobody_here(liaison: Actor) -> None:
    other = write(program(None, "test"), "stations", {"name": "白河乡人大代表联络站", "kind": "township"})
    stranger = write(program(other, "test"), "deputies", {"name": "查无此人", "sex": "male"})
    outcome = brought(liaison, yearbook.year(), answers={"@意见建议登记:8:opinions.deputy": stranger, "deputies=查无此人": stranger})
    assert ("意见建议登记", 8) in refused(outcome)


def test_a_sheet_that_is_none_of_ours_is_left_alone(liaison: Actor) -> None:
    offered = offer(db.session(), liaison, liaison.station_id, read(yearbook.year(), "台账.xlsx"))
    assert [each.grid.name for each in offered if each.match is None] == ["食堂菜谱"]


def test_other_words_another_order_and_no_title_are_understood(liaison: Actor) -> None:
    brought(liaison, yearbook.workbook(yearbook.roll()))
    sheet = yearbook.SheetOf(
        "Sheet1",
        ["责任单位", "反映人", "手机号码", "反映内容", "反映日期", "受理代表", "转办时间", "办理方式"],
        [["镇水利站", "文青喜", "0377-69123456", "机井坏了", "2025.1.7", "习二平", "2025.1.10", "转办"]],
    )
    outcome = brought(liaison, yearbook.workbook(sheet))
    assert dict(outcome.counts) == {"new": 1}
    opinion = db.session.scalars(select(LEDGERS["opinions"])).one()
    assert (opinion.voter_name, opinion.voter_phone, opinion.handling) == ("文青喜", "0377-69123456", "to_assign")


def test_a_corrected_line_changes_its_row_and_says_what(liaison: Actor) -> None:
    brought(liaison, yearbook.year())
    sheet = yearbook.opinions()
    sheet.rows[0][5] = "东村7组"  # type: ignore[index]
    sheet.rows[1][13] = "满意"  # type: ignore[index]
    outcome = brought(liaison, yearbook.workbook(sheet))
    changed = {line.number: line.changes for each in outcome.sheets for line in each.lines if line.standing == "changed"}
    assert changed[3] == [("选民住址", "东村2组", "东村7组")]
    assert ("满意度", "不满意", "满意") in changed[4]
    assert count("opinions") == 4


def test_a_blank_cell_erases_nothing(liaison: Actor) -> None:
    brought(liaison, yearbook.workbook(yearbook.roll()))
    sheet = yearbook.roll()
    sheet.rows = sheet.rows[:10]
    for row in sheet.rows:
        row[10] = ""  # type: ignore[index]
    outcome = brought(liaison, yearbook.workbook(sheet))
    assert dict(outcome.counts) == {"same": 10}
    assert count("deputies", LEDGERS["deputies"].phone.is_(None)) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_either_encoding_comes_in(liaison: Actor, encoding: str) -> None:
    content = "姓名,性别,代表层级,代表证号\r\n单五,男,镇级,Z001\r\n仇六,女,县级,X001\r\n".encode(encoding)
    assert dict(brought(liaison, content, name="花名册.csv").counts) == {"new": 2}


def test_a_person_with_two_mandates_on_two_lines_is_one_person(liaison: Actor) -> None:
    sheet = yearbook.SheetOf(
        "花名册",
        ["姓名", "性别", "出生年月", "代表层级", "代表证号"],
        [["单五", "男", "1970.5", "县级", "X1"], ["单五", "男", "1970.5", "镇级", "Z1"]],
    )
    assert dict(brought(liaison, yearbook.workbook(sheet)).counts) == {"new": 2}
    assert counts("deputies", "mandates") == {"deputies": 1, "mandates": 2}


def test_a_role_that_may_not_add_finds_none_of_the_sheets_its_own(liaison: Actor) -> None:
    presidium = Actor("主席团", ("presidium",), station_id=liaison.station_id, home_id=liaison.station_id)
    offered = offer(db.session(), presidium, presidium.station_id, read(yearbook.year(), "台账.xlsx"))
    assert [each.grid.name for each in offered if each.match is not None] == []
