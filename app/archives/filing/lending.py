"""借出与逾期: what is out, for how long, and taking it back with one touch."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.roles import Verb
from app.core.refusals import NotThere, Refused
from app.core.web.pages import button, whole
from app.core.web.screens import Screen

from ..models import CONDITIONS
from . import loans, rules

PAGE = 50
MOST_PAGES_OF_LIST = 10_000


class LoansScreen(Screen):
    route_base = "/loans_out"
    open_to = frozenset({"county", "head", "liaison", "archivist", "presidium"})

    @expose("/", methods=["GET"])
    def out(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, session, today = the_actor(), db.session(), clock.today()
        overdue = request.args.get("part") == "overdue"
        listing = loans.out(session, actor, overdue)
        page = whole(request.args.get("page"), 1, 1, MOST_PAGES_OF_LIST) or 1
        ids = listing.ids((page - 1) * PAGE, PAGE + 1)
        rows = listing.rows(ids[:PAGE])
        part = "&part=overdue" if overdue else ""
        return render_template(
            "filing/loans.html",
            title=_("Out on loan and overdue"),
            crumbs=[(_("Out on loan and overdue"), None)],
            parts=[
                ("", _("All that is out"), loans.out(session, actor).count(), not overdue),
                ("overdue", _("Overdue"), loans.out(session, actor, overdue=True).count(), overdue),
            ],
            rows=[(row, rules.days_late(row.values["due_on"], today), (today - row.values["out_on"]).days) for row in rows],
            conditions=list(CONDITIONS.labels.items()),
            may_take=actor.may("archive_loans", Verb.EDIT),
            toolbar=[button(_("Lend a file"), "/archive_loans/add", primary=True)] if actor.may("archive_loans", Verb.ADD) else [],
            prev_url=f"/loans_out/?page={page - 1}{part}" if page > 1 else None,
            next_url=f"/loans_out/?page={page + 1}{part}" if len(ids) > PAGE else None,
        )

    @expose("/back/<pk>", methods=["POST"])
    def back(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        row_id = read_id(pk)
        if row_id is None:
            abort(404)
        try:
            number = loans.give_back(the_actor(), row_id, request.form.get("condition", ""))
        except NotThere:
            abort(404)
        except Refused as refused:
            if refused.codes == {"not_permitted"}:
                abort(403)
            db.session.rollback()
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
        else:
            flash(_("%(file_no)s is back", file_no=number), "success")
        return redirect("/loans_out/")
