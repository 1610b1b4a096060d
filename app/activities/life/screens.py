"""The page on which the office invites and tells: who is invited, who has been reached, who is to be called again (S5-4)."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from flask import Response, abort, flash, redirect, render_template, request, send_file
from flask_appbuilder import expose
from flask_babel import gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import title_of
from app.core.records.saving import Writing
from app.core.refusals import NotThere, Refused
from app.core.web.pages import button
from app.core.web.screens import Screen

from ..models import ATTENDANCE_STATES, CHANNELS, STATUSES, TOLD, ActivityNotice
from . import inviting, telling
from .rules import Choice
from .table import OFFICE

CALL_CHANNELS = ("phone", "sms", "letter")
_notices: Any = ActivityNotice


def ids_of(name: str) -> frozenset[int]:
    """The rows that a form names; what is no row's key names none."""
    return frozenset(row_id for raw in request.form.getlist(name) if (row_id := read_id(raw)) is not None)


class TellingScreen(Screen):
    """Inviting and telling, for who keeps the activities."""

    route_base = "/telling"
    open_to = OFFICE

    def _activity(self, activity_id: int, verb: Verb = Verb.SHOW) -> Any:
        """The activity, or 404: another station's does not exist for you."""
        try:
            return Writing(db.session, the_actor()).existing("activities", activity_id, verb)
        except NotThere:
            abort(404)
        except Refused:
            abort(403)

    @expose("/<int:activity_id>", methods=["GET"])
    def telling(self, activity_id: int) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        return self._page(self._activity(activity_id))

    def _page(self, activity: Any) -> str:
        actor, session = the_actor(), db.session()
        rows, part = telling.call_list(session, actor, activity.id), _part()
        people = inviting.people_of(session, activity.station_id, activity.start.date())
        open_now = activity.cancelled_on is None and activity.start > clock.now()
        return render_template(
            "activities/telling.html",
            title=_("Invite and tell: %(what)s", what=title_of(session, activity)),
            activity=activity,
            status=STATUSES,
            rows=[self._line(row) for row in rows if _belongs(row, part)],
            tiles=_tiles(activity.id, _counts(rows), part),
            part=part,
            query=_query(part),
            now=clock.now().isoformat(timespec="minutes"),
            may_invite=activity.cancelled_on is None,
            may_tell=open_now and bool(rows),
            in_office=sum(bool(person.levels) for person in people),
            groups=self._groups(activity.station_id),
            levels=_levels({level for person in people for level in person.levels}),
            words=self._words(activity),
            channels=[(code, CHANNELS.label(code)) for code in CALL_CHANNELS],
            request_id=str(uuid4()),
            visit=telling.visit_of(session, activity),
            open_now=open_now,
            toolbar=[
                button(_("Call list"), f"/telling/{activity.id}/calls{_query(part)}"),
                button(_("Calendar file"), f"/telling/{activity.id}/calendar.ics"),
                button(_("To the activity"), f"/activities/show/{activity.id}"),
            ],
            crumbs=[
                (str(LEDGERS["activities"].entry.label), "/activities/list/"),
                (title_of(session, activity), f"/activities/show/{activity.id}"),
                (_("Invite and tell"), None),
            ],
        )

    @staticmethod
    def _line(row: Any) -> dict[str, Any]:
        return {
            "id": row.id,
            "deputy": row.values["deputy"],
            "name": row.texts["deputy"],
            "group": row.texts["deputy.group"],
            "phone": row.texts["deputy.phone"],
            "unit": row.texts["deputy.unit"],
            "told": (row.texts["told"], TOLD.tone(row.values["told"])),
            "code": row.values["told"],
            "state": (row.texts["state"], ATTENDANCE_STATES.tone(row.values["state"])) if row.values["state"] != "pending" else None,
            "open": row.values["state"] == "pending",
        }

    @staticmethod
    def _groups(station_id: int) -> list[tuple[int, str]]:
        group: Any = LEDGERS["deputy_groups"]
        rows = db.session.execute(select(group.id, group.name).where(group.station_id == station_id).order_by(group.id))
        return [(row_id, name) for row_id, name in rows]

    @staticmethod
    def _words(activity: Any) -> str:
        """What was told last, unless time or place changed since; else the text as it follows from the activity."""
        last = db.session.execute(
            select(_notices.words, _notices.told_at)
            .where(_notices.activity_id == activity.id, _notices.whom == "all_deputies", _notices.words.is_not(None))
            .order_by(_notices.told_at.desc(), _notices.id.desc())
            .limit(1)
        ).first()
        if activity.cancelled_on is None and last is not None and (activity.moved_at is None or last.told_at >= activity.moved_at):
            return str(last.words)
        station: Any = db.session.get(LEDGERS["stations"], activity.station_id)
        return telling.text_to_read(station.name, activity)

    # ------------------------------------------------------------------ what the buttons do

    def _done(self, activity_id: int, act: Any, row: str = "") -> Any:
        """Do it and come back with what came of it, to the same part of the list and the same line."""
        if (answer := self.admit()) is not None:
            return answer
        self._activity(activity_id, Verb.EDIT)
        try:
            act()
        except NotThere:
            abort(404)
        except Refused as refused:
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
        return redirect(f"/telling/{activity_id}{_query(_part())}{'#list-title' if row and _part() else row}")

    @expose("/<int:activity_id>/invite", methods=["POST"])
    def invite(self, activity_id: int) -> Any:
        levels = frozenset(request.form.getlist("levels"))
        choice = Choice(request.form.get("everyone") == "1", ids_of("groups"), levels, ids_of("deputies"))

        def act() -> None:
            invited, left_out = inviting.invite(the_actor(), activity_id, choice)
            if invited or not left_out:
                flash(_("%(count)s invited", count=invited), "success")
            if left_out:
                flash(_("Not invited, because not in office on that day: %(names)s", names="、".join(left_out)), "warning")

        return self._done(activity_id, act)

    @expose("/<int:activity_id>/all", methods=["POST"])
    def all(self, activity_id: int) -> Any:
        given = request.form

        def act() -> None:
            telling.tell_all(the_actor(), activity_id, given.get("words", ""), given.get("channel", "phone"), _request_id("all"))
            flash(_("Noted: all were told. Mark below who was not reached or asks for leave"), "success")

        return self._done(activity_id, act)

    @expose("/<int:activity_id>/one", methods=["POST"])
    def one(self, activity_id: int) -> Any:
        """One button of the list: `reached`, `missed` or `uninvite`, each with the deputy's id."""

        asked = {how: deputy for how in ("reached", "missed", "uninvite") if (deputy := read_id(request.form.get(how, ""))) is not None}

        def act() -> None:
            for how, deputy in asked.items():
                if how == "uninvite":
                    inviting.uninvite(the_actor(), activity_id, deputy)
                else:
                    telling.tell_one(the_actor(), activity_id, deputy, how == "reached", _request_id(f"{how[0]}{deputy}"))

        return self._done(activity_id, act, "".join(f"#d{deputy}" for deputy in list(asked.values())[:1]))

    @expose("/<int:activity_id>/organ", methods=["POST"])
    def organ(self, activity_id: int) -> Any:
        """An inspected organ has been written to."""
        organ = read_id(request.form.get("organ", ""))

        def act() -> None:
            if organ is not None:
                telling.tell_organ(the_actor(), activity_id, organ)

        return self._done(activity_id, act)

    # ------------------------------------------------------------------ to take along

    @expose("/<int:activity_id>/calls", methods=["GET"])
    def calls(self, activity_id: int) -> Any:
        """The list to call from, on paper."""
        if (answer := self.admit()) is not None:
            return answer
        activity = self._activity(activity_id)
        title = title_of(db.session(), activity)
        return render_template(
            "activities/calls.html",
            title=_("Call list: %(what)s", what=title),
            rows=[self._line(row) for row in telling.call_list(db.session(), the_actor(), activity_id) if _belongs(row, _part())],
            words=self._words(activity),
            toolbar=[button(_("Back"), f"/telling/{activity_id}{_query(_part())}")],
            crumbs=[(title, f"/activities/show/{activity_id}"), (_("Call list"), None)],
        )

    @expose("/<int:activity_id>/calendar.ics", methods=["GET"])
    def calendar(self, activity_id: int) -> Response | Any:
        if (answer := self.admit()) is not None:
            return answer
        return calendar_of(self._activity(activity_id))


