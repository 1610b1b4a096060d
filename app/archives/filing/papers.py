"""What the official forms of filing say (DA/T 22-2015): catalogue, stamp, spine and label of a box, loan slip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from flask_babel import gettext

from app.core.lists.listing import Row
from app.core.paperwork.papers import Reading, Sheet
from app.paper import long_date
from app.work.services import setting

from ..models import RETENTION, THICKNESS
from . import boxes
from .numbers import series_of

_CLASS = ("fonds_no", "year", "retention", "organ_code")
_ITEM = (*_CLASS, "category", "item_no", "file_no", "document_no", "responsible", "title", "dated_on", "secrecy", "pages", "volume", "note")
_BOX = ("number", "title", "year", "retention", "bound_on", "room", "cabinet", "shelf", "thickness")
STAMPS_A_LINE, LABELS_A_LINE = 4, 2
SPINES_A_SHEET = {code: 184 // int(code) for code in THICKNESS.labels}
"""How many spines of a thickness stand side by side on a sheet."""


def _station_of(reading: Reading, key: str, ids: Sequence[int]) -> int | None:
    if ids:
        return reading.letterhead(key, ids[0]).station_id
    return reading.actor.station_id


def _numbered(rows: Iterable[Row]) -> list[Row]:
    """By class, and in the order of the item numbers within it."""

    def place(row: Row) -> tuple[Any, ...]:
        values = row.values
        named = tuple(values[name] or "" for name in ("fonds_no", "category", "retention", "organ_code"))
        return (values["year"], *named, values["item_no"] or 10_000, values["file_no"])

    return sorted(rows, key=place)


def catalogue(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """归档文件目录 of the items chosen: a table for each class, in the order of the numbers, with the numbers that are missing in it."""
    station_id = _station_of(reading, "archive_files", ids)
    head = reading.letterhead_of(station_id)
    numbers = series_of(reading.session, station_id) if station_id is not None else []
    missing = {_class_key(each.values): each.gaps for each in numbers}
    groups = []
    for _key, part in groupby(_numbered(reading.rows("archive_files", ids, _ITEM)), key=lambda row: _class_key(row.values)):
        rows = list(part)
        items = [row.values["item_no"] for row in rows if row.values["item_no"] is not None]
        gaps = [gap for gap in missing.get(_class_key(rows[0].values), ()) if items and min(items) <= gap.first <= max(items)]
        groups.append(
            {
                **{name: rows[0].texts[name] for name in _CLASS},
                "count": str(len(rows)),
                "pages": str(sum(row.values["pages"] or 0 for row in rows)),
                "missing": "；".join(f"{gap.numbers} {gap.why}" for gap in gaps),
                "lines": [{"no": str(number), **_line(row)} for number, row in enumerate(rows, 1)],
            }
        )
    facts = {"station": head.station, "made_on": long_date(reading.today), "groups": groups}
    return [Sheet(gettext("Catalogue of filed documents"), head.station_id, facts)]


def _class_key(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(values[name] for name in (*_CLASS, "category"))


def _line(row: Row) -> dict[str, str]:
    dated = row.values["dated_on"]
    return {
        **{name: row.texts[name] for name in ("file_no", "document_no", "responsible", "title", "pages", "note")},
        "dated_on": f"{dated:%Y%m%d}" if dated is not None else "",
        "secrecy": "" if row.values["secrecy"] == "public" else row.texts["secrecy"],
    }


def stamps(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """归档章: what is stamped on the first page of each item, in its real size."""
    rows = _numbered(reading.rows("archive_files", ids, _ITEM))
    lines = []
    for start in range(0, len(rows), STAMPS_A_LINE):
        line: dict[str, str] = {}
        for place in range(STAMPS_A_LINE):
            row = rows[start + place] if start + place < len(rows) else None
            line |= {f"{name}_{place + 1}": text for name, text in stamp(row).items()}
        lines.append(line)
    return [Sheet(gettext("Filing stamps"), _station_of(reading, "archive_files", ids), {"lines": lines})]


def stamp(row: Row | None) -> dict[str, str]:
    """The six fields of the stamp; of no item, empty ones."""
    if row is None:
        return dict.fromkeys(("fonds", "year", "item", "organ", "retention", "pages"), "")
    return _stamped(row.values)


def stamp_of(item: Any) -> dict[str, str]:
    """The same of an item itself."""
    return _stamped({name: getattr(item, name) for name in ("fonds_no", "year", "item_no", "organ_code", "retention", "pages")})


def _stamped(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        "fonds": values["fonds_no"] or "",
        "year": str(values["year"]),
        "item": f"{values['item_no']:04d}" if values["item_no"] is not None else "",
        "organ": values["organ_code"] or "",
        "retention": RETENTION.label(values["retention"]),
        "pages": str(values["pages"] or ""),
    }


def _boxes(reading: Reading, ids: Sequence[int]) -> list[dict[str, Any]]:
    """What spine and label say of each box, in the order of their numbers."""
    rows = sorted(reading.rows("archive_volumes", ids, _BOX), key=lambda row: (row.values["year"], row.values["number"]))
    spans = boxes.spans(reading.session, ids)
    station_id = _station_of(reading, "archive_volumes", ids)
    usual, fonds = str(setting(reading.session, station_id, "fonds_number")), boxes.fonds_of(reading.session, ids)
    found = []
    for row in rows:
        count, first, last = spans.get(row.id, (0, "", ""))
        found.append(
            {
                "thickness": row.values["thickness"],
                "fonds": fonds.get(row.id, usual),
                "year": row.texts["year"],
                "retention": row.texts["retention"],
                "items": first if first == last else f"{first}-{last}",
                "count": str(count),
                "number": row.texts["number"],
                "title": row.texts["title"],
                "place": " ".join(row.texts[name] for name in ("room", "cabinet", "shelf") if row.texts[name]),
            }
        )
    return found


def spines(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """盒脊: strips as wide as their boxes, several side by side."""
    found, facts = _boxes(reading, ids), {}
    for code, most in SPINES_A_SHEET.items():
        of_it = [each for each in found if each["thickness"] == code]
        facts[f"sheets_{code}"] = [_side_by_side(of_it[start : start + most], most) for start in range(0, len(of_it), most)]
    return [Sheet(gettext("Spines of boxes"), _station_of(reading, "archive_volumes", ids), facts)]


def labels(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """盒签: labels for the fronts of boxes."""
    found = _boxes(reading, ids)
    lines = [_side_by_side(found[start : start + LABELS_A_LINE], LABELS_A_LINE) for start in range(0, len(found), LABELS_A_LINE)]
    head = reading.letterhead_of(_station_of(reading, "archive_volumes", ids))
    return [Sheet(gettext("Labels of boxes"), head.station_id, {"station": head.station, "lines": lines})]


SAID_OF_A_BOX = ("fonds", "year", "retention", "items", "count", "number", "title", "place")


def _side_by_side(found: Sequence[Mapping[str, str]], most: int) -> dict[str, str]:
    """Boxes of one line; the places that stay empty say nothing."""
    return {
        f"{name}_{place + 1}": found[place][name] if place < len(found) else ""
        for place in range(most)
        for name in SAID_OF_A_BOX
    }


def loan_slip(reading: Reading, ids: Sequence[int]) -> list[Sheet]:
    """借阅单: who took which file, until when, and in what state it came back."""
    columns = (
        "file.file_no", "file.title", "file.pages", "file.retention", "borrower", "unit", "purpose", "approved_by", "out_on", "due_on",
        "back_on", "condition", "note",
    )
    sheets = []
    for row in reading.rows("archive_loans", ids, columns):
        head = reading.letterhead("archive_loans", row.id)
        facts = {path.replace(".", "_"): text for path, text in row.texts.items()}
        days = ("out_on", "due_on", "back_on")
        facts |= {name: long_date(row.values[name]) if row.values[name] is not None else "" for name in days}
        name = f"{gettext('Loan slip')}{row.texts['file.file_no']}"
        sheets.append(Sheet(name, head.station_id, {**facts, "station": head.station}))
    return sheets
