"""Text files with one row a line, as Excel, WPS and other programs of offices write them."""

import csv
import io
import re
from collections import Counter

from app.sheets.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Cell, Grid, Unreadable, trimmed

_SEPARATORS = ",\t;"
_SAMPLE = 50
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")
_MARKUP = re.compile(r"\s*<(?:!doctype|!--|\?xml|html|head|body|table|meta|div|\w+[\s>])", re.IGNORECASE)
_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)
"""How some programs keep 001 from becoming 1."""
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_delimited(content: bytes, name: str) -> Grid:
    """The one sheet of a delimited file. Values stay the texts they are: nothing is guessed to be a number or a date."""
    text = _decoded(content)
    if _BINARY.search(text):
        raise Unreadable("not_a_workbook", found="binary")
    if _MARKUP.match(text):
        raise Unreadable("not_a_workbook", found="markup")
    said = _SEPARATOR_LINE.match(text)
    separator = said.group(1) if said else _separator(text)
    rows: list[list[Cell]] = []
    cells = 0
    try:
        for fields in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append([_value(field) for field in fields])
            cells += len(fields)
            if len(fields) > MOST_COLUMNS * 4:
                raise Unreadable("too_many_columns", sheet=name, columns=len(fields), most=MOST_COLUMNS)
            if cells > MOST_CELLS or len(rows) > MOST_ROWS * 4:
                raise Unreadable("too_many_rows", rows=len(rows), most=MOST_ROWS)
    except csv.Error:
        raise Unreadable("broken") from None
    if said:
        rows[0] = []
    return Grid(name, trimmed(rows))


def _decoded(content: bytes) -> str:
    """Chinese Excel writes GB18030, or UTF-16 as "Unicode text"; everything newer UTF-8."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("not_a_workbook", found="binary")


def _separator(text: str) -> str:
    """The sign that cuts the first rows into the most columns of one number."""
    sample = "\n".join(text[:200_000].splitlines()[:_SAMPLE])
    scores = {separator: _score(sample, separator) for separator in _SEPARATORS}
    return max(_SEPARATORS, key=lambda separator: scores[separator])


def _score(sample: str, separator: str) -> int:
    widths: Counter[int] = Counter()
    try:
        for fields in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            widths[len(fields)] += 1
    except csv.Error:
        return 0
    return max((times * (width - 1) for width, times in widths.items()), default=0)


def _value(field: str) -> Cell:
    wrapped = _AS_TEXT.fullmatch(field)
    return (wrapped.group(1) if wrapped else field) or None
