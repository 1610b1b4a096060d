"""The one clock, and months as the filter line reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import clock
from app.core.dictionary.fields import Field, Kind
from app.core.dictionary.masks import Personal
from app.core.dictionary.titles import join_title
from app.core.lists.filters import month_span


def test_business_time_is_the_offices_and_audit_is_utc() -> None:
    with clock.clock_at(datetime(2026, 1, 1, 7, 30)):
        assert clock.now() == datetime(2026, 1, 1, 7, 30)
        assert clock.today() == date(2026, 1, 1)
        assert clock.utc_now() == datetime(2025, 12, 31, 23, 30)
        assert clock.to_office(clock.utc_now()) == clock.now()
    with clock.clock_at(datetime(2025, 12, 31, 16, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 1, 1)


def test_a_clock_that_was_set_goes_on_when_the_block_ends() -> None:
    with clock.clock_at(datetime(2000, 1, 1)):
        pass
    assert clock.today().year >= 2026


@pytest.mark.parametrize("text", ["", "2026", "2026-00", "2026-13", "2026-1", "1899-12", "2101-01", "abc", "2026-01-01", "２０２６-０１x"])
def test_what_is_no_month_is_none(text: str) -> None:
    assert month_span(text) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_just_its_month(day: date) -> None:
    span = month_span(f"{day:%Y-%m}")
    assert span is not None
    first, after = span
    assert first <= day < after
    assert first.day == after.day == 1


def test_a_title_joins_its_parts_masks_the_personal_one_and_leaves_out_the_empty() -> None:
    fields = [
        Field(label="", name="at", kind=Kind.DATETIME),
        Field(label="", name="who", kind=Kind.TEXT, personal=Personal.NAME),
        Field(label="", name="none", kind=Kind.TEXT),
        Field(label="", name="of", kind=Kind.REFERENCE, target="deputies"),
    ]
    assert join_title(fields, [datetime(2026, 3, 3, 9), "张桂花", None, 5], {("deputies", 5): "石春"}) == "2026-03-03 张* 石春"
