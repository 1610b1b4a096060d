"""The cover: what the workbook is, who made it when, and the rows of each ledger with a link to its sheet."""

from typing import Any

from xlsxwriter.worksheet import Worksheet

from app.excel.model import Cover, Words
from app.excel.style import LINE_HEIGHT, PADDING, Styles, set_page
from app.excel.text import clean, lines_of

_LEFT, _RIGHT = 36, 44


def write_cover(worksheet: Worksheet, cover: Cover, written: list[tuple[str, int]], styles: Styles, words: Words) -> None:
    """Fill the first sheet with what was written behind it."""
    set_page(worksheet, words, landscape=False)
    worksheet.set_column(0, 0, _LEFT)
    worksheet.set_column(1, 1, _RIGHT)
    worksheet.set_row(0, 48)
    worksheet.merge_range(0, 0, 0, 1, "", styles.title)
    worksheet.write_string(0, 0, clean(cover.title), styles.title)
    row = 1
    for label, value in cover.lines:
        _write_line(worksheet, row, clean(label), clean(value), styles)
        row += 1
    if cover.lines:
        row += 1
    if not written:
        worksheet.set_row(row, 30)
        worksheet.merge_range(row, 0, row, 1, "", styles.empty)
        worksheet.write_string(row, 0, clean(words.no_sheets), styles.empty)
    else:
        _write_table(worksheet, row, written, styles, words)
    worksheet.activate()


def _write_line(worksheet: Worksheet, row: int, label: str, value: Any, styles: Styles) -> None:
    lines = max(lines_of(label, _LEFT), lines_of(value, _RIGHT))
    worksheet.set_row(row, lines * LINE_HEIGHT + PADDING * 2)
    worksheet.write_string(row, 0, label, styles.label)
    worksheet.write_string(row, 1, value, styles.value)


def _write_table(worksheet: Worksheet, row: int, written: list[tuple[str, int]], styles: Styles, words: Words) -> None:
    worksheet.set_row(row, LINE_HEIGHT + PADDING * 2)
    worksheet.write_string(row, 0, clean(words.ledger), styles.heading)
    worksheet.write_string(row, 1, clean(words.rows), styles.heading)
    for line, (name, rows) in enumerate(written, start=row + 1):
        quoted = name.replace("'", "''")
        worksheet.write_url(line, 0, f"internal:'{quoted}'!A1", styles.link, name)
        worksheet.write_number(line, 1, rows, styles.count)
    last = row + len(written) + 1
    worksheet.write_string(last, 0, clean(words.total), styles.label)
    worksheet.write_number(last, 1, sum(rows for _, rows in written), styles.total)
