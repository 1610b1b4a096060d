"""The papers of many rounds, the month's sheet on the door and the register of temperature and humidity, and all that templates may
name (S11-4)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from app.core.dictionary.roles import Verb
from app.core.paperwork.paperpictures import PHOTOS
from app.core.paperwork.papers import Form, Letterhead, Reading, Sheet, Slot
from app.core.paperwork.templates import template_of
from app.paper import render, short_date

from .asked import asked_of
from .checkpapers import check_record, checks_in, head_of, in_words, limits_by_station, rectification_notice
from .log import Line, Year, lines_of
from .rules import Limits, last_of
from .services import limits_of, source_of

COLUMNS = 6
"""Points that have a column of their own on the door's sheet; further ones stand in its last."""
FEWEST_ON_DOOR, FEWEST_READINGS = 8, 12
WELL, FAULT = "√", "×"


def door_sheet(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """A sheet for each room and month."""
    rows = checks_in(reading, ids)
    limits = limits_by_station(reading, rows)
    sheets = []
    for (station_id, room, year, month), made in groupby(
        rows, key=lambda each: (each.station_id, each.room, each.checked_on.year, each.checked_on.month)
    ):
        lines = lines_of(reading.session, list(made), limits)
        judged = {point for each in lines for point in each.judged}
        points = asked_of(reading.session, station_id).columns(last_of(year, month), judged)
        sheets.append(_door(reading, reading.letterhead_of(station_id), room, (year, month), points, limits[station_id], lines))
    return sheets or [_empty_door(reading)]


def _empty_door(reading: Reading) -> Sheet:
    station_id, today = reading.actor.station_id, reading.today
    points = asked_of(reading.session, station_id).now
    limits = limits_of(reading.session, station_id)
    return _door(reading, reading.letterhead_of(station_id), "", (today.year, today.month), points, limits, [])


def _door(
    reading: Reading,
    head: Letterhead,
    room: str,
    when: tuple[int, int],
    points: Sequence[str],
    limits: dict[str, Limits],
    lines: Sequence[Line],
) -> Sheet:
    name = f"{gettext('Month sheet of archive checks')}{room}{when[0]}-{when[1]:02d}"
    return Sheet(name, head.station_id, door_facts(reading, head, room, when, points, limits, lines))


def door_facts(
    reading: Reading,
    head: Letterhead,
    room: str,
    when: tuple[int, int],
    points: Sequence[str],
    limits: dict[str, Limits],
    lines: Sequence[Line],
) -> dict[str, Any]:
    """The month's rounds, a line each, and lines to write on by hand; the points set for that month are the columns."""
    own = list(points[:COLUMNS])
    heads = {f"head_{at + 1}": own[at] if at < len(own) else "" for at in range(COLUMNS)}
    drawn = [_door_line(each, own) for each in lines]
    drawn += [dict.fromkeys(_DOOR_FIELDS, "")] * (FEWEST_ON_DOOR - len(drawn))
    return {
        **head_of(head, room), **heads, "year": str(when[0]), "month": str(when[1]), "lines": drawn,
        "limits": f"{limits['temperature']} ℃、{limits['humidity']} %RH（{source_of(reading.session, head.station_id, limits)}）",
        "count": str(len(lines)),
    }


_DOOR_FIELDS = ("day", *(f"point_{at}" for at in range(1, COLUMNS + 1)), "temperature", "humidity", "note", "checker")


def _door_line(line: Line, own: Sequence[str]) -> dict[str, str]:
    marks = {point: WELL if ok else FAULT for point, ok in line.judged.items()}
    columns = {f"point_{at + 1}": marks.get(own[at], "") if at < len(own) else "" for at in range(COLUMNS)}
    more = [f"{point}{mark}" for point, mark in marks.items() if point not in own]
    note = "；".join([*more, *([line.became] if line.faults else [])])
    return {
        "day": f"{line.on.day}", **columns, "temperature": line.temperature.text, "humidity": line.humidity.text, "note": note,
        "checker": line.checker,
    }


def climate_register(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """A register for each room and year."""
    rows = checks_in(reading, ids)
    limits = limits_by_station(reading, rows)
    sheets = []
    for (station_id, room, year), made in groupby(rows, key=lambda each: (each.station_id, each.room, each.checked_on.year)):
        lines = lines_of(reading.session, list(made), limits)
        sheets.append(_climate(reading, reading.letterhead_of(station_id), room, year, limits[station_id], lines))
    if not sheets:
        station_id = reading.actor.station_id
        limits_here = limits_of(reading.session, station_id)
        sheets = [_climate(reading, reading.letterhead_of(station_id), "", reading.today.year, limits_here, [])]
    return sheets


def _climate(reading: Reading, head: Letterhead, room: str, year: int, limits: dict[str, Limits], lines: Sequence[Line]) -> Sheet:
    read = [each for each in lines if each.temperature.text or each.humidity.text]
    drawn = [
        {
            "day": short_date(each.on), "temperature": each.temperature.text, "humidity": each.humidity.text,
            "judged": _both(each), "measure": each.done if each.temperature.out or each.humidity.out else "",
            "checker": each.checker,
        }
        for each in read
    ]
    drawn += [dict.fromkeys(("day", "temperature", "humidity", "judged", "measure", "checker"), "")] * (FEWEST_READINGS - len(drawn))
    facts = {
        **head_of(head, room), "year": str(year), "temperature_limits": f"{limits['temperature']} ℃",
        "humidity_limits": f"{limits['humidity']} %RH", "source": source_of(reading.session, head.station_id, limits), "lines": drawn,
    }
    return Sheet(f"{gettext('Register of temperature and humidity')}{room}{year}", head.station_id, facts)


def _both(line: Line) -> str:
    """Within the limits, or which of the two is out and how."""
    labels = {"temperature": gettext("Temperature"), "humidity": gettext("Humidity")}
    out = [f"{label}{in_words(getattr(line, name).judged)}" for name, label in labels.items() if getattr(line, name).out]
    return "、".join(out) or in_words("within")


def paper_of_month(reading: Reading, year: Year, month: int) -> tuple[str, bytes]:
    """The door's sheet of a room and month, also of one without a round yet."""
    head = reading.letterhead_of(year.room.station_id)
    sheet = _door(reading, head, year.room.name, (year.year, month), year.points_of(month), year.limits, year.of_month(month))
    return sheet.name, render(template_of("archive_door_sheet", sheet.station_id), sheet.facts)


def paper_of_year(reading: Reading, year: Year) -> tuple[str, bytes]:
    """The register of readings of a room and year, also of one without a round yet."""
    sheet = _climate(reading, reading.letterhead_of(year.room.station_id), year.room.name, year.year, year.limits, year.lines)
    return sheet.name, render(template_of("climate_register", sheet.station_id), sheet.facts)


# ---------------------------------------------------------------- what their templates may name

_HEAD = (
    Slot("station", _("Station"), "青石镇人大代表联络站"),
    Slot("office", _("In whose name it goes out"), "青石镇人大主席团"),
    Slot("room", _("Archive room"), "档案室"),
)
_REMEDY = (
    Slot("responsible", _("To be put right by whom"), "周敏"),
    Slot("due_on", _("To be put right until"), "2026年3月17日"),
    Slot("remedy", _("What was done about it"), "更换除湿机"),
    Slot("put_right_by", _("Put right by"), "周敏"),
    Slot("put_right_on", _("Put right on"), "2026年3月12日"),
    Slot("rechecked_by", _("Re-checked by"), "解明"),
    Slot("rechecked_on", _("Re-checked on"), "2026年3月13日"),
)
_FAULTS = Slot("faults", _("A line for each fault"), line=(
    Slot("no", _("Running number"), "1"), Slot("point", _("Point"), "防潮"), Slot("words", _("What is wrong"), "墙角返潮"),
    Slot("state", _("State of the fault"), "已复查销号"), *_REMEDY,
))
_CHECK = (Slot("checked_on", _("Checked on"), "2026年3月10日"), Slot("checker", _("Checker"), "周敏"))
FORMS = (
    Form(
        "archive_check_record", _("Record of an archive check"), "archive_checks",
        (
            *_HEAD, *_CHECK,
            Slot("temperature", _("Temperature"), "19.5 ℃（合格）"), Slot("temperature_limits", _("Limits of the temperature"), "14–24 ℃"),
            Slot("humidity", _("Humidity"), "52 %（合格）"), Slot("humidity_limits", _("Limits of the humidity"), "45–60 %"),
            Slot("points", _("A line for each point"), line=(
                Slot("point", _("Point"), "防潮"), Slot("judged", _("In order or not"), "异常"),
                Slot("words", _("What is wrong"), "墙角返潮"),
            )),
            Slot("source", _("Source of the limits"), "JGJ 25-2010"),
            Slot("at_once", _("What was done at once"), "开窗通风"), _FAULTS, *_REMEDY, PHOTOS,
        ),
        check_record,
    ),
    Form(
        "rectification_notice", _("Notice to put right"), "archive_checks",
        (
            *_HEAD, *_CHECK,
            _FAULTS, *_REMEDY, PHOTOS, Slot("made_on", _("Made on"), "2026年3月10日"),
        ),
        rectification_notice,
    ),
    Form(
        "archive_door_sheet", _("Month sheet of archive checks"), "archive_checks",
        (
            *_HEAD, Slot("year", _("Year"), "2026"), Slot("month", _("Month"), "3"),
            Slot("limits", _("Limits of both"), "14–24 ℃、45–60 %RH"), Slot("count", _("How many rounds"), "1"),
            *(Slot(f"head_{at}", _("Point of column %(number)s", number=at), point)
              for at, point in enumerate(("防火", "防盗", "防虫", "防潮", "防霉", "防晒"), 1)),
            Slot("lines", _("A line for each round"), line=(
                Slot("day", _("Day"), "10"),
                *(Slot(f"point_{at}", _("Mark in column %(number)s", number=at), WELL) for at in range(1, COLUMNS + 1)),
                Slot("temperature", _("Temperature"), "19.5"), Slot("humidity", _("Humidity"), "52"),
                Slot("note", _("Faults and what became of them"), "防潮：墙角返潮"), Slot("checker", _("Checker"), "周敏"),
            )),
        ),
        door_sheet, together=True, verb=Verb.EXPORT,
    ),
    Form(
        "climate_register", _("Register of temperature and humidity"), "archive_checks",
        (
            *_HEAD, Slot("year", _("Year"), "2026"), Slot("temperature_limits", _("Limits of the temperature"), "14–24 ℃"),
            Slot("humidity_limits", _("Limits of the humidity"), "45–60 %RH"), Slot("source", _("Source of the limits"), "JGJ 25-2010"),
            Slot("lines", _("A line for each reading"), line=(
                Slot("day", _("Day"), "2026.03.10"), Slot("temperature", _("Temperature"), "25.5"), Slot("humidity", _("Humidity"), "52"),
                Slot("judged", _("How it is judged"), "温度偏高"), Slot("measure", _("What was done about it"), "开窗通风"),
                Slot("checker", _("Checker"), "周敏"),
            )),
        ),
        climate_register, together=True, verb=Verb.EXPORT,
    ),
)
