"""The projector in the hall: while the vote is open how many have voted, after it the result, by a key of its own (S9-5)."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.core.database import db
from app.core.devices.openscreens import Opened
from app.core.devices.screenkeys import by_key
from app.core.dictionary.ledger import LEDGERS

from ..ballot.casting import Progress, progress
from ..ballot.models import ANNOUNCED, OPEN, Vote
from ..models import ReviewMeeting
from ..rules import GRADES
from .showing import count_of
from .votes import last_vote, shown

SCREEN = "announcement"
_by_key = by_key(SCREEN, writes=ReviewMeeting.__tablename__, gone="screen_row_gone")


class AnnouncementByKey(BaseView):
    """What the projector asks every second. Two short statements while nothing has changed."""

    route_base = "/announcement"

    @expose("/", methods=["GET"])
    def wall(self) -> Any:
        return render_template("meeting/announcement.html", title=_("Result of the duty review"))

    @expose("/state", methods=["GET"])
    @_by_key
    def state(self, opened: Opened) -> Any:
        vote = last_vote(db.session(), opened.row_id)
        voting = progress(db.session(), vote) if vote is not None and vote.state == OPEN else None
        revision = f"{opened.revision}.{voting.voted if voting is not None else ''}"
        if request.args.get("revision") == revision:
            return "", 204
        return jsonify({"revision": revision, **announced(db.session(), opened.row_id, vote, voting)})


def announced(session: Session, meeting_id: int, vote: Vote | None, voting: Progress | None) -> dict[str, Any]:
    """All that the projector shows: no ballot, no name but those of the deputies, no count before the end."""
    meeting: Any = session.get_one(ReviewMeeting, meeting_id)
    activity: Any = session.get_one(LEDGERS["activities"], meeting.activity_id)
    group: Any = session.get(LEDGERS["deputy_groups"], meeting.group_id) if meeting.group_id else None
    listed, signed = count_of(session, meeting_id)
    told: dict[str, Any] = {
        "state": vote.state if vote is not None else "none",
        "title": activity.title,
        "group": group.name if group is not None else "",
        "day": activity.start.date().isoformat(),
        "numbers": [[_("Expected here"), listed], [_("Arrived"), signed]],
    }
    if vote is None:
        return told
    if voting is not None:
        told["voting"] = {"voted": voting.voted, "sentence": voting.sentence if voting.electronic_dealt else "",
                          "dealt": voting.dealt, "paper": voting.paper_dealt}
    told["void"] = vote.void_reason
    return told | (_result(session, vote) if vote.state == ANNOUNCED and vote.totals is not None else {})


def _result(session: Session, vote: Vote) -> dict[str, Any]:
    found = shown(session, vote)
    totals = vote.totals or {}
    return {
        "numbers": [
            [_("Expected here"), found.frozen.expected], [_("Arrived"), found.frozen.signed_in], [_("Dealt"), totals["issued"]],
            [_("Returned"), totals["returned"]],
        ],
        "grades": list(found.frozen.grades),
        "formula": _("Rate of satisfaction: %(formula)s", formula=found.formula),
        "lines": [
            {
                "name": each.line.name,
                "note": each.line.note,
                "votes": [each.votes[grade] for grade in GRADES],
                "valid": each.valid,
                "invalid": each.invalid,
                "rate": f"{each.rate}%" if each.rate is not None else "—",
            }
            for each in found.results
        ],
        "seal": found.seal,
        "broken": found.broken,
    }
