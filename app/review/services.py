"""What the reviews' ledgers do besides being written."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, extract, select

from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Reach, Verb
from app.core.records.hooks import Saving, after_saving, before_restoring, before_saving
from app.core.refusals import Refusal, refuse_any

from . import rules
from .models import DutyReport, ReviewMeeting, ReviewResult, VoicedOpinion
from .reporting import minutes, voiced

CONCERNS = (voiced, minutes)
"""Imported for their hooks."""

_REPORTERS = "reporters"


@before_saving("duty_reports")
@before_restoring("duty_reports")
def report_finds_its_meeting(saving: Saving) -> None:
    """A report in person belongs to the year's meeting that names the deputy: nobody types that twice."""
    values = saving.values
    if values["form"] == "direct" and values["meeting"] is None and (saving.is_new or saving.changed("form", "mandate", "year")):
        values["meeting"] = _meeting_of(saving, values["mandate"], values["year"])
    elif values["meeting"] is not None and saving.changed("meeting", "mandate"):
        refuse_any(rules.reports_at(values["mandate"], _reporters(saving, values["meeting"])))


@before_saving("duty_reports")
def deputy_writes_the_own_report(saving: Saving) -> None:
    """Until the group has it."""
    if saving.writing.actor.reach("duty_reports", Verb.EDIT) is Reach.SELF:
        refuse_any(rules.own_report(saving.values, saving.before))


@after_saving("review_meetings")
def meeting_finds_its_reports(saving: Saving) -> None:
    """Reports in person that were handed in before the meeting was entered are joined to it."""
    if not saving.changed(_REPORTERS, "activity") or not saving.values[_REPORTERS]:
        return
    started = _start(saving, saving.row.id)
    if started is None:
        return
    reports = saving.writing.session.scalars(select(DutyReport).where(
        DutyReport.mandate_id.in_(saving.values[_REPORTERS]), DutyReport.form == "direct",
        DutyReport.year == started.year, DutyReport.meeting_id.is_(None))).all()
    for report in reports:
        saving.writing.save("duty_reports", {"meeting": saving.row.id}, row=report, by_program=True)


@before_saving("review_meetings")
def reporters_with_results_stay(saving: Saving) -> None:
    """Who has a report or a result at the meeting is not taken off its list; what follows from it is not before it."""
    values = saving.values
    start = saving.writing.session.scalar(_activity_start(values["activity"]))
    refuse_any(rules.not_before_meeting(values["reported_on"], start, "reported_on", LEDGERS["review_meetings"].entry.one))
    gone = set(saving.before.get(_REPORTERS) or ()) - set(values[_REPORTERS])
    for model in (ReviewResult, DutyReport, VoicedOpinion):
        if gone and saving.writing.session.scalars(
            select(model.id).where(model.meeting_id == saving.row.id, model.mandate_id.in_(gone)).limit(1)
        ).first():
            refuse_any([Refusal("reporter_used", _REPORTERS, {"by": model.entry.label})])


@before_saving("review_results")
@before_restoring("review_results")
def result_of_a_reporter(saving: Saving) -> None:
    values = saving.values
    refuse_any(rules.count_stays(saving.before, {**values, **rules.counted(values)}))
    if saving.changed("meeting", "mandate"):
        refuse_any(rules.reports_at(values["mandate"], _reporters(saving, values["meeting"])))
    start = _start(saving, values["meeting"])
    refuse_any(rules.not_before_meeting(values["published_at"], start, "published_at", LEDGERS["review_meetings"].entry.one))


def _reporters(saving: Saving, meeting_id: int) -> list[int]:
    meeting = saving.writing.session.get(ReviewMeeting, meeting_id)
    return saving.writing.targets(meeting, _REPORTERS) if meeting is not None else []


def _activity_start(activity_id: int) -> Select[datetime]:
    activities = LEDGERS["activities"]
    return select(activities.start).where(activities.id == activity_id)


def _start(saving: Saving, meeting_id: int) -> datetime | None:
    meeting = saving.writing.session.get(ReviewMeeting, meeting_id)
    if meeting is None:
        return None
    return saving.writing.session.scalar(_activity_start(meeting.activity_id))


def _meeting_of(saving: Saving, mandate_id: int, year: int) -> int | None:
    activities, reporters = LEDGERS["activities"], ReviewMeeting.associations[_REPORTERS]
    return saving.writing.session.scalars(
        select(ReviewMeeting.id).join(reporters, reporters.c.row_id == ReviewMeeting.id)
        .join(activities, activities.id == ReviewMeeting.activity_id)
        .where(reporters.c.target_id == mandate_id, extract("year", activities.start) == year)
        .order_by(activities.start.desc()).limit(1)
    ).first()
