"""What a workbook is made of, said without a word about the file format."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

Kind = Literal["text", "long", "date", "datetime", "month", "integer", "decimal", "boolean"]

Label = Any
"""A label may be a lazy translation: it becomes a string only when it is written."""

SHEET_ROWS: Final = 1_048_576
"""Rows that one sheet of the format holds."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet. `width` counts half-width characters (a Chinese character is two); None takes the kind's own."""

    label: Label
    kind: Kind = "text"
    width: float | None = None
    hidden: bool = False
    """Written but neither shown nor printed: what a program reads when the workbook comes back."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One ledger's sheet. `rows` is read once and never held: a million rows cost no more memory than ten."""

    name: Label
    title: Label
    columns: Sequence[Column]
    rows: Iterable[Sequence[Any]]
    note: Label = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first sheet: what this workbook is, and how many rows each of its sheets has."""

    title: Label
    lines: Sequence[tuple[Label, Label]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Words:
    """The few words that a workbook says by itself, in the office's language."""

    cover: Label = "封面"
    ledger: Label = "台账"
    rows: Label = "条数"
    total: Label = "合计"
    no_rows: Label = "本月无记录"
    no_sheets: Label = "本月没有台账记录"
    yes: Label = "是"
    no: Label = "否"
    page: Label = "第 &P 页 共 &N 页"
    """`&P` is the page's number, `&N` the number of pages: the format's own signs."""
