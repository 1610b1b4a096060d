"""A vote from its slips to its closing. Each verb is one transaction; casting, counting on paper and announcing stand beside.

    made = prepare(actor, meeting_id, electronic=20, paper=40)      # made.codes: once, for printing
    open_vote(actor, made.vote_id)
    casting.cast(made.ref, code, {"7": 0, "9": 2})                  # by the ballot page
    count_undealt(actor, made.vote_id, electronic=2, paper=1)
    close(actor, made.vote_id)                                      # announced at once where no paper was dealt
    papercount.enter(...) twice, papercount.sign(...), announcing.announce(actor, made.vote_id)
"""

from __future__ import annotations

import logging
import secrets
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from flask import Flask
from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db, write_transaction
from app.core.devices.openscreens import changed
from app.core.dictionary.ledger import LEDGERS, Ledger
from app.core.records.hooks import Saving, before_erasing, before_saving
from app.core.refusals import Refusal, Refused, refuse_any
from app.work.services import setting

from ..models import ReviewMeeting, VoterRepresentative
from . import codes, keys, rules, sheets
from .access import HEADS, OFFICE, meeting_for, vote_for, votes_of
from .announcing import announce
from .counting import SATISFIED, WITH_BASICALLY, Part, tally
from .models import COUNTING, LIVE, OPEN, PREPARED, VOID, Vote, VoteCode, VoteSheet
from .rules import Frozen, Line

log = logging.getLogger(__name__)
SWEPT_EVERY_S = 60
_ORPHANED = timedelta(hours=1)
"""A key older than this without a vote belongs to a preparation that failed."""


@dataclass(frozen=True)
class Prepared:
    """A vote with its slips; the codes exist here and on the printed slips only, so they are not shown either."""

    vote_id: int
    ref: str
    codes: list[str] = field(repr=False)


def prepare(actor: Actor, meeting_id: int, electronic: int, paper: int, reason: str = "") -> Prepared:
    """A new vote of a meeting with so many slips of either kind. Raises NotThere, Refused: a repeat needs a reason."""
    refuse_any(rules.slips_wanted(electronic, paper))
    reason, ref = reason.strip()[:400], secrets.token_hex(4)
    with ExitStack() as undo:
        if electronic:
            keys.make(ref)
            undo.callback(keys.destroy, ref)
        try:
            with write_transaction(db.session) as session:
                meeting = meeting_for(session, actor, meeting_id, OFFICE)
                before = votes_of(session, meeting_id)
                if any(vote.state in LIVE for vote in before):
                    raise Refused(Refusal("vote_going_on"))
                if before and not reason:
                    raise Refused(Refusal("vote_reason", "reason"))
                vote = Vote(
                    ref=ref, station_id=meeting.station_id, meeting_id=meeting_id, number=len(before) + 1, reason=reason,
                    prepared_at=clock.now(), prepared_by=actor.name,
                )
                session.add(vote)
                session.flush()
                drawn = _add(session, vote, electronic, paper)
                changed(session, "review_meetings", meeting_id)
                made = Prepared(vote.id, ref, drawn)
        except IntegrityError as error:
            raise Refused(Refusal("vote_going_on")) from error
        undo.pop_all()
    return made


def add_slips(actor: Actor, vote_id: int, electronic: int, paper: int) -> list[str]:
    """More slips for a vote that is prepared or open; gives the codes of the new ones. Raises NotThere, Refused."""
    with write_transaction(db.session) as session:
        vote = vote_for(session, actor, vote_id, OFFICE, PREPARED, OPEN)
        refuse_any(rules.slips_wanted(electronic, paper, vote.electronic_printed + vote.paper_printed))
        if electronic and not vote.electronic_printed and keys.read(vote.ref) is None:
            keys.make(vote.ref)
        drawn = _add(session, vote, electronic, paper)
        changed(session, "review_meetings", vote.meeting_id)
        return drawn


