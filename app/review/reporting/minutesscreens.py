"""The page on which a meeting's opinions are entered for each deputy and its minutes are drafted and kept (S9-4, S9-5, S9-6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.activities.services import REPORT_READERS
from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.roles import Verb
from app.core.paperwork.papers import Reading, papers_of
from app.core.records.saving import Writing, version_of
from app.core.refusals import NotThere, Refused
from app.core.web.pages import button
from app.core.web.screens import Screen

from ..ballot.announcing import verify
from . import rules
from .known import MEETING, announced, known_of, reporting
from .minutes import OF_ALL, Said, activity_of, keep_minutes, keep_opinions, upward_of, voiced_of
from .wording import minutes

ROLES = frozenset({"county", "head", "liaison", "archivist", "presidium", "convenor"})


def minutes_button(actor: Actor, row: Ledger) -> list[dict[str, Any]]:
    """On a review meeting's page: the way to its opinions and minutes."""
    if not ROLES & set(actor.roles):
        return []
    return [button(_("Opinions and minutes"), f"/review_minutes/{row.id}")]


class MinutesScreen(Screen):
    route_base = "/review_minutes"
    open_to = ROLES

    @expose("/<pk>", methods=["GET", "POST"])
    def minutes(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, meeting = the_actor(), self._meeting(pk)
        if request.method == "GET":
            return self._page(actor, meeting, [], None, {})
        text = request.form.get("record", "").replace("\r\n", "\n").strip()
        started = activity_of(db.session(), meeting).start.date()

        def doing() -> str:
            keep_minutes(actor, meeting, started, text, request.form.get("version"))
            return _("Saved")

        return self._done(actor, meeting, doing, text, {})

    @expose("/<pk>/opinions", methods=["POST"])
    def opinions(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, meeting = the_actor(), self._meeting(pk)
        said = _said()

        def doing() -> str:
            changed = keep_opinions(actor, meeting.id, said)
            return _("Saved") if changed else _("Nothing was changed")

        return self._done(actor, meeting, doing, None, said)

    @staticmethod
    def _meeting(pk: str) -> Any:
        """The meeting, or 404: another station's or group's does not exist."""
        try:
            return Writing(db.session(), the_actor()).existing("review_meetings", read_id(pk) or 0, Verb.SHOW)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)

    def _done(self, actor: Actor, meeting: Any, doing: Callable[[], str], text: str | None, said: Mapping[int, Said]) -> Any:
        meeting_id = meeting.id
        try:
            flash(doing(), "success")
        except NotThere:
            abort(404)
        except Refused as refused:
            db.session.rollback()
            if refused.codes == {"not_permitted"}:
                abort(403)
            again = self._meeting(str(meeting_id))
            errors = [each.sentence() for each in refused.refusals]
            return self._page(actor, again, errors, text, said), 409 if "stale" in refused.codes else 422
        return redirect(f"/review_minutes/{meeting_id}")

    def _page(self, actor: Actor, meeting: Any, errors: list[str], typed: str | None, said: Mapping[int, Said]) -> str:
        session = db.session()
        reading = Reading(session, actor)
        row = reading.rows("review_meetings", [meeting.id], MEETING)[0]
        known, activity = known_of(reading, row), activity_of(session, meeting)
        vote = announced(session, [meeting.id]).get(meeting.id)
        upward = upward_of(session, meeting, activity)
        anew = "anew" in request.args or not meeting.record
        may_write = actor.may("review_meetings", Verb.EDIT)
        reads = bool(REPORT_READERS & set(actor.roles)) and actor.may("activity_reports", Verb.SHOW)
        reported = reads and activity.start.date() <= clock.today()
        return render_template(
            "review/minutes.html",
            title=_("Opinions and minutes: %(title)s", title=known.title),
            meeting=meeting,
            known=known,
            day=activity.start.date(),
            begun=activity.start.date() <= clock.today(),
            opinions=self._opinions(reading, row, said),
            text=typed if typed is not None else minutes(known) if anew else meeting.record,
            drafted=anew and typed is None,
            errors=errors,
            version=version_of(session, meeting),
            may_write=may_write,
            may_voice=actor.may("voiced_opinions", Verb.ADD),
            grades=list(known.counts[0].votes) if known.counts else [],
            broken=[each.sentence() for each in verify(session, vote)] if vote is not None else [],
            upward={"tone": rules.TONES[upward.standing], "word": str(rules.WORDS[upward.standing]), "due": upward.due},
            report_url=f"/reporting/{activity.id}" if reported else "",
            toolbar=self._toolbar(actor, meeting, anew, may_write),
            crumbs=[
                (str(LEDGERS["review_meetings"].entry.label), "/review_meetings/list/"),
                (known.title, f"/review_meetings/show/{meeting.id}"),
                (_("Opinions and minutes"), None),
            ],
        )

    @staticmethod
    def _opinions(reading: Reading, row: Any, said: Mapping[int, Said]) -> list[dict[str, Any]]:
        """A box for each deputy who reports, and one for what was said of all."""
        there = voiced_of(reading.session, row.id)
        boxes = [(each.id, each.texts["deputy"]) for each in reporting(reading, row)] + [(OF_ALL, _("Of all who reported"))]
        general = row.values["opinions_voiced"] if not there else ""
        found = []
        for mandate, name in boxes:
            kept = there.get(mandate)
            text = kept.text if kept is not None else general if mandate == OF_ALL and general else ""
            typed = said.get(mandate)
            found.append({
                "mandate": mandate, "name": name, "text": typed.text if typed is not None else text,
                "version": typed.version if typed is not None else str(kept.version) if kept is not None else "",
            })
        return found

    @staticmethod
    def _toolbar(actor: Actor, meeting: Any, anew: bool, may_write: bool) -> list[dict[str, Any]]:
        buttons = []
        if meeting.record and may_write and not anew:
            buttons.append(button(_("Draft anew from the ledgers"), f"/review_minutes/{meeting.id}?anew=1"))
        return buttons + [
            button(label, f"/review_meetings/{address}") for label, address in papers_of(actor, meeting)
            if "/review_" in f"/{address}"
        ]


def _said() -> dict[int, Said]:
    """What was typed, by mandate; a name that is none is left out."""
    found = {}
    for name in request.form:
        mandate = name.removeprefix("said-")
        if mandate != name and mandate.isdecimal() and len(mandate) < 10:
            text = request.form[name].replace("\r\n", "\n").strip()
            found[int(mandate)] = Said(text, request.form.get(f"version-{mandate}", ""))
    return found
