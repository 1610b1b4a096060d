"""Dotted paths from a ledger to a column (`activity.start`, `mandate.deputy`): every relation is joined once."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import aliased

from .fields import Field, Kind
from .ledger import LEDGERS, Ledger

STATION = Field(label=_("Station"), kind=Kind.REFERENCE, target="stations", name="station")
"""The column that shows whose row it is, for those who see several stations."""


def field_at(model: type[Ledger], path: str) -> Field:
    """The field at the end of the path. Raises KeyError where there is none."""
    if path == STATION.name and "station" not in model.fields:
        return STATION
    for step in path.split(".")[:-1]:
        model = LEDGERS[field_at(model, step).target]
    return model.fields[path.rsplit(".", 1)[-1]]


def ledger_at(model: type[Ledger], path: str) -> type[Ledger]:
    """The ledger that holds the path's last step."""
    for step in path.split(".")[:-1]:
        model = LEDGERS[field_at(model, step).target]
    return model


class Paths:
    """The joins of one statement over `model`."""

    def __init__(self, model: type[Ledger]) -> None:
        self.model = model
        self._joined: dict[str, tuple[Any, Any]] = {}

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

    def sort_column(self, path: str) -> Any:
        """What a list is sorted by: of a reference, what its ledger is sorted by."""
        known = path == STATION.name or path.rsplit(".", 1)[-1] in ledger_at(self.model, path).fields
        field = field_at(self.model, path) if known else None
        if field is not None and field.kind is Kind.REFERENCE:
            entry = LEDGERS[field.target].entry
            return self.sort_column(f"{path}.{entry.order or entry.title[0]}")
        return self.column(path)

    def join(self, statement: Any) -> Any:
        """The statement with an outer join for each relation that was asked for."""
        for target, condition in self._joined.values():
            statement = statement.outerjoin(target, condition)
        return statement
