"""Inviting, telling, call list, calendar, guests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app.activities.guests.rules import guests_in
from app.activities.life import inviting, telling
from app.activities.life.rules import Choice
from app.core import clock
from app.core.access.actor import program
from app.core.records.writing import change_set
from app.core.refusals import NotThere
from tests.integration.activities.scene import TODAY, Office, refused

pytestmark = pytest.mark.both_databases
AHEAD = "2026-10-20 09:00"


def test_groups_levels_all_and_single_deputies_are_invited_once_and_who_is_not_in_office_is_named(office: Office) -> None:
    first, second, third = office.deputies
    group = office.add("deputy_groups", name="第一小组")
    for deputy in (first, office.former):
        office.change(office.row("deputies", deputy), group=group.id)
    activity = office.activity(start=AHEAD)
    assert inviting.invite(office.actor, activity.id, Choice(groups=frozenset({group.id}))) == (1, ["仇兰"])
    assert office.invited(activity) == [first]
    assert inviting.invite(office.actor, activity.id, Choice(deputies=frozenset({first, second}))) == (1, [])
    assert inviting.invite(office.actor, activity.id, Choice(levels=frozenset({"township"}))) == (1, [])
    assert inviting.invite(office.actor, activity.id, Choice(everyone=True)) == (0, [])
    assert office.invited(activity) == [first, second, third]
    for choice in (Choice(), Choice(levels=frozenset({"county"})), Choice(deputies=frozenset({999_999}))):
        with refused(("nobody_chosen", None)):
            inviting.invite(office.actor, activity.id, choice)
    inviting.uninvite(office.actor, activity.id, third)
    assert office.invited(activity) == [first, second]
    with refused(("not_permitted", None)):
        inviting.invite(office.as_role("archivist").actor, activity.id, Choice(everyone=True))
    office.step(activity, "cancel", cancel_reason="雨")
    with refused(("cancelled_no_invitation", None)):
        inviting.invite(office.actor, activity.id, Choice(everyone=True))


def test_all_are_told_by_one_button_then_exceptions_singly_and_again_after_a_change(office: Office) -> None:
    first, second, _third = office.deputies
    activity = office.activity(start=AHEAD)
    with refused(("nobody_invited", None)):
        telling.tell_all(office.actor, activity.id, "请参加", "phone", None)
    office.change(activity, deputies=[first, second])
    for _pressed_twice in range(2):
        telling.tell_all(office.actor, activity.id, "请参加", "phone", "pressed")
    assert (office.told(activity), office.status(activity)) == (["told", "told"], "notified")
    telling.tell_one(office.actor, activity.id, second, reached=False)
    assert office.told(activity) == ["told", "unreached"]
    for within_one_second, expected in ((True, "told"), (False, "unreached")):
        telling.tell_one(office.actor, activity.id, second, reached=within_one_second)
        assert office.told(activity) == ["told", expected]
    office.change(office.row("activities", activity.id), place="二楼")
    assert office.told(activity) == ["again", "unreached"]
    telling.tell_all(office.actor, activity.id, "改在二楼", "phone", "again")
    assert (office.told(activity), office.status(activity)) == (["told", "told"], "notified")
    with refused(("not_invited", None)):
        telling.tell_one(office.actor, activity.id, office.deputies[2], reached=True)
    with refused(("too_long", "words")):
        telling.tell_all(office.actor, activity.id, "长" * 30_000, "phone", None)
    with refused(("not_a_choice", "channel")):
        telling.tell_all(office.actor, activity.id, "请参加", "pigeon", None)


def test_telling_and_moving_cost_as_many_statements_for_many_invited_as_for_two(office: Office) -> None:
    with change_set(program(office.actor.station_id, "test")) as writing:
        known = {"station": office.actor.station_id, "sex": "male"}
        many = [writing.save("deputies", {**known, "name": f"甲{number}"}, by_program=True).id for number in range(60)]

    def costs_with(deputies: list[int]) -> tuple[int, int]:
        activity = office.activity(start=AHEAD, title=f"{len(deputies)}人学习", deputies=deputies)
        told = statements_of(lambda: telling.tell_all(office.actor, activity.id, "请参加", "phone", None))
        assert office.told(activity) == ["told"] * len(deputies)
        moved = statements_of(lambda: office.change(office.row("activities", activity.id), place="二楼"))
        assert office.told(activity) == ["again"] * len(deputies)
        return told, moved

    few, all_ = costs_with(many[:2]), costs_with(many)
    assert max(more - less for less, more in zip(few, all_, strict=True)) <= 4


def statements_of(act: Callable[[], object]) -> int:
    seen: list[str] = []
    listen = ("before_cursor_execute", lambda _connection, _cursor, statement, *_more: seen.append(statement))
    event.listen(Engine, *listen)
    try:
        act()
    finally:
        event.remove(Engine, *listen)
    return len(seen)


def test_what_has_begun_or_is_called_off_is_told_to_nobody(office: Office) -> None:
    begun = office.activity(deputies=office.deputies)
    with refused(("told_too_late", None)):
        telling.tell_all(office.actor, begun.id, "请参加", "phone", None)
    ahead = office.activity(start=AHEAD, deputies=office.deputies)
    office.step(ahead, "cancel", cancel_reason="雨")
    with refused(("cancelled_no_invitation", None)):
        telling.tell_all(office.actor, ahead.id, "请参加", "phone", None)
    with pytest.raises(NotThere):
        telling.tell_all(office.actor, 999_999, "请参加", "phone", None)


def test_the_call_list_shows_numbers_to_who_may_see_them(office: Office) -> None:
    office.change(office.row("deputies", office.deputies[0]), phone="13812345678")
    activity = office.activity(start=AHEAD, deputies=office.deputies[:1])
    seen = [
        telling.call_list(office.session, actor, activity.id)[0].texts["deputy.phone"]
        for actor in (office.actor, office.as_role("presidium").actor)
    ]
    assert seen[0] == "13812345678"
    assert "*" in seen[1] and "1234" not in seen[1]  # noqa: PT018


def test_the_calendar_file_says_when_and_where_and_what_was_called_off(office: Office) -> None:
    activity = office.activity(start=AHEAD, end="2026-10-20 11:00", place="一楼")
    event = Calendar.from_ical(telling.as_calendar(activity, "青石镇联络站")).walk("VEVENT")[0]
    assert (str(event["summary"]), str(event["location"]), str(event["status"])) == ("学习", "一楼", "CONFIRMED")
    assert event["dtstart"].dt.utcoffset() == timedelta(hours=8)
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(hours=2)
    activity = office.step(activity, "cancel", cancel_reason="雨")
    assert "STATUS:CANCELLED" in telling.as_calendar(activity, "青石镇联络站").decode()


def test_an_inspected_organ_is_told_before_the_day_and_a_certificate_visit_to_the_station(office: Office) -> None:
    organs = [office.add("organs", name=name, level="township").id for name in ("中心学校", "水利站")]
    visit = office.add(
        "inspections", activity__type="inspection", activity__title="食堂", activity__start=AHEAD, organs=organs, certificate="alone",
        holder=office.deputies[0],
    )  # fmt: skip
    telling.tell_organ(office.actor, visit.activity_id, organs[0])
    with clock.clock_at(TODAY + timedelta(days=9, hours=20)):
        telling.tell_organ(office.actor, visit.activity_id, organs[1])
    shown = telling.visit_of(office.session, office.row("activities", visit.activity_id))
    assert shown is not None
    assert shown.organs == [(organs[0], "中心学校", "2026-10-10 12:00", ""), (organs[1], "水利站", "", "")]
    assert shown.late_to_station
    office.change(office.row("inspections", visit.id), station_told_on="2026-10-19")
    shown = telling.visit_of(office.session, office.row("activities", visit.activity_id))
    assert shown is not None
    assert not shown.late_to_station


def test_guests_are_read_from_lines_however_they_were_written() -> None:
    found = guests_in("张三\t东村 13800000000\n\n李四，水利站、副站长\n王五 ０３７７－６９１２３４５\n张三 西村\n赵六")
    assert [(each.name, each.unit, each.phone) for each in found] == [
        ("张三", "东村", "13800000000"), ("李四", "水利站 副站长", ""), ("王五", "", "0377-6912345"), ("赵六", "", ""),
    ]  # fmt: skip
    assert guests_in(" \n\t ") == []
