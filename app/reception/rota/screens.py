"""The year of reception days on one page: made in one step, changed by hand, written as receptions."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import format_date
from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import titles_of
from app.core.refusals import Refused
from app.core.web.screens import Screen

from ..announcing.services import Waiting, announcements_waiting
from ..announcing.table import OFFICE as POSTERS
from . import services
from .rules import MONTHS, REASONS

FIRST_YEAR, LAST_YEAR = 2000, 2100
NEXT_YEAR_FROM = 12
BEGIN, END = "09:00", "11:30"


class RotaScreen(Screen):
    route_base = "/rota"
    open_to = frozenset({"county", "head", "liaison", "archivist", "presidium"})

    def admit(self) -> Any:
        """Who works for all stations says first whose rota it is."""
        if (answer := super().admit()) is not None:
            return answer
        return render_template("choose_station.html", title=_("Choose a station")) if the_actor().station_id is None else None

    @expose("/", methods=["GET"])
    def now(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        today = clock.today()
        return _page(the_actor(), today.year + (today.month >= NEXT_YEAR_FROM))

    @expose("/<year>", methods=["GET"])
    def year(self, year: str) -> Any:
        return answer if (answer := self.admit()) is not None else _page(the_actor(), _year(year))

    @expose("/<year>/make", methods=["POST"])
    def make(self, year: str) -> Any:
        return self._done(year, lambda actor, number: services.make(actor, _station(actor), number))

    @expose("/<year>/change", methods=["POST"])
    def change(self, year: str) -> Any:
        def hand(actor: Actor, number: int) -> None:
            ticked = [(read_id(month) or 0, read_id(deputy) or 0) for month, _dash, deputy in (
                each.partition("-") for each in request.form.getlist("who")[:400])]
            services.change(
                actor, _station(actor), number, request.form.get("action", ""), ticked,
                to=read_id(request.form.get("to", "")), deputy=read_id(request.form.get("deputy", "")),
            )

        return self._done(year, hand)

    @expose("/<year>/receptions", methods=["POST"])
    def receptions(self, year: str) -> Any:
        def write(actor: Actor, number: int) -> None:
            begin, end = (_time(request.form.get(name, ""), usual) for name, usual in (("begin", BEGIN), ("end", END)))
            hours = services.Hours(begin, end, request.form.get("place", "").strip())
            written, refused = services.write_receptions(actor, _station(actor), number, hours)
            for sentence in refused:
                flash(sentence, "danger")
            flash(_("Receptions written: %(count)s", count=written), "success")

        return self._done(year, write)

    def _done(self, year: str, what: Any) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, number = the_actor(), _year(year)
        if not _may_plan(actor):
            abort(403)
        try:
            what(actor, number)
        except Refused as refused:
            db.session.rollback()
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
        return redirect(f"/rota/{number}")


def _may_plan(actor: Actor) -> bool:
    return actor.may("reception_rota", Verb.ADD) and actor.may("reception_rota", Verb.EDIT)


def _station(actor: Actor) -> int:
    assert actor.station_id is not None
    return actor.station_id


def _year(text: str) -> int:
    if not (text.isdecimal() and text.isascii() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR):
        abort(404)
    return int(text)


def _time(text: str, usual: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return time.fromisoformat(usual)


def _page(actor: Actor, year: int) -> str:
    board, today = services.year_of(db.session(), _station(actor), year), clock.today()
    missing = board.missing
    shown = {deputy for group in (*board.groups.values(), *board.away.values()) for deputy in group} | set(missing)
    titles = titles_of(db.session, [("deputies", deputy) for deputy in shown])
    names = {deputy: titles.get(("deputies", deputy), "") for deputy in shown}
    cards = [_card(board, month, names) for month in MONTHS]
    station: Any = db.session.get(LEDGERS["stations"], actor.station_id)
    reasons: dict[str, list[str]] = {}
    for deputy, code in missing.items():
        reasons.setdefault(str(REASONS[code]), []).append(names[deputy])
    return render_template(
        "rota.html",
        title=_("Reception days of %(year)s", year=year),
        year=year,
        years=[(each, f"/rota/{each}", each == year) for each in (year - 1, year, year + 1)],
        cards=cards,
        missing=reasons,
        missing_count=len(missing),
        due=sum(person.due and person.stays for person in board.people),
        may_plan=_may_plan(actor) and year >= today.year,
        made=bool(board.rows),
        months=[(card["month"], card["label"]) for card in cards if not card["past"]],
        to_write=sum(not card["past"] and not card["url"] and card["planned"] for card in cards),
        posting=[_posting(each) for each in announcements_waiting(db.session(), _station(actor), date(year, 1, 1), date(year, 12, 31))],
        may_post=bool(POSTERS & set(actor.roles)),
        hours={"begin": BEGIN, "end": END, "place": (station.address if station else "") or (station.name if station else "")},
        crumbs=[(_("Plan the receptions"), None)],
    )


def _card(board: services.Year, month: int, names: dict[int, str]) -> dict[str, Any]:
    day, regular, slot = board.days[month], board.regular[month], board.slots[month - 1]
    held = board.held.get(month)
    pinned = set(board.pinned.get(month, ()))
    return {
        "month": month,
        "label": _("Month %(month)s", month=month),
        "day": format_date(day, "M月d日 EEE"),
        "shifted": _shifted(day, regular) if day != regular else "",
        "provisional": month in board.provisional,
        "past": slot.fixed,
        "planned": month in board.rows,
        "url": f"/activities/show/{held.activity}" if held else "",
        "deputies": [
            {"id": each, "name": names[each], "pinned": each in pinned, "value": f"{month}-{each}"} for each in board.groups[month]
        ],
        "away": [{"id": each, "name": names[each], "value": f"{month}-{each}"} for each in board.away.get(month, ())],
    }


def _posting(each: Waiting) -> dict[str, Any]:
    """A reception whose announcement is still to be posted: until when, and what is pressing."""
    last = format_date(each.time.last_day, "M月d日 EEE")
    words = {
        "past": _("should hang since %(day)s", day=last), "today": _("is posted today at the latest"),
        "due": _("is posted by %(day)s; before it no further working day", day=last), "ahead": _("is posted by %(day)s", day=last),
    }
    return {
        "id": each.reception,
        "day": format_date(each.start, "M月d日 EEE"),
        "words": words[each.time.code],
        "tone": {"past": "bad", "ahead": "mute"}.get(each.time.code, "warn"),
        "outdated": each.outdated,
        "step": "post_anew" if each.outdated else "post",
    }


def _shifted(day: date, regular: date) -> str:
    if day > regular:
        return _("%(regular)s is no working day: moved on", regular=format_date(regular, "M月d日"))
    return _("Instead of %(regular)s", regular=format_date(regular, "M月d日"))
