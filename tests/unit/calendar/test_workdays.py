"""Terms run in working days, and the reception day moves off a holiday."""

from datetime import date, datetime, timedelta

import pytest
from chinese_calendar.constants import holidays, workdays
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import Calendar, Due

CALENDAR = Calendar()
LAST_KNOWN = date(max(holidays).year, 12, 31)
UNKNOWN_YEAR = LAST_KNOWN.year + 1
DAYS = st.dates(date(2003, 6, 1), date(UNKNOWN_YEAR + 2, 12, 31))
OVERRIDES = st.dictionaries(DAYS, st.booleans(), max_size=30)


def worked(day: date, overrides: dict[date, bool]) -> bool:
    """The same question asked of the bare tables."""
    if day in overrides:
        return overrides[day]
    return day in workdays or (day.weekday() < 5 and day not in holidays)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 2, 10), date(2026, 2, 26)),
        (date(2026, 4, 28), date(2026, 5, 11)),
        (date(2025, 1, 20), date(2025, 2, 5)),
        (date(2026, 3, 2), date(2026, 3, 11)),
        (date(2026, 3, 7), date(2026, 3, 17)),
    ],
)
def test_seven_working_days_after(day: date, due: date) -> None:
    assert CALENDAR.add_workdays(day, 7) == Due(due, provisional=False)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (2026, 5, date(2026, 5, 6)),
        (2026, 10, date(2026, 10, 8)),
        (2026, 9, date(2026, 9, 1)),
        (2026, 3, date(2026, 3, 3)),
        (2024, 10, date(2024, 10, 8)),
        (2024, 1, date(2024, 1, 2)),
    ],
)
def test_receptions_are_on_the_first_tuesday_or_the_next_working_day(year: int, month: int, day: date) -> None:
    assert CALENDAR.reception_day(year, month) == Due(day, provisional=False)


def test_a_weekend_worked_in_exchange_counts() -> None:
    assert CALENDAR.is_workday(date(2026, 2, 14))
    assert CALENDAR.add_workdays(date(2026, 2, 13), 1).date == date(2026, 2, 14)


def test_the_last_working_day_before_a_holiday() -> None:
    assert CALENDAR.add_workdays(date(2026, 10, 8), -1).date == date(2026, 9, 30)


def test_no_working_day_counted_is_the_day_itself() -> None:
    assert CALENDAR.add_workdays(date(2026, 10, 1), 0) == Due(date(2026, 10, 1), provisional=False)


def test_the_office_knows_better() -> None:
    snow = Calendar({date(2026, 3, 3): False, date(2026, 3, 7): True})
    assert snow.reception_day(2026, 3).date == date(2026, 3, 4)
    assert snow.is_workday(date(2026, 3, 7))
    assert snow.add_workdays(date(2026, 3, 2), 1).date == date(2026, 3, 4)


def test_a_term_into_a_year_without_announced_holidays_is_provisional() -> None:
    assert not CALENDAR.add_workdays(date(LAST_KNOWN.year, 12, 1), 3).provisional
    assert CALENDAR.add_workdays(date(LAST_KNOWN.year, 12, 29), 7).provisional
    assert CALENDAR.reception_day(UNKNOWN_YEAR, 3).provisional


def test_a_year_that_the_office_entered_in_full_is_final() -> None:
    entered = Calendar({date(UNKNOWN_YEAR, 1, 1): False}, announced={UNKNOWN_YEAR})
    assert not entered.add_workdays(date(LAST_KNOWN.year, 12, 29), 7).provisional
    assert entered.add_workdays(date(LAST_KNOWN.year, 12, 31), 1).date > date(UNKNOWN_YEAR, 1, 1)


def test_a_term_counts_from_the_day_on_which_something_ended() -> None:
    assert CALENDAR.add_workdays(datetime(2026, 2, 10, 16, 30), 7).date == date(2026, 2, 26)
    assert CALENDAR.is_workday(datetime(2026, 2, 14, 9, 0))


@given(DAYS, st.integers(1, 40), OVERRIDES)
def test_adding_counts_every_working_day_once(day: date, n: int, overrides: dict[date, bool]) -> None:
    due, _ = Calendar(overrides).add_workdays(day, n)
    passed = [day + timedelta(days=i) for i in range(1, (due - day).days + 1)]
    assert sum(worked(each, overrides) for each in passed) == n
    assert worked(due, overrides)


@given(DAYS, st.integers(1, 40), OVERRIDES)
def test_counting_back_mirrors_counting_on(day: date, n: int, overrides: dict[date, bool]) -> None:
    due, _ = Calendar(overrides).add_workdays(day, -n)
    passed = [due + timedelta(days=i) for i in range((day - due).days)]
    assert sum(worked(each, overrides) for each in passed) == n
    assert worked(due, overrides)


@given(DAYS, st.integers(-40, 40), OVERRIDES)
def test_between_undoes_adding(day: date, n: int, overrides: dict[date, bool]) -> None:
    calendar = Calendar(overrides)
    assert calendar.workdays_between(day, calendar.add_workdays(day, n).date) == n


@given(DAYS, st.integers(0, 40), st.sets(st.integers(2000, 2040)))
def test_provisional_means_that_an_unannounced_day_was_passed(day: date, n: int, announced: set[int]) -> None:
    due, provisional = Calendar(announced=announced).add_workdays(day, n)
    years = {(day + timedelta(days=i)).year for i in range(1, (due - day).days + 1)}
    assert provisional == any(year < 2004 or year > LAST_KNOWN.year for year in years - announced)


@given(st.integers(2004, LAST_KNOWN.year + 3), st.integers(1, 12), OVERRIDES)
def test_a_reception_day_is_worked_and_never_before_the_first_tuesday(year: int, month: int, overrides: dict[date, bool]) -> None:
    day, _ = Calendar(overrides).reception_day(year, month)
    tuesday = next(date(year, month, number) for number in range(1, 8) if date(year, month, number).weekday() == 1)
    assert worked(day, overrides)
    assert day >= tuesday
    assert not any(worked(tuesday + timedelta(days=i), overrides) for i in range((day - tuesday).days))
