"""What a parameter was on a day of the past, read off the history: what is asked for today was not asked for before it was set."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.records.history import Change

from .settings import PARAMETERS, Parameter, parse

_changes: Any = Change


class Step(NamedTuple):
    """From the day after `on` the value was this; None: it was not set."""

    on: date
    value: str | None


@dataclass(frozen=True)
class Past:
    """The steps of a parameter, the earliest first: the county's and the station's own, which stands above it."""

    parameter: Parameter
    county: Sequence[Step] = ()
    own: Sequence[Step] = ()

    def on(self, day: date) -> Any:
        """What was asked for when the day began."""
        return parse(self.parameter, _standing(self.own, day) or _standing(self.county, day) or self.parameter.value)


def _standing(steps: Sequence[Step], day: date) -> str | None:
    return next((step.value for step in reversed(steps) if step.on < day), None)


class Told(NamedTuple):
    """A change of some parameter's row as the history tells it."""

    row: int
    on: date
    action: str
    data: dict[str, list[Any]]


def steps_of(name: str, changes: Iterable[Told]) -> list[Step]:
    """The steps of one parameter among the changes of all."""
    names: dict[int, str] = {}
    values: dict[int, str] = {}
    steps = []
    for each in changes:
        before = names.get(each.row)
        names[each.row] = each.data.get("name", (None, before))[1] or ""
        values[each.row] = each.data.get("value", (None, values.get(each.row)))[1] or ""
        gone = each.action == "delete"
        if names[each.row] == name:
            steps.append(Step(each.on, None if gone else values[each.row]))
        elif before == name:
            steps.append(Step(each.on, None))
    return steps


def past_of(session: Session, station_id: int | None, name: str) -> Past:
    """In one statement."""
    own = _changes.station_id
    asked = select(_changes.row_id, _changes.at, _changes.action, _changes.data, own)
    asked = asked.where(_changes.ledger == "settings", or_(own.is_(None), own == station_id)).order_by(_changes.id)
    told: dict[bool, list[Told]] = {True: [], False: []}
    for row in session.execute(asked):
        told[row.station_id is None].append(Told(row.row_id, clock.to_office(row.at).date(), row.action, row.data))
    return Past(PARAMETERS[name], steps_of(name, told[True]), steps_of(name, told[False]))
