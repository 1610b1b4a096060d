"""The year's plan as rules make it: it meets the duties, lies on working days, is found again by what fulfils it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import Calendar
from app.work.planner import rules, standing
from app.work.planner.rules import Draft, Numbers, Open, matching
from app.work.planner.standing import Held

CALENDAR = Calendar()
TYPES = ("study", "reception_day", "inspection", "research", "exchange", "meeting", "training")
years = st.integers(2005, 2035)
numbers = st.builds(
    Numbers,
    inspections=st.integers(0, 12),
    exchanges=st.integers(0, 3),
    reception_week=st.integers(1, 3),
    reception_weekday=st.integers(1, 5),
)


def drafts_in(year: int) -> st.SearchStrategy[list[Draft]]:
    day = st.dates(date(year, 1, 1), date(year, 12, 31))
    title = st.text("春夏秋冬视察学习", min_size=1, max_size=6)
    return st.lists(st.builds(Draft, day, st.sampled_from(TYPES), title), max_size=25, unique_by=lambda each: each.title)


def meets_the_duties(plan: list[Draft], ours: Numbers, year: int) -> None:
    assert {each.day.month for each in plan if each.type == "reception_day"} == set(range(1, 13))
    assert sum(each.type in rules.INSPECTIONS for each in plan) >= ours.inspections
    for months in rules.HALVES:
        assert sum(each.type == "exchange" and each.day.month in months for each in plan) >= ours.exchanges
    assert {each.day.year for each in plan} == {year}
    assert len({each.title for each in plan}) == len(plan)
    assert [each.day for each in plan] == sorted(each.day for each in plan)


@given(years, numbers)
def test_a_plan_from_the_duties_meets_them_on_working_days(year: int, ours: Numbers) -> None:
    plan = rules.from_duties(CALENDAR, ours, year)
    meets_the_duties(plan, ours, year)
    assert all(CALENDAR.is_workday(each.day) for each in plan)
    assert [each.day for each in plan if each.type == "reception_day"] == [
        ours.reception_day(CALENDAR, year, month) for month in range(1, 13)
    ]
    assert len([each for each in plan if each.type in rules.INSPECTIONS]) == ours.inspections
    assert rules.completed(CALENDAR, ours, year, plan) == plan


@given(years, numbers)
def test_inspections_are_spread_over_the_year(year: int, ours: Numbers) -> None:
    months = [each.day.month for each in rules.from_duties(CALENDAR, ours, year) if each.type == "inspection"]
    assert len(set(months)) == len(months)
    gaps = [after - before for before, after in pairwise(months)]
    assert all(gap >= 12 // (2 * len(months)) for gap in gaps)


@given(st.data(), years, numbers)
def test_a_plan_from_last_years_meets_the_duties_too_and_keeps_every_item(data: st.DataObject, year: int, ours: Numbers) -> None:
    last = data.draw(drafts_in(year - 1))
    plan = rules.from_last_year(CALENDAR, ours, year, last)
    meets_the_duties(plan, ours, year)
    kept = [(each.day.month, each.type) for each in plan]
    for each in last:
        assert (each.day.month, each.type) in kept
        kept.remove((each.day.month, each.type))
    assert all(CALENDAR.is_workday(each.day) for each in plan)


@pytest.mark.parametrize(
    ("type_", "title", "taken", "shown"),
    [
        ("inspection", rules.by_month("inspection", 4), set(), rules.by_month("inspection", 9)),
        ("inspection", rules.by_month("inspection", 4), {rules.by_month("inspection", 9)}, rules.by_month("inspection", 4)),
        ("inspection", rules.by_month("inspection", 5), set(), rules.by_month("inspection", 5)),
        ("inspection", "视察水库", set(), "视察水库"),
        ("research", rules.by_month("inspection", 4), set(), rules.by_month("inspection", 4)),
        (None, "其他", set(), "其他"),
    ],
)
def test_a_title_made_from_the_month_goes_along(type_: str | None, title: str, taken: set[str], shown: str) -> None:
    assert rules.retitled(type_, title, 4, 9, taken) == shown


def test_the_year_in_a_title_follows() -> None:
    plan = rules.from_last_year(CALENDAR, Numbers(), 2026, [Draft(date(2025, 3, 12), "study", "2025年春季学习")])
    assert "2026年春季学习" in {each.title for each in plan}


@given(st.data(), years, numbers)
def test_what_is_lacking_is_added_and_nothing_taken_away(data: st.DataObject, year: int, ours: Numbers) -> None:
    there = data.draw(drafts_in(year))
    plan = rules.completed(CALENDAR, ours, year, there)
    meets_the_duties(plan, ours, year)
    assert set(there) <= set(plan)


@given(years, numbers, st.sampled_from(TYPES), st.data(), st.integers(1, 12))
def test_a_moved_item_lies_on_a_working_day_of_its_new_month(year: int, ours: Numbers, kind: str, data: st.DataObject, month: int) -> None:
    day = data.draw(st.dates(date(year, 1, 1), date(year, 12, 31)))
    moved = rules.moved_to(CALENDAR, ours, kind, day, month)
    assert (moved.year, moved.month) == (year, month)
    if month == day.month:
        assert moved == day
    else:
        assert CALENDAR.is_workday(moved)
        back = rules.moved_to(CALENDAR, ours, kind, moved, day.month)
        assert back.month == day.month


def test_a_reception_moves_to_the_months_reception_day() -> None:
    assert rules.moved_to(CALENDAR, Numbers(), "reception_day", date(2026, 1, 6), 3) == date(2026, 3, 3)


def test_a_month_without_a_working_day_after_takes_the_last_before() -> None:
    assert rules.workday_in_month(CALENDAR, 2026, 5, 31) == date(2026, 5, 29)


@given(years, numbers, st.sampled_from(["q1", "q2", "q3", "q4"]))
def test_a_quarter_draws_the_items_of_its_months_once(year: int, ours: Numbers, period: str) -> None:
    plan = rules.from_duties(CALENDAR, ours, year)
    drawn = rules.drawn(plan, period, ())
    assert {each.day.month for each in drawn} == set(rules.months_of(period))
    assert rules.drawn(plan, period, {each.title for each in drawn}) == []
    assert [each for each in plan if rules.quarter_of(each.day) == period] == drawn


@pytest.mark.parametrize(
    ("day", "type_", "title", "found"),
    [
        ("2026-03-05", "reception_day", "接待", 1),
        ("2026-03-05", "reception_day", "三月接待", 1),
        ("2026-05-05", "reception_day", "接待", None),
        ("2026-05-05", "meeting", "春季 座谈会", 2),
        ("2025-05-05", "meeting", "春季座谈会", None),
        ("2026-03-05", "meeting", "另一个会", None),
        ("2026-06-18", "inspection", "视察水库", 4),
        ("2026-06-02", "inspection", "视察水库", 3),
        ("2026-06-02", None, "视察水库", None),
    ],
)
def test_an_activity_finds_its_item(day: str, type_: str | None, title: str, found: int | None) -> None:
    items = [
        Open(1, date(2026, 3, 3), "reception_day", "3月接待日"),
        Open(2, date(2026, 4, 15), "meeting", "“春季”座谈会"),
        Open(3, date(2026, 6, 5), "inspection", "上半年视察"),
        Open(4, date(2026, 6, 20), "inspection", "六月视察"),
    ]
    assert matching(Open(9, date.fromisoformat(day), type_, title), items) == found


def standing_of(today: str, planned: list[Draft], activities: list[Held]) -> dict[str, standing.Duty]:
    return {each.code: each for each in standing.duties(CALENDAR, Numbers(), 2026, date.fromisoformat(today), planned, activities)}


def test_a_year_that_is_planned_and_not_begun() -> None:
    found = standing_of("2026-01-01", rules.from_duties(CALENDAR, Numbers(), 2026), [])
    assert {code: (each.needed, each.planned, each.held, each.tone) for code, each in found.items()} == {
        "R03": (12, 12, 0, "info"),
        "R02": (10, 17, 0, "info"),
        "R04": (3, 3, 0, "info"),
        "R29": (2, 2, 0, "info"),
    }
    assert set(found["R03"].ticks) == {"plan"}


def test_enough_receptions_in_the_wrong_months_leave_one_month_to_be_planned() -> None:
    plan = rules.from_duties(CALENDAR, Numbers(), 2026)
    moved = [replace(each, day=date(2026, 2, 10)) if (each.type, each.day.month) == ("reception_day", 1) else each for each in plan]
    found = standing_of("2026-01-01", moved, [])["R03"]
    assert (found.planned, found.tone, found.ticks.count("")) == (12, "warn", 1)


def test_what_a_plan_lacks_is_added_where_it_is_lacking_and_what_is_there_stays() -> None:
    plan = rules.from_duties(CALENDAR, Numbers(), 2026)
    moved = [replace(each, day=date(2026, 3, 3)) if (each.type, each.day.month) == ("reception_day", 1) else each for each in plan]
    new = set(rules.completed(CALENDAR, Numbers(), 2026, moved)) - set(moved)
    assert [(each.day, each.type) for each in new] == [(date(2026, 1, 6), "reception_day")]


def test_a_reception_on_another_day_a_missed_one_and_one_to_come() -> None:
    held = [Held(date(2026, 1, 6), "reception_day"), Held(date(2026, 2, 9), "reception_day")]
    found = standing_of("2026-03-20", [], held)["R03"]
    assert found.ticks == ("ok", "warn", "bad", *[""] * 9)
    assert (found.held, found.tone) == (2, "bad")


@pytest.mark.parametrize(("kind", "counts"), [("inspection", 1), ("research", 1), ("enforcement", 0), ("visit", 0)])
def test_what_counts_as_an_inspection(kind: str, counts: int) -> None:
    assert standing_of("2026-12-31", [], [Held(date(2026, 6, 2), kind)])["R04"].held == counts


def test_a_year_that_is_over_and_lacks_something_missed_it() -> None:
    found = standing_of("2027-01-01", [], [Held(date(2026, 2, 2) + timedelta(days=7 * week), "study") for week in range(10)])
    assert (found["R02"].tone, found["R04"].tone, found["R29"].ticks) == ("ok", "bad", ("bad", "bad"))
