"""The pages of dossiers: the year's list of all, one person's year or term, sealing, and what goes out on paper."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_date, read_id
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.roles import Verb
from app.core.lists.exporting import download
from app.core.paperwork import papers
from app.core.paperwork.paperpages import FIRST_YEAR, LAST_YEAR, as_stream
from app.core.paperwork.papers import Reading
from app.core.refusals import NotThere, Refusal, Refused
from app.core.web.pages import button
from app.core.web.screens import Screen

from . import pages
from .sealing import SEALERS, refuse_deleting, seal
from .services import dossier_of, dossiers_of, may_read, whole_year
from .workbook import sheets_of

READERS = frozenset({"county", "head", "liaison", "archivist", "presidium", "deputy"})
_stations: Any = LEDGERS["stations"]


def dossier_button(actor: Actor, row: Ledger) -> list[dict[str, Any]]:
    """On a deputy's page."""
    if not may_read(actor) or not READERS & set(actor.roles):
        return []
    return [button(_("Performance archive"), f"/dossiers/{row.id}/{clock.today().year}")]


class DossierScreen(Screen):
    """A year of all, and of one."""

    route_base = "/dossiers"
    open_to = READERS

    @expose("/", methods=["GET"])
    def every(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, year = the_actor(), _year(request.args.get("year", ""))
        if set(actor.roles) & {"county", "head", "liaison", "archivist", "presidium"}:
            station = self._station(actor)
            found = dossiers_of(db.session(), actor, year, station)
            return render_template("dossiers/list.html", **pages.list_page(actor, year, station, self._stations(actor), found))
        if actor.deputy_id is None:
            abort(403)
        return self._page(actor, actor.deputy_id, year)

    @expose("/<int:deputy_id>/<int:year>", methods=["GET"])
    def one(self, deputy_id: int, year: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return self._page(the_actor(), deputy_id, year)

    @staticmethod
    def _page(actor: Actor, deputy_id: int, year: int) -> str:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            abort(404)
        try:
            found = dossier_of(db.session(), actor, deputy_id, whole_year(year), year)
        except NotThere:
            abort(404)
        return render_template("dossiers/dossier.html", **pages.year_page(actor, year, found))

    @expose("/<int:deputy_id>/term/<int:term_id>", methods=["GET"])
    def term(self, deputy_id: int, term_id: int) -> Any:
        """All years of a term together."""
        if (answer := self.admit()) is not None:
            return answer
        actor, term = the_actor(), db.session.get(LEDGERS["terms"], term_id)
        if term is None:
            abort(404)
        first, last = term.starts_on, min(term.ends_on or clock.today(), max(clock.today(), term.starts_on))
        try:
            found = dossier_of(db.session(), actor, deputy_id, (first, last))
        except NotThere:
            abort(404)
        if not any(each.term == (term.name or "") and each.level == term.level for each in found.record.person.offices):
            abort(404)
        return render_template("dossiers/dossier.html", **pages.term_page(actor, term, found))

    # ------------------------------------------------------------------ sealing

    @expose("/seal/<int:year>", methods=["POST"])
    def seal(self, year: int) -> Any:
        """One dossier, or all of the year that are not sealed yet."""
        if (answer := self.admit()) is not None:
            return answer
        actor, given = the_actor(), request.form
        if not SEALERS & set(actor.roles):
            abort(403)
        deputy_id = read_id(given["deputy"]) if given.get("deputy") else None
        if not FIRST_YEAR <= year <= LAST_YEAR or (given.get("deputy") and deputy_id is None):
            abort(404)
        back = f"/dossiers/{deputy_id}/{year}" if deputy_id is not None else f"/dossiers/?year={year}"
        typed = given.get("signed_on", "").strip()
        signed_on = read_date(typed) if typed else None
        try:
            if typed and signed_on is None:
                raise Refused(Refusal("not_a_date", "signed_on", {"raw": typed[:30]}))
            count = seal(db.session(), actor, year, deputy_id, given.get("signed_by", ""), signed_on)
            flash(_("%(n)s dossiers of %(year)s are sealed", n=count, year=year), "success")
        except NotThere:
            abort(404)
        except Refused as refused:
            db.session.rollback()
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
        return redirect(back)

    @expose("/<int:deputy_id>/<int:year>/delete", methods=["GET", "POST"])
    def delete(self, deputy_id: int, year: int) -> Any:
        """Nowhere offered: who asks for it all the same is told why not."""
        if (answer := self.admit()) is not None:
            return answer
        try:
            refuse_deleting(db.session(), the_actor(), deputy_id, year)
        except NotThere:
            abort(404)
        except Refused as refused:
            flash(refused.refusals[0].sentence(), "danger")
        return redirect(f"/dossiers/{deputy_id}/{year}")

    # ------------------------------------------------------------------ on paper

    @expose("/<int:year>/zip", methods=["GET"])
    def zip(self, year: int) -> Any:
        """All dossiers of the year as Word documents, numbered in the official order of names. Documents are made while they go out:
        however many there are, the first comes at once and none waits in memory."""
        if (answer := self.admit()) is not None:
            return answer
        actor, form = the_actor(), papers.FORMS["dossier"]
        if not FIRST_YEAR <= year <= LAST_YEAR or actor.station_id is None:
            abort(404)
        if not form.open_to(actor, Verb.EXPORT):
            abort(403)
        reading = Reading(db.session(), actor, year)
        ids = [each.record.person.deputy_id for each in dossiers_of(reading.session, actor, year, actor.station_id)]
        try:
            parts = papers.bundle_streamed(form, reading, ids)
        except Refused as refused:
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
            return redirect(f"/dossiers/?year={year}")
        return as_stream(parts, f"{form.label}{year}", "zip")

    @expose("/<int:year>/workbook", methods=["GET"])
    def workbook(self, year: int) -> Any:
        """The year's summary as an Excel."""
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        if not FIRST_YEAR <= year <= LAST_YEAR:
            abort(404)
        if not papers.FORMS["dossier_summary"].open_to(actor, Verb.EXPORT):
            abort(403)
        station = self._station(actor)
        row = db.session.get(LEDGERS["stations"], station)
        found = dossiers_of(db.session(), actor, year, station)
        sheets, cover = sheets_of(found, year, row.name if row is not None else "", actor)
        return download(sheets, cover, f"{row.name if row is not None else ''}{year}{_('Summary of performance')}.xlsx")

    # ------------------------------------------------------------------ whose

    @staticmethod
    def _stations(actor: Actor) -> list[tuple[str, str]]:
        """Who works for all stations looks at one of them."""
        if actor.station_id is not None:
            return []
        return [(str(row.id), row.name) for row in db.session.execute(select(_stations.id, _stations.name).order_by(_stations.id))]

    def _station(self, actor: Actor) -> int:
        if actor.station_id is not None:
            return actor.station_id
        known = [int(code) for code, _name in self._stations(actor)]
        asked = request.args.get("station", "")
        chosen = read_id(asked) if asked else next(iter(known), None)
        if chosen not in known:
            abort(404)
        return chosen


def _year(typed: str) -> int:
    """The year asked for; of itself the one that is under way, and in January the one to be sealed."""
    if not typed:
        today = clock.today()
        return today.year if today.month > 1 else today.year - 1
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 4 and FIRST_YEAR <= int(typed) <= LAST_YEAR):
        abort(404)
    return int(typed)
