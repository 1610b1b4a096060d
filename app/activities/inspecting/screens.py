"""The page on which the office writes what was found at each organ and when it was fed back, all organs at once (S6-3, S6-5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import Field
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import show, title_of, titles_of
from app.core.records.saving import Writing, version_of
from app.core.refusals import NotThere, Refused
from app.core.web.forms import as_typed, control_of
from app.core.web.ownforms import Errors, form
from app.core.web.pages import button
from app.core.web.screens import Screen

from .. import rules
from . import services

KEY = "inspected_organs"


def feedback_button(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """On an inspection's page, where organs are named and the actor may write of them."""
    if row.feedback is None or not actor.may(KEY, Verb.EDIT):
        return []
    return [button(_("Findings and feedback by organ"), f"/feedback/{row.id}", primary=row.feedback != "done")]


class FeedbackScreen(Screen):
    """One section for each organ inspected."""

    route_base = "/feedback"

    @expose("/<int:inspection_id>", methods=["GET", "POST"])
    def feedback(self, inspection_id: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        inspection = self._inspection(inspection_id)
        organs = services.organs_of(db.session(), inspection_id)
        if not organs:
            flash(_("No inspected organ is named yet"), "warning")
            return redirect(f"/inspections/edit/{inspection_id}")
        if request.method == "GET":
            return self._page(inspection, {})
        said = {each.id: {name: request.form.get(_name(each.id, name), "") for name in services.SAID} for each in organs}
        said = {row_id: values for row_id, values in said.items() if _name(row_id, "version") in request.form}
        versions = {row_id: request.form[_name(row_id, "version")] for row_id in said}
        common = {name: request.form.get(f"all-{name}", "") for name in services.FED_BACK}
        try:
            services.write_of_organs(the_actor(), inspection_id, rules.fed_back_alike(said, common), versions)
        except NotThere:
            abort(404)
        except Refused as refused:
            db.session.rollback()
            for refusal in refused.refusals:
                if refusal.field is None:
                    flash(refusal.sentence(), "danger")
            stale = "stale" in refused.codes
            return self._page(self._inspection(inspection_id), refused.by_field(), stale), 409 if stale else 422
        flash(_("Saved"), "success")
        return redirect(f"/inspections/show/{inspection_id}?tab={KEY}-inspection")

    @staticmethod
    def _inspection(inspection_id: int) -> Any:
        """The inspection, or 404: another station's does not exist."""
        try:
            return Writing(db.session(), the_actor()).existing("inspections", inspection_id, Verb.EDIT)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)

    @staticmethod
    def _page(inspection: Any, errors: Errors, stale: bool = False) -> str:
        """Nothing typed is lost; where another one wrote meanwhile, what stands there now is said beside it, and saving goes over it."""
        session, fields = db.session(), LEDGERS[KEY].fields
        organs = services.organs_of(session, inspection.id)
        names = titles_of(session, [("organs", each.organ_id) for each in organs])
        sections, hidden = [_common(fields)] if len(organs) > 1 and inspection.feedback != "done" else [], []
        for each in organs:
            controls = []
            for name in services.SAID:
                kept = as_typed(fields[name], getattr(each, name))
                typed = request.form.get(_name(each.id, name), kept)
                shown = _control(fields[name], _name(each.id, name), typed, errors.get(f"{each.id}.{name}", []))
                if stale and typed.strip() != kept:
                    shown["hint"] = _("Stored now: %(value)s", value=show(fields[name], getattr(each, name)) or "—")
                controls.append(shown)
            sections.append((names["organs", each.organ_id], controls))
            version = version_of(session, each)
            hidden.append((_name(each.id, "version"), version if stale else request.form.get(_name(each.id, "version"), version)))
        title, address = title_of(session, inspection), f"/inspections/show/{inspection.id}"
        crumbs = [
            (str(LEDGERS["inspections"].entry.label), "/inspections/list/"),
            (title, address),
            (_("Findings and feedback by organ"), None),
        ]
        return form(_("Findings and feedback by organ: %(what)s", what=title), sections, address, crumbs, hidden=hidden)


def _common(fields: Mapping[str, Field]) -> tuple[str, list[dict[str, Any]]]:
    """What holds for all that have no day of their own yet: most often they hear of it at one meeting."""
    controls = [_control(fields[name], f"all-{name}", request.form.get(f"all-{name}", ""), []) for name in services.FED_BACK]
    controls[0]["hint"] = _("For every organ that has no day of its own below")
    return _("Fed back to all at once"), controls


def _control(item: Field, name: str, typed: Any, errors: list[str]) -> dict[str, Any]:
    """Two controls a line, long texts too: a page for five organs stays one that can be looked over."""
    return {**control_of(item, name, typed, errors, {}), "wide": False}


def _name(row_id: int, field: str) -> str:
    """The control of an organ's field."""
    return f"organ{row_id}-{field}"
