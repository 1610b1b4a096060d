"""What follows when activities, their notices, reports and inspections are written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Reach, Verb
from app.core.dictionary.titles import titles_of
from app.core.records.confirming import confirmed_by_office
from app.core.records.hooks import Saving, after_saving, before_restoring, before_saving
from app.core.refusals import Refusal, Refused, refuse_any

from . import rules
from .checkin.services import handler_of as handler_of  # the reception desk signs its deputies in as the door does
from .checkin.showing import shown_on as shown_on  # and shows them so
from .inspecting import services as inspecting
from .leave import services as leave
from .life import services as life
from .life.inviting import deputies_in_office
from .life.rules import HELD as HELD  # what counts as held is asked for by plans and duties
from .models import Activity, Attendance
from .oversight import Inspection
from .reporting.rules import REPORT_READERS as REPORT_READERS  # a review's minutes lead to its report
from .reporting.rules import attended as attended  # and say in the same words who came
from .rules import SIGNED_IN as SIGNED_IN  # dossiers ask who took part
from .rules import in_office as in_office  # the rota asks who may be on duty
from .twins import refuse_twin
from .types import ACTIVITY_TYPES as ACTIVITY_TYPES  # the plans name the same types

_attendance: Any = Attendance

CONCERNS = (inspecting, leave, life)
"""Imported for their hooks."""

confirmed_by_office("inspections")


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
        in_office = deputies_in_office(saving.writing.session, saving.station_id, values["start"].date())
        values["deputies"] = sorted({*values["deputies"], *in_office})
    gone = set(before.get("deputies", ())) - set(values["deputies"])
    if gone:
        marked = saving.writing.session.scalars(select(_attendance.deputy_id).where(
            _attendance.activity_id == saving.row.id, _attendance.deputy_id.in_(gone), _attendance.state != "pending")).all()
        if marked:
            names = titles_of(saving.writing.session, [("deputies", row_id) for row_id in marked]).values()
            raise Refused(Refusal("invited_and_marked", "deputies", {"names": "、".join(sorted(names))}))


@before_saving("activity_notices")
@before_restoring("activity_notices")
def notice_once(saving: Saving) -> None:
    refuse_twin(saving, "activity", "whom", "told_at", "deputy", "organ")


@before_saving("activity_reports")
@before_restoring("activity_reports")
def report_activity(saving: Saving) -> None:
    """One report of an activity a day, one draft of it, and none sent before it has begun (S5-5)."""
    values = saving.values
    if values["activity"] is None:
        refuse_twin(saving, "activity", "sent_on", "subject")
        return
    refuse_twin(saving, "activity", "sent_on")
    if values["sent_on"] is not None and saving.changed("activity", "sent_on"):
        activity = saving.writing.get(Activity, values["activity"])
        refuse_any(rules.report_after_start(values["sent_on"], activity.start))


@after_saving("activities")
def moved_visit_waits_again(saving: Saving) -> None:
    """A visit by certificate whose time or place its holder changes waits for the office again, as any own entry does."""
    if saving.is_new or saving.writing.actor.reach("inspections", Verb.EDIT) is not Reach.SELF or not saving.changed(*saving.model.fields):
        return
    for visit in saving.writing.rows(Inspection, saving.station_id, activity=saving.row.id, confirmed=True):
        saving.writing.save("inspections", {"confirmed": False}, row=visit, by_program=True)
