"""The papers of an inspection: the record of a round, the notice that a fault is to be put right, the month's sheet on the door, the
register of temperature and humidity (S11-4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from app.core.dictionary.roles import Verb
from app.core.paperwork.paperpictures import PHOTOS, in_pairs, pictures_of
from app.core.paperwork.papers import Form, Letterhead, Reading, Sheet, Slot
from app.core.paperwork.templates import template_of
from app.paper import long_date, render, short_date
from app.work.services import setting

from ..models import ArchiveCheck
from .log import Line, Year, line_of
from .rules import Limits
from .services import POINTS, limits_of, source_of

_checks: Any = ArchiveCheck
COLUMNS = 6
"""Points that have a column of their own on the door's sheet; further ones stand in its last."""
FEWEST_ON_DOOR, FEWEST_READINGS, FEWEST_FAULTS = 8, 12, 3
WELL, FAULT = "√", "×"
BLANKS = {"responsible": "________", "due_on": "____年__月__日"}
"""What a notice leaves to be written by hand."""


def _rows(reading: Reading, ids: Sequence[int]) -> list[Any]:
    """The checks that were found to be the actor's to see: station by station, room by room, day by day."""
    found = reading.session.scalars(select(ArchiveCheck).where(_checks.id.in_(ids)))
    return sorted(found, key=lambda each: (each.station_id, each.room, each.checked_on, each.id))


def _limits(reading: Reading, rows: Iterable[Any]) -> dict[int, dict[str, Limits]]:
    return {station_id: limits_of(reading.session, station_id) for station_id in {each.station_id for each in rows}}


def _head(head: Letterhead, room: str) -> dict[str, str]:
    return {"station": head.station, "office": head.office, "room": room}


# ---------------------------------------------------------------- one round

