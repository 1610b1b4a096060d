"""What stands on official forms: names in the official order, sentences as an office writes them, empty boxes where nothing is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask

from app.activities.forms import LEAVE, leave_facts, sign_in_facts
from app.activities.models import ATTENDANCE_STATES
from app.archives.forms import FEWEST_LINES, PERSON, card_facts
from app.core.lists.listing import Row
from app.core.paperwork.papers import Letterhead
from app.names import stroke_key
from app.people.forms import COLUMNS, roster_facts
from app.people.rules import official_place
from app.reception.forms import ASSIGNMENT, OPINION, REPLY, assignment_facts, opinion_facts

HEAD = Letterhead(1, "青石镇联络站", "青石镇", "青石镇人大主席团")


@pytest.fixture(autouse=True)
def _in_chinese(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def row(columns: tuple[str, ...], number: int = 1, **values: Any) -> Row:
    """A row with these values; dots of paths are written as two underscores."""
    given = {name.replace("__", "."): value for name, value in values.items()}
    whole = {**dict.fromkeys(columns), **given}
    return Row(number, whole, {name: "" if value is None else str(value) for name, value in whole.items()})


def deputy(name: str, number: int, place: int | None = None) -> Row:
    return row(COLUMNS, number, name=name, stroke_key=stroke_key(name), official_order=place)


def test_names_stand_in_the_official_order_and_a_place_by_hand_wins() -> None:
    names = ["毛一", "韦一", "王一", "马一", "习一", "卫一", "于一", "干一", "丁一", "\U00030000一", "鲜于一"]
    people = [deputy(name, number) for number, name in enumerate(names)] + [deputy("魏一", 99, place=1)]
    ordered = sorted(people, key=lambda each: official_place(each.values, each.id))
    facts = roster_facts(ordered, {}, HEAD, "2026年3月3日")
    shown = [line["name"] for line in facts["deputies"]]
    assert shown == ["魏一", "丁一", "干一", "于一", "卫一", "习一", "马一", "王一", "韦一", "毛一", "鲜于一", "\U00030000一"]
    assert [line["no"] for line in facts["deputies"]] == [str(number) for number in range(1, 13)]
    assert [line["note"] for line in facts["deputies"]] == [""] * 11 + ["笔画不详"]
    assert facts["count"] == "12"


def test_two_deputies_sign_in_a_line_and_the_sheet_says_of_each_what_the_ledger_says() -> None:
    names = ("deputy", "deputy.official_order", "deputy.stroke_key", "state", "signed_at")
    known = [("石春", "pending", None), ("丁一", "leave", None), ("王二", "present", datetime(2026, 3, 3, 8, 55)), ("周三", "absent", None)]
    marks = [
        Row(
            n,
            dict(zip(names, (n, None, stroke_key(name), state, at), strict=True)),
            {"deputy": name, "state": ATTENDANCE_STATES.label(state)},
        )
        for n, (name, state, at) in enumerate(known)
    ]
    activity = row(("title", "type", "start", "end", "place", "content", "organiser", "convenor"), start=datetime(2026, 3, 3, 9))
    facts = sign_in_facts(activity, marks, HEAD)
    first, second = facts["pairs"][:2]
    assert (first["name_1"], first["mark_1"], first["name_2"], first["mark_2"]) == ("丁一", "请假", "王二", "出席 8:55")
    assert (second["no_1"], second["name_1"], second["mark_1"], second["name_2"], second["mark_2"]) == ("3", "石春", "", "周三", "缺席")
    assert len(facts["pairs"]) == 2 + 3
    assert (facts["invited"], facts["start"], facts["end"]) == ("4", "2026年3月3日9:00", "")


@pytest.mark.parametrize(("timing", "word"), [("before", "不能参加"), ("after", "未能参加"), (None, "不能参加")])
def test_a_leave_report_says_beforehand_or_afterwards(timing: str | None, word: str) -> None:
    request = row(
        LEAVE, deputy="石春", activity__title="学习会", activity__start=datetime(2026, 3, 3, 9), reason="因病", words="住院", timing=timing
    )
    facts = leave_facts(request, HEAD)
    assert facts["sentence"] == f"本人因病（住院），{word}2026年3月3日9:00举行的学习会。"
    assert facts["addressee"] == "青石镇人大主席团"
    assert facts["decision"] == "□准假　□不准假"


def test_leave_from_a_session_goes_to_the_sessions_presidium() -> None:
    request = row(LEAVE, deputy="石春", session="县 第五次会议", session__starts_on=date(2026, 1, 10), reason="因事")
    facts = leave_facts(request, HEAD)
    assert facts["addressee"] == "大会主席团"
    assert "2026年1月10日举行的县 第五次会议" in facts["sentence"]


def test_an_opinion_without_anything_prints_empty_boxes() -> None:
    facts = opinion_facts(row(OPINION), [], HEAD)
    assert facts["voter_name"] == facts["answer"] == facts["heard_on"] == ""
    assert "☑" not in facts["handling"] + facts["satisfaction"] + facts["categories"]
    assert opinion_facts(row(OPINION, anonymous=True), [], HEAD)["voter_name"] == "匿名"


def test_the_last_answer_says_whether_the_person_is_satisfied() -> None:
    replies = [
        row(REPLY, n, replied_on=date(2026, n, 1), form="当面", answer=f"第{n}次", satisfaction=each)
        for n, each in ((1, "dissatisfied"), (2, "satisfied"))
    ]
    facts = opinion_facts(row(OPINION, referred_to="县法院", referred_on=date(2026, 3, 1)), replies, HEAD)
    assert "☑满意" in facts["satisfaction"]
    assert facts["answer"] == "2026年1月1日　当面\n第1次\n2026年2月1日　当面\n第2次\n已转县法院处理（2026年3月1日）"


def test_an_assignment_has_a_line_for_each_reply_and_room_for_more() -> None:
    reply = row(REPLY, replied_on=date(2026, 4, 1), form="书面", answerer="仇兰", answer="已修复", satisfaction="满意")
    facts = assignment_facts(row(ASSIGNMENT), row(OPINION, voter_name="张桂花"), [reply], HEAD)
    assert facts["replies"] == [
        {"replied_on": "2026.04.01", "form": "书面", "answerer": "仇兰", "answer": "已修复", "satisfaction": "满意"},
        {"replied_on": "", "form": "", "answerer": "", "answer": "", "satisfaction": ""},
    ]
    assert facts["voter_name"] == "张桂花"


def test_a_duty_card_stands_by_day_and_counts_attendance() -> None:
    marks = [row(("state",), n, state=state) for n, state in enumerate(["present", "late", "leave", "absent", "pending"])]
    work = [{"day": date(2026, 5, 1), "kind": "其他工作", "what": "培训"}, {"day": date(2026, 3, 3), "kind": "述职", "what": "述职"}]
    facts = card_facts(row(PERSON, name="石春", birth="1975-**-**"), [], marks, work, 2026)
    assert [line["day"] for line in facts["work"][:3]] == ["2026.03.03", "2026.05.01", ""]
    assert len(facts["work"]) == FEWEST_LINES
    assert (facts["invited"], facts["came"], facts["leave"], facts["absent"]) == ("5", "2", "1", "1")
    assert facts["birth"] == "1975-**-**"
    assert set(facts["mandates"][0].values()) == {""}
