"""The year's summary as an Excel: a line a deputy, and every entry behind the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _

from app.core import clock
from app.core.access.actor import Actor
from app.excel import Column, Cover, Sheet

from .papers import COLUMNS, note_of
from .services import Dossier
from .wording import HEADINGS, HEADS, line_of, office_line

_SHORT = 7


def sheets_of(found: Sequence[Dossier], year: int, station: str, actor: Actor) -> tuple[list[Sheet], Cover]:
    title = _("Summary of performance")
    columns = [Column(_("Name"), width=10), Column(_("Group"), width=16), Column(_("Mandates"), "long", 34)]
    columns += [Column(HEADS[name], "decimal" if name == "rate" else "integer", _SHORT) for name in COLUMNS]
    columns += [Column(_("Sealed on"), "date", 12), Column(_("Who signed"), width=10), Column(_("Note"), "long", 20)]
    sheets = [
        Sheet(title, f"{station} {year} {title}", columns, [_line(each) for each in found]),
        Sheet(_("Entries"), f"{station} {year} {_('Entries')}", _entry_columns(), _entries(found)),
    ]
    made = ((_("Made on"), clock.now().strftime("%Y-%m-%d %H:%M")), (_("Made by"), actor.name))
    return sheets, Cover(title, ((_("Station"), station), (_("Year"), str(year)), *made))


def _line(each: Dossier) -> tuple[Any, ...]:
    person, sealed = each.record.person, each.sealed
    offices = "\n".join(office_line(office) for office in person.offices)
    seal = (sealed.signed_on, sealed.signed_by) if sealed is not None else (None, "")
    return (person.name, person.group, offices, *(each.figures[name] for name in COLUMNS), *seal, note_of(each))


def _entry_columns() -> list[Column]:
    return [
        Column(_("Name"), width=10),
        Column(_("Day"), "date", 12),
        Column(_("Heading of the archive"), width=22),
        Column(_("Kind"), width=16),
        Column(_("What was done"), "long", 46),
        Column(_("What became of it"), width=18),
    ]


def _entries(found: Sequence[Dossier]) -> Iterator[tuple[Any, ...]]:
    for each in found:
        for item in each.record.items:
            line = line_of(item)
            yield each.record.person.name, item.day, str(HEADINGS[item.category]), line.kind, line.what, line.outcome
