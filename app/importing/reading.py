"""A sheet's cells as values of the ledgers: dates however typed, numbers typed as text, the office's words for closed sets."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.core.dictionary.fields import Field, Kind
from app.core.dictionary.masks import Personal, is_masked
from app.core.refusals import Refusal, Refused
from app.sheets import (
    Grid,
    Heading,
    data_rows,
    label_key,
    read_count,
    read_day,
    read_moment,
    read_month,
    read_name,
    read_number,
    read_phone,
    read_text,
    split_names,
)

from .layout import CHOICE_WORDS, Column, Layout, Line, Trouble
from .matching import OTHER, UID, Match

Cell = Any
MOST_ASKED = 60
"""Longer words are told as they are; nobody is asked what they mean for all lines."""
Words = dict[str, dict[str, str]]
"""Column -> every word for a code of its closed set."""


@dataclass(frozen=True)
class Named:
    """Rows that a cell names in words: found, or proposed, once all lines are read."""

    target: str
    texts: tuple[str, ...]
    several: bool = False


def lines_of(
    grid: Grid, heading: Heading, match: Match, known: Collection[str]
) -> tuple[list[tuple[Line, str | None]], list[tuple[int, str]]]:
    """Each line with the uid that an export wrote into it; and the rows that are none of the table, with why (a code)."""
    uid_at = match.columns.index(UID) if UID in match.columns else None
    table = data_rows(grid, heading, lambda text: label_key(text) in known)
    found = []
    for number, cells in table.rows:
        uid = str(cells[uid_at]) if uid_at is not None and uid_at < len(cells) and cells[uid_at] else None
        found.append((Line(number, cells), uid))
    return found, [(number, why) for number, why in table.left_out if why != "blank"]


def read_line(
    line: Line, layout: Layout, match: Match, texts: Sequence[str], year: int | None, answers: Mapping[str, Any], words: Words
) -> list[Trouble]:
    """Fill in the line's values; what cannot be read is told, cell by cell. Cells that are `unread` say nothing new. `words` keeps
    what closed sets are called, from one line to the next."""
    troubles: list[Trouble] = []
    for place, name in enumerate(match.columns):
        cell = line.cells[place] if place < len(line.cells) else None
        if not name or name == UID or name in line.unread or blank(cell):
            continue
        if name == OTHER:
            line.others.append((texts[place], cell))
            continue
        column = layout.column(name)
        try:
            line.values[name] = read_cell(layout, column, cell, year, answers, words)
        except Trouble as trouble:
            troubles.append(trouble)
        except Refused as refused:
            troubles += [Trouble(found.code, name, found.facts) for found in refused.refusals]
        except ValueError:
            troubles.append(Trouble(_UNREADABLE[layout.field_of(column).kind], name, {"raw": _short(cell)}))
    return troubles


def blank(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def read_cell(layout: Layout, column: Column, cell: Cell, year: int | None, answers: Mapping[str, Any], words: Words) -> Any:
    """One cell as its column's value. Raises Trouble, Refused, ValueError."""
    item = layout.field_of(column)
    if item.personal is not None and is_masked(cell):
        return str(cell).strip()
    if column.read is not None:
        return column.read(cell, year)
    if item.kind in (Kind.CHOICE, Kind.BOOLEAN):
        return _of_closed_set(layout, column, item, cell, answers, words)
    if item.kind is Kind.REFERENCE:
        return Named(item.target, (_name_of(item, cell),))
    if item.kind is Kind.REFERENCES:
        return Named(item.target, tuple(split_names(cell)) if item.target == "deputies" else _listed(cell), several=True)
    return _READERS[item.kind](item, cell, year)


def _name_of(item: Field, cell: Cell) -> str:
    return read_name(cell) if item.target == "deputies" else read_text(cell)


def _listed(cell: Cell) -> tuple[str, ...]:
    text = read_text(cell).replace("；", "、").replace(";", "、").replace("\n", "、")
    return tuple(part.strip() for part in text.split("、") if part.strip())


def _of_closed_set(layout: Layout, column: Column, item: Field, cell: Cell, answers: Mapping[str, Any], words: Words) -> Any:
    """A code for the office's word: the label itself, words known for it, or what the user said it means."""
    if item.kind is Kind.BOOLEAN:
        return item.read(read_text(cell) if not isinstance(cell, bool) else ("1" if cell else "0"))
    text = read_text(cell)
    key = label_key(text)
    ledger = layout.parts[column.part].ledger
    told = answers.get(f"{ledger}.{column.path}={text}")
    if told in (item.choices.labels if item.choices else {}):
        return told
    if column.name not in words:
        words[column.name] = words_of_choices(ledger, column.path, item)
    known = words[column.name]
    if key in known:
        return known[key]
    raise Trouble(
        "not_a_choice", column.name, {"raw": _short(text)}, about=f"{ledger}.{column.path}={text}" if len(text) <= MOST_ASKED else ""
    )


def words_of_choices(ledger: str, path: str, item: Field) -> dict[str, str]:
    """Every word for a code of the field, as `label_key` has it."""
    codes = item.choices.labels if item.choices else {}
    known = {label_key(str(label)): code for code, label in codes.items()}
    for word, code in CHOICE_WORDS.get(f"{ledger}.{path}", {}).items():
        known.setdefault(label_key(word), code)
    return known


def _day(item: Field, cell: Cell, year: int | None) -> date:
    if item.personal is Personal.BIRTH:
        try:
            return read_day(cell)
        except ValueError:
            return read_month(cell)
    return read_day(cell, year)


def _moment(item: Field, cell: Cell, year: int | None) -> datetime:
    return read_moment(cell, year)


def _integer(item: Field, cell: Cell, year: int | None) -> int:
    return int(read_count(cell))


def _decimal(item: Field, cell: Cell, year: int | None) -> Decimal:
    return Decimal(str(read_number(cell)))


def _text(item: Field, cell: Cell, year: int | None) -> str:
    text = read_name(cell) if item.personal is Personal.NAME or item.name == "name" else read_text(cell)
    return text if item.kind is Kind.LONG else " ".join(text.split())


_READERS: Mapping[Kind, Callable[[Field, Cell, int | None], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.PHONE: lambda item, cell, year: read_phone(cell),
    Kind.DATE: _day,
    Kind.DATETIME: _moment,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
}
_UNREADABLE: Mapping[Kind, str] = {
    Kind.DATE: "not_a_date",
    Kind.DATETIME: "not_a_datetime",
    Kind.INTEGER: "not_an_integer",
    Kind.DECIMAL: "not_a_number",
    Kind.BOOLEAN: "not_a_boolean",
    Kind.CHOICE: "not_a_choice",
    Kind.PHONE: "not_a_phone",
    Kind.TEXT: "not_text",
    Kind.LONG: "not_text",
    Kind.REFERENCE: "not_text",
    Kind.REFERENCES: "not_text",
}


def _short(cell: Cell) -> str:
    text = str(cell)
    return text if len(text) <= 30 else text[:29] + "…"


def refusal_of(trouble: Trouble) -> Refusal:
    return Refusal(trouble.code, trouble.column, trouble.facts)
