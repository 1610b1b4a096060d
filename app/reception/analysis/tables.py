"""An analysis as tables: what the page, the workbook and the yearly paper all show, each figure with the list it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext as _

from app.reception.models import CATEGORIES, HANDLING
from app.reception.outcomes import SATISFACTION

from .late import what_is_late
from .rules import NONE, Late, Period, Spread, Tally, share
from .services import MEASURE, PART, Analysis

MOST_LINES = 200
"""Lines of a table; villages are typed freely, and a page has an end."""


@dataclass(frozen=True)
class Figure:
    """A number, how it is written, and the list of just the rows that it counts."""

    value: float | None
    text: str
    count: int
    url: str


@dataclass(frozen=True)
class Column:
    code: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Line:
    label: str
    figures: list[Figure]


@dataclass(frozen=True)
class Table:
    key: str
    title: str
    head: str
    columns: list[Column]
    lines: list[Line]
    whole: Line
    left_out: int = 0
    """Parts that found no room."""


def columns(whole: Tally) -> list[Column]:
    """What is told of each part; what was left empty has a column only where something was."""
    handled, how_fast, content = _("Handled how"), _("Working days (median)"), _("Satisfaction")
    found = [Column("", _("Received"))]
    found += [Column(f"handling-{code}", str(label), handled) for code, label in HANDLING.labels.items()]
    if whole.handling.get(NONE):
        found.append(Column(f"handling-{NONE}", _("Not entered"), handled))
    found += [Column("closed", _("Closed matters")), Column("open", _("Not closed yet"))]
    found += [Column("signed", _("To signing"), how_fast), Column("answered", _("To the answer"), how_fast)]
    found += [Column(f"satisfaction-{code}", str(label), content) for code, label in SATISFACTION.labels.items()]
    if whole.satisfaction.get(NONE):
        found.append(Column(f"satisfaction-{NONE}", _("None yet"), content))
    return [*found, Column("overdue", _("Overdue now"))]


def address(period: Period | None, measure: str = "", part: str = "", station: int | None = None) -> str:
    """The list of what a figure counts."""
    query: dict[str, Any] = {"station": station} if station else {}
    if period is not None:
        query |= {"heard_on": period.first.isoformat(), "heard_on__to": period.last.isoformat()}
    query |= {name: value for name, value in ((MEASURE, measure), (PART, part)) if value}
    return f"/opinions/list/?{urlencode(query)}"


def days(value: float | None) -> str:
    """3, 3.5, or a dash where nothing was measured."""
    return "—" if value is None else f"{value:g}"


def tables(found: Analysis, station: int | None, several: bool) -> list[Table]:
    """By month, category, organ and village; by station for who sees several. `station`: looked at alone by who sees all."""
    wanted = [("month", _("By month"), _("Month")), ("category", _("By category"), _("Category")),
              ("organ", _("By organ"), _("Organ in charge")), ("village", _("By village"), _("Village or community"))]
    if several:
        wanted.insert(0, ("station", _("Comparison of stations"), _("Station")))
    whole, parts = found.figures.whole, found.figures.parts
    shown = columns(whole)
    made = []
    for key, title, head in wanted:
        keys = _order(key, parts[key], found)
        lines = [_line(_label(key, each, found), tally, shown, found.period, f"{key}:{each}", station)
                 for each, tally in list(zip(keys, tallies(found, key), strict=True))[:MOST_LINES]]
        total = _line(_("Total"), whole, shown, found.period, "", station)
        made.append(Table(key, title, head, shown, lines, total, max(0, len(keys) - MOST_LINES)))
    return made


def tallies(found: Analysis, key: str) -> list[Tally]:
    """The parts in the order of their table's lines."""
    parts = found.figures.parts[key]
    return [parts.get(each, Tally()) for each in _order(key, parts, found)]


def _order(key: str, parts: Mapping[Any, Tally], found: Analysis) -> list[Any]:
    """Months and categories in their own order; what has no name last; the rest by how much was received."""
    if key == "month":
        return found.period.months() or sorted(parts)
    if key == "category":
        return [each for each in (*CATEGORIES.labels, NONE) if each in parts]
    return sorted(parts, key=lambda each: (each in (0, NONE), -parts[each].received, _label(key, each, found)))


