"""What a sheet may be: its columns, the ledgers that its lines feed, and how one line becomes rows of them.

Every ledger has a layout of its own, made from the dictionary. Sheets of which one line feeds several ledgers, and
matrices, are declared by the areas.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.dictionary.fields import Field, Kind
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.dictionary.paths import field_at

Reader = Callable[[Any, int | None], Any]
"""A cell and the sheet's year -> the value. Raises ValueError, Refused."""


@dataclass(frozen=True)
class Column:
    """A column that a layout knows. `name` is `<part>.<field>`, `words` are headings that offices write besides the field's label."""

    name: str
    words: tuple[str, ...] = ()
    read: Reader | None = None
    says: Field | None = None
    """What the column holds, where it is not the field that `name` leads to."""

    @property
    def part(self) -> str:
        return self.name.partition(".")[0]

    @property
    def path(self) -> str:
        return self.name.partition(".")[2]


@dataclass(frozen=True)
class Part:
    """Rows of one ledger that the layout's lines feed. `same`: the fields that tell whether a row is there already."""

    ledger: str
    same: tuple[str, ...] = ()
    same_else: tuple[str, ...] = ()
    """The fields that tell it where a line says nothing of `same`."""

    @property
    def model(self) -> type[Ledger]:
        return LEDGERS[self.ledger]


@dataclass
class Line:
    """One line of a sheet. `values` holds what was read by column name, blank cells left out; `others` the cells of columns
    known by their heading alone (dates of a matrix, points of a check) with that heading."""

    number: int
    cells: Sequence[Any]
    values: dict[str, Any] = field(default_factory=dict)
    others: list[tuple[str, Any]] = field(default_factory=list)
    row_id: int | None = None
    """The row that an export named."""
    chosen: dict[str, int] = field(default_factory=dict)
    """Column -> the row that the user chose among several for this line."""
    unread: set[str] = field(default_factory=set)
    """Columns whose cell says what the row says already."""

    def get(self, name: str, default: Any = None) -> Any:
        return self.values.get(name, default)

    def of(self, part: str) -> dict[str, Any]:
        """The line's values for one part, by field."""
        return {name.partition(".")[2]: value for name, value in self.values.items() if name.partition(".")[0] == part}


@dataclass(frozen=True)
class Piece:
    """One row that a line asks for. `links` are references to rows of earlier parts of the same line: field -> part."""

    part: str
    values: Mapping[str, Any]
    links: Mapping[str, str] = field(default_factory=dict)
    row_of: str = ""
    """The part whose row of the same line this completes, once later parts are written."""


@dataclass(frozen=True)
class Trouble(Exception):
    """Why a line cannot become rows: a sentence, beside a column if there is one."""

    code: str
    column: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[tuple[int, str], ...] = ()
    """Rows of which one is to be chosen, with what tells them apart."""
    about: str = ""
    """The answer that would settle this for every line that says the same: `<ledger>=<text>`, `<ledger>.<field>=<text>`."""


@dataclass(frozen=True)
class Sheet:
    """What a layout may know of the sheet as a whole."""

    session: Session
    station_id: int | None
    year: int | None
    lines: Sequence[Line]
    named: Callable[[str, str], list[int]]
    """Ledger and text -> ids of the rows so called; one that may be proposed is, where there is none."""


Shape = Callable[[Line, Any], Iterable[Piece]]
"""A line and what `prepare` found -> rows. Raises Trouble."""


@dataclass(frozen=True)
class Layout:
    """A kind of sheet. `needs`: of each group of columns one must be there, or the sheet is none of this kind."""

    key: str
    label: Any
    parts: Mapping[str, Part]
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]
    shape: Shape
    prepare: Callable[[Sheet], Any] = lambda sheet: None
    others: Callable[[str, Mapping[str, Any]], bool] | None = None
    """Whether a heading outside `columns` belongs to the layout (the dates of a matrix), given `facts`."""
    facts: Callable[[Session, int | None], Mapping[str, Any]] = lambda session, station_id: {}
    rank: int = 50
    """Sheets of a low rank are taken first: people before what they did."""

    def column(self, name: str) -> Column:
        return next(each for each in self.columns if each.name == name)

    def field_of(self, column: Column) -> Field:
        return column.says or field_at(self.parts[column.part].model, column.path)


LAYOUTS: dict[str, Layout] = {}
"""All that are known by key; filled by the registry."""

SPELLINGS: dict[str, Callable[[str], Iterable[str]]] = {}
"""Ledger -> other ways in which one of its rows may be written where it is referred to."""

PROPOSALS: dict[str, Callable[[str], Mapping[str, Any] | None]] = {}
"""Ledger -> what a row named for the first time would be; None where the text names none."""

CHOICE_WORDS: dict[str, Mapping[str, str]] = {}
"""`<ledger>.<field>` -> words of the office -> code."""

HEADINGS: dict[str, tuple[str, ...]] = {}
"""`<ledger>.<field>` or a field's name alone -> headings that offices write for it."""


def ledger_layout(key: str) -> Layout:
    """The layout of one ledger: a line is a row."""
    model = LEDGERS[key]
    names = [name for name, item in model.fields.items() if item.kind is not Kind.POINTS and not name.endswith("_key")]
    one = model.entry.one_to_one
    if one is not None:
        names = [name for name in names if name != one.field] + [f"{one.field}.{name}" for name in one.shown]
    columns = tuple(
        Column(f"{key}.{name}", HEADINGS.get(f"{key}.{name}", ()) + HEADINGS.get(name.rpartition(".")[2], ())) for name in names
    )
    required = [
        name for name in names
        if (item := field_at(model, name)).required and item.default is None and not item.written_by_program
    ]
    asked = required or [model.entry.key[0]]
    return Layout(
        key=key,
        label=model.entry.label,
        parts={key: Part(key, _same(model))},
        columns=columns,
        needs=tuple((f"{key}.{name}",) for name in asked),
        shape=lambda line, facts: [Piece(key, line.of(key))],
        rank=_rank(key),
    )


def _same(model: type[Ledger]) -> tuple[str, ...]:
    one = model.entry.one_to_one
    if one is not None and model.entry.key == (one.field,):
        return (f"{one.field}.start", f"{one.field}.title")
    return tuple(name for name in model.entry.key if "." not in name)


def _rank(key: str) -> int:
    """A ledger comes after those that its rows refer to."""
    seen: dict[str, int] = {}

    def depth(name: str, above: frozenset[str]) -> int:
        if name not in seen:
            targets = {item.target for item in LEDGERS[name].fields.values() if item.required and item.target}
            seen[name] = 1 + max((depth(each, above | {name}) for each in targets - above - {name}), default=0)
        return seen[name]

    return 10 * depth(key, frozenset())


def day_of(value: Any) -> Any:
    """The day of a moment; anything else as it is."""
    return value.date() if isinstance(value, datetime) else value
