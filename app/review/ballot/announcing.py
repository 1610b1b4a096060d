"""Announcing: the count of both ways of voting is written to the results, published, sealed, and can be verified ever after (S9-5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import clock
from app.core.access.actor import Actor
from app.core.devices.openscreens import changed
from app.core.records.saving import Writing
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused

from ..models import ReviewResult
from ..rules import COUNTS, sums_and_seal
from . import papercount
from .access import HEADS, vote_for
from .counting import Part, Result, results, seal, together
from .models import ANNOUNCED, COUNTING, VOID, PaperEntry, Vote
from .rules import Frozen

_result: Any = ReviewResult


def announce(actor: Actor, vote_id: int) -> bool:
    """Publish the result of a closed vote; more ballots back than dealt make it void instead, then False. Raises NotThere, Refused."""
    with change_set(actor) as writing:
        vote = vote_for(writing.session, actor, vote_id, HEADS, COUNTING)
        if vote.paper_dealt and vote.signed_at is None:
            raise Refused(Refusal("vote_unsigned"))
        frozen = Frozen.of(vote.frozen or {})
        paper = papercount.agreed(writing.session, vote) if vote.paper_dealt else Part(0, {})
        counts = papercount.entries(writing.session, vote.id)
        totals = together(Part.of(vote.electronic), paper, vote.dealt, frozen)
        if totals["returned"] > vote.dealt:
            facts = {"returned": totals["returned"], "issued": vote.dealt}
            vote.state, vote.void_reason = VOID, Refusal("vote_more_returned", None, facts).sentence()
        else:
            vote.announced_at, vote.announced_by = clock.now(), actor.name
            vote.state, vote.totals = ANNOUNCED, totals
            vote.seal = seal(_sealed_facts(vote, counts))
            _publish(writing, vote, results(frozen, totals))
        changed(writing.session, "review_meetings", vote.meeting_id)
        return bool(vote.state == ANNOUNCED)


def _publish(writing: Writing, vote: Vote, found: list[Result]) -> None:
    """The results' rows; those of an earlier vote of the meeting go to the recycle bin."""
    for earlier in writing.session.scalars(select(ReviewResult).where(_result.meeting_id == vote.meeting_id)).all():
        writing.erase(earlier)
    source = "system" if vote.electronic_dealt else "paper"
    totals = vote.totals or {}
    for each in found:
        values = {
            "meeting": vote.meeting_id, "mandate": each.line.mandate, **each.votes, "issued": totals["issued"],
            "returned": totals["returned"], "valid": each.valid, "invalid": each.invalid, "source": source,
            "published_at": vote.announced_at, "station_id": vote.station_id,
        }
        writing.save("review_results", values, by_program=True)


def results_of(vote: Vote) -> list[Result]:
    """What was announced, deputy by deputy in the official order; empty until it is."""
    return results(Frozen.of(vote.frozen), vote.totals) if vote.frozen and vote.totals else []


def verify(session: Session, vote: Vote) -> list[Refusal]:
    """What was changed since the announcement, each with its sentence: the vote's own figures and seal, the results' rows."""
    if vote.state != ANNOUNCED or vote.totals is None:
        return []
    found = [] if vote.seal == seal(_sealed_facts(vote, papercount.entries(session, vote.id))) else [Refusal("seal_broken")]
    rows = {row.mandate_id: row for row in session.scalars(select(ReviewResult).where(_result.meeting_id == vote.meeting_id))}
    for each in results_of(vote):
        row: Any = rows.get(each.line.mandate)
        if row is None:
            found.append(Refusal("seal_result_missing", None, {"name": each.line.name}))
            continue
        announced = {**each.votes, "issued": vote.totals["issued"], "returned": vote.totals["returned"], "valid": each.valid}
        announced |= {"invalid": each.invalid, "published_at": vote.announced_at}
        kept = {name: getattr(row, name) for name in (*COUNTS, "published_at")}
        own = sums_and_seal({**kept, "meeting": row.meeting_id, "mandate": row.mandate_id})["seal"]
        if kept != announced or row.seal != own:
            found.append(Refusal("seal_result_changed", None, {"name": each.line.name}))
    return found


def _sealed_facts(vote: Vote, counts: Mapping[int, PaperEntry]) -> dict[str, Any]:
    """All that the announcement and the record of the meeting say of the vote."""
    moments = (vote.opened_at, vote.closed_at, vote.signed_at, vote.announced_at)
    return {
        "ref": vote.ref,
        "meeting": vote.meeting_id,
        "number": vote.number,
        "reason": vote.reason,
        "slips": [vote.electronic_printed, vote.electronic_undealt, vote.paper_printed, vote.paper_undealt],
        "frozen": vote.frozen,
        "electronic": vote.electronic,
        "paper": [[each.teller, each.returned, each.votes] for _teller, each in sorted(counts.items())],
        "signed": vote.signed_by,
        "totals": vote.totals,
        "moments": [moment.isoformat() if moment else None for moment in moments],
    }
