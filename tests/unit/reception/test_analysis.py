"""Figures of opinions: the parts sum to the whole, medians and working days are what counting one by one gives."""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar import Calendar
from app.reception.analysis.rules import (
    DIMENSIONS,
    NONE,
    Fact,
    Late,
    Period,
    Waiting,
    figures,
    median,
    overdue_with,
    period_of,
    periods_about,
    share,
    working_days,
)

CALENDAR = Calendar()
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))
MAYBE = st.none() | DAYS
FACTS = st.lists(
    st.builds(
        Fact,
        month=st.sampled_from(["2026-01", "2026-02"]),
        category=st.sampled_from(["roads", "water", NONE]),
        organ=st.integers(0, 2),
        village=st.sampled_from(["东村", "西村", NONE]),
        station=st.integers(1, 2),
        handling=st.sampled_from(["explained", "to_assign", NONE]),
        closed=st.booleans(),
        satisfaction=st.sampled_from(["satisfied", "mostly", "dissatisfied", "not_obtained", NONE]),
        overdue=st.sampled_from(["", "assign", "answer"]),
        ended=DAYS,
        first_signed=MAYBE,
        signed=MAYBE,
        answered=MAYBE,
    ),
    max_size=25,
)


@given(FACTS)
def test_the_parts_sum_to_the_whole_and_each_figure_is_a_count_of_facts(facts: list[Fact]) -> None:
    found = figures(facts, CALENDAR.is_workday)
    assert found.whole.received == len(facts)
    assert found.whole.late == sum(bool(fact.overdue) for fact in facts)
    assert found.whole.to_sign.count == sum(fact.first_signed is not None for fact in facts)
    for name in DIMENSIONS:
        parts = found.parts[name]
        assert {key: tally.received for key, tally in parts.items()} == Counter(getattr(fact, name) for fact in facts)
        for code in ("closed", "open", "overdue", "content", "rated", "signed", "answered", "handling-explained", "satisfaction--"):
            assert sum(tally.figure(code) for tally in parts.values()) == found.whole.figure(code), code
    for tally in [found.whole, *found.parts["organ"].values()]:
        for told in (tally.handling, tally.satisfaction, tally.overdue):
            assert sum(told.values()) == tally.received


@given(st.lists(st.tuples(MAYBE, MAYBE), max_size=12))
def test_working_days_are_those_of_the_calendar(pairs: list[tuple[date | None, date | None]]) -> None:
    assert working_days(pairs, CALENDAR.is_workday) == [
        None if start is None or end is None else max(0, CALENDAR.workdays_between(start, end)) for start, end in pairs
    ]


@given(st.lists(st.integers(0, 60), min_size=1))
def test_the_median_is_the_middle_of_what_was_measured(values: list[int]) -> None:
    assert median(Counter(values)) == statistics.median(values)


def test_nothing_measured_has_no_middle_and_no_share() -> None:
    assert median({}) is None
    assert share(0, 0) is None
    assert share(2, 3) == 66.7


def test_what_is_late_stands_by_whom_it_waits_for_the_oldest_first() -> None:
    first, second, third = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 6)
    waiting = [Waiting("answer", 7, second), Waiting("assign", 0, third), Waiting("answer", 7, first)]
    assert overdue_with(waiting) == [Late("answer", 7, 2, first), Late("assign", 0, 1, third)]


@pytest.mark.parametrize(
    ("first", "last", "kind", "months"),
    [
        ("2026-01-01", "2026-12-31", "year", 12),
        ("2026-04-01", "2026-06-30", "quarter", 3),
        ("2024-02-01", "2024-02-29", "month", 1),
        ("2026-02-01", "2026-04-30", "free", 3),
        ("2026-04-01", "2027-03-31", "free", 12),
        ("2026-01-02", "2026-01-31", "free", 1),
        ("1990-01-01", "2026-12-31", "free", 0),
    ],
)
def test_a_period_knows_whether_it_is_a_whole_year_quarter_or_month(first: str, last: str, kind: str, months: int) -> None:
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    assert period.kind == kind
    assert len(period.months()) == months


@given(DAYS, st.sampled_from(["year", "quarter", "month"]))
def test_neighbours_follow_without_a_gap(today: date, kind: str) -> None:
    period = periods_about(today)[kind]
    assert period.kind == kind
    assert period.first <= today <= period.last
    before, after = period.moved(-1), period.moved(1)
    assert before is not None
    assert after is not None
    assert (before.kind, after.kind) == (kind, kind)
    assert before.last + timedelta(days=1) == period.first
    assert after.first == period.last + timedelta(days=1)
    assert after.moved(-1) == period


def test_what_an_address_asks_for() -> None:
    today = date(2026, 5, 20)
    assert period_of(None, None, today) == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert period_of(date(2025, 3, 1), None, today) == Period(date(2025, 3, 1), date(2025, 12, 31))
    assert period_of(None, date(2025, 3, 1), today) == Period(date(2025, 1, 1), date(2025, 3, 1))
    assert period_of(date(2026, 3, 2), date(2026, 3, 1), today) is None
    assert period_of(date(1900, 1, 1), None, today) is None
    assert Period(date(1950, 1, 1), date(1950, 12, 31)).moved(-1) is None
