"""Rules of activities, attendance, leave and inspections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities import rules
from app.activities.models import ATTENDANCE_STATES, DECISIONS, LEAVE_TIMING, RECIPIENTS
from app.core.refusals import SENTENCES, Refusal

NINE = datetime(2026, 11, 3, 9)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31))


def said(found: Any) -> list[tuple[str, str | None]]:
    """The refusals as (code, field); every code has its sentence."""
    refusals: list[Refusal] = list(found)
    assert all(refusal.sentence() for refusal in refusals)
    return [(refusal.code, refusal.field) for refusal in refusals]


def test_every_refusal_of_the_area_has_a_sentence_in_the_one_table() -> None:
    assert rules.SENTENCES.items() <= SENTENCES.items()


@given(MOMENTS, st.one_of(st.none(), MOMENTS))
def test_an_activity_never_ends_before_it_starts(start: datetime, end: datetime | None) -> None:
    wrong = end is not None and end < start
    assert said(rules.activity_row({"start": start, "end": end})) == ([("before", "end")] if wrong else [])


@pytest.mark.parametrize(("values", "expected"), [
    ({"whom": "all_deputies"}, []),
    ({"whom": "public"}, []),
    ({"whom": "deputy", "deputy": 1}, []),
    ({"whom": "work_unit", "deputy": 1}, []),
    ({"whom": "organ", "organ": 2}, []),
    ({"whom": "deputy"}, [("required", "deputy")]),
    ({"whom": "work_unit"}, [("required", "deputy")]),
    ({"whom": "organ"}, [("required", "organ")]),
    ({"whom": "organ", "deputy": 1}, [("not_this_recipient", "deputy"), ("required", "organ")]),
    ({"whom": "all_deputies", "deputy": 1}, [("not_this_recipient", "deputy")]),
    ({"whom": "public", "organ": 2}, [("not_this_recipient", "organ")]),
    ({"deputy": 1}, []),
])
def test_a_notice_names_just_its_recipient(values: Mapping[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(rules.notice_recipient(values)) == expected


@given(st.sampled_from(sorted(RECIPIENTS.labels)), st.booleans(), st.booleans())
def test_a_notice_that_passes_names_one_or_none(whom: str, deputy: bool, organ: bool) -> None:
    passes = not said(rules.notice_recipient({"whom": whom, "deputy": 1 if deputy else None, "organ": 2 if organ else None}))
    assert passes == (deputy == (whom in {"deputy", "work_unit"}) and organ == (whom == "organ"))


@given(st.sampled_from(sorted(ATTENDANCE_STATES.labels)), st.one_of(st.none(), MOMENTS))
def test_who_signed_in_was_there(state: str, signed_at: datetime | None) -> None:
    wrong = signed_at is not None and state not in {"present", "late"}
    expected = [("signed_but_not_there", "signed_at")] if wrong else []
    assert said(rules.attendance_row({"state": state, "signed_at": signed_at})) == expected


@pytest.mark.parametrize(("values", "expected"), [
    ({"activity": 1, "decision": "approved"}, []),
    ({"session": 1, "decision": "approved", "written": True}, []),
    ({"session": 1, "decision": "approved", "written": False}, [("written_report_missing", "written")]),
    ({"session": 1, "decision": "pending", "written": False}, []),
    ({"session": 1, "decision": "declined", "written": False}, []),
    ({"activity": 1, "asked_at": NINE, "decided_on": NINE.date()}, []),
    ({"activity": 1, "asked_at": NINE, "decided_on": date(2026, 11, 2)}, [("before", "decided_on")]),
])
def test_leave_is_asked_for_and_then_decided(values: Mapping[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(rules.leave_row(values)) == expected


@given(MOMENTS, MOMENTS)
def test_leave_asked_at_the_start_or_later_is_asked_afterwards(asked: datetime, start: datetime) -> None:
    timing = rules.leave_timing(asked, start)
    assert timing in LEAVE_TIMING.labels
    assert (timing == "before") == (asked < start)


@given(DAYS, st.times())
def test_leave_from_a_session_may_be_asked_until_the_end_of_its_first_day(day: date, at: time) -> None:
    assert rules.leave_timing(datetime.combine(day, at), day) == "before"
    assert rules.leave_timing(datetime.combine(day + timedelta(days=1), at), day) == "after"


def test_the_timing_of_leave_without_a_start_is_unknown() -> None:
    assert rules.leave_timing(NINE, None) is None


@pytest.mark.parametrize(("decision", "state", "over", "expected"), [
    ("approved", None, False, "leave"), ("approved", "pending", False, "leave"), ("approved", "absent", True, "leave"),
    ("approved", "present", False, None), ("approved", "late", True, None), ("approved", "leave", True, None),
    ("declined", "leave", False, "pending"), ("declined", "pending", False, None), ("declined", "present", True, None),
    ("declined", None, True, None), ("declined", "pending", True, "absent"), ("declined", "leave", True, "absent"),
    ("declined", "absent", False, None), ("pending", "leave", False, "pending"), ("pending", "absent", True, None),
])
def test_attendance_follows_the_decision_on_leave(decision: str, state: str | None, over: bool, expected: str | None) -> None:
    assert rules.attendance_after_decision(decision, state, over) == expected


@given(st.sampled_from(sorted(DECISIONS.labels)), st.sampled_from(["present", "late"]), st.booleans())
def test_no_decision_on_leave_sends_away_who_was_there(decision: str, state: str, over: bool) -> None:
    assert rules.attendance_after_decision(decision, state, over) is None


ASKED: dict[str, Any] = {"deputy": 1, "activity": 2, "decision": "pending", "decided_by": None, "decided_on": None, "timing": "before"}


@pytest.mark.parametrize(("change", "before", "expected"), [
    ({}, {}, False),
    ({"decision": "approved"}, {}, True),
    ({"decided_by": "主席团"}, {}, True),
    ({"words": "出差"}, ASKED, False),
    ({"activity": 3}, ASKED, False),
    ({"decision": "declined"}, ASKED, True),
    ({"decided_on": NINE.date()}, ASKED, True),
    ({"activity": 3, "decision": "approved"}, {**ASKED, "decision": "approved"}, True),
    ({"decision": "pending"}, {**ASKED, "decision": "approved"}, True),
    ({"decision": "approved", "timing": "after"}, {**ASKED, "decision": "approved"}, False),
])
def test_a_deputy_asks_for_leave_and_does_not_decide(change: dict[str, Any], before: dict[str, Any], expected: bool) -> None:
    assert rules.decides({**ASKED, **change}, before) is expected


def test_a_report_without_an_activity_says_what_it_is_about() -> None:
    assert said(rules.report_row({"activity": None, "subject": None})) == [("required", "subject")]
    assert said(rules.report_row({"activity": 1, "subject": None})) == []
    assert said(rules.report_row({"activity": None, "subject": "上半年工作"})) == []


@given(DAYS, MOMENTS)
def test_an_activity_is_not_reported_before_its_day(sent_on: date, start: datetime) -> None:
    assert said(rules.report_after_start(sent_on, start)) == ([("before", "sent_on")] if sent_on < start.date() else [])


@pytest.mark.parametrize(("values", "expected"), [
    ({"openness": "open"}, []),
    ({"openness": "covert"}, [("required", "covert_reason"), ("required", "covert_approver")]),
    ({"openness": "covert", "covert_reason": "反映集中", "covert_approver": "站长"}, []),
    ({"certificate": "alone"}, [("required", "holder")]),
    ({"holder": 1}, [("required", "certificate")]),
    ({"certificate": "joint", "holder": 1}, []),
])
def test_an_inspection_says_how_it_came_about(values: Mapping[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(rules.inspection_row(values)) == expected


@pytest.mark.parametrize(("values", "expected"), [
    ({}, []),
    ({"findings": "账目不清", "advice": "补登"}, []),
    ({"fed_back_on": date(2026, 11, 9)}, []),
    ({"fed_back_by": "letter"}, [("required", "fed_back_on")]),
    ({"answer": "已整改"}, [("required", "fed_back_on")]),
    ({"answered_on": date(2026, 11, 9), "fed_back_by": None}, [("required", "fed_back_on")]),
])
def test_what_an_organ_was_told_has_its_day(values: Mapping[str, Any], expected: list[tuple[str, str]]) -> None:
    assert said(rules.inspected_organ_row(values)) == expected


@given(st.lists(st.none() | DAYS, max_size=5))
def test_an_inspection_is_fed_back_when_its_last_organ_knows(days: list[date | None]) -> None:
    known = [day for day in days if day]
    state, by = rules.feedback(days)
    assert state == (None if not days else "done" if len(known) == len(days) else "some" if known else "open")
    assert by == (max(known) if state == "done" else None)


@given(DAYS, MOMENTS, DAYS)
def test_feedback_lies_between_the_inspection_and_today(day: date, start: datetime, today: date) -> None:
    found = said(rules.fed_back_in_time(day, start, today))
    assert (found == []) is (start.date() <= day <= today)


@pytest.mark.parametrize(("state", "since", "elected", "ends", "expected"), [
    ("serving", None, None, None, True),
    ("serving", None, date(2026, 11, 3), date(2026, 11, 3), True),
    ("serving", None, date(2026, 11, 4), None, False),
    ("serving", None, None, date(2026, 11, 2), False),
    ("ended", date(2026, 11, 4), None, None, True),
    ("ended", date(2026, 11, 3), None, None, False),
    ("suspended", None, None, None, False),
])
def test_in_office_is_who_held_a_mandate_on_that_day(
    state: str, since: date | None, elected: date | None, ends: date | None, expected: bool,
) -> None:
    assert rules.in_office(state, since, elected, ends, date(2026, 11, 3)) is expected
