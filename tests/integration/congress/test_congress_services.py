"""Attendance and motions of the congress as they are written."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from app.congress.models import CongressAttendance, CongressSession
from app.core.access.actor import Actor
from app.core.records.writing import write
from app.core.refusals import Refused

pytestmark = pytest.mark.both_databases

Session = scoped_session[Any]
COUNTY = Actor("县人大", ("county",))


class Township:
    """A station with one deputy who holds a county and a township mandate, and one session of the county's congress."""

    def __init__(self) -> None:
        self.station = write(Actor("设置", ("admin",)), "stations", {"name": "青石镇联络站", "kind": "township"})
        self.office = Actor("联络员", ("liaison",), station_id=self.station)
        self.county_term = write(COUNTY, "terms", {"level": "county", "ordinal": "16", "starts_on": "2021-12-01"})
        self.own_term = write(self.office, "terms", {"level": "township", "ordinal": "10", "starts_on": "2021-12-01"})
        deputy = write(self.office, "deputies", {"name": "单花民", "sex": "female"})
        self.county_mandate = write(self.office, "mandates", {"deputy": deputy, "term": self.county_term, "certificate": "X1"})
        self.own_mandate = write(self.office, "mandates", {"deputy": deputy, "term": self.own_term, "certificate": "Z1"})
        self.session = write(COUNTY, "congress_sessions", {"term": self.county_term, "ordinal": "5", "starts_on": "2026-02-10"})


@pytest.fixture
def town(session: Session) -> Township:
    return Township()


def test_a_session_is_named_and_may_be_entered_once(session: Session, town: Township) -> None:
    named = session.get(CongressSession, town.session)
    assert named is not None
    assert named.name == "第五次会议"
    with pytest.raises(Refused) as refused:
        write(COUNTY, "congress_sessions", {"term": town.county_term, "ordinal": "5", "starts_on": "2026-02-11"})
    assert refused.value.codes == {"taken"}


def test_a_mandate_attends_its_own_congress_only(town: Township) -> None:
    write(town.office, "congress_attendance", {"session": town.session, "mandate": town.county_mandate, "state": "attended"})
    with pytest.raises(Refused) as refused:
        write(town.office, "congress_attendance", {"session": town.session, "mandate": town.own_mandate, "state": "attended"})
    assert refused.value.codes == {"other_congress"}


def test_leave_without_the_written_report_is_refused(town: Township) -> None:
    row = {"session": town.session, "mandate": town.county_mandate, "state": "approved"}
    with pytest.raises(Refused) as refused:
        write(town.office, "congress_attendance", row)
    assert refused.value.codes == {"leave_not_written"}
    write(town.office, "congress_attendance", row | {"written_leave": True, "written_on": "2026-02-08"})


def test_leave_without_the_written_report_is_refused_by_the_database(session: Session, town: Township) -> None:
    write(town.office, "congress_attendance", {"session": town.session, "mandate": town.county_mandate, "state": "unapproved"})
    with pytest.raises(IntegrityError):
        session.connection().execute(update(CongressAttendance.__table__).values(state="approved"))  # type: ignore[arg-type]
    session.rollback()


def test_the_lead_of_a_motion_is_of_the_congress_and_does_not_co_sign(town: Township) -> None:
    row = {"session": town.session, "title": "修缮县道", "kind": "suggestion", "submitted_on": "2026-02-11"}
    with pytest.raises(Refused) as refused:
        write(town.office, "motions", row | {"lead": town.own_mandate})
    assert refused.value.codes == {"other_congress"}
    with pytest.raises(Refused) as refused:
        write(town.office, "motions", row | {"lead": town.county_mandate, "co_signers": [town.county_mandate]})
    assert refused.value.codes == {"lead_co_signs"}
    write(town.office, "motions", row | {"lead": town.county_mandate})
