"""The rota of a year as it stands: its days, who may be on duty, and what the receptions say (S5-3(2), S7-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.activities.services import in_office
from app.calendar import Calendar
from app.core import clock
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.several import link, targets
from app.work.services import office_calendar, setting

from . import rules
from .models import RotaDay

_rota: Any = RotaDay
WAS_THERE = ("present", "late")
GONE = ("leave", "absent")
OWN = ("deputies", "pinned", "away")


@dataclass(frozen=True)
class Held:
    """The reception of a month as its activity has it."""

    activity: int
    start: datetime
    marks: Mapping[int, str]

    @property
    def on_duty(self) -> frozenset[int]:
        return frozenset(deputy for deputy, state in self.marks.items() if state not in GONE)


@dataclass(frozen=True)
class Year:
    """A year's rota with all that it is made from."""

    year: int
    people: list[rules.Person]
    slots: list[rules.Slot]
    days: Mapping[int, date]
    regular: Mapping[int, date]
    provisional: frozenset[int]
    rows: Mapping[int, Any]
    held: Mapping[int, Held]
    groups: Mapping[int, list[int]]
    away: Mapping[int, list[int]]
    pinned: Mapping[int, list[int]]

    @property
    def missing(self) -> dict[int, str]:
        return rules.missing(self.people, self.slots, self.groups)


def year_of(session: Session, station_id: int, year: int) -> Year:
    """The rota as it stands."""
    calendar, today = office_calendar(session), clock.today()
    rows = {row.month.month: row for row in session.scalars(
        select(_rota).where(_rota.station_id == station_id, _rota.month >= date(year, 1, 1), _rota.month <= date(year, 12, 31)))}
    own = _own(session, rows)
    held = held_in(session, station_id, year)
    week, weekday = _week(session, station_id)
    regular = {month: rules.regular_day(year, month, week, weekday) for month in rules.MONTHS}
    moves = bool(setting(session, station_id, "reception_moves"))
    counted = {month: rules.reception_day(calendar, day, moves) for month, day in regular.items()}
    days = {
        month: held[month].start.date() if month in held else rows[month].day if month in rows else counted[month].date
        for month in rules.MONTHS
    }
    empty: dict[str, list[int]] = {name: [] for name in OWN}
    slots, groups = [], {}
    for month in rules.MONTHS:
        mine, reception = own.get(month, empty), held.get(month)
        fixed = days[month] < today
        pinned = reception.on_duty if reception else frozenset(() if fixed else mine["pinned"])
        slots.append(rules.Slot(month, pinned, frozenset(mine["away"]) - pinned, fixed))
        groups[month] = sorted(reception.on_duty) if reception else [] if fixed else mine["deputies"]
    return Year(
        year, _people(session, station_id, year, days), slots, days, regular,
        frozenset(month for month, due in counted.items() if due.provisional), rows, held, groups,
        {month: each["away"] for month, each in own.items()}, {month: each["pinned"] for month, each in own.items()},
    )


def _own(session: Session, rows: Mapping[int, Any]) -> dict[int, dict[str, list[int]]]:
    """What the months' rows name, by month."""
    found = {name: targets(session, link(RotaDay, RotaDay.fields[name]), list(rows.values())) for name in OWN} if rows else {}
    return {month: {name: kept.get(row.id, []) for name, kept in found.items()} for month, row in rows.items()}


def _week(session: Session, station_id: int | None) -> tuple[int, int]:
    """Which week of the month, and which day of it."""
    return int(setting(session, station_id, "reception_week")), int(setting(session, station_id, "reception_weekday"))


def day_for(session: Session, station_id: int | None, month: date, calendar: Calendar) -> date:
    """The reception day of a month."""
    moves = bool(setting(session, station_id, "reception_moves"))
    return rules.reception_day(calendar, rules.regular_day(month.year, month.month, *_week(session, station_id)), moves).date


def held_in(session: Session, station_id: int, year: int) -> dict[int, Held]:
    """The first reception of each month that was not called off."""
    activity: Any = LEDGERS["activities"]
    mark: Any = LEDGERS["attendance"]
    first, after = datetime(year, 1, 1), datetime(year + 1, 1, 1)
    found: dict[int, Held] = {}
    mine = (activity.station_id == station_id, activity.type == "reception_day", activity.start >= first, activity.start < after,
            activity.status != "cancelled")
    for row in session.execute(select(activity.id, activity.start).where(*mine).order_by(activity.start, activity.id)):
        found.setdefault(row.start.month, Held(row.id, row.start, {}))
    by_activity: dict[int, dict[int, str]] = {each.activity: {} for each in found.values()}
    marks = select(mark.activity_id, mark.deputy_id, mark.state).where(mark.station_id == station_id, mark.activity_id.in_(by_activity))
    for activity_id, deputy_id, state in session.execute(marks):
        by_activity[activity_id][deputy_id] = state
    return {month: Held(each.activity, each.start, by_activity[each.activity]) for month, each in found.items()}


def _people(session: Session, station_id: int, year: int, days: Mapping[int, date]) -> list[rules.Person]:
    mandates: Any = LEDGERS["mandates"]
    terms: Any = LEDGERS["terms"]
    activity: Any = LEDGERS["activities"]
    mark: Any = LEDGERS["attendance"]
    statement = select(
        mandates.deputy_id, mandates.state, mandates.state_since, mandates.elected_on, terms.ends_on, terms.level
    ).join(terms, terms.id == mandates.term_id).where(mandates.station_id == station_id).order_by(mandates.deputy_id, terms.level)
    served = {
        row.deputy_id: (row.times, row.last.date()) for row in session.execute(
            select(mark.deputy_id, func.count().label("times"), func.max(activity.start).label("last"))
            .join(activity, activity.id == mark.activity_id)
            .where(mark.station_id == station_id, activity.type == "reception_day", activity.start < datetime(year, 1, 1),
                   mark.state.in_(WAS_THERE))
            .group_by(mark.deputy_id))
    }
    by_deputy: dict[int, list[Any]] = {}
    for row in session.execute(statement):
        by_deputy.setdefault(row.deputy_id, []).append(row)
    joined_by = date(year, *setting(session, station_id, "reception_joined_by"))
    people = []
    for deputy, held in by_deputy.items():
        months = frozenset(month for month, day in days.items() if _serves(held, day))
        stays = _serves(held, date(year, 12, 31))
        joined = min((row.elected_on for row in held if row.elected_on is not None), default=date.min)
        if months or stays:
            people.append(rules.Person(deputy, held[0].level, months, *served.get(deputy, (0, None)), joined <= joined_by, stays))
    return people


def _serves(held: Sequence[Any], on: date) -> bool:
    return any(in_office(row.state, row.state_since, row.elected_on, row.ends_on, on) for row in held)
