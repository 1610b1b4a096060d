"""The rota of a year: made in one step, changed by hand, and written as receptions (S5-3(2), S7-1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from app.calendar import Calendar
from app.core import clock
from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.records.bulk import Draft, save_all
from app.core.records.hooks import Saving, after_erasing, after_saving, before_saving
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused
from app.work.services import office_calendar

from . import rules
from .hand import change as change  # the screens' one door
from .hand import write_month
from .models import RotaDay
from .reading import Year as Year
from .reading import day_for, held_in
from .reading import year_of as year_of

_rota: Any = RotaDay

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
    held = held_in(saving.writing.session, row.station_id, row.month.year).get(row.month.month)
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


@after_saving("workday_overrides")
@after_erasing("workday_overrides")
def calendar_changed(saving: Saving) -> None:
    """A reception day to come that followed from the calendar follows it on; one that was entered by hand stays (S5-3(2))."""
    session, before = saving.writing.session, saving.before
    days = {values["date"] for values in (saving.values, before) if values}
    now = office_calendar(session)
    built_in = {day: Calendar().is_workday(day) for day in days}
    was = now.instead({**built_in, **({before["date"]: before["kind"] == "workday"} if before else {})})
    months = {day.replace(day=1) for day in days}
    for row in session.scalars(select(_rota).where(_rota.month.in_(months), _rota.day >= clock.today()).order_by(_rota.id)).all():
        counted, anew = (day_for(session, row.station_id, row.month, calendar) for calendar in (was, now))
        if row.day == counted != anew and anew.month == row.month.month:
            saving.writing.save("reception_rota", {"day": anew.isoformat()}, row=row, by_program=True)


def make(actor: Actor, station_id: int, year: int) -> None:
    """Spread the deputies over the days still to come; what was placed by hand, and whoever a reception has, stays."""
    with change_set(actor) as writing:
        board = year_of(writing.session, station_id, year)
        groups = rules.plan(board.people, board.slots)
        for slot in board.slots:
            if not slot.fixed:
                write_month(writing, board, slot.month, {"deputies": groups[slot.month]})


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
