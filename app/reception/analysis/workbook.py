"""The analysis as an Excel: one sheet for each table."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.excel import Column, Cover, Sheet

from .services import Analysis
from .tables import Overdue, Table, title_of

_SHORT, _NAME = 9, 24
MEDIANS = ("signed", "answered")


def sheets_of(
    found: Analysis, tables: Sequence[Table], late: Sequence[Overdue], station_name: str, actor: Actor
) -> tuple[list[Sheet], Cover]:
    """The tables, what is overdue now, and the cover."""
    when = title_of(found.period)
    sheets = [_sheet(table, f"{station_name} {table.title} ({when})") for table in tables]
    columns = [Column(_("Waits for"), width=_NAME), Column(_("What is late"), width=32), Column(_("Matters"), "integer", _SHORT),
               Column(_("Longest since"), width=14)]
    rows = [(each.label, each.what, each.figure.value, each.oldest) for each in late]
    title = _("%(station)s: overdue on %(day)s", station=station_name, day=clock.today().isoformat())
    sheets.append(Sheet(_("Overdue now"), title, columns, rows))
    made = (_("Made on"), clock.now().strftime("%Y-%m-%d %H:%M")), (_("Made by"), actor.name)
    return sheets, Cover(_("Analysis of opinions"), [(_("Station"), station_name), (_("Period shown"), when), *made])


def _sheet(table: Table, title: str) -> Sheet:
    columns = [Column(table.head, width=_NAME)]
    for each in table.columns:
        label = f"{each.group}\n{each.label}" if each.group else each.label
        columns.append(Column(label, "decimal" if each.code in MEDIANS else "integer", _SHORT))
    rows = [(line.label, *(figure.value for figure in line.figures)) for line in [*table.lines, table.whole]]
    note = _("%(count)s further lines are left out of this table; the total has them", count=table.left_out) if table.left_out else ""
    return Sheet(table.title, title, columns, rows, note)
