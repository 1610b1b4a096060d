"""What the office does about signing in: the paper sheet, closing, opening again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from app.core import clock
from app.core.access.actor import Actor
from app.core.devices.operations import one_at_a_time
from app.core.dictionary.roles import Verb
from app.core.records.bulk import Draft, save_whole
from app.core.records.saving import Writing
from app.core.records.writing import change_set
from app.core.refusals import refuse_any

from ..models import Activity, Attendance, LeaveRequest
from . import rules

_attendance: Any = Attendance
_leave: Any = LeaveRequest


def sign_on_paper(actor: Actor, activity_id: int, deputies: Collection[int], rest: str = "") -> int:
    """Enter the signed sheet at once: who is on it was there, the others who are still open get `rest` (请假 or 缺席, empty: they
    stay open). Gives how many were signed in. Raises NotThere, Refused."""
    with change_set(actor) as writing:
        activity = _alone(writing, activity_id)
        refuse_any(rules.may_sign(clock.now(), activity.status, activity.start, None))
        marks = {mark.deputy_id: mark for mark in _marks_of(writing, activity_id)}
        own = {"activity": activity_id, "station_id": activity.station_id}
        signed = [each for each in dict.fromkeys(deputies) if each not in marks or marks[each].state not in rules.SIGNED]
        drafts = [
            Draft("attendance", {"state": "present", "signed_how": "paper", **({} if mark is not None else {**own, "deputy": each})}, mark)
            for each, mark in ((each, marks.get(each)) for each in signed)
        ]
        if rest in ("leave", "absent"):
            missing = [mark for each, mark in marks.items() if mark.state == "pending" and each not in deputies]
            drafts += [Draft("attendance", {"state": rest}, mark) for mark in missing]
        save_whole(writing, drafts)
        return len(signed)


def close(actor: Actor, activity_id: int, held: bool = False) -> str:
    """Close signing in: who is still waited for was on leave or absent (S10-2). Where the activity is over by its own times, or the
    office says so (`held`), it was held by that; gives where it stands now. Raises NotThere, Refused."""
    with change_set(actor) as writing:
        activity, now = _alone(writing, activity_id), clock.now()
        refuse_any(rules.may_close(activity.status, activity.start, activity.checkin_closed_at, now))
        closed = {"checkin_closed_at": now}
        if activity.finished_at is None and (finished := rules.finished_by_closing(activity.start, activity.end, now, held)) is not None:
            closed["finished_at"] = finished
        writing.save("activities", closed, row=activity, by_program=True)
        waited_for = [mark for mark in _marks_of(writing, activity_id) if mark.state == "pending"]
        granted = _granted(writing, activity_id)
        save_whole(
            writing,
            [
                Draft("attendance", {"state": rules.state_when_not_signed(mark.deputy_id in granted, closed=True)}, mark, by_program=True)
                for mark in waited_for
            ],
        )
        return str(activity.status)


def reopen(actor: Actor, activity_id: int, reason: str) -> None:
    """Open signing in again. Marks stay as they are: who was set absent and came is signed in by a touch. Raises NotThere, Refused."""
    with change_set(actor, reason[:200]) as writing:
        activity = _alone(writing, activity_id)
        refuse_any(rules.may_reopen(activity.status, activity.checkin_closed_at, reason))
        writing.save("activities", {"checkin_closed_at": None}, row=activity, by_program=True)


def _alone(writing: Writing, activity_id: int) -> Any:
    """The activity, while no screen signs anybody in to it."""
    one_at_a_time(writing.session, Activity, activity_id)
    return writing.existing("activities", activity_id, Verb.EDIT)


def _marks_of(writing: Writing, activity_id: int) -> list[Any]:
    return list(writing.session.scalars(select(Attendance).where(_attendance.activity_id == activity_id).order_by(_attendance.id)))


def _granted(writing: Writing, activity_id: int) -> set[int]:
    return set(writing.session.scalars(select(_leave.deputy_id).where(_leave.activity_id == activity_id, _leave.decision == "approved")))
