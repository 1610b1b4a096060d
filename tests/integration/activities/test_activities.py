"""What happens by itself when activities, attendance, leave and inspections are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from app.core import clock
from app.core.actor import Actor, program
from app.core.ledger import LEDGERS
from app.core.refusals import Refused
from app.core.saving import version_of
from app.core.writing import change_set, erase, write

TODAY = datetime(2026, 10, 10, 12)
pytestmark = pytest.mark.both_databases


@dataclass(frozen=True)
class Office:
    """One station with three deputies in office and one whose mandate has ended."""

    session: Session
    actor: Actor
    deputies: tuple[int, ...]
    former: int
    term: int

    def add(self, key: str, **values: Any) -> Any:
        return self.row(key, write(self.actor, key, {name.replace("__", "."): value for name, value in values.items()}))

    def change(self, row: Any, **values: Any) -> Any:
        key, row_id, version = row.__tablename__, row.id, version_of(self.session, row)
        self.session.rollback()
        write(self.actor, key, values, row_id=row_id, version=version)
        return self.row(key, row_id)

    def row(self, key: str, row_id: int) -> Any:
        self.session.rollback()
        self.session.expire_all()
        return self.session.get_one(LEDGERS[key], row_id)

    def mark(self, activity: Any, deputy: int) -> Any:
        attendance: Any = LEDGERS["attendance"]
        self.session.rollback()
        self.session.expire_all()
        return self.session.scalars(select(attendance).where(attendance.activity_id == activity.id, attendance.deputy_id == deputy)).one()

    def invited(self, activity: Any) -> list[int]:
        attendance: Any = LEDGERS["attendance"]
        return sorted(self.session.scalars(select(attendance.deputy_id).where(attendance.activity_id == activity.id)))

    def activity(self, **values: Any) -> Any:
        return self.add("activities", **{"type": "study", "title": "学习", "start": "2026-10-10 09:00", **values})

    def leave(self, **values: Any) -> Any:
        return self.add("leave_requests", **{"deputy": self.deputies[0], "reason": "work", "asked_at": "2026-10-09 10:00", **values})


@pytest.fixture
def office(session: scoped_session[Any]) -> Iterator[Office]:
    with clock.clock_at(TODAY):
        with change_set(program(None, "test")) as writing:
            def add(key: str, **values: Any) -> int:
                return int(writing.save(key, values, by_program=True).id)

            station = add("stations", name="青石镇联络站", kind="township")
            term = add("terms", level="township", ordinal=16, starts_on="2022-01-01", station=station)
            deputies = tuple(add("deputies", station=station, name=name, sex="female") for name in ("石春", "查英", "解敏", "仇兰"))
            for deputy in deputies[:3]:
                add("mandates", station=station, deputy=deputy, term=term, certificate=f"Z{deputy}")
            add("mandates", station=station, deputy=deputies[3], term=term, certificate="Z9", state="ended", state_since="2025-01-01",
                state_reason="调离")
        actor = Actor("周敏", ("liaison",), station_id=station)
        yield Office(session(), actor, deputies[:3], deputies[3], term)


@contextmanager
def refused(*expected: tuple[str, str | None]) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert [(each.code, each.field) for each in caught.value.refusals] == list(expected)


def test_an_activity_for_all_invites_whoever_is_in_office(office: Office) -> None:
    assert office.invited(office.activity(everyone=True)) == sorted(office.deputies)
    assert office.invited(office.activity(everyone=True, start="2024-05-10 09:00")) == sorted([*office.deputies, office.former])


def test_an_activity_entered_late_was_held_and_one_ahead_was_not(office: Office) -> None:
    assert office.activity(start="2026-10-09 09:00").status == "held"
    assert office.activity().status == "planned"
    assert office.activity(start="2026-10-08 09:00", status="cancelled").status == "cancelled"
    with refused(("not_yet_held", "status")):
        office.activity(start="2026-10-11 09:00", status="held")


def test_the_first_deputy_signed_in_makes_the_activity_a_held_one(office: Office) -> None:
    activity = office.activity(deputies=office.deputies[:2])
    office.change(office.mark(activity, office.deputies[0]), state="late", signed_at="2026-10-10 09:20")
    assert office.row("activities", activity.id).status == "held"


def test_who_is_marked_is_not_uninvited_in_passing(office: Office) -> None:
    first, second, third = office.deputies
    activity = office.activity(deputies=[first, second])
    office.change(office.mark(activity, first), state="present")
    with refused(("invited_and_marked", "deputies")):
        office.change(office.row("activities", activity.id), deputies=[second])
    activity = office.change(office.row("activities", activity.id), deputies=[first, third])
    assert office.invited(activity) == sorted([first, third])


def test_leave_granted_is_entered_in_attendance_and_taken_out_again(office: Office) -> None:
    activity = office.activity(deputies=office.deputies)
    request = office.leave(activity=activity.id)
    assert office.mark(activity, office.deputies[0]).state == "pending"
    request = office.change(request, decision="approved")
    assert office.mark(activity, office.deputies[0]).state == "leave"
    office.change(office.row("leave_requests", request.id), decision="declined")
    assert office.mark(activity, office.deputies[0]).state == "pending"


def test_leave_deleted_is_taken_out_of_attendance(office: Office) -> None:
    activity = office.activity(deputies=[office.deputies[0]])
    request = office.leave(activity=activity.id, decision="approved")
    erase(replace(office.actor, roles=("head",)), "leave_requests", request.id)
    assert office.mark(activity, office.deputies[0]).state == "pending"


def test_leave_moved_to_another_activity_moves_its_mark(office: Office) -> None:
    first, second = office.activity(deputies=office.deputies), office.activity(title="座谈", deputies=office.deputies)
    request = office.leave(activity=first.id, decision="approved")
    office.change(request, activity=second.id)
    assert (office.mark(first, office.deputies[0]).state, office.mark(second, office.deputies[0]).state) == ("pending", "leave")


def test_leave_granted_before_the_invitation_counts(office: Office) -> None:
    activity = office.activity()
    office.leave(activity=activity.id, decision="approved")
    assert office.mark(activity, office.deputies[0]).state == "leave"


def test_leave_is_asked_beforehand_or_afterwards_also_when_the_start_moves(office: Office) -> None:
    activity = office.activity()
    request = office.leave(activity=activity.id)
    assert request.timing == "before"
    office.change(office.row("activities", activity.id), start="2026-10-09 10:00")
    assert office.row("leave_requests", request.id).timing == "after"


def test_leave_is_asked_once_for_an_occasion(office: Office) -> None:
    activity = office.activity()
    office.leave(activity=activity.id)
    with refused(("taken", "session")):
        office.leave(activity=activity.id, asked_at="2026-10-09 11:00")


def test_leave_from_a_session_needs_the_written_report_and_follows_its_first_day(office: Office) -> None:
    meeting = office.add("congress_sessions", term=office.term, ordinal=5, starts_on="2026-10-08", ends_on="2026-10-09")
    with refused(("written_report_missing", "written")):
        office.leave(session=meeting.id, decision="approved")
    request = office.leave(session=meeting.id, decision="approved", written=True)
    assert request.timing == "after"
    office.change(office.row("congress_sessions", meeting.id), starts_on="2026-10-09")
    assert office.row("leave_requests", request.id).timing == "before"


def test_a_deputy_asks_for_leave_and_does_not_decide(office: Office) -> None:
    activity = office.activity()
    self = replace(office, actor=Actor("石春", ("deputy",), station_id=office.actor.station_id, deputy_id=office.deputies[0]))
    with refused(("not_permitted", "decision")):
        self.leave(activity=activity.id, decision="approved")
    request = self.leave(activity=activity.id)
    assert self.change(request, words="出差").words == "出差"
    office.change(office.row("leave_requests", request.id), decision="declined")
    with refused(("not_permitted", "decision")):
        self.change(office.row("leave_requests", request.id), words="再请")


def test_a_type_stays_with_the_detail_that_needs_it(office: Office) -> None:
    inspection = office.add("inspections", activity__type="research", activity__title="水利调研", activity__start="2026-09-01 09:00")
    activity = office.row("activities", inspection.activity_id)
    with refused(("type_of_detail", "type")):
        office.change(activity, type="study")
    assert office.change(office.row("activities", activity.id), type="enforcement").type == "enforcement"


def test_an_inspection_by_certificate_is_not_the_stations_and_its_holder_takes_part(office: Office) -> None:
    inspection = office.add(
        "inspections", activity__type="inspection", activity__title="食堂", activity__start="2026-09-01 09:00", certificate="alone",
        holder=office.deputies[1],
    )
    activity = office.row("activities", inspection.activity_id)
    assert (activity.arranged, office.invited(activity)) == ("certificate", [office.deputies[1]])
    office.change(office.row("inspections", inspection.id), certificate="", holder="")
    assert office.row("activities", activity.id).arranged == "station"


def test_notices_and_reports_are_entered_once(office: Office) -> None:
    activity = office.activity()
    notice = {"activity": activity.id, "told_at": "2026-10-08 10:00"}
    office.add("activity_notices", **notice)
    office.add("activity_notices", **notice, whom="deputy", deputy=office.deputies[0], reached=False)
    with refused(("taken", "organ")):
        office.add("activity_notices", **notice)
    office.add("activity_reports", activity=activity.id, sent_on="2026-10-10")
    with refused(("taken", "sent_on")):
        office.add("activity_reports", activity=activity.id, sent_on="2026-10-10", subject="又报")
    with refused(("before", "sent_on")):
        office.add("activity_reports", activity=activity.id, sent_on="2026-10-09")
    office.add("activity_reports", sent_on="2026-10-10", subject="三季度工作")
    with refused(("taken", "subject")):
        office.add("activity_reports", sent_on="2026-10-10", subject="三季度工作")


@pytest.mark.parametrize("statement", [
    "UPDATE activities SET \"end\" = '2000-01-01 00:00:00'",
    "UPDATE activities SET type = 'party'",
    "UPDATE attendance SET signed_at = '2026-10-10 09:00:00'",
    "UPDATE leave_requests SET decided_on = '2000-01-01'",
    "UPDATE leave_requests SET activity_id = NULL",
    "UPDATE activity_notices SET whom = 'deputy'",
    "UPDATE activity_reports SET activity_id = NULL",
    "UPDATE inspections SET openness = 'covert'",
    "UPDATE inspections SET certificate = 'joint'",
])
def test_the_database_itself_refuses_what_the_rules_refuse(office: Office, statement: str) -> None:
    inspection = office.add(
        "inspections", activity__type="research", activity__title="水利调研", activity__start="2026-10-01 09:00",
        activity__deputies=list(office.deputies))
    office.leave(activity=inspection.activity_id)
    office.add("activity_notices", activity=inspection.activity_id, told_at="2026-09-30 10:00")
    office.add("activity_reports", activity=inspection.activity_id, sent_on="2026-10-02")
    office.session.rollback()
    with pytest.raises(IntegrityError), office.session.get_bind().begin() as connection:  # type: ignore[union-attr]
        connection.execute(text(statement))
