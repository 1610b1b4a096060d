"""An activity's life as it follows from notices, signatures, leave and reports, and as the office decides it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.core import clock
from app.core.refusals import NotThere
from app.core.workflows.stepping import take
from tests.integration.activities.scene import TODAY, Office, refused

pytestmark = pytest.mark.both_databases
AHEAD = "2026-10-20 09:00"


def later(minutes: int) -> datetime:
    return TODAY + timedelta(minutes=minutes)


def test_an_activity_is_told_when_all_are_reached_or_on_leave_and_not_when_more_are_invited(office: Office) -> None:
    first, second, third = office.deputies
    activity = office.activity(start=AHEAD, deputies=[first, second])
    office.notice(activity, "2026-10-10 11:00")
    assert (office.status(activity), office.told(activity)) == ("notified", ["told", "told"])
    missed = office.notice(activity, "2026-10-10 11:00", whom="deputy", deputy=second, reached=False)
    assert (office.status(activity), office.told(activity)) == ("planned", ["told", "unreached"])
    request = office.leave(activity=activity.id, deputy=second, asked_at="2026-10-10 11:30")
    assert office.status(activity) == "planned"
    office.step(request, "approve")
    assert office.status(activity) == "notified"
    with clock.clock_at(later(5)):
        office.change(office.row("activities", activity.id), deputies=[first, second, third])
    assert (office.status(activity), office.told(activity)) == ("planned", ["told", "unreached", "untold"])
    office.erase(missed)
    assert office.told(activity) == ["told", "told", "untold"]


def test_a_changed_time_or_place_is_to_be_told_again(office: Office) -> None:
    activity = office.activity(start=AHEAD, deputies=office.deputies[:1])
    office.notice(activity, "2026-10-10 11:00")
    activity = office.change(office.row("activities", activity.id), content="只改内容")
    assert office.status(activity) == "notified"
    office.change(activity, place="二楼会议室")
    assert (office.status(activity), office.told(activity)) == ("planned", ["again"])
    with clock.clock_at(later(1)):
        office.notice(activity, "2026-10-10 12:01")
    assert (office.status(activity), office.told(activity)) == ("notified", ["told"])


def test_a_notice_of_tomorrow_and_one_after_the_start_tell_nobody(office: Office) -> None:
    activity = office.activity(deputies=office.deputies[:1])
    with refused(("told_in_future", "told_at")):
        office.notice(activity, "2026-10-10 12:01")
    office.notice(activity, "2026-10-10 11:00")
    assert office.told(activity) == ["untold"]


def test_what_is_entered_afterwards_was_told_with_the_others(office: Office) -> None:
    activity = office.activity(start="2026-09-01 09:00")
    office.notice(activity, "2026-08-30 09:00")
    office.add("attendance", activity=activity.id, deputy=office.deputies[0], state="present")
    assert (office.status(activity), office.told(activity)) == ("held", ["told"])


def test_it_is_under_way_held_reported_on_and_each_is_taken_back_where_nothing_follows(office: Office) -> None:
    activity = office.activity(deputies=office.deputies[:1])
    office.change(office.mark(activity, office.deputies[0]), state="present")
    assert office.status(activity) == "under_way"
    office.step(activity, "finish")
    assert office.status(activity) == "held"
    assert office.status(office.step(activity, "back_finish")) == "under_way"
    report = office.add("activity_reports", activity=activity.id, sent_on="2026-10-10")
    assert office.status(activity) == "reported"
    with refused(("step_not_from", None)):
        office.step(activity, "back_finish")
    office.erase(report)
    assert office.status(activity) == "held"
    with refused(("step_not_from", None)):
        office.step(activity, "cancel", cancel_reason="下雨")


def test_what_lies_ahead_is_not_held_and_what_is_called_off_says_why_and_takes_nobody_in(office: Office) -> None:
    activity = office.activity(start=AHEAD, deputies=office.deputies[:1])
    with refused(("not_yet_begun", None)):
        office.step(activity, "finish")
    with refused(("required", "cancel_reason")):
        office.step(activity, "cancel", cancel_reason=" ")
    with refused(("too_long", "cancel_reason")):
        office.step(activity, "cancel", cancel_reason="雨" * 10_000)
    assert office.status(activity) == "planned"
    activity = office.step(activity, "cancel", cancel_reason="连日大雨")
    assert (activity.status, activity.cancel_reason, str(activity.cancelled_on)) == ("cancelled", "连日大雨", "2026-10-10")
    with refused(("cancelled_activity", "state")):
        office.change(office.mark(activity, office.deputies[0]), state="present")
    activity = office.step(activity, "back_cancel")
    assert (activity.status, activity.cancel_reason, activity.cancelled_on) == ("planned", None, None)


def test_a_step_is_for_its_roles_for_the_row_as_it_was_read_and_for_what_there_is(office: Office) -> None:
    activity = office.activity(start=AHEAD)
    for role in ("presidium", "archivist", "county"):
        with refused(("not_permitted", None)):
            office.as_role(role).step(activity, "cancel", cancel_reason="不该")
    key, row_id, version = office.at(activity)
    with refused(("unknown_field", "title")):
        take(office.actor, key, row_id, "cancel", {"cancel_reason": "雨", "title": "改名"}, version=version)
    office.step(activity, "cancel", cancel_reason="雨")
    with refused(("stale", None)):
        take(office.actor, key, row_id, "back_cancel", {}, version=version)
    with pytest.raises(NotThere):
        take(office.actor, key, row_id, "fly", {}, version=version)
    with pytest.raises(NotThere):
        take(office.actor, "stations", row_id, "cancel", {}, version=version)


def test_leave_is_decided_by_name_and_refused_leave_is_absence_once_it_is_over(office: Office) -> None:
    first, second, third = office.deputies
    activity = office.activity(deputies=office.deputies)
    requests = [office.leave(activity=activity.id, deputy=deputy) for deputy in (first, second)]
    with refused(("not_permitted", None)):
        office.as_role("deputy", first).step(requests[0], "approve")
    with refused(("before", "decided_on")):
        office.step(requests[0], "approve", decided_on="2026-10-08")
    granted = office.as_role("presidium").step(requests[0], "approve")
    assert (granted.decided_by, str(granted.decided_on)) == ("解明", "2026-10-10")
    declined = office.step(requests[1], "decline", decided_by="仇主席")
    assert (declined.decision, declined.decided_by) == ("declined", "仇主席")
    assert [office.mark(activity, each).state for each in office.deputies] == ["leave", "pending", "pending"]
    office.step(activity, "finish")
    assert [office.mark(activity, each).state for each in office.deputies] == ["leave", "absent", "pending"]
    office.step(granted, "back_approve")
    office.step(granted, "decline")
    assert office.mark(activity, first).state == "absent"
    office.step(office.leave(activity=activity.id, deputy=third), "decline")
    assert office.mark(activity, third).state == "absent"


def test_leave_from_a_session_is_granted_on_a_written_report_only(office: Office) -> None:
    meeting = office.add("congress_sessions", term=office.term, ordinal=5, starts_on="2026-10-12", ends_on="2026-10-13")
    request = office.leave(session=meeting.id)
    with refused(("written_report_missing", None)):
        office.step(request, "approve")
    assert office.step(request, "decline").decision == "declined"
