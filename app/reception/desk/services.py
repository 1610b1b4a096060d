"""What the desk's operations do to the ledgers: each sets one deputy's mark, one person's entry, or whether the desk is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.activities.services import handler_of as signing_in
from app.core.devices.openscreens import Opened, row_of
from app.core.devices.operations import Done, Earlier, Handler, Operation, earlier
from app.core.dictionary.ledger import LEDGERS
from app.core.records.saving import Writing
from app.core.refusals import Refusal, Refused, named, refuse_any

from ..models import EXPLAINED_REASONS, Opinion, Reception
from ..outcomes import Reply
from . import rules
from .rules import Said

_opinion: Any = Opinion
_reception: Any = Reception
SCREEN = "desk"
ON_DUTY = frozenset({"present", "undo"})
CLOSING = "closing"


def handler_of(opened: Opened) -> Handler:
    """What this desk's operations do, at this reception and nowhere else."""
    sign = signing_in(opened)

    def handle(writing: Writing, operation: Operation) -> Done:
        if operation.kind in ON_DUTY:
            return sign(writing, operation)
        activity, reception = row_of(opened), reception_of(writing.session, opened)
        if operation.clock_doubtful:
            writing.reason = _("The screen's clock was wrong: the time is that of receipt")
        if operation.kind == rules.VOTER:
            return enter(writing, opened, activity, reception, operation)
        if operation.kind in (rules.CLOSE, rules.REOPEN):
            return end(writing, opened, activity, reception, operation)
        raise Refused(Refusal("desk_unknown"))

    return handle


def reception_of(session: Session, opened: Opened) -> Any:
    """The reception that shares the life of the activity for which the desk was opened."""
    found = session.scalars(select(Reception).where(_reception.activity_id == opened.row_id)).first()
    if found is None:
        raise Refused(Refusal("screen_row_gone"))
    return found


def closing_of(session: Session, opened: Opened) -> rules.End | None:
    return rules.closed_by(_ends(earlier(session, opened, CLOSING)))


def _ends(done: Iterable[Earlier]) -> list[rules.End]:
    return [rules.End(each.kind, each.at, each.uid, each.outcome.get("typed")) for each in done]


def days_of(activity: Any) -> tuple[date, date]:
    return activity.start.date(), (activity.end or activity.start).date()


def subject_of(voter: Any) -> str:
    """Whom an entry concerns, by the id its device drew."""
    known = rules.voter_id(voter)
    if known is None:
        raise Refused(Refusal("desk_unknown"))
    return f"voter:{known}"


def opinion_entered(session: Session, opened: Opened, voter: Any) -> Any:
    """The opinion that an entry of this desk made. Raises Refused."""
    done = earlier(session, opened, subject_of(voter))
    found: Any = session.get(Opinion, done[0].outcome["opinion"]) if done else None
    if found is None:
        raise Refused(Refusal("desk_entry_gone" if done else "desk_not_here"))
    return found


# ---------------------------------------------------------------- one person's entry

def enter(writing: Writing, opened: Opened, activity: Any, reception: Any, operation: Operation) -> Done:
    """Bring the entry to its latest state, whichever of its states came in last."""
    days, closed = days_of(activity), closing_of(writing.session, opened)
    closed_at = closed.at if closed is not None else None
    refuse_any(rules.may_enter(operation.at, operation.clock_doubtful, activity.status, days, closed_at))
    subject = subject_of(operation.facts.get("voter"))
    before = sorted(earlier(writing.session, opened, subject), key=lambda each: (each.at, each.uid))
    if before and not rules.newest((operation.at, operation.uid), [(each.at, each.uid) for each in before]):
        return Done(subject, before[-1].outcome)
    said = Said(operation.facts)
    opinion = _entered_before(writing, before)
    day = opinion.heard_on if opinion is not None else operation.at.date() if days[0] <= operation.at.date() <= days[1] else days[0]
    later = closed is not None
    if later:
        writing.reason = _("Written before the reception was closed, sent afterwards")
    opinion = _save_opinion(writing, reception, opinion, said, day)
    _save_reply(writing, opinion, said, before, day)
    if closed is not None and closed.voters is None:
        _count(writing, reception, None)
    outcome = {"opinion": opinion.id, "number": opinion.number, "later": later, "version": opinion.version}
    return Done(subject, outcome)


