"""The papers of one round: the record of what was seen, the notice that its faults are to be put right (S11-4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from app.core.paperwork.paperpictures import in_pairs, pictures_of
from app.core.paperwork.papers import Letterhead, Reading, Sheet
from app.paper import long_date

from ..models import ArchiveCheck
from .faults import faults_of
from .log import Line, lines_of
from .models import FAULT_STATES
from .rules import Limits
from .services import limits_of, source_of

_checks: Any = ArchiveCheck
FEWEST_FAULTS = 3
BLANKS = {"responsible": "________", "due_on": "____年__月__日"}
"""What a notice leaves to be written by hand."""


def checks_in(reading: Reading, ids: Sequence[int]) -> list[Any]:
    """The checks that were found to be the actor's to see: station by station, room by room, day by day."""
    found = reading.session.scalars(select(ArchiveCheck).where(_checks.id.in_(ids)))
    return sorted(found, key=lambda each: (each.station_id, each.room, each.checked_on, each.id))


def limits_by_station(reading: Reading, rows: Iterable[Any]) -> dict[int, dict[str, Limits]]:
    return {station_id: limits_of(reading.session, station_id) for station_id in {each.station_id for each in rows}}


def head_of(head: Letterhead, room: str) -> dict[str, str]:
    return {"station": head.station, "office": head.office, "room": room}


def check_record(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """What was seen at each point, and what became of a fault."""
    rows = checks_in(reading, ids)
    limits = limits_by_station(reading, rows)
    sheets = []
    for line in lines_of(reading.session, rows, limits):
        row, head = line.row, reading.letterhead_of(line.row.station_id)
        facts = {
            **head_of(head, row.room), **_readings(line, limits[row.station_id]), **_remedy(line.faults),
            "source": source_of(reading.session, row.station_id, limits[row.station_id]),
            "at_once": row.remedy or "", "faults": _tasks(line.faults) or [dict.fromkeys(TASK, "")],
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
        found[name] = f"{each.text} {unit}（{in_words(each.judged)}）" if each.text else ""
        found[f"{name}_limits"] = f"{limits[name]} {unit}"
    return found


def in_words(code: str) -> str:
    return {"low": gettext("too low"), "high": gettext("too high"), "within": gettext("within the limits")}.get(code, "")


REMEDY = ("responsible", "due_on", "remedy", "put_right_by", "put_right_on", "rechecked_by", "rechecked_on")
TASK = ("no", "point", "words", "state", *REMEDY)


def _tasks(faults: Iterable[Any]) -> list[dict[str, str]]:
    """A line for each fault: what it is, who has it until when, what became of it."""
    return [
        {"no": str(no), "point": each.point, "words": each.words, "state": FAULT_STATES.label(each.state),
         **{name: _said(getattr(each, name)) for name in REMEDY}}
        for no, each in enumerate(faults, 1)
    ]


def _remedy(faults: Iterable[Any]) -> dict[str, str]:
    """What all these faults say together, for templates that have no line for each."""
    lines = _tasks(faults)
    return {name: "、".join(dict.fromkeys(each[name] for each in lines if each[name])) for name in REMEDY}


def _said(value: Any) -> str:
    return long_date(value) if isinstance(value, date) else value or ""


def rectification_notice(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """To each who has faults of a round to put right: what they are and until when; with the slip that comes back. Lines stay empty
    where nothing was found."""
    sheets = []
    rows = checks_in(reading, ids)
    found = faults_of(reading.session, [each.id for each in rows])
    for row in rows:
        given: dict[str, list[Any]] = {each.responsible or "": [] for each in found.get(row.id, [])} or {"": []}
        for each in found.get(row.id, []):
            given[each.responsible or ""].append(each)
        for name, faults in given.items():
            sheets.append(_notice(reading, row, faults, name if len(given) > 1 else ""))
    return sheets


def _notice(reading: Reading, row: Any, faults: list[Any], one_of_several: str) -> Sheet:
    head, lines = reading.letterhead_of(row.station_id), _tasks(faults)
    lines += [dict.fromkeys(TASK, "")] * (FEWEST_FAULTS - len(lines))
    facts = {
        **head_of(head, row.room), **_remedy(faults), "checked_on": long_date(row.checked_on), "checker": row.checker, "faults": lines,
        "photos": in_pairs(pictures_of(reading, "archive_checks", row.id)), "made_on": long_date(reading.today),
    }
    facts |= {name: facts[name] or blank for name, blank in BLANKS.items()}
    name = f"{gettext('Notice to put right')}{row.room}{row.checked_on:%Y%m%d}{one_of_several}"
    return Sheet(name, row.station_id, facts)
