"""The rota is fair: everyone once before anyone twice, groups alike, levels mixed, pins and dates kept, and the same again."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import Calendar
from app.reception.rota.rules import Person, Slot, in_turn, missing, plan, reception_day, regular_day

YEAR = frozenset(range(1, 13))
CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("month", "regular", "day"),
    [
        (5, date(2026, 5, 5), date(2026, 5, 6)), (10, date(2026, 10, 6), date(2026, 10, 8)), (9, date(2026, 9, 1), date(2026, 9, 1)),
    ],
)  # fmt: skip
def test_the_first_tuesday_or_the_next_working_day(month: int, regular: date, day: date) -> None:
    assert regular_day(2026, month, 1, 2) == regular
    assert reception_day(CALENDAR, regular, moves=True).date == day
    assert reception_day(CALENDAR, regular, moves=False).date == regular


def people(count: int, months: frozenset[int] = YEAR) -> list[Person]:
    return [Person(each, "county" if each % 4 == 0 else "township", months) for each in range(1, count + 1)]


def test_seventy_six_deputies_in_twelve_days() -> None:
    groups = plan(people(76), [Slot(month) for month in YEAR])
    assert Counter(len(group) for group in groups.values()) == {6: 8, 7: 4}
    assert sorted(each for group in groups.values() for each in group) == list(range(1, 77))
    assert {sum(each % 4 == 0 for each in group) for group in groups.values()} <= {1, 2}


def test_who_was_on_duty_least_and_longest_ago_comes_first() -> None:
    line = [
        Person(1, "township", YEAR, served=2, last_on=date(2025, 3, 4)), Person(2, "township", YEAR, served=1, last_on=date(2025, 9, 2)),
        Person(3, "township", YEAR, served=1, last_on=date(2025, 2, 4)), Person(4, "township", YEAR),
    ]  # fmt: skip
    assert [each.id for each in in_turn(line)] == [4, 3, 2, 1]
    assert plan(line, [Slot(1), Slot(2)]) == {1: [3, 4], 2: [1, 2]}


def test_a_day_behind_us_is_not_changed_and_counts() -> None:
    groups = plan(people(6), [Slot(1, pinned=frozenset({1, 2}), fixed=True), Slot(2), Slot(3)])
    assert groups[1] == [1, 2]
    assert sorted(groups[2] + groups[3]) == [3, 4, 5, 6]


def test_why_someone_misses_the_year_is_said() -> None:
    line = [Person(1, "a", frozenset({1})), Person(2, "a", frozenset({1, 2})), Person(3, "a", YEAR, due=False), Person(4, "a", YEAR)]
    slots = [Slot(1, fixed=True), Slot(2, away=frozenset({2}))]
    groups = plan(line, slots)
    assert groups == {1: [], 2: [4]}
    assert missing(line, slots, groups) == {1: "rota_not_in_office", 2: "rota_away"}


@st.composite
def stations(draw: st.DrawFn) -> tuple[list[Person], list[Slot]]:
    count = draw(st.integers(1, 300))
    free = draw(st.booleans())
    months = st.just(YEAR) if free else st.frozensets(st.integers(1, 12), min_size=0)
    line = [
        Person(each, draw(st.sampled_from(("county", "township", "city"))), draw(months) if each <= 40 else YEAR, draw(st.integers(0, 3)))
        for each in range(1, count + 1)
    ]
    some = st.frozensets(st.integers(1, min(count, 40)), max_size=0 if free else 6)
    slots = []
    pinned: set[int] = set()
    for month in range(1, 13):
        pins = draw(some) - pinned
        pinned |= pins
        slots.append(Slot(month, pins, draw(some) - pins))
    return line, slots


@given(stations())
def test_the_rota_of_any_station_is_fair_complete_and_the_same_again(station: tuple[list[Person], list[Slot]]) -> None:
    line, slots = station
    groups = plan(line, slots)
    assert plan(reversed(line), reversed(slots)) == groups
    turns = Counter(each for group in groups.values() for each in group)
    for slot in slots:
        group = groups[slot.month]
        assert len(set(group)) == len(group)
        assert slot.pinned <= set(group)
        assert not (set(group) - slot.pinned) & slot.away
        assert all(slot.month in person.months for person in line if person.id in set(group) - slot.pinned)
    able = {person.id for person in line if any(slot.month in person.months and person.id not in slot.away for slot in slots)}
    assert able <= set(turns)
    if not any(slot.pinned or slot.away for slot in slots) and all(person.months == YEAR for person in line):
        sizes = [len(group) for group in groups.values()]
        assert max(sizes) - min(sizes) <= 1
        assert max(turns.values()) - min(turns.values()) <= 1
        for level in {person.level for person in line} if len(line) >= 12 else ():
            mixed = [sum(person.level == level for person in line if person.id in group) for group in groups.values()]
            assert max(mixed) - min(mixed) <= 2
