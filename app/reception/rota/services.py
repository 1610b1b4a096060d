"""The rota of a year: made in one step, changed by hand, and written as receptions (S5-3(2), S7-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.activities.services import in_office
from app.calendar import Calendar
from app.core import clock
from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.several import link, targets
from app.core.records.bulk import Draft, save_all
from app.core.records.hooks import Saving, after_saving, before_saving
from app.core.records.saving import Writing
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused
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
    held = _held(session, station_id, year)
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


def _held(session: Session, station_id: int, year: int) -> dict[int, Held]:
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


@before_saving("reception_rota")
def complete_day(saving: Saving) -> None:
    """The day follows from the month unless it was entered."""
    values = saving.values
    values["month"] = values["month"].replace(day=1)
    if values["day"] is None:
        calendar = office_calendar(saving.writing.session, saving.writing.id)
        values["day"] = day_for(saving.writing.session, saving.station_id, values["month"], calendar)
    if (values["day"].year, values["day"].month) != (values["month"].year, values["month"].month):
        raise Refused(Refusal("rota_day_elsewhere", "day"))


@after_saving("reception_rota")
def follow_with_reception(saving: Saving) -> None:
    """A reception that is still to come has the deputies and the day of its rota; who is marked there stays."""
    row: Any = saving.row
    held = _held(saving.writing.session, row.station_id, row.month.year).get(row.month.month)
    if held is None or held.start.date() < clock.today():
        return
    wanted = set(saving.values["deputies"]) | {deputy for deputy, state in held.marks.items() if state != "pending"}
    changes: dict[str, Any] = {}
    if wanted != set(held.marks):
        changes["deputies"] = sorted(wanted)
    activity: Any = saving.writing.get(LEDGERS["activities"], held.activity)
    if not saving.is_new and saving.changed("day") and held.start.date() == saving.before["day"]:
        for name in ("start", "end"):
            if (moment := getattr(activity, name)) is not None:
                changes[name] = datetime.combine(saving.values["day"] + (moment.date() - held.start.date()), moment.time())
    if changes:
        saving.writing.save("activities", changes, row=activity, by_program=True)


def make(actor: Actor, station_id: int, year: int) -> None:
    """Spread the deputies over the days still to come; what was placed by hand, and whoever a reception has, stays."""
    with change_set(actor) as writing:
        board = year_of(writing.session, station_id, year)
        groups = rules.plan(board.people, board.slots)
        for slot in board.slots:
            if not slot.fixed:
                _write(writing, board, slot.month, {"deputies": groups[slot.month]})


def _write(writing: Writing, board: Year, month: int, changes: Mapping[str, Any]) -> None:
    row = board.rows.get(month)
    if row is None:
        first = date(board.year, month, 1).isoformat()
        writing.save("reception_rota", {"month": first, "day": board.days[month].isoformat(), **changes})
        return
    if not writing.actor.may("reception_rota", Verb.EDIT):
        raise Refused(Refusal("not_permitted"))
    writing.save("reception_rota", dict(changes), row=row)


Ticked = Sequence[tuple[int, int]]
"""Month and deputy of each name that was ticked."""


def change(actor: Actor, station_id: int, year: int, action: str, ticked: Ticked,
           *, to: int | None = None, deputy: int | None = None) -> None:
    """A change by hand; it stays when the rota is made anew. Raises Refused."""
    with change_set(actor) as writing:
        board = year_of(writing.session, station_id, year)
        hand = _Hand(writing, board, station_id)
        if action == "add":
            if to is None or deputy is None:
                raise Refused(Refusal("rota_nobody_ticked"))
            hand.allow(deputy, to)
            hand.put(deputy, to)
        elif not ticked:
            raise Refused(Refusal("rota_nobody_ticked"))
        elif action == "swap":
            hand.swap(ticked)
        else:
            for month, person in ticked:
                match action:
                    case "move" if to is not None:
                        hand.take(person, month)
                        hand.put(person, to)
                    case "drop":
                        hand.take(person, month)
                        hand.keep_off(person, month)
                    case "allow":
                        hand.allow(person, month)
                    case _:
                        raise Refused(Refusal("rota_nobody_ticked"))
        hand.write()


class _Hand:
    """Changes by hand while they are made."""

    def __init__(self, writing: Writing, board: Year, station_id: int) -> None:
        self.writing, self.board, self.station_id = writing, board, station_id
        self.slots = {slot.month: slot for slot in board.slots}
        self.people = {person.id: person for person in board.people}
        self.deputies = {month: set(group) for month, group in board.groups.items()}
        self.pinned = {month: set(board.pinned.get(month, ())) for month in rules.MONTHS}
        self.away = {month: set(board.away.get(month, ())) for month in rules.MONTHS}
        self.touched: set[int] = set()

    def _refuse(self, code: str, person: int) -> None:
        """A deputy of another station is not named."""
        deputy: Any = self.writing.session.get(LEDGERS["deputies"], person)
        if deputy is None or deputy.station_id != self.station_id:
            raise Refused(Refusal("no_such_row"))
        raise Refused(Refusal(code, None, {"name": deputy.name}))

    def _open(self, month: int) -> None:
        if month not in self.slots:
            raise Refused(Refusal("rota_moved_meanwhile"))
        if self.slots[month].fixed:
            raise Refused(Refusal("rota_day_past"))
        self.touched.add(month)

    def take(self, person: int, month: int) -> None:
        self._open(month)
        if person not in self.deputies[month]:
            raise Refused(Refusal("rota_moved_meanwhile"))
        self.deputies[month].discard(person)
        self.pinned[month].discard(person)

    def put(self, person: int, month: int) -> None:
        self._open(month)
        if person in self.away[month]:
            self._refuse("rota_is_away", person)
        if person not in self.people or month not in self.people[person].months:
            self._refuse("rota_out_of_office", person)
        if person in self.deputies[month]:
            self._refuse("rota_there_already", person)
        self.deputies[month].add(person)
        self.pinned[month].add(person)

    def keep_off(self, person: int, month: int) -> None:
        self.away[month].add(person)

    def allow(self, person: int, month: int) -> None:
        self._open(month)
        self.away[month].discard(person)

    def swap(self, ticked: Ticked) -> None:
        if len(ticked) != 2 or ticked[0][0] == ticked[1][0]:
            raise Refused(Refusal("rota_two_to_swap"))
        (month, person), (other_month, other) = ticked
        self.take(person, month)
        self.take(other, other_month)
        self.put(person, other_month)
        self.put(other, month)

    def write(self) -> None:
        for month in sorted(self.touched):
            values = {name: sorted(getattr(self, name)[month]) for name in OWN}
            _write(self.writing, self.board, month, values)


@dataclass(frozen=True)
class Hours:
    """When and where the receptions take place."""

    begin: time
    end: time
    place: str


def write_receptions(actor: Actor, station_id: int, year: int, hours: Hours) -> tuple[int, list[str]]:
    """Write a reception for each day to come that has none; how many, and why others were refused. Once more changes nothing."""
    refused: list[str] = []
    with change_set(actor) as writing:
        board = year_of(writing.session, station_id, year)
        drafts = [
            Draft("receptions", {
                "station_id": station_id,
                "activity.title": gettext("Reception day of month %(month)s", month=slot.month),
                "activity.start": datetime.combine(board.days[slot.month], hours.begin),
                "activity.end": datetime.combine(board.days[slot.month], hours.end),
                "activity.place": hours.place,
                "activity.content": gettext("Deputies receive voters and hear their opinions and suggestions"),
                "activity.deputies": board.groups[slot.month],
            })
            for slot in board.slots if not slot.fixed and slot.month not in board.held and slot.month in board.rows
        ]
        outcomes = save_all(writing, drafts)
    for outcome in outcomes:
        if isinstance(outcome, tuple):
            refused += [refusal.sentence() for refusal in outcome]
    return sum(not isinstance(outcome, tuple) for outcome in outcomes), refused
