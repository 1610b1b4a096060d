"""Working days of the People's Republic: weekdays, public holidays, the weekends worked in exchange, and the office's own changes.

The State Council announces a year's holidays in the autumn before, so a term that reaches past the last known year can only be
counted in plain weekdays. Such a result says that it is provisional.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.metadata import version
from typing import Final, NamedTuple

import chinese_calendar
from chinese_calendar.constants import holidays

_FIRST_YEAR: Final = min(holidays).year
_LAST_YEAR: Final = max(holidays).year
DATA: Final = f"chinesecalendar {version('chinesecalendar')}"
"""Where the built-in holidays come from: kept beside a day that was counted by them."""
_DAY: Final = timedelta(days=1)
_WEEKEND: Final = 5


class Due(NamedTuple):
    """A day that was counted to. Provisional: a year on the way has no announced holidays yet."""

    date: date
    provisional: bool


def built_in(year: int) -> bool:
    """Whether the holidays of a year are among the built-in ones."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


class Calendar:
    """The working days as this office has them.

    `overrides` are single days that the office knows better: True is worked, False is free. `announced` are years beyond the built-in
    data whose holidays `overrides` hold in full, so that counting in them is final.
    """

    def __init__(self, overrides: Mapping[date, bool] | None = None, announced: Collection[int] = ()) -> None:
        self._overrides = dict(overrides or {})
        self._announced = frozenset(announced)

    def instead(self, days: Mapping[date, bool]) -> Calendar:
        """The same calendar with some days otherwise."""
        return Calendar({**self._overrides, **days}, self._announced)

    def is_workday(self, day: date) -> bool:
        """Whether the office works on this day."""
        day = _bare(day)
        override = self._overrides.get(day)
        return _is_workday(day) if override is None else override

    def is_known(self, day: date) -> bool:
        """Whether this day's holidays have been announced, or the office has said what it is."""
        day = _bare(day)
        return built_in(day.year) or day.year in self._announced or day in self._overrides

    def adjusted(self, start: date, end: date) -> int:
        """How many days after `start`, up to and with `end`, the office knows better."""
        return sum(_bare(start) < day <= _bare(end) for day in self._overrides)

    def add_workdays(self, day: date, n: int) -> Due:
        """The n-th working day after a day, that day not counted; with a negative n the n-th before it.

        None counted is the day itself, worked or not.
        """
        day = _bare(day)
        step = _DAY if n > 0 else -_DAY
        provisional = False
        left = abs(n)
        while left:
            day += step
            provisional |= not self.is_known(day)
            left -= self.is_workday(day)
        return Due(day, provisional)

    def workdays_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`: the n for which `add_workdays(start, n)` came to `end`.

        Negative when `end` is earlier: the working days before `start` down to and with `end`.
        """
        start, end = _bare(start), _bare(end)
        if end < start:
            return -sum(self.is_workday(end + _DAY * i) for i in range((start - end).days))
        return sum(self.is_workday(start + _DAY * i) for i in range(1, (end - start).days + 1))

    def on_or_after(self, day: date) -> Due:
        """The day itself if it is worked, else the next working day."""
        day = _bare(day)
        provisional = not self.is_known(day)
        while not self.is_workday(day):
            day += _DAY
            provisional |= not self.is_known(day)
        return Due(day, provisional)

    def reception_day(self, year: int, month: int, *, week: int = 1, weekday: int = 2, moves: bool = True) -> Due:
        """The day on which deputies receive voters: the month's first Tuesday, if that is free the next working day (`S5-3(2)`).

        An office may have another `weekday` (1 is Monday) of another `week`, or one that stays where it is.
        """
        first = date(year, month, 1)
        day = first + _DAY * ((weekday - 1 - first.weekday()) % 7 + 7 * (week - 1))
        return self.on_or_after(day) if moves else Due(day, not self.is_known(day))


def _bare(day: date) -> date:
    """The date of a point in time: a term counts from the day on which something ended."""
    return day.date() if isinstance(day, datetime) else day


@lru_cache(maxsize=8192)
def _is_workday(day: date) -> bool:
    if built_in(day.year):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < _WEEKEND
