"""What follows for a meeting from whatever is written about it, and how voters come onto its list and sign in (S9-4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access.actor import Actor
from app.core.devices.openscreens import SOURCE, Opened, changed
from app.core.devices.operations import Done, Handler, Operation, earlier
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.records.hooks import Saving, after_erasing, after_saving, before_restoring, before_saving
from app.core.records.saving import Writing
from app.core.records.store import Store
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused, refuse_any
from app.names.pinyin import tidy

from ..models import ReviewMeeting, VoterRepresentative
from . import rules
from .table import facts, facts_of
from .votes import opened_at, state_of

SCREEN = "voters"
_voters: Any = VoterRepresentative


# ---------------------------------------------------------------- where it stands

@before_saving("review_meetings")
def where_it_stands(saving: Saving) -> None:
    """The stage follows from the facts; who has signed in as a voter does not report."""
    values, writing = saving.values, saving.writing
    if not saving.is_new and saving.changed("reporters"):
        signed = {tidy(each.name): each.name for each in voters_of(writing, saving.row) if each.signed_in}
        for name in names_of_reporters(writing.store, sorted(set(values["reporters"]) - set(saving.before["reporters"]))):
            if tidy(name) in signed:
                raise Refused(Refusal("reporter_signed_in", "reporters", {"name": name}))
    values["stage"] = rules.stands(facts(writing.store, saving.station_id, None if saving.is_new else saving.row.id, values))


@before_saving("voter_representatives")
@before_restoring("voter_representatives")
def no_reporter_votes(saving: Saving) -> None:
    """Who is reviewed does not sit among the voters (S9-4)."""
    values = saving.values
    if values["signed_in"] and saving.changed("signed_in", "name", "meeting"):
        meeting: Any = saving.writing.get(ReviewMeeting, values["meeting"])
        refuse_any(rules.not_a_reporter(values["name"], reporting_at(saving.writing.store, meeting)))


@after_saving("voter_representatives", "review_results")
def meeting_follows(saving: Saving) -> None:
    """The first voter who signs in, the last result that is published move the meeting on; open screens see it."""
    if saving.changed("signed_in", "published_at", "meeting", "name"):
        _follows_last(saving, saving.values["meeting"])


@after_erasing("voter_representatives", "review_results")
def meeting_without(saving: Saving) -> None:
    _follows_last(saving, saving.before["meeting"])


def _follows_last(saving: Saving, meeting_id: int) -> None:
    """Once in a change set, however many voters it writes."""
    writing = saving.writing

    def follow() -> None:
        meeting = writing.store.get(ReviewMeeting, meeting_id)
        if meeting is not None:
            stand_anew(writing, meeting)
            if writing.actor.source != SOURCE:
                changed(writing.session, ReviewMeeting.__tablename__, meeting_id)

    writing.last["meeting", meeting_id] = follow


def follow(actor: Actor, meeting_id: int) -> None:
    """After a step of its vote, which is no ledger and writes nothing about the meeting itself."""
    with change_set(actor) as writing:
        meeting = writing.store.get(ReviewMeeting, meeting_id)
        if meeting is not None:
            stand_anew(writing, meeting)


def behind(session: Session, meeting: Any) -> bool:
    """Whether its vote has moved on without anybody's step: one that stayed open too long is void by itself."""
    return rules.stands(facts_of(session, meeting)) != meeting.stage


def stand_anew(writing: Writing, meeting: Any) -> None:
    """Write where a meeting stands, after something that it depends on was written."""
    if rules.stands(facts(writing.store, meeting.station_id, meeting.id, writing.values(meeting))) != meeting.stage:
        writing.save("review_meetings", {}, row=meeting, by_program=True)


def voters_of(writing: Writing, meeting: Any) -> list[Any]:
    return writing.rows(VoterRepresentative, meeting.station_id, meeting=meeting.id)


def reporting_at(store: Store, meeting: Any) -> list[str]:
    """The names of the deputies who report at a meeting."""
    return names_of_reporters(store, store.targets(meeting, "reporters"))


def names_of_reporters(store: Store, mandates: Sequence[int]) -> list[str]:
    mandate, deputy = LEDGERS["mandates"], LEDGERS["deputies"]
    found: Any = select(deputy.name).join(mandate, mandate.deputy_id == deputy.id).where(mandate.id.in_(mandates))
    return list(store.session.scalars(found)) if mandates else []


# ---------------------------------------------------------------- the list

