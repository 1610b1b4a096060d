"""By when an opinion is to be assigned (R09), and how that stands today."""

from datetime import date, timedelta

import pytest
from chinese_calendar import is_holiday
from chinese_calendar.constants import holidays
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import DATA, Calendar
from app.reception.deadlines.rules import Dated, Standing, dated, has_due, standing

CALENDAR = Calendar()
LAST = max(holidays).year


@pytest.mark.parametrize(
    ("ended_on", "due"),
    [
        (date(2026, 2, 10), date(2026, 2, 26)),
        (date(2026, 4, 28), date(2026, 5, 11)),
        (date(2025, 1, 20), date(2025, 2, 5)),
    ],
)
def test_seven_working_days_from_the_end_of_the_reception(ended_on: date, due: date) -> None:
    assert dated(CALENDAR, ended_on, 7) == Dated(due, provisional=False, by=DATA)


@given(st.dates(date(2008, 1, 1), date(LAST, 11, 30)), st.integers(1, 15))
def test_the_day_equals_an_independent_count(ended_on: date, workdays: int) -> None:
    days = [ended_on + timedelta(days=each) for each in range(1, 60)]
    counted = [day for day in days if (day.year > LAST and day.weekday() < 5) or (day.year <= LAST and not is_holiday(day))]
    assert dated(CALENDAR, ended_on, workdays).due == counted[workdays - 1]


def test_a_term_whose_end_alone_runs_into_a_year_without_holidays_is_provisional() -> None:
    ended_on = date(LAST, 12, 28)
    assert dated(CALENDAR, ended_on, 7).provisional
    assert not dated(CALENDAR, date(LAST, 12, 1), 7).provisional
    assert not dated(Calendar(announced=[LAST + 1]), ended_on, 7).provisional


def test_days_that_the_office_put_right_are_named_beside_the_calendar() -> None:
    calendar = Calendar({date(2026, 3, 5): False, date(2026, 8, 3): False})
    assert dated(calendar, date(2026, 3, 3), 7) == Dated(date(2026, 3, 13), by=f"{DATA} +1")


@pytest.mark.parametrize(
    ("handling", "referred", "expected"),
    [(None, False, True), ("to_gather", False, True), ("to_assign", False, True), ("to_assign", True, False),
     ("answered_on_spot", False, False), ("answered_after_enquiry", False, False), ("explained", False, False)],
)  # fmt: skip
def test_what_was_answered_or_referred_is_not_to_be_assigned(handling: str | None, referred: bool, expected: bool) -> None:
    assert has_due(handling, referred) is expected


DUE = date(2026, 5, 11)


@pytest.mark.parametrize(
    ("status", "signed_on", "today", "expected"),
    [
        ("to_assign", None, date(2026, 4, 29), Standing("running", 6)),
        ("to_assign", None, date(2026, 5, 7), Standing("soon", 3)),
        ("registered", None, DUE, Standing("today")),
        ("gathering", None, date(2026, 5, 12), Standing("overdue", 1)),
        ("to_assign", None, date(2026, 5, 16), Standing("overdue", 4)),
        ("in_progress", date(2026, 5, 11), date(2026, 6, 1), Standing("in_time")),
        ("to_assign", date(2026, 5, 8), date(2026, 6, 1), Standing("in_time")),
        ("assigned", date(2026, 5, 13), date(2026, 6, 1), Standing("late", 2)),
        ("assigned", None, date(2026, 6, 1), Standing("advisory")),
        ("closed", None, date(2026, 6, 1), None),
    ],
)
def test_how_it_stands(status: str, signed_on: date | None, today: date, expected: Standing | None) -> None:
    assert standing(DUE, status, signed_on, today, CALENDAR) == expected
    assert standing(None, status, signed_on, today, CALENDAR) is None
