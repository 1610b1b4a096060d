"""The page on which a workbook's sheets and columns are said to be what they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.core.database import db
from app.sheets import data_rows, label_key

from .layout import LAYOUTS, Column, Layout
from .matching import IGNORED, OTHER, UID, Match
from .models import Import
from .services import Offered, first_match, layouts_for
from .telling import letters

MOST_OPEN = 12
"""Sheets shown column by column at once; the others are opened singly."""
_SAMPLE_ROWS, _SAMPLE_TEXT, _MOST_COLUMNS = 3, 24, 300


@dataclass(frozen=True)
class Said:
    """How the form says that a sheet is to be understood."""

    match: Match | None
    anew: bool = False
    """Whether another layout was chosen, so that its columns were guessed once more."""


def open_sheets(offered: Sequence[Offered], asked: int | None) -> list[int]:
    """The sheets shown in full: those with something that was not understood first, then in order."""
    if asked is not None and 0 <= asked < len(offered):
        return [asked]
    places = [place for place, each in enumerate(offered) if each.heading is not None]
    wanting = sorted(places, key=lambda place: (_unsure(offered[place]) == 0, place))
    return sorted(wanting[:MOST_OPEN])


def _unsure(each: Offered) -> int:
    if each.heading is None or each.match is None:
        return 0
    pairs = zip(each.heading.texts, each.match.columns, strict=False)
    return sum(1 for text, name in pairs if text and not name and label_key(text) not in IGNORED and not text.startswith(UID))


def said_in(form: Mapping[str, str], offered: Sequence[Offered], station_id: int | None) -> dict[int, Said]:
    """What the form says of each sheet that it shows. A layout chosen anew brings its own first guess."""
    found = {}
    for place, each in enumerate(offered):
        key = form.get(f"s{place}.layout")
        if key is None or each.heading is None:
            continue
        layout = LAYOUTS.get(key)
        if layout is None:
            found[place] = Said(None)
        elif form.get(f"s{place}.was") != key:
            found[place] = Said(first_match(db.session(), station_id, each.heading.texts, layout), anew=True)
        else:
            columns = tuple(form.get(f"s{place}.c{at}", "") for at in range(len(each.heading.texts)))
            found[place] = Said(Match(key, columns))
    return found


def match_page(kept: Import, offered: Sequence[Offered], layouts: Sequence[Layout], opened: Sequence[int]) -> dict[str, Any]:
    choices = [(layout.key, str(layout.label)) for layout in layouts]
    several = [choice for choice, layout in zip(choices, layouts, strict=True) if layout.key not in layout.parts]
    single = [choice for choice in choices if choice not in several]
    return {
        "title": _("Which column is which"),
        "file_name": kept.file_name,
        "import_id": kept.id,
        "layouts": [(_("Sheets that feed several ledgers"), several), (_("One ledger"), single)],
        "sheets": [_sheet(place, each, place in opened) for place, each in enumerate(offered)],
        "crumbs": [(_("Import"), "/import/"), (kept.file_name, None)],
    }


def _sheet(place: int, each: Offered, opened: bool) -> dict[str, Any]:
    layout = LAYOUTS[each.match.layout] if each.match is not None else None
    shown: dict[str, Any] = {
        "place": place,
        "name": each.grid.name,
        "rows": len(each.grid.rows),
        "layout": layout.key if layout is not None else "",
        "label": str(layout.label) if layout is not None else "",
        "open": opened and each.heading is not None,
        "readable": each.heading is not None,
        "unsure": _unsure(each),
        "missing": list(_missing(each, layout)) if layout is not None else [],
        "columns": [],
        "options": [],
        "sample": [],
    }
    if shown["open"] and each.heading is not None:
        texts = each.heading.texts[:_MOST_COLUMNS]
        shown["columns"] = [_column(at, text, each) for at, text in enumerate(texts)]
        shown["options"] = _options(layout) if layout is not None else []
        shown["sample"] = list(_sample(each, len(texts)))
    return shown


def _column(at: int, text: str, each: Offered) -> dict[str, Any]:
    name = each.match.columns[at] if each.match is not None else ""
    hidden = text.startswith(UID)
    unsure = each.match is not None and bool(text) and not name and not hidden and label_key(text) not in IGNORED
    return {
        "at": at,
        "letter": letters(at),
        "text": _("(identifies the row)") if hidden else text,
        "name": name,
        "fixed": hidden,
        "unsure": unsure,
    }


def _missing(each: Offered, layout: Layout) -> Iterator[str]:
    columns = set(each.match.columns) if each.match is not None else set()
    for group in layout.needs:
        if not set(group) & columns:
            yield " / ".join(_label(layout, layout.column(name)) for name in group if "." in name)


def _label(layout: Layout, column: Column) -> str:
    return str(layout.field_of(column).label)


def _options(layout: Layout) -> list[tuple[str, list[tuple[str, str]]]]:
    """The layout's columns under the ledgers that they feed; what it must have is starred."""
    needed = {name for group in layout.needs for name in group if len(group) == 1}
    groups: dict[str, list[tuple[str, str]]] = {}
    for column in layout.columns:
        if column.part in layout.parts:
            heading = str(layout.parts[column.part].model.entry.label)
            groups.setdefault(heading, []).append((column.name, _label(layout, column) + ("*" if column.name in needed else "")))
        else:
            groups.setdefault(_("Counted by the program, not imported"), []).append((column.name, _label(layout, column)))
    if layout.others is not None:
        groups[_("Known by its heading")] = [(OTHER, _("Day of an activity, point of a check"))]
    return list(groups.items())


def _sample(each: Offered, width: int) -> Iterator[list[str]]:
    assert each.heading is not None
    for count, (_number, cells) in enumerate(data_rows(each.grid, each.heading)):
        if count == _SAMPLE_ROWS:
            return
        texts = [_short(cells[at]) if at < len(cells) else "" for at in range(width)]
        yield texts


def _short(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else " ".join(str(cell).removesuffix(" 00:00:00").split())
    return text if len(text) <= _SAMPLE_TEXT else text[: _SAMPLE_TEXT - 1] + "…"


def layouts_of(actor: Any) -> list[Layout]:
    return sorted(layouts_for(actor), key=lambda layout: (layout.key in layout.parts, layout.rank, str(layout.label)))
