"""The year's duty reports at a glance, and the page on which one is written, handed in and received (S9-3, S9-4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_date, read_id
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.roles import Reach, Verb
from app.core.dictionary.titles import titles_of
from app.core.files.attachments import attachments_count
from app.core.records.saving import Writing, version_of
from app.core.refusals import NotThere, Refused
from app.core.web.pages import button
from app.core.web.screens import Screen

from . import rules, services
from .showing import filters_of, page_of, tiles_of, workbook
from .yearly import RESPECTS, Choice, year_of

ROLES = frozenset({"county", "head", "liaison", "archivist", "presidium", "convenor", "deputy"})
FIRST_YEAR, LAST_YEAR = 1954, 2100
SIZE = 100


def writing_button(actor: Actor, row: Ledger) -> list[dict[str, Any]]:
    """On a duty report's page: the way to where it is written and handed in."""
    return [button(_("Write and hand in"), f"/duty_reporting/report/{row.id}")] if ROLES & set(actor.roles) else []


class DutyReportScreen(Screen):
    """A line for each mandate; who has an own account as a deputy sees the own ones alone."""

    route_base = "/duty_reporting"
    open_to = ROLES

    @expose("/")
    def this_year(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        today = clock.today()
        return self._year_page(the_actor(), today.year - (today.month == 1))

    @expose("/<int:year>")
    def year(self, year: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return self._year_page(the_actor(), _year(year))

    def _year_page(self, actor: Actor, year: int) -> str:
        choice = _choice()
        found = year_of(db.session(), actor, year)
        lines = [line for line in found.lines if choice.takes(line)]
        number = read_id(request.args.get("page", "1")) or 1
        return render_template(
            "review/duty_reports.html",
            title=_("Duty reports %(year)s", year=year),
            year=found,
            own=_is_own(actor),
            tiles=tiles_of(found),
            filters=filters_of(found, request.args),
            filtered=choice != Choice(),
            page=page_of(db.session(), actor, lines, number, SIZE),
            years=[(each, f"/duty_reporting/{each}", each == year) for each in range(year - 2, min(clock.today().year + 1, year + 2) + 1)],
            may_draft=actor.may("duty_reports", Verb.ADD),
            toolbar=self._toolbar(actor, year),
            to_draft=len([line for line in found.missing if choice.group in (None, line.group)]) if actor.station_id is not None else 0,
            group=choice.group or "",
            crumbs=[(str(LEDGERS["duty_reports"].entry.label), "/duty_reports/list/"), (_("Year %(year)s", year=year), None)],
        )

    @expose("/<int:year>/workbook")
    def excel(self, year: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, choice = the_actor(), _choice()
        if not actor.may("duty_reports", Verb.EXPORT):
            abort(403)
        found = year_of(db.session(), actor, _year(year))
        return workbook(db.session(), actor, found, [line for line in found.lines if choice.takes(line)])

    @expose("/<int:year>/draft", methods=["POST"])
    def draft_all(self, year: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        group = read_id(request.form.get("group", ""))
        try:
            made = services.draft_all(the_actor(), _year(year), group)
        except Refused as refused:
            db.session.rollback()
            _say(refused)
        else:
            flash(_("%(n)s drafts were made from the ledgers; what was written before is untouched", n=made), "success")
        return redirect(f"/duty_reporting/{year}" + (f"?group={group}" if group else ""))

    @expose("/<int:year>/begin", methods=["POST"])
    def begin(self, year: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        mandate, form = read_id(request.form.get("mandate", "")), request.form.get("form", "written")
        if mandate is None or form not in ("written", "direct"):
            abort(404)
        try:
            report = services.begin(the_actor(), mandate, _year(year), form, request.form.get("how") != "blank")
        except NotThere:
            abort(404)
        except Refused as refused:
            db.session.rollback()
            if refused.codes == {"not_permitted"}:
                abort(403)
            _say(refused)
            return redirect(f"/duty_reporting/{year}")
        return redirect(f"/duty_reporting/report/{report}")

    # ------------------------------------------------------------------ one report

    @expose("/report/<pk>", methods=["GET", "POST"])
    def report(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, report = the_actor(), self._report(pk)
        if request.method == "GET":
            return self._page(actor, report, [], {})
        texts, version = _typed(), request.form.get("version")
        day = read_date(request.form.get("submitted_on", ""))

        def doing() -> str:
            match request.form.get("action"):
                case "hand_in":
                    services.hand_in(actor, report, texts, day, version)
                    return _("The report is handed in")
                case "fill":
                    services.keep(actor, report, texts, version)
                    fresh = self._report(pk)
                    added = services.fill_up(actor, fresh, version_of(db.session(), fresh))
                    return _("Empty headings were filled from the ledgers") if added else _("The ledgers know nothing more")
                case _:
                    services.keep(actor, report, texts, version)
                    return _("Saved")

        return self._done(actor, report, doing, texts)

    @expose("/report/<pk>/received", methods=["POST"])
    def received(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, report = the_actor(), self._report(pk)
        day, version = read_date(request.form.get("received_on", "")), request.form.get("version")

        def doing() -> str:
            services.receive(actor, report, day, version)
            return _("Noted when the group received it")

        return self._done(actor, report, doing, {})

    @expose("/report/<pk>/back", methods=["POST"])
    def back(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, report, version = the_actor(), self._report(pk), request.form.get("version")

        def doing() -> str:
            services.take_back(actor, report, version)
            return _("The report is a draft again")

        return self._done(actor, report, doing, {})

    @staticmethod
    def _report(pk: str) -> Any:
        """The report, or 404: another's does not exist."""
        try:
            return Writing(db.session(), the_actor()).existing("duty_reports", read_id(pk) or 0, Verb.SHOW)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)

    def _done(self, actor: Actor, report: Any, doing: Callable[[], str], typed: Mapping[str, str]) -> Any:
        report_id = report.id
        try:
            flash(doing(), "success")
        except NotThere:
            abort(404)
        except Refused as refused:
            db.session.rollback()
            if refused.codes == {"not_permitted"}:
                abort(403)
            again = self._report(str(report_id))
            return self._page(actor, again, [_sentence(each) for each in refused.refusals], typed), 409 if "stale" in refused.codes else 422
        return redirect(f"/duty_reporting/report/{report_id}")

    def _page(self, actor: Actor, report: Any, errors: list[str], typed: Mapping[str, str]) -> str:
        session, model = db.session(), LEDGERS["duty_reports"]
        mandate: Any = session.get_one(LEDGERS["mandates"], report.mandate_id)
        named = [("deputies", mandate.deputy_id), ("terms", mandate.term_id), ("review_meetings", report.meeting_id or 0)]
        titles = titles_of(session, named)
        name = titles["deputies", mandate.deputy_id]
        own = _is_own(actor)
        may_write = self._may_write(actor, report) and not (own and report.received_on is not None)
        headings = [(each, str(model.fields[each].label), typed.get(each, getattr(report, each) or "")) for each in rules.HEADINGS]
        show = f"/duty_reports/show/{report.id}"
        return render_template(
            "review/duty_report.html",
            title=_("Duty report of %(name)s, %(year)s", name=name, year=report.year),
            report=report,
            form_label=model.fields["form"].choices.label(report.form) if model.fields["form"].choices else "",
            term=titles["terms", mandate.term_id],
            meeting=titles.get(("review_meetings", report.meeting_id or 0), ""),
            may_see_meeting=actor.may("review_meetings", Verb.SHOW),
            headings=headings,
            errors=errors,
            version=version_of(session, report),
            may_write=may_write,
            own=own,
            today=clock.today().isoformat(),
            files=attachments_count(session, "duty_reports", report.id),
            show=show,
            back=f"/duty_reporting/{report.year}",
            toolbar=[button(_("Word"), f"/duty_reports/paper/duty_report/{report.id}"), button(_("Open in the ledger"), show)],
            crumbs=[(_("Duty reports %(year)s", year=report.year), f"/duty_reporting/{report.year}"), (name, None)],
        )

    @staticmethod
    def _may_write(actor: Actor, report: Any) -> bool:
        try:
            Writing(db.session(), actor).existing("duty_reports", report.id, Verb.EDIT)
        except (NotThere, Refused):
            return False
        return True

    @staticmethod
    def _toolbar(actor: Actor, year: int) -> list[dict[str, Any]]:
        if not actor.may("duty_reports", Verb.EXPORT):
            return []
        query = urlencode({name: value for name, value in request.args.items() if value and name != "page"})
        return [button(_("Export Excel"), f"/duty_reporting/{year}/workbook" + (f"?{query}" if query else ""))]


def _year(year: int) -> int:
    return year if FIRST_YEAR <= year <= LAST_YEAR else abort(404)


def _choice() -> Choice:
    """What the address asks for; what cannot be read is left out."""
    respect, _colon, standing = request.args.get("standing", "").partition(":")
    level = request.args.get("level", "")
    known = respect in RESPECTS and standing in rules.WORDS
    return Choice(read_id(request.args.get("group", "")), level, respect if known else "", standing if known else "")


def _is_own(actor: Actor) -> bool:
    """A deputy who looks at the own reports."""
    return actor.reach("duty_reports", Verb.LIST) is Reach.SELF


def _typed() -> dict[str, str]:
    return {name: request.form[name].replace("\r\n", "\n").strip() for name in rules.HEADINGS if name in request.form}


def _sentence(refusal: Any) -> str:
    """A refusal on this page; one of a heading is told with the heading's name."""
    field = LEDGERS["duty_reports"].fields.get(refusal.field or "")
    return f"{field.label}：{refusal.sentence()}" if field is not None else refusal.sentence()


def _say(refused: Refused) -> None:
    for each in refused.refusals:
        flash(_sentence(each), "danger")