def _add(session: Session, vote: Vote, electronic: int, paper: int) -> list[str]:
    vote.electronic_printed += electronic
    vote.paper_printed += paper
    if not electronic:
        return []
    key = _key(vote)
    drawn: set[str] = set()
    while len(drawn) < electronic:
        drawn.add(codes.draw())
    marks = sorted(sheets.mark_of(key, code) for code in drawn)
    session.execute(insert(VoteCode), [{"vote_id": vote.id, "mark": mark, "used": False} for mark in marks])
    shuffled = sorted(drawn)
    secrets.SystemRandom().shuffle(shuffled)
    return shuffled


def count_undealt(actor: Actor, vote_id: int, electronic: int, paper: int) -> None:
    """How many slips of either kind are left in the office's hands, before the closing. Raises NotThere, Refused."""
    with write_transaction(db.session) as session:
        vote = vote_for(session, actor, vote_id, OFFICE, PREPARED, OPEN)
        refuse_any([
            *rules.undealt("electronic", electronic, vote.electronic_printed), *rules.undealt("paper", paper, vote.paper_printed),
        ])
        vote.electronic_undealt, vote.paper_undealt = electronic, paper
        changed(session, "review_meetings", vote.meeting_id)


def open_vote(actor: Actor, vote_id: int) -> None:
    """From now on ballots count, and nothing of what they are about changes (R17). Raises NotThere, Refused."""
    with write_transaction(db.session) as session:
        vote = vote_for(session, actor, vote_id, HEADS, PREPARED)
        frozen = frozen_now(session, vote.meeting_id)
        refuse_any(rules.may_open(frozen, datetime.fromisoformat(frozen.day).date(), clock.today(), sheets.MOST_LINES))
        if vote.electronic_printed:
            _key(vote)
        vote.state, vote.frozen = OPEN, frozen.as_kept()
        vote.opened_at, vote.opened_by = clock.now(), actor.name
        changed(session, "review_meetings", vote.meeting_id)


def frozen_now(session: Session, meeting_id: int) -> Frozen:
    """What would be frozen if the vote opened now: also what a paper ballot shows when it is printed before."""
    meeting: Any = session.get_one(ReviewMeeting, meeting_id)
    activity: Any = session.get_one(LEDGERS["activities"], meeting.activity_id)
    grades = setting(session, meeting.station_id, "review_grades")
    present: Any = VoterRepresentative
    of_meeting = select(present.signed_in, func.count()).where(present.meeting_id == meeting_id).group_by(present.signed_in)
    found: Any = session.execute(of_meeting).all()
    signed: dict[bool, int] = dict(found)
    return Frozen(
        title=activity.title,
        day=activity.start.isoformat(),
        place=activity.place or "",
        lines=tuple(_lines(session, meeting_id)),
        grades=(*grades, _("Abstain")),
        formula=WITH_BASICALLY if setting(session, meeting.station_id, "review_rate_with_basically") else SATISFIED,
        audience=meeting.audience,
        required=setting(session, meeting.station_id, "voter_representatives"),
        expected=sum(signed.values()),
        signed_in=signed.get(True, 0),
        chair=meeting.chair or "",
        scrutineers=meeting.scrutineers or "",
        tellers=meeting.tellers or "",
    )


def _lines(session: Session, meeting_id: int) -> list[Line]:
    """The deputies who report, in the official order of names; levels are told where they differ."""
    mandates, deputies, terms = (LEDGERS[key] for key in ("mandates", "deputies", "terms"))
    reporters = ReviewMeeting.associations["reporters"]
    found = session.execute(
        select(mandates.id, deputies.name, terms.level)
        .join(reporters, reporters.c.target_id == mandates.id)
        .join(deputies, deputies.id == mandates.deputy_id)
        .join(terms, terms.id == mandates.term_id)
        .where(reporters.c.row_id == meeting_id)
        .order_by(
            deputies.official_order.is_(None), deputies.official_order, func.coalesce(deputies.stroke_key, "~"), deputies.id, mandates.id
        )
    ).all()
    choices = terms.fields["level"].choices
    levels = choices.labels if choices is not None else {}
    told = len({row.level for row in found}) > 1
    return [Line(row.id, row.name, str(levels[row.level]) if told else "") for row in found]


