"""Opinions and minutes of a meeting as they are written, and what its report upward leads to (S9-5, S9-6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from app.core import clock
from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.paperwork.papers import Reading
from app.core.records.hooks import Saving, after_saving
from app.core.records.saving import Writing
from app.core.records.writing import change_set, refusal_of, write
from app.core.refusals import Refusal, Refused
from app.work.services import office_calendar, setting

from ..models import ReviewMeeting, VoicedOpinion
from . import rules
from .known import MEETING, known_of
from .wording import upward

_meetings: Any = ReviewMeeting
_voiced: Any = VoicedOpinion
OF_ALL = 0
"""Stands for the mandate of what was said of all who reported."""


@dataclass(frozen=True)
class Said:
    """What was typed of one deputy, and the version of the row that it was typed over; empty: there was none."""

    text: str
    version: str


def voiced_of(session: Session, meeting_id: int) -> dict[int, Any]:
    """The opinions of a meeting by mandate; under 0 those on all."""
    rows: Any = session.scalars(select(VoicedOpinion).where(_voiced.meeting_id == meeting_id))
    return {row.mandate_id or OF_ALL: row for row in rows}


def keep_opinions(actor: Actor, meeting_id: int, said: Mapping[int, Said]) -> int:
    """Write what changed, each deputy's by itself; how many. Raises Refused, NotThere."""
    changed = 0
    try:
        with change_set(actor) as writing:
            meeting: Any = writing.existing("review_meetings", meeting_id, Verb.SHOW)
            there = voiced_of(writing.session, meeting_id)
            for mandate, each in sorted(said.items()):  # of all first: the meeting's earlier text goes there
                changed += _keep(writing, meeting, mandate, each, there.get(mandate))
    except IntegrityError as error:
        raise Refused(refusal_of(error)) from error
    except StaleDataError as error:
        raise Refused(Refusal("conflict")) from error
    return changed


def _keep(writing: Writing, meeting: Any, mandate: int, said: Said, row: Any) -> bool:
    if row is None:
        if not said.text:
            return False
        values = {"meeting": meeting.id, "mandate": mandate or None, "text": said.text, "station_id": meeting.station_id}
        writing.save("voiced_opinions", values)
        return True
    if said.text == row.text:
        return False
    own = writing.existing("voiced_opinions", row.id, Verb.EDIT if said.text else Verb.DELETE)
    writing.check_version(own, said.version or "0")
    if said.text:
        writing.save("voiced_opinions", {"text": said.text}, row=own)
    else:
        writing.erase(own)
    return True


def keep_minutes(actor: Actor, meeting: Any, started: date, text: str, version: str | None) -> None:
    """The record of the meeting. Raises Refused, NotThere."""
    if started > clock.today():
        raise Refused(Refusal("minutes_ahead"))
    if not text:
        raise Refused(Refusal("required", "record"))
    write(actor, "review_meetings", {"record": text}, row_id=meeting.id, version=version)


# ------------------------------------------------------------------------------------------------------------ upward


def draft_upward(reading: Reading, activity_id: int) -> str | None:
    """The report on the meeting that the activity is; None where its review is not entered (S9-6)."""
    meeting_id = reading.session.scalar(select(_meetings.id).where(_meetings.activity_id == activity_id))
    if meeting_id is None or not reading.actor.may("review_meetings", Verb.LIST):
        return None
    return upward(known_of(reading, reading.rows("review_meetings", [meeting_id], MEETING)[0]))


@dataclass(frozen=True)
class Upward:
    """Until when the county is to have report and record (R19), and how that stands."""

    due: date
    standing: str


def upward_of(session: Session, meeting: Any, activity: Any) -> Upward:
    days = int(setting(session, meeting.station_id, "review_report_workdays"))
    soon = int(setting(session, meeting.station_id, "due_soon_days"))
    due = office_calendar(session).add_workdays(activity.end or activity.start, days).date
    return Upward(due, rules.told_upward(meeting.reported_on, due, clock.today(), soon))


@after_saving("activity_reports")
def sent_report_tells_the_meeting(saving: Saving) -> None:
    """The report on a review meeting went out: the meeting is reported since that day, and no longer when that is taken back."""
    if saving.values["activity"] is None or not saving.changed("sent_on", "activity"):
        return
    found = saving.writing.rows(ReviewMeeting, saving.station_id, activity=saving.values["activity"])
    sent, before = saving.values["sent_on"], saving.before.get("sent_on")
    for meeting in found:
        if meeting.reported_on in (None, before) and meeting.reported_on != sent:
            saving.writing.save("review_meetings", {"reported_on": sent}, row=meeting, by_program=True)


def activity_of(session: Session, meeting: Any) -> Any:
    return session.get_one(LEDGERS["activities"], meeting.activity_id)