@dataclass(frozen=True)
class Entered:
    """What became of a list: how many were added, and who was left out because he is on the list, or reports."""

    added: int
    there: tuple[str, ...]
    reporting: tuple[str, ...]


def enter_voters(actor: Actor, meeting_id: int, names: Sequence[str]) -> Entered:
    """Put names, pasted or from a file, on the meeting's list of voters. Raises Refused, NotThere."""
    if not names:
        raise Refused(Refusal("voters_none_read", "names"))
    with change_set(actor) as writing:
        meeting: Any = writing.existing("review_meetings", meeting_id, Verb.SHOW)
        if meeting.audience != rules.VOTERS:
            raise Refused(Refusal("no_voters_here"))
        there = {tidy(each.name) for each in voters_of(writing, meeting)}
        reporting = {tidy(each) for each in reporting_at(writing.store, meeting)}
        known = tuple(name for name in names if tidy(name) in there)
        refused = tuple(name for name in names if tidy(name) in reporting)
        wanted = [name for name in names if name not in known and name not in refused]
        for name in wanted:
            writing.save("voter_representatives", {"meeting": meeting_id, "station_id": meeting.station_id, "name": name})
        return Entered(len(wanted), known, refused)


# ---------------------------------------------------------------- what the screen at the door does

def handler_of(opened: Opened) -> Handler:
    """What this screen's operations do: each sets how one voter stands, at this meeting and nowhere else."""

    def handle(writing: Writing, operation: Operation) -> Done:
        meeting = meeting_of(writing.session, opened)
        if operation.clock_doubtful:
            writing.reason = _("The screen's clock was wrong: the time is that of receipt")
        start = start_of(writing.session, meeting)
        vote = state_of(writing.session, meeting.id)
        refuse_any(rules.may_sign(operation.at, start, vote, opened_at(writing.session, meeting.id)))
        if operation.kind == rules.WALK_IN:
            voter = _walk_in(writing, meeting, operation)
        elif operation.kind in (rules.PRESENT, rules.UNDO):
            voter = _voter_meant(writing, meeting, operation)
        else:
            raise Refused(Refusal("voters_unknown_touch"))
        subject = f"voter:{voter.id}"
        here = _stands(opened, writing.session, subject, operation)
        if voter.signed_in != here:
            writing.save("voter_representatives", {"signed_in": here}, row=voter, by_program=True)
        return Done(subject, {"voter": voter.id, "signed": here})

    return handle


def _stands(opened: Opened, session: Session, subject: str, operation: Operation) -> bool:
    """Whether the last touch was one that signs in: touches count in the order in which they were made, whatever came in first."""
    touches = [(each.at, each.kind == rules.UNDO, each.uid) for each in earlier(session, opened, subject)]
    last = max([*touches, (operation.at, operation.kind == rules.UNDO, operation.uid)])
    return not last[1]


def _walk_in(writing: Writing, meeting: Any, operation: Operation) -> Any:
    """Who was not on the list; who is, under the same name, is that voter."""
    if meeting.audience != rules.VOTERS:
        raise Refused(Refusal("no_voters_here"))
    given = operation.facts.get("name")
    name = " ".join(given.split()) if isinstance(given, str) else ""
    refuse_any(rules.not_a_reporter(name, reporting_at(writing.store, meeting), None))
    known = next((each for each in voters_of(writing, meeting) if tidy(each.name) == tidy(name)), None)
    if known is not None:
        return known
    values = {"meeting": meeting.id, "station_id": meeting.station_id, "name": name, "signed_in": True}
    return writing.save("voter_representatives", values, by_program=True)


def _voter_meant(writing: Writing, meeting: Any, operation: Operation) -> Any:
    given = operation.facts.get("voter")
    if isinstance(given, int) and not isinstance(given, bool) and 0 < given < 2**31:
        voter: Any = writing.session.get(VoterRepresentative, given)
        if voter is not None and voter.meeting_id == meeting.id:
            return voter
    raise Refused(Refusal("voter_unknown"))


def meeting_of(session: Session, opened: Opened) -> Any:
    meeting = session.get(ReviewMeeting, opened.row_id)
    if meeting is None:
        raise Refused(Refusal("screen_row_gone"))
    return meeting


def start_of(session: Session, meeting: Any) -> datetime:
    """When the meeting begins: its activity says."""
    activities = LEDGERS["activities"]
    found: datetime = session.scalars(select(activities.start).where(activities.id == meeting.activity_id)).one()
    return found
