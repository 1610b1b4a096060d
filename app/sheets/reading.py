"""A file to its sheets. What kind of file it is, its content says; the name is only for the one sheet of a text file."""

from datetime import timedelta
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from app.sheets.compound import rewrapped
from app.sheets.delimited import read_delimited
from app.sheets.grid import MOST_BYTES, MOST_SHEETS, Cell, Grid, Span, Unreadable, trimmed, within_limits
from app.sheets.packed import repacked

_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_OTHERS: Final = (b"%PDF", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"SQLite format")


def read_workbook(content: bytes, name: str) -> list[Grid]:
    """All sheets of the file in their order, or `Unreadable` with the reason."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_big", bytes=len(content), most=MOST_BYTES)
    if not content.strip():
        raise Unreadable("empty")
    if content.startswith(b"PK"):
        grids = _sheets(*repacked(content))
    elif content.startswith(_OLE2):
        grids = _sheets(BytesIO(rewrapped(content)), MOST_SHEETS)
    elif content.startswith(_PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        raise Unreadable("not_a_workbook", found="picture")
    elif content.startswith(_OTHERS):
        raise Unreadable("not_a_workbook", found="other")
    else:
        grids = [read_delimited(content, PurePath(name.replace("\\", "/")).stem)]
    if not any(grid.rows for grid in grids):
        raise Unreadable("empty")
    return within_limits(grids)


def _sheets(content: BytesIO, most: int) -> list[Grid]:
    """All worksheets. The reader is written in another language and ends some broken files with a panic, which is no Exception."""
    try:
        with CalamineWorkbook.from_filelike(content) as workbook:
            wanted = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            if len(wanted) > min(most, MOST_SHEETS):
                raise Unreadable("broken" if most <= MOST_SHEETS else "too_many_cells", sheets=len(wanted))
            return [_grid(workbook, sheet.name, sheet.visible != SheetVisibleEnum.Visible) for sheet in wanted]
    except (CalamineError, ValueError, OSError):
        raise Unreadable("broken") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable("broken") from None


def _grid(workbook: CalamineWorkbook, name: str, hidden: bool) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    rows = trimmed([[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)])
    width = len(rows[0]) if rows else 0
    merged = tuple(
        Span(top, left, min(bottom, len(rows) - 1), min(right, width - 1))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if top < len(rows) and left < width
    )
    return Grid(name, rows, hidden, merged)


def _cell(value: Any) -> Cell:
    """What the reader gives, in our few kinds: blank is None, whole numbers are integers, lengths of time are texts."""
    if value == "":
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    return value
