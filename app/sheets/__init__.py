"""Sheets that others wrote: any office's workbook in, plain rows, headings and values out."""

from app.sheets.days import Misread, read_day, read_moment, read_month, read_span
from app.sheets.grid import (
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_UNPACKED,
    Cell,
    Grid,
    Span,
    Unreadable,
    is_blank,
)
from app.sheets.headings import DataRows, Heading, data_rows, find_heading, label_key, title_of, year_of
from app.sheets.reading import read_workbook
from app.sheets.values import (
    Mark,
    read_count,
    read_mark,
    read_name,
    read_number,
    read_phone,
    read_phones,
    read_text,
    split_names,
)

__all__ = [
    "MOST_BYTES",
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_ROWS",
    "MOST_UNPACKED",
    "Cell",
    "DataRows",
    "Grid",
    "Heading",
    "Mark",
    "Misread",
    "Span",
    "Unreadable",
    "data_rows",
    "find_heading",
    "is_blank",
    "label_key",
    "read_count",
    "read_day",
    "read_mark",
    "read_moment",
    "read_month",
    "read_name",
    "read_number",
    "read_phone",
    "read_phones",
    "read_span",
    "read_text",
    "read_workbook",
    "split_names",
    "title_of",
    "year_of",
]
