"""Casting a ballot: the code is burned and the ballot stored in one transaction, and nothing says which ballot was whose.

Nothing here writes to a log, a history, an operation or a job, and no answer holds a code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.core import clock
from app.core.database import db, write_transaction
from app.core.refusals import Refusal, Refused, refuse_any

from . import codes, keys, rules, sheets
from .models import OPEN, PREPARED, Vote, VoteCode, VoteSheet
from .rules import Frozen
from .services import expire

COUNTED, ALREADY = "counted", "already"


def cast(ref: str, typed: str, given: Any) -> str:
    """Put a ballot into the box: COUNTED, or ALREADY where this code's ballot lies in it. `given` maps mandates (as text) to the
    number of the grade. Raises Refused with the reason why nothing was counted."""
    vote = open_vote_at(ref)
    vote_id, frozen = vote.id, Frozen.of(vote.frozen or {})
    code = codes.read(typed)
    if code is None:
        raise Refused(Refusal("ballot_mistyped"))
    key = keys.read(ref)
    if key is None:
        raise Refused(Refusal("ballot_no_key"))
    mark = sheets.mark_of(key, code)
    used = _used(vote_id, mark)
    if used:
        return ALREADY
    if used is None:
        open_vote_at(ref)  # closed since it was looked at, and its codes gone with it: then the ballot is late, the code not unknown
        raise Refused(Refusal("ballot_elsewhere" if _known_elsewhere(code, vote_id) else "ballot_unknown"))
    chosen, refused = rules.choices(given, frozen)
    refuse_any(refused)
    with write_transaction(db.session) as session:
        state = session.execute(select(Vote.state).where(Vote.id == vote_id).with_for_update(read=True, key_share=True)).scalar_one()
        if state != OPEN:
            raise Refused(Refusal("ballot_late"))
        of_code = (VoteCode.vote_id == vote_id, VoteCode.mark == mark, VoteCode.used.is_(False))
        burned: Any = session.execute(update(VoteCode).where(*of_code).values(used=True).execution_options(synchronize_session=False))
        if burned.rowcount != 1:
            return ALREADY
        place = sheets.new_place()
        ballot = {"vote_id": vote_id, "place": place, "ciphertext": sheets.sealed(key, ref, place, chosen)}
        session.execute(insert(VoteSheet), [ballot])
    return COUNTED


def open_vote_at(ref: str) -> Vote:
    """The vote at an address, if it takes ballots now. Raises Refused."""
    vote = db.session.scalars(select(Vote).where(Vote.ref == ref[:12]).execution_options(populate_existing=True)).one_or_none()
    if vote is None:
        raise Refused(Refusal("ballot_no_vote"))
    if vote.state == PREPARED:
        raise Refused(Refusal("ballot_not_open"))
    too_old = vote.state == OPEN and vote.opened_at is not None and rules.is_over(vote.opened_at, clock.now())
    if vote.state != OPEN or (too_old and expire(vote.id)):
        raise Refused(Refusal("ballot_late"))
    return vote


def open_votes() -> list[Vote]:
    """The votes whose ballot boxes stand on this machine and are open."""
    found = db.session.scalars(select(Vote).where(Vote.state == OPEN, Vote.electronic_printed > 0).order_by(Vote.id))
    return [vote for vote in found if keys.read(vote.ref) is not None]


def _used(vote_id: int, mark: bytes) -> bool | None:
    """Whether a code was used; None: no slip of this vote bears it."""
    return db.session.scalar(select(VoteCode.used).where(VoteCode.vote_id == vote_id, VoteCode.mark == mark))


def _known_elsewhere(code: str, vote_id: int) -> bool:
    """Whether another vote of this machine gave out the code."""
    others = db.session.execute(select(Vote.id, Vote.ref).where(Vote.state.in_((PREPARED, OPEN)), Vote.id != vote_id)).all()
    found = [(row.id, key) for row in others if (key := keys.read(row.ref)) is not None]
    return any(_used(other, sheets.mark_of(key, code)) is not None for other, key in found)


@dataclass(frozen=True)
class Progress:
    """How far an open vote is, for everybody to see: electronic ballots in steps, paper ones only as dealt."""

    dealt: int
    electronic_dealt: int
    paper_dealt: int
    voted: int
    """At least so many electronic ballots are in the box; exact only when all are."""
    sentence: str


def progress(session: Session, vote: Vote) -> Progress:
    """What may be told while ballots are cast; one short statement."""
    of_vote = (VoteCode.vote_id == vote.id, VoteCode.used.is_(True))
    voted = session.scalar(select(func.count()).select_from(VoteCode).where(*of_vote)) or 0
    voted = rules.told(voted, vote.electronic_dealt)
    everybody = voted >= vote.electronic_dealt
    sentence = _("All %(voted)s have voted", voted=voted) if everybody else _("%(voted)s or more have voted", voted=voted)
    return Progress(vote.dealt, vote.electronic_dealt, vote.paper_dealt, voted, sentence)
