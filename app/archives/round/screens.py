"""The pages of the inspection round: the phone's by key, the office's page that opens it by login."""

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
from app.core.dictionary.roles import Verb
from app.core.records.saving import Writing
from app.core.refusals import NotThere, Refused
from app.core.web.historypages import allowed
from app.core.web.pages import button
from app.core.web.screens import Screen

from ..models import ArchiveCheck
from . import services
from .services import SCREEN, check_entered
from .showing import shown_on

LASTING = timedelta(days=7)
"""A week of rounds in a room where there may be no network; what was kept is sent by its end."""
_by_key = by_key(SCREEN, writes="archive_checks", gone="round_not_here")


class RoundByKey(BaseView):
    """What the phone asks, by key alone, without cookie or login."""

    route_base = "/round"

    @expose("/", methods=["GET"])
    def round(self) -> Any:
        fields = ArchiveCheck.fields
        labels = {name: fields[name].label for name in ("temperature", "humidity")}
        return render_template("round/round.html", title=_("Inspection round"), labels=labels, most={"checker": fields["checker"].length})

    @expose("/state", methods=["GET"])
    @_by_key
    def state(self, opened: Opened) -> Any:
        if request.args.get("revision") == str(opened.revision):
            return "", 204
        return jsonify(shown_on(db.session(), opened))

    @expose("/operations", methods=["POST"])
    @_by_key
    def operations(self, opened: Opened) -> Any:
        return batch_answered(opened, services.handler_of(opened))

    @expose("/photo", methods=["POST"])
    @_by_key
    def photo(self, opened: Opened) -> Any:
        """A photo of a fault to a round that has arrived; its note is the point that it shows."""
        check = check_entered(db.session(), opened, request.args.get("round", ""))
        point = request.args.get("point", "")
        return photo_answered(opened, "archive_checks", check.id, point if point in {each["point"] for each in check.points} else "")


class RoundScreen(Screen):
    """The office's side: opening the round on a phone or here; who may edit the room and enter its checks."""

    route_base = "/rounds"

    def _room(self, pk: str) -> tuple[Actor, Any]:
        actor, row_id = the_actor(), read_id(pk)
        if row_id is None:
            abort(404)
        try:
            found = Writing(db.session(), actor).existing("archive_rooms", row_id, Verb.EDIT)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)
        if not actor.may("archive_checks", Verb.ADD):
            abort(403)
        return actor, found

    @expose("/of/<pk>", methods=["GET"])
    def start(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, room = self._room(pk)
        opening = opening_of(db.session(), actor, SCREEN, "archive_rooms", room.id)
        url = f"{screens_base()}/round/#{key_of(opening.id)}" if opening is not None else ""
        return render_template(
            "round/start.html",
            title=_("Inspection round: %(room)s", room=room.name),
            room=room,
            url=url,
            qr=qr_svg(url) if url else "",
            until=clock.to_office(opening.good_until).strftime("%m-%d %H:%M") if opening is not None else "",
            reachable=reachable(),
            crumbs=[(_("Archive rooms"), "/archive_rooms/list/"), (room.name, f"/archive_rooms/show/{room.id}"),
                    (_("Inspection round"), None)],
        )

    @expose("/of/<pk>/<step>", methods=["POST"])
    def take(self, pk: str, step: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, room = self._room(pk)
        try:
            if step in ("open", "here"):
                opening = open_screen(actor, SCREEN, "archive_rooms", room.id, LASTING)
                if step == "here":
                    return redirect(f"/round/#{key_of(opening)}")
                flash(_("The round can be opened on the phone now"), "success")
            elif step == "withdraw":
                withdraw(actor, SCREEN, "archive_rooms", room.id)
                flash(_("The addresses given out so far open nothing any more"), "success")
            else:
                abort(404)
        except Refused as refused:
            flash(refused.refusals[0].sentence(), "danger")
        return redirect(f"/rounds/of/{pk}")


def round_button(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """On a room's page, for who may enter its checks."""
    if row.given_up_on is not None or not actor.may("archive_checks", Verb.ADD) or not allowed(actor, "archive_rooms", row.id, Verb.EDIT):
        return []
    return [button(_("Inspection round"), f"/rounds/of/{row.id}")]
