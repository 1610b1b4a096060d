"""The pages of signing in: the tablet's and the wall's by key, the office's by login."""

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
from app.core.devices.openscreens import Opened, key_of, open_screen, opened_by, opening_of, withdraw
from app.core.devices.operations import MOST_AT_ONCE, run
from app.core.devices.qr import qr_svg
from app.core.dictionary.fields import read_id
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import title_of
from app.core.records.saving import Writing
from app.core.refusals import NotThere, Refusal, Refused
from app.core.web.pages import button
from app.core.web.screens import Screen
from app.names import pinyin_key
from app.names.pinyin import tidy
from app.sheets import split_names

from ..life.rules import HELD, over
from ..models import GUEST_KINDS
from . import closing, rules, services
from .showing import counts_of, everybody, shown_on, which, with_last_digits

SCREEN = "checkin"
LASTING = timedelta(days=3)
"""A screen is opened the day before at the earliest and sends what it kept the day after at the latest."""
KEY_HEADER = "X-Screen-Key"
FINDS = "40 per minute"


class CheckinByKey(BaseView):
    """What tablets and walls ask: by key alone, without cookie or login. The pages themselves say nothing; their key stands
    behind the # of their address and never reaches a log."""

    route_base = "/checkin"

    @expose("/", methods=["GET"])
    def door(self) -> Any:
        return render_template("checkin/door.html", title=_("Signing in"), kinds=GUEST_KINDS.labels.items())

    @expose("/wall", methods=["GET"])
    def wall(self) -> Any:
        return render_template("checkin/wall.html", title=_("Who is here"))

    @expose("/state", methods=["GET"])
    def state(self) -> Any:
        """One short statement while nothing has changed: that is what every open screen asks every two seconds."""
        try:
            opened = _opened()
            if request.args.get("revision") == str(opened.revision):
                return "", 204
            return jsonify(shown_on(db.session(), opened))
        except Refused as refused:
            return _no(refused)

    @expose("/find", methods=["GET"])
    def find(self) -> Any:
        """By the last four digits of the phone, on the server alone, and no faster than people at a door come by: whoever tried
        all ten thousand would know the digits of everybody."""
        digits = request.args.get("digits", "")
        with self.appbuilder.sm.limiter.limit(FINDS, key_func=lambda: request.headers.get(KEY_HEADER, "")[:200]):
            try:
                opened = _opened()
                if len(digits) != 4 or not (digits.isascii() and digits.isdigit()):
                    raise Refused(Refusal("digits"))
                return jsonify(found=with_last_digits(db.session(), opened.station_id, digits))
            except Refused as refused:
                return _no(refused)

    @expose("/operations", methods=["POST"])
    def operations(self) -> Any:
        """A batch of operations in, the outcome of each out; the screen's own now tells what its clock is off."""
        sent = request.get_json(silent=True)
        if not isinstance(sent, dict):
            sent = {}
        batch = sent.get("operations")
        if not isinstance(batch, list) or len(batch) > MOST_AT_ONCE:
            return jsonify(sentence=Refusal("operation_unreadable").sentence()), 400
        try:
            opened = _opened()
            handler = services.handler_of(opened, locking=len(batch) == 1)
            answers = run(opened, sent.get("now"), batch, handler, services.going_beside(batch))
        except Refused as refused:
            return _no(refused)
        return jsonify(answers=answers)


def _opened() -> Opened:
    return opened_by(request.headers.get(KEY_HEADER, ""), SCREEN)


def _no(refused: Refused) -> Any:
    """409: come again in a moment; 401: this key opens nothing."""
    again = refused.codes == {"conflict"}
    digits = refused.codes == {"digits"}
    code = 409 if again else 422 if digits else 401
    return jsonify(code=refused.refusals[0].code, sentence=refused.refusals[0].sentence()), code


