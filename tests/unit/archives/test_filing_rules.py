"""How long what is kept, until when a year is bound, which numbers are missing, who is late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.archives.filing import rules
from app.archives.filing.rules import Bound, Gap
from app.core.refusals import Refused
from app.work.settings import PARAMETERS, parse

TABLE = parse(PARAMETERS["archive_retention"], PARAMETERS["archive_retention"].value)


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        (rules.MEETING, "years30"), (rules.OTHER, "years10"), (rules.OPINIONS, "years30"), (rules.DOSSIERS, "permanent"),
        (rules.YEAR_PLAN, "permanent"), (rules.QUARTER_PLAN, "years10"), ("照片", "years10"),
    ],
)
def test_the_offices_table_proposes_how_long(word: str, kept: str) -> None:
    assert isinstance(TABLE, tuple)
    assert rules.proposed([str(item) for item in TABLE], word) == kept


@pytest.mark.parametrize("typed", ["会议", "会议=20年", "=30年", "会议=30年、会议=30年"])
def test_a_table_that_says_nothing_or_something_twice_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        parse(PARAMETERS["archive_retention"], typed)


def test_full_width_signs_in_the_table_are_read() -> None:
    assert parse(PARAMETERS["archive_retention"], "会议＝永久，其他活动=10年") == ("会议=永久", "其他活动=10年")


TODAY = date(2026, 3, 30)


@pytest.mark.parametrize(
    ("waiting", "today", "standing"),
    [
        (0, date(2026, 5, 1), Bound.DONE),
        (3, date(2026, 3, 27), Bound.OPEN),
        (3, date(2026, 3, 28), Bound.SOON),
        (3, date(2026, 3, 31), Bound.SOON),
        (3, date(2026, 4, 1), Bound.LATE),
    ],
)
def test_a_years_opinions_are_bound_by_the_end_of_march(waiting: int, today: date, standing: Bound) -> None:
    assert rules.standing(waiting, rules.bound_by(2025, 3, 31), today, 3) is standing


def test_the_last_of_february_is_there_in_every_year() -> None:
    assert [rules.bound_by(year, 2, 29) for year in (2023, 2024)] == [date(2024, 2, 29), date(2025, 2, 28)]


def test_neighbouring_gaps_of_one_reason_stand_together() -> None:
    why = {2: "a", 3: "a", 4: "b"}
    assert rules.gaps(6, {1, 6}, why) == [Gap(2, 3, "a"), Gap(4, 4, "b"), Gap(5, 5)]
    assert [gap.numbers for gap in rules.gaps(6, {1, 6}, why)] == ["0002-0003", "0004", "0005"]


@given(some.integers(0, 60), some.sets(some.integers(1, 60)))
def test_numbers_present_and_missing_are_all_that_were_given(last: int, present: set[int]) -> None:
    missing = [number for gap in rules.gaps(last, present, {}) for number in range(gap.first, gap.last + 1)]
    assert sorted([*missing, *(number for number in present if number <= last)]) == list(range(1, last + 1))


@given(some.integers(-400, 400))
def test_a_loan_is_late_from_the_day_after_it_is_due(days: int) -> None:
    assert rules.days_late(TODAY, TODAY + timedelta(days=days)) == max(0, days)
    assert rules.days_late(None, TODAY) == 0


def test_a_box_holds_one_year_and_one_retention() -> None:
    box = {"number": "2025-D30-01", "year": 2025, "retention": "years30"}
    assert not list(rules.fits({"year": 2025, "retention": "years30"}, box))
    for item in ({"year": 2026, "retention": "years30"}, {"year": 2025, "retention": "years10"}):
        assert [refusal.code for refusal in rules.fits(item, box)] == ["other_box"]


@pytest.mark.parametrize(("pages", "codes"), [(None, ["required"]), (1, []), (9_999, []), (10_000, ["too_large"])])
def test_pages_are_counted(pages: int | None, codes: list[str]) -> None:
    assert [refusal.code for refusal in rules.pages_given(pages)] == codes


def test_a_box_names_its_first_and_last_item() -> None:
    assert rules.span([7, 2, 3]) == ("0002", "0007")
    assert rules.span([]) == ("", "")
