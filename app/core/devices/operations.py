"""What screens did while nobody may have been listening: each operation carries an id of its own and counts once.

A screen sends what was done as a batch, as often as it must until it has the answer. An operation sets a state and never toggles
one, and what follows from several of them depends on when each was done, not on which came in first: two tablets of which one had
no network agree in the end. The outcome is kept with the id in the transaction that writes it, so the same id gets the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_appbuilder import Model
from psycopg.errors import DeadlockDetected
from sqlalchemy import JSON, Boolean, DateTime, ForeignKey, Index, Integer, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from .. import clock
from ..database import db, write_transaction
from ..dictionary.columns import bytewise
from ..dictionary.ledger import LEDGERS, Ledger
from ..records.history import jsonable
from ..records.saving import Writing
from ..records.writing import change_set
from ..refusals import Refusal, Refused
from .openscreens import Opened, changed

MOST_AT_ONCE = 200
MOST_OFF = timedelta(days=1)
"""A device whose clock is further off than this has no time worth correcting."""
SLACK = timedelta(minutes=1)
TRIES = 3
_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


class KeptOperation(Model):
    """An operation as it came in. `made_at` is what the device's clock said, `at` the same by ours (both UTC); `subject` whom or
    what it concerns; `taken` whether it was."""

    __tablename__ = "operations"
    __table_args__ = (
        UniqueConstraint("uid", name="uq_operations_uid"),
        Index("ix_operations_subject", "ledger", "row_id", "subject", "at"),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    uid: Mapped[str] = mapped_column(bytewise(64), nullable=False)
    screen_id: Mapped[int] = mapped_column(Integer, ForeignKey("open_screens.id", name="fk_operations_screen"), nullable=False, index=True)
    screen: Mapped[str] = mapped_column(bytewise(20), nullable=False)
    ledger: Mapped[str] = mapped_column(bytewise(40), nullable=False)
    row_id: Mapped[int] = mapped_column(Integer, nullable=False)
    kind: Mapped[str] = mapped_column(bytewise(20), nullable=False)
    subject: Mapped[str] = mapped_column(bytewise(60), nullable=False)
    made_at: Mapped[datetime | None] = mapped_column(DateTime)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    received_at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    clock_doubtful: Mapped[bool] = mapped_column(Boolean, nullable=False, default=False)
    taken: Mapped[bool] = mapped_column(Boolean, nullable=False)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False, default=dict)


@dataclass(frozen=True)
class Operation:
    """One operation on its way in: `at` is when it was done, at the office's time."""

    uid: str
    kind: str
    facts: Mapping[str, Any]
    at: datetime
    clock_doubtful: bool


@dataclass(frozen=True)
class Done:
    """What a handler made of an operation: whom it concerned, and what the screen is to be told."""

    subject: str
    outcome: Mapping[str, Any]


@dataclass(frozen=True)
class Earlier:
    """An operation taken before, as a fold over all of one subject sees it."""

    kind: str
    at: datetime
    uid: str
    outcome: Mapping[str, Any]


Handler = Callable[[Writing, Operation], Done]
Beside = Callable[[Ledger], bool]


def corrected(made: datetime | None, sent: datetime | None, received: datetime) -> tuple[datetime, bool]:
    """When something was done by our clock, and whether that is only the time it came in.

    The device sends its own now with every batch: what that differs from ours is what its clock is off. All moments naive UTC.
    """
    if made is None or sent is None:
        return received, True
    off = received - sent
    if abs(off) > MOST_OFF or made + off > received + SLACK:
        return received, True
    return min(made + off, received), False


def run(opened: Opened, sent: Any, batch: Sequence[Any], handler: Handler, beside: Beside | None = None) -> list[dict[str, Any]]:
    """Run what is not known yet and answer all: one transaction for the batch, a savepoint for each operation.

    One batch of a row at a time, unless `beside` says of the row as it is that this batch changes nothing that another one may
    change too: such batches share the row, and their handler locks whom it is about (`one_at_a_time`).
    """
    if beside is not None:
        try:
            answers = _run_batch(opened, sent, batch, handler, beside)
        except OperationalError as error:
            if not isinstance(error.orig, DeadlockDetected):
                raise
            answers = None
        if answers is not None:
            return answers
    return _run_batch(opened, sent, batch, handler, None) or []


def one_at_a_time(session: Session, model: type[Ledger], row_id: int) -> None:
    """Until the transaction ends nobody else works on this subject; what refers to it may still be written."""
    session.execute(select(model.id).where(model.id == row_id).with_for_update(key_share=True)).all()


