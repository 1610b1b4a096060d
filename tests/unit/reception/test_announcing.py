"""Until when an announcement is posted, when the office is reminded, and when it says the wrong thing (R08, S7-3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import Calendar
from app.reception.announcing.rules import Said, Time, last_day_to_post, not_in_future, posted_anew, remind_from, state, time_left

CALENDAR = Calendar()
SAID = Said(datetime(2026, 6, 2, 9), "联络站", frozenset({1, 2}))


@pytest.mark.parametrize(
    ("reception", "posted_by", "reminded"),
    [
        (date(2026, 6, 2), date(2026, 5, 30), date(2026, 5, 29)),  # a Saturday: reminded on the Friday
        (date(2026, 5, 6), date(2026, 5, 3), date(2026, 4, 30)),  # within the holiday of May
        (date(2026, 10, 8), date(2026, 10, 5), date(2026, 9, 30)),  # within the holiday of October
        (date(2026, 3, 3), date(2026, 2, 28), date(2026, 2, 27)),  # over the end of a month; the 28th is worked in exchange
        (date(2026, 6, 5), date(2026, 6, 2), date(2026, 6, 1)),
    ],
)
def test_three_calendar_days_ahead_the_day_of_posting_not_counted(reception: date, posted_by: date, reminded: date) -> None:
    assert last_day_to_post(reception, 3) == posted_by
    counted = [posted_by + timedelta(days=each) for each in (1, 2, 3)]
    assert counted[-1] == reception
    assert remind_from(posted_by, CALENDAR) == reminded


@pytest.mark.parametrize(
    ("today", "code"), [("2026-05-28", "ahead"), ("2026-05-29", "due"), ("2026-05-30", "today"), ("2026-05-31", "past")]
)
def test_the_office_is_reminded_from_the_last_working_day(today: str, code: str) -> None:
    assert time_left(date(2026, 6, 2), 3, date.fromisoformat(today), CALENDAR) == Time(code, date(2026, 5, 30))


@given(st.dates(date(2010, 1, 1), date(2026, 12, 20)), st.integers(1, 10))
def test_a_reminder_comes_on_a_working_day_before_the_last_day(day: date, ahead: int) -> None:
    last = last_day_to_post(day, ahead)
    reminded = remind_from(last, CALENDAR)
    assert CALENDAR.is_workday(reminded)
    assert reminded < last < day
    assert not any(CALENDAR.is_workday(reminded + timedelta(days=each)) for each in range(1, (last - reminded).days))


@pytest.mark.parametrize(
    ("posted_on", "said", "begun", "before", "expected"),
    [
        (None, None, False, "", "unposted"),
        (date(2026, 5, 29), SAID, False, "unposted", "posted"),
        (date(2026, 5, 29), Said(SAID.start, SAID.place, frozenset({1, 3})), False, "posted", "outdated"),
        (date(2026, 5, 29), Said(SAID.start, "村部", SAID.deputies), False, "posted", "outdated"),
        (date(2026, 5, 29), Said(datetime(2026, 6, 3, 9), SAID.place, SAID.deputies), False, "posted", "outdated"),
        (date(2026, 5, 29), SAID, False, "outdated", "posted"),
        (date(2026, 5, 29), Said(SAID.start, SAID.place, frozenset({1})), True, "posted", "posted"),
        (date(2026, 5, 29), SAID, True, "outdated", "outdated"),
        (date(2025, 5, 29), None, False, "", "posted"),
    ],
)
def test_what_is_posted_says_what_will_be(posted_on: date | None, said: Said | None, begun: bool, before: str, expected: str) -> None:
    assert state(posted_on, said, SAID, begun, before) == expected


def test_another_deputy_is_announced_again_and_another_day_anew() -> None:
    first, again = date(2026, 5, 28), date(2026, 5, 30)
    assert posted_anew(first, again, Said(SAID.start, SAID.place, frozenset({9})), SAID) == (first, again)
    assert posted_anew(first, again, Said(datetime(2026, 6, 9, 9), SAID.place, SAID.deputies), SAID) == (again, None)


def test_nothing_hangs_tomorrow() -> None:
    assert [each.code for each in not_in_future("announced_on", date(2026, 5, 30), date(2026, 5, 29))] == ["posted_in_future"]
    assert list(not_in_future("announced_on", date(2026, 5, 29), date(2026, 5, 29))) == []
