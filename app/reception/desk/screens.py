"""The pages of the reception desk: the tablet's by key, the office's page that opens it by login."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, jsonify, redirect, render_template, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.devices.addresses import reachable, screens_base
from app.core.devices.openscreens import Opened, key_of, open_screen, opening_of, withdraw
from app.core.devices.qr import qr_svg
from app.core.devices.screenkeys import batch_answered, by_key, photo_answered
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import title_of
from app.core.paperwork.paperpages import as_download
from app.core.paperwork.papers import Reading, document, form_for
from app.core.records.saving import Writing
from app.core.refusals import NotThere, Refusal, Refused
from app.core.web.historypages import allowed
from app.core.web.pages import button
from app.core.web.screens import Screen

from ..models import CATEGORIES, EXPLAINED_REASONS, HANDLING, Opinion
from ..outcomes import NOT_OBTAINED, REPLY_FORMS, SATISFACTION
from . import services, showing
from .services import SCREEN, opinion_entered, reception_of

LASTING = timedelta(days=3)
"""Opened the day before at the earliest; what was kept is sent the day after at the latest."""
_by_key = by_key(SCREEN, writes="opinions", gone="desk_entry_gone")


class DeskByKey(BaseView):
    """What the tablet asks, by key alone, without cookie or login."""

    route_base = "/desk"

    @expose("/", methods=["GET"])
    def desk(self) -> Any:
        chosen = {
            "categories": CATEGORIES, "handling": HANDLING, "reasons": EXPLAINED_REASONS, "forms": REPLY_FORMS,
            "satisfaction": SATISFACTION, "unobtained": NOT_OBTAINED,
        }
        limits = {name: Opinion.fields[name].length for name in ("voter_name", "voter_address", "village", "words")}
        choices = {name: found.labels.items() for name, found in chosen.items()}
        return render_template("desk/desk.html", title=_("Reception desk"), limits=limits, **choices)

    @expose("/state", methods=["GET"])
    @_by_key
    def state(self, opened: Opened) -> Any:
        if request.args.get("revision") == str(opened.revision):
            return "", 204
        return jsonify(showing.shown_on(db.session(), opened))

    @expose("/operations", methods=["POST"])
    @_by_key
    def operations(self, opened: Opened) -> Any:
        return batch_answered(opened, services.handler_of(opened))

    @expose("/earlier", methods=["POST"])
    @_by_key
    def earlier(self, opened: Opened) -> Any:
        """Matters that may be the same. What is typed comes in the body: an address would stand in logs."""
        given = request.get_json(silent=True)
        return jsonify(found=showing.earlier_matters(db.session(), opened, given if isinstance(given, dict) else {}))

    @expose("/entry", methods=["GET"])
    @_by_key
    def entry(self, opened: Opened) -> Any:
        return jsonify(showing.entry_of(db.session(), opened, request.args.get("voter", "")))

    @expose("/photo", methods=["POST"])
    @_by_key
    def photo(self, opened: Opened) -> Any:
        """A photo to an entry that has arrived."""
        return photo_answered(opened, "opinions", opinion_entered(db.session(), opened, request.args.get("voter", "")).id)

    @expose("/paper", methods=["GET"])
    @_by_key
    def paper(self, opened: Opened) -> Any:
        """The register sheet, to be signed while the person is still there."""
        showing.only_while_open(db.session(), opened)
        opinion: Any = db.session.get(Opinion, read_id(request.args.get("opinion")) or 0)
        if opinion is None or opinion.reception_id != reception_of(db.session(), opened).id:
            raise Refused(Refusal("desk_not_here"))
        name, data = document(form_for("opinions", "opinion_register"), Reading(db.session(), opened.actor), [opinion.id])
        return as_download(data, name, "docx")


class DeskScreen(Screen):
    """The office's side: opening the desk on a tablet or here; who may edit the reception and enter opinions."""

    route_base = "/desk"

    def _reception(self, pk: str) -> tuple[Actor, Any]:
        actor, row_id = the_actor(), read_id(pk)
        if row_id is None:
            abort(404)
        try:
            found = Writing(db.session(), actor).existing("receptions", row_id, Verb.EDIT)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)
        if not actor.may("opinions", Verb.ADD):
            abort(403)
        return actor, found

    @expose("/of/<pk>", methods=["GET"])
    def start(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, reception = self._reception(pk)
        opening = opening_of(db.session(), actor, SCREEN, "activities", reception.activity_id)
        url = f"{screens_base()}/desk/#{key_of(opening.id)}" if opening is not None else ""
        title = title_of(db.session, reception)
        return render_template(
            "desk/start.html",
            title=_("Reception desk: %(reception)s", reception=title),
            reception=reception,
            activity=db.session.get(LEDGERS["activities"], reception.activity_id),
            url=url,
            qr=qr_svg(url) if url else "",
            until=clock.to_office(opening.good_until).strftime("%m-%d %H:%M") if opening is not None else "",
            reachable=reachable(),
            crumbs=[(_("Receptions of voters"), "/receptions/list/"), (title, f"/receptions/show/{reception.id}"),
                    (_("Reception desk"), None)],
        )

    @expose("/of/<pk>/<step>", methods=["POST"])
    def take(self, pk: str, step: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, reception = self._reception(pk)
        try:
            if step in ("open", "here"):
                opening = open_screen(actor, SCREEN, "activities", reception.activity_id, LASTING)
                if step == "here":
                    return redirect(f"/desk/#{key_of(opening)}")
                flash(_("The desk can be opened now"), "success")
            elif step == "withdraw":
                withdraw(actor, SCREEN, "activities", reception.activity_id)
                flash(_("The addresses given out so far open nothing any more"), "success")
            else:
                abort(404)
        except Refused as refused:
            flash(refused.refusals[0].sentence(), "danger")
        return redirect(f"/desk/of/{pk}")


def desk_button(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """On a reception's page, for who may enter what people say."""
    if not actor.may("opinions", Verb.ADD) or not allowed(actor, "receptions", row.id, Verb.EDIT):
        return []
    return [button(_("Reception desk"), f"/desk/of/{row.id}")]
