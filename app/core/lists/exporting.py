"""Rows of a listing as a workbook's sheet: column tuples from the database, masked as the actor sees them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from flask import Response, send_file

from app.excel import Column, Sheet, write_workbook

from .. import clock
from ..dictionary.fields import Field, Kind
from ..dictionary.paths import UID, field_at
from .listing import Listing
from .values import sight_of

_KINDS: dict[Kind, Any] = {
    Kind.LONG: "long",
    Kind.DATE: "date",
    Kind.DATETIME: "datetime",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.POINTS: "long",
    Kind.REFERENCES: "long",
}
_AS_VALUE = (Kind.DATE, Kind.DATETIME, Kind.INTEGER, Kind.DECIMAL)
_WIDTHS = {Kind.CHOICE: 12, Kind.BOOLEAN: 8, Kind.PHONE: 15, Kind.REFERENCE: 18, Kind.REFERENCES: 24, Kind.POINTS: 24, Kind.LONG: 36}


def excel_columns(listing: Listing) -> list[Column]:
    """Headings and kinds; a masked column is text whatever it holds."""
    columns = []
    for path in listing.columns:
        item = field_at(listing.model, path)
        if item is UID:
            columns.append(Column(f"{UID.name}:{listing.model.__tablename__}", hidden=True))
            continue
        kind: Any = _KINDS.get(item.kind, "text") if sight_of(listing.actor, listing.model, path) == "clear" else "text"
        columns.append(Column(item.label, kind, item.width or _width(item)))
    return columns


def _width(item: Field) -> float | None:
    if item.kind is Kind.TEXT:
        return min(40, max(10, (item.length or 20) / 2.5))
    return _WIDTHS.get(item.kind)


def excel_rows(listing: Listing) -> Iterator[Sequence[Any]]:
    """The rows as tuples: real dates and numbers, everything else as the text people read."""
    as_value = {
        path
        for path in listing.columns
        if field_at(listing.model, path).kind in _AS_VALUE and sight_of(listing.actor, listing.model, path) == "clear"
    }
    for row in listing.stream():
        yield tuple(row.values[path] if path in as_value else row.texts[path] for path in listing.columns)


def sheet_of(listing: Listing, title: str) -> Sheet:
    return Sheet(str(listing.model.entry.label), title, excel_columns(listing), excel_rows(listing))


def list_workbook(listing: Listing) -> Response:
    """An Excel of one listing, as a download."""
    label = str(listing.model.entry.label)
    return download([sheet_of(listing, label)], None, f"{label}{clock.today():%Y%m%d}.xlsx")


def download(sheets: Sequence[Sheet], cover: Any, name: str) -> Response:
    """A workbook as a download; written to a file that vanishes with the response, never held in memory."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - closed with the response
    write_workbook(file, sheets, cover)
    file.seek(0)
    response = send_file(
        file, mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_attachment=True, download_name=name
    )
    response.headers["Content-Disposition"] = f"attachment; filename=ledger.xlsx; filename*=UTF-8''{quote(name)}"
    response.headers["Cache-Control"] = "no-store"
    return response
