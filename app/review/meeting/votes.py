"""The last vote of a meeting, as the meeting's page and its screens tell of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..ballot import papercount
from ..ballot.announcing import results_of, verify
from ..ballot.casting import progress
from ..ballot.counting import FORMULAS, Difference, Result, seal_words
from ..ballot.models import ANNOUNCED, COUNTING, OPEN, PREPARED, VOID, Vote
from ..ballot.rules import Frozen, cautions
from ..ballot.services import frozen_now
from ..rules import GRADES

_votes: Any = Vote
VOTE_STATES: Mapping[str, Any] = {
    PREPARED: _("Prepared"), OPEN: _("The vote is open"), COUNTING: _("Counting"), ANNOUNCED: _("Announced"), VOID: _("Void"),
}


def last_vote(session: Session, meeting_id: int) -> Vote | None:
    return session.scalars(select(Vote).where(_votes.meeting_id == meeting_id).order_by(_votes.number.desc()).limit(1)).first()


def state_of(session: Session, meeting_id: int) -> str:
    """Where the last vote stands; empty while there is none."""
    found = select(_votes.state).where(_votes.meeting_id == meeting_id).order_by(_votes.number.desc()).limit(1)
    return session.scalars(found).first() or ""


def opened_at(session: Session, meeting_id: int) -> datetime | None:
    """When the last vote was opened, at the office's time."""
    found = select(_votes.opened_at).where(_votes.meeting_id == meeting_id).order_by(_votes.number.desc()).limit(1)
    return session.scalars(found).first()


@dataclass(frozen=True)
class Shown:
    """A vote as a page shows it, in any of its states. `frozen`: as it was fixed at the opening, before that as it would be."""

    vote: Vote
    frozen: Frozen
    formula: str
    cautions: Sequence[str]
    progress: str
    entered: Sequence[int]
    """The tellers who have entered their counts."""
    differences: Sequence[Difference] | None
    results: Sequence[Result]
    seal: str
    broken: Sequence[str]
    """What was changed since the announcement."""

    def grade(self, code: str) -> str:
        """The word of a grade on the sheet."""
        return dict(zip(GRADES, self.frozen.grades, strict=True))[code]

    @property
    def to_sign(self) -> bool:
        return self.vote.state == COUNTING and self.vote.signed_at is None and self.differences == []

    @property
    def to_announce(self) -> bool:
        """Without paper the closing announces by itself; where that was refused, or the power failed in between, it is done by hand."""
        return self.vote.state == COUNTING and (self.vote.signed_at is not None or not self.vote.paper_dealt)


def shown(session: Session, vote: Vote) -> Shown:
    frozen = Frozen.of(vote.frozen) if vote.frozen else frozen_now(session, vote.meeting_id)
    counting = vote.state == COUNTING and vote.paper_dealt > 0
    voting = progress(session, vote) if vote.state == OPEN and vote.electronic_printed else None
    return Shown(
        vote=vote,
        frozen=frozen,
        formula=str(FORMULAS[frozen.formula]),
        cautions=[each.sentence() for each in cautions(vote.electronic_dealt, vote.paper_dealt)] if vote.state == PREPARED else [],
        progress=voting.sentence if voting is not None and voting.voted else "",
        entered=sorted(papercount.entries(session, vote.id)) if counting else [],
        differences=papercount.compare(session, vote) if counting else None,
        results=results_of(vote) if vote.state == ANNOUNCED else [],
        seal=seal_words(vote.seal) if vote.seal else "",
        broken=[each.sentence() for each in verify(session, vote)],
    )
