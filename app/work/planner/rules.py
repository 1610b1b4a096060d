"""Pure rules of the year's plan: what the duties ask for, where an item lies, what fulfils it (S2-2, S4-2, S5)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from app.calendar import Calendar

OFF = "cancelled"
INSPECTIONS = frozenset({"inspection", "research"})
ONE_OF_ITS_KIND = frozenset({"reception_day", "inspection", "research", "exchange", "review"})
"""Types of which an item stands for the month's one, whatever the activity is called in the end."""
NAMED_BY_MONTH = {
    "reception_day": lazy_gettext("Deputies' reception day of month %(month)s"),
    "inspection": lazy_gettext("Inspection visit of month %(month)s"),
}
MOST_INSPECTIONS = 12
MONTHS = range(1, 13)
HALVES = (range(1, 7), range(7, 13))


@dataclass(frozen=True)
class Numbers:
    """What the parameters of the regulations say for a station."""

    activities: int = 10
    inspections: int = 3
    exchanges: int = 1
    reception_week: int = 1
    reception_weekday: int = 2
    reception_moves: bool = True

    def reception_day(self, calendar: Calendar, year: int, month: int) -> date:
        day = calendar.reception_day(year, month, week=self.reception_week, weekday=self.reception_weekday, moves=self.reception_moves)
        return day.date


@dataclass(frozen=True)
class Draft:
    """An item that is to be planned."""

    day: date
    type: str
    title: str


def quarter_of(day: date) -> str:
    return f"q{(day.month + 2) // 3}"


def months_of(period: str) -> range:
    """The months of a plan's period."""
    first = 1 if period == "year" else 3 * int(period[1]) - 2
    return range(first, 13 if period == "year" else first + 3)


def workday_in_month(calendar: Calendar, year: int, month: int, wanted: int) -> date:
    """The working day of the month on or after the wanted one, else the last one before it."""
    day = date(year, month, min(wanted, monthrange(year, month)[1]))
    after = calendar.on_or_after(day).date
    if after.month == month:
        return after
    while day.day > 1 and not calendar.is_workday(day):
        day -= timedelta(days=1)
    return day


def moved_to(calendar: Calendar, numbers: Numbers, type_: str | None, day: date, month: int) -> date:
    """Where an item lies that is moved to another month of its year: a reception on that month's reception day, all else on the
    working day nearest to the day it had."""
    if month == day.month:
        return day
    if type_ == "reception_day":
        moved = numbers.reception_day(calendar, day.year, month)
        if (moved.year, moved.month) == (day.year, month):
            return moved
    return workday_in_month(calendar, day.year, month, day.day)


def by_month(type_: str, month: int) -> str:
    """What the program calls an item of which it plans one for a month."""
    return str(NAMED_BY_MONTH[type_]) % {"month": month}


def retitled(type_: str | None, title: str, before: int, month: int, taken: Collection[str]) -> str:
    """The title of an item that is moved to another month: one that names the month it leaves names the new one, unless the plan
    has that already. What people wrote stays."""
    if type_ not in NAMED_BY_MONTH or title != by_month(type_, before):
        return title
    return title if (new := by_month(type_, month)) in taken else new


# ---------------------------------------------------------------- a plan in one step


def from_duties(calendar: Calendar, numbers: Numbers, year: int) -> list[Draft]:
    """A year's plan that meets what the regulations ask for (R02, R03, R04, R29) and nothing more."""
    return completed(calendar, numbers, year, [])


def from_last_year(calendar: Calendar, numbers: Numbers, year: int, last: Iterable[Draft]) -> list[Draft]:
    """Last year's items on this year's working days, completed where they would not meet the duties."""
    drafts = []
    for each in last:
        if each.type == "reception_day":
            day = numbers.reception_day(calendar, year, each.day.month)
        else:
            day = workday_in_month(calendar, year, each.day.month, each.day.day)
        drafts.append(Draft(day, each.type, each.title.replace(str(year - 1), str(year))))
    return completed(calendar, numbers, year, drafts)


