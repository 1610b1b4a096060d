"""What follows when activities, attendance, leave and inspections are written."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.hooks import Saving, after_erasing, after_saving, before_restoring, before_saving
from app.core.ledger import LEDGERS
from app.core.refusals import Refusal, Refused, refuse_any
from app.core.roles import Reach, Verb
from app.core.saving import Writing
from app.core.search import station_of
from app.core.titles import titles_of

from . import rules
from .models import Activity, Attendance, LeaveRequest
from .types import ACTIVITY_TYPES as ACTIVITY_TYPES  # the plans name the same types

_attendance: Any = Attendance
_leave: Any = LeaveRequest


# ---------------------------------------------------------------- activities

@before_saving("activities")
def status_of_activity(saving: Saving) -> None:
    """An activity entered late was held; one that lies ahead was not."""
    values, today = saving.values, clock.today()
    if saving.is_new:
        values["status"] = rules.status_on_entry(values["status"], values["start"], today)
    if saving.changed("status", "start"):
        refuse_any(rules.held_too_early(values["status"], values["start"], today))


@before_saving("activities")
def type_fits_detail(saving: Saving) -> None:
    """A reception, inspection, review meeting or major event hangs on its activity's type: the type stays with it."""
    if saving.is_new or not saving.changed("type"):
        return
    for model in LEDGERS.values():
        one = model.entry.one_to_one
        if one is None or model.fields[one.field].target != "activities" or saving.values["type"] in one.fixed.get("type", ()):
            continue
        if saving.writing.session.scalar(select(model.id).where(getattr(model, f"{one.field}_id") == saving.row.id)) is not None:
            raise Refused(Refusal("type_of_detail", "type", {"ledger": model.entry.label}))


@before_saving("activities")
def invite(saving: Saving) -> None:
    """An activity for all invites whoever is in office that day (S5-4); who is marked already cannot be uninvited in passing."""
    values, before = saving.values, saving.before
    if values["everyone"] and (saving.is_new or saving.changed("everyone")):
        values["deputies"] = sorted({*values["deputies"], *deputies_in_office(saving, values["start"].date())})
    gone = set(before.get("deputies", ())) - set(values["deputies"])
    if gone:
        marked = saving.writing.session.scalars(select(_attendance.deputy_id).where(
            _attendance.activity_id == saving.row.id, _attendance.deputy_id.in_(gone), _attendance.state != "pending")).all()
        if marked:
            names = titles_of(saving.writing.session, [("deputies", row_id) for row_id in marked]).values()
            raise Refused(Refusal("invited_and_marked", "deputies", {"names": "、".join(sorted(names))}))


def deputies_in_office(saving: Saving, on: date) -> set[int]:
    """The station's deputies with a mandate that was exercised on a day."""
    mandates: Any = LEDGERS["mandates"]
    terms: Any = LEDGERS["terms"]
    rows = saving.writing.session.execute(
        select(mandates.deputy_id, mandates.state, mandates.state_since, mandates.elected_on, terms.ends_on)
        .join(terms, terms.id == mandates.term_id).where(mandates.station_id == saving.station_id)
    )
    return {row.deputy_id for row in rows if rules.in_office(row.state, row.state_since, row.elected_on, row.ends_on, on)}


# ---------------------------------------------------------------- attendance

@before_saving("attendance")
def leave_already_granted(saving: Saving) -> None:
    """Who was granted leave before being invited is not waited for."""
    values = saving.values
    if saving.is_new and values["state"] == "pending":
        asked = saving.writing.rows(LeaveRequest, saving.station_id, activity=values["activity"], deputy=values["deputy"])
        if any(each.decision == "approved" for each in asked):
            values["state"] = "leave"


@after_saving("attendance")
def activity_was_held(saving: Saving) -> None:
    """The first deputy who is there makes a planned activity a held one."""
    if saving.values["state"] in rules.SIGNED_IN and saving.changed("state"):
        activity = saving.writing.get(Activity, saving.values["activity"])
        if activity.status == "planned" and activity.start.date() <= clock.today():
            saving.writing.save("activities", {"status": "held"}, row=activity, by_program=True)


# ---------------------------------------------------------------- notices, leave and reports

@before_saving("activity_notices")
@before_restoring("activity_notices")
def notice_once(saving: Saving) -> None:
    _refuse_twin(saving, "activity", "whom", "told_at", "deputy", "organ")


@before_restoring("leave_requests")
def leave_asked_again(saving: Saving) -> None:
    """One request for an occasion."""
    _refuse_twin(saving, "deputy", "activity", "session")


