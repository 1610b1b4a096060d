"""What an account is besides a FAB user: one station or all, perhaps one deputy, one staff row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_appbuilder import Model
from sqlalchemy import DateTime, ForeignKey, Integer, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from ..dictionary.columns import bytewise
from ..dictionary.ledger import LEDGERS
from .actor import Actor


class Account(Model):
    """One person, one station (none: all). Sessions and tokens from before `sessions_from` (UTC) are no longer good."""

    __tablename__ = "accounts"
    user_id: Mapped[int] = mapped_column(Integer, ForeignKey("ab_user.id", name="fk_accounts_user"), primary_key=True, autoincrement=False)
    station_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("stations.id", name="fk_accounts_station"), index=True)
    deputy_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("deputies.id", name="fk_accounts_deputy"), index=True)
    staff_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("station_staff.id", name="fk_accounts_staff"), index=True)
    sessions_from: Mapped[datetime | None] = mapped_column(DateTime)
    locked_until: Mapped[datetime | None] = mapped_column(DateTime)
    month_choice: Mapped[str | None] = mapped_column(bytewise(2000))
    """Ledgers left out of the month's workbook, as this account last chose."""


def staff_of(session: Session, actor: Actor, station_id: int | None) -> int | None:
    """Who of the station's staff is at work: whom the account names, else who bears its person's name."""
    staff: Any = LEDGERS["station_staff"]
    account = session.get(Account, actor.account_id) if actor.account_id is not None else None
    named = staff.id == account.staff_id if account is not None and account.staff_id is not None else staff.name == actor.name
    return session.scalars(select(staff.id).where(staff.station_id == station_id, named)).first()
