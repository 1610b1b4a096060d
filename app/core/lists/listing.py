"""Rows of a ledger as lists show them: filtered, sorted and paged in the database, in a handful of statements.

Pages over ids first, then reads only the columns shown as tuples; titles of what is referred to come in one query
for each ledger; counting stops at COUNT_UP_TO. The same listing feeds list, tabs, REST, export and the month's workbook.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ..access.actor import Actor
from ..access.scope import visible
from ..dictionary.fields import Field, Kind
from ..dictionary.ledger import Ledger
from ..dictionary.masks import Sight
from ..dictionary.paths import Paths, field_at, ledger_at
from ..dictionary.roles import Verb
from ..dictionary.several import link
from ..dictionary.titles import Titles, show, titles_of
from .values import confidential_name, open_paths, seen, sight_of

COUNT_UP_TO = 10_000
CHUNK = 1_000
_TYPED = (Kind.TEXT, Kind.LONG, Kind.PHONE)
_FEW_VALUES = (Kind.CHOICE, Kind.BOOLEAN, Kind.DATE, Kind.REFERENCE)


@dataclass(frozen=True)
class Row:
    """One row of a listing: the values of the shown paths as the actor sees them, and as text."""

    id: int
    values: dict[str, Any]
    texts: dict[str, str]


@dataclass
class Listing:
    """A question to a ledger. `columns` are paths; `predicates` are conditions over `paths`."""

    session: Session
    actor: Actor
    model: type[Ledger]
    columns: Sequence[str]
    sort: str = ""
    descending: bool = False
    predicates: list[Any] = field(default_factory=list)
    verb: Verb = Verb.LIST

    def __post_init__(self) -> None:
        self.paths = Paths(self.model)
        self.scope = visible(self.actor, self.model, self.paths, self.verb)

    @cached_property
    def _ordered(self) -> tuple[Paths, list[Any]]:
        """What it is sorted by, ties by id, and the joins that this needs beside those of the conditions."""
        entry = self.model.entry
        default = entry.order or entry.month or entry.key[0]
        path, descending = (self.sort, self.descending) if self.sort else (default, bool(entry.newest_first))
        paths, row_id = self.paths.copy(), self.model.id
        read = paths.sort_path(path)
        column = paths.column(read)
        paths.led_by(read)
        if paths.may_be_empty(read):  # what has no day yet, a draft, stands where the latest stands, on both databases
            column = column.desc().nulls_first() if descending else column.asc().nulls_last()
        elif descending:
            column = column.desc()
        return paths, [column, row_id.desc() if descending else row_id]

    def _filtered(self, statement: Select[Any], paths: Paths) -> Select[Any]:
        return paths.join(statement.select_from(self.model)).where(*self.scope, *self.predicates)

    def ids(self, offset: int, limit: int) -> list[int]:
        paths, order = self._ordered
        return list(self.session.scalars(self._filtered(select(self.model.id), paths).order_by(*order).offset(offset).limit(limit)))

    def count(self) -> int:
        """How many rows, at most COUNT_UP_TO + 1."""
        counted = self._filtered(select(self.model.id), self.paths)
        return self.session.scalar(select(func.count()).select_from(counted.limit(COUNT_UP_TO + 1).subquery())) or 0

    def rows(self, ids: Sequence[int]) -> list[Row]:
        """The rows in the order of the ids."""
        paths = Paths(self.model)
        columns = self._plain()
        selected = [paths.column(path).label(f"c{index}") for index, path in enumerate(columns)]
        statement = paths.join(select(self.model.id, *selected).select_from(self.model)).where(self.model.id.in_(ids))
        found = {row[0]: tuple(row) for row in self.session.execute(statement)}
        return self._shown([found[row_id] for row_id in ids if row_id in found], columns)

    def stream(self) -> Iterator[Row]:
        """All rows, read in one go of the database and shown chunk by chunk: memory does not grow with rows."""
        columns = self._plain()
        paths, order = self._ordered
        selected = [paths.column(path).label(f"c{index}") for index, path in enumerate(columns)]
        statement = self._filtered(select(self.model.id, *selected), paths).order_by(*order)
        result = self.session.execute(statement, execution_options={"yield_per": CHUNK})
        for part in result.partitions():
            yield from self._shown([tuple(row) for row in part], columns)

    def _plain(self) -> list[str]:
        """Paths read as columns; several references are read apart. A confidential flag comes along for its name."""
        wanted = [path for path in self.columns if field_at(self.model, path).kind is not Kind.REFERENCES]
        flag = self.model.entry.confidential
        return [*wanted, flag] if flag and flag not in wanted else wanted

    def _shown(self, found: list[tuple[Any, ...]], columns: list[str]) -> list[Row]:
        raw = [dict(zip(("id", *columns), row, strict=True)) for row in found]
        for path in self.columns:
            if field_at(self.model, path).kind is Kind.REFERENCES:
                self._read_several(raw, path)
        fields = {path: field_at(self.model, path) for path in self.columns}
        titles = titles_of(self.session, _referred(raw, fields))
        readers = {path: self._reader(path, item, titles) for path, item in fields.items()}
        personal = [(path, item) for path, item in fields.items() if item.personal]
        return [self._row(values, readers, personal) for values in raw]

    def _reader(self, path: str, item: Field, titles: Titles) -> Callable[[Any], tuple[Any, str]]:
        """How a column's values become what the actor sees: decided once for a column, not for each of a hundred thousand cells."""
        known: dict[Any, tuple[Any, str]] = {}

        def as_seen(raw: Any) -> tuple[Any, str]:
            value = seen(self.actor, self.model, path, raw)
            return value, show(item, value, titles) if not isinstance(value, str) or item.kind is Kind.CHOICE else value

        def as_before(raw: Any) -> tuple[Any, str]:
            found = known.get(raw)
            if found is None:
                found = known[raw] = as_seen(raw)
            return found

        if item.kind in _TYPED and sight_of(self.actor, self.model, path) is Sight.CLEAR:
            return lambda raw: (raw, raw or "")
        return as_before if item.kind in _FEW_VALUES else as_seen

    def _read_several(self, raw: list[dict[str, Any]], path: str) -> None:
        owner, item = ledger_at(self.model, path), field_at(self.model, path)
        parent = path.rpartition(".")[0]
        paths = Paths(self.model)
        owner_id = paths.column(f"{parent}.id") if parent else self.model.id
        kept = link(owner, item)
        statement = paths.join(select(self.model.id, kept.other).select_from(self.model)).join(kept.kept_in, kept.own == owner_id)
        several: dict[int, list[int]] = {}
        for row_id, target in self.session.execute(statement.where(self.model.id.in_([row["id"] for row in raw])).order_by(kept.other)):
            several.setdefault(row_id, []).append(target)
        for row in raw:
            row[path] = several.get(row["id"], [])

    def _row(
        self, raw: dict[str, Any], readers: Mapping[str, Callable[[Any], tuple[Any, str]]], personal: Sequence[tuple[str, Field]]
    ) -> Row:
        values, texts = {}, {}
        for path, read in readers.items():
            values[path], texts[path] = read(raw[path])
        for path, item in personal:
            if (kept := confidential_name(self.actor, self.model, item, raw)) is not None:
                values[path] = texts[path] = kept
        return Row(raw["id"], values, texts)

    def sortable(self) -> list[str]:
        """Columns of this listing that the actor may sort by."""
        return [path for path in open_paths(self.actor, self.model, self.columns) if field_at(self.model, path).sortable]


def _referred(raw: list[dict[str, Any]], fields: dict[str, Field]) -> set[tuple[str, int]]:
    wanted: set[tuple[str, int]] = set()
    for path, item in fields.items():
        if item.kind is Kind.REFERENCE:
            wanted |= {(item.target, row[path]) for row in raw if row[path] is not None}
        elif item.kind is Kind.REFERENCES:
            wanted |= {(item.target, target) for row in raw for target in row[path]}
    return wanted
