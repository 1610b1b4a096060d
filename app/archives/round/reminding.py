"""What the list of faults says and asks of those that are still open: who has it, until when, how long overdue (R24)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.scope import visible
from app.core.dictionary.paths import Paths
from app.core.dictionary.roles import Verb
from app.core.dictionary.standings import STANDINGS, Note, Standing

from ..models import ArchiveCheck
from . import rules
from .models import ArchiveFault, ArchiveRoom

_checks: Any = ArchiveCheck
_faults: Any = ArchiveFault
_rooms: Any = ArchiveRoom
REMINDED_FROM = 20
OPEN = ("fault", "put_right")
TONES = {"overdue": "bad", "today": "warn", "running": "warn", "no_term": "warn", "to_recheck": "warn"}


def words(standing: rules.Fault) -> str:
    match standing.code:
        case "overdue":
            return gettext("Overdue, days: %(count)s", count=standing.days)
        case "today":
            return gettext("To be put right today")
        case "running":
            return gettext("Days left: %(count)s", count=standing.days)
        case "to_recheck":
            return gettext("Waits for the re-check")
        case _:
            return gettext("No day is set")


def notes(session: Session, ids: Sequence[int]) -> dict[int, Note]:
    """How the open ones of a page of faults stand."""
    today = clock.today()
    asked = select(_faults.id, _faults.state, _faults.due_on, _faults.responsible).where(_faults.id.in_(ids), _faults.state.in_(OPEN))
    found = {}
    for row in session.execute(asked):
        standing = rules.standing(row.state, row.due_on, today)
        if standing is not None:
            said = [row.responsible if row.state == "fault" else None, words(standing)]
            found[row.id] = Note("，".join(each for each in said if each), TONES[standing.code])
    return found


def condition(option: str) -> list[Any]:
    return {
        "open": [_faults.state.in_(OPEN)],
        "overdue": [_faults.state == "fault", _faults.due_on < clock.today()],
        "to_recheck": [_faults.state == "put_right"],
    }[option]


def open_faults(session: Session, actor: Actor) -> tuple[int, int]:
    """How many faults are not done with, and how many of these are overdue, as the actor sees the rows."""
    paths = Paths(ArchiveFault)
    counted = select(func.count(), func.count().filter(*condition("overdue"))).select_from(ArchiveFault)
    asked = paths.join(counted).where(*visible(actor, ArchiveFault, paths), *condition("open"))
    still, late = session.execute(asked).one()
    return int(still), int(late)


def rooms_waiting(session: Session, station_id: int, today: date) -> list[str]:
    """Rooms in use that had no round this month, said from its last third on (R24)."""
    if today.day < REMINDED_FROM:
        return []
    made = select(_checks.room).where(_checks.station_id == station_id, _checks.checked_on >= today.replace(day=1))
    asked = select(_rooms.name).where(_rooms.station_id == station_id, _rooms.given_up_on.is_(None), _rooms.name.not_in(made))
    return list(session.scalars(asked.order_by(_rooms.name)))


def reminders(session: Session, actor: Actor, today: date) -> list[dict[str, str]]:
    """What the workbench says to who keeps the archive: faults overdue, rooms without their round."""
    if actor.station_id is None or not actor.may("archive_faults", Verb.EDIT):
        return []
    found = []
    late = open_faults(session, actor)[1]
    if late:
        text = gettext("Faults of the archive rooms are overdue: %(count)s.", count=late)
        found.append({"text": text, "url": "/archive_faults/list/?faults=overdue", "link": gettext("Open the list")})
    rooms = rooms_waiting(session, actor.station_id, today)
    if rooms:
        text = gettext("No inspection round this month yet: %(rooms)s.", rooms="、".join(rooms))
        found.append({"text": text, "url": "/roundlog/", "link": gettext("Log of inspection rounds")})
    return found


STANDINGS["archive_faults"] = Standing(
    path="state",
    name="faults",
    label=_("Faults of the archive room"),
    options={"open": _("Not done with"), "overdue": _("Overdue"), "to_recheck": _("Waits for the re-check")},
    notes=notes,
    condition=condition,
)
