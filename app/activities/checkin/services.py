"""Signing in: what a screen's operations do to the ledgers, and what open screens hear of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from app.core.devices.openscreens import SOURCE, Opened, changed
from app.core.devices.operations import Beside, Done, Earlier, Handler, Operation, earlier, one_at_a_time
from app.core.dictionary.ledger import LEDGERS
from app.core.records.hooks import Saving, after_erasing, after_saving
from app.core.records.saving import Writing
from app.core.refusals import Refusal, Refused, refuse_any

from ..models import GUEST_KINDS, Activity, ActivityGuest, Attendance, LeaveRequest
from . import rules
from .cards import deputy_of_card

_attendance: Any = Attendance
_guest: Any = ActivityGuest
_leave: Any = LeaveRequest
MOST_NAME = 40
MOST_UNIT = 120


# ---------------------------------------------------------------- what a screen does

def going_beside(batch: Sequence[Any]) -> Beside:
    """When other batches may run at the same time as this one."""
    kinds = [str(each.get("kind")) if isinstance(each, dict) else "" for each in batch]

    def beside(activity: Any) -> bool:
        return rules.may_go_beside(kinds, activity.status)

    return beside


def handler_of(opened: Opened, locking: bool = False) -> Handler:
    """What this screen's operations do: each sets how one deputy or guest stands, in this activity and nowhere else. `locking`: its
    only operation may run beside others, so it locks the deputy."""

    def handle(writing: Writing, operation: Operation) -> Done:
        activity = writing.session.get(Activity, opened.row_id)
        if activity is None:
            raise Refused(Refusal("screen_row_gone"))
        if operation.clock_doubtful:
            writing.reason = _("The screen's clock was wrong: the time is that of receipt")
        refuse_any(rules.may_sign(operation.at, activity.status, activity.start, activity.checkin_closed_at))
        if operation.kind == rules.GUEST:
            return sign_guest(writing, activity, operation)
        if operation.kind not in (rules.PRESENT, rules.UNDO, rules.SCAN):
            raise Refused(Refusal("checkin_unknown"))
        deputy_id = _deputy_meant(writing, activity, operation)
        if locking:
            one_at_a_time(writing.session, LEDGERS["deputies"], deputy_id)
        subject = f"deputy:{deputy_id}"
        before = earlier(writing.session, opened, subject)
        return Done(subject, touch(writing, activity, deputy_id, operation, before))

    return handle


def _deputy_meant(writing: Writing, activity: Any, operation: Operation) -> int:
    if operation.kind == rules.SCAN:
        code = operation.facts.get("code")
        return deputy_of_card(writing.session, code if isinstance(code, str) else "", activity.station_id)
    given = operation.facts.get("deputy")
    if isinstance(given, int) and not isinstance(given, bool) and 0 < given < 2**31:
        deputy: Any = LEDGERS["deputies"]
        if writing.session.scalar(select(deputy.station_id).where(deputy.id == given)) == activity.station_id:
            return given
    raise Refused(Refusal("checkin_no_deputy"))


def touch(writing: Writing, activity: Any, deputy_id: int, operation: Operation, before: list[Earlier]) -> Mapping[str, Any]:
    """Bring the deputy's mark to what all touches of the deputy come to, whichever of them came in last."""
    mark = mark_of(writing, activity.id, deputy_id)
    touches = [rules.Touch(each.kind, each.at, each.uid) for each in before]
    stands = rules.standing([*touches, rules.Touch(operation.kind, operation.at, operation.uid)])
    later = activity.checkin_closed_at is not None
    if stands is not None:
        return _signed(writing, activity, deputy_id, mark, stands, later)
    walked_in = any(each.outcome.get("walked_in") for each in before)
    if mark is None or mark.state not in rules.SIGNED or (mark.signed_at is not None and mark.signed_at > operation.at):
        return _told(mark)
    if walked_in:
        writing.erase(mark)
        return {"state": "none"}
    on_leave = granted_leave(writing, activity.id, deputy_id)
    state = rules.state_when_not_signed(on_leave, later)
    mark = writing.save(
        "attendance", {"state": state, "signed_at": None, "signed_how": None, "sent_later": False}, row=mark, by_program=True
    )
    return _told(mark)


