"""The report of one activity: what is known of it, its draft, its sending, and its term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.calendar import Calendar
from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db
from app.core.lists.listing import Row
from app.core.paperwork.papers import Reading
from app.core.records.writing import write
from app.core.refusals import Refusal, Refused, refuse_any
from app.paper import long_date
from app.work.services import office_calendar, setting

from ..forms import MARKS, official_place
from ..models import STUDY_SUBJECTS, ActivityReport
from . import rules
from .rules import Known, Opinion


@dataclass(frozen=True)
class Way:
    """How activities of a kind are reported where that differs: within which setting's working days, in which words."""

    setting: str
    draft: Callable[[Reading, int], str | None]


WAYS: dict[str, Way] = {}
"""By kind of activity; filled in by the registry."""
ACTIVITY = ("title", "type", "start", "end", "place", "content", "form", "organiser", "convenor", "study_subject", "speaker")
_reports: Any = ActivityReport


def known_of(reading: Reading, activity_id: int) -> Known:
    """All that the ledgers know of an activity, as the reader may see it."""
    row = reading.rows("activities", [activity_id], ACTIVITY)[0]
    head = reading.letterhead("activities", activity_id)
    names: dict[str, list[str]] = {}
    for mark in sorted(reading.under("attendance", "activity", activity_id, MARKS), key=official_place):
        names.setdefault(mark.values["state"], []).append(mark.texts["deputy"])
    guests = Counter(guest.texts["kind"] for guest in reading.under("activity_guests", "activity", activity_id, ("kind",)))
    receptions = reading.under("receptions", "activity", activity_id, ("voters_received", "record"))
    heard = reading.under("opinions", "reception.activity", activity_id, ("number", "category", "words", "handling"), sort="number")
    found = _found(reading, activity_id)
    return Known(
        station=head.station,
        title=row.texts["title"],
        type=row.texts["type"],
        start=long_date(row.values["start"]),
        place=row.texts["place"],
        convenor=row.texts["convenor"],
        organiser=row.texts["organiser"],
        content="\n".join(text for text in (row.texts["content"], *(each.texts["record"] for each in receptions)) if text),
        study=_study(row),
        names=names,
        guests=dict(guests),
        voters_received=receptions[0].values["voters_received"] if receptions else None,
        opinions=[Opinion(each.texts["category"], each.texts["words"], each.texts["handling"]) for each in heard],
        **found,
    )


def _study(row: Row) -> str:
    """What was studied, and who spoke."""
    subject = STUDY_SUBJECTS.label(row.values["study_subject"]) if row.values["study_subject"] else ""
    return "　".join(text for text in (subject, row.texts["speaker"]) if text)


def _found(reading: Reading, activity_id: int) -> dict[str, str]:
    """Findings and advice of an inspection, or the advice given at a major event."""
    for row in reading.under("inspections", "activity", activity_id, ("subject", "organs", "findings", "advice")):
        return {name: row.texts[name] for name in ("subject", "organs", "findings", "advice")}
    for row in reading.under("major_events", "activity", activity_id, ("matter", "advice")):
        return {"subject": row.texts["matter"], "advice": row.texts["advice"]}
    return {}


def draft_of(reading: Reading, activity: Any, known: Known) -> str:
    """The report's text before anybody has typed a word of it."""
    way = WAYS.get(activity.type)
    return (way.draft(reading, activity.id) if way is not None else None) or rules.draft(known)


def report_of(session: Session, activity_id: int) -> Any:
    """The draft, else the report that was sent last; None: there is none yet."""
    found = session.scalars(select(ActivityReport).where(_reports.activity_id == activity_id).order_by(_reports.sent_on, _reports.id)).all()
    draft = next((each for each in found if each.sent_on is None), None)
    return draft or (found[-1] if found else None)


@dataclass(frozen=True)
class Term:
    """When the report is due (R06), and how it stands."""

    due: date
    tone: str
    word: str


def term_of(session: Session, activity: Any, report: Any) -> Term:
    calendar = office_calendar(session)
    way = WAYS.get(activity.type)
    days = setting(session, activity.station_id, way.setting if way is not None else "activity_report_workdays")
    due = calendar.add_workdays(activity.end or activity.start, days).date
    sent_on, today = report.sent_on if report is not None else None, clock.today()
    return Term(due, *rules.in_time(sent_on, due, today, _left(calendar, today, due)))


def _left(calendar: Calendar, today: date, due: date) -> int:
    return max(0, calendar.workdays_between(today, due))


def save_text(actor: Actor, activity: Any, text: str, version: str | None, request_id: str | None) -> int:
    """Keep the report's text, as a draft where there is none yet. Raises Refused, NotThere."""
    refuse_any(rules.can_be_reported(activity.status, activity.start, clock.today()))
    if not text:
        raise Refused(Refusal("required", "text"))
    report = report_of(db.session(), activity.id)
    if report is not None and request_id and not version and report.request_id == request_id:
        return int(report.id)  # the first saving of the draft, sent twice
    if report is not None:
        return write(actor, "activity_reports", {"content": text}, row_id=report.id, version=version)
    return write(
        actor, "activity_reports", {"activity": activity.id, "content": text, "station": activity.station_id}, request_id=request_id
    )


def mark_sent(actor: Actor, activity: Any, sent_on: date | None, version: str | None) -> None:
    """The report went out on that day. Raises Refused, NotThere."""
    report = report_of(db.session(), activity.id)
    refuse_any(rules.sending(report.content if report is not None else None, sent_on, clock.today()))
    write(actor, "activity_reports", {"sent_on": sent_on}, row_id=report.id, version=version)


def take_back(actor: Actor, activity: Any, version: str | None) -> None:
    """The report was marked as sent by mistake: it is a draft again. Raises Refused, NotThere."""
    report = report_of(db.session(), activity.id)
    if report is None or report.sent_on is None:
        raise Refused(Refusal("conflict"))
    write(actor, "activity_reports", {"sent_on": None}, row_id=report.id, version=version)
