"""The time for assigning an opinion (R09): written with the opinion, counted anew when working days are entered or put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import program
from app.core.database import db
from app.core.dictionary.standings import STANDINGS, Note, Standing
from app.core.records.bulk import Draft, save_all
from app.core.records.hooks import Saving, after_erasing, after_saving, before_saving
from app.core.records.saving import Writing
from app.core.records.search import station_of
from app.core.records.writing import change_set
from app.work.services import office_calendar, setting

from ..models import Opinion, Reception
from ..outcomes import Assignment
from ..services import days_of_source
from . import rules

_opinions: Any = Opinion
_receptions: Any = Reception
_CHUNK = 2_000
TONES = {"in_time": "ok", "late": "bad", "overdue": "bad", "today": "warn", "soon": "warn", "running": "info", "advisory": "mute"}
OPEN = and_(
    _opinions.status.in_(rules.WAITING), _opinions.assign_signed_on.is_(None), _opinions.assign_due.is_not(None))
"""Opinions whose clock runs."""


def dated(writing: Writing, station_id: int | None, values: Mapping[str, Any]) -> rules.Dated:
    """Until when an opinion with these values is to be assigned."""
    if not rules.has_due(values["handling"], values["referred_on"] is not None):
        return rules.Dated()
    days = days_of_source(writing, values["reception"], values["visit"])
    ended_on = days[1] if days is not None else values["heard_on"]
    return rules.dated(office_calendar(writing.session, writing.id), ended_on, _workdays(writing, station_id))


def _workdays(writing: Writing, station_id: int | None) -> int:
    """The station's parameter, read once in a change set."""
    kept = writing.session.info.setdefault("assignment_workdays", {})
    found = kept.get((writing.id, station_id))
    if found is None:
        found = kept[writing.id, station_id] = int(setting(writing.session, station_id, "assignment_workdays"))
    return int(found)


@before_saving("opinions")
def date_opinion(saving: Saving) -> None:
    """An open opinion is dated with every change; a closed one never again (S8-3)."""
    values, before = saving.values, saving.before
    signed = [] if saving.is_new else [
        row.signed_on for row in saving.writing.rows(Assignment, saving.station_id, opinion=saving.row.id) if row.signed_on is not None
    ]
    values["assign_signed_on"] = min(signed, default=None)
    if not saving.is_new and values["closed_on"] is not None and before["closed_on"] is not None:
        return
    found = dated(saving.writing, saving.station_id, values)
    if saving.is_new or not found.same_day(_kept(values)):
        values["assign_due"], values["assign_due_provisional"], values["assign_due_by"] = found.due, found.provisional, found.by


def _kept(values: Mapping[str, Any]) -> rules.Dated:
    return rules.Dated(values["assign_due"], values["assign_due_provisional"])


@after_saving("assignments")
@after_erasing("assignments")
def first_signature(saving: Saving) -> None:
    """The first signature stops the clock; a sheet that is gone was never signed."""
    opinion_id = (saving.values or saving.before)["opinion"]
    opinion: Any = saving.writing.session.get(Opinion, opinion_id)
    if opinion is None:
        return
    sheets = saving.writing.rows(Assignment, station_of(opinion), opinion=opinion_id)
    if min((row.signed_on for row in sheets if row.signed_on is not None), default=None) != opinion.assign_signed_on:
        saving.writing.save("opinions", {}, row=opinion, by_program=True)


@after_saving("activities")
def end_of_reception(saving: Saving) -> None:
    """The clock runs from the end of the reception: another end, another last day."""
    if saving.is_new or not saving.changed("start", "end"):
        return
    of_it = select(_receptions.id).where(_receptions.activity_id == saving.row.id)
    _redate(saving.writing, _opinions.reception_id.in_(of_it))


