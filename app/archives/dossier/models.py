"""Sealed dossiers: a table of its own, for a copy that nobody edits is no ledger."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_appbuilder import Model
from sqlalchemy import Date, DateTime, ForeignKeyConstraint, Index, Integer, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.core.dictionary.columns import bytewise


class SealedDossier(Model):
    """A deputy's year as it stood when it was sealed (S10-5, R23): once for each year, never changed, never deleted.

    `content` is the record as JSON, text for text what the seal was computed over. The deputy's row refuses to be deleted
    by its key alone; the sentence for it comes from `services`.
    """

    __tablename__ = "sealed_dossiers"
    __table_args__ = (
        UniqueConstraint("deputy_id", "year", name="uq_sealed_dossiers_year"),
        ForeignKeyConstraint(["station_id", "deputy_id"], ["deputies.station_id", "deputies.id"], name="fk_sealed_dossiers_deputy"),
        Index("ix_sealed_dossiers_year", "station_id", "year"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    station_id: Mapped[int] = mapped_column(Integer, nullable=False)
    deputy_id: Mapped[int] = mapped_column(Integer, nullable=False)
    year: Mapped[int] = mapped_column(Integer, nullable=False)
    content: Mapped[str] = deferred(mapped_column(Text, nullable=False))
    seal: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    signed_by: Mapped[str] = mapped_column(bytewise(60), nullable=False)
    signed_on: Mapped[date] = mapped_column(Date, nullable=False)
    entered_by: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    account_id: Mapped[int | None] = mapped_column(Integer)
    sealed_at: Mapped[datetime] = mapped_column(DateTime, nullable=False)


class SealBroken(RuntimeError):
    """The program was about to change or delete a sealed dossier."""


@event.listens_for(SealedDossier, "before_update")
@event.listens_for(SealedDossier, "before_delete")
def _stays(_mapper: Any, _connection: Any, row: SealedDossier) -> None:
    raise SealBroken(f"{row.deputy_id} {row.year}")
