"""What follows when inspections and the organs inspected are written (S6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import titles_of
from app.core.records.hooks import Saving, after_erasing, after_saving, before_saving
from app.core.records.saving import Writing
from app.core.records.search import station_of
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused, refuse_any

from .. import rules
from ..models import Activity, Attendance
from ..oversight import InspectedOrgan, Inspection

SAID = ("findings", "advice", "fed_back_on", "fed_back_by", "answer", "answered_on")
"""What is written of an organ."""
FED_BACK = ("fed_back_on", "fed_back_by")
"""What may be said of all organs at once."""
_organs: Any = InspectedOrgan


@before_saving("inspections")
def organ_is_written_about(saving: Saving) -> None:
    """An organ of which something was written is not left out in passing."""
    gone = set(saving.before.get("organs", ())) - set(saving.values["organs"])
    if gone:
        said = or_(*(getattr(_organs, name).is_not(None) for name in SAID))
        about = (_organs.inspection_id == saving.row.id, _organs.organ_id.in_(gone), said)
        written = saving.writing.session.scalars(select(_organs.organ_id).where(*about)).all()
        if written:
            names = titles_of(saving.writing.session, [("organs", row_id) for row_id in written]).values()
            raise Refused(Refusal("organ_written_about", "organs", {"names": "、".join(sorted(names))}))


@after_saving("inspections")
def holder_takes_part(saving: Saving) -> None:
    """An inspection by certificate is no activity of the station (S6-1); its holder is among those who take part."""
    values, writing = saving.values, saving.writing
    activity = writing.get(Activity, values["activity"])
    arranged = "certificate" if values["certificate"] else "station"
    if activity.arranged != arranged:
        writing.save("activities", {"arranged": arranged}, row=activity, by_program=True)
    if values["holder"] is not None and not writing.rows(Attendance, saving.station_id, activity=activity.id, deputy=values["holder"]):
        mark = {"activity": activity.id, "deputy": values["holder"], "station_id": station_of(activity)}
        writing.save("attendance", mark, by_program=True)


@before_saving("inspected_organs")
def fed_back_by_now(saving: Saving) -> None:
    """Nothing is fed back before the inspection, nor tomorrow (S6-5)."""
    day = saving.values["fed_back_on"]
    if day is not None and saving.changed("fed_back_on", "inspection"):
        inspection = saving.writing.get(Inspection, saving.values["inspection"])
        start = saving.writing.get(Activity, inspection.activity_id).start
        refuse_any(rules.fed_back_in_time(day, start, clock.today()))


@after_saving("inspected_organs")
@after_erasing("inspected_organs")
def inspection_follows(saving: Saving) -> None:
    """How far an inspection has been fed back follows from its organs."""
    for inspection_id in {values["inspection"] for values in (saving.values, saving.before) if values}:
        inspection: Any = saving.writing.store.get(Inspection, inspection_id)
        if inspection is None:
            continue
        organs = saving.writing.rows(InspectedOrgan, saving.station_id, inspection=inspection_id)
        feedback, fed_back_on = rules.feedback([each.fed_back_on for each in organs])
        if (feedback, fed_back_on) != (inspection.feedback, inspection.fed_back_on):
            saving.writing.save("inspections", {"feedback": feedback, "fed_back_on": fed_back_on}, row=inspection, by_program=True)


def organs_of(session: Session, inspection_id: int) -> list[Any]:
    """The rows of the organs inspected, in the order in which they were named."""
    return list(session.scalars(select(InspectedOrgan).where(_organs.inspection_id == inspection_id).order_by(_organs.id)))


def write_of_organs(actor: Actor, inspection_id: int, said: Mapping[int, Mapping[str, Any]], versions: Mapping[int, str]) -> None:
    """What was found at each organ and fed back to it, all at once or nothing; a refusal names the field as `<row>.<field>`.

    Raises Refused, NotThere.
    """
    with change_set(actor) as writing:
        writing.existing("inspections", inspection_id, Verb.EDIT)
        refusals: list[Refusal] = []
        for organ in organs_of(writing.session, inspection_id):
            if organ.id not in said or not _differs(writing, organ, said[organ.id]):
                continue
            try:
                row = writing.existing("inspected_organs", organ.id, Verb.EDIT)
                writing.check_version(row, versions.get(organ.id))
                writing.save("inspected_organs", said[organ.id], row=row)
            except Refused as refused:
                found = ((each, f"{organ.id}.{each.field}" if each.field else None) for each in refused.refusals)
                refusals += [Refusal(each.code, field, each.facts) for each, field in found]
        refuse_any(refusals)


def _differs(writing: Writing, organ: Any, said: Mapping[str, Any]) -> bool:
    """Whether anything typed is new: who wrote of one organ does not stand in the way of who writes of another."""
    values, fields = writing.values(organ), LEDGERS["inspected_organs"].fields
    for name, typed in said.items():
        try:
            if fields[name].read(typed) != values[name]:
                return True
        except Refused:
            return True
    return False
