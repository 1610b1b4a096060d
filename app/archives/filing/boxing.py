"""装订装盒: the loose items of a class, put into a box; a box's spine and label as papers."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.roles import Verb
from app.core.paperwork.paperpages import as_download
from app.core.paperwork.papers import FORMS, Reading, document
from app.core.records.saving import Writing
from app.core.refusals import NotThere, Refused
from app.core.web.forms import control_of
from app.core.web.screens import Screen

from ..models import RETENTION, ArchiveVolume
from . import boxes
from .screens import FILERS

PAPERS = ("box_spines", "box_labels")


class BoxingScreen(Screen):
    route_base = "/boxing"
    open_to = FILERS

    @expose("/", methods=["GET", "POST"])
    def boxing(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        if request.method == "GET":
            return self._page(request.args.get("year", ""), request.args.get("retention", ""), {})
        ids = [read_id(each) for each in dict.fromkeys(request.form.getlist("rows"))]
        chosen, into = [each for each in ids if each is not None], request.form.get("box", "")
        if None in ids or (into and read_id(into) is None):
            abort(404)
        try:
            box = boxes.bind(the_actor(), chosen, read_id(into) if into else None, request.form)
        except NotThere:
            abort(404)
        except Refused as refused:
            db.session.rollback()
            errors = refused.by_field()
            for sentence in [each for name, sentences in errors.items() if name not in boxes.PLACE for each in sentences]:
                flash(sentence, "danger")
            return self._page(request.form.get("year", ""), request.form.get("retention", ""), errors), 422
        flash(_("%(count)s items lie in the box now", count=len(chosen)), "success")
        return redirect(f"/archive_volumes/show/{box}")

    @expose("/paper/<form_key>/<pk>", methods=["GET"])
    def paper(self, form_key: str, pk: str) -> Any:
        """Spine or label of one box."""
        if (answer := self.admit()) is not None:
            return answer
        actor, row_id = the_actor(), read_id(pk)
        if form_key not in PAPERS or row_id is None:
            abort(404)
        try:
            Writing(db.session(), actor).existing("archive_volumes", row_id, Verb.SHOW)
            name, data = document(FORMS[form_key], Reading(db.session(), actor), [row_id])
        except NotThere:
            abort(404)
        except Refused as refused:
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
            return redirect(f"/archive_volumes/show/{row_id}")
        return as_download(data, name, "docx")

    @staticmethod
    def _page(year: str, retention: str, errors: dict[str | None, list[str]]) -> str:
        actor, session = the_actor(), db.session()
        classes = boxes.classes(session, actor)
        named = (int(year) if year.isdecimal() and len(year) == 4 else 0, retention)
        now = next((each for each in classes if (each.year, each.retention) == named), classes[0] if classes else None)
        rows, found = [], []
        if now is not None:
            listing = boxes.loose(session, actor, now.year, now.retention)
            rows = listing.rows(listing.ids(0, boxes.MOST))
            there = boxes.boxes_of(session, actor, now.year, now.retention)
            found = [(row.id, f"{row.texts['number']} {row.texts['title']}") for row in there.rows(there.ids(0, 200))]
        fields = ArchiveVolume.fields
        controls = [
            control_of(fields[name], name, request.form.get(name) or str(fields[name].default or ""), errors.get(name, []), {})
            for name in boxes.PLACE
            if name != "note"
        ]
        return render_template(
            "filing/boxing.html",
            title=_("Bind into boxes"),
            crumbs=[(_("To be filed"), "/filing/"), (_("Bind into boxes"), None)],
            classes=[(each, RETENTION.label(each.retention)) for each in classes],
            now=now,
            retention=RETENTION.label(now.retention) if now is not None else "",
            rows=rows,
            boxes=found,
            ticked={read_id(each) for each in request.form.getlist("rows")} if request.method == "POST" else {row.id for row in rows},
            chosen_box=request.form.get("box", ""),
            controls=[{**each, "required": False} for each in controls],
            most=boxes.MOST,
        )
