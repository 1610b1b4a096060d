"""Paper ballots: two tellers count, what differs is shown and mended, a scrutineer signs (S9-5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.database import db, write_transaction
from app.core.devices.openscreens import changed
from app.core.refusals import Refusal, Refused, refuse_any

from . import rules
from .access import OFFICE, vote_for
from .counting import Difference, Part, differences
from .models import COUNTING, PaperEntry, Vote
from .rules import Frozen

TELLERS = (1, 2)


def enter(
    actor: Actor,
    vote_id: int,
    teller: int,
    *,
    returned: int = 0,
    votes: Mapping[str, Mapping[str, int]] | None = None,
    sheets: Sequence[str] | None = None,
) -> None:
    """A teller's count, in place of an earlier one: totals by mandate and grade, or sheet by sheet (see rules.of_sheets; the sheets
    are kept until the count is signed, so that a teller can go on after a break). Raises NotThere, Refused."""
    if teller not in TELLERS:
        raise Refused(Refusal("not_a_choice", "teller", {"raw": teller}))
    with write_transaction(db.session) as session:
        vote = vote_for(session, actor, vote_id, OFFICE, COUNTING)
        _still_open(vote)
        frozen = Frozen.of(vote.frozen or {})
        if sheets is not None:
            returned, votes = rules.of_sheets(frozen, sheets)
        counted = {mandate: dict(each) for mandate, each in (votes or {}).items()}
        refuse_any(rules.entry(frozen, returned, counted))
        found = session.get(PaperEntry, (vote_id, teller)) or PaperEntry(vote_id=vote_id, teller=teller)
        found.returned, found.votes, found.sheets = returned, counted, list(sheets) if sheets is not None else None
        found.entered_by, found.entered_at = actor.name, clock.now()
        session.add(found)
        changed(session, "review_meetings", vote.meeting_id)


def entries(session: Session, vote_id: int) -> dict[int, PaperEntry]:
    """What the tellers have entered, by teller."""
    found = session.scalars(select(PaperEntry).where(PaperEntry.vote_id == vote_id))
    return {each.teller: each for each in found}


def compare(session: Session, vote: Vote) -> list[Difference] | None:
    """Where the tellers' counts differ; None until both have entered theirs."""
    found = entries(session, vote.id)
    if len(found) < len(TELLERS):
        return None
    one, other = (Part(found[teller].returned, found[teller].votes) for teller in TELLERS)
    return differences(one, other, Frozen.of(vote.frozen or {}))


def agreed(session: Session, vote: Vote) -> Part:
    """The paper count on which both tellers agree. Raises Refused."""
    found = compare(session, vote)
    if found is None:
        raise Refused(Refusal("paper_one_entry"))
    if found:
        raise Refused(Refusal("paper_differs"))
    entry = entries(session, vote.id)[TELLERS[0]]
    return Part(entry.returned, entry.votes)


def sign(actor: Actor, vote_id: int, name: str) -> None:
    """A scrutineer has seen that both counts agree; from now on they stay. Raises NotThere, Refused."""
    with write_transaction(db.session) as session:
        vote = vote_for(session, actor, vote_id, OFFICE, COUNTING)
        _still_open(vote)
        agreed(session, vote)
        name = name.strip()[:80]
        refuse_any(rules.signs(name, Frozen.of(vote.frozen or {}).scrutineers))
        vote.signed_by, vote.signed_at = name, clock.now()
        for entry in entries(session, vote_id).values():
            entry.sheets = None
        changed(session, "review_meetings", vote.meeting_id)


def _still_open(vote: Vote) -> None:
    if not vote.paper_dealt:
        raise Refused(Refusal("paper_none"))
    if vote.signed_at is not None:
        raise Refused(Refusal("paper_signed"))
