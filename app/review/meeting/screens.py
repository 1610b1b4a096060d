"""The pages of a review meeting: the door's by key, the office's page of the whole meeting by login."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _

from app.activities.services import REPORT_READERS
from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.devices.addresses import reachable, screens_base
from app.core.devices.openscreens import Opened, key_of, open_screen, opening_of, withdraw
from app.core.devices.qr import qr_svg
from app.core.devices.screenkeys import batch_answered, by_key
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import show_date, title_of
from app.core.records.saving import Writing
from app.core.refusals import NotThere, Refused
from app.core.web.historypages import allowed
from app.core.web.pages import button
from app.core.web.screens import Screen
from app.core.workflows.steppages import standing
from app.importing.services import read
from app.importing.uploads import ACCEPT, uploaded
from app.sheets import MOST_BYTES

from ..ballot.access import HEADS, OFFICE
from ..ballot.models import OPEN, Vote
from . import rules, services, showing
from .announcement import SCREEN as WALL
from .lists import voters_listed
from .table import required_at
from .votes import VOTE_STATES, last_vote, shown

LASTING = timedelta(days=3)
"""Opened the day before at the earliest; what was kept is sent the day after at the latest."""
SCREENS = {"door": services.SCREEN, "wall": WALL}
_by_key = by_key(services.SCREEN, writes="voter_representatives", gone="screen_row_gone")


class VotersByKey(BaseView):
    """What the tablet at the door of the hall asks, by key alone, without cookie or login."""

    route_base = "/voters"

    @expose("/", methods=["GET"])
    def door(self) -> Any:
        return render_template("meeting/door.html", title=_("Sign-in of voter representatives"))

    @expose("/state", methods=["GET"])
    @_by_key
    def state(self, opened: Opened) -> Any:
        if request.args.get("revision") == str(opened.revision):
            return "", 204
        return jsonify(showing.shown_on(db.session(), opened))

    @expose("/operations", methods=["POST"])
    @_by_key
    def operations(self, opened: Opened) -> Any:
        return batch_answered(opened, services.handler_of(opened))


class MeetingScreen(Screen):
    """The meeting from one page: what is settled, who has come, how the vote stands, what is to be written."""

    route_base = "/meeting"

    def _meeting(self, pk: str, verb: Verb = Verb.EDIT) -> tuple[Actor, Any]:
        actor, row_id = the_actor(), read_id(pk)
        if row_id is None:
            abort(404)
        try:
            return actor, Writing(db.session(), actor).existing("review_meetings", row_id, verb)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)

    @expose("/of/<pk>", methods=["GET"])
    def meeting(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, meeting = self._meeting(pk)
        if services.behind(db.session(), meeting):
            services.follow(actor, meeting.id)
            actor, meeting = self._meeting(pk)
        return self._page(actor, meeting)

    def _page(self, actor: Actor, meeting: Any, typed: str = "", errors: Any = ()) -> Any:
        session, title = db.session(), title_of(db.session, meeting)
        activity: Any = session.get_one(LEDGERS["activities"], meeting.activity_id)
        listed, signed = showing.count_of(session, meeting.id)
        before_voters = meeting.audience == rules.VOTERS
        vote = last_vote(session, meeting.id)
        return render_template(
            "meeting/meeting.html",
            title=title,
            meeting=meeting,
            activity=activity,
            when=show_date(activity.start),
            audience=meeting.fields["audience"].choices.label(meeting.audience),
            reporters=showing.reporters_of(session, meeting),
            voters=_voters(listed, signed, required_at(session, meeting), vote) if before_voters else None,
            signs_deputies=allowed(actor, "activities", meeting.activity_id, Verb.EDIT),
            deputies=showing.deputies_of(session, meeting.activity_id),
            most_bytes=MOST_BYTES,
            accept=ACCEPT,
            keeps_voters=actor.may("voter_representatives", Verb.ADD),
            door=self._screen(actor, meeting, services.SCREEN, "/voters/"),
            wall=self._screen(actor, meeting, WALL, "/announcement/"),
            shown=shown(session, vote) if vote is not None else None,
            tablets=_tablets(vote),
            reads_report=bool(REPORT_READERS & set(actor.roles)) and actor.may("activity_reports", Verb.SHOW),
            vote_states=VOTE_STATES,
            keeps_votes=bool(OFFICE & set(actor.roles)),
            decides=bool(HEADS & set(actor.roles)),
            typed=typed,
            errors=list(errors),
            reachable=reachable(),
            **_standing(actor, meeting),
            crumbs=[(_("Review meetings"), "/review_meetings/list/"), (title, f"/review_meetings/show/{meeting.id}"),
                    (_("Hold the meeting"), None)],
        )

    def _screen(self, actor: Actor, meeting: Any, screen: str, path: str) -> dict[str, Any] | None:
        """The address of an open screen, as people type and scan it."""
        opening = opening_of(db.session(), actor, screen, "review_meetings", meeting.id)
        if opening is None:
            return None
        url = f"{screens_base()}{path}#{key_of(opening.id)}"
        return {"url": url, "qr": qr_svg(url), "until": clock.to_office(opening.good_until).strftime("%m-%d %H:%M")}

    @expose("/of/<pk>/<step>", methods=["POST"])
    def take(self, pk: str, step: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, meeting = self._meeting(pk)
        steps: dict[str, Callable[[Actor, int], None]] = {
            "voters": self._paste,
            "voters_file": self._upload,
            **{f"open_{name}": partial(self._open, screen) for name, screen in SCREENS.items()},
            **{f"close_{name}": partial(self._close, screen) for name, screen in SCREENS.items()},
        }
        if step not in steps:
            abort(404)
        if not step.endswith("_wall") and not actor.may("voter_representatives", Verb.ADD):
            abort(403)
        try:
            steps[step](actor, meeting.id)
        except Refused as refused:
            sentences = [refusal.sentence() for refusal in refused.refusals]
            return self._page(actor, self._meeting(pk)[1], request.form.get("names", "")[: rules.MOST_PASTED], sentences), 422
        return redirect(f"/meeting/of/{pk}" + ("#voters" if not step.endswith("_wall") else ""))

    def _paste(self, actor: Actor, meeting_id: int) -> None:
        self._enter(actor, meeting_id, rules.voters_named(request.form.get("names", "")))

    def _upload(self, actor: Actor, meeting_id: int) -> None:
        self._enter(actor, meeting_id, voters_listed(read(*uploaded())))

    def _enter(self, actor: Actor, meeting_id: int, names: Sequence[str]) -> None:
        entered = services.enter_voters(actor, meeting_id, names)
        if entered.added:
            flash(_("%(count)s voter representatives were entered", count=entered.added), "success")
        if entered.there:
            flash(_("On the list already: %(names)s", names="、".join(entered.there[:20])), "info")
        if entered.reporting:
            names = "、".join(entered.reporting)
            flash(_("Left out, because they are reviewed at this meeting: %(names)s", names=names), "warning")

    def _open(self, screen: str, actor: Actor, meeting_id: int) -> None:
        open_screen(actor, screen, "review_meetings", meeting_id, LASTING)
        flash(_("The screen can be opened now"), "success")

    def _close(self, screen: str, actor: Actor, meeting_id: int) -> None:
        withdraw(actor, screen, "review_meetings", meeting_id)
        flash(_("The addresses given out so far open nothing any more"), "success")


def _standing(actor: Actor, meeting: Any) -> dict[str, Any]:
    """The line of the row's page; its steps lead back here."""
    found = standing(actor, meeting)
    steps = [{**step, "url": f"{step['url']}?back=/meeting/of/{meeting.id}"} for step in found["next_steps"]]
    return {**found, "next_steps": steps}


def _tablets(vote: Vote | None) -> dict[str, Any] | None:
    """Where the voters' ballot page is, for tablets that are passed round."""
    if vote is None or vote.state != OPEN or not vote.electronic_printed:
        return None
    url = f"{screens_base()}/ballot/{vote.ref}"
    return {"url": url, "qr": qr_svg(url)}


def _voters(listed: int, signed: int, required: int, vote: Vote | None) -> dict[str, Any]:
    return {"listed": listed, "signed": signed, "required": required, "fixed": vote is not None and vote.state in showing.FIXED}


def meeting_button(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """On a meeting's page, for who keeps it."""
    if not allowed(actor, "review_meetings", row.id, Verb.EDIT):
        return []
    return [button(_("Hold the meeting"), f"/meeting/of/{row.id}")]
