"""Item numbers of each class as they were given, and those that no item bears, with the reason.

A number is given once and never again: a stamp on paper cannot be taken back. So the number of an item that was deleted or moved to
another class stays free, and it is listed here and under the catalogue of its class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.records.history import Change, Deleted
from app.core.records.numbering import Counter
from app.work.services import setting

from ..models import ArchiveFile
from ..rules import class_of, file_number
from ..services import series_name
from . import rules

_files: Any = ArchiveFile
_PARTS = (_files.fonds_no, _files.category, _files.year, _files.retention, _files.organ_code)
_NAMES = ("fonds_no", "category", "year", "retention", "organ_code")


@dataclass(frozen=True)
class Series:
    """One class: its number with the item left open, how many items it has, the last number given, and the gaps."""

    values: Mapping[str, Any]
    shown: str
    items: int
    last: int
    gaps: list[rules.Gap]


def series_of(session: Session, station_id: int, year: int | None = None, retention: str | None = None) -> list[Series]:
    """A station's classes, the latest year first; of one year or retention where it is given."""
    pattern = str(setting(session, station_id, "archive_number_pattern"))
    where = [_files.station_id == station_id, _files.item_no.is_not(None)]
    where += [_files.year == year] if year is not None else []
    where += [_files.retention == retention] if retention is not None else []
    asked = select(*_PARTS, func.count(), func.max(_files.item_no)).where(*where).group_by(*_PARTS)
    counted = select(Counter.series, Counter.year, Counter.last).where(Counter.station_id == station_id)
    given = {(series, of_year): last_given for series, of_year, last_given in session.execute(counted)}
    found, reasons = [], None
    for row in session.execute(asked).all():
        values = dict(zip(_NAMES, row[:5], strict=True))
        shown, items = class_of(pattern, values), int(row[5])
        last = max(int(row[6]), given.get((series_name(shown), values["year"]), 0))
        missing: list[rules.Gap] = []
        if items < last:
            reasons = _reasons(session, station_id) if reasons is None else reasons
            missing = rules.gaps(last, _present(session, station_id, values), _of_class(pattern, values, last, reasons))
        found.append(Series(values, shown, items, last, missing))
    order = list(rules.RETENTION_WORDS.values())
    return sorted(found, key=lambda each: (-each.values["year"], order.index(each.values["retention"]), each.shown))


def _present(session: Session, station_id: int, values: Mapping[str, Any]) -> set[int]:
    same = [column.is_(None) if values[name] is None else column == values[name] for name, column in zip(_NAMES, _PARTS, strict=True)]
    return set(session.scalars(select(_files.item_no).where(_files.station_id == station_id, _files.item_no.is_not(None), *same)))


def _of_class(pattern: str, values: Mapping[str, Any], last: int, reasons: Mapping[str, str]) -> dict[int, str]:
    numbered = ((number, reasons.get(file_number(pattern, values, number), "")) for number in range(1, last + 1))
    return {number: why or _("The numbers went on after one that came along from paper") for number, why in numbered}


def _reasons(session: Session, station_id: int) -> dict[str, str]:
    """Archival number -> what became of the item that bore it."""
    found: dict[str, str] = {}
    moved = select(Change.data, Change.at, Change.by).where(
        Change.ledger == "archive_files",
        Change.station_id == station_id,
        Change.action == "edit",
        cast(Change.data, Text).like('%"file_no"%'),
    )
    for data, at, by in session.execute(moved.order_by(Change.id)):
        old, new = data["file_no"]
        if old:
            found[old] = _("Became %(file_no)s on %(day)s (%(by)s)", file_no=new, day=clock.to_office(at).date().isoformat(), by=by)
    gone = select(Deleted).where(Deleted.ledger == "archive_files", Deleted.station_id == station_id).order_by(Deleted.id)
    for entry in session.scalars(gone):
        number = entry.snapshot[0]["columns"].get("file_no")
        if number:
            day = clock.to_office(entry.at).date().isoformat()
            title = entry.snapshot[0]["columns"].get("title", "")
            found[number] = _("Taken out of the files on %(day)s (%(by)s): %(title)s", day=day, by=entry.by, title=title)
    return found
