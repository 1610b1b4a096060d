"""What an account is besides a FAB user: one station or all, perhaps one deputy, one staff row."""

from __future__ import annotations

from flask_appbuilder import Model
from sqlalchemy import Column, DateTime, ForeignKey, Integer

from .columns import bytewise


class Account(Model):
    """One person, one station (none: all). Sessions and tokens from before `sessions_from` (UTC) are no longer good."""

    __tablename__ = "accounts"
    user_id = Column(Integer, ForeignKey("ab_user.id", name="fk_accounts_user"), primary_key=True, autoincrement=False)
    station_id = Column(Integer, ForeignKey("stations.id", name="fk_accounts_station"), index=True)
    deputy_id = Column(Integer, ForeignKey("deputies.id", name="fk_accounts_deputy"), index=True)
    staff_id = Column(Integer, ForeignKey("station_staff.id", name="fk_accounts_staff"), index=True)
    sessions_from = Column(DateTime)
    locked_until = Column(DateTime)
    month_choice = Column(bytewise(2000))
    """Ledgers left out of the month's workbook, as this account last chose."""
