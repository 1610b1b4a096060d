"""The page on which guests are noted by pasted lines and marked as signed in."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import title_of
from app.core.lists.listing import Listing
from app.core.records.bulk import Draft, save_all
from app.core.records.saving import Writing
from app.core.records.writing import change_set
from app.core.refusals import NotThere, Refusal, Refused
from app.core.web.pages import button
from app.core.web.screens import Screen

from ..life.table import OFFICE
from ..models import GUEST_KINDS, ActivityGuest
from .rules import guests_in

MOST = 200
_guests: Any = ActivityGuest


class GuestScreen(Screen):
    """Guests of one activity."""

    route_base = "/guests"
    open_to = OFFICE

    def _activity(self, activity_id: int, verb: Verb = Verb.SHOW) -> Any:
        try:
            return Writing(db.session, the_actor()).existing("activities", activity_id, verb)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)

    @expose("/<int:activity_id>", methods=["GET", "POST"])
    def guests(self, activity_id: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        if request.method == "GET":
            return self._page(self._activity(activity_id), [])
        self._activity(activity_id, Verb.EDIT)
        try:
            count = self._note(activity_id, request.form.get("pasted", ""), request.form.get("kind", ""), "signed" in request.form)
        except Refused as refused:
            db.session.rollback()
            return self._page(self._activity(activity_id), [each.sentence() for each in refused.refusals]), 422
        flash(_("%(count)s guests noted", count=count), "success")
        return redirect(f"/guests/{activity_id}")

    @staticmethod
    def _note(activity_id: int, pasted: str, kind: str, signed: bool) -> int:
        """All or none: a line that cannot be taken is named, and nothing typed is lost."""
        guests = guests_in(pasted)
        if not guests:
            raise Refused(Refusal("no_guests"))
        if len(guests) > MOST:
            raise Refused(Refusal("too_many_rows", None, {"most": MOST}))
        with change_set(the_actor()) as writing:
            activity: Any = writing.existing("activities", activity_id, Verb.EDIT)
            own = {"activity": activity.id, "kind": kind, "signed_at": clock.now() if signed else None, "station_id": activity.station_id}
            drafts = [Draft("activity_guests", {**own, "name": each.name, "unit": each.unit, "phone": each.phone}) for each in guests]
            wrong = [
                Refusal("guest_line", None, {"name": guest.name, "why": refusal.sentence()})
                for guest, outcome in zip(guests, save_all(writing, drafts), strict=True)
                if isinstance(outcome, tuple)
                for refusal in outcome
            ]
            if wrong:
                raise Refused(*wrong[:10])
        return len(guests)

    @expose("/<int:activity_id>/sign", methods=["POST"])
    def sign(self, activity_id: int) -> Any:
        """One button of the list: `in` or `out`, with the guest's id. It sets, it does not toggle."""
        if (answer := self.admit()) is not None:
            return answer
        self._activity(activity_id, Verb.EDIT)
        signed = "in" in request.form
        row_id = read_id(request.form.get("in" if signed else "out", ""))
        try:
            with change_set(the_actor()) as writing:
                guest: Any = writing.existing("activity_guests", row_id or 0, Verb.EDIT)
                if guest.activity_id != activity_id:
                    abort(404)
                if bool(guest.signed_at) != signed:
                    writing.save("activity_guests", {"signed_at": clock.now() if signed else None}, row=guest)
        except NotThere:
            abort(404)
        except Refused as refused:
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
        return redirect(f"/guests/{activity_id}")

    def _page(self, activity: Any, errors: list[str]) -> str:
        listing = Listing(db.session(), the_actor(), LEDGERS["activity_guests"], ["kind", "name", "unit", "phone", "signed_at"])
        listing.predicates.append(_guests.activity_id == activity.id)
        title = title_of(db.session(), activity)
        return render_template(
            "activities/guests.html",
            title=_("Guests: %(what)s", what=title),
            activity=activity,
            rows=list(listing.stream()),
            kinds=list(GUEST_KINDS.labels.items()),
            errors=errors,
            typed=request.form,
            toolbar=[button(_("To the activity"), f"/activities/show/{activity.id}")],
            crumbs=[
                (str(LEDGERS["activities"].entry.label), "/activities/list/"),
                (title, f"/activities/show/{activity.id}"),
                (_("Guests of activities"), None),
            ],
        )