def calendar_of(activity: Any) -> Response:
    """The activity as a file that a calendar takes in."""
    station: Any = db.session.get(LEDGERS["stations"], activity.station_id)
    data = telling.as_calendar(activity, station.name)
    response = send_file(BytesIO(data), mimetype="text/calendar", as_attachment=True, download_name="activity.ics")
    name = quote(f"{title_of(db.session(), activity)}.ics")
    response.headers["Content-Disposition"] = f"attachment; filename=activity.ics; filename*=UTF-8''{name}"
    return response


def _request_id(what: str) -> str | None:
    """A button pressed twice counts once."""
    given = request.form.get("request_id", "")[:40]
    return f"{given}-{what}" if given else None


def _counts(rows: list[Any]) -> dict[str, int]:
    """How many of those invited are told, not reached, to be told again, on leave, and not told at all."""
    waited_for = [row.values["told"] for row in rows if row.values["state"] != "leave"]
    return {"invited": len(rows), "leave": len(rows) - len(waited_for), **{code: waited_for.count(code) for code in TOLD.labels}}


PARTS = (*TOLD.labels, "leave")
"""Parts of the list: how far each has been told, and who is on leave."""


def _part() -> str:
    """The part of the list that the address asks for; none: the whole list."""
    part = request.args.get("told", "")
    return part if part in PARTS else ""


def _query(part: str) -> str:
    return f"?told={part}" if part else ""


def _belongs(row: Any, part: str) -> bool:
    on_leave = row.values["state"] == "leave"
    return not part or (on_leave if part == "leave" else not on_leave and row.values["told"] == part)


def _tiles(activity_id: int, counts: dict[str, int], part: str) -> list[dict[str, Any]]:
    """How many there are of each, each leading to its part of the list."""
    labels = {"": _("Invited"), "told": _("Told"), "untold": _("Not told yet"), "again": _("To be told again")}
    labels |= {"unreached": _("Not reached"), "leave": _("On leave")}
    tones = {"told": "ok", "untold": "warn", "again": "warn", "unreached": "bad"}
    return [
        {
            "label": label,
            "value": (value := counts[code or "invited"]),
            "url": f"/telling/{activity_id}{_query(code)}#list-title",
            "tone": tones.get(code, "") if value else "",
            "active": code == part and part != "",
        }
        for code, label in labels.items()
    ]


def _levels(there: set[str]) -> list[tuple[str, str]]:
    choices = LEDGERS["terms"].fields["level"].choices
    return [(code, str(label)) for code, label in (choices.labels.items() if choices else ()) if code in there]
