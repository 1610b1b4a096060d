"""The page of deputies' cards: a sheet to print and cut."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.current import the_actor
from app.core.database import db
from app.core.devices.qr import qr_svg
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.refusals import Refused
from app.core.web.screens import Screen

from .cards import cards_of, issue
from .showing import serving_deputies


class CardsScreen(Screen):
    """Cards that deputies carry: a sheet to print and cut."""

    route_base = "/cards"
    open_to = frozenset({"head", "liaison"})

    @expose("/list/", methods=["GET", "POST"])
    def cards(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        if actor.station_id is None:
            abort(403)
        people = serving_deputies(db.session(), actor.station_id)
        if request.method == "POST":
            given = {row_id for each in request.form.getlist("rows") if (row_id := read_id(each)) is not None}
            try:
                made = issue(actor, given or {person.id for person in people}, anew=bool(given))
                flash(_("%(count)s cards were made; print them below", count=made), "success")
            except Refused as refused:
                flash(refused.refusals[0].sentence(), "danger")
            return redirect("/cards/list/")
        cards = cards_of(db.session(), [person.id for person in people])
        shown = [
            {
                "id": person.id,
                "name": person.name,
                "mandate": person.mandate or "",
                "qr": qr_svg(cards[person.id].code) if person.id in cards else "",
                "since": clock.to_office(cards[person.id].issued_at).strftime("%Y-%m-%d") if person.id in cards else "",
            }
            for person in people
        ]
        station: Any = db.session.get(LEDGERS["stations"], actor.station_id)
        return render_template(
            "checkin/cards.html",
            title=_("Deputies' cards"),
            people=shown,
            without=sum(not each["qr"] for each in shown),
            station=station.name if station is not None else "",
            crumbs=[(_("Deputies' cards"), None)],
        )
