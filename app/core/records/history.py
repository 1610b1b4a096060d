"""Every change is recorded in the transaction that made it; a deleted row waits in the recycle bin as a snapshot."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_appbuilder import Model
from sqlalchemy import JSON, Date, DateTime, Index, Integer, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from .. import clock
from ..dictionary.columns import bytewise


class Change(Model):
    """One change of one row: who (name as it was then), when (UTC), from where, old and new values by field.

    `personal` holds what `data` may not: old and new of personal columns, in a column that can be blanked.
    """

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_row", "ledger", "row_id", "id"),
        Index("ix_changes_station", "station_id", "id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    change_set: Mapped[str] = mapped_column(bytewise(36), nullable=False)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False, default=clock.utc_now)
    account_id: Mapped[int | None] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    source: Mapped[str] = mapped_column(bytewise(20), nullable=False)
    reason: Mapped[str | None] = mapped_column(bytewise(200))
    ledger: Mapped[str] = mapped_column(bytewise(40), nullable=False)
    row_id: Mapped[int] = mapped_column(Integer, nullable=False)
    station_id: Mapped[int | None] = mapped_column(Integer)
    action: Mapped[str] = mapped_column(bytewise(10), nullable=False)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    personal: Mapped[dict[str, Any] | None] = mapped_column(JSON)


class Deleted(Model):
    """A deleted row's snapshot, its owned children inside; restoring brings the same key and uid back."""

    __tablename__ = "recycle_bin"
    __table_args__ = (
        UniqueConstraint("ledger", "row_id", "change_set", name="uq_recycle_bin_row"),
        Index("ix_recycle_bin_station", "station_id", "id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    change_set: Mapped[str] = mapped_column(bytewise(36), nullable=False)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False, default=clock.utc_now)
    by: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    ledger: Mapped[str] = mapped_column(bytewise(40), nullable=False)
    row_id: Mapped[int] = mapped_column(Integer, nullable=False)
    station_id: Mapped[int | None] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(bytewise(400), nullable=False)
    snapshot: Mapped[list[dict[str, Any]]] = mapped_column(JSON, nullable=False)


def jsonable(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_json(type_: TypeEngine[Any], kept: Any) -> Any:
    """What `jsonable` kept, as a column of the type holds it."""
    if kept is None:
        return None
    if isinstance(type_, DateTime):
        return datetime.fromisoformat(kept)
    if isinstance(type_, Date):
        return date.fromisoformat(kept)
    return Decimal(kept) if isinstance(type_, Numeric) else kept
