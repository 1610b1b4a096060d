"""What a sheet is once it is read: rows of plain values, whatever file they came in."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

Cell = str | int | float | bool | date | datetime | time | None

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_ROWS: Final = 50_000
"""Filled rows of all sheets together; titles and headings are not counted."""
TITLE_ROWS: Final = 10
"""Rows of each sheet that may be title and heading and therefore come on top."""
MOST_COLUMNS: Final = 500
MOST_SHEETS: Final = 200
MOST_CELLS: Final = 2_000_000
"""Cells from the first to the last filled one of all sheets, empty ones between them included: what memory is spent on."""
MOST_UNPACKED: Final = 128 * 1024 * 1024
"""Bytes that the parts of a packed workbook, or the texts of its cells, may come to."""
MOST_ENTRIES: Final = 5_000
MOST_RATIO: Final = 400
"""How many times its packed size a part may be; sheets of blank but ruled lines reach a hundred."""


class Unreadable(Exception):
    """A file that is not taken: why, as a code, and what the sentence about it needs."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts: dict[str, Any] = facts


@dataclass(frozen=True, slots=True)
class Span:
    """A merged area, from 0, both ends included; only its first cell holds a value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Grid:
    """One sheet from its first row on, so that `rows[i]` is the row that people call i + 1. Every row is as long as the widest."""

    name: str
    rows: list[list[Cell]]
    hidden: bool = False
    merged: tuple[Span, ...] = ()


def is_blank(cell: Cell) -> bool:
    """Whether nothing is written in a cell; blanks typed into it are nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def trimmed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Without the blank rows below and the blank columns to the right of what is written."""
    height = len(rows)
    while height and all(map(is_blank, rows[height - 1])):
        height -= 1
    width = 0
    for row in rows[:height]:
        last = len(row)
        while last > width and is_blank(row[last - 1]):
            last -= 1
        width = max(width, last)
    return [row[:width] + [None] * (width - len(row)) for row in rows[:height]]


def within_limits(grids: list[Grid]) -> list[Grid]:
    """The grids, unless they hold more than is taken at once."""
    rows = cells = 0
    for grid in grids:
        width = len(grid.rows[0]) if grid.rows else 0
        if width > MOST_COLUMNS:
            raise Unreadable("too_many_columns", sheet=grid.name, columns=width, most=MOST_COLUMNS)
        filled = sum(1 for row in grid.rows if not all(map(is_blank, row)))
        rows += max(filled - TITLE_ROWS, 0)
        cells += width * len(grid.rows)
    if rows > MOST_ROWS:
        raise Unreadable("too_many_rows", rows=rows, most=MOST_ROWS)
    if cells > MOST_CELLS:
        raise Unreadable("too_many_cells", cells=cells, most=MOST_CELLS)
    return grids