@before_saving("leave_requests")
def request_leave(saving: Saving) -> None:
    """One request for an occasion; asked before or after its start (S10-4); a deputy asks and does not decide."""
    values, writing = saving.values, saving.writing
    leave_asked_again(saving)
    values["timing"] = rules.leave_timing(values["asked_at"], _start_of_occasion(writing, values))
    verb = Verb.ADD if saving.is_new else Verb.EDIT
    if writing.actor.reach("leave_requests", verb) is Reach.SELF and rules.decides(values, saving.before):
        raise Refused(Refusal("not_permitted", "decision"))


@after_saving("leave_requests")
def leave_in_attendance(saving: Saving) -> None:
    """Leave granted is entered in the attendance ledger, leave taken back is taken out (S10-2). Sessions keep their own."""
    values, before = saving.values, saving.before
    was_granted = before.get("decision") == "approved"
    moved = saving.changed("deputy", "activity")
    if was_granted and moved:
        _mark(saving, before["deputy"], before["activity"], "pending")
    if values["decision"] == "approved" or (was_granted and not moved):
        _mark(saving, values["deputy"], values["activity"], values["decision"])


@after_erasing("leave_requests")
def leave_taken_back(saving: Saving) -> None:
    """With the request its mark goes out of the attendance ledger."""
    before = saving.before
    if before["decision"] == "approved":
        _mark(saving, before["deputy"], before["activity"], "pending")


def _mark(saving: Saving, deputy_id: int, activity_id: int | None, decision: str) -> None:
    if activity_id is None:
        return
    mark = next(iter(saving.writing.rows(Attendance, saving.station_id, activity=activity_id, deputy=deputy_id)), None)
    state = rules.attendance_after_decision(decision, str(mark.state) if mark is not None else None)
    if state is not None:
        changes = {"state": state} if mark is not None else {
            "activity": activity_id, "deputy": deputy_id, "state": state, "station_id": saving.station_id}
        saving.writing.save("attendance", changes, row=mark, by_program=True)


def _start_of_occasion(writing: Writing, values: dict[str, Any]) -> Any:
    """The start of the activity, or the first day of the session."""
    for name in ("activity", "session"):
        if values[name] is not None:
            occasion = LEDGERS[LeaveRequest.fields[name].target]
            return getattr(writing.get(occasion, values[name]), occasion.entry.month)
    return None


@after_saving("activities", "congress_sessions")
def timing_of_leave(saving: Saving) -> None:
    """Leave was asked before or after the start as it is now."""
    if saving.is_new or not saving.changed(saving.model.entry.month):
        return
    column = _leave.activity_id if saving.model is Activity else _leave.session_id
    for request in saving.writing.session.scalars(select(LeaveRequest).where(column == saving.row.id)).all():
        values = saving.writing.values(request)
        timing = rules.leave_timing(values["asked_at"], saving.values[saving.model.entry.month])
        if timing != values["timing"]:
            saving.writing.save("leave_requests", {"timing": timing}, row=request, by_program=True)


@before_saving("activity_reports")
@before_restoring("activity_reports")
def report_activity(saving: Saving) -> None:
    """One report of an activity a day, and none before it has begun (S5-5)."""
    values = saving.values
    if values["activity"] is None:
        _refuse_twin(saving, "activity", "sent_on", "subject")
        return
    _refuse_twin(saving, "activity", "sent_on")
    if saving.changed("activity", "sent_on"):
        activity = saving.writing.get(Activity, values["activity"])
        refuse_any(rules.report_after_start(values["sent_on"], activity.start))


# ---------------------------------------------------------------- inspections

@after_saving("inspections")
def holder_takes_part(saving: Saving) -> None:
    """An inspection by certificate is no activity of the station (S6-1); its holder is among those who take part."""
    values, writing = saving.values, saving.writing
    activity = writing.get(Activity, values["activity"])
    arranged = "certificate" if values["certificate"] else "station"
    if activity.arranged != arranged:
        writing.save("activities", {"arranged": arranged}, row=activity, by_program=True)
    if values["holder"] is not None and not writing.rows(Attendance, saving.station_id, activity=activity.id, deputy=values["holder"]):
        writing.save("attendance", {
            "activity": activity.id, "deputy": values["holder"], "station_id": station_of(activity)}, by_program=True)


def _refuse_twin(saving: Saving, *names: str) -> None:
    """No second row with the same values, empty ones included (a UNIQUE takes two empty ones for different)."""
    if not saving.is_new and not saving.changed(*names):
        return
    same = saving.writing.rows(saving.model, saving.station_id, **{name: saving.values[name] for name in names})
    found = next((each for each in same if each.station_id == saving.station_id and each.id != saving.row.id), None)
    if found is not None:
        raise Refused(Refusal("taken", names[-1], {"title": saving.writing.store.title(saving.model, found.id)}))
