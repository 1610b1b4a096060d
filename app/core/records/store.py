"""The database as a change set meets it: what rules and hooks ask of it, and how a row, its history and its numbers are kept.

Here each question is a statement of its own and each row is kept at once, as suits one row from a form. `batch.Batch` answers the
same questions for many rows out of what it read ahead.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from ..access.actor import Actor
from ..access.scope import visible
from ..dictionary import several
from ..dictionary.entry import Scope
from ..dictionary.ledger import LEDGERS, Ledger
from ..dictionary.paths import Paths
from ..dictionary.roles import Reach, Verb
from ..dictionary.several import Link
from ..dictionary.titles import titles_of
from . import numbering
from .history import Change


@dataclass
class Store:
    """Asks at once, keeps at once."""

    session: Session

    def get(self, model: type[Ledger], row_id: int) -> Ledger | None:
        """The row with this key."""
        return self.session.get(model, row_id)

    def open_ids(
        self, actor: Actor, target: str, ids: Collection[int], station_id: int | None, by_program: bool
    ) -> set[int]:
        """Those of the ids to which a row of this station may refer, as the actor sees them."""
        ledger = LEDGERS[target]
        paths = Paths(ledger)
        statement = select(ledger.id).where(ledger.id.in_(ids))
        if target == "stations":
            pass
        elif ledger.scope is Scope.STATION:
            statement = statement.where(ledger.station_id == station_id)
        elif ledger.scope is Scope.EITHER:
            statement = statement.where(or_(ledger.station_id.is_(None), ledger.station_id == station_id))
        if not by_program:
            statement = statement.where(*visible(actor, ledger, paths))
        return set(self.session.scalars(paths.join(statement)))

    def twin(self, model: type[Ledger], key: Mapping[str, Any], station_id: int | None, row_id: int | None) -> int | None:
        """Another row of the scope with this natural key."""
        statement = select(model.id).where(*(getattr(model, model.fields[name].column) == value for name, value in key.items()))
        if keyed_by_station(model):
            own = model.station_id
            statement = statement.where(own.is_(None) if station_id is None else own == station_id)
        if row_id is not None:
            statement = statement.where(model.id != row_id)
        return self.session.scalars(statement.limit(1)).first()

    def title(self, model: type[Ledger], row_id: int) -> str:
        """What a row is called."""
        key = model.__tablename__
        return titles_of(self.session, [(key, row_id)]).get((key, row_id), "")

    def rows(self, model: type[Ledger], station_id: int | None, **same: Any) -> list[Any]:
        """A station's rows whose fields hold these values, empty ones included, in the order of their keys."""
        conditions = [model.station_id == station_id]  # the indexes are led by it
        for name, value in same.items():
            column = getattr(model, model.fields[name].column)
            conditions.append(column.is_(None) if value is None else column == value)
        return list(self.session.scalars(select(model).where(*conditions).order_by(model.id)))

    def targets(self, row: Ledger, name: str) -> list[int]:
        """The ids in a field of several references."""
        return several.targets(self.session, several.link(type(row), row.fields[name]), [row]).get(row.id, [])

    def named_by(self, model: type[Ledger], name: str, target_id: int) -> list[int]:
        """Rows of a ledger whose field of several references names this one."""
        return several.named_by(self.session, several.link(model, model.fields[name]), [target_id]).get(target_id, [])

    def next_number(self, station_id: int, series: str, year: int) -> int:
        """The next number of the series, from 1."""
        return numbering.next_number(self.session, station_id, series, year)

    def keep_up(self, station_id: int, series: str, year: int, used: int) -> None:
        """A number that came along moves the series on."""
        numbering.keep_up(self.session, station_id, series, year, used)

    def keep(self, row: Ledger, is_new: bool) -> None:
        """The row as it is now; a new one has its key afterwards."""
        if is_new:
            self.session.add(row)
        self.session.flush()

    def refer(self, link: Link, row: Ledger, name: str, station_id: int | None, wanted: Collection[int], had: Collection[int]) -> None:
        """What a field of several references holds now, in its association table."""
        several.store(self.session, link, row.id, station_id, set(wanted) - set(had), set(had) - set(wanted))

    def record(self, line: Mapping[str, Any]) -> None:
        """One line of history."""
        self.session.execute(insert(Change.__table__), line)

    def within_reach(self, actor: Actor, model: type[Ledger], row: Ledger, verb: Verb) -> bool:
        """Whether the row, as it was kept, is one that the actor may write."""
        paths = Paths(model)
        statement = select(model.id).where(model.id == row.id, *visible(actor, model, paths, verb))
        return self.session.scalars(paths.join(statement)).first() is not None

    def settle(self) -> None:
        """Write what waits to be written."""
        self.session.flush()

    def erased(self, row: Ledger) -> None:
        """The row is gone, with all it owned."""


def keyed_by_station(model: type[Ledger]) -> bool:
    """Whether two stations may have rows with the same natural key."""
    return model.scope is not Scope.SHARED and model.__tablename__ != "stations"


def narrow(actor: Actor, key: str, verb: Verb) -> bool:
    """Whether this actor reaches only some rows of a station: a deputy's own, a convenor's group."""
    return actor.reach(key, verb) in (Reach.SELF, Reach.GROUP)
