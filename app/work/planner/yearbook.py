"""The year's summary and the chronicle of any period: on the screen, and as Word documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_date
from app.core.dictionary.roles import Verb
from app.core.lists import chronicle
from app.core.lists.chronicle import Happening, Period
from app.core.paperwork.paperpages import as_download
from app.core.paperwork.papers import Reading
from app.core.paperwork.templates import template_of
from app.core.records.saving import version_of
from app.core.records.writing import write
from app.core.refusals import Refused
from app.core.web.pages import button
from app.paper import render
from app.work.forms import chronicle_facts, when
from app.work.models import Plan

from .screens import YearScreen, year_in
from .services import station_name
from .wording import by_month, share, span, summary

LONGEST = 3_700
"""Days of a chronicle: ten years."""
MOST_LINES = 5_000
_plans: Any = Plan


@dataclass(frozen=True)
class Asked:
    """The period that an address asks for, and what of it could not be read."""

    first: date
    last: date
    errors: tuple[str, ...] = ()


def asked_for() -> Asked:
    today = clock.today()
    usual = Asked(date(today.year, 1, 1), today)
    first, last = request.args.get("first", ""), request.args.get("last", "")
    if not first and not last:
        return usual
    days = read_date(first) if first else usual.first, read_date(last) if last else usual.last
    if days[0] is None or days[1] is None:
        return Asked(usual.first, usual.last, (_("This is no period; write its days like 2026-01-01"),))
    if days[1] < days[0]:
        return Asked(usual.first, usual.last, (_("The period ends before it begins"),))
    if (days[1] - days[0]).days > LONGEST:
        return Asked(usual.first, usual.last, (_("A chronicle covers ten years at most"),))
    return Asked(days[0], days[1])


class YearbookScreen(YearScreen):
    route_base = "/yearbook"

    # ------------------------------------------------------------------ chronicle

    @expose("/chronicle", methods=["GET"])
    def chronicle(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, asked = the_actor(), asked_for()
        lines = self._lines(actor, asked)
        query = f"first={asked.first}&last={asked.last}"
        return render_template(
            "chronicle.html",
            title=_("Chronicle"),
            asked=asked,
            errors=list(asked.errors),
            months=by_month(lines[:MOST_LINES]),
            count=len(lines),
            cut=len(lines) > MOST_LINES,
            may_show={key: actor.may(key, Verb.SHOW) for key in {each.ledger for each in lines}},
            toolbar=[button(_("Word"), f"/yearbook/chronicle/word?{query}", primary=True)] if lines else [],
            crumbs=[(_("Year planner"), "/planner/"), (_("Chronicle"), None)],
        ), 422 if asked.errors else 200

    @expose("/chronicle/word", methods=["GET"])
    def chronicle_word(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, asked = the_actor(), asked_for()
        if asked.errors:
            abort(422)
        head = Reading(db.session(), actor).letterhead_of(actor.station_id)
        facts = chronicle_facts(self._lines(actor, asked)[:MOST_LINES], head, asked.first, asked.last)
        data = render(template_of("chronicle", actor.station_id), facts)
        return as_download(data, f"{head.station}{_('Chronicle')}{span(asked.first, asked.last)}", "docx")

    @staticmethod
    def _lines(actor: Actor, asked: Asked) -> list[Happening]:
        return chronicle.happenings(Period(db.session(), actor, asked.first, asked.last))

    # ------------------------------------------------------------------ summary

    @expose("/summary/<year>", methods=["GET", "POST"])
    def summary(self, year: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, number = the_actor(), year_in(year)
        if not actor.may("plans", Verb.SHOW):
            abort(403)
        plan = db.session.scalars(
            select(Plan).where(_plans.station_id == actor.station_id, _plans.year == number, _plans.period == "year")
        ).first()
        if request.method == "GET":
            return self._summary_page(actor, number, plan, [], None)
        if not actor.may("plans", Verb.EDIT if plan is not None else Verb.ADD):
            abort(403)
        text = request.form.get("text", "").replace("\r\n", "\n").strip()
        changes: dict[str, Any] = {"summary": text, "summarised_on": clock.today() if text else None}
        try:
            if plan is not None:
                write(actor, "plans", changes, row_id=plan.id, version=request.form.get("version"))
            else:
                write(actor, "plans", {"year": number, "period": "year", **changes}, request_id=request.form.get("request_id") or None)
        except Refused as refused:
            db.session.rollback()
            errors = [refusal.sentence() for refusal in refused.refusals]
            return self._summary_page(actor, number, plan, errors, text), 409 if "stale" in refused.codes else 422
        flash(_("Saved"), "success")
        return redirect(f"/yearbook/summary/{number}")

    def _summary_page(self, actor: Actor, year: int, plan: Any, errors: list[str], typed: str | None) -> str:
        period = Period(db.session(), actor, date(year, 1, 1), date(year, 12, 31))
        figures = chronicle.figures(period)
        kept = plan.summary if plan is not None else None
        anew = "anew" in request.args or not kept
        values, labels = {each.code: each.value for each in figures}, {each.code: each.label for each in figures}
        drafted = summary(values, labels, station_name(db.session(), actor.station_id), when(year, "year"))
        may_edit = actor.may("plans", Verb.EDIT if plan is not None else Verb.ADD)
        toolbar = [button(_("Draft anew from the ledgers"), f"/yearbook/summary/{year}?anew=1")] if kept and may_edit and not anew else []
        if kept:
            toolbar.append(button(_("Word"), f"/plans/paper/annual_summary/{plan.id}"))
        return render_template(
            "summary.html",
            title=_("Summary of the year %(year)s", year=year),
            text=typed if typed is not None else drafted if anew else kept,
            drafted=anew and typed is None,
            figures=figures,
            rate=share(values["came"], values["invited"]),
            version=version_of(db.session(), plan) if plan is not None else "",
            may_edit=may_edit,
            errors=errors,
            kept_on=plan.summarised_on if plan is not None and kept else None,
            toolbar=toolbar,
            back=f"/planner/{year}",
            crumbs=[(_("Year planner"), f"/planner/{year}"), (_("Summary"), None)],
        )
