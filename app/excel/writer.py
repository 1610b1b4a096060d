"""Rows to workbook: the only place that knows the file format, streaming row by row with every cell's type said.

A clerk's text is always written as text: what begins with `=`, `+`, `-` or `@` can never become a formula, a phone never a number.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from os import PathLike
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from app.excel.cover import write_cover
from app.excel.model import SHEET_ROWS, Column, Cover, Kind, Sheet, Words
from app.excel.style import FONT, LINE_HEIGHT, ONE_LINE, PADDING, SIZE, SMALL, TALLEST, Styles, set_page, widths
from app.excel.text import clean, lines_of, sheet_name

_FIRST_YEAR: Final = 1900
_EXACT_INTEGER: Final = 10**15
"""From here on the format's numbers lose digits; a longer one is an identifier and stays text."""

_MANY_LINES: Final = int((TALLEST - PADDING) // LINE_HEIGHT)
_TEXTS: Final[frozenset[Kind]] = frozenset({"text", "long", "boolean"})

_Put = Callable[[int, int, Any], int]
"""Writes one value into a cell and returns the lines of text it takes."""


def write_workbook(
    target: str | PathLike[str] | BinaryIO,
    sheets: Iterable[Sheet],
    cover: Cover | None = None,
    *,
    words: Words | None = None,
    sheet_rows: int = SHEET_ROWS,
) -> list[int]:
    """Write the workbook and return how many rows each sheet got.

    Rows are pulled from each sheet in turn, so they may come straight from the database. A sheet with more rows than the format
    holds goes on in a second one. The cover stands first and lists the rows, though it is filled last. Without cover and sheets
    there is still one sheet, which says that there is nothing. When anything fails, no file is left behind.
    """
    words = words or Words()
    with _workbook(target) as workbook:
        styles = Styles(workbook)
        front = workbook.add_worksheet(sheet_name(words.cover, ())) if cover else None
        written = [_SheetWriter(workbook, styles, words, sheet, sheet_rows).write() for sheet in sheets]
        if cover and front:
            write_cover(front, cover, written, styles, words)
        elif not written:
            _SheetWriter(workbook, styles, words, Sheet(words.ledger, words.no_sheets, [Column("")], ()), sheet_rows).write()
    return [rows for _, rows in written]


@contextmanager
def _workbook(target: str | PathLike[str] | BinaryIO) -> Iterator[Workbook]:
    with TemporaryDirectory(prefix="workbook-", ignore_cleanup_errors=True) as scratch:
        workbook = Workbook(
            target,
            {
                "constant_memory": True,
                "tmpdir": scratch,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": FONT, "font_size": 11},
            },
        )
        try:
            yield workbook
            workbook.close()
        finally:
            if not workbook.fileclosed:
                workbook.fileclosed = True  # or its destructor would write the broken workbook after all
                for worksheet in workbook.worksheets():
                    worksheet.row_data_fh.close()


class _SheetWriter:
    """One ledger on as many sheets as its rows take."""

    def __init__(self, workbook: Workbook, styles: Styles, words: Words, sheet: Sheet, sheet_rows: int) -> None:
        self._workbook = workbook
        self._styles = styles
        self._words = words
        self._sheet = sheet
        self._columns = list(sheet.columns)
        self._widths = widths(self._columns)
        self._title = clean(sheet.title)
        self._note = clean(sheet.note)
        self._labels = [clean(column.label) for column in self._columns]
        self._shown = sum(not column.hidden for column in self._columns)
        self._heading = 2 if self._note else 1
        self._capacity = sheet_rows - self._heading - 1

    def write(self) -> tuple[str, int]:
        """Write all rows; return the first sheet's name and the number of rows."""
        first = worksheet = self._open("")
        puts = self._puts(worksheet)
        total = parts = 0
        row = self._heading
        for values in self._sheet.rows:
            if total and total % self._capacity == 0:
                self._close(worksheet, row)
                parts += 1
                worksheet = self._open(f"({parts + 1})")
                puts, row = self._puts(worksheet), self._heading
            row += 1
            self._write_row(worksheet, row, puts, values)
            total += 1
        if not total:
            self._say(worksheet, row + 1, self._words.no_rows, self._styles.empty)
        self._close(worksheet, row)
        return str(first.get_name()), total

    def _open(self, suffix: str) -> Worksheet:
        name = sheet_name(self._sheet.name, (other.get_name() for other in self._workbook.worksheets()), suffix)
        worksheet = self._workbook.add_worksheet(name)
        set_page(worksheet, self._words, landscape=True)
        for index, (column, width) in enumerate(zip(self._columns, self._widths, strict=True)):
            worksheet.set_column(index, index, width, None, {"hidden": True} if column.hidden else {})
        worksheet.set_row(0, 30)
        self._say(worksheet, 0, self._title, self._styles.title)
        if self._note:
            worksheet.set_row(1, self._height(lines_of(self._note, sum(self._widths))))
            self._say(worksheet, 1, self._note, self._styles.note)
        tallest = max((lines_of(label, width) for label, width in zip(self._labels, self._widths, strict=True)), default=1)
        worksheet.set_row(self._heading, self._height(tallest) + PADDING)
        for index, label in enumerate(self._labels):
            worksheet.write_string(self._heading, index, label, self._styles.heading)
        worksheet.freeze_panes(self._heading + 1, 0)
        worksheet.repeat_rows(self._heading)
        return worksheet

    def _close(self, worksheet: Worksheet, last_row: int) -> None:
        worksheet.autofilter(self._heading, 0, last_row, self._shown - 1)

    def _say(self, worksheet: Worksheet, row: int, text: Any, style: Format) -> None:
        """One text across the whole sheet."""
        if self._shown > 1:
            worksheet.merge_range(row, 0, row, self._shown - 1, "", style)
        worksheet.write_string(row, 0, clean(text), style)

    def _write_row(self, worksheet: Worksheet, row: int, puts: Sequence[_Put], values: Sequence[Any]) -> None:
        lines = 1
        for index, (put, value) in enumerate(zip(puts, values, strict=True)):
            lines = max(lines, put(row, index, value))
        if lines > 1:
            worksheet.set_row(row, self._height(lines))
        # The row before this one is on disk by now: its height is forgotten, or memory would grow with the rows.
        worksheet.row_info.pop(row - 1, None)
        worksheet.row_sizes.pop(row - 1, None)

    @staticmethod
    def _height(lines: int) -> float:
        return ONE_LINE if lines == 1 else min(lines * LINE_HEIGHT + PADDING, TALLEST)

    def _puts(self, worksheet: Worksheet) -> list[_Put]:
        return [self._put(worksheet, column.kind, width) for column, width in zip(self._columns, self._widths, strict=True)]

    def _put(self, worksheet: Worksheet, kind: Kind, width: float) -> _Put:
        """How a column's values are written. What does not fit the column's kind is written as the text that it is."""
        style = self._styles.body(kind)
        as_text, small = self._styles.body("text"), self._styles.body("text", SMALL)
        write_string, write_blank = worksheet.write_string, worksheet.write_blank
        write_number, write_datetime = worksheet.write_number, worksheet.write_datetime
        yes, no = clean(self._words.yes), clean(self._words.no)

        def put_text(row: int, index: int, value: Any) -> int:
            if value is None or value == "":
                write_blank(row, index, None, style)
                return 1
            text = clean(value)
            lines = lines_of(text, width)
            if lines > _MANY_LINES:
                write_string(row, index, text, small)
                return lines * SMALL // SIZE
            write_string(row, index, text, style if kind in _TEXTS else as_text)
            return lines

        def put_date(row: int, index: int, value: Any) -> int:
            if not isinstance(value, date) or value.year < _FIRST_YEAR:
                return put_text(row, index, value)
            write_datetime(row, index, value, style)
            return 1

        def put_datetime(row: int, index: int, value: Any) -> int:
            if not isinstance(value, datetime):
                return put_date(row, index, value)
            return put_date(row, index, value.replace(tzinfo=None))

        def put_number(row: int, index: int, value: Any) -> int:
            if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
                return put_text(row, index, value)
            if not isfinite(value) or abs(float(value)) >= _EXACT_INTEGER:
                return put_text(row, index, value)
            write_number(row, index, value, style)
            return 1

        def put_boolean(row: int, index: int, value: Any) -> int:
            return put_text(row, index, (yes if value else no) if isinstance(value, bool) else value)

        match kind:
            case "text" | "long":
                return put_text
            case "date" | "month":
                return put_date
            case "datetime":
                return put_datetime
            case "integer" | "decimal":
                return put_number
            case "boolean":
                return put_boolean
