"""Attachments of rows, as the database keeps them: which files belong to which row.

Deleting a row takes them along: `packed` puts them into the row's snapshot in the recycle bin (erasing.py does), their files
stay where they are. Restoring a row calls `bring_back` with what stands under "attachments" in its part of the snapshot,
once the row itself is there again, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app
from flask_appbuilder import Model
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from .. import clock
from ..dictionary.columns import bytewise
from ..records.history import Deleted, jsonable
from .filestore import FileStore
from .filetypes import TYPES, FileType

ATTACH, DETACH = "attach", "detach"
"""Actions of a row's history. The line's `personal` holds {"attachment": [old name, new name]}: a file's name may be a voter's."""
_CODES = ", ".join(f"'{code}'" for code in TYPES)


class Attachment(Model):
    """One file of one row. `stored` is its random name on disk, `by` the uploader's name as it was then, `at` UTC."""

    __tablename__ = "attachments"
    __table_args__ = (
        UniqueConstraint("stored", name="uq_attachments_stored"),
        UniqueConstraint("ledger", "row_id", "sha256", name="uq_attachments_content"),
        CheckConstraint(f"type IN ({_CODES})", name="ck_attachments_type"),
        CheckConstraint("size > 0", name="ck_attachments_size"),
        Index("ix_attachments_station", "station_id", "id"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ledger: Mapped[str] = mapped_column(bytewise(40), nullable=False)
    row_id: Mapped[int] = mapped_column(Integer, nullable=False)
    station_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("stations.id", name="fk_attachments_station"))
    name: Mapped[str] = mapped_column(bytewise(200), nullable=False)
    type: Mapped[str] = mapped_column(bytewise(8), nullable=False)
    size: Mapped[int] = mapped_column(Integer, nullable=False)
    sha256: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    stored: Mapped[str] = mapped_column(bytewise(32), nullable=False)
    has_thumbnail: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    account_id: Mapped[int | None] = mapped_column(Integer)
    by: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False, default=clock.utc_now)
    note: Mapped[str | None] = mapped_column(bytewise(200))
    drawn_from: Mapped[str | None] = mapped_column(bytewise(400))
    """Of a file that was made from rows of other ledgers: their keys, apart by spaces. It opens for who may open files of each."""

    @property
    def kind(self) -> FileType:
        return TYPES[self.type]


def file_store() -> FileStore:
    """This installation's files."""
    return FileStore(Path(current_app.config["INSTANCE"]) / "files")


def attachments_of(session: Session, key: str, row_id: int) -> list[Attachment]:
    """A row's attachments, the first uploaded first."""
    return list(session.scalars(select(Attachment).where(Attachment.ledger == key, Attachment.row_id == row_id).order_by(Attachment.id)))


def attachments_count(session: Session, key: str, row_id: int) -> int:
    return session.scalar(select(func.count()).select_from(Attachment).where(Attachment.ledger == key, Attachment.row_id == row_id)) or 0


def packed(session: Session, key: str, row_id: int) -> list[dict[str, Any]]:
    """A row's attachments as the recycle bin keeps them, in the row's part of the snapshot."""
    return [
        {column.key: jsonable(getattr(each, column.key)) for column in each.__mapper__.column_attrs}
        for each in attachments_of(session, key, row_id)
    ]


def let_go(session: Session, key: str, row_id: int) -> None:
    """The row goes into the recycle bin: its attachments leave the table, their files stay."""
    session.execute(delete(Attachment).where(Attachment.ledger == key, Attachment.row_id == row_id))


def bring_back(session: Session, key: str, row_id: int, kept: Iterable[Mapping[str, Any]]) -> list[Attachment]:
    """The row is out of the recycle bin again: so are its attachments, with the ids they had. Gives those whose file is gone:
    their entry is back, so that it can be seen what is missing."""
    rows = [{**each, "ledger": key, "row_id": row_id, "at": datetime.fromisoformat(each["at"])} for each in kept]
    if not rows:
        return []
    session.execute(insert(Attachment), rows)
    store = file_store()
    return [each for each in attachments_of(session, key, row_id) if store.path(each.stored) is None]


def named_files(session: Session) -> set[str]:
    """Every stored name that is still needed: of rows, and of rows that wait in the recycle bin."""
    named = set(session.scalars(select(Attachment.stored)))
    for snapshot in session.scalars(select(Deleted.snapshot).execution_options(yield_per=200)):
        named |= {each["stored"] for part in snapshot for each in part.get("attachments", ())}
    return named
