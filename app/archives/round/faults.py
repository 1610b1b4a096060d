"""Each fault is a task: it comes about with the check that finds it, and the check stands where its faults stand (S11-4, R24)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.dictionary.ledger import LEDGERS
from app.core.records.hooks import Saving, after_erasing, after_saving, before_saving
from app.core.records.saving import Writing
from app.core.refusals import Refusal, Refused, refuse_any
from app.work.services import setting

from .. import rules as archive_rules
from ..models import ArchiveCheck
from . import rules
from .models import ArchiveFault, ArchiveRoom

_faults: Any = ArchiveFault
FAULT_DAYS = "archive_fault_days"
OF_SHEET = "import"
"""A sheet from elsewhere says in one word what was done about all that it found."""


@before_saving("archive_checks")
def check_stands_where_its_faults_stand(saving: Saving) -> None:
    """Of a point found not in order just now the fault is still to be written."""
    stands = {} if saving.is_new else {each.point: each.state for each in _of_check(saving.writing, saving.row)}
    found = "put_right" if _told_with_check(saving) else "fault"
    faulty = [each["point"] for each in saving.values["points"] if not each["ok"]]
    saving.values["state"] = rules.check_state(stands.get(point, found) for point in faulty)


@after_saving("archive_checks")
def each_fault_is_a_task(saving: Saving) -> None:
    """A point not in order has its fault, with the words of the check; a point that was in order after all has none."""
    if not saving.changed("points", "checked_on"):
        return
    writing, values = saving.writing, saving.values
    found = {each["point"]: each["words"] for each in values["points"] if not each["ok"]}
    had = {each.point: each for each in _of_check(writing, saving.row)}
    for point, fault in had.items():
        if point not in found:
            writing.erase(fault)
    for point, words in found.items():
        said = {"words": words, "found_on": values["checked_on"]}
        if point in had:
            if any(getattr(had[point], name) != value for name, value in said.items()):
                writing.save("archive_faults", said, row=had[point], by_program=True)
        else:
            task = {"check": saving.row.id, "station": saving.station_id, "point": point, **said}
            if _told_with_check(saving):
                task |= {"remedy": values["remedy"], "put_right_on": values["checked_on"], "put_right_by": values["checker"]}
            writing.save("archive_faults", task, by_program=True)


def _told_with_check(saving: Saving) -> bool:
    return saving.is_new and saving.writing.actor.source == OF_SHEET and bool(saving.values.get("remedy"))


@before_saving("archive_faults")
def fault_has_somebody_and_a_day(saving: Saving) -> None:
    """As said, else the room's keeper and the parameter's days; nothing is put right in days to come."""
    values, writing = saving.values, saving.writing
    check: Any = writing.get(ArchiveCheck, values["check"])
    values["found_on"] = check.checked_on
    refuse_any([*archive_rules.not_after_today(values, clock.today()), *rules.not_before_found(values)])
    if rules.fault_state(values)["state"] != "fault":
        return
    if values.get("responsible") is None:
        values["responsible"] = keeper_of(writing, saving.station_id, check.room) or check.checker
    if values.get("due_on") is None:
        values["due_on"] = rules.due_on(check.checked_on, int(setting(writing.session, saving.station_id, FAULT_DAYS)))


@after_erasing("archive_faults")
def fault_goes_with_its_check(saving: Saving) -> None:
    """What a check found stays until the check says otherwise: a fault deleted alone would leave a round in order that was not."""
    check: Any = saving.writing.store.get(ArchiveCheck, saving.before["check"])
    point = saving.before["point"]
    if any(each["point"] == point and not each["ok"] for each in check.points):
        raise Refused(Refusal("fault_of_check", None, {"point": point, "day": check.checked_on.isoformat()}))


@after_saving("archive_faults")
def check_follows(saving: Saving) -> None:
    """A fault entered by itself stands in its check as well."""
    versions = [values for values in (saving.before, saving.values) if values]
    touched = {values["point"] for values in versions}
    for check_id in {values["check"] for values in versions}:
        check: Any = saving.writing.store.get(ArchiveCheck, check_id)
        if check is None:
            continue
        faults = {each.point: each for each in _of_check(saving.writing, check)}
        points = rules.points_with(check.points, {point: faults[point].words if point in faults else None for point in touched})
        if points != check.points or rules.check_state(each.state for each in faults.values()) != check.state:
            saving.writing.save("archive_checks", {"points": points}, row=check, by_program=True)


def keeper_of(writing: Writing, station_id: int | None, room: str) -> str | None:
    """The name of who keeps a room."""
    found: list[Any] = writing.rows(ArchiveRoom, station_id, name=room)
    keeper: Any = writing.get(LEDGERS["station_staff"], found[0].keeper_id) if found and found[0].keeper_id is not None else None
    return keeper.name if keeper is not None else None


def give(writing: Writing, check: Any, tasks: Mapping[str, Mapping[str, Any]]) -> None:
    """Give the faults of a check to whom a round's screen named, until the day it named. Raises Refused."""
    for fault in _of_check(writing, check):
        task = tasks.get(fault.point)
        if task:
            writing.save("archive_faults", task, row=fault, by_program=True)


def _of_check(writing: Writing, check: Any) -> list[Any]:
    return writing.rows(ArchiveFault, check.station_id, check=check.id)


def faults_of(session: Session, check_ids: Collection[int]) -> dict[int, list[Any]]:
    """The faults of these checks, in the order in which they were found."""
    found: dict[int, list[Any]] = defaultdict(list)
    for fault in session.scalars(select(ArchiveFault).where(_faults.check_id.in_(check_ids)).order_by(_faults.id)):
        found[fault.check_id].append(fault)
    return found
