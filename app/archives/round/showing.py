"""What the round's screen shows: the points, the limits, the room's last rounds and the faults that are still open in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.devices.openscreens import Opened, row_of
from app.core.devices.operations import KeptOperation
from app.core.dictionary.ledger import LEDGERS
from app.core.files.attachments import Attachment
from app.work.services import setting

from ..models import CHECK_STATES, ArchiveCheck
from . import rules
from .faults import FAULT_DAYS, faults_of
from .models import FAULT_STATES, ArchiveFault
from .reminding import OPEN
from .services import POINTS, keeper_name, limits_of, source_of

_checks: Any = ArchiveCheck
_faults: Any = ArchiveFault
LAST_ROUNDS = 6
MOST_CHECKERS = 8
MOST_FAULTS = 50


def shown_on(session: Session, opened: Opened) -> dict[str, Any]:
    """Everything that the screen draws, in a handful of statements."""
    room: Any = row_of(opened)
    limits, today = limits_of(session, room.station_id), clock.today()
    last, faults = _checks_of(session, opened, room)
    return {
        "revision": opened.revision,
        "place": f"{opened.screen}:{opened.ledger}:{opened.row_id}",
        "now": clock.milliseconds(clock.utc_now()),
        "today": today.isoformat(),
        "room": {"name": room.name, "place": room.place or "", "meter": room.meter},
        "points": list(setting(session, room.station_id, POINTS)),
        "limits": {name: [float(each.least), float(each.most)] for name, each in limits.items()},
        "source": source_of(session, room.station_id, limits),
        "checkers": _checkers(session, room.station_id, [each["checker"] for each in last]),
        "responsible": keeper_name(session, room),
        "faultDays": int(setting(session, room.station_id, FAULT_DAYS)),
        "rounds": last,
        "faults": faults,
    }


def _checks_of(session: Session, opened: Opened, room: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The last rounds of the room, newest first, and each fault that is open; `round` is the device's id where a screen made it."""
    of_room = (_checks.station_id == room.station_id, _checks.room == room.name)
    asked = select(ArchiveCheck).where(*of_room)
    newest = list(session.scalars(asked.order_by(_checks.checked_on.desc(), _checks.id.desc()).limit(LAST_ROUNDS)))
    of_faults = select(ArchiveFault).join(ArchiveCheck, _checks.id == _faults.check_id).where(*of_room, _faults.state.in_(OPEN))
    still = list(session.scalars(of_faults.order_by(_faults.due_on, _faults.id).limit(MOST_FAULTS)))
    ids = {each.id for each in newest}
    tasks = faults_of(session, ids)
    kept = select(KeptOperation.subject, KeptOperation.outcome).where(
        KeptOperation.ledger == opened.ledger, KeptOperation.row_id == opened.row_id, KeptOperation.kind == rules.ROUND,
        KeptOperation.taken.is_(True),
    ).order_by(KeptOperation.id.desc()).limit(60)
    made = {row.outcome["check"]: row.subject.removeprefix("round:") for row in session.execute(kept)}
    of_checks = (Attachment.ledger == "archive_checks", Attachment.row_id.in_(ids))
    counted = select(Attachment.row_id, func.count().label("count")).where(*of_checks)
    photos = {row.row_id: row.count for row in session.execute(counted.group_by(Attachment.row_id))}
    today = clock.today()

    def shown(check: Any) -> dict[str, Any]:
        return {
            "id": check.id, "round": made.get(check.id, ""), "day": check.checked_on.isoformat(), "checker": check.checker,
            "state": CHECK_STATES.label(check.state), "tone": CHECK_STATES.tone(check.state), "photos": photos.get(check.id, 0),
            "temperature": _number(check.temperature), "humidity": _number(check.humidity),
            "faults": [_said(each) for each in tasks.get(check.id, [])],
        }

    return [shown(each) for each in newest], [_task(each, today) for each in still]


def _said(fault: Any) -> dict[str, str]:
    return {"point": fault.point, "words": fault.words, "state": FAULT_STATES.label(fault.state)}


def _task(fault: Any, today: date) -> dict[str, Any]:
    """A fault with who has it, until when, and how it stands."""
    standing = rules.standing(fault.state, fault.due_on, today)
    return {
        "id": fault.id, "day": fault.found_on.isoformat(), "faults": [_said(fault)],
        "responsible": fault.responsible or "", "due": fault.due_on.isoformat() if fault.due_on else "",
        "standing": standing.code if standing is not None else "", "days": standing.days if standing is not None else 0,
    }


def _number(value: Any) -> float | None:
    return float(value) if value is not None else None


def _checkers(session: Session, station_id: int, lately: list[str]) -> list[str]:
    """Who checked here of late, then the station's staff."""
    staff: Any = LEDGERS["station_staff"]
    today = clock.today()
    serving = session.scalars(select(staff.name).where(staff.station_id == station_id, (staff.until.is_(None)) | (staff.until >= today)))
    return list(dict.fromkeys([*lately, *serving]))[:MOST_CHECKERS]
