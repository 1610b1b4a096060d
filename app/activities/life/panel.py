"""The figures above an activity: who is invited, who is still to be told, who was there, who asked for leave, who came besides."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from app.core.access.actor import Actor
from app.core.database import db
from app.core.dictionary.ledger import Ledger

from ..models import ActivityGuest, Attendance, LeaveRequest
from .rules import HELD
from .table import OFFICE

_attendance: Any = Attendance
_guests: Any = ActivityGuest
_leave: Any = LeaveRequest


def summary(actor: Actor, row: Ledger) -> list[dict[str, Any]]:
    """For who keeps the activity; the others read its tabs."""
    if not OFFICE & set(actor.roles):
        return []
    activity: Any = row
    marks = db.session.execute(
        select(_attendance.state, _attendance.told, func.count()).where(_attendance.activity_id == row.id).group_by("state", "told")
    ).all()
    waiting = select(func.count()).where(_leave.activity_id == row.id, _leave.decision == "pending").scalar_subquery()
    guests = select(func.count()).where(_guests.activity_id == row.id).scalar_subquery()
    asked, besides = db.session.execute(select(waiting, guests)).one()

    def count(*states: str, told: bool | None = None) -> int:
        return sum(mark[2] for mark in marks if mark[0] in states and (told is None or (mark[1] == "told") is told))

    tab = f"/activities/show/{row.id}?tab=attendance-activity"
    untold = count("pending", told=False)
    ahead, marking = activity.status in ("planned", "notified"), activity.status in ("under_way", *HELD)
    tiles = [
        _tile(_("Invited"), sum(mark[2] for mark in marks), f"/telling/{row.id}", note=_("Invite and tell")),
        _tile(_("Still to be told"), untold, f"/telling/{row.id}", "warn" if untold else "ok") if ahead else None,
        _tile(_("Were there"), count("present", "late"), tab),
        _tile(_("On leave"), count("leave"), "/leave/" if asked else tab, "warn" if asked else "", _waiting(asked)),
        _tile(_("Not yet marked"), count("pending"), f"/attendance/list/?activity={row.id}&state=pending", "warn") if marking else None,
        _tile(_("Guests of activities"), besides, f"/guests/{row.id}", note=_("Note guests")),
    ]
    return [tile for tile in tiles if tile is not None]


def _waiting(asked: int) -> str:
    return _("%(count)s wait for a decision", count=asked) if asked else ""


def _tile(label: str, value: int, url: str, tone: str = "", note: str = "") -> dict[str, Any]:
    return {"label": label, "value": value, "url": url, "tone": tone if value else "", "note": note}
