"""The page on which the report of an activity is drafted, edited and marked as sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_date, read_id
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import title_of
from app.core.files.attachments import attachments_of
from app.core.lists.values import opens_files
from app.core.paperwork.papers import Reading
from app.core.records.saving import Writing, version_of
from app.core.refusals import NotThere, Refused, refuse_any
from app.core.web.pages import button
from app.core.web.screens import Screen

from . import rules, services


def report_button(actor: Actor, row: Ledger) -> list[dict[str, Any]]:
    """On an activity's page: the way to its report."""
    written = bool(rules.REPORT_READERS & set(actor.roles)) and actor.may("activity_reports", Verb.SHOW)
    begun: Any = row
    if not written or begun.status == "cancelled" or begun.start.date() > clock.today():
        return []
    return [button(_("Report to the county"), f"/reporting/{row.id}")]


class ReportScreen(Screen):
    route_base = "/reporting"
    open_to = rules.REPORT_READERS

    @expose("/<pk>", methods=["GET", "POST"])
    def report(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, activity = the_actor(), self._activity(pk)
        if request.method == "GET":
            return self._page(actor, activity, [], None)
        text = request.form.get("text", "").replace("\r\n", "\n").strip()

        def saving() -> str:
            services.save_text(actor, activity, text, request.form.get("version"), request.form.get("request_id", "")[:64] or None)
            return _("Saved")

        return self._done(actor, activity, saving, text)

    @expose("/<pk>/sent", methods=["POST"])
    def sent(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, activity = the_actor(), self._activity(pk)

        def sending() -> str:
            services.mark_sent(actor, activity, read_date(request.form.get("sent_on", "")), request.form.get("version"))
            return _("Marked as sent")

        return self._done(actor, activity, sending, None)

    @expose("/<pk>/unsent", methods=["POST"])
    def unsent(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, activity = the_actor(), self._activity(pk)

        def taking_back() -> str:
            services.take_back(actor, activity, request.form.get("version"))
            return _("The report is a draft again")

        return self._done(actor, activity, taking_back, None)

    @staticmethod
    def _activity(pk: str) -> Any:
        """The activity, or 404: another station's does not exist."""
        row_id = read_id(pk)
        try:
            return Writing(db.session(), the_actor()).existing("activities", row_id or 0, Verb.SHOW)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)

    def _done(self, actor: Actor, activity: Any, step: Callable[[], str], typed: str | None) -> Any:
        activity_id = activity.id
        try:
            flash(step(), "success")
        except NotThere:
            abort(404)
        except Refused as refused:
            if refused.codes == {"not_permitted"}:
                abort(403)
            db.session.rollback()
            again = self._activity(str(activity_id))
            return self._page(actor, again, [each.sentence() for each in refused.refusals], typed), 409 if "stale" in refused.codes else 422
        return redirect(f"/reporting/{activity_id}")

    def _page(self, actor: Actor, activity: Any, errors: list[str], typed: str | None) -> str:
        session = db.session()
        report = services.report_of(session, activity.id)
        try:
            refuse_any(rules.can_be_reported(activity.status, activity.start, clock.today()))
            closed = []
        except Refused as refused:
            closed = [each.sentence() for each in refused.refusals]
        reading = Reading(session, actor)
        known = services.known_of(reading, activity.id)
        anew = "anew" in request.args or report is None or not report.content
        text = typed if typed is not None else services.draft_of(reading, activity, known) if anew else report.content
        may_write = not closed and actor.may("activity_reports", Verb.ADD if report is None else Verb.EDIT)
        title = title_of(session, activity)
        return render_template(
            "report.html",
            title=_("Report on “%(title)s”", title=activity.title),
            text=text,
            drafted=anew and typed is None,
            closed=closed if report is None else [],
            errors=errors,
            known=known,
            report=report,
            term=services.term_of(session, activity, report),
            version=version_of(session, report) if report is not None else "",
            request_id=str(uuid4()),
            may_write=may_write,
            today=clock.today().isoformat(),
            photos=self._photos(actor, activity),
            activity_url=f"/activities/show/{activity.id}",
            toolbar=self._toolbar(activity, report, may_write, anew),
            crumbs=[
                (str(LEDGERS["activities"].entry.label), "/activities/list/"),
                (title, f"/activities/show/{activity.id}"),
                (_("Report on an activity"), None),
            ],
        )

    @staticmethod
    def _photos(actor: Actor, activity: Any) -> list[dict[str, Any]]:
        if not opens_files(actor, LEDGERS["activities"]):
            return []
        return [
            {
                "url": f"/attachments/{each.id}",
                "small": f"/attachments/{each.id}/thumbnail" if each.has_thumbnail else f"/attachments/{each.id}",
                "name": each.name,
            }
            for each in attachments_of(db.session(), "activities", activity.id)
            if each.kind.family == "picture"
        ]

    @staticmethod
    def _toolbar(activity: Any, report: Any, may_write: bool, anew: bool) -> list[dict[str, Any]]:
        buttons = []
        if report is not None and may_write and not anew:
            buttons.append(button(_("Draft anew from the ledgers"), f"/reporting/{activity.id}?anew=1"))
        if report is not None:
            buttons.append(button(_("Word"), f"/activity_reports/paper/activity_report/{report.id}"))
        return buttons
