"""What a round does to the ledgers: its check, the room that it names, and to whom its faults are given (S11-4, R24)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.devices.openscreens import Opened, row_of
from app.core.devices.operations import Done, Handler, Operation, earlier
from app.core.dictionary.ledger import LEDGERS
from app.core.records.hooks import Saving, after_saving, before_saving
from app.core.records.saving import Writing
from app.core.refusals import Refusal, Refused, named, refuse_any
from app.work.services import setting

from ..models import ArchiveCheck
from . import faults, rules
from . import reminding as reminding  # what lists say of faults, and the steps, are known with the services
from . import table as table
from .asked import POINTS as POINTS
from .models import ArchiveFault, ArchiveRoom
from .rules import Said

_checks: Any = ArchiveCheck
_rooms: Any = ArchiveRoom
SCREEN, SOURCE = "round", "archive_climate_source"
FROM_PAPER = frozenset({"import", "demo"})
"""Sources of sheets of the past, which have the points of their time."""


# ---------------------------------------------------------------- what follows from a check

@before_saving("archive_checks")
def points_are_those_of_the_setting(saving: Saving) -> None:
    """A point that nobody set is not checked; a row of the past keeps its own."""
    if saving.writing.actor.source in FROM_PAPER or not saving.changed("points"):
        return
    known = [each["point"] for each in saving.before.get("points") or ()]
    expected = setting(saving.writing.session, saving.station_id, POINTS)
    refuse_any(rules.only_points_of_setting([each["point"] for each in saving.values["points"]], expected, known))


@after_saving("archive_checks")
def room_is_listed(saving: Saving) -> None:
    """The calendar knows a room from its first check on, wherever that was entered."""
    if saving.changed("room") and not saving.writing.rows(ArchiveRoom, saving.station_id, name=saving.values["room"]):
        values = {"station": saving.station_id, "name": saving.values["room"], "since": saving.values["checked_on"]}
        saving.writing.save("archive_rooms", values, by_program=True)


@after_saving("archive_rooms")
def checks_follow_their_room(saving: Saving) -> None:
    """A room under a new name takes its checks along."""
    if not saving.is_new and saving.changed("name"):
        for check in saving.writing.rows(ArchiveCheck, saving.station_id, room=saving.before["name"]):
            saving.writing.save("archive_checks", {"room": saving.values["name"]}, row=check, by_program=True)


# ---------------------------------------------------------------- a round as its screen sends it

def handler_of(opened: Opened) -> Handler:
    """What this screen's operations do: in this room and nowhere else."""

    def handle(writing: Writing, operation: Operation) -> Done:
        if operation.kind != rules.ROUND:
            raise Refused(Refusal("round_unknown"))
        if operation.clock_doubtful:
            writing.reason = _("The screen's clock was wrong: the time is that of receipt")
        return enter(writing, opened, row_of(opened), operation)

    return handle


def enter(writing: Writing, opened: Opened, room: Any, operation: Operation) -> Done:
    """Write the check of a round, once, however often and under whatever operation it was sent."""
    subject, said, day = subject_of(operation.facts.get("round")), Said(operation.facts), operation.at.date()
    before = earlier(writing.session, opened, subject)
    if before:
        return Done(subject, before[-1].outcome)
    refuse_any(rules.room_in_use(day, room.given_up_on))
    refuse_any(rules.no_point_left_out(said.named, setting(writing.session, room.station_id, POINTS)))
    values = {"station": room.station_id, "room": room.name, **rules.round_values(said, day)}
    try:
        check = writing.save("archive_checks", values)
    except Refused as refused:
        raise Refused(*named(_said_plainly(refused), ArchiveCheck)) from refused
    try:
        faults.give(writing, check, rules.tasks_said(said))
    except Refused as refused:
        raise Refused(*named(refused.refusals, ArchiveFault)) from refused
    return Done(subject, {"check": check.id})


def _said_plainly(refused: Refused) -> list[Refusal]:
    """Two rounds of a room on one day are one row: what that means is said."""
    return [Refusal("round_made") if each.code == "taken" else each for each in refused.refusals]


def subject_of(given: Any) -> str:
    """Which round an operation is about, by the id that its device drew."""
    known = rules.round_id(given)
    if known is None:
        raise Refused(Refusal("round_unknown"))
    return f"round:{known}"


def check_entered(session: Session, opened: Opened, given: Any) -> Any:
    """The check that a round of this screen wrote. Raises Refused."""
    done = earlier(session, opened, subject_of(given))
    found: Any = session.get(ArchiveCheck, done[0].outcome["check"]) if done else None
    if found is None:
        raise Refused(Refusal("round_not_here"))
    return found


# ---------------------------------------------------------------- what is read of rooms

def limits_of(session: Session, station_id: int | None) -> dict[str, rules.Limits]:
    """Between what temperature and humidity are to lie."""
    return {
        name: rules.Limits(setting(session, station_id, f"archive_{name}_least"), setting(session, station_id, f"archive_{name}_most"))
        for name in rules.STANDARD
    }


def source_of(session: Session, station_id: int | None, limits: dict[str, rules.Limits]) -> str:
    """Where the limits come from: as the parameter says; limits of the station's own do not stand under the name of the proposal."""
    said = str(setting(session, station_id, SOURCE))
    own = said == rules.STANDARD_SOURCE and limits != rules.STANDARD
    return _("the station's parameters") if own else said


def rooms_of(session: Session, station_id: int) -> list[Any]:
    return list(session.scalars(select(ArchiveRoom).where(_rooms.station_id == station_id).order_by(_rooms.name)))


def checks_of(session: Session, room: Any, first: date, last: date) -> list[Any]:
    """The checks of a room in a period, the earliest first."""
    of_room = (_checks.station_id == room.station_id, _checks.room == room.name)
    wanted = (_checks.checked_on >= first, _checks.checked_on <= last)
    return list(session.scalars(select(ArchiveCheck).where(*of_room, *wanted).order_by(_checks.checked_on, _checks.id)))


def keeper_name(session: Session, room: Any) -> str:
    keeper: Any = session.get(LEDGERS["station_staff"], room.keeper_id) if room.keeper_id is not None else None
    return keeper.name if keeper is not None else ""
