"""Workbooks that the import gives back: the refused lines with their reasons, and blank templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, BinaryIO

from flask_babel import gettext as _

from app.core.dictionary.fields import Field, Kind
from app.core.dictionary.masks import Personal
from app.excel import Column, Sheet, TemplateColumn, write_template, write_workbook

from .layout import Layout
from .outcome import SheetOutcome
from .services import Offered

REASON = "原因"
"""Heading of the reasons; a workbook that comes back with it is understood all the same."""


def refused_workbook(target: BinaryIO, offered: Sequence[Offered], outcomes: Sequence[SheetOutcome]) -> int:
    """The refused lines as they were typed, each with its reason beside it, to be put right and brought again; how many."""
    by_name = {each.grid.name: each for each in offered}
    sheets = []
    for outcome in outcomes:
        source = by_name.get(outcome.name)
        if outcome.refused and source is not None and source.heading is not None:
            columns = [Column(text, "long" if len(text) > 8 else "text") for text in source.heading.texts]
            title = str(outcome.name) if source.year is None else f"{source.year}年 {outcome.name}"
            sheets.append(Sheet(outcome.name, title, [*columns, Column(REASON, "long", 50)], _rows(source, outcome)))
    return sum(write_workbook(target, sheets, None)) if sheets else 0


def _rows(source: Offered, outcome: SheetOutcome) -> Iterator[Sequence[Any]]:
    width = len(source.heading.texts) if source.heading else 0
    for line in outcome.refused:
        cells = list(source.grid.rows[line.number - 1][:width])
        reasons = "；".join(
            f"{reason.heading}{reason.cell and f'（{reason.cell}）'}：{reason.sentence}".lstrip("：") for reason in line.reasons
        )
        yield [*(_as_typed(cell) for cell in cells), *[""] * (width - len(cells)), _("Row %(row)s: %(why)s", row=line.number, why=reasons)]


def _as_typed(cell: Any) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, (date, datetime)):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def blank_template(target: BinaryIO, layout: Layout) -> None:
    """A blank sheet of the layout: its headings, what each holds, and drop-downs where a set is closed."""
    columns = []
    for column in layout.columns:
        item = layout.field_of(column)
        if not item.written_by_program and column.part in layout.parts:
            known_as = str(column.words[0]) if column.words and layout.key not in layout.parts else str(item.label)
            columns.append(_template_column(item, known_as))
    write_template(target, str(layout.label), columns)


_KINDS: dict[Kind, Any] = {
    Kind.DATE: "date",
    Kind.DATETIME: "datetime",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "decimal",
    Kind.LONG: "long",
}


def _template_column(item: Field, heading: str) -> TemplateColumn:
    choices: tuple[str, ...] = ()
    if item.choices is not None:
        choices = tuple(str(label) for label in item.choices.labels.values())
    elif item.kind is Kind.BOOLEAN:
        choices = (_("Yes"), _("No"))
    kind: Any = "text" if item.personal is Personal.BIRTH else _KINDS.get(item.kind, "text")
    return TemplateColumn(heading, kind=kind, hint=_hint(item), choices=choices, required=item.required and item.default is None)


def _hint(item: Field) -> str:
    if item.hint:
        return str(item.hint)
    match item.kind:
        case Kind.DATE:
            return _("Like 2026-11-03")
        case Kind.DATETIME:
            return _("Like 2026-11-03 09:00")
        case Kind.REFERENCE | Kind.REFERENCES:
            return (
                _("As it is called in the ledger; several with 、 between them")
                if item.kind is Kind.REFERENCES
                else _("As it is called in the ledger")
            )
        case _:
            return ""