def _entered_before(writing: Writing, before: list[Earlier]) -> Any:
    """The entry's row, as long as nobody else has touched it since."""
    if not before:
        return None
    opinion: Any = writing.session.get(Opinion, before[-1].outcome["opinion"])
    if opinion is None:
        raise Refused(Refusal("desk_entry_gone"))
    if opinion.version != max(each.outcome["version"] for each in before):
        raise Refused(Refusal("desk_changed"))
    return opinion


def _save_opinion(writing: Writing, reception: Any, opinion: Any, said: Said, day: date) -> Any:
    refuse_any(named(rules.entry(said), Opinion, Reply))
    values = {**rules.opinion_values(said, day), **_phone_or_note(said)}
    if opinion is None:
        values |= {"station_id": reception.station_id, "reception": reception.id, "heard_on": day, "recorder": reception.recorder_id}
    try:
        return writing.save("opinions", values, row=opinion)
    except Refused as refused:
        raise Refused(*named(refused.refusals, Opinion, Reply)) from refused


def _save_reply(writing: Writing, opinion: Any, said: Said, before: list[Earlier], day: date) -> None:
    """The answer given on the spot, put right or taken away with the way of handling."""
    values = rules.reply_values(said, day)
    given = [each for each in writing.rows(Reply, opinion.station_id, opinion=opinion.id) if each.assignment_id is None] if before else []
    if values is None:
        for reply in given:
            writing.erase(reply)
        return
    if opinion.explained_reason:
        reason = EXPLAINED_REASONS.label(opinion.explained_reason)
        values["answer"] = _("Explained: %(reason)s. %(basis)s", reason=reason, basis=values["answer"])
    deputy: Any = writing.session.get(LEDGERS["deputies"], opinion.deputy_id) if opinion.deputy_id else None
    values["answerer"] = deputy.name if deputy is not None else None
    if not given:
        values |= {"station_id": opinion.station_id, "opinion": opinion.id}
    try:
        writing.save("replies", values, row=given[-1] if given else None)
    except Refused as refused:
        raise Refused(*named(refused.refusals, Reply, Opinion)) from refused


def _phone_or_note(said: Said) -> dict[str, Any]:
    """A number is taken as it is told: one that the ledger cannot read as a number is kept beside the address, where it is as
    personal as there, and nobody is held up for it."""
    typed = said.text("phone")
    if not typed:
        return {"voter_phone": None}
    try:
        Opinion.fields["voter_phone"].read(typed)
    except Refused as refused:
        if "too_long" in refused.codes:
            raise
        note = _("phone as told: %(number)s", number=typed)
        return {"voter_phone": None, "voter_address": "，".join(part for part in (said.text("address"), note) if part)}
    return {"voter_phone": typed}


# ---------------------------------------------------------------- closing

def end(writing: Writing, opened: Opened, activity: Any, reception: Any, operation: Operation) -> Done:
    """Close the reception, with the number of those who came, or open it again."""
    refuse_any(rules.may_end(operation.at, activity.status, activity.start.date()))
    typed = rules.voters_typed(operation.facts.get("voters")) if operation.kind == rules.CLOSE else None
    now = rules.End(operation.kind, operation.at, operation.uid, typed)
    closed = rules.closed_by([*_ends(earlier(writing.session, opened, CLOSING)), now])
    if closed is None:
        writing.save("receptions", {"voters_received": None}, row=reception)
    else:
        _count(writing, reception, closed.voters)
    return Done(CLOSING, {"typed": typed, "closed": closed is not None})


def _count(writing: Writing, reception: Any, typed: int | None) -> None:
    """How many came: as typed, else as many as were entered."""
    counted = select(func.count()).select_from(Opinion).where(_opinion.reception_id == reception.id)
    voters = typed if typed is not None else writing.session.scalar(counted)
    if reception.voters_received != voters:
        writing.save("receptions", {"voters_received": voters}, row=reception)
