"""Leave on one page: the deputy asks, with one hand on a phone; who decides sees what waits and decides in one click (S10-4)."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.lists.listing import Listing
from app.core.records.saving import Writing
from app.core.records.writing import write
from app.core.refusals import NotThere, Refused
from app.core.web.ownforms import Errors
from app.core.web.screens import Screen
from app.core.workflows.stepping import take

from ..life.screens import calendar_of
from ..models import LEAVE_REASONS, Attendance, LeaveRequest
from .table import DECIDERS

MOST = 100
_attendance: Any = Attendance
_leave: Any = LeaveRequest


class LeaveScreen(Screen):
    """Asking for leave, and deciding on it."""

    route_base = "/leave"
    open_to = DECIDERS | {"deputy"}

    @expose("/", methods=["GET"])
    def leave(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return self._page({})

    def _page(self, errors: Errors) -> str:
        actor = the_actor()
        return render_template(
            "activities/leave.html",
            title=_("Leave"),
            waiting=_waiting(actor) if DECIDERS & set(actor.roles) else None,
            decided_by=actor.name,
            today=clock.today().isoformat(),
            mine=_invitations(actor) if actor.deputy_id is not None else None,
            reasons=list(LEAVE_REASONS.labels.items()),
            errors=[sentence for sentences in errors.values() for sentence in sentences],
            typed=request.form,
            request_id=str(uuid4()),
            crumbs=[(_("Leave"), None)],
        )

    @expose("/ask", methods=["POST"])
    def ask(self) -> Any:
        """The deputy's own request, from the page of the deputy's own invitations."""
        if (answer := self.admit()) is not None:
            return answer
        actor, given = the_actor(), request.form
        if actor.deputy_id is None:
            abort(403)
        values = {
            "deputy": actor.deputy_id,
            "activity": given.get("activity", ""),
            "reason": given.get("reason", ""),
            "words": given.get("words", ""),
            "asked_at": clock.now(),
        }
        try:
            write(actor, "leave_requests", values, request_id=given.get("request_id", "")[:64] or None)
        except Refused as refused:
            db.session.rollback()
            return self._page(refused.by_field()), 422
        flash(_("Your request is handed in; the station decides on it"), "success")
        return redirect("/leave/")

    @expose("/<int:activity_id>/calendar.ics", methods=["GET"])
    def calendar(self, activity_id: int) -> Any:
        """For the deputy's own calendar."""
        if (answer := self.admit()) is not None:
            return answer
        try:
            return calendar_of(Writing(db.session, the_actor()).existing("activities", activity_id, Verb.SHOW))
        except NotThere:
            abort(404)

    @expose("/decide/<int:row_id>", methods=["POST"])
    def decide(self, row_id: int) -> Any:
        """One click: granted or refused, by the name that stands above the list."""
        if (answer := self.admit()) is not None:
            return answer
        name = request.form.get("step", "")
        answers = {each: request.form[each] for each in ("decided_by", "decided_on") if request.form.get(each)}
        if name not in ("approve", "decline"):
            abort(404)
        try:
            take(the_actor(), "leave_requests", row_id, name, answers, version=request.args.get("version"))
            flash(_("Saved"), "success")
        except NotThere:
            abort(404)
        except Refused as refused:
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
        return redirect("/leave/")


def _waiting(actor: Actor) -> list[dict[str, Any]]:
    """Requests that wait for a decision, the longest first."""
    columns = ["deputy", "activity", "session", "reason", "words", "asked_at", "timing", "written"]
    listing = Listing(db.session(), actor, LEDGERS["leave_requests"], columns, sort="asked_at")
    listing.predicates.append(_leave.decision == "pending")
    rows = listing.rows(listing.ids(0, MOST))
    versions = {row.id: str(row.version) for row in db.session.query(LeaveRequest).filter(_leave.id.in_([row.id for row in rows]))}
    return [
        {
            "id": row.id,
            "version": versions[row.id],
            "deputy": row.texts["deputy"],
            "occasion": row.texts["activity"] or row.texts["session"],
            "why": " ".join(filter(None, (row.texts["reason"], row.texts["words"]))),
            "asked": row.texts["asked_at"],
            "late": row.texts["timing"] if row.values["timing"] == "after" else "",
            "unwritten": row.values["session"] is not None and not row.values["written"],
        }
        for row in rows
    ]


def _invitations(actor: Actor) -> list[dict[str, Any]]:
    """What the deputy is invited to and can still ask leave from, with what became of a request."""
    columns = ["activity", "activity.start", "activity.place", "activity.status", "state"]
    listing = Listing(db.session(), actor, LEDGERS["attendance"], columns, sort="activity.start")
    listing.predicates += [_attendance.deputy_id == actor.deputy_id]
    start, status = listing.paths.column("activity.start"), listing.paths.column("activity.status")
    listing.predicates += [start >= clock.now(), status != "cancelled"]
    rows = listing.rows(listing.ids(0, MOST))
    asked = Listing(db.session(), actor, LEDGERS["leave_requests"], ["activity", "decision"])
    asked.predicates += [_leave.deputy_id == actor.deputy_id, _leave.activity_id.in_([row.values["activity"] for row in rows])]
    choices = LeaveRequest.fields["decision"].choices
    decisions = {
        row.values["activity"]: (row.id, row.texts["decision"], choices.tone(row.values["decision"]) if choices else "")
        for row in asked.rows(asked.ids(0, MOST))
    }
    return [
        {
            "activity": row.values["activity"],
            "title": row.texts["activity"],
            "start": row.texts["activity.start"],
            "place": row.texts["activity.place"],
            "request": decisions.get(row.values["activity"]),
        }
        for row in rows
    ]
