"""What follows when leave is asked for, decided, taken back (S5-4, S10-3, S10-4)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Reach, Verb
from app.core.records.hooks import Saving, after_erasing, after_saving, before_restoring, before_saving
from app.core.records.saving import Writing
from app.core.refusals import Refusal, Refused

from .. import rules
from ..models import Activity, Attendance, LeaveRequest
from ..twins import refuse_twin
from .table import DECISION

_attendance: Any = Attendance
_leave: Any = LeaveRequest


@before_saving("attendance")
def leave_already_granted(saving: Saving) -> None:
    """Who was granted leave before being invited is not waited for."""
    values = saving.values
    if saving.is_new and values["state"] == "pending":
        asked = saving.writing.rows(LeaveRequest, saving.station_id, activity=values["activity"], deputy=values["deputy"])
        if any(each.decision == "approved" for each in asked):
            values["state"] = "leave"


@before_restoring("leave_requests")
def leave_asked_again(saving: Saving) -> None:
    """One request for an occasion."""
    refuse_twin(saving, "deputy", "activity", "session")


@before_saving("leave_requests")
def request_leave(saving: Saving) -> None:
    """One request for an occasion; asked before or after its start (S10-4); a deputy asks and does not decide."""
    values, writing = saving.values, saving.writing
    leave_asked_again(saving)
    values["timing"] = rules.leave_timing(values["asked_at"], _start_of_occasion(writing, values))
    verb = Verb.ADD if saving.is_new else Verb.EDIT
    if writing.actor.reach("leave_requests", verb) is Reach.SELF and rules.decides(values, saving.before):
        raise Refused(Refusal("not_permitted", "decision"))
    if not DECISION.leads(writing.actor.roles, saving.before.get("decision", "pending"), values["decision"]):
        raise Refused(Refusal("not_permitted", "decision"))


@after_saving("leave_requests")
def leave_in_attendance(saving: Saving) -> None:
    """Leave granted is entered in the attendance ledger, leave taken back is taken out (S10-2). Sessions keep their own."""
    values, before = saving.values, saving.before
    was_granted = before.get("decision") == "approved"
    moved = saving.changed("deputy", "activity")
    if was_granted and moved:
        _mark(saving, before["deputy"], before["activity"], "pending")
    if values["decision"] != "pending" or (before.get("decision", "pending") != "pending" and not moved):
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
    over = saving.writing.get(Activity, activity_id).finished_at is not None
    state = rules.attendance_after_decision(decision, str(mark.state) if mark is not None else None, over)
    if state is not None:
        changes = {"state": state} if mark is not None else {
            "activity": activity_id, "deputy": deputy_id, "state": state, "station_id": saving.station_id}
        saving.writing.save("attendance", changes, row=mark, by_program=True)


@after_saving("activities")
def refused_is_absent(saving: Saving) -> None:
    """Who was refused leave and did not come was absent, once the activity is over (S10-4)."""
    if saving.is_new or not saving.changed("finished_at") or saving.values["finished_at"] is None:
        return
    declined = select(_leave.deputy_id).where(_leave.activity_id == saving.row.id, _leave.decision == "declined")
    marks = select(_attendance).where(_attendance.activity_id == saving.row.id, _attendance.deputy_id.in_(declined))
    for mark in saving.writing.session.scalars(marks).all():
        state = rules.attendance_after_decision("declined", mark.state, over=True)
        if state is not None:
            saving.writing.save("attendance", {"state": state}, row=mark, by_program=True)


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
