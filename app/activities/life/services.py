"""What follows for an activity's life from whatever is written about it: its state, and who has been told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.core import clock
from app.core.records.bulk import Draft, save_whole
from app.core.records.hooks import Saving, after_erasing, after_saving, before_restoring, before_saving
from app.core.records.saving import Writing
from app.core.refusals import Refusal, Refused, refuse_any

from ..models import Activity, ActivityNotice, Attendance
from ..rules import SIGNED_IN
from . import rules
from .table import facts


@before_saving("activities")
def where_it_stands(saving: Saving) -> None:
    """Entered after its day it was held; a changed time or place is to be told again; then its state follows."""
    values, now, writing = saving.values, clock.now(), saving.writing
    if saving.is_new:
        if values["cancelled_on"] is None and values["finished_at"] is None:
            values["finished_at"] = rules.held_on_entry(values["start"], values["end"], now)
    elif saving.changed("start", "place"):
        told = [notice.told_at for notice in writing.rows(ActivityNotice, saving.station_id, activity=saving.row.id)]
        values["moved_at"] = rules.told_anew_from(saving.before, values, now, max(told, default=None))
    if saving.changed("start", "finished_at"):
        refuse_any(rules.held_too_early(values["finished_at"], values["start"], now))
    values["status"] = rules.stands(facts(writing.store, saving.station_id, None if saving.is_new else saving.row.id, values))


@after_saving("activities")
def tell_of_change(saving: Saving) -> None:
    """Who was told of another time or place is to be told again."""
    if not saving.is_new and saving.changed("start", "moved_at"):
        tell_anew(saving.writing, saving.row)


@before_saving("activity_notices")
def told_by_now(saving: Saving) -> None:
    """A notice is entered when it has been given."""
    if saving.changed("told_at"):
        refuse_any(rules.told_in_future(saving.values["told_at"], clock.now()))


@after_saving("activity_notices")
@after_erasing("activity_notices")
def tell_of_notice(saving: Saving) -> None:
    """Whom a notice reached, and whom not."""
    for activity_id in {values["activity"] for values in (saving.values, saving.before) if values}:
        if (activity := saving.writing.store.get(Activity, activity_id)) is not None:
            tell_anew(saving.writing, activity)


def tell_anew(writing: Writing, activity: Any) -> None:
    """Write for each deputy invited whether that deputy has been told, and where the activity stands by that."""
    notices = notices_of(writing, activity)
    drafts = []
    for mark in writing.rows(Attendance, activity.station_id, activity=activity.id):
        state = rules.told(mark.deputy_id, clock.to_office(mark.created_at), notices, activity.start, activity.moved_at)
        if state != mark.told:
            drafts.append(Draft("attendance", {"told": state}, mark, by_program=True))
    save_whole(writing, drafts)
    stand_anew(writing, activity)


def notices_of(writing: Writing, activity: Any) -> list[rules.Notice]:
    """The notices to deputies."""
    return [
        rules.Notice(row.told_at, clock.to_office(row.created_at), row.deputy_id, row.reached)
        for row in writing.rows(ActivityNotice, activity.station_id, activity=activity.id)
        if row.whom in ("all_deputies", "deputy")
    ]


@before_saving("attendance")
def invited_and_told(saving: Saving) -> None:
    """Nobody signs in to what was called off; who is entered after the start was told with the others."""
    values, writing = saving.values, saving.writing
    activity = writing.get(Activity, values["activity"])
    if values["state"] in SIGNED_IN and saving.changed("state") and activity.cancelled_on is not None:
        raise Refused(Refusal("cancelled_activity", "state"))
    if saving.is_new and activity.start <= (now := clock.now()):
        values["told"] = rules.told(values["deputy"], now, notices_of(writing, activity), activity.start, activity.moved_at)


@after_saving("attendance")
def activity_follows(saving: Saving) -> None:
    """The first deputy who is there sets the activity going, or shows that it was held; one more who is invited must be told."""
    values, writing = saving.values, saving.writing
    activity = writing.get(Activity, values["activity"])
    if values["state"] in SIGNED_IN and saving.changed("state"):
        _sign_in(writing, activity, clock.now())
    elif (saving.changed("state") and not saving.is_new) or (saving.is_new and activity.status == "notified"):
        stand_anew(writing, activity)


def _sign_in(writing: Writing, activity: Any, now: datetime) -> None:
    if activity.status in ("planned", "notified") and activity.start.date() <= now.date():
        if rules.over(activity.start, activity.end, now):
            finished = {"finished_at": activity.end or activity.start}
            writing.save("activities", finished, row=activity, by_program=True)
        else:
            stand_anew(writing, activity)


@after_erasing("attendance")
def activity_without(saving: Saving) -> None:
    """One less to be told."""
    activity = saving.writing.store.get(Activity, saving.before["activity"])
    if activity is not None:
        stand_anew(saving.writing, activity)


@after_saving("activity_reports")
@after_erasing("activity_reports")
def activity_reported(saving: Saving) -> None:
    """A report of an activity shows that it was held; without one it is no longer reported on."""
    writing = saving.writing
    for activity_id in {values.get("activity") for values in (saving.values, saving.before)}:
        activity: Any = writing.store.get(Activity, activity_id) if activity_id is not None else None
        if activity is None:
            continue
        sent = saving.values.get("activity") == activity_id and saving.values.get("sent_on") is not None
        if sent and activity.finished_at is None and activity.cancelled_on is None:
            writing.save("activities", {"finished_at": activity.end or activity.start}, row=activity, by_program=True)
        else:
            stand_anew(writing, activity)


def stand_anew(writing: Writing, activity: Any) -> None:
    """Write where an activity stands, after something that it depends on was written."""
    values = {name: getattr(activity, name) for name in ("start", "end", "cancelled_on", "finished_at")}
    if rules.stands(facts(writing.store, activity.station_id, activity.id, values)) != activity.status:
        writing.save("activities", {}, row=activity, by_program=True)


@before_restoring("attendance")
def no_return_to_cancelled(saving: Saving) -> None:
    """Who was there does not come back to an activity that was called off meanwhile."""
    activity = saving.writing.store.get(Activity, saving.values["activity"])
    if activity is not None and activity.cancelled_on is not None and saving.values["state"] in SIGNED_IN:
        raise Refused(Refusal("cancelled_activity", "state"))
