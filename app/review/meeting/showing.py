"""What the screen at the door and the meeting's page show of voters and reporters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.activities.services import SIGNED_IN
from app.core import clock
from app.core.devices.openscreens import Opened
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.titles import show_date
from app.names import pinyin_key

from ..models import DutyReport, ReviewMeeting, VoterRepresentative
from .services import meeting_of
from .table import required_at
from .votes import state_of

_voters: Any = VoterRepresentative
_reports: Any = DutyReport
FIXED = ("open", "counting", "announced")
"""While a vote stands so, the number of voters is fixed."""


def shown_on(session: Session, opened: Opened) -> dict[str, Any]:
    """Everything that the door draws, in a handful of statements whatever the number of voters."""
    meeting = meeting_of(session, opened)
    activity: Any = session.get_one(LEDGERS["activities"], meeting.activity_id)
    rows = session.execute(
        select(_voters.id, _voters.name, _voters.signed_in).where(_voters.meeting_id == meeting.id).order_by(_voters.id)
    )
    return {
        "revision": opened.revision,
        "place": f"{opened.screen}:{opened.ledger}:{opened.row_id}",
        "now": clock.milliseconds(clock.utc_now()),
        "activity": {"title": activity.title, "start": activity.start.isoformat(timespec="minutes"), "place": activity.place or ""},
        "required": required_at(session, meeting),
        "over": state_of(session, meeting.id) in FIXED,
        "people": [{"id": row.id, "name": row.name, "pinyin": pinyin_key(row.name), "signed": row.signed_in} for row in rows],
    }


@dataclass(frozen=True)
class Reporter:
    """A deputy who reports: under which mandate, and when the report came to the group; empty while it is a draft (S9-3)."""

    mandate: int
    name: str
    level: str
    received: str


def reporters_of(session: Session, meeting: Any) -> list[Reporter]:
    """Who reports, in the official order of names: a place set by hand wins, then the strokes."""
    mandates: Any = LEDGERS["mandates"]
    deputies: Any = LEDGERS["deputies"]
    terms: Any = LEDGERS["terms"]
    named = ReviewMeeting.associations["reporters"]
    report = (_reports.mandate_id == mandates.id) & (_reports.meeting_id == meeting.id)
    rows = session.execute(
        select(mandates.id, deputies.name, terms.level, _reports.received_on, _reports.submitted_on)
        .join(named, named.c.target_id == mandates.id)
        .join(deputies, deputies.id == mandates.deputy_id)
        .join(terms, terms.id == mandates.term_id)
        .join(DutyReport, report, isouter=True)
        .where(named.c.row_id == meeting.id)
        .order_by(deputies.official_order.is_(None), deputies.official_order, func.coalesce(deputies.stroke_key, "~"), mandates.id)
    )
    levels = terms.fields["level"].choices
    return [
        Reporter(row.id, row.name, levels.label(row.level), show_date(row.received_on or row.submitted_on) if row.submitted_on else "")
        for row in rows
    ]


def deputies_of(session: Session, activity_id: int) -> tuple[int, int]:
    """How many deputies are invited to the meeting's activity, and how many of them have come."""
    marks: Any = LEDGERS["attendance"]
    rows = session.execute(select(marks.state, func.count()).where(marks.activity_id == activity_id).group_by(marks.state)).all()
    return sum(row[1] for row in rows), sum(row[1] for row in rows if row[0] in SIGNED_IN)


def count_of(session: Session, meeting_id: int) -> tuple[int, int]:
    """How many voters are on the list, and how many of them have signed in."""
    rows = session.execute(
        select(_voters.signed_in, func.count()).where(_voters.meeting_id == meeting_id).group_by(_voters.signed_in)
    ).all()
    counted = {bool(row[0]): int(row[1]) for row in rows}
    return sum(counted.values()), counted.get(True, 0)
