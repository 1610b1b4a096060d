"""Dotted paths from a ledger to a column (`activity.start`, `mandate.deputy`): every relation is joined once."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import and_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.functions import FunctionElement

from .entry import Scope
from .fields import Field, Kind
from .ledger import LEDGERS, Ledger

STATION = Field(label=_("Station"), kind=Kind.REFERENCE, target="stations", name="station")
"""The column that shows whose row it is, for those who see several stations."""

UID = Field(label="uid", kind=Kind.TEXT, name="uid")
"""What a row is called for life: an export writes it, so that the row is known again when the workbook comes back."""


_fields: dict[tuple[str, str], Field] = {}


def field_at(model: type[Ledger], path: str) -> Field:
    """The field at the end of the path. Raises KeyError where there is none."""
    place = (model.__tablename__, path)
    found = _fields.get(place)
    if found is None:
        found = _fields[place] = _field_at(model, path)
    return found


def _field_at(model: type[Ledger], path: str) -> Field:
    if path == STATION.name and "station" not in model.fields:
        return STATION
    if path == UID.name:
        return UID
    for step in path.split(".")[:-1]:
        model = LEDGERS[field_at(model, step).target]
    return model.fields[path.rsplit(".", 1)[-1]]


def ledger_at(model: type[Ledger], path: str) -> type[Ledger]:
    """The ledger that holds the path's last step."""
    for step in path.split(".")[:-1]:
        model = LEDGERS[field_at(model, step).target]
    return model


class _Unsearched(FunctionElement[int]):
    """The column itself, by which SQLite shall not look rows up: it then reads that table first, in the order of its index."""

    name = "unsearched"
    inherit_cache = True


@compiles(_Unsearched)
def _plus(element: _Unsearched, compiler: Any, **options: Any) -> str:
    return ("+" if compiler.dialect.name == "sqlite" else "") + compiler.process(element.clauses, **options)


def within_station(model: type[Ledger], target: type[Ledger]) -> bool:
    """Whether a row and what it refers to are always of one station; a composite foreign key holds that."""
    return all(each.scope is Scope.STATION and "station_id" in each.__table__.c for each in (model, target))


class Paths:
    """The joins of one statement over `model`."""

    def __init__(self, model: type[Ledger]) -> None:
        self.model = model
        self._joined: dict[str, tuple[Any, Any]] = {}
        self._leading = ""

    def copy(self) -> Paths:
        """The same joins, to which more can be added."""
        paths = Paths(self.model)
        paths._joined = dict(self._joined)
        return paths

    def column(self, path: str) -> Any:
        """The column a path leads to; a path that ends in a reference leads to its foreign key."""
        steps = path.split(".")
        entity: Any = self.model
        model = self.model
        for depth, step in enumerate(steps[:-1], start=1):
            prefix = ".".join(steps[:depth])
            if prefix not in self._joined:
                item = field_at(model, step)
                target = aliased(LEDGERS[item.target])
                self._joined[prefix] = (target, getattr(entity, item.column) == target.id)
            model, entity = LEDGERS[field_at(model, step).target], self._joined[prefix][0]
        last = "station_id" if path == STATION.name and "station" not in model.fields else steps[-1]
        return getattr(entity, model.fields[last].column if last in model.fields else last)

    def sort_path(self, path: str) -> str:
        """Where a list's order is read: of a reference, what its ledger is sorted by."""
        known = path == STATION.name or path.rsplit(".", 1)[-1] in ledger_at(self.model, path).fields
        field = field_at(self.model, path) if known else None
        if field is not None and field.kind is Kind.REFERENCE:
            entry = LEDGERS[field.target].entry
            return self.sort_path(f"{path}.{entry.order or entry.title[0]}")
        return path

    def may_be_empty(self, path: str) -> bool:
        """Whether a row may have nothing there: the column or a reference on the way to it is optional."""
        steps = path.split(".")
        model: type[Ledger] = self.model
        for depth, step in enumerate(steps, start=1):
            field = model.fields.get(step)
            if field is not None and not field.required:
                return True
            if field is not None and depth < len(steps):
                model = LEDGERS[field.target]
        return False

    def sort_column(self, path: str) -> Any:
        """What a list is sorted by."""
        return self.column(self.sort_path(path))

    def refers(self, path: str, row_id: int) -> Any:
        """The path's reference leads to that row. Naming its station too lets the indexes help who sees every station."""
        found = self.column(path) == row_id
        if "." in path or path not in self.model.fields:
            return found
        target = LEDGERS[self.model.fields[path].target]
        if not within_station(self.model, target):
            return found
        return and_(found, self.model.station_id == select(target.station_id).where(target.id == row_id).scalar_subquery())

    def led_by(self, path: str) -> None:
        """The page is found by walking through the parents in the order of their index, not by sorting every row: a million marks
        by the start of their activity."""
        head, dot, last = path.partition(".")
        field = self.model.fields.get(head)
        if dot and "." not in last and field is not None and field.required and within_station(self.model, LEDGERS[field.target]):
            self._leading = head

    def join(self, statement: Any) -> Any:
        """The statement with an outer join for each relation that was asked for; the leading one is always there."""
        for prefix, (target, condition) in self._joined.items():
            if prefix == self._leading:
                column = getattr(self.model, self.model.fields[prefix].column)
                same = and_(column == _Unsearched(target.id), self.model.station_id == _Unsearched(target.station_id))
                statement = statement.join(target, same)
            else:
                statement = statement.outerjoin(target, condition)
        return statement
