"""Telling those who are invited: the text to read out, one button for all, exceptions singly, and the call list (S5-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from flask_babel import format_datetime
from flask_babel import gettext as _
from icalendar import Calendar, Event
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.accounts import staff_of
from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import show_date, titles_of
from app.core.lists.listing import Listing, Row
from app.core.records.saving import Writing
from app.core.records.store import Store
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused

from ..models import Activity, ActivityNotice, Attendance
from ..oversight import InspectedOrgan, Inspection
from .rules import moment_of_telling

_attendance: Any = Attendance
_inspections: Any = Inspection
CALLED = ("deputy", "deputy.group", "deputy.phone", "deputy.unit", "deputy.official_order", "deputy.stroke_key", "told", "state")


def text_to_read(station: str, activity: Any) -> str:
    """Time, place, content and form, as the caller says them; of what was called off, that it is not held, and why."""
    when = format_datetime(activity.start, "y年M月d日（EEEE）H:mm", rebase=False)
    if activity.cancelled_on is not None:
        facts = {"station": station, "title": activity.title, "when": when, "why": activity.cancel_reason}
        return _("This is %(station)s. “%(title)s” on %(when)s is not held: %(why)s.", **facts)
    lines = [
        _("This is %(station)s. You are invited to “%(title)s”.", station=station, title=activity.title),
        _("Time: %(when)s.", when=when),
    ]
    lines += [
        sentence
        for value, sentence in (
            (activity.place, _("Place: %(place)s.", place=activity.place)),
            (activity.content, _("Content: %(content)s.", content=(activity.content or "").rstrip("。."))),
            (activity.form, _("Form: %(form)s.", form=activity.form)),
        )
        if value
    ]
    lines.append(_("If you cannot come, please ask for leave before it begins."))
    return "\n".join(lines)


def tell_all(actor: Actor, activity_id: int, words: str, channel: str, request_id: str | None) -> None:
    """All who are invited have been told. Raises Refused where nobody is invited, NotThere."""
    with change_set(actor) as writing:
        activity = _telling(writing, activity_id)
        if request_id and writing.made_by("activity_notices", request_id):
            return
        if writing.session.query(_attendance.id).filter(_attendance.activity_id == activity_id).first() is None:
            raise Refused(Refusal("nobody_invited"))
        _note(writing, activity, {"whom": "all_deputies", "words": words, "channel": channel}, request_id)


def tell_one(actor: Actor, activity_id: int, deputy: int, reached: bool, request_id: str | None = None) -> None:
    """One deputy was called, and reached or not. Raises Refused where that deputy is not invited, NotThere."""
    with change_set(actor) as writing:
        activity = _telling(writing, activity_id)
        if request_id and writing.made_by("activity_notices", request_id):
            return
        invited = writing.session.query(_attendance.id).filter(
            _attendance.activity_id == activity_id, _attendance.deputy_id == deputy
        )
        if invited.first() is None:
            raise Refused(Refusal("not_invited"))
        _note(writing, activity, {"whom": "deputy", "deputy": deputy, "reached": reached, "channel": "phone"}, request_id)


def tell_organ(actor: Actor, activity_id: int, organ: int) -> None:
    """An inspected organ was told by letter (S6-4). Raises Refused, NotThere."""
    with change_set(actor) as writing:
        _note(writing, _telling(writing, activity_id), {"whom": "organ", "organ": organ, "channel": "letter"}, None)


@dataclass(frozen=True)
class Visit:
    """What an inspection's page says of those who are inspected, and of the station where a deputy visits by certificate."""

    id: int
    covert: bool
    reason: str
    certificate: bool
    station_told_on: date | None
    late_to_station: bool
    organs: list[tuple[int, str, str, str]]
    """Each with its name, when it was told, and when it was fed back to."""


