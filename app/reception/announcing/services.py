"""What follows for an announcement from whatever is written about its reception, and which receptions still wait for one (S7-3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.dictionary.ledger import LEDGERS
from app.core.records.hooks import Saving, after_erasing, after_saving, before_saving
from app.core.records.saving import Writing
from app.core.refusals import refuse_any
from app.work.services import office_calendar, setting

from ..models import Reception
from . import noticing as noticing  # each posting is a notice to the public
from . import rules
from . import table as table  # the steps are known with the services

_receptions: Any = Reception
GONE = ("leave", "absent")


def _said(values: Any) -> rules.Said | None:
    """What was announced, as the reception keeps it."""
    if values["announced_start"] is None:
        return None
    return rules.Said(values["announced_start"], values["announced_place"] or "", frozenset(values["announced_deputies"]))


def _as_it_is(writing: Writing, activity: Any) -> rules.Said:
    """What is to be announced: who is on leave is not on duty."""
    marks = writing.rows(LEDGERS["attendance"], activity.station_id, activity=activity.id)
    there = frozenset(mark.deputy_id for mark in marks if mark.state not in GONE)
    return rules.Said(activity.start, activity.place or "", there)


@before_saving("receptions")
def keep_what_was_announced(saving: Saving) -> None:
    """With a day of posting goes what was posted; then it is seen whether that still is what will be."""
    values, writing, today = saving.values, saving.writing, clock.today()
    for name in ("announced_on", "announced_again_on"):
        if saving.changed(name):
            refuse_any(rules.not_in_future(name, values[name], today))
    activity: Any = writing.get(LEDGERS["activities"], values["activity"])
    now = _as_it_is(writing, activity)
    if values["announced_on"] is None:
        values.update(announced_by=None, announced_again_on=None, announced_start=None, announced_place=None, announced_deputies=[])
    else:
        if saving.changed("announced_again_on") and values["announced_again_on"] is not None:
            days = rules.posted_anew(values["announced_on"], values["announced_again_on"], _said(values), now)
            values["announced_on"], values["announced_again_on"] = days
        if saving.changed("announced_on", "announced_again_on") and activity.start > clock.now():
            values.update(announced_start=now.start, announced_place=now.place, announced_deputies=sorted(now.deputies))
    begun = activity.start <= clock.now()
    values["announcement"] = rules.state(values["announced_on"], _said(values), now, begun, saving.before.get("announcement", ""))


@after_saving("activities")
def follow_activity(saving: Saving) -> None:
    """Another time or place."""
    if not saving.is_new and saving.changed("start", "place"):
        _look_again(saving.writing, saving.row)


@after_saving("attendance")
@after_erasing("attendance")
def follow_duty(saving: Saving) -> None:
    """Another deputy on duty."""
    if saving.is_new or not saving.values or saving.changed("state"):
        activity = saving.writing.session.get(LEDGERS["activities"], (saving.values or saving.before)["activity"])
        if activity is not None:
            _look_again(saving.writing, activity)


def _look_again(writing: Writing, activity: Any) -> None:
    if activity.type != "reception_day" or activity.start <= clock.now():
        return
    for row in writing.rows(Reception, activity.station_id, activity=activity.id):
        if row.announced_on is not None:
            now = _as_it_is(writing, activity)
            if rules.state(row.announced_on, _said(writing.values(row)), now, False, row.announcement) != row.announcement:
                writing.save("receptions", {}, row=row, by_program=True)


@dataclass(frozen=True)
class Waiting:
    """A reception to come whose announcement is not posted, or says the wrong thing."""

    reception: int
    start: datetime
    outdated: bool
    time: rules.Time


def announcements_waiting(session: Session, station_id: int, first: date, last: date) -> list[Waiting]:
    """The receptions to come in these days that wait for their announcement, the next first."""
    activity: Any = LEDGERS["activities"]
    calendar, today, days = office_calendar(session), clock.today(), int(setting(session, station_id, "reception_notice_days"))
    begin, after = max(clock.now(), datetime.combine(first, datetime.min.time())), datetime.combine(last, datetime.max.time())
    rows = session.execute(
        select(_receptions.id, activity.start, _receptions.announcement)
        .join(activity, activity.id == _receptions.activity_id)
        .where(_receptions.station_id == station_id, _receptions.announcement != "posted", activity.station_id == station_id,
               activity.start > begin, activity.start <= after, activity.status != "cancelled")
        .order_by(activity.start)
    )
    return [
        Waiting(row.id, row.start, row.announcement == "outdated", rules.time_left(row.start.date(), days, today, calendar))
        for row in rows
    ]


def due_now(found: Iterable[Waiting]) -> list[Waiting]:
    """Those of which the office is reminded today."""
    return [each for each in found if each.outdated or each.time.code != "ahead"]