def _run_batch(opened: Opened, sent: Any, batch: Sequence[Any], handler: Handler, beside: Beside | None) -> list[dict[str, Any]] | None:
    """None where the row, once it was locked, turned out to be one that the batch needs for itself."""
    received, device_now = clock.utc_now(), _moment(sent)
    answers = []
    with write_transaction(db.session) as session:
        model = LEDGERS[opened.ledger]
        row = session.scalars(select(model).where(model.id == opened.row_id).with_for_update(read=beside is not None)).first()
        if beside is not None and (row is None or not beside(row)):
            return None
        uids = [each["id"] for each in batch if isinstance(each, dict) and isinstance(each.get("id"), str)]
        known = {row.uid: row for row in session.scalars(select(KeptOperation).where(KeptOperation.uid.in_(uids)))}
        for each in batch:
            uid = each.get("id") if isinstance(each, dict) else None
            if not isinstance(uid, str) or not _ID.fullmatch(uid):
                answers.append({"id": uid if isinstance(uid, str) else "", **refused(Refusal("operation_unreadable"))})
                continue
            kept = known.get(uid)
            if kept is None:
                kept = known[uid] = _run_one(session, opened, _read(uid, each, device_now, received), each, received, handler)
            if (kept.ledger, kept.row_id, kept.screen) != (opened.ledger, opened.row_id, opened.screen):
                answers.append({"id": uid, **refused(Refusal("operation_elsewhere"))})
                continue
            answers.append({"id": uid, **kept.outcome})
        changed(session, opened.ledger, opened.row_id)
    return answers


def refused(*refusals: Refusal) -> dict[str, Any]:
    """An outcome that says no, with its sentence."""
    return {"ok": False, "code": refusals[0].code, "sentence": "；".join(each.sentence() for each in refusals)}


def earlier(session: Session, opened: Opened, subject: str) -> list[Earlier]:
    """What was taken before for a subject of this row, from whichever screen."""
    rows = session.execute(
        select(KeptOperation.kind, KeptOperation.at, KeptOperation.uid, KeptOperation.outcome).where(
            KeptOperation.ledger == opened.ledger,
            KeptOperation.row_id == opened.row_id,
            KeptOperation.subject == subject,
            KeptOperation.taken.is_(True),
        )
    )
    return [Earlier(row.kind, clock.to_office(row.at), row.uid, row.outcome) for row in rows]


def _read(uid: str, given: Mapping[str, Any], device_now: datetime | None, received: datetime) -> Operation:
    at, doubtful = corrected(_moment(given.get("made")), device_now, received)
    kind = given.get("kind")
    return Operation(uid, kind[:20] if isinstance(kind, str) else "", given, clock.to_office(at), doubtful)


def _run_one(
    session: Session, opened: Opened, operation: Operation, given: Mapping[str, Any], received: datetime, handler: Handler
) -> KeptOperation:
    for _attempt in range(TRIES):
        try:
            with change_set(opened.actor) as writing:
                done = handler(writing, operation)
                return _keep(session, opened, operation, given, received, done.subject, {"ok": True, **done.outcome})
        except Refused as no:
            outcome = refused(*no.refusals)
        except (IntegrityError, StaleDataError):  # the same id, or the same row, at the same moment
            session.expire_all()
            kept = session.scalars(select(KeptOperation).where(KeptOperation.uid == operation.uid)).first()
            if kept is not None:
                return kept
            continue
        return _keep(session, opened, operation, given, received, "", outcome)
    raise Refused(Refusal("conflict"))  # kept under no id: the screen sends it once more


def _keep(
    session: Session,
    opened: Opened,
    operation: Operation,
    given: Mapping[str, Any],
    received: datetime,
    subject: str,
    outcome: Mapping[str, Any],
) -> KeptOperation:
    kept = KeptOperation(
        uid=operation.uid,
        screen_id=opened.id,
        screen=opened.screen,
        ledger=opened.ledger,
        row_id=opened.row_id,
        kind=operation.kind,
        subject=subject,
        made_at=_moment(given.get("made")),
        at=operation.at.replace(tzinfo=clock.OFFICE).astimezone(UTC).replace(tzinfo=None),
        received_at=received,
        clock_doubtful=operation.clock_doubtful,
        taken=bool(outcome["ok"]),
        outcome={name: jsonable(value) for name, value in outcome.items()},
    )
    session.add(kept)
    session.flush()
    return kept


def _moment(milliseconds: Any) -> datetime | None:
    """A device's clock, in milliseconds since 1970, as naive UTC; None where that is no time."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, (int, float)) or not 0 < milliseconds < 4_102_444_800_000:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).replace(tzinfo=None)
