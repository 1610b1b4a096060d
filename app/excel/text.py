"""Text as a workbook takes it: legal in XML, legal as a sheet's name, and measured before it is written."""

import re
from collections.abc import Iterable
from typing import Any, Final

CELL_CHARACTERS: Final = 32_767
"""UTF-16 units that one cell holds."""
_NAME_UNITS: Final = 31
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME_REFUSED = re.compile(r"[\[\]:*?/\\\r\n\t]")
_RESERVED: Final = frozenset({"history"})


def clean(value: Any) -> str:
    """A value's text without what XML refuses, one kind of line break, and a visible sign where a cell is too small for it."""
    text = value if type(value) is str else str(value)
    if not text.isprintable():
        text = _REFUSED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > CELL_CHARACTERS // 2 and _units(text) > CELL_CHARACTERS:
        text = f"{_first_units(text, CELL_CHARACTERS - 1)}…"
    return text


def width_of(text: str) -> int:
    """Half-width characters that a line of text takes: a Chinese character is two."""
    return len(text) if text.isascii() else len(text.encode("gbk", "replace"))


def lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a cell of this width. A line is not filled to its end: words and punctuation move down whole."""
    if len(text) * 2 <= width and "\n" not in text:
        return 1
    usable = max(width - 2, 2)
    return sum(1 if (needed := width_of(line)) <= width else int(-(-needed // usable)) for line in text.split("\n"))


def sheet_name(wanted: Any, taken: Iterable[str], suffix: str = "") -> str:
    """A legal name for a sheet that no other sheet has (names differ by more than case), the suffix kept whole."""
    used = {name.casefold() for name in taken}
    stem = _NAME_REFUSED.sub("-", clean(wanted)).strip().strip("'") or "-"
    if stem.casefold() in _RESERVED:
        stem = f"{stem}_"
    for number in range(1, len(used) + 3):
        ending = suffix if number == 1 else f"{suffix}~{number}"
        name = f"{_first_units(stem, _NAME_UNITS - len(ending)).rstrip()}{ending}"
        if name.casefold() not in used:
            return name
    raise AssertionError("more names were tried than are taken")


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _first_units(text: str, units: int) -> str:
    """The text's first UTF-16 units, never half a character."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")
