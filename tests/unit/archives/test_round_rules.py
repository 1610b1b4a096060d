"""Rules of the inspection round: what it must say, how readings and faults stand, which months are done and missed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.archives.round import rules
from app.archives.round.rules import Fault, Limits, Made, Said

POINTS = ["防火", "防盗", "防虫"]
TODAY = date(2026, 5, 20)
WARM = Limits(Decimal(14), Decimal(24))


def codes(refusals: object) -> list[str]:
    return [each.code for each in refusals]  # type: ignore[attr-defined]


def test_every_point_of_the_setting_is_judged_and_no_other() -> None:
    assert codes(rules.no_point_left_out(["防火", "防虫", "防盗"], POINTS)) == []
    left = list(rules.no_point_left_out(["防火"], POINTS))
    assert [each.facts["point"] for each in left] == ["防盗", "防虫"]
    assert codes(rules.only_points_of_setting(["防火", "防鼠"], POINTS)) == ["point_unknown"]
    assert codes(rules.only_points_of_setting(["防火", "防鼠"], POINTS, ["防鼠"])) == []


@pytest.mark.parametrize(
    ("reading", "judged"),
    [(None, ""), ("13.9", "low"), ("14", "within"), ("24", "within"), ("24.1", "high"), ("-3", "low")],
)
def test_a_reading_on_the_limit_is_within(reading: str | None, judged: str) -> None:
    assert WARM.judged(Decimal(reading) if reading is not None else None) == judged


@given(st.decimals(-30, 60, places=1), st.decimals(-30, 60, places=1), st.decimals(-30, 60, places=1))
def test_a_reading_is_judged_one_way_only(reading: Decimal, one: Decimal, other: Decimal) -> None:
    limits = Limits(min(one, other), max(one, other))
    assert limits.judged(reading) == ("low" if reading < limits.least else "high" if reading > limits.most else "within")


@pytest.mark.parametrize(
    ("state", "due", "standing"),
    [
        ("in_order", None, None),
        ("rechecked", "2026-03-01", None),
        ("put_right", "2026-03-01", Fault("to_recheck")),
        ("fault", None, Fault("no_term")),
        ("fault", "2026-03-09", Fault("overdue", 1)),
        ("fault", "2026-03-10", Fault("today")),
        ("fault", "2026-03-12", Fault("running", 2)),
    ],
)
def test_a_fault_is_seen_until_it_is_rechecked(state: str, due: str | None, standing: Fault | None) -> None:
    assert rules.standing(state, date.fromisoformat(due) if due else None, date(2026, 3, 10)) == standing


@pytest.mark.parametrize(
    ("values", "refused", "state"),
    [
        ({}, [], "fault"),
        ({"put_right_by": "周敏"}, [], "fault"),
        ({"put_right_on": TODAY}, ["required"], "put_right"),
        ({"put_right_on": TODAY, "put_right_by": "周敏"}, [], "put_right"),
        ({"rechecked_on": TODAY}, ["rechecked_unmended"], "rechecked"),
        ({"put_right_on": TODAY, "put_right_by": "周敏", "rechecked_on": TODAY}, [], "rechecked"),
    ],
)
def test_a_fault_is_put_right_by_somebody_and_then_re_checked(values: dict[str, object], refused: list[str], state: str) -> None:
    assert codes(rules.fault(values)) == refused
    assert rules.fault_state(values) == {"state": state}


@pytest.mark.parametrize(
    ("faults", "state"),
    [
        ([], "in_order"),
        (["rechecked"], "rechecked"),
        (["rechecked", "put_right"], "put_right"),
        (["rechecked", "fault", "put_right"], "fault"),
    ],
)
def test_a_check_stands_where_the_fault_stands_that_is_furthest_from_done(faults: list[str], state: str) -> None:
    assert rules.check_state(faults) == state


def test_a_fault_says_its_own_task_else_that_of_its_round() -> None:
    points = [{"point": "防火", "ok": False, "responsible": "水电工"}, {"point": "防盗", "ok": False}, {"point": "防虫", "ok": True}, 7]
    assert rules.tasks_said(Said({"points": points, "responsible": "周敏", "due": "2026-03-17"})) == {
        "防火": {"responsible": "水电工", "due_on": "2026-03-17"},
        "防盗": {"responsible": "周敏", "due_on": "2026-03-17"},
    }
    assert rules.tasks_said(Said({"points": "x"})) == {}


def test_what_a_device_sends_is_read_whatever_it_is() -> None:
    said = Said({"points": [{"point": "防火"}, 7, {"point": 3}], "temperature": 19.5, "humidity": True, "checker": "  周敏 ", "day": ""})
    assert said.named == ["防火"]
    values = rules.round_values(said, date(2026, 3, 10))
    assert (values["temperature"], values["humidity"], values["checker"]) == ("19.5", None, "周敏")
    assert values["checked_on"] == date(2026, 3, 10)
    assert Said({"points": "x"}).named == []
    assert rules.round_id("short") is None
    assert rules.round_id("a" * 32) == "a" * 32
    assert rules.round_id(7) is None


def months(*made: str, wanted: int = 1, since: str = "", until: str = "", short: str = "") -> str:
    """The year's months, a letter each: d(one), m(issed), s(hort), o(pen), - (not asked for)."""
    rounds = [Made(date.fromisoformat(f"2026-{each}"), each != short) for each in made]
    days = [date.fromisoformat(f"2026-{each}") if each else None for each in (since, until)]
    found = rules.calendar(2026, rounds, wanted, TODAY, *days)
    return "".join("-" if each.code == "none" else each.code[0] for each in found)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ("dmmdo-------", months("01-05", "04-30")),
        ("ddddd-------", months("01-05", "02-03", "03-02", "04-01", "05-20")),
        ("dssmo-------", months("01-05", "01-20", "02-03", "03-31", wanted=2)),
        ("-----" + "-" * 7, months(wanted=0)),
        ("d----" + "-" * 7, months("01-05", wanted=0)),
        ("---mo-------", months(since="03-15")),
        ("--dmo-------", months("03-20", since="03-15")),
        ("mm----------", months(until="03-15")),
        ("smmmo-------", months("01-05", short="01-05")),
    ],
)
def test_months_are_done_missed_or_not_asked_for(expected: str, found: str) -> None:
    assert found == expected


DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


@given(st.lists(DAYS, max_size=30), st.integers(0, 4), DAYS)
def test_every_round_of_the_year_stands_in_its_month(days: list[date], wanted: int, today: date) -> None:
    found = rules.calendar(2026, [Made(day) for day in days], wanted, today)
    assert sorted(day for month in found for day in month.made) == sorted(day for day in days if day.year == 2026)
    assert all(day.month == month.month for month in found for day in month.made)
    assert not any(month.code == "missed" and month.made for month in found)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_the_last_day_of_a_month_is_followed_by_a_first(day: date) -> None:
    last = rules.last_of(day.year, day.month)
    assert (last + timedelta(days=1)).day == 1
    assert last.month == day.month
