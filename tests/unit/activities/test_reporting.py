"""The report on an activity, drafted from what the ledgers know; its term; which file is the signed sheet."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.reporting import rules
from app.activities.reporting.rules import Known, Opinion, draft

BARE = Known("青石镇联络站", "学习会", "学习交流", "2026年3月3日9:00")
STATES = st.sampled_from(["present", "late", "leave", "absent", "pending"])
words = st.text("路灯坏了半个月。\n ", max_size=200)


def test_what_is_not_known_is_left_out() -> None:
    text = draft(BARE)
    assert "None" not in text
    assert "2. What was done" in text
    assert "What was heard and found" not in text
    assert "led by" not in text
    assert "3. What follows" in text


@given(st.dictionaries(STATES, st.lists(st.text("石春解明", min_size=2, max_size=3), min_size=1, max_size=8)))
def test_the_figures_are_those_of_the_names(names: dict[str, list[str]]) -> None:
    text = draft(Known("站", "会", "会议", "今天", names=names))
    total = sum(len(each) for each in names.values())
    came = len(names.get("present", [])) + len(names.get("late", []))
    if total and total == len(names.get("pending", [])):
        assert f"{total} deputies were to come; who came has not been entered yet" in text
    elif total:
        assert f"{total} deputies were to come, {came} came" in text
    for state in names.values():
        assert ", ".join(state) in text


@given(st.lists(st.builds(Opinion, st.just("道路"), words, st.just("")), max_size=6))
def test_each_opinion_stands_on_a_line_of_its_own_and_is_not_endless(opinions: list[Opinion]) -> None:
    text = draft(Known("站", "会", "会议", "今天", opinions=opinions))
    lines = [line for line in text.splitlines() if line.startswith("(") and line[1].isdigit()]
    assert len(lines) == len(opinions)
    assert all(len(line) < rules.LONGEST_WORDS + 40 for line in lines)


def test_an_inspection_says_what_was_found_and_advised() -> None:
    text = draft(
        Known("站", "看水库", "视察", "今天", organs="水利站", subject="防汛", findings="闸门生锈", advice="尽快除锈", guests={"选民": 2})
    )
    for part in ("水利站", "防汛", "闸门生锈", "尽快除锈", "选民: 2"):
        assert part in text


@pytest.mark.parametrize(
    ("sent_on", "today", "tone"),
    [
        ("2026-03-06", "2026-03-20", "ok"),
        ("2026-03-10", "2026-03-20", "ok"),
        ("2026-03-11", "2026-03-20", "bad"),
        (None, "2026-03-10", "warn"),
        (None, "2026-03-11", "bad"),
    ],
)
def test_the_term_counts_to_its_last_day(sent_on: str | None, today: str, tone: str) -> None:
    sent = date.fromisoformat(sent_on) if sent_on else None
    assert rules.in_time(sent, date(2026, 3, 10), date.fromisoformat(today), 0)[0] == tone


@pytest.mark.parametrize(
    ("status", "day", "codes"),
    [("held", 3, []), ("planned", 3, []), ("cancelled", 3, ["cancelled_not_reported"]), ("planned", 5, ["not_held_yet"])],
)
def test_what_lies_ahead_or_was_called_off_is_not_reported(status: str, day: int, codes: list[str]) -> None:
    found = rules.can_be_reported(status, datetime(2026, 3, day, 9), date(2026, 3, 4))
    assert [each.code for each in found] == codes


@pytest.mark.parametrize(
    ("content", "sent_on", "codes"),
    [
        ("好", date(2026, 3, 4), []),
        ("", date(2026, 3, 4), ["report_empty"]),
        ("好", None, ["required"]),
        ("好", date(2026, 3, 5), ["sent_ahead"]),
    ],
)
def test_a_report_is_sent_with_a_text_and_by_today(content: str, sent_on: date | None, codes: list[str]) -> None:
    assert [each.code for each in rules.sending(content, sent_on, date(2026, 3, 4))] == codes


@pytest.mark.parametrize(
    ("name", "note", "is_sheet"), [("签到表.jpg", "", True), ("a.jpg", "活动签到原件", True), ("现场.jpg", "合影", False)]
)
def test_the_signed_sheet_is_told_by_its_name(name: str, note: str, is_sheet: bool) -> None:
    assert rules.is_sign_in(name, note) is is_sheet
