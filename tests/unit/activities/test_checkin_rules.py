"""What follows from touches, whenever they come in; when one is late, too early or too late; names read off a paper sheet."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.activities.checkin.rules import (
    Person,
    Touch,
    may_close,
    may_reopen,
    may_sign,
    read_names,
    standing,
    state_when_not_signed,
    state_when_signed,
)
from app.names import pinyin_key
from app.names.pinyin import tidy

START = datetime(2026, 3, 3, 9)
DAY = START.replace(hour=0)


def at(minute: int) -> datetime:
    return START + timedelta(minutes=minute)


touches = st.lists(
    st.builds(Touch, st.sampled_from(["present", "scan", "undo"]), st.integers(-30, 30).map(at), st.uuids().map(str)), max_size=6
)


@given(touches)
def test_what_stands_does_not_depend_on_which_came_in_first(given: list[Touch]) -> None:
    results = {standing(order) for order in list(permutations(given))[:120]}
    assert len(results) == 1


@given(touches, st.uuids().map(str))
def test_a_touch_after_all_others_signs_in_and_an_undoing_after_all_takes_it_back(given: list[Touch], uid: str) -> None:
    assert standing([*given, Touch("present", at(60), uid)]) is not None
    assert standing([*given, Touch("undo", at(60), uid)]) is None


def test_the_first_touch_since_the_last_undoing_tells_the_time() -> None:
    first, undone, again, once_more = (
        Touch("present", at(-5), "a"), Touch("undo", at(0), "b"), Touch("scan", at(1), "c"), Touch("present", at(9), "d"),
    )
    assert standing([first, again]) == first
    assert standing([once_more, again, undone, first]) == again


@pytest.mark.parametrize(
    ("minute", "late_after", "state"),
    [(-30, None, "present"), (10, None, "present"), (11, None, "late"), (0, 0, "present"), (1, 0, "late"), (30, 60, "present")],
)
def test_one_is_late_from_the_minute_after_the_last_in_time(minute: int, late_after: int | None, state: str) -> None:
    assert state_when_signed(at(minute), START, late_after) == state


@pytest.mark.parametrize(
    ("on_leave", "closed", "state"), [(True, True, "leave"), (True, False, "leave"), (False, True, "absent"), (False, False, "pending")]
)
def test_who_has_not_signed_in_is_on_leave_absent_or_waited_for(on_leave: bool, closed: bool, state: str) -> None:
    assert state_when_not_signed(on_leave, closed) == state


@pytest.mark.parametrize(
    ("moment", "status", "closed_at", "code"),
    [
        (at(0), "planned", None, None),
        (DAY, "notified", None, None),
        (DAY - timedelta(seconds=1), "planned", None, "checkin_too_early"),
        (at(0), "cancelled", None, "checkin_cancelled"),
        (at(20), "under_way", at(20), None),
        (at(21), "held", at(20), "checkin_closed"),
    ],
)
def test_signing_in_has_its_time(moment: datetime, status: str, closed_at: datetime | None, code: str | None) -> None:
    assert [each.code for each in may_sign(moment, status, START, closed_at)] == ([code] if code else [])


def test_closing_and_opening_again_have_their_conditions() -> None:
    assert [each.code for each in may_close("planned", START, None, at(-1))] == ["checkin_not_begun"]
    assert [each.code for each in may_close("under_way", START, at(5), at(9))] == ["checkin_closed"]
    assert [each.code for each in may_close("cancelled", START, None, at(9))] == ["checkin_cancelled"]
    assert list(may_close("under_way", START, None, at(0))) == []
    assert [each.code for each in may_reopen("held", None, "漏签")] == ["checkin_not_closed"]
    assert [each.code for each in may_reopen("reported", at(9), "漏签")] == ["checkin_reported"]
    assert [each.code for each in may_reopen("held", at(9), "")] == ["required"]
    assert list(may_reopen("held", at(9), "漏签")) == []


def person(number: int, name: str, invited: bool = True, state: str = "pending") -> Person:
    return Person(number, name, pinyin_key(name), invited, state)


PEOPLE = [
    person(1, "李建国"),
    person(2, "王芳"),
    person(3, "王芳"),
    person(4, "张伟", invited=False, state=""),
    person(5, "刘秀英", state="present"),
]


def test_names_of_a_sheet_are_found_doubted_or_unknown() -> None:
    typed = ["李建国", "王芳", "张伟", "刘秀英", "李建囯", "欧阳锋", "李建国"]
    read = {each.typed: each for each in read_names(typed, PEOPLE, pinyin_key, tidy)}
    assert list(read) == ["李建国", "王芳", "张伟", "刘秀英", "李建囯", "欧阳锋"]
    assert [[each.id for each in read[name].found] for name in read] == [[1], [2, 3], [4], [5], [], []]
    assert [person.id for person in read["李建囯"].like] == [1]
    assert read["欧阳锋"].like == ()
    assert read["刘秀英"].signed
    assert not read["李建国"].signed


def test_of_two_who_bear_a_name_the_invited_one_is_meant() -> None:
    read = read_names(["张 伟"], [person(1, "张伟", invited=False, state=""), person(2, "张伟")], pinyin_key, tidy)
    assert [each.id for each in read[0].found] == [2]


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_names_are_read_without_fault(names: list[str]) -> None:
    for each in read_names(names, PEOPLE, pinyin_key, tidy):
        assert not (each.found and each.like)
