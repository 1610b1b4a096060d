"""Personal cards: what their code says, and for how long."""

from __future__ import annotations

from datetime import datetime

from flask_appbuilder import Model
from sqlalchemy import DateTime, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock
from app.core.dictionary.columns import bytewise


class DeputyCard(Model):
    """A card given out to a deputy. Its code is drawn at random and says nothing about anybody; a new card voids the old one.

    The first half of the code (`mark`) is known to the screens at the door, so that they know the deputy without the network too;
    the second half is known to the card and to this table alone.
    """

    __tablename__ = "deputy_cards"
    __table_args__ = (
        UniqueConstraint("code", name="uq_deputy_cards_code"),
        Index(
            "uq_deputy_cards_good", "deputy_id", unique=True,
            sqlite_where=sql("void_at IS NULL"), postgresql_where=sql("void_at IS NULL"),
        ),
        Index("ix_deputy_cards_station", "station_id", "deputy_id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    deputy_id: Mapped[int] = mapped_column(Integer, nullable=False)
    station_id: Mapped[int] = mapped_column(Integer, ForeignKey("stations.id", name="fk_deputy_cards_station"), nullable=False)
    code: Mapped[str] = mapped_column(bytewise(24), nullable=False)
    issued_at: Mapped[datetime] = mapped_column(DateTime, nullable=False, default=clock.utc_now)
    void_at: Mapped[datetime | None] = mapped_column(DateTime)

    @property
    def mark(self) -> str:
        return self.code[:8]