def completed(calendar: Calendar, numbers: Numbers, year: int, drafts: Sequence[Draft]) -> list[Draft]:
    """The items, and what they lack: a reception each month, the inspections spread over the year, an exchange of experience in
    each half-year. Titles are told apart: those that are there stay."""
    plan = list(drafts)
    received = {each.day.month for each in plan if each.type == "reception_day"}
    plan += [
        Draft(numbers.reception_day(calendar, year, month), "reception_day", by_month("reception_day", month))
        for month in MONTHS
        if month not in received
    ]
    plan += _inspections(calendar, numbers, year, [each for each in plan if each.type in INSPECTIONS])
    for half, months in enumerate(HALVES, start=1):
        there = sum(each.type == "exchange" and each.day.month in months for each in plan)
        for number in range(there, numbers.exchanges):
            month = months[(4 + number) % 6]
            title = _("Exchange of experience, first half-year") if half == 1 else _("Exchange of experience, second half-year")
            plan.append(Draft(workday_in_month(calendar, year, month, 15), "exchange", title))
    return sorted(_told_apart(plan), key=lambda each: (each.day, each.type, each.title))


def _inspections(calendar: Calendar, numbers: Numbers, year: int, there: Sequence[Draft]) -> list[Draft]:
    """As many as are missing, each in the month that lies farthest from those that have one."""
    taken = [each.day.month for each in there]
    found = []
    for _each in range(min(numbers.inspections, MOST_INSPECTIONS) - len(there)):
        month = _widest_gap(taken)
        taken.append(month)
        found.append(Draft(workday_in_month(calendar, year, month, 20), "inspection", by_month("inspection", month)))
    return found


def _widest_gap(taken: Collection[int]) -> int:
    """The month farthest from all that are taken; of an empty year the fourth, a season for the field."""
    if not taken:
        return 4
    return max(MONTHS, key=lambda month: (min(abs(month - each) for each in taken), month in (4, 8, 10, 11), -month))


def _told_apart(drafts: Iterable[Draft]) -> list[Draft]:
    """Within a plan each title stands once."""
    seen: set[str] = set()
    found = []
    for each in drafts:
        title, number = each.title, 1
        while title in seen:
            number += 1
            ending = _(" (%(number)s)", number=number)
            title = each.title[: 120 - len(ending)] + ending
        seen.add(title)
        found.append(Draft(each.day, each.type, title))
    return found


def drawn(drafts: Iterable[Draft], period: str, there: Collection[str]) -> list[Draft]:
    """What a quarter's plan takes from the annual one: the items of its months that it does not have yet."""
    return [each for each in drafts if each.day.month in months_of(period) and each.title not in there]


# ---------------------------------------------------------------- fulfilling


@dataclass(frozen=True)
class Open:
    """An item of the plan that no activity fulfils yet, or an activity that fulfils none."""

    id: int
    day: date
    type: str | None
    title: str


def matching(wanted: Open, offered: Iterable[Open]) -> int | None:
    """Which of those on offer is the same matter: one of the same title, else the month's nearest of a type of which a month
    has one. An activity entered anywhere is found by its plan that way, and nobody links by hand."""
    same = [each for each in offered if each.day.year == wanted.day.year]
    by_title = [each for each in same if _bare(each.title) == _bare(wanted.title)]
    by_type = [each for each in same if each.type == wanted.type and wanted.type in ONE_OF_ITS_KIND and each.day.month == wanted.day.month]
    found = sorted(by_title or by_type, key=lambda each: (abs((each.day - wanted.day).days), each.id))
    return found[0].id if found else None


def _bare(title: str) -> str:
    return re.sub(r"\W+", "", title)


PARAMETERS = {
    "activities": "activities_a_year",
    "inspections": "inspections_a_year",
    "exchanges": "exchanges_a_half_year",
    "reception_week": "reception_week",
    "reception_weekday": "reception_weekday",
    "reception_moves": "reception_moves",
}
"""Which parameter gives which number."""


def numbers_of(values: Mapping[str, Any]) -> Numbers:
    """The numbers as the station's parameters give them."""
    return Numbers(**{number: values[name] for number, name in PARAMETERS.items()})
