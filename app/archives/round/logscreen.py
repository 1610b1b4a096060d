"""The log of a room's rounds: a year's calendar, open faults, readings over time, and the sheets that hang on its door."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.lists.exporting import download
from app.core.paperwork.paperpages import as_download
from app.core.paperwork.papers import Reading
from app.core.web.pages import button
from app.core.web.screens import Screen

from .forms import paper_of_month, paper_of_year
from .log import Year, open_faults_of, year_of
from .rules import FIRST_YEAR, LAST_YEAR, Month
from .services import rooms_of
from .workbook import door_workbook


class RoundLogScreen(Screen):
    """A room's year on one page."""

    route_base = "/roundlog"
    open_to = frozenset({"county", "head", "liaison", "archivist", "presidium"})

    def admit(self) -> Any:
        """Who works for all stations says first whose rooms they are."""
        if (answer := super().admit()) is not None:
            return answer
        return render_template("choose_station.html", title=_("Choose a station")) if the_actor().station_id is None else None

    @expose("/", methods=["GET"])
    def log(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        year, rooms = _year(request.args.get("year", "")), rooms_of(db.session(), _station(actor))
        room = _chosen(rooms, request.args.get("room", ""))
        found = year_of(db.session(), room, year) if room is not None else None
        return render_template("round/log.html", **_page(actor, rooms, found, year))

    @expose("/<room>/<year>/<month>/<kind>", methods=["GET"])
    def month(self, room: str, year: str, month: str, kind: str) -> Any:
        """The sheet on the door, as Word or Excel."""
        found = self._of_room(room, year)
        number = read_id(month)
        if not isinstance(found, Year):
            return found
        if number is None or number > 12 or kind not in ("word", "excel"):
            abort(404)
        reading = Reading(db.session(), the_actor(), found.year)
        if kind == "word":
            name, data = paper_of_month(reading, found, number)
            return as_download(data, name, "docx")
        station = reading.letterhead_of(found.room.station_id).station
        name = _("Month sheet of archive checks")
        return download(door_workbook(station, found, number), None, f"{name}{found.room.name}{found.year}-{number:02d}.xlsx")

    @expose("/<room>/<year>/climate", methods=["GET"])
    def climate(self, room: str, year: str) -> Any:
        found = self._of_room(room, year)
        if not isinstance(found, Year):
            return found
        name, data = paper_of_year(Reading(db.session(), the_actor(), found.year), found)
        return as_download(data, name, "docx")

    def _of_room(self, room: str, year: str) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor = the_actor()
        if not actor.may("archive_checks", Verb.EXPORT):
            abort(403)
        found = _chosen(rooms_of(db.session(), _station(actor)), room or "0")
        return year_of(db.session(), found, _year(year))


def _station(actor: Actor) -> int:
    assert actor.station_id is not None
    return actor.station_id


def _year(typed: str) -> int:
    if not typed:
        return clock.today().year
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 4 and FIRST_YEAR <= int(typed) <= LAST_YEAR):
        abort(404)
    return int(typed)


def _chosen(rooms: list[Any], typed: str) -> Any:
    """The room asked for, else the first that is in use; None where the station has none."""
    if typed:
        return next((each for each in rooms if each.id == read_id(typed)), None) or abort(404)
    return next((each for each in rooms if each.given_up_on is None), rooms[0] if rooms else None)


def _page(actor: Actor, rooms: list[Any], found: Year | None, year: int) -> dict[str, Any]:
    may_check = actor.may("archive_checks", Verb.ADD) and actor.may("archive_rooms", Verb.EDIT)
    faults = open_faults_of(db.session(), _station(actor))
    return {
        "title": _("Log of inspection rounds"),
        "crumbs": [(str(LEDGERS["archive_checks"].entry.label), "/archive_checks/list/"), (_("Log of inspection rounds"), None)],
        "rooms": rooms,
        "log": found,
        "year": year,
        "years": [(each, _address(found, each), each == year) for each in (year - 1, year, year + 1)],
        "faults": faults,
        "tiles": _tiles(found, faults),
        "months": [_month(found, each) for each in found.months] if found is not None else [],
        "may_check": may_check and found is not None and found.room.given_up_on is None,
        "may_export": actor.may("archive_checks", Verb.EXPORT),
        "may_add_room": actor.may("archive_rooms", Verb.ADD),
        "toolbar": _toolbar(actor, found),
    }


def _address(found: Year | None, year: int) -> str:
    return f"/roundlog/?year={year}" + (f"&room={found.room.id}" if found is not None else "")


def _toolbar(actor: Actor, found: Year | None) -> list[dict[str, Any]]:
    if found is None or not actor.may("archive_checks", Verb.EXPORT):
        return []
    return [button(_("Register of temperature and humidity"), f"/roundlog/{found.room.id}/{found.year}/climate")]


def _tiles(found: Year | None, faults: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if found is None:
        return []
    overdue, ledger = sum(each["code"] == "overdue" for each in faults), "/archive_faults/list/?faults="
    missed = found.count("missed", "short")
    return [
        {"label": _("Months done"), "value": found.count("done"), "tone": "", "url": ""},
        {"label": _("Months missed"), "value": missed, "tone": "bad" if missed else "", "url": ""},
        {"label": _("Readings out of the limits"), "value": found.out, "tone": "warn" if found.out else "", "url": ""},
        {"label": _("Faults not done with"), "value": len(faults), "tone": "warn" if faults else "", "url": f"{ledger}open"},
        {"label": _("Of these overdue"), "value": overdue, "tone": "bad" if overdue else "", "url": f"{ledger}overdue"},
    ]


def _month(found: Year, month: Month) -> dict[str, Any]:
    words = {
        "done": (_("Round made"), "ok"), "missed": (_("Round missed"), "bad"), "short": (_("Not all of it"), "warn"),
        "open": (_("To be made this month"), "info"), "none": (_("Not asked for"), "mute"),
    }
    to_come = (found.year, month.month) > (clock.today().year, clock.today().month)
    text, tone = (_("To come"), "mute") if to_come and not month.made else words[month.code]
    lines = found.of_month(month.month)
    return {
        "month": month.month, "text": text, "tone": tone, "days": [each.on.day for each in lines],
        "faults": sum(bool(each.faults) for each in lines), "url": f"/roundlog/{found.room.id}/{found.year}/{month.month}",
    }
