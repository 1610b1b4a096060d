"""What an account is besides a FAB user: one station or all, perhaps one deputy, one staff row."""

from __future__ import annotations

from datetime import datetime

from flask_appbuilder import Model
from sqlalchemy import DateTime, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from ..dictionary.columns import bytewise


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
