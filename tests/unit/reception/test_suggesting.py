"""Where a suggestion stands, how long its organ has, and what stands in the way of each step (S8-3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.reception.suggesting import rules
from app.reception.suggesting.rules import Facts, Standing, last_day, row, standing, status, term

DAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, "submitted"),
        ({"handed_over_on": DAY}, "handed_over"),
        ({"returned_on": DAY}, "submitted"),
        ({"returned_on": DAY, "handed_over_on": DAY}, "handed_over"),
        ({"handed_over_on": DAY, "answered_on": DAY}, "answered"),
        ({"handed_over_on": DAY, "answered_on": DAY, "verdict": "mostly"}, "closed"),
        ({"handed_over_on": DAY, "answered_on": DAY, "verdict": "dissatisfied"}, "answered"),
        ({"answered_on": DAY, "verdict": "dissatisfied", "again_on": DAY}, "second_round"),
        ({"answered_on": DAY, "verdict": "dissatisfied", "again_on": DAY, "again_answered_on": DAY}, "answered"),
        ({"verdict": "dissatisfied", "again_on": DAY, "again_answered_on": DAY, "again_verdict": "dissatisfied"}, "closed"),
    ],
)
def test_where_it_stands_follows_from_its_days(known: dict[str, Any], expected: str) -> None:
    assert status(Facts(**known)) == expected


@pytest.mark.parametrize(
    ("handed", "is_complex", "last"),
    [("2026-03-09", False, "2026-06-09"), ("2026-03-09", True, "2026-09-09"), ("2025-11-30", False, "2026-02-28"),
     ("2026-08-31", True, "2027-02-28")],
)  # fmt: skip
def test_an_organ_has_three_months_and_six_for_what_is_complex(handed: str, is_complex: bool, last: str) -> None:
    since, due = date.fromisoformat(handed), date.fromisoformat(last)
    assert last_day(since, is_complex) == due
    assert list(term(since, due, is_complex)) == []
    refused = [(each.code, each.field) for each in term(since, due, is_complex=False)]
    assert refused == ([("term_longer_if_complex", "due")] if is_complex else [])
    too_long = "term_too_long" if is_complex else "term_longer_if_complex"
    assert [each.code for each in term(since, date(2027, 12, 31), is_complex)] == [too_long]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"complex": True}, [("required", "complex_reason")]),
        ({"complex_reason": "跨部门"}, [("only_when_complex", "complex_reason")]),
        ({"asked_on": DAY}, [("required", "verdict")]),
        ({"returned_on": DAY, "returned_reason": "不属职责"}, [("required", "returned_organ"), ("required", "handed_before_on")]),
        ({"again_on": DAY, "answered_on": DAY, "verdict": "satisfied"}, [("again_without_reason", "again_on")]),
        ({"again_answered_on": DAY}, [("required", "again_on")]),
        ({"again_verdict": "satisfied"}, [("required", "again_answered_on")]),
        ({"again_asked_on": DAY}, [("required", "again_verdict")]),
        ({"answered_on": DAY, "verdict": "dissatisfied", "again_on": DAY, "again_answered_on": DAY, "again_result": "a"}, []),
    ],
)
def test_a_row_says_what_belongs_together(values: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert [(each.code, each.field) for each in row(values)] == expected


@pytest.mark.parametrize(
    ("state", "due", "again_due", "expected"),
    [
        ("handed_over", date(2026, 5, 19), None, Standing("overdue", 1)),
        ("handed_over", DAY, None, Standing("soon", 0)),
        ("handed_over", date(2026, 6, 20), None, Standing("running", 31)),
        ("second_round", date(2026, 5, 1), date(2026, 5, 27), Standing("soon", 7)),
        ("answered", date(2026, 5, 1), None, None),
    ],
)
def test_how_the_term_stands(state: str, due: date, again_due: date | None, expected: Standing | None) -> None:
    assert standing(state, due, again_due, DAY) == expected


def test_a_suggestion_is_handled_a_second_time_and_not_a_third() -> None:
    codes = [
        [each.code for each in rules.displeased(found)]
        for found in (Facts(verdict="dissatisfied"), Facts(verdict="mostly"), Facts(verdict="dissatisfied", again_on=DAY))
    ]
    assert codes == [[], ["again_without_reason"], ["again_already"]]
