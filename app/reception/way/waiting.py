"""What waits at the assignment desk, and whom to call: listings of opinions and sheets, scoped and masked as everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.access.actor import Actor
from app.core.dictionary.several import link
from app.core.lists.listing import Listing

from ..models import Opinion
from ..outcomes import Assignment, Reply, Suggestion

PARTS = ("to_assign", "gathering", "to_sign")
_opinions: Any = Opinion
_sheets: Any = Assignment
_replies: Any = Reply
_suggestions: Any = Suggestion
_OPINION = ("number", "heard_on", "village", "category", "words", "deputy", "assign_due", "assign_signed_on")
_SHEET = ("number", "opinion", "organ", "assigned_on", "due", "instruction", "opinion.words")
_CALL = ("opinion", "replied_on", "form", "answer", "opinion.voter_name", "opinion.voter_phone")
_VERDICT = (
    "number", "title", "deputy", "deputy.phone", "organ", "answered_on", "result", "again_on", "again_answered_on", "again_result",
)
_draft = and_(_sheets.signed_on.is_(None), _sheets.received_on.is_(None), _sheets.returned_on.is_(None))


def waiting(session: Session, actor: Actor, part: str) -> Listing:
    """Opinions to be assigned or gathered, or sheets to be signed, the oldest first."""
    if part == "to_sign":
        listing = Listing(session, actor, Assignment, _SHEET, sort="assigned_on")
        listing.predicates += [_draft, _sheets.opinion_id.in_(select(_opinions.id).where(_opinions.status == "to_assign"))]
        return listing
    listing = Listing(session, actor, Opinion, _OPINION, sort="heard_on")
    listing.predicates.append(_opinions.status == part)
    if part == "to_assign":
        listing.predicates.append(~exists().where(_sheets.opinion_id == _opinions.id, _draft))
    return listing


def to_call(session: Session, actor: Actor) -> Listing:
    """Answers of open matters that nobody has asked the person about, the oldest first."""
    listing = Listing(session, actor, Reply, _CALL, sort="replied_on")
    later: Any = aliased(Reply)
    last = ~exists().where(later.opinion_id == _replies.opinion_id, later.round > _replies.round)
    listing.predicates += [
        _replies.satisfaction.is_(None), last, _replies.opinion_id.in_(select(_opinions.id).where(_opinions.status == "answered"))
    ]
    return listing


def to_tell(session: Session, actor: Actor) -> Listing:
    """Opinions whose suggestion has been answered: the person has not been told."""
    listing = Listing(session, actor, Opinion, ("number", "words", "voter_name", "voter_phone"), sort="heard_on")
    kept = link(Suggestion, Suggestion.fields["opinions"])
    answered = select(kept.other).join(Suggestion, Suggestion.id == kept.own).where(_suggestions.answered_on.is_not(None))
    listing.predicates += [_opinions.status == "assigned", _opinions.id.in_(answered)]
    return listing


def to_judge(session: Session, actor: Actor) -> Listing:
    """Suggestions whose answer the deputy has not judged yet, first or second, the oldest answer first."""
    listing = Listing(session, actor, Suggestion, _VERDICT, sort="answered_on")
    listing.predicates.append(_suggestions.status == "answered")
    listing.predicates.append(or_(_suggestions.verdict.is_(None), _suggestions.again_answered_on.is_not(None)))
    return listing


def versions(session: Session, model: Any, ids: Sequence[int]) -> dict[int, str]:
    """The versions of these rows, as their forms carry them."""
    return {row.id: str(row.version) for row in session.execute(select(model.id, model.version).where(model.id.in_(ids)))}