def _label(key: str, part: Any, found: Analysis) -> str:
    if part == NONE:
        return _("Not entered")
    match key:
        case "month":
            return _("%(year)s-%(month)s", year=part[:4], month=int(part[5:]))
        case "category":
            return CATEGORIES.label(part)
        case "organ":
            return found.names.get(("organs", part), str(part)) if part else _("No organ")
        case "station":
            return found.names.get(("stations", part), str(part))
    return str(part)


def _line(label: str, tally: Tally, shown: Iterable[Column], period: Period | None, part: str, station: int | None) -> Line:
    return Line(label, [figure(tally, each.code, period, part, station) for each in shown])


def figure(tally: Tally, code: str, period: Period | None, part: str = "", station: int | None = None) -> Figure:
    count, url = tally.figure(code), address(period, code, part, station)
    spreads: dict[str, Callable[[Tally], Spread]] = {"signed": lambda each: each.to_sign, "answered": lambda each: each.to_answer}
    if code in spreads:
        middle = spreads[code](tally).median
        return Figure(middle, days(middle), count, url)
    return Figure(count, str(count), count, url)


@dataclass(frozen=True)
class Tile:
    label: str
    figure: Figure
    note: str = ""
    tone: str = ""


def tiles(found: Analysis, station: int | None) -> list[Tile]:
    """The period in seven figures."""
    whole, period = found.figures.whole, found.period
    content = share(whole.content, whole.rated)
    rate = "—" if content is None else f"{content:g}%"

    def told(code: str) -> Figure:
        return figure(whole, code, period, "", station)

    return [
        Tile(_("Received"), told("")),
        Tile(_("Closed matters"), told("closed"), tone="ok"),
        Tile(_("Not closed yet"), told("open")),
        Tile(_("Overdue now"), told("overdue"), tone="bad" if whole.late else ""),
        Tile(_("Reception to signing"), told("signed"), _("working days, median of %(count)s", count=whole.to_sign.count)),
        Tile(_("Signing to answer"), told("answered"), _("working days, median of %(count)s", count=whole.to_answer.count)),
        Tile(_("Rate of satisfaction"), replace(told("content"), value=content, text=rate),
             _("%(content)s of %(rated)s who were asked", content=whole.content, rated=whole.rated)),
    ]


@dataclass(frozen=True)
class Overdue:
    """What is overdue now with one of those it waits for."""

    label: str
    what: str
    figure: Figure
    oldest: str


def overdue(found: Analysis, station: int | None) -> list[Overdue]:
    """Whenever it was heard: what is late does not go away with the year."""
    lines = []
    for late in found.late:
        part = f"organ:{late.organ}" if late.overdue == "answer" else ""
        url = _suggestions(late, station) if late.overdue == "suggestion" else address(None, f"overdue-{late.overdue}", part, station)
        figure_of = Figure(late.count, str(late.count), late.count, url)
        lines.append(Overdue(_who(late, found), what_is_late(late.overdue, found.workdays), figure_of, late.oldest.isoformat()))
    return lines


def _suggestions(late: Late, station: int | None) -> str:
    """The list of suggestions that wait for this organ; without one no list is so narrow."""
    query: dict[str, Any] = {"term": "overdue"} | ({"organ": late.organ} if late.organ else {}) | ({"station": station} if station else {})
    return f"/suggestions/list/?{urlencode(query)}"


def _who(late: Late, found: Analysis) -> str:
    if late.overdue == "assign":
        return _("The station itself")
    return found.names.get(("organs", late.organ), str(late.organ)) if late.organ else _("No organ")


def title_of(period: Period) -> str:
    """2026, its third quarter, its May, or two days."""
    match period.kind:
        case "year":
            return _("year %(year)s", year=period.first.year)
        case "quarter":
            return _("year %(year)s, quarter %(quarter)s", year=period.first.year, quarter=period.quarter)
        case "month":
            return _("%(year)s-%(month)s", year=period.first.year, month=period.first.month)
    return _("%(first)s to %(last)s", first=period.first.isoformat(), last=period.last.isoformat())