def close(actor: Actor, vote_id: int) -> None:
    """Count what was cast, keep the sums, destroy the ballots and the key. What paper was dealt is counted by the tellers next;
    without paper the result is announced at once. Raises NotThere, Refused."""
    with write_transaction(db.session) as session:
        vote = vote_for(session, actor, vote_id, HEADS, OPEN)
        frozen = Frozen.of(vote.frozen or {})
        void_reason = ""
        if vote.opened_at is not None and rules.is_over(vote.opened_at, clock.now()):
            void_reason = Refusal("vote_expired").sentence()
        elif vote.electronic_printed:
            counted = _opened(session, vote, frozen)
            vote.electronic = counted.as_kept() if counted is not None else None
            void_reason = Refusal("vote_tampered").sentence() if counted is None else ""
        _end(session, vote, COUNTING, actor.name, void_reason)
        ref, at_once = vote.ref, not void_reason and not vote.paper_dealt
    keys.destroy(ref)
    if at_once:
        announce(actor, vote_id)


def _opened(session: Session, vote: Vote, frozen: Frozen) -> Part | None:
    """The ballots' sums; None where they are not what was put there: one was changed, added or taken away."""
    key = _key(vote)
    used = session.execute(select(VoteCode.used, func.count()).where(VoteCode.vote_id == vote.id).group_by(VoteCode.used)).all()
    codes_of = dict(used)
    kept = session.execute(select(VoteSheet.place, VoteSheet.ciphertext).where(VoteSheet.vote_id == vote.id)).all()
    if sum(codes_of.values()) != vote.electronic_printed or codes_of.get(True, 0) != len(kept):
        return None
    try:
        ballots = [sheets.opened(key, vote.ref, row.place, row.ciphertext) for row in kept]
    except InvalidTag:
        return None
    return tally(ballots, frozen)


def void(actor: Actor, vote_id: int, reason: str) -> None:
    """Give a vote up: nothing of it counts, ballots and key are destroyed. Raises NotThere, Refused."""
    with write_transaction(db.session) as session:
        vote = vote_for(session, actor, vote_id, HEADS, *LIVE)
        if not reason.strip():
            raise Refused(Refusal("required", "reason"))
        _end(session, vote, VOID, actor.name, reason.strip()[:400])
        ref = vote.ref
    keys.destroy(ref)


def expire(vote_id: int) -> bool:
    """An open vote is void after 24 hours, whoever asks first. True: it is void now."""
    with write_transaction(db.session) as session:
        vote = session.scalars(
            select(Vote).where(Vote.id == vote_id).with_for_update().execution_options(populate_existing=True)
        ).one()
        if vote.state != OPEN or vote.opened_at is None or not rules.is_over(vote.opened_at, clock.now()):
            return False
        _end(session, vote, VOID, "", Refusal("vote_expired").sentence())
        ref = vote.ref
    keys.destroy(ref)
    return True


def _end(session: Session, vote: Vote, state: str, by: str, void_reason: str) -> None:
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


def _key(vote: Vote) -> bytes:
    key = keys.read(vote.ref)
    if key is None:
        raise Refused(Refusal("vote_no_key"))
    return key


@before_saving("review_meetings")
def vote_fixes_its_meeting(saving: Saving) -> None:
    """While ballots are out, who is voted on and when the meeting is stay as they were."""
    if saving.is_new or not saving.changed("reporters", "activity"):
        return
    going_on = select(Vote.id).where(Vote.meeting_id == saving.row.id, Vote.state.in_((OPEN, COUNTING))).limit(1)
    if saving.writing.session.scalar(going_on) is not None:
        raise Refused(Refusal("vote_fixed", "reporters"))


@before_erasing("review_meetings")
def vote_keeps_its_meeting(session: Session, meeting: Ledger) -> None:
    """A meeting at which a vote was held is not deleted: the vote is part of the record (S9-5)."""
    if session.scalar(select(Vote.id).where(Vote.meeting_id == meeting.id).limit(1)) is not None:
        raise Refused(Refusal("vote_kept"))
