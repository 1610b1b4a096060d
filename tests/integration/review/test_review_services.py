"""Reports find their meeting, results belong to who reported, and counts agree, as they are written."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import scoped_session

from app.core.access.actor import Actor
from app.core.records.saving import version_of
from app.core.records.writing import write
from app.core.refusals import Refused
from app.review.models import DutyReport, ReviewMeeting, ReviewResult

pytestmark = pytest.mark.both_databases

Session = scoped_session[Any]


class Town:
    """A station with two deputies in office."""

    def __init__(self) -> None:
        station = write(Actor("设置", ("admin",)), "stations", {"name": "青石镇联络站", "kind": "township"})
        self.office = Actor("联络员", ("liaison",), station_id=station)
        term = write(self.office, "terms", {"level": "township", "ordinal": "10", "starts_on": "2021-12-01"})
        self.mandates = []
        for name in ("叶雪", "宋斌振"):
            deputy = write(self.office, "deputies", {"name": name, "sex": "female"})
            self.mandates.append(write(self.office, "mandates", {"deputy": deputy, "term": term, "certificate": name}))

    def meeting(self, *mandates: int, **values: Any) -> int:
        return write(self.office, "review_meetings", {
            "activity.title": "代表述职评议", "activity.start": "2025-12-18 09:00", "reporters": list(mandates)} | values)

    def report(self, mandate: int, **values: Any) -> int:
        return write(self.office, "duty_reports", {
            "mandate": mandate, "year": "2025", "form": "direct", "submitted_on": "2025-12-09"} | values)

    def result(self, meeting: int, mandate: int, **values: Any) -> int:
        return write(self.office, "review_results", {
            "meeting": meeting, "mandate": mandate, "satisfied": "22", "basically_satisfied": "7", "dissatisfied": "2", "issued": "31",
        } | values)


@pytest.fixture
def town(session: Session) -> Town:
    return Town()


def test_a_report_in_person_finds_its_meeting_whichever_came_first(session: Session, town: Town) -> None:
    early = town.report(town.mandates[0])
    meeting = town.meeting(*town.mandates)
    late = town.report(town.mandates[1])
    written = town.report(town.mandates[0], form="written")
    found = [session.get(DutyReport, row_id).meeting_id for row_id in (early, late, written)]  # type: ignore[union-attr]
    assert found == [meeting, meeting, None]


def test_a_report_names_only_a_meeting_at_which_the_deputy_reports(town: Town) -> None:
    meeting = town.meeting(town.mandates[0])
    with pytest.raises(Refused) as refused:
        town.report(town.mandates[1], meeting=meeting)
    assert refused.value.codes == {"not_reporting"}


def test_only_who_reports_has_a_result_and_its_sums_are_filled_in(session: Session, town: Town) -> None:
    meeting = town.meeting(town.mandates[0])
    with pytest.raises(Refused) as refused:
        town.result(meeting, town.mandates[1])
    assert refused.value.codes == {"not_reporting"}
    row = session.get(ReviewResult, town.result(meeting, town.mandates[0], published_at="2025-12-18 11:00"))
    assert row is not None
    assert (row.valid, row.returned, row.source, len(row.seal)) == (31, 31, "paper", 16)


def test_sums_that_disagree_are_refused_by_rule_and_by_database(session: Session, town: Town) -> None:
    meeting = town.meeting(town.mandates[0])
    with pytest.raises(Refused) as refused:
        town.result(meeting, town.mandates[0], valid="30")
    assert refused.value.codes == {"votes_not_valid_ballots"}
    town.result(meeting, town.mandates[0])
    with pytest.raises(IntegrityError):
        session.connection().execute(update(ReviewResult.__table__).values(satisfied=23))  # type: ignore[arg-type]
    session.rollback()


@pytest.mark.parametrize("values", [{"published_at": "2025-12-17 18:00"}])
def test_a_result_is_not_published_before_the_meeting(town: Town, values: dict[str, str]) -> None:
    meeting = town.meeting(town.mandates[0])
    with pytest.raises(Refused) as refused:
        town.result(meeting, town.mandates[0], **values)
    assert refused.value.codes == {"before"}


def test_who_has_a_result_is_not_taken_off_the_list(session: Session, town: Town) -> None:
    meeting = town.meeting(*town.mandates)
    town.result(meeting, town.mandates[0])
    version = version_of(session(), session.get(ReviewMeeting, meeting))  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        write(town.office, "review_meetings", {"reporters": [town.mandates[1]]}, row_id=meeting, version=version)
    assert refused.value.codes == {"reporter_used"}


def test_a_person_cannot_claim_that_the_system_counted(town: Town) -> None:
    meeting = town.meeting(town.mandates[0])
    with pytest.raises(Refused) as refused:
        town.result(meeting, town.mandates[0], source="system")
    assert refused.value.codes == {"not_writable"}
