"""Fields of several references: kept in an association table, or in an owned ledger (invited deputies are attendance)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from .fields import Field, Kind
from .ledger import LEDGERS, Ledger


@dataclass(frozen=True)
class Link:
    """Where a field of several references is kept: the table or ledger, its column of the row, its column of the target."""

    kept_in: Any
    own: Any
    other: Any
    through: type[Ledger] | None = None
    own_field: str = ""
    other_field: str = ""


def link(owner: type[Ledger], item: Field) -> Link:
    """The link of a field."""
    if not item.through:
        table = owner.associations[item.name]
        return Link(table, table.c.row_id, table.c.target_id)
    through = LEDGERS[item.through]
    single = [each for each in through.fields.values() if each.kind is Kind.REFERENCE]
    own = next(each for each in single if each.target == owner.__tablename__)
    other = next(each for each in single if each.target == item.target)
    return Link(through, getattr(through, own.column), getattr(through, other.column), through, own.name, other.name)


def targets(session: Session, link: Link, rows: Collection[Ledger]) -> dict[int, list[int]]:
    """The ids that the field holds, by the rows' own."""
    statement = select(link.own, link.other).where(link.own.in_([row.id for row in rows]))
    if link.through is not None:  # the index is led by the station
        statement = statement.where(link.through.station_id.in_({getattr(row, "station_id", None) for row in rows}))
    found: dict[int, list[int]] = {}
    for own, other in session.execute(statement.order_by(link.other)):
        found.setdefault(own, []).append(other)
    return found


def named_by(session: Session, link: Link, targets: Collection[int]) -> dict[int, list[int]]:
    """The rows whose field names these, by what they name."""
    found: dict[int, list[int]] = {}
    for own, other in session.execute(select(link.own, link.other).where(link.other.in_(targets)).order_by(link.own)):
        found.setdefault(other, []).append(own)
    return found


def store(session: Session, link: Link, row_id: int, station_id: int | None, added: Collection[int], removed: Collection[int]) -> None:
    """Bring an association table to what the field holds now."""
    if removed:
        session.execute(delete(link.kept_in).where(link.own == row_id, link.other.in_(removed)))
    if added:
        station = {"station_id": station_id} if "station_id" in link.kept_in.c else {}
        session.execute(insert(link.kept_in), [{"row_id": row_id, "target_id": target, **station} for target in sorted(added)])