@after_saving("workday_overrides")
@after_erasing("workday_overrides")
def calendar_changed(saving: Saving) -> None:
    """A day that became free or worked moves what is counted across it; a year that is known in full makes its terms final."""
    days = {values["date"] for values in (saving.values, saving.before) if values}
    if not saving.is_new and saving.values and not saving.changed("date", "kind"):
        return
    saving.writing.session.info.pop("calendar", None)
    across = and_(func.coalesce(_opinions.heard_on, min(days)) <= max(days), _opinions.assign_due >= min(days))
    _redate(saving.writing, or_(across, _opinions.assign_due_provisional.is_(True)))


@after_saving("settings")
@after_erasing("settings")
def workdays_changed(saving: Saving) -> None:
    """Another number of working days."""
    names = {values.get("name") for values in (saving.values, saving.before)}
    if "assignment_workdays" in names and (saving.is_new or not saving.values or saving.changed("name", "value")):
        saving.writing.session.info.pop("assignment_workdays", None)
        own = [] if saving.station_id is None else [_opinions.station_id == saving.station_id]
        _redate(saving.writing, *own)


def _redate(writing: Writing, *which: Any) -> int:
    """Date open opinions anew; how many moved. A closed one keeps the day that it was judged by."""
    ids = list(writing.session.scalars(select(_opinions.id).where(_opinions.closed_on.is_(None), *which).order_by(_opinions.id)))
    moved = 0
    for start in range(0, len(ids), _CHUNK):
        rows = writing.session.scalars(select(_opinions).where(_opinions.id.in_(ids[start : start + _CHUNK])).order_by(_opinions.id)).all()
        drafts = [Draft("opinions", {}, row=row, by_program=True) for row in rows if _differs(writing, row)]
        save_all(writing, drafts)
        moved += len(drafts)
    return moved


def _differs(writing: Writing, row: Any) -> bool:
    values = {name: getattr(row, row.fields[name].column) for name in ("handling", "referred_on", "reception", "visit", "heard_on")}
    kept = rules.Dated(row.assign_due, row.assign_due_provisional)
    return not dated(writing, row.station_id, values).same_day(kept)


def redate_all() -> int:
    """Date every open opinion anew by the calendar as it is now: after an update of the program, and by hand."""
    with change_set(program(None, "command", "命令行")) as writing:
        return _redate(writing)


def notes(session: Session, ids: Sequence[int]) -> dict[int, Note]:
    """How the time for assigning stands, for a page of opinions."""
    calendar, today = office_calendar(session), clock.today()
    rows = session.execute(
        select(_opinions.id, _opinions.assign_due, _opinions.status, _opinions.assign_signed_on, _opinions.assign_due_provisional)
        .where(_opinions.id.in_(ids), _opinions.assign_due.is_not(None))
    )
    found = {}
    for row_id, due, status, signed_on, provisional in rows:
        standing = rules.standing(due, status, signed_on, today, calendar)
        if standing is None:
            continue
        words = _words(standing)
        if provisional:
            words = gettext("%(words)s (provisional)", words=words)
        found[row_id] = Note(words, TONES[standing.code])
    return found


def _words(standing: rules.Standing) -> str:
    count = standing.workdays
    match standing.code:
        case "in_time":
            return gettext("Signed in time")
        case "late":
            return gettext("Signed, working days late: %(count)s", count=count)
        case "overdue":
            return gettext("Overdue, working days: %(count)s", count=count)
        case "today":
            return gettext("Due today")
        case "advisory":
            return gettext("County matter: for orientation")
        case _:
            return gettext("Working days left: %(count)s", count=count)


def condition(option: str) -> list[Any]:
    """What the filter of the list asks for."""
    today = clock.today()
    last = office_calendar(db.session()).add_workdays(today, rules.SOON).date
    due = _opinions.assign_due
    return [OPEN, *{
        "overdue": [due < today],
        "soon": [due >= today, due <= last],
        "running": [due >= today],
        "provisional": [_opinions.assign_due_provisional.is_(True)],
    }[option]]


STANDINGS["opinions"] = Standing(
    path="assign_due",
    name="assigning",
    label=_("Time for assigning"),
    options={
        "overdue": _("Overdue"), "soon": _("Due within 3 working days"), "running": _("Not yet due"), "provisional": _("Provisional"),
    },
    notes=notes,
    condition=condition,
)
