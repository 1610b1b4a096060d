"""Whose votes there are, and who may do what with them: the office prepares and counts, the head of station decides."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access.actor import Actor
from app.core.dictionary.roles import Verb
from app.core.records.saving import Writing
from app.core.refusals import NotThere, Refusal, Refused

from .models import Vote

OFFICE = frozenset({"head", "liaison"})
HEADS = frozenset({"head"})


def meeting_for(session: Session, actor: Actor, meeting_id: int, roles: frozenset[str]) -> Any:
    """The meeting, if the actor may work on its vote in one of these roles. Raises NotThere, Refused."""
    meeting = Writing(session, actor).existing("review_meetings", meeting_id, Verb.EDIT)
    if not roles & set(actor.roles):
        raise Refused(Refusal("not_permitted"))
    return meeting


def vote_for(session: Session, actor: Actor, vote_id: int, roles: frozenset[str], *states: str) -> Vote:
    """The vote, locked until the transaction ends, if it is in one of these states. Raises NotThere, Refused."""
    vote = session.scalars(
        select(Vote).where(Vote.id == vote_id).with_for_update().execution_options(populate_existing=True)
    ).one_or_none()
    if vote is None:
        raise NotThere("votes")
    meeting_for(session, actor, vote.meeting_id, roles)
    if vote.state not in states:
        raise Refused(Refusal("vote_state"))
    return vote


def votes_of(session: Session, meeting_id: int) -> list[Vote]:
    """The votes of a meeting that the caller may see, the latest first."""
    return list(session.scalars(select(Vote).where(Vote.meeting_id == meeting_id).order_by(Vote.number.desc())))
