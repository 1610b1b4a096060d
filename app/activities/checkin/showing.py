"""What screens and pages of signing in show. Only what a door needs: names, groups and marks; no phone, no address, no birth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.devices.openscreens import Opened, row_of
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.masks import Personal, mask

from ..models import ActivityGuest, Attendance
from . import rules
from .cards import marks_of_cards

_attendance: Any = Attendance
_guest: Any = ActivityGuest


@dataclass(frozen=True)
class Bearer:
    """Who gets a card: the name, and the levels of the congresses to which the deputy was elected."""

    id: int
    name: str
    mandate: str


def _official(deputy: Any) -> tuple[Any, ...]:
    """The official order of names: a place set by hand wins, then the strokes."""
    return deputy.official_order.is_(None), deputy.official_order, func.coalesce(deputy.stroke_key, "~"), deputy.id


def shown_on(session: Session, opened: Opened) -> dict[str, Any]:
    """Everything that a screen draws, in a handful of statements whatever the number of deputies."""
    activity = row_of(opened)
    cards = marks_of_cards(session, opened.station_id)
    people, others = [], []
    everyone = everybody(session, activity)
    bearers = Counter(person.name for person in everyone)
    for person in everyone:
        shown = {"id": person.id, "name": person.name, "pinyin": person.pinyin_key or "", "group": person.group or ""}
        if bearers[person.name] > 1:
            shown["which"] = which(person)
        if person.id in cards:
            shown["card"] = cards[person.id]
        if person.state is None:
            others.append(shown)
        else:
            mark = {"state": person.state, "at": _iso(person.signed_at), "how": person.signed_how, "later": person.sent_later}
            people.append({**shown, **mark})
    guests = session.execute(
        select(_guest.name, _guest.kind, _guest.signed_at).where(_guest.activity_id == activity.id).order_by(_guest.id)
    )
    return {
        "revision": opened.revision,
        "place": f"{opened.screen}:{opened.ledger}:{opened.row_id}",
        "now": clock.milliseconds(clock.utc_now()),
        "activity": {
            "title": activity.title,
            "start": _iso(activity.start),
            "place": activity.place or "",
            "lateFrom": _iso(rules.late_from(activity.start, activity.late_after)),
            "closedAt": _iso(activity.checkin_closed_at),
            "cancelled": activity.status == "cancelled",
        },
        "people": people,
        "others": others,
        "guests": [{"name": mask(Personal.NAME, row.name), "kind": row.kind, "at": _iso(row.signed_at)} for row in guests],
    }


def which(person: Any) -> str:
    """What tells two deputies of one name apart at a door: group and work unit."""
    return " ".join(part for part in (person.group, person.unit) if part) or gettext("Without a group")


def everybody(session: Session, activity: Any) -> list[Any]:
    """Who is invited, with the mark, and the station's other deputies in office, in the official order of names."""
    deputy: Any = LEDGERS["deputies"]
    group: Any = LEDGERS["deputy_groups"]
    mandate: Any = LEDGERS["mandates"]
    serving = exists().where(mandate.deputy_id == deputy.id, mandate.state == "serving")
    of_activity = (_attendance.deputy_id == deputy.id) & (_attendance.activity_id == activity.id)
    statement = (
        select(
            deputy.id, deputy.name, deputy.pinyin_key, deputy.unit, group.name.label("group"),
            _attendance.state, _attendance.signed_at, _attendance.signed_how, _attendance.sent_later,
        )
        .join(Attendance, of_activity, isouter=True)
        .join(group, group.id == deputy.group_id, isouter=True)
        .where(deputy.station_id == activity.station_id, _attendance.id.is_not(None) | serving)
        .order_by(*_official(deputy))
    )
    return list(session.execute(statement).all())


def serving_deputies(session: Session, station_id: int) -> list[Any]:
    """The station's deputies in office with what they are deputies to, in the official order of names."""
    deputy: Any = LEDGERS["deputies"]
    mandate: Any = LEDGERS["mandates"]
    term: Any = LEDGERS["terms"]
    statement = (
        select(deputy.id, deputy.name, term.level, term.name.label("term"))
        .join(mandate, mandate.deputy_id == deputy.id)
        .join(term, term.id == mandate.term_id)
        .where(deputy.station_id == station_id, mandate.state == "serving")
        .order_by(*_official(deputy), mandate.id)
    )
    found: dict[int, Any] = {}
    for row in session.execute(statement):
        found.setdefault(row.id, []).append(row)
    levels = LEDGERS["terms"].fields["level"].choices
    return [
        Bearer(row_id, rows[0].name, "、".join(dict.fromkeys(levels.label(row.level) for row in rows if levels is not None)))
        for row_id, rows in found.items()
    ]


def with_last_digits(session: Session, station_id: int, digits: str) -> list[int]:
    """Deputies whose phone ends in these four digits. Only asked here: a hash of one of ten thousand possibilities is no secret,
    so nothing of a phone is ever sent to a screen."""
    deputy: Any = LEDGERS["deputies"]
    return list(session.scalars(select(deputy.id).where(deputy.station_id == station_id, deputy.phone.like(f"%{digits}")).limit(20)))


def counts_of(people: list[Any]) -> dict[str, int]:
    """应到, 实到, 请假, 未到."""
    states = [person.state for person in people if person.state is not None]
    signed = sum(state in rules.SIGNED for state in states)
    leave = states.count("leave")
    return {"invited": len(states), "present": signed, "leave": leave, "missing": len(states) - signed - leave}


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment is not None else None
