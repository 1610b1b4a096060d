"""Votes and what they consist of. Plain tables, no ledgers: in no history, export, search or recycle bin.

What was decided stands in `review_results`, written the house's way; here stand the slips, the ballots while they are needed, the
tellers' entries, and what was announced with its seal.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_appbuilder import Model
from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
)
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.core.dictionary.columns import bytewise

PREPARED, OPEN, COUNTING, ANNOUNCED, VOID = "prepared", "open", "counting", "announced", "void"
STATES = (PREPARED, OPEN, COUNTING, ANNOUNCED, VOID)
LIVE = (PREPARED, OPEN, COUNTING)
"""A meeting has one vote at a time in these states."""
_LIVE = sql("state IN ('prepared', 'open', 'counting')")


class Vote(Model):
    """A vote at a review meeting; a repeat is another one, with a reason. Times are the office's.

    `ref` names it in addresses and in its key's file. `frozen` holds what may not change from the opening on (rules.Frozen),
    `electronic` what the electronic ballots came to, `totals` what was announced (rules.Totals), `seal` the hash over all that.
    """

    __tablename__ = "votes"
    __table_args__ = (
        ForeignKeyConstraint(["station_id", "meeting_id"], ["review_meetings.station_id", "review_meetings.id"], name="fk_votes_meeting"),
        UniqueConstraint("ref", name="uq_votes_ref"),
        UniqueConstraint("meeting_id", "number", name="uq_votes_number"),
        CheckConstraint("state IN ('prepared', 'open', 'counting', 'announced', 'void')", name="ck_votes_state"),
        CheckConstraint("number = 1 OR reason <> ''", name="ck_votes_reason"),
        CheckConstraint("electronic_undealt BETWEEN 0 AND electronic_printed", name="ck_votes_electronic"),
        CheckConstraint("paper_undealt BETWEEN 0 AND paper_printed", name="ck_votes_paper"),
        CheckConstraint("(state = 'announced') = (seal IS NOT NULL)", name="ck_votes_seal"),
        CheckConstraint("(state = 'void') = (void_reason <> '')", name="ck_votes_void"),
        Index("uq_votes_live", "meeting_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_votes_state", "state"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(bytewise(12), nullable=False)
    station_id: Mapped[int] = mapped_column(Integer, ForeignKey("stations.id", name="fk_votes_station"), nullable=False)
    meeting_id: Mapped[int] = mapped_column(Integer, nullable=False)
    number: Mapped[int] = mapped_column(Integer, nullable=False)
    reason: Mapped[str] = mapped_column(Text, nullable=False, default="")
    state: Mapped[str] = mapped_column(bytewise(10), nullable=False, default=PREPARED)
    electronic_printed: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    electronic_undealt: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    paper_printed: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    paper_undealt: Mapped[int] = mapped_column(Integer, nullable=False, default=0)
    frozen: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    electronic: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    totals: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    seal: Mapped[str | None] = mapped_column(bytewise(64))
    void_reason: Mapped[str] = mapped_column(Text, nullable=False, default="")
    prepared_at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    prepared_by: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    opened_at: Mapped[datetime | None] = mapped_column(DateTime)
    opened_by: Mapped[str | None] = mapped_column(bytewise(64))
    closed_at: Mapped[datetime | None] = mapped_column(DateTime)
    closed_by: Mapped[str | None] = mapped_column(bytewise(64))
    signed_at: Mapped[datetime | None] = mapped_column(DateTime)
    signed_by: Mapped[str | None] = mapped_column(bytewise(80))
    announced_at: Mapped[datetime | None] = mapped_column(DateTime)
    announced_by: Mapped[str | None] = mapped_column(bytewise(64))

    @property
    def dealt(self) -> int:
        """发出: what was printed less what came back undealt, both kinds together."""
        return self.electronic_dealt + self.paper_dealt

    @property
    def electronic_dealt(self) -> int:
        return self.electronic_printed - self.electronic_undealt

    @property
    def paper_dealt(self) -> int:
        return self.paper_printed - self.paper_undealt


class VoteCode(Model):
    """An electronic slip: what is kept of its code, and whether it was used. No time, no number, no order but that of the marks."""

    __tablename__ = "vote_codes"
    __table_args__ = ({"sqlite_with_rowid": False},)
    vote_id: Mapped[int] = mapped_column(Integer, ForeignKey("votes.id", name="fk_vote_codes_vote"), primary_key=True, autoincrement=False)
    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    used: Mapped[bool] = mapped_column(Boolean(create_constraint=False), nullable=False, default=False)


class VoteSheet(Model):
    """A ballot: one ciphertext of fixed length under a key column drawn at random."""

    __tablename__ = "vote_sheets"
    __table_args__ = ({"sqlite_with_rowid": False},)
    vote_id: Mapped[int] = mapped_column(Integer, ForeignKey("votes.id", name="fk_vote_sheets_vote"), primary_key=True, autoincrement=False)
    place: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    ciphertext: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)


class PaperEntry(Model):
    """What one teller counted of the paper ballots (S9-5): votes of each deputy by grade, as totals or sheet by sheet."""

    __tablename__ = "vote_paper_entries"
    __table_args__ = (
        CheckConstraint("teller IN (1, 2)", name="ck_vote_paper_entries_teller"),
        CheckConstraint("returned >= 0", name="ck_vote_paper_entries_returned"),
    )
    vote_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("votes.id", name="fk_vote_paper_entries_vote"), primary_key=True, autoincrement=False
    )
    teller: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    returned: Mapped[int] = mapped_column(Integer, nullable=False)
    votes: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    sheets: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    entered_by: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    entered_at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
