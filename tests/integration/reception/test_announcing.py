"""An announcement is posted, a deputy is changed, it is posted anew; who waits for one is listed (S7-3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from app.core import clock
from app.core.dictionary.ledger import LEDGERS
from app.reception.announcing.services import announcements_waiting, due_now
from tests.integration.reception.way_scene import Office, made_office, refused

__all__ = ["made_office"]
pytestmark = pytest.mark.both_databases


@pytest.fixture
def office(made_office: Office) -> Office:
    return made_office


def test_what_was_posted_is_outdated_by_another_deputy_place_or_day(office: Office) -> None:
    other = office.add("deputies", name="解明", sex="male").id
    row = office.add("receptions", **{
        "activity.title": "6月接待日", "activity.start": "2026-06-02 09:00", "activity.end": "2026-06-02 11:30",
        "activity.place": "联络站", "activity.deputies": [office.deputy]})
    def waits() -> list[tuple[bool, str, date]]:
        found = announcements_waiting(office.session, row.station_id, date(2026, 1, 1), date(2026, 12, 31))
        return [(each.outdated, each.time.code, each.time.last_day) for each in found]

    assert (row.announcement, waits()) == ("unposted", [(False, "ahead", date(2026, 5, 30))])
    assert due_now(announcements_waiting(office.session, row.station_id, date(2026, 5, 1), date(2026, 6, 30))) == []
    with refused(("posted_in_future", "announced_on")):
        office.step(row, "post", {"announced_on": "2026-05-21"})
    posted = office.step(row, "post")
    assert (posted.announcement, posted.announced_on, posted.announced_by) == ("posted", date(2026, 5, 20), "周敏")
    assert waits() == []

    activity: Any = office.row("activities", row.activity_id)
    office.change(activity, deputies=[office.deputy, other])
    assert office.row("receptions", row.id).announcement == "outdated"
    assert waits() == [(True, "ahead", date(2026, 5, 30))]
    office.change(office.row("activities", row.activity_id), deputies=[office.deputy])
    assert office.row("receptions", row.id).announcement == "posted"
    mark = next(each for each in office.rows("attendance") if each.activity_id == row.activity_id)
    office.change(mark, state="leave")
    assert office.row("receptions", row.id).announcement == "outdated"
    with clock.clock_at(datetime(2026, 5, 22, 9)):
        again = office.step(row, "post_anew")
    assert (again.announced_on, again.announced_again_on, again.announcement) == (date(2026, 5, 20), date(2026, 5, 22), "posted")

    with clock.clock_at(datetime(2026, 5, 25, 9)):
        with refused(("posted_anew_already", None)):
            office.step(row, "back_post")
        office.change(office.row("activities", row.activity_id), start="2026-06-09 09:00", end="2026-06-09 11:30")
        assert office.row("receptions", row.id).announcement == "outdated"
        moved = office.step(row, "post_anew")
        assert (moved.announced_on, moved.announced_again_on) == (date(2026, 5, 25), None)
        assert office.step(row, "back_post").announcement == "unposted"
    assert office.session.query(LEDGERS["receptions"]).one().announced_by is None


def test_each_posting_is_noted_once_as_told_to_the_public(office: Office) -> None:
    staff = office.add("station_staff", name="周敏", post="liaison").id
    row = office.add("receptions", **{
        "activity.title": "6月接待日", "activity.start": "2026-06-02 09:00", "activity.place": "联络站",
        "activity.deputies": [office.deputy]})

    def noted() -> list[tuple[str, str, str]]:
        return [(each.whom, each.channel, f"{each.told_at:%m-%d %H:%M}") for each in office.rows("activity_notices")]

    def posted(*days: str) -> list[tuple[str, str, str]]:
        return [("public", "announcement", day) for day in days]

    office.step(row, "post")
    assert noted() == posted("05-20 09:00")
    first = office.rows("activity_notices")[0]
    assert (first.told_by_id, first.activity_id, "石春" in first.words, "联络站" in first.words) == (staff, row.activity_id, True, True)
    office.change(row, recorder=staff)
    office.step(row, "back_post")
    assert noted() == []
    office.step(row, "post", {"announced_on": "2026-05-18"})
    office.change(row, announced_on="2026-05-19")
    assert noted() == posted("05-19 00:00")
    office.change(office.row("activities", row.activity_id), place="村部")
    with clock.clock_at(datetime(2026, 5, 22, 9)):
        office.step(row, "post_anew")
        assert noted() == posted("05-19 00:00", "05-22 09:00")
    other = office.add("receptions", **{"activity.title": "7月接待日", "activity.start": "2026-07-07 09:00", "activity.deputies": []})
    office.add("activity_notices", activity=other.activity_id, whom="public", channel="announcement", told_at="2026-05-20 08:00")
    office.step(other, "post")
    assert noted() == posted("05-19 00:00", "05-22 09:00", "05-20 08:00")


def test_only_the_office_notes_a_posting(office: Office) -> None:
    row = office.add("receptions", **{"activity.title": "6月接待日", "activity.start": "2026-06-02 09:00", "activity.deputies": []})
    for role in ("archivist", "presidium", "county"):
        with refused(("not_permitted", None)):
            office.as_role(role).step(row, "post")
    with refused(("not_writable", "announcement")):
        office.change(row, announcement="posted")
    assert office.row("receptions", row.id).announced_on is None