def _signed(writing: Writing, activity: Any, deputy_id: int, mark: Any, stands: rules.Touch, later: bool) -> Mapping[str, Any]:
    """Sign in by the touch that stands; who has signed in on paper or was marked by the office stays as entered there."""
    screens = ("screen", "scan")
    if mark is not None and mark.state in rules.SIGNED and mark.signed_how not in screens:
        return _told(mark)
    at = stands.at.replace(microsecond=0)
    values = {
        "state": rules.state_when_signed(at, activity.start, activity.late_after),
        "signed_at": at,
        "signed_how": "scan" if stands.kind == rules.SCAN else "screen",
        "sent_later": later and (mark is None or mark.state not in rules.SIGNED or mark.sent_later),
    }
    new = mark is None
    if new:
        values |= {"activity": activity.id, "deputy": deputy_id, "station_id": activity.station_id}
    mark = writing.save("attendance", values, row=mark, by_program=True)
    return {**_told(mark), **({"walked_in": True} if new else {})}


def _told(mark: Any) -> dict[str, Any]:
    """What the screen is told of a mark."""
    if mark is None:
        return {"state": "none"}
    return {"state": mark.state, "at": mark.signed_at, "later": bool(mark.sent_later)}


def mark_of(writing: Writing, activity_id: int, deputy_id: int) -> Any:
    statement = select(Attendance).where(_attendance.activity_id == activity_id, _attendance.deputy_id == deputy_id)
    return writing.session.scalars(statement).first()


def granted_leave(writing: Writing, activity_id: int, deputy_id: int) -> bool:
    statement = select(_leave.id).where(
        _leave.activity_id == activity_id, _leave.deputy_id == deputy_id, _leave.decision == "approved"
    )
    return writing.session.scalar(statement) is not None


def sign_guest(writing: Writing, activity: Any, operation: Operation) -> Done:
    """A guest who was expected is signed in, another one is entered and signed in (S3, S8-1)."""
    facts = operation.facts
    name, unit = (" ".join(str(facts.get(key) or "").split()) for key in ("name", "unit"))
    kind = facts.get("guest") if facts.get("guest") in GUEST_KINDS.labels else "voter"
    too_long = [(key, most, len(given)) for key, most, given in (("name", MOST_NAME, name), ("unit", MOST_UNIT, unit)) if len(given) > most]
    if too_long:
        raise Refused(*(Refusal("too_long", key, {"most": most, "now": now}) for key, most, now in too_long))
    if not name:
        raise Refused(Refusal("required", "name"))
    at = operation.at.replace(microsecond=0)
    guest: Any = writing.session.scalars(
        select(ActivityGuest).where(_guest.activity_id == activity.id, _guest.name == name)
    ).first()
    if guest is None:
        values = {"activity": activity.id, "station_id": activity.station_id, "name": name, "kind": kind, "unit": unit or None}
        guest = writing.save("activity_guests", {**values, "signed_at": at}, by_program=True)
    elif guest.signed_at is None or guest.signed_at > at:
        guest = writing.save("activity_guests", {"signed_at": at}, row=guest, by_program=True)
    return Done(f"guest:{guest.id}", {"guest": guest.id})


# ---------------------------------------------------------------- open screens hear of it

@after_saving("attendance", "activity_guests")
def screens_see_mark(saving: Saving) -> None:
    """Marks that the office makes are seen on open screens at once; a screen's own batch tells them once, at its end."""
    if saving.writing.actor.source != SOURCE:
        _told_last(saving.writing, saving.values["activity"])


@after_erasing("attendance", "activity_guests")
def screens_see_erased(saving: Saving) -> None:
    if saving.writing.actor.source != SOURCE:
        _told_last(saving.writing, saving.before["activity"])


def _told_last(writing: Writing, activity_id: int) -> None:
    writing.last["open screens", activity_id] = lambda: changed(writing.session, "activities", activity_id)


@after_saving("activities")
def screens_see_activity(saving: Saving) -> None:
    if not saving.is_new:
        changed(saving.writing.session, "activities", saving.row.id)
