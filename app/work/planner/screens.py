"""The year planner's pages and what is done on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, jsonify, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_date, read_id
from app.core.dictionary.roles import Verb
from app.core.refusals import NotThere, Refusal, Refused
from app.core.web.pages import button
from app.core.web.screens import Screen
from app.core.workflows.steppages import step_button
from app.work.services import office_calendar

from . import services
from .board import board, duties_of, plan_state

OFFICE_ROLES = frozenset({"county", "head", "liaison", "archivist", "presidium"})


class YearScreen(Screen):
    """A page about one station's year."""

    open_to = OFFICE_ROLES

    def admit(self) -> Any:
        """Who works for all stations says first whose year it is."""
        if (answer := super().admit()) is not None:
            return answer
        return render_template("choose_station.html", title=_("Choose a station")) if the_actor().station_id is None else None


def year_in(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) == 4 and services.FIRST_YEAR <= int(text) <= services.LAST_YEAR):
        abort(404)
    return int(text)


def _said(refusal: Refusal) -> str:
    """Nothing was typed that could be kept: the board simply shows how it is now."""
    if refusal.code == "stale":
        return _("%(who)s changed this item meanwhile. The board now shows it as it is; move it again if need be", who=refusal.facts["who"])
    return refusal.sentence()


class PlannerScreen(YearScreen):
    route_base = "/planner"

    @expose("/", methods=["GET"])
    def now(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return self._page(clock.today().year)

    @expose("/<year>", methods=["GET"])
    def year(self, year: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return self._page(year_in(year))

    def _page(self, year: int) -> str:
        actor = the_actor()
        found = services.year_of(db.session(), actor, year)
        annual, shown = found.plans.get("year"), self._board(actor, found)
        return render_template(
            "planner.html",
            title=_("Plan and activities of %(year)s", year=year),
            board=shown,
            tag=plan_state(annual) if annual is not None else {"url": None, "tone": "mute", "word": _("No annual plan yet")},
            toolbar=self._toolbar(actor, found, shown["duties"]),
            years=[(each, f"/planner/{each}", each == year) for each in range(year - 1, year + 2)],
            making=self._making(actor, found),
            may_move=actor.may("plan_items", Verb.EDIT),
            crumbs=[(_("Year planner"), None)],
        )

    @staticmethod
    def _board(actor: Actor, found: services.Year) -> dict[str, Any]:
        session = db.session()
        numbers = services.numbers_for(session, actor.station_id)
        return board(actor, found, duties_of(found, office_calendar(session), numbers, clock.today()), clock.today())

    def _making(self, actor: Actor, found: services.Year) -> list[dict[str, Any]]:
        """How an empty plan is made in one step."""
        if found.of_annual() or not actor.may("plans", Verb.ADD):
            return []
        address = f"/planner/{found.year}/make"
        ways = [button(_("Plan from the duties"), f"{address}?source=duties", primary=True, post=True)]
        if services.has_last_year(db.session(), actor, found.year):
            ways.append(button(_("Plan from last year's"), f"{address}?source=last_year", post=True))
        return ways

    def _toolbar(self, actor: Actor, found: services.Year, standing: list[dict[str, Any]]) -> list[dict[str, Any]]:
        annual, year = found.plans.get("year"), found.year
        buttons = [
            button(_("Summary"), f"/yearbook/summary/{year}"),
            button(_("Chronicle"), f"/yearbook/chronicle?first={year}-01-01&last={year}-12-31"),
        ]
        if annual is None:
            return buttons
        buttons.append(button(_("Plan (Word)"), f"/plans/paper/work_plan/{annual.id}"))
        if found.of_annual() and actor.may("plans", Verb.EDIT):
            if any(each["tone"] == "warn" for each in standing):
                buttons.append(button(_("Add what is lacking"), f"/planner/{year}/make?source=duties", post=True))
            buttons.append(button(_("New item"), f"/plan_items/add?{urlencode({'plan': annual.id, 'back': f'/planner/{year}'})}"))
            for step in ("approve", "approve_changes"):
                buttons += step_button(actor, annual, step, f"/planner/{year}")
        return buttons

    # ------------------------------------------------------------------ what is done

    @expose("/<year>/make", methods=["POST"])
    def make(self, year: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        number, actor = year_in(year), the_actor()

        def making() -> str:
            count = services.make_plan(actor, number, request.values.get("source", ""))
            return _("%(count)s items were planned", count=count) if count else _("Nothing was lacking")

        return self._done(making, f"/planner/{number}")

    @expose("/<year>/quarter/<period>", methods=["POST"])
    def quarter(self, year: str, period: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        number, actor = year_in(year), the_actor()
        if period not in ("q1", "q2", "q3", "q4"):
            abort(404)

        def drawing() -> str:
            count = services.draw_quarter(actor, number, period)
            return _("The quarter's plan has %(count)s new items", count=count)

        return self._done(drawing, f"/planner/{number}")

    @staticmethod
    def _done(step: Callable[[], str], back: str) -> Any:
        try:
            said, tone = step(), "success"
        except NotThere:
            abort(404)
        except Refused as refused:
            if refused.codes == {"not_permitted"}:
                abort(403)
            said, tone = " ".join(refusal.sentence() for refusal in refused.refusals), "danger"
        flash(said, tone)
        return redirect(back)

    @expose("/move/<pk>", methods=["POST"])
    def move(self, pk: str) -> Any:
        """Moves an item; the board's script asks for JSON and shows the new board, a plain form is led back to the page."""
        if (answer := self.admit()) is not None:
            return answer
        actor, item_id, to = the_actor(), read_id(pk), self._target(request.form.get("to", ""))
        if item_id is None or to is None:
            abort(404)
        year, undo = clock.today().year, ""
        try:
            before = services.item_of(actor, item_id)
            year, undo = before.planned_for.year, before.planned_for.isoformat()
            title, day = services.move_item(actor, item_id, to, request.form.get("version"))
            said, tone = (
                _("“%(title)s” now lies on %(day)s", title=title, day=_("%(month)s-%(day)s", month=day.month, day=day.day)),
                "success",
            )
        except NotThere:
            abort(404)
        except Refused as refused:
            if refused.codes == {"not_permitted"}:
                abort(403)
            db.session.rollback()
            said, tone, undo = " ".join(_said(refusal) for refusal in refused.refusals), "danger", ""
        if request.accept_mimetypes.best != "application/json":
            flash(said, tone)
            return redirect(f"/planner/{year}")
        shown = self._board(actor, services.year_of(db.session(), actor, year))
        html = render_template("parts/planner_board.html", board=shown, may_move=True)
        return jsonify(board=html, said=said, done=tone == "success", undo=undo)

    @staticmethod
    def _target(text: str) -> date | int | None:
        """A month of the item's year, or a day."""
        if text.isdecimal() and text.isascii() and len(text) < 3:
            return int(text) if 1 <= int(text) <= 12 else None
        return read_date(text)
