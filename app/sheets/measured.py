"""How large the sheets of a packed workbook become once read, found out before any memory is spent on them.

A reader lays a sheet out from its first to its last filled cell, so three cells may claim seventeen thousand million; and one long
text may be named by a million cells, each of which gets a copy.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final
from xml.parsers import expat

from app.sheets.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, MOST_UNPACKED, Unreadable

_CELL: Final = re.compile(rb"<(?:\w+:)?c(?=[\s/>])")
_PLACED: Final = re.compile(rb"""<(?:\w+:)?c\s+r\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_STRING: Final = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
_COUNTED: Final = re.compile(rb"""\buniqueCount(?=\s*=\s*["'])""")


def without_count(strings: bytes) -> bytes:
    """The table of texts without the number of texts it claims to hold: the reader would make room for them all."""
    return _COUNTED.sub(b"unusedCount", strings)


def lengths_of(strings: bytes) -> list[int]:
    """At least how long each text of the table is, in bytes."""
    starts = [found.start() for found in _STRING.finditer(strings)]
    return [after - start for start, after in pairwise([*starts, len(strings)])]


def measure(sheet: bytes, lengths: Sequence[int]) -> int:
    """The cells of the sheet from the first to the last filled one; refused where they or their texts are more than is read."""
    if b"\x00" in sheet:
        raise Unreadable("broken")
    marks = sum(1 for _ in _CELL.finditer(sheet))
    places = 0
    columns: set[bytes] = set()
    last = 0
    for found in _PLACED.finditer(sheet):
        column, row = found.groups()
        places += 1
        columns.add(column)
        last = max(last, int(row))
    width = max(map(_column, columns), default=0)
    if places == marks and width * last <= MOST_CELLS and width <= MOST_COLUMNS and marks * max(lengths, default=0) <= MOST_UNPACKED:
        return width * last
    return _Exact(lengths).measure(sheet)


def check_area(rows: int, columns: int) -> None:
    """Refuse a sheet that reaches too far."""
    if columns > MOST_COLUMNS:
        raise Unreadable("too_many_columns", columns=columns, most=MOST_COLUMNS)
    if rows * columns > MOST_CELLS:
        if rows > MOST_ROWS:
            raise Unreadable("too_many_rows", rows=rows, most=MOST_ROWS)
        raise Unreadable("too_many_cells", cells=rows * columns, most=MOST_CELLS)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Exact:
    """Element by element, as the reader does it: slower, and needed only for sheets that look too large."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self._lengths = lengths
        self._row = self._column = 0
        self._rows = self._columns = 0
        self._text = 0
        self._place: tuple[int, int] = (0, 0)
        self._names_a_text = self._in_value = False
        self._value = ""

    def measure(self, sheet: bytes) -> int:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        parser.buffer_text = True
        try:
            parser.Parse(sheet, True)
        except expat.ExpatError:
            raise Unreadable("broken") from None
        check_area(self._rows, self._columns)
        return self._rows * self._columns

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(" ")[2]
        if element == "row" and "r" in attributes:
            self._row = _number(attributes["r"]) - 1
        elif element == "c":
            found = re.fullmatch(r"([A-Za-z]{1,3})(\d{1,7})", attributes.get("r", ""))
            if found:
                self._place = int(found[2]) - 1, _column(found[1].upper().encode()) - 1
                self._column = self._place[1]
            elif "r" in attributes:
                raise Unreadable("broken")
            else:
                self._place = self._row, self._column
            self._names_a_text = attributes.get("t") == "s"
        elif element in ("v", "is", "f"):
            self._rows, self._columns = max(self._rows, self._place[0] + 1), max(self._columns, self._place[1] + 1)
            self._in_value, self._value = element == "v", ""

    def _end(self, name: str) -> None:
        element = name.rpartition(" ")[2]
        if element == "row":
            self._row, self._column = self._row + 1, 0
        elif element == "c":
            self._column += 1
        elif element == "v":
            self._in_value = False
            if self._names_a_text and self._value.strip().isdecimal() and (index := _number(self._value)) < len(self._lengths):
                self._text += self._lengths[index]
                if self._text > MOST_UNPACKED:
                    raise Unreadable("bomb", bytes=self._text, most=MOST_UNPACKED)

    def _characters(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def _refuse(self, *_: Any) -> None:
        raise Unreadable("broken")


def _number(text: str) -> int:
    if not text.strip().isdecimal() or len(text) > 12:
        raise Unreadable("broken")
    return int(text)