class CheckinScreen(Screen):
    """The office's side: opening the screens, the paper sheet, closing; who may edit the activity."""

    route_base = "/checkin"

    def _activity(self, pk: str) -> tuple[Actor, Any]:
        actor, row_id = the_actor(), read_id(pk)
        if row_id is None:
            abort(404)
        try:
            return actor, Writing(db.session(), actor).existing("activities", row_id, Verb.EDIT)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)

    @expose("/of/<pk>", methods=["GET"])
    def start(self, pk: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return self._page(*self._activity(pk))

    def _page(self, actor: Actor, activity: Any, read: list[rules.Read] | None = None, typed: str = "", errors: Any = ()) -> Any:
        people = everybody(db.session(), activity)
        opening = opening_of(db.session(), actor, SCREEN, "activities", activity.id)
        base = screens_base()
        addresses = []
        if opening is not None:
            key = key_of(opening.id)
            for label, path in ((_("Tablet at the door"), "/checkin/"), (_("Screen on the wall"), "/checkin/wall")):
                url = f"{base}{path}#{key}"
                addresses.append({"label": label, "url": url, "qr": qr_svg(url)})
        title = title_of(db.session, activity)
        return render_template(
            "checkin/start.html",
            title=_("Sign-in: %(activity)s", activity=title),
            activity=activity,
            addresses=addresses,
            until=clock.to_office(opening.good_until).strftime("%m-%d %H:%M") if opening is not None else "",
            reachable=reachable(),
            counts=counts_of(people),
            read=read,
            typed=typed,
            given=request.form,
            errors=list(errors),
            signing=_signing(activity),
            may_close=not any(rules.may_close(activity.status, activity.start, activity.checkin_closed_at, clock.now())),
            over=over(activity.start, activity.end, clock.now()),
            late_from=rules.late_from(activity.start, activity.late_after) - timedelta(minutes=1),
            crumbs=[(_("Activities"), "/activities/list/"), (title, f"/activities/show/{activity.id}"), (_("Signing in"), None)],
        )

    @expose("/of/<pk>/<step>", methods=["POST"])
    def take(self, pk: str, step: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, activity = self._activity(pk)
        steps = {
            "open": self._open,
            "withdraw": self._withdraw,
            "close": self._close,
            "held": self._close_as_held,
            "reopen": self._reopen,
        }
        if step == "retype":
            return self._page(actor, activity, None, request.form.get("names", "")[:20_000])
        if step in ("read", "paper"):
            return self._paper(actor, activity, step == "paper")
        if step not in steps:
            abort(404)
        try:
            sentence = steps[step](actor, activity.id)
        except Refused as refused:
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
        else:
            flash(sentence, "success")
        return redirect(f"/checkin/of/{pk}")

    def _open(self, actor: Actor, activity_id: int) -> str:
        open_screen(actor, SCREEN, "activities", activity_id, LASTING)
        return _("The screens can be opened now")

    def _withdraw(self, actor: Actor, activity_id: int) -> str:
        withdraw(actor, SCREEN, "activities", activity_id)
        return _("The addresses given out so far open nothing any more")

    def _close(self, actor: Actor, activity_id: int) -> str:
        return self._closed(closing.close(actor, activity_id))

    def _close_as_held(self, actor: Actor, activity_id: int) -> str:
        return self._closed(closing.close(actor, activity_id, held=True))

    @staticmethod
    def _closed(status: str) -> str:
        return _("Signing in is closed; the activity was held") if status in HELD else _("Signing in is closed")

    def _reopen(self, actor: Actor, activity_id: int) -> str:
        closing.reopen(actor, activity_id, request.form.get("reason", "").strip())
        return _("Signing in is open again")

    def _paper(self, actor: Actor, activity: Any, write: bool) -> Any:
        """First what was understood of the sheet, then all of it written at once; nothing typed is lost in between."""
        typed = request.form.get("names", "")[:20_000]
        people = [
            rules.Person(row.id, row.name, row.pinyin_key or "", row.state is not None, row.state or "", which(row))
            for row in everybody(db.session(), activity)
        ]
        read = rules.read_names(split_names(typed), people, pinyin_key, tidy)
        if not read:
            return self._page(actor, activity, None, typed, [Refusal("paper_nobody").sentence()]), 422
        if not write:
            return self._page(actor, activity, read, typed)
        known = {str(person.id) for person in people}
        chosen, errors = [], []
        for number, each in enumerate(read):
            given = request.form.get(f"who{number}", "")
            if given in known:
                chosen.append(int(given))
            elif given != "none":
                errors.append(Refusal("paper_open", None, {"name": each.typed[:40]}).sentence())
        if errors:
            return self._page(actor, activity, read, typed, errors), 422
        try:
            signed = closing.sign_on_paper(actor, activity.id, chosen, request.form.get("rest", ""))
        except Refused as refused:
            return self._page(actor, activity, read, typed, [refusal.sentence() for refusal in refused.refusals]), 422
        flash(_("%(count)s deputies were entered from the sheet", count=signed), "success")
        return redirect(f"/checkin/of/{activity.id}")


def _signing(activity: Any) -> str:
    """How signing in stands, in words."""
    if activity.status == "cancelled":
        return _("Called off")
    if activity.checkin_closed_at is not None:
        return _("Closed at %(when)s", when=activity.checkin_closed_at.strftime("%m-%d %H:%M"))
    if activity.start.date() > clock.today():
        return _("Opens on %(day)s", day=activity.start.strftime("%m-%d"))
    return _("Going on")


def checkin_button(actor: Actor, row: Any) -> list[dict[str, Any]]:
    """On an activity's page, for who may sign deputies in."""
    if row.status == "cancelled" or not actor.may("activities", Verb.EDIT):
        return []
    return [button(_("Signing in"), f"/checkin/of/{row.id}")]
