"""The page 意见建议分析, its workbook, the yearly paper and the year's bound volume."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import abort, flash, g, redirect, render_template, request
from flask_appbuilder import expose
from flask_babel import gettext as _
from sqlalchemy import select

from app.core import clock
from app.core.access.actor import Actor
from app.core.access.current import the_actor
from app.core.database import db
from app.core.dictionary.fields import read_date, read_id
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.lists.exporting import download
from app.core.paperwork import papers
from app.core.paperwork.paperpages import as_download
from app.core.paperwork.papers import Reading
from app.core.refusals import Refused
from app.core.web.screens import Screen

from . import tables
from .papers import bound_volume, volumes
from .rules import FIRST_YEAR, LAST_YEAR, Period, period_of, periods_about, whole_year
from .services import Analysis, analysis, year_closed
from .workbook import sheets_of


class AnalysisScreen(Screen):
    """A period's opinions in figures; each leads to its rows."""

    route_base = "/opinion_analysis"
    open_to = frozenset({"county", "head", "liaison", "archivist", "presidium"})

    @expose("/")
    def figures(self) -> Any:
        if (answer := self.admit()) is not None:
            return answer
        actor, station = self._looking_at()
        period = self._period()
        errors = [] if period is not None else [_("The first day comes after the last, or is no day; this year is shown")]
        period = period or whole_year(clock.today().year)
        found = analysis(db.session(), actor, period)
        return render_template("analysis/analysis.html", **self._page(actor, found, station, errors)), 422 if errors else 200

    @expose("/workbook")
    def workbook(self) -> Any:
        """The same figures as an Excel."""
        if (answer := self.admit()) is not None:
            return answer
        actor, station = self._looking_at()
        if not actor.may("opinions", Verb.EXPORT):
            abort(403)
        found = analysis(db.session(), actor, self._period() or abort(404))
        name = self._station_name(actor)
        made, late = tables.tables(found, station, actor.sees_all_stations), tables.overdue(found, station)
        sheets, cover = sheets_of(found, made, late, name, actor)
        return download(sheets, cover, f"{name}{tables.title_of(found.period)}{_('Analysis of opinions')}.xlsx")

    @expose("/volume/<int:year>/<int:part>")
    def volume(self, year: int, part: int) -> Any:
        """The year's closed opinions bound for the archive: contents, then each one's form (R11)."""
        if (answer := self.admit()) is not None:
            return answer
        actor, _station = self._looking_at()
        form = papers.FORMS["opinion_register"]
        if not FIRST_YEAR <= year <= LAST_YEAR or actor.station_id is None:
            abort(404)
        if not form.open_to(actor, Verb.EXPORT):
            abort(403)
        try:
            name, data = bound_volume(Reading(db.session(), actor, year), part)
        except Refused as refused:
            for refusal in refused.refusals:
                flash(refusal.sentence(), "danger")
            return redirect(f"/opinion_analysis/?{urlencode(_query(whole_year(year), 0))}")
        return as_download(data, name, "docx")

    def _looking_at(self) -> tuple[Actor, int]:
        """Who works for all stations may look at one of them; 0: not asked for."""
        actor, chosen = the_actor(), request.args.get("station", "")
        if actor.station_id is not None or not chosen or g.bound_to_station:
            return actor, 0
        station_id = read_id(chosen)
        if station_id is None or db.session.get(LEDGERS["stations"], station_id) is None:
            abort(404)
        return replace(actor, station_id=station_id), station_id

    def _period(self) -> Period | None:
        typed = [request.args.get(name, "").strip() for name in ("from", "to")]
        read = [read_date(each) if each else None for each in typed]
        if any(text and day is None for text, day in zip(typed, read, strict=True)):
            return None
        return period_of(read[0], read[1], clock.today())

    def _station_name(self, actor: Actor) -> str:
        station: Any = db.session.get(LEDGERS["stations"], actor.station_id) if actor.station_id is not None else None
        return station.name if station is not None else _("All stations")

    def _page(self, actor: Actor, found: Analysis, station: int, errors: list[str]) -> dict[str, Any]:
        period, several = found.period, actor.sees_all_stations
        return {
            "title": _("Analysis of opinions"),
            "crumbs": [(_("Analysis of opinions"), None)],
            "errors": errors,
            "period": period,
            "period_title": tables.title_of(period),
            "periods": _periods(period, clock.today(), station),
            "stations": self._stations(actor, station),
            "station": station,
            "tiles": tables.tiles(found, station or None),
            "overdue": tables.overdue(found, station or None),
            "tables": tables.tables(found, station or None, several),
            "charts": CHARTS,
            "toolbar": self._buttons(actor, period, station),
            "empty": not found.figures.whole.received,
            "most": tables.MOST_LINES,
        }

    @staticmethod
    def _stations(actor: Actor, station: int) -> list[tuple[str, str]]:
        if not (actor.sees_all_stations or station):
            return []
        kept: Any = LEDGERS["stations"]
        names = db.session.execute(select(kept.id, kept.name).order_by(kept.id))
        return [("", _("All stations")), *((str(row.id), row.name) for row in names)]

    @staticmethod
    def _buttons(actor: Actor, period: Period, station: int) -> list[dict[str, Any]]:
        if not actor.may("opinions", Verb.EXPORT):
            return []
        buttons = []
        if actor.station_id is not None:
            year, more = period.last.year, f"?station={station}" if station else ""
            parts = volumes(len(year_closed(db.session(), actor, year)))
            labels = [_("Volume %(part)s of %(parts)s", part=part, parts=parts) for part in range(1, parts + 1)]
            labels = [_("Bound volume %(year)s", year=year)] if parts == 1 else labels
            buttons += [{"label": label, "url": f"/opinion_analysis/volume/{year}/{part}{more}"} for part, label in enumerate(labels, 1)]
        if not station:
            buttons.append({"label": _("Yearly summary %(year)s", year=period.last.year),
                            "url": f"/opinions/papers/opinion_summary?year={period.last.year}"})
        workbook = f"/opinion_analysis/workbook?{urlencode(_query(period, station))}"
        buttons.append({"label": _("Export Excel"), "url": workbook, "primary": True})
        return buttons


CHARTS = {"month": "line", "category": "bar", "organ": "bar", "village": "bar", "station": "bar"}


def _query(period: Period, station: int) -> dict[str, Any]:
    query: dict[str, Any] = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    return query | ({"station": station} if station else {})


def _periods(period: Period, today: date, station: int) -> list[dict[str, Any]]:
    """This year, quarter and month, and the neighbours of what is shown."""
    labels = {"year": _("This year"), "quarter": _("This quarter"), "month": _("This month")}
    found = [{"label": labels[name], "period": each, "now": each == period} for name, each in periods_about(today).items()]
    around = [("‹ ", period.moved(-1)), ("› ", period.moved(1))]
    found += [{"label": sign + tables.title_of(each), "period": each, "now": False} for sign, each in around if each is not None]
    return [{"label": each["label"], "now": each["now"], "url": f"/opinion_analysis/?{urlencode(_query(each['period'], station))}"}
            for each in found]