def visit_of(session: Session, activity: Any) -> Visit | None:
    """The inspection that shares the activity's life, if it is one: each organ is told before the day, unless the visit is
    unannounced; a visit by certificate is told to the station before the day (S6-1, S6-4, S6-5)."""
    inspection: Any = session.scalars(select(_inspections).where(_inspections.activity_id == activity.id)).first()
    if inspection is None:
        return None
    store = Store(session)
    inspected = store.rows(InspectedOrgan, activity.station_id, inspection=inspection.id)
    notices = store.rows(ActivityNotice, activity.station_id, activity=activity.id, whom="organ")
    told = {each.organ_id: each.told_at for each in notices if each.told_at.date() < activity.start.date()}
    names = titles_of(session, [("organs", each.organ_id) for each in inspected])
    told_on = inspection.station_told_on
    return Visit(
        inspection.id,
        inspection.openness == "covert",
        "、".join(filter(None, (inspection.covert_reason, inspection.covert_approver))),
        inspection.certificate is not None,
        told_on,
        inspection.certificate is not None and (told_on is None or told_on >= activity.start.date()),
        [
            (
                each.organ_id,
                names["organs", each.organ_id],
                show_date(told[each.organ_id]) if each.organ_id in told else "",
                show_date(each.fed_back_on) if each.fed_back_on else "",
            )
            for each in sorted(inspected, key=lambda each: each.id)
        ],
    )


def _telling(writing: Writing, activity_id: int) -> Any:
    activity: Any = writing.existing("activities", activity_id, Verb.EDIT)
    if activity.cancelled_on is not None:
        raise Refused(Refusal("cancelled_no_invitation"))
    if activity.start <= clock.now():
        raise Refused(Refusal("told_too_late"))
    return activity


def _note(writing: Writing, activity: Any, values: dict[str, Any], request_id: str | None) -> None:
    """A notice of this moment; what was noted of the same one within the same second is put right."""
    told_at = moment_of_telling(clock.now(), activity.moved_at)
    same = {"activity": activity.id, "whom": values["whom"], "told_at": told_at}
    same |= {name: values.get(name) for name in ("deputy", "organ")}
    known = next(iter(writing.rows(ActivityNotice, activity.station_id, **same)), None)
    if known is not None:
        writing.save("activity_notices", values, row=known)
        return
    common = {**same, "told_by": staff_of(writing.session, writing.actor, activity.station_id), "station_id": activity.station_id}
    writing.save("activity_notices", {**common, **values}, request_id=request_id)


def call_list(session: Session, actor: Actor, activity_id: int) -> list[Row]:
    """Those invited in the official order, as the actor may see them: who sees numbers masked has a list of masked numbers."""
    listing = Listing(session, actor, LEDGERS["attendance"], CALLED)
    listing.predicates.append(_attendance.activity_id == activity_id)
    return sorted(listing.stream(), key=_place)


def _place(row: Row) -> tuple[bool, int, str, int]:
    """A place set by hand wins, then the strokes."""
    by_hand = row.values["deputy.official_order"]
    return by_hand is None, by_hand or 0, row.values["deputy.stroke_key"] or "~", row.id


def as_calendar(activity: Activity, station: str) -> bytes:
    """The activity for a calendar; nobody's name is in it."""
    row: Any = activity
    event = Event()
    event.add("uid", f"{row.uid}@station-ledgers")
    event.add("dtstamp", row.changed_at.replace(tzinfo=UTC))
    event.add("sequence", row.version)
    event.add("summary", row.title)
    event.add("dtstart", _office(row.start))
    if row.end is not None:
        event.add("dtend", _office(row.end))
    for name, text in (("location", row.place), ("description", "\n".join(filter(None, (row.content, row.form, station))))):
        if text:
            event.add(name, text)
    event.add("status", "CANCELLED" if row.cancelled_on is not None else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//station-ledgers//zh//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _office(moment: datetime) -> datetime:
    return moment.replace(tzinfo=clock.OFFICE)
