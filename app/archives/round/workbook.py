"""The month's sheet on the door as an Excel."""

from __future__ import annotations

from flask_babel import gettext as _

from app.excel import Column, Sheet

from ..models import ArchiveCheck
from .forms import FAULT, FEWEST_ON_DOOR, WELL
from .log import Line, Year

_DAY, _POINT, _READING, _NOTE, _NAME = 12, 8, 10, 44, 12


def door_workbook(station: str, year: Year, month: int) -> list[Sheet]:
    """A line for each round, a column for each point of the setting; empty ones to be written by hand, as on the printed sheet."""
    points = year.points_of(month)
    columns = [
        Column(_("Checked on"), "date", _DAY), *(Column(point, "text", _POINT) for point in points),
        *(Column(ArchiveCheck.fields[name].label, "decimal", _READING) for name in ("temperature", "humidity")),
        Column(_("Faults and what became of them"), "long", _NOTE), Column(_("Checker"), "text", _NAME),
    ]
    when = f"{year.year}-{month:02d}"
    title = _("%(station)s %(room)s: month sheet of archive checks, %(month)s", station=station, room=year.room.name, month=when)
    limits = f"{year.limits['temperature']} ℃、{year.limits['humidity']} %RH（{year.source}）"
    rows = [_row(line, points) for line in year.of_month(month)]
    rows += [(None,) * len(columns)] * (FEWEST_ON_DOOR - len(rows))
    return [Sheet(_("Month sheet"), title, columns, rows, _("Limits: %(limits)s", limits=limits))]


def _row(line: Line, points: tuple[str, ...]) -> tuple[object, ...]:
    marks = {point: WELL if ok else FAULT for point, ok in line.judged.items()}
    more = [f"{point}{mark}" for point, mark in marks.items() if point not in points]
    note = "；".join([*more, *([line.became] if line.faults else [])])
    return (line.on, *(marks.get(point, "") for point in points), line.temperature.value, line.humidity.value, note, line.checker)
