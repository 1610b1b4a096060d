"""Inviting groups, levels of mandates, all in office or single deputies: each invitation is a row of attendance (S5-4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access.actor import Actor
from app.core.dictionary.ledger import LEDGERS
from app.core.dictionary.roles import Verb
from app.core.dictionary.titles import titles_of
from app.core.records.bulk import Draft, save_whole
from app.core.records.search import station_of
from app.core.records.writing import change_set
from app.core.refusals import Refusal, Refused

from ..models import Attendance
from ..rules import in_office
from .rules import Choice, Person, chosen

_attendance: Any = Attendance


def people_of(session: Session, station_id: int | None, on: date) -> list[Person]:
    """Every deputy of a station, with the levels of the mandates that were exercised on a day."""
    deputies: Any = LEDGERS["deputies"]
    mandates: Any = LEDGERS["mandates"]
    terms: Any = LEDGERS["terms"]
    rows = session.execute(
        select(deputies.id, deputies.group_id, mandates.state, mandates.state_since, mandates.elected_on, terms.ends_on, terms.level)
        .select_from(deputies)
        .outerjoin(mandates, mandates.deputy_id == deputies.id)
        .outerjoin(terms, terms.id == mandates.term_id)
        .where(deputies.station_id == station_id)
    )
    levels: dict[int, set[str]] = {}
    groups: dict[int, int | None] = {}
    for row in rows:
        groups[row.id] = row.group_id
        held = levels.setdefault(row.id, set())
        if row.state is not None and in_office(row.state, row.state_since, row.elected_on, row.ends_on, on):
            held.add(row.level)
    return [Person(deputy, groups[deputy], frozenset(held)) for deputy, held in levels.items()]


def deputies_in_office(session: Session, station_id: int | None, on: date) -> set[int]:
    """The station's deputies with a mandate that was exercised on a day."""
    return {person.deputy for person in people_of(session, station_id, on) if person.levels}


def invite(actor: Actor, activity_id: int, choice: Choice) -> tuple[int, list[str]]:
    """Invite whom the choice names; gives how many were invited by it, and the names of those who are not in office that day.

    Raises Refused where the choice names nobody, NotThere.
    """
    with change_set(actor) as writing:
        activity: Any = writing.existing("activities", activity_id, Verb.EDIT)
        if activity.cancelled_on is not None:
            raise Refused(Refusal("cancelled_no_invitation"))
        found = chosen(people_of(writing.session, station_of(activity), activity.start.date()), choice)
        there = set(writing.session.scalars(select(_attendance.deputy_id).where(_attendance.activity_id == activity_id)))
        if not found.invited and not found.not_in_office:
            raise Refused(Refusal("nobody_chosen"))
        wanted = sorted(found.invited - there)
        own = {"activity": activity_id, "station_id": station_of(activity)}
        save_whole(writing, [Draft("attendance", {**own, "deputy": deputy}, by_program=True) for deputy in wanted])
        return len(wanted), names_of(writing.session, found.not_in_office)


def uninvite(actor: Actor, activity_id: int, deputy: int) -> None:
    """Take an invitation back, as long as nothing is marked. Raises Refused, NotThere."""
    with change_set(actor) as writing:
        activity: Any = writing.existing("activities", activity_id, Verb.EDIT)
        invited = writing.values(activity)["deputies"]
        writing.save("activities", {"deputies": [each for each in invited if each != deputy]}, row=activity)


def names_of(session: Session, deputies: Iterable[int]) -> list[str]:
    """Names in the order of ids; a deputy's name is no secret of the station."""
    ids: Sequence[int] = sorted(deputies)
    titles = titles_of(session, [("deputies", each) for each in ids])
    return [titles[("deputies", each)] for each in ids if ("deputies", each) in titles]