def check_record(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """What was seen at each point, and what became of a fault."""
    rows = _rows(reading, ids)
    limits = _limits(reading, rows)
    sheets = []
    for row in rows:
        head, line = reading.letterhead_of(row.station_id), line_of(row, limits[row.station_id])
        facts = {
            **_head(head, row.room), **_readings(line, limits[row.station_id]), **_remedy(row),
            "checked_on": long_date(row.checked_on), "checker": row.checker,
            "points": [
                {"point": each["point"], "judged": gettext("In order") if each["ok"] else gettext("Not in order"), "words": each["words"]}
                for each in row.points
            ],
            "photos": in_pairs(pictures_of(reading, "archive_checks", row.id)),
        }
        sheets.append(Sheet(f"{gettext('Record of an archive check')}{row.room}{row.checked_on:%Y%m%d}", row.station_id, facts))
    return sheets


def _readings(line: Line, limits: dict[str, Limits]) -> dict[str, str]:
    units = {"temperature": "℃", "humidity": "%"}
    found = {}
    for name, unit in units.items():
        each = getattr(line, name)
        found[name] = f"{each.text} {unit}（{_judged(each.judged)}）" if each.text else ""
        found[f"{name}_limits"] = f"{limits[name]} {unit}"
    return found


def _judged(code: str) -> str:
    return {"low": gettext("too low"), "high": gettext("too high"), "within": gettext("within the limits")}.get(code, "")


def _remedy(row: Any) -> dict[str, str]:
    return {
        "responsible": row.responsible or "", "due_on": long_date(row.due_on), "remedy": row.remedy or "",
        "put_right_by": row.put_right_by or "", "put_right_on": long_date(row.put_right_on),
        "rechecked_by": row.rechecked_by or "", "rechecked_on": long_date(row.rechecked_on),
    }


def rectification_notice(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """To whom a fault is given, what it is and until when; with the slip that comes back. Lines stay empty where nothing was found."""
    sheets = []
    for row in _rows(reading, ids):
        head = reading.letterhead_of(row.station_id)
        faults = [{"no": str(no), "point": each["point"], "words": each["words"]}
                  for no, each in enumerate((each for each in row.points if not each["ok"]), 1)]
        faults += [{"no": "", "point": "", "words": ""}] * (FEWEST_FAULTS - len(faults))
        facts = {
            **_head(head, row.room), **_remedy(row), "checked_on": long_date(row.checked_on), "checker": row.checker, "faults": faults,
            "photos": in_pairs(pictures_of(reading, "archive_checks", row.id)), "made_on": long_date(reading.today),
        }
        facts |= {name: facts[name] or blank for name, blank in BLANKS.items()}
        sheets.append(Sheet(f"{gettext('Notice to put right')}{row.room}{row.checked_on:%Y%m%d}", row.station_id, facts))
    return sheets


# ---------------------------------------------------------------- many rounds

def door_sheet(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """A sheet for each room and month."""
    rows = _rows(reading, ids)
    limits = _limits(reading, rows)
    sheets = []
    for (station_id, room, year, month), made in groupby(
        rows, key=lambda each: (each.station_id, each.room, each.checked_on.year, each.checked_on.month)
    ):
        points = setting(reading.session, station_id, POINTS)
        lines = [line_of(each, limits[station_id]) for each in made]
        sheets.append(_door(reading.letterhead_of(station_id), room, (year, month), points, limits[station_id], lines))
    return sheets or [_empty_door(reading)]


def _empty_door(reading: Reading) -> Sheet:
    station_id, today = reading.actor.station_id, reading.today
    points = setting(reading.session, station_id, POINTS)
    return _door(reading.letterhead_of(station_id), "", (today.year, today.month), points, limits_of(reading.session, station_id), [])


def _door(
    head: Letterhead, room: str, when: tuple[int, int], points: Sequence[str], limits: dict[str, Limits], lines: Sequence[Line]
) -> Sheet:
    name = f"{gettext('Month sheet of archive checks')}{room}{when[0]}-{when[1]:02d}"
    return Sheet(name, head.station_id, door_facts(head, room, when, points, limits, lines))


def door_facts(
    head: Letterhead, room: str, when: tuple[int, int], points: Sequence[str], limits: dict[str, Limits], lines: Sequence[Line]
) -> dict[str, Any]:
    """The month's rounds, a line each, and lines to write on by hand; the points of the setting are the columns."""
    own = list(points[:COLUMNS])
    heads = {f"head_{at + 1}": own[at] if at < len(own) else "" for at in range(COLUMNS)}
    drawn = [_door_line(each, own) for each in lines]
    drawn += [dict.fromkeys(_DOOR_FIELDS, "")] * (FEWEST_ON_DOOR - len(drawn))
    return {
        **_head(head, room), **heads, "year": str(when[0]), "month": str(when[1]), "lines": drawn,
        "limits": f"{limits['temperature']} ℃、{limits['humidity']} %RH（{source_of(limits)}）", "count": str(len(lines)),
    }


_DOOR_FIELDS = ("day", *(f"point_{at}" for at in range(1, COLUMNS + 1)), "temperature", "humidity", "note", "checker")


def _door_line(line: Line, own: Sequence[str]) -> dict[str, str]:
    marks = {point: WELL if ok else FAULT for point, ok in line.judged.items()}
    columns = {f"point_{at + 1}": marks.get(own[at], "") if at < len(own) else "" for at in range(COLUMNS)}
    more = [f"{point}{mark}" for point, mark in marks.items() if point not in own]
    note = "；".join([*more, *([line.said] if line.said else []), *([line.state_label] if line.faults else [])])
    return {
        "day": f"{line.on.day}", **columns, "temperature": line.temperature.text, "humidity": line.humidity.text, "note": note,
        "checker": line.checker,
    }


def climate_register(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """A register for each room and year."""
    rows = _rows(reading, ids)
    limits = _limits(reading, rows)
    sheets = []
    for (station_id, room, year), made in groupby(rows, key=lambda each: (each.station_id, each.room, each.checked_on.year)):
        lines = [line_of(each, limits[station_id]) for each in made]
        sheets.append(_climate(reading.letterhead_of(station_id), room, year, limits[station_id], lines))
    if not sheets:
        station_id = reading.actor.station_id
        limits_here = limits_of(reading.session, station_id)
        sheets = [_climate(reading.letterhead_of(station_id), "", reading.today.year, limits_here, [])]
    return sheets


def _climate(head: Letterhead, room: str, year: int, limits: dict[str, Limits], lines: Sequence[Line]) -> Sheet:
    read = [each for each in lines if each.temperature.text or each.humidity.text]
    drawn = [
        {
            "day": short_date(each.on), "temperature": each.temperature.text, "humidity": each.humidity.text,
            "judged": _both(each), "measure": (each.row.remedy or "") if each.temperature.out or each.humidity.out else "",
            "checker": each.checker,
        }
        for each in read
    ]
    drawn += [dict.fromkeys(("day", "temperature", "humidity", "judged", "measure", "checker"), "")] * (FEWEST_READINGS - len(drawn))
    facts = {
        **_head(head, room), "year": str(year), "temperature_limits": f"{limits['temperature']} ℃",
        "humidity_limits": f"{limits['humidity']} %RH", "source": source_of(limits), "lines": drawn,
    }
    return Sheet(f"{gettext('Register of temperature and humidity')}{room}{year}", head.station_id, facts)


def _both(line: Line) -> str:
    """Within the limits, or which of the two is out and how."""
    labels = {"temperature": gettext("Temperature"), "humidity": gettext("Humidity")}
    out = [f"{label}{_judged(getattr(line, name).judged)}" for name, label in labels.items() if getattr(line, name).out]
    return "、".join(out) or _judged("within")


def paper_of_month(reading: Reading, year: Year, month: int) -> tuple[str, bytes]:
    """The door's sheet of a room and month, also of one without a round yet."""
    head = reading.letterhead_of(year.room.station_id)
    sheet = _door(head, year.room.name, (year.year, month), year.points, year.limits, year.of_month(month))
    return sheet.name, render(template_of("archive_door_sheet", sheet.station_id), sheet.facts)


def paper_of_year(reading: Reading, year: Year) -> tuple[str, bytes]:
    """The register of readings of a room and year, also of one without a round yet."""
    sheet = _climate(reading.letterhead_of(year.room.station_id), year.room.name, year.year, year.limits, year.lines)
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
            *_REMEDY, PHOTOS,
        ),
        check_record,
    ),
    Form(
        "rectification_notice", _("Notice to put right"), "archive_checks",
        (
            *_HEAD, *_CHECK,
            Slot("faults", _("A line for each fault"), line=(
                Slot("no", _("Running number"), "1"), Slot("point", _("Point"), "防潮"), Slot("words", _("What is wrong"), "墙角返潮"),
            )),
            *_REMEDY, PHOTOS, Slot("made_on", _("Made on"), "2026年3月10日"),
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
