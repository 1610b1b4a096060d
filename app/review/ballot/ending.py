"""The end of a vote's ballots: rows deleted, key destroyed; by the closing, by giving up, by age, and whatever was left behind."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.core import clock
from app.core.database import db, write_transaction
from app.core.devices.openscreens import changed
from app.core.refusals import Refusal

from . import keys, rules
from .models import OPEN, PREPARED, VOID, Vote, VoteCode, VoteSheet

log = logging.getLogger(__name__)
SWEPT_EVERY_S = 60
_ORPHANED = timedelta(hours=1)
"""A key older than this without a vote belongs to a preparation that failed."""


def expire(vote_id: int) -> bool:
    """An open vote is void after 24 hours, whoever asks first. True: it is void now."""
    with write_transaction(db.session) as session:
        vote = session.scalars(
            select(Vote).where(Vote.id == vote_id).with_for_update().execution_options(populate_existing=True)
        ).one()
        if vote.state != OPEN or vote.opened_at is None or not rules.is_over(vote.opened_at, clock.now()):
            return False
        end(session, vote, VOID, "", Refusal("vote_expired").sentence())
        ref = vote.ref
    keys.destroy(ref)
    return True


def end(session: Session, vote: Vote, state: str, by: str, void_reason: str) -> None:
    """No ballot after this; its rows go, and with its key what was ever written of them says nothing."""
    for model in (VoteSheet, VoteCode):
        session.execute(delete(model).where(model.vote_id == vote.id))
    vote.state, vote.void_reason = (VOID if void_reason else state), void_reason
    vote.closed_at, vote.closed_by = clock.now(), by
    changed(session, "review_meetings", vote.meeting_id)


def sweep() -> None:
    """Keys that nobody needs any more are destroyed, also where the power failed between closing and destroying, and open votes
    that are too old become void."""
    for ref, made in list(keys.kept()):
        vote = db.session.execute(select(Vote.id, Vote.state).where(Vote.ref == ref)).one_or_none()
        db.session.rollback()
        age = clock.utc_now() - datetime.fromtimestamp(made, UTC).replace(tzinfo=None)
        if vote.state not in (PREPARED, OPEN) if vote is not None else age > _ORPHANED:
            keys.destroy(ref)
        elif vote is not None and vote.state == OPEN:
            expire(vote.id)


def sweep_until(app: Flask, stopping: threading.Event) -> None:
    """Sweep at the start and every minute while the server runs. A database that is out of reach is asked again the next time."""
    while True:
        with app.app_context():
            try:
                sweep()
            except (OperationalError, OSError) as error:
                log.warning("The keys of votes were not swept: %s", type(error).__name__)
            db.session.remove()
        if stopping.wait(SWEPT_EVERY_S):
            return
