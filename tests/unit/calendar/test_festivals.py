"""A year's holidays are entered in full when each festival has its days off."""

from datetime import date, timedelta

import pytest
from chinese_calendar.constants import holidays, workdays

from app.calendar import FESTIVALS, missing_festivals

YEARS = range(2008, max(holidays).year + 1)
"""Years of the present festivals: before, some of them brought no day off."""


def weekdays_off(year: int) -> list[date]:
    """The days off as the year's notice names them, without weekends that are free anyway."""
    days = (date(year, 1, 1) + timedelta(days=each) for each in range(366))
    return [day for day in days if day.year == year and day in holidays and day not in workdays and day.weekday() < 5]


@pytest.mark.parametrize("year", YEARS)
def test_the_days_off_of_every_past_year_are_taken_for_complete(year: int) -> None:
    assert missing_festivals(year, weekdays_off(year)) == []


@pytest.mark.parametrize("festival", FESTIVALS, ids=[each.name for each in FESTIVALS])
def test_a_festival_without_days_off_is_named(festival: object) -> None:
    first, last, name = date(2026, *festival.first), date(2026, *festival.last), festival.name  # type: ignore[attr-defined]
    assert missing_festivals(2026, [day for day in weekdays_off(2026) if not first <= day <= last]) == [name]


def test_a_year_without_any_entry_misses_them_all() -> None:
    assert missing_festivals(2031, [date(2030, 10, 1)]) == [each.name for each in FESTIVALS]
