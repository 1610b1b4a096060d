"""What is kept of imports: the file while it is worked on, its match, its outcome; and matches that a station has settled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_appbuilder import Model
from flask_babel import lazy_gettext as _
from sqlalchemy import JSON, CheckConstraint, DateTime, ForeignKey, Index, Integer, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from app.core import clock
from app.core.dictionary.columns import bytewise
from app.core.dictionary.fields import Choices

STATES = Choices(
    {
        "matched": _("Uploaded"),
        "rehearsing": _("Being checked"),
        "rehearsed": _("Checked"),
        "writing": _("Being written"),
        "done": _("Imported"),
        "undoing": _("Being taken back"),
        "undone": _("Taken back"),
        "failed": _("Stopped"),
    },
    tones={
        "matched": "info",
        "rehearsed": "info",
        "done": "ok",
        "undone": "mute",
        "failed": "bad",
        "rehearsing": "warn",
        "writing": "warn",
        "undoing": "warn",
    },
)


class Import(Model):
    """One workbook on its way in. The file lies here until it is imported or given up: any machine of several may go on with it."""

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("state IN ({})".format(", ".join(f"'{code}'" for code in STATES.labels)), name="ck_imports_state"),
        Index("ix_imports_station", "station_id", "id"),
        Index("ix_imports_change_set", "change_set"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    station_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("stations.id", name="fk_imports_station"))
    account_id: Mapped[int | None] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False, default=clock.utc_now)
    file_name: Mapped[str] = mapped_column(bytewise(200), nullable=False)
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    state: Mapped[str] = mapped_column(bytewise(12), nullable=False, default="matched")
    matches: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)
    outcome: Mapped[dict[str, Any]] = deferred(mapped_column(JSON, nullable=False, default=dict))
    change_set: Mapped[str | None] = mapped_column(bytewise(36))


class SettledMatch(Model):
    """How a station said that headings are to be understood; the same headings are understood so the next time."""

    __tablename__ = "settled_matches"
    __table_args__ = (UniqueConstraint("station_id", "headings", name="uq_settled_matches_headings"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    station_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("stations.id", name="fk_settled_matches_station"))
    headings: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    layout: Mapped[str] = mapped_column(bytewise(40), nullable=False)
    columns: Mapped[list[str]] = mapped_column(JSON, nullable=False)
