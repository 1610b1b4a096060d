"""What happens by itself when activities, attendance, leave and inspections are written."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.access.actor import Actor
from app.core.records.writing import erase
from tests.integration.activities.scene import Office, refused

pytestmark = pytest.mark.both_databases


def test_an_activity_for_all_invites_whoever_is_in_office(office: Office) -> None:
    assert office.invited(office.activity(everyone=True)) == sorted(office.deputies)
    assert office.invited(office.activity(everyone=True, start="2024-05-10 09:00")) == sorted([*office.deputies, office.former])


def test_an_activity_entered_late_was_held_and_one_ahead_was_not(office: Office) -> None:
    assert office.activity(start="2026-10-09 09:00").status == "held"
    assert office.activity().status == "planned"
    with refused(("not_yet_held", "start")):
        office.change(office.activity(start="2026-10-08 09:00"), start="2026-10-11 09:00")
    with refused(("not_writable", "status")):
        office.activity(start="2026-10-11 09:00", status="held")


def test_the_first_deputy_signed_in_sets_an_activity_going_and_one_that_is_over_was_held(office: Office) -> None:
    for end, expected in (("", "under_way"), ("2026-10-10 11:30", "held")):
        activity = office.activity(title=f"学习{end}", end=end, deputies=office.deputies[:2])
        office.change(office.mark(activity, office.deputies[0]), state="late", signed_at="2026-10-10 09:20")
        assert office.row("activities", activity.id).status == expected


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
